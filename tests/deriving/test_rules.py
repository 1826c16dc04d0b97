"""Every row of the table of rules is executed alone, and a row that is wrong is caught."""

import re

import pytest

from autodiff_notes.deriving import derive
from autodiff_notes.deriving.rules import ENTRYWISE, RULES, Rule
from autodiff_notes.notation.sets import declare
from derivations import is_accepted

ROWS = [*ENTRYWISE.values(), *(row for rows in RULES.values() for row in rows)]


def name(row: Rule) -> str:
    """Return a pattern with its domain, as the name of a test."""
    return f"{row.pattern} for {', '.join(row.variables)}"


def wrong(row: Rule) -> list[str]:
    """Return the row with a factor, with a sign, with a factor left out, and transposed."""
    said = row.differential
    ways = [f"1.25 * ({said})", f"-({said})"] if not said.startswith("0 *") else ["d(x) / 8"]
    free = all(declare(v).domain.structure == "any" for v in row.variables)
    square = all(
        len(declare(v).arguments) == 1 for v in row.variables if declare(v).domain.kind == "M"
    )
    if free and square and "d(X)" in said:
        ways.append(
            re.sub(r"d\(X\)(\.mT)?", lambda m: "d(X)" if m[1] else "d(X).mT", said, count=1)
        )
    return ways


def holds(row: Rule, differential: str) -> bool:
    """Return whether a differential equals that of the pattern of a row."""
    text = row.text.replace(f"= {row.differential}  #", f"= {differential}  #")
    assert (text != row.text) == (differential != row.differential)
    return is_accepted(text)


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_a_row_holds_at_random_points(row: Rule) -> None:
    """A row alone is a derivation of one line, and is executed as one."""
    assert holds(row, row.differential)


@pytest.mark.parametrize("row", ROWS, ids=name)
def test_a_wrong_row_is_caught(row: Rule) -> None:
    """A row times 1.25, with the other sign, or with one transpose more does not hold."""
    assert not [way for way in wrong(row) if holds(row, way)]


@pytest.mark.parametrize("kind", ["vector(n)", "matrix(m, n)"])
@pytest.mark.parametrize("row", ENTRYWISE.values(), ids=name)
def test_a_function_of_every_entry_is_derived_for_vectors_and_matrices(
    row: Rule, kind: str
) -> None:
    """A rule for numbers holds entry by entry, where the vocabulary has the word."""
    positive = "positive" in row.variables[0]
    sets = {"vector(n)": "positive(n)", "matrix(m, n)": "positive_matrix(m, n)"}[kind]
    word = row.pattern.partition("(")[0]
    if word in {"clamp", "huber"} and kind.startswith("matrix"):
        pytest.skip("a word of numbers and vectors")
    function = f"sum({row.pattern})"
    if word == "tan":  # away from its poles
        function, positive = "sum(tan(sigmoid(x)))", False
    variables = (f"x in {sets if positive else kind}", *row.variables[1:])
    assert derive(function, variables).verify(sizes=2, seeds=1).holds


def test_every_rule_names_an_entry_that_exists() -> None:
    """A link in a reason leads to an entry of the catalogue."""
    from autodiff_notes import catalogue  # noqa: PLC0415

    assert not [row.entry for row in ROWS if row.entry and row.entry not in catalogue]
