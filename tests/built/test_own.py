"""What the page on a reader's own formulas says of spellings is so."""

import ast
from pathlib import Path

from autodiff_notes.dialects import understand
from meaning import assert_same
from reading import parsed


def is_formula(text: str) -> bool:
    """Return whether a text of the notation is more than a word or a sign."""
    try:
        return not isinstance(ast.parse(text, mode="eval").body, ast.Name)
    except SyntaxError:
        return False


def test_what_may_be_written_is_read_so(site: Path) -> None:
    """Each spelling of the table, as a reader sees and copies it, has the value that stands beside it."""
    compared = 0
    for row in parsed(site / "own.html").select("#how-it-may-be-written tbody tr"):
        typed, meant = ([code.text for code in cell("code")] for cell in row("td"))
        if not meant or not all(map(is_formula, meant)):
            continue
        for text, one in zip(typed, meant * (len(typed) // len(meant)), strict=True):
            found = understand(text)
            assert_same(found.function, one, found.variables)
            compared += 1
    assert compared > 15
