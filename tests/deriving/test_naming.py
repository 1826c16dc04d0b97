"""Names are found for what a derivation would say again and again."""

import pytest

from autodiff_notes.deriving import derive
from autodiff_notes.deriving.naming import candidates, letter_for
from autodiff_notes.deriving.reading import read_term
from deriving.algebra import given


def test_what_occurs_often_and_is_long_comes_first() -> None:
    """Neither the function itself, nor what is short, nor what holds a differential has a name."""
    with given() as names:
        lines = [
            read_term(t, names)
            for t in ("inv(A + S) @ d(A) @ inv(A + S)", "inv(A + S) @ x", "A @ x")
        ]
        found = candidates(lines, lines[-1])
        assert found[0] == ("inv(A + S)", "M", "inv")
        assert all("d(" not in text for text, _, _ in found)


def test_of_two_that_occur_as_often_the_longer_comes_first() -> None:
    """A name saves the more, the longer what it stands for."""
    texts = ("inv(A + S) @ {}", "sinm(A @ B @ C + S) @ {}")
    with given() as names:
        lines = [read_term(text.format(v), names) for text in texts for v in "xy"]
        assert candidates(lines, lines[0])[0][0] == "sinm(A @ B @ C + S)"


@pytest.mark.parametrize(
    ("candidate", "taken", "letter"),
    [
        (("inv(X)", "M", "inv"), (), "P"),
        (("inv(X)", "M", "inv"), ("P",), "Q"),
        (("x - y", "v", "difference"), (), "r"),
        (("x @ y", "s", ""), ("rho",), "eta"),
        (("x", "v", ""), tuple("zurghwe"), ""),
    ],
)
def test_letters_are_those_that_people_take(
    candidate: tuple[str, str, str], taken: tuple[str, ...], letter: str
) -> None:
    """An inverse is P, a residual r; a letter in use is passed over."""
    assert letter_for(candidate, taken) == letter


def test_a_name_shortens_a_long_derivation() -> None:
    """The residual of a network is named, and a short derivation has no name."""
    layer = ("W in matrix(m, n)", "constant x in vector(n)", "constant y in vector(m)")
    found = derive("norm(tanh(W @ x) - y) ** 2 + norm(tanh(W @ x)) ** 4", layer)
    assert found.where
    assert all(name in found.text.partition("\n\n")[2] for name in found.where)
    assert not derive("norm(x) ** 2", ("x in vector(n)",)).where
