"""Answers leave Python as JSON, one text a part."""

import json

from autodiff_notes.answering.messages import messages


def test_messages() -> None:
    """Each part is a text of JSON, and comes when it is asked for."""
    question = json.dumps({"way": "derive", "function": "x @ x"})
    parts = messages(question, lambda latex, _: latex)
    assert json.loads(next(parts))["function"] == "x @ x"
    assert [json.loads(part) for part in parts][-1]["holds"]
