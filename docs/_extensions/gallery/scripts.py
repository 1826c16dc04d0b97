"""A gallery script as written: its sections, what each of them asserts, and what it needs."""

import ast
import re
from pathlib import Path

from sphinx.environment import BuildEnvironment

from _extensions.build.sources import is_assertion
from _extensions.places import short

CELL = re.compile(r"^# %%\n", re.MULTILINE)
TITLE = re.compile(r"# (?P<title>.+)\n# (?P<mark>[-=~^])(?P=mark){2,}\n")
FOLDER = "../gallery"  # from the sources of the pages


def path_of(env: BuildEnvironment, script: str) -> Path:
    """Return where a script of the gallery is written."""
    return Path(env.srcdir, FOLDER, f"{script}.py")


def sections(script: Path) -> dict[str, str]:
    """Return the source of each titled section; what stands before the first has no title."""
    found: dict[str, str] = {"": ""}
    title = ""
    for cell in CELL.split(script.read_text("utf-8")):
        if heading := TITLE.match(cell):
            title = heading["title"]
        found[title] = found.get(title, "") + cell
    return found


def mistake(script: Path) -> str:
    """Return where a script is not what the gallery can show, and what to do; or nothing."""
    if not script.stem.startswith("plot_"):
        return f"{short(script)}:1: only scripts with a name like plot_{script.name} run; rename it"
    try:
        text = ast.get_docstring(ast.parse(script.read_text("utf-8")), clean=False)
    except SyntaxError as error:
        return f"{short(script)}:{error.lineno}: {error.msg}"
    if text is None:
        return (
            f"{short(script)}:1: begin with a docstring: a title, underlined with =, and a sentence"
        )
    title, _, rest = text.lstrip("\n").partition("\n")
    line = 1 + len(text) - len(text.lstrip("\n"))
    under, _, sentence = rest.partition("\n")
    if set(under) != {"="} or len(under) < len(title):
        return f"{short(script)}:{line + 1}: underline the title with {len(title)} times ="
    if not sentence.strip():
        return (
            f"{short(script)}:{line + 2}: say in a sentence below the title what the script shows"
        )
    return ""


def asserts(code: str) -> bool:
    """Return whether code would stop at a wrong value."""
    return any(map(is_assertion, ast.walk(ast.parse(code))))


def bound(code: str) -> set[str]:
    """Return the names that code gives, or gives an attribute."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found |= {name.id for name in ast.walk(node) if isinstance(name, ast.Name)}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(name.asname or name.name).partition(".")[0] for name in node.names}
    return found


def read(code: str) -> set[str]:
    """Return the names that code takes."""
    return {
        node.id
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def needed(script: Path, cited: list[str]) -> list[str]:
    """Return the sections before the first cited one that the cited ones need, in order."""
    source = sections(script)
    titles = list(source)
    known = [title for title in cited if title in source]  # another is told where it is cited
    first = min(map(titles.index, known), default=0)
    wanted = set().union(*(read(source[title]) for title in known))
    found = []
    for title in reversed(titles[1:first]):
        if bound(source[title]) & wanted:
            wanted |= read(source[title])
            found.append(title)
    return found[::-1]
