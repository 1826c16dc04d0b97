"""Parts of a page: whatever comes from a reader is escaped, and every formula is typeset."""

from autodiff_notes.answering.html import chips, derivation, words
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


def test_chips() -> None:
    """A chip has its letter, its set selected, its sizes, and whether it moves."""
    found = parse("X in tall(m, n)\nconstant a in signs(n)\ntr(X.mT @ X)\n= tr(X.mT @ X)")
    html = chips(found.declarations, ["X"], typeset)
    assert '<option value="tall" selected>' in html
    assert html.count("own-chip guessed") == 1
    assert html.count('name="moves"') == 1  # signs never move
    assert 'data-sizes="m, n"' in html
