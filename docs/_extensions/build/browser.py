"""Python for the browser, with the package's own modules in its memory, where pages can load it.

``live/fetch.py`` makes them, before the build or at its beginning. Without them a page keeps what was made while the
site was built. A page whose body has a class of :data:`FORMS` gets the script of that form, which
is told what it will load, and how much that is.
"""

import gzip
import json
import runpy
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.ahead import ahead
from _extensions.build.results import write_whole

# From live/node_modules; what ends in .gz is packed on the way, whatever the server does.
PYTHON = {
    "pyodide.mjs": "pyodide/pyodide.mjs",
    "pyodide-lock.json": "pyodide/pyodide-lock.json",
    "pyodide.asm.mjs.gz": "pyodide/pyodide.asm.mjs",
    "pyodide.asm.wasm.gz": "pyodide/pyodide.asm.wasm",
    "python.bin.gz": "python.bin",
}
OTHERS = {
    "viz.js.gz": "@viz-js/viz/dist/viz.js",
    "temml.js.gz": "temml/dist/temml.min.js",
}

# The class of a form: its script, what is said before it loads, and what it loads.
FORMS = {
    "sweep-form": ("sweep-live.js", "Draw loads Python, {:.1f} MB, from this site, once."),
    "own-form": ("own.js", "Typing, or Answer, loads Python, {:.1f} MB, from this site, once."),
}
ONLY = {"sweep-form": "viz.js.gz", "own-form": "temml.js.gz"}


def look_for_files(app: Sphinx, config: Config) -> None:
    """Note which files for the browser are there, so that pages are written anew if that changes."""
    live = Path(app.confdir).parent / "live"
    script, fetched = live / "fetch.py", live / "node_modules" / "fetched.txt"
    here = runpy.run_path(str(script))["fetch"]() if script.exists() else fetched.exists()
    config.live_files = fetched.read_text("utf-8") if here else ""
    if not config.live_files:
        logging.getLogger(__name__).info(
            "the live pages keep what the build made: live/fetch.py has fetched no Python for the browser"
        )


@ahead("without torch")
def packing(app: Sphinx) -> list[Callable[[], None]]:
    """Return the one task of packing all files."""
    return [partial(copy_files, app)]


def copy_files(app: Sphinx, *_: object) -> None:
    """Put Python, Graphviz and Temml where pages can load them."""
    target = app.outdir / "_static" / "live"
    if app.builder.format != "html":
        return
    if not app.config.live_files:
        shutil.rmtree(target, ignore_errors=True)
        return
    target.mkdir(parents=True, exist_ok=True)
    for name, path in {**PYTHON, **OTHERS}.items():
        copy(Path(app.confdir).parent / "live" / "node_modules" / path, target / name)
    for old in target.iterdir():
        if old.name not in PYTHON | OTHERS:
            old.unlink()


def copy(source: Path, target: Path) -> None:
    """Copy a file if it is newer, packed if its name says so."""
    if is_made_of(source, target):
        return
    if target.name == "pyodide-lock.json":  # the packages beyond the standard library
        content = json.loads(source.read_bytes()) | {"packages": {}}
        target.write_text(json.dumps(content), "utf-8")
    else:
        shutil.copyfile(packed(source) if target.suffix == ".gz" else source, target)
    shutil.copystat(source, target)


def is_made_of(source: Path, made: Path) -> bool:
    """Return whether a file is there that was made of another as it is now."""
    return made.exists() and made.stat().st_mtime_ns == source.stat().st_mtime_ns


def packed(source: Path) -> Path:
    """Return the packed copy of a file, kept beside it: packing anew takes seconds."""
    kept = source.with_name(f"{source.name}.gz")
    if not is_made_of(source, kept):
        write_whole(kept, gzip.compress(source.read_bytes(), mtime=0))
        shutil.copystat(source, kept)
    return kept


def loaded(app: Sphinx, form: str) -> dict[str, int]:
    """Return the files that a form loads, with their sizes."""
    folder = app.outdir / "_static" / "live"
    wanted = {*PYTHON, ONLY[form]}
    return {p.name: p.stat().st_size for p in sorted(folder.iterdir()) if p.name in wanted}


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Load the script of a form where there is one, and tell it what it will load."""
    for form, (script, about) in FORMS.items():
        if app.config.live_files and f'class="{form}"' in context.get("body", ""):
            sizes = loaded(app, form)
            options = {
                "data-files": json.dumps(sizes),
                "data-about": about.format(sum(sizes.values()) / 1e6),
            }
            app.add_js_file(script, loading_method="defer", priority=600, **options)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen before the pages are read, and for every page."""
    app.add_config_value("live_files", "", "html", str)
    app.connect("config-inited", look_for_files)
    app.connect("env-before-read-docs", copy_files)  # when what was begun ahead has ended
    app.connect("html-page-context", add_script)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
