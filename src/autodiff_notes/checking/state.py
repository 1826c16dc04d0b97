"""What a call may change unseen, and how it is put back.

>>> import torch
>>> norm = torch.nn.BatchNorm1d(2)
>>> state = State([norm])
>>> _ = norm(torch.rand(3, 2))
>>> print(state.changed)
['running_mean', 'running_var', 'num_batches_tracked']
>>> state.restore()
>>> print(state.changed)
[]
"""

from collections.abc import Sequence

import torch
from torch import Tensor

__all__ = ["State", "same"]


class State:
    """What a call may change unseen: generators of random numbers, and buffers of modules.

    Parameters
    ----------
    modules : list
        Those that the functions hold.
    """

    def __init__(self, modules: Sequence[torch.nn.Module]) -> None:
        self._cpu = torch.get_rng_state()
        # A generator of a device exists once the device is in use.
        in_use = torch.cuda.is_initialized()  # type: ignore[no-untyped-call]
        self._cuda = torch.cuda.get_rng_state_all() if in_use else []
        found = [(m, name) for module in modules for m in module.modules() for name in m._buffers]
        self._buffers = {
            (id(m), name): (m, name, m._buffers[name], _clone(m._buffers[name]))
            for m, name in found
        }

    def restore(self) -> None:
        """Put everything back."""
        torch.set_rng_state(self._cpu)
        if self._cuda:
            torch.cuda.set_rng_state_all(self._cuda)
        with torch.no_grad():
            for module, name, buffer, saved in self._buffers.values():
                if buffer is not None and saved is not None:
                    buffer.copy_(saved)
                module._buffers[name] = buffer

    @property
    def changed(self) -> list[str]:
        """The names of the buffers that are not as they were."""
        return [
            name
            for module, name, _, saved in self._buffers.values()
            if saved is not None and not same(module._buffers[name], saved)
        ]


def _clone(x: Tensor | None) -> Tensor | None:
    return None if x is None else x.detach().clone()


def same(x: Tensor | None, y: Tensor) -> bool:
    """Whether two arrays are the same, where NaN equals itself, as far as their layout lets one look."""
    if y.layout != torch.strided:
        return x is not None and x.layout == y.layout
    if x is None or x.shape != y.shape or x.dtype != y.dtype:
        return False
    return torch.equal(x, y) or (
        (x.is_floating_point() or x.is_complex())
        and torch.equal(x.isnan(), y.isnan())
        and torch.equal(x.nan_to_num(), y.nan_to_num())
    )
