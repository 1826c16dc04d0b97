"""What is refused, with what words."""

from typing import Any

import pytest

from autodiff_notes.checking.gradient import check_gradient


def raises(kind: type[Exception], message: str, f: Any, claimed: Any, *inputs: Any) -> None:
    """Demand an error of this kind with this message."""
    with pytest.raises(kind, match=message):
        check_gradient(f, claimed, *inputs)
