"""The data follow their schema, which refuses what is not described."""

import json

import jsonschema
import pytest

from _extensions.engines import data
from _extensions.engines.answered import Answer, Answers
from autodiff_notes.engines import cases
from autodiff_notes.engines.verdicts import NOT_OFFERED, Verdict
from pages import DOCS

RUN = {"version": "2.0", "python": "3", "platform": "here", "date": "2026-01-01"}
SCHEMA = json.loads((DOCS / "engines" / data.SCHEMA).read_text("utf-8"))


@pytest.fixture
def answers() -> Answers:
    """Return an answer of torch to each case but one."""
    answer = Answer(Verdict("a convention", "zero"), "f(0)", "f(0)", "0", 0)
    by = {key: {"torch": answer} for key in cases}
    by["abs-at-zero"] = {"torch": Answer(NOT_OFFERED, reason="none")}
    return Answers(by, {"torch": [RUN]})


def test_the_data_follow_the_schema(answers: Answers) -> None:
    """Every case, with points and conventions of all kinds, has the described form."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    found = json.loads(json.dumps(data.data(answers, "1.0")))
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    assert [case["name"] for case in found["cases"]] == list(cases)


def test_the_schema_refuses_another_form(answers: Answers) -> None:
    """A verdict that is not known, or an answer without its output, is refused."""
    found = json.loads(json.dumps(data.data(answers, "1.0")))
    answer = found["cases"][1]["answers"]["torch"]
    for wrong in ({**answer, "verdict": "good"}, {k: v for k, v in answer.items() if k != "run"}):
        found["cases"][1]["answers"]["torch"] = wrong
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(SCHEMA).validate(found)


def test_who_was_not_asked_has_a_reason_alone(answers: Answers) -> None:
    """Neither code nor output is invented."""
    case = data.case_as_data(cases["abs-at-zero"], answers)
    told = case["answers"]["torch"]
    assert set(told) == {"verdict", "address", "reason"}
    assert told["address"] == "engines/cases/abs-at-zero.html#torch"
