"""A small network, for the tests of several modules."""

from typing import Any

import torch
from torch import Tensor


class Model(torch.nn.Module):
    """A small network with a buffer, normalisation and dropout."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.norm = torch.nn.Linear(3, 4), torch.nn.BatchNorm1d(4)
        self.drop, self.last = torch.nn.Dropout(0.5), torch.nn.Linear(4, 1)

    def forward(self, X: Tensor) -> Any:
        """Return the output."""
        return self.last(self.drop(self.norm(self.first(X)).tanh()))


def model() -> Model:
    """Return a network in float64, the same each time."""
    torch.manual_seed(0)
    return Model().double()


def loss(net: Model, X: Tensor) -> Any:
    """Return the mean square of a network."""
    return net(X).square().mean()
