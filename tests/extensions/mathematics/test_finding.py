"""What an entry is found by reaches the scripts and the index as it is written."""

import json
from dataclasses import replace
from pathlib import Path

from _extensions.mathematics import finding
from autodiff_notes import catalogue

ENTRY = catalogue["log-det"]


def test_names_are_replaced_by_what_they_stand_for() -> None:
    """A definition within a definition is replaced too, and a longer name is left alone."""
    entry = replace(ENTRY, where={"A": "X @ X", "B": "inv(A)"})
    assert finding.expanded(entry, "B + AB") == "(inv((X @ X))) + AB"


def test_an_expression_is_found_as_code_and_as_latex() -> None:
    """What the names stand for is spelled out in both, so that no name of a part hides a formula."""
    entry = catalogue["quadratic-form-of-inverse"]
    assert finding.spelled(entry, entry.function) == ("x @ (inv(X)) @ x", r"x^{\top} X^{-1} x")


def test_texts_are_written_as_a_call(tmp_path: Path) -> None:
    """The file is one call with the list of all entries, so that it can be loaded from a disk."""
    finding.write(tmp_path, [(ENTRY, "catalogue/determinants.html#log-det")])
    text = (tmp_path / finding.TEXTS).read_text("utf-8")
    start, end = "window.catalogueTexts(", ");\n"
    assert text.startswith(start)
    assert text.endswith(end)
    (found,) = json.loads(text[len(start) : -len(end)])
    assert found["title"] == ENTRY.title
    assert found["address"] == "catalogue/determinants.html#log-det"
    assert "logdet" in " ".join(found["formulas"])


def test_formulas_stay_out_of_the_index() -> None:
    """The index lists words that are read; a formula among the synonyms is for the finder alone."""
    node = finding.index(replace(ENTRY, also=("log determinant", r"\\log\\det X", "ln|X|")))
    assert [entry[1] for entry in node["entries"]] == [ENTRY.title, "log determinant"]
