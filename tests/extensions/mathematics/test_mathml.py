"""A formula becomes MathML, or stops the build with its place."""

import html
import re
from pathlib import Path

import pytest
from docutils import nodes
from sphinx.errors import ExtensionError

from _extensions.mathematics.mathml import convert, keep_mark


def formula(tex: str, *, display: bool = False) -> nodes.math | nodes.math_block:
    """Return a formula as it stands on line 7 of a page."""
    node = nodes.math_block(tex, tex) if display else nodes.math(tex, tex)
    node.source, node.line = str(Path("docs/page.md").resolve()), 7
    return node


def words(tex: str) -> str:
    """Return the characters of a converted formula."""
    return html.unescape(re.sub(r"<[^>]*>", "", convert(formula(tex))))


def test_a_formula_is_converted() -> None:
    """The result is one MathML element with the formula's characters in it."""
    mathml = convert(formula(r"X^{-\top}"))
    assert re.fullmatch(r"<math\b.*</math>", mathml)
    assert mathml.count("<math") == 1
    assert words(r"X^{-\top}") == "X\N{MINUS SIGN}\N{DOWN TACK}"


def test_a_displayed_formula_is_set_apart() -> None:
    """A formula of its own line says so, an inline one does not."""
    assert 'display="block"' in convert(formula("x", display=True))
    assert 'display="block"' not in convert(formula("x"))


def test_the_words_of_the_notes_are_known() -> None:
    r"""The differential ``\d`` is upright, and the trace ``\tr`` is an operator, on every page."""
    assert words(r"\d x") == "dx"
    assert 'mathvariant="normal">d<' in convert(formula(r"\d x"))
    assert words(r"\tr X") == "tr\N{FUNCTION APPLICATION}X"


def test_a_prime_is_raised_once() -> None:
    """The primes of the font are raised by themselves, so they are no superscripts."""
    assert words("h'(x)") == "h\N{PRIME}(x)"
    assert words("h'''(x)") == "h\N{TRIPLE PRIME}(x)"
    for tex in ("h'(x)", "h'''(x)", r"\tanh' x"):
        assert "<msup>" not in convert(formula(tex))
    assert convert(formula("h^2")).count("<msup>") == 1


def test_a_definition_stays_in_its_formula() -> None:
    """A word that one formula defines is unknown to the next one."""
    assert words(r"\newcommand{\mine}{y}\mine") == "y"
    with pytest.raises(ExtensionError, match="Unknown command"):
        convert(formula(r"\mine"))


@pytest.mark.parametrize(
    "tex", [r"\frac{1", r"\nosuchcommand", r"\begin{aligned} x", "x}", r"\left( x", "x^a^b"]
)
@pytest.mark.parametrize("display", [False, True], ids=["inline", "displayed"])
def test_a_wrong_formula_is_refused_with_its_place(tex: str, display: bool) -> None:
    """The message begins with file and line, and ends with the formula as it was written."""
    with pytest.raises(ExtensionError) as caught:
        convert(formula(tex, display=display))
    message = str(caught.value)
    assert message.startswith("docs/page.md:7: this formula cannot be converted: ")
    assert message.endswith(f"\n  {tex}")


@pytest.mark.parametrize(
    ("after", "kept", "rest"),
    [(", and", "x,", " and"), ("), so", "x),", " so"), (" is", "", " is")],
)
def test_punctuation_stays_with_its_formula(after: str, kept: str, rest: str) -> None:
    """No line begins with the comma behind a formula; words may begin one."""
    formula = nodes.math("x", "x")
    paragraph = nodes.paragraph("", "", nodes.Text("if "), formula, nodes.Text(after))
    keep_mark(formula)
    assert [span.astext() for span in paragraph.findall(nodes.inline)] == [kept] * bool(kept)
    assert paragraph.astext() == f"if x{after}"
    assert paragraph[-1].astext() == rest
