"""The directive shows a derivation that holds, and stops the build at one that does not."""

import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from bs4 import BeautifulSoup, Tag

from _extensions.mathematics.derivation import broken
from autodiff_notes.notation.derivations import parse
from pages import DOCS
from projects import sphinx_here, sphinx_without_torch

CONF = f"""\
import sys
from pathlib import Path

sys.path.insert(0, {str(DOCS)!r})
project = "test"
extensions = [
    "myst_parser",
    "_extensions.mathematics.mathml",
    "_extensions.mathematics.derivation",
]
myst_enable_extensions = ["dollarmath"]
html_math_renderer = "mathml"
html_theme = "basic"


def note_torch(app, exception):
    Path(app.outdir, "torch").write_text(str("torch" in sys.modules))


def setup(app):
    app.connect("build-finished", note_torch)
"""
PAGE = """\
# A page

The argument.

```{derivation} log-det
X in positive_determinant(n)
constant A in matrix(n, n)
where M = inv(X)

d(logdet(X))
= tr(M @ d(X))         # Jacobi's formula, see [the other](#derivation-other)
= inner(M.mT, d(X))    # $\\\\operatorname{tr}(A^\\\\top B) = \\\\langle A, B\\\\rangle$
```

````{note}
```{derivation} other
x in vector(n)
norm(x + x) # twice
= 2 * norm(x)
```
````
""".replace("\\\\\\\\", "\\\\")


def build(
    folder: Path,
    page: str,
    conf: str = CONF,
    sphinx: Callable[..., CompletedProcess[str]] = sphinx_without_torch,
) -> CompletedProcess[str]:
    """Build a site of one page, in a process that has not imported torch."""
    (folder / "conf.py").write_text(conf, "utf-8")
    (folder / "index.md").write_text(page, "utf-8")
    return sphinx(["-W", "-n", "-q", ".", "_build"], folder)


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the page, once built, and of a copy of it."""
    folder = tmp_path_factory.mktemp("derivation")
    (folder / "project").mkdir()
    result = build(folder / "project", PAGE)
    assert result.returncode == 0, result.stdout
    shutil.copytree(folder / "project", folder / "copy")
    return folder


@pytest.fixture(scope="module")
def shown(pristine: Path) -> Tag:
    """Return the page's first derivation."""
    page = BeautifulSoup(
        (pristine / "copy" / "_build" / "index.html").read_text("utf-8"), "html.parser"
    )
    found = page.find(id="derivation-log-det")
    assert isinstance(found, Tag)
    return found


def test_lines_are_mathematics(shown: Tag) -> None:
    """Each line is a formula of its own; the first shares its row with the second."""
    assert [len(shown.select(f".derivation-{side} math")) for side in ("left", "right")] == [1, 2]
    assert [math.get_text()[0] for math in shown.select(".derivation-right math")] == ["=", "="]


def test_reason_is_markdown(shown: Tag) -> None:
    """A reason may hold a link and mathematics."""
    link, formula = shown.select(".derivation-reason")
    assert (
        link.get_text(" ", strip=True)
        == "Jacobi\N{RIGHT SINGLE QUOTATION MARK}s formula, see the other"
    )
    assert link.select_one("a[href='#derivation-other']")
    assert formula.select_one("math")


def test_domains_and_definitions_are_given(shown: Tag) -> None:
    """Above the lines stands where the variables live and what names mean."""
    given = shown.select_one(".derivation-given")
    assert given is not None
    assert len(given.select("math")) == 3
    assert given.get_text().startswith("For ")
    assert " fixed, where " in given.get_text()


def test_what_was_checked_is_shown(shown: Tag) -> None:
    """Below the lines stands how many equalities were executed, where, and the largest gap."""
    check = shown.select_one(".derivation-check")
    assert check is not None
    assert check.get_text().startswith(
        "2 equalities, each at 9 random points; largest relative gap"
    )


def test_long_first_line_stands_apart(built: Path) -> None:
    """A first line with a reason of its own has its own row."""
    page = BeautifulSoup((built / "_build" / "index.html").read_text("utf-8"), "html.parser")
    (apart,) = page.select(".derivation-apart")
    assert [r.get_text(strip=True) for r in apart.select(".derivation-reason")] == ["twice", ""]


def test_nothing_is_executed_twice(built: Path) -> None:
    """A page that is read again with the same derivations does not even import torch."""
    assert (built / "_build" / "torch").read_text() == "True"
    assert build(built, PAGE + "\nOne more line.\n").returncode == 0
    assert (built / "_build" / "torch").read_text() == "False"
    changed = PAGE.replace("2 * norm(x)", "norm(x) * 2")
    assert build(built, changed).returncode == 0
    assert (built / "_build" / "torch").read_text() == "True"


def test_new_code_executes_everything_again(built: Path) -> None:
    """When the code has changed, nothing that was found before counts."""
    page = PAGE + "\nOne more line.\n"
    assert build(built, page).returncode == 0
    assert (built / "_build" / "torch").read_text() == "False"
    more = "from _extensions.mathematics import verification\nverification.EXECUTION += ' _extensions'\n"
    assert build(built, page, conf=CONF + more).returncode == 0
    assert (built / "_build" / "torch").read_text() == "True"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("inner(M.mT,", "inner(M,", "index.md:12: line 7 does not equal the line before it"),
        ("tr(M @", "trace(M @", "index.md:11: line 6, column 3: there is no word 'trace'"),
        ("= 2 * norm(x)", "= 3 * norm(x)", "index.md:19: line 3 does not equal the line before"),
        ("x in vector(n)", "x in vectors(n)", "index.md:17: line 1, column 1: there is no domain"),
    ],
    ids=["wrong line", "unknown word", "wrong line in a nested directive", "unknown domain"],
)
def test_wrong_derivation_stops_the_build(tmp_path: Path, old: str, new: str, message: str) -> None:
    """The build stops, and names file and line."""
    assert PAGE.count(old) == 1
    result = build(tmp_path, PAGE.replace(old, new), sphinx=sphinx_here)
    assert result.returncode != 0
    assert message in result.stdout
    assert not (tmp_path / "_build" / "index.html").exists()


@pytest.mark.parametrize(("around", "level"), [("{}", 0), ("2 * ({})", 1)])
def test_a_wide_sum_is_broken_at_its_signs(around: str, level: int) -> None:
    """A line too wide for a telephone goes on below, at the outermost sums alone."""
    names = "x in vector(n)\nX, A, B in square(n)"
    wide = " - ".join(f"(tr(A @ B @ A @ B @ {name}) + tr(B))" for name in "ABABAB")
    *_, line = parse(f"{names}\ntr(X)\n= {around.format(wide)}").lines
    rows = broken(line).removesuffix(r" \end{aligned}").split(r" \\ &{} ")
    assert len(rows) > 1
    before = ""
    for row in rows[1:]:
        before += rows[rows.index(row) - 1]
        assert row.startswith("- ")
        assert before.count("(") - before.count(")") == level


def test_an_addend_that_is_too_wide_is_broken_again() -> None:
    """Where an addend alone is too wide, it goes on below at the outermost sum in its parentheses."""
    inner = " + ".join(f"{name} @ A @ B @ A @ B @ A @ B @ A @ B" for name in "ABXA")
    *_, line = parse(f"X, A, B in square(n)\ntr(X)\n= tr(A) + tr(A) * tr(B @ ({inner}))").lines
    rows = broken(line).removesuffix(r" \end{aligned}").split(r" \\ &{} ")
    assert [row.startswith("+ ") for row in rows] == [False, True, True]
    assert all(row.count("(") != row.count(")") for row in rows[1:])


@pytest.mark.parametrize(
    "text", ["inner(A, d(X))", "tr(X + A)", "2 * norm(A + B + X + A + B + X + A + B)"]
)
def test_what_fits_or_has_no_sum_stays_in_one_row(text: str) -> None:
    """A short line, and a sum between bars, are not broken."""
    *_, line = parse(f"X, A, B in square(n)\nd(tr(X))\n= {text}").lines
    assert broken(line) == line.latex
