"""Of random functions the gradient by hand holds, and no wrong claim is accepted."""

import torch

from autodiff_notes.checking.gradient import check_gradient
from checking.functions import random_function


def test_random_functions() -> None:
    """Of some hundred random functions no right gradient is refused and no wrong one holds."""
    tried = 0
    for seed in range(60):
        f = random_function(seed)
        if f is None:
            continue
        x = f.x.clone().requires_grad_()
        right = check_gradient(f, f.gradient, x)
        assert right.outcome != "does not hold", (seed, f.steps, right)
        for name, claim in f.wrong(torch.Generator().manual_seed(seed)):
            wrong = check_gradient(f, claim, x)
            zero = any("zero to rounding" in note for note in wrong.notes)
            assert not wrong.holds or zero, (seed, name, f.steps, wrong)
        tried += 1
    assert tried > 50
