"""The witnesses tell a gradient from rounding at every scale, and say where they cannot."""

from collections.abc import Callable
from math import inf, nan
from typing import Any

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.witnesses import (
    TOLERANCES,
    Tolerance,
    Witness,
    along,
    finite,
    gradient_of,
    matrix_of,
    noise_of,
)
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
    for scale in (1e-6, 1.0, 1e6):
        scaled = Witness("autograd", scale * gradient, torch.zeros(3), tolerance=1e-9)
        assert scaled.judge(scale * claim, torch.zeros(())).holds
        assert not scaled.judge(1.001 * scale * gradient, torch.zeros(())).holds


T, N = True, False


@pytest.mark.parametrize(
    ("gradient", "noise", "options", "claim", "differs", "resolved", "doubted", "absolute", "relative"),
    [
        # An eighth of the entry is forgiven, and no more.
        ([2, 4], [0, 0], {}, [2.25, 4], [N, N], [T, T], [N, N], 0.25, 0.125),
        ([2, 4], [0, 0], {}, [2.5, 4], [T, N], [T, T], [N, N], 0.5, 0.25),
        ([2, -4], [0, 0], {}, [2, -4.75], [N, T], [T, T], [N, N], 0.75, 0.1875),
        # Noise comes on top, and is no error; an entry of which it is a hundredth is not resolved.
        ([2, 4], [0.25, 0], {}, [2.5, 4], [N, N], [N, T], [N, N], 0.5, 0.125),
        ([2, 4], [0.25, 0], {}, [2.625, 4], [T, N], [N, T], [N, N], 0.625, 0.1875),
        ([2, 4], [0.015, 0.05], {}, [2, 4], [N, N], [T, N], [N, N], 0, 0),
        ([2, 4], [inf, 0], {}, [2, 4], [T, N], [N, T], [N, N], 0, 0),
        # Up to the doubt nobody knows.
        ([2, 4], [0, 0], {"doubt": 0.5}, [2.5, 4], [N, N], [N, T], [T, N], 0.5, 0.25),
        ([2, 4], [0, 0], {"doubt": 0.5}, [2.75, 4], [T, N], [T, T], [N, N], 0.75, 0.375),
        # A noise below the floor is zero, and so is a claim, unless the witness is alone.
        ([0, 4], [1e-3, 0], {"floor": 1e-3}, [5e-4, 4], [N, N], [T, T], [N, N], 5e-4, 1.25e-4),
        ([0, 4], [1e-3, 0], {"floor": 9e-4}, [5e-4, 4], [N, N], [N, T], [N, N], 5e-4, 1.25e-4),
        ([0, 4], [1e-3, 0], {"floor": 1e-3, "alone": True}, [5e-4, 4], [N, N], [N, T], [N, N], 5e-4, 1.25e-4),
        ([0, 4], [1e-3, 0], {"floor": 1e-3, "alone": True}, [9e-10, 4], [N, N], [T, T], [N, N], 9e-10, 2.25e-10),
        ([0, 4], [1e-3, 0], {"floor": 1e-3, "alone": True}, [2e-9, 4], [N, N], [N, T], [N, N], 2e-9, 5e-10),
        # Where all is zero to rounding there is no relative error, unless the claim differs.
        ([0, 0], [1e-3, 1e-3], {"floor": 1.0}, [5e-4, 0], [N, N], [T, T], [N, N], 5e-4, 0),
        ([0, 0], [1e-3, 1e-3], {"floor": 1.0}, [1, 0], [T, N], [T, T], [N, N], 1, inf),
        ([2, 4], [0, 0], {}, [nan, 4], [T, N], [T, T], [N, N], inf, inf),
        ([2, 4], [0, 0], {}, [2], [T, T], [T, T], [N, N], inf, inf),
    ],
)  # fmt: skip
def test_judgement(  # noqa: PLR0913, PLR0917 - what a judgement says
    gradient: list[float],
    noise: list[float],
    options: dict[str, Any],
    claim: list[float],
    differs: list[bool],
    resolved: list[bool],
    doubted: list[bool],
    absolute: float,
    relative: float,
) -> None:
    """A claim is judged entry by entry: what differs, what can be told, what is in doubt."""
    doubt = options.get("doubt", 0.0)
    options = {key: option for key, option in options.items() if key != "doubt"}
    wide = torch.tensor(gradient, dtype=torch.float64), torch.tensor(noise, dtype=torch.float64)
    found = Witness("autograd", *wide, 0.125, **options).judge(
        torch.tensor(claim, dtype=torch.float64), doubt=doubt
    )
    assert found.differs.tolist() == differs
    assert found.resolved.tolist() == resolved
    assert found.doubted.tolist() == doubted
    assert found.holds == (not any(differs))
    assert found.absolute == pytest.approx(absolute)
    assert found.relative == pytest.approx(relative)


def test_witness_sees_along_its_rays() -> None:
    """Along directions the slopes are inner products, of complex entries too, output by output."""
    J = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], dtype=torch.float64)
    rays = [torch.tensor([1.0, 0.0, -1.0]), torch.tensor([0.5, 0.5, 0.5])]
    assert along(J, rays, (2,)).tolist() == [[-2, -2], [3, 7.5]]
    assert along(J[0], rays, ()).tolist() == [-2, 3]
    z = torch.tensor([1 + 2j, 3 - 1j], dtype=torch.complex128)
    assert along(z, [torch.tensor([1.0, 10.0, 100.0, 1000.0])], ()).tolist() == [
        1 + 20 + 300 - 1000
    ]
    witness = Witness(
        "differences", torch.tensor([-2.0, 3.0]).double(), torch.zeros(2), 1e-6, rays=rays
    )
    assert witness.judge(J[0]).holds
    assert not witness.judge(J[1]).holds
    both = Witness("differences", along(J, rays, (2,)), torch.zeros(2, 2), 1e-6, rays=rays)
    assert both.judge(J).holds
    assert not both.judge(J.flip(0)).holds
    assert witness.resolves
    assert not Witness("none", torch.tensor([1e-3]), torch.tensor([1e-3]), 1e-6).resolves


def test_a_derivative_as_a_matrix_and_back() -> None:
    """The rows of the matrix are the real numbers of the input, its columns the outputs."""
    J = torch.arange(12.0).reshape(2, 3, 2)
    x = torch.zeros(3, 2)
    matrix = matrix_of(J, 2)
    assert matrix.tolist() == [[0, 6], [1, 7], [2, 8], [3, 9], [4, 10], [5, 11]]
    assert torch.equal(gradient_of(matrix, x, (2,)), J.double())
    z = torch.tensor([3 + 4j, 5 - 12j], dtype=torch.complex128)
    assert matrix_of(z, 1).flatten().tolist() == [3, 4, 5, -12]
    assert torch.equal(gradient_of(matrix_of(z, 1), z, ()), z)
    assert noise_of(matrix_of(z, 1), z, ()).tolist() == [5, 13]
