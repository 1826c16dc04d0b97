"""Other points: the next numbers, and a second point some way off.

>>> import torch
>>> from autodiff_notes.checking.inputs import Inputs
>>> x = torch.ones(2, dtype=torch.float64, requires_grad=True)
>>> (there,) = neighbours(Inputs.of(torch.sum, (x,)), 1, torch.Generator().manual_seed(0))
>>> bool((0 < (there.leaves[0] - 1).abs()).all() and (there.leaves[0] - 1).abs().max() < 1e-15)
True
"""

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from autodiff_notes.checking.inputs import Inputs
from autodiff_notes.evaluation.differences import coordinates, from_coordinates

__all__ = ["is_square", "neighbours", "second_point"]

# A neighbour is at most so many last digits away, where a claim that was rounded to float32 still is
# what it is.
DIGITS = {torch.float64: 4e5, torch.float32: 8.0}
# Of more numbers than this the digits repeat, which is cheaper than to draw them.
PERIOD = 4096


def neighbours(
    inputs: Inputs, count: int, generator: torch.Generator, growth: float = 1.0
) -> Iterator[Inputs]:
    """Yield the point with every real number moved by one or two of its last digits, either way."""
    for j in range(count):

        def factor(x: Tensor, size: float = growth**j) -> Tensor:
            digits = min(size, DIGITS[x.dtype])
            return digits * torch.finfo(x.dtype).eps * _digits(x, generator)

        yield _moved(inputs, factor)


def second_point(inputs: Inputs, size: float, generator: torch.Generator) -> Inputs:
    """Return a point at which every number differs by about this part of it, in phase as well.

    Constants of several entries stay: they may be probabilities, labels or a design.
    """

    def factor(x: Tensor) -> Tensor:
        noise = torch.randn(x.shape, generator=generator, dtype=torch.float64)
        return size * noise.clamp(-2, 2)

    moved = _moved(inputs, factor)
    kept = {i: x for i, x in enumerate(inputs.leaves) if i not in inputs.wanted and x.numel() > 1}
    moved = moved.with_leaves(kept)
    turned = {
        i: x * torch.polar(torch.ones_like(x.real), factor(x).to(x.real))
        for i, x in enumerate(moved.leaves)
        if x.is_complex() and i not in kept and not (is_square(x) and torch.equal(x, x.mH))
    }
    return moved.with_leaves(turned)


def is_square(x: Tensor) -> bool:
    """Whether a tensor is a square matrix, or a stack of them."""
    return x.ndim >= 2 and x.shape[-1] == x.shape[-2] > 1


def _moved(inputs: Inputs, factor: Callable[[Tensor], Tensor]) -> Inputs:
    """Return inputs times 1 plus a random factor; a symmetric matrix stays one, and zero stays zero."""
    moved = {}
    for i, x in enumerate(inputs.leaves):
        if not (x.is_floating_point() or x.is_complex()) or x.layout != torch.strided:
            continue
        real = coordinates(x)
        change = factor(real).to(real)
        if is_square(x) and torch.equal(x, x.mH):
            change = coordinates(_mirrored(from_coordinates(change[None], x)[0]))
        # A product, so that an infinity, as in a mask, stays where it is.
        moved[i] = from_coordinates((real * (1 + change))[None], x)[0]
    return inputs.with_leaves(moved)


def _mirrored(x: Tensor) -> Tensor:
    return x.triu() + x.triu(1).mT


def _digits(x: Tensor, generator: torch.Generator) -> Tensor:
    drawn = torch.randint(4, (min(x.numel(), PERIOD),), generator=generator)
    digits = torch.tensor([-2.0, -1.0, 1.0, 2.0], dtype=torch.float64)[drawn]
    return digits.repeat(-(-x.numel() // PERIOD))[: x.numel()].reshape(x.shape)
