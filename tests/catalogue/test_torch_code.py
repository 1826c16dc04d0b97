"""The code that a reader copies runs by itself, and is what was verified."""

import pytest
import torch
from torch import Tensor

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.evaluation.points import precision
from autodiff_notes.notation import NotationError, compiled
from entries import every_entry, functions, here


@every_entry
def test_code_is_what_was_verified(entry: Entry) -> None:
    """The code to be copied runs by itself and gives the function and its gradient."""
    point = here(entry, 3)
    arguments = [point.values[name] for name in entry.parameters]
    f, gradient = functions(entry)  # where new tensors are float32, as a reader's are
    value, got = torch.as_tensor(f(*arguments)), gradient(*arguments)
    got = got if isinstance(got, tuple) else (got,)
    with precision():
        torch.testing.assert_close(value, point.evaluate(compiled(entry.value)))
        for claim, found in zip(entry.claims.values(), got, strict=True):
            torch.testing.assert_close(found, point.evaluate(compiled(claim)))


def test_a_size_that_no_shape_has_is_refused() -> None:
    """Code reads a size from a shape; where none has it, the error names the entry and the size."""
    entry = Entry("wider", "Wider", ("x in vector(n + 1)",), "n * x @ x", {"x": "2 * n * x"})
    with pytest.raises(NotationError, match=r"wider: no variable has the size n$"):
        _ = entry.code


FREELY = [
    entry
    for entry in catalogue.values()
    if entry.value.kind != "v"
    and not entry.free
    and all(entry.declaration(name).domain.structure == "any" for name in entry.moving)
]


@pytest.mark.parametrize("entry", FREELY, ids=lambda entry: entry.name)
def test_check_gradient_agrees(entry: Entry) -> None:
    """A reader who copies the code into check_gradient gets the same verdict."""
    point = here(entry)
    arguments = [point.values[name] for name in entry.parameters]
    moving = [name in entry.moving for name in entry.parameters]
    with precision():
        f, gradient = functions(entry)
        if all(isinstance(x, Tensor) for x in arguments):
            inputs = [x.clone().requires_grad_(m) for x, m in zip(arguments, moving, strict=True)]
            assert check_gradient(f, gradient, *inputs)
