"""The pages of the site, as the sources name them."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"

MARKDOWN = [path for path in DOCS.rglob("*.md") if "_build" not in path.parts]
WRITTEN = sorted(
    path.relative_to(DOCS).with_suffix(".html").as_posix()
    for path in MARKDOWN
    if path.stem != "404"
)
EXAMPLES = sorted(f"gallery/{path.stem}.html" for path in (ROOT / "gallery").glob("plot_*.py"))
NOTES = [page for page in WRITTEN if re.fullmatch(r"notes/(?!index).*", page)]
PAGES = [*WRITTEN, "gallery/index.html", *EXAMPLES]
