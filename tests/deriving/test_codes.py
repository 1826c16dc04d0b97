"""NumPy and JAX code has the values of the formulas, in words that every row has."""

import re

import numpy as np
import pytest

from autodiff_notes import catalogue
from autodiff_notes.deriving import NotSupported, derive
from autodiff_notes.deriving.codes import code
from autodiff_notes.evaluation.points import points, precision
from autodiff_notes.notation import WORDS, compiled, read


@pytest.mark.parametrize(
    "name",
    [
        n
        for n in catalogue
        if catalogue[n].group in {"vectors", "inverses", "determinants", "complex"}
    ],
)
def test_numpy_code_has_the_values_of_the_formulas(name: str) -> None:
    """The code of the function and of its gradients, run by NumPy, says what torch says."""
    entry = catalogue[name]
    found = derive(entry.function, entry.variables, where=entry.where)
    if "scipy" in found.numpy:
        pytest.importorskip("scipy")
    names: dict[str, object] = {}
    exec(found.numpy, names)  # noqa: S102 - it is what a reader copies and runs
    with precision():
        point = next(iter(points(entry.declarations, 1, 1)))
        expected = [point.evaluate(compiled(e)) for e in (entry.value, *entry.claims.values())]
    values = [point.values[n] for n in entry.parameters]
    arguments = [v.resolve_conj().numpy() if hasattr(v, "numpy") else v for v in values]
    f, gradient = names["f"](*arguments), names["gradient"](*arguments)  # type: ignore[operator]
    results = [f, *(gradient if isinstance(gradient, tuple) else (gradient,))]
    for result, value in zip(results, expected, strict=True):
        np.testing.assert_allclose(result, value.resolve_conj().numpy(), atol=1e-9)


@pytest.mark.parametrize(
    ("text", "numpy", "jax"),
    [
        ("inv(X).mT", "np.linalg.inv(X).mT", "jnp.linalg.inv(X).mT"),
        ("sigmoid(x)", "scipy.special.expit(x)", "jax.nn.sigmoid(x)"),
        ("pi * x", "np.pi * x", "jnp.pi * x"),
        ("X.mH", "X.mT.conj()", "X.mT.conj()"),
        ("norm(x, 3)", "np.linalg.norm(x, 3)", "jnp.linalg.norm(x, 3)"),
        (
            "sum(x[i] for i in range(n))",
            "sum((x[i] for i in range(n)))",
            "sum((x[i] for i in range(n)))",
        ),
        (
            "prod(x[i] for i in range(n))",
            "np.prod(np.array([x[i] for i in range(n)]))",
            "jnp.prod(jnp.array([x[i] for i in range(n)]))",
        ),
    ],
)
def test_an_expression_in_the_words_of_an_engine(text: str, numpy: str, jax: str) -> None:
    """Both engines have the same code but for the words that only one of them has."""
    expression = read(text, {"X": "M", "x": "v", "n": "k"})
    assert (code("numpy", expression), code("jax", expression)) == (numpy, jax)


MODULE = """import numpy as np


def f(A, x, b):
    n = A.shape[1]
    return np.linalg.norm(A @ x - b) ** 2 + n * np.sum(x)


def gradient(A, x, b):
    n = A.shape[1]
    return 2 * np.outer(A @ x - b, x), 2 * A.mT @ (A @ x - b) + n * np.ones(n)
"""


def test_a_module_can_be_copied() -> None:
    """Imports come first, sizes are read where they are used, and several gradients are a tuple."""
    found = derive(
        "norm(A @ x - b) ** 2 + n * sum(x)",
        ("A in matrix(m, n)", "x in vector(n)", "constant b in vector(m)"),
    )
    assert found.numpy == MODULE
    assert found.jax == MODULE.replace("numpy as np", "jax.numpy as jnp").replace("np.", "jnp.")
    rows = derive("sum(sigmoid(x))", ("x in vector(n)",))
    assert rows.numpy.startswith("import numpy as np\nimport scipy\n\n\ndef f(x):\n")
    assert rows.jax.startswith("import jax.numpy as jnp\nimport jax\n\n\ndef f(x):\n")


def test_names_are_computed_before_they_are_used() -> None:
    """A name stands in the functions that need it, above what is made of it, and in no other."""
    found = derive(
        "logdet(Q) + tr(C)",
        ("X in tall(m, n)", "constant C in square(n)"),
        where={"P": "X.mT @ X", "Q": "P + I(n)"},
    )
    _, f, gradient = found.numpy.split("\n\n\n")
    assert f == (
        "def f(X, C):\n    n = X.shape[1]\n    P = X.mT @ X\n    Q = P + np.eye(n)\n"
        "    return np.linalg.slogdet(Q)[1] + np.trace(C)"
    )
    assert gradient.startswith(
        "def gradient(X, C):\n    n = X.shape[1]\n    P = X.mT @ X\n    Q = P"
    )
    squared = derive(
        "t ** 2 + logdet(P)", ("t in scalar()", "constant X in spd(n)"), where={"P": "2 * X"}
    )
    assert "P" not in squared.numpy.partition("def gradient")[2]


def test_every_word_has_both_columns() -> None:
    """No row names a module of the other engine, and each has a place for every argument."""
    for row in (row for rows in WORDS.values() for row in rows):
        assert not re.search(r"\b(jnp|jax)\.", row.numpy)
        assert not re.search(r"\b(np|scipy)\.", row.jax.replace("jax.scipy.", ""))
        places = {f"{{{i}}}" for i in range(len(row.parameters))}
        assert all(place in row.numpy and place in row.jax for place in places), row


def test_a_size_without_a_variable_is_refused() -> None:
    """Code reads a size from a shape, and says so where no variable has it."""
    found = derive("n * t ** 2 + x @ x", ("t in scalar()", "x in vector(n + 1)"))
    with pytest.raises(NotSupported, match="no variable has the size n"):
        found.numpy  # noqa: B018
