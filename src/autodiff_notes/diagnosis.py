"""What a wrong gradient is, where it can be told: transposed, doubled, without a term.

A hypothesis says what a claim would be if one particular mistake had been made.
It is believed only if the claim equals that to six digits *of its error*, in several entries,
so that a wrong claim without such a form is left without a diagnosis.
The simplest hypothesis that fits is the one that is told.

:data:`HYPOTHESES` lists all that is tried, in order; a new mistake is one row.

>>> import torch
>>> from autodiff_notes.cases import Case
>>> G = torch.tensor([[1.0, 2.0], [3.5, 4.0]], dtype=torch.float64)
>>> diagnose(Case("X", claim=-G.mT, gradient=G)).sentence
'The claimed gradient for X is -1 times the transpose of the right one.'

The mistakes that are known:

>>> print(*dict.fromkeys(hypothesis.name for hypothesis in HYPOTHESES), sep=", ")
sign, factor, conjugate, transpose, adjoint, symmetric part, free entries,
exchange, layout, shape, stacked columns, constant, term, transposed input,
symmetric input, float32, conditioning
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from autodiff_notes.cases import AGREEMENT, Case
from autodiff_notes.factors import Factor
from autodiff_notes.forms import FORMS, Guesses, constant, is_square, itself, negative, terms
from autodiff_notes.reports import Diagnosis
from autodiff_notes.witnesses import TOLERANCES

__all__ = ["HYPOTHESES", "Hypothesis", "diagnose"]

# A test returns the words that complete its sentence, or None if the hypothesis does not fit.
Test = Callable[[Case], Mapping[str, str] | None]


@dataclass(frozen=True)
class Hypothesis:
    """A mistake that may have been made.

    Attributes
    ----------
    name : str
        A short name.
    test : callable
        Takes a :class:`~autodiff_notes.cases.Case`, and returns the words that complete the sentence,
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
    case : autodiff_notes.cases.Case
        A claim that does not hold.

    Examples
    --------
    >>> import torch
    >>> from autodiff_notes.cases import Case
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
    """Test whether the claim is right when a matrix is replaced by its symmetric part.

    A second symmetric matrix, with the same eigenvalues and other signs, has to bear it out.
    """
    for name, A in _square(case):
        signs = torch.ones_like(A)
        signs[..., ::2, :] *= -1
        S = (A + A.mT) / 2
        reruns = [case.rerun(name, symmetric) for symmetric in (S, signs * S * signs.mT)]
        if all(rerun and _close(case, *rerun) for rerun in reruns):
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


def _square(case: Case) -> Iterator[tuple[str, Tensor]]:
    """Yield the square matrices among the inputs, if there is evidence of an error."""
    if case.same_shape:
        for name, x in case.inputs.items():
            if is_square(x) and not torch.equal(x, x.mT):
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


HYPOTHESES: tuple[Hypothesis, ...] = (
    Hypothesis("sign", equal(negative), "The claimed gradient for {input} has the opposite sign."),
    Hypothesis(
        "factor",
        proportional(itself),
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
        off_by(constant),
        "The claimed gradient for {input} is off by a constant: "
        "{verb} {term} {place} and it is right{remark}.",
    ),
    Hypothesis(
        "term",
        off_by(terms),
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
"""All that is tried, in this order.

:meta hide-value:
"""
