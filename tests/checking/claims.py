"""Claims from practice: a function, its gradient, and the gradients that people write instead.

Layers, losses, statistics, kernels, rotations, matrices, complex numbers; scales from 1e-12 to 1e12.
Each is checked in float64 and in float32, unless it says otherwise. A wrong claim has the name of
the diagnosis that it must get, or "" where it must get none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import pi
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

Function = Callable[..., Any]

FLOAT64 = (torch.float64,)
BOTH = (torch.float64, torch.float32)


class Draw:
    """A source of random numbers of one type."""

    def __init__(self, dtype: torch.dtype, seed: int) -> None:
        self.dtype, self.generator = dtype, torch.Generator().manual_seed(seed)

    def normal(self, *shape: int) -> Tensor:
        """Return normal numbers."""
        return torch.randn(shape, generator=self.generator, dtype=torch.float64).to(self.dtype)

    def positive(self, *shape: int) -> Tensor:
        """Return numbers from 0.5 to 2.5."""
        drawn = torch.rand(shape, generator=self.generator, dtype=torch.float64)
        return (0.5 + 2 * drawn).to(self.dtype)

    def spd(self, n: int) -> Tensor:
        """Return a symmetric positive definite matrix."""
        A = self.normal(n, n)
        return A @ A.mT / n + torch.eye(n, dtype=self.dtype)

    def complex(self, *shape: int) -> Tensor:
        """Return complex normal numbers."""
        return torch.complex(self.normal(*shape), self.normal(*shape))


@dataclass(frozen=True)
class Case:
    """One function, and what is claimed of its gradient for the first of its arguments.

    Attributes
    ----------
    name : str
        What it is.
    point : callable
        Takes a Draw and returns the arguments.
    f : callable
        The function.
    right : callable
        Its gradient.
    wrong : dict
        Other claims, by the mistake: the claim, and the diagnosis.
    dtypes : tuple of torch.dtype
        The types in which it is checked.
    """

    name: str
    point: Callable[[Draw], tuple[Any, ...]]
    f: Function
    right: Function
    wrong: Mapping[str, tuple[Function, str]] = field(default_factory=dict)
    dtypes: tuple[torch.dtype, ...] = BOTH


def one_hot(y: Tensor, like: Tensor) -> Tensor:
    """Return labels as rows of zeros and a one."""
    return F.one_hot(y, like.shape[-1]).to(like.dtype)


def softmax_error(x: Tensor, y: Tensor) -> Tensor:
    """Return the gradient of the mean cross entropy."""
    return (x.softmax(1) - one_hot(y, x)) / len(x)


LABELS = torch.tensor([0, 2, 1, 2, 3])


def layer_norm_vjp(x: Tensor, v: Tensor) -> Tensor:
    """Return the product of v with the Jacobian of a layer norm without parameters."""
    centred = x - x.mean(-1, keepdim=True)
    s = (x.var(-1, keepdim=True, unbiased=False) + 1e-5).sqrt()
    n = centred / s
    return (v - v.mean(-1, keepdim=True) - n * (v * n).mean(-1, keepdim=True)) / s


def standardised(x: Tensor) -> Tensor:
    """Return x with mean 0 and variance 1 along the last dimension."""
    return F.layer_norm(x, x.shape[-1:])


def gelu_slope(x: Tensor) -> Any:
    """Return the derivative of the exact gelu."""
    value: Tensor = 0.5 * (1 + torch.erf(x / 2**0.5)) + x * (-x * x / 2).exp() / (2 * pi) ** 0.5
    return value


def rotation(a: Tensor) -> Tensor:
    """Return the rotation of the plane by an angle."""
    return torch.stack([a.cos(), -a.sin(), a.sin(), a.cos()]).reshape(2, 2)


def rotation_slope(a: Tensor) -> Tensor:
    """Return its derivative."""
    return torch.stack([-a.sin(), -a.cos(), a.cos(), -a.sin()]).reshape(2, 2)


def rbf(x: Tensor, z: Tensor, s: Tensor) -> Tensor:
    """Return the sum of a Gaussian kernel between x and the rows of z."""
    return (-(x - z).square().sum(1) / (2 * s * s)).exp().sum()


def rbf_gradient(x: Tensor, z: Tensor, s: Tensor) -> Tensor:
    """Return its gradient by x."""
    k = (-(x - z).square().sum(1) / (2 * s * s)).exp()
    return -(k[:, None] * (x - z)).sum(0) / (s * s)


def design(n: int, dtype: torch.dtype) -> Tensor:
    """Return the columns 1, year and year squared."""
    years = torch.arange(1990.0, 1990.0 + n, dtype=torch.float64)
    return torch.stack([torch.ones(n, dtype=torch.float64), years, years**2], 1).to(dtype)


def regression(w: Tensor, X: Tensor, y: Tensor) -> Tensor:
    """Return the sum of squares of a regression."""
    return (X @ w - y).square().sum() / 2


def regression_gradient(w: Tensor, X: Tensor, y: Tensor) -> Tensor:
    """Return its gradient."""
    return X.mT @ (X @ w - y)


def changed(gradient: Function, k: int, factor: float) -> Function:
    """Return a gradient of which entry k is multiplied."""

    def claim(*inputs: Any) -> Tensor:
        g: Tensor = gradient(*inputs).clone()
        g.reshape(-1)[k] *= factor
        return g

    return claim


def times(factor: float, gradient: Function) -> Function:
    """Return a multiple of a gradient."""
    return lambda *inputs: factor * gradient(*inputs)


def symmetric(f: Function) -> Function:
    """Return f of the symmetric part of a matrix."""
    return lambda S, *rest: f((S + S.mT) / 2, *rest)


def top_outer(S: Tensor) -> Any:
    """Return the outer product of the eigenvector of the largest eigenvalue."""
    v = torch.linalg.eigh(S).eigenvectors[:, -1]
    return torch.outer(v, v)


CASES: tuple[Case, ...] = (
    # Losses
    Case(
        "cross entropy with labels",
        lambda d: (d.normal(5, 4), LABELS),
        F.cross_entropy,
        softmax_error,
        {
            "sum for mean": (lambda x, y: x.softmax(1) - one_hot(y, x), "factor"),
            "softmax alone": (lambda x, y: x.softmax(1) / len(x), ""),
            "sign": (times(-1, softmax_error), "sign"),
            "normalised over the batch": (lambda x, y: (x.softmax(0) - one_hot(y, x)) / len(x), ""),
        },
    ),
    Case(
        "binary cross entropy with logits",
        lambda d: (d.normal(6), (d.normal(6) > 0).to(d.dtype)),
        F.binary_cross_entropy_with_logits,
        lambda x, y: (x.sigmoid() - y) / len(x),
        {
            "with the slope of the sigmoid": (
                lambda x, y: (x.sigmoid() - y) * x.sigmoid() * (1 - x.sigmoid()) / len(x),
                "",
            ),
            "not divided": (lambda x, y: x.sigmoid() - y, "factor"),
        },
    ),
    Case(
        "mean squared error",
        lambda d: (d.normal(3, 4), d.normal(3, 4)),
        F.mse_loss,
        lambda x, y: 2 * (x - y) / x.numel(),
        {
            "without the two": (lambda x, y: (x - y) / x.numel(), "factor"),
            "divided by the rows alone": (lambda x, y: 2 * (x - y) / len(x), "factor"),
        },
    ),
    Case(
        "Huber loss",
        lambda d: (3 * d.normal(8), d.normal(8)),
        lambda x, y: F.huber_loss(x, y, reduction="sum"),
        lambda x, y: (x - y).clamp(-1, 1),
        {"not clamped": (lambda x, y: x - y, "")},
    ),
    Case(
        "KL divergence of a softmax",
        lambda d: (d.normal(5), d.normal(5).softmax(0)),
        lambda x, p: F.kl_div(x.log_softmax(0), p, reduction="sum"),
        lambda x, p: x.softmax(0) - p,
        {"the other way round": (lambda x, p: p - x.softmax(0), "sign")},
    ),
    Case(
        "KL divergence at its zero",
        lambda d: (torch.tensor([0.3, -0.2, 1.1, 0.4], dtype=d.dtype),) * 2,
        lambda x, y: F.kl_div(x.log_softmax(0), y.log_softmax(0), reduction="sum", log_target=True),
        lambda x, y: x.softmax(0) - y.softmax(0),
        {"the target": (lambda x, y: y.softmax(0) / 100, "")},
    ),
    Case(
        "hinge loss",
        lambda d: (d.normal(7), d.normal(7).sign()),
        lambda x, y: (1 - y * x).relu().sum(),
        lambda x, y: -y * (y * x < 1).to(x.dtype),
        {"margin at zero": (lambda x, y: -y * (y * x < 0).to(x.dtype), "")},
    ),
    Case(
        "focal loss",
        lambda d: (d.normal(4),),
        lambda x: -((1 - x.sigmoid()) ** 2 * x.sigmoid().log()).sum(),
        lambda x: (
            (1 - x.sigmoid()) ** 2 * (2 * x.sigmoid() * x.sigmoid().log() - (1 - x.sigmoid()))
        ),
        {
            "weight taken as a constant": (lambda x: -((1 - x.sigmoid()) ** 3), ""),
        },
    ),
    # Layers
    Case(
        "sigmoid",
        lambda d: (d.normal(5),),
        lambda x: x.sigmoid().square().sum() / 2,
        lambda x: x.sigmoid() ** 2 * (1 - x.sigmoid()),
        {"slope without the output": (lambda x: x.sigmoid() * (1 - x.sigmoid()), "")},
    ),
    Case(
        "tanh",
        lambda d: (d.normal(5),),
        lambda x: x.tanh().sum(),
        lambda x: 1 - x.tanh() ** 2,
        {
            "not squared": (lambda x: 1 - x.tanh(), ""),
            "off by a constant": (lambda x: 2 - x.tanh() ** 2, "constant"),
        },
    ),
    Case(
        "gelu",
        lambda d: (d.normal(6),),
        lambda x: F.gelu(x).sum(),
        gelu_slope,
        {
            "approximated by a sigmoid": (
                lambda x: (1.702 * x).sigmoid() * (1 + 1.702 * x * (1 - (1.702 * x).sigmoid())),
                "",
            ),
            "without the density": (lambda x: 0.5 * (1 + torch.erf(x / 2**0.5)), ""),
        },
    ),
    Case(
        "silu",
        lambda d: (d.normal(6),),
        lambda x: F.silu(x).sum(),
        lambda x: x.sigmoid() * (1 + x * (1 - x.sigmoid())),
        {"without the product rule": (lambda x: x.sigmoid(), "")},
    ),
    Case(
        "softmax, one of its outputs weighed",
        lambda d: (d.normal(2, 4), d.normal(2, 4)),
        lambda x, v: (v * x.softmax(1)).sum(),
        lambda x, v: x.softmax(1) * (v - (x.softmax(1) * v).sum(1, keepdim=True)),
        {
            "mean for weighted mean": (
                lambda x, v: x.softmax(1) * (v - v.mean(1, keepdim=True)),
                "",
            ),
            "diagonal alone": (lambda x, v: x.softmax(1) * (1 - x.softmax(1)) * v, ""),
        },
    ),
    Case(
        "layer norm, weighed",
        lambda d: (d.normal(3, 5), d.normal(3, 5)),
        lambda x, v: (v * standardised(x)).sum(),
        layer_norm_vjp,
        {
            "statistics taken as constants": (
                lambda x, v: v / (x.var(-1, keepdim=True, unbiased=False) + 1e-5).sqrt(),
                "",
            ),
            "unbiased variance": (
                lambda x, v: layer_norm_vjp(x, v) * (4 / 5) ** 0.5,
                "factor",
            ),
        },
    ),
    Case(
        "layer norm, summed",
        lambda d: (d.normal(3, 5),),
        lambda x: standardised(x).sum(),
        torch.zeros_like,
        {"ones": (torch.ones_like, "constant"), "a tenth": (lambda x: 0.1 * x, "term")},
    ),
    Case(
        "bias of a linear layer",
        lambda d: (d.normal(4), d.normal(6, 3), d.normal(4, 3)),
        lambda b, X, W: (X @ W.mT + b).square().sum(),
        lambda b, X, W: 2 * (X @ W.mT + b).sum(0),
        {
            "not summed": (lambda b, X, W: 2 * (X @ W.mT + b), "not summed"),
            "the mean": (lambda b, X, W: 2 * (X @ W.mT + b).mean(0), "factor"),
        },
    ),
    Case(
        "weight of a linear layer",
        lambda d: (d.normal(4, 3), d.normal(6, 3), d.normal(6, 4)),
        lambda W, X, V: (V * (X @ W.mT)).sum(),
        lambda W, X, V: V.mT @ X,
        {
            "transposed": (lambda W, X, V: X.mT @ V, "layout"),
            "divided by the batch": (lambda W, X, V: V.mT @ X / len(X), "factor"),
        },
    ),
    Case(
        "scaled dot product attention",
        lambda d: (d.normal(3, 7), d.normal(5, 7), d.normal(3, 5)),
        lambda q, k, v: (v * (q @ k.mT / 7**0.5).softmax(1)).sum(),
        lambda q, k, v: (
            (a := (q @ k.mT / 7**0.5).softmax(1)) * (v - (a * v).sum(1, keepdim=True)) @ k / 7**0.5
        ),
        {
            "without the root": (
                lambda q, k, v: (
                    (a := (q @ k.mT / 7**0.5).softmax(1)) * (v - (a * v).sum(1, keepdim=True)) @ k
                ),
                "factor",
            ),
            "divided by the width": (
                lambda q, k, v: (
                    (a := (q @ k.mT / 7**0.5).softmax(1))
                    * (v - (a * v).sum(1, keepdim=True))
                    @ k
                    / 7
                ),
                "factor",
            ),
        },
    ),
    Case(
        "convolution",
        lambda d: (d.normal(3), d.normal(9), d.normal(7)),
        lambda w, x, v: (v * F.conv1d(x[None, None], w[None, None])[0, 0]).sum(),
        lambda w, x, v: x.unfold(0, 7, 1) @ v,
        {"reversed": (lambda w, x, v: (x.unfold(0, 7, 1) @ v).flip(0), "order")},
    ),
    Case(
        "embedding",
        lambda d: (d.normal(4, 3), torch.tensor([0, 2, 2, 1]), d.normal(4, 3)),
        lambda E, i, v: (v * F.embedding(i, E)).sum(),
        lambda E, i, v: torch.zeros_like(E).index_add(0, i, v),
        {
            "a repeated index overwritten": (
                lambda E, i, v: torch.zeros_like(E).index_copy(0, i, v),
                "",
            ),
        },
    ),
    Case(
        "dropout",
        lambda d: (d.normal(12),),
        lambda x: F.dropout(x, 0.5).square().sum(),
        lambda x: 2 * F.dropout(x, 0.5) * (F.dropout(torch.ones_like(x), 0.5) * 0 + 2),
        {"not rescaled": (lambda x: 2 * F.dropout(x, 0.5), "factor")},
    ),
    Case(
        "cumulative sum",
        lambda d: (d.normal(5), d.normal(5)),
        lambda x, v: (v * x.cumsum(0)).sum(),
        lambda x, v: v.flip(0).cumsum(0).flip(0),
        {
            "from the wrong end": (lambda x, v: v.cumsum(0), ""),
            "not turned back": (lambda x, v: v.flip(0).cumsum(0), "order"),
        },
    ),
    Case(
        "log-sum-exp",
        lambda d: (d.normal(6),),
        lambda x: x.logsumexp(0),
        lambda x: x.softmax(0),
        {"not normalised": (lambda x: x.exp(), "factor")},
    ),
    # Statistics
    Case(
        "variance",
        lambda d: (d.normal(9),),
        lambda x: x.var(),
        lambda x: 2 * (x - x.mean()) / (len(x) - 1),
        {
            "biased": (lambda x: 2 * (x - x.mean()) / len(x), "factor"),
            "mean taken as zero": (lambda x: 2 * x / (len(x) - 1), ""),
        },
    ),
    Case(
        "standard deviation",
        lambda d: (d.normal(9),),
        lambda x: x.std(),
        lambda x: (x - x.mean()) / (len(x) - 1) / x.std(),
        {
            "of the variance": (lambda x: 2 * (x - x.mean()) / (len(x) - 1), "factor"),
            "half of the variance": (lambda x: (x - x.mean()) / (len(x) - 1), "factor"),
        },
    ),
    Case(
        "normal log-likelihood by the mean",
        lambda d: (d.normal(), d.normal(8), d.positive()),
        lambda m, x, s: -((x - m).square() / (2 * s * s)).sum() - len(x) * s.log(),
        lambda m, x, s: (x - m).sum() / (s * s),
        {
            "divided by s": (lambda m, x, s: (x - m).sum() / s, "factor"),
            "sign": (lambda m, x, s: (m - x).sum() / (s * s), "sign"),
        },
        FLOAT64,
    ),
    Case(
        "normal log-likelihood by the deviation",
        lambda d: (d.positive(4), d.normal(4)),
        lambda s, x: -(x.square() / (2 * s * s)).sum() - s.log().sum(),
        lambda s, x: x.square() / s**3 - 1 / s,
        {
            "by its logarithm": (lambda s, x: x.square() / s**2 - 1, "logarithm"),
            "without the normaliser": (lambda s, x: x.square() / s**3, ""),
        },
    ),
    Case(
        "Gaussian log-density by the precision",
        lambda d: (d.spd(4), d.normal(4)),
        lambda P, x: (torch.logdet(P) - x @ P @ x) / 2,
        lambda P, x: (torch.linalg.inv(P) - x.outer(x)) / 2,
        {
            "without the half": (lambda P, x: torch.linalg.inv(P) - x.outer(x), "factor"),
            "covariance for precision": (lambda P, x: (P - x.outer(x)) / 2, ""),
            "for free entries": (
                lambda P, x: (
                    (G := (torch.linalg.inv(P) - x.outer(x)) / 2) + G.mT - torch.diag(G.diagonal())
                ),
                "free entries",
            ),
        },
    ),
    Case(
        "correlation",
        lambda d: (d.normal(6), d.normal(6)),
        lambda x, y: F.cosine_similarity(x - x.mean(), y - y.mean(), dim=0),
        lambda x, y: (
            (a := x - x.mean()),
            (b := y - y.mean()),
            (b / b.norm() - (a @ b) / (a.norm() * b.norm()) * a / a.norm()) / a.norm(),
        )[2],
        {
            "norms taken as constants": (
                lambda x, y: (y - y.mean()) / ((x - x.mean()).norm() * (y - y.mean()).norm()),
                "",
            )
        },
    ),
    Case(
        "ridge regression",
        lambda d: (d.normal(4), d.normal(9, 4), d.normal(9), d.positive()),
        lambda w, X, y, lam: (X @ w - y).square().sum() + lam * w @ w,
        lambda w, X, y, lam: 2 * X.mT @ (X @ w - y) + 2 * lam * w,
        {
            "without the penalty": (lambda w, X, y, lam: 2 * X.mT @ (X @ w - y), "term"),
            "half of the penalty": (lambda w, X, y, lam: 2 * X.mT @ (X @ w - y) + lam * w, "term"),
        },
    ),
    Case(
        "regression on years",
        lambda d: (
            torch.tensor([1.0, 1e-3, 1e-6], dtype=d.dtype),
            design(12, d.dtype),
            torch.linspace(6.0, 8.0, 12, dtype=d.dtype),
        ),
        regression,
        regression_gradient,
        {
            "intercept with the wrong sign": (changed(regression_gradient, 0, -1.0), ""),
            "intercept forgotten": (changed(regression_gradient, 0, 0.0), ""),
            "intercept five times too large": (changed(regression_gradient, 0, 5.0), ""),
        },
    ),
    Case(
        "least squares at its solution",
        lambda d: (
            torch.linalg.lstsq((X := d.normal(8, 3)), (y := d.normal(8))[:, None]).solution[:, 0],
            X,
            y,
        ),
        regression,
        regression_gradient,
        {"off by 1e-3": (lambda w, X, y: regression_gradient(w, X, y) + 1e-3, "constant")},
    ),
    # Kernels and distances
    Case(
        "Gaussian kernel",
        lambda d: (d.normal(3), d.normal(5, 3), d.positive()),
        rbf,
        rbf_gradient,
        {
            "without the width": (lambda x, z, s: s * s * rbf_gradient(x, z, s), "factor"),
            "sign": (times(-1, rbf_gradient), "sign"),
        },
    ),
    Case(
        "Euclidean norm",
        lambda d: (d.normal(5),),
        torch.linalg.vector_norm,
        lambda x: x / x.norm(),
        {"of its square": (lambda x: 2 * x, "factor"), "not divided": (lambda x: x, "factor")},
    ),
    Case(
        "inverse distance at a nanometre",
        lambda d: (1e-9 * d.normal(3),),
        lambda r: 1 / torch.linalg.vector_norm(r),
        lambda r: -r / r.norm() ** 3,
        {
            "squared": (lambda r: -r / r.norm() ** 2, "factor"),
            "sign": (lambda r: r / r.norm() ** 3, "sign"),
        },
    ),
    Case(
        "potential at 1e9",
        lambda d: (1e9 * d.positive(3),),
        lambda r: (1 / r).sum() * 1e12,
        lambda r: -1e12 / r**2,
        {"not squared": (lambda r: -1e12 / r, "logarithm")},
    ),
    # Rotations and angles
    Case(
        "rotation of the plane",
        lambda d: (d.normal(), d.normal(2), d.normal(2)),
        lambda a, x, y: y @ rotation(a) @ x,
        lambda a, x, y: y @ rotation_slope(a) @ x,
        {"transposed": (lambda a, x, y: x @ rotation_slope(a) @ y, "")},
    ),
    Case(
        "sine of degrees",
        lambda d: (90 * d.normal(4),),
        lambda a: a.deg2rad().sin().sum(),
        lambda a: a.deg2rad().cos() * pi / 180,
        {"in radians": (lambda a: a.deg2rad().cos(), "factor")},
    ),
    Case(
        "quaternion norm penalty",
        lambda d: (d.normal(4),),
        lambda q: (q @ q - 1) ** 2,
        lambda q: 4 * (q @ q - 1) * q,
        {"chain rule forgotten": (lambda q: 2 * (q @ q - 1) * q, "factor")},
    ),
    Case(
        "phase of a fast wave",
        lambda d: (d.positive(3),),
        lambda t: (1e6 * t).sin().sum(),
        lambda t: 1e6 * (1e6 * t).cos(),
        {
            "without the frequency": (lambda t: (1e6 * t).cos(), "factor"),
            "5 % off": (lambda t: 1.05e6 * (1e6 * t).cos(), "factor"),
        },
        FLOAT64,
    ),
    Case(
        "sine at 1e6",
        lambda d: (1e6 + d.positive(3),),
        lambda t: t.sin().sum(),
        lambda t: t.cos(),
        {"sign": (lambda t: -t.cos(), "sign")},
        FLOAT64,
    ),
    # Matrices
    Case(
        "quadratic form",
        lambda d: (d.normal(4), d.normal(4, 4)),
        lambda x, A: x @ A @ x,
        lambda x, A: (A + A.mT) @ x,
        {
            "A symmetric": (lambda x, A: 2 * A @ x, "symmetric input"),
            "one half": (lambda x, A: A @ x, "half a sum"),
        },
    ),
    Case(
        "bilinear form",
        lambda d: (d.normal(4), d.normal(3), d.normal(3, 4)),
        lambda x, y, A: y @ A @ x,
        lambda x, y, A: A.mT @ y,
        {"doubled": (lambda x, y, A: 2 * A.mT @ y, "factor")},
    ),
    Case(
        "log-determinant",
        lambda d: (d.normal(4, 4) + 4 * torch.eye(4, dtype=d.dtype),),
        torch.logdet,
        lambda X: torch.linalg.inv(X).mT,
        {"not transposed": (torch.linalg.inv, "transpose")},
    ),
    Case(
        "determinant",
        lambda d: (d.normal(3, 3) + 3 * torch.eye(3, dtype=d.dtype),),
        torch.linalg.det,
        lambda X: torch.linalg.det(X) * torch.linalg.inv(X).mT,
        {
            "of its logarithm": (lambda X: torch.linalg.inv(X).mT, "factor"),
            "not transposed": (lambda X: torch.linalg.det(X) * torch.linalg.inv(X), "transpose"),
        },
    ),
    Case(
        "trace of an inverse",
        lambda d: (d.spd(3) + 0.1 * d.normal(3, 3),),
        lambda X: torch.linalg.inv(X).trace(),
        lambda X: -torch.linalg.matrix_power(torch.linalg.inv(X), 2).mT,
        {
            "sign": (lambda X: torch.linalg.matrix_power(torch.linalg.inv(X), 2).mT, "sign"),
            "not transposed": (
                lambda X: -torch.linalg.matrix_power(torch.linalg.inv(X), 2),
                "transpose",
            ),
        },
    ),
    Case(
        "Frobenius norm",
        lambda d: (d.normal(3, 4),),
        torch.linalg.matrix_norm,
        lambda X: X / torch.linalg.matrix_norm(X),
        {"squared": (lambda X: 2 * X, "factor")},
    ),
    Case(
        "nuclear norm",
        lambda d: (d.normal(4, 3),),
        lambda X: torch.linalg.matrix_norm(X, "nuc"),
        lambda X: (s := torch.linalg.svd(X, full_matrices=False)).U @ s.Vh,
        {"of the square": (lambda X: 2 * X, "")},
    ),
    Case(
        "largest eigenvalue",
        lambda d: (d.spd(4),),
        symmetric(lambda S: torch.linalg.eigvalsh(S)[-1]),
        top_outer,
        {
            "doubled": (times(2, top_outer), "factor"),
            "of the smallest": (
                lambda S: (v := torch.linalg.eigh(S).eigenvectors[:, 0]).outer(v),
                "",
            ),
        },
    ),
    Case(
        "log-determinant by Cholesky",
        lambda d: (d.spd(4),),
        symmetric(lambda S: 2 * torch.linalg.cholesky(S).diagonal().log().sum()),
        torch.linalg.inv,
        {
            "of the factor": (lambda S: torch.linalg.inv(torch.linalg.cholesky(S)), ""),
            "half": (lambda S: torch.linalg.inv(S) / 2, "factor"),
        },
    ),
    Case(
        "solution of a system",
        lambda d: (d.normal(4), d.spd(4) + 0.2 * d.normal(4, 4), d.normal(4)),
        lambda b, A, c: c @ torch.linalg.solve(A, b),
        lambda b, A, c: torch.linalg.solve(A.mT, c),
        {
            "not transposed": (lambda b, A, c: torch.linalg.solve(A, c), "transposed input"),
        },
    ),
    # Scales
    Case(
        "capacitor of a nanofarad",
        lambda d: (torch.tensor(1e-9, dtype=d.dtype),),
        lambda C: (-1e-6 / (1e3 * C)).exp(),
        lambda C: (-1e-6 / (1e3 * C)).exp() * 1e-9 / C**2,
        {
            "not squared": (lambda C: (-1e-6 / (1e3 * C)).exp() * 1e-9 / C, "factor"),
            "sign": (lambda C: -(-1e-6 / (1e3 * C)).exp() * 1e-9 / C**2, "sign"),
        },
        FLOAT64,
    ),
    Case(
        "large and small terms",
        lambda d: (d.positive(2),),
        lambda x: 1e12 * x[0] + x[1] ** 2,
        lambda x: torch.stack([torch.full_like(x[0], 1e12), 2 * x[1]]),
        {
            "sign of the small": (
                changed(lambda x: torch.stack([torch.full_like(x[0], 1e12), 2 * x[1]]), 1, -1.0),
                "",
            ),
            "small forgotten": (
                changed(lambda x: torch.stack([torch.full_like(x[0], 1e12), 2 * x[1]]), 1, 0.0),
                "",
            ),
        },
    ),
    Case(
        "a penalty beside 20,000 rows",
        lambda d: (torch.tensor(0.3, dtype=d.dtype), d.positive(20_000)),
        lambda s, X: X.sum() + 1e-3 * s**2,
        lambda s, X: 2e-3 * s,
        {
            "fifty times too large": (lambda s, X: 0.1 * s, ""),
            "sign": (lambda s, X: -2e-3 * s, "sign"),
        },
    ),
    Case(
        "tiny gradient",
        lambda d: (d.normal(3),),
        lambda x: 1e-12 * x.square().sum(),
        lambda x: 2e-12 * x,
        {"zero": (torch.zeros_like, "term"), "doubled": (lambda x: 4e-12 * x, "factor")},
    ),
    Case(
        "nearly saturated",
        lambda d: (10 + d.positive(3),),
        lambda x: x.sigmoid().sum(),
        lambda x: x.sigmoid() * (-x).sigmoid(),
        {"zero": (torch.zeros_like, ""), "sign": (lambda x: -x.sigmoid() * (-x).sigmoid(), "sign")},
        FLOAT64,
    ),
    # Complex numbers
    Case(
        "power of a field",
        lambda d: (d.complex(4),),
        lambda z: (z.abs() ** 2).sum(),
        lambda z: 2 * z,
        {
            "conjugate": (lambda z: 2 * z.conj(), "conjugate"),
            "without the two": (lambda z: z, "factor"),
            "times i": (lambda z: 2j * z, "factor i"),
        },
    ),
    Case(
        "real part of a holomorphic function",
        lambda d: (d.complex(4),),
        lambda z: z.exp().real.sum(),
        lambda z: z.exp().conj(),
        {
            "not conjugated": (lambda z: z.exp(), "conjugate"),
            "Wirtinger": (lambda z: z.exp().conj() / 2, "factor"),
        },
    ),
    Case(
        "modulus",
        lambda d: (d.complex(3),),
        lambda z: z.abs().sum(),
        lambda z: z / z.abs(),
        {"Wirtinger": (lambda z: z / (2 * z.abs()), "factor")},
    ),
    Case(
        "phase",
        lambda d: (d.complex(3),),
        lambda z: z.angle().sum(),
        lambda z: 1j * z / z.abs() ** 2,
        {"without i": (lambda z: z / z.abs() ** 2, "factor i")},
    ),
)
