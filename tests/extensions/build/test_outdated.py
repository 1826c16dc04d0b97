"""A page is read again, and a script runs again, when what it depends on changes; no other does."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from _extensions.build import outdated, sources

Build = Callable[[Path], CompletedProcess[str]]


def doctrees(project: Path) -> dict[str, int]:
    """Return when each page was read."""
    folder = project / "out" / ".doctrees"
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.doctree")}
    return {name.removesuffix(".doctree"): path.stat().st_mtime_ns for name, path in found.items()}


def runs(project: Path) -> list[str]:
    """Return what has run."""
    return sorted((project / "runs.txt").read_text("utf-8").split())


COMMENT = "\n# A comment, and no code.\n"


@pytest.mark.parametrize(
    ("change", "read", "ran"),
    [
        (("docs/_extensions/build/sitemap.py", COMMENT), set(), []),
        (("docs/_extensions/build/sitemap.py", "\nMORE = 1\n"), {"all"}, []),
        (("docs/_extensions/gallery/figures.py", COMMENT), set(), []),
        (("docs/_extensions/build/serving.py", "\nMORE = 1\n"), set(), []),
        (
            ("src/autodiff_notes/number.py", "\nMORE = 1\n"),
            {"cells", "referring"},
            ["cell", "script"],
        ),
        (("src/autodiff_notes/catalogue/notes.py", "\nMORE = 1\n"), set(), []),
        (("src/autodiff_notes/figures.mplstyle", "\n# A comment.\n"), set(), ["script"]),
    ],
    ids=[
        "a comment in an extension",
        "code of an extension",
        "a comment in what draws",
        "code of what serves the site",
        "a module that script and cell import",
        "a module that they do not import",
        "the style of figures",
    ],
)
def test_what_depends_on_a_change_follows_it(
    built: Path, build: Build, change: tuple[str, str], read: set[str], ran: list[str]
) -> None:
    """The pages that are read again, and what runs again, are those that a change concerns."""
    before = doctrees(built)
    name, added = change
    with (built / name).open("a", encoding="utf-8") as file:
        file.write(added)
    done = build(built)
    assert done.returncode == 0, done.stdout
    after = doctrees(built)
    again = {page for page, when in after.items() if when != before[page]}
    shown = {"page", "gallery/plot_number"}  # read again if the run came out otherwise
    assert again - shown == (before.keys() if read == {"all"} else read) - shown
    assert runs(built) == sorted(["cell", "script", *ran])


@pytest.mark.parametrize(
    ("package", "counts"), [("furo", True), ("sphinx_autobuild", False), ("pytest", False)]
)
def test_packages_that_make_pages_count(
    monkeypatch: pytest.MonkeyPatch, package: str, counts: bool
) -> None:
    """Another version of what makes pages is other code; of what serves or tests them it is not."""
    made = []
    for added in ("", "+another"):
        version = {package: added}
        monkeypatch.setattr(sources, "edition", lambda name, v=version: name + v.get(name, ""))
        found = sources.Sources([outdated.EXTENSIONS.parent, outdated.PACKAGE.parent])
        made.append(outdated.code_of_pages(found, ["_extensions", "furo"]))
    assert (made[0] != made[1]) == counts
