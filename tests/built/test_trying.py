"""Links "Try it": each has a text, which the page that it opens can read."""

import json
import re
from pathlib import Path

from autodiff_notes import catalogue, exercises
from autodiff_notes.answering.lines import read_lines
from questions import ask

LINK = re.compile(r'<a class="try" href="([^"]*)#try=([^"]*)">')


def links(site: Path) -> list[tuple[Path, str, str]]:
    """Return every link, with its page, where it leads and its key."""
    return [
        (page, found[1], found[2])
        for page in sorted(site.rglob("*.html"))
        if "_static" not in page.parts
        for found in LINK.finditer(page.read_text("utf-8"))
    ]


def test_every_link_leads_to_a_text(site: Path) -> None:
    """Each link opens the page, its key has a text, and no text is without a link."""
    texts = json.loads((site / "own-texts.json").read_text("utf-8"))
    found = links(site)
    for page, address, _ in found:
        opened = page.parent / address if address else page
        assert opened.resolve() == (site / "own.html").resolve()
    assert {key for *_, key in found} == set(texts)
    assert set(catalogue) <= set(texts)
    assert {f"exercise-{name}" for name in exercises} <= set(texts)


def test_every_text_is_read(site: Path) -> None:
    """Derivations are read in the notation, functions have a derivation, and claims a function."""
    texts = json.loads((site / "own-texts.json").read_text("utf-8"))
    for key, asked in texts.items():
        if asked["way"] == "lines":
            _, _, guessed, notes = read_lines(asked["lines"])
            assert (guessed, notes) == ((), ()), key
        elif asked["way"] == "claim":
            assert "there is no formula" in ask(**asked)[0]["error"], key
    assert len(exercises) == sum(text["way"] == "claim" for text in texts.values()) > 5


def test_links_weigh_little(site: Path) -> None:
    """No page carries more than 3 kB of links and their words."""
    weights: dict[Path, int] = {}
    for page, address, key in links(site):
        link = f'<a class="try" href="{address}#try={key}">Try it</a> '
        weights[page] = weights.get(page, 0) + len(link)
    assert max(weights.values()) <= 3_000
