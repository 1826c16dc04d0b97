"""Names of functions lead to their reference pages, in prose and in code.

sphinx-gallery links the code of its own pages, from what the run has seen. Here the same is done
for the steps that other pages cite, and for every name that is written out, such as
``torch.logdet``, in running text and in cells.
"""

import re
from collections.abc import Mapping
from html import escape
from itertools import groupby
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata

# sphinx-gallery keeps these for its own pages; the pinned version has them.
from sphinx_gallery._doctree_links import _Resolver, _tokenize_and_link, code_links_block

NAME = re.compile(r"\b(?:torch|autodiff_notes)(?:\.[A-Za-z_]\w*)+")
LINKS = (nodes.reference, addnodes.pending_xref)  # the latter becomes the former, later
LANGUAGES = {"python", "ipython", "ipython3"}

Names = Mapping[str, list[dict[str, Any]]]


def written_out(text: str) -> Names:
    """Return the dotted names that occur in a text, as sphinx-gallery describes a name."""
    found = {}
    for dotted in NAME.findall(text):
        module, _, name = dotted.rpartition(".")
        found[dotted] = [
            {"name": name, "module": module, "module_short": module, "is_class": False}
        ]
    return found


def linked_code(block: nodes.literal_block, names: Names, resolver: _Resolver) -> nodes.Element:
    """Return a block of Python whose names are links."""
    linked: nodes.Element = code_links_block(lang=block["language"], classes=block["classes"])
    tokens = _tokenize_and_link(block.rawsource, "python", names, resolver)
    for is_link, run in groupby(tokens, key=lambda node: isinstance(node, nodes.reference)):
        parts = list(run)
        linked += parts if is_link else raw_html(parts)
    return linked


def raw_html(tokens: list[nodes.Node]) -> nodes.raw:
    """Return tokens as one node; a node for each would be most of what a build handles."""
    html = "".join(
        f'<span class="{token["classes"][0]}">{escape(token.astext(), quote=False)}</span>'
        if isinstance(token, nodes.inline)
        else escape(token.astext(), quote=False)
        for token in tokens
    )
    return nodes.raw("", html, format="html")


def resolver_for(env: BuildEnvironment) -> _Resolver:
    """Return what finds the reference page of a name, for the page being written."""
    return _Resolver(env, env._app.builder, env.docname, env.config.sphinx_gallery_conf)


class LinkNames(SphinxPostTransform):
    """Links the names that are written out on a page."""

    default_priority = 6  # after the examples and the steps, which know more about their names
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Rewrite the code and the literals of this page."""
        resolver = resolver_for(self.env)
        for block in list(self.document.findall(nodes.literal_block)):
            if block.get("language", "").lower() in LANGUAGES:
                names = written_out(block.rawsource)
                block.replace_self(linked_code(block, names, resolver))
        for literal in list(self.document.findall(nodes.literal)):
            name = literal.astext().removesuffix("()")
            if NAME.fullmatch(name) and not isinstance(literal.parent, LINKS):
                link = resolver.resolve(written_out(name)[name])
                if link:
                    literal.replace_self(resolver.reference(link, [literal.deepcopy()]))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the links."""
    app.add_post_transform(LinkNames)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
