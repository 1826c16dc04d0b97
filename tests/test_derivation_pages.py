"""Every derivation of every page holds, and none of its lines could be another."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from autodiff_notes.derivations import DerivationError, Line, check, parse

ROOT = Path(__file__).parent.parent
FENCE = re.compile(r"\s*(?P<fence>`{3,}|:{3,})\{derivation\}")


def derivations() -> Iterator[tuple[str, str]]:
    """Yield the place and the text of each derivation below docs."""
    for page in sorted(ROOT.glob("docs/**/*.md")):
        if "_build" in page.parts:
            continue
        lines = page.read_text("utf-8").splitlines()
        for start, line in enumerate(lines, start=1):
            if opening := FENCE.match(line):
                end = lines.index(opening["fence"], start)
                yield f"{page.relative_to(ROOT)}:{start}", "\n".join(lines[start:end])


DERIVATIONS = dict(derivations())
LINES = [
    pytest.param(text, line, id=f"{place}, line {line.number}")
    for place, text in DERIVATIONS.items()
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
    assert any(place.startswith("docs/notes/log-det.md") for place in DERIVATIONS)


@pytest.mark.parametrize("text", DERIVATIONS.values(), ids=DERIVATIONS)
def test_derivation_of_a_page_holds(text: str) -> None:
    """The derivation holds at other points than those of the build, too."""
    assert check(parse(text), first_seed=100).gap < 1e-9


@pytest.mark.parametrize(("text", "line"), LINES)
@pytest.mark.parametrize("expression", ["1.001 * ({})", "-({})"])
def test_altered_line_of_a_page_is_refused(text: str, line: Line, expression: str) -> None:
    """A line that is a thousandth off, or has the other sign, does not pass."""
    with pytest.raises(DerivationError, match=r"does not (equal|hold)"):
        check(parse(corrupted(text, line, expression)))
