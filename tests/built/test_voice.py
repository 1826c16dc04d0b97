"""Every formula of the built site can be said in words."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

from pages import MADE, PAGES
from speaking import spoken

FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)

# What a listener without intents hears: names of signs, and "to the top power".
UNHEARD = re.compile(
    r"\b(top(?! sub 1 of)|tack|circled|succeeds|to the (minus )?(top|[HT]|plus|star))\b"
)


def test_every_formula_is_said_in_words(site: Path) -> None:
    """Three hundred formulas and more follow the grammar, and name what is meant, not its sign."""
    pages = {*PAGES, *MADE}
    found = {f for page in pages for f in FORMULA.findall((site / page).read_text("utf-8"))}
    said = {formula: spoken(ET.fromstring(formula)) for formula in found}
    assert len(said) >= 300
    assert {formula: words for formula, words in said.items() if UNHEARD.search(words)} == {}
