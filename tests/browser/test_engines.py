"""In a browser: the table of the engines is filtered and unfolds, and two engines stand side by side."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from barriers import barriers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROWS = "table.engines tbody tr[id]:visible"


@pytest.fixture
def window(browser: "Browser") -> Iterator["Page"]:
    """Return an empty window."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def data(site: Path) -> dict[str, Any]:
    """Return all answers as data."""
    found: dict[str, Any] = json.loads((site / "engines.json").read_text("utf-8"))
    return found


def homes(site: Path, server: str) -> list[str]:
    """Return where the site is: on a server, and on a disk."""
    return [server, f"{site.as_uri()}/"]


def test_the_table_is_filtered(window: "Page", server: str, data: dict[str, Any]) -> None:
    """By family, engine, verdict and words; the number that stays is told, and the address keeps it."""
    window.goto(f"{server}engines/index.html")
    assert window.locator(ROWS).count() == len(data["cases"])
    window.locator("select[name=family]").select_option("matrices")
    family = [case for case in data["cases"] if case["family"] == "matrices"]
    assert window.locator(ROWS).count() == len(family)
    window.locator("select[name=engine]").select_option("torch")
    window.locator("select[name=verdict]").select_option("wrong")
    wrong = [c["name"] for c in family if c["answers"]["torch"]["verdict"] == "wrong"]
    assert wrong
    shown = window.locator(ROWS).evaluate_all("(all) => all.map((row) => row.id)")
    assert shown == wrong
    assert window.locator("thead th:visible").count() == 2
    assert window.locator("output").text_content() == f"{len(wrong)} of {len(data['cases'])}"
    window.reload()
    assert window.locator(ROWS).count() == len(wrong)
    window.locator("input[name=find]").fill("nothing like this")
    assert window.locator(ROWS).count() == 0


def test_a_cell_unfolds(window: "Page", site: Path, server: str, data: dict[str, Any]) -> None:
    """A click shows code and output below the row, from a disk too; a second one folds them."""
    answers = next(c["answers"] for c in data["cases"] if c["name"] == "det-singular")
    for home in homes(site, server):
        window.goto(f"{home}engines/index.html")
        link = window.locator("tr#det-singular td a").first
        link.click()
        window.locator(".engines-code").wait_for()
        assert window.locator(".engines-code").text_content() == answers["torch"]["code"]
        assert window.locator(".engines-output").text_content() == answers["torch"]["output"]
        assert link.get_attribute("aria-expanded") == "true"
        link.click()
        assert window.locator(".engines-code").count() == 0


def test_the_keyboard_moves_in_the_table(window: "Page", server: str) -> None:
    """An arrow goes to the next answer, Enter unfolds it, and Escape folds it."""
    window.goto(f"{server}engines/index.html")
    window.locator("tr#abs-at-zero td a").first.focus()
    window.keyboard.press("ArrowDown")
    assert window.evaluate("document.activeElement.closest('tr').id") == "abs-at-minus-zero"
    window.keyboard.press("Enter")
    window.locator(".engines-code").wait_for()
    window.keyboard.press("Escape")
    assert window.locator(".engines-code").count() == 0


def test_two_engines_stand_side_by_side(
    window: "Page", site: Path, server: str, data: dict[str, Any]
) -> None:
    """The rows are the cases in which two engines differ, and the address can choose them."""
    one, other = [engine["name"] for engine in data["engines"]][:2]
    asked = [c for c in data["cases"] if all("code" in c["answers"][n] for n in (one, other))]
    parted = [c["name"] for c in asked if len({c["answers"][n]["group"] for n in (one, other)}) > 1]
    for home in homes(site, server):
        window.goto(f"{home}engines/compare.html?one={one}&other={other}")
        window.locator("table.engine-pair").wait_for()
        rows = window.locator("table.engine-pair tbody tr")
        assert rows.evaluate_all("(all) => all.map((row) => row.id)") == parted
        window.locator("select[name=other]").select_option(one)
        assert rows.count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_unfolds_has_no_barriers(window: "Page", server: str, scheme: Any) -> None:
    """axe-core finds no violation with a cell unfolded, in light and in dark.

    The table is filtered first: whole it is looked at in tests/browser/test_pages.py.
    """
    window.emulate_media(color_scheme=scheme)
    window.goto(f"{server}engines/index.html?find=singular")
    assert 0 < window.locator(ROWS).count() < 30
    window.locator("tr#det-singular td a").first.click()
    window.locator(".engines-code").wait_for()
    assert barriers(window) == []


@pytest.mark.parametrize("query", ["singular determinant", "gradient of the norm at zero"])
def test_cases_are_found_below_what_explains_them(window: "Page", server: str, query: str) -> None:
    """A search lists pages of cases, each after every other page that it finds by title or text.

    The page of an engine is found among the others, by who comes to it from torch. Entries of the index come last in Sphinx; those of the catalogue have a list above all.
    """
    window.goto(f"{server}search.html?q={quote(query)}")
    window.locator("#search-results li a").first.wait_for()
    window.wait_for_load_state("networkidle")
    results = window.locator("#search-results li:not(.kind-index) a")
    found = results.evaluate_all("(all) => all.map((a) => a.href)")
    made = ["/engines/cases/" in href for href in found]
    assert any(made)
    assert made == sorted(made)
