"""What no source accounts for leaves the site; everything else stays."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess


def test_what_no_source_accounts_for_goes(
    built: Path, build: Callable[[Path], CompletedProcess[str]]
) -> None:
    """A page, a picture and a download that nothing stands for go, whoever put them there."""
    out = built / "out"
    before = {path for path in out.rglob("*") if ".doctrees" not in path.parts}
    for name in ("gone.html", "deep/gone.html", "_images/gone.svg", "_downloads/0/gone.py"):
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text("gone", "utf-8")
    assert build(built).returncode == 0
    left = {path for path in out.rglob("*") if path.is_file() and path.name.startswith("gone")}
    assert left == set()
    assert before <= set(out.rglob("*"))


def test_what_is_made_of_a_template_goes_with_it(
    built: Path, build: Callable[[Path], CompletedProcess[str]]
) -> None:
    """A static file that is rendered from a template stays as long as the template does."""
    template = built / "docs" / "_static" / "made.js.jinja"
    template.write_text("// {{ project }}\n", "utf-8")
    made = built / "out" / "_static" / "made.js"
    for stays in (True, False):
        if not stays:
            template.unlink()
        assert build(built).returncode == 0
        assert made.exists() is stays
