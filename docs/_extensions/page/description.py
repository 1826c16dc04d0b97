"""A page has a title of its own, and one below a folder a description: search engines show both.

Those of examples are made.
"""

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


def look_at_titles(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Warn of a page that has the title of another."""
    known: dict[str, str] = {}
    for page in sorted(env.found_docs):
        title = env.titles[page].astext()
        if title in known:
            logging.getLogger(__name__).warning(
                "%s has the same title, %r; give one of them another",
                f"{known[title]}.md",
                title,
                location=f"{env.doc2path(page)}:1",
            )
        known[title] = page
    return []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look when every page has been read."""
    app.connect("env-updated", look_at_descriptions)
    app.connect("env-updated", look_at_titles)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
