"""``{derive}``: a function whose gradient is derived while a page is built."""

from pathlib import Path
from subprocess import CompletedProcess

import pytest
from bs4 import BeautifulSoup

from projects import settings, sphinx_here

CONF = settings("mathematics.derived")


def build(folder: Path, name: str, *lines: str) -> CompletedProcess[str]:
    """Build a site of one page with one function."""
    block = "\n".join([f"```{{derive}} {name}", *lines, "```"])
    (folder / "conf.py").write_text(CONF, "utf-8")
    (folder / "index.md").write_text(
        f"# A page\n\n[There](#derivation-there)\n\n{block}\n", "utf-8"
    )
    return sphinx_here(["-q", ".", "out"], folder)


def test_a_function_becomes_an_executed_derivation(tmp_path: Path) -> None:
    """Sets, names, lines and reasons are shown as an author's, and marked as the machine's."""
    lines = ("tr(P)", "X in tall(m, n)", "where P = inv(X.mT @ X)")
    assert not build(tmp_path, "there", *lines).returncode
    page = BeautifulSoup((tmp_path / "out" / "index.html").read_text("utf-8"), "html5lib")
    block = page.select_one("div.derivation.derived#derivation-there")
    assert block
    assert page.select_one('a[href="#derivation-there"]')
    check = block.select_one(".derivation-check")
    assert check
    assert check.get_text().startswith("Derived by the machine. 3 equalities, ")
    assert len(block.select(".derivation-right")) >= 2
    assert "where" in block.select(".derivation-given")[0].get_text()


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("logdet(X)", "X in matrix(n, n)"), "declare 'X in positive_determinant(n)'"),
        (("f(t)", "t in scalar()", "f in analytic()"), "f is a function without a formula"),
        (("trace(X)", "X in square(n)"), "there is no word 'trace'"),
        (("tr(X)", "X in squares(n)"), "did you mean 'square'"),
    ],
)
def test_what_cannot_be_derived_stops_the_build(
    tmp_path: Path, lines: tuple[str, ...], said: str
) -> None:
    """The message has the place of the block and the reason."""
    done = build(tmp_path, "there", *lines)
    message = " ".join(done.stdout.split())
    assert done.returncode
    assert "index.md:5: " in message
    assert said in message
