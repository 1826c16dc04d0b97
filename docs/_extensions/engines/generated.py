"""The sources of the pages of cases and engines: a line each, below ``docs/engines``, never committed.

A page holds one directive, which shows what it is about. The pages are in no navigation, whose
length every page of the site would carry: the table leads to them, and they lead back.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from _extensions.engines.answered import DOCS
from autodiff_notes.engines import cases, engines
from autodiff_notes.engines.case import Case
from autodiff_notes.engines.engine import Engine
from autodiff_notes.engines.record import RESULTS

CASES, ENGINES = f"{DOCS}/cases", f"{DOCS}/libraries"
PAGE = """\
:orphan:
:description: {description}

.. engine-{kind}:: {name}
"""
SIGNS = re.compile(r"[\\|*_`]")  # what reStructuredText would take for markup
LONGEST = 200  # characters of a description


def sources() -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each page."""
    for case in cases.values():
        about = about_case(case)
        yield f"{CASES}/{case.key}", PAGE.format(kind="case", name=case.key, description=about)
    for name, engine in engines.items():
        if (RESULTS / f"{name}.json").exists():
            about = about_engine(engine)
            yield f"{ENGINES}/{name}", PAGE.format(kind="library", name=name, description=about)


def about_case(case: Case) -> str:
    """Return the description of a case's page, within the length that search engines show."""
    about = f"{case.question}: what each engine of automatic differentiation answers, with code."
    about = about if len(about) <= LONGEST else f"{case.question}: the answers of each engine."
    return SIGNS.sub(r"\\\g<0>", about)


def about_engine(engine: Engine) -> str:
    """Return the description of an engine's page."""
    return (
        f"Coming from torch to {engine.title}: the gradients that differ, case by case."
        if engine.name != "torch"
        else f"{engine.title} beside the other engines of automatic differentiation, case by case."
    )


def write(app: Sphinx) -> None:
    """Write the pages that are not there as they should be, and remove those that are no more."""
    docs = Path(app.srcdir)
    if not (docs / f"{DOCS}/index.md").exists():
        return
    wanted = {docs / f"{name}.rst": text for name, text in sources()}
    for path in [*docs.glob(f"{CASES}/*.rst"), *docs.glob(f"{ENGINES}/*.rst")]:
        if path not in wanted:
            path.unlink()
    for path, text in wanted.items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def point_to_row(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Let "view source" and "edit" lead to the row of the case or the file of the engine."""
    folder, _, name = pagename.rpartition("/")
    if folder in {CASES, ENGINES}:
        file = f"cases/{cases[name].family}" if folder == CASES else f"adapters/{name}"
        for way, verb in (("view", "blob"), ("edit", "edit")):
            context[f"theme_source_{way}_link"] = f"{home(app.config, verb)}/{file}.py"


def home(config: Config, verb: str = "blob") -> str:
    """Return the address of the engines in the repository."""
    theme = config.html_theme_options
    at = f"{theme['source_repository'].rstrip('/')}/{verb}/{theme['source_branch']}"
    return f"{at}/src/autodiff_notes/engines"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write before Sphinx looks for pages."""
    app.connect("builder-inited", write)
    app.connect("html-page-context", point_to_row)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
