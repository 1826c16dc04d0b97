"""Cells run again when what they import changes, and one that raises is named by file and line.

MyST-NB looks at the cells alone, and stops the build with the page's name alone.
"""

import json
import logging as standard
import os
import re
import shutil
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.ahead import ahead
from _extensions.build.outdated import shows, sources, subject
from _extensions.build.sources import digest, parse
from _extensions.places import short

# What a cell prints may differ with their versions, whoever imports them.
RUNNING = ("ipykernel", "myst_nb", "torch")
STAMP = "imported"  # in the cache: the digest of what cells import
EXECUTE = "myst_nb.core.execute"
CLIENTS = {
    "cache": "NotebookClientCache",
    "direct": "NotebookClientDirect",
    "inline": "NotebookClientInline",
}
CELLS = re.compile(r"^```\{code-cell\}[^\n]*\n(?::[^\n]*\n)*(.*?)^```", re.MULTILINE | re.DOTALL)
CELL = re.compile(r"following cell:\n-+\n(.*?)\n-{18}\n", re.DOTALL)
LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
COLOUR = re.compile(r"\x1b\[[\d;]*m")


def line_of_failure(page: str, report: str) -> int | None:
    """Return the line of a page at which a cell raised, from the report of the run."""
    report = COLOUR.sub("", report)
    cell, line = CELL.search(report), LINE.search(report)
    if cell is None or cell[1] not in page:
        return None
    before, _, _ = page.partition(cell[1])
    return before.count("\n") + (int(line[1]) if line else 1)


def cells_of(page: str) -> str:
    """Return the code of a page's cells."""
    return "".join(CELLS.findall(page))


@subject("cells")
def digest_of_imports(env: BuildEnvironment, page: str) -> str:
    """Return the digest of what the cells of a page import, and of what runs them."""
    cells = cells_of(Path(env.doc2path(page)).read_text("utf-8"))
    return sources(env.srcdir).digest([parse(cells.encode(), ""), *RUNNING])


def note_cells(app: Sphinx, docname: str, source: list[str]) -> None:
    """Note that a page has cells."""
    if CELLS.search(source[0]):
        shows(app.env, "cells", docname)


def import_later() -> None:
    """Have MyST-NB import what executes cells, a tenth of a small build, for the first that need it."""
    for name, client in CLIENTS.items():
        if f"{EXECUTE}.{name}" not in sys.modules:
            stub = ModuleType(f"{EXECUTE}.{name}")
            setattr(stub, client, partial(made, stub, client))
            sys.modules[stub.__name__] = stub


def made(stub: ModuleType, client: str, *arguments: object, **options: object) -> object:
    """Return a client of the module in whose place a stub stands."""
    if sys.modules[stub.__name__] is stub:
        del sys.modules[stub.__name__]
    return getattr(import_module(stub.__name__), client)(*arguments, **options)


def outdated(app: Sphinx) -> str:
    """Return the digest of what cells import, if the cache is not for it, and nothing if it is."""
    pages = pages_with_cells(app.env)
    imported = digest(*(digest_of_imports(app.env, page) for page in pages))
    stamp = Path(app.config.nb_execution_cache_path, STAMP)
    known = stamp.exists() and stamp.read_text("utf-8") == imported
    return "" if known or not pages else imported


def prepare_cache(app: Sphinx, *_: object) -> None:
    """Make MyST-NB's cache, empty if what cells import has changed, whole or not at all.

    Before the pages are read: two reading processes would both try, and fail.
    """
    if not (imported := outdated(app)):
        return
    from jupyter_cache.cache.db import create_db  # noqa: PLC0415 - slow to import, needed once

    cache = Path(app.config.nb_execution_cache_path)
    new = cache.with_name("cells.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    create_db(new)
    (new / STAMP).write_text(imported, "utf-8")
    shutil.rmtree(cache, ignore_errors=True)
    new.rename(cache)


def name_kernel(app: Sphinx) -> None:
    """Have cells run in this Python, and in silence: a kernel warns of its own transport."""
    standard.getLogger("traitlets").setLevel("WARNING")  # and its client tells each start
    kernel = app.doctreedir / "jupyter" / "kernels" / "python3" / "kernel.json"
    kernel.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    about = {
        "argv": [*command, "--log-level=ERROR"],
        "display_name": "Python 3",
        "language": "python",
    }
    kernel.write_text(json.dumps(about), "utf-8")
    folders = [str(kernel.parents[2]), os.environ.get("JUPYTER_PATH", "")]
    os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, folders))


@ahead("without torch")
def executions(app: Sphinx) -> list[Callable[[], None]]:
    """Return the execution of each page with cells, if the cache has none of them."""
    if any(Path(app.config.nb_execution_cache_path).glob("executed/*")) and not outdated(app):
        return []
    pages = pages_with_cells(app.env)
    return [partial(prepare_cache, app), *(partial(execute, app, page) for page in pages)]


def execute(app: Sphinx, page: str) -> None:
    """Execute the cells of a page as MyST-NB would when it reads the page, into its cache."""
    from myst_nb.core.execute import create_client  # noqa: PLC0415 - in a process of its own
    from myst_nb.core.read import create_nb_reader  # noqa: PLC0415
    from myst_nb.sphinx_ext import create_mystnb_config  # noqa: PLC0415
    from myst_parser.sphinx_ext.main import create_myst_config  # noqa: PLC0415

    env: Any = app.env
    for configure in (create_myst_config, create_mystnb_config):
        configure(app)
    path, text = env.doc2path(page), text_of(env, page)
    reader = create_nb_reader(path, env.myst_config, env.mystnb_config, text)
    notebook, log = reader.read(text), logging.getLogger(__name__)
    with create_client(notebook, path, env.mystnb_config, log, reader.read_fmt):
        pass


def pages_with_cells(env: BuildEnvironment) -> list[str]:
    """Return the pages that have cells, in order."""
    return sorted(page for page in env.found_docs if CELLS.search(text_of(env, page)))


def text_of(env: BuildEnvironment, page: str) -> str:
    """Return the source of a page."""
    path = Path(env.doc2path(page))
    return path.read_text("utf-8") if path.suffix == ".md" else ""


def keep_cache_below_doctrees(app: Sphinx, config: Config) -> None:
    """Tell MyST-NB where the cache is."""
    config.nb_execution_cache_path = str(app.doctreedir / "cells")


def copy_style_early(app: Sphinx, builder: Builder) -> None:
    """Copy MyST-NB's style sheet before the pages that carry a digest of it."""
    from myst_nb.sphinx_ext import add_global_html_resources  # noqa: PLC0415 - if it is there

    add_global_html_resources(app, None)


def name_the_cell(app: Sphinx, exception: Exception | None) -> None:
    """Say which line of which page raised what."""
    if exception is None:
        return
    # A build that succeeds does without it.
    from nbclient.exceptions import CellExecutionError  # noqa: PLC0415

    cause = exception.__cause__
    if isinstance(cause, CellExecutionError):
        page = Path(str(exception))
        line = line_of_failure(page.read_text("utf-8"), cause.traceback)
        place = f"{short(page)}:{line or '?'}"
        raise ExtensionError(f"{place}: {cause.ename}: {cause.evalue}") from exception


def setup(app: Sphinx) -> ExtensionMetadata:
    """Prepare the cache, and listen for a build that fails."""
    import_later()  # before MyST-NB is set up
    app.setup_extension("_extensions.build.outdated")
    app.connect("config-inited", keep_cache_below_doctrees, priority=1)
    app.connect("builder-inited", name_kernel, priority=399)  # ahead of what is done ahead
    app.connect("env-before-read-docs", prepare_cache)
    app.connect("source-read", note_cells)
    app.connect("write-started", copy_style_early)
    app.connect("build-finished", name_the_cell, priority=950)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
