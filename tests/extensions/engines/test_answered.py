"""Answers are grouped by what they say, counted, and torch's are held to its record."""

from pathlib import Path
from typing import Any

import pytest
from sphinx.errors import ExtensionError

from _extensions.engines import answered
from _extensions.engines.answered import Answer, Answers
from autodiff_notes.engines import cases, engines
from autodiff_notes.engines.record import read
from autodiff_notes.engines.running import Entry
from autodiff_notes.engines.verdicts import NOT_OFFERED, Verdict

RIGHT, WRONG = Verdict("right"), Verdict("wrong")


@pytest.fixture
def two() -> Answers:
    """Return the answers of torch and of another engine to three cases."""
    run = {"version": "1", "python": "3", "platform": "here", "date": "2026-01-01"}
    return Answers(
        {
            "a": {"torch": Answer(RIGHT, group=0), "jax": Answer(WRONG, group=1)},
            "b": {"torch": Answer(RIGHT, group=0), "jax": Answer(RIGHT, group=0)},
            "c": {"torch": Answer(RIGHT, group=0), "jax": Answer(NOT_OFFERED)},
        },
        {"torch": [run], "jax": [{**run, "version": "0"}, {**run, "version": "2"}]},
    )


def test_two_engines_differ_where_both_say_something_else(two: Answers) -> None:
    """A case that one of them is not asked counts for nothing."""
    assert two.differing("torch", "jax") == (["a"], 2)


def test_the_version_is_that_of_the_run(two: Answers) -> None:
    """An answer has the version of its own run, and an engine that of its last."""
    assert two.version("jax", "a") == "0"
    assert two.version("jax") == "2"


def test_verdicts_are_counted(two: Answers) -> None:
    """Each kind has its number, and what is not asked counts as not offered."""
    found = answered.counted(two, "jax")
    assert (found["right"], found["wrong"], found["not offered"], found["NaN"]) == (1, 1, 1, 0)


@pytest.mark.parametrize(
    ("entries", "groups"),
    [
        ([{"answer": 1.0}, {"answer": 1.0 + 1e-12}, {"answer": 2.0}], [0, 0, 1]),
        ([{"answer": 1.0}, {"answer": 1.00001, "precision": "float32"}], [0, 0]),
        ([{"answer": 1.0}, {"answer": 1.00001}], [0, 1]),
        ([{"answer": "nan"}, {"answer": "nan"}, {"answer": 0.0}], [0, 0, 1]),
        ([{"error": {}}, {"answer": 0.0}, {"late": 60}, {"ended": "SIGSEGV"}], [-1, 0, -1, -1]),
        ([{"varies": []}, {"varies": []}], [0, 1]),
    ],
)
def test_answers_that_agree_share_a_number(entries: list[Entry], groups: list[int]) -> None:
    """Up to rounding of the coarser precision; errors share one, and what varies has its own."""
    seen: list[Entry] = []
    assert [answered.group_of(entry, seen) for entry in entries] == groups


def test_an_engine_that_is_not_asked_has_its_reason() -> None:
    """The reason of the adapter is told, and a recorded answer has its code and its words."""
    case, engine = cases["abs-at-zero"], engines["torch"]
    found = dict(answered.of_case(case, {"torch": read(engine)}))
    assert found["torch"].asked_as == engine.answers[case.key]
    assert found["torch"].code.endswith(found["torch"].asked_as)
    assert found["torch"].output == "0"
    nothing: dict[str, Any] = {"answers": {}, "runs": []}
    (left_out,) = dict(answered.of_case(case, {"torch": nothing})).values()
    assert (left_out.verdict, left_out.asked) == (NOT_OFFERED, False)


def test_the_record_is_what_torch_says() -> None:
    """Torch's own record stops nothing."""
    record = read(engines["torch"])
    answered.check(record, record["answers"])


def test_another_answer_of_torch_stops_the_build() -> None:
    """The error names the record, the case, what was and what is, and how to record a machine's."""
    record = read(engines["torch"])
    here = {**record["answers"], "abs-at-zero": {"answer": 1.0}}
    told = r"torch\.json:1: .*\(abs-at-zero\) was 0.*, is 1; .* engines torch --again records it$"
    with pytest.raises(ExtensionError, match=told):
        answered.check(record, here)


@pytest.mark.parametrize("answer", [[[0, 0, 0], [0, 1, -1], [0, -1, 1]], [["nan"] * 3] * 3])
def test_either_machine_builds_the_site(answer: list[list[float | str]]) -> None:
    """The singular values of ones that are 0 are rounded to 0 or not; each has its answer."""
    record = read(engines["torch"])
    answered.check(record, {**record["answers"], "det-hessian-of-ones": {"answer": answer}})


def test_another_torch_may_answer_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version or platform stops nothing; what the record was made from still does."""
    record = read(engines["torch"])
    here = {**record["answers"], "abs-at-zero": {"answer": 1.0}}
    for other in ({"version": "99.0"}, {"platform": "Darwin arm64"}):
        monkeypatch.setattr(answered, "this_run", lambda _, o=other: record["runs"][-1] | o)
        answered.check(record, here)
    old = {**record["answers"]["abs-at-zero"], "hash": "0"}
    with pytest.raises(ExtensionError, match="abs-at-zero was recorded from another case or code"):
        answered.check({**record, "answers": {**record["answers"], "abs-at-zero": old}}, here)


def test_a_stale_record_of_torch_stops_the_build() -> None:
    """An answer that was recorded from other code is named."""
    record = read(engines["torch"])
    old = {**record["answers"]["abs-at-zero"], "hash": "0"}
    other = {**record, "answers": {**record["answers"], "abs-at-zero": old}}
    with pytest.raises(ExtensionError, match="abs-at-zero was recorded from another case or code"):
        answered.check(other, record["answers"])


def test_torch_is_asked_without_changing_this_process() -> None:
    """A fork answers as the record says, and the default precision here stays."""
    import torch  # noqa: PLC0415 - that it is imported is the point

    before = torch.get_default_dtype()
    here = answered.ask_torch()
    assert torch.get_default_dtype() == before
    answered.check(read(engines["torch"]), here)


def test_every_record_belongs_to_an_engine() -> None:
    """A file of answers without an adapter would be shown nowhere."""
    names = {path.stem for path in (Path(answered.FOLDER) / "results").glob("*.json")}
    assert names <= set(engines)
