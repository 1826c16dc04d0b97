"""Every law of simplification is executed alone, and one that is wrong is caught."""

import pytest

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.laws import LAWS, Law
from autodiff_notes.deriving.problem import pose
from autodiff_notes.deriving.reading import read_term
from derivations import is_accepted


def name(law: Law) -> str:
    """Return a law, as the name of a test."""
    return f"{law.pattern} = {law.replacement}"


def holds(law: Law, replacement: str) -> bool:
    """Return whether the pattern of a law equals something."""
    text = law.text.replace(f"= {law.replacement}  #", f"= {replacement}  #")
    return is_accepted(text)


@pytest.mark.parametrize("law", LAWS, ids=name)
def test_a_law_holds_at_random_points(law: Law) -> None:
    """A law alone is a derivation of one line, and is executed as one."""
    assert holds(law, law.replacement)


@pytest.mark.parametrize("law", LAWS, ids=name)
def test_a_wrong_law_is_caught(law: Law) -> None:
    """A law times 1.25, or with the other sign, does not hold; nor does 1 where it says 0."""
    wrong = [f"1.25 * ({law.replacement})", f"-({law.replacement})"]
    assert not [way for way in (["1"] if law.replacement == "0" else wrong) if holds(law, way)]


@pytest.mark.parametrize("law", LAWS, ids=name)
def test_a_law_is_applied(law: Law) -> None:
    """Both sides of a law are read as one term."""
    with terms.algebra() as now:
        _, names = pose(law.pattern, law.variables, {}).as_terms(now)
        assert read_term(law.pattern, names) is read_term(law.replacement, names)
