"""Sizes are joined where they must be equal, and named at the end."""

import pytest

from autodiff_notes.dialects.sizes import Sizes
from autodiff_notes.notation import NotationError


def test_equal_sizes_share_a_name() -> None:
    """A chain of equalities has the name of any of its members."""
    sizes = Sizes()
    a, b, c = sizes.new(), sizes.new(), sizes.named("p")
    sizes.equate(a, b, 1)
    sizes.equate(b, c, 1)
    assert sizes.text(a) == "p"
    assert sizes.named("p") == sizes.root(a)


def test_two_names_do_not_fit() -> None:
    """Sizes of different names are refused where they meet."""
    sizes = Sizes()
    with pytest.raises(NotationError, match="sizes n and m do not fit") as error:
        sizes.equate(sizes.named("n"), sizes.named("m"), 3)
    assert (error.value.line, error.value.column) == (1, 3)


def test_names_for_the_others() -> None:
    """Rows are m and columns n where these are free, and no letter is taken twice."""
    sizes = Sizes()
    A, x = (sizes.new(), sizes.new()), (sizes.new(),)
    sizes.name_all([A, x], [])
    assert [sizes.text(size) for size in (*A, *x)] == ["m", "n", "p"]
    sizes = Sizes()
    sizes.name_all([(sizes.new(),)], ["n"])
    assert sizes.text(0) == "m"
    sizes = Sizes()
    new = [sizes.new() for _ in range(10)]
    sizes.name_all([tuple(new)], ["q"])
    assert [sizes.text(size) for size in new] == [*"nmprlst", "n_7", "n_8", "n_9"]
