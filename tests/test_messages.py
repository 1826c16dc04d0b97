"""A type in a message has the article with which it is said."""

import numpy as np
import pytest

from autodiff_notes.messages import type_of


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        (1, "an int"),
        (np.ones(2), "an ndarray"),
        (object(), "an object"),
        (AssertionError(), "an AssertionError"),
        ((), "a tuple"),
        (None, "a NoneType"),
        (np.uint8(1), "a uint8"),
    ],
)
def test_a_type_has_its_article(thing: object, said: str) -> None:
    """That follows the sound, not the letter: of an n-dimensional array, of an unsigned number."""
    assert type_of(thing) == said
