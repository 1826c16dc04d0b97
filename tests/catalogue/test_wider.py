"""Where an entry holds beyond the points of its set, and what its code is good for."""

from typing import Any

import pytest
import torch
from torch import Tensor

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.evaluation.places import bindings
from autodiff_notes.evaluation.points import precision, sample
from autodiff_notes.evaluation.samplers import invertible, normal, square, symmetric

every_entry = pytest.mark.parametrize("entry", catalogue.values(), ids=lambda e: e.name)


def run(entry: Entry) -> dict[str, Any]:
    """Return what the code to copy defines."""
    names: dict[str, Any] = {}
    with precision():
        exec(entry.code, names)  # noqa: S102 - code of the package itself
    return names


def slope(f: Any, X: Tensor, V: Tensor, h: float = 1e-5) -> float:
    """Return a central difference of a function along a direction."""
    return float((f(X + h * V) - f(X - h * V)) / (2 * h))


@pytest.fixture
def draws() -> torch.Generator:
    """Return a generator with a seed."""
    return torch.Generator().manual_seed(7)


@pytest.mark.parametrize("k", [-3, -2, -1])
@pytest.mark.parametrize("name", ["trace-of-power", "determinant-of-power"])
def test_powers_may_be_negative(name: str, k: int, draws: torch.Generator) -> None:
    """For an invertible matrix the gradients of a power hold for negative exponents."""
    code = run(catalogue[name])
    for n in (2, 3, 4):
        X, V = (sampler(n, generator=draws) for sampler in (invertible, square))
        found = float((code["gradient"](X, k) * V).sum())
        assert found == pytest.approx(slope(lambda X: code["f"](X, k), X, V), rel=1e-6)


def test_a_simple_eigenvalue_among_equal_ones_has_an_eigenvector(draws: torch.Generator) -> None:
    """The gradient of a simple eigenvalue's eigenvector holds where the others coincide."""
    code = run(catalogue["eigenvector"])
    Q = torch.linalg.qr(square(4, generator=draws)).Q
    X = Q @ torch.diag(torch.tensor([1.0, 1.0, 1.0, 3.0], dtype=torch.float64)) @ Q.mT
    X = (X + X.mT) / 2
    W, V = square(4, generator=draws), symmetric(4, generator=draws)
    found = float((code["gradient"](X, W, 3) * V).sum())
    assert found == pytest.approx(slope(lambda X: code["f"](X, W, 3), X, V), rel=1e-6)


def test_the_sum_of_complex_eigenvalues_is_the_trace(draws: torch.Generator) -> None:
    """The identity is the gradient of the sum of eigenvalues at any square matrix."""
    for n in (2, 3, 5):
        X, V = square(n, generator=draws), square(n, generator=draws)
        measured = slope(lambda X: torch.linalg.eigvals(X).sum().real, X, V)
        assert float(torch.trace(V)) == pytest.approx(measured, rel=1e-6)


def test_the_one_norm_is_a_p_norm(draws: torch.Generator) -> None:
    """At p = 1 and away from zero entries, the gradient of the p-norm is the sign."""
    x = normal(5, generator=draws)
    torch.testing.assert_close(run(catalogue["p-norm"])["gradient"](x, 1), x.sign())


@pytest.mark.parametrize(
    "entry", [e for e in catalogue.values() if e.hessian], ids=lambda e: e.name
)
def test_a_hessian_is_the_derivative_of_the_gradient(entry: Entry) -> None:
    """The second derivative to copy is the one that torch.func finds."""
    code = run(entry)
    for binding in bindings(entry.declarations, 3):
        values = sample(entry.declarations, binding, 5, torch.float64).values
        arguments = [values[name] for name in entry.parameters]
        place = entry.parameters.index(entry.moving[0])
        by_rows = torch.func.jacrev(torch.func.jacrev(code["f"], argnums=place), argnums=place)
        right = by_rows(*arguments)
        torch.testing.assert_close(code["hessian"](*arguments), right)


def test_an_entry_that_promises_a_hessian_has_it() -> None:
    """A title with a Hessian comes with its formula."""
    assert all(bool(e.hessian) == ("its Hessian" in e.title) for e in catalogue.values())


@every_entry
def test_vmap_serves_a_batch(entry: Entry) -> None:
    """Mapped over a batch, the gradient to copy is that of each point."""
    gradient = run(entry)["gradient"]
    binding = bindings(entry.declarations, 3)[-1]
    drawn = [sample(entry.declarations, binding, seed, torch.float64).values for seed in (1, 2)]
    shared = {n: drawn[0][n] for n in entry.parameters if not isinstance(drawn[0][n], Tensor)}
    points = [[{**values, **shared}[n] for n in entry.parameters] for values in drawn]
    arguments = [
        first if name in shared else torch.stack([first, second])
        for name, first, second in zip(entry.parameters, *points, strict=True)
    ]
    axes = tuple(None if name in shared else 0 for name in entry.parameters)
    with precision():
        found = torch.func.vmap(gradient, in_dims=axes)(*arguments)
        each = [gradient(*point) for point in points]
    if isinstance(found, Tensor):
        found, each = (found,), [(one,) for one in each]
    for place, batch in enumerate(found):
        torch.testing.assert_close(batch, torch.stack([one[place] for one in each]))


def test_the_code_to_copy_is_as_stable_as_torch() -> None:
    """Cross-entropy in float32 is what torch ships, for a one-hot target and large logits too."""
    f = run(catalogue["cross-entropy"])["f"]
    logits, target = torch.tensor([200.0, 0.0, -50.0]), torch.tensor([1.0, 0.0, 0.0])
    shipped = torch.nn.functional.cross_entropy(logits, target)
    torch.testing.assert_close(f(logits, target), shipped)
    assert f(logits, target.flip(0)).isfinite()


def test_log_cosh_does_not_overflow() -> None:
    """A matrix with a large eigenvalue has a finite log cosh in float32."""
    entry = next(e for e in catalogue.values() if "cosh" in e.function)
    code = run(entry)
    X = torch.diag(torch.tensor([-120.0, 3.0, 100.0]))
    value = code["f"](X)
    assert value.isfinite()
    assert torch.func.jacrev(code["f"])(X).isfinite().all()
