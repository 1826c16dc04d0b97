"""Changes between two records are told in words, and rounding is no change."""

from autodiff_notes.engines import engines
from autodiff_notes.engines.changes import changes, same, worded
from autodiff_notes.engines.running import Entry


def test_a_change_is_told_with_version_case_and_both_answers() -> None:
    """The sentence names engine, version and case, what was and what is."""
    old = {"answers": {"abs-at-zero": {"answer": 1.0}, "maximum-tie": {"answer": [0.5, 0.5]}}}
    new = {
        "runs": [{"version": "0.13"}],
        "answers": {
            "abs-at-zero": {"answer": 0.0},
            "maximum-tie": {"answer": [0.5, 0.5 + 1e-12]},
            "minimum-tie": {"answer": [1.0, 0.0]},
        },
    }
    assert changes(engines["torch"], old, new) == [
        "PyTorch 0.13: The slope of the absolute value at zero (abs-at-zero) was 1, is 0"
    ]


def test_answers_have_words() -> None:
    """Numbers are short, complex ones have an i, and errors and ends are told."""
    entries: dict[str, Entry] = {
        "[0.333333, nan]": {"answer": [1 / 3, "nan"]},
        "2 - 4i": {"answer": {"re": 2.0, "im": -4.0}},
        "complex infinity": {"answer": {"re": "inf", "im": "nan"}},
        "None": {"answer": None},
        "TypeError: no": {"error": {"type": "TypeError", "message": "no"}},
        "no answer within 60 seconds": {"late": 60.0},
        "the end of the process (SIGSEGV)": {"ended": "SIGSEGV"},
        "1 or 2": {"varies": [{"answer": 1.0}, {"answer": 2.0}]},
    }
    assert {words: worded(entry) for words, entry in entries.items()} == {w: w for w in entries}


def test_kinds_of_answers_differ() -> None:
    """An error of the same type is the same; a number, an error and an end are three things."""
    error: Entry = {"error": {"type": "TypeError", "message": "no"}}
    assert same(error, {"error": {"type": "TypeError", "message": "not"}})
    assert not same(error, {"error": {"type": "ValueError", "message": "no"}})
    assert not same(error, {"answer": 1.0})
    assert not same({"ended": "SIGSEGV"}, error)
    assert same({"late": 60.0}, {"late": 30.0})


def test_one_machine_gives_one_of_the_answers_that_machines_give() -> None:
    """What varies between machines covers each of its answers; between runs it must vary again."""
    both: Entry = {"varies": [{"answer": 1.0}, {"answer": "nan"}]}
    assert not same(both, {"answer": 1.0})
    assert same(both, {"varies": [{"answer": 3.0}, {"answer": 1.0}]})
    machines = {**both, "between": "machine to machine"}
    assert same(machines, {"answer": 1.0})
    assert same(machines, {"answer": "nan"})
    assert same(machines, machines)
    assert not same(machines, {"answer": 2.0})
    assert not same(machines, {"varies": [{"answer": 3.0}, {"answer": 2.0}]})
