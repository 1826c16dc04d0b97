"""A tree has names, and indices that run in a part of it."""

import pytest

from autodiff_notes.dialects.parsing import parse
from autodiff_notes.dialects.trees import names, walk


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        (r"a + \sum_{i,j=1}^n b_i", ("i", "j")),
        ("a + sum(sum(b[i, j] for i in range(n)) for j in range(m))", ("j", "i")),
    ],
)
def test_indices_run_where_their_sum_stands(text: str, bound: tuple[str, ...]) -> None:
    """Below a sum every part has its indices, from the outermost; elsewhere there is none."""
    running = {node.parts[0]: bound for node, bound in walk(parse(text)) if node.op == "name"}
    assert (running["a"], running["b"]) == ((), bound)


def test_names_of_arguments_are_no_letters() -> None:
    """A named argument says how a word is meant, and nothing in it is a letter of the formula."""
    assert names(parse("np.sum(x + x, axis=k)")) == ["x", "x"]
