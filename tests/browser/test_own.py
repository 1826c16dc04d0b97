"""Your own, in use: derive, check a derivation, check a gradient, from other pages, and without a network."""

import re
import threading
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, urlsplit

import pytest

from barriers import barriers

if TYPE_CHECKING:  # nox -s tests collects this file without playwright
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
OWN = "own.html"
DERIVING = ROOT / "src" / "autodiff_notes" / "deriving"
LOADING = 60_000  # milliseconds: on a busy computer, Python takes its time

fetched = pytest.mark.skipif(
    not (ROOT / "live" / "node_modules" / "fetched.txt").exists(),
    reason="live/fetch.py has fetched no Python for the browser",
)


def new_page(browser: "Browser", address: str, width: int = 390) -> "Page":
    """Open an address in a window of its own, as wide as a phone's."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(address)
    return page


@pytest.fixture
def window(browser: "Browser", server: str) -> Iterator["Page"]:
    """Return the page before anything was asked; nothing may go wrong in it."""
    page = new_page(browser, server + OWN)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda m: wrong.append(m.text) if m.type in {"error", "warning"} else None)
    yield page
    assert wrong == []
    page.context.close()


@pytest.fixture(scope="module")
def own(browser: "Browser", server: str) -> Iterator["Page"]:
    """Return the page after its first answer; Python is loaded once for all tests."""
    page = new_page(browser, server + OWN)
    ask(page, function="x @ x", timeout=LOADING)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def kept(browser: "Browser", server: str) -> Iterator["Page"]:
    """Return the page after an answer, when it is kept for a time without a network."""
    page = new_page(browser, server + OWN)
    assert ask(page, function="x @ x", timeout=LOADING) == ""
    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    yield page
    page.context.close()


def ask(page: "Page", way: str = "derive", timeout: int = 20_000, **texts: str) -> str:
    """Fill the form, press Answer, and return the error, if there is one."""
    page.locator(f"[name=way][value={way}]").check()
    for name, text in texts.items():
        page.locator(f"[name={name}]").fill(text)
    page.evaluate("document.querySelector('.own-state').textContent = ''")
    page.evaluate("document.querySelector('.own-error').replaceChildren()")
    page.get_by_role("button", name="Answer").click()
    answered(page, timeout)
    return page.locator(".own-error").inner_text()


def answered(page: "Page", timeout: int = 20_000) -> None:
    """Wait until an answer is complete, or there is an error."""
    done = page.locator(".own-state:has-text('Answered in'), .own-error:not(:empty)")
    done.first.wait_for(timeout=timeout)
    page.locator("[name=cancel][hidden]").wait_for(state="attached", timeout=timeout)


def marks(page: "Page") -> list[str]:
    """Return the marks beside the lines."""
    return page.locator(".own-mark").all_inner_texts()


# Derive


@fetched
def test_nothing_is_loaded_before_the_first_answer(window: "Page", server: str) -> None:
    """Before it no Python is loaded, and after it nothing has come from elsewhere."""
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    window.reload()
    window.wait_for_load_state("networkidle")
    assert not any("/live/" in url or "worker" in url for url in asked)
    assert window.locator(".own-state").inner_text().startswith("Typing, or Answer, loads Python, ")
    assert ask(window, function="norm2(A*x-y)^2", timeout=LOADING) == ""
    assert any("pyodide.asm.wasm" in url for url in asked)
    own = (server, f"blob:{server[:16]}", "data:")
    assert [url for url in asked if not url.startswith(own)] == []


@fetched
def test_a_derivation_with_its_ticks(own: "Page") -> None:
    """The function as it was read, its gradient, every line ticked, the summary, code, the entry."""
    assert ask(own, function=r"\log\det X") == ""
    assert own.locator(".own-read code").inner_text() == "logdet(X)"
    assert own.locator(".own-gradients math").count() == 2
    assert marks(own) == ["✓", "✓"]
    summary = own.locator(".own-summary").inner_text()
    assert summary.startswith("2 lines executed in this browser, each at 9 random points")
    gap = float(summary.rpartition(" ")[2].rstrip("."))
    assert 0 < gap <= 1e-9
    entry = own.locator(".own-entry a")
    entry.wait_for()
    assert entry.inner_text() == "The logarithm of a determinant"
    assert "log-det" in str(entry.get_attribute("href"))
    assert own.locator(".own-code summary").all_inner_texts() == [
        "torch", "NumPy", "JAX", "LaTeX", "Markdown",
    ]  # fmt: skip


@fetched
def test_each_verdict_is_announced(own: "Page") -> None:
    """The live region has a sentence for each line, and one for all of them."""
    assert ask(own, function="tr(inv(X) @ A)") == ""
    said = own.get_by_role("log").locator("p").all_text_contents()
    assert [sentence.split(",")[0].rstrip(".") for sentence in said[:-1]] == [
        f"Line {number} holds" for number in range(1, len(said))
    ]
    assert "executed in this browser" in said[-1]


@fetched
@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"\frac{1}{2}\|Ax - b\|_2^2 + \lambda \|x\|_1", "1 / 2 * norm(A @ x - b) ** 2 + lambda_ * norm(x, 1)"),
        ("sum(log(exp(-y.*(X*w)) + vector(1)))", "sum(log(exp(-y * (X @ w)) + ones(n)))"),
        ("np.linalg.norm(A @ x - b)**2", "norm(A @ x - b) ** 2"),
        ("xᵀAx", "x @ A @ x"),
    ],
)  # fmt: skip
def test_formulas_of_others(own: "Page", text: str, read: str) -> None:
    """LaTeX, matrixcalculus.org, NumPy and signs of Unicode are read, shown back and derived."""
    assert ask(own, function=text) == ""
    assert own.locator(".own-read code").inner_text() == read
    assert set(marks(own)) == {"✓"}


@fetched
def test_every_reason_is_set(own: "Page") -> None:
    """The mathematics in the machine's reasons is set, and none of it is an error."""
    source = "".join(path.read_text("utf-8") for path in sorted(DERIVING.glob("*.py")))
    found = dict.fromkeys(re.findall(r"\$(?=[^$\n]*\\)[^$\n]+\$", source))
    formulas = [formula.replace("{X}", "X").replace("\\\\", "\\") for formula in found]
    assert len(formulas) >= 4
    lines = "\n".join(f"= x @ x  # {formula}" for formula in formulas)
    assert ask(own, "lines", lines=f"x in vector(n)\nx @ x\n{lines}") == ""
    assert own.locator(".derivation-reason math").count() == len(formulas)
    assert own.locator(".own-result [class*=error]").count() == 0


@fetched
def test_chips_are_edited(own: "Page") -> None:
    """A set and what moves are chosen by the reader; the frame says what was guessed."""
    assert ask(own, function="x @ A @ x") == ""
    chip = own.locator(".own-chip[data-name=A]")
    assert "guessed" in str(chip.get_attribute("class"))
    chip.locator("select").select_option("symmetric")
    own.locator(".own-chip[data-name=A]:not(.guessed)").wait_for()
    assert "A%20in%20symmetric" in own.url.replace("+", "%20")
    answered(own)
    assert "2" in own.locator(".own-gradients").inner_text()
    own.locator(".own-chip[data-name=A] [name=moves]").check()
    own.locator(".own-gradients math:nth-of-type(1)").first.wait_for()
    answered(own)
    assert "A%20in%20symmetric" in own.url.replace("+", "%20")
    assert "constant%20A" not in own.url.replace("+", "%20")


@fetched
@pytest.mark.parametrize(
    ("text", "error", "marked"),
    [
        ("x'*A*x + trce(A)", "there is no word 'trce'; did you mean 'trace'?", "trce"),
        ("x @ (A @ x", "')' is missing at the end", " "),
        (r"\frac{A}{X^\top x x^\top}", "a division by a matrix", "\\"),
        ("x" * 3_000, "a formula of more than 2000 characters", ""),
        ("<img src=x onerror=alert(1)>", "a relation is no function", "<"),
        ("9**9**9**9", "", ""),
    ],
)
def test_errors_underline_their_column(own: "Page", text: str, error: str, marked: str) -> None:
    """What cannot be read is said in words, its place underlined, and the page lives on."""
    said = ask(own, function=text)
    assert said.startswith(error)
    assert said
    if marked:
        assert own.locator(".own-error mark").inner_text() == marked
        assert own.locator("[name=function]").get_attribute("aria-invalid") == "true"
    assert own.evaluate("document.documentElement.scrollWidth") == 390
    assert ask(own, function="x @ x") == ""
    assert own.locator("[name=function]").get_attribute("aria-invalid") is None


@fetched
def test_an_offer_is_taken(own: "Page") -> None:
    """A set that is too large for a word gets a button with one that will do."""
    own.evaluate("location.hash = '#way=derive&function=logdet(X)&variables=X in square'")
    answered(own)
    own.get_by_role("button", name="X in positive_determinant(n)").click()
    own.locator(".own-error:empty").wait_for(state="attached")
    own.locator(".own-summary:has-text('executed')").wait_for()


@fetched
def test_typing_asks_by_itself(own: "Page") -> None:
    """Once Python is there, what is typed is answered without a press, and the last letter wins."""
    assert ask(own, function="x @ x") == ""
    own.locator("[name=function]").fill("")
    own.locator("[name=function]").press_sequentially("tr(A @ X)", delay=10)
    own.locator(".own-read code:text-is('tr(A @ X)')").wait_for()


@fetched
def test_typing_loads_python(window: "Page") -> None:
    """The first letter loads Python, so that an answer needs no press; who cancelled is left alone."""
    field = window.locator("[name=function]")
    window.route("**/python.bin.gz", lambda _: None)  # never arrives
    field.press_sequentially(" ")
    window.get_by_role("button", name="Cancel").click()
    field.press_sequentially(" ")
    assert window.locator("[name=cancel]:visible").count() == 0
    window.unroute("**/python.bin.gz")
    window.reload()
    field.fill("tr(A @ X)")
    window.locator(".own-read code:text-is('tr(A @ X)')").wait_for(timeout=LOADING)


@fetched
def test_the_keyboard(own: "Page") -> None:
    """Enter answers, and Tab leads from the field to the button."""
    field = own.locator("[name=function]")
    field.fill("x @ A @ A @ x")
    field.press("Enter")
    own.locator(".own-read code:text-is('x @ A @ A @ x')").wait_for()
    field.focus()
    for _ in range(2):
        own.keyboard.press("Tab")
    assert own.evaluate("document.activeElement.textContent") == "Answer"


@fetched
def test_words_are_completed(own: "Page") -> None:
    """A word that was begun is offered with what it takes, and taken by keys or by a click."""
    assert ask(own, function="x @ x") == ""
    field = own.locator("[name=function]")
    field.fill("")
    field.press_sequentially("logd")
    options = own.get_by_role("listbox").get_by_role("option")
    options.first.wait_for()
    assert options.all_inner_texts() == ["logdet a matrix"]
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "own-word-0"
    field.press("Enter")
    assert field.input_value() == "logdet("
    assert own.locator(".own-words:visible").count() == 0
    field.press_sequentially("X) + no")
    options.filter(has_text="norm").first.click()
    assert field.input_value() == "logdet(X) + norm("
    field.press_sequentially("si")
    options.first.wait_for()
    field.press("Escape")
    assert own.locator(".own-words:visible").count() == 0


@fetched
def test_earlier_questions_are_links(own: "Page") -> None:
    """What was asked before is a link on the page, and nothing of it is stored."""
    assert ask(own, function="tr(A)") == ""
    assert ask(own, function="tr(B)") == ""
    own.locator(".own-earlier summary").click()
    own.locator(".own-earlier a", has_text="tr(A)").first.click()
    own.locator(".own-read code:text-is('tr(A)')").wait_for()
    assert own.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")[1:] == [
        0,
        "",
    ]
    assert "tr(" not in own.evaluate("JSON.stringify({...localStorage})")


@fetched
def test_code_is_copied(own: "Page") -> None:
    """Copy puts the code on the clipboard and says so."""
    own.context.grant_permissions(["clipboard-read", "clipboard-write"])
    assert ask(own, function="x @ x") == ""
    own.locator(".own-code summary", has_text="NumPy").click()
    own.locator(".own-code[open] button").click()
    own.locator(".own-state:has-text('NumPy copied.')").wait_for()
    assert "def gradient(x):" in own.evaluate("navigator.clipboard.readText()")


# Check a derivation, check a gradient


@fetched
def test_a_derivation_is_checked(own: "Page") -> None:
    """Each line has its verdict, a wrong one its point and what it would need; the next one is offered."""
    right = "d(logdet(X))\n= tr(inv(X) @ d(X))\n= inner(inv(X).mT, d(X))"
    assert ask(own, "lines", lines=right) == ""
    assert marks(own) == ["✓", "✓"]
    assert ask(own, "lines", lines=right.replace(".mT", "")) == ""
    assert marks(own) == ["✓", "✗"]
    wrong = own.locator(".own-wrong").inner_text()
    assert wrong.startswith("Line 3 does not equal the line before it (relative gap ")
    assert wrong.endswith("seed 0.")
    assert "a transpose of inv(X)" in own.locator(".own-why").inner_text()
    assert own.locator(".own-summary.fails").inner_text() == "1 of 2 lines does not hold."
    own.locator("summary", has_text="The next right line").click()
    assert own.locator("details[open] math").count() == 1
    said = own.get_by_role("log").inner_text()
    assert "Line 2 holds" in said
    assert "Line 3 does not equal" in said


@fetched
def test_a_gradient_is_checked(own: "Page") -> None:
    """A right claim holds; a wrong one has numbers, what it would need, and the right gradient."""
    assert ask(own, "claim", function="x'*A*x", claim="(A + A')*x") == ""
    assert own.locator(".own-summary").inner_text().startswith("It holds")
    assert ask(own, "claim", function="x'*A*x", claim="2*A*x") == ""
    assert "the slope is" in own.locator(".own-summary.fails").inner_text()
    assert "the symmetric part of A" in own.locator(".own-why").inner_text()
    own.locator("summary", has_text="The gradient by machine").click()
    assert own.locator("details[open] math").count() == 1
    assert ask(own, "claim", function="x'*A*y", claim="x: A*y\ny: A*x") == ""
    summary = own.locator(".own-summary.fails").inner_text()
    assert "By x: it holds" in summary
    assert "By y: it does not hold" in summary
    ask(own, "claim", function="x'*A*y", claim="x: A*y\ny: A*z*")
    assert own.locator(".own-error pre").inner_text().startswith("y: A*z*")
    assert "there is no formula" in ask(own, "claim", function="x @ x", claim="")
    assert own.locator("[name=claim]").get_attribute("aria-invalid") == "true"


# The address


@fetched
@pytest.mark.parametrize(
    ("way", "texts"),
    [
        ("derive", {"function": r"\frac{x^\top A x}{x^\top x} + 50% & more"}),
        ("lines", {"lines": "d(x @ x)  # a reason\n= 2 * x @ d(x)"}),
        ("claim", {"function": "x @ x", "claim": "2*x"}),
    ],
)
def test_a_view_can_be_shared(
    browser: "Browser", own: "Page", way: str, texts: dict[str, str]
) -> None:
    """The address of an answer holds the whole question for whoever opens it, and asks nothing."""
    own.locator(f"[name=way][value={way}]").check()
    for name, text in texts.items():
        own.locator(f"[name={name}]").fill(text)
    ask(own, way)
    other = new_page(browser, own.url)
    assert other.locator(f"[name=way][value={way}]").is_checked()
    for name, text in texts.items():
        assert other.locator(f"[name={name}]").input_value() == text
    assert other.locator(".own-state").inner_text().startswith("Press Answer to see it.")
    assert other.locator(".own-result").is_hidden()
    other.context.close()


@fetched
@pytest.mark.parametrize(
    "hostile",
    [
        "way=derive&function=<img src=x onerror=\"window.hurt=1\">",
        "way=lines&lines=<script>window.hurt=1</script>%0A= x",
        "way=constructor&function=x @ x",
        "way=derive&function=x @ x&variables=<svg onload=\"window.hurt=1\"> in vector(n)",
        "way=derive&function=x @ x&variables=__proto__ in vector(n)",
        "try=__proto__",
        "try=<img src=x onerror=\"window.hurt=1\">",
        "way=claim&function=x @ x&claim=" + "(" * 3_000,
        "%F0%28%8C%28",
        "way=derive&function=" + "x_" * 40_000,
    ],
)  # fmt: skip
def test_hostile_addresses_are_inert(server: str, own: "Page", hostile: str) -> None:
    """Whatever an address holds, nothing of it is run or becomes part of the page but text."""
    wrong: list[str] = []
    own.on("pageerror", lambda error: wrong.append(str(error)))
    address = f"{server}{OWN}#{quote(hostile, safe='=&%')}"
    own.evaluate("(address) => location.replace(address)", address)
    own.get_by_role("button", name="Answer").click()
    answered(own)
    assert own.evaluate("window.hurt") is None
    assert (
        own.locator(".own-result img, .own-result script, .own-form img, .own-form svg").count()
        == 0
    )
    assert wrong == []
    assert ask(own, function="x @ x") == ""


@fetched
def test_a_link_of_another_page(browser: "Browser", server: str) -> None:
    """Try it opens the page with the text of the derivation beside which it stands."""
    page = new_page(browser, server + OWN)
    link = page.locator("a.try").first
    text = str(link.get_attribute("href")).partition("#")[2]
    link.click()
    page.locator(".own-state:has-text('Press Answer to see it.')").wait_for()
    assert page.locator("[name=way][value=lines]").is_checked()
    assert "d(norm(A @ x - y) ** 2)" in page.locator("[name=lines]").input_value(), text
    page.get_by_role("button", name="Answer").click()
    answered(page, LOADING)
    assert set(marks(page)) == {"✓"}
    page.context.close()


# Waiting, cancelling, failing


@fetched
def test_cancel(window: "Page") -> None:
    """Cancel ends the loading at once, and Answer begins it again."""
    window.route("**/pyodide.asm.wasm.gz", lambda _: None)  # never arrives
    window.get_by_role("button", name="Answer").click()
    window.get_by_role("button", name="Cancel").click()
    start = time.perf_counter()
    window.locator(".own-state:has-text('Cancelled.')").wait_for()
    assert time.perf_counter() - start < 0.2
    assert window.locator("progress:visible, [name=cancel]:visible").count() == 0
    window.unroute("**/pyodide.asm.wasm.gz")
    assert ask(window, function="x @ x", timeout=LOADING) == ""


@fetched
def test_cancel_while_python_works(browser: "Browser", server: str) -> None:
    """Cancel ends an answer that takes long, and the next one starts Python again."""
    page = new_page(browser, server + OWN)
    ask(page, function="x @ x", timeout=LOADING)
    long = " + ".join(f"tr(inv(X + {i} * I(n)) @ A @ expm(X) @ sqrtm(X @ X.mT))" for i in range(20))
    page.locator("[name=function]").fill(long)
    page.get_by_role("button", name="Cancel").click()
    start = time.perf_counter()
    page.locator(".own-state:has-text('Cancelled.')").wait_for()
    assert time.perf_counter() - start < 0.2
    assert ask(page, function="x @ x", timeout=LOADING) == ""
    page.context.close()


@fetched
def test_without_a_network_at_first(browser: "Browser", server: str) -> None:
    """A page that has lost its server before the first answer says what it needs."""
    page = new_page(browser, server + OWN)
    page.route("**/live/*", lambda route: route.abort())
    page.get_by_role("button", name="Answer").click()
    page.locator(".own-error:not(:empty)").wait_for()
    assert "It needs a connection to this site" in page.locator(".own-error").inner_text()
    page.context.close()


@fetched
def test_without_a_network_later(kept: "Page") -> None:
    """Once it has answered, the page opens and answers with the network off; others do not."""
    kept.context.set_offline(True)
    kept.reload()
    assert kept.locator("h1").inner_text().startswith("Your own")
    assert ask(kept, function="logdet(X)", timeout=LOADING) == ""
    assert marks(kept) == ["✓", "✓"]
    kept.locator(".own-entry a").wait_for()
    kept.context.set_offline(False)


@fetched
def test_no_page_is_stale(kept: "Page") -> None:
    """With a network the page comes from it, though an older one is kept."""
    put = "caches.open('%s').then((cache) => cache.put('own.html', new Response('stale')))"
    names = kept.evaluate("caches.keys()")
    assert len(names) == 1
    assert names[0].startswith("own-")
    kept.evaluate(put % names[0])
    kept.reload()
    assert kept.locator("h1").inner_text().startswith("Your own")


def test_without_scripts(browser: "Browser", server: str) -> None:
    """With JavaScript off there is a worked example, and what the page would do, but no dead form."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(server + OWN)
    assert page.locator(".own-form:visible").count() == 0
    assert "An answer needs JavaScript" in page.locator("form.own-form + p").inner_text()
    assert page.locator(".derivation-right:visible").count() >= 2
    context.close()


@fetched
def test_from_a_disk(browser: "Browser", site: Path) -> None:
    """From a disk the page says that an answer needs a server."""
    page = new_page(browser, (site / OWN).as_uri())
    page.get_by_role("button", name="Answer").click()
    assert page.locator(".own-error").inner_text().startswith("An answer needs a web server")
    page.context.close()


# Shape and weight


@fetched
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("way", ["derive", "lines", "claim", "error"])
def test_no_barriers(own: "Page", way: str, scheme: Literal["light", "dark"]) -> None:
    """axe-core finds no violation in an answer of any kind, nor in an error."""
    own.emulate_media(color_scheme=scheme)
    if way == "lines":
        ask(own, way, lines="d(x @ x)\n= x @ d(x)")
    elif way == "claim":
        ask(own, way, function="x @ x", claim="x")
    else:
        ask(own, "derive", function="tr(A @ inv(X) @ B)" if way == "derive" else "x + (")
    assert barriers(own) == []


@fetched
def test_nothing_is_wider_than_a_phone(own: "Page") -> None:
    """A long derivation scrolls in its own frames."""
    assert (
        ask(own, function=r"\frac{\|Ax-b\|^2 + \log\det(X^\top X + \lambda I)}{1 + e^{-w^\top x}}")
        == ""
    )
    assert own.evaluate("document.documentElement.scrollWidth") == 390


@fetched
def test_what_an_answer_loads_is_light(site: Path) -> None:
    """All that Draw and Answer load together has at most 8 MB."""
    static = site / "_static"
    files = [*(static / "live").iterdir(), *static.glob("*.mjs")]
    assert sum(path.stat().st_size for path in files) < 8_000_000


# On other sites

EMBEDDING = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Another site</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; {policy}">
<script type="module" src="{site}_static/autodiff-derivation.mjs"></script>
<autodiff-derivation id="right" variables="X in positive_determinant">d(logdet(X))
= tr(inv(X) @ d(X))
= inner(inv(X).mT, d(X))</autodiff-derivation>
<autodiff-derivation id="wrong" auto>d(x @ x)
= x @ d(x)</autodiff-derivation>
<autodiff-derivation id="derived" function="norm2(A*x-y)^2"></autodiff-derivation>
<autodiff-derivation id="hostile">&lt;img src=x onerror="window.hurt=1"&gt;</autodiff-derivation>
"""


class Open(SimpleHTTPRequestHandler):
    """Serves the site as a host does that reads ``_headers``: others may load ``_static``."""

    def end_headers(self) -> None:
        """Allow other origins."""
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def serve(folder: Path, handler: type[SimpleHTTPRequestHandler]) -> ThreadingHTTPServer:
    """Serve a folder on a port of its own, which is an origin of its own."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=http.serve_forever, daemon=True).start()
    return http


@fetched
def test_on_another_site(browser: "Browser", site: Path, tmp_path: Path) -> None:
    """A page of another origin, with the policy that is stated, shows derivations that are checked."""
    stated = re.search(
        r"script-src https://SITE.*connect-src.*", (ROOT / "docs/own.md").read_text("utf-8")
    )
    assert stated is not None
    ours = serve(site, Open)
    address = f"http://127.0.0.1:{ours.server_port}/"
    policy = stated[0].replace("https://SITE", address.rstrip("/"))
    (tmp_path / "index.html").write_text(EMBEDDING.format(site=address, policy=policy), "utf-8")
    theirs = serve(tmp_path, SimpleHTTPRequestHandler)
    page = browser.new_context().new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"http://127.0.0.1:{theirs.server_port}/")
    wrong = page.locator("#wrong .own-summary")
    page.locator("#wrong .own-summary.fails").wait_for(timeout=LOADING)
    assert wrong.inner_text() == "1 of 1 line does not hold."
    assert page.locator("#wrong .own-mark").all_inner_texts() == ["✗"]
    for name, count in (("right", 2), ("derived", 2)):
        page.locator(f"#{name} button").click()
        page.locator(f"#{name} .own-summary:has-text('executed in this browser')").wait_for()
        assert page.locator(f"#{name} .own-mark").all_inner_texts() == ["✓"] * count
        assert page.locator(f"#{name} math").count() > 2
    page.locator("#hostile button").click()
    page.locator("#hostile .own-summary:has-text('a relation is no function')").wait_for()
    assert page.evaluate("window.hurt") is None
    assert len([url for url in asked if url.endswith("pyodide.asm.wasm.gz")]) == 1
    assert [text for text in said if "Content Security Policy" in text] == []
    hosts = {urlsplit(url.removeprefix("blob:")).port for url in asked}
    assert hosts == {ours.server_port, theirs.server_port}
    page.context.close()
    for http in (ours, theirs):
        http.shutdown()
        http.server_close()
