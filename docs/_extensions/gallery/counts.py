"""``{gallery-count}``: what the scripts are, counted, within a sentence.

``{gallery-count}`scripts``` is their number, ``{gallery-count}`assertions``` that of the assertions
in them, each of which has held when the page is there.
"""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxRole
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.outdated import shows, sources, subject
from _extensions.build.sources import Sources


def counts(found: Sources, folder: Path) -> dict[str, int]:
    """Return the number of scripts in a folder, and of the assertions in them."""
    scripts = [found.read(path, "__main__") for path in folder.glob("plot_*.py")]
    return {"scripts": len(scripts), "assertions": sum(one.assertions for one in scripts)}


@subject("gallery count")
def count(env: BuildEnvironment, what: str) -> str:
    """Return one count."""
    folder = env.config.sphinx_gallery_conf["examples_dirs"]
    return str(counts(sources(env.srcdir), Path(env.srcdir, folder))[what])


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
