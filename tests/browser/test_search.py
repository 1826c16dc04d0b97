"""The search leads to the page that answers, and a page marks the words that were looked for."""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

if TYPE_CHECKING:  # nox -s tests collects this file without playwright
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

LISTED = Path(__file__).with_name("searches.txt").read_text("utf-8").splitlines()
SEARCHES = [line.split(" | ") for line in LISTED if line and not line.startswith("#")]


@pytest.mark.parametrize(("origin", "step"), [("disk", 5), ("server", 1)])
def test_what_somebody_types_finds_its_page_first(
    browser: "Browser", site: Path, server: str, origin: str, step: int
) -> None:
    """At least 24 of the 26 searches show their page first, and the console stays silent.

    From a disk each fifth is looked for: nothing but the address differs.
    """
    home = server if origin == "server" else f"{site.as_uri()}/"
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    missed = []
    for query, wanted in SEARCHES[::step]:
        page.goto(f"{home}search.html?q={quote(query)}")
        links = page.locator("#search-results ul.search:not(#catalogue-results) a")
        # The first is shown first; what the others say of themselves takes longer than all the rest.
        links.or_(page.locator(".search-summary:not(:empty)")).first.wait_for()
        first = links.first.get_attribute("href") if links.count() else None
        if first is None or first.partition("#")[0].partition("?")[0] != wanted:
            missed.append((query, first))
    page.close()
    assert len(SEARCHES) == 26
    assert len(missed) <= 2, missed
    assert said == []


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("λ", "catalogue/spectral.html"),
        ("eigenvalue unheardof", "catalogue/spectral.html"),
        ("modified by an inplace operation: torch.FloatTensor", "behaviour/in-place.html"),
        ("tape deriving orders", "api/deriving.html"),
    ],
)
def test_most_of_the_words_are_enough(
    browser: "Browser", server: str, query: str, wanted: str
) -> None:
    """A symbol is looked for by its name, a word that no page has is passed over, in silence."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{server}search.html?q={quote(query)}", wait_until="networkidle")
    page.locator(".search-summary:not(:empty)").wait_for()
    links = page.locator("#search-results ul.search:not(#catalogue-results) a")
    found = links.evaluate_all("(all) => all.map((link) => link.getAttribute('href'))")
    page.close()
    assert wanted in {address.partition("#")[0].partition("?")[0] for address in found}
    assert said == []


@pytest.mark.parametrize("words", ["forward+mode", "light+dark", "toggle"])
def test_marking_causes_no_error(browser: "Browser", server: str, words: str) -> None:
    """Words that stand in the titles of the theme's icons, too, are marked without an error."""
    page = browser.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{server}behaviour/forward-mode.html?highlight={words}", wait_until="networkidle")
    marked = page.locator("article .highlighted").count()
    page.close()
    assert said == []
    assert marked or words != "forward+mode"
