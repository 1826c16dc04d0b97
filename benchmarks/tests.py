"""What the tests cost in this tree and in another, in seconds, as medians of whole runs.

Run it by hand, in an environment that has nox, on a machine with nothing else to do; the other
tree is a checkout of an older commit::

    git worktree add ../baseline 321c5d4
    python benchmarks/tests.py ../baseline [--runs 3]

Both trees run ``nox -s tests`` in an environment that exists, in turn, so that what slows the
machine down slows both. Before each run the site that the last one kept is removed. Two last runs
show what is saved where it is kept, and what the rooms take that 321c5d4 did not have.
"""

import argparse
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOX = [sys.executable, "-m", "nox", "-s", "tests"]
SINCE = [
    "tests/answering",
    "tests/built/test_engines.py",
    "tests/built/test_trying.py",
    "tests/deriving",
    "tests/dialects",
    "tests/engines",
    "tests/evaluation/standard",
    "tests/extensions/engines",
    "tests/extensions/mathematics/test_derived.py",
    "tests/extensions/mathematics/test_own.py",
    "tests/extensions/mathematics/test_voice.py",
]
"""What tests subjects that 321c5d4 did not have: deriving, engines, one's own formulas."""


def seconds(tree: Path, *options: str, keep_site: bool = False) -> float:
    """Run the tests of a tree, which must pass, and return the seconds that they took."""
    if not keep_site:
        shutil.rmtree(tree / "docs" / "_build" / "tested", ignore_errors=True)
    start = time.perf_counter()
    done = subprocess.run(
        [*NOX, "-R", "--", *options],
        cwd=tree,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        sys.exit(f"{tree}: the tests fail\n{done.stdout[-5000:]}")
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("baseline", type=Path, help="a checkout to compare with")
    parser.add_argument("--runs", type=int, default=3, help="runs of each tree (3)")
    arguments = parser.parse_args()
    trees = {"baseline": arguments.baseline.resolve(), "this tree": ROOT}
    for tree in trees.values():
        subprocess.run([*NOX, "--install-only"], cwd=tree, check=True)
    taken: dict[str, list[float]] = {name: [] for name in trees}
    for _ in range(arguments.runs):
        for name, tree in trees.items():
            taken[name].append(seconds(tree))
            print(f"{name:<12} {taken[name][-1]:6.1f} s", flush=True)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, median in medians.items():
        print(f"median of {name:<12} {median:6.1f} s")
    print(f"ratio {medians['this tree'] / medians['baseline']:.2f}")
    print(f"with the site kept {seconds(ROOT, keep_site=True):6.1f} s")
    same = seconds(ROOT, *(f"--ignore={room}" for room in SINCE))
    print(f"without rooms that came since {same:6.1f} s, ratio {same / medians['baseline']:.2f}")


if __name__ == "__main__":
    main()
