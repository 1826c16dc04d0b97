"""What a script asserts for the build stands behind a line, below the output of its block."""

import pytest
from docutils import nodes
from docutils.utils import new_document

from _extensions.gallery.assertions import OUTPUT, SUMMARY, FoldAssertions, apart

GUARDED = 'x = 1\nassert x == 1\nassert x == 1, (\n    "seen with this version"\n)\n'


@pytest.mark.parametrize(
    ("code", "teaching", "guarding"),
    [
        (GUARDED, "x = 1\nassert x == 1", 'assert x == 1, (\n    "seen with this version"\n)'),
        ("t.assert_close(x, y)\nprint(x)", "t.assert_close(x, y)\nprint(x)", ""),
        ("t.assert_close(x, y, msg='seen')", "", "t.assert_close(x, y, msg='seen')"),
    ],
)
def test_an_assertion_with_a_message_stands_apart(code: str, teaching: str, guarding: str) -> None:
    """What guards the build is moved; an assertion without a message belongs to the argument."""
    assert apart(code) == (teaching, guarding)


def test_the_fold_stands_below_the_output() -> None:
    """The block keeps what teaches, its output follows, and the assertions come last, folded."""
    document = new_document("page")
    block = nodes.literal_block(GUARDED, GUARDED, language="Python")
    printed = nodes.container("", nodes.literal_block("1", "1"), classes=[OUTPUT])
    document += [block, printed, nodes.paragraph("", "After.")]
    FoldAssertions(document).apply()
    first, second, *folds, last = document.children
    assert first.astext() == "x = 1\nassert x == 1"
    assert second is printed
    assert SUMMARY in "".join(fold.astext() for fold in folds)
    assert "seen with this version" in "".join(fold.astext() for fold in folds)
    assert last.astext() == "After."


def test_a_block_that_guards_alone_goes() -> None:
    """A block of nothing but assertions for the build leaves its fold behind, and no empty block."""
    document = new_document("page")
    code = 'assert 1 == 1, "seen"'
    document += nodes.literal_block(code, code, language="Python")
    FoldAssertions(document).apply()
    assert [block.astext() for block in document.findall(nodes.literal_block)] == [code]
    assert not isinstance(document[0], nodes.literal_block)
