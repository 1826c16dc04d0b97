"""What can stand in place of the right answer: its transpose, its symmetric part, a reshaped copy.

:data:`FORMS` is the table; a new form is one row.
Each is tried as it is and times a factor.

>>> import torch
>>> from autodiff_notes.cases import Case
>>> G = torch.tensor([[1.0, 2.0], [3.5, 4.0]], dtype=torch.float64)
>>> case = Case("X", claim=G, gradient=G)
>>> [form.name for form in FORMS for _ in form.guesses(case)]
['transpose', 'symmetric part', 'free entries']
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from autodiff_notes.cases import Case

__all__ = ["FORMS", "Form", "Guesses", "constant", "is_square", "itself", "negative", "terms"]

# A guess is a tensor, with a name to appear in the sentence.
Guesses = Callable[[Case], Iterable[tuple[str, Tensor]]]


@dataclass(frozen=True)
class Form:
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


def itself(case: Case) -> Iterator[tuple[str, Tensor]]:
    """Yield the right answer."""
    yield "", case.gradient


def negative(case: Case) -> Iterator[tuple[str, Tensor]]:
    """Yield the right answer with the opposite sign."""
    yield "", -case.gradient


def _conjugate(case: Case) -> Iterator[tuple[str, Tensor]]:
    if case.gradient.is_complex():
        yield "", case.gradient.conj()


def _transpose(case: Case) -> Iterator[tuple[str, Tensor]]:
    if is_square(case.gradient):
        yield "", case.gradient.mT


def _adjoint(case: Case) -> Iterator[tuple[str, Tensor]]:
    if is_square(case.gradient) and case.gradient.is_complex():
        yield "", case.gradient.mH


def _symmetric_part(case: Case) -> Iterator[tuple[str, Tensor]]:
    if is_square(case.gradient):
        yield "", (case.gradient + case.gradient.mT) / 2


def _free_entries(case: Case) -> Iterator[tuple[str, Tensor]]:
    G = case.gradient
    if is_square(G):
        yield "", G + G.mT - G * torch.eye(G.shape[-1], dtype=G.dtype, device=G.device)


def _other_gradients(case: Case) -> Iterator[tuple[str, Tensor]]:
    for name, gradient in case.gradients.items():
        if name != case.input:
            yield name, gradient


def _layout(case: Case) -> Iterator[tuple[str, Tensor]]:
    if not case.same_shape and case.gradient.ndim == 2:
        yield "", case.gradient.mT


def _reshaped(case: Case) -> Iterator[tuple[str, Tensor]]:
    if not case.same_shape and case.claim.numel() == case.gradient.numel():
        yield str(tuple(case.claim.shape)), case.gradient.reshape(case.claim.shape)


def _stacked(case: Case) -> Iterator[tuple[str, Tensor]]:
    same_size = case.claim.numel() == case.gradient.numel()
    if not case.same_shape and same_size and case.gradient.ndim == 2:
        yield str(tuple(case.claim.shape)), case.gradient.mT.reshape(case.claim.shape)


def terms(case: Case) -> Iterator[tuple[str, Tensor]]:
    """Yield what a term may be proportional to: an input, its transpose, the identity."""
    G = case.gradient
    for name, x in case.inputs.items():
        if x.is_complex() and not G.is_complex():
            continue
        if x.shape == G.shape or x.numel() == G.numel() == 1:
            yield name, x.reshape(G.shape).to(G.dtype)
        if x.ndim == 2 and x.mT.shape == G.shape:
            yield f"{name}.T", x.mT.to(G.dtype)
    if is_square(G):
        yield "I", torch.eye(G.shape[-1], dtype=G.dtype, device=G.device).expand_as(G)


def constant(case: Case) -> Iterator[tuple[str, Tensor]]:
    """Yield a tensor of ones."""
    yield "", torch.ones_like(case.gradient)


def is_square(x: Tensor) -> bool:
    """Whether a tensor is a square matrix, or a stack of them."""
    return x.ndim >= 2 and x.shape[-2] == x.shape[-1] > 1


FORMS: tuple[Form, ...] = (
    Form("conjugate", "the conjugate of the right one", _conjugate),
    Form("transpose", "the transpose of the right one", _transpose),
    Form("adjoint", "the conjugate transpose of the right one", _adjoint),
    Form("symmetric part", "the symmetric part of the right one, (G + G.T) / 2", _symmetric_part),
    Form(
        "free entries",
        "G + G.T - G * I, where G is the right one: it takes an entry and its mirror image "
        "for one variable, and torch takes them for two",
        _free_entries,
    ),
    Form("exchange", "the right one for {label}", _other_gradients),
    Form(
        "layout",
        "the right one in numerator layout: transpose it, so that it has the shape of {input}",
        _layout,
    ),
    Form("shape", "the right one, but in the shape {label}", _reshaped),
    Form("stacked columns", "the right one, column after column, in the shape {label}", _stacked),
)
"""What can stand in place of the right answer, the simplest first.

:meta hide-value:
"""
