"""The rules that mend the MathML of the converter, each on the parts that it is for, and on no other.

That each is needed, and mends its fault, is measured by tests/browser/test_browsers.py.
"""

import re
from xml.etree import ElementTree as ET

import pytest

from _extensions.mathematics.conversion import tree
from _extensions.mathematics.mending import RULES, lean, mend


def mended(tex: str) -> str:
    """Return the MathML of a formula, once it is mended."""
    root = tree(tex, display=True)
    mend(root)
    return ET.tostring(root, encoding="unicode")


@pytest.mark.parametrize(
    ("tex", "part"),
    [
        ("h'", '<mo lspace="0" rspace="0">\N{PRIME}</mo>'),
        (r"\overline{x}", '<mo stretchy="true" class="bar">\N{OVERLINE}</mo>'),
        (r"A \odot B", 'largeop="false">⊙</mo>'),
        (r"\left(\frac{1}{2} + x\right)", "<mo>(</mo><mrow><mfrac>"),
        (r"\dot{x}", '<mo stretchy="true">˙</mo>'),
        (r"\sum_{i} x", '<mo lspace="0" rspace="0">∑</mo><mi>i</mi></munder><mspace'),
        ("P^{+}", '<mi>P</mi><mo lspace="0" rspace="0">+</mo></msup>'),
    ],
)
def test_a_rule_changes_its_part(tex: str, part: str) -> None:
    """The part of a formula that a rule is for has what its engine needs."""
    assert part in mended(tex)


@pytest.mark.parametrize(
    "tex", [r"x^2 + y_i", r"(a + b) c", r"\left(x\right)", r"\frac{a}{b}", r"x = \sqrt{2}"]
)
def test_other_parts_stay(tex: str) -> None:
    """A formula without such a part stays as the converter wrote it."""
    assert mended(tex) == ET.tostring(tree(tex, display=True), encoding="unicode")


def test_every_rule_has_its_reason() -> None:
    """A rule has a name of its own, a reason, and the version of the engine that it is for."""
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert all(rule.reason and re.fullmatch(r"\w+ \d+(\.\d+)?", rule.engine) for rule in RULES)


def test_lean_formulas_have_no_row_of_one_part() -> None:
    """A space without a width goes, and its row with it; a row with several parts or a meaning stays."""
    root = ET.fromstring(
        "<math><mrow><mspace /><mi>d</mi></mrow><msup><mrow><mn>1</mn></mrow>"
        '<mrow><mo>-</mo><mspace width="1em" /></mrow></msup><mrow intent="x"><mi>y</mi></mrow></math>'
    )
    lean(root)
    assert ET.tostring(root, encoding="unicode") == (
        '<math><mi>d</mi><msup><mn>1</mn><mrow><mo>-</mo><mspace width="1em" /></mrow></msup>'
        '<mrow intent="x"><mi>y</mi></mrow></math>'
    )
