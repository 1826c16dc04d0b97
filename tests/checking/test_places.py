"""Entries have names, and the pattern that wrong entries make is found."""

import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.places import pattern, place

FULL = torch.ones(4, 4, dtype=torch.bool)


def only(*shape: int, at: object) -> Tensor:
    """Return a mask that is true at an index."""
    mask = torch.zeros(shape, dtype=torch.bool)
    mask[at] = True  # type: ignore[index]
    return mask


@pytest.mark.parametrize(
    ("shape", "k", "name"), [((), 0, "x"), ((3,), 2, "x[2]"), ((2, 3, 4), 17, "x[1, 1, 1]")]
)
def test_place(shape: tuple[int, ...], k: int, name: str) -> None:
    """An entry is named by its index, as torch reads it, and a number has none."""
    assert place("x", shape, k) == name
    x = torch.arange(torch.Size(shape).numel()).reshape(shape)
    assert eval(name, {"x": x}) == k


@pytest.mark.parametrize(
    ("mask", "words"),
    [
        (FULL, "every entry"),
        (FULL.tril().triu(), "the diagonal"),
        (~FULL.tril().triu(), "every entry off the diagonal"),
        (FULL.triu(1), "the strictly upper triangle"),
        (FULL.tril(-1), "the strictly lower triangle"),
        (FULL.triu(), "the upper triangle"),
        (FULL.tril(), "the lower triangle"),
        (only(3, 4, at=1), "row 1"),
        (only(3, 4, at=(slice(None), 2)), "column 2"),
        (only(3, 4, at=slice(2)), "the first 2 rows"),
        (only(2, 3, 4, at=1), "slice 1"),
        (only(2, 3, 4, at=(slice(None), 2)), "index of dimension 1, 2"),
        (only(5, at=slice(3, 5)), "the last 2 entries"),
        (torch.eye(2).bool(), "the diagonal"),
        (FULL.triu(1).expand(2, 4, 4), "the strictly upper triangle"),
        (only(3, 4, at=(slice(None), slice(2, 4))), "the last 2 columns"),
        (only(4, 2, 3, at=slice(2)), "the first 2 slices"),
        (only(4, 3, 3, at=(slice(None), slice(2))), "the first 2 indices of dimension 1"),
        (only(4, 3, at=slice(1, 3)), ""),
        (only(3, 3, 2, at=(0, 1, 1)), ""),
        (only(3, 4, at=(1, 2)), ""),
        (only(5, at=[0, 2]), ""),
        (torch.ones(1, dtype=torch.bool), ""),
    ],
)
def test_pattern(mask: Tensor, words: str) -> None:
    """Each pattern is told by its words, and entries that make none are told by none."""
    assert pattern(mask) == words
