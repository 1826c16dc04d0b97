"""A page on paper, for the keyboard, without motion, in the system's colours and in narrow windows."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # nox -s tests collects this file without playwright
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

NOTE, TABLE, ENTRIES = "notes/log-det.html", "catalogue/index.html", "catalogue/determinants.html"
LIVE = ["sweep/live.html", "own.html"]
# Boxes that take the focus, and whether there is more in them than they show.
STOPS = """
() => [...document.querySelectorAll("article :is(pre, div.math, .output)")]
  .filter((box) => box.checkVisibility())
  .map((box) => [box.tabIndex === 0, box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight + 1])
"""


@pytest.fixture
def window(browser: "Browser") -> Iterator["Page"]:
    """Return an empty window."""
    context = browser.new_context()
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def style(window: "Page", place: str, name: str, pseudo: str | None = None) -> str:
    """Return how one property of an element is computed."""
    found: str = window.locator(place).first.evaluate(
        "(part, [name, pseudo]) => getComputedStyle(part, pseudo).getPropertyValue(name)",
        [name, pseudo],
    )
    return found


def test_paper_shows_what_is_folded(window: "Page", server: str) -> None:
    """On paper, and there alone, the content of each line that a reader opens is laid out."""
    window.goto(server + ENTRIES)
    inside = "[...document.querySelectorAll('details > :not(summary)')].map((e) => e.checkVisibility({ contentVisibilityAuto: true }) && e.getBoundingClientRect().height > 0)"
    assert not any(window.evaluate(inside))
    window.emulate_media(media="print")
    window.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
    shown = window.evaluate(inside)
    assert len(shown) > 10
    assert all(shown)


def test_paper_has_no_buttons_and_whole_blocks(window: "Page", server: str) -> None:
    """What is for a screen is left out, nothing lies over the text, and outputs stay in one piece."""
    window.goto(server + NOTE)
    window.emulate_media(media="print")
    for place in (".skip-to-content", ".copybtn", ".copies", ".back-to-top"):
        assert window.locator(place).count()
        assert style(window, place, "display") == "none", place
    for place in (".sphx-glr-script-out", ".derivation-right", ".highlight"):
        assert style(window, f"article {place}", "break-inside") == "avoid", place
    assert style(window, "article .derivation-given", "break-after") == "avoid"


def test_paper_has_the_addresses_of_links(window: "Page", server: str) -> None:
    """Behind a link that leaves the site stands where it leads, on paper alone."""
    window.goto(f"{server}notices.html")
    place = "article a.external[href^='http']"
    assert style(window, place, "content", "::after") == "none"
    window.emulate_media(media="print")
    address = window.locator(place).first.get_attribute("href") or ""
    assert address
    assert address in style(window, place, "content", "::after")


def test_paper_shows_every_step_and_column(window: "Page", server: str) -> None:
    """A sweep on paper has all its values and sentences, and the table of the catalogue its columns."""
    window.goto(f"{server}sweep/index.html")
    values = ".sweep :is(td:nth-of-type(2), .node .value)"
    hidden = f"[...document.querySelectorAll('{values}')].filter((e) => !e.checkVisibility({{ visibilityProperty: true }})).length"
    cut = "[...document.querySelectorAll('.sweep-steps')].filter((e) => e.scrollHeight > e.clientHeight + 1).length"
    assert window.evaluate(hidden) > 5
    assert window.evaluate(cut) >= 1
    window.emulate_media(media="print")
    assert window.evaluate(hidden) == 0
    assert window.evaluate(cut) == 0
    window.set_viewport_size({"width": 720, "height": 900})  # about that of a sheet
    window.goto(server + TABLE)
    assert style(window, "table.catalogue tr", "display") == "table-row"
    assert window.evaluate("document.documentElement.scrollWidth") <= 720


@pytest.mark.parametrize("width", [1440, 390])
def test_the_keyboard_stops_at_what_scrolls(window: "Page", server: str, width: int) -> None:
    """Of the boxes that could scroll, those with more in them take the focus, and no other."""
    window.set_viewport_size({"width": width, "height": 900})
    window.goto(server + NOTE, wait_until="networkidle")
    window.wait_for_timeout(100)  # until the sizes have been observed
    stops = window.evaluate(STOPS)
    assert len(stops) > 40
    assert [stop for stop in stops if stop[0] != stop[1]] == []
    assert any(scrolls for _, scrolls in stops) or width == 1440


def test_a_copy_button_is_seen_in_focus(window: "Page", server: str) -> None:
    """A button that waits for the pointer shows itself to the keyboard, and says what it does."""
    window.goto(server + NOTE)
    button = window.locator("article .copybtn:visible").first
    assert style(window, "article .copybtn:visible", "opacity") == "0"
    window.keyboard.press("Tab")  # from here on the focus is that of a keyboard
    button.focus()
    assert button.evaluate("(e) => getComputedStyle(e).opacity") == "1"
    assert button.get_attribute("aria-label") == "Copy"


def test_no_motion_for_who_wants_none(window: "Page", server: str) -> None:
    """A page jumps to its places instead of gliding there, if the reader's system asks for that."""
    window.goto(server + NOTE)
    assert style(window, "html", "scroll-behavior") == "smooth"
    window.emulate_media(reduced_motion="reduce")
    for place in ("html", ".sidebar-scroll", ".toc-scroll"):
        assert style(window, place, "scroll-behavior") == "auto", place


def test_the_step_is_marked_in_the_colours_of_the_system(window: "Page", server: str) -> None:
    """Where the system chooses the colours, the step that a sweep is at has a frame."""
    window.goto(f"{server}sweep/index.html")
    assert style(window, ".sweep li.now", "outline-style") == "none"
    window.emulate_media(forced_colors="active")
    assert style(window, ".sweep li.now", "outline-style") == "solid"
    assert style(window, ".sweep li:not(.now)", "outline-style") == "none"


@pytest.mark.parametrize("width", [1440, 1345, 1344, 1280, 1024, 900])
def test_the_table_of_the_catalogue_fits(window: "Page", server: str, width: int) -> None:
    """No column of the table is cut off, its last one included."""
    window.set_viewport_size({"width": width, "height": 900})
    window.goto(server + TABLE)
    frame = window.locator(".table-wrapper.catalogue").bounding_box()
    table = window.locator("table.catalogue").bounding_box()
    assert frame
    assert table
    assert frame["x"] + frame["width"] <= width
    assert table["x"] + table["width"] <= frame["x"] + frame["width"] + 1
    errors = window.locator("table.catalogue td:last-child")
    rights = errors.evaluate_all("(all) => all.map((e) => e.getBoundingClientRect().right)")
    assert max(rights) <= frame["x"] + frame["width"] + 1


@pytest.mark.parametrize("page", [ENTRIES, TABLE, "catalogue/inverses.html", NOTE, *LIVE])
def test_nothing_moves_while_a_page_is_laid_out(window: "Page", server: str, page: str) -> None:
    """On a telephone, what came into view is not pushed away by what is laid out after it."""
    window.set_viewport_size({"width": 412, "height": 823})
    window.goto(server + page)
    window.wait_for_load_state("networkidle")
    moved = window.evaluate(
        """new Promise((go) => new PerformanceObserver((list) =>
             go(list.getEntries().reduce((sum, { value }) => sum + value, 0)))
           .observe({ type: "layout-shift", buffered: true }) || setTimeout(go, 1000, 0))"""
    )
    assert moved <= 0.1  # what Lighthouse and browsers count as good
