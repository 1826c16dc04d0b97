"""Ratios are called by the simplest name, and others by none."""

import math
import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from autodiff_notes.checking.evidence import NUMBERS, Evidence, Factor, recognise, recognised, sizes
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
    assert sizes({"T": draw(3, 4, 5)}) == {60: "the number of entries of T"}
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
    forms = ["f", "1/f", "2/f", "f/2", "sqrt(f)", "1/sqrt(f)", "exp(f)", "exp(-f)"]
    for words in forms:
        ratio = eval(words, {"f": 1.9, "sqrt": math.sqrt, "exp": math.exp})
        assert recognise(ratio, inputs, value=1.9) == Factor(words, ratio, ", and f = 1.9 here")
    for words, ratio in [("2 f", 3.8), ("1/(2 f)", 1 / 3.8), ("f^2", 3.61), ("1/f^2", 1 / 3.61)]:
        found = recognise(ratio, inputs, value=1.9)
        assert found is not None
        assert (found.words, found.remark) == (words, ", and f = 1.9 here")


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


def test_what_a_mean_makes_of_a_size_is_a_name() -> None:
    """A size, its root, twice and half of it, and what a sample variance makes of it, are names."""
    inputs = {"x": draw(23)}
    scope = {"sqrt": math.sqrt}
    roots = ["sqrt(23)", "1/sqrt(23)"]
    for words in [*roots, "23", "1/23", "2/23", "23/2", "23/22", "22/23", "1/22", "22"]:
        found = recognise(-eval(words, scope), inputs)
        assert found == Factor(f"-{words}", -eval(words, scope), "; 23 is the length of x")
    assert recognise(21.0, inputs) is None
    assert recognise(23.0, {"c": number(23.0)}) == Factor("c", 23.0)


def test_whole_numbers_are_told_with_the_size_they_are() -> None:
    """A number that has a name already is told with the size or the root of one that equals it."""
    X = {"X": draw(4, 25)}
    for ratio, words, remark in [
        (4.0, "4", "; 4 is the number of rows of X"),
        (1 / 4, "1/4", "; 4 is the number of rows of X"),
        (5.0, "5", "; 5 is the square root of 25, the number of columns of X"),
        (1 / 5, "1/5", "; 5 is the square root of 25, the number of columns of X"),
        (10.0, "10", "; 10 is the square root of 100, the number of entries of X"),
        (2.0, "2", ""),  # of 4 nobody takes the root
        (3.0, "3", ""),
        (180 / math.pi, "180/pi", ", from radians to degrees"),
    ]:
        assert recognise(ratio, X) == Factor(words, ratio, remark)
    assert recognise(4.0, {"x": draw(16)}) == Factor(
        "4", 4.0, "; 4 is the square root of 16, the length of x"
    )


def test_a_number_within_the_tolerance_has_a_name() -> None:
    """A ratio may be off by a millionth of itself, or by what the caller allows."""
    assert recognise(2 * (1 + 9e-7)) is not None
    assert recognise(2 * (1 + 2e-6)) is None
    assert recognise(2 * (1 + 2e-6), tolerance=1e-5) is not None


def test_values_that_have_no_name() -> None:
    """Zero, a complex number and several entries are no names, and nobody takes a root of a negative one."""
    assert recognise(0.37, {"x": draw(2), "c": number(0.0)}, value=0.0) is None
    assert recognise(0.37, {"c": torch.tensor(0.37 + 1j)}) is None
    assert recognise(0.37, {"c": torch.tensor(0.37 + 0j)}) is None
    assert recognise(0.37**0.5, value=-0.37) is None
    assert recognise(math.exp(50.5), value=50.5) is None  # a function that large is no logarithm
    assert recognise(math.exp(0.37), {"c": number(0.37)}) is None
    found = recognise(math.exp(-49.5), value=49.5)
    assert found == Factor("exp(-f)", math.exp(-49.5), ", and f = 49.5 here")


def test_names_are_yielded_from_the_simplest_on() -> None:
    """Numbers come before sizes and sizes before values, each with the ratio's own sign."""
    inputs = {"x": draw(4), "c": number(-4.0)}
    found = list(recognised(-4.0, inputs, 2.0, 1e-6))
    assert [factor.words for factor in found] == ["-4", "-4", "c", "-2 f", "-f^2"]
    assert {factor.value for factor in found} == {-4.0}


G = torch.tensor([1.0, -2.0, 3.0, 0.5], dtype=torch.float64)


@pytest.mark.parametrize(
    ("claim", "guess", "fitted", "dtype", "told"),
    [
        (2 * G, 2 * G, 0, torch.float64, True),
        (2 * G, 2 * G[:2], 0, torch.float64, False),
        (2 * G, 2 * G.reshape(2, 2), 0, torch.float64, False),
        # A millionth of the error may be left, or a tenth of a thousandth of it in float32.
        (2 * G, 2 * G + 2e-6, 0, torch.float64, True),
        (2 * G, 2 * G + 4e-6, 0, torch.float64, False),
        (2 * G, 2 * G + 2e-4, 0, torch.float32, True),
        (2 * G, 2 * G + 4e-4, 0, torch.float32, False),
        # One entry of several is no evidence, nor are small ones beside a large one.
        (G + torch.tensor([1.0, 0, 0, 0]), G + torch.tensor([1.0, 0, 0, 0]), 0, torch.float64, False),
        (G + torch.tensor([1.0, 0.011, 0, 0]), G + torch.tensor([1.0, 0.011, 0, 0]), 0, torch.float64, True),
        (G + torch.tensor([1.0, 0.009, 0, 0]), G + torch.tensor([1.0, 0.009, 0, 0]), 0, torch.float64, False),
        # A number that was fitted takes an entry more.
        (G + torch.tensor([1.0, 1, 0, 0]), G + torch.tensor([1.0, 1, 0, 0]), 1, torch.float64, False),
        (G + torch.tensor([1.0, 1, 1, 0]), G + torch.tensor([1.0, 1, 1, 0]), 1, torch.float64, True),
    ],
)  # fmt: skip
def test_what_is_believed(
    claim: torch.Tensor, guess: torch.Tensor, fitted: int, dtype: torch.dtype, told: bool
) -> None:
    """A guess explains a claim if it leaves next to nothing of an error in several entries."""
    assert Evidence("x", claim, G, dtype=dtype).is_explained_by(guess, fitted) is told


def test_a_single_entry_is_believed_to_its_last_digits() -> None:
    """With one entry a guess has to be right to nine digits, in float32 to the last."""
    one = torch.ones(1, dtype=torch.float64)
    evidence = Evidence("x", 3 * one, one)
    assert evidence.is_explained_by(3 * one + 1e-9)
    assert not evidence.is_explained_by(3 * one + 3e-9)
    assert not evidence.is_explained_by(3 * one, fitted=1)
    coarse = Evidence("x", 3 * one, one, dtype=torch.float32)
    assert coarse.is_explained_by(3 * one)
    assert not coarse.is_explained_by(3 * one + 1e-12)


def words(factors: Iterator[Factor]) -> list[str]:
    """Return the names of factors."""
    return [factor.words for factor in factors]


def test_factors_of_a_claim_and_of_its_error() -> None:
    """A factor is told by its names and at last by its digits, of the claim or of what is wrong with it."""
    c = {"c": number(0.7), "x": draw(4)}
    claim = Evidence("x", 0.7 * G, G)
    assert words(claim.factors(G, c, of_error=False)) == ["c", "0.7"]
    assert words(claim.factors(G, c, 1.4, of_error=False)) == ["c", "f/2", "0.7"]
    assert words(claim.factors(G, {}, of_error=False)) == ["0.7"]
    assert words(Evidence("x", G + 0.7, G).factors(torch.ones_like(G), c, of_error=True)) == [
        "c",
        "0.7",
    ]
    # Unless it is told, the value of f is no name.
    assert words(Evidence("x", G + math.e, G).factors(torch.ones_like(G), {}, of_error=True)) == [
        "2.71828"
    ]
    # Numbers that were claimed may equal a value by accident.
    fixed = Evidence("x", math.e * G, G, function=False)
    assert words(fixed.factors(G, c, 2.0, of_error=False)) == ["2.71828"]
    fixed = Evidence("x", 0.7 * G, G, function=False)
    assert words(fixed.factors(G, c, 1.4, of_error=False)) == ["0.7"]
    assert words(Evidence("x", 4 * G, G, function=False).factors(G, c, of_error=False)) == ["4", "4", "4"]  # fmt: skip
    # Of nothing, of another shape and of another direction there is no multiple.
    assert words(claim.factors(0 * G, c, of_error=False)) == []
    assert words(claim.factors(G[:2], c, of_error=False)) == []
    assert words(claim.factors(G.flip(0), c, of_error=False)) == []
    assert words(Evidence("x", 0 * G, G).factors(G, c, of_error=False)) == []
