"""Formulas and sweeps in three engines: Chromium, Firefox and WebKit, each started once.

Engines are compared by the places and sizes of what they draw, never by pixels. A page is opened
once in each engine, and all that is asked about it is measured on that visit.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

import browsers
from _extensions.mathematics.conversion import tree
from _extensions.mathematics.mending import RULES, Rule, mend
from _extensions.mathematics.voice import grouped
from pages import ROOT

if TYPE_CHECKING:  # nox -s tests collects this file without playwright
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ENGINES = ["Chromium", "Firefox", "WebKit"]
each_engine = pytest.mark.parametrize("engine", ENGINES)

# Pages with chains, tall fences, matrices, bars and dots.
LOOKED_AT = [
    "notes/log-det.html",
    "catalogue/inverses.html",
    "catalogue/complex.html",
    "catalogue/spectral.html",
    "behaviour/forward-mode.html",
]

# An element's box, and sizes in units of the letters around it.
BOXES = """
const box = (e) => e.getBoundingClientRect();
const size = (e) => parseFloat(getComputedStyle(e).fontSize);
"""

# Offsets of the relations in each chain; formulas on two lines; fences that are too short.
LOOK = f"""
{BOXES}
for (const folded of document.querySelectorAll("details")) folded.open = true;
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const name = (e) => e.textContent.slice(0, 60);
const parts = (e) => [...e.children].filter((part) => box(part).width);
const row = (e) => parts(e).length === 1 && parts(e)[0].tagName === "mrow" ? row(parts(e)[0]) : parts(e);
const spread = (numbers) => numbers.length ? Math.max(...numbers) - Math.min(...numbers) : 0;
const right = ":scope > .derivation-right";
const offset = (cell) => box(cell.querySelector("mo")).left - box(cell).left;
const fenced = all("math mrow").filter((e) => e.children.length === 3
  && [e.firstElementChild, e.lastElementChild].every((fence) => fence.tagName === "mo"
    && "()[]{{}}⟨⟩‖|".includes(fence.textContent) && fence.getAttribute("stretchy") !== "false"));
return {{
  excess: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  chains: all(".derivation-chain").filter((e) => e.querySelector(right)).map((chain) => {{
    const offsets = all(right, chain).map(offset);
    return [name(chain), spread(offsets), Math.max(...offsets) / size(chain)];
  }}),
  broken: all("math").filter((e) => row(e).some((part, place, whole) => place
    && box(part).left < box(whole[place - 1]).left - 2
    && box(part).top > box(whole[place - 1]).bottom - 2)).map(name),
  short: fenced.map((e) => [name(e), box(e.children[0]).height / box(e.children[1]).height]),
  accents: all("math mover > mo:last-child:not(.bar)")
    .map((e) => [name(e.parentElement), box(e).height / size(e)]),
}};
"""

# What each rule mends: a formula, and how much of the fault there is in it, with its bound; `text`
# is the formula in a line, and `display` the same apart.
FAULTS = {
    "primes": (r"h'", 'size(text.querySelector("mi")) / size(text.querySelector("mo")) - 1', 0.2),
    "overlines": (
        r"\overline{x}",
        '1 - box(text.querySelector(".bar, mo")).width / box(text.querySelector("mi")).width',
        0.5,
    ),
    "circles": (
        r"A \otimes B",
        '(box(display.querySelector("mo")).width - box(text.querySelector("mo")).width) / em',
        0.1,
    ),
    "fences": (
        r"\left(\sum_{i=0}^{n-1} x_i\right)",
        '1 - box(display.querySelector("mo")).height / box(display.querySelector("munderover")).height',
        0.2,
    ),
    "accents": (r"\dot{X}", 'box(text.querySelector("mo")).height / em', 0.4),
    "sums": (
        r"\sum_{i=0}^{n-1} \sum_{j=10000}^{n} x",
        """((first, second) => 0.1 - (box(second).left - box(first).right) / em)(
          ...display.querySelectorAll("munderover"))""",
        0.05,
    ),
    "signs": (r"P^{+}", 'box(text.querySelector("mo")).width / em', 0.7),
}

TYPICAL = [
    r"X^{-\top}",
    r"\operatorname{tr}(X^{-1}\,\mathrm{d}X)",
    r"\frac{\partial f}{\partial X}",
    r"A \otimes B + C \odot D",
    r"\left(\sum_{i=0}^{n-1} x_i\right) y",
    r"\sum_{i=0}^{n-1} \sum_{j=0}^{n-1} X_{ij}^{2}",
    r"\lVert A X - B \rVert_{F}^{2}",
    r"\lVert X \rVert_{*}",
    r"\langle A, B \rangle",
    r"\left\langle \frac{A}{2}, B \right\rangle",
    r"\sqrt{x + 1}",
    r"\sqrt{\frac{x^{\top} A x}{n}}",
    r"\overline{X + Y}",
    r"\overline{x} + \bar{i} + \dot{X}",
    r"P^{+} b",
    r"\begin{pmatrix} A & B \\ C & D \end{pmatrix}",
    r"h''(x) = e^{-x^{\top} x / 2}",
    r"X \in \mathbb{R}^{m \times n}",
    r"\prod_{k \neq i} (\lambda_i - \lambda_k)",
    r"\left(\frac{1}{1 + e^{-x}}\right)^{2}",
]

SHOW = """
const article = document.querySelector("article");
article.innerHTML = arguments[0];
"""
MEASURE_FAULTS = f"""
{SHOW}
{BOXES}
const measures = {{{", ".join(f"{name}: (text, display, em) => {fault}" for name, (_, fault, _) in FAULTS.items())}}};
return [...article.children].map((sample) => {{
  const [text, display] = sample.querySelectorAll("math");
  return measures[sample.title](text, display, size(text));
}});
"""
# The way from the middle of each letter to the middle of the next.
MEASURE_TYPICAL = f"""
{SHOW}
{BOXES}
return [...article.querySelectorAll("math")].map((math) => {{
  const leaves = [...math.querySelectorAll("mi, mn, mo")].filter((e) => box(e).width);
  const middles = leaves.map((e) => (box(e).left + box(e).right) / 2);
  return middles.slice(1).map((middle, place) => (middle - middles[place]) / size(math));
}});
"""


@pytest.fixture(scope="module")
def windows(browser: "Browser") -> Iterator[Mapping[str, browsers.Window]]:
    """Return a window of each engine."""
    with ExitStack() as stack:
        yield {
            "Chromium": stack.enter_context(browsers.chromium(browser)),
            "Firefox": stack.enter_context(browsers.firefox()),
            "WebKit": stack.enter_context(browsers.webkit()),
        }


@pytest.fixture(scope="module")
def seen(windows: Mapping[str, browsers.Window], server: str) -> dict[str, list[dict[str, Any]]]:
    """Return what each engine draws on the pages that are looked at."""
    found: dict[str, list[dict[str, Any]]] = {}
    for engine, window in windows.items():
        found[engine] = []
        for page in LOOKED_AT:
            window.open(server + page)
            found[engine].append(window.run(LOOK))
    return found


@pytest.fixture(scope="module")
def faults(
    windows: Mapping[str, browsers.Window], server: str
) -> dict[str, dict[tuple[str, bool], float]]:
    """Return how much of each fault there is in each engine, with the rule and without."""
    cases = [(rule, mended) for rule in RULES for mended in (True, False)]
    samples = "".join(
        f'<p title="{rule.name}">'
        + "".join(
            drawn(FAULTS[rule.name][0], display, "" if mended else rule.name)
            for display in (False, True)
        )
        + "</p>"
        for rule, mended in cases
    )
    found: dict[str, dict[tuple[str, bool], float]] = {}
    for engine, window in windows.items():
        window.open(server + "index.html")
        measured = window.run(MEASURE_FAULTS, samples)
        found[engine] = {
            (rule.name, mended): fault
            for (rule, mended), fault in zip(cases, measured, strict=True)
        }
    return found


def drawn(tex: str, display: bool, without: str = "") -> str:
    """Return the MathML of a formula, mended by all rules but one."""
    root = grouped(tree(tex, display=display))
    mend(root, [rule for rule in RULES if rule.name != without])
    return ET.tostring(root, encoding="unicode")


@each_engine
def test_chains_are_aligned(seen: dict[str, list[dict[str, Any]]], engine: str) -> None:
    """In each chain of a derivation the relations stand below each other, at the left."""
    chains = [chain for page in seen[engine] for chain in page["chains"]]
    assert len(chains) > 50
    assert [name for name, spread, left in chains if spread > 2 or left > 2.5] == []


@each_engine
def test_no_formula_stands_on_two_lines(seen: dict[str, list[dict[str, Any]]], engine: str) -> None:
    """The parts of a formula follow each other, and no page is wider than its window."""
    assert [name for page in seen[engine] for name in page["broken"]] == []
    assert [page["excess"] for page in seen[engine]] == [0] * len(LOOKED_AT)


@each_engine
def test_fences_are_as_tall_as_what_they_enclose(
    seen: dict[str, list[dict[str, Any]]], engine: str
) -> None:
    """A fence that grows has nine tenths of the height between it and its partner, and more."""
    fences = [fence for page in seen[engine] for fence in page["short"]]
    assert len(fences) > 15
    assert [(name, ratio) for name, ratio in fences if ratio < 0.9] == []


@each_engine
def test_accents_lie_on_their_letters(seen: dict[str, list[dict[str, Any]]], engine: str) -> None:
    """The box of a dot or a macron is no taller than the mark itself."""
    accents = [accent for page in seen[engine] for accent in page["accents"]]
    assert accents
    assert [(name, height) for name, height in accents if height > 0.4] == []


@each_engine
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_mends_its_fault(
    faults: dict[str, dict[tuple[str, bool], float]], engine: str, rule: Rule
) -> None:
    """With its rule a fault is in no engine."""
    assert faults[engine][rule.name, True] <= FAULTS[rule.name][2]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_needed(
    windows: Mapping[str, browsers.Window],
    faults: dict[str, dict[tuple[str, bool], float]],
    rule: Rule,
) -> None:
    """Without its rule an engine still has the fault."""
    engine = rule.engine.partition(" ")[0]
    fault = faults[engine][rule.name, False]
    assert fault > FAULTS[rule.name][2], (
        f"Good news: {windows[engine].name} no longer needs the rule {rule.name!r} of "
        f"docs/_extensions/mathematics/mending.py ({rule.reason}). It can go."
    )


def test_typical_formulas_have_the_same_boxes(
    windows: Mapping[str, browsers.Window], server: str
) -> None:
    """From each letter to the next it is as far in all engines, to a fifth of their size."""
    samples = "".join(f"<p>{drawn(tex, display=True)}</p>" for tex in TYPICAL)
    measured = {}
    for engine, window in windows.items():
        window.open(server + "index.html")
        measured[engine] = window.run(MEASURE_TYPICAL, samples)
    for tex, *steps in zip(TYPICAL, *measured.values(), strict=True):
        for step in zip(*steps, strict=True):
            assert max(step) - min(step) < 0.2, (tex, steps)


# Places on a long page

ENTRIES = "catalogue/inverses.html"
# Where an entry stands, once the page has come to rest.
AT_REST = """
return new Promise((go) => {
  let [last, still] = [NaN, 0];
  const look = () => {
    still = scrollY === last ? still + 1 : 0;
    last = scrollY;
    if (still > 10) go(document.getElementById(arguments[0]).getBoundingClientRect().top);
    else setTimeout(look, 50);
  };
  look();
});
"""


@each_engine
def test_an_entry_is_found_at_its_place(
    windows: Mapping[str, browsers.Window], server: str, engine: str
) -> None:
    """An address, and a link on the page, lead to an entry far below, although it was not laid out."""
    window = windows[engine]
    window.open(server + ENTRIES)
    names = window.run('return [...document.querySelectorAll(".entry")].map((entry) => entry.id)')
    assert len(names) > 20
    window.open(f"{server}{ENTRIES}?#{names[-8]}")
    assert 0 <= window.run(AT_REST, names[-8]) <= 60
    for name in (names[3], names[-6]):
        window.run('document.querySelector(`.toc-drawer a[href="#${arguments[0]}"]`).click()', name)
        assert 0 <= window.run(AT_REST, name) <= 60


def test_entries_out_of_view_are_not_laid_out(
    windows: Mapping[str, browsers.Window], server: str
) -> None:
    """Of a long page only the entries in view are laid out, until an address leads to one of them."""
    laid_out = """
    return [...document.querySelectorAll(".entry > p")]
      .map((part) => part.checkVisibility({ contentVisibilityAuto: true }))
    """
    for engine in ("Chromium", "Firefox"):
        window = windows[engine]
        window.open(server + ENTRIES)
        assert 0 < sum(window.run(laid_out)) < 20
        window.open(f"{server}{ENTRIES}?#sylvester-equation")
        assert all(window.run(laid_out))


# Pages that are used


@each_engine
def test_the_sweep_is_used(
    windows: Mapping[str, browsers.Window], server: str, engine: str
) -> None:
    """Next leads to the end, and below each cell of the table is a line, where it is empty too.

    WebKit draws no border of a cell that is hidden, so that there the line is one of its own.
    """
    window = windows[engine]
    window.open(server + "sweep/index.html")
    said = window.run(
        """
        const figure = document.querySelector(".sweep");
        const next = [...figure.querySelectorAll("button")].find((e) => e.textContent.includes("Next"));
        const lines = [...figure.querySelectorAll("tbody td")].map((cell) => {
          const hidden = getComputedStyle(cell).visibility === "hidden";
          const line = getComputedStyle(cell, hidden && !CSS.supports("math-depth", "auto-add") ? "::after" : null);
          return parseFloat(line.borderBottomWidth) * (line.display !== "none");
        });
        for (let step = 0; step < 20; step++) next.click();
        return [figure.querySelector(".sweep-now").textContent, lines.filter((width) => !width).length];
        """
    )
    assert said[0].startswith("16 of 16. The sweep is done.")
    assert said[1] == 0


@pytest.mark.skipif(
    not (ROOT / "live" / "node_modules" / "fetched.txt").exists(),
    reason="live/fetch.py has fetched no Python for the browser",
)
@each_engine
def test_the_live_page_draws(
    windows: Mapping[str, browsers.Window], server: str, engine: str
) -> None:
    """Python is loaded, and a formula that a reader types is drawn."""
    window = windows[engine]
    window.open(server + "sweep/live.html")
    window.run(
        """
        document.querySelector("[name=formula]").value = "x*log(x) + sin(x*y)";
        document.querySelector("[name=point]").value = "x = 1, y = 2";
        document.querySelector(".sweep-state").textContent = "";
        [...document.querySelectorAll("button")].find((e) => e.textContent.trim() === "Draw").click();
        """
    )
    window.wait('document.querySelector(".sweep-state").textContent.includes("Drawn in")')
    assert window.run('return document.querySelector(".sweep-error").textContent') == ""
    assert window.run('return document.querySelectorAll(".sweep .node").length') > 5


@pytest.mark.skipif(
    not (ROOT / "live" / "node_modules" / "fetched.txt").exists(),
    reason="live/fetch.py has fetched no Python for the browser",
)
@each_engine
def test_your_own_answers(windows: Mapping[str, browsers.Window], server: str, engine: str) -> None:
    """A function that a reader types is derived, every line ticked; a wrong line and claim are not."""
    window = windows[engine]
    questions = (
        ("way=derive&function=norm2(A*x-y)^2", "✓✓"),
        ("way=lines&lines=d(x @ x)%0A= x @ d(x)", "✗"),
        ("way=claim&function=x'*A*x&claim=2*A*x", ""),
    )
    window.open(server + "own.html")
    for question, marks in questions:
        window.run(
            """
            const read = new Promise((go) => addEventListener("hashchange", () => setTimeout(go), { once: true }));
            location.hash = arguments[0];
            return read;
            """,
            question,
        )
        # A page that has Python has asked by itself; what counts is the answer to the button.
        window.run(
            'document.querySelector(".own-buttons button").click();'
            'document.querySelector(".own-state").textContent = ""'
        )
        window.wait('document.querySelector(".own-state").textContent.includes("Answered in")')
        assert window.run('return document.querySelector(".own-error").textContent') == ""
        shown = '[...document.querySelectorAll(".own-mark")].map((e) => e.textContent).join("")'
        assert window.run(f"return {shown}") == marks
        assert window.run('return document.querySelectorAll(".own-result math").length') >= 2
        assert bool(window.run('return document.querySelector(".own-why")')) == (marks != "✓✓")
