"""In a browser, what somebody types leads to its entry: in the search, and in the table."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from queries import FIRST, QUERIES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

# Enough of the list, which is walked whole without a browser, to see that the pages use the finder.
SOME = QUERIES[::12]
RESULTS = "#catalogue-results a"


@pytest.fixture(scope="module")
def window(browser: "Browser") -> Iterator["Page"]:
    """Return an empty window."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize(("query", "entry"), SOME)
def test_the_search_shows_an_entry_as_a_result(
    window: "Page", server: str, query: str, entry: str
) -> None:
    """Above the pages that mention it stands a result that leads to the entry itself."""
    window.goto(f"{server}search.html?q={quote(query)}")
    window.locator(RESULTS).first.wait_for()
    found = window.locator(RESULTS).evaluate_all("(all) => all.map((a) => new URL(a.href).hash)")
    assert len(found) <= FIRST
    assert f"#{entry}" in found
    window.locator(RESULTS).nth(found.index(f"#{entry}")).click()
    window.locator(f"[id='{entry}']").wait_for()  # visible, on the page that opens


@pytest.mark.parametrize(("query", "entry"), SOME)
def test_the_table_shows_an_entry_among_its_first(
    window: "Page", server: str, query: str, entry: str
) -> None:
    """The rows that stay begin with what was looked for, and their number is told."""
    window.goto(f"{server}catalogue/index.html")
    window.locator("#catalogue-filter").fill(query)
    total = window.locator("table.catalogue tbody tr").count()
    rows = window.locator("table.catalogue tbody tr:visible")
    window.locator(f"output:not(:text-is('{total} of {total}'))").wait_for()
    assert window.locator("output").text_content() == f"{rows.count()} of {total}"
    links = rows.locator("td:first-child a:first-of-type").evaluate_all(
        "(all) => all.map((a) => new URL(a.href).hash)"
    )
    assert f"#{entry}" in links[:FIRST]


def test_a_search_without_an_entry_has_no_such_list(window: "Page", server: str) -> None:
    """Where no entry answers, the search shows pages alone."""
    window.goto(f"{server}search.html?q=licence")
    window.locator("#search-results li a").first.wait_for()
    assert window.locator(RESULTS).count() == 0
