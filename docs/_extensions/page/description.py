"""A page below a folder has a description, which search engines show; those of examples are made."""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

SHORTEST, LONGEST = 40, 200  # characters: what search engines show whole


def look_at_descriptions(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Warn of a page whose description is missing, too short or too long."""
    examples = app.config.sphinx_gallery_conf["gallery_dirs"]
    for page in sorted(env.found_docs):
        folder, _, _ = page.rpartition("/")
        length = len(env.metadata[page].get("description", ""))
        if folder in {"", examples} or SHORTEST <= length <= LONGEST:
            continue
        logging.getLogger(__name__).warning(
            "the front matter needs a description of %s to %s characters; it has %s",
            SHORTEST,
            LONGEST,
            length,
            location=f"{env.doc2path(page)}:1",
        )
    return []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look when every page has been read."""
    app.connect("env-updated", look_at_descriptions)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
