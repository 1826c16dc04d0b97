"""Figures follow the scheme of the page, and are the same at every run."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
import torch
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from sphinx.errors import ExtensionError

from _extensions.gallery import figures
from _extensions.page.palette import PALETTE


@pytest.fixture(autouse=True)
def _no_figure_is_left_open() -> Iterator[None]:
    """Draw without a window, in the site's style, and close what was drawn."""
    mpl.use("agg")
    with plt.style.context("autodiff_notes.figures"):
        yield
        plt.close("all")


def drawn() -> Figure:
    """Return a figure in which every colour of the palette occurs, and one other colour."""
    figure, ax = plt.subplots()
    figure.set_label("A fan of lines.")
    for slope, (light, _) in enumerate(PALETTE.values()):
        ax.plot([0, 1], [0, slope], color=light)
    ax.plot([0, 1], [1, 0], color="#abcdef")
    ax.set_title("$x^2$")
    return figure


def test_every_palette_colour_follows_the_scheme() -> None:
    """Each light colour becomes its variable; only the two schemes spell the colours out."""
    svg = figures.both_schemes(drawn())
    schemes, lines = svg.split("</style>", 1)
    for name, (light, dark) in PALETTE.items():
        assert light not in lines
        assert f"var(--{name})" in lines
        assert f"--{name}:{light};" in schemes
        assert f"--{name}:{dark};" in schemes
    assert "#abcdef" in lines


def test_the_dark_scheme_comes_second() -> None:
    """A viewer that asks for dark gets the dark colours, any other the light ones."""
    svg = figures.both_schemes(drawn())
    light, dark = svg.split("@media (prefers-color-scheme:dark)")
    assert PALETTE["paper"][0] in light
    assert PALETTE["paper"][1] not in light
    assert PALETTE["paper"][1] in dark.split("</style>")[0]


def test_the_picture_is_valid_xml() -> None:
    """The picture parses, and its root is an SVG element with a style sheet as first child."""
    root = ET.fromstring(figures.both_schemes(drawn()))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root[0].tag == "{http://www.w3.org/2000/svg}style"


def scraped(tmp_path: Path) -> str:
    """Scrape the open figures into a project's generated gallery."""
    image = tmp_path / "docs" / "gallery" / "images" / "sphx_glr_plot_x_001.png"
    image.parent.mkdir(parents=True)
    variables = {
        "src_file": str(tmp_path / "gallery" / "plot_x.py"),
        "image_path_iterator": iter([str(image)]),
    }
    block = SimpleNamespace(lineno=11, content="\n\nplt.subplots()\n")
    return figures.scrape(block, variables, {"src_dir": str(tmp_path / "docs")})


def test_a_figure_is_saved_and_shown_with_its_text(tmp_path: Path) -> None:
    """The page gets the picture with the figure's label, on one line, as its text alternative."""
    drawn().set_label("A fan\n  of lines.")
    rst = scraped(tmp_path)
    assert ".. image:: /gallery/images/sphx_glr_plot_x_001.svg\n   :alt: A fan of lines.\n" in rst
    assert (tmp_path / "docs/gallery/images/sphx_glr_plot_x_001.svg").exists()
    assert plt.get_fignums() == []


def test_the_same_figure_gives_the_same_bytes(tmp_path: Path) -> None:
    """Drawn twice, a figure gives the same picture: no date, no version, no random name."""
    pictures = []
    for run in ("one", "two"):
        drawn()
        scraped(tmp_path / run)
        (path,) = (tmp_path / run).rglob("*.svg")
        pictures.append(path.read_text("utf-8"))
    assert pictures[0] == pictures[1]
    assert "clip-path" in pictures[0]  # whose name is random if nothing is done about it
    assert not re.search(r"<dc:date>|\d{4}-\d\d-\d\dT", pictures[0])
    assert mpl.__version__ not in pictures[0]


@pytest.mark.parametrize("label", ["", " \n "])
def test_a_figure_without_text_is_refused(tmp_path: Path, label: str) -> None:
    """The message names the script, the first line of the block and the remedy."""
    drawn().set_label(label)
    place = re.escape("gallery/plot_x.py:13: ")
    with pytest.raises(ExtensionError, match=rf'^{place}.*no text alternative.*fig\.set_label\("'):
        scraped(tmp_path)


def test_each_script_starts_afresh() -> None:
    """What a script left behind in torch and Matplotlib is gone when the next one starts."""
    figures.reset({}, "plot_x.py", "before")
    first = torch.rand(2)
    torch.set_default_dtype(torch.float64)
    torch.set_grad_enabled(False)
    torch.set_printoptions(precision=2)  # type: ignore[no-untyped-call]
    mpl.rcParams["lines.linewidth"] = 17.0
    figures.reset({}, "plot_y.py", "before")
    assert torch.get_default_dtype() is torch.float32
    assert torch.is_grad_enabled()
    assert str(torch.tensor(1 / 3)) == "tensor(0.3333)"
    assert torch.equal(torch.rand(2), first)
    assert mpl.rcParams["lines.linewidth"] == mpl.rcParamsDefault["lines.linewidth"]
