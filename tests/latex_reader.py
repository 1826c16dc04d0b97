r"""A reader of LaTeX, for tests: from a printed formula to its value.

It knows nothing of the printer. It reads as a mathematician does: letters side by side are a
product, functions reach as far as one factor, a sum reaches to the next plus. Vectors are
columns, so that a forgotten transpose cannot be multiplied; I has the size that fits. A
differential and a partial derivative are taken by central differences.

>>> value(r"X^{-\top} x", {"X": torch.tensor([[2.0, 0.0], [0.0, 4.0]]), "x": torch.ones(2)})
tensor([[0.5000],
        [0.2500]])
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product as pairs
from math import factorial
from typing import Any

import torch
from torch import Tensor

from autodiff_notes.notation import letter

__all__ = ["value"]

STEP = 1e-5

Env = dict[str, Any]
Meaning = Callable[[Env], Any]


def value(
    latex: str, values: Mapping[str, Any], tangents: Mapping[str, Tensor] | None = None
) -> Any:
    """Return what a formula means.

    Parameters
    ----------
    latex : str
        The formula.
    values : mapping of str to Tensor or number
        Its variables by their names in code.
    tangents : mapping of str to Tensor
        The directions in which they move where the formula has a differential.
    """
    letters = {_bare(letter(name)): name for name in values}
    meaning = Reader(latex, letters).whole()
    return meaning({**values, "tangents": tangents or {}})


def _bare(latex: str) -> str:
    """Return LaTeX without braces and blanks."""
    return re.sub(r"[{}\s]", "", latex)


@dataclass(frozen=True)
class Identity:
    """A multiple of the identity matrix, of a size that is not known yet."""

    factor: Any = 1

    def like(self, X: Tensor) -> Tensor:
        """Return it in the size of another matrix."""
        eye: Tensor = self.factor * torch.eye(len(X), dtype=X.dtype)
        return eye

    def __neg__(self) -> "Identity":
        """Return the opposite."""
        return Identity(-self.factor)

    def __truediv__(self, other: Any) -> "Identity":
        """Return it divided by a number."""
        return Identity(self.factor / other)


def column(x: Any) -> Any:
    """Return a vector as a column, and anything else as it is."""
    return x[:, None] if isinstance(x, Tensor) and x.ndim == 1 else x


def scalar(x: Any) -> bool:
    """Return whether a value is a number, or a matrix with a single entry."""
    return not isinstance(x, Identity) and (not isinstance(x, Tensor) or x.numel() == 1)


def number(x: Any) -> Any:
    """Return a number without the shape of a matrix."""
    return x.reshape(()) if isinstance(x, Tensor) else x


def two(_: Env) -> int:
    """Return the index that a norm has if it has none."""
    return 2


# What functions mean, by their LaTeX


def of_matrix(f: Callable[[Tensor], Tensor]) -> Callable[[Any], Any]:
    """Return a function of a matrix by its eigenvalues; of anything else entry by entry."""

    def apply(x: Any) -> Any:
        x = torch.as_tensor(x)
        if x.numel() == 1 or x.shape[-1] == 1:
            return f(x)
        eigenvalues, V = torch.linalg.eig(x)
        value = V @ torch.diag(f(eigenvalues)) @ torch.linalg.inv(V)
        return value if x.is_complex() else value.real

    return apply


def entrywise(f: Callable[[Tensor], Any]) -> Callable[[Any], Any]:
    """Return a function of each entry."""
    return lambda x: f(torch.as_tensor(x))


def on_entries(f: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a function of a matrix that takes its entries as a column."""
    return lambda X: f(X.reshape(-1, 1)).reshape(X.shape)


def exponential(X: Any) -> Tensor:
    """Return e to the power of a number or a matrix, by its series."""
    X = torch.as_tensor(X)
    if scalar(X):
        return torch.exp(X)
    X = X.to(torch.float64)
    term = total = torch.eye(len(X), dtype=X.dtype)
    for k in range(1, 80):
        term = term @ X / k
        total = total + term
    return total


def softmax(x: Tensor) -> Tensor:
    """Return exponentials that add up to one."""
    return torch.exp(x) / torch.exp(x).sum()


def cofactors(X: Tensor) -> Tensor:
    """Return the signed minors."""
    n, C = len(X), torch.empty_like(X)
    for i, j in pairs(range(n), range(n)):
        rest = [[X[r, s] for s in range(n) if s != j] for r in range(n) if r != i]
        C[i, j] = (-1) ** (i + j) * torch.linalg.det(torch.tensor(rest))
    return C


def kronecker(A: Any, B: Any) -> Tensor:
    """Return the Kronecker product from its definition."""
    A = A.like(B) if isinstance(A, Identity) else A
    B = B.like(A) if isinstance(B, Identity) else B
    return torch.cat([torch.cat([a * B for a in row], dim=1) for row in A])


def pseudoinverse(X: Tensor) -> Tensor:
    """Return the pseudoinverse of a matrix of full rank."""
    if X.shape[0] < X.shape[1]:
        return pseudoinverse(X.mT).mT
    P: Tensor = torch.linalg.inv(X.mT @ X) @ X.mT
    return P


def sylvester(A: Tensor, B: Tensor, C: Tensor) -> Tensor:
    """Solve AX + XB = C for the columns of X one below the other."""
    m, n = C.shape
    K = kronecker(torch.eye(n), A) + kronecker(B.mT, torch.eye(m))
    X: Tensor = torch.linalg.solve(K, C.mT.flatten()).reshape(n, m).mT
    return X


def frechet(A: Tensor, E: Tensor) -> Any:
    """Return the derivative of the matrix exponential by differences."""
    return (exponential(A + STEP * E) - exponential(A - STEP * E)) / (2 * STEP)


def perron(A: Tensor) -> Tensor:
    """Return the positive eigenvector of length 1, by powers."""
    v = torch.ones(len(A), 1, dtype=A.dtype)
    for _ in range(200):
        v = A @ v
        v = v / (v * v).sum().sqrt()
    return v


def toeplitz(t: Tensor) -> Tensor:
    """Return the matrix whose diagonals, from the lowest, are the entries of a vector."""
    n = (len(t) + 1) // 2
    return sum(t[n - 1 + k, 0] * torch.ones(n - abs(k)).diag(k) for k in range(1 - n, n))  # type: ignore[return-value]


def diagonals(of: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    """Return a function of a matrix: one number for each diagonal, from the lowest, as a column."""
    return lambda X: torch.stack([of(torch.diag(X, k)) for k in range(1 - len(X), len(X))])[:, None]


FUNCTIONS: dict[str, Callable[..., Any]] = {
    r"\log": of_matrix(torch.log),
    r"\sin": of_matrix(torch.sin),
    r"\cos": of_matrix(torch.cos),
    r"\cosh": of_matrix(torch.cosh),
    r"\tanh": of_matrix(torch.tanh),
    r"\tan": of_matrix(torch.tan),
    r"\sinh": of_matrix(torch.sinh),
    r"\arctan": of_matrix(torch.arctan),
    r"\log\Gamma": of_matrix(torch.lgamma),
    r"\psi": of_matrix(torch.digamma),
    "erf": of_matrix(torch.erf),
    r"\exp": lambda x: exponential(x) if x.ndim == 2 and x.shape[1] > 1 else torch.exp(x),
    r"\det": torch.linalg.det,
    r"\max": lambda *x: max(x) if len(x) > 1 else x[0].max(),
    r"\min": lambda *x: min(x) if len(x) > 1 else x[0].min(),
    r"\sigma": lambda x: (
        torch.linalg.svdvals(x)[:, None]
        if x.ndim == 2 and x.shape[1] > 1
        else 1 / (1 + torch.exp(-x))
    ),
    r"\lambda": lambda X: torch.linalg.eigvalsh(X)[:, None],
    r"\rho": lambda X: torch.linalg.eigvals(X).real.max(),
    r"\mathcalU": lambda X: torch.linalg.svd(X, full_matrices=False).U,
    r"\mathcalV": lambda X: torch.linalg.svd(X, full_matrices=False).Vh.mT,
    "eigvec": lambda X: torch.linalg.eigh(X).eigenvectors,
    "perron": perron,
    "T": toeplitz,
    "T^*": diagonals(torch.sum),  # the adjoint
    "T^+": diagonals(torch.mean),  # the pseudoinverse
    r"\Phi": lambda X: X.tril(-1) + torch.diag(torch.diag(X)) / 2,
    r"L_\exp": frechet,
    "tr": lambda X: torch.diag(X).sum(),
    "Tr": lambda X: torch.diag(X).sum(),
    "diag": lambda X: torch.diag(X)[:, None],
    "Diag": lambda x: torch.diag(x[:, 0]),
    "vec": lambda X: X.reshape(-1, 1),
    "sym": lambda X: 0.5 * X + 0.5 * X.mT,
    "skew": lambda X: 0.5 * X - 0.5 * X.mT,
    "tril": lambda X: X * torch.tril(torch.ones(len(X), len(X))),
    "triu": lambda X: X * torch.triu(torch.ones(len(X), len(X))),
    "chol": torch.linalg.cholesky,
    "adj": lambda X: cofactors(X).mT,
    "cof": cofactors,
    "syl": sylvester,
    "softmax": softmax,
    "logsumexp": lambda x: torch.log(torch.exp(x).sum()),
    "mean": lambda x: x.sum() / len(x),
    "sign": entrywise(lambda x: x / x.abs()),
    "softplus": entrywise(lambda x: torch.log(1 + torch.exp(x))),
    "relu": entrywise(lambda x: torch.where(x > 0, x, 0 * x)),
    "clamp": lambda x, low, high: torch.as_tensor(x).clamp(low, high),
    "huber": lambda x, d: torch.where(x.abs() <= d, x**2 / 2, d * (x.abs() - d / 2)),
    "polygamma": lambda x, k: torch.special.polygamma(k, x),
    "Re": lambda z: z.real,
    "Im": lambda z: z.imag if z.is_complex() else 0 * z,
}
TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[^\s\\]")


class Reader:
    """Reads LaTeX into a function of the values of the letters."""

    def __init__(self, text: str, letters: Mapping[str, str]) -> None:
        """Split the text into tokens; fences of any size are fences."""
        text = re.sub(r"\\left|\\right", "", text).replace(r"\,", " ")
        self.tokens = TOKEN.findall(text)
        self.letters = letters
        self.at = 0

    def peek(self, ahead: int = 0) -> str:
        """Return a token that is not taken yet."""
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else ""

    def take(self, *expected: str) -> str:
        """Take the next token, which must be one of these."""
        token = self.peek()
        assert token, self.tokens
        assert not expected or token in expected, (token, expected, self.tokens)
        self.at += 1
        return token

    def group(self) -> "Reader":
        """Take what stands in braces."""
        self.take("{")
        start, depth = self.at, 1
        while depth:
            depth += {"{": 1, "}": -1}.get(self.take(), 0)
        inner = Reader("", self.letters)
        inner.tokens = self.tokens[start : self.at - 1]
        return inner

    def whole(self) -> Meaning:
        """Read everything as one formula."""
        meaning = self.sum()
        assert not self.peek(), self.tokens[self.at :]
        return meaning

    def sum(self) -> Meaning:
        """Read terms with plus and minus between them."""
        negative = self.peek() == "-" and bool(self.take())
        total = self.term()
        if negative:
            total = combine(lambda x: -x, total)
        while self.peek() in {"+", "-"}:
            sign = self.take()
            term = self.term()
            total = combine(plus, total, term if sign == "+" else combine(lambda x: -x, term))
        return total

    def term(self) -> Meaning:
        """Read products with circled operators between them."""
        value = self.product()
        while self.peek() in {r"\odot", r"\oslash", r"\otimes"}:
            operator = {
                r"\odot": entry_by_entry,
                r"\oslash": lambda x, y: x / y,
                r"\otimes": kronecker,
            }[self.take()]
            value = combine(operator, value, self.product())
        return value

    def product(self) -> Meaning:
        """Read factors side by side; matrices multiply from the right, so that rows form first."""
        factors = [self.factor()]
        while self.peek() and self.peek() not in {
            *"+-),}]&:/",
            r"\rangle",
            r"\rvert",
            r"\rVert",
            r"\odot",
            r"\oslash",
            r"\otimes",
            r"\\",
            r"\end",
        }:
            if self.peek() == r"\cdot":
                self.take()
            factors.append(self.factor())

        def multiply(env: Env) -> Any:
            value = factors[-1](env)
            for factor in reversed(factors[:-1]):
                left = factor(env)
                value = times(left, value)
            return value

        return multiply

    def factor(self) -> Meaning:
        """Read a function with its argument, or an atom; then what is raised or lowered."""
        token = self.peek()
        if token == r"\mathrm" and self.tokens[self.at : self.at + 4] == [
            r"\mathrm",
            "{",
            "d",
            "}",
        ]:
            self.at += 4
            return along_tangents(self.factor())
        if token in {r"\sum", r"\prod"}:
            return self.series()
        return self.scripts(self.function() if self.begins_function() else self.atom())

    def begins_function(self) -> bool:
        """Return whether the next token is the name of a function."""
        token = self.peek()
        if token in {r"\lambda", r"\sigma", r"\rho", r"\psi"}:
            return (
                self.peek(1) == "("
                or r"\odot" in self.peek(3)
                or (token, self.peek(1)) == (r"\psi", "^")
            )
        if token == "L":
            return r"\exp" in {self.peek(2), self.peek(3)}
        if token == "T":
            return False
        return token in {r"\operatorname", r"\mathcal"} or token in FUNCTIONS

    def function(self) -> Meaning:
        """Read a function with its argument."""
        name = self.take()
        if name == r"\operatorname":
            name = "".join(self.group().tokens)
        if name == r"\mathcal":
            name += "".join(self.group().tokens)
        if name == r"\log" and self.peek() == r"\Gamma":
            name += self.take()
        if name == "huber" or (name == r"\psi" and self.peek() == "^"):
            return self.parameter(name)
        if self.peek() == "_" or (name == "T" and self.peek() == "^"):
            name += self.take() + "".join(self.group().tokens)
        f = FUNCTIONS[name.removesuffix(r"_\odot")]
        if name.endswith(r"_\odot"):
            f = on_entries(f)
        if self.peek() == "(":
            arguments = self.list("(", ")")
            return lambda env: f(*(argument(env) for argument in arguments))
        argument = self.function() if self.begins_function() else self.scripts(self.atom())
        if name == "T":
            return lambda env: f(argument({**env, "long": 2 * env["n"] - 1}))
        return lambda env: f(argument(env))

    def parameter(self, name: str) -> Meaning:
        """Read a function of an entry with a number below or above its name."""
        self.take("_", "^")
        number = self.group().whole()
        f = FUNCTIONS[name if name == "huber" else "polygamma"]
        (argument,) = self.list("(", ")")
        return combine(lambda x, k: f(torch.as_tensor(x), k), argument, number)

    def list(self, left: str, right: str) -> list[Meaning]:
        """Read formulas with commas between them."""
        self.take(left)
        found = [self.sum()]
        while self.peek() == ",":
            self.take()
            found.append(self.sum())
        self.take(right)
        return found

    def atom(self) -> Meaning:  # noqa: PLR0911 - one line for each kind of atom
        """Read what holds together by itself."""
        token = self.peek()
        if token == "(":
            return self.list("(", ")")[0]
        if token == r"\langle":
            left, right = self.list(r"\langle", r"\rangle")
            return combine(lambda x, y: (x * y).sum(), left, right)
        if token == r"\lvert":
            return combine(entrywise(torch.abs), self.list(r"\lvert", r"\rvert")[0])
        if token == r"\lVert":
            return self.norm()
        if token in {r"\frac", r"\sqrt", r"\overline", r"\begin", r"\mathbf"}:
            meaning: Meaning = getattr(self, f"read_{self.take()[1:]}")()
            return meaning
        if token == "e" and self.peek(1) == "^":
            self.take()
            self.take("^")
            return combine(exponential, self.group().exponent_value())
        if token == "e":
            self.take()
            self.take("_")
            index = self.group().whole()
            return lambda env: torch.eye(env["long"] if "long" in env else env["n"])[
                :, [index(env)]
            ]
        return self.letter()

    def letter(self) -> Meaning:
        """Read a number or a letter with its accent."""
        token = self.take()
        if token[0].isdigit():
            digits = float(token) if "." in token else int(token)
            return lambda _: digits
        if token in {r"\bar", r"\hat", r"\tilde", r"\dot"}:
            token += "".join(self.group().tokens)
        if token == "f":
            return self.value_of_function()
        if self.peek() == "'":
            token += self.take()
        token = self.with_index(token)
        if token in {"I", r"\pi"}:
            return lambda _: Identity() if token == "I" else torch.pi
        name = self.letters.get(token, token)
        return lambda env: 1j if name == "i" and name not in env else column(env[name])

    def value_of_function(self) -> Meaning:
        """Read f(x), or a derivative: with primes, or with its order in parentheses."""
        order = 0
        while self.peek() == "'":
            self.take()
            order += 1
        if self.peek() == "^":
            self.take()
            order = int(self.group().tokens[1])
        (x,) = self.list("(", ")")
        return lambda env: derivative_on_a_circle(env["f"], x(env), order)

    def with_index(self, token: str) -> str:
        """Take the index of a letter, if the two together are a name."""
        start = self.at
        if self.peek() == "_":
            self.take()
            longer = f"{token}_{_bare(''.join(self.group().tokens))}"
            if longer in self.letters:
                return longer
        self.at = start
        return token

    def norm(self) -> Meaning:
        """Read a norm and its index."""
        (x,) = self.list(r"\lVert", r"\rVert")
        index: Meaning = two
        if self.peek() == "_":
            self.take()
            name = self.group()
            if name.tokens == ["F"]:
                return combine(lambda X: (X.abs() ** 2).sum().sqrt(), x)
            if name.tokens == ["*"]:
                return combine(lambda X: torch.linalg.svdvals(X).sum(), x)
            index = name.whole()

        def norm(x: Tensor, p: float) -> Any:
            if x.shape[1] > 1:
                return torch.linalg.eigvalsh(x.mT @ x).max().sqrt()
            return (x.abs() ** p).sum() ** (1 / p)

        return combine(norm, x, index)

    def read_frac(self) -> Meaning:
        """Read a quotient, or a partial derivative."""
        over, under = self.group(), self.group()
        if over.peek() != r"\partial":
            return combine(lambda x, y: x / number(y), over.whole(), under.whole())
        over.take()
        if over.peek() == "^":
            over.take()
            over.group()
        meaning = over.whole() if over.peek() else self.factor()
        index: tuple[int, ...] = ()
        while under.peek():
            meaning, index = self.by_target(under, meaning)
        return lambda env: meaning(env)[index] if index else meaning(env)

    def by_target(self, under: "Reader", meaning: Meaning) -> tuple[Meaning, tuple[int, ...]]:
        """Return the derivative by the next target below the line, and the entry that it names."""
        under.take(r"\partial")
        if under.peek() == r"\operatorname":
            under.take()
            assert under.group().tokens == ["v", "e", "c"]
            under.take("(")
            name = self.letters[under.with_index(under.take())]
            under.take(")")
            return by_variable(meaning, name, flat=True), ()
        name = self.letters[under.with_index(under.take())]
        derivative, index = by_variable(meaning, name), ()
        while under.peek() in {"^", "_"}:
            mark, inside = under.take(), "".join(under.group().tokens)
            if mark == "_":
                index = tuple(int(digit) for digit in inside)  # type: ignore[assignment]
            elif inside == "2":
                derivative = by_variable(derivative, name)
        return derivative, index

    def read_sqrt(self) -> Meaning:
        """Read a root."""
        return combine(lambda x: x**0.5, self.group().whole())

    def read_overline(self) -> Meaning:
        """Read a conjugate."""
        return combine(torch.conj, self.group().whole())

    def read_mathbf(self) -> Meaning:
        """Read the vector of ones."""
        assert self.group().tokens == ["1"]
        return lambda env: torch.ones(env["n"], 1)

    def read_begin(self) -> Meaning:
        """Read a matrix of blocks or of numbers; 0 among blocks is a matrix."""
        assert "".join(self.group().tokens) == "pmatrix"
        rows = [[self.sum()]]
        while (token := self.take("&", r"\\", r"\end")) != r"\end":
            if token == "&":
                rows[-1].append(self.sum())
            else:
                rows.append([self.sum()])
        self.group()

        return lambda env: joined([[entry(env) for entry in row] for row in rows])

    def series(self) -> Meaning:
        """Read a sum or product over an index; without limits it runs over all entries."""
        symbol = self.take()
        self.take("_")
        below = self.group()
        ends, left_out = None, None
        if r"\neq" in below.tokens:
            left_out = Reader(" ".join(below.tokens[2:]), self.letters).whole()
            below.tokens = below.tokens[:1]
        if self.peek() == "^":
            self.take()
            assert below.tokens[1] == "="
            start = Reader(" ".join(below.tokens[2:]), self.letters).whole()
            ends = (start, self.group().whole())
            below.tokens = below.tokens[:1]
        body = self.product()

        def total(env: Env) -> Any:
            names = below.tokens
            if ends is None:
                ranges = [every(body, names, name, env) for name in names]
            else:
                ranges = [range(ends[0](env), ends[1](env) + 1)]
            places = [at for at in pairs(*ranges) if left_out is None or at != (left_out(env),)]
            entries = [body({**env, **dict(zip(names, at, strict=True))}) for at in places]
            result = entries[0]
            for entry in entries[1:]:
                result = result + entry if symbol == r"\sum" else result * entry
            return result

        return total

    def scripts(self, base: Meaning) -> Meaning:
        """Read exponents and indices."""
        while self.peek() in {"^", "_"}:
            raised = self.take() == "^"
            inside = self.group()
            base = self.exponent(base, inside) if raised else self.index(base, inside)
        return base

    @staticmethod
    def exponent(base: Meaning, inside: "Reader") -> Meaning:
        """Return what a raised mark means."""
        marks: dict[str, Callable[[Any], Any]] = {
            r"\top": lambda X: X.mT,
            r"-\top": lambda X: torch.linalg.inv(X).mT,
            r"\mathsf{H}": lambda X: X.conj().mT,
            r"-\mathsf{H}": lambda X: torch.linalg.inv(X).conj().mT,
            "T": lambda X: X.mT,
            "H": lambda X: X.conj().mT,
            "*": lambda X: X.conj().mT,
            "+": pseudoinverse,
        }
        text = "".join(inside.tokens)
        if text in marks:
            return combine(marks[text], base)
        if text.startswith(r"\odot"):
            inside.take()
            return combine(lambda x, k: x**k, base, inside.exponent_value())
        return combine(raise_to, base, inside.exponent_value())

    def exponent_value(self) -> Meaning:
        """Read an exponent, in which a slash is a quotient."""
        value = self.sum()
        if self.peek() == "/":
            self.take()
            value = combine(lambda x, y: x / y, value, self.sum())
        assert not self.peek()
        return value

    def index(self, base: Meaning, inside: "Reader") -> Meaning:
        """Return an entry or a part; without commas every token is an index."""
        text = " ".join(inside.tokens)
        if text == r"\odot":  # what is said of entries anyway
            return base
        parts = text.split(",") if "," in text else inside.tokens

        def one(part: str, env: Env) -> Any:
            if ":" not in part:
                return Reader(part, self.letters).whole()(env)
            ends = [
                Reader(t, self.letters).whole()(env) if t.strip() else None for t in part.split(":")
            ]
            return slice(*ends)

        def entry(env: Env) -> Any:
            x = base(env)
            if x.shape[1] > 1 and text.isdigit():  # X_{01}
                return x[tuple(map(int, text))]
            indices = [one(part, env) for part in parts]
            return column(x[(*indices, 0)] if len(indices) == 1 else x[tuple(indices)])

        return entry


def derivative_on_a_circle(f: Callable[[Any], Any], x: Any, order: int) -> Any:
    """Return a derivative of an analytic function, by Cauchy's formula on a circle around x."""
    if not order:
        return f(x)
    w = torch.exp(2j * torch.pi * torch.arange(64) / 64)
    return (factorial(order) * (f(x + w) / w**order).mean()).real


def every(body: Meaning, names: list[str], name: str, env: Env) -> range:
    """Return all values of an index: up to where there is no such entry."""
    last = 0
    while True:
        try:
            body({**env, **dict.fromkeys(names, 0), name: last})
        except IndexError:
            return range(last)
        last += 1


def joined(blocks: list[list[Any]]) -> Tensor:
    """Return a matrix of numbers, or of blocks; a zero among blocks has the size that fits."""
    if all(scalar(b) for row in blocks for b in row):
        return torch.tensor([[number(b) for b in row] for row in blocks])
    heights = [next(len(b) for b in row if isinstance(b, Tensor)) for row in blocks]
    widths = [
        next(len(b.mT) for b in col if isinstance(b, Tensor)) for col in zip(*blocks, strict=True)
    ]
    rows = [
        [
            b if isinstance(b, Tensor) else torch.zeros(m, n)
            for b, n in zip(row, widths, strict=True)
        ]
        for row, m in zip(blocks, heights, strict=True)
    ]
    return torch.cat([torch.cat(row, dim=1) for row in rows])


def combine(f: Callable[..., Any], *meanings: Meaning) -> Meaning:
    """Return a function of meanings as a meaning."""
    return lambda env: f(*(meaning(env) for meaning in meanings))


def plus(x: Any, y: Any) -> Any:
    """Return a sum; the identity takes the size of the other summand."""
    if isinstance(x, Identity) and isinstance(y, Identity):
        return Identity(x.factor + y.factor)
    if isinstance(x, Identity):
        return x.like(y) + y
    if isinstance(y, Identity):
        return x + y.like(x)
    return number(x) + number(y) if scalar(x) and scalar(y) else x + y


def entry_by_entry(x: Any, y: Any) -> Any:
    """Return the product entry by entry."""
    if isinstance(x, Identity):
        return x.like(y) * y
    return x * (y.like(x) if isinstance(y, Identity) else y)


def times(left: Any, right: Any) -> Any:
    """Return a product: of matrices if their sizes fit, of a number and anything else."""
    if isinstance(left, Identity) or isinstance(right, Identity):
        return times_identity(left, right)
    if scalar(left):
        return number(left) * (number(right) if scalar(right) else right)
    fits = isinstance(right, Tensor) and right.ndim and left.shape[-1] == right.shape[0]
    return left @ right if fits else left * number(right)


def times_identity(left: Any, right: Any) -> Any:
    """Return a product with a multiple of the identity."""
    if isinstance(left, Identity) and isinstance(right, Identity):
        return Identity(left.factor * right.factor)
    multiple, other = (left, right) if isinstance(left, Identity) else (right, left)
    return Identity(multiple.factor * number(other)) if scalar(other) else multiple.factor * other


def raise_to(x: Any, k: Any) -> Any:
    """Return a power, of a matrix by its eigenvalues or by repeated multiplication."""
    if scalar(x):
        return number(x) ** k
    if isinstance(k, int):
        base = torch.linalg.inv(x) if k < 0 else x
        value = torch.eye(len(x), dtype=x.dtype)
        for _ in range(abs(k)):
            value = value @ base
        return value
    return of_matrix(lambda eigenvalues: eigenvalues**k)(x)


def along_tangents(meaning: Meaning) -> Meaning:
    """Return the differential by central differences."""

    def differential(env: Env) -> Any:
        def moved(step: float) -> Any:
            return meaning(env | {n: env[n] + step * v for n, v in env["tangents"].items()})

        return (moved(STEP) - moved(-STEP)) / (2 * STEP)

    return differential


def by_variable(meaning: Meaning, name: str, flat: bool = False) -> Meaning:
    """Return the derivative by a variable, by central differences: a last index for each entry."""

    def derivative(env: Env) -> Tensor:
        x, step = env[name], 1e-4
        rows = []
        for i in range(x.numel()):
            direction = torch.zeros(x.numel())
            direction[i] = step
            V = direction.reshape(x.shape)
            ahead, behind = (torch.as_tensor(meaning(env | {name: x + s * V})) for s in (1, -1))
            rows.append(((ahead - behind) / (2 * step)).flatten())
        whole = torch.stack(rows, dim=-1)
        return column(whole.reshape(x.shape)) if len(whole) == 1 and not flat else whole

    return derivative
