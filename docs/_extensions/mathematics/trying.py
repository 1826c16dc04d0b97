"""The links "Try it": from a derivation, an entry or an exercise to the page on which it can be changed.

A link has a key; ``own-texts.json`` in the root of the site has the texts, and the page loads it when
somebody comes by such a link. So a link costs a page little, however long its derivation is.
"""

import json
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.results import write_whole
from _extensions.domain import notes_of
from _extensions.mathematics.finding import expanded
from autodiff_notes.catalogue.entry import Entry

PAGE, TEXTS, NOTE = "own", "own-texts.json", "tries"


def try_derivation(directive: SphinxDirective, text: str) -> list[nodes.Node]:
    """Return a link that opens a derivation line by line; its key is its page and its number there."""
    env = directive.env
    key = f"{env.docname}/{env.new_serialno(NOTE)}"
    return _link(env, key, {"way": "lines", "lines": text})


def try_function(directive: SphinxDirective, entry: Entry) -> list[nodes.Node]:
    """Return a link that derives the function of an entry."""
    texts = {"way": "derive", "function": expanded(entry, entry.function)}
    return _link(directive.env, entry.name, texts | _said(entry))


def try_claim(directive: SphinxDirective, entry: Entry) -> list[nodes.Node]:
    """Return a link under which the gradients of a function can be claimed, and are marked."""
    texts = {"way": "claim", "function": expanded(entry, entry.function)}
    several = len(entry.moving) > 1
    texts["claim"] = "\n".join(f"{name} : " for name in entry.moving) if several else ""
    if entry.free:
        texts["free"] = entry.free
    return _link(directive.env, f"exercise-{entry.name}", texts | _said(entry))


def _said(entry: Entry) -> dict[str, str]:
    return {"variables": "\n".join(entry.variables)}


def _link(env: BuildEnvironment, key: str, texts: dict[str, str]) -> list[nodes.Node]:
    if PAGE not in env.found_docs:
        return []
    notes_of(env).note(NOTE, env.docname, [(key, json.dumps(texts))])
    address = f"{env.app.builder.get_relative_uri(env.docname, PAGE)}#try={key}"
    # Shorter than what Sphinx makes of a reference; a page of the catalogue has many.
    link = f' <a class="try" href="{escape(address)}">Try it</a>'
    return [nodes.raw("", link, format="html")]


def write_texts(app: Sphinx, exception: Exception | None) -> None:
    """Write the texts of all links."""
    if exception is None and app.builder.format == "html" and PAGE in app.env.found_docs:
        found = sorted(notes_of(app.env).noted(NOTE))
        texts = {key: json.loads(text) for key, text in found}
        content = json.dumps(texts, ensure_ascii=False, indent=0)
        write_whole(app.outdir / TEXTS, content.encode())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen for the end of the build."""
    app.setup_extension("_extensions.domain")
    app.connect("build-finished", write_texts)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
