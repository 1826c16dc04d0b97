"""The card is drawn from what the project says of itself. Tests of ``card``."""

from pathlib import Path

from _extensions.page.card import draw, texts
from pages import ROOT


def test_the_card_says_what_the_readme_says() -> None:
    """Its texts are the title and the first sentence of the read-me, and an entry's formulas."""
    readme = (ROOT / "README.md").read_text("utf-8")
    title, about, *formulas = texts(ROOT)
    assert f"# {title}\n" in readme
    assert " ".join(about.split()) in readme
    assert formulas == [r"$f(X) = \log\det X$", r"$\frac{\partial f}{\partial X} = X^{-\top}$"]


def test_two_drawings_are_equal(tmp_path: Path) -> None:
    """The picture has the size of a card, carries its key, and has the same bytes each time."""
    lines = texts(ROOT)
    for name in ("one", "other"):
        draw(tmp_path / name / "card.png", lines, "the-key")
    one, other = ((tmp_path / name / "card.png").read_bytes() for name in ("one", "other"))
    assert one == other
    assert b"the-key" in one
    assert one[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")
    draw(tmp_path / "third.png", ("Another", *lines[1:]), "the-key")
    assert (tmp_path / "third.png").read_bytes() != one
