"""One palette: the figures use no other colour, and every text can be read."""

import re
from importlib.resources import files
from itertools import product

import pytest

from _extensions.page.palette import PALETTE, css_variables

TEXTS = ["ink", "muted", "blue", "orange", "green", "violet"]
GROUNDS = ["paper", "panel"]


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2.2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, between 1 and 21."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    """Black on white has 21, and #767676 is the lightest grey on white with 4.5."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") >= 4.5 > contrast("#777777", "#ffffff")


@pytest.mark.parametrize(("text", "ground"), list(product(TEXTS, GROUNDS)))
@pytest.mark.parametrize("column", [0, 1], ids=["light", "dark"])
def test_text_can_be_read(text: str, ground: str, column: int) -> None:
    """Every colour that words are set in has a contrast of 4.5 to what it stands on."""
    assert contrast(PALETTE[text][column], PALETTE[ground][column]) >= 4.5


def test_every_colour_is_written_out() -> None:
    """Each colour is a hash and six lower-case digits, as a figure's SVG has it."""
    for pair in PALETTE.values():
        for colour in pair:
            assert re.fullmatch("#[0-9a-f]{6}", colour)


def test_light_colours_differ() -> None:
    """No two names share a light colour, from which the dark one is found."""
    assert len({light for light, _ in PALETTE.values()}) == len(PALETTE)


def test_the_figures_use_the_palette() -> None:
    """Every colour of the figures' style is a light colour of the palette."""
    style = (files("autodiff_notes") / "figures.mplstyle").read_text("utf-8")
    used = re.findall(r"\b[0-9a-f]{6}\b", style)
    assert len(used) > 10
    assert {f"#{colour}" for colour in used} <= {light for light, _ in PALETTE.values()}


@pytest.mark.parametrize("column", [0, 1])
def test_the_theme_gets_every_colour(column: int) -> None:
    """The style sheet finds each colour under its name, and the theme gets no other colour."""
    variables = css_variables(column)
    colours = {name: pair[column] for name, pair in PALETTE.items()}
    assert {
        f"notes-{name}": colour for name, colour in colours.items()
    }.items() <= variables.items()
    assert set(variables.values()) == set(colours.values())
