"""Parts of a page: whatever comes from a reader is escaped, and every formula is typeset."""

import pytest

from autodiff_notes.answering.html import chips, derivation, given, words
from autodiff_notes.notation.derivations import parse


def typeset(latex: str, display: bool) -> str:
    """Return a formula as what a test can find."""
    return f"⟨{latex}⟩" if display else f"⟪{latex}⟫"


def test_words() -> None:
    """Formulas in a reason are typeset, links are words, and marks are escaped."""
    assert words("[one](#two) & $x$ <b>", typeset) == "one &amp; ⟪x⟫ &lt;b&gt;"


def test_a_derivation_has_a_mark_a_line() -> None:
    """Each line that is compared has an empty mark with its number, and its reason beside it."""
    found = parse("x in vector(n)\nd(x @ x)\n= 2 * x @ d(x)  # a <b> reason")
    html = derivation(found, typeset)
    assert html.count('<span class="own-mark" data-line="3"></span>') == 1
    assert "a &lt;b&gt; reason" in html
    assert r"⟪x \in \mathbb{R}^{n}⟫" in html


@pytest.mark.parametrize(
    ("left", "size"),
    [("x @ x", "short"), ("x @ x + " * 5 + "x @ x", "medium"), ("x @ x + " * 9 + "x @ x", "long")],
)
def test_a_chain_knows_how_wide_it_is(left: str, size: str) -> None:
    """A wide line needs the room that reasons would have beside it."""
    html = derivation(parse(f"x in vector(n)\n{left}\n= {left}"), typeset)
    assert f'class="derivation-chain derivation-{size} ' in html


def test_what_is_given() -> None:
    """Sets come first, with what stands still, and then the names."""
    found = parse(
        "constant A in square(n)\nconstant a in signs(n)\nwhere b = A @ a\nb @ b\n= b @ b"
    )
    sets = r"⟪A \in \mathbb{R}^{n \times n}⟫ fixed; ⟪a \in \{-1, 1\}^{n}⟫"
    assert given(found, typeset) == f'<p class="derivation-given">For {sets}, where ⟪b = A a⟫:</p>'


def test_chips() -> None:
    """A chip has its letter, its set selected, its sizes, and whether it moves."""
    found = parse("X in tall(m, n)\nconstant a in signs(n)\ntr(X.mT @ X)\n= tr(X.mT @ X)")
    html = chips(found.declarations, ["X"], typeset)
    assert '<option value="tall" selected>' in html
    assert html.count("own-chip guessed") == 1
    assert html.count('name="moves"') == 1  # signs never move
    assert 'data-sizes="m, n"' in html
