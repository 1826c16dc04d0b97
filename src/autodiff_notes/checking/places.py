"""Names for entries of a tensor, and for the pattern that some of them make.

>>> import torch
>>> wrong = torch.zeros(3, 4, dtype=torch.bool)
>>> wrong[1] = True
>>> pattern(wrong)
'row 1'
>>> place("X", (3, 4), 5)
'X[1, 1]'
"""

from collections.abc import Iterator
from math import prod

import torch
from torch import Tensor

__all__ = ["pattern", "place"]


def place(name: str, shape: tuple[int, ...], k: int) -> str:
    """Return the name of entry k, counted row by row."""
    if not shape:
        return name
    index = []
    for size in reversed(shape):
        k, i = divmod(k, size)
        index.append(i)
    return f"{name}{index[::-1]}"


def pattern(wrong: Tensor) -> str:
    """Return the words for where the true entries of a mask are, or "" where they make no pattern.

    Parameters
    ----------
    wrong : torch.Tensor
        Booleans; at least one is true.

    Examples
    --------
    >>> pattern(torch.eye(3, dtype=torch.bool)), pattern(~torch.eye(3, dtype=torch.bool))
    ('the diagonal', 'every entry off the diagonal')
    >>> pattern(torch.ones(3, dtype=torch.bool)), pattern(torch.tensor([True, True, False, False]))
    ('every entry', 'the first 2 entries')
    """
    if wrong.numel() == 1:
        return ""
    for words, mask in _patterns(wrong):
        if torch.equal(wrong, mask):
            return words
    return ""


def _patterns(wrong: Tensor) -> Iterator[tuple[str, Tensor]]:
    """Yield what a mask may be: each pattern that fits its outermost entries, in words."""
    yield "every entry", torch.ones_like(wrong)
    if wrong.ndim >= 2 and wrong.shape[-1] == wrong.shape[-2] > 1:
        full = torch.ones_like(wrong)
        yield "the diagonal", full.tril().triu()
        yield "every entry off the diagonal", ~full.tril().triu()
        yield "the strictly upper triangle", full.triu(1)
        yield "the strictly lower triangle", full.tril(-1)
        yield "the upper triangle", full.triu()
        yield "the lower triangle", full.tril()
    for dim in range(wrong.ndim):
        others = [d for d in range(wrong.ndim) if d != dim]
        hit = wrong.any(dim=others) if others else wrong
        count = int(hit.sum())
        mask = hit.reshape([-1 if d == dim else 1 for d in range(wrong.ndim)]).expand_as(wrong)
        if count == 1 and prod(wrong.shape) > wrong.shape[dim]:
            yield f"{_slice(wrong.ndim, dim)} {int(hit.nonzero())}", mask
        elif 1 < count < wrong.shape[dim]:
            first = int(hit.nonzero()[0])
            if hit[first : first + count].all() and first in (0, wrong.shape[dim] - count):
                end = "first" if first == 0 else "last"
                yield f"the {end} {count} {_slices(wrong.ndim, dim)}", mask


def _slice(ndim: int, dim: int) -> str:
    if ndim == 2:
        return ("row", "column")[dim]
    return "slice" if dim == 0 else f"index of dimension {dim},"


def _slices(ndim: int, dim: int) -> str:
    """Return the word for several of them."""
    if ndim == 1:
        return "entries"
    if ndim == 2:
        return ("rows", "columns")[dim]
    return "slices" if dim == 0 else f"indices of dimension {dim}"
