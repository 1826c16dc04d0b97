"""The sweep in use: step by step, and live with a formula that the reader types."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from barriers import barriers

if TYPE_CHECKING:  # nox -s tests collects this file without playwright
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
STEPS, LIVE = "sweep/index.html", "sweep/live.html"
MINUS = "\N{MINUS SIGN}"
LAST = f"16 of 16. The sweep is done. The derivative by x is 0.167706, by y {MINUS}0.416147."
LOADING = 60_000  # milliseconds: on a busy computer, Python takes its time

fetched = pytest.mark.skipif(
    not (ROOT / "live" / "node_modules" / "fetched.txt").exists(),
    reason="live/fetch.py has fetched no Python for the browser",
)


@pytest.fixture
def window(browser: "Browser") -> Iterator["Page"]:
    """Return an empty window as wide as a phone's, in which nothing may go wrong."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(10_000)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type in {"error", "warning"} else None)
    yield page
    assert wrong == []
    context.close()


@pytest.fixture(scope="module")
def live(browser: "Browser", server: str) -> Iterator["Page"]:
    """Return the live page after the first Draw; Python is loaded once for all tests."""
    page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(server + LIVE)
    draw(page, "x*log(x) + sin(x*y)", "x = 1, y = 2", timeout=LOADING)
    yield page
    page.context.close()


def draw(page: "Page", formula: str, point: str, timeout: int = 20_000) -> str:
    """Type a formula and a point, press Draw, and return the error, if there is one."""
    page.locator("[name=formula]").fill(formula)
    page.locator("[name=point]").fill(point)
    page.evaluate("document.querySelector('.sweep-state').textContent = ''")
    page.get_by_role("button", name="Draw").click()
    # The policy of the page lets nobody evaluate a string, so that it is the driver that waits.
    answered = page.locator(".sweep-state:has-text('Drawn in'), .sweep-error:not(:empty)")
    answered.first.wait_for(timeout=timeout)
    return page.locator(".sweep-error").inner_text()


def now(page: "Page") -> str:
    """Return what the first sweep of a page says of the step it is at."""
    return page.locator(".sweep-now").first.inner_text()


def adjoint(page: "Page", name: str) -> str:
    """Return what the table has under adjoint, as a number would be typed."""
    row = page.locator("tbody tr", has=page.locator(f"th:text-is('{name}')"))
    return row.first.locator("td").last.inner_text().replace(MINUS, "-")


# Step by step


def test_steps_by_mouse(window: "Page", server: str) -> None:
    """Next and Back go one step; the sentence, the node, the edge and the row are marked."""
    window.goto(server + STEPS)
    figure = window.locator(".sweep").first
    assert now(window) == "1 of 16. The inputs: x = 1, y = 2."
    step = figure.get_by_role("button", name="Next")
    for _ in range(10):
        step.click()
    assert now(window).endswith(f"x receives g \N{MIDDLE DOT} y = {MINUS}0.832294.")
    assert figure.locator(".node.now .name").all_text_contents() == ["x", "v3 = x \N{MIDDLE DOT} y"]
    assert figure.locator(".edge.now").count() == 1
    assert figure.locator("tr.now th").all_inner_texts() == ["x", "v3"]
    assert (
        figure.locator(".node").first.locator(".adjoint").text_content()
        == f"\N{UPWARDS ARROW} {MINUS}0.832294"
    )
    figure.get_by_role("button", name="Back").click()
    assert figure.locator(".node").first.locator(".adjoint").text_content() == ""
    figure.locator("li").nth(15).click()
    assert now(window) == LAST


def test_steps_by_keyboard(window: "Page", server: str) -> None:
    """Buttons, arrow keys and the slider lead through, and both ends are ends."""
    window.goto(server + STEPS)
    figure = window.locator(".sweep").first
    button = figure.get_by_role("button", name="Next")
    button.focus()
    window.keyboard.press("Enter")
    assert now(window).startswith("2 of 16. v1 = log(x) = 0.")
    window.keyboard.press("ArrowRight")
    assert now(window).startswith("3 of 16.")
    window.keyboard.press("End")
    assert now(window) == LAST
    assert button.get_attribute("aria-disabled") == "true"
    window.keyboard.press("ArrowRight")
    assert now(window) == LAST
    window.keyboard.press("Home")
    window.keyboard.press("ArrowLeft")
    assert now(window).startswith("1 of 16.")
    figure.get_by_role("slider").focus()
    window.keyboard.press("ArrowRight")
    assert now(window).startswith("2 of 16.")


def test_each_step_is_announced(window: "Page", server: str) -> None:
    """The sentence is in a live region, and the slider says where it is."""
    window.goto(server + STEPS)
    figure = window.locator(".sweep").first
    assert figure.get_by_role("status").count() == 1
    figure.get_by_role("button", name="Next").click()
    assert figure.get_by_role("slider").get_attribute("aria-valuetext") == "2 of 16"


def test_values_and_adjoints_appear_in_their_step(window: "Page", server: str) -> None:
    """At first only inputs have values; after the way forward all have, and none an adjoint."""
    window.goto(server + STEPS)
    figure = window.locator(".sweep").first
    values, adjoints = figure.locator(".value:visible"), figure.locator(".adjoint")
    assert values.count() == 2
    for _ in range(5):
        figure.get_by_role("button", name="Next").click()
    assert values.count() == 7
    assert [text for text in adjoints.all_text_contents() if text] == []


def test_the_table_follows_the_steps(window: "Page", server: str) -> None:
    """A number stands in the table once it is known, an adjoint as far as it has come."""
    window.goto(server + STEPS)
    figure = window.locator(".sweep").first
    assert figure.locator("tbody td:nth-of-type(2):visible").all_inner_texts() == ["1", "2"]
    assert figure.locator("tbody td:nth-of-type(3)").all_inner_texts() == [""] * 7
    widths = "[...document.querySelectorAll('th')].map((head) => head.offsetWidth)"
    before = window.evaluate(widths)
    figure.locator("li").nth(10).click()
    assert adjoint(window, "x") == "-0.832294"
    figure.locator("li").nth(15).click()
    assert adjoint(window, "x") == "0.167706"
    assert window.evaluate(widths) == before
    frame = figure.locator(".sweep-table")
    assert frame.evaluate("(frame) => frame.scrollLeft") == 0


@pytest.mark.parametrize("page", [STEPS, LIVE])
def test_sweeps_are_whole_without_scripts(browser: "Browser", server: str, page: str) -> None:
    """With JavaScript off, graph, table and all sentences are there, and no dead form."""
    context = browser.new_context(java_script_enabled=False)
    window = context.new_page()
    window.goto(server + page)
    figure = window.locator(".sweep").first
    assert figure.locator("svg .value:visible").count() == 7
    assert figure.locator("svg .adjoint:visible").count() == 7
    assert adjoint(window.locator(".sweep").first.page, "v3") == "-0.416147"
    assert figure.locator("li:visible").count() == 16
    assert figure.locator("li").last.inner_text() in LAST
    assert window.locator(".sweep-form:visible, .sweep button:visible").count() == 0
    notes = window.get_by_text("The sweep below is complete").locator("visible=true")
    assert notes.count() == (page == LIVE)
    context.close()


# Live


@fetched
def test_only_draw_loads_python(window: "Page", server: str) -> None:
    """Before Draw nothing is loaded, and after it nothing from elsewhere; there is progress."""
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.goto(server + LIVE)
    window.wait_for_load_state("networkidle")
    assert not any("/live/" in url or "worker" in url for url in asked)
    window.evaluate(
        "window.said = []; new MutationObserver(() => said.push("
        "document.querySelector('.sweep-state').textContent))"
        ".observe(document.querySelector('.sweep-state'), {childList: true})"
    )
    assert draw(window, "x*log(x) + sin(x*y)", "x = 1, y = 2", timeout=LOADING) == ""
    assert any("pyodide.asm.wasm" in url for url in asked)
    assert [
        url for url in asked if not url.startswith((server, f"blob:{server[:16]}", "data:"))
    ] == []
    assert any(re.fullmatch(r"\d\.\d of \d\.\d MB", text) for text in window.evaluate("said"))
    assert now(window) == LAST


@fetched
def test_the_partials_can_be_read_from_the_page(live: "Page") -> None:
    """A formula that was typed has the partials that the first note derives."""
    assert draw(live, "x*log(x) + sin(x*y)", "x = 1, y = 2") == ""
    assert adjoint(live, "x").startswith("0.167706")
    assert adjoint(live, "y").startswith("-0.416147")
    live.get_by_role("button", name="Back").click()
    assert now(live).startswith("15 of 16.")


@fetched
@pytest.mark.parametrize(
    ("formula", "point", "error"),
    [
        ("x*lg(x)", "x = 1", "Column 3: there is no function lg"),
        ("x + z", "x = 1", "Column 5: z has no value; the names with a value: x."),
        ("x +* y", "x = 1, y = 2", "Column 4: invalid syntax."),
        ("log(x)", "x = -1", f"Column 1: log(x) is not defined at x = {MINUS}1."),
        ("sqrt(x)", "x = 0", "The value is 0, but the sweep stops at v1 = sqrt(x): g / (2"),
        ("+".join("x" * 400), "x = 1", "399 operations are too many to draw"),
        ("x" * 1_000_000, "x = 1", "1,000,000 characters are too many"),
        ("(" * 495 + "x" + ")" * 495, "x = 1", "Nested too deep"),
        ("-" * 990 + "x", "x = 1", "Nested too deep"),
        ("9**9**9", "x = 1", "Column 1: 9**9**9 is too large"),
        ("x", "x = 1e999", "In the point, column 5: this number is too large."),
        ("x" + "[0]" * 330, "x = 1", "Column 1: x[0][0]"),
        ("<img src=x onerror=alert(1)>", "x = 1", "Column 1: invalid syntax"),
    ],
)
def test_errors_are_words(live: "Page", formula: str, point: str, error: str) -> None:
    """What cannot be drawn is said in words, at once, and the page lives on."""
    assert draw(live, formula, point).startswith(error)
    assert live.locator(".sweep-stage.old").count() == 1
    assert draw(live, "x*y", "x = 2, y = 3") == ""
    assert adjoint(live, "x") == "3"


@fetched
def test_cancel(window: "Page", server: str) -> None:
    """Cancel stops the loading, and Draw begins it again."""
    window.route("**/pyodide.asm.wasm.gz", lambda _: None)  # never arrives
    window.goto(server + LIVE)
    window.get_by_role("button", name="Draw").click()
    window.get_by_role("button", name="Cancel").click()
    assert window.locator(".sweep-state").inner_text().startswith("Cancelled.")
    assert window.locator("progress:visible, [name=cancel]:visible").count() == 0
    window.unroute("**/pyodide.asm.wasm.gz")
    assert draw(window, "x*x", "x = 3", timeout=LOADING) == ""
    assert adjoint(window, "x") == "6"


@fetched
def test_without_a_network(browser: "Browser", server: str) -> None:
    """A page that has lost its server says what it needs."""
    context = browser.new_context()
    window = context.new_page()
    window.goto(server + LIVE)
    window.route("**/live/*", lambda route: route.abort())
    window.get_by_role("button", name="Draw").click()
    error = window.locator(".sweep-error:not(:empty)")
    error.wait_for()
    assert "It needs a connection to this site." in error.inner_text()
    context.close()


@fetched
def test_from_a_disk(window: "Page", site: Path) -> None:
    """From a disk the page says that drawing needs a server; its own sweep can be stepped."""
    window.goto((site / LIVE).as_uri())
    window.get_by_role("button", name="Draw").click()
    assert window.locator(".sweep-error").inner_text().startswith("Drawing needs a web server")
    window.get_by_role("button", name="Next").click()
    assert now(window).startswith("2 of 16.")


@fetched
def test_sliders_move_the_inputs(live: "Page") -> None:
    """A slider changes one input; values and adjoints follow, and the step stays."""
    assert draw(live, "x*y", "x = 2, y = 3") == ""
    live.get_by_role("button", name="Back").click()
    before = now(live)
    slider = live.locator(".sweep-inputs input").nth(1)
    slider.focus()
    live.keyboard.press("ArrowRight")
    live.locator("tbody td:text-is('3.06')").first.wait_for()
    assert "3.06" in live.locator("[name=point]").input_value()
    assert adjoint(live, "x") == "3.06"
    assert now(live)[:6] == before[:6]
    assert "3.06" in live.url.replace("%2C", ",")


@fetched
def test_a_view_can_be_shared(live: "Page", window: "Page") -> None:
    """The address of what was drawn brings formula and point to whoever opens it."""
    assert draw(live, "x**2 + y & 1", "x = 1, y = 2").startswith("Column 1")
    assert draw(live, "x**2 + y", "x = 1, y = 2") == ""
    window.goto(live.url)
    assert window.locator("[name=formula]").input_value() == "x**2 + y"
    assert window.locator("[name=point]").input_value() == "x = 1, y = 2"
    state = window.locator(".sweep-state")
    assert state.inner_text().startswith("Press Draw to see x**2 + y. Draw loads Python, ")
    assert window.locator(".sweep-stage.old").count() == 1
    assert draw(window, "x**2 + y", "x = 1, y = 2", timeout=LOADING) == ""
    assert window.locator(".sweep-stage.old").count() == 0


@fetched
def test_the_page_opens_with_what_it_shows(window: "Page", server: str) -> None:
    """Without a view in the address the form says what is drawn, and the note for others is gone."""
    window.goto(server + LIVE)
    assert window.locator(".sweep-state").inner_text().startswith("Draw loads Python, ")
    assert window.locator(".sweep-stage.old").count() == 0
    assert window.get_by_text("needs JavaScript").locator("visible=true").count() == 0
    window.locator(".sweep-form select").select_option(index=4)
    assert window.locator(".sweep-state").inner_text().startswith("Press Draw to see x * x.")
    assert window.locator(".sweep-stage.old").count() == 1


@fetched
@pytest.mark.parametrize("field", ["formula", "point"])
def test_what_was_typed_stays(live: "Page", field: str) -> None:
    """Sliders are for what is drawn: they go when something else is typed, and come with Draw."""
    assert draw(live, "x*y", "x = 2, y = 3") == ""
    assert live.locator(".sweep-inputs input").count() == 2
    live.locator(f"[name={field}]").press_sequentially("1")
    assert live.locator(".sweep-inputs input").count() == 0
    assert draw(live, "x*x", "x = 2") == ""
    assert live.locator(".sweep-inputs input").count() == 1


@fetched
def test_a_long_name_stays_on_the_screen(live: "Page") -> None:
    """The label of a slider breaks where it has to."""
    name = "a" * 80
    assert draw(live, f"{name}*{name}", f"{name} = 2") == ""
    right = "(part) => part.getBoundingClientRect().right"
    for part in live.locator(".sweep-inputs :is(label, input)").all():
        assert part.evaluate(right) <= 390
    assert live.evaluate("document.documentElement.scrollWidth") == 390


@fetched
def test_every_example_can_be_drawn(live: "Page") -> None:
    """Each example in the menu is drawn when it is chosen, and the next one replaces it."""
    menu = live.locator(".sweep-form select")
    titles = menu.locator("option[data-formula]").all_inner_texts()
    assert len(titles) >= 3
    for title in titles:
        menu.select_option(label=title)
        formula = live.locator("[name=formula]").input_value()
        live.locator("figcaption code", has_text=formula).wait_for()
        assert live.locator(".sweep-error").inner_text() == ""


@fetched
def test_two_hundred_nodes_stay_usable(live: "Page") -> None:
    """A long formula can be drawn and stepped through, in its own scrolling frame."""
    assert draw(live, "+".join(["x*x"] * 100), "x = 2") == ""
    assert adjoint(live, "x") == "400"
    live.get_by_role("button", name="Back").click()
    assert now(live).startswith("599 of 600.")
    assert live.evaluate("document.documentElement.scrollWidth") == 390


@fetched
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("formula", ["x*y", "x*log(x", "+".join(["x*x"] * 20)])
def test_what_is_drawn_has_no_barriers(
    live: "Page", formula: str, scheme: Literal["light", "dark"]
) -> None:
    """axe-core finds no violation in a drawn sweep, a long one, or an error beside the last one."""
    live.emulate_media(color_scheme=scheme)
    draw(live, formula, "x = 2, y = 3")
    assert barriers(live) == []


@fetched
def test_a_wide_graph_can_be_read(live: "Page") -> None:
    """A graph of matrices scrolls in its frame; its letters are not shrunk to fit."""
    point = "X = [[2, 1, 0], [0, 3, -1], [1, 0, 1]], A = [[1.5, 2.25, 3], [4, 5, 6], [7, 8, 9]]"
    assert draw(live, "logdet(X) + tr(inv(X) @ A @ X.T)", point) == ""
    drawn, wanted = live.locator(".sweep-graph svg").evaluate(
        "(svg) => [svg.getBoundingClientRect().width, svg.width.baseVal.value]"
    )
    assert wanted > 420
    assert drawn == pytest.approx(wanted)
    assert live.evaluate("document.documentElement.scrollWidth") == 390


@fetched
@pytest.mark.parametrize(
    ("formula", "point"),
    [
        ("x*log(x) + sin(x*y)", "x = 1, y = 2"),
        ("tr(X @ Y)", "X = [[1.234, 2, 3, 4, 5, 6]], Y = [1, 2, 3, 4, 5, 6.789]"),
    ],
)
def test_nothing_drawn_is_wider_than_a_phone(live: "Page", formula: str, point: str) -> None:
    """A graph or table that is wider than the screen scrolls in its own frame."""
    assert draw(live, formula, point) == ""
    assert live.evaluate("document.documentElement.scrollWidth") == 390


@fetched
def test_what_draw_loads_is_light(site: Path) -> None:
    """All that Draw loads has at most 8 MB, even from a server that packs nothing."""
    loaded = [*(site / "_static" / "live").iterdir(), site / "_static" / "sweep-worker.mjs"]
    assert sum(path.stat().st_size for path in loaded) < 8_000_000
