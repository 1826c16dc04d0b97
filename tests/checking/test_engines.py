"""A function may be written in any of the libraries, and none is imported for the sake of it."""

import functools
import math
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch

import forks
from autodiff_notes.checking.engines import ENGINES, engine_of, reachable
from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.operators import check_jacobian, check_jvp, check_vjp
from projects import ROOT, variables


def test_numpy() -> None:
    """Arrays of NumPy are differentiated by differences alone, which the report says."""
    x, A = np.random.default_rng(0).normal(size=(2, 3, 3))
    report = check_gradient(lambda x, A: (x * A).sum(), lambda x, A: A, x, A, wrt="x")
    assert report.holds
    assert [c.witness for c in report.comparisons] == ["central differences"]
    assert "the only witness" in report.notes[0]
    report = check_gradient(lambda x, A: (x * A).sum(), lambda x, A: A.T, x, A, wrt=0)
    assert report.diagnoses[0].name == "transpose"
    assert check_gradient(lambda x, A: (x * A).sum(), lambda x, A: (A, x), x, A)
    assert x.flags.writeable


def test_numpy_in_place() -> None:
    """A function that writes on an array of NumPy is named, and the caller's array is left alone."""

    def f(x: Any) -> Any:
        x *= 2
        return x.sum()

    x = np.ones(3)
    with pytest.raises(ValueError, match="f changes x in place"):
        check_gradient(f, np.ones_like, x)
    assert (x == 1).all()


def test_small_entries_of_numpy_are_not_checked() -> None:
    """Without autograd an entry that differences cannot resolve is listed as not checked."""
    x = np.array([1.0, 2.0])
    f = lambda x: 1e12 * x[0] + x[1] ** 2
    report = check_gradient(f, lambda x: np.array([1e12, 2 * x[1]]), x)
    assert report.outcome == "not checked"
    assert "Not checked: x[1]." in str(report)
    assert "not fully checked: no witness can tell 1 of 2 entries" in report.verdict
    assert check_gradient(f, lambda x: np.array([2e12, 0.0]), x).outcome == "does not hold"


def test_numbers() -> None:
    """Floats are inputs where there is no array."""
    assert check_gradient(math.sin, math.cos, 1.0)
    assert not check_gradient(math.sin, math.sin, 1.0)
    assert check_gradient(
        lambda a, b: a**b, lambda a, b: (b * a ** (b - 1), a**b * math.log(a)), 2.0, 3.0
    )
    assert check_gradient(lambda a, n: a**n, lambda a, n: n * a ** (n - 1), 2.0, 3)


def test_numpy_products() -> None:
    """Backward passes and Jacobians of NumPy are checked too."""
    x = np.random.default_rng(0).normal(size=4)

    def softmax(x: Any) -> Any:
        e = np.exp(x - x.max())
        return e / e.sum()

    def backward(v: Any, x: Any) -> Any:
        p = softmax(x)
        return p * (v - (p * v).sum())

    assert check_vjp(softmax, backward, x)
    assert not check_vjp(softmax, lambda v, x: softmax(x) * (v - v.mean()), x)
    assert check_jacobian(np.cumsum, np.tri(4), x)
    # Floats are outputs, alone and beside arrays.
    assert check_vjp(lambda x: float((x**2).sum()), lambda v, x: 2 * v * x, x)
    both = lambda x: [float(x.sum()), {"x": x**2}]
    assert check_vjp(both, lambda v, x: v[0] + 2 * v[1]["x"] * x, x)
    assert not check_vjp(both, lambda v, x: 2 * v[1]["x"] * x, x)
    assert check_vjp(math.sin, lambda v, x: v * math.cos(x), 1.0)
    assert not check_vjp(math.sin, lambda v, x: v * math.sin(x), 1.0)
    with pytest.raises(TypeError, match="arrays of NumPy; expected tensors of torch"):
        check_jvp(np.exp, lambda u, x: u * np.exp(x), x)


def test_jax() -> None:
    """Arrays of JAX are differentiated by jax.grad as well."""
    jax = pytest.importorskip("jax")
    with jax.enable_x64(True):
        x = jax.numpy.array([0.3, -1.2, 2.0])
        report = check_gradient(lambda x: jax.numpy.sin(x).sum(), jax.numpy.cos, x)
        assert report.holds
        assert [c.witness for c in report.comparisons] == ["jax.grad", "central differences"]
        assert not check_gradient(
            lambda x: jax.numpy.sin(x).sum(), lambda x: 1.001 * jax.numpy.cos(x), x
        )
        assert check_vjp(jax.numpy.exp, lambda v, x: v * jax.numpy.exp(x), x)
        z = jax.numpy.array([1 + 2j, 3 - 1j])
        assert check_gradient(lambda z: (abs(z) ** 2).sum(), lambda z: 2 * z, z)


def test_hips_autograd() -> None:
    """A function on the NumPy of HIPS autograd is differentiated by it, a plain one is not."""
    anp = pytest.importorskip("autograd.numpy")
    x = np.array([0.3, -1.2, 2.0])
    report = check_gradient(lambda x: anp.sin(x).sum(), np.cos, x)
    assert report.holds
    assert [c.witness for c in report.comparisons] == ["HIPS autograd", "central differences"]
    report = check_gradient(lambda x: np.sin(x).sum(), np.cos, x)
    assert [c.witness for c in report.comparisons] == ["central differences"]


class FakeArray:
    """An array of a library that looks like JAX."""

    def __init__(self, numbers: Any) -> None:
        self.numbers = np.array(numbers)
        self.shape, self.dtype = self.numbers.shape, self.numbers.dtype

    def __array__(self, *_: Any, **__: Any) -> Any:
        """Return the numbers."""
        return self.numbers

    def __iter__(self) -> Iterator[Any]:
        """Yield the entries."""
        return map(FakeArray, self.numbers)

    def reshape(self, *shape: int) -> Any:
        """Return the same in another shape."""
        return FakeArray(self.numbers.reshape(*shape))


class FakeJax:
    """A library that looks like JAX; its gradients are differences, exact for squares."""

    class numpy:  # noqa: N801 - the name in JAX
        """Its arrays."""

        asarray = FakeArray

    Array = FakeArray

    @staticmethod
    def grad(f: Callable[..., Any], argnums: tuple[int, ...]) -> Callable[..., list[FakeArray]]:
        """Return the function that gives the gradient, conjugated as in JAX."""

        def slopes(i: int, *arrays: FakeArray) -> FakeArray:
            found = np.zeros_like(arrays[i].numbers)
            for k in np.ndindex(found.shape):
                for unit in (1, 1j) if np.iscomplexobj(found) else (1,):
                    step = np.zeros_like(found)
                    step[k] = unit / 4
                    there, back = (
                        f(*arrays[:i], FakeArray(arrays[i].numbers + s), *arrays[i + 1 :])
                        for s in (step, -step)
                    )
                    if not isinstance(there, FakeArray):
                        raise TypeError("a float is no array")
                    assert there.shape == ()
                    found[k] += 2 * (there.numbers - back.numbers) / unit
            return FakeArray(found)

        return lambda *arrays: [slopes(i, *arrays) for i in argnums]


def squares(x: FakeArray, y: FakeArray) -> FakeArray:
    """Return x squared times the sum of y, entry by entry."""
    return FakeArray(x.numbers**2 * y.numbers.sum())


def slopes(x: FakeArray, y: FakeArray) -> tuple[FakeArray, FakeArray]:
    """Return its Jacobians."""
    return (
        FakeArray(np.diag(2 * x.numbers * y.numbers.sum())),
        FakeArray(np.repeat(x.numbers[:, None] ** 2, len(y.numbers), 1)),
    )


def test_library_that_looks_like_jax(monkeypatch: pytest.MonkeyPatch) -> None:
    """The adapter asks the library itself for arrays and gradients, of one output and of several."""
    monkeypatch.setitem(sys.modules, "jax", FakeJax)
    x, y, z = FakeArray([1.0, 2.0]), FakeArray([0.5, -1.0, 4.0]), FakeArray([1 + 2j, 3 - 1j])
    assert engine_of([x], abs) is ENGINES[1]
    f = lambda x: FakeArray((x.numbers**2).sum())
    report = check_gradient(f, lambda x: FakeArray(2 * x.numbers), x)
    assert report.holds
    assert [c.witness for c in report.comparisons] == ["jax.grad", "central differences"]
    assert not check_gradient(f, lambda x: FakeArray(3 * x.numbers), x)
    report = check_gradient(
        lambda z: FakeArray((abs(z.numbers) ** 2).sum()), lambda z: FakeArray(2 * z.numbers), z
    )
    assert report.holds
    assert report.comparisons[0].witness == "jax.grad"
    report = check_jacobian(squares, slopes, x, y)
    assert report.holds
    assert [c.input for c in report.comparisons] == ["x", "x", "y", "y"]
    assert report.comparisons[0].witness == report.comparisons[2].witness == "jax.grad"
    assert not check_jacobian(squares, lambda x, y: slopes(x, y)[::-1], x, FakeArray([1.0, 3.0]))
    # What it cannot follow is left to differences.
    report = check_gradient(
        lambda x: float((x.numbers**2).sum()), lambda x: FakeArray(2 * x.numbers), x
    )
    assert report.holds
    assert [c.witness for c in report.comparisons] == ["central differences"]


def test_library_that_looks_like_hips_autograd(monkeypatch: pytest.MonkeyPatch) -> None:
    """A function that reaches the library is differentiated by it, through a module or a function."""

    def power(x: Any) -> Any:
        return x**2

    def grad(f: Callable[..., Any], i: int) -> Callable[..., Any]:
        def slope(*arrays: Any) -> Any:
            there = [(*arrays[:i], arrays[i] + s, *arrays[i + 1 :]) for s in np.eye(3) / 4]
            back = [(*arrays[:i], arrays[i] - s, *arrays[i + 1 :]) for s in np.eye(3) / 4]
            return np.array([2 * (f(*a) - f(*b)) for a, b in zip(there, back, strict=True)])

        return slope

    x, y = np.array([0.3, -1.2, 2.0]), np.array([1.0, 2.0, 4.0])
    library = types.ModuleType("autograd.numpy")
    library.power = power  # type: ignore[attr-defined]
    claimed = lambda x, y: (2 * x * y, x**2)
    ways = [lambda x, y: (power(x) * y).sum(), lambda x, y: (library.power(x) * y).sum()]
    for f in ways:  # a library that is not there is not asked
        report = check_gradient(f, claimed, x, y)
        assert report.comparisons[0].witness == "central differences"
    fake = types.ModuleType("autograd")
    fake.grad = grad  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "autograd", fake)
    assert engine_of([x], ways[0]) is ENGINES[3]
    power.__module__ = "autograd.numpy.numpy_wrapper"
    for f in ways:
        report = check_gradient(f, claimed, x, y)
        assert report.holds
        assert [c.witness for c in report.comparisons] == [
            "HIPS autograd",
            "central differences",
        ] * 2
    assert not check_gradient(ways[0], lambda x, y: (x * y, x**2), x, y)


def test_nothing_is_imported() -> None:
    """A check of tensors imports neither JAX nor HIPS autograd."""
    program = (
        "import sys, torch; from autodiff_notes import check_gradient;"
        "x = torch.ones(2, dtype=torch.float64, requires_grad=True);"
        "check_gradient(torch.sum, torch.ones_like, x);"
        "print(sorted({'jax', 'autograd', 'scipy'} & set(sys.modules)))"
    )
    done = forks.everything.run(["-c", program], ROOT, variables(ROOT))
    assert done.stdout.strip() == "[]"


def test_reachable() -> None:
    """What a function holds is found in closures, globals, partials and bound methods."""
    net = torch.nn.Linear(2, 2)

    def inner() -> Any:
        return net

    assert any(x is net for x in reachable(inner))
    assert any(x is net for x in reachable(net.forward))


def test_a_number_keeps_its_digits() -> None:
    """A float is a number of float64, whatever type torch has by default."""
    for x, f, slope in (
        (0.3, lambda x: 3.0 * x, 3.0 * (1 + 1e-5)),
        (np.array([0.3]), lambda x: float(3.0 * x[0]), np.array([3.0 * (1 + 1e-5)])),
    ):
        report = check_gradient(f, slope, x)
        assert report.outcome == "does not hold"
        assert report.comparisons[0].relative < 2e-5


def test_what_a_function_holds_is_reached() -> None:
    """Closures, globals, bound objects, parts of partials and what is wrapped are looked through."""
    held = object()

    def inside() -> object:
        return held

    @functools.wraps(inside)
    def wrapped(kept: object = None) -> object:
        return kept

    for f in (inside, wrapped, functools.partial(wrapped, inside), [inside], {"f": wrapped}):
        assert any(found is held for found in reachable(f)), f
    assert any(found is functools for found in reachable(test_what_a_function_holds_is_reached))
    assert not any(found is held for found in reachable(inside, depth=0))


def test_how_deep_is_looked() -> None:
    """A function four calls away is found, one more is not, and a name without a value is no fault."""
    held = object()
    chain: Any = lambda: held
    for _ in range(3):
        chain = functools.partial(len, chain)
    assert any(found is held for found in reachable(chain))
    assert not any(found is held for found in reachable([chain]))

    def early() -> object:
        return later

    assert list(reachable(early, depth=1))[0] is early  # noqa: RUF015 - the first of all
    later = held
    assert any(found is held for found in reachable(early))

    def nested() -> Any:
        return [math for _ in (1, 2)] or (lambda: functools)

    found = list(reachable(nested))
    assert math in found
    assert functools in found
    holder = types.SimpleNamespace()
    bound = types.MethodType(early, holder)
    assert any(x is holder for x in reachable(bound))
    assert any(x is early for x in reachable(bound))


def test_tensors_that_torch_keeps_otherwise() -> None:
    """A conjugate that waits, a tensor of an inference and a sparse one are numbers like any other."""
    z = torch.tensor([[1 + 2j, 3 - 1j]], requires_grad=True)
    found = ENGINES[0].tensor(z.conj().mT)
    assert not found.is_conj()
    assert found.is_contiguous()
    assert not found.requires_grad
    assert found.tolist() == [[1 - 2j], [3 + 1j]]
    with torch.inference_mode():
        inside = torch.ones(2)
    assert not ENGINES[0].tensor(inside).is_inference()
    sparse = torch.eye(2).to_sparse()
    assert ENGINES[0].tensor(sparse).to_dense().tolist() == [[1, 0], [0, 1]]
    assert ENGINES[0].tensor(sparse).layout == sparse.layout
