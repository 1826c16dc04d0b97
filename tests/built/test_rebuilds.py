"""The build publishes nothing stale, and gives the same bytes from the same sources.

Each test changes a small project (one page, one script, the real settings) and builds it.
"""

import os
import re
import shutil
import sys
import venv
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from subprocess import CompletedProcess
from urllib.parse import quote

import pytest

import forks
import processes
from projects import (
    CELLS,
    OPTIONS,
    SECTION,
    append,
    builder,
    copy_sources,
    edit,
    run_sphinx,
    variables,
)
from reading import address

Build = Callable[[Path], CompletedProcess[str]]
MakeProject = Callable[[Path], Path]


EXTRA = """\
r\"\"\"
An example that shall go
========================

It speaks of xylophones.
\"\"\"

import matplotlib.pyplot as plt

fig, ax = plt.subplots()
fig.set_label("Nothing but axes.")
plt.show()
"""
API = """\
# API

```{eval-rst}
.. automodule:: autodiff_notes.number
   :members:
```

```{gallery-step} plot_number "The number"
```
"""


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory, make_project: MakeProject) -> Path:
    """Return the folder of a project with cells, a reference page and two scripts, once built."""
    folder = tmp_path_factory.mktemp("built")
    project = make_project(folder / "project")
    (project / "docs" / "api.md").write_text(API, "utf-8")
    (project / "docs" / "cells.md").write_text(CELLS, "utf-8")
    (project / "gallery" / "plot_extra.py").write_text(EXTRA, "utf-8")
    rebuilt(run_sphinx, project)
    shutil.copytree(project, folder / "copy")
    return folder


@pytest.fixture(scope="module")
def build(pristine: Path) -> Iterator[Build]:
    """Return the function that builds projects, that one in processes that know its extensions."""
    with builder(pristine / "project") as build:
        yield build


def rebuilt(build: Build, project: Path) -> None:
    """Build a project that has no mistake."""
    done = build(project)
    assert done.returncode == 0, done.stdout


def page(project: Path, name: str) -> str:
    """Return a page of the built site."""
    return (project / "out" / f"{name}.html").read_text("utf-8")


def runs(project: Path) -> list[str]:
    """Return what ran, in order, since the project was made."""
    return (project / "runs.txt").read_text("utf-8").split()


def published(project: Path) -> dict[str, bytes]:
    """Return every file of the built site, by its path.

    Sphinx's own memory is no part of the site: ``.doctrees`` and ``.buildinfo``, which hold the
    absolute paths and reading times of the sources.
    """
    out = project / "out"
    files = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes()
        for name, path in sorted(files.items())
        if not name.startswith(".doctrees/") and name != ".buildinfo"
    }


def assert_same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    """Compare two built sites, and name the files that differ."""
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_the_first_build_runs_everything_once(built: Path) -> None:
    """The script runs once, though its example and a page show it, and so does the cell."""
    assert sorted(runs(built)) == ["cell", "script"]
    for name in ("page", "gallery/plot_number"):
        assert "The script says 1729" in page(built, name)
    assert "The cell says 1729" in page(built, "cells")
    assert "The package says 1729" in page(built, "api")


def test_an_example_is_described_and_told_how_to_run(built: Path) -> None:
    """An example's page has a description, and names the two commands and the wheel."""
    html = page(built, "gallery/plot_number")
    assert '<meta name="description" content="A number and a line. ' in html
    assert "DO NOT EDIT" not in html
    (wheel,) = built.glob("out/wheels/*.whl")
    for text in ("uv run plot_number.py", "pipx run plot_number.py", quote(wheel.name)):
        assert text in re.sub("<[^>]*>", "", html)


def test_an_unchanged_project_is_left_alone(built: Path, build: Build) -> None:
    """A build without a change executes nothing, writes no page anew and publishes the same."""
    sources = list((built / "docs").rglob("*.md")) + list((built / "docs").rglob("*.rst"))
    pages = [
        (built / "out" / path.relative_to(built / "docs")).with_suffix(".html") for path in sources
    ]
    pages = [path for path in pages if path.exists()]
    assert len(pages) == 8
    written = {path: path.stat().st_mtime_ns for path in pages}
    before = published(built)
    rebuilt(build, built)
    assert sorted(runs(built)) == ["cell", "script"]
    assert {path: path.stat().st_mtime_ns for path in pages} == written
    assert_same(before, published(built))


def test_a_small_build_loads_little(built: Path) -> None:
    """A page that changed brings into the build neither what runs scripts nor what runs cells.

    And the templates that the build before has compiled are there.
    """
    append(built / "docs" / "page.md", "\nA word more.\n")
    program = (
        "import sys; from sphinx.cmd.build import main; done = main(sys.argv[1:]);"
        "print(done, sorted({'torch', 'matplotlib', 'sqlalchemy', 'nbclient'} & sys.modules.keys()))"
    )
    command = [sys.executable, "-c", program, *OPTIONS, "docs", "out"]
    assert processes.run(command, built, variables(built)).strip() == "0 []"
    assert list((built / "out/.doctrees/templates").iterdir())


def test_the_sitemap_lists_every_page(built: Path, build: Build) -> None:
    """A build that writes one page leaves the sitemap whole."""
    before = published(built)["sitemap.xml"]
    append(built / "docs" / "page.md", "\nA word more.\n")
    rebuilt(build, built)
    assert published(built)["sitemap.xml"] == before


def test_a_build_that_failed_fails_again(built: Path, build: Build) -> None:
    """A mistake is named at every build until it is gone, though its page is read only once."""
    append(built / "docs" / "page.md", "\nSee {py:func}`nowhere.at_all`.\n")
    for _ in range(2):
        done = build(built)
        assert done.returncode != 0
        assert "target not found: nowhere.at_all" in done.stdout


def test_a_change_in_the_package_reaches_every_page(built: Path, build: Build) -> None:
    """When the package changes, script and cell run again and the reference is read again."""
    number = built / "src" / "autodiff_notes" / "number.py"
    line = (built / "out" / "_images" / "sphx_glr_plot_number_001.svg").read_text("utf-8")
    edit(number, "1729", "4104")
    rebuilt(build, built)
    assert sorted(runs(built)) == ["cell", "cell", "script", "script"]
    for name in ("page", "gallery/plot_number", "cells", "api"):
        assert "says 4104" in page(built, name)
        assert "says 1729" not in page(built, name)
    image = (built / "out" / "_images" / "sphx_glr_plot_number_001.svg").read_text("utf-8")
    assert image != line
    (wheel,) = built.glob("out/wheels/*.whl")
    shutil.unpack_archive(wheel, built / "wheel", format="zip")
    assert (built / "wheel/autodiff_notes/number.py").read_bytes() == number.read_bytes()


def test_the_helpers_that_belong_to_the_scripts_are_installed(
    built: Path, tmp_path: Path, build: Build
) -> None:
    """After a change in the package, whoever installs again by the page's line gets the new one.

    No page and no download speaks of the wheel before, and the old example is not read again.
    """
    environment = tmp_path / "environment"
    venv.create(environment)
    python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def installed() -> tuple[str, str]:
        """Install what the page says, from this disk; return the wheel's name and what it says."""
        (wheel,) = built.glob("out/wheels/*.whl")
        text = re.sub("<[^>]*>", "", page(built, "gallery/plot_number"))
        (line,) = re.findall(r'pip install "[^"]+? @ (\S+)"', unescape(text))
        assert line == f"{address(built / 'out')}wheels/{quote(wheel.name)}"
        pip = [sys.executable, "-m", "pip", "--python", str(python)]
        pip += ["install", "-q", "--no-deps", wheel.as_uri()]
        processes.run(pip, tmp_path, alone)
        program = (
            "import autodiff_notes.number as n, autodiff_notes as a; print(n.NUMBER, a.__version__)"
        )
        number, version = processes.run([str(python), "-c", program], tmp_path, alone).split()
        assert f"-{version}-" in wheel.name
        return number, wheel.name

    number, first = installed()
    assert number == "1729"
    edit(built / "src" / "autodiff_notes" / "number.py", "1729", "4104")
    rebuilt(build, built)
    number, second = installed()
    assert number == "4104"
    assert all(quote(first).encode() not in content for content in published(built).values())
    edit(built / "src" / "autodiff_notes" / "number.py", "4104", "1729")
    rebuilt(build, built)
    assert installed() == ("1729", first)
    assert second != first


def test_a_module_that_is_gone_leaves_the_wheel(built: Path, build: Build) -> None:
    """The wheel that the site serves holds what the package holds, and no more."""
    (built / "src" / "autodiff_notes" / "py.typed").unlink()
    rebuilt(build, built)
    (wheel,) = built.glob("out/wheels/*.whl")
    assert b"py.typed" not in wheel.read_bytes()


def test_another_torch_runs_everything_again(built: Path, build: Build) -> None:
    """When torch's version changes, script and cell run again."""
    metadata = built / "first" / "torch-99.0.dist-info" / "METADATA"
    metadata.parent.mkdir(parents=True)
    metadata.write_text("Metadata-Version: 2.1\nName: torch\nVersion: 99.0\n", "utf-8")
    rebuilt(build, built)
    assert sorted(runs(built)) == ["cell", "cell", "script", "script"]


def test_a_change_in_a_script_reaches_the_pages_that_show_it(built: Path, build: Build) -> None:
    """When a script changes, it runs again, and pages that have not changed show it."""
    edit(built / "gallery" / "plot_number.py", "The script says", "The new script says")
    rebuilt(build, built)
    assert sorted(runs(built)) == ["cell", "script", "script"]
    for name in ("page", "api", "gallery/plot_number"):
        assert "The new script says 1729" in page(built, name)
        assert "The script says 1729" not in page(built, name)


def test_a_change_in_a_figure_is_seen(built: Path, build: Build) -> None:
    """When a script draws something else and prints the same, its new picture is published."""
    picture = "_images/sphx_glr_plot_number_001.svg"
    before = published(built)
    edit(built / "gallery" / "plot_number.py", "ax.plot([0, NUMBER])", "ax.plot([NUMBER, 0])")
    rebuilt(build, built)
    after = published(built)
    assert after[picture] != before[picture]
    assert (
        after[picture] == (built / "docs/gallery/images/sphx_glr_plot_number_001.svg").read_bytes()
    )


def test_a_script_put_back_after_it_failed_shows_its_own_figure(built: Path, build: Build) -> None:
    """No figure of a run that failed is published with the output of the good run before it."""
    script = built / "gallery" / "plot_number.py"
    good = script.read_text("utf-8")
    before = published(built)
    edit(script, "ax.plot([0, NUMBER])", "ax.plot([NUMBER, 0])")
    append(script, SECTION.format(formula="n", code="raise RuntimeError"))
    assert build(built).returncode != 0
    script.write_text(good, "utf-8")
    rebuilt(build, built)
    assert_same(before, published(built))


def test_an_example_names_the_pages_that_show_it(built: Path, build: Build) -> None:
    """An example links to the pages that show it, under their present titles, and to no other."""

    def named() -> list[str]:
        html = page(built, "gallery/plot_number")
        (argument,) = re.findall('<p class="example-argument">.*?</p>', html)
        return re.findall("<a [^>]*>(.*?)</a>", argument)

    assert named() == ["API", "The page"]
    edit(built / "docs" / "page.md", "# The page", "# A better title")
    rebuilt(build, built)
    assert named() == ["API", "A better title"]
    (built / "docs" / "page.md").write_text("# The page\n\nNothing is shown.\n", "utf-8")
    rebuilt(build, built)
    assert named() == ["API"]


def test_a_deleted_script_leaves_nothing_behind(built: Path, build: Build) -> None:
    """No page, picture, download, zip member, search entry or sitemap line speaks of it."""
    before = published(built)
    was = {name for name in before if "plot_extra" in name or b"plot_extra" in before[name]}
    assert {"index.html", "searchindex.js", "sitemap.xml", "gallery/plot_extra.html"} <= was
    assert len([name for name in was if name.startswith("_downloads/")]) == 5
    assert len([name for name in was if name.startswith("_images/")]) == 2
    (built / "gallery" / "plot_extra.py").unlink()
    rebuilt(build, built)
    for name, content in published(built).items():
        for trace in (b"plot_extra", b"shall go", b"xylophon"):
            assert trace not in content, name
            assert trace.decode() not in name
    assert not list((built / "docs").rglob("*plot_extra*"))


def test_a_deleted_page_leaves_nothing_behind(built: Path, build: Build) -> None:
    """A page whose source is gone is gone, even if the build before failed."""
    append(built / "docs" / "page.md", "\n$\\frac{1$\n")
    assert build(built).returncode != 0
    (built / "docs" / "page.md").unlink()
    rebuilt(build, built)
    assert not (built / "out" / "page.html").exists()


# The same sources give the same bytes


def test_two_clean_builds_are_equal(built: Path, tmp_path: Path) -> None:
    """Two clean builds in different folders give the same bytes, file by file.

    The first is a fork, as all of these builds are; the second has a Python process of its own.
    """
    other = tmp_path / "somewhere" / "else"
    shutil.copytree(built, other, ignore=shutil.ignore_patterns("out", "runs.txt", "*.inv"))
    shutil.rmtree(other / "docs" / "gallery")
    done = forks.sphinx_alone([*OPTIONS, "docs", "out"], other, variables(other))
    assert done.returncode == 0, done.stdout
    assert_same(published(built), published(other))


@pytest.mark.notebooks  # with those that take minutes
def test_the_whole_site_is_the_same_from_another_folder(site: Path, tmp_path: Path) -> None:
    """Built at another time, in another folder and by one process instead of two, it has the same bytes."""
    copy_sources(tmp_path)
    done = forks.sphinx_alone([*OPTIONS, "-j", "1", "docs", "out"], tmp_path, variables(tmp_path))
    assert done.returncode == 0, done.stdout
    assert_same(published(site.parent), published(tmp_path))


def test_many_small_builds_equal_one_clean_build(built: Path, tmp_path: Path, build: Build) -> None:
    """What was built step by step, with a script changed and one deleted, is as if built anew."""
    edit(built / "gallery" / "plot_number.py", "The script says", "The new script says")
    rebuilt(build, built)
    (built / "gallery" / "plot_extra.py").unlink()
    rebuilt(build, built)
    other = tmp_path / "anew"
    shutil.copytree(built, other, ignore=shutil.ignore_patterns("out", "runs.txt", "*.inv"))
    shutil.rmtree(other / "docs" / "gallery")
    rebuilt(build, other)
    assert_same(published(built), published(other))
