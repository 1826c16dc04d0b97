"""A sentence that says always, never or only is tied to what holds it.

A sentence of the pages is tied if it stands in a step whose section asserts something, if a
derivation stands beside it, if the role ``held`` follows, if it announces a cell that runs, or if
the line after it is a comment that says why it may stand: ``% stands: by definition``.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from _extensions.gallery import scripts
from pages import DOCS, MARKDOWN, ROOT

WORDS = re.compile(r"\b(always|never|only|any|nothing|everything)\b", re.IGNORECASE)
STANDS = re.compile(r"% stands: \S.*")
FENCE = re.compile(r"^(?P<mark>`{3,}|:{3,})(?P<what>.*)$")
STEP = re.compile(r'\{gallery-step\} (\w+) "([^"]+)"')
CELL = "```{code-cell}"
OTHERS = {"contributing.md"}  # text of the repository

PAGES = sorted(path for path in MARKDOWN if path.name not in OTHERS and path.parent.name != "api")
GALLERY = sorted((ROOT / "gallery").glob("plot_*.py"))


def holds(script: str, title: str) -> bool:
    """Return whether a section of a script asserts something."""
    path = ROOT / "gallery" / f"{script}.py"
    source = scripts.sections(path) if path.exists() else {}
    return title in source and scripts.asserts(source[title])


def untied(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each sentence of a page that nothing holds."""
    lines = text.splitlines()
    blocks: list[tuple[str, bool]] = []  # what is open, and whether it holds its sentences
    front = bool(lines) and lines[0] == "---"
    for number, line in enumerate(lines, 1):
        if front:
            front = line != "---" or number == 1
            continue
        if fence := FENCE.match(line):
            mark, what = fence["mark"], fence["what"].strip()
            if blocks and not what and mark.startswith(blocks[-1][0]):
                blocks.pop()
                continue
            step = STEP.match(what)
            tied = bool(step and holds(*step.groups())) or derived(lines[number:], mark)
            prose = bool(step) or what.startswith("{shown}")
            blocks.append((mark, tied or not prose or what.startswith("{shown}")))
            continue
        if not WORDS.search(line) or line.startswith(("%", "#", "|")):
            continue
        after = lines[number] if number < len(lines) else ""
        run = next(filter(None, lines[number:]), "").startswith(CELL)
        if any(tied for _, tied in blocks) or "{held}" in line or STANDS.fullmatch(after) or run:
            continue
        yield number, line


def derived(lines: list[str], mark: str) -> bool:
    """Return whether a block has a derivation in it."""
    for line in lines:
        if line == mark:
            return False
        if line.lstrip("`").startswith("{derivation}"):
            return True
    return False


def unheld(script: Path) -> Iterator[tuple[str, str]]:
    """Yield the section and the line of each sentence of a script that no assertion holds."""
    source = scripts.sections(script)
    any_holds = any(map(scripts.asserts, source.values()))
    for title, code in source.items():
        holding = scripts.asserts(code) if title else any_holds
        for line in code.splitlines():
            words = line.startswith("# ") or not title
            if words and WORDS.search(line) and not holding:
                yield title, line


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_strong_sentences_of_a_page_are_tied(path: Path) -> None:
    """No sentence with one of the six words stands alone."""
    assert list(untied(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("script", GALLERY, ids=lambda script: script.stem)
def test_strong_sentences_of_a_script_are_held(script: Path) -> None:
    """A section that says such a word asserts something."""
    assert list(unheld(script)) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_threads_stand_in_a_line_of_their_own(path: Path) -> None:
    """The number of an issue interrupts no sentence: a section ends with where it was asked."""
    threads = re.findall(
        r"^@thread\{([\w-]+),", (DOCS / "threads.bib").read_text("utf-8"), re.MULTILINE
    )
    for line in path.read_text("utf-8").splitlines():
        cited = ",".join(re.findall(r"\{cite:p\}`([^`]+)`", line)).split(",")
        assert not set(cited) & set(threads) or line.startswith("Asked in {cite:p}`"), line


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_steps_stand_in_the_order_of_their_script(path: Path) -> None:
    """Who types along a page runs the sections of a script as the script does."""
    cited: dict[str, list[str]] = {}
    for script, title in STEP.findall(path.read_text("utf-8")):
        cited.setdefault(script, []).append(title)
    for script, titles in cited.items():
        written = list(scripts.sections(ROOT / "gallery" / f"{script}.py"))
        assert titles == sorted(titles, key=written.index)


def test_an_untied_sentence_is_named() -> None:
    """The walk names a bare sentence, and passes one that is held, and one that may stand."""
    assert list(untied("A leaf never moves.\n")) == [(1, "A leaf never moves.")]
    assert not list(untied('A leaf never moves. {held}`plot_x "y"`\n'))
    assert not list(untied("A leaf never moves.\n% stands: by definition\n"))
    assert not list(untied("```{derivation}\nx # only\n```\n"))
    assert not list(untied("A leaf never moves:\n\n```{code-cell} python\nassert x\n```\n"))
    assert list(untied('```{gallery-step} plot_none "Such"\nOnly this.\n```\n'))


@pytest.mark.parametrize(
    "path",
    [p for p in PAGES if p.parent.name in {"notes", "behaviour", "parting"} and p.stem != "index"],
    ids=lambda path: path.stem,
)
def test_a_page_closes_with_facts(path: Path) -> None:
    """Each page of an argument lists what was shown, and what holds it."""
    text = path.read_text("utf-8")
    assert "## What was shown\n\n```{shown}\n" in text
    facts = re.findall(r"^- .*\{held\}.*$", text, re.MULTILINE)
    assert len(facts) >= 3, "close the page with three facts or more, in {shown}"
