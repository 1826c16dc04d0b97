"""The pictures of the built site: described, of a readable size, light and dark."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pages import EXAMPLES, PAGES
from reading import LISTINGS, article, only, parsed, value

each_page_and_listing = pytest.mark.parametrize("page", [*PAGES, *LISTINGS])
each_example = pytest.mark.parametrize("example", EXAMPLES)


def figures(site: Path) -> list[Path]:
    """Return every drawing that a script made."""
    found = sorted(site.glob("_images/*.svg"))
    assert len(found) >= len(EXAMPLES)
    return found


@each_page_and_listing
def test_every_picture_has_a_text_alternative(site: Path, page: str) -> None:
    """A figure is described in a sentence; a card's picture is silent, since its title is a link.

    Read aloud, a described thumbnail would say the same as the link below it, twice over.
    """
    for image in parsed(site / page).select("img"):
        if card := image.find_parent(class_="card"):
            assert value(image, "alt") == ""
            assert image.has_attr("alt")
            assert only(card, "a[href]").get_text().strip()
        elif "figure" in image.get_attribute_list("class"):
            said = f"describe {value(image, 'src')} in eight words or more"
            assert len(value(image, "alt").split()) >= 8, said
        else:
            assert value(image, "alt").strip(), f"{value(image, 'src')} has no text alternative"


@each_example
def test_every_example_draws(site: Path, example: str) -> None:
    """Each example shows at least one figure."""
    assert article(site, example).select("img.figure")


def test_figures_have_a_readable_size(site: Path) -> None:
    """A figure has a size of its own, between a phone's width and a column's, and keeps its shape."""
    for path in figures(site):
        root = ET.parse(path).getroot()
        width, height = (
            float(root.attrib[side].removesuffix("pt")) for side in ("width", "height")
        )
        assert 280 <= width <= 720, path.name
        _, _, box_width, box_height = map(float, root.attrib["viewBox"].split())
        assert box_width / box_height == pytest.approx(width / height, rel=0.01), path.name


def test_figures_follow_the_scheme_of_the_page(site: Path) -> None:
    """Every colour that a figure takes from the palette has a value for light and one for dark."""
    for path in figures(site):
        root = ET.parse(path).getroot()
        style = next(iter(root)).text or ""
        light, dark = map(variables, style.split("@media (prefers-color-scheme:dark)"))
        assert light.keys() == dark.keys(), path.name
        assert all(light[name] != dark[name] for name in light), path.name
        used = set(re.findall(r"var\(--(\w+)\)", path.read_text("utf-8")))
        assert used <= light.keys(), path.name
        assert {"paper", "ink"} <= used, f"{path.name} would stay light on a dark page"


def variables(css: str) -> dict[str, str]:
    """Return the CSS variables that a rule sets."""
    return dict(re.findall(r"--([\w-]+):\s*([^;}]+)", css))
