"""PyTorch, as its users write it: tensors that require a gradient, and a backward sweep."""

import torch

TITLE = "PyTorch"
DISTRIBUTION = "torch"
REQUIRES = ("torch==2.13.0", "numpy==2.4.6")
HOMEPAGE = "https://docs.pytorch.org/docs/stable/"

torch.set_default_dtype(torch.float64)


def grad(f, *point):
    """Return the gradients of the sum of f."""
    xs = [torch.tensor(x, requires_grad=True) for x in point]
    f(*xs).sum().backward()
    return xs[0].grad if len(xs) == 1 else [x.grad for x in xs]


ANSWERS = {
    "abs-at-zero": lambda: grad(torch.abs, 0.0),
    "maximum-tie": lambda: grad(torch.maximum, 2.0, 2.0),
}

NOT_OFFERED = {}
