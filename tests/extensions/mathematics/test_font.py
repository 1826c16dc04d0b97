"""The font has the letters of the formulas, each in the sizes at which it is drawn, and no more."""

import base64
import io

from docutils import nodes
from fontTools.ttLib import TTFont

from _extensions.mathematics.font import ITALIC, font_subset, letters, levels
from _extensions.mathematics.mathml import convert

K = "\N{MATHEMATICAL ITALIC SMALL K}"


def level(tex: str, *, display: bool = False) -> int:
    """Return the level at which a formula draws its letter k."""
    node = nodes.math_block(tex, tex) if display else nodes.math(tex, tex)
    (found,) = {level for letter, level in letters(convert(node)) if letter == K}
    return found


def subset(used: dict[str, int]) -> TTFont:
    """Return the font for these letters."""
    return TTFont(io.BytesIO(base64.b64decode(font_subset(used))))


def forms(font: TTFont, letter: str) -> list[str]:
    """Return the smaller forms of a letter in a font."""
    found: list[str] = []
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            found += table.alternates.get(font.getBestCmap()[ord(letter)], [])
    return found


def test_letters_with_two_forms_keep_their_own_italics() -> None:
    """The italics of a Greek letter are not those of its other form, for which it also stands."""
    assert ITALIC["h"] == "\N{PLANCK CONSTANT}"
    assert ITALIC["\N{GREEK SMALL LETTER EPSILON}"] == "\N{MATHEMATICAL ITALIC SMALL EPSILON}"
    assert ITALIC["\N{GREEK LUNATE EPSILON SYMBOL}"] == "\N{MATHEMATICAL ITALIC EPSILON SYMBOL}"


def test_a_letter_has_the_level_of_its_place() -> None:
    """In an index a letter is smaller, in the index of one still smaller, in a line it is not."""
    assert level("k + x") == 0
    assert level("x^k") == level("x_k") == level(r"\sum_{i=1}^k x") == 1
    assert level("x^{y_k}") == level("x^{y^{z^k}}") == 2


def test_a_small_fraction_is_a_level() -> None:
    """Above and below the bar letters are smaller within a line, and within another fraction."""
    assert level(r"\frac{k}{x}") == level(r"\frac{x}{k}") == 1
    assert level(r"\frac{k}{x}", display=True) == 0
    assert level(r"\frac{1 + \frac{k}{x}}{y}", display=True) == 1
    assert level(r"\begin{aligned} x &= \frac{k}{x} \end{aligned}", display=True) == 0


def test_both_forms_of_a_letter_are_kept() -> None:
    """A letter is noted as it is written and in italics, and an upright one as it is written."""
    assert letters("<math><mi>k</mi></math>") == {("k", 0), (K, 0)}
    assert letters('<math><mi mathvariant="normal">k</mi></math>') == {("k", 0)}


def test_the_names_that_html_has_for_characters_are_read() -> None:
    """A space that cannot be broken has its width from the font, as a letter has its form."""
    assert letters("<math><mtext>&nbsp;&lt;&rarr;</mtext></math>") == {
        (letter, 0) for letter in "\N{NO-BREAK SPACE}<\N{RIGHTWARDS ARROW}"
    }


def test_the_font_is_cut_down_to_the_characters() -> None:
    """The font grows with the characters it is cut to, and is the same at every build."""
    few, more = levels([]), levels((chr(code), 0) for code in range(0x3B1, 0x3C0))
    assert len(font_subset(few)) < len(font_subset(more)) < 200_000
    assert font_subset(few) == font_subset(few)


def test_small_forms_are_those_in_use() -> None:
    """The font has as many smaller forms of a letter as there are levels at which it is drawn."""
    fonts = [subset(levels([(K, 0), (K, level)])) for level in range(3)]
    assert [len(forms(font, K)) for font in fonts] == [0, 1, 2]
    assert all(set(forms(font, K)) <= set(font.getGlyphOrder()) for font in fonts)


def test_layout_needs_its_table_and_no_hints() -> None:
    """What lays out a formula stays, and what steers the points of a coarse screen goes."""
    tables = subset(levels([(K, 2)])).keys()
    assert {"MATH", "GSUB", "glyf"} <= set(tables)
    assert not {"fpgm", "prep", "cvt "} & set(tables)


def test_tall_forms_are_narrow() -> None:
    """No form of a root is wider than the first, none of a fence by more than a tenth of an em.

    The outline of a root ends where its width ends, but for the bar that begins there.
    """
    font = subset(levels([]))
    variants, widths = font["MATH"].table.MathVariants, font["hmtx"].metrics
    signs = {name: chr(code) for code, name in font.getBestCmap().items()}
    found: dict[str, list[int]] = {}
    forms = zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True)
    for name, construction in forms:
        names = [record.VariantGlyph for record in construction.MathGlyphVariantRecord]
        if construction.GlyphAssembly:
            names += [part.glyph for part in construction.GlyphAssembly.PartRecords]
        if signs[name] == "√":
            assert all(font["glyf"][form].xMax <= widths[form][0] + 50 for form in names[:4])
        found[signs[name]] = [widths[form][0] - widths[name][0] for form in names]
    assert max(found["√"]) <= 0 < len(found["√"])
    for fence in "()[]{}⟨⟩":
        assert 50 < max(found[fence]) <= 100
