"""What a wrong gradient is, where it can be told: transposed, doubled, without a term.

A hypothesis says what a claim would be if one particular mistake had been made.
It is believed only if the claim equals that to six digits *of its error*, in several entries,
so that a wrong claim without such a form is left without a diagnosis.
The simplest hypothesis that fits is the one that is told.

:data:`FORMS` lists what can stand in place of the right answer,
:data:`HYPOTHESES` all that is tried, in order; a new mistake is one row.

>>> import torch
>>> G = torch.tensor([[1.0, 2.0], [3.5, 4.0]], dtype=torch.float64)
>>> diagnose(Case("X", claim=-G.mT, gradient=G)).sentence
'The claimed gradient for X is -1 times the transpose of the right one.'
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import torch
from torch import Tensor

from autodiff_notes.factors import Factor, recognise
from autodiff_notes.reports import Diagnosis
from autodiff_notes.witnesses import TOLERANCES

__all__ = ["FORMS", "HYPOTHESES", "Case", "Form", "Hypothesis", "diagnose"]

# An error is explained if this much of it, or less, is left.
AGREEMENT = {torch.float64: 1e-6, torch.float32: 1e-4}
# With a single entry there is only its last digits to go by.
SINGLE_ENTRY_AGREEMENT = {torch.float64: 1e-9, torch.float32: 0.0}
# An entry counts as evidence if its error is not much smaller than the largest.
EVIDENT = 1e-2


@dataclass(frozen=True)
class Case:
    """A claimed gradient for one input, and what is known about it.

    Attributes
    ----------
    input : str
        The name of the input.
    claim : torch.Tensor
        The claimed gradient, finite.
    gradient : torch.Tensor
        The right one, on which the witnesses agree.
    inputs : dict
        All inputs of f by name, constants too.
    gradients : dict
        The right gradients for all inputs that require one.
    value : float
        The value of f.
    dtype : torch.dtype
        The coarsest real type in the computation, which sets how many digits can be believed.
    rerun : callable, optional
        ``rerun(name, x)`` puts x in the place of an input, and returns the claimed and the right
        gradient there, or None where that cannot be done.
    """

    input: str
    claim: Tensor
    gradient: Tensor
    inputs: Mapping[str, Tensor] = field(default_factory=dict)
    gradients: Mapping[str, Tensor] = field(default_factory=dict)
    value: float = 0.0
    dtype: torch.dtype = torch.float64
    rerun: Callable[[str, Tensor], tuple[Tensor, Tensor] | None] = lambda _name, _x: None

    @property
    def same_shape(self) -> bool:
        """Whether the claim has the shape of the right answer."""
        return self.claim.shape == self.gradient.shape

    @cached_property
    def error(self) -> Tensor:
        """The error to be explained, or the claim itself if its shape is wrong."""
        return self.claim - self.gradient if self.same_shape else self.claim

    @cached_property
    def size(self) -> float:
        """The largest absolute entry of the error."""
        return self.error.abs().max().item()

    @cached_property
    def evident(self) -> int:
        """How many entries are evidence."""
        return int((self.error.abs() > EVIDENT * self.size).sum())

    def is_explained_by(self, guess: Tensor, fitted: int = 0) -> bool:
        """Whether the claim is this, as far as its entries can tell.

        A number that was fitted uses up the evidence of an entry.
        """
        if guess.shape != self.claim.shape:
            return False
        single = self.claim.numel() == 1
        if self.evident < (1 if single else 2) + fitted:
            return False
        agreement = (SINGLE_ENTRY_AGREEMENT if single else AGREEMENT)[self.dtype]
        return (self.claim - guess).abs().max().item() <= agreement * self.size

    def factor(
        self, part: Tensor, inputs: Mapping[str, Tensor], value: float = 0.0, *, of_error: bool
    ) -> Factor | None:
        """Return k such that the claim, or else its error, is k times a part of it.

        The names of the inputs, and f for its value, may stand in the factor.
        Without such a name the factor is a fitted number, which takes more evidence.
        """
        whole, rest = (self.error, self.gradient) if of_error else (self.claim, 0.0)
        if whole.shape != part.shape or not part.any() or not whole.any():
            return None
        ratio = torch.vdot(part.flatten(), whole.flatten()) / part.abs().square().sum()
        k = ratio.real.item()
        if not self.is_explained_by(rest + k * part):
            return None
        known = recognise(k, inputs, value, tolerance=AGREEMENT[self.dtype])
        if known and self.is_explained_by(rest + known.value * part):
            return known
        return Factor(f"{k:.6g}", k) if self.is_explained_by(rest + k * part, fitted=1) else None


# A guess is a tensor, with a name to appear in the sentence.
Guesses = Callable[[Case], Iterable[tuple[str, Tensor]]]
# A test returns the words that complete its sentence, or None if the hypothesis does not fit.
Test = Callable[[Case], Mapping[str, str] | None]


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


@dataclass(frozen=True)
class Hypothesis:
    """A mistake that may have been made.

    Attributes
    ----------
    name : str
        A short name.
    test : callable
        Takes a :class:`Case`, and returns the words that complete the sentence,
        or None if the hypothesis does not fit.
    sentence : str
        What to say, with places for these words and for the name of the input.
    """

    name: str
    test: Test
    sentence: str


def diagnose(case: Case) -> Diagnosis | None:
    """Return the simplest diagnosis that fits, or None.

    Parameters
    ----------
    case : Case
        A claim that does not hold.

    Examples
    --------
    >>> import torch
    >>> G = torch.tensor([[1.0, 2.0], [3.5, 4.0]], dtype=torch.float64)
    >>> for claim in (-G, G / 2, (G + G.mT) / 2, G + 3 * torch.eye(2)):
    ...     print(diagnose(Case("X", claim, G)).name)
    sign
    factor
    symmetric part
    term
    >>> diagnose(Case("X", G + torch.tensor([[0.0, 0.1], [0.0, 0.0]]), G)) is None
    True
    """
    for hypothesis in HYPOTHESES:
        words = hypothesis.test(case)
        if words is not None:
            sentence = hypothesis.sentence.format(input=case.input, **words)
            return Diagnosis(hypothesis.name, case.input, sentence)
    return None


# Tests


def equal(guesses: Guesses) -> Test:
    """Return a test whether the claim equals a guess."""

    def test(case: Case) -> Mapping[str, str] | None:
        for label, guess in guesses(case):
            if case.claim.any() and case.is_explained_by(guess):
                return {"label": label}
        return None

    return test


def proportional(guesses: Guesses) -> Test:
    """Return a test whether the claim is a multiple of a guess."""

    def test(case: Case) -> Mapping[str, str] | None:
        for label, guess in guesses(case):
            factor = case.factor(guess, case.inputs, case.value, of_error=False)
            if factor:
                return {"label": label, "factor": factor.words, "remark": factor.remark}
        return None

    return test


def off_by(guesses: Guesses) -> Test:
    """Return a test whether the error of the claim is a multiple of a guess."""

    def test(case: Case) -> Mapping[str, str] | None:
        if not case.same_shape:
            return None
        several = case.claim.numel() > 1
        for label, guess in guesses(case):
            names = {n: x for n, x in case.inputs.items() if n != label and (several or label)}
            factor = case.factor(guess, names, of_error=True)
            if factor:
                return {"label": label, **_correction(factor, label, several=several)}
        return None

    return test


def right_with_transpose(case: Case) -> Mapping[str, str] | None:
    """Test whether the claim is right when it is given the transpose of a matrix."""
    for name, A in _square(case):
        rerun = case.rerun(name, A.mT)
        if rerun and case.same_shape and _close(case, rerun[0], case.gradient):
            return {"label": name}
    return None


def right_where_symmetric(case: Case) -> Mapping[str, str] | None:
    """Test whether the claim is right when a matrix is replaced by its symmetric part."""
    for name, A in _square(case):
        rerun = case.rerun(name, (A + A.mT) / 2)
        if rerun and _close(case, *rerun):
            return {"label": name}
    return None


def rounded_to_float32(case: Case) -> Mapping[str, str] | None:
    """Test whether every entry is a number of float32, close to the right one."""
    if not case.same_shape or case.dtype != torch.float64:
        return None
    small = case.error.abs().max() <= 1e-4 * case.gradient.abs().max()
    if small and _in_float32(case.claim) and not _in_float32(case.gradient):
        size = (case.error.abs().max() / case.gradient.abs().max()).item()
        return {"size": f"{size:.0e}"}
    return None


def rounded_and_ill_conditioned(case: Case) -> Mapping[str, str] | None:
    """Test whether a matrix is so close to singular that rounding explains the error."""
    if not case.same_shape or not case.gradient.any():
        return None
    size = case.error.abs().max() / case.gradient.abs().max()
    for name, A in case.inputs.items():
        if A.ndim != 2 or min(A.shape) < 2:
            continue
        condition = torch.linalg.cond(A)
        # A formula with the square of a matrix in it has the square of its condition number.
        if 1e3 < condition < 1e7 and size <= torch.finfo(case.dtype).eps * condition**2:
            return {"label": name, "size": f"{size:.0e}", "condition": f"{condition:.0e}"}
    return None


def _correction(factor: Factor, label: str, *, several: bool) -> dict[str, str]:
    """Return the words that say how to take a term out of the claim."""
    verb, preposition = ("add", "to") if factor.words.startswith("-") else ("subtract", "from")
    size = factor.words.removeprefix("-")
    term = " ".join(word for word in ("" if size == "1" else size, label) if word) or "1"
    place = f"{preposition} {'every entry' if several else 'it'}"
    return {"verb": verb, "term": term, "place": place, "remark": factor.remark}


# Guesses


def _itself(case: Case) -> Iterator[tuple[str, Tensor]]:
    yield "", case.gradient


def _negative(case: Case) -> Iterator[tuple[str, Tensor]]:
    yield "", -case.gradient


def _conjugate(case: Case) -> Iterator[tuple[str, Tensor]]:
    if case.gradient.is_complex():
        yield "", case.gradient.conj()


def _transpose(case: Case) -> Iterator[tuple[str, Tensor]]:
    if _is_square(case.gradient):
        yield "", case.gradient.mT


def _adjoint(case: Case) -> Iterator[tuple[str, Tensor]]:
    if _is_square(case.gradient) and case.gradient.is_complex():
        yield "", case.gradient.mH


def _symmetric_part(case: Case) -> Iterator[tuple[str, Tensor]]:
    if _is_square(case.gradient):
        yield "", (case.gradient + case.gradient.mT) / 2


def _free_entries(case: Case) -> Iterator[tuple[str, Tensor]]:
    G = case.gradient
    if _is_square(G):
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


def _terms(case: Case) -> Iterator[tuple[str, Tensor]]:
    G = case.gradient
    for name, x in case.inputs.items():
        if x.is_complex() and not G.is_complex():
            continue
        if x.shape == G.shape or x.numel() == G.numel() == 1:
            yield name, x.reshape(G.shape).to(G.dtype)
        if x.ndim == 2 and x.mT.shape == G.shape:
            yield f"{name}.T", x.mT.to(G.dtype)
    if _is_square(G):
        yield "I", torch.eye(G.shape[-1], dtype=G.dtype, device=G.device).expand_as(G)


def _constant(case: Case) -> Iterator[tuple[str, Tensor]]:
    yield "", torch.ones_like(case.gradient)


def _is_square(x: Tensor) -> bool:
    """Whether a tensor is a square matrix, or a stack of them."""
    return x.ndim >= 2 and x.shape[-2] == x.shape[-1] > 1


def _square(case: Case) -> Iterator[tuple[str, Tensor]]:
    """Yield the square matrices among the inputs, if there is evidence of an error."""
    if case.same_shape:
        for name, x in case.inputs.items():
            if _is_square(x) and not torch.equal(x, x.mT):
                yield name, x


def _close(case: Case, claim: Tensor, gradient: Tensor) -> bool:
    """Whether a claim at another point agrees with the gradient there, and far better than here."""
    if claim.shape != gradient.shape or not gradient.any() or not case.gradient.any():
        return False
    here = case.size / case.gradient.abs().max().item()
    there = ((claim - gradient).abs().max() / gradient.abs().max()).item()
    return there <= min(TOLERANCES[case.dtype].autograd, AGREEMENT[case.dtype] * here)


def _in_float32(x: Tensor) -> bool:
    """Whether every entry is a number of float32."""
    coarse = torch.complex64 if x.is_complex() else torch.float32
    return bool((x.to(coarse).to(x.dtype) == x).all())


# The tables

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
"""What can stand in place of the right answer, the simplest first."""

HYPOTHESES: tuple[Hypothesis, ...] = (
    Hypothesis("sign", equal(_negative), "The claimed gradient for {input} has the opposite sign."),
    Hypothesis(
        "factor",
        proportional(_itself),
        "The claimed gradient for {input} is {factor} times the right one{remark}.",
    ),
    *(
        Hypothesis(
            form.name, equal(form.guesses), f"The claimed gradient for {{input}} is {form.words}."
        )
        for form in FORMS
    ),
    *(
        Hypothesis(
            form.name,
            proportional(form.guesses),
            f"The claimed gradient for {{input}} is {{factor}} times {form.words}{{remark}}.",
        )
        for form in FORMS
    ),
    Hypothesis(
        "constant",
        off_by(_constant),
        "The claimed gradient for {input} is off by a constant: "
        "{verb} {term} {place} and it is right{remark}.",
    ),
    Hypothesis(
        "term",
        off_by(_terms),
        "The claimed gradient for {input} is off by a term in {label}: "
        "{verb} {term} and it is right{remark}.",
    ),
    Hypothesis(
        "transposed input",
        right_with_transpose,
        "The claimed gradient for {input} is right with {label}.T in place of {label}.",
    ),
    Hypothesis(
        "symmetric input",
        right_where_symmetric,
        "The claimed gradient for {input} holds where {label} is symmetric: "
        "a transpose of {label} is missing or stands in the wrong place.",
    ),
    Hypothesis(
        "float32",
        rounded_to_float32,
        "The claimed gradient for {input} was rounded to float32, which explains an error of "
        "{size}: compute it in float64.",
    ),
    Hypothesis(
        "conditioning",
        rounded_and_ill_conditioned,
        "An error of {size} is no more than rounding can cause here: "
        "{label} has a condition number of {condition}. Check at another point.",
    ),
)
"""All that is tried, in this order."""
