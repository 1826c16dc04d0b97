"""What verifying the catalogue costs, beside torch's own gradcheck on the same points.

Run it by hand, on a machine with nothing else to do::

    python benchmarks/verification.py [--runs 5]

``verify`` compares a written gradient with autograd and with differences, executes the derivation
and goes out of the domain; ``gradcheck`` compares autograd with differences. Both are given the
same points, and both run once before they are timed. Times are CPU seconds of this process.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

import torch

from autodiff_notes import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.catalogue.verification import verify
from autodiff_notes.evaluation.points import points, precision
from autodiff_notes.notation import compiled

FEW_ENOUGH = 5


def checks(entry: Entry) -> Callable[[], None]:
    """Return a run of gradcheck at every point of an entry."""
    code = compiled(entry.value)
    drawn = list(points(entry.declarations, 3, 3))

    def run() -> None:
        """Check the function as one of all variables that move."""
        for point in drawn:
            f = point.function(code, *entry.moving)
            inputs = [point.values[name].clone().requires_grad_() for name in entry.moving]
            torch.autograd.gradcheck(f, inputs, raise_exception=False)

    return run


def seconds(run: Callable[[], object], runs: int) -> float:
    """Return the median CPU time of a run, after one that does not count."""
    run()
    times = []
    for _ in range(runs):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return statistics.median(times)


def main() -> None:
    """Time every entry, and print the sums and the ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=FEW_ENOUGH)
    runs = parser.parse_args().runs
    rows = []
    with precision():
        for entry in catalogue.values():
            gradient_alone = replace(entry, derivation="", outside={})
            ours = seconds(lambda e=gradient_alone: verify(e), runs)  # type: ignore[misc]
            whole = seconds(lambda e=entry: verify(e), runs)  # type: ignore[misc]
            rows.append((ours, whole, seconds(checks(entry), runs)))
    ours, whole, theirs = (sum(column) for column in zip(*rows, strict=True))
    ratio = statistics.median(theirs / ours for ours, _, theirs in rows)
    print(f"{len(rows)} entries, 9 points each, CPU seconds (medians of {runs} runs)")
    print(f"verify, gradients alone      {ours:6.2f}")
    print(f"verify, all of it            {whole:6.2f}")
    print(f"gradcheck                    {theirs:6.2f}")
    print(f"gradcheck / gradients alone  {theirs / ours:6.2f} in sum, {ratio:.2f} as a median")


if __name__ == "__main__":
    main()
