"""What somebody types, or puts into an address, is text to the pages: nothing of it runs."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from hostile import ENDLESS, HOSTILE, PAYLOADS, PLACES
from pages import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, Request

pytestmark = pytest.mark.browser

LIVE = "sweep/live.html"
LEFT = "[data-planted], img[src=x], svg[onload], iframe, base, meta[http-equiv=refresh], link[href*=invalid]"
ADDRESSES = [place.format(quote(payload)) for place in PLACES for payload in PAYLOADS]
FRAGMENTS = [f"index.html#{quote(payload, safe='<>=')}" for payload in PAYLOADS[:3]]


@pytest.fixture(scope="module")
def guarded(browser: "Browser", server: str) -> Iterator["Page"]:
    """Return a window that notes what is asked of other hosts, and what asks for an answer."""
    page = browser.new_context(base_url=server).new_page()
    wrong: list[str] = []

    def dismiss(dialog: "Dialog") -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    def note(request: "Request") -> None:
        if not request.url.startswith((server, "data:", "blob:")):
            wrong.append(request.url)

    page.on("dialog", dismiss)
    page.on("request", note)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    assert wrong == []
    page.context.close()


def inert(page: "Page", scripts: int) -> None:
    """Demand that nothing was run, and that no element is there which the site did not write."""
    left = "(left) => [window.planted, ...[left, 'script:not([src])'].map((place) => document.querySelectorAll(place).length)]"
    assert page.evaluate(left, LEFT) == [None, 0, scripts]


@pytest.fixture(scope="module")
def scripts_of(guarded: "Page") -> Callable[[str], int]:
    """Return how many scripts a page has within itself, before somebody adds anything."""

    @cache
    def count(page: str) -> int:
        guarded.goto(page)
        return guarded.locator("script:not([src])").count()

    return count


@pytest.mark.parametrize("address", ADDRESSES + FRAGMENTS)
def test_an_address_is_text(
    guarded: "Page", scripts_of: Callable[[str], int], address: str
) -> None:
    """A page that is opened with it shows it as text, or not at all, and asks no other host."""
    scripts = scripts_of(address.partition("?")[0].partition("#")[0])
    guarded.goto("about:blank")  # else a fragment opens nothing
    live = "formula=" in address  # says that it has read its address; a search goes on for a while
    guarded.goto(address, wait_until="load" if live else "networkidle")
    if live:
        guarded.locator(".sweep-state:not(:empty)").wait_for()
    inert(guarded, scripts)
    if live:
        field = "formula" if "point=x" in address else "point"
        value = guarded.locator(f"[name={field}]").input_value()
        assert quote(value) in address


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_typed_to_be_found_is_text(
    guarded: "Page", scripts_of: Callable[[str], int], payload: str
) -> None:
    """The table of the catalogue and its field for words take it for words."""
    scripts = scripts_of("catalogue/index.html")
    if not guarded.url.endswith("catalogue/index.html"):
        guarded.goto("catalogue/index.html")
    guarded.locator("main input, [role=main] input").first.fill(payload)
    guarded.wait_for_timeout(50)
    inert(guarded, scripts)


@pytest.mark.skipif(
    not (ROOT / "live" / "node_modules" / "fetched.txt").exists(),
    reason="live/fetch.py has fetched no Python for the browser",
)
def test_a_formula_is_a_formula_or_an_error(guarded: "Page") -> None:
    """Python that is no formula is refused in words, one after another, and the page lives on."""
    guarded.goto(LIVE)
    scripts = guarded.locator("script:not([src])").count()
    answered = guarded.locator(".sweep-state:has-text('Drawn in'), .sweep-error:not(:empty)")

    def draw(formula: str, timeout: int) -> str:
        guarded.locator("[name=formula]").fill(formula)
        guarded.locator("[name=point]").fill("x = 3")
        guarded.evaluate("document.querySelector('.sweep-state').textContent = ''")
        guarded.evaluate("document.querySelector('.sweep-error').textContent = ''")
        guarded.get_by_role("button", name="Draw").click()
        answered.first.wait_for(timeout=timeout)
        return guarded.locator(".sweep-error").inner_text()

    assert draw("x*x", 120_000) == ""
    typed = [f for f in [*HOSTILE, *ENDLESS.values(), *PAYLOADS] if f.isprintable()]
    assert len(typed) > 50
    for formula in typed:
        assert draw(formula, 20_000), formula
        inert(guarded, scripts)
    assert draw("x*x", 20_000) == ""
