"""Reverse-mode differentiation in 144 lines of code, with the standard library alone.

On the way forward every operation leaves its value, its form and its arguments: that is the trace.
On the way back each sends shares of its adjoint to its arguments, and shares that meet add up.

>>> x, y = Variable(1), Variable(2)
>>> f = x * log(x) + sin(x * y)
>>> steps = f.backward()
>>> print(f"{f.value:.4f} {x.grad:.4f} {y.grad:.4f}")
0.9093 0.1677 -0.4161
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import count
from types import CodeType
from typing import Any, NamedTuple

from . import matrices
from .matrices import Matrix

Value = float | Matrix

# Each operation as it is written, and the share of the adjoint that each argument receives.
# Small letters are numbers and capitals matrices: v is the value, g the adjoint that came in.
# fmt: off
OPERATIONS = {
    "a + b":       ("g",                     "g"),
    "a - b":       ("g",                     "-g"),
    "a * b":       ("g * b",                 "g * a"),
    "a / b":       ("g / b",                 "-g * v / b"),
    "a ** b":      ("g * b * a ** (b - 1)",  "g * v * log(a)"),
    "-a":          ("-g",),
    "exp(a)":      ("g * v",),
    "log(a)":      ("g / a",),
    "sqrt(a)":     ("g / (2 * v)",),
    "sin(a)":      ("g * cos(a)",),
    "cos(a)":      ("-g * sin(a)",),
    "tanh(a)":     ("g * (1 - v ** 2)",),
    "A + B":       ("G",                     "G"),
    "A - B":       ("G",                     "-G"),
    "A @ B":       ("G @ B.T",               "A.T @ G"),
    "a * B":       ("inner(G, B)",           "a * G"),
    "A * b":       ("G * b",                 "inner(G, A)"),
    "A / b":       ("G / b",                 "-inner(G, V) / b"),
    "-A":          ("-G",),
    "A.T":         ("G.T",),
    "tr(A)":       ("g * eye(A)",),
    "inner(A, B)": ("g * B",                 "g * A"),
    "inv(A)":      ("-V.T @ G @ V.T",),
    "det(A)":      ("g * v * inv(A).T",),
    "logdet(A)":   ("g * inv(A).T",),
}
# fmt: on
WORDS = vars(math) | matrices.WORDS


def operators(form: str) -> tuple[Callable[..., "Variable"], Callable[..., "Variable"]]:
    """Return the two methods of an operator: for a variable on its left, and on its right."""
    return (lambda a, b: apply(form, a, b)), (lambda b, a: apply(form, a, b))


@dataclass(eq=False)
class Variable:
    """A number or a small matrix that knows how it was computed.

    Attributes
    ----------
    value : float or Matrix
        Its value; a sequence of rows becomes a matrix.
    form : str
        The operation that computed it, as in the table; empty if it was made by hand.
    arguments : tuple of Variable
        What it was computed from.
    requires_grad : bool
        Whether a gradient shall arrive here or, in a result, be passed on.
    grad : float, Matrix or None
        The sum of all gradients that have arrived; only where it was made by hand.
    """

    value: Any
    form: str = ""
    arguments: tuple["Variable", ...] = field(default=(), repr=False)
    requires_grad: bool = True
    grad: Any = field(default=None, init=False)
    number: int = field(default_factory=count().__next__, init=False, repr=False)

    def __post_init__(self) -> None:
        """Take whole numbers and plain rows, too."""
        self.value = Matrix(self.value) if isinstance(self.value, Sequence) else float(self.value)

    __add__, __radd__ = operators("a + b")
    __sub__, __rsub__ = operators("a - b")
    __mul__, __rmul__ = operators("a * b")
    __truediv__, __rtruediv__ = operators("a / b")
    __pow__, __rpow__ = operators("a ** b")
    __matmul__, __rmatmul__ = operators("a @ b")

    def __neg__(self) -> "Variable":
        """Return the negative."""
        return apply("-a", self)

    @property
    def T(self) -> "Variable":
        """The transpose."""
        return apply("a.T", self)

    def backward(self) -> "list[Share]":
        """Add the gradient of this number to ``grad`` of all that it was computed from.

        Returns every step of the sweep, in order. The adjoints live in the sweep alone: a second
        one adds the same gradient again, as in PyTorch.

        Raises
        ------
        TypeError
            If this is a matrix, or if nothing that it was computed from requires a gradient.
        SweepError
            If a share is not defined at this point, or a sum too large. No ``grad`` changes then.
        """
        if isinstance(self.value, Matrix) or not self.requires_grad:
            raise TypeError("only a number that was computed from an input has a gradient")
        adjoints: dict[Variable, Any] = {self: 1.0}
        steps = []
        for node in reversed(history(self)):
            for position, argument in enumerate(node.arguments):
                if argument.requires_grad:
                    share = node.share(position, adjoints[node])
                    adjoints[argument] = argument.total(adjoints.get(argument), share)
                    steps.append(Share(node, position, share, adjoints[argument]))
        grads = {node: node.total(node.grad, g) for node, g in adjoints.items() if not node.form}
        for node, grad in grads.items():
            node.grad = grad
        return steps

    def share(self, position: int, adjoint: Value) -> Any:
        """Return the share of an adjoint that one argument receives."""
        rule = OPERATIONS[self.form][position]
        try:
            return evaluate(rule, *(x.value for x in self.arguments), v=self.value, g=adjoint)
        except ArithmeticError as error:
            raise SweepError(self, str(error)) from None

    def total(self, received: Any, share: Value) -> Any:
        """Return the adjoint with one more share, the first if nothing was received."""
        try:
            return share if received is None else evaluate("a + b", received, share)
        except OverflowError:
            raise SweepError(self, "the sum of its shares is too large") from None


class SweepError(ArithmeticError):
    """A sweep ends early, at a node, for a reason that is told in the letters of its rules."""

    def __init__(self, node: Variable, reason: str) -> None:
        super().__init__(f"the sweep stops at {node.form or 'a leaf'}: {reason}")
        self.node, self.reason = node, reason


class Share(NamedTuple):
    """One step of a sweep: the result of an operation sends a share to one of its arguments."""

    node: Variable
    position: int  # of the argument that receives
    value: Value
    adjoint: Value  # what the argument has received so far, this share with it


def history(result: Variable) -> list[Variable]:
    """Return the trace of a result: its ancestors, itself last, in the order of evaluation."""
    found, waiting = {result}, [result]
    while waiting:
        new = set(waiting.pop().arguments) - found
        found |= new
        waiting += new
    return sorted(found, key=lambda node: node.number)


def apply(form: str, *operands: "Value | Variable") -> Variable:
    """Return the result of an operation, written with the small letters a and b.

    Raises
    ------
    TypeError
        If the table has no such operation for these numbers and matrices.
    OverflowError
        If the result is too large.
    ArithmeticError
        If it is not defined here.
    """
    arguments = tuple(
        operand if isinstance(operand, Variable) else Variable(operand, requires_grad=False)
        for operand in operands
    )
    for letter, argument in zip("ab", arguments, strict=False):
        if isinstance(argument.value, Matrix):
            form = re.sub(rf"\b{letter}\b", letter.upper(), form)
    if form not in OPERATIONS:
        raise TypeError(f"there is no {form}, where a capital is a matrix")
    value = evaluate(form, *(argument.value for argument in arguments))
    return Variable(value, form, arguments, any(argument.requires_grad for argument in arguments))


@cache
def code(expression: str) -> CodeType:
    """Return a form or a rule of the table, and nothing else, compiled."""
    return compile(expression, "OPERATIONS", "eval")


def evaluate(expression: str, *arguments: Value, **others: Value) -> Any:
    """Return the value of a form or a rule of the table."""
    letters = dict(zip("ab", arguments, strict=False)) | others
    letters |= {letter.upper(): value for letter, value in letters.items()}
    refusal: type[ArithmeticError] = OverflowError
    try:
        return finite(eval(code(expression), WORDS, letters))
    except OverflowError:
        words = "is too large"
    except (ArithmeticError, ValueError):
        refusal, words = ArithmeticError, "is not defined"
    used = [x for x in letters if re.search(rf"\b{x}\b", expression)]
    point = " and ".join(f"{x} = {letters[x]}" for x in used)
    raise refusal(f"{expression} {words} at {point}")


def finite(value: Any) -> Any:
    """Return the value, if it is real and every entry is finite."""
    entries = sum(value, ()) if isinstance(value, Matrix) else (value,)
    if any(isinstance(entry, complex) for entry in entries):
        raise ValueError("a power of a negative number is complex")
    if not all(map(math.isfinite, entries)):
        raise OverflowError
    return value


exp, log, sqrt, sin, cos, tanh = (
    partial(apply, f"{word}(a)") for word in ("exp", "log", "sqrt", "sin", "cos", "tanh")
)
tr, inv, det, logdet = (partial(apply, f"{word}(a)") for word in ("tr", "inv", "det", "logdet"))
inner = partial(apply, "inner(a, b)")
