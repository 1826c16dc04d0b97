"""A call of others becomes one of the notation, if it has the arguments that it takes."""

import pytest

from autodiff_notes.dialects import understand
from autodiff_notes.dialects.parsing import parse
from refusals import refusal


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("log1p(x)", "(call log (add 1 x))"),
        ("max(x, 0)", "(call relu x)"),
        ("np.max(x, 0)", "(call max x 0)"),
    ],
)
def test_calls(text: str, tree: str) -> None:
    """A word of others has its meaning, with the arguments in their places."""
    assert str(parse(text)) == tree


@pytest.mark.parametrize(
    "text",
    [
        "np.exp(x)", "numpy.exp(x)", "jnp.exp(x)", "jax.numpy.exp(x)", "torch.exp(x)", "scipy.linalg.special.exp(x)", "math.exp(x)",
        "sp.exp(x)", "sympy.exp(x)", "torch.nn.functional.exp(x)", "F.exp(x)", "scipy.stats.exp(x)",
    ],
)  # fmt: skip
def test_a_module_says_where_a_word_comes_from(text: str) -> None:
    """What stands before a word and a dot is no letter."""
    assert str(parse(text)) == "(call exp x)"


@pytest.mark.parametrize(
    ("text", "column", "problem"),
    [
        ("np.dot(x, y, z)", 4, "dot takes 2 arguments here"),
        ("np.square()", 4, "square takes 1 argument"),
        ("x.dot()", 3, "dot takes 2 arguments"),
        ("np.square(x, 2)", 4, "square takes 1 argument here"),
        ("A.t(x)", 3, "t takes 1 argument here"),
        ("np.square(x, y)", 4, "square takes 1 argument here"),
    ],
)
def test_arguments_that_are_too_few_or_too_many(text: str, column: int, problem: str) -> None:
    """A word with other arguments than it takes is refused at its name."""
    assert refusal(parse, text) == (column, problem)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("max(x, 0)", "relu(x)"),
        ("maximum(0, x)", "relu(x)"),
        ("max(0, 0)", "relu(0)"),
        ("max(x, y)", "maximum(x, y)"),
        ("maximum(x, y)", "maximum(x, y)"),
        (r"\max(x, y)", "maximum(x, y)"),
        (r"\min(x, y)", "minimum(x, y)"),
        ("min(0, y)", "minimum(0, y)"),
        ("np.minimum(x, y)", "minimum(x, y)"),
    ],
)
def test_a_maximum_of_two_is_a_word(text: str, meant: str) -> None:
    """With zero, wherever it stands, a maximum is the positive part; of two letters it is the larger."""
    assert understand(text, "x, y in scalar").function == meant
