r"""``{shown}``: what a page closes with, a list of facts, and what holds each of them.

The role ``{held}`` names a section of a gallery script, or a derivation of the page. The build
stops if it is not there, or if the section asserts nothing::

    ```{shown}
    - `backward(v)` gives $J^\top v$. {held}`plot_vector_jacobian "v in the shape of the result"`
    - The gradient is the inverse, transposed. {held}`derivation log-det-gradient`
    ```

The role may also stand behind a sentence of the text.
"""

import shlex

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.nodes import make_refnode
from sphinx.util.typing import ExtensionMetadata

from _extensions.gallery import scripts

DERIVATION = "derivation"


class Held(nodes.inline):
    """A place for the link to what holds a fact."""


class HeldRole(SphinxRole):
    """Names what holds a sentence."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a place for the link, or say what is missing."""
        try:
            kind, title = shlex.split(self.text)
        except ValueError:
            raise self.wrong('takes a script and a section, or "derivation" and a name') from None
        if kind != DERIVATION:
            self.check_section(kind, title)
        return [Held(kind=kind, title=title, place=self.get_location())], []

    def check_section(self, script: str, title: str) -> None:
        """Refuse a section that is not there, or that asserts nothing."""
        path = scripts.path_of(self.env, script)
        if not path.exists():
            raise self.wrong(f"names {script}.py, and there is no such script")
        self.env.note_dependency(path)
        found = scripts.sections(path)
        if not title or title not in found:
            titles = "".join(f"\n  {name}" for name in found if name)
            raise self.wrong(f"names {title!r}; the sections of {script}.py:{titles}")
        if not scripts.asserts(found[title]):
            raise self.wrong(f"names {title!r} of {script}.py, which asserts nothing")

    def wrong(self, problem: str) -> ExtensionError:
        """Return the error, with its place."""
        return ExtensionError(f"{self.get_location()}: {{held}} {problem}; got: {self.text}")


class Shown(SphinxDirective):
    """Lists facts, each with what holds it."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the list, or name the fact that nothing holds."""
        whole = nodes.container(classes=["shown"])
        self.state.nested_parse(self.content, self.content_offset, whole)
        items = list(whole.findall(nodes.list_item))
        if not items:
            raise self.error("{shown} takes a list of facts")
        for item in items:
            if not list(item.findall(Held)):
                raise self.error(f"nothing holds this fact: {item.astext()}")
        return [whole]


class LinkHeld(SphinxPostTransform):
    """Links each fact to the step or the derivation that holds it."""

    default_priority = 4  # before the steps get their links

    def run(self, **kwargs: object) -> None:
        """Fill the places on this page."""
        here = {
            (node["script"], node["section"]): node.parent["ids"][0]
            for node in self.document.findall(nodes.container)
            if node.get("section")
        }
        ids = {name for node in self.document.findall(nodes.container) for name in node["ids"]}
        for place in list(self.document.findall(Held)):
            kind, title = place["kind"], place["title"]
            builder, docname = self.env._app.builder, self.env.docname
            if kind == DERIVATION:
                target = nodes.make_id(f"{DERIVATION}-{title}")
                if target not in ids:
                    message = f"{{held}} names no derivation {title!r} of this page"
                    raise ExtensionError(f"{place['place']}: {message}")
                words, page = "derived above", docname
            elif (kind, title) in here:
                words, page, target = title, docname, here[kind, title]
            else:
                words, page, target = title, f"gallery/{kind}", nodes.make_id(title)
            link = make_refnode(builder, docname, page, target, nodes.Text(words))
            link["classes"] += ["held"]
            place.replace_self([nodes.Text(" "), link])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, the role and the links."""
    app.add_node(Held)
    app.add_directive("shown", Shown)
    app.add_role("held", HeldRole())
    app.add_post_transform(LinkHeld)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
