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


@pytest.mark.parametrize("origin", ["disk", "server"])
def test_what_somebody_types_finds_its_page_first(
    browser: "Browser", site: Path, server: str, origin: str
) -> None:
    """At least 24 of the 26 searches show their page first, and the console stays silent."""
    home = server if origin == "server" else f"{site.as_uri()}/"
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    missed = []
    for query, wanted in SEARCHES:
        page.goto(f"{home}search.html?q={quote(query)}")
        page.locator(".search-summary:not(:empty)").wait_for()
        links = page.locator("#search-results ul.search:not(#catalogue-results) a")
        first = links.first.get_attribute("href") if links.count() else None
        if first is None or first.partition("#")[0].partition("?")[0] != wanted:
            missed.append((query, first))
    page.close()
    assert len(SEARCHES) == 26
    assert len(missed) <= 2, missed
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
