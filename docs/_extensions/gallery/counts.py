"""``{gallery-count}``: what the scripts are, counted, within a sentence.

``{gallery-count}`scripts``` is their number, ``{gallery-count}`assertions``` that of the assertions
in them, each of which has held when the page is there.
"""

import ast
from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxRole
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.outdated import shows, subject


def is_assertion(node: ast.AST) -> bool:
    """Return whether a node is an assertion, or a call of a function that asserts."""
    name = getattr(node, "attr", None) or getattr(node, "id", "")
    return isinstance(node, ast.Assert) or "assert_close" in str(name)


@cache
def assertions(script: str) -> int:
    """Return the number of assertions in the text of a script."""
    return sum(map(is_assertion, ast.walk(ast.parse(script))))


def counts(docs: Path, folder: str) -> dict[str, int]:
    """Return the number of scripts, and of the assertions in them."""
    scripts = [path.read_text("utf-8") for path in (docs / folder).glob("plot_*.py")]
    return {"scripts": len(scripts), "assertions": sum(map(assertions, scripts))}


@subject("gallery count")
def count(env: BuildEnvironment, what: str) -> str:
    """Return one count."""
    folder = env.config.sphinx_gallery_conf["examples_dirs"]
    return str(counts(Path(env.srcdir), folder)[what])


class CountRole(SphinxRole):
    """A count of the gallery."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number."""
        try:
            number = count(self.env, self.text)
        except KeyError:
            message = f"there is no count {self.text!r}; there are scripts, assertions"
            raise ExtensionError(f"{self.get_location()}: {message}") from None
        shows(self.env, "gallery count", self.text)
        return [nodes.Text(number)], []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the role."""
    app.setup_extension("_extensions.build.outdated")
    app.add_role("gallery-count", CountRole())
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
