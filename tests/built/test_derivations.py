"""Every derivation of every page holds, and none of its lines could be another."""

import re
from pathlib import Path

import pytest

from autodiff_notes.evaluation.execution import execute
from autodiff_notes.notation.derivations import DerivationError, Line, parse
from derivations import PAGES, PROSE

MATHEMATICS = re.compile(r"\$\$(.+?)\$\$|(?<![\\`$])\$([^$\n]+)\$|:math:`([^`]+)`", re.DOTALL)
SUBSCRIPT = re.compile(r"_\{[^}]*\}")
BETWEEN_STATEMENTS = re.compile(r"\\\\|\\q?quad|, ")
LINES = [
    pytest.param(text, line, id=f"{place}, line {line.number}")
    for place, text in PAGES.items()
    for line in parse(text).lines
]


def corrupted(text: str, line: Line, expression: str) -> str:
    """Return a derivation with another expression in one of its lines."""
    lines = text.split("\n")
    code = lines[line.number - 1]
    whole = line.expression.source.strip()
    assert whole in code, "a corrupted line stands on one line"
    lines[line.number - 1] = code.replace(whole, expression.format(whole), 1)
    return "\n".join(lines)


def test_there_are_derivations() -> None:
    """The walk over the pages finds the notes' derivations."""
    assert any(place.startswith("docs/notes/log-det.md") for place in PAGES)


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
def test_derivation_of_a_page_holds(text: str) -> None:
    """The derivation holds at other points than those of the build, too."""
    assert execute(parse(text), first_seed=100).gap < 1e-9


@pytest.mark.parametrize(("text", "line"), LINES)
@pytest.mark.parametrize("expression", ["1.001 * ({})", "-({})"])
def test_altered_line_of_a_page_is_refused(text: str, line: Line, expression: str) -> None:
    """A line that is a thousandth off, or has the other sign, does not pass."""
    with pytest.raises(DerivationError, match=r"does not (equal|hold)"):
        execute(parse(corrupted(text, line, expression)))


def typed_chains(text: str) -> list[str]:
    """Return the formulas of a text that equate more than two expressions."""
    return [
        formula
        for groups in MATHEMATICS.findall(text)
        for formula in groups
        if any(
            statement.count("=") > 1 or statement.lstrip("& \n").startswith("=")
            for statement in BETWEEN_STATEMENTS.split(SUBSCRIPT.sub("", formula))
        )
    ]


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_no_chain_is_typed(path: Path) -> None:
    """A chain of equalities is a derivation, so that it runs: none is set by hand."""
    assert not typed_chains(path.read_text("utf-8"))


def test_a_typed_chain_is_seen() -> None:
    """The walk over the prose sees a chain, and no chain in a list of definitions."""
    assert typed_chains("so $f = a = b$.") == ["f = a = b"]
    assert typed_chains("$$\nf &= a \\\\\n&= b\n$$")
    assert not typed_chains("$v_1 = a, \\quad v_2 = b$, and $\\sum_{i=1}^n x_i = 1$")
