"""Answers as JSON, for a script that asks from outside of Python.

>>> import json
>>> parts = messages('{"way": "derive", "function": "x + ("}', lambda latex, _: latex)
>>> json.loads(next(parts))["column"]
6
"""

import json
from collections.abc import Iterator

from autodiff_notes.answering.answers import answers
from autodiff_notes.answering.html import Typeset
from autodiff_notes.notation.vocabulary import SPECIAL, WORDS

__all__ = ["messages", "words"]


def messages(question: str, typeset: Typeset) -> Iterator[str]:
    """Yield the parts of an answer as JSON, one text each."""
    for part in answers(json.loads(question), typeset):
        yield json.dumps(part)


def words() -> str:
    """Return the words of the notation with what they take, as JSON.

    >>> json.loads(words())["outer"]
    'a vector, a vector'
    """
    usages = {
        name: " or ".join(", ".join(kind.words for kind in row.parameters) for row in rows)
        for name, rows in WORDS.items()
    }
    usages |= {name: usage for name, usage in SPECIAL.items() if name != "range"}
    return json.dumps(dict(sorted(usages.items())))
