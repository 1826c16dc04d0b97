"""Every gradient equals that of its function, and nothing near it does."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
import torch
from torch import Tensor

from autodiff_notes import catalogue
from autodiff_notes.checks import check_gradient
from autodiff_notes.evaluation import Point, draw
from autodiff_notes.identities import (
    log_det,
    log_det_gradient,
    scalar_example,
    scalar_example_gradient,
    squared_norm_of_sum,
    squared_norm_of_sum_gradient,
)
from autodiff_notes.notation import compiled


class Identity(NamedTuple):
    """A function and its gradient, by the name of their entry in the catalogue."""

    name: str
    function: Callable[..., Tensor]
    gradient: Callable[..., Tensor | tuple[Tensor, ...]]


IDENTITIES = [
    Identity("scalar-example", scalar_example, scalar_example_gradient),
    Identity("squared-norm-of-sum", squared_norm_of_sum, squared_norm_of_sum_gradient),
    Identity("log-det", log_det, log_det_gradient),
]

SIZES = [2, 3, 6]
SEEDS = range(5)

every_identity = pytest.mark.parametrize("identity", IDENTITIES, ids=lambda i: i.name)
every_size = pytest.mark.parametrize("n", SIZES)
every_seed = pytest.mark.parametrize("seed", SEEDS)


def point(identity: Identity, n: int, seed: int) -> list[Tensor]:
    """Return inputs from the domain that require a gradient."""
    drawn = place(identity, n, seed)
    return [drawn.values[x].requires_grad_() for x in catalogue.entry_named(identity.name).moving]


def place(identity: Identity, n: int, seed: int) -> Point:
    """Return a point of the domain in the catalogue."""
    declarations = catalogue.entry_named(identity.name).declarations
    return draw(declarations, {"n": n}, seed, torch.float64)


def gradients(identity: Identity, inputs: list[Tensor]) -> list[Tensor]:
    """Return the closed form as a list, one tensor an input."""
    found = identity.gradient(*(x.detach() for x in inputs))
    return [found] if isinstance(found, Tensor) else list(found)


def refused(identity: Identity, inputs: list[Tensor], claimed: list[Tensor]) -> bool:
    """Return whether both witnesses refuse the claim, in a report that says so."""
    report = check_gradient(identity.function, claimed, *inputs)
    by = {c.witness for c in report.comparisons if not c.holds}
    return not report and by == {"autograd", "central differences"}


# The catalogue


@every_seed
@every_size
@every_identity
def test_function_is_the_entry(identity: Identity, n: int, seed: int) -> None:
    """Function and gradient have the values of the formulas in the catalogue."""
    entry, at = catalogue.entry_named(identity.name), place(identity, n, seed)
    inputs = [at.values[x] for x in entry.moving]
    torch.testing.assert_close(
        identity.function(*inputs).detach(), at.evaluate(compiled(entry.value))
    )
    for claim, gradient in zip(entry.claims.values(), gradients(identity, inputs), strict=True):
        torch.testing.assert_close(gradient, at.evaluate(compiled(claim)))


@every_seed
@pytest.mark.parametrize("n", [1, *SIZES])
@every_identity
def test_gradient_holds(identity: Identity, n: int, seed: int) -> None:
    """The closed form agrees with autograd and with central differences."""
    report = check_gradient(identity.function, identity.gradient, *point(identity, n, seed))
    assert report, str(report)


@every_seed
@every_identity
def test_gradcheck_agrees(identity: Identity, seed: int) -> None:
    """The checker of torch finds nothing wrong with the function at these points."""
    assert torch.autograd.gradcheck(identity.function, point(identity, 4, seed))


@every_identity
def test_points_are_not_symmetric(identity: Identity) -> None:
    """No input is a symmetric matrix, which would hide a missing transpose."""
    for x in point(identity, 4, 0):
        assert x.ndim < 2 or not torch.allclose(x, x.mT)


# Corruption


@every_seed
@every_size
@every_identity
def test_all_entries_slightly_off_are_refused(identity: Identity, n: int, seed: int) -> None:
    """A gradient that is 0.1 % off everywhere is refused by both witnesses."""
    inputs = point(identity, n, seed)
    assert refused(identity, inputs, [1.001 * g for g in gradients(identity, inputs)])


@every_seed
@every_size
@every_identity
def test_one_entry_slightly_off_is_refused(identity: Identity, n: int, seed: int) -> None:
    """A gradient with a single entry 0.1 % off is refused, whichever entry it is."""
    inputs = point(identity, n, seed)
    for i, gradient in enumerate(gradients(identity, inputs)):
        for k in range(gradient.numel()):
            wrong = gradients(identity, inputs)
            wrong[i].view(-1)[k] *= 1.001
            assert not check_gradient(identity.function, wrong, *inputs)


@every_seed
@every_size
@every_identity
def test_one_entry_with_flipped_sign_is_refused(identity: Identity, n: int, seed: int) -> None:
    """A gradient with the sign of its largest entry flipped is refused by both witnesses."""
    inputs = point(identity, n, seed)
    for i, gradient in enumerate(gradients(identity, inputs)):
        wrong = gradients(identity, inputs)
        wrong[i].view(-1)[gradient.abs().argmax()] *= -1
        assert refused(identity, inputs, wrong)


WRONG: list[tuple[str, str, Callable[..., object]]] = [
    (
        "scalar-example",
        "sign of the cosine",
        lambda x, y: (x.log() + 1 - y * (x * y).cos(), x * (x * y).cos()),
    ),
    (
        "scalar-example",
        "factor y dropped",
        lambda x, y: (x.log() + 1 + (x * y).cos(), x * (x * y).cos()),
    ),
    (
        "scalar-example",
        "factor x dropped",
        lambda x, y: (x.log() + 1 + y * (x * y).cos(), (x * y).cos()),
    ),
    (
        "scalar-example",
        "term 1 dropped",
        lambda x, y: (x.log() + y * (x * y).cos(), x * (x * y).cos()),
    ),
    (
        "scalar-example",
        "partials swapped",
        lambda x, y: scalar_example_gradient(x, y)[::-1],
    ),
    ("squared-norm-of-sum", "sign of y", lambda x, y: (2 * (x - y), 2 * (x + y))),
    ("squared-norm-of-sum", "factor 2 dropped", lambda x, y: (x + y, x + y)),
    ("squared-norm-of-sum", "term dropped", lambda x, y: (2 * x, 2 * y)),
    ("log-det", "sign", lambda X: -X.inverse().mT),
    ("log-det", "not transposed", lambda X: X.inverse()),
    ("log-det", "not inverted", lambda X: X.mT),
    ("log-det", "factor 1 / det X dropped", lambda X: X.det() * X.inverse().mT),
    ("log-det", "of a symmetric argument", lambda X: 2 * X.inverse() - X.inverse().diag().diag()),
]


@every_seed
@every_size
@pytest.mark.parametrize(("name", "mistake", "claimed"), WRONG, ids=lambda v: str(v)[:24])
def test_wrong_formula_is_refused(
    name: str, mistake: str, claimed: Callable[..., object], n: int, seed: int
) -> None:
    """A formula with a common mistake is refused at every size and seed."""
    identity = next(identity for identity in IDENTITIES if identity.name == name)
    assert not check_gradient(identity.function, claimed, *point(identity, n, seed)), mistake


@every_identity
def test_wrong_formulas_exist(identity: Identity) -> None:
    """Every identity has mistakes to be refused."""
    assert identity.name in {name for name, _, _ in WRONG}


# The numbers of the original notes, digit by digit as they were printed there


@pytest.mark.parametrize("shape", [(), (1,)])
def test_scalar_example_at_one_two(shape: tuple[int, ...]) -> None:
    """At (1, 2) the value is 0.9093 and the partials are 0.1677 and -0.4161."""
    x = torch.full(shape, 1.0, requires_grad=True)
    y = torch.full(shape, 2.0, requires_grad=True)
    value = scalar_example(x, y)
    value.backward()  # type: ignore[no-untyped-call]
    assert value.shape == shape
    assert f"{value.item():.4f}" == "0.9093"
    for found in ((x.grad, y.grad), scalar_example_gradient(x, y)):
        assert [f"{g.item():.4f}" for g in found if g is not None] == ["0.1677", "-0.4161"]


def test_squared_norm_of_sum_with_seed_123() -> None:
    """Both gradients and the closed form print the five numbers of the original."""
    torch.manual_seed(123)
    x = torch.randn(5).requires_grad_()
    y = torch.rand(5).requires_grad_()
    squared_norm_of_sum(x, y).backward()  # type: ignore[no-untyped-call]
    printed = "tensor([-0.0717,  0.6340, -0.1064,  0.3226, -2.1567])"
    assert str(x.grad) == str(y.grad) == printed
    with torch.no_grad():
        assert [str(g) for g in squared_norm_of_sum_gradient(x, y)] == [printed, printed]


def test_log_det_with_seed_123() -> None:
    """The value, autograd's gradient and the closed form print the digits of the original."""
    torch.manual_seed(123)
    X = torch.randn(5, 5).requires_grad_()
    value = log_det(X)
    value.backward()  # type: ignore[no-untyped-call]
    assert str(value.detach()) == "tensor(1.1183)"
    printed = """\
tensor([[ 0.7673, -0.2915, -0.4447, -1.1218, -0.3021],
        [ 0.5376,  0.2348, -0.5945,  1.1406,  1.0058],
        [ 0.0020, -0.6879,  0.3541, -0.4003, -0.7196],
        [-0.1782,  0.3465, -0.3755,  0.6708,  1.1536],
        [ 0.0992,  0.9788, -0.3062,  0.9806,  1.7905]])"""
    assert str(X.grad) == printed
    assert str(log_det_gradient(X.detach())) == printed


# The edge of the domain


@pytest.mark.parametrize(
    ("X", "message"),
    [
        (torch.zeros(2, 3), r"log_det needs a square matrix; got shape \(2, 3\)"),
        (torch.zeros(3), r"log_det needs a square matrix; got shape \(3,\)"),
        (torch.eye(2).expand(5, 2, 2), r"square matrix; got shape \(5, 2, 2\)"),
        (torch.tensor([[0.0, 3.0], [1.0, 0.0]]), r"its determinant is -3 \(sign -1\)"),
        (-torch.eye(3), r"determinant is -1 \(sign -1\).*torch.linalg.slogdet"),
        (torch.ones(2, 2), r"its determinant is 0 \(sign 0\)"),
        (torch.full((2, 2), torch.nan), "its determinant is nan"),
    ],
)
def test_log_det_says_what_is_wrong(X: Tensor, message: str) -> None:
    """A matrix outside the domain of log det is an error that gives the reason."""
    with pytest.raises(ValueError, match=message):
        log_det(X)


def test_log_det_accepts_a_flipped_matrix_of_even_size() -> None:
    """For even n the sign of the whole matrix does not matter, and log det is the same."""
    X = point(IDENTITIES[-1], 4, 0)[0]
    torch.testing.assert_close(log_det(-X), log_det(X))


def test_scalar_example_outside_its_domain_is_nan() -> None:
    """A negative x has no logarithm."""
    assert scalar_example(torch.tensor(-1.0), torch.tensor(2.0)).isnan()


def test_squared_norm_of_sum_refuses_different_lengths() -> None:
    """Vectors of different lengths have no sum."""
    with pytest.raises(RuntimeError, match="size"):
        squared_norm_of_sum(torch.ones(2), torch.ones(3))
