"""The witnesses tell a gradient from rounding at every scale, and say where they cannot."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.witnesses import TOLERANCES, Tolerance, Witness, finite
from autodiff_notes.evaluation.samplers import positive, positive_determinant
from support import double, draw, log_det, log_det_gradient, number, only_note, square


@pytest.mark.parametrize(
    ("f", "gradient", "x"),
    [
        (lambda x: (x**3).sum(), lambda x: 3 * x**2, torch.zeros(3)),
        (lambda x: x.cos().sum(), lambda x: -x.sin(), torch.zeros(3)),
        (lambda x: x.softmax(0).sum(), torch.zeros_like, torch.tensor([1.0, 2.0, 3.0])),
        (lambda x: (x - 1).dot(x - 1), lambda x: 2 * (x - 1), torch.ones(3)),
    ],
    ids=["cube at 0", "cosine at 0", "constant", "minimum"],
)
def test_zero_gradient_holds(
    f: Callable[[Tensor], Tensor], gradient: Callable[[Tensor], Tensor], x: Tensor
) -> None:
    """A gradient of zero holds in spite of rounding and truncation, and nothing else does."""
    x = x.double().requires_grad_()
    report = check_gradient(f, gradient, x)
    assert report.holds
    assert report.notes == () or "zero to rounding" in report.notes[0]
    assert not check_gradient(f, lambda x: gradient(x) + 1e-6, x)


@pytest.mark.parametrize("scale", [1e-20, 1e-6, 1e6, 1e20])
def test_scale_of_the_function_does_not_matter(scale: float) -> None:
    """Errors are judged relative to the gradient, however small or large it is."""
    x = draw(4)
    assert check_gradient(lambda x: scale * square(x), lambda x: scale * double(x), x)
    assert not check_gradient(lambda x: scale * square(x), lambda x: 1.001 * scale * double(x), x)
    assert not check_gradient(lambda x: scale * square(x), torch.zeros_like, x)


@pytest.mark.parametrize("scale", [1e-3, 1e3, 1e12])
def test_scale_of_the_input_does_not_matter(scale: float) -> None:
    """The step grows with the entry, so that large inputs are checked too."""
    generator = torch.Generator().manual_seed(0)
    x = (scale * positive(4, generator=generator)).requires_grad_()
    assert check_gradient(lambda x: x.log().sum(), lambda x: 1 / x, x)
    assert not check_gradient(lambda x: x.log().sum(), lambda x: 1.001 / x, x)


def test_coarser_type_sets_the_tolerance() -> None:
    """A function that computes in float32 is held to the tolerance of float32."""
    x = draw(3)
    assert check_gradient(lambda x: square(x.float()), double, x)
    assert not check_gradient(lambda x: square(x.float()), lambda x: 2.002 * x, x)
    assert TOLERANCES[torch.float32].autograd > TOLERANCES[torch.float64].autograd


def test_edge_of_the_domain_is_named() -> None:
    """A point near the edge of the domain is checked, and one on it is not confirmed."""
    assert check_gradient(torch.sqrt, lambda x: 0.5 / x.sqrt(), number(1e-6))
    x = torch.tensor([0.0, 1.0], dtype=torch.float64, requires_grad=True)
    note = only_note(check_gradient(lambda x: (x**1.5).sum(), lambda x: 1.5 * x.sqrt(), x))
    assert "too close to the edge of its domain" in note


def test_autograd_that_is_not_finite_is_named() -> None:
    """A gradient that is infinite or NaN for autograd is refused with a note."""
    note = only_note(check_gradient(lambda x: (x * x).sqrt(), 0.0, number(0.0)))
    assert note == "Autograd's gradient for x has entries that are NaN or infinite."


def test_differences_that_cannot_resolve_the_gradient_are_named() -> None:
    """Where rounding hides the gradient from differences, autograd decides and a note says so."""
    x = number(1.0)
    right = check_gradient(lambda x: 1e15 + x, 1.0, x)
    assert right.holds
    assert "Autograd alone decides" in right.notes[0]
    assert not check_gradient(lambda x: 1e15 + x, 1.001, x)


def test_log_det_of_a_large_matrix_is_checked() -> None:
    """A matrix of 400 entries is checked entry by entry."""
    X = positive_determinant(20, generator=torch.Generator().manual_seed(0)).requires_grad_()
    assert check_gradient(log_det, log_det_gradient, X)
    assert not check_gradient(log_det, lambda X: log_det_gradient(X).mT, X)


@pytest.mark.parametrize("bad", [-1e-9, float("nan")])
@pytest.mark.parametrize("name", ["autograd", "differences"])
def test_tolerance_is_a_number_from_zero(name: str, bad: float) -> None:
    """A negative tolerance and NaN are refused by name, and none at all is a tolerance."""
    with pytest.raises(ValueError, match=f"the tolerance for {name} is {bad}; expected 0 or more"):
        Tolerance(**{"autograd": 0.0, "differences": 0.0, name: bad})
    x = draw(3)
    assert check_gradient(torch.sum, torch.ones_like, x, tolerance=Tolerance(0.0, 1e-6))
    assert not check_gradient(
        torch.sum, lambda x: torch.ones_like(x) + 1e-15, x, tolerance=Tolerance(0.0, 1e-6)
    )


@pytest.mark.parametrize("dtype", [torch.float32, torch.complex128])
@pytest.mark.parametrize("bad", [torch.nan, torch.inf, -torch.inf])
def test_finite(dtype: torch.dtype, bad: float) -> None:
    """One entry that is NaN or infinite is enough, in the imaginary part as well."""
    x = torch.ones(3, dtype=dtype)
    assert finite(x)
    assert finite(x[:0])
    x[1] = torch.tensor(bad, dtype=dtype)
    if dtype.is_complex:
        x[1] = x[1] * 1j
    assert not finite(x)


def test_each_entry_has_its_own_scale() -> None:
    """Beside an entry of any size, another is judged by its own, and by its own noise."""
    gradient = torch.tensor([2e7, 5.0, 1e-9], dtype=torch.float64)
    noise = torch.tensor([0.0, 0.0, 1e-9], dtype=torch.float64)
    witness = Witness("autograd", gradient, noise, tolerance=1e-9)
    found = witness.judge(gradient * torch.tensor([1.0, 1.001, -0.5], dtype=torch.float64))
    assert found.differs.tolist() == [False, True, True]
    assert witness.judge(gradient * torch.tensor([1.0, 1.0, 1.5])).holds
    assert witness.judge(gradient).resolved.tolist() == [True, True, False]
    assert found.relative == pytest.approx(1e-3)
    assert witness.judge(gradient[:2]).relative == torch.inf


def test_agreement_without_noise_is_judged_as_with_it() -> None:
    """Where nothing has to be excused, the short way gives the numbers of the long one."""
    gradient = torch.tensor([2.0, 0.0, -3.0], dtype=torch.float64)
    witness = Witness("autograd", gradient, torch.zeros(3), tolerance=1e-9)
    claim = gradient * (1 + 1e-10)
    short, long = witness.judge(claim, torch.zeros(())), witness.judge(claim)
    assert short.relative == pytest.approx(long.relative) == pytest.approx(1e-10)
    assert torch.equal(short.differs, long.differs)
    assert torch.equal(short.resolved, long.resolved)
    assert not witness.judge(2 * gradient, torch.zeros(())).holds
