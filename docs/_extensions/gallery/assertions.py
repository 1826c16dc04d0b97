"""What a script asserts for the build stands behind a line, apart from the code that teaches.

An assertion with a message, such as ``assert y == 0, "seen with torch 2.13"``, guards the page
against another torch. It is moved below the output of its block, folded. One without a message
belongs to the argument and stays where it is.
"""

import ast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata

from _extensions.page.folding import folded

LANGUAGE = "Python"  # as sphinx-gallery writes it
OUTPUT = "sphx-glr-script-out"
SUMMARY = "Asserted in this run"


def guards(statement: ast.stmt) -> bool:
    """Return whether a statement is an assertion with a message."""
    if isinstance(statement, ast.Assert):
        return statement.msg is not None
    call = statement.value if isinstance(statement, ast.Expr) else None
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "assert_close"
        and any(keyword.arg == "msg" for keyword in call.keywords)
    )


def apart(code: str) -> tuple[str, str]:
    """Return the code that teaches, and the assertions that guard it."""
    lines = code.splitlines()
    guarding: set[int] = set()
    for statement in ast.parse(code).body:
        if guards(statement):
            last = statement.end_lineno or statement.lineno
            guarding |= set(range(statement.lineno - 1, last))
    guard = [line for number, line in enumerate(lines) if number in guarding]
    rest = [line for number, line in enumerate(lines) if number not in guarding]
    return "\n".join(rest).strip("\n"), "\n".join(guard)


class FoldAssertions(SphinxTransform):
    """Moves the assertions of each block of a script below its output, behind a line."""

    default_priority = 400

    def apply(self, **kwargs: object) -> None:
        """Rewrite the blocks of this page."""
        for block in list(self.document.findall(nodes.literal_block)):
            if block.get("language") != LANGUAGE or "assert" not in block.rawsource:
                continue
            code, guard = apart(block.rawsource)
            if not guard:
                continue
            parent, place = block.parent, block.parent.index(block) + 1
            while place < len(parent) and is_output(parent[place]):
                place += 1
            parent[place:place] = folded(SUMMARY, copied(block, guard), "step-code assertions")
            if code:
                block.replace_self(copied(block, code))
            else:
                parent.remove(block)


def is_output(node: nodes.Node) -> bool:
    """Return whether a node is what a block printed or drew."""
    printed = isinstance(node, nodes.Element) and OUTPUT in node.get("classes", ())
    return printed or isinstance(node, nodes.image | nodes.comment | nodes.raw)


def copied(block: nodes.literal_block, code: str) -> nodes.literal_block:
    """Return a block like another, with other code."""
    copy = nodes.literal_block(code, code, **block.attributes)
    copy.source, copy.line = block.source, block.line
    return copy


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the transform."""
    app.add_transform(FoldAssertions)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
