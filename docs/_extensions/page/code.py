"""Names of functions lead to their reference pages, in prose and in code.

sphinx-gallery knows what the names in its scripts are, having run them. On every other page a name
leads somewhere where it is written out, such as ``torch.logdet``, in running text and in cells.
Blocks are linked while a page is written, which ``-j`` shares, and as text: a node for each token
would be most of what a build handles.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from pygments.lexers import PythonLexer
from pygments.styles import get_style_by_name
from pygments.token import Name, Operator, Text, _TokenType
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import traverse_parent
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

# sphinx-gallery keeps these for its own pages; the pinned version has them.
from sphinx_gallery._doctree_links import (
    CodeLinksTransform,
    _dotted_chain,
    _pygments_class,
    _Resolver,
)

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder

NAME = re.compile(r"\b(?:torch|autodiff_notes)(?:\.[A-Za-z_]\w*)+")
LINKS = (nodes.reference, addnodes.pending_xref)  # the latter becomes the former, later
LANGUAGES = {"python", "ipython", "ipython3"}
LEXER = PythonLexer()

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


@cache
def seen_in_run(path: Path) -> Names:
    """Return the names of an example, as its run has seen them."""
    return dict(json.loads(path.read_text("utf-8"))) if path.exists() else {}


def names_in(block: nodes.literal_block, env: BuildEnvironment, page: str) -> Names:
    """Return the names that can be linked in a block."""
    gallery = env.config.sphinx_gallery_conf["gallery_dirs"]
    example = page if page.startswith(f"{gallery}/") else ""
    for node in traverse_parent(block):
        if "script" in node:
            example = f"{gallery}/{node['script']}"
    seen = seen_in_run(Path(env.srcdir, f"{example}.codeobj.json")) if example else {}
    return {**written_out(block.rawsource), **seen}


def linked_code(code: str, names: Names, resolver: _Resolver) -> Iterator[str]:
    """Yield the HTML of some Python whose names are links, token by token."""
    tokens = list(LEXER.get_tokens(code))
    config = resolver.builder.config
    light = config.pygments_style
    styles = light, getattr(config, "pygments_dark_style", light)  # a book has no dark one
    before: tuple[Any, str] | None = None  # the last token that is no space
    place = 0
    while place < len(tokens):
        kind, _text = tokens[place]
        length, link = 1, None
        if kind in Name and before != (Operator, "."):  # no attribute of what goes before
            for dotted, span in _dotted_chain(tokens, place):
                if dotted in names and (link := resolver.resolve(names[dotted])):
                    length = span
                    break
        run = tokens[place : place + length]
        html = "".join(highlighted(kind, text, styles) for kind, text in run)
        yield f"<a {address(link, resolver)}>{html}</a>" if link else html
        before = next((token for token in reversed(run) if token[1].strip()), before)
        place += length


def highlighted(kind: _TokenType, text: str, styles: tuple[str, ...]) -> str:
    """Return a token as HTML: as bare text, if no style sets it apart."""
    text = escape(text, quote=False)
    return text if plain(kind, styles) else f'<span class="{_pygments_class(kind)}">{text}</span>'


@cache
def plain(kind: _TokenType, styles: tuple[str, ...]) -> bool:
    """Return whether all styles draw a kind of token as they draw text."""
    found = map(get_style_by_name, styles)
    return all(style.style_for_token(kind) == style.style_for_token(Text) for style in found)


def address(link: dict[str, Any], resolver: _Resolver) -> str:
    """Return the attributes of a link."""
    found = link["found"]
    where, uri = "external", found.uri
    if found.docname is not None:
        page = resolver.builder.get_relative_uri(resolver.docname, found.docname)
        where, uri = "internal", f"{page}#{found.node_id}"
    classes = " ".join(["reference", where, *link["classes"]])
    return f'class="{classes}" href="{escape(uri)}" title="{escape(link["title"])}"'


def resolver_for(builder: Builder, page: str) -> _Resolver:
    """Return the resolver of names for a page being written."""
    return _Resolver(builder.env, builder, page, builder.config.sphinx_gallery_conf)


def visit_literal_block(self: HTML5Translator, node: nodes.literal_block) -> None:
    """Write a block of Python with its links, and any other as Sphinx does."""
    language = node.get("language", "")
    plain = node.rawsource == node.astext() and not node.get("linenos")
    if not plain or language.lower() not in LANGUAGES:
        HTML5Translator.visit_literal_block(self, node)
        return
    builder: StandaloneHTMLBuilder = self.builder
    page = builder.current_docname
    resolver = resolver_for(builder, page)
    code = "".join(linked_code(node.rawsource, names_in(node, builder.env, page), resolver))
    kind = " ".join([f"highlight-{language} notranslate", *node["classes"]])
    self.body.append(f'<div class="{kind}"><div class="highlight"><pre>{code}</pre></div></div>\n')
    raise nodes.SkipNode


class LinkNames(SphinxPostTransform):
    """Links the names that are written out in running text."""

    default_priority = 6
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Rewrite the literals of this page."""
        resolver = resolver_for(self.env._app.builder, self.env.docname)
        for literal in list(self.document.findall(nodes.literal)):
            name = literal.astext().removesuffix("()")
            if NAME.fullmatch(name) and not isinstance(literal.parent, LINKS):
                link = resolver.resolve(written_out(name)[name])
                if link:
                    literal.replace_self(resolver.reference(link, [literal.deepcopy()]))


def take_over(app: Sphinx, config: Config) -> None:
    """Keep sphinx-gallery from linking its pages, too, with a node for each token."""
    app.registry.post_transforms.remove(CodeLinksTransform)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the links."""
    app.add_post_transform(LinkNames)
    handlers = (visit_literal_block, HTML5Translator.depart_literal_block)
    app.add_node(nodes.literal_block, override=True, html=handlers)
    app.connect("config-inited", take_over)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
