"""Answers leave Python as JSON, one text a part."""

import json

from autodiff_notes.answering.messages import messages, words
from autodiff_notes.notation.vocabulary import SPECIAL, WORDS


def test_messages() -> None:
    """Each part is a text of JSON, and comes when it is asked for."""
    question = json.dumps({"way": "derive", "function": "x @ x"})
    parts = messages(question, lambda latex, _: latex)
    assert json.loads(next(parts))["function"] == "x @ x"
    assert [json.loads(part) for part in parts][-1]["holds"]


def test_words_have_their_usage() -> None:
    """Every word of the notation is offered with what it takes; range stands within others alone."""
    found = json.loads(words())
    assert found.keys() == {*WORDS, *SPECIAL} - {"range"}
    assert found["inv"] == "a matrix"
    assert found["norm"].startswith("a vector or a matrix or a vector, a number")
