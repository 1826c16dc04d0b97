"""Functions are called a known number of times, and what is no function is told."""

import numpy as np
import torch
from torch import Tensor

from autodiff_notes.checking.gradient import check_gradient
from support import double, draw, square


def test_function_that_is_not_deterministic() -> None:
    """A counter, or a generator of one's own, is told as such, in f and in the claim."""
    rng = np.random.default_rng(0)
    calls = [0]

    def counting(x: Tensor) -> Tensor:
        calls[0] += 1
        return square(x) + calls[0]

    for f in (lambda x: square(x) * (1 + 1e-3 * rng.normal()), counting):
        report = check_gradient(f, double, draw(3))
        assert report.outcome == "not checked"
        assert report.diagnoses[0].sentence.startswith(
            "f is not deterministic: two calls at the same"
        )
        assert str(report).startswith(
            "The claimed gradient is not confirmed: f is not deterministic."
        )
    report = check_gradient(square, lambda x: 2 * x * rng.normal(), draw(3))
    assert report.diagnoses[0].sentence.startswith("claimed is not deterministic")


def test_function_that_looks_at_the_grad_mode() -> None:
    """A function that computes something else without a graph is called with one."""

    def f(x: Tensor) -> Tensor:
        return square(x) if torch.is_grad_enabled() else 0 * square(x)

    assert check_gradient(f, double, draw(3))


def test_few_copies() -> None:
    """A 4x4 input costs some hundred calls, and f never gets the tensor that it got before."""
    seen: list[int] = []

    def f(X: Tensor) -> Tensor:
        seen.append(X.data_ptr())
        return square(X)

    assert check_gradient(f, double, draw(4, 4))
    assert len(seen) < 160
    assert len(set(seen)) < 30


def test_memory_keeps_no_stale_values() -> None:
    """A function that remembers results by the tensor it got is given a new one each time."""
    remembered: dict[Tensor, Tensor] = {}

    def f(x: Tensor) -> Tensor:
        if x not in remembered:
            remembered[x] = square(x)
        return remembered[x]

    assert check_gradient(f, double, draw(3))
