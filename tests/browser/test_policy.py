"""No page of any kind does what its own policy forbids."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from _extensions.build.serving import SCRIPT

if TYPE_CHECKING:  # nox -s tests collects this file without playwright
    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.browser

# What tests/browser/test_pages.py does not open: a violation is an error on the console, and none
# of the pages there may have one, from a server and from a disk.
KINDS = ("search.html?q=determinant", "404.html")


def violations(browser: "Browser", address: str) -> list[str]:
    """Return what the browser says of a page's policy, once everything has been loaded."""
    page = browser.new_page(color_scheme="dark")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address, wait_until="networkidle")
    page.close()
    return [text for text in said if "Content Security Policy" in text or "Error" in text]


@pytest.mark.parametrize("kind", KINDS)
def test_no_violation(browser: "Browser", server: str, kind: str) -> None:
    """A page of this kind loads and runs without a report."""
    assert violations(browser, f"{server}{kind}") == []


def test_another_host_is_refused(browser: "Browser", server: str) -> None:
    """What comes from elsewhere, and a script or a style that was put in, are reported."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{server}index.html")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.planted = 1";
          const image = new Image();
          image.src = "http://example.invalid/a.png";
          const styled = document.createElement("p");
          styled.setAttribute("style", "color: red");
          document.body.append(script, image, styled);
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.planted") is None
    assert sum("Content Security Policy" in text for text in said) == 3
    page.close()


def test_a_page_that_is_served_while_it_is_written_reloads(browser: "Browser", site: Path) -> None:
    """What ``nox -s serve`` puts behind a page is allowed to run, and asks where the page comes from."""
    page = browser.new_page()
    page.add_init_script("window.WebSocket = function (address) { console.log(address); }")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    home = "http://127.0.0.1:1/"

    def serve(route: "Route") -> None:
        route.fulfill(path=site / route.request.url.removeprefix(home).partition("?")[0])

    def serve_page(route: "Route") -> None:
        body = (site / "index.html").read_text("utf-8") + SCRIPT
        route.fulfill(body=body, content_type="text/html")

    page.route("**/*", serve)
    page.route("**/index.html", serve_page)
    page.goto(f"{home}index.html", wait_until="networkidle")
    assert "ws://127.0.0.1:1/websocket-reload" in said
    assert not [text for text in said if "Content Security Policy" in text]
    page.close()
