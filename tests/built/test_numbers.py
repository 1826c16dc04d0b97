"""A number in the prose of a page comes from what was run there.

It stands in the code of the page, in what a run printed, or in a table of the record; or it is the
number of an equation, a version or a year. What else there is has its reason here.
"""

import copy
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from bs4 import BeautifulSoup, Tag

from pages import WRITTEN
from projects import edit
from reading import article

ARGUED = [
    page
    for page in WRITTEN
    if page.split("/")[0] in {"notes", "behaviour", "parting", "check.html"}
]
NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*(?:e-?\d+)?(?!\w)")
NAMED = re.compile(r"(?:equations?|In|torch|version) \d[\d.]*(?: to \d+)?")
REASONS = {
    "behaviour/checkpointing.html": {
        "10,000": "an example of the formula, which a derivation holds",
        "200": "twice the root of it",
    },
    "notes/scalar-partials.html": {
        "10": "the cells that the record does not show",
        "11": "a cell of the record",
        "13": "a cell of the record",
    },
    "parting/index.html": {"0": "relu, on the page that the line leads to"},
}
ELSEWHERE = "pre, math, code, a, table, .derivation, .exercise, .step-title, .gradient-report"


def untold(page: Tag) -> list[str]:
    """Return the numbers in the prose of a page that nothing on it shows."""
    rest = copy.copy(page)
    shown = " ".join(part.get_text() for part in rest.select("pre, .cell_output, table"))
    for part in rest.select(ELSEWHERE):
        part.replace_with(" ")
    prose = NAMED.sub("", " ".join(p.get_text() for p in rest.select("p, li, dd")))
    return sorted(
        {
            n
            for n in NUMBER.findall(prose)
            if not re.search(rf"(?<![\d.]){re.escape(n)}(?!\d)", shown)
        }
    )


@pytest.mark.parametrize("page", ARGUED)
def test_numbers_in_prose_come_from_the_run(site: Path, page: str) -> None:
    """Each number that a sentence tells is one that the page shows, or has its reason."""
    assert untold(article(site, page)) == sorted(REASONS.get(page, {}))


def test_a_number_that_nothing_shows_is_named() -> None:
    """The walk names a typed number, and passes one that was printed, and one of an equation."""
    page = "<p>It is 1.45, by equation 252, and was {}.</p><pre>1.45</pre>"
    assert untold(BeautifulSoup(page.format("1.45"), "html.parser")) == []
    assert untold(BeautifulSoup(page.format("2.60"), "html.parser")) == ["2.60"]


@pytest.mark.parametrize(("number", "found"), [("1729", []), ("1728", ["1728"])])
def test_a_number_that_was_mistyped_is_found(
    project: Path, build: Callable[[Path], CompletedProcess[str]], number: str, found: list[str]
) -> None:
    """A sentence with the number of the run passes, and with another it is named."""
    edit(project / "docs/page.md", "The number $n$", f"The number {number}")
    assert build(project).returncode == 0
    assert untold(article(project / "out", "page.html")) == found
