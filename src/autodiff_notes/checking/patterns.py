"""What can stand in place of the right gradient: its transpose, its conjugate, that of another input.

:data:`PATTERNS` lists them, as they are or times a factor; a new one is one row.

>>> import torch
>>> from autodiff_notes.checking.evidence import Evidence
>>> G = torch.tensor([[1.0, 2.0], [3.5, 4.0]], dtype=torch.float64)
>>> [p.name for p in PATTERNS if any(torch.equal(G.mT, g) for _, g in p.guesses(Evidence("X", G, G)))]
['transpose']
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from autodiff_notes.checking.evidence import Evidence
from autodiff_notes.checking.points import is_square

__all__ = ["PATTERNS", "Guesses", "Pattern", "constant", "itself", "negative", "terms"]

# A guess is a tensor, with a name to appear in the sentence.
Guesses = Callable[[Evidence], Iterable[tuple[str, Tensor]]]


@dataclass(frozen=True)
class Pattern:
    """What can stand in place of the right answer, as it is or times a factor.

    Attributes
    ----------
    name : str
        A short name.
    words : str
        What it is, to complete "The claimed gradient is ...".
    guesses : callable
        Yields what the claim would be, each with a name to appear in the words.
    """

    name: str
    words: str
    guesses: Guesses


def itself(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    """Yield the right answer."""
    yield "", evidence.gradient


def negative(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    """Yield the right answer with the opposite sign."""
    yield "", -evidence.gradient


def _conjugate(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    if evidence.gradient.is_complex():
        yield "", evidence.gradient.conj()


def _transpose(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    if is_square(evidence.gradient):
        yield "", evidence.gradient.mT


def _adjoint(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    if is_square(evidence.gradient) and evidence.gradient.is_complex():
        yield "", evidence.gradient.mH


def _symmetric_part(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    if is_square(evidence.gradient):
        yield "", (evidence.gradient + evidence.gradient.mT) / 2


def _free_entries(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    G = evidence.gradient
    if is_square(G):
        yield "", G + G.mT - G * torch.eye(G.shape[-1], dtype=G.dtype, device=G.device)


def _other_gradients(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    for name, gradient in evidence.gradients.items():
        if name != evidence.input:
            yield name, gradient


def _layout(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    if not evidence.same_shape and evidence.gradient.ndim == 2:
        yield "", evidence.gradient.mT


def _reshaped(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    if not evidence.same_shape and evidence.claim.numel() == evidence.gradient.numel():
        yield str(tuple(evidence.claim.shape)), evidence.gradient.reshape(evidence.claim.shape)


def _stacked(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    same_size = evidence.claim.numel() == evidence.gradient.numel()
    if not evidence.same_shape and same_size and evidence.gradient.ndim == 2:
        yield str(tuple(evidence.claim.shape)), evidence.gradient.mT.reshape(evidence.claim.shape)


def _by_logarithm(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    x = evidence.inputs.get(evidence.input)
    if x is not None and x.shape == evidence.gradient.shape and not x.is_complex():
        yield "", x * evidence.gradient


def _reversed(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    G = evidence.gradient
    for dim in range(G.ndim):
        if G.shape[dim] > 2:  # two rows in reversed order are two rows exchanged
            yield "" if G.ndim == 1 else f" along dimension {dim}", G.flip(dim)


def _times_i(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    if evidence.gradient.is_complex():
        for sign, number in (("i", 1j), ("-i", -1j)):
            yield f"{sign} times the right one", number * evidence.gradient
            yield f"{sign} times the conjugate of the right one", number * evidence.gradient.conj()


def terms(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    """Yield what a term may be proportional to: an input, its transpose, the identity."""
    G = evidence.gradient
    for name, x in evidence.inputs.items():
        if x.is_complex() and not G.is_complex():
            continue
        if x.shape == G.shape or x.numel() == G.numel() == 1:
            yield name, x.reshape(G.shape).to(G.dtype)
        if x.ndim == 2 and x.mT.shape == G.shape:
            yield f"{name}.T", x.mT.to(G.dtype)
    if is_square(G):
        yield "I", torch.eye(G.shape[-1], dtype=G.dtype, device=G.device).expand_as(G)


def constant(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    """Yield a tensor of ones."""
    yield "", torch.ones_like(evidence.gradient)


PATTERNS: tuple[Pattern, ...] = (
    Pattern("conjugate", "the conjugate of the right one", _conjugate),
    Pattern("transpose", "the transpose of the right one", _transpose),
    Pattern("adjoint", "the conjugate transpose of the right one", _adjoint),
    Pattern(
        "symmetric part", "the symmetric part of the right one, (G + G.T) / 2", _symmetric_part
    ),
    Pattern(
        "free entries",
        "G + G.T - G * I, where G is the right one: it takes an entry and its mirror image "
        "for one variable, and torch takes them for two",
        _free_entries,
    ),
    Pattern("exchange", "the right one for {label}", _other_gradients),
    Pattern(
        "layout",
        "the right one in numerator layout: transpose it, so that it has the shape of {input}",
        _layout,
    ),
    Pattern("shape", "the right one, but in the shape {label}", _reshaped),
    Pattern(
        "stacked columns", "the right one, column after column, in the shape {label}", _stacked
    ),
    Pattern(
        "logarithm",
        "the derivative by log({input}), which is {input} times the right one, entry by entry",
        _by_logarithm,
    ),
    Pattern("order", "the right one in reversed order{label}", _reversed),
    Pattern("factor i", "{label}", _times_i),
)
"""What can stand in place of the right answer, the simplest first.

:meta hide-value:
"""
