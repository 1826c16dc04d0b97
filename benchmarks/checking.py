"""What check_gradient costs beside gradcheck and JAX's check_grads, and how often it errs.

Run it by hand, on a machine with nothing else to do::

    python benchmarks/checking.py [--runs 3] [--functions 10000] [--largest 1000000]

Each checks the same function at the same point: ours compares a claim with autograd and with
differences, gradcheck and check_grads compare autograd with differences. Times are CPU seconds of
this process, medians of runs that take turns; memory is the highest resident size of a process of its
own, beyond what it has before, where every array that is freed goes back to the system at once.
Random functions with right and wrong claims are checked after that.
"""

import argparse
import multiprocessing
import os
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from autodiff_notes import check_gradient

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

# The slow mode of gradcheck, and of ours entry by entry, is not waited for beyond this.
SLOW = 1000


def f(x: Tensor) -> Tensor:
    """Return a smooth function in which every entry meets its neighbour."""
    return (x.sin() * x.roll(1).exp()).sum() / len(x)


def gradient(x: Tensor) -> Tensor:
    """Return its gradient."""
    return (x.cos() * x.roll(1).exp() + x.roll(-1).sin() * x.exp()) / len(x)


def point(n: int) -> Tensor:
    """Return where it is checked."""
    x = torch.randn(n, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    return x.requires_grad_()


def ours(n: int) -> None:
    """Check by check_gradient."""
    assert check_gradient(f, gradient, point(n)).holds


def evaluated(n: int) -> None:
    """Compute f and its gradient once."""
    x = point(n)
    torch.autograd.grad(f(x), x)


def slow(n: int) -> None:
    """Check by gradcheck, entry by entry."""
    assert torch.autograd.gradcheck(f, (point(n),))


def fast(n: int) -> None:
    """Check by gradcheck in its fast mode."""
    assert torch.autograd.gradcheck(f, (point(n),), fast_mode=True)


def jax_check(n: int) -> None:
    """Check by jax.test_util.check_grads, of first order in reverse mode."""
    import jax  # noqa: PLC0415 - where it is installed
    from jax.test_util import check_grads  # noqa: PLC0415

    def g(x: Any) -> Any:
        return (jax.numpy.sin(x) * jax.numpy.exp(jax.numpy.roll(x, 1))).sum() / len(x)

    with jax.enable_x64(True):
        check_grads(g, (jax.numpy.asarray(point(n).detach().numpy()),), order=1, modes=["rev"])


def seconds(checks: Sequence[Callable[[int], None]], n: int, runs: int) -> list[float]:
    """Return the median CPU time of each check, which take turns, after a turn that does not count."""
    turns = []
    for _ in range(runs + 1):
        times = []
        for run in checks:
            start = time.process_time()
            run(n)
            times.append(time.process_time() - start)
        turns.append(times)
    return [statistics.median(column) for column in zip(*turns[1:], strict=True)]


def _measured(run: Callable[[int], None], n: int, pipe: Any) -> None:
    """Send by how much the highest resident size grows, in MiB, after a small run."""
    run(10)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    run(n)
    pipe.send((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)


def mebibytes(run: Callable[[int], None], n: int) -> float:
    """Return what a run of this size needs in a process of its own."""
    # Else the C library keeps freed arrays for the next ones, and what is resident tells little.
    os.environ["MALLOC_MMAP_THRESHOLD_"] = "65536"
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_measured, args=(run, n, there))
    process.start()
    found: float = here.recv()
    process.join()
    return found


def functions(count: int) -> None:
    """Check random functions, and print how often a right claim is refused and a wrong one holds."""
    from checking.functions import random_function  # noqa: PLC0415 - beside the tests

    found: Counter[str] = Counter()
    for seed in range(count):
        made = random_function(seed)
        if made is None:
            found["not finite"] += 1
            continue
        x = made.x.clone().requires_grad_()
        report = check_gradient(made, made.gradient, x)
        found[f"right: {report.outcome}"] += 1
        if report.outcome == "does not hold":
            print(f"seed {seed}: a right claim is refused")
        for name, claim in made.wrong(torch.Generator().manual_seed(seed)):
            wrong = check_gradient(made, claim, x)
            zero = wrong.holds and any("zero to rounding" in note for note in wrong.notes)
            found[f"wrong: {'zero to rounding' if zero else wrong.outcome}"] += 1
            if wrong.holds and not zero:
                print(f"seed {seed}: {name} holds")
    for words, number in sorted(found.items()):
        print(f"{words:24}{number:8}")


def main() -> None:
    """Print times, memory and rates."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--functions", type=int, default=10_000)
    parser.add_argument("--largest", type=int, default=1_000_000)
    arguments = parser.parse_args()
    # First: the peak of this process is where that of a new one begins.
    if arguments.largest >= 100_000:
        n = 4 * arguments.largest  # what Python and torch need themselves is large
        rows = {"f and its gradient": evaluated, "ours": ours, "gradcheck, fast": fast}
        used = {name: mebibytes(run, n) for name, run in rows.items()}
        print(f"memory at {n} entries, MiB, and beside f and its gradient")
        for name, size in used.items():
            print(f"{name:24}{size:8.1f}{size / used['f and its gradient']:8.2f}")
    others = {"gradcheck": slow, "fast": fast}
    if find_spec("jax"):
        others["check_grads"] = jax_check
    print(f"{'entries':>9}{'ours, s':>10}" + "".join(f"{f'/ {name}':>14}" for name in others))
    n = 10
    while n <= arguments.largest:
        asked = {name: run for name, run in others.items() if run is not slow or n <= SLOW}
        own, *rest = seconds([ours, *asked.values()], n, arguments.runs)
        ratios = {name: f"{own / other:.2f}" for name, other in zip(asked, rest, strict=True)}
        print(f"{n:9}{own:10.4f}" + "".join(f"{ratios.get(name, '-'):>14}" for name in others))
        n *= 10
    functions(arguments.functions)


if __name__ == "__main__":
    main()
