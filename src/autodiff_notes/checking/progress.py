"""A progress bar, where tqdm is installed and there is something to wait for."""

from collections.abc import Callable, Iterable
from importlib.util import find_spec

__all__ = ["progress"]

# A bar appears after so many seconds.
DELAY = 3.0


def progress(name: str) -> Callable[[Iterable[int]], Iterable[int]]:
    """Return the progress bar around the steps of a check of one input.

    >>> list(progress("x")(range(3)))
    [0, 1, 2]
    """
    if find_spec("tqdm") is None:  # no dependency: a reader who waits may install it
        return lambda steps: steps
    from tqdm import tqdm  # noqa: PLC0415

    return lambda steps: tqdm(steps, desc=f"differences along {name}", delay=DELAY, leave=False)
