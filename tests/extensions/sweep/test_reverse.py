"""``{sweep}``: a formula at a point becomes a sweep, or the build stops at its line."""

from pathlib import Path

import pytest

from projects import settings, sphinx_here

CONF = settings("sweep.reverse")


@pytest.mark.parametrize(
    ("formula", "options", "said"),
    [
        ("x*log(x)", ":at: x = 2", ""),
        ("x*log(x)", "", "needs a point, such as :at:"),
        ("x*log(", ":at: x = 2", "{sweep} x*log("),
        ("x*log(x)", ":at: y = 2", "{sweep} x*log(x)"),
    ],
)
def test_a_sweep_or_its_fault(tmp_path: Path, formula: str, options: str, said: str) -> None:
    """Graph, table and sentences are in the page; a fault is told with its file and line."""
    (tmp_path / "conf.py").write_text(CONF, "utf-8")
    page = f"# A page\n\n```{{sweep}} {formula}\n{options}\n```\n"
    (tmp_path / "index.md").write_text(page, "utf-8")
    done = sphinx_here(["-q", "-W", ".", "out"], tmp_path)
    assert (done.returncode == 0) == (said == ""), done.stdout
    assert said in done.stdout
    if said:
        assert "index.md:3: " in done.stdout
    else:
        html = (tmp_path / "out" / "index.html").read_text("utf-8")
        assert 'class="sweep"' in html
        assert "<svg" in html
        assert "sweep.js" in html
