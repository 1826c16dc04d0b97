"""What is said of a formula that cannot be read."""

from collections.abc import Callable

import pytest

from autodiff_notes.notation import NotationError


def refusal(read: Callable[[str], object], text: str) -> tuple[int, str]:
    """Return the column and the problem that reading a text ends in."""
    with pytest.raises(NotationError) as error:
        read(text)
    return error.value.column, error.value.problem
