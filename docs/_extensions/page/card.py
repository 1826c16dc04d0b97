"""The picture that stands beside a link to this site where people share it: ``_static/card.png``.

It shows the site's name, its description, and a gradient of the catalogue, each taken from where it
is written. Services that show cards take no SVG, so Matplotlib draws it.
"""

import io
from pathlib import Path
from textwrap import fill
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.outdated import sources
from _extensions.build.results import write_whole
from _extensions.build.sources import digest
from _extensions.page.palette import PALETTE
from autodiff_notes import catalogue

NAME = "_static/card.png"
SHOWN = "log-det"
DRAWN: dict[str, Any] = {"va": "center", "math_fontfamily": "stix"}  # as the formulas of the pages
SIZE, DOTS = (12, 6.3), 100  # 1200 by 630: what services cut a card to


def texts(root: Path) -> tuple[str, ...]:
    """Return the lines of the card: title and first sentence of the read-me, and two formulas."""
    title, _, about, *_ = (root / "README.md").read_text("utf-8").splitlines()
    entry = catalogue[SHOWN]
    (variable,) = entry.moving
    formulas = f"${entry.latex}$", f"${entry.gradient_latex(variable)}$"
    return title.removeprefix("# "), fill(about, 44), *formulas


def draw(path: Path, lines: tuple[str, ...], key: str) -> None:
    """Draw the card into a file that carries its key."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - once

    figure = Figure(figsize=SIZE, facecolor=PALETTE["paper"][0])
    places = ((0.84, 44, "ink"), (0.64, 27, "muted"), (0.37, 46, "blue"), (0.15, 46, "blue"))
    for text, (height, size, colour) in zip(lines, places, strict=True):
        figure.text(0.07, height, text, size=size, color=PALETTE[colour][0], **DRAWN)
    picture = io.BytesIO()
    figure.savefig(picture, dpi=DOTS, metadata={"Software": None, "Comment": key})
    write_whole(path, picture.getvalue())


def write(app: Sphinx, exception: Exception | None) -> None:
    """Draw the card after a good build, unless it is there as it would be drawn."""
    if exception or app.builder.name != "html":
        return
    path, lines = app.outdir / NAME, texts(Path(app.confdir).parent)
    key = digest(*lines, repr(PALETTE), sources(app.srcdir).digest([__name__], loaded=False))
    if not path.exists() or key.encode() not in path.read_bytes():
        draw(path, lines, key)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Draw at the end."""
    app.setup_extension("_extensions.build.outdated")
    app.connect("build-finished", write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
