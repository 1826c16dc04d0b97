"""The examples' pages, completed: what sphinx-gallery leaves out.

How to run the download, a description for a search engine, the place of the source, and cards
that every reader can use: sphinx-gallery writes a card as raw HTML around an image and an
invisible link; here its parts are put in order, the picture and the title as a link.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.outdated import shows, subject
from _extensions.gallery.downloads import requirement

DO_NOT_EDIT = "\n.. DO NOT EDIT.\n"
DESCRIPTION = """\
:description: {title}. A PyTorch script, executed, with its output and figures, to download.

"""
HOW_TO_RUN = """
.. rubric:: Run it elsewhere

Each download names what it needs; uv or pipx makes the environment:

.. code-block:: sh

   uv run {script}
   pipx run {script}

With plain pip, in an environment of your own:

.. code-block:: sh

   python -m pip install "{requirement}"
   python {script}

On Linux, :doc:`/running` says how to get a small torch, without CUDA.

"""


def complete_example(app: Sphinx, docname: str, source: list[str]) -> None:
    """Tell on each example's page how to run its download, and describe it to a search engine."""
    folder, _, name = docname.rpartition("/")
    marker = ".. _sphx_glr_download_"
    if folder == app.config.sphinx_gallery_conf["gallery_dirs"] and marker in source[0]:
        shows(app.env, "requirement", "")
        text = HOW_TO_RUN.format(script=f"{name}.py", requirement=requirement(app.config))
        source[0] = source[0].replace(marker, text + marker, 1)
        # In place of the first two lines, so that every other line keeps its number.
        description = DESCRIPTION.format(title=title_of(source[0]))
        source[0] = source[0].replace(DO_NOT_EDIT, description, 1)


@subject("requirement")
def digest_of_requirement(env: BuildEnvironment, _: str) -> str:
    """Return the requirement of a download: the address of the wheel."""
    return requirement(env.config)


def title_of(page: str) -> str:
    """Return the title of a generated page."""
    return page[: page.index("\n====")].rpartition("\n")[2]


def point_to_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Let "view source" and "edit" lead to what a person wrote, not to what was generated."""
    folder, _, name = pagename.rpartition("/")
    if folder == app.config.sphinx_gallery_conf["gallery_dirs"]:
        context["theme_source_directory"] = ""
        context["page_source_suffix"] = "" if name == "index" else ".py"


OPENING = '<div class="sphx-glr-thumbcontainer"'


class Cards(SphinxTransform):
    """Rebuilds the cards of a gallery index or mini-gallery."""

    default_priority = 300

    def apply(self, **kwargs: object) -> None:
        """Replace each run of raw HTML, image, link, raw HTML by one container."""
        for raw in list(self.document.findall(nodes.raw)):
            if OPENING not in raw.astext() or raw.parent is None:
                continue
            parent = raw.parent
            start = parent.index(raw)
            image, link, closing = self.parts(parent, start)
            card = nodes.container("", image, link, classes=["card"])
            parent[start : parent.index(closing) + 1] = [card]

    @staticmethod
    def parts(parent: nodes.Element, start: int) -> tuple[nodes.Node, nodes.Node, nodes.Node]:
        """Return a card's image, its link and the HTML that closes it."""
        following = parent[start + 1 :]
        image = next(n for node in following for n in node.findall(nodes.image))
        link = next(n for node in following for n in node.findall(nodes.paragraph))
        closing = next(node for node in following if isinstance(node, nodes.raw))
        return image, link, closing


def setup(app: Sphinx) -> ExtensionMetadata:
    """Complete the generated text, the cards, and the page's frame."""
    app.connect("source-read", complete_example)
    app.add_transform(Cards)
    app.connect("html-page-context", point_to_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
