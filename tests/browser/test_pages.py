"""Every page of the built site in a real browser, from a disk and from a server.

A page is opened once from each; all that the tests ask about it is measured on that one visit.
"""

import gzip
import io
import re
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest
from matplotlib.image import imread

from barriers import barriers
from pages import DOCS, EXAMPLES, NOTES, PAGES, WRITTEN

if TYPE_CHECKING:  # nox -s tests collects this file without playwright
    from playwright.sync_api import (
        Browser,
        BrowserContext,
        CDPSession,
        ConsoleMessage,
        ElementHandle,
        FloatRect,
        Page,
    )

pytestmark = pytest.mark.browser

# Where the argument stands beside its run.
STEPPED = [
    page
    for page in WRITTEN
    if re.search(
        r"(?m)^```\{gallery-step\}.*\n(?!```)",
        (DOCS / page).with_suffix(".md").read_text("utf-8"),
    )
]
LISTINGS = ["genindex.html", "search.html", "py-modindex.html"]

BUDGET = tomllib.loads(Path(__file__).with_name("budget.toml").read_text("utf-8"))

Scheme = Literal["light", "dark"]
WIDE, NARROW = 1440, 390
CLIPBOARD = ["clipboard-read", "clipboard-write"]
VIEWS: list[tuple[int, Scheme]] = [
    (WIDE, "light"),
    (WIDE, "dark"),
    (NARROW, "dark"),
    (NARROW, "light"),
]
# Each width and each scheme once: axe-core takes most of a second.
EXAMINED = {(WIDE, "light"), (NARROW, "dark")}
each_page = pytest.mark.parametrize("page", PAGES)
each_page_and_listing = pytest.mark.parametrize("page", [*PAGES, *LISTINGS])
each_origin = pytest.mark.parametrize("origin", ["disk", "server"])

# Every page from a server; from a disk one of each kind, since nothing but the address differs.
FROM_DISK = ["index.html", "check.html", "gallery/index.html", NOTES[0], EXAMPLES[0], "search.html"]


def visit_to(pages: list[str]) -> pytest.MarkDecorator:
    """Have a test run for each of these pages, and for some of them twice."""
    visits = [(page, "server") for page in pages]
    visits += [(page, "disk") for page in pages if page in FROM_DISK]
    return pytest.mark.parametrize(("page", "origin"), visits)


each_visit = visit_to([*PAGES, *LISTINGS])
each_visit_with_figures = visit_to([*STEPPED, *EXAMPLES])
each_visit_with_steps = visit_to(STEPPED)


# A window


def new_window(
    browser: "Browser", width: int = WIDE, scheme: Scheme = "light", **options: Any
) -> "BrowserContext":
    """Return the window of a reader who has not been here before."""
    height = 900 if width == WIDE else 844
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, **options
    )
    context.set_default_timeout(10_000)
    return context


# A visit


@dataclass
class Visit:
    """What came up while a page was open, and what it looked like in each view."""

    home: str
    console: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    elements: int = 0
    views: dict[tuple[int, Scheme], dict[str, Any]] = field(default_factory=dict)
    fonts: set[str] = field(default_factory=set)
    barriers: dict[tuple[int, Scheme], list[str]] = field(default_factory=dict)
    copies: list[tuple[str, str, bool]] = field(default_factory=list)

    @contextmanager
    def watch(self, page: "Page") -> Iterator[None]:
        """Note what goes wrong on a page meanwhile."""
        heard: dict[Any, Callable[[Any], None]] = {
            "console": self.hear,
            "pageerror": lambda error: self.console.append(str(error)),
            "request": lambda request: self.ask(request.url),
            "requestfailed": lambda request: self.failed.append(request.url),
            "response": lambda response: self.get(response.url, response.status),
        }
        for event, note in heard.items():
            page.on(event, note)
        yield
        for event, note in heard.items():
            page.remove_listener(event, note)

    def hear(self, message: "ConsoleMessage") -> None:
        """Note an error or a warning."""
        if message.type in {"error", "warning"}:
            self.console.append(f"{message.type}: {message.text}")

    def ask(self, url: str) -> None:
        """Note a request, and one that leaves the site as such."""
        self.asked.add(url)
        if not url.startswith((self.home, "data:")):
            self.elsewhere.append(url)

    def get(self, url: str, status: int) -> None:
        """Note an answer that is none."""
        if status >= 400:
            self.failed.append(f"{status} {url}")


Visits = Callable[[str, str], Visit]

# What sticks out is an element that ends beyond the window, unless it lies in something that
# scrolls by itself, or in one of the theme's drawers, which wait beside a narrow window.
MEASURE = """
() => {
  const shown = (e) => e.checkVisibility({ visibilityProperty: true });
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const scrolls = (e) => ["auto", "scroll"].includes(getComputedStyle(e).overflowX);
  const name = (e) => `${e.tagName} ${e.id} ${e.className} ${e.textContent.trim().slice(0, 40)}`;
  const rect = (e) => e.getBoundingClientRect();
  const inside = (e) => rect(e).left >= -1 && rect(e).right <= innerWidth + 1;
  const held = (e) => {
    for (let p = e.parentElement; p !== document.body; p = p.parentElement)
      if (scrolls(p) && inside(p)) return true;
    return false;
  };
  const drawers = innerWidth > 1200 ? ".toc-drawer" : ".toc-drawer, .sidebar-drawer";
  return {
    paper: getComputedStyle(document.body).backgroundColor,
    ink: getComputedStyle(document.body).color,
    excess: document.documentElement.scrollWidth - innerWidth,
    sticking_out: all("body *:not(svg *)")
      .filter((e) => rect(e).width && rect(e).height && !inside(e) && !held(e))
      .filter((e) => !e.closest(drawers)).map(name),
    cut_off: all("div.math").filter((e) => e.scrollHeight > e.clientHeight + 1).map(name),
    out_of_reach: all("article *")
      .filter((e) => scrolls(e) && e.scrollWidth > e.clientWidth + 1)
      .filter((e) => e.tabIndex < 0 && !e.querySelector("a, button")).map(name),
    pictures: all("img").map((e) => [e.getAttribute("src"), e.naturalWidth, rect(e).width]),
    steps: all(".step:has(> .step-argument)").map((e) => [
      e.classList.contains("step-stacked"),
      ...[".step-argument", ".step-run"].map((part) => rect(e.querySelector(`:scope > ${part}`)))
        .map((r) => [r.left, r.top, r.right, r.bottom]),
    ]),
  };
}
"""


def make_visit(
    session: "CDPSession", window: "Page", home: str, page: str, views: list[tuple[int, Scheme]]
) -> Visit:
    """Open a page once, and look at it in every view."""
    visit = Visit(home)
    served = home.startswith("http")
    look(window, *views[0])
    session.send("Storage.clearDataForOrigin", {"origin": home, "storageTypes": "all"})
    with visit.watch(window):
        window.goto(home + page)
        window.evaluate("document.fonts.ready")
        if served:  # the same font from a disk, and asking takes time
            visit.fonts = fonts_of_formulas(session, window)
        visit.elements = window.evaluate("document.querySelectorAll('*').length")
        for width, scheme in views:
            look(window, width, scheme)
            seen = visit.views[width, scheme] = window.evaluate(MEASURE)
            if served and (width, scheme) in EXAMINED:
                visit.barriers[width, scheme] = barriers(window)
            if width == views[0][0]:
                figures = window.locator("img.figure:visible").element_handles()
                seen["corners"] = [corner(window, figure) for figure in figures]
        if served:  # the same scripts from a disk
            visit.copies = list(copies(window))
    window.goto("about:blank")  # what the page still does is not laid to the next one
    return visit


COPIED = """
async (button) => {
  const block = button.parentElement.querySelector(":scope > pre");
  const copied = await navigator.clipboard.readText();
  return [copied, block.textContent, block.querySelector(".gp") !== null];
}
"""


def copies(window: "Page") -> Iterator[tuple[str, str, bool]]:
    """Press each button of a block: what is copied, what the block shows, if it has prompts."""
    for button in window.locator("article .copybtn:visible").element_handles():
        button.evaluate("(button) => button.focus({ preventScroll: true })")
        window.keyboard.press("Enter")
        copied, shown, has_prompts = button.evaluate(COPIED)
        yield copied.strip(), shown.strip(), has_prompts


# At the top, what sticks to the window is at its own place; a smooth scroll would take its time.
TO_THE_TOP = """
() => {
  scrollTo({ top: 0, behavior: "instant" });
  return new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
}
"""


def look(window: "Page", width: int, scheme: Scheme) -> None:
    """Change the width of the window and the scheme that the reader's system prefers."""
    window.set_viewport_size({"width": width, "height": 900 if width == WIDE else 844})
    window.emulate_media(color_scheme=scheme)
    window.evaluate(TO_THE_TOP)


# Away from what sticks to the top of a narrow window.
TO_THE_MIDDLE = """
(figure) => {
  figure.scrollIntoView({ block: "center", behavior: "instant" });
  const { left, top } = figure.getBoundingClientRect();
  return [Math.round(left), Math.round(top)];
}
"""


def corner(window: "Page", figure: "ElementHandle") -> list[int]:
    """Return the colour of a figure near its corner, where its paper shows."""
    left, top = figure.evaluate(TO_THE_MIDDLE)
    near: FloatRect = {"x": left + 5, "y": top + 5, "width": 3, "height": 3}
    picture = window.screenshot(clip=near, animations="disabled", caret="initial")
    return [round(255 * float(part)) for part in imread(io.BytesIO(picture))[1, 1, :3]]


# Leaves that have each look of each character: where a font has none, another is asked for that
# character alone, and a single letter is slanted.
MARK_LEAVES = """
() => {
  const seen = new Set();
  for (const leaf of document.querySelectorAll("math :is(mi, mn, mo, mtext:not(:has(code)))")) {
    leaf.removeAttribute("data-leaf");
    if (!leaf.checkVisibility()) continue;
    const { fontFamily, fontWeight, fontStyle, fontSize } = getComputedStyle(leaf);
    const characters = [...new Intl.Segmenter().segment(leaf.textContent)];
    const alone = characters.length === 1;
    for (const { segment } of characters) {
      const look = [leaf.tagName, alone, segment, fontFamily, fontWeight, fontStyle, fontSize].join();
      leaf.toggleAttribute("data-leaf", !seen.has(look) || leaf.matches("[data-leaf]"));
      seen.add(look);
    }
  }
}
"""


def fonts_of_formulas(session: "CDPSession", window: "Page") -> set[str]:
    """Return the names of the fonts that draw the formulas; the site's own is "embedded"."""
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    window.evaluate(MARK_LEAVES)
    fonts: set[str] = set()
    leaves = {"nodeId": root, "selector": "[data-leaf]"}
    for leaf in session.send("DOM.querySelectorAll", leaves)["nodeIds"]:
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": leaf})["fonts"]:
            fonts.add("embedded" if font["isCustomFont"] else font["familyName"])
    return fonts


@pytest.fixture(scope="module")
def visits(browser: "Browser", site: Path, server: str) -> Iterator[Visits]:
    """Return the visit to a page, made when a test first asks for it.

    One window opens them all, since a new one takes longer than most pages; it forgets between
    them what a page has stored, and asks for each file again.
    """
    context = new_window(browser, permissions=CLIPBOARD)
    window = context.new_page()
    session = context.new_cdp_session(window)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    homes = {"disk": f"{site.as_uri()}/", "server": server}
    orders = {"disk": VIEWS, "server": VIEWS[2:] + VIEWS[:2]}
    made: dict[tuple[str, str], Visit] = {}

    def visit(page: str, origin: str) -> Visit:
        if (page, origin) not in made:
            made[page, origin] = make_visit(session, window, homes[origin], page, orders[origin])
        return made[page, origin]

    yield visit
    context.close()


# What every page must be


@each_visit
def test_nothing_goes_wrong_behind_the_page(visits: Visits, page: str, origin: str) -> None:
    """No error or warning on the console, no request that fails, none to another host."""
    visit = visits(page, origin)
    assert visit.console == []
    assert visit.failed == []
    assert visit.elsewhere == []


@each_page
def test_a_page_is_light(visits: Visits, site: Path, page: str) -> None:
    """What a first visit loads before figures, and what it lays out, keeps to the budget."""
    visit = visits(page, "server")
    names = {url.removeprefix(visit.home).partition("?")[0] for url in visit.asked}
    files = [site / name for name in names if not name.startswith(("data:", "_images/"))]
    weight = sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)
    assert weight <= BUDGET["bytes"]
    assert len(files) <= BUDGET["requests"]
    assert visit.elements <= BUDGET["elements"].get(page, BUDGET["elements"]["others"])


@each_visit
def test_nothing_is_wider_than_the_window(visits: Visits, page: str, origin: str) -> None:
    """The page has no horizontal scroll bar, and nothing on it is cut off or ends outside."""
    for view, seen in visits(page, origin).views.items():
        assert seen["excess"] <= 0, view
        assert seen["sticking_out"] == [], view
        assert seen["cut_off"] == [], view


@each_visit
def test_what_scrolls_can_be_reached(visits: Visits, page: str, origin: str) -> None:
    """A block that scrolls sideways takes the focus, so that arrow keys can move it."""
    for view, seen in visits(page, origin).views.items():
        assert seen["out_of_reach"] == [], view


@each_visit
def test_pictures_are_loaded(visits: Visits, page: str, origin: str) -> None:
    """Every picture has arrived, takes up room and fits the window."""
    for (width, _), seen in visits(page, origin).views.items():
        for name, natural_width, shown_width in seen["pictures"]:
            assert natural_width > 0, name
            assert 0 < shown_width <= width, name


@each_page_and_listing
def test_no_page_has_barriers(visits: Visits, page: str) -> None:
    """axe-core finds no violation, in light and in dark, on a screen and on a phone."""
    found = visits(page, "server").barriers
    assert found == {view: [] for view in EXAMINED}


@pytest.mark.parametrize(
    ("page", "letters"),
    [
        (EXAMPLES[0], "h1"),
        (EXAMPLES[0], ".k"),
        (EXAMPLES[0], ".kn"),
        ("notes/log-det.html", "p"),
        ("notes/log-det.html", "mi:text-is('log')"),
    ],
)
def test_letters_that_cannot_be_read_are_a_barrier(
    window: "Page", server: str, page: str, letters: str
) -> None:
    """Faint letters are found: in a title, in code, in the prose and in a formula."""
    window.goto(server + page)  # which has no barrier by itself: test_no_page_has_barriers
    last = window.locator(f"article {letters}:not(details *):visible").last
    last.evaluate("(letter) => { letter.style.color = 'rgb(128 128 128 / 20%)'; }")
    assert [found for found in barriers(window) if found.startswith("color-contrast: ")]


def test_a_link_that_looks_like_text_is_a_barrier(window: "Page", server: str) -> None:
    """A link in a sentence that is hardly lighter than its words, with no line below it, is found."""
    window.goto(server + "running.html")
    link = window.locator("article p a:visible").last
    link.evaluate("(link) => { link.style.cssText = 'color: #444; text-decoration: none'; }")
    assert [found for found in barriers(window) if found.startswith("link-in-text-block: ")]


@each_visit
def test_pages_follow_the_scheme(visits: Visits, page: str, origin: str) -> None:
    """Whose system prefers dark gets light letters on dark, and the other way round."""
    for (_, scheme), seen in visits(page, origin).views.items():
        darker, lighter = ("paper", "ink") if scheme == "dark" else ("ink", "paper")
        assert brightness(rgb(seen[darker])) < 0.2
        assert brightness(rgb(seen[lighter])) > 0.8


@each_visit_with_figures
def test_figures_follow_the_scheme(visits: Visits, page: str, origin: str) -> None:
    """The paper of every figure has the colour of the page around it, light or dark."""
    looked_at = [seen for seen in visits(page, origin).views.values() if "corners" in seen]
    assert len(looked_at) == 2
    for seen in looked_at:
        assert seen["corners"]
        assert all(alike(found, rgb(seen["paper"])) for found in seen["corners"])


@each_page_and_listing
def test_formulas_are_drawn_in_their_own_font(visits: Visits, page: str) -> None:
    """No letter of a formula is borrowed from a font that happens to be installed."""
    fonts = visits(page, "server").fonts
    assert fonts == {"embedded"} if page in NOTES else fonts <= {"embedded"}


@each_visit_with_steps
def test_argument_and_run_stand_side_by_side_or_in_turn(
    visits: Visits, page: str, origin: str
) -> None:
    """In a wide window a run starts at the height of its step, to its right; else below it.

    Below it as well where the two differ much in height, and one would leave a hole.
    """
    for (width, _), seen in visits(page, origin).views.items():
        assert seen["steps"]
        for stacked, (left, top, right, bottom), (run_left, run_top, _, _) in seen["steps"]:
            if width == WIDE and not stacked:
                assert run_left >= right
                assert run_top == pytest.approx(top, abs=2)
            else:
                assert run_left == pytest.approx(left, abs=1)
                assert run_top >= bottom


def rgb(colour: str) -> list[int]:
    """Return the numbers of a CSS colour."""
    return [int(part) for part in re.findall(r"\d+", colour)[:3]]


def brightness(colour: list[int]) -> float:
    """Return how bright a colour is, from 0 to 1."""
    red, green, blue = colour
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


def alike(one: list[int], other: list[int]) -> bool:
    """Say whether nobody could tell two colours apart."""
    return all(abs(a - b) <= 2 for a, b in zip(one, other, strict=True))


# What a reader does


@pytest.fixture
def window(browser: "Browser") -> Iterator["Page"]:
    """Return an empty window."""
    context = new_window(browser, permissions=CLIPBOARD)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def window_without_scripts(browser: "Browser") -> Iterator["Page"]:
    """Return a window with JavaScript switched off."""
    context = new_window(browser, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("preferred", "chosen"), [("light", "dark"), ("dark", "light")])
@pytest.mark.parametrize("page", [NOTES[0], EXAMPLES[0]])
def test_figures_follow_the_toggle(
    window: "Page", site: Path, page: str, preferred: Scheme, chosen: Scheme
) -> None:
    """The button for the scheme changes page and figures, whatever the system prefers."""
    look(window, WIDE, preferred)
    window.goto((site / page).as_uri())
    for _ in range(3):  # from auto by light or dark to the other
        if window.evaluate("document.body.dataset.theme") != chosen:
            window.locator(".theme-toggle:visible").first.click()
    paper = rgb(window.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert (brightness(paper) < 0.2) == (chosen == "dark")
    figures = window.locator("img.figure:visible").element_handles()
    assert figures
    assert all(alike(corner(window, figure), paper) for figure in figures)


WHOLE = """
() => {
  const shown = (e) => {
    const { width, height } = e.getBoundingClientRect();
    return width > 0 && height > 0 && e.checkVisibility({ visibilityProperty: true });
  };
  const folded = "details:not([open]) *, .sphx-glr-download-link-note *";
  const parts = `article :is(p:not(:empty), math, pre, img):not(${folded})`;
  return {
    heading: shown(document.querySelector("article h1")),
    hidden: [...document.querySelectorAll(parts)].filter((e) => !shown(e)).map((e) => e.outerHTML),
    ways: [...document.querySelectorAll(".sidebar-tree a")].filter(shown).length,
  };
}
"""


@each_page
def test_pages_are_whole_without_scripts(
    window_without_scripts: "Page", site: Path, page: str
) -> None:
    """With JavaScript off a page shows its text, formulas, code and pictures, and ways onward."""
    window = window_without_scripts
    window.set_viewport_size({"width": WIDE, "height": 900})
    window.goto((site / page).as_uri())
    found = window.evaluate(WHOLE)
    assert found["heading"]
    assert found["hidden"] == []
    assert found["ways"] >= 4


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_navigation_works_without_scripts(
    window_without_scripts: "Page", site: Path, width: int
) -> None:
    """With JavaScript off the navigation opens, on a phone too, and leads to the notes."""
    window = window_without_scripts
    window.set_viewport_size({"width": width, "height": 844})
    window.goto((site / "running.html").as_uri())
    if width == NARROW:
        window.locator(".mobile-header label.nav-overlay-icon").first.click()
    window.locator(".sidebar-tree a", has_text="Notes").first.click()
    window.wait_for_url("**/notes/index.html")
    assert window.locator("article h1").is_visible()


@each_origin
def test_search_finds(window: "Page", site: Path, server: str, origin: str) -> None:
    """The name of a formula, typed on the home page, leads to the page that derives it.

    From a disk the excerpts are missing, and the console says so: a browser opens no file for
    a script.
    """
    home = server if origin == "server" else f"{site.as_uri()}/"
    visit = Visit(home)
    with visit.watch(window):
        window.goto(home + "index.html")
        window.locator(".sidebar-search").fill("Jacobi")
        window.locator(".sidebar-search").press("Enter")
        window.locator("#search-results li a").first.wait_for()
        window.wait_for_load_state("networkidle")
    found = window.locator("#search-results li a").evaluate_all("(all) => all.map((a) => a.href)")
    assert any(address.startswith(home + "notes/log-det.html") for address in found)
    assert visit.elsewhere == []
    if origin == "server":
        assert visit.console == []
        assert visit.failed == []


@each_page
def test_every_button_copies_its_block(visits: Visits, page: str) -> None:
    """With the keyboard, each block of code can be copied whole, or without prompts and output."""
    found = visits(page, "server").copies
    assert found or page not in {*STEPPED, *EXAMPLES}
    for copied, shown, has_prompts in found:
        assert copied, f"nothing of: {shown}"
        if has_prompts:
            assert ">>>" not in copied
            assert all(line in shown for line in copied.splitlines())
        else:
            assert copied == shown


def test_a_click_copies_the_code(window: "Page", server: str) -> None:
    """The pointer over a block shows its button, and a click puts the text on the clipboard."""
    window.goto(server + NOTES[0])
    block = window.locator("article .highlight-Python .highlight:visible").first
    button = block.locator(".copybtn")
    assert button.evaluate("(e) => getComputedStyle(e).opacity") == "0"
    block.hover()
    button.click()
    copied = window.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == block.locator("pre").inner_text().strip() != ""


@pytest.mark.parametrize("address", ["nothing.html", "notes/nothing.html", "a/b/c/d/"])
def test_a_wrong_address_leads_back(window: "Page", server: str, address: str) -> None:
    """At any depth the 404 page has its style and its pictures, and its links lead to pages."""
    visit = Visit(server)
    with visit.watch(window):
        answer = window.goto(server + address)
        seen = window.evaluate(MEASURE)
    assert answer is not None
    assert answer.status == 404
    assert seen["paper"] == "rgb(255, 255, 255)"
    assert (
        window.locator(".sidebar-drawer").evaluate("(e) => getComputedStyle(e).display") == "flex"
    )
    assert seen["pictures"]
    assert all(natural_width > 0 for _, natural_width, _ in seen["pictures"])
    assert visit.failed == [f"404 {server}{address}"]
    assert visit.elsewhere == []
    links = window.locator("article a:not(.headerlink), .sidebar-tree a, a.sidebar-brand")
    for href in set(links.evaluate_all("(all) => all.map((a) => a.href.split('#')[0])")):
        assert href.startswith(server)
        assert window.request.get(href).ok, href
