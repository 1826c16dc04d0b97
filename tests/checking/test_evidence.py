"""Ratios are called by the simplest name, and others by none."""

import math
import re
from fractions import Fraction

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from autodiff_notes.checking.evidence import NUMBERS, recognise, sizes
from support import draw, number


@pytest.mark.parametrize("factor", NUMBERS, ids=lambda factor: factor.words)
def test_number_is_recognised_with_either_sign(factor: object) -> None:
    """Every number of the table is called by its own name, not by an earlier one."""
    value, words = factor.value, factor.words  # type: ignore[attr-defined]
    for ratio, expected in [(value, words), (-value * (1 + 1e-9), f"-{words}")]:
        found = recognise(ratio)
        assert found is not None
        assert found.words == expected
        assert found.value == math.copysign(value, ratio)


def test_small_fractions_have_a_name() -> None:
    """Fractions of numbers up to five, and whole numbers up to ten with their inverses, are known."""
    small = {
        str(Fraction(p, q))
        for p in range(1, 11)
        for q in range(1, 11)
        if max(p, q) <= 5 or min(p, q) == 1
    }
    assert {factor.words for factor in NUMBERS if re.fullmatch(r"[\d/]+", factor.words)} == small


def test_words_evaluate_to_the_number() -> None:
    """What is written is what is meant."""
    scope = {"pi": math.pi, "sqrt": math.sqrt, "log": math.log}
    for factor in NUMBERS:
        written = factor.words.replace("2 pi", "2*pi")
        assert eval(written, scope) == pytest.approx(factor.value, rel=1e-15)


@given(st.floats(0.05, 20))
def test_other_numbers_have_no_name(ratio: float) -> None:
    """A number is recognised only within the tolerance of one in the table."""
    near = any(math.isclose(ratio, factor.value, rel_tol=1e-6) for factor in NUMBERS)
    assert (recognise(ratio) is not None) == near


def test_sizes_are_names() -> None:
    """The number of entries, rows and columns are names, from 3 on."""
    inputs = {"X": draw(3, 7), "y": draw(2), "z": draw(11)}
    assert sizes(inputs) == {
        21: "the number of entries of X",
        3: "the number of rows of X",
        7: "the number of columns of X",
        11: "the length of z",
    }
    found = recognise(-1 / 21, inputs)
    assert found is not None
    assert (found.words, found.remark) == ("-1/21", "; 21 is the number of entries of X")
    found = recognise(3.0, inputs)
    assert found is not None
    assert (found.words, found.remark) == ("3", "; 3 is the number of rows of X")


def test_values_are_names() -> None:
    """The value of f and that of an input with one element are names."""
    inputs = {"c": number(0.37), "x": draw(3)}
    for ratio, words in [
        (0.37, "c"),
        (-1 / 0.37, "-1/c"),
        (0.74, "2 c"),
        (1.9, "f"),
        (0.5 / 1.9, "1/(2 f)"),
        (0.95, "f/2"),
        (2 / 0.37, "2/c"),
        (0.37 / 2, "c/2"),
        (1 / 0.74, "1/(2 c)"),
        (0.37**0.5, "sqrt(c)"),
        (0.37**-0.5, "1/sqrt(c)"),
        (0.37**2, "c^2"),
        (0.37**-2, "1/c^2"),
        (1.9**-2, "1/f^2"),
        (math.exp(1.9), "exp(f)"),
        (math.exp(-1.9), "exp(-f)"),
    ]:
        found = recognise(ratio, inputs, value=1.9)
        assert found is not None
        assert found.words == words
    assert recognise(0.38, inputs, value=1.9) is None


def test_negative_value_keeps_its_sign() -> None:
    """A ratio equal to a negative value has its name, and minus that ratio a minus."""
    inputs = {"c": torch.tensor(-0.37, dtype=torch.float64)}
    for sign, words in [(1, "c"), (-1, "-c")]:
        found = recognise(-0.37 * sign, inputs)
        assert found is not None
        assert (found.words, found.value) == (words, -0.37 * sign)


def test_root_of_a_size_is_told() -> None:
    """A factor that is a whole number is told as the root of a size, unless it is as small as 2 or 3."""
    found = recognise(1 / 8, {"Q": draw(3, 64)})
    assert found is not None
    assert (found.words, found.remark) == (
        "1/8",
        "; 8 is the square root of 64, the number of columns of Q",
    )
    found = recognise(3.0, {"x": draw(9)})
    assert found is not None
    assert found.remark == ""
