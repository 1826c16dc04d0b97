"""The site's own extensions to Sphinx, in six rooms; ``conf.py`` lists this package alone.

- ``mathematics``: formulas, derivations, entries and exercises, executed and shown;
- ``gallery``: the scripts, their runs, and what a reader downloads;
- ``sweep``: the reverse sweep of a formula;
- ``engines``: what other engines answer at the same points;
- ``page``: what every page has: navigation, links in code, citations, colours;
- ``build``: what is built again, and what a build leaves behind.

Each module sets itself up and can be listed alone, as tests do.
"""

import gc

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

MODULES = (
    "build.unchanged",
    "gallery.runs",  # early, since it may start a process that imports torch
    "build.told",
    "build.plugins",
    "domain",
    "build.outdated",
    "build.results",
    "build.ahead",
    "build.few",
    "build.rewritten",
    "build.search",
    "build.merging",
    "build.leftovers",
    "build.finish",
    "build.inventories",
    "build.sitemap",
    "build.about",
    "build.feed",
    "mathematics.font",
    "build.browser",
    "build.offline",
    "mathematics.mathml",
    "mathematics.trying",
    "mathematics.derivation",
    "mathematics.derived",
    "mathematics.entries",
    "mathematics.finding",
    "mathematics.index",
    "mathematics.errata",
    "mathematics.exercises",
    "engines.answered",
    "engines.words",
    "engines.pages",
    "engines.table",
    "engines.told",
    "engines.changed",
    "engines.data",
    "gallery.figures",
    "gallery.steps",
    "gallery.assertions",
    "gallery.shown",
    "gallery.counts",
    "gallery.examples",
    "gallery.downloads",
    "build.bill",
    "sweep.reverse",
    "sweep.live",
    "mathematics.own",
    "page.balance",
    "page.code",
    "page.navigation",
    "page.accessibility",
    "page.assets",
    "page.citations",
    "page.cells",
    "page.description",
    "page.policy",
    "page.closed",
    "page.weight",
    "page.card",
    "build.book",
)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up every module."""
    # A build is over soon: to look for what nobody uses takes a sixth of it, and saves a twentieth
    # of its memory. sphinx-gallery still collects before each script.
    gc.disable()
    for module in MODULES:
        app.setup_extension(f"{__name__}.{module}")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
