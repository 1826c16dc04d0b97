"""Answers as JSON: numbers, nested lists of numbers, None, and how two of them are compared.

>>> normalised([[1.0, float("nan")], [float("inf"), 1 + 2j]])
[[1.0, 'nan'], ['inf', {'re': 1.0, 'im': 2.0}]]
>>> agree([0.1 + 0.2, "nan"], [0.3, "nan"])
True
"""

import cmath
import math
import re
from typing import Any

__all__ = [
    "SINGLE",
    "TOLERANCES",
    "agree",
    "agree_within",
    "error",
    "flat",
    "normalised",
    "precision_of",
]

# Relative and, below one, absolute: a few hundred units in the last place of numbers of order one,
# which a factorisation or a series may lose; what is called wrong differs by far more.
TOLERANCES = {"float64": 1e-7, "float32": 1e-4, "float16": 1e-2}

SINGLE = 1e-6
"""What a function may be off, by ten units in the last place of float32, that computes in single
precision and answers in double."""

# Where a machine's folders or addresses show through a message.
PRIVATE = re.compile(r"(?:[A-Za-z]:)?(?:[/\\][\w.+@~-]+){2,}/?|0x[0-9a-fA-F]+")
LONGEST = 300  # characters of a message; some engines print a whole program


def normalised(answer: Any) -> Any:
    """Return an answer, of whatever array type, as JSON has it."""
    if answer is None or isinstance(answer, str):
        return answer
    if isinstance(answer, list | tuple):
        return [normalised(entry) for entry in answer]
    for method in ("tolist", "numpy"):  # arrays; numbers of NumPy
        if hasattr(answer, method):
            return normalised(getattr(answer, method)())
    if isinstance(answer, complex):
        return {"re": _number(answer.real), "im": _number(answer.imag)}
    return _number(float(answer))


def _number(x: float) -> float | str:
    return x + 0.0 if math.isfinite(x) else str(x)  # without the sign of a zero


def precision_of(answer: Any) -> str:
    """Return the precision of an answer's first array, a key of TOLERANCES; by default float64."""
    while isinstance(answer, list | tuple) and answer:
        answer = answer[0]
    dtype = str(getattr(answer, "dtype", "")).lower()
    if "16" in dtype or "half" in dtype:
        return "float16"
    return "float32" if "float32" in dtype or "complex64" in dtype else "float64"


def error(problem: BaseException) -> dict[str, str]:
    """Return an error as JSON: its type, and what it says, without folders and addresses."""
    message = PRIVATE.sub("…", _told(str(problem)))
    return {"type": type(problem).__name__, "message": message[:LONGEST]}


def _told(text: str) -> str:
    """Return the line of a message that says something: the last of a traceback, else the first."""
    text = text.partition("Backtrace when that variable is created")[0]  # PyTensor's, and no more
    lines = [line.strip() for line in text.splitlines() if re.search(r"\w", line)]
    if any(line.startswith(('File "', "Traceback (most recent call last)")) for line in lines):
        return lines[-1]
    return next((line for line in lines if not line.startswith("- ")), "")  # MindSpore's headings


def flat(answer: Any) -> list[complex | None]:
    """Return the numbers of an answer in their order."""
    if isinstance(answer, list | tuple):
        return [number for entry in answer for number in flat(entry)]
    if isinstance(answer, dict):
        return [complex(float(answer["re"]), float(answer["im"]))]
    return [None if answer is None else complex(answer)]


def agree(a: Any, b: Any, precision: str = "float64") -> bool:
    """Return whether two answers are the same up to rounding; nan agrees with nan."""
    return agree_within(a, b, TOLERANCES[precision])


def agree_within(a: Any, b: Any, tolerance: float) -> bool:
    """Return whether two answers are the same up to a tolerance."""
    first, second = flat(a), flat(b)
    if len(first) != len(second):
        return False
    return all(_near(x, y, tolerance) for x, y in zip(first, second, strict=True))


def _near(x: complex | None, y: complex | None, tolerance: float) -> bool:
    if x is None or y is None:
        return x is y
    return all(
        p == q or (math.isnan(p) and math.isnan(q)) or _close(p, q, abs(y), tolerance)
        for p, q in ((x.real, y.real), (x.imag, y.imag))
    )


def _close(p: float, q: float, scale: float, tolerance: float) -> bool:
    scale = max(1.0, scale if cmath.isfinite(scale) else 1.0)
    return math.isfinite(p) and math.isfinite(q) and abs(p - q) <= tolerance * scale
