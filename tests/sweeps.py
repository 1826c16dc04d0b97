"""Formulas at points, whose sweeps the tests look at."""

import pytest

EXAMPLES = [
    ("x*log(x) + sin(x*y)", "x = 1, y = 2"),
    ("s = x + y; inner(s, s)", "x = [1, 2, 3], y = [0.5, -1, 2]"),
    ("logdet(X)", "X = [[2, 1, 0], [0, 3, -1], [1, 0, 1]]"),
    ("x*x", "x = 3"),
    ("x", "x = 3"),
    ("pi/2*x + 2", "x = 3"),
]
example = pytest.mark.parametrize(("formula", "point"), EXAMPLES)
