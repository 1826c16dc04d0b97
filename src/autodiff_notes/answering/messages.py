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

__all__ = ["messages"]


def messages(question: str, typeset: Typeset) -> Iterator[str]:
    """Yield the parts of an answer as JSON, one text each."""
    for part in answers(json.loads(question), typeset):
        yield json.dumps(part)
