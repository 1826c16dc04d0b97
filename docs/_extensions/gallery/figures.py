"""What sphinx-gallery needs around a run: a clean start for each script, and its figures.

A figure is saved once, as an SVG that carries both palettes: its colours are CSS variables, and
it follows the light or dark scheme of the page around it. Its text alternative is the figure's
label: ``fig.set_label("What the figure shows")``.

A drawing is shown where a block ends in one, as in a notebook: an object that has an SVG and a
description, such as ``autodiff_notes.graphs.draw`` returns.
"""

import ast
import gc
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata
from sphinx_gallery import gen_gallery, scrapers

from _extensions.page.palette import PALETTE

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def scheme(column: int) -> str:
    """Return the palette for light (0) or dark (1), as CSS variables."""
    return "".join(f"--{name}:{pair[column]};" for name, pair in PALETTE.items())


SCHEMES = (
    f"<style>:root{{{scheme(0)}}}@media (prefers-color-scheme:dark){{:root{{{scheme(1)}}}}}</style>"
)
COLOUR = {light: f"var(--{name})" for name, (light, _) in PALETTE.items()}


def reset(conf: dict[str, Any], script: str | None, when: str) -> None:
    """Give each script torch and Matplotlib as a fresh process would have them.

    Torch's objects, once made, are set aside from the garbage collector, which sphinx-gallery
    runs before every script: that halves the cost of a script.
    """
    if script is None or when == "after":
        return
    # A build that runs no script imports neither; see import_later.
    import matplotlib as mpl  # noqa: PLC0415
    import torch  # noqa: PLC0415

    # Its first comparison imports distributed tensors, in half a second, to see that none is one.
    torch.testing._comparison._HAS_DTENSOR = False
    scrapers._import_matplotlib()  # with Agg, and no warning that it cannot show a window
    mpl.rcdefaults()
    torch.set_default_dtype(torch.float32)
    torch.set_grad_enabled(True)
    torch.set_printoptions(profile="default")  # type: ignore[no-untyped-call]
    torch.manual_seed(0)
    gc.freeze()


def import_later(app: Sphinx, config: Config) -> None:
    """Keep sphinx-gallery from importing Matplotlib, a tenth of a small build, before a script runs."""
    gen_gallery._import_matplotlib = lambda: None


def scrape(block: Any, variables: dict[str, Any], conf: dict[str, Any]) -> str:
    """Save the pictures of a block and return the reStructuredText that shows them.

    Raises
    ------
    ExtensionError
        If a picture has no text alternative; the message names script and line.
    """
    from matplotlib import pyplot as plt  # noqa: PLC0415

    plt.rcParams["svg.hashsalt"] = "autodiff-notes"  # the same ids at every run
    rst = ""
    for number in plt.get_fignums():
        figure = plt.figure(number)
        alternative = " ".join(str(figure.get_label()).split())
        if not alternative:
            script = Path(variables["src_file"]).relative_to(Path(conf["src_dir"]).parent)
            blank = len(block.content) - len(block.content.lstrip("\n"))
            raise ExtensionError(
                f"{script.as_posix()}:{block.lineno + blank}: a figure of this block has no text "
                'alternative; give it one with fig.set_label("What the figure shows")'
            )
        rst += shown(both_schemes(figure), alternative, "figure", variables, conf)
    plt.close("all")
    if drawing := last_value(block, variables):
        rst += shown(drawing.svg, drawing.description, "figure drawing", variables, conf)
    return rst


def shown(
    svg: str, alternative: str, kind: str, variables: dict[str, Any], conf: dict[str, Any]
) -> str:
    """Save a picture and return the reStructuredText that shows it."""
    path = Path(next(variables["image_path_iterator"])).with_suffix(".svg")
    path.write_text(svg, "utf-8")
    source = path.relative_to(conf["src_dir"]).as_posix()
    return f"\n.. image:: /{source}\n   :alt: {alternative}\n   :class: {kind}\n\n"


def last_value(block: Any, variables: dict[str, Any]) -> Any:
    """Return the drawing that a block ends in, if it ends in one."""
    *_, last = ast.parse(block.content).body
    value = variables.get("example_globals", {}).get("___")  # what sphinx-gallery calls it
    return value if isinstance(last, ast.Expr) and hasattr(value, "_repr_svg_") else None


def both_schemes(figure: "Figure") -> str:
    """Return a figure as SVG whose colours follow the light or dark scheme."""
    buffer = io.StringIO()
    if engine := figure.get_layout_engine():
        # Once: savefig would lay out the figure twice, and draw it in between.
        engine.execute(figure)
        figure.set_layout_engine("none")
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    svg = re.sub(r"#[0-9a-f]{6}\b", lambda m: COLOUR.get(m[0], m[0]), buffer.getvalue())
    return re.sub(r"(<svg[^>]*>)", lambda m: m[1] + SCHEMES, svg, count=1)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Come before sphinx-gallery fills in its settings."""
    app.connect("config-inited", import_later, priority=1)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
