"""Every word can be read, set and coded, and what its code calls exists."""

import ast
import re
import unicodedata
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.testing import assert_close

import latex_reader
import listening
from autodiff_notes import domains
from autodiff_notes.evaluation import functions
from autodiff_notes.evaluation.points import Point, precision
from autodiff_notes.notation import (
    SPECIAL,
    WORDS,
    NotationError,
    Word,
    code,
    compiled,
    helpers,
    latex,
    read,
)
from autodiff_notes.notation.reading import called_name
from autodiff_notes.notation.vocabulary import GREEK, PHRASES
from formulas import CONVERTER, KINDS
from pages import ROOT


def arguments(row: Word) -> str:
    """Return arguments of the kinds that a row of the vocabulary takes."""
    some = {"s": "ac", "v": "xy", "M": "XYA", "k": "nk", "r": "pp"}
    used = {kind: iter(letters) for kind, letters in some.items()}
    return ", ".join(next(used[kind]) for kind in row.parameters)


def called_in(template: str) -> set[str]:
    """Return the functions that a template calls by a bare name."""
    tree = ast.parse(template.format(*"abc"), mode="eval")
    return {called_name(node) for node in ast.walk(tree)} - {""}


ROWS = [row for rows in WORDS.values() for row in rows]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}: {row.signature}")
def test_every_word_can_be_set_and_coded(row: Word) -> None:
    """Each row of the vocabulary is chosen for its kinds, prints, converts and has code."""
    expression = read(f"{row.name}({arguments(row)})", KINDS)
    assert expression.kind == row.result
    assert list(expression.words.values()) == [row]
    assert CONVERTER.convert_with_local_state(latex(expression), displaystyle=True)
    compile(code(expression), "<code>", "eval")
    assert set(helpers(expression)) == called_in(row.torch)


# A point for each word: a matrix that neither is symmetric nor has a zero, unless the word asks for it.
LETTERS = {"s": "ab", "v": "xy", "M": "XYZ", "k": "nk", "r": "pq"}
SYMMETRIC = {"cholesky", "sqrtm", "logm", "eigenvalues", "eigenvectors"}
MATRIX_KINDS = {letter: kind for kind, letters in LETTERS.items() for letter in letters}
COMPLEX = {"conj", "re", "im", "abs2"}


@cache
def point(name: str) -> Point:
    """Return a point at which a word is defined."""
    generator = torch.Generator().manual_seed(5)
    values: dict[str, Any] = {"n": 3, "k": 1 if name == "basis" else 3, "p": 0.5, "q": 2.5}
    for letter in "XYZ":
        # All entries are positive, so that a Perron vector and the logarithm of each entry exist.
        X = domains.positive(3, 3, generator=generator) + 2 * torch.eye(3)
        values[letter] = X @ X.mT if name in SYMMETRIC else X
    length = 5 if name == "toeplitz" else 3
    values |= {letter: domains.positive(length, generator=generator) for letter in "xy"}
    values |= {letter: domains.positive(generator=generator) for letter in "ab"}
    if name in COMPLEX:
        values |= {
            "X": values["X"] + 1j * values["Y"],
            "x": values["x"] - 2j,
            "a": 1j + values["a"],
        }
    return Point("", values, {})


def written(row: Word) -> str:
    """Return a word with its arguments, in letters of the point."""
    used = {kind: iter(letters) for kind, letters in LETTERS.items()}
    letters = [next(used[kind]) for kind in row.parameters]
    if row.name == "basis":  # the size comes last
        letters.reverse()
    return f"{row.name}({', '.join(letters)})"


def evaluated(row: Word) -> Tensor:
    """Return the value of a word at its point."""
    with precision():
        value: Tensor = point(row.name).evaluate(compiled(read(written(row), MATRIX_KINDS)))
    return value


# What JAX has under another name than SciPy.
JAX_NN = {"sigmoid": "expit", "softmax": "softmax"}
# What they give depends entry on entry, too, but their arguments are taken as a matrix.
LINEAR = {"tril", "triu", "Phi"}

each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}: {row.signature}")


@each_row
def test_a_listener_hears_the_value_of_a_word(row: Word) -> None:
    """Who hears the voice of a word, and knows English, computes what its torch code computes."""
    expected = evaluated(row)
    letters = re.findall(r"\((.*)\)", written(row))[0].split(", ")
    with precision():
        heard = listening.value(row.voice.format(*letters), point(row.name).values, expected.shape)
    assert_close(
        torch.as_tensor(heard).reshape(expected.shape).to(expected.dtype),
        expected,
        rtol=1e-6,
        atol=1e-6,
    )


@each_row
def test_a_reader_of_latex_finds_the_value_of_a_word(row: Word) -> None:
    """Who reads a word as it is printed, and knows mathematics, computes what its code computes."""
    expected, here = evaluated(row), point(row.name).values
    with precision():
        got = latex_reader.value(latex(read(written(row), MATRIX_KINDS)), here)
    if isinstance(got, latex_reader.Identity):
        got = got.like(expected)
    got = torch.as_tensor(got).to(expected.dtype)
    assert_close(
        got.expand(expected.shape) if got.ndim == 0 else got.reshape(expected.shape),
        expected,
        rtol=1e-6,
        atol=1e-6,
    )


@pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row.result != "s" and row.result in row.parameters],
    ids=lambda row: f"{row.name}: {row.signature}",
)
def test_an_entry_depends_on_its_own_alone_where_the_row_says_so(row: Word) -> None:
    """One entry of the argument moves one entry of the result, or others, as the row has it."""
    letter = LETTERS[row.result][0]
    moved = dict(point(row.name).values)
    moved[letter] = moved[letter].clone()
    # Below the diagonal, which is the part of a symmetric matrix that torch reads.
    place = 3 if moved[letter].ndim == 2 else 1
    moved[letter].reshape(-1)[place] += 0.25 + 0.25j if row.name in COMPLEX else 0.25
    with precision():
        code_of = compiled(read(written(row), MATRIX_KINDS))
        before, after = (
            Point("", v, {}).evaluate(code_of) for v in (point(row.name).values, moved)
        )
    if before.shape == moved[letter].shape:
        changed = (before - after).abs().reshape(-1) > 1e-9
        assert row.elementwise <= (changed.nonzero().flatten().tolist() in ([], [place]))
        assert row.elementwise or row.name in LINEAR or changed.sum() > 1


@each_row
@pytest.mark.parametrize("column", ["numpy", "jax"])
def test_numpy_and_scipy_find_the_value_of_a_word(row: Word, column: str) -> None:
    """The code for NumPy has the value of torch's; that for JAX too, by the names that it shares with SciPy."""
    template = getattr(row, column)
    scipy = pytest.importorskip("scipy")
    special = pytest.importorskip("scipy.special")
    pytest.importorskip("scipy.linalg")
    names = SimpleNamespace(
        scipy=scipy,
        nn=SimpleNamespace(**{name: getattr(special, own) for name, own in JAX_NN.items()}),
    )
    letters = re.findall(r"\((.*)\)", written(row))[0].split(", ")
    values = {
        letter: value.resolve_conj().numpy() if isinstance(value, Tensor) else value
        for letter, value in point(row.name).values.items()
    }
    got = eval(
        template.format(*letters),
        {"np": np, "jnp": np, "scipy": scipy, "jax": names, **values},
    )
    expected = evaluated(row).resolve_conj().numpy()
    if row.name in {
        "eigenvectors",
        "left_singular",
        "right_singular",
    }:  # up to the sign of a column
        got, expected = np.abs(got), np.abs(expected)
    np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    "phrase", [p for p in PHRASES if p.startswith(("A", r"\lVert", r"\operatorname"))]
)
def test_a_phrase_is_heard_as_it_is_read(phrase: str) -> None:
    """What a phrase says has the value of what it shows."""
    index, here = "A_{B}" in phrase, dict(point("conj").values)
    parts = {"A": "X", "B": "b"}
    if index or "odot" in phrase or "oslash" in phrase:
        parts["B"] = "Y"
    if "rVert_{B}" in phrase:
        parts = {"A": "x", "B": "p"}
        here |= point("norm").values
    if "rVert_{F}" in phrase:
        here |= point("norm").values
    tex = re.sub(
        r"(?<![A-Za-z{])A|(?<=_\{)B|(?<= )[AB](?![A-Za-z])|(?<=odot )B",
        lambda m: parts[m[0]],
        phrase,
    )
    words = PHRASES[phrase].format(parts["A"], parts["B"])
    if index:
        tex = tex.replace("X_{Y}", "X")
        words = words.replace("X sub Y", "X")
    with precision():
        seen, heard = latex_reader.value(tex, here), listening.value(words, here)
    assert_close(
        torch.as_tensor(heard), torch.as_tensor(seen).reshape(torch.as_tensor(heard).shape)
    )


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        (r"\frac{\partial A}{\partial B}", "the derivative of f by x"),
        (r"\frac{\partial}{\partial A}", "the derivative by f of"),
        (r"\frac{\partial^{2} A}{\partial B^{2}}", "the second derivative of f by x"),
        (r"\frac{\partial^{2} A}{\partial B \partial C}", "the second derivative of f by x and y"),
        (r"\frac{\partial^{2}}{\partial A \partial B}", "the second derivative by f and x of"),
        (r"\succ 0", "positive definite"),
        (r"\succeq 0", "positive semidefinite"),
        (r"\mathbb{R}^{A \times B}", "real f by x matrices"),
        (r"\mathbb{C}^{A \times B}", "complex f by x matrices"),
    ],
)
def test_a_phrase_without_a_value_is_said_in_words(phrase: str, said: str) -> None:
    """A derivative, a relation and a set of matrices are said as a teacher says them."""
    assert PHRASES[phrase].format("f", "x", "y") == said


@pytest.mark.parametrize("name", sorted(GREEK.keys() - {"ell"}))
def test_a_greek_letter_is_that_of_its_name(name: str) -> None:
    """Each name is set as the letter that Unicode calls so."""
    mathml = CONVERTER.convert_with_local_state(GREEK[name], displaystyle=False)
    letter = unicodedata.normalize("NFKD", re.sub(r"<[^>]*>|\s", "", mathml))
    plain = unicodedata.name(letter).replace("LAMDA", "LAMBDA").split()
    assert plain[-1] == {"eps": "epsilon"}.get(name, name).upper()
    assert ("CAPITAL" in plain) == name[0].isupper()


def test_the_letters_are_all_that_latex_has() -> None:
    """No small letter is missing that LaTeX has a command for, but pi, which is a number."""
    alphabet = {unicodedata.name(chr(code)).split()[-1].lower() for code in range(0x3B1, 0x3CA)}
    small = {name for name in GREEK if name.islower()} - {"ell", "eps"}
    assert small == {name.replace("lamda", "lambda") for name in alphabet} - {"omicron", "pi"}


def test_every_word_is_used() -> None:
    """Each word is one of an entry, an exercise, a set, or a rule or law of the machine."""
    rooms = ("catalogue", "exercises", "deriving", "notation")
    texts = [
        path.read_text("utf-8")
        for room in rooms
        for path in (ROOT / "src" / "autodiff_notes" / room).glob("*.py")
        if path.stem != "vocabulary"
    ]
    assert set(WORDS) <= set(re.findall(r"\b(\w+)\(", "\n".join(texts)))


def test_every_special_word_says_how_it_is_written() -> None:
    """No word has both rows and a syntax of its own."""
    assert not SPECIAL.keys() & WORDS.keys()
    assert all(usage.startswith(f"{name}(") for name, usage in SPECIAL.items())


def test_every_function_that_a_template_calls_exists() -> None:
    """A bare name in a template is a function that torch lacks, and each of these is called."""
    called = set().union(*(called_in(row.torch) for row in ROWS))
    assert called == set(functions.__all__)


def test_no_variable_has_the_name_of_a_function_that_templates_call() -> None:
    """A formula cannot put something else in the place of a helper."""
    for name in functions.__all__:
        with pytest.raises(NotationError):
            read("a", {"a": "s", name: "s"})
