"""The pages of the site, as the sources name them."""

import re
from pathlib import Path

from autodiff_notes.engines import cases
from autodiff_notes.engines.record import RESULTS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"

MARKDOWN = [*DOCS.glob("*.md"), *DOCS.glob("[!_]*/**/*.md")]  # below _build lie whole environments
WRITTEN = sorted(
    path.relative_to(DOCS).with_suffix(".html").as_posix()
    for path in MARKDOWN
    if path.stem != "404"
)
SCRIPTS = sorted(path.stem for path in (ROOT / "gallery").glob("plot_*.py"))
EXAMPLES = [f"gallery/{script}.html" for script in SCRIPTS]
NOTES = [page for page in WRITTEN if re.fullmatch(r"notes/(?!index).*", page)]
CASES = [f"engines/cases/{key}.html" for key in cases]
LIBRARIES = [f"engines/libraries/{path.stem}.html" for path in sorted(RESULTS.glob("*.json"))]
MADE = [*CASES, *LIBRARIES]
"""Pages that differ in their content alone; walks that take long look at a few of them."""

PAGES = [*WRITTEN, "gallery/index.html", *EXAMPLES, *CASES[::60], *LIBRARIES[::8]]


def source(script: str) -> str:
    """Return the text of a script."""
    return (ROOT / "gallery" / f"{script}.py").read_text("utf-8")


def figures_of(script: str) -> int:
    """Return how many figures a script shows."""
    return source(script).count("plt.show()")


def drawings_of(script: str) -> int:
    """Return how many graphs a script draws; a notebook shows them, a terminal cannot."""
    return sum(line.startswith("draw(") for line in source(script).splitlines())
