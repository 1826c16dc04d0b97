"""A wrong gradient is told what it is, and one without a form is told nothing."""

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.evidence import Evidence
from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.mistakes import MISTAKES, diagnose
from autodiff_notes.checking.patterns import PATTERNS
from autodiff_notes.checking.report import Diagnosis, GradientReport
from autodiff_notes.evaluation.samplers import (
    normal,
    positive,
    positive_determinant,
    symmetric_positive_definite,
)
from support import double, draw, log_det, log_det_gradient, number, square

SEEDS = range(4)
SIZES = (2, 3, 5)


def generator(seed: int) -> torch.Generator:
    """Return a generator with this seed."""
    return torch.Generator().manual_seed(seed)


def diagnosis(report: GradientReport) -> Diagnosis:
    """Return the one diagnosis of a report that does not hold."""
    assert not report.holds
    (found,) = report.diagnoses
    return found


# Functions and their gradients; every point is random, neither symmetric nor square by chance


def quadratic(x: Tensor, A: Tensor) -> Tensor:
    """Return x'Ax; its gradient is (A + A')x."""
    return x @ A @ x


def trace(X: Tensor, A: Tensor) -> Tensor:
    """Return tr(A'X); its gradient is A."""
    return (A * X).sum()


def ridge(w: Tensor, X: Tensor, y: Tensor, lam: Tensor) -> Tensor:
    """Return the mean square of Xw - y and a penalty on w."""
    return (X @ w - y).square().mean() + lam * w.dot(w)


def ridge_gradient(w: Tensor, X: Tensor, y: Tensor, lam: Tensor) -> Tensor:
    """Return the gradient of ridge in w."""
    return 2 * X.mT @ (X @ w - y) / len(y) + 2 * lam * w


def ridge_point(n: int, seed: int) -> tuple[Tensor, ...]:
    """Return w, X, y and lam; w alone is to be differentiated."""
    g = generator(seed)
    m = n + 9  # neither a number with a name nor another size
    return (
        normal(n, generator=g).requires_grad_(),
        normal(m, n, generator=g),
        normal(m, generator=g),
        positive(generator=g),
    )


def quadratic_point(n: int, seed: int) -> tuple[Tensor, ...]:
    """Return x, to be differentiated, and A."""
    return draw(n, seed=seed), draw(n, n, seed=seed + 100).detach()


def log_det_point(n: int, seed: int) -> tuple[Tensor, ...]:
    """Return a matrix with positive determinant."""
    return (positive_determinant(n, generator=generator(seed)).requires_grad_(),)


def symmetric_point(n: int, seed: int) -> tuple[Tensor, ...]:
    """Return a symmetric positive definite matrix."""
    return (symmetric_positive_definite(n, generator=generator(seed)).requires_grad_(),)


def trace_point(n: int, seed: int) -> tuple[Tensor, ...]:
    """Return X, to be differentiated, and A, with more columns than rows."""
    return draw(n, n + 2, seed=seed), draw(n, n + 2, seed=seed + 100).detach()


def square_trace_point(n: int, seed: int) -> tuple[Tensor, ...]:
    """Return square X, to be differentiated, and A."""
    return draw(n, n, seed=seed), draw(n, n, seed=seed + 100).detach()


def complex_point(n: int, seed: int) -> tuple[Tensor, ...]:
    """Return a complex vector."""
    z = torch.randn(n, dtype=torch.complex128, generator=generator(seed))
    return (z.requires_grad_(),)


def complex_matrix_point(n: int, seed: int) -> tuple[Tensor, ...]:
    """Return a complex matrix Z, to be differentiated, and another."""
    Z, A = torch.randn(2, n, n, dtype=torch.complex128, generator=generator(seed))
    return Z.requires_grad_(), A


def real_trace(Z: Tensor, A: Tensor) -> Tensor:
    """Return the real inner product of two complex matrices; its gradient is A."""
    return (A.conj() * Z).sum().real


def free(G: Tensor) -> Tensor:
    """Return G + G' with the diagonal counted once."""
    return G + G.mT - torch.diag(G.diagonal())


def through_float32(gradient: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Return a gradient that computes in float32."""
    return lambda *inputs: gradient(*(x.float() for x in inputs)).double()


Point = Callable[[int, int], tuple[Tensor, ...]]

# The mistake, what the sentence says of it, the function, the wrong gradient and the points.
CLAIMS: dict[str, tuple[str, str, Callable[..., Tensor], Callable[..., Any], Point]] = {
    "sign": (
        "sign",
        "has the opposite sign",
        ridge,
        lambda *inputs: -ridge_gradient(*inputs),
        ridge_point,
    ),
    "a half": ("factor", "is 1/2 times the right one", square, lambda x: x, lambda n, s: (draw(n, seed=s),)),
    "minus twice": ("factor", "is -2 times", log_det, lambda X: -2 * log_det_gradient(X), log_det_point),
    "sum for a mean": (
        "factor",
        "is the number of entries of X",
        lambda X: X.square().mean(),
        double,
        lambda n, s: (draw(n, n + 4, seed=s),),
    ),
    "1.7 times": (
        "factor",
        "is 1.7 times",
        ridge,
        lambda *inputs: 1.7 * ridge_gradient(*inputs),
        lambda n, s: ridge_point(n + 1, s),
    ),
    "det without det": (
        "factor",
        "is 1/f times the right one, and f = ",
        torch.linalg.det,
        log_det_gradient,
        log_det_point,
    ),
    "norm without norm": (
        "factor",
        "is f times the right one",
        torch.linalg.vector_norm,
        lambda x: x,
        lambda n, s: (draw(n, seed=s),),
    ),
    "scalar input left out": (
        "factor",
        "is 1/c times the right one",
        lambda x, c: c * x.square().sum(),
        lambda x, _: 2 * x,
        lambda n, s: (draw(n, seed=s), positive(generator=generator(s + 50))),
    ),
    "log2": ("factor", "is log(2) times", lambda x: x.log2().sum(), lambda x: 1 / x, lambda n, s: (positive(n, generator=generator(s)).requires_grad_(),)),
    "conjugate": (
        "conjugate",
        "is the conjugate of the right one",
        lambda z: (z**3).real.sum(),
        lambda z: 3 * z**2,
        complex_point,
    ),
    "Wirtinger": (
        "conjugate",
        "is 1/2 times the conjugate",
        lambda z: (z**3).real.sum(),
        lambda z: 1.5 * z**2,
        complex_point,
    ),
    "transpose": ("transpose", "is the transpose of the right one", log_det, torch.linalg.inv, log_det_point),
    "minus the transpose": ("transpose", "is -1 times the transpose", log_det, lambda X: -torch.linalg.inv(X), log_det_point),
    "complex transpose": ("transpose", "is the transpose", real_trace, lambda _, A: A.mT, complex_matrix_point),
    "adjoint": ("adjoint", "is the conjugate transpose", real_trace, lambda _, A: A.mH, complex_matrix_point),
    "symmetric part": (
        "symmetric part",
        "is the symmetric part of the right one",
        trace,
        lambda _, A: (A + A.mT) / 2,
        square_trace_point,
    ),
    "G + G'": ("symmetric part", "is 2 times the symmetric part", trace, lambda _, A: A + A.mT, square_trace_point),
    "free entries": (
        "free entries",
        "is G + G.T - G * I",
        log_det,
        lambda X: free(torch.linalg.inv(X)),
        symmetric_point,
    ),
    "free entries, G not symmetric": ("free entries", "for one variable", trace, lambda _, A: free(A), square_trace_point),
    "exchange": (
        "exchange",
        "is the right one for y",
        lambda x, y: x.square().sum() + y.exp().sum(),
        lambda _, y: (y.exp(), y.exp()),
        lambda n, s: (draw(n, seed=s), draw(n, seed=s + 100)),
    ),
    "numerator layout": (
        "layout",
        "is the right one in numerator layout: transpose it",
        trace,
        lambda _, A: A.mT,
        trace_point,
    ),
    "numerator layout, doubled": ("layout", "is 2 times the right one in numerator", trace, lambda _, A: 2 * A.mT, trace_point),
    "row": ("shape", "in the shape (1, ", square, lambda x: 2 * x[None], lambda n, s: (draw(n, seed=s),)),
    "flattened": ("shape", "is the right one, but in the shape", trace, lambda _, A: A.flatten(), trace_point),
    "vec": ("stacked columns", "column after column", trace, lambda _, A: A.mT.flatten(), trace_point),
    "penalty left out": (
        "term",
        "is off by a term in w: add 2 lam w and it is right",
        ridge,
        lambda w, X, y, lam: ridge_gradient(w, X, y, 0 * lam),
        ridge_point,
    ),
    "a term of another input": (
        "term",
        "is off by a term in y: add 2 y and it is right",
        lambda x, y: (x + y).dot(x + y),
        lambda x, _: 2 * x,
        lambda n, s: (draw(n, seed=s), draw(n, seed=s + 100).detach()),
    ),
    "a term too many": (
        "term",
        "off by a term in A.T: subtract 1/3 A.T and it is right",
        trace,
        lambda _, A: A + A.mT / 3,
        square_trace_point,
    ),
    "the identity left out": (
        "term",
        "off by a term in I: add I and it is right",
        lambda X, A: (A * X).sum() + X.trace(),
        lambda _, A: A,
        square_trace_point,
    ),
    "a constant left out": (
        "constant",
        "off by a constant: add 1 to every entry",
        lambda x: (x * x.log()).sum(),
        lambda x: x.log(),
        lambda n, s: (positive(n, generator=generator(s)).requires_grad_(),),
    ),
    "A for A'": (
        "transposed input",
        "is right with A.T in place of A",
        lambda x, y, A: y @ A @ x,
        lambda _, y, A: A @ y,
        lambda n, s: (draw(n, seed=s), draw(n, seed=s + 1).detach(), draw(n, n, seed=s + 2).detach()),
    ),
    "Ax": (
        "half a sum",
        "is one half of a symmetric sum: add the same with A.T",
        quadratic,
        lambda x, A: A @ x,
        quadratic_point,
    ),
    "the derivative by log x": (
        "logarithm",
        "is the derivative by log(x), which is x times the right one",
        lambda x: (x * x.log()).sum(),
        lambda x: x * (x.log() + 1),
        lambda n, s: (positive(n, generator=generator(s)).requires_grad_(),),
    ),
    "reversed": (
        "order",
        "is the right one in reversed order",
        lambda x: (x * torch.arange(len(x)).double().exp()).sum() + x.exp().sum(),
        lambda x: (torch.arange(len(x)).double().exp() + x.exp()).flip(0),
        lambda n, s: (draw(n + 1, seed=s),),
    ),
    "i": (
        "factor i",
        "is i times the right one",
        lambda z: (z**3).real.sum(),
        lambda z: 3j * z.conj() ** 2,
        complex_point,
    ),
    "bias of a batch": (
        "not summed",
        "is not summed: its sum over dimension 0 is the right one",
        lambda b, X: (X + b).square().sum(),
        lambda b, X: 2 * (X + b),
        lambda n, s: (draw(n, seed=s), draw(n + 4, n, seed=s + 9).detach()),
    ),
    "one row doubled": (
        "some entries",
        "is 2 times the right one in row 0, and right elsewhere",
        trace,
        lambda _, A: torch.cat([2 * A[:1], A[1:]]),
        trace_point,
    ),
    "off the diagonal": (
        "some entries",
        "is 1/2 times the right one in every entry off the diagonal",
        trace,
        lambda _, A: (A + A * torch.eye(len(A))) / 2,
        square_trace_point,
    ),
    "root of the width": (
        "factor",
        "; 29 is the length of q",
        lambda q, k: q @ k / 29**0.5,
        lambda q, k: k,
        lambda n, s: (draw(29, seed=s), draw(29, seed=s + 1).detach()),
    ),
    "sample variance": (
        "factor",
        "times the right one; ",
        lambda x: x.var(),
        lambda x: 2 * (x - x.mean()) / len(x),
        lambda n, s: (draw(n + 11, seed=s),),
    ),
    "degrees": (
        "factor",
        "is 180/pi times the right one, from radians to degrees",
        lambda x: x.deg2rad().sin().sum(),
        lambda x: x.deg2rad().cos(),
        lambda n, s: (draw(n, seed=s),),
    ),
    "2Ax": (
        "symmetric input",
        "holds where A is symmetric",
        quadratic,
        lambda x, A: 2 * A @ x,
        quadratic_point,
    ),
    "float32": ("float32", "was rounded to float32", ridge, through_float32(ridge_gradient), ridge_point),
}  # fmt: skip


@pytest.mark.parametrize("mistake", CLAIMS)
def test_mistake_is_recognised(mistake: str) -> None:
    """Each mistake is named at every size and seed, and said in words."""
    name, words, f, wrong, point = CLAIMS[mistake]
    for n in SIZES:
        for seed in SEEDS:
            found = diagnosis(check_gradient(f, wrong, *point(n, seed)))
            assert (found.name, n, seed) == (name, n, seed), found.sentence
            assert words in found.sentence


# What a reader is told in full, at n = 3; a row for every sentence of the table of mistakes.
TOLD: dict[str, str] = {
    "sign": "for w has the opposite sign.",
    "a half": "for x is 1/2 times the right one.",
    "sum for a mean": "for X is 21 times the right one; 21 is the number of entries of X.",
    "det without det": "for input 0 is 1/f times the right one, and f = 0.9321 here.",
    "degrees": "for x is 180/pi times the right one, from radians to degrees.",
    "sample variance": "for x is 13/14 times the right one; 14 is the length of x.",
    "penalty left out": "for w is off by a term in w: add 2 lam w and it is right.",
    "a term too many": "for X is off by a term in A.T: subtract 1/3 A.T and it is right; 3 is the number of rows of X.",
    "the identity left out": "for X is off by a term in I: add I and it is right.",
    "a constant left out": "for x is off by a constant: add 1 to every entry and it is right.",
    "A for A'": "for x is right with A.T in place of A.",
    "Ax": "for x is one half of a symmetric sum: add the same with A.T in place of A, and it is right.",
    "bias of a batch": "for b is not summed: its sum over dimension 0 is the right one.",
    "one row doubled": "for X is 2 times the right one in row 0, and right elsewhere.",
    "2Ax": "for x holds where A is symmetric: a transpose of A is missing or stands in the wrong place.",
    "float32": "for w was rounded to float32, which explains an error of 4e-08: compute it in float64.",
    "i": "for z is i times the right one.",
    "conjugate": "for z is the conjugate of the right one.",
    "adjoint": "for Z is the conjugate transpose of the right one.",
}  # fmt: skip


@pytest.mark.parametrize("mistake", TOLD)
def test_mistake_has_its_sentence(mistake: str) -> None:
    """What a reader is told is a whole sentence, which says what to do where there is something."""
    *_, f, wrong, point = CLAIMS[mistake]
    found = diagnosis(check_gradient(f, wrong, *point(3, 0)))
    assert found.sentence == f"The claimed gradient {TOLD[mistake]}"


def matrix(*rows: list[float]) -> Tensor:
    """Return a matrix in float64."""
    return torch.tensor(rows, dtype=torch.float64)


GRADIENT = matrix([1, 2, 4], [3, -5, 7])
BATCH = matrix([0.5, 0.5], [3, -1], [1, 3])
SUMS, LINE = torch.tensor([1.0, 2.0, 4.0]).double(), torch.tensor([1.0, -2.0, 3.0]).double()
TENTHS = torch.tensor([0.1, 0.2, -0.7], dtype=torch.float64)
KNOWN = {"c": torch.tensor(0.7, dtype=torch.float64)}


def at(factor: float, *entries: int) -> Tensor:
    """Return the gradient with some of its entries multiplied."""
    factors = torch.ones(6, dtype=torch.float64)
    factors[list(entries)] = factor
    return GRADIENT * factors.reshape(2, 3)


def near(condition: float, error: float) -> dict[str, Any]:
    """Return a claim off by an error that is rounding, beside a matrix with this condition number."""
    A = torch.diag(torch.tensor([1.0, 1 / condition], dtype=torch.float64))
    return {"claim": SUMS * (1 + error * LINE), "inputs": {"A": A}, "rounding": torch.ones(3)}


CANCELS = (
    "The claimed gradient for X loses digits: its error of {} is rounding, and is another at the "
    "next number. Rearrange the formula so that nearly equal numbers are not subtracted."
)
SINGULAR = (
    "An error of {} is no more than rounding can cause here: A has a condition number of {}. "
    "Check at another point."
)
SOME = "The claimed gradient for X is {} times the right one in {}, and right elsewhere."
UNSUMMED = "The claimed gradient for X is not summed: its {} over dimension {} is the right one."
SINGLE = (
    "The claimed gradient for X was rounded to float32, which explains an error of {}: compute it "
    "in float64."
)


@pytest.mark.parametrize(
    ("gradient", "known", "sentence"),
    [
        # Some entries, of which there are two at least: a factor with a name, or zero in a pattern
        (GRADIENT, {"claim": at(0, 0, 1, 2)}, SOME.format(0, "row 0")),
        (GRADIENT, {"claim": at(0, 0, 4)}, None),
        (GRADIENT, {"claim": at(2, 0, 4)}, SOME.format(2, "2 of its 6 entries")),
        (GRADIENT, {"claim": at(-1, 0, 4)}, SOME.format(-1, "2 of its 6 entries")),
        (GRADIENT, {"claim": at(2, 0, 1, 2, 3, 4)}, SOME.format(2, "5 of its 6 entries")),
        (GRADIENT, {"claim": at(2, 0)}, None),
        (GRADIENT, {"claim": at(1.7, 0, 1, 2)}, None),
        (GRADIENT, {"claim": at(2, 0, 4) * (1 + 1e-5)}, None),
        (GRADIENT * (GRADIENT != 1), {"claim": at(0, 0) + at(2, 0, 1) - GRADIENT}, None),
        (GRADIENT[0, :2], {"claim": at(2, 0)[0, :2]}, None),
        (GRADIENT, {"claim": at(0.7, 0, 4), "inputs": KNOWN}, SOME.format("c", "2 of its 6 entries")),
        (
            GRADIENT,
            {"claim": at(0.7, 0, 4), "value": 0.7},
            SOME.format("f", "2 of its 6 entries")[:-1] + ", and f = 0.7 here.",
        ),
        (GRADIENT, {"claim": at(0.7, 0, 4), "value": 0.7, "function": False}, None),
        # A sum or a mean over a dimension that is too many
        (SUMS, {"claim": BATCH}, UNSUMMED.format("sum", 1)),
        (SUMS, {"claim": BATCH.mT}, UNSUMMED.format("sum", 0)),
        (SUMS, {"claim": 2 * BATCH}, UNSUMMED.format("mean", 1)),
        (SUMS, {"claim": BATCH + 3e-7}, UNSUMMED.format("sum", 1)),
        (SUMS, {"claim": BATCH + 1e-5}, None),
        (SUMS, {"claim": torch.stack([BATCH, 0 * BATCH])}, None),
        (0 * SUMS, {"claim": 0 * BATCH}, None),
        (SUMS[:1], {"claim": BATCH[:1]}, None),
        # Rounding, up to a tenth of the largest entry
        (SUMS, {"claim": SUMS * (1 + 1e-7 * LINE), "rounding": 2e-6 * torch.ones(3)}, CANCELS.format("3e-07")),
        (SUMS, {"claim": SUMS * (1 + 1e-7 * LINE), "rounding": 1e-6 * torch.ones(3)}, None),
        (SUMS, {"claim": SUMS * (1 + 1e-7 * LINE), "rounding": torch.ones(2)}, None),
        (SUMS, {"claim": SUMS + 0.1 * LINE, "rounding": torch.ones(3)}, CANCELS.format("7e-02")),
        (SUMS, {"claim": SUMS + 0.2 * LINE, "rounding": torch.ones(3)}, None),
        # That of a matrix which is close to singular, though not to zero
        (SUMS, near(1e5, 1e-7), SINGULAR.format("3e-07", "1e+05")),
        (SUMS, near(1e5, 1e-5), CANCELS.format("3e-05")),
        (SUMS, near(500, 1e-12), CANCELS.format("3e-12")),
        (SUMS, near(5e6, 1e-4), SINGULAR.format("3e-04", "5e+06")),
        (SUMS, near(2e7, 1e-4), CANCELS.format("3e-04")),
        # Numbers of float32, close to numbers that are not
        (TENTHS, {"claim": TENTHS.float().double()}, SINGLE.format("2e-08")),
        (TENTHS, {"claim": (TENTHS * (1 + 1e-5 * LINE)).float().double()}, SINGLE.format("3e-05")),
        (TENTHS, {"claim": (TENTHS * (1 + 1e-4 * LINE)).float().double()}, None),
        (TENTHS, {"claim": TENTHS.float().double(), "dtype": torch.float32}, None),
        (SUMS, {"claim": (SUMS * (1 + 1e-5 * LINE)).float().double()}, None),
        (1j * TENTHS, {"claim": 1j * TENTHS.float().double()}, SINGLE.format("2e-08")),
        (torch.tensor([1e3, 4e-12]).double(), {"claim": torch.tensor([1e3, 0]).double()}, None),
        # Next to 1 a factor has the digits that tell it from 1.
        (SUMS, {"claim": SUMS * (1 + 1e-7)}, "The claimed gradient for X is 1.0000001 times the right one."),
        (SUMS, {"claim": SUMS * 1.23456789}, "The claimed gradient for X is 1.23457 times the right one."),
        (SUMS, {"claim": SUMS * math.e}, "The claimed gradient for X is 2.71828 times the right one."),
        # A number that is fitted takes an entry more than one with a name.
        (SUMS[:2], {"claim": SUMS[:2] * 1.7}, None),
        (SUMS[:2], {"claim": SUMS[:2] * 1.5}, "The claimed gradient for X is 3/2 times the right one."),
        (SUMS, {"claim": SUMS - 2}, "The claimed gradient for X is off by a constant: add 2 to every entry and it is right."),
        # The value of f is no name for a constant or a term.
        (
            SUMS,
            {"claim": SUMS + 0.7, "value": 0.7},
            "The claimed gradient for X is off by a constant: subtract 0.7 from every entry and it is right.",
        ),
        (
            SUMS,
            {"claim": SUMS + 0.7 * LINE, "value": 0.7, "inputs": {"X": LINE, **KNOWN}},
            "The claimed gradient for X is off by a term in X: subtract c X and it is right.",
        ),
    ],
)  # fmt: skip
def test_evidence_has_its_sentence(
    gradient: Tensor, known: dict[str, Any], sentence: str | None
) -> None:
    """What is told of a claim at one point, on either side of what is believed."""
    found = diagnose(Evidence("X", gradient=gradient, **known))
    assert (found and found.sentence) == sentence


SLANTED = matrix([1, 2, 0.5], [1, 3, 1], [0, -1, 4])
HALF, OTHER = matrix([1, 2, -1], [3, 0.5, 2]), matrix([0.5, 1, 4], [-2, 1, 3])


def claimed(gap: float = 0.0, A: Tensor = SLANTED, **known: Any) -> Diagnosis | None:
    """Return the diagnosis of a half that becomes whole with the half for the transpose of A."""
    rerun = lambda name, x: (OTHER + gap, 0 * OTHER) if torch.equal(x, A.mT) else None
    known = {"rerun": rerun, **known}
    return diagnose(Evidence("X", HALF, HALF + OTHER, inputs={"A": A}, **known))


def test_half_of_a_sum_is_believed_to_six_digits() -> None:
    """The other half has to be there to a millionth of the error, at a matrix that is not symmetric."""
    found = claimed()
    assert found is not None
    assert found.name == "half a sum"
    # The error is 4 beside a gradient of 5: a tolerance of 1e-9 of the latter is all that is left.
    assert claimed(4e-9) is not None
    assert claimed(6e-9) is None
    assert claimed(6e-9, dtype=torch.float32) is not None
    assert claimed(A=SLANTED + SLANTED.mT) is None
    assert claimed(A=SLANTED[:2]) is None
    assert claimed(rerun=lambda _name, _x: None) is None
    assert claimed(rerun=lambda _name, _x: (OTHER[:1], OTHER)) is None


@pytest.mark.parametrize(("gap", "told"), [(8e-11, True), (3e-10, False)])
def test_what_was_nearly_right_is_explained_by_more_digits(gap: float, told: bool) -> None:
    """Where a claim was off by a ten-thousandth, it has to be right to a millionth of that elsewhere."""
    size = OTHER.abs().max()
    rerun = lambda _name, _x: (OTHER + gap * size, OTHER)
    off = OTHER + 1e-4 * size * HALF / HALF.abs().max()
    found = diagnose(Evidence("X", off, OTHER, inputs={"A": SLANTED}, rerun=rerun))
    assert (found is not None) is told
    assert found is None or found.name == "transposed input"


def test_symmetric_matrices_of_the_same_eigenvalues_are_tried() -> None:
    """Whether a claim holds where a matrix is symmetric is asked of two that are."""
    asked: list[Tensor] = []

    def holds(name: str, x: Tensor) -> tuple[Tensor, Tensor]:
        assert name == "A"
        if torch.equal(x, x.mT):
            asked.append(x)
        return (OTHER, OTHER) if torch.equal(x, x.mT) else (HALF, OTHER)

    found = diagnose(Evidence("X", HALF, HALF.flip(0) + OTHER, inputs={"A": SLANTED}, rerun=holds))
    assert found is not None
    assert found.name == "symmetric input"
    first, second = asked
    assert torch.equal(first, (SLANTED + SLANTED.mT) / 2)
    assert torch.allclose(torch.linalg.eigvalsh(first), torch.linalg.eigvalsh(second))
    assert torch.equal(second.abs(), first.abs())
    assert not torch.equal(second, first)
    # One of the two is not enough.
    calls = iter([True, False])
    once = lambda _name, x: (OTHER if torch.equal(x, x.mT) and next(calls) else HALF, OTHER)
    assert (
        diagnose(Evidence("X", HALF, HALF.flip(0) + OTHER, inputs={"A": SLANTED}, rerun=once))
        is None
    )


def test_what_is_found_here_alone_is_not_told() -> None:
    """An explanation has to hold at each other point; a remark may be another there."""
    here = Evidence("X", 2 * GRADIENT, GRADIENT)
    same, other = Evidence("X", 2 * HALF, HALF), Evidence("X", 3 * HALF, HALF)
    for elsewhere, told in (
        ([], True),
        ([same], True),
        ([same, same], True),
        ([other], False),
        ([same, other], False),
    ):
        found = diagnose(replace(here, elsewhere=elsewhere.copy))
        assert (found is not None) is told
    here = Evidence("X", 5 * GRADIENT, GRADIENT, value=5.0)
    there = Evidence("X", 5 * HALF, HALF, inputs={"x": torch.ones(5)})
    found = diagnose(replace(here, elsewhere=lambda: [there]))
    assert found is not None
    assert found.sentence == "The claimed gradient for X is 5 times the right one."


def test_every_hypothesis_is_tested() -> None:
    """No row of the tables is without a test."""
    tested = {row[0] for row in CLAIMS.values()} | {"conditioning", "cancellation"}
    assert {h.name for h in MISTAKES} == tested
    assert {form.name for form in PATTERNS} < tested


def test_conditioning_is_recognised() -> None:
    """A formula that squares a bad condition number loses digits: few are noted, many are refused."""
    for seed in SEEDS:
        g = generator(seed)
        U, _, Vh = torch.linalg.svd(normal(4, 4, generator=g))
        b = normal(4, generator=g).requires_grad_()

        def f(b: Tensor, A: Tensor) -> Tensor:
            return A.inverse().mv(b).sum()

        def unstable(_: Tensor, A: Tensor) -> Tensor:
            return A.mv((A.mT @ A).inverse().sum(1))

        A = U @ torch.diag(torch.logspace(0, -4, 4, dtype=torch.float64)) @ Vh
        report = check_gradient(f, unstable, b, A)
        assert report.holds
        A = U @ torch.diag(torch.logspace(0, -6.5, 4, dtype=torch.float64)) @ Vh
        found = diagnosis(check_gradient(f, unstable, b, A))
        assert found.name == "conditioning"
        assert "A has a condition number of 3e+06" in found.sentence


def test_cancellation_is_recognised() -> None:
    """A formula that subtracts nearly equal numbers holds with a note, or is told that it does."""

    def f(x: Tensor) -> Tensor:
        return (x - x.mean()).square().sum()

    def claimed(x: Tensor) -> Tensor:
        return 2 * (len(x) * x - x.sum()) / len(x)

    x = draw(6).detach()
    report = check_gradient(f, claimed, (1e8 + x).requires_grad_())
    assert report.holds
    assert "loses digits: its error of " in report.notes[0]
    found = diagnosis(check_gradient(f, claimed, (1e12 + x).requires_grad_()))
    assert found.name == "cancellation"
    assert "is rounding, and is another at the next number" in found.sentence


def test_few_units_are_no_float32() -> None:
    """A claim of a few units of the last digit is in float32 by accident, which is not told."""
    x = (1e-9 * (1 + positive(4, generator=generator(0)))).requires_grad_()
    report = check_gradient(square, lambda x: (1 + x).square() - 1 - x * x, x)
    assert not report.holds
    assert report.diagnoses == ()


def test_conjugate_is_not_told_as_a_sign() -> None:
    """Where the right one is imaginary its conjugate is minus itself, and another point tells."""
    z = torch.tensor([1j, 2j], dtype=torch.complex128, requires_grad=True)
    found = diagnosis(check_gradient(square, lambda z: 2 * z.conj(), z))
    assert found.name == "conjugate"


def test_coincidence_at_one_point_is_not_told() -> None:
    """A factor that equals a value here alone is not called by its name."""
    s = number(0.5)
    report = check_gradient(lambda x, s: square(x) + 0 * s, lambda x, s: x, draw(3), s.detach())
    assert diagnosis(report).sentence == "The claimed gradient for x is 1/2 times the right one."
    x = torch.tensor([3.0, 4.0], dtype=torch.float64, requires_grad=True)
    report = check_gradient(torch.linalg.vector_norm, lambda x: x, x)
    assert "is f times the right one, and f = 5 here" in diagnosis(report).sentence
    report = check_gradient(torch.linalg.vector_norm, x.detach(), x)
    assert (
        diagnosis(report).sentence == "The claimed gradient for input 0 is 5 times the right one."
    )


@pytest.mark.parametrize(
    ("f", "wrong", "words"),
    [
        (lambda x: x**3, lambda x: -3 * x**2, "has the opposite sign"),
        (lambda x: x**3, lambda x: x**2, "is 1/3 times the right one"),
        (lambda x: x * x.log(), lambda x: x.log(), "off by a constant: add 1 to it"),
        (lambda x: x.log10(), lambda x: 1 / x, "is log(10) times the right one"),
        (lambda x: x**3 + 0.5 * x**2, lambda x: 3 * x**2, "off by a term in x: add x and"),
    ],
)
def test_single_number(
    f: Callable[[Tensor], Tensor], wrong: Callable[[Tensor], Tensor], words: str
) -> None:
    """For a single number only a ratio or a term that has a name is told."""
    for seed in range(10):
        x = positive(generator=generator(seed)).requires_grad_()
        assert words in diagnosis(check_gradient(f, wrong, x)).sentence
        assert not check_gradient(f, lambda x: 1.234 * wrong(x), x).diagnoses


def test_only_the_wrong_input_is_named() -> None:
    """Of several inputs the verdict says which are wrong, and only these are diagnosed."""

    def f(x: Tensor, y: Tensor, z: Tensor) -> Tensor:
        return x.dot(y) + z.square().sum()

    x, y, z = draw(3), draw(3, seed=1), draw(2, seed=2)
    report = check_gradient(f, lambda x, y, z: (y, x, z), x, y, z)
    assert report.verdict.startswith(
        "The claimed gradient does not hold for z, and holds for x and y: "
    )
    found = diagnosis(report)
    assert found.sentence == "The claimed gradient for z is 1/2 times the right one."
    report = check_gradient(f, lambda x, y, z: (-y, x, z), x, y, z)
    assert [(d.input, d.name) for d in report.diagnoses] == [("x", "sign"), ("z", "factor")]
    assert "does not hold for x and z, and holds for y" in report.verdict


# Which of several is told


def skew(n: int) -> Tensor:
    """Return a random antisymmetric matrix."""
    A = draw(n, n).detach()
    return A - A.mT


def symmetric(n: int) -> Tensor:
    """Return a random symmetric matrix."""
    A = draw(n, n).detach()
    return A + A.mT


def hermitian(n: int) -> Tensor:
    """Return a random Hermitian matrix."""
    Z = torch.randn(n, n, dtype=torch.complex128, generator=generator(0))
    return Z + Z.mH


def hollow(n: int) -> Tensor:
    """Return a random symmetric matrix with a diagonal of zeros."""
    return symmetric(n) - torch.diag(symmetric(n).diagonal())


@pytest.mark.parametrize(
    ("gradient", "claim", "name", "words"),
    [
        (skew(3), skew(3).mT, "sign", "the opposite sign"),
        (symmetric(3), 2 * symmetric(3).mT, "factor", "is 2 times the right one."),
        (hollow(3), free(hollow(3)), "factor", "is 2 times the right one."),
        (hermitian(3), hermitian(3).mT, "conjugate", "is the conjugate"),
        (hermitian(3), -hermitian(3).conj(), "conjugate", "is -1 times the conjugate"),
        (draw(1, 1).detach(), 2 * draw(1, 1).detach(), "factor", "is 2 times the right one."),
        (draw(1, 1).detach(), -draw(1, 1).detach().mT, "sign", "the opposite sign"),
        (symmetric(3), symmetric(3) / 3, "factor", "is 1/3 times the right one; 3 is the number"),
        (skew(3), 0 * skew(3), "", ""),
    ],
)
def test_simplest_is_told(gradient: Tensor, claim: Tensor, name: str, words: str) -> None:
    """Where several hypotheses fit, the simplest is told."""
    x = torch.ones_like(gradient) * 0.7310585
    found = diagnose(Evidence("X", claim, gradient, inputs={"X": x}))
    if not name:
        assert found is None
        return
    assert found is not None
    assert found.name == name
    assert words in found.sentence


def test_symmetric_gradient_has_no_missing_transpose() -> None:
    """The transpose of a symmetric gradient is right, and gets no diagnosis."""
    (X,) = symmetric_point(4, 0)
    report = check_gradient(log_det, torch.linalg.inv, X)
    assert report.holds
    assert report.diagnoses == ()


# What has no form gets no diagnosis

SHAPES = [(), (1,), (2,), (5,), (2, 2), (3, 3), (2, 3), (4, 1), (6, 6), (2, 3, 3)]


def corruptions(G: Tensor, g: torch.Generator) -> Iterator[tuple[str, Tensor]]:
    """Yield random wrong answers, each with the kind of its error."""

    def noise() -> Tensor:
        return torch.randn(G.shape, generator=g, dtype=G.dtype)

    def one_entry(change: Callable[[Tensor], Tensor]) -> Tensor:
        wrong = G.clone().reshape(-1)
        k = int(torch.randint(len(wrong), (), generator=g))
        wrong[k] = change(wrong[k])
        return wrong.reshape(G.shape)

    yield "random", noise()
    yield "random of another size", 10 * noise()
    for size in (1e-1, 1e-3, 1e-5, 1e-7):
        yield f"right + noise of {size:.0e}", G + size * noise()
    yield "each entry scaled", G * noise()
    yield "each entry scaled a little", G * (1 + 1e-3 * noise())
    yield "one entry random", one_entry(lambda _: noise().reshape(-1)[0])
    yield "one entry 0.1 % off", one_entry(lambda entry: 1.001 * entry)
    yield "one entry left out", one_entry(lambda entry: 0 * entry)
    if G.numel() > 1:
        yield "one entry doubled", one_entry(lambda entry: 2 * entry)
        yield "one entry's sign", one_entry(lambda entry: -entry)
        yield (
            "two entries 0.1 % off",
            one_entry(lambda entry: 1.001 * entry) + (one_entry(lambda entry: 1.001 * entry) - G),
        )
    if G.ndim and G.shape[0] > 1:
        Q = torch.linalg.qr(torch.randn(len(G), len(G), generator=g, dtype=G.dtype)).Q
        yield "rotated", torch.tensordot(Q, G, 1)
        yield "rows moved by one", G.roll(1, 0)
        row = G.clone()
        row[0] = 1.0371 * row[0]
        yield "one row 4 % off", row
    yield (
        "one step around",
        G.flatten().roll(1).reshape(G.shape) + (noise() if G.numel() < 2 else 0),
    )


def random_case(
    shape: tuple[int, ...], dtype: torch.dtype, seed: int
) -> tuple[Evidence, torch.Generator]:
    """Return a case with inputs of the shape of the gradient, of its transpose, and numbers."""
    g = generator(seed)

    def random(*shape: int) -> Tensor:
        return torch.randn(shape, generator=g, dtype=dtype)

    G = random(*shape)
    inputs = {
        "X": random(*shape),
        "Y": random(*shape),
        "Z": random(*shape[::-1]),
        "c": torch.randn((), generator=g, dtype=torch.float64),
        "d": torch.randn((), generator=g, dtype=torch.float64),
    }
    value = torch.randn((), generator=g, dtype=torch.float64).item()
    return Evidence("X", G, G, inputs, {"X": G, "Y": random(*shape)}, value), g


def test_random_errors_get_no_diagnosis() -> None:
    """None of thousands of random wrong answers gets a diagnosis."""
    tried: Counter[str] = Counter()
    told: list[tuple[str, str]] = []
    for shape in SHAPES:
        for dtype in (torch.float64, torch.complex128):
            for seed in range(8):
                case, g = random_case(shape, dtype, seed)
                for kind, claim in corruptions(case.gradient, g):
                    wrong = Evidence(
                        "X", claim, case.gradient, case.inputs, case.gradients, case.value
                    )
                    found = diagnose(wrong)
                    tried[kind] += 1
                    if found:
                        told.append((kind, f"{shape} {found.sentence}"))
    assert told == []
    assert tried.total() > 2_000, tried


def test_random_errors_in_float32_get_no_diagnosis() -> None:
    """Where fewer digits can be believed, a random wrong answer still gets no diagnosis."""
    told: list[tuple[str, str]] = []
    tried = 0
    for shape in SHAPES:
        for seed in range(8):
            case, g = random_case(shape, torch.float32, seed)
            for kind, claim in corruptions(case.gradient, g):
                if "noise of 1e-07" in kind:  # rounding
                    continue
                wrong = Evidence(
                    "X",
                    claim,
                    case.gradient,
                    case.inputs,
                    case.gradients,
                    case.value,
                    torch.float32,
                )
                found = diagnose(wrong)
                tried += 1
                if found:
                    told.append((kind, f"{shape} {found.sentence}"))
    assert told == []
    assert tried > 1_000


@pytest.mark.parametrize(
    "mistake", ["sign", "transpose", "2Ax", "conjugate", "vec", "free entries"]
)
def test_random_errors_in_real_functions_get_no_diagnosis(mistake: str) -> None:
    """The same holds through the whole check, where the claim is called at other points too."""
    *_, f, _, point = CLAIMS[mistake]
    tried = 0
    for n in (2, 4):
        for seed in range(2):
            inputs = point(n, seed)
            (G,) = torch.autograd.grad(f(*inputs), inputs[0])
            for kind, claim in corruptions(G, generator(seed)):
                report = check_gradient(f, lambda *_, claim=claim: claim, *inputs)
                assert not report.holds
                assert report.diagnoses == (), (kind, report)
                tried += 1
    assert tried >= 60


def test_random_functions_get_no_diagnosis() -> None:
    """Nor does a wrong claim that is itself a function of the inputs, called at other points."""
    claims: list[Callable[[Tensor, Tensor, Tensor], Tensor]] = [
        lambda x, A, c: (c[0] * A + c[1] * A.mT) @ x,
        lambda x, A, c: (A + A.mT) @ x + c[0] * (A @ A @ x),
        lambda x, A, c: (A + A.mT) @ (x + c[:, None].sum(1)),
        lambda x, A, c: (A + A.mT) @ x * c,
        lambda x, A, c: (A @ x + c).tanh(),
        lambda x, A, _: 2 * A.abs() @ x,
    ]
    tried = 0
    for claim in claims:
        for n in SIZES:
            for seed in SEEDS:
                x, A = quadratic_point(n, seed)
                c = normal(n, generator=generator(seed + 7))
                report = check_gradient(quadratic, lambda x, A, c=c, g=claim: g(x, A, c), x, A)
                assert not report.holds
                assert report.diagnoses == (), report
                tried += 1
    assert tried == 72


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_right_answers_get_no_diagnosis(dtype: torch.dtype) -> None:
    """A claim that holds is left without a diagnosis."""
    rights: list[tuple[Callable[..., Tensor], Callable[..., Tensor], Point]] = [
        (square, double, lambda n, s: (draw(n, seed=s),)),
        (square, double, lambda _, s: (draw(seed=s),)),
        (log_det, log_det_gradient, log_det_point),
        (log_det, log_det_gradient, symmetric_point),
        (quadratic, lambda x, A: (A + A.mT) @ x, quadratic_point),
        (ridge, ridge_gradient, ridge_point),
        (trace, lambda _, A: A, trace_point),
    ]
    for f, gradient, point in rights:
        for n in (1, *SIZES):
            for seed in SEEDS:
                inputs = (x.detach().to(dtype) for x in point(n, seed))
                first, *constants = inputs
                report = check_gradient(f, gradient, first.requires_grad_(), *constants)
                assert report.holds
                assert report.diagnoses == ()
                assert report.smooth


def test_claim_in_float32_of_an_input_in_float32_is_diagnosed() -> None:
    """Mistakes are recognised in float32 too, with the digits that it has."""
    X = positive_determinant(4, generator=generator(0)).float().requires_grad_()
    found = diagnosis(check_gradient(torch.logdet, torch.linalg.inv, X))
    assert found.name == "transpose"


def test_zero_claim_is_no_multiple() -> None:
    """A claim of zero is no multiple of anything."""
    assert diagnosis(check_gradient(square, torch.zeros_like, draw(4))).name == "term"
    assert check_gradient(lambda x: x.exp(), 0.0, number(0.3)).diagnoses == ()


def test_claim_that_is_not_finite_gets_no_diagnosis() -> None:
    """A claim with a NaN has a note and no diagnosis."""
    report = check_gradient(square, torch.full((3,), torch.nan), draw(3))
    assert report.diagnoses == ()
    assert len(report.notes) == 1


def test_function_is_not_called_outside_its_domain_for_nothing() -> None:
    """A matrix whose symmetric part is outside the domain stops no diagnosis of the others."""
    X = torch.tensor([[0.1, 3.0, 0.2], [-2.0, -0.1, 0.4], [0.0, 0.3, 1.0]], dtype=torch.float64)
    assert torch.logdet((X + X.mT) / 2).isnan()
    report = check_gradient(log_det, lambda X: X.exp(), X.requires_grad_())
    assert not report.holds
    assert report.diagnoses == ()
