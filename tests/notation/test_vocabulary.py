"""Every word can be read, set and coded, and what its code calls exists."""

import ast

import pytest

from autodiff_notes.evaluation import functions
from autodiff_notes.notation import (
    SPECIAL,
    WORDS,
    NotationError,
    Word,
    code,
    helpers,
    latex,
    read,
)
from autodiff_notes.notation.reading import called_name
from formulas import CONVERTER, KINDS


def arguments(row: Word) -> str:
    """Return arguments of the kinds that a row of the vocabulary takes."""
    some = {"s": "ac", "v": "xy", "M": "XYA", "k": "nk", "r": "pp"}
    used = {kind: iter(letters) for kind, letters in some.items()}
    return ", ".join(next(used[kind]) for kind in row.parameters)


def called_in(template: str) -> set[str]:
    """Return the functions that a template calls by a bare name."""
    tree = ast.parse(template.format(*"abc"), mode="eval")
    return {called_name(node) for node in ast.walk(tree)} - {""}


ROWS = [row for rows in WORDS.values() for row in rows]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}: {row.signature}")
def test_every_word_can_be_set_and_coded(row: Word) -> None:
    """Each row of the vocabulary is chosen for its kinds, prints, converts and has code."""
    expression = read(f"{row.name}({arguments(row)})", KINDS)
    assert expression.kind == row.result
    assert list(expression.words.values()) == [row]
    assert CONVERTER.convert_with_local_state(latex(expression), displaystyle=True)
    compile(code(expression), "<code>", "eval")
    assert set(helpers(expression)) == called_in(row.torch)


def test_every_special_word_says_how_it_is_written() -> None:
    """No word has both rows and a syntax of its own."""
    assert not SPECIAL.keys() & WORDS.keys()
    assert all(usage for usage in SPECIAL.values())


def test_every_function_that_a_template_calls_exists() -> None:
    """A bare name in a template is a function that torch lacks, and each of these is called."""
    called = set().union(*(called_in(row.torch) for row in ROWS))
    assert called == set(functions.__all__)


def test_no_variable_has_the_name_of_a_function_that_templates_call() -> None:
    """A formula cannot put something else in the place of a helper."""
    for name in functions.__all__:
        with pytest.raises(NotationError):
            read("a", {"a": "s", name: "s"})
