"""The conventions of the guide that can be read off the source."""

import ast
import doctest
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib import import_module
from pathlib import Path

import pytest

from pages import ROOT

MODULES = sorted([*ROOT.glob("src/**/*.py"), *ROOT.glob("docs/_extensions/**/*.py")])
each_module = pytest.mark.parametrize(
    "module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix()
)


def functions(module: Path) -> Iterator[ast.FunctionDef]:
    """Yield every function of a module."""
    tree = ast.parse(module.read_text("utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def lines_of(function: ast.FunctionDef) -> int:
    """Return the number of lines of a function's body, without its docstring."""
    first, *rest = function.body
    body = rest if ast.get_docstring(function) else [first, *rest]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@each_module
def test_a_short_private_function_speaks_for_itself(module: Path) -> None:
    """A private function of three lines has no docstring: its name says what it is."""
    told = [
        function.name
        for function in functions(module)
        if function.name.startswith("_")
        and not function.decorator_list  # a command's docstring is its help
        and not function.name.startswith(("__", "_repr_"))
        and ast.get_docstring(function)
        and lines_of(function) <= 3
    ]
    assert told == []


@each_module
def test_a_docstring_names_what_is_returned(module: Path) -> None:
    """A docstring returns a noun of the field, and not "what" somebody does."""
    told = [
        function.name
        for function in functions(module)
        if (ast.get_docstring(function) or "").startswith("Return what")
    ]
    assert told == []


@pytest.mark.parametrize(
    "name",
    [
        ".".join(path.relative_to(ROOT / "docs").with_suffix("").parts)
        for path in MODULES
        if path.is_relative_to(ROOT / "docs") and ">>>" in path.read_text("utf-8")
    ],
)
def test_the_examples_of_an_extension_hold(name: str) -> None:
    """Those of the package pytest collects by itself."""
    found = doctest.testmod(import_module(name))
    assert found.attempted
    assert not found.failed


def test_the_tests_are_collected_without_a_browser() -> None:
    """No test imports at its top what only the group of the browser brings: nox -s tests has none."""
    only = {"axe_playwright_python", "playwright"}
    for path in ROOT.glob("tests/**/*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
            assert only.isdisjoint(name.partition(".")[0] for name in names), path


def test_no_folder_of_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    """Folders of some names pytest does not look into, unless they are given to it by name."""
    patterns = pytestconfig.getini("norecursedirs")
    files = [*ROOT.glob("tests/**/test_*.py"), *ROOT.glob("src/**/*.py")]
    folders = {name for path in files for name in path.relative_to(ROOT).parts[:-1]}
    assert folders >= {"src", "tests", "extensions"}
    assert [name for name in folders if any(fnmatch(name, p) for p in patterns)] == []


@pytest.mark.parametrize("mark", ["browser", "notebooks"])
def test_a_session_collects_the_folders_of_its_mark(mark: str) -> None:
    """Every test with a mark that has a session lies where that session looks for it, and no other."""
    marked = {
        path.parent.relative_to(ROOT).as_posix()
        for path in ROOT.glob("tests/**/test_*.py")
        if f"pytest.mark.{mark}" in path.read_text("utf-8")
    }
    session = (ROOT / "noxfile.py").read_text("utf-8").partition(f"\ndef {mark}(")[2]
    assert marked == set(re.findall(r'"(tests/[^"]+)"', session.partition("\n\n\n")[0]))
