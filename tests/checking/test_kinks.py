"""A kink, a jump, a singular point and a part cut off are told apart, and smooth f is left alone."""

import math
import re
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.kinks import (
    DISAGREEMENTS,
    Disagreement,
    explain_disagreement,
    first_kink,
)
from autodiff_notes.checking.operators import check_jacobian
from autodiff_notes.checking.quotients import Neighbourhood
from autodiff_notes.checking.report import Diagnosis, GradientReport
from autodiff_notes.checking.witnesses import Witness
from autodiff_notes.evaluation.differences import step_for
from support import double, draw, number, square


def near(distance: float) -> Tensor:
    """Return a point of which only x[1] is near zero."""
    return torch.tensor([1.0, distance, -2.0], dtype=torch.float64).requires_grad_()


def by_autograd(f: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    """Return the gradient that autograd gives, as a claim."""
    return lambda x: torch.autograd.grad(f(x), x)[0]


def diagnosis(report: GradientReport) -> Diagnosis:
    """Return the one diagnosis of a report that does not hold."""
    assert not report.holds
    (found,) = report.diagnoses
    return found


KINKS: list[tuple[str, Callable[[Tensor], Tensor], str]] = [
    ("abs", lambda x: x.abs().sum(), "-1 on one side and 1 on the other"),
    ("relu", lambda x: x.relu().sum(), "0 on one side and 1 on the other"),
    ("clamp", lambda x: x.clamp(min=0, max=9).sum(), "0 on one side and 1 on the other"),
    ("leaky", lambda x: torch.nn.functional.leaky_relu(x, 0.1).sum(), "0.1 on one side and 1 on"),
    ("with slope", lambda x: (x.abs() + 3 * x + x.exp()).sum(), "3 on one side and 5 on"),
    ("hinge", lambda x: (1 - x.exp()).relu().sum(), "-1 on one side and 0 on"),
]


@pytest.mark.parametrize(("f", "slopes"), [row[1:] for row in KINKS], ids=[row[0] for row in KINKS])
def test_kink_is_named_with_its_slopes(f: Callable[[Tensor], Tensor], slopes: str) -> None:
    """At a kink no claim holds, even where both witnesses give the mean of the slopes."""
    report = check_gradient(f, by_autograd(f), near(0.0))
    found = diagnosis(report)
    assert found.name == "kink"
    assert "along x[1] is" in found.sentence
    assert slopes in found.sentence
    assert not report.smooth
    assert "f has no gradient at this point" in report.verdict


@pytest.mark.parametrize("distance", [3e-5, -3e-6, 1e-7, -1e-9])
@pytest.mark.parametrize("f", [row[1] for row in KINKS], ids=[row[0] for row in KINKS])
def test_kink_nearby(f: Callable[[Tensor], Tensor], distance: float) -> None:
    """A kink near the point is no obstacle: the step shrinks until it is out of sight."""
    assert check_gradient(f, by_autograd(f), near(distance))
    assert not check_gradient(f, lambda x: 1.01 * by_autograd(f)(x), near(distance))


def test_kink_off_the_axes() -> None:
    """A kink that no axis shows is found along a direction, which is named."""

    def f(x: Tensor) -> Tensor:
        return torch.minimum(x[0].abs(), x[1].abs())

    zero = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    found = diagnosis(check_gradient(f, torch.zeros_like, zero))
    assert found.name == "kink"
    assert "along the direction (" in found.sentence
    wide = torch.zeros(9, dtype=torch.float64, requires_grad=True)
    found = diagnosis(check_gradient(lambda x: x.abs().prod() ** (1 / 9), torch.zeros_like, wide))
    assert "along a random direction in x" in found.sentence


def axes(*rays: list[float]) -> list[Tensor]:
    """Return directions."""
    return [torch.tensor(ray, dtype=torch.float64) for ray in rays]


ZEROS = torch.zeros(5, dtype=torch.float64)
QUARTER = torch.tensor([0.0, 0.25])


@pytest.mark.parametrize(
    ("f", "x", "along", "outputs", "words"),
    [
        (
            lambda x: torch.stack([x[0], x[2].abs()]).expand(3, 2).T,
            torch.tensor([1.0, 2.0, 0.0]).double(),
            None,
            (2, 3),
            "has a kink at this point: its slope of output [1, 0] along x[2] is -1 on one side and 1 on the other.",
        ),
        (
            lambda z: z.imag.abs().sum(),
            torch.zeros(2, dtype=torch.complex128),
            None,
            (),
            "has a kink at this point: its slope along the imaginary part of x[0] is -1 on one side and 1 on the other.",
        ),
        (
            lambda x: x.abs().sum(),
            ZEROS[:4],
            axes([1, -2.5, 3, 0]),
            (),
            "has a kink at this point: its slope along the direction (1, -2.5, 3, 0) in x is -6.5 on one side and 6.5 on the other.",
        ),
        (
            lambda x: x.abs().sum(),
            ZEROS,
            axes([0, 0, 0, 0, 0], [1, -2.5, 3, 0, 1]),
            (),
            "has a kink at this point: its slope along a random direction in x is -7.5 on one side and 7.5 on the other.",
        ),
        (lambda x: (x >= 0.25).sum(), QUARTER.double(), None, (), "jumps at this point, as x[1] passes 0.25."),
        (lambda x: (x >= 0.25).sum(), QUARTER, None, (), "jumps at this point, as x[1] passes 0.25."),
        (
            lambda x: (x > 0).all(),
            ZEROS[:2],
            axes([1, -1], [1, 1]),
            (),
            "jumps at this point along the direction (1, 1) in x.",
        ),
        # Neither a slope that grows without end nor a step of rounding is a jump.
        (lambda x: x.abs().sqrt() * x.sign(), ZEROS[:1], None, (), None),
        (lambda x: x + 1e-15 * (x > 0), ZEROS[:1], None, (), None),
        (lambda x: x + 1e15, ZEROS[:1], None, (), None),
        (lambda x: (1 / (x - 1e-3)), ZEROS[:1], None, (), None),
        # A bend of less than a part in ten thousand is none.
        (lambda x: 3 * x + 1e-4 * x.abs(), ZEROS[:1], None, (), None),
        (
            lambda x: 3 * x + 2e-4 * x.abs(),
            ZEROS[:1],
            None,
            (),
            "has a kink at this point: its slope along x[0] is 3 on one side and 3 on the other.",
        ),
    ],
)  # fmt: skip
def test_sentence_names_the_place(
    f: Callable[[Tensor], Tensor],
    x: Tensor,
    along: list[Tensor] | None,
    outputs: tuple[int, ...],
    words: str | None,
) -> None:
    """A kink and a jump are told with the output, the part of a number or the direction, or not at all."""
    found = first_kink("x", Neighbourhood(f, x, x.dtype.to_real(), axes=along), outputs)
    assert (found and found.sentence) == (words and f"f {words}")


def test_kink_of_a_norm() -> None:
    """The norm of zero has a kink along every entry, complex ones too, and the first is named."""
    zero = torch.zeros(2, 2, dtype=torch.float64, requires_grad=True)
    found = diagnosis(check_gradient(torch.linalg.matrix_norm, torch.zeros_like, zero))
    assert "along input 0[0, 0] is -1 on one side" in found.sentence
    z = torch.zeros((), dtype=torch.complex128, requires_grad=True)
    found = diagnosis(check_gradient(lambda z: z.abs(), 0.0, z))
    assert "along the real part of z is" in found.sentence


def test_jump() -> None:
    """A jump at the point is named, and one nearby is no obstacle."""

    def f(x: Tensor) -> Tensor:
        return x.sum() + torch.where(x < 0, 0.0, 0.7).sum()

    found = diagnosis(check_gradient(f, torch.ones_like, near(0.0)))
    assert (found.name, found.sentence) == ("jump", "f jumps at this point, as x[1] passes 0.")
    for distance in (3e-6, -3e-6, -1e-6):
        assert check_gradient(f, torch.ones_like, near(distance))


@pytest.mark.parametrize(
    "f",
    [
        lambda x: (1 / x).sum(),
        lambda x: x.abs().sqrt().sum(),
        lambda x: x.abs().log().sum(),
        lambda x: (x * x).pow(1 / 3).sum(),
    ],
    ids=["pole", "root", "logarithm", "cubic root"],
)
@pytest.mark.parametrize("distance", [1e-6, -1e-9])
def test_singular_point_nearby(f: Callable[[Tensor], Tensor], distance: float) -> None:
    """A pole or the edge of a domain nearby is no obstacle either, and hides no mistake."""
    assert check_gradient(f, by_autograd(f), near(distance))
    assert not check_gradient(f, lambda x: 1.01 * by_autograd(f)(x), near(distance))


def test_nearly_singular_matrix() -> None:
    """A matrix with a tiny singular value is checked at steps that are smaller still."""
    for seed in range(5):
        U, _, Vh = torch.linalg.svd(draw(3, 3, seed=seed).detach())
        X = ((U * torch.tensor([1.0, 0.5, 2e-6])) @ Vh).requires_grad_()

        def f(X: Tensor) -> Any:
            return torch.linalg.slogdet(X).logabsdet

        assert check_gradient(f, lambda X: X.inverse().mT, X)
        assert not check_gradient(f, lambda X: X.inverse(), X)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16])
def test_coarse_numbers_inside_f(dtype: torch.dtype) -> None:
    """A function that computes in a coarse type behind its back is named, with the type."""
    word = str(dtype).removeprefix("torch.")
    for seed in range(5):
        f = lambda x: square(x.to(dtype)).double()
        report = check_gradient(f, double, draw(4, seed=seed))
        found = diagnosis(report)
        assert (found.name, seed) == ("coarse numbers", seed)
        assert f"f computes in {word} along x" in found.sentence
        assert report.outcome == "not checked"


BF16 = torch.bfloat16
COARSE = (
    "f computes in {} along x: its values, or autograd's, are numbers of that type. Let f compute in "
    "float64."
)


def pair(*entries: float, dtype: torch.dtype = torch.float64) -> Tensor:
    """Return a point."""
    return torch.tensor(entries or (1.3, 0.7), dtype=dtype, requires_grad=True)


@pytest.mark.parametrize(
    ("f", "claimed", "x", "coarse"),
    [
        (lambda x: square(x.to(BF16)).double(), double, pair(1.3), "bfloat16"),
        (lambda x: square(x.to(BF16)).float(), double, pair(dtype=torch.float32), "bfloat16"),
        (lambda x: square(x.half()).float(), double, pair(dtype=torch.float32), "float16"),
        (lambda x: square(x.to(BF16).float()), double, pair(), "bfloat16"),
        (
            lambda x: (x.to(BF16) * torch.tensor([0.1, 0.3], dtype=BF16)).sum().double(),
            lambda _: torch.tensor([0.1, 0.3], dtype=torch.float64),
            pair(),
            "bfloat16",
        ),
        # An error of a few digits of that type is excused, one that is larger is not.
        (lambda x: square(x.to(BF16)).double(), lambda x: 2.1 * x, pair(), "bfloat16"),
        (lambda x: square(x.to(BF16)).double(), lambda x: 2.18 * x, pair(), "bfloat16"),
        (lambda x: square(x.to(BF16)).double(), lambda x: 2.25 * x, pair(), ""),
        (lambda x: square(x.to(BF16)).double(), lambda x: -2 * x, pair(), ""),
        (lambda x: square(x.to(BF16)).double(), lambda x: 2 * x[:1], pair(), ""),
        # One number for all entries, or numbers with few digits, are no evidence of a type.
        (lambda x: (0.1 * x.to(BF16)).sum().double(), lambda x: 0.1 + 0 * x, pair(), ""),
        (lambda x: x.to(BF16).sum().double(), torch.zeros_like, pair(), ""),
        # Nor are coarse constants of a function that moves in digits of its own.
        (
            lambda x: (x * torch.tensor([0.1, 0.3], dtype=BF16)).sum(),
            lambda _: torch.tensor([0.1, 0.3], dtype=torch.float64),
            pair(),
            "",
        ),
        (lambda x: 0 * square(x.to(BF16)).double(), double, pair(), ""),
        # A function that does not move at all is told if its gradient says that it should.
        (lambda x: 1 + 1e-3 * square(x.to(BF16)).double(), lambda x: 2.02e-3 * x, pair(), "bfloat16"),
        (lambda x: 1e6 + 1e-8 * square(x.to(BF16)).double(), lambda x: 2.02e-8 * x, pair(), ""),
    ],
)  # fmt: skip
def test_type_is_told_by_its_numbers(
    f: Callable[[Tensor], Tensor], claimed: Callable[[Tensor], Tensor], x: Tensor, coarse: str
) -> None:
    """The type is told by gradients of that type and by values that move in its steps."""
    report = check_gradient(f, claimed, x)
    assert not report.holds
    told = [d.sentence for d in report.diagnoses if d.name == "coarse numbers"]
    assert told == ([COARSE.format(coarse)] if coarse else [])
    assert report.outcome == ("not checked" if coarse else "does not hold")


@pytest.mark.parametrize("distance", [1e-6, -1e-6])
def test_part_cut_off_beside_a_kink(distance: float) -> None:
    """What is seen at small steps alone, on both sides, is a part cut off, and no bend within the first step."""
    one = torch.ones(1, dtype=torch.float64, requires_grad=True)
    f = lambda x: (x * x + 3 * x.detach() + 2 * (x - 1 - distance).abs()).sum()
    report = check_gradient(f, lambda x: 2 * x - 2 * math.copysign(1, distance), one)
    assert [d.name for d in report.diagnoses] == ["cut off"]


@pytest.mark.parametrize("height", [1.0, 1e-3])
def test_a_jump_is_as_high_at_every_step(height: float) -> None:
    """A jump beside a slope of one is told, and a steep stretch of the same height at this point is none."""
    zero = torch.zeros(1, dtype=torch.float64)
    jump = first_kink("x", Neighbourhood(lambda x: (x + height * (x > 0)).sum(), zero))
    assert jump is not None
    assert jump.name == "jump"
    steep = Neighbourhood(lambda x: (height * (x / 1e-10).tanh()).sum(), zero)
    assert first_kink("x", steep) is None


ZERO, STEP = torch.zeros(1, dtype=torch.float64), step_for(torch.float64, order=2)


@pytest.mark.parametrize(
    ("curve", "rounding", "told"),
    [
        # Four steps show the bend, and a fifth is lost in rounding; of three that is no evidence.
        (0.0, 0.001, True),
        (0.0, 0.004, False),
        # The bend may change by a tenth from one step to the next.
        (0.08, 0.0, True),
        (0.15, 0.0, False),
        (-0.15, 0.0, False),
    ],
)
def test_how_steady_a_kink_is(curve: float, rounding: float, told: bool) -> None:
    """A bend is a kink if enough steps show it, and by the same."""
    f = lambda x: (x.abs() * (1 + curve * x.abs() / STEP)).sum()
    assert bool(first_kink("x", Neighbourhood(f, ZERO, rounding=rounding * STEP))) is told


@pytest.mark.parametrize(("step", "told"), [(1e-5, False), (3e-5, True)])
def test_how_often_a_jump_is_seen(step: float, told: bool) -> None:
    """A jump is told after four steps that are wider than the last digits of the point."""
    around = Neighbourhood(lambda x: (x >= 1).sum(), torch.ones(1), torch.float32, step=step)
    assert bool(first_kink("x", around)) is told


@pytest.mark.parametrize(
    ("curve", "rounding", "told"),
    [
        # Two steps at which rounding is below a hundredth of the gap are enough.
        (0.0, 0.005, True),
        (0.0, 0.015, False),
        # Both halves of a step may differ by a twentieth of the gap; what counts is that they close in.
        (0.02, 0.002, True),
        (0.03, 0.002, False),
        (0.08, 0.0, True),
    ],
)
def test_how_much_a_part_cut_off_needs(curve: float, rounding: float, told: bool) -> None:
    """A part is cut off if the slope is the same on both sides at two steps, one after the other."""
    f = lambda x: (x + curve * x * x / STEP).sum()
    around = Neighbourhood(f, ZERO, rounding=rounding * STEP)
    zero, one = torch.zeros(1, dtype=torch.float64), torch.ones(1, dtype=torch.float64)
    case = Disagreement(
        "x",
        around,
        Witness("autograd", zero, zero, 1e-9),
        Witness("differences", one, zero, 1e-6),
        zero,
    )
    assert (case.worst, case.gap) == ((0, 0), 1)
    found = explain_disagreement(case)
    assert bool(found) is told
    assert explain_disagreement(case, agree=True) is None


def test_part_cut_off_along_directions() -> None:
    """Where differences are taken along directions, the direction is named."""
    f = lambda x: square(x) + x[2].detach() ** 3
    (found,) = check_gradient(f, double, draw(9), directions=2).diagnoses
    assert "a part of its slope along a random direction in x: a part of f is" in found.sentence
    (found,) = check_gradient(f, double, draw(3), directions=2).diagnoses
    assert re.search(r"slope along the direction \(\S+, \S+, \S+\) in x: a part", found.sentence)


SYMMETRIC = [[2.0, 0.5], [0.5, 1.0]]


@pytest.mark.parametrize(
    ("f", "claimed", "S", "words"),
    [
        (lambda S: S.tril().square().sum(), lambda S: S.tril() * 2, torch.tensor(SYMMETRIC).double(), None),
        (
            lambda S: torch.linalg.eigvalsh(S)[-1],
            lambda S: torch.linalg.eigh(S).eigenvectors[:, 1].outer(torch.linalg.eigh(S).eigenvectors[:, 1].conj()),
            torch.tensor([[2, 0.5 - 1j], [0.5 + 1j, 1]], dtype=torch.complex128),
            ("f reads the lower triangle of S only, and autograd gives the gradient of the symmetric part. "
            "Check f((S + S.mH) / 2), for which the claim holds."),
        ),
        (
            lambda S: torch.linalg.eigvalsh(S)[-1],
            lambda S: torch.ones(3),
            torch.tensor(SYMMETRIC).double(),
            ("f reads the lower triangle of S only, and autograd gives the gradient of the symmetric part. "
            "Check f((S + S.mT) / 2), for which the claim does not hold."),
        ),
    ],
)  # fmt: skip
def test_triangle_that_is_read(
    f: Callable[[Tensor], Tensor], claimed: Callable[[Tensor], Tensor], S: Tensor, words: str | None
) -> None:
    """A triangle is told where autograd answers for the other one too, of complex matrices as well."""
    report = check_gradient(f, claimed, S.requires_grad_())
    told = [d.sentence for d in report.diagnoses]
    assert told == ([words] if words else [])
    assert report.holds == (words is None)


def test_part_cut_off_from_one_of_several_outputs() -> None:
    """Of several outputs the one is named about which the witnesses disagree."""
    report = check_jacobian(
        lambda x: torch.stack([x[0], x[1] + 3 * x[0].detach()]), torch.eye(2), pair()
    )
    (found,) = report.diagnoses
    assert found.sentence == (
        "f is smooth at this point, so it is autograd that misses a part of its slope along x[0] "
        "(output 1): a part of f is cut off from its inputs (.item(), .detach(), torch.no_grad(), a "
        "conversion to NumPy), or a backward rule is wrong."
    )


@pytest.mark.parametrize("lower", [True, False])
def test_one_triangle(lower: bool) -> None:
    """A function that reads one triangle is named, with what to check and the verdict there."""
    A = draw(4, 4).detach()
    S = (A @ A.mT + torch.eye(4)).requires_grad_()

    def largest(S: Tensor) -> Any:
        return torch.linalg.eigvalsh(S, UPLO="L" if lower else "U")[-1]

    def outer(S: Tensor) -> Any:
        v = torch.linalg.eigh(S).eigenvectors[:, -1]
        return v.outer(v)

    report = check_gradient(largest, outer, S)
    found = diagnosis(report)
    assert found.name == "one triangle"
    assert report.outcome == "not checked"
    word = "lower" if lower else "upper"
    assert found.sentence == (
        f"f reads the {word} triangle of S only, and autograd gives the gradient of the symmetric "
        "part. Check f((S + S.mT) / 2), for which the claim holds."
    )
    found = diagnosis(check_gradient(largest, lambda S: 2 * outer(S), S))
    assert "for which the claim does not hold" in found.sentence
    assert check_gradient(lambda S: largest((S + S.mT) / 2), outer, S)

    def log_det(S: Tensor) -> Any:
        return 2 * torch.linalg.cholesky(S).diagonal().log().sum()

    assert diagnosis(check_gradient(log_det, torch.linalg.inv, S)).name == "one triangle"


def test_cut_off_is_named_with_the_entry() -> None:
    """Where f is smooth and autograd is wrong, a part is cut off."""

    def f(x: Tensor) -> Tensor:
        return square(x) + x[2].detach() ** 3

    found = diagnosis(check_gradient(f, double, draw(4)))
    assert found.name == "cut off"
    assert "slope along x[2]" in found.sentence
    # Where f is linear, quotients have no noise.
    x = torch.tensor([1.0, 2.0, 4.0], dtype=torch.float64, requires_grad=True)
    found = diagnosis(check_gradient(lambda x: x[0] + x[1].detach(), lambda x: 1 - x.sign() / 2, x))
    assert "slope along x[1]" in found.sentence


def test_wrong_backward_rule_is_named() -> None:
    """A rule that is wrong for autograd and for the claim alike is found by differences."""

    class Cube(torch.autograd.Function):
        @staticmethod
        def forward(ctx: torch.autograd.function.FunctionCtx, x: Tensor) -> Tensor:
            ctx.save_for_backward(x)
            return (x**3).sum()

        @staticmethod
        def backward(ctx: torch.autograd.function.FunctionCtx, *gradients: Tensor) -> Tensor:
            (x,) = ctx.saved_tensors  # type: ignore[attr-defined]
            wrong: Tensor = gradients[0] * 2 * x**2
            return wrong

    found = diagnosis(check_gradient(Cube.apply, lambda x: 2 * x**2, draw(3)))
    assert "or a backward rule is wrong" in found.sentence


def test_every_reason_is_tested() -> None:
    """The tests above name each reason of the table."""
    assert {r.name for r in DISAGREEMENTS} == {"coarse numbers", "one triangle", "cut off"}


SMOOTH: dict[str, Callable[[Tensor], Tensor]] = {
    "squares": square,
    "cubes": lambda x: (x**3).sum(),
    "fourth powers": lambda x: (x**4).sum(),
    "signed squares": lambda x: (x * x.abs()).sum(),
    "power 3/2": lambda x: x.abs().pow(1.5).sum(),
    "exp": lambda x: x.exp().sum(),
    "steep exp": lambda x: (30 * x).exp().sum(),
    "fast sine": lambda x: (1e3 * x).sin().sum(),
    "sharp sigmoid": lambda x: (1e4 * x).sigmoid().sum(),
    "norm": torch.linalg.vector_norm,
    "logsumexp": lambda x: x.logsumexp(0),
    "1/x": lambda x: (1 / x).sum(),
    "log": lambda x: x.abs().log().sum(),
    "softplus": lambda x: torch.nn.functional.softplus(1e3 * x).sum() / 1e3,
    "cancellation": lambda x: ((1e6 + x.exp()) - 1e6).sum(),
    "difference of squares": lambda x: ((1e3 + x) ** 2 - (1e3 - x) ** 2).sum(),
    "eigenvalue": lambda x: torch.linalg.eigvalsh(x.outer(x) + torch.diag(x))[-1],
    "solve": lambda x: torch.linalg.solve(x.outer(x) + torch.diag(x), x).sum(),
    "constant": lambda x: x.softmax(0).sum(),
}


@pytest.mark.parametrize("f", SMOOTH.values(), ids=SMOOTH)
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_smooth_function_has_no_kink(f: Callable[[Tensor], Tensor], dtype: torch.dtype) -> None:
    """Where f is smooth, or once differentiable, no rounding or curvature passes for a kink."""
    for seed in range(60):
        scale = (1.0, 1e-2, 1e2)[seed % 3]
        x = (scale * draw(4, seed=seed)).detach().to(dtype)
        found = first_kink("x", Neighbourhood(f, x, dtype))
        assert found is None, (seed, found)


def test_smooth_at_zero() -> None:
    """A flat point is no kink."""
    for f in (square, lambda x: (x**3).sum(), lambda x: x.cos().sum(), lambda x: 0 * x.sum()):
        assert first_kink("x", Neighbourhood(f, torch.zeros(3).double(), torch.float64)) is None


def test_place_of_a_number_has_no_index() -> None:
    """A 0-d input is named without an index."""
    found = diagnosis(check_gradient(torch.abs, 0.0, number(0.0)))
    assert "its slope along input 0 is -1" in found.sentence
