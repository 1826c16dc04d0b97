"""Random functions, each with a gradient that is propagated by hand, and random wrong claims.

A function is a chain of steps. Beside the numbers runs their Jacobian, row by row, by rules that
are written here and share nothing with autograd: it is a claim, with a rounding of its own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

Rule = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]


def elementwise(f: Callable[[Tensor], Tensor], slope: Callable[[Tensor], Tensor]) -> Rule:
    """Return the rule of a function of each entry."""
    return lambda x, J: (f(x), slope(x)[:, None] * J)


STEPS: dict[str, Rule] = {
    "sin": elementwise(torch.sin, torch.cos),
    "tanh": elementwise(torch.tanh, lambda x: 1 / x.cosh() ** 2),
    "sigmoid": elementwise(torch.sigmoid, lambda x: x.sigmoid() * (-x).sigmoid()),
    # Torch's own softplus is the identity beyond 20, of which the sigmoid is not the derivative.
    "softplus": elementwise(lambda x: torch.logaddexp(x, torch.zeros_like(x)), torch.sigmoid),
    "exp": elementwise(lambda x: x.clamp(max=20).exp(), lambda x: x.exp() * (x < 20)),
    "square": elementwise(torch.square, lambda x: 2 * x),
    "root": elementwise(lambda x: (1 + x * x).sqrt(), lambda x: x / (1 + x * x).sqrt()),
    "quotient": elementwise(lambda x: 1 / (1 + x * x), lambda x: -2 * x / (1 + x * x) ** 2),
    "softmax": lambda x, J: (
        x.softmax(0),
        x.softmax(0)[:, None] * (J - (x.softmax(0)[:, None] * J).sum(0)),
    ),
    "centre": lambda x, J: (x - x.mean(), J - J.mean(0)),
    "norm": lambda x, J: (
        x / (1 + x @ x).sqrt(),
        J / (1 + x @ x).sqrt() - x[:, None] * (x @ J) / (1 + x @ x) ** 1.5,
    ),
    "cumulative": lambda x, J: (x.cumsum(0), J.cumsum(0)),
    "neighbours": lambda x, J: (x * x.roll(1), J * x.roll(1)[:, None] + x[:, None] * J.roll(1, 0)),
}


@dataclass(frozen=True)
class RandomFunction:
    """A chain of steps, its point and its claims.

    Attributes
    ----------
    steps : list of str
        Their names.
    x : torch.Tensor
        The point.
    weights : torch.Tensor
        What the last vector is multiplied by.
    scale : float
        What the value is multiplied by.
    """

    steps: list[str]
    x: Tensor
    weights: Tensor
    scale: float

    def __call__(self, x: Tensor) -> Tensor:
        """Return the value."""
        return self.scale * (self.weights * self._run(x / self.unit)[0]).sum()

    @property
    def unit(self) -> float:
        """The unit in which x is measured."""
        return 10.0 ** round(self.x.abs().max().log10().item())

    def gradient(self, x: Tensor) -> Tensor:
        """Return the gradient by hand."""
        return self.scale * (self.weights @ self._run(x / self.unit)[1]) / self.unit

    def _run(self, x: Tensor) -> tuple[Tensor, Tensor]:
        J = torch.eye(len(x), dtype=x.dtype)
        for name in self.steps:
            x, J = STEPS[name](x, J)
        return x, J

    def wrong(self, generator: torch.Generator) -> Iterator[tuple[str, Callable[[Tensor], Tensor]]]:
        """Yield wrong claims, each off by a twentieth in one entry at least that is not tiny."""
        sizes = self.gradient(self.x).abs()
        large = (sizes > 1e-3 * sizes.max()).nonzero().flatten()
        k = int(large[torch.randint(len(large), (), generator=generator)])
        factor = [-1.0, 0.0, 0.95, 1.05, 2.0, 1e3][int(torch.randint(6, (), generator=generator))]
        mask = torch.ones_like(self.x)
        mask[k] = factor
        yield f"entry {k} times {factor}", lambda x: mask * self.gradient(x)
        little = 1.001 if self.x.dtype == torch.float64 else 1.01
        yield f"times {little}", lambda x: little * self.gradient(x)
        if len(self.x) > 1 and sizes.min() < 0.9 * sizes.max():
            yield "turned", lambda x: self.gradient(x).roll(1)


def random_function(seed: int) -> RandomFunction | None:
    """Return a random function, or None where it is not finite or its gradient is zero."""
    generator = torch.Generator().manual_seed(seed)

    def pick(n: int) -> int:
        return int(torch.randint(n, (), generator=generator))

    n = 1 + pick(6)
    names = list(STEPS)
    steps = [names[pick(len(names))] for _ in range(1 + pick(5))]
    dtype = (torch.float64, torch.float32)[pick(4) == 0]
    reach = 12 if dtype == torch.float64 else 6
    unit, scale = (10.0 ** (pick(2 * reach + 1) - reach) for _ in range(2))
    x = (unit * torch.randn(n, generator=generator, dtype=torch.float64)).to(dtype)
    weights = torch.randn(n, generator=generator, dtype=torch.float64).to(dtype)
    made = RandomFunction(steps, x, weights, scale)
    gradient = made.gradient(x)
    usable = made(x).isfinite() and gradient.isfinite().all() and gradient.abs().max() > 1e-30
    return made if usable else None
