"""What other checks say of the claims on the page "Check your own gradient".

Run it by hand, in an environment of its own, where it makes one::

    python -m venv checkers
    checkers/bin/pip install . scipy numdifftools jax autograd
    checkers/bin/python benchmarks/checkers.py

Each row is a wrong claim, or a right one at a point that asks for care; each column a check, as its
documentation says to call it with what it does by default. ``refused`` and ``holds`` are what it
answers; a number is the error that it returns and leaves the reader to judge.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from autodiff_notes import check_gradient


@dataclass(frozen=True)
class Row:
    """A function, a claim and a point.

    Attributes
    ----------
    name : str
        What is special about it.
    f, claim : callable
        Of a tensor of torch.
    x : tuple of float
        The point.
    right : bool
        Whether the claim is right.
    """

    name: str
    f: Callable[[Tensor], Tensor]
    claim: Callable[[Tensor], Tensor]
    x: tuple[float, ...]
    right: bool


def year(x: Any) -> Any:
    """Return a loss whose gradient has a small entry beside large ones."""
    return (1e12 * x[0] + x[1] ** 2) * 1.0


ROWS = (
    Row("twice the gradient", lambda x: (x**3).sum(), lambda x: 6 * x**2, (0.5, -1.2), right=False),
    Row(
        "wrong sign of the smaller entry",
        year,
        lambda x: torch.stack([1e12 + 0 * x[0], -2 * x[1]]),
        (1.0, 3.0),
        right=False,
    ),
    Row(
        "right, at a nanofarad",
        lambda C: (-1e-9 / C).exp().sum(),
        lambda C: (-1e-9 / C).exp() * 1e-9 / C**2,
        (1e-9,),
        right=True,
    ),
    Row(
        "right, of a fast wave",
        lambda x: (1e6 * x).sin().sum(),
        lambda x: 1e6 * (1e6 * x).cos(),
        (1.0,),
        right=True,
    ),
    Row(
        "mean of two slopes at a kink",
        lambda x: x.abs().sum(),
        lambda x: 0 * x,
        (0.0,),
        right=False,
    ),
)


def ours(row: Row) -> str:
    """Ask check_gradient."""
    x = torch.tensor(row.x, dtype=torch.float64, requires_grad=True)
    return check_gradient(row.f, row.claim, x).outcome


def as_function(row: Row) -> Callable[[Tensor], Tensor]:
    """Return f with the claim as its backward rule, which is how gradcheck gets a claim."""

    class Claimed(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Tensor) -> Tensor:
            ctx.save_for_backward(x)
            return row.f(x)

        @staticmethod
        def backward(ctx: Any, *grads: Any) -> Any:
            return grads[0] * row.claim(ctx.saved_tensors[0])

    return Claimed.apply


def gradcheck(row: Row) -> str:
    """Ask torch.autograd.gradcheck, of a Function with this rule."""
    x = torch.tensor(row.x, dtype=torch.float64, requires_grad=True)
    holds = torch.autograd.gradcheck(as_function(row), (x,), raise_exception=False)
    return "holds" if holds else "refused"


def numpy_of(f: Callable[[Tensor], Tensor]) -> Callable[[Any], Any]:
    """Return a function of arrays of NumPy."""
    return lambda x: f(torch.from_numpy(np.array(x, dtype=float))).numpy()


def check_grads(row: Row) -> str:
    """Ask jax.test_util.check_grads, of a function with this rule."""
    import jax  # noqa: PLC0415 - where it is installed
    from jax.test_util import check_grads as check  # noqa: PLC0415

    def value(x: Any) -> Any:
        shape = jax.ShapeDtypeStruct((), np.float64)
        return jax.pure_callback(numpy_of(row.f), shape, x)

    def slope(x: Any) -> Any:
        return jax.pure_callback(numpy_of(row.claim), jax.ShapeDtypeStruct(x.shape, np.float64), x)

    with jax.enable_x64(True):
        f = jax.custom_vjp(value)
        f.defvjp(lambda x: (value(x), x), lambda x, g: (g * slope(x),))
        try:
            check(f, (jax.numpy.array(row.x),), order=1, modes=["rev"])
        except AssertionError:
            return "refused"
    return "holds"


def check_grad(row: Row) -> str:
    """Ask scipy.optimize.check_grad, which returns the norm of the error."""
    from scipy.optimize import check_grad as check  # noqa: PLC0415

    return f"{check(numpy_of(row.f), numpy_of(row.claim), np.array(row.x)):.1e}"


def numdifftools(row: Row) -> str:
    """Return the largest error beside numdifftools, relative to the entry."""
    from numdifftools import Gradient  # noqa: PLC0415

    x = np.array(row.x)
    found = np.atleast_1d(Gradient(numpy_of(row.f))(x))
    error = np.abs(numpy_of(row.claim)(x) - found)
    return f"{(error / np.abs(found)).max():.1e}"


CHECKS = {
    "check_gradient": ours,
    "gradcheck": gradcheck,
    "check_grads": check_grads,
    "check_grad": check_grad,
    "numdifftools": numdifftools,
}


def main() -> None:
    """Print the table."""
    print(f"{'':34}" + "".join(f"{name:16}" for name in CHECKS))
    for row in ROWS:
        answers = []
        for check in CHECKS.values():
            try:
                answers.append(check(row))
            except ImportError:
                answers.append("-")
        print(f"{row.name:34}" + "".join(f"{answer:16}" for answer in answers))


if __name__ == "__main__":
    main()
