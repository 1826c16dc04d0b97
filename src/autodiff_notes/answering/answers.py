"""From a question to its answer, part by part.

>>> parts = answers({"way": "derive", "function": "x' A x"}, lambda latex, _: latex)
>>> next(parts)["function"]
'x @ A @ x'
"""

from collections.abc import Iterator, Mapping
from typing import Any

from autodiff_notes.answering.claims import ClaimError, claimed
from autodiff_notes.answering.functions import derived
from autodiff_notes.answering.html import Typeset
from autodiff_notes.answering.lines import checked
from autodiff_notes.deriving import DomainNeeded, NotSupported
from autodiff_notes.notation import NotationError
from autodiff_notes.notation.derivations import DerivationError

__all__ = ["answers"]

Part = dict[str, Any]

WAYS = {"derive": derived, "lines": checked, "claim": claimed}
"""What can be asked, and what answers it."""

TOO_MUCH = (RecursionError, MemoryError, OverflowError, ZeroDivisionError)
"""What Python says of a text that nobody would write."""


def answers(question: Mapping[str, str], typeset: Typeset) -> Iterator[Part]:
    """Yield the parts of an answer.

    Parameters
    ----------
    question : dict of str to str
        ``way``, and the fields of that way.
    typeset : callable
        From LaTeX to MathML.

    Yields
    ------
    dict
        Texts and HTML for the page; or ``error``, a sentence, with ``field``, ``line`` and
        ``column`` where there is a place.
    """
    try:
        yield from WAYS[question["way"]](question, typeset)
    except ClaimError as error:
        where = {"field": "claim", "line": error.line, "column": error.column}
        yield {"error": error.problem, **where}
    except NotationError as error:
        yield {"error": error.problem, "line": error.line, "column": error.column}
    except DomainNeeded as error:
        yield {"error": str(error), "offered": list(error.offered)}
    except DerivationError as error:
        yield {"error": error.problem, "line": error.line}
    except NotSupported as error:
        yield {"error": str(error)}
    except IndexError:
        yield {"error": "an index is beyond the last entry, where a size is small"}
    except TOO_MUCH as error:
        yield {"error": f"this is too much to read: {type(error).__name__}"}
