"""Nothing stale is published.

sphinx-gallery looks at its scripts and MyST-NB at its cells; neither sees a change in what they
import. Here a fingerprint of the helper package, these extensions, the settings and the versions
of what computes and draws decides: when it changes, every script and every cell runs again and
every page is read again. What a deleted source left behind goes, too, and a build that warned
is forgotten, so that the next one warns again.
"""

import hashlib
import os
import shutil
from importlib.metadata import version
from pathlib import Path

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

COMPUTES = (
    "torch",
    "numpy",
    "matplotlib",
    "sphinx-gallery",
    "myst-nb",
    "math-core",
    "pygraphviz",
)
SUFFIXES = {".py", ".mplstyle", ".toml"}


def fingerprint(docs: Path) -> str:
    """Return one hash of everything, scripts aside, on which an output depends."""
    sources = [docs / "conf.py", *docs.glob("_extensions/*.py"), *docs.glob("../src/**/*.*")]
    digest = hashlib.sha256()
    for path in sorted(path for path in sources if path.suffix in SUFFIXES):
        digest.update(os.path.relpath(path, docs).encode())
        digest.update(path.read_bytes())
    for name in COMPUTES:
        digest.update(f"{name}=={version(name)}".encode())
    return digest.hexdigest()[:16]


def forget_what_is_stale(app: Sphinx, config: Config) -> None:
    """Remove generated examples that no longer follow from their sources."""
    docs = Path(app.srcdir)
    config.sources_fingerprint = fingerprint(docs)
    config.nb_execution_cache_path = str(app.doctreedir / "cells" / config.sources_fingerprint)
    generated = docs / config.sphinx_gallery_conf["gallery_dirs"]
    scripts = {
        path.stem for path in (docs / config.sphinx_gallery_conf["examples_dirs"]).glob("*.py")
    }
    known = {path.stem for path in generated.glob("*.py")}
    stamp = generated / "fingerprint"
    if not stamp.exists() or stamp.read_text() != config.sources_fingerprint or known - scripts:
        shutil.rmtree(generated, ignore_errors=True)


def make_cache_of_cells(app: Sphinx) -> None:
    """Make the cache before the pages are read: two reading processes would both try, and fail."""
    folder = Path(app.config.nb_execution_cache_path)
    if not (folder / "global.db").exists():
        from jupyter_cache.cache.db import create_db  # noqa: PLC0415 - slow to import, needed once

        folder.mkdir(parents=True, exist_ok=True)
        create_db(folder)


def stamp_examples(app: Sphinx) -> None:
    """Note what the examples, all executed by now and without a warning, were executed with."""
    if app._warncount:
        return
    generated = Path(app.srcdir, app.config.sphinx_gallery_conf["gallery_dirs"])
    (generated / "fingerprint").write_text(app.config.sources_fingerprint)


def remove_pages_without_source(app: Sphinx) -> None:
    """Have every page written anew if a page, picture or download of the last build is gone.

    Sphinx itself removes nothing from the site. After a failed build it no longer knows what the
    last good one read, and writes every page; so then, too, what is there can go.
    """
    env = app.env
    read = [env.doc2path(page) for page in env.all_docs]
    read += [env.srcdir / name for name in (*env.images, *env.dlfiles)]
    if read and all(path.exists() for path in read):
        return
    for folder in ("_downloads", "_images"):
        shutil.rmtree(app.outdir / folder, ignore_errors=True)
    for path in (*app.outdir.rglob("*.html"), app.outdir / "searchindex.js"):
        path.unlink(missing_ok=True)


def forget_a_build_that_warned(app: Sphinx, exception: Exception | None) -> None:
    """Let the next build warn again: Sphinx does not look twice at a page that has not changed."""
    if app._warncount:
        (app.doctreedir / ENV_PICKLE_FILENAME).unlink(missing_ok=True)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Run before sphinx-gallery's first look at its files, after its last script, and at the end."""
    app.add_config_value("sources_fingerprint", "", "env", str)
    app.connect("config-inited", forget_what_is_stale, priority=1)
    app.connect("builder-inited", make_cache_of_cells)
    app.connect("builder-inited", stamp_examples, priority=900)
    app.connect("builder-inited", remove_pages_without_source, priority=900)
    app.connect("build-finished", forget_a_build_that_warned, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
