"""What mathematics says to a case: one answer, a set of subgradients, or a matter of convention.

Answers are written as text, so that a page shows them as they were meant, and evaluated here.

>>> Exact("[log(2), 2 / sqrt(pi)]").value
[0.6931471805599453, 1.1283791670955126]
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Ball", "Convention", "Exact", "Subgradients", "Truth", "evaluated"]

_WORDS = {word: getattr(math, word) for word in dir(math) if not word.startswith("_")}


def evaluated(text: str) -> Any:
    """Return the value of an answer that is written as text, such as ``"[1/2, -pi]"``."""
    return eval(text, {"__builtins__": {}, "abs": abs, "complex": complex, "None": None}, _WORDS)


@dataclass(frozen=True)
class Exact:
    """One answer: a derivative, a value, a one-sided limit, or nan where there is none.

    Attributes
    ----------
    text : str
        The answer.
    also : mapping
        Conventions that an engine may follow instead, by name.
    side : mapping
        The side on which a variable comes to its point, 1 or -1 in each entry, where the function
        lives on one side only or the derivative is a limit.
    """

    text: str
    also: Mapping[str, str] = field(default_factory=dict)
    side: Mapping[str, Any] = field(default_factory=dict)

    @property
    def value(self) -> Any:
        """The answer as numbers."""
        return evaluated(self.text)

    @property
    def named(self) -> dict[str, str]:
        """The conventions by name."""
        return dict(self.also)


@dataclass(frozen=True)
class Subgradients:
    """The convex hull of the gradients nearby: Clarke's subdifferential at a kink.

    Attributes
    ----------
    limits : mapping
        The limits of gradients as the point is approached, by name. Each is a convention.
    also : mapping
        Further conventions inside the hull, by name; the mean of the limits and zero, if it lies
        inside, need no row.
    """

    limits: Mapping[str, str]
    also: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> dict[str, str]:
        """The conventions by name."""
        return {**self.limits, **self.also}


@dataclass(frozen=True)
class Ball:
    """The subdifferential of a norm at zero: all that has a dual norm of at most a radius.

    Attributes
    ----------
    dual : str
        The dual norm: ``euclidean`` or ``spectral``.
    also : mapping
        Conventions inside the ball, by name; zero needs no row.
    radius : str
        The largest dual norm.
    """

    dual: Literal["euclidean", "spectral"]
    also: Mapping[str, str] = field(default_factory=dict)
    radius: str = "1"

    @property
    def named(self) -> dict[str, str]:
        """The conventions by name."""
        return dict(self.also)


@dataclass(frozen=True)
class Convention:
    """No answer of mathematics, but a choice among some that are named.

    Attributes
    ----------
    named : mapping
        The choices by name.
    motion : str
        ``complex`` if the choices are the two ways to write a complex gradient, the first as the
        direction of steepest ascent; ``symmetric`` if each is a gradient among symmetric matrices.
    sources : mapping
        Where a choice is documented, by name.
    """

    named: Mapping[str, str]
    motion: Literal["", "complex", "symmetric"] = ""
    sources: Mapping[str, str] = field(default_factory=dict)


Truth = Exact | Subgradients | Ball | Convention
