"""What a wrong gradient is, where it can be told: transposed, doubled, without a term.

A hypothesis says what a claim would be if one particular mistake had been made.
It is believed only if the claim equals that to six digits *of its error*, in several entries, and
does so again at other points near this one,
so that a wrong claim without such a form is left without a diagnosis.
The simplest hypothesis that fits is the one that is told.

:data:`MISTAKES` lists all that is tried, in order; a new mistake is one row.

>>> import torch
>>> from autodiff_notes.checking.evidence import Evidence
>>> G = torch.tensor([[1.0, 2.0], [3.5, 4.0]], dtype=torch.float64)
>>> diagnose(Evidence("X", claim=-G.mT, gradient=G)).sentence
'The claimed gradient for X is -1 times the transpose of the right one.'

The mistakes that are known:

>>> print(*dict.fromkeys(mistake.name for mistake in MISTAKES), sep=", ")
conditioning, cancellation, sign, factor, conjugate, transpose, adjoint,
symmetric part, free entries, exchange, layout, shape, stacked columns,
logarithm, order, factor i, constant, term, not summed, some entries,
half a sum, transposed input, symmetric input, float32
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from autodiff_notes.checking.evidence import AGREEMENT, Evidence, Factor, recognise
from autodiff_notes.checking.patterns import PATTERNS, Guesses, constant, itself, negative, terms
from autodiff_notes.checking.places import pattern
from autodiff_notes.checking.points import is_square
from autodiff_notes.checking.report import Diagnosis
from autodiff_notes.checking.witnesses import TOLERANCES
from autodiff_notes.evaluation.differences import coordinates

__all__ = ["MISTAKES", "Mistake", "diagnose"]

# A test yields the words that complete its sentence, in each way in which the hypothesis fits.
Test = Callable[[Evidence], Iterator[Mapping[str, str]]]


@dataclass(frozen=True)
class Mistake:
    """A mistake that may have been made.

    Attributes
    ----------
    name : str
        A short name.
    test : callable
        Takes an :class:`~autodiff_notes.checking.evidence.Evidence`, and yields the words that complete the sentence,
        in each way in which the hypothesis fits.
    sentence : str
        What to say, with places for these words and for the name of the input.
    general : bool
        Whether the mistake is one of the formula, and so is found at other points as well.
    """

    name: str
    test: Test
    sentence: str
    general: bool = True


def diagnose(evidence: Evidence) -> Diagnosis | None:
    """Return the simplest diagnosis that fits, or None.

    Parameters
    ----------
    evidence : autodiff_notes.checking.evidence.Evidence
        A claim that does not hold.

    Examples
    --------
    >>> import torch
    >>> from autodiff_notes.checking.evidence import Evidence
    >>> G = torch.tensor([[1.0, 2.0], [3.5, 4.0]], dtype=torch.float64)
    >>> for claim in (-G, G / 2, (G + G.mT) / 2, G + 3 * torch.eye(2)):
    ...     print(diagnose(Evidence("X", claim, G)).name)
    sign
    factor
    symmetric part
    term
    >>> diagnose(Evidence("X", G + torch.tensor([[0.0, 0.1], [0.0, 0.0]]), G)) is None
    True
    """
    others: list[Evidence] | None = None
    for hypothesis in MISTAKES:
        for words in hypothesis.test(evidence):
            if hypothesis.general and others is None:
                others = list(evidence.elsewhere())
            if not hypothesis.general or all(_told(hypothesis, words, e) for e in others or ()):
                sentence = hypothesis.sentence.format(input=evidence.input, **words)
                return Diagnosis(hypothesis.name, evidence.input, sentence)
    return None


def _told(hypothesis: Mistake, words: Mapping[str, str], elsewhere: Evidence) -> bool:
    # The same has to be found at another point.
    return any(_lasting(words) == _lasting(found) for found in hypothesis.test(elsewhere))


def _lasting(words: Mapping[str, str]) -> Mapping[str, str]:
    # A remark describes this point, and may differ at another.
    return {key: word for key, word in words.items() if key != "remark"}


# Tests


def equal(guesses: Guesses) -> Test:
    """Return a test whether the claim equals a guess."""

    def test(evidence: Evidence) -> Iterator[Mapping[str, str]]:
        for label, guess in guesses(evidence):
            if evidence.claim.any() and evidence.is_explained_by(guess):
                yield {"label": label}

    return test


def proportional(guesses: Guesses) -> Test:
    """Return a test whether the claim is a multiple of a guess."""

    def test(evidence: Evidence) -> Iterator[Mapping[str, str]]:
        for label, guess in guesses(evidence):
            for k in evidence.factors(guess, evidence.inputs, evidence.value, of_error=False):
                yield {"label": label, "factor": k.words, "remark": k.remark}

    return test


def off_by(guesses: Guesses) -> Test:
    """Return a test whether the error of the claim is a multiple of a guess."""

    def test(evidence: Evidence) -> Iterator[Mapping[str, str]]:
        if not evidence.same_shape:
            return
        several = evidence.claim.numel() > 1
        for label, guess in guesses(evidence):
            names = {n: x for n, x in evidence.inputs.items() if n != label and (several or label)}
            for k in evidence.factors(guess, names, of_error=True):
                yield {"label": label, **_correction(k, label, several=several)}

    return test


def not_summed(evidence: Evidence) -> Iterator[Mapping[str, str]]:
    """Test whether the claim has the right one as its sum over a dimension."""
    claim, G = evidence.claim, evidence.gradient
    if claim.ndim <= G.ndim or G.numel() < 2 or not G.any():
        return
    allowed = AGREEMENT[evidence.dtype] * G.abs().max()
    for how, sums in (("sum", claim.sum), ("mean", claim.mean)):
        for dim in range(claim.ndim):
            found = sums(dim)
            if found.shape == G.shape and (found - G).abs().max() <= allowed:
                yield {"how": how, "dimension": str(dim)}


def factor_in_some(evidence: Evidence) -> Iterator[Mapping[str, str]]:
    """Test whether some entries, two or more, are multiplied by a number with a name."""
    if not evidence.same_shape or evidence.claim.numel() < 3 or not evidence.claim.any():
        return
    claim, G = evidence.claim, evidence.gradient
    wrong = evidence.error.abs() > AGREEMENT[evidence.dtype] * evidence.size
    count = int(wrong.sum())
    if count < 2 or wrong.all() or not (G[wrong] != 0).all():
        return
    inner = Evidence(
        evidence.input,
        claim[wrong],
        G[wrong],
        evidence.inputs,
        {},
        evidence.value,
        evidence.dtype,
        function=evidence.function,
    )
    where = pattern(wrong) or f"{count} of its {wrong.numel()} entries"
    if not inner.claim.any():
        if pattern(wrong):
            yield {"where": where, "factor": "0", "remark": ""}
        return
    for k in inner.factors(inner.gradient, evidence.inputs, evidence.value, of_error=False):
        if recognise(k.value, evidence.inputs, evidence.value) or k.words == "-1":
            yield {"where": where, "factor": k.words, "remark": k.remark}


def half_of_a_sum(evidence: Evidence) -> Iterator[Mapping[str, str]]:
    """Test whether the claim becomes right with the same for a transposed matrix added to it."""
    for name, A in _square(evidence):
        rerun = evidence.rerun(name, A.mT)
        if rerun is None or rerun[0].shape != evidence.claim.shape:
            continue
        if _close(evidence, evidence.claim + rerun[0], evidence.gradient):
            yield {"label": name}


def right_with_transpose(evidence: Evidence) -> Iterator[Mapping[str, str]]:
    """Test whether the claim is right when it is given the transpose of a matrix."""
    for name, A in _square(evidence):
        rerun = evidence.rerun(name, A.mT)
        if rerun and evidence.same_shape and _close(evidence, rerun[0], evidence.gradient):
            yield {"label": name}


def right_where_symmetric(evidence: Evidence) -> Iterator[Mapping[str, str]]:
    """Test whether the claim is right when a matrix is replaced by its symmetric part.

    A second symmetric matrix, with the same eigenvalues and other signs, has to bear it out.
    """
    for name, A in _square(evidence):
        signs = torch.ones_like(A)
        signs[..., ::2, :] *= -1
        S = (A + A.mT) / 2
        reruns = [evidence.rerun(name, symmetric) for symmetric in (S, signs * S * signs.mT)]
        if all(rerun and _close(evidence, *rerun) for rerun in reruns):
            yield {"label": name}


def lost_to_cancellation(evidence: Evidence) -> Iterator[Mapping[str, str]]:
    """Test whether the error changes by its own size from one number to the next."""
    rounding = evidence.rounding
    if rounding is None or not evidence.same_shape or rounding.shape != evidence.claim.shape:
        return
    largest = evidence.gradient.abs().max()
    wrong = evidence.error.abs() > TOLERANCES[evidence.dtype].autograd * evidence.gradient.abs()
    if bool((evidence.error.abs() <= rounding)[wrong].all()) and evidence.size <= 0.1 * largest:
        yield {"size": f"{evidence.size / largest.item():.0e}"}


def rounded_to_float32(evidence: Evidence) -> Iterator[Mapping[str, str]]:
    """Test whether every entry is a number of float32, close to the right one."""
    if not evidence.same_shape or evidence.dtype != torch.float64:
        return
    errors, sizes_ = evidence.error.abs(), evidence.gradient.abs()
    # Rounding each entry leaves 6e-8 of it; a formula in float32 leaves more, of the largest.
    small = errors.max() <= 1e-4 * sizes_.max()
    # Numbers with few digits are numbers of every type, and no evidence.
    claim, coarse = evidence.claim, torch.float32
    numbers = _fits(claim, coarse) and not _fits(claim, torch.bfloat16)
    largest = max([1.0, *(x.abs().max().item() for x in evidence.inputs.values())])
    if claim.abs().max() <= MINUTE * largest and _counted(claim):
        return
    if small and numbers and not _fits(evidence.gradient, coarse):
        yield {"size": f"{(errors.max() / sizes_.max()).item():.0e}"}


def rounded_and_ill_conditioned(evidence: Evidence) -> Iterator[Mapping[str, str]]:
    """Test whether a matrix is so close to singular that rounding explains the error."""
    if not evidence.same_shape or not evidence.gradient.any():
        return
    if not any(lost_to_cancellation(evidence)):
        return
    size = evidence.error.abs().max() / evidence.gradient.abs().max()
    for name, A in evidence.inputs.items():
        if A.ndim != 2 or min(A.shape) < 2:
            continue
        condition = torch.linalg.cond(A)
        # A formula with the square of a matrix in it has the square of its condition number.
        if 1e3 < condition < 1e7 and size <= torch.finfo(evidence.dtype).eps * condition**2:
            yield {"label": name, "size": f"{size:.0e}", "condition": f"{condition:.0e}"}


def _correction(factor: Factor, label: str, *, several: bool) -> dict[str, str]:
    """Return the words that say how to take a term out of the claim."""
    verb, preposition = ("add", "to") if factor.words.startswith("-") else ("subtract", "from")
    size = factor.words.removeprefix("-")
    term = " ".join(word for word in ("" if size == "1" else size, label) if word) or "1"
    place = f"{preposition} {'every entry' if several else 'it'}"
    return {"verb": verb, "term": term, "place": place, "remark": factor.remark}


def _square(evidence: Evidence) -> Iterator[tuple[str, Tensor]]:
    """Yield the square matrices among the inputs, if there is evidence of an error."""
    if evidence.same_shape:
        for name, x in evidence.inputs.items():
            if is_square(x) and not torch.equal(x, x.mT):
                yield name, x


def _close(evidence: Evidence, claim: Tensor, gradient: Tensor) -> bool:
    """Whether a claim at another point agrees with the gradient there, and far better than here."""
    if claim.shape != gradient.shape or not gradient.any() or not evidence.gradient.any():
        return False
    here = evidence.size / evidence.gradient.abs().max().item()
    there = ((claim - gradient).abs().max() / gradient.abs().max()).item()
    return there <= min(TOLERANCES[evidence.dtype].autograd, AGREEMENT[evidence.dtype] * here)


def _fits(x: Tensor, dtype: torch.dtype) -> bool:
    entries = coordinates(x)
    return bool((entries.to(dtype).to(entries) == entries).all())


# Below this part of the inputs, a difference of two of them has fewer than 24 digits.
MINUTE = 2e-6


def _counted(x: Tensor) -> bool:
    # Entries of less than 2^24 of one unit are in float32 by accident. So are differences of nearly
    # equal numbers, of which the unit is the last digit.
    entries = coordinates(x).abs()
    units = entries / 2.0 ** (entries.max().log2().floor() - 23)
    return bool((units == units.round()).all())


MISTAKES: tuple[Mistake, ...] = (
    # Rounding comes first: at another point it is gone, and anything else would seem to explain it.
    Mistake(
        "conditioning",
        rounded_and_ill_conditioned,
        "An error of {size} is no more than rounding can cause here: "
        "{label} has a condition number of {condition}. Check at another point.",
        general=False,
    ),
    Mistake(
        "cancellation",
        lost_to_cancellation,
        "The claimed gradient for {input} loses digits: its error of {size} is rounding, and is "
        "another at the next number. Rearrange the formula so that nearly equal numbers are not "
        "subtracted.",
        general=False,
    ),
    Mistake("sign", equal(negative), "The claimed gradient for {input} has the opposite sign."),
    Mistake(
        "factor",
        proportional(itself),
        "The claimed gradient for {input} is {factor} times the right one{remark}.",
    ),
    *(
        Mistake(
            pattern.name,
            equal(pattern.guesses),
            f"The claimed gradient for {{input}} is {pattern.words}.",
        )
        for pattern in PATTERNS
    ),
    *(
        Mistake(
            pattern.name,
            proportional(pattern.guesses),
            f"The claimed gradient for {{input}} is {{factor}} times {pattern.words}{{remark}}.",
        )
        for pattern in PATTERNS
    ),
    Mistake(
        "constant",
        off_by(constant),
        "The claimed gradient for {input} is off by a constant: "
        "{verb} {term} {place} and it is right{remark}.",
    ),
    Mistake(
        "term",
        off_by(terms),
        "The claimed gradient for {input} is off by a term in {label}: "
        "{verb} {term} and it is right{remark}.",
    ),
    Mistake(
        "not summed",
        not_summed,
        "The claimed gradient for {input} is not summed: its {how} over dimension {dimension} is "
        "the right one.",
    ),
    Mistake(
        "some entries",
        factor_in_some,
        "The claimed gradient for {input} is {factor} times the right one in {where}, and right "
        "elsewhere{remark}.",
    ),
    Mistake(
        "half a sum",
        half_of_a_sum,
        "The claimed gradient for {input} is one half of a symmetric sum: add the same with {label}.T "
        "in place of {label}, and it is right.",
    ),
    Mistake(
        "transposed input",
        right_with_transpose,
        "The claimed gradient for {input} is right with {label}.T in place of {label}.",
    ),
    Mistake(
        "symmetric input",
        right_where_symmetric,
        "The claimed gradient for {input} holds where {label} is symmetric: "
        "a transpose of {label} is missing or stands in the wrong place.",
    ),
    Mistake(
        "float32",
        rounded_to_float32,
        "The claimed gradient for {input} was rounded to float32, which explains an error of "
        "{size}: compute it in float64.",
        general=False,
    ),
)
"""All that is tried, in this order.

:meta hide-value:
"""
