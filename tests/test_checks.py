"""A claim that holds is accepted, any other is refused, and bad input is named."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from autodiff_notes.checks import TOLERANCES, Comparison, GradientReport, Tolerance, check_gradient
from autodiff_notes.domains import normal, positive, positive_determinant
from autodiff_notes.identities import log_det, log_det_gradient

TORCH_TYPES = [torch.float64, torch.float32, torch.complex128, torch.complex64]


def draw(*shape: int, seed: int = 0) -> Tensor:
    """Return a normal tensor in float64 that requires a gradient."""
    return normal(*shape, generator=torch.Generator().manual_seed(seed)).requires_grad_()


def number(value: float) -> Tensor:
    """Return a 0-d tensor in float64 that requires a gradient."""
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


def square(x: Tensor) -> Tensor:
    """Return the sum of squares, real for complex x too."""
    return (x * x.conj()).real.sum()


def double(x: Tensor) -> Tensor:
    """Return the gradient of the sum of squares."""
    return 2 * x


# What is accepted


@pytest.mark.parametrize("dtype", TORCH_TYPES)
@pytest.mark.parametrize("shape", [(), (1,), (3,), (2, 3), (2, 1, 3)])
def test_right_gradient_holds(dtype: torch.dtype, shape: tuple[int, ...]) -> None:
    """The gradient of a sum of squares holds in every type and shape."""
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(shape, generator=generator, dtype=dtype).requires_grad_()
    report = check_gradient(square, double, x)
    assert report.holds
    assert report.witnesses_agree
    assert report.notes == ()
    assert not check_gradient(square, lambda x: 2.02 * x, x)


def test_complex_gradient_is_the_one_of_torch() -> None:
    """For a complex input the gradient is df/da + i df/db, and its conjugate is refused."""
    z = torch.randn(3, dtype=torch.complex128, generator=torch.Generator().manual_seed(0))
    z.requires_grad_()
    assert check_gradient(lambda z: (z**3).real.sum(), lambda z: 3 * z.conj() ** 2, z)
    assert not check_gradient(lambda z: (z**3).real.sum(), lambda z: 3 * z**2, z)


def test_complex_view_is_accepted() -> None:
    """A tensor that torch conjugates lazily is an input like any other."""
    z = torch.tensor([1 + 2j, 3 - 1j], dtype=torch.complex128).conj().requires_grad_()
    assert check_gradient(square, double, z)


def test_claim_may_be_a_function_a_tensor_or_a_sequence() -> None:
    """The claim is accepted in each of the forms in which people have it."""
    x, y = draw(3), draw(3, seed=1)
    assert check_gradient(square, 2 * x, x)
    assert check_gradient(square, [2 * x], x)
    assert check_gradient(torch.dot, (y, x), x, y)
    assert check_gradient(torch.dot, lambda x, y: [y, x], x, y)


@pytest.mark.parametrize("shape", [(), (1,)])
def test_claim_for_a_single_element_may_be_a_number(shape: tuple[int, ...]) -> None:
    """A float or an int stands for the gradient of an input with one element."""
    x = torch.full(shape, 3.0, dtype=torch.float64, requires_grad=True)
    assert check_gradient(lambda x: x**2, 6, x)
    assert check_gradient(lambda x: x**2, lambda x: 2 * x.item(), x)
    assert not check_gradient(lambda x: x**2, 6.01, x)


def test_claim_may_use_autograd() -> None:
    """A claim that differentiates by itself is called with gradients enabled."""
    x = draw(3)
    assert check_gradient(square, lambda x: torch.autograd.grad(square(x), x)[0], x)
    assert check_gradient(square, torch.func.grad(square), x)


def test_function_may_use_autograd() -> None:
    """A function that is itself a gradient can be differentiated again."""

    def f(x: Tensor) -> Tensor:
        return torch.autograd.grad((x**3).sum(), x, create_graph=True)[0].sum()

    assert check_gradient(f, lambda x: 6 * x, draw(3))


def test_inputs_without_gradient_are_constants() -> None:
    """Only inputs that require a gradient are differentiated and reported."""
    x, y = draw(3), draw(3, seed=1).detach()
    report = check_gradient(torch.dot, lambda _, y: y, x, y)
    assert report
    assert [c.witness for c in report.comparisons] == ["autograd", "central differences"]


def test_same_tensor_twice_is_two_inputs() -> None:
    """A tensor passed twice is perturbed in one place at a time."""
    x = draw(3)
    assert check_gradient(lambda a, b: a.dot(b * b), lambda a, b: (b * b, 2 * a * b), x, x)


def test_input_without_contiguous_memory() -> None:
    """Transposed and expanded tensors are inputs like any other."""
    A = draw(2, 3).detach()
    assert check_gradient(square, double, A.mT.requires_grad_())
    assert check_gradient(square, double, A[0].expand(4, 3).requires_grad_())


def test_random_function_sees_the_same_numbers_each_time() -> None:
    """A function that draws random numbers is one function throughout the check."""

    def f(x: Tensor) -> Tensor:
        return (torch.rand(3, dtype=torch.float64) * x).sum()

    torch.manual_seed(0)
    expected = torch.rand(3, dtype=torch.float64)
    torch.manual_seed(0)
    assert check_gradient(f, expected, draw(3))


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
    assert report.notes == ()
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


@given(
    seed=st.integers(0, 2**32),
    n=st.integers(1, 5),
    error=st.sampled_from([-1.0, -1e-3, -1e-5, 1e-5, 1e-3, 1.0]),
)
def test_relative_error_is_found_and_measured(seed: int, n: int, error: float) -> None:
    """A relative error in any gradient is refused, and its size is reported."""
    A = draw(n, n, seed=seed).detach()

    def f(x: Tensor) -> Tensor:
        return x @ A @ x

    def gradient(x: Tensor) -> Tensor:
        return (A + A.mT) @ x

    x = draw(n, seed=seed + 1)
    assert check_gradient(f, gradient, x)
    report = check_gradient(f, lambda x: (1 + error) * gradient(x), x)
    assert not report
    assert report.comparisons[0].relative == pytest.approx(abs(error), rel=1e-6)


def test_missing_transpose_is_refused() -> None:
    """The gradient of x'Ax is (A + A')x, not 2Ax."""
    A, x = draw(4, 4).detach(), draw(4, seed=1)
    assert not check_gradient(lambda x: x @ A @ x, lambda x: 2 * A @ x, x)


def test_tolerance_can_be_set() -> None:
    """A tolerance of the caller's own replaces the one for the type."""
    x = draw(3)
    loose = Tolerance(autograd=1e-2, differences=1e-2)
    assert check_gradient(square, lambda x: 2.002 * x, x, tolerance=loose)
    assert not check_gradient(square, lambda x: 2.2 * x, x, tolerance=loose)


def test_coarser_type_sets_the_tolerance() -> None:
    """A function that computes in float32 is held to the tolerance of float32."""
    x = draw(3)
    assert check_gradient(lambda x: square(x.float()), double, x)
    assert not check_gradient(lambda x: square(x.float()), lambda x: 2.002 * x, x)
    assert TOLERANCES[torch.float32].autograd > TOLERANCES[torch.float64].autograd


# What is refused with a note


def only_note(report: GradientReport) -> str:
    """Return the one note of a report that does not hold."""
    assert not report.holds
    (note,) = report.notes
    return note


def test_wrong_shape_is_refused_with_both_shapes() -> None:
    """A claim of the wrong shape gets a verdict that names the shape and the expected one."""
    note = only_note(check_gradient(square, lambda x: 2 * x.mT, draw(2, 3)))
    assert note == ("The claimed gradient for x has shape (3, 2); expected (2, 3), the shape of x.")


def test_shape_that_would_broadcast_is_refused() -> None:
    """A claim that equals the gradient only after broadcasting has the wrong shape."""
    assert "has shape (1,); expected (3,)" in only_note(
        check_gradient(lambda x: x.sum(), torch.ones(1), draw(3))
    )


@pytest.mark.parametrize("bad", [torch.nan, torch.inf])
def test_claim_that_is_not_finite_is_refused(bad: float) -> None:
    """A claim with a NaN or an infinity gets a verdict that says so."""
    claimed = torch.tensor([0.0, bad, 0.0])
    note = only_note(check_gradient(square, claimed, draw(3)))
    assert note == "The claimed gradient for x has entries that are NaN or infinite."


def test_ignored_input_has_gradient_zero() -> None:
    """An input that f ignores is noted; a claim of zero holds and any other does not."""
    x, y = draw(3), draw(2, seed=1)

    def f(x: Tensor, y: Tensor) -> Tensor:  # noqa: ARG001
        return square(x)

    right = check_gradient(f, lambda x, y: (2 * x, 0 * y), x, y)
    assert right.holds
    assert right.notes == ("f ignores y: autograd finds no path to it, so its gradient is zero.",)
    assert not check_gradient(f, lambda x, y: (2 * x, y), x, y)


def test_constant_function_ignores_its_input() -> None:
    """A result that depends on nothing has gradient zero, and the report says why."""
    report = check_gradient(lambda _: torch.ones(()), torch.zeros(3), draw(3))
    assert report.holds
    assert len(report.notes) == 1


@pytest.mark.parametrize(
    "f",
    [
        lambda x: torch.tensor(square(x).item(), dtype=torch.float64),
        lambda x: square(x).detach(),
        lambda x: square(x.detach()),
        lambda x: x.detach().dot(x),
        torch.no_grad()(square),
        lambda x: torch.from_numpy(x.detach().numpy()).square().sum(),
    ],
    ids=["item", "detach result", "detach input", "detach part", "no_grad", "numpy"],
)
def test_result_cut_off_from_autograd(f: Callable[[Tensor], Tensor]) -> None:
    """Where autograd cannot see what f does, the witnesses disagree and no claim holds."""
    for claimed in (double, torch.zeros_like):
        report = check_gradient(f, claimed, draw(3))
        assert not report.witnesses_agree
        note = only_note(report)
        assert "Autograd and central differences disagree about x" in note
        assert ".detach()" in note
        assert "not confirmed" in report.verdict


@pytest.mark.parametrize("slope", [0.0, 0.5, 1.0])
def test_kink(slope: float) -> None:
    """At a kink the witnesses disagree, and no claim holds."""
    report = check_gradient(lambda x: x.relu(), slope, number(0.0))
    assert not report.witnesses_agree
    assert "kink" in only_note(report)


def test_tolerance_does_not_hide_a_kink() -> None:
    """Witnesses that disagree fail even where the claim is close enough to each."""
    loose = Tolerance(autograd=2.0, differences=0.4)
    x = torch.tensor([0.0, 1.0], dtype=torch.float64, requires_grad=True)
    report = check_gradient(lambda x: x.relu().sum(), torch.tensor([0.25, 1.0]), x, tolerance=loose)
    assert all(c.holds for c in report.comparisons)
    assert not report.holds


def test_edge_of_the_domain_is_named() -> None:
    """A point less than a step away from the edge of the domain is not confirmed."""
    note = only_note(check_gradient(torch.sqrt, lambda x: 0.5 / x.sqrt(), number(1e-6)))
    assert "too close to the edge of its domain" in note


def test_autograd_that_is_not_finite_is_named() -> None:
    """A gradient that is infinite or NaN for autograd is refused with a note."""
    note = only_note(check_gradient(lambda x: (x * x).sqrt(), 0.0, number(0.0)))
    assert note == "Autograd's gradient for x has entries that are NaN or infinite."


def test_differences_that_cannot_resolve_the_gradient_are_named() -> None:
    """Where rounding hides the gradient from differences, autograd decides and a note says so."""
    x = number(1.0)
    right = check_gradient(lambda x: 1e12 + x, 1.0, x)
    assert right.holds
    assert "Autograd alone decides" in right.notes[0]
    assert not check_gradient(lambda x: 1e12 + x, 1.001, x)


# What is an error


def raises(kind: type[Exception], message: str, f: Any, claimed: Any, *inputs: Any) -> None:
    """Demand an error of this kind with this message."""
    with pytest.raises(kind, match=message):
        check_gradient(f, claimed, *inputs)


@pytest.mark.parametrize("shape", [(3,), (2, 3), (0,)])
def test_result_of_several_numbers(shape: tuple[int, ...]) -> None:
    """A result that is not a single number is an error that names its shape."""
    message = rf"f returned a tensor of shape \({shape[0]}.*expected one element"
    raises(ValueError, message, lambda x: x.sum().expand(shape), double, draw(3))


@pytest.mark.parametrize("result", [1.0, None, (torch.ones(()),), "one"])
def test_result_that_is_no_tensor(result: object) -> None:
    """A result that is not a tensor is an error that names its type."""
    message = f"f returned a {type(result).__name__}; expected a tensor"
    raises(TypeError, message, lambda _: result, double, draw(3))


@pytest.mark.parametrize("dtype", [torch.int64, torch.bool, torch.complex128, torch.float16])
def test_result_of_wrong_type(dtype: torch.dtype) -> None:
    """A result that is not a real number in good precision is an error that names its type."""
    raises(TypeError, f"f returned {dtype}", lambda x: x.sum().to(dtype), double, draw(3))


@pytest.mark.parametrize("value", [torch.nan, torch.inf, -torch.inf])
def test_value_that_is_not_finite(value: float) -> None:
    """A value that is NaN or infinite is an error that asks about the domain."""
    raises(ValueError, f"f is {value} for x of shape", lambda x: value + x.sum(), double, draw(3))


@pytest.mark.parametrize("dtype", [torch.int64, torch.bool])
def test_integer_input(dtype: torch.dtype) -> None:
    """An integer tensor is an error that says how to convert it, as a constant too."""
    k = torch.ones(3, dtype=dtype)
    raises(TypeError, rf"x is of type {dtype}; expected float64.*\.double\(\)", square, double, k)
    raises(TypeError, f"k is of type {dtype}", lambda x, k: x @ k, lambda _, k: k, draw(3), k)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_coarse_input(dtype: torch.dtype) -> None:
    """A type too coarse for finite differences is an error that names it."""
    raises(TypeError, f"{dtype}, too coarse", square, double, torch.ones(3, dtype=dtype))


@pytest.mark.parametrize("x", [1.0, [1.0, 2.0], None])
def test_input_that_is_no_tensor(x: object) -> None:
    """An input that is not a tensor is an error that names its type."""
    raises(TypeError, f"x is a {type(x).__name__}; expected a torch.Tensor", square, double, x)


def test_sparse_input() -> None:
    """A sparse tensor is an error that says how to make it dense."""
    x = draw(2, 2).detach().to_sparse().requires_grad_()
    raises(TypeError, r"x is sparse; expected a dense tensor, x.to_dense\(\)", square, double, x)


def test_empty_input() -> None:
    """A tensor without entries is an error that names its shape."""
    x = torch.ones(0, 3, dtype=torch.float64, requires_grad=True)
    raises(ValueError, r"x has shape \(0, 3\) and no entries", square, double, x)


@pytest.mark.parametrize("bad", [torch.nan, torch.inf])
def test_input_that_is_not_finite(bad: float) -> None:
    """An input with a NaN or an infinity is an error, as a constant too."""
    message = "has entries that are NaN or infinite"
    raises(ValueError, f"x {message}", square, double, number(bad))
    raises(ValueError, f"y {message}", lambda x, y: x * y, 1.0, number(1), torch.tensor(bad))


@pytest.mark.parametrize("inputs", [(), (torch.ones(3),)])
def test_nothing_to_differentiate(inputs: tuple[Tensor, ...]) -> None:
    """Without an input that requires a gradient there is nothing to check."""
    raises(ValueError, "no input requires a gradient", square, double, *inputs)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_wrong_number_of_gradients(count: int) -> None:
    """Too few or too many gradients are an error that names the inputs concerned."""
    claimed = [torch.ones(3)] * count
    message = rf"claimed gradients is {count}; expected 2, .*\(a, b\)"
    raises(ValueError, message, lambda a, b: a.dot(b), claimed, draw(3), draw(3))


@pytest.mark.parametrize("claimed", [None, "2x", 2.0, [None], lambda _: None])
def test_claim_that_is_no_tensor(claimed: object) -> None:
    """A claim that is not a tensor is an error that names the shape expected."""
    message = r"the claimed gradient for x is a \w+; expected a tensor of shape \(3,\)"
    raises(TypeError, message, square, claimed, draw(3))


def test_value_in_place_of_the_function() -> None:
    """Passing f(x) where f belongs is an error that says so."""
    x = draw(3)
    raises(TypeError, "f is a Tensor; expected the function", square(x), double, x)


def test_function_that_raises_is_named() -> None:
    """An error in f or in claimed is passed on with its cause and the shapes of the inputs."""
    x = draw(2, 3)
    not_square = r"^f raised ValueError for X of shape \(2, 3\): log_det needs a square"
    raises(ValueError, not_square, log_det, log_det_gradient, x)
    not_square = r"^claimed raised RuntimeError for x of shape \(2, 3\)"
    raises(ValueError, not_square, square, log_det_gradient, x)
    singular = r"^claimed raised _?LinAlgError for x of shape \(2, 2\): .*singular"
    raises(ValueError, singular, square, log_det_gradient, torch.ones(2, 2, requires_grad=True))
    with pytest.raises(ValueError, match="positive determinant") as caught:
        check_gradient(log_det, log_det_gradient, torch.ones(2, 2, requires_grad=True))
    assert isinstance(caught.value.__cause__, ValueError)


def test_error_a_step_away_says_so() -> None:
    """When f fails only near the point, the message does not blame the point itself."""
    X = torch.diag(torch.tensor([1.0, 1e-6], dtype=torch.float64)).requires_grad_()
    raises(ValueError, "^f, one step away in X, raised ValueError", log_det, log_det_gradient, X)


def test_function_without_derivative() -> None:
    """An error of autograd itself is passed on as such."""

    class NoRule(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Tensor) -> Tensor:  # noqa: ARG004
            return x.sum()

    raises(ValueError, "autograd cannot differentiate f", NoRule.apply, double, draw(3))


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x.mul_(2),
        lambda x: x.data.mul_(2),
        lambda x: x.detach().zero_(),
        lambda x: x.t_(),
        lambda x: x.detach().numpy().fill(1),
    ],
    ids=["mul_", "data", "detach", "t_", "numpy"],
)
def test_change_in_place(change: Callable[[Tensor], object]) -> None:
    """A function that changes an input is an error that names both, and nothing is changed."""
    A, B = draw(2, 2), draw(2, 2, seed=1)
    before = B.detach().clone()

    def meddle(A: Tensor, B: Tensor) -> Tensor:
        change(B)
        return (A * A).sum()

    right = (2 * A, 0 * B)
    raises(ValueError, "^f changes B in place", meddle, right, A, B)
    raises(ValueError, "^claimed changes B in place", lambda A, B: (A * B).sum(), meddle, A, B)
    raises(ValueError, "^f changes B in place", meddle, right[:1], A, B.detach())
    assert torch.equal(B, before)


# What is left alone


def test_caller_is_left_alone() -> None:
    """Tensors, their gradients, the random state and the grad mode stay as they were."""
    x = draw(3)
    square(x).backward()  # type: ignore[no-untyped-call]
    assert x.grad is not None
    value, grad, state = x.detach().clone(), x.grad.clone(), torch.get_rng_state()

    def f(x: Tensor) -> Tensor:
        value = square(x) + 0 * torch.rand(())
        torch.set_grad_enabled(False)
        return value

    assert check_gradient(f, lambda x: torch.autograd.grad(square(x), x)[0], x)
    assert torch.is_grad_enabled()
    assert torch.equal(x, value)
    assert torch.equal(x.grad, grad)
    assert x.is_leaf
    assert torch.equal(state, torch.get_rng_state())


def test_input_in_the_middle_of_a_graph() -> None:
    """A tensor that was computed from others is checked without touching what made it."""
    w = draw(3)
    assert check_gradient(square, double, 3 * w)
    assert w.grad is None


@pytest.mark.parametrize("mode", [torch.no_grad, torch.inference_mode])
def test_grad_mode_of_the_caller(mode: Callable[[], Any]) -> None:
    """The check works where the caller has switched gradients off."""
    with mode():
        assert check_gradient(square, double, draw(3))
        assert not torch.is_grad_enabled()


# The report


def wrong_report() -> GradientReport:
    """Return a report with two inputs, one of them refused, and a note."""
    x, y = draw(3), draw(2, seed=1)
    return check_gradient(lambda x, y: square(x) + 0 * y.sum(), lambda x, y: (2 * x, y[:1]), x, y)


def opening(report: GradientReport) -> str:
    """Return the first paragraph of a printed report as one line."""
    return " ".join(str(report).partition("\n\n")[0].split())


def test_verdict_comes_first() -> None:
    """The report opens with the outcome in words and its largest errors."""
    x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
    first = opening(check_gradient(square, double, x))
    assert first.startswith(
        "The claimed gradient holds: largest relative error 0.0e+00 against autograd, "
    )
    assert first.endswith(" against central differences.")
    first = opening(check_gradient(square, lambda x: 2.002 * x, x))
    assert first == (
        "The claimed gradient does not hold: largest relative error "
        "1.0e-03 against autograd, 1.0e-03 against central differences."
    )


def test_table_is_aligned() -> None:
    """Below the verdict stands one row for each input and witness, in columns."""
    header, *rows = str(wrong_report()).partition("\n\n")[2].splitlines()
    assert header.split("  ")[0] == "input"
    assert [row.split()[0] for row in rows[:4]] == ["x", "x", "y", "y"]
    assert [row.split()[-1] for row in rows[:4]] == ["holds", "holds", "refused", "refused"]
    column = header.index("verdict")
    assert all(row[column - 1] == " " != row[column] for row in rows[:4])
    assert rows[5].startswith("Note: The claimed gradient for y has shape (1,)")


def test_report_is_deterministic() -> None:
    """The same check prints the same text, without addresses, as str and as repr."""
    assert str(wrong_report()) == repr(wrong_report())
    assert wrong_report() == wrong_report()
    assert "0x" not in str(wrong_report())


def test_bool_is_the_verdict() -> None:
    """A report is true if and only if the claim holds."""
    x = draw(3)
    assert bool(check_gradient(square, double, x)) is True
    assert bool(check_gradient(square, lambda x: x, x)) is False


class Outline(HTMLParser):
    """The tags of a document in order, with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that opens."""
        self.opened.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Demand that tags close in order."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text.append(data)


def test_html_is_a_semantic_table() -> None:
    """In a notebook the report is a table with a caption and header cells, and no style."""
    report = wrong_report()
    outline = Outline(report._repr_html_())
    assert outline.open == []
    assert outline.opened[0] == ("table", {"class": "gradient-report"})
    assert outline.opened[1] == ("caption", {})
    assert [a["scope"] for tag, a in outline.opened if tag == "th"] == ["col"] * 5 + ["row"] * 4
    assert not any("style" in a for _, a in outline.opened)
    assert outline.text[0] == report.verdict
    assert outline.text[-1] == report.notes[-1]


def test_html_is_escaped() -> None:
    """Text from outside cannot become markup."""
    comparison = Comparison("<x>", "autograd", 0.0, 0.0, holds=True)
    html = GradientReport((comparison,), notes=("a < b & <script>",))._repr_html_()
    assert "&lt;x&gt;" in html
    assert "a &lt; b &amp; &lt;script&gt;" in html


# The names


def test_names_come_from_the_signature() -> None:
    """Inputs are called as f calls them, and by position where f has no names."""
    x, y = draw(2), draw(2, seed=1)

    def names(f: Callable[..., Tensor], *inputs: Tensor) -> list[str]:
        report = check_gradient(f, tuple(inputs), *inputs)
        return [c.input for c in report.comparisons[::2]]

    assert names(lambda a, b: a.dot(b), x, y) == ["a", "b"]
    assert names(lambda a, *rest: a.dot(rest[0]), x, y) == ["a", "input 1"]
    assert names(lambda *all_of_them: all_of_them[0].dot(all_of_them[1]), x, y) == [
        "input 0",
        "input 1",
    ]
    assert names(torch.dot, x, y) == ["input 0", "input 1"]


def test_log_det_of_a_large_matrix_is_checked() -> None:
    """A matrix of 400 entries is checked entry by entry."""
    X = positive_determinant(20, generator=torch.Generator().manual_seed(0)).requires_grad_()
    assert check_gradient(log_det, log_det_gradient, X)
    assert not check_gradient(log_det, lambda X: log_det_gradient(X).mT, X)
