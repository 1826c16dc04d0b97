"""A listener to formulas, for tests: from the words that a screen reader says to a value.

It knows nothing of the vocabulary. It hears English: a function of something, one after the other,
with what stands before or behind its argument; a function of a number is one of a matrix, unless
it is said entrywise.

>>> value("log of absolute value of determinant of X", {"X": torch.eye(2) * 2.0})
tensor(1.3863)
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

import latex_reader
from latex_reader import of_matrix

__all__ = ["value"]

Heard = Callable[..., Any]


def each(f: Heard) -> Heard:
    """Return a function of a number or of each entry of a vector; of a matrix as a whole."""
    return lambda x: of_matrix(f)(x) if getattr(x, "ndim", 0) == 2 else f(torch.as_tensor(x))


def error_function(x: Tensor) -> Tensor:
    """Return it by its integral."""
    s = (torch.arange(20_000, dtype=torch.float64) + 0.5) / 20_000
    mean: Tensor = torch.exp(-((x[..., None] * s) ** 2)).mean(-1)
    return 2 / math.sqrt(math.pi) * mean * x


def polygamma(order: int, x: Tensor) -> Tensor:
    """Return it by its series, and the rest of that by the formula of Euler and Maclaurin."""
    far, sign = x[..., None] + torch.arange(400, dtype=torch.float64), (-1) ** (order + 1)
    end, k = x + 400, order + 1
    rest = end ** (1 - k) / (k - 1) + end**-k / 2 + k * end ** (-k - 1) / 12
    found: Tensor = sign * math.factorial(order) * ((far**-k).sum(-1) + rest)
    return found


def psi(x: Tensor) -> Tensor:
    """Return the slope of the logarithm of the gamma function, by differences."""
    return (torch.lgamma(x + 1e-5) - torch.lgamma(x - 1e-5)) / 2e-5


def huber(delta: float, x: Tensor) -> Tensor:
    """Return the square near zero, and a line beyond."""
    return torch.where(x.abs() <= delta, x**2 / 2, delta * (x.abs() - delta / 2))


def singular(X: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Return the parts of a singular value decomposition of the reduced size."""
    U, s, Vh = torch.linalg.svd(X, full_matrices=False)
    return U, s, Vh


def triangle(X: Tensor, sign: int) -> Tensor:
    """Return the entries on one side of the diagonal, and on it."""
    i = torch.arange(len(X))
    return X * (sign * (i[:, None] - i[None, :]) >= 0)


def hyperbolic(even: int) -> Heard:
    """Return the cosine or the sine of a right hyperbola."""
    return each(lambda x: (torch.exp(x) + (1 if even else -1) * torch.exp(-x)) / 2)


def product(x: Tensor, y: Tensor) -> Tensor:
    """Return the product of two that are said one after the other; of two vectors, column and row."""
    return torch.outer(x, y) if x.ndim + y.ndim == 2 else x @ y


def log(x: Any) -> Any:
    """Return the logarithm of a number, of each entry, or of a matrix."""
    return each(torch.log)(x)


OF: dict[str, Heard] = {
    "exponential": each(torch.exp),
    "log": log,
    "sine": each(torch.sin),
    "cosine": each(torch.cos),
    "tangent": each(lambda x: torch.sin(x) / torch.cos(x)),
    "hyperbolic sine": hyperbolic(even=0),
    "hyperbolic cosine": hyperbolic(even=1),
    "hyperbolic tangent": lambda x: hyperbolic(even=0)(x) / hyperbolic(even=1)(x),
    "arc tangent": each(lambda x: torch.asin(x / torch.sqrt(1 + x**2))),
    "square root": each(lambda x: torch.exp(torch.log(x) / 2)),
    "sign": each(lambda x: x / x.abs()),
    "error function": each(error_function),
    "softplus": each(lambda x: torch.log(1 + torch.exp(x))),
    "relu": each(lambda x: (x + x.abs()) / 2),
    "gamma": each(lambda x: torch.exp(torch.lgamma(x))),
    "psi": each(psi),
    "absolute value": each(torch.abs),
    "conjugate": lambda z: torch.complex(z.real, -z.imag) if z.is_complex() else z,
    "real part": lambda z: (z + z.conj()).real / 2,
    "imaginary part": lambda z: z.imag if z.is_complex() else 0 * z,
    "clamp": lambda x, low, high: torch.as_tensor(x).clamp(low, high),
    "maximum": lambda *x: max(x) if len(x) > 1 else x[0].max(),
    "minimum": lambda *x: min(x) if len(x) > 1 else x[0].min(),
    "softmax": lambda x: torch.exp(x) / torch.exp(x).sum(),
    "log sum exp": lambda x: torch.log(torch.exp(x).sum()),
    "mean": lambda x: x.sum() / len(x),
    "diagonal matrix": lambda x: x * torch.eye(len(x)),
    "Toeplitz matrix": lambda x: latex_reader.toeplitz(x[:, None]),
    "norm": lambda x: (x * x).sum() ** 0.5,
    "Frobenius norm": lambda X: (X * X).sum() ** 0.5,
    "nuclear norm": lambda X: singular(X)[1].sum(),
    "trace": lambda X: X.diagonal().sum(),
    "determinant": torch.linalg.det,
    "diagonal": lambda X: X.diagonal(),
    "vec": lambda X: X.reshape(-1),
    "diagonal sums": latex_reader.diagonals(torch.sum),
    "diagonal means": latex_reader.diagonals(torch.mean),
    "Sylvester solution": latex_reader.sylvester,
    "cofactor matrix": latex_reader.cofactors,
    "adjugate": lambda X: latex_reader.cofactors(X).mT,
    "symmetric part": lambda X: X / 2 + X.mT / 2,
    "skew part": lambda X: X / 2 - X.mT / 2,
    "lower triangle": lambda X: triangle(X, 1),
    "upper triangle": lambda X: triangle(X, -1),
    "phi": lambda X: triangle(X, 1) - X * torch.eye(len(X)) / 2,
    "Cholesky factor": torch.linalg.cholesky,
    "L sub exp": latex_reader.frechet,
    "lambda": torch.linalg.eigvalsh,
    "eigenvectors": lambda X: torch.linalg.eigh(X).eigenvectors,
    "sigma": lambda x: singular(x)[1] if x.ndim == 2 else 1 / (1 + torch.exp(-x)),
    "left singular vectors": lambda X: singular(X)[0],
    "right singular vectors": lambda X: singular(X)[2].mT,
    "rho": lambda X: torch.linalg.eigvals(X).real.max(),
    "Perron vector": latex_reader.perron,
}
BETWEEN: dict[str, Heard] = {
    "Kronecker product": latex_reader.kronecker,
    "Hadamard product": lambda x, y: x * y,
    "Hadamard quotient": lambda x, y: x / y,
}
BEHIND: dict[str, Heard] = {
    "inverse": torch.linalg.inv,
    "pseudoinverse": latex_reader.pseudoinverse,
    "transpose": lambda x: x.mT if x.ndim == 2 else x,
    "conjugate transpose": lambda X: OF["conjugate"](X).mT,
    "star": lambda X: OF["conjugate"](X).mT,
    "squared": lambda x: x * x,
}


def value(words: str, values: Mapping[str, Any], shape: Sequence[int] = ()) -> Any:
    """Return the value of a formula that is heard.

    Parameters
    ----------
    words : str
        The words.
    values : mapping of str to Tensor or number
        The letters in them.
    shape : sequence of int
        The shape of the whole, which nobody says of a vector of ones.
    """

    def hear(text: str) -> Any:
        if text in values:
            return values[text]
        if constant := constants(text, values, shape):
            return constant[0]
        for pattern, meaning in SAID:
            if found := pattern.fullmatch(text):
                return meaning(hear, *found.groups())
        raise AssertionError(f"nobody says {text!r}")

    return hear(words)


def entrywise(hear: Heard, words: str, letter: str) -> Any:
    """Return a function of each entry of a matrix, heard as one of a vector."""
    X = hear(letter)
    return value(words, {letter: X.reshape(-1)}).reshape(X.shape)


def norm(hear: Heard, index: str, letter: str, squared: str | None) -> Any:
    """Return the norm with an index, squared or not."""
    p, x = hear(index), hear(letter)
    assert x.ndim < 2 or p == 2, "of a matrix only the spectral norm has a number"
    found = singular(x)[1].max() if x.ndim == 2 else (x.abs() ** p).sum() ** (1 / p)
    return found**2 if squared else found


def powered(
    hear: Heard, base: str, entry_by_entry: str | None, over: str, under: str | None
) -> Any:
    """Return a power: of e, of a number or a matrix, or of each entry."""
    k = hear(over) / hear(under) if under else hear(over)
    if base == "e":
        return latex_reader.exponential(k) if k.ndim == 2 else torch.exp(k)
    return hear(base) ** k if entry_by_entry else latex_reader.raise_to(hear(base), k)


def any_of(names: Mapping[str, Heard]) -> str:
    """Return a pattern of these names, the longest first."""
    return "|".join(sorted(names, key=len, reverse=True))


SAID: list[tuple[re.Pattern[str], Heard]] = [
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (r"the inner product of (.+) and (.+)", lambda hear, x, y: (hear(x) * hear(y)).sum()),
        (r"entrywise (.+ of (\w))", entrywise),
        (r"huber sub (\w) of (\w)", lambda hear, d, x: huber(hear(d), torch.as_tensor(hear(x)))),
        (r"polygamma of order (\w) of (\w)", lambda hear, k, x: polygamma(hear(k), hear(x))),
        (r"(\w) norm of (\w)( squared)?", norm),
        (r"(\w) to the (Hadamard power )?(\w)(?: over (\w))?", powered),
        (
            rf"({any_of(OF)}) of (.+)(?<! squared)",
            lambda hear, f, xs: OF[f](*map(hear, xs.split(", "))),
        ),
        (rf"(\w) (\w (?:{any_of(BEHIND)}))", lambda hear, x, y: product(hear(x), hear(y))),
        (rf"(.+?) ({any_of(BEHIND)})", lambda hear, x, f: BEHIND[f](hear(x))),
        (rf"(.+?) ({any_of(BETWEEN)}) (.+)", lambda hear, x, f, y: BETWEEN[f](hear(x), hear(y))),
        (r"(.+) (\w)", lambda hear, x, y: product(hear(x), hear(y))),
    )
]


def constants(text: str, values: Mapping[str, Any], shape: Sequence[int]) -> list[Any]:
    """Return the one constant that has a name, of a shape that nobody says."""
    ones = "vector of ones"
    if text.isdigit() and (text != "0" or not shape):
        return [int(text)]
    if found := re.fullmatch(r"e sub (\w)", text):
        return [torch.eye(*shape)[values[found[1]]]]
    known = {
        "I": lambda: torch.eye(*shape),
        "0": lambda: torch.zeros(*shape),
        ones: lambda: torch.ones(*shape),
        f"{ones} {ones} transpose": lambda: torch.ones(*shape),
    }
    return [known[text]()] if text in known else []
