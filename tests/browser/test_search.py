"""A page that a search leads to marks the words that were looked for."""

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("words", ["forward+mode", "light+dark", "toggle"])
def test_marking_causes_no_error(browser: Browser, server: str, words: str) -> None:
    """Words that stand in the titles of the theme's icons, too, are marked without an error."""
    page = browser.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{server}behaviour/forward-mode.html?highlight={words}", wait_until="networkidle")
    marked = page.locator("article .highlighted").count()
    page.close()
    assert said == []
    assert marked or words != "forward+mode"
