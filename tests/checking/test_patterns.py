"""Each pattern is what its words say."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.evidence import Evidence
from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.patterns import PATTERNS, constant, itself, negative, terms
from support import draw

G = draw(3, 3).detach()
Z = torch.complex(G, draw(3, 3, seed=1).detach())


def guesses(name: str, gradient: Tensor = G, claim: Tensor = G, **known: Tensor) -> list[Tensor]:
    """Return what a pattern yields for a gradient by X, beside other inputs."""
    (pattern,) = [p for p in PATTERNS if p.name == name]
    evidence = Evidence(
        "X", claim, gradient, inputs={"X": draw(3, 3, seed=2), **known}, gradients=known
    )
    return [guess for _, guess in pattern.guesses(evidence)]


def test_patterns_of_a_matrix() -> None:
    """A transpose is a transpose, and so on, entry by entry."""
    diagonal = torch.diag(G.diagonal())
    expected = {
        "transpose": [G.T],
        "symmetric part": [(G + G.T) / 2],
        "free entries": [G + G.T - diagonal],
        "logarithm": [draw(3, 3, seed=2) * G],
        "order": [G[[2, 1, 0]], G[:, [2, 1, 0]]],
        "conjugate": [],
        "adjoint": [],
        "factor i": [],
        "layout": [],
    }
    for name, right in expected.items():
        found = guesses(name)
        assert len(found) == len(right), name
        assert all(torch.allclose(a, b) for a, b in zip(found, right, strict=True)), name


def test_free_entries_of_a_stack() -> None:
    """Of a stack of matrices each has its own diagonal, at two and at four indices."""
    stack = draw(2, 4, 3, 3).detach()
    (found,) = guesses("free entries", stack, stack)
    for one, of_one in zip(stack.flatten(0, 1), found.flatten(0, 1), strict=True):
        assert torch.allclose(of_one, one + one.T - torch.diag(one.diagonal()))


def test_patterns_of_complex_numbers() -> None:
    """A conjugate, an adjoint and a factor i exist for complex gradients alone."""
    assert torch.equal(guesses("conjugate", Z)[0], Z.conj())
    assert torch.equal(guesses("adjoint", Z)[0], Z.conj().T)
    assert [
        torch.allclose(g, k * z)
        for g, (k, z) in zip(
            guesses("factor i", Z),
            [(1j, Z), (1j, Z.conj()), (-1j, Z), (-1j, Z.conj())],
            strict=True,
        )
    ] == [True] * 4


def test_patterns_of_another_shape() -> None:
    """A claim of another shape may be a layout, a reshaping or stacked columns."""
    tall = G[:, :2]
    assert torch.equal(guesses("layout", tall, tall.T)[0], tall.T)
    assert torch.equal(guesses("shape", tall, torch.ones(6))[0], tall.reshape(6))
    assert torch.equal(guesses("stacked columns", tall, torch.ones(6))[0], tall.T.reshape(6))
    assert guesses("shape", tall, tall) == []


def cubes(X: Tensor) -> Tensor:
    """Return the sum of cubes."""
    return (X**3).sum()


def squares(X: Tensor) -> Tensor:
    """Return its gradient."""
    return 3 * X**2


SENTENCES: list[tuple[Callable[[Tensor], Tensor], str]] = [
    (lambda X: squares(X).T, "the transpose of the right one"),
    (lambda X: (squares(X) + squares(X).T) / 2, "the symmetric part of the right one, (G + G.T) / 2"),
    (
        lambda X: squares(X) + squares(X).T - torch.diag(squares(X).diagonal()),
        "G + G.T - G * I, where G is the right one: it takes an entry and its mirror image for one variable, and torch takes them for two",
    ),
    (lambda X: squares(X).T.reshape(-1), "the right one, column after column, in the shape (9,)"),
    (lambda X: squares(X).reshape(-1), "the right one, but in the shape (9,)"),
    (
        lambda X: X * squares(X),
        "the derivative by log(X), which is X times the right one, entry by entry",
    ),
    (lambda X: squares(X).flip(1), "the right one in reversed order along dimension 1"),
    (lambda X: -squares(X).T, "-1 times the transpose of the right one"),
]  # fmt: skip


@pytest.mark.parametrize(("claimed", "words"), SENTENCES)
def test_a_pattern_has_its_sentence(claimed: Callable[[Tensor], Tensor], words: str) -> None:
    """What a reader is told is a whole sentence, which names the input and ends there."""
    (found,) = check_gradient(cubes, claimed, draw(3, 3)).diagnoses
    assert found.sentence == f"The claimed gradient for X is {words}."


def test_sentences_of_two_inputs() -> None:
    """Gradients that were exchanged are told at both, and a layout names what it should be like."""
    X, Y = draw(2, 3), draw(2, 3, seed=5)
    exchanged = check_gradient(
        lambda X, Y: (X**2 * Y).sum(), lambda X, Y: (X**2, 2 * X * Y), X, Y
    ).diagnoses
    assert [d.sentence for d in exchanged] == [
        "The claimed gradient for X is the right one for Y.",
        "The claimed gradient for Y is the right one for X.",
    ]
    (found,) = check_gradient(cubes, lambda X: squares(X).T, X).diagnoses
    assert found.sentence == (
        "The claimed gradient for X is the right one in numerator layout: transpose it, so that it "
        "has the shape of X."
    )


def test_gradient_of_another_input() -> None:
    """Gradients that were exchanged are those of the other inputs."""
    other = draw(3, 3, seed=3).detach()
    assert torch.equal(guesses("exchange", Y=other)[0], other)


def test_terms_and_multiples() -> None:
    """A term may be an input, its transpose or the identity; a claim may be the gradient itself."""
    A, X = draw(3, 2, seed=3).detach(), draw(3, 3, seed=2)
    evidence = Evidence("X", G, G, inputs={"X": X, "A": A})
    found = dict(terms(evidence))
    assert list(found) == ["X", "X.T", "I"]
    assert torch.equal(found["I"], torch.eye(3, dtype=torch.float64))
    assert torch.equal(next(itself(evidence))[1], G)
    assert torch.equal(next(negative(evidence))[1], -G)
    assert torch.equal(next(constant(evidence))[1], torch.ones(3, 3, dtype=torch.float64))


def test_terms_of_other_shapes_and_types() -> None:
    """A single number fits any single entry; others need the shape; a complex term needs a complex gradient."""

    def names(gradient: Tensor, **inputs: Tensor) -> list[str]:
        return list(dict(terms(Evidence("X", gradient, gradient, inputs=inputs))))

    one, two = torch.ones(1, dtype=torch.float64), torch.ones(2, dtype=torch.float64)
    assert names(one[0], a=one, b=one[None], c=two) == ["a", "b"]
    assert names(two, a=one, b=two[None], c=two[:, None], d=two) == ["d"]
    assert names(two[None], a=two[None], b=two[:, None]) == ["a", "b.T"]
    assert names(two, z=1j * two) == []
    assert names(1j * two, z=1j * two, x=two) == ["z", "x"]
    assert names(two, z=1j * two, x=two) == ["x"]
    assert dict(terms(Evidence("X", 1j * two, 1j * two, inputs={"x": two})))["x"].is_complex()
    assert dict(terms(Evidence("X", two, two, inputs={"x": two.float()})))["x"].dtype == two.dtype
    assert names(G[:, :2], A=G[:2], B=G) == ["A.T"]
    stack = G[:2, :2].expand(3, 2, 2)
    (identity,) = (x for name, x in terms(Evidence("X", stack, stack)) if name == "I")
    assert torch.equal(identity, torch.eye(2, dtype=torch.float64).expand(3, 2, 2))


def test_names_of_guesses() -> None:
    """A guess has a name where the sentence needs one."""

    def names(name: str, gradient: Tensor, claim: Tensor, **known: Tensor) -> list[str]:
        (pattern,) = [p for p in PATTERNS if p.name == name]
        evidence = Evidence("X", claim, gradient, inputs=known, gradients=known)
        return [label for label, _ in pattern.guesses(evidence)]

    v = G[0]
    assert names("order", v, v) == [""]
    assert names("order", G, G) == [" along dimension 0", " along dimension 1"]
    assert names("order", G[:2], G[:2]) == [" along dimension 1"]
    assert names("exchange", G, G, X=G, Y=G, c=v) == ["Y", "c"]
    assert names("shape", v, v[None]) == ["(1, 3)"]
    assert names("stacked columns", G[:2], torch.ones(6)) == ["(6,)"]
    assert names("stacked columns", v, v[None]) == []
    assert names("stacked columns", G[:2], torch.ones(5)) == []
    assert names("shape", G[:2], torch.ones(5)) == []
    assert names("layout", v, v[None]) == []
    assert names("logarithm", v, v) == []
    assert names("logarithm", v, v, X=v) == [""]
    assert names("logarithm", v, v, X=G) == []
    assert names("logarithm", v * 1j, v, X=v * 1j) == []
    assert names("factor i", Z, Z) == [
        "i times the right one",
        "i times the conjugate of the right one",
        "-i times the right one",
        "-i times the conjugate of the right one",
    ]
