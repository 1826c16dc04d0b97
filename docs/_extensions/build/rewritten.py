"""Which pages are written again although none of them was read again.

Sphinx writes a page that changed, and those that list it. But every page shows the pages around it,
the addresses of style sheets with a digest of their content, and the titles of what it refers to.
The navigation, which all of them show, is put into those that are else as they were.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from _extensions.domain import notes_of
from _extensions.page import navigation

REFERENCES = "references"


def note_references(app: Sphinx, doctree: nodes.document) -> None:
    """Note what a page that has just been read refers to."""
    found = (node["reftarget"] for node in doctree.findall(addnodes.pending_xref))
    notes_of(app.env).note(REFERENCES, app.env.docname, found)


def pages_to_write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the pages that look different now."""
    notes = notes_of(env)
    before = notes.data["last"].get(REFERENCES, {})
    targets = targets_of(env)
    notes.differs(REFERENCES, targets)
    around, here = notes.data["last"].get("around", {}), around_pages(env)
    notes.differs("around", here)
    of_all = (sorted(env.domains.python_domain.objects.items()), assets(app))
    if notes.differs("whole", digest_of(of_all)):
        return sorted(env.found_docs)
    other = {name for name in before.keys() | targets if before.get(name) != targets.get(name)}
    referring = notes.notes(REFERENCES)
    pages = {page for page in referring if not other.isdisjoint(referring[page])}
    pages |= {page for page in env.found_docs if around.get(page) != here.get(page)}
    return sorted(pages.union(navigation.replace(app, env.found_docs - pages)))


def targets_of(env: BuildEnvironment) -> dict[str, tuple[str, ...]]:
    """Return where each label and each page is, and what it is called."""
    standard = env.domains.standard_domain
    labels = dict(standard.anonlabels.items())
    titles = {page: (title.astext(),) for page, title in env.titles.items()}
    return titles | labels | dict(standard.labels)


def around_pages(env: BuildEnvironment) -> dict[str, tuple[str, ...]]:
    """Return the pages that each page names: those above, before and behind it."""
    found = env.collect_relations()

    def above(page: str) -> Iterator[str]:
        while page in found and (parent := found[page][0]) and parent in env.titles:
            yield (page := parent)

    def titled(page: str | None) -> str:
        return f"{page} {env.titles[page].astext()}" if page in env.titles else ""

    return {
        page: (*map(titled, above(page)), "", titled(before), titled(behind))
        for page, (_, before, behind) in found.items()
    }


def assets(app: Sphinx) -> list[str]:
    """Return the digests of the files whose addresses carry one."""
    folders = [Path(app.confdir, name) for name in app.config.html_static_path]
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    files += [path for path in (app.outdir / "_static" / "math.css",) if path.exists()]
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in files]


def digest_of(value: object) -> str:
    """Return a digest of something that is printed the same whenever it is the same."""
    return hashlib.sha256(repr(value).encode()).hexdigest()


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at the whole when everything else is known."""
    app.setup_extension("_extensions.domain")
    app.connect("doctree-read", note_references)
    app.connect("env-updated", pages_to_write, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
