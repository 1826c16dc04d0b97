"""The tape gives what torch gives: values, gradients, and how gradients accumulate."""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from hypothesis import assume, example, given
from hypothesis import strategies as st
from torch import Tensor
from torch.testing import assert_close

from autodiff_notes.tape import engine
from autodiff_notes.tape.engine import OPERATIONS, Share, SweepError, Variable, apply, history
from autodiff_notes.tape.matrices import Matrix

# The words of the table, in torch: the other witness has none of the tape's rules.
TORCH: dict[str, Callable[..., Tensor]] = {
    **{word: getattr(torch, word) for word in ("exp", "log", "sqrt", "sin", "cos", "tanh")},
    "tr": torch.trace,
    "inner": lambda A, B: (A * B).sum(),
    "inv": torch.linalg.inv,
    "det": torch.linalg.det,
    "logdet": torch.logdet,
}
WORDS = {word: getattr(engine, word) for word in TORCH}
X = [[1.2, -0.4, 0.3], [0.7, 2.1, -0.6], [0.2, 0.5, 1.7]]
Y = [[0.3, 1.1, -0.8], [-0.9, 0.4, 0.6], [1.3, -0.2, 0.5]]
WIDE = [[0.3, -1.2, 0.8], [1.4, 0.6, -0.5]]
NUMBERS = {"a": 1.3, "b": 2.7}


def number(value: float) -> Tensor:
    """Return a number as a leaf of torch."""
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


def same(found: object, expected: Tensor | None, rounding: float = 0.0) -> None:
    """Hold a value of the tape against torch's."""
    assert expected is not None
    atol = max(1e-11, rounding)
    assert_close(torch.tensor(found, dtype=torch.float64), expected, rtol=1e-9, atol=atol)


def points(form: str) -> dict[str, Any]:
    """Return a point for an operation; matrices are not square where the operation allows it."""
    square = form.startswith(("tr", "inv", "det", "logdet"))
    second = Y if "@" in form else [row[::-1] for row in WIDE]
    matrices = {"A": X if square else WIDE, "B": second}
    letters = re.findall(r"\b[abAB]\b", form)
    return {letter: (NUMBERS | matrices)[letter] for letter in letters}


@pytest.mark.parametrize("form", OPERATIONS)
def test_every_operation(form: str) -> None:
    """The value, and the gradient by each argument, are torch's."""
    point = points(form)
    ours = {letter: Variable(value) for letter, value in point.items()}
    theirs = {
        letter: torch.tensor(value, dtype=torch.float64, requires_grad=True)
        for letter, value in point.items()
    }
    result = apply(form.replace("A", "a").replace("B", "b"), *ours.values())
    expected: Tensor = eval(form, dict(TORCH), theirs)
    assert result.form == form
    same(result.value, expected)
    if expected.ndim:  # weigh the entries, all differently
        weights = torch.linspace(-1, 2, expected.numel(), dtype=torch.float64)
        weights = weights.reshape(expected.shape)
        result, expected = (
            engine.inner(result, Matrix(weights.tolist())),
            (expected * weights).sum(),
        )
    result.backward()
    expected.backward()  # type: ignore[no-untyped-call]
    for letter, leaf in ours.items():
        gradient = theirs[letter].grad
        assert gradient is not None
        same(leaf.grad, gradient)


# Random expressions

UNARY = ["-a", "exp(a)", "log(a)", "sqrt(a)", "sin(a)", "cos(a)", "tanh(a)"]
BINARY = ["a + b", "a - b", "a * b", "a / b"]


def written(form: str, *operands: str) -> str:
    """Return an operation with its operands in the place of its letters."""
    places = dict(zip("ab", operands, strict=False))
    return re.sub(r"\b[ab]\b", lambda letter: f"({places[letter[0]]})", form)


CONSTANTS = {"half": 0.5, "two": 2.0, "three": 3.0}
OUR_CONSTANTS = {name: Variable(value, requires_grad=False) for name, value in CONSTANTS.items()}
TORCH_CONSTANTS = {name: torch.tensor(value).double() for name, value in CONSTANTS.items()}
leaves = st.sampled_from(["x", "y", *CONSTANTS])
expressions = st.recursive(
    leaves,
    lambda inside: (
        st.builds(written, st.sampled_from(UNARY), inside)
        | st.builds(written, st.sampled_from(BINARY), inside, inside)
        | st.builds(written, st.just("a ** b"), inside, st.sampled_from(["y", *CONSTANTS]))
    ),
    max_leaves=12,
)
coordinates = st.floats(-3, 3, allow_subnormal=False).filter(lambda x: x == 0 or abs(x) > 1e-3)


@given(expression=expressions, x=coordinates, y=coordinates)
@example(expression="x * log(x) + sin(x * y)", x=1, y=2)
@example(expression="x ** y", x=2, y=-1.5)
@example(expression="((x * x) * (x * x)) * ((x * x) * (x * x))", x=1.1, y=0)
def test_random_expressions(expression: str, x: float, y: float) -> None:
    """Where the tape gives a gradient it is torch's, and where it refuses torch has no number.

    Torch defines some derivatives of powers of zero by convention; there the tape may refuse.
    """
    ours = {"x": Variable(x), "y": Variable(y)}
    theirs = {"x": number(x), "y": number(y)}
    expected = eval(expression, TORCH | TORCH_CONSTANTS, theirs)
    if not expected.requires_grad:
        return
    expected.backward()
    try:
        result = eval(expression, WORDS | OUR_CONSTANTS, ours)
        steps = result.backward()
    except ArithmeticError:
        numbers = [expected, *(leaf.grad for leaf in theirs.values() if leaf.grad is not None)]
        assert "**" in expression or not all(value.isfinite() for value in numbers)
        return
    same(result.value, expected)
    for name, leaf in ours.items():
        gradient = theirs[name].grad
        assert (leaf.grad is None) == (gradient is None)
        if gradient is not None:
            same(leaf.grad, gradient)
    same_at_every_node(result, steps)


def same_at_every_node(result: Variable, steps: list[Share]) -> float:
    """Hold the value and the last adjoint of everything in a trace against torch's.

    What cancels leaves rounding of the size of what was there; it is returned.
    """
    theirs: dict[Variable, Tensor] = {}
    for node in history(result):
        if node.form:
            arguments = [theirs[argument] for argument in node.arguments]
            letters = dict(zip("ab", arguments, strict=False))
            letters |= dict(zip("AB", arguments, strict=False))
            theirs[node] = eval(node.form, dict(TORCH), letters)
        else:
            theirs[node] = torch.tensor(node.value, dtype=torch.float64)
            theirs[node].requires_grad_(node.requires_grad)
        if node.requires_grad:
            theirs[node].retain_grad()
    theirs[result].backward()  # type: ignore[no-untyped-call]
    adjoints: dict[Variable, Any] = {result: 1.0}
    adjoints |= {step.node.arguments[step.position]: step.adjoint for step in steps}
    assert set(adjoints) == {node for node in theirs if node.requires_grad}
    numbers = [x for t in theirs.values() for x in (t.detach(), t.grad) if x is not None]
    rounding = 1e-12 * max(x.abs().max().item() for x in numbers)
    for node, value in theirs.items():
        same(node.value, value.detach(), rounding)
        if node.requires_grad:
            same(adjoints[node], value.grad, rounding)
    return rounding


# Random expressions of matrices, by their numbers of rows and columns

MATRICES = {"X": (2, 2), "Y": (3, 3), "A": (2, 3), "B": (3, 2)}
lengths = st.sampled_from([2, 3])


@st.composite
def matrix_expressions(draw: st.DrawFn, rows: int, columns: int, depth: int) -> str:
    """Draw a matrix of one shape."""

    def inside(rows: int, columns: int) -> str:
        return draw(matrix_expressions(rows, columns, depth - 1))

    kinds = ["a + b", "a - b", "a * b", "b * a", "b / a", "a @ b", "-b", "b.T"]
    kinds += ["inv(b)"] * 2 if rows == columns else []
    kind = draw(st.sampled_from(kinds)) if depth else ""
    if kind == "b / a":  # not by a number that may be nothing but rounding
        return written(kind, draw(number_expressions(0)), inside(rows, columns))
    if kind in {"a * b", "b * a"}:
        return written(kind, draw(number_expressions(depth - 1)), inside(rows, columns))
    if kind == "a @ b":
        between = draw(lengths)
        return written(kind, inside(rows, between), inside(between, columns))
    if kind == "b.T":
        return written(kind, "", inside(columns, rows))
    if kind:
        return written(kind, inside(rows, columns), inside(rows, columns))
    return next(name for name, shape in MATRICES.items() if shape == (rows, columns))


@st.composite
def number_expressions(draw: st.DrawFn, depth: int) -> str:
    """Draw a number that was computed from matrices."""
    if not depth:
        return draw(st.sampled_from(["x", *CONSTANTS]))
    kind = draw(st.sampled_from(["tr(a)", "logdet(a)", "inner(a, b)"]))
    m, n = draw(lengths), draw(lengths)
    a, b = (draw(matrix_expressions(m, n if "b" in kind else m, depth - 1)) for _ in range(2))
    return written(kind, a, b)


def well_conditioned(function: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Return a function of a matrix that gives up a test where it would lose its digits."""

    def guarded(A: Tensor) -> Tensor:
        assume(bool(A.isfinite().all()))
        assume(bool(A.abs().max() > 1e-3))  # else it may be nothing but rounding
        assume(bool(torch.linalg.cond(A) < 1e3))
        return function(A)

    return guarded


entries = st.integers(-8, 8).map(lambda eighths: eighths / 8)


@given(expression=st.integers(2, 4).flatmap(number_expressions), data=st.data())
def test_random_expressions_of_matrices(expression: str, data: st.DataObject) -> None:
    """Where the tape sweeps, value and adjoint of every node are torch's; else torch has none."""
    ours = {"x": Variable(data.draw(entries))}
    for name, (rows, columns) in MATRICES.items():
        values = [[data.draw(entries) for _ in range(columns)] for _ in range(rows)]
        diagonal = 3 * (rows == columns)  # so that most have an inverse
        ours[name] = Variable(
            [
                [entry + diagonal * (i == j) for j, entry in enumerate(row)]
                for i, row in enumerate(values)
            ]
        )
    theirs = {
        name: torch.tensor(leaf.value, dtype=torch.float64, requires_grad=True)
        for name, leaf in ours.items()
    }
    guarded = {word: well_conditioned(TORCH[word]) for word in ("inv", "logdet")}
    expected = eval(expression, TORCH | TORCH_CONSTANTS | guarded, theirs)
    expected.backward()
    numbers = [expected, *(leaf.grad for leaf in theirs.values() if leaf.grad is not None)]
    try:
        result = eval(expression, WORDS | OUR_CONSTANTS, ours)
        steps = result.backward()
    except ArithmeticError:
        assert not all(value.isfinite().all() for value in numbers)
        return
    rounding = same_at_every_node(result, steps)
    for name, leaf in ours.items():
        if leaf.grad is not None:
            same(leaf.grad, theirs[name].grad, rounding)


# Reuse and accumulation


def test_shares_add_up_where_a_variable_is_used_twice() -> None:
    """The derivative of x * x is 2x, by two shares of x each."""
    x = Variable(3)
    shares = [step.value for step in (x * x).backward()]
    assert shares == [3, 3]
    assert x.grad == 6


def test_a_result_that_is_used_twice_passes_on_once() -> None:
    """A sweep visits an operation once, after all that uses it: 60 doublings are 60 operations."""
    x = Variable(1)
    f = x
    for _ in range(60):
        f = f + f
    assert len(history(f)) == 61
    assert len(f.backward()) == 120
    assert x.grad == 2**60


def test_gradients_accumulate_as_in_torch() -> None:
    """Two functions of one leaf, one of them swept twice: every sweep adds its gradient, once."""
    x, x_torch = Variable(1.5), number(1.5)
    for leaf, words in ((x, engine), (x_torch, torch)):
        shared = leaf * words.sin(leaf)
        f, h = shared * shared, words.exp(shared)
        keep = {"retain_graph": True} if leaf is x_torch else {}
        f.backward(**keep)
        f.backward(**keep)
        h.backward(**keep)
    same(x.grad, x_torch.grad)


def test_setting_grad_to_none_begins_anew() -> None:
    """After ``grad = None`` a sweep gives what a first one gives."""
    x = Variable(2)
    f = x * x * x
    f.backward()
    x.grad = None
    f.backward()
    assert x.grad == 12


def test_results_keep_no_gradient() -> None:
    """As in torch, only what was made by hand has a ``grad`` afterwards."""
    x = Variable(2)
    inside = x * x
    (inside * x).backward()
    assert inside.grad is None


def test_what_requires_no_gradient_gets_none() -> None:
    """No share goes to a constant, and its rule is not even evaluated."""
    x, c = Variable(-2), Variable(3, requires_grad=False)
    steps = (x**c).backward()  # the share of the exponent would need log(-2)
    assert [step.position for step in steps] == [0]
    assert x.grad == 12
    assert c.grad is None


def test_a_leaf_is_its_own_gradient() -> None:
    """The derivative of x by x is 1, in a sweep without steps."""
    x = Variable(5)
    assert x.backward() == []
    assert x.grad == 1


# The record


def test_the_trace_is_in_the_order_of_evaluation() -> None:
    """The trace of the first note is the one a person writes down."""
    x, y = Variable(1), Variable(2)
    f = x * engine.log(x) + engine.sin(x * y)
    nodes = history(f)
    forms = [node.form for node in nodes]
    assert forms == ["", "", "log(a)", "a * b", "a * b", "sin(a)", "a + b"]
    assert all(nodes.index(a) < i for i, node in enumerate(nodes) for a in node.arguments)


def test_the_steps_are_the_whole_sweep() -> None:
    """The shares of each argument add up to its last adjoint, and no step comes before its own."""
    x, y = Variable(1), Variable(2)
    f = x * engine.log(x) + engine.sin(x * y)
    steps = f.backward()
    received: dict[Variable, Any] = {f: 1.0}
    for step in steps:
        assert step.node in received
        argument = step.node.arguments[step.position]
        received[argument] = received.get(argument, 0) + step.value
        assert step.adjoint == received[argument]
    assert received[x] == x.grad
    assert received[y] == y.grad
    assert len(steps) == sum(len(node.arguments) for node in history(f))


# Edges of the domain


@pytest.mark.parametrize("value", [-1.0, -0.0, 0.0, 1e-300, 1.0, 1e300])
@pytest.mark.parametrize(
    "form", ["log(a)", "sqrt(a)", "exp(a)", "a ** 0.5", "1 / a", "a ** 2", "2 ** a"]
)
def test_edges(form: str, value: float) -> None:
    """The tape refuses just where torch's value or gradient is not a number, or infinite."""
    leaf = number(value)
    expected = eval(form, dict(TORCH), {"a": leaf})
    expected.backward()
    x = Variable(value)
    finite = bool(expected.isfinite() and leaf.grad.isfinite())  # type: ignore[union-attr]
    if finite:
        result = eval(form, dict(WORDS), {"a": x})
        result.backward()
        same(result.value, expected)
        same(x.grad, leaf.grad)
    else:
        with pytest.raises(ArithmeticError, match=r" is (too large|not defined) at "):
            eval(form, dict(WORDS), {"a": x}).backward()


def test_the_square_root_of_zero_has_a_value_and_no_gradient() -> None:
    """The sweep stops at the share that is not defined, and leaves every grad alone."""
    x, y = Variable(0), Variable(1)
    f = y * engine.sqrt(x)
    with pytest.raises(
        SweepError, match=r"at sqrt\(a\): g / \(2 \* v\) is not defined at v = 0.0 and g = 1.0"
    ):
        f.backward()
    assert f.value == 0
    assert x.grad is None
    assert y.grad is None


@pytest.mark.parametrize("convention", ["x ** 0", "0 ** x", "x ** x"])
def test_powers_of_zero_where_torch_has_a_convention(convention: str) -> None:
    """Torch puts 0 for shares that the rule does not define at zero; the tape refuses them."""
    leaf = number(0.0 if "x **" in convention else 1.0)
    eval(convention, {}, {"x": leaf}).backward()
    assert leaf.grad == 0
    x = Variable(leaf.item())
    with pytest.raises(SweepError, match="is not defined"):
        eval(convention, {}, {"x": x}).backward()


@pytest.mark.parametrize(
    ("matrix", "form"),
    [
        ([[0, 1], [1, 0]], "logdet(a)"),  # its determinant is -1
        ([[1, 2], [2, 4]], "logdet(a)"),
        ([[1, 2], [2, 4]], "inv(a)"),
    ],
)
def test_matrices_outside_the_domain(matrix: list[list[float]], form: str) -> None:
    """A negative determinant has no logarithm, and a singular matrix no inverse."""
    with pytest.raises(ArithmeticError, match="is not defined at A = "):
        apply(form, Variable(matrix))


@pytest.mark.parametrize(
    ("form", "values", "refusal", "words"),
    [
        ("exp(a)", (710,), OverflowError, "too large"),
        ("a ** b", (9, 9**9), OverflowError, "too large"),
        ("a * b", (1e300, -1e300), OverflowError, "too large"),
        ("a @ b", ([[1e300, 1e300]], [[1e300], [-1e300]]), OverflowError, "too large"),
        ("a ** b", (-8, 1 / 3), ArithmeticError, "not defined"),
        ("log(a)", (0,), ArithmeticError, "not defined"),
        ("a / b", (1, 0), ArithmeticError, "not defined"),
    ],
)
def test_too_large_is_not_undefined(
    form: str, values: tuple[Any, ...], refusal: type[Exception], words: str
) -> None:
    """A result beyond the largest float is told apart from one that does not exist."""
    with pytest.raises(refusal, match=f"is {words} at") as caught:
        apply(form, *map(Variable, values))
    assert caught.type is refusal


def test_the_sum_of_shares_can_be_too_large() -> None:
    """Two shares that are finite and their sum is not, in one sweep or two: no grad changes."""
    x, y = Variable(0.1), Variable(1)
    with pytest.raises(SweepError, match="at a leaf: the sum of its shares is too large"):
        (x * 1e308 + y * x * 1e308).backward()
    assert x.grad is None
    assert y.grad is None
    f = y + x * 1e308
    f.backward()
    with pytest.raises(SweepError, match="the sum of its shares is too large"):
        f.backward()
    grads: list[Any] = [x.grad, y.grad]
    assert grads == [1e308, 1]


@pytest.mark.parametrize("scale", [1e-200, 1e200, -1e200])
def test_logdet_needs_no_determinant(scale: float) -> None:
    """The logarithm is finite where the determinant is not a float, as is torch's."""
    values = [[0.0, scale], [-scale, scale]]
    A = Variable(values)
    theirs = torch.tensor(values, dtype=torch.float64, requires_grad=True)
    result, expected = engine.logdet(A), torch.logdet(theirs)
    same(result.value, expected)
    result.backward()
    expected.backward()  # type: ignore[no-untyped-call]
    same(A.grad, theirs.grad)


@pytest.mark.parametrize(
    ("function", "gradient"),
    [
        (engine.tr, [[1, 0], [0, 1]]),
        (engine.det, [[5, -3], [-2, 1]]),
        (lambda A: engine.inner(A.T, Matrix([[0, 1], [0, 0]])), [[0, 0], [1, 0]]),
        (lambda A: engine.tr(engine.inv(A)), [[-31, 18], [12, -7]]),
        (lambda A: engine.logdet(A @ [[0, 1], [1, 0]]), [[-5, 3], [2, -1]]),
    ],
)
def test_a_word_has_the_gradient_of_a_book(
    function: Callable[[Variable], Variable], gradient: list[list[float]]
) -> None:
    """Trace, determinant, transpose and inverse have the gradients that are computed by hand."""
    A = Variable([[1, 2], [3, 5]])
    function(A).backward()
    for found, expected in zip(A.grad, gradient, strict=True):
        assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (engine.sin, r"there is no sin\(A\), where a capital is a matrix"),
        (lambda A: A * A, r"there is no A \* B"),
        (lambda A: A + 1, r"there is no A \+ b"),
        (lambda A: A @ [[1, 2, 3]], "the inner sizes differ"),
        (
            lambda A: A.backward(),
            "^only a number that was computed from an input has a gradient$",
        ),
        (lambda _: Variable(2, requires_grad=False).backward(), "only a number"),
    ],
)
def test_what_has_no_meaning(wrong: Callable[[Variable], object], message: str) -> None:
    """An operation outside the table, and a sweep from a matrix or a constant, are refused."""
    with pytest.raises(TypeError, match=message):
        wrong(Variable([[1, 2], [3, 5]]))


def test_the_notes_run_on_the_tape() -> None:
    """The gradient of the squared length is 2(x + y), and that of log det the inverse, transposed."""
    x, y = Variable([[1], [-2], [3]]), Variable([[0.5], [0.25], [-1]])
    s = x + y
    engine.inner(s, s).backward()
    assert x.grad == y.grad == 2 * s.value
    A = Variable(X)
    engine.logdet(A).backward()
    same(A.grad @ Matrix(X).T, torch.eye(3, dtype=torch.float64))


def test_the_engine_has_the_size_that_it_claims() -> None:
    """Its first line counts the lines of code: no docstring, no comment, no empty line."""
    source = Path(engine.__file__).read_text("utf-8")
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.ENDMARKER}
    lines = {
        line
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in silent
        for line in range(token.start[0], token.end[0] + 1)
        if token.string.strip()
    }
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            lines -= set(range(node.lineno, (node.end_lineno or 0) + 1))
    claimed = re.search(r"(\d+) lines of code", source.splitlines()[0])
    assert claimed
    assert int(claimed[1]) == len(lines)


def test_the_engine_needs_the_standard_library_alone() -> None:
    """The engine's own files import nothing else, so that they run in a browser."""
    for module in Path(engine.__file__).parent.glob("*.py"):
        source = module.read_text("utf-8")
        for node in ast.walk(ast.parse(source)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names.append(node.module or "")
            assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names
