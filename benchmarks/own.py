"""How long the page "Your own" takes, in Chromium from loopback, and what it weighs.

The first answer is timed from the press, with nothing in the cache, and from the first letter to the
first verdict; the later ones are timed by the page, for the functions of the catalogue. For how
responsive typing is stands the longest task of the page's own thread meanwhile::

    python benchmarks/own.py docs/_build/html [path of chromium]
"""

import os
import re
import statistics
import sys
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from autodiff_notes import catalogue

FIRST, STRIDE = 5, 3  # first answers, and of how many entries one is asked
DONE = ".own-state:has-text('Answered in'), .own-error:not(:empty)"
LONGEST = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
}).observe({ type: "longtask", buffered: true });
"""


class Silent(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def opened(browser: Browser, address: str) -> Page:
    """Open the page with an empty cache."""
    page = browser.new_context().new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page


def first(browser: Browser, address: str, *, types: bool) -> float:
    """Return the seconds until a first answer: from the press, or from the first letter."""
    page = opened(browser, address)
    start = time.perf_counter()
    if types:
        page.locator("[name=function]").fill("norm2(A*x-y)^2")
    else:
        page.get_by_role("button", name="Answer").click()
    page.locator(DONE).first.wait_for(timeout=60_000)
    seconds = time.perf_counter() - start
    page.context.close()
    return seconds


def later(page: Page, functions: list[str]) -> list[float]:
    """Return the milliseconds that the page says its answers took."""
    took = []
    for function in functions:
        page.evaluate("document.querySelector('.own-state').textContent = ''")
        page.evaluate("document.querySelector('.own-error').replaceChildren()")
        page.locator("[name=function]").fill(function)
        page.locator(DONE).first.wait_for(timeout=20_000)
        said = re.search(r"(\d+) ms", page.locator(".own-state").inner_text())
        took += [float(said[1])] if said else []
    return took


def main(site: Path, chromium: str | None) -> None:
    """Print the figures."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=str(site)))
    threading.Thread(target=http.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{http.server_port}/own.html"
    functions = [entry.function for entry in catalogue.values() if not entry.where][::STRIDE]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for words, types in (("the press", False), ("the first letter", True)):
            times = [first(browser, address, types=types) for _ in range(FIRST)]
            print(
                f"first answer from {words}: {statistics.median(times):.2f} s, worst {max(times):.2f}"
            )
        page = opened(browser, address)
        page.get_by_role("button", name="Answer").click()
        page.locator(DONE).first.wait_for(timeout=60_000)
        page.evaluate(LONGEST)
        took = later(page, functions)
        print(f"later answers: median {statistics.median(took):.0f} ms, worst {max(took):.0f} ms")
        print(f"answered: {len(took)} of {len(functions)}")
        print(f"longest task of the page meanwhile: {page.evaluate('longest'):.0f} ms")
        browser.close()
    live = site / "_static" / "live"
    weight = sum(path.stat().st_size for path in [*live.iterdir(), *live.parent.glob("*.mjs")])
    print(f"on demand: {weight / 1e6:.2f} MB; load of this machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
