"""Where something stands, in the words of an error message."""

import os
import re
from itertools import takewhile
from pathlib import Path

from docutils import nodes
from sphinx.util.nodes import traverse_parent

GENERATED = re.compile(r"\.\. GENERATED FROM PYTHON SOURCE LINES (\d+)-")

QUOTED = re.compile(r"'([^']+)'")


def short(path: str | os.PathLike[str]) -> str:
    """Return a path from the working directory, where it is shorter that way."""
    return min(os.path.relpath(path), str(Path(path)), key=len)


def place_of(node: nodes.Element) -> str:
    """Return ``file:line`` of a node of a page; of the script, where the page is an example."""
    lineage = list(traverse_parent(node))
    source = Path(next((n.source for n in lineage if n.source), "?"))
    line: int | None = next((n.line for n in lineage if n.line), None)
    script = source.parent / "../.." / source.parent.name / f"{source.stem}.py"
    if source.suffix == ".rst" and line and script.exists():
        generated = source.read_text("utf-8").splitlines()
        source, line = script, line_of_script(script.read_text("utf-8"), generated[:line])
    return f"{short(source)}:{line or '?'}"


def place_of_entry(folder: Path, name: str, problem: str = "") -> str:
    """Return ``file:line`` of the entry or exercise with a name, in a folder of modules.

    It is the line that calls what a problem quotes first, or has what it says last, if the entry has that.
    """
    said = [*(f"{word}(" for word in QUOTED.findall(problem)[:1]), problem.rpartition(": ")[2]]
    for path in sorted(folder.glob("*.py")):
        lines = path.read_text("utf-8").splitlines()
        for start, line in enumerate(lines):
            if line.strip().startswith(f'name="{name}"'):
                after = takewhile(lambda line: 'name="' not in line, lines[start + 1 :])
                below = enumerate(after, start + 2)
                numbers = [n for n, text in below if any(word and word in text for word in said)]
                return f"{short(path)}:{min(numbers, default=start + 1)}"
    return "?"


def place_of_last(folder: Path, beginning: str) -> str:
    """Return ``file:line`` of the last line in a folder of modules that begins with a text."""
    found = "?"
    for path in sorted(folder.glob("*.py")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            if line.strip().startswith(beginning):
                found = f"{short(path)}:{number}"
    return found


def line_of_script(script: str, generated: list[str]) -> int | None:
    """Return the line of a script that became the last of these lines of its page."""
    start = 0
    for text in generated:
        if block := GENERATED.match(text):
            start = int(block[1]) - 1
    wanted = generated[-1].strip()
    for number, text in enumerate(script.splitlines()[start:], start + 1):
        if text.removeprefix("#").strip() == wanted:
            return number
    return None
