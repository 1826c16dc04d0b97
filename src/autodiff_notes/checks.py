"""A claimed gradient, held against two witnesses.

The first witness is reverse-mode autograd.
The second is the central difference, which knows nothing of any rule of differentiation:
a formula and autograd can share a mistake in a function, a difference quotient cannot.

>>> import torch
>>> x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
>>> check_gradient(lambda x: x.dot(x), lambda x: 2 * x, x).holds
True
>>> check_gradient(lambda x: x.dot(x), lambda x: 2.002 * x, x).holds
False
"""

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import inf
from textwrap import fill
from typing import Any

import torch
from torch import Tensor

__all__ = ["TOLERANCES", "Comparison", "GradientReport", "Tolerance", "check_gradient"]


@dataclass(frozen=True)
class Tolerance:
    """The largest relative error that a check forgives, for each witness.

    Attributes
    ----------
    autograd : float
        Against autograd.
    differences : float
        Against central differences, on top of the rounding and truncation error
        that is estimated for every entry.
    """

    autograd: float
    differences: float


# Autograd and a formula differ by rounding alone, which conditioning multiplies:
# there is room for a condition number of about 10^6 in float64 and 10^3 in float32.
# A central difference is good to about eps^(2/3), that is 4e-11 and 2e-5.
TOLERANCES = {
    torch.float64: Tolerance(autograd=1e-9, differences=1e-6),
    torch.float32: Tolerance(autograd=1e-4, differences=1e-3),
}
"""The tolerance for each real type; complex numbers have that of their parts."""

# A report in a terminal or under a cell wraps its sentences.
WIDTH = 76

# A computed f carries a few roundings, so a few times eps * |f| is as good as zero.
ROUNDINGS = 16


@dataclass(frozen=True)
class Comparison:
    """The claimed gradient for one input, against one witness.

    Attributes
    ----------
    input : str
        The name of the input.
    witness : str
        ``"autograd"`` or ``"central differences"``.
    absolute : float
        The largest absolute error of an entry.
    relative : float
        The same, divided by the largest absolute entry of the witness.
        Where the witness cannot tell its entries from zero, it is 0 if the claim is as good as
        zero, and inf if not.
    holds : bool
        Whether every entry is within the tolerance.
    """

    input: str
    witness: str
    absolute: float
    relative: float
    holds: bool


@dataclass(frozen=True, repr=False)
class GradientReport:
    """What :func:`check_gradient` found; true if the claimed gradient holds.

    It prints as a table, in a terminal and in a notebook.

    Attributes
    ----------
    comparisons : tuple of Comparison
        One for each input and witness.
    witnesses_agree : bool
        Whether autograd and central differences agree with each other.
    notes : tuple of str
        What else a reader should know, in words.
    """

    comparisons: tuple[Comparison, ...]
    witnesses_agree: bool = True
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the claim agrees with both witnesses, and they with each other."""
        return self.witnesses_agree and all(c.holds for c in self.comparisons)

    @property
    def verdict(self) -> str:
        """The outcome as one sentence."""
        if not self.witnesses_agree:
            return (
                "The claimed gradient is not confirmed: "
                "autograd and central differences do not agree with each other."
            )
        errors = ", ".join(
            f"{self._largest(witness):.1e} against {witness}"
            for witness in dict.fromkeys(c.witness for c in self.comparisons)
        )
        outcome = "holds" if self.holds else "does not hold"
        return f"The claimed gradient {outcome}: largest relative error {errors}."

    def _largest(self, witness: str) -> float:
        """Return the largest relative error against one witness."""
        return max(c.relative for c in self.comparisons if c.witness == witness)

    def _rows(self) -> list[tuple[str, ...]]:
        """Return the cells of the table, the header first."""
        rows: list[tuple[str, ...]] = [
            ("input", "witness", "absolute error", "relative error", "verdict")
        ]
        for c in self.comparisons:
            verdict = "holds" if c.holds else "refused"
            rows.append((c.input, c.witness, f"{c.absolute:.1e}", f"{c.relative:.1e}", verdict))
        return rows

    def __bool__(self) -> bool:
        """Return the verdict."""
        return self.holds

    def __str__(self) -> str:
        """Return the verdict, the table and the notes as plain text."""
        rows = self._rows()
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [fill(self.verdict, WIDTH), ""]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            lines.append("  ".join(cells).rstrip())
        for note in self.notes:
            lines += ["", fill(f"Note: {note}", WIDTH)]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """Return the same as a table; the notes are its foot."""
        header, *rows = self._rows()
        head = "".join(f'<th scope="col">{cell}</th>' for cell in header)
        body = "".join(
            f'<tr><th scope="row">{escape(name)}</th>'
            + "".join(f"<td>{cell}</td>" for cell in cells)
            + "</tr>"
            for name, *cells in rows
        )
        foot = "".join(
            f'<tr><td colspan="{len(header)}">{escape(note)}</td></tr>' for note in self.notes
        )
        return (
            f'<table class="gradient-report"><caption>{escape(self.verdict)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
            + (f"<tfoot>{foot}</tfoot>" if foot else "")
            + "</table>"
        )


def check_gradient(
    f: Callable[..., Tensor],
    claimed: Callable[..., Any] | Tensor | float | Sequence[Tensor | float],
    *inputs: Tensor,
    tolerance: Tolerance | None = None,
) -> GradientReport:
    """Hold a claimed gradient of f against autograd and central differences.

    Both functions receive copies.
    The tensors of the caller, their ``.grad`` and the random state stay as they are.

    Parameters
    ----------
    f : callable
        Takes the inputs and returns one real number, as a tensor with a single element.
    claimed : callable or torch.Tensor or float or sequence
        The gradient, or a function of the same inputs that returns it:
        one tensor for each input that requires a gradient, in the shape of that input.
        For an input with a single element a plain number will do.
        For a complex input z = a + ib it is df/da + i df/db, the convention of torch.
    *inputs : torch.Tensor
        The point, in float64 (or float32, or their complex kin).
        Inputs that require a gradient are differentiated; the others are constants.
    tolerance : Tolerance, optional
        The relative errors to forgive; by default :data:`TOLERANCES` for the coarser type of
        the input and the result.

    Returns
    -------
    GradientReport
        True if the claim holds.
        A claim of the wrong shape, or one that is not finite, is refused with a note.
        So is any claim when the two witnesses disagree, at a kink for instance.

    Raises
    ------
    TypeError
        If something is not a tensor, or of a type that cannot be differentiated.
    ValueError
        If there is nothing to differentiate, an input or the value of f is not finite,
        f does not return a single number, the number of claimed gradients is wrong,
        or f or claimed raises or changes an input in place.

    Examples
    --------
    >>> x = torch.tensor([3.0, 4.0], dtype=torch.float64, requires_grad=True)
    >>> report = check_gradient(torch.linalg.vector_norm, lambda x: x / x.norm(), x)
    >>> report.holds
    True
    >>> check_gradient(lambda x: x.relu().sum(), lambda x: (x > 0).double(), 0 * x).notes
    ('Autograd and central differences disagree about x, by up to 5.0e-01.
    Look for a kink or a jump near this point, or a part of f that is cut off from its inputs
    (.item(), .detach(), torch.no_grad(), a conversion to NumPy).',)
    """
    if not callable(f):
        raise TypeError(f"f is a {type(f).__name__}; expected the function, not its value")
    names = _names(f, len(inputs))
    for name, x in zip(names, inputs, strict=True):
        _refuse_input(name, x)
    if not any(x.requires_grad for x in inputs):
        raise ValueError(
            "no input requires a gradient; mark those to differentiate with x.requires_grad_()"
        )
    with torch.inference_mode(False):
        point = _Point(names, [_leaf(x, x.requires_grad) for x in inputs])
        return _check(f, claimed, point, tolerance)


def _check(
    f: Callable[..., Any], claimed: object, point: "_Point", tolerance: Tolerance | None
) -> GradientReport:
    """Compare input by input."""
    value = point.value(f)
    if not value.isfinite():
        raise ValueError(
            f"f is {value.item()} for {point}; expected a finite value: "
            "is the point outside the domain of f?"
        )
    claims, gradients = point.claims(claimed), point.autograd(value)
    comparisons: list[Comparison] = []
    notes: list[str] = []
    agree = True
    for i, claim, gradient in zip(point.wanted, claims, gradients, strict=True):
        name, x = point.names[i], point.inputs[i].detach()
        coarser = max(_real_dtype(x), _real_dtype(value), key=lambda d: torch.finfo(d).eps)
        allowed = tolerance or TOLERANCES[coarser]
        eps = torch.finfo(coarser).eps
        rounding = ROUNDINGS * eps * abs(value.item())
        autograd = _autograd(gradient, x, rounding, allowed.autograd)
        differences = _differences(point.along(i, f), x, eps, rounding, allowed.differences)
        agree &= differences.compare(name, autograd.gradient).holds
        comparisons += [autograd.compare(name, claim), differences.compare(name, claim)]
        notes += _notes(name, claim, autograd, differences, ignored=gradient is None)
    return GradientReport(tuple(comparisons), agree, tuple(notes))


@dataclass(frozen=True)
class _Point:
    """Where f and claimed are called: named leaves that belong to the check."""

    names: list[str]
    inputs: list[Tensor]

    def __str__(self) -> str:
        """Return the names and shapes, for messages."""
        named = zip(self.names, self.inputs, strict=True)
        return ", ".join(f"{name} of shape {tuple(x.shape)}" for name, x in named)

    @property
    def wanted(self) -> list[int]:
        """The positions of the inputs that require a gradient."""
        return [i for i, x in enumerate(self.inputs) if x.requires_grad]

    def call(self, function: Callable[..., Any], role: str) -> Any:
        """Call a function on copies, and say what went wrong if something does."""
        with torch.enable_grad(), torch.random.fork_rng(devices=[]):
            copies = [x.clone() for x in self.inputs]
            try:
                result = function(*copies)
            except Exception as error:
                kind = type(error).__name__
                raise ValueError(f"{role} raised {kind} for {self}: {error}") from error
        for name, x, copy in zip(self.names, self.inputs, copies, strict=True):
            if not torch.equal(x, copy):
                raise ValueError(
                    f"{role} changes {name} in place; "
                    f"it must leave its inputs as they are (let it work on {name}.clone())"
                )
        return result

    def value(self, f: Callable[..., Any], role: str = "f") -> Tensor:
        """Return f here: one real number, of shape ()."""
        value = self.call(f, role)
        if not isinstance(value, Tensor):
            raise TypeError(
                f"f returned a {type(value).__name__}; expected a tensor with one element "
                "(without .item() or a conversion to a number)"
            )
        if value.numel() != 1:
            raise ValueError(
                f"f returned a tensor of shape {tuple(value.shape)}; expected one element, "
                "as only a single number has a gradient (take a sum, a norm or one entry)"
            )
        if value.dtype not in TOLERANCES:
            raise TypeError(f"f returned {value.dtype}; expected a real number, best in float64")
        return value.reshape(())

    def along(self, i: int, f: Callable[..., Any]) -> Callable[[Tensor], Tensor]:
        """Return f as a function of input i alone."""

        def f_of_one(x: Tensor) -> Tensor:
            inputs = [*self.inputs[:i], _leaf(x, True), *self.inputs[i + 1 :]]
            role = f"f, one step away in {self.names[i]},"
            return _Point(self.names, inputs).value(f, role).detach()

        return f_of_one

    def autograd(self, value: Tensor) -> list[Tensor | None]:
        """Return autograd's gradients; None where it finds no path to the input."""
        wanted = [self.inputs[i] for i in self.wanted]
        if not value.requires_grad:
            return [None] * len(wanted)
        try:
            return list(torch.autograd.grad(value, wanted, allow_unused=True))
        except RuntimeError as error:
            raise ValueError(f"autograd cannot differentiate f: {error}") from error

    def claims(self, claimed: object) -> list[Tensor]:
        """Return the claimed gradients."""
        result = self.call(claimed, "claimed") if callable(claimed) else claimed
        parts = list(result) if isinstance(result, list | tuple) else [result]
        if len(parts) != len(self.wanted):
            names = ", ".join(self.names[i] for i in self.wanted)
            raise ValueError(
                f"the number of claimed gradients is {len(parts)}; expected {len(self.wanted)}, "
                f"one for each input that requires a gradient ({names})"
            )
        return [
            _claim(self.names[i], part, self.inputs[i])
            for i, part in zip(self.wanted, parts, strict=True)
        ]


@dataclass(frozen=True)
class _Witness:
    """A gradient found by other means, and how far it can be trusted."""

    name: str
    gradient: Tensor
    noise: Tensor  # the absolute error of the witness itself, for all entries or for each
    tolerance: float  # the relative error to forgive

    @property
    def resolves(self) -> bool:
        """Whether the gradient differs from zero, as far as the witness can tell."""
        return bool(self.gradient.abs().max() > self.noise.max())

    def compare(self, name: str, claim: Tensor) -> Comparison:
        """Return the largest errors of a claim, and whether they are forgiven."""
        if claim.shape != self.gradient.shape or not (claim - self.gradient).isfinite().all():
            return Comparison(name, self.name, inf, inf, holds=False)
        errors = (claim - self.gradient).abs()
        scale = self.gradient.abs().max().item()
        holds = bool((errors <= self.tolerance * scale + self.noise).all())
        absolute = errors.max().item()
        unresolved = 0.0 if holds else inf
        relative = absolute / scale if self.resolves else unresolved
        return Comparison(name, self.name, absolute, relative, holds)


def _autograd(gradient: Tensor | None, x: Tensor, rounding: float, tolerance: float) -> _Witness:
    """Return what autograd says; a gradient that moves f less than rounding does is zero."""
    gradient = torch.zeros_like(x) if gradient is None else gradient
    zero = rounding / x.abs().max().clamp(min=1)
    noise = torch.where(gradient.abs().max() <= zero, zero, 0.0)
    return _Witness("autograd", gradient, noise, tolerance)


def _differences(
    f: Callable[[Tensor], Tensor], x: Tensor, eps: float, rounding: float, tolerance: float
) -> _Witness:
    """Return what central differences say, entry by entry.

    The step balances the rounding of f, divided by it, against truncation, which grows as its
    square.
    The quotient over twice the step shows how large the truncation is.
    """
    entries = _entries(x)
    steps = eps ** (1 / 3) * entries.abs().clamp(min=1)

    def quotient(k: int, step: Tensor) -> Tensor:
        low, high = entries.clone(), entries.clone()
        low[k] -= step
        high[k] += step
        return (f(_tensor(high, x)) - f(_tensor(low, x))) / (high[k] - low[k])

    near = torch.stack([quotient(k, step) for k, step in enumerate(steps)])
    far = torch.stack([quotient(k, 2 * step) for k, step in enumerate(steps)])
    noise = (far - near).abs() + rounding / steps
    return _Witness("central differences", _tensor(near, x), _tensor(noise, x).abs(), tolerance)


def _entries(x: Tensor) -> Tensor:
    """Return the real numbers in x as a vector: two for each complex entry."""
    return (torch.view_as_real(x) if x.is_complex() else x).reshape(-1)


def _tensor(entries: Tensor, like: Tensor) -> Tensor:
    """Return a vector of real numbers in the form of ``like``; the inverse of _entries."""
    if like.is_complex():
        return torch.view_as_complex(entries.reshape(*like.shape, 2))
    return entries.reshape(like.shape)


def _notes(
    name: str, claim: Tensor, autograd: _Witness, differences: _Witness, *, ignored: bool
) -> Iterator[str]:
    """Say in words what the numbers leave open."""
    gradient = autograd.gradient
    witnesses = differences.compare(name, gradient)
    if claim.shape != gradient.shape:
        yield (
            f"The claimed gradient for {name} has shape {tuple(claim.shape)}; "
            f"expected {tuple(gradient.shape)}, the shape of {name}."
        )
    if not claim.isfinite().all():
        yield f"The claimed gradient for {name} has entries that are NaN or infinite."
    if not gradient.isfinite().all():
        yield f"Autograd's gradient for {name} has entries that are NaN or infinite."
    elif not (differences.gradient + differences.noise).isfinite().all():
        yield (
            f"A step away in {name}, f is NaN or infinite: "
            "the point lies too close to the edge of its domain."
        )
    elif not witnesses.holds:
        yield (
            f"Autograd and central differences disagree about {name}, "
            f"by up to {witnesses.absolute:.1e}. Look for a kink or a jump near this point, "
            "or a part of f that is cut off from its inputs "
            "(.item(), .detach(), torch.no_grad(), a conversion to NumPy)."
        )
    elif autograd.resolves and not differences.resolves:
        yield (
            f"Central differences cannot resolve the gradient for {name}: it moves f by less than "
            "their own rounding and truncation errors. Autograd alone decides."
        )
    elif ignored:
        yield f"f ignores {name}: autograd finds no path to it, so its gradient is zero."


def _names(f: Callable[..., Any], count: int) -> list[str]:
    """Return the names of the inputs as f spells them, or else "input 0", "input 1", ..."""
    try:
        parameters = list(inspect.signature(f).parameters.values())
    except (TypeError, ValueError):  # built-in functions have no signature
        parameters = []
    positional = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    names = [p.name for p in parameters if p.kind in positional][:count]
    return names + [f"input {i}" for i in range(len(names), count)]


def _refuse_input(name: str, x: object) -> None:
    """Raise for an input at which nothing can be differentiated."""
    if not isinstance(x, Tensor):
        raise TypeError(f"{name} is a {type(x).__name__}; expected a torch.Tensor")
    if not (x.is_floating_point() or x.is_complex()):
        raise TypeError(
            f"{name} is of type {x.dtype}; expected float64. Convert it with .double(), "
            "or let f close over an index or a mask"
        )
    if _real_dtype(x) not in TOLERANCES:
        raise TypeError(f"{name} is of type {x.dtype}, too coarse to check; expected float64")
    if x.layout != torch.strided:
        raise TypeError(f"{name} is sparse; expected a dense tensor, {name}.to_dense()")
    if x.numel() == 0:
        raise ValueError(f"{name} has shape {tuple(x.shape)} and no entries; expected at least one")
    if not x.isfinite().all():
        raise ValueError(f"{name} has entries that are NaN or infinite; expected finite numbers")


def _claim(name: str, part: object, x: Tensor) -> Tensor:
    """Return one claimed gradient as a tensor; a number stands for an input of one element."""
    if isinstance(part, Tensor):
        return part.detach().to_dense().to(torch.promote_types(part.dtype, x.dtype))
    if isinstance(part, int | float) and x.numel() == 1:
        return torch.full_like(x.detach(), part)
    raise TypeError(
        f"the claimed gradient for {name} is a {type(part).__name__}; "
        f"expected a tensor of shape {tuple(x.shape)}"
    )


def _leaf(x: Tensor, requires_grad: bool) -> Tensor:
    """Return a copy of x that shares no memory and no graph with it."""
    copy = x.detach().clone(memory_format=torch.contiguous_format)
    return copy.requires_grad_(requires_grad)


def _real_dtype(x: Tensor) -> torch.dtype:
    """Return the type of a real part."""
    return x.dtype.to_real()
