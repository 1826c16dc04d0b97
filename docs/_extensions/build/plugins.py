"""The plugins of all that is installed are looked up once a build.

Sphinx, Pygments, pybtex and sphinxcontrib-bibtex ask for entry points ten times, and each time the
standard library reads the metadata of every installed package: 60 ms together.
"""

from functools import cache
from importlib import import_module, metadata

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

# Pygments asks the first; the others have taken the function when they were imported.
ASKED = ("importlib.metadata", "pybtex.plugin", "sphinx.theming", "sphinxcontrib.bibtex.plugin")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look now, and let all be answered from what was found."""
    every = metadata.entry_points()

    @cache  # sphinxcontrib-bibtex asks at each citation
    def entry_points(**wanted: str) -> object:
        return every.select(**wanted)

    for name in ASKED:
        vars(import_module(name))["entry_points"] = entry_points
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
