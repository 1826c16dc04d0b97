"""What deriving costs, beside SymPy's ``.diff`` and tensorgrad on the functions that those can do.

Run it by hand, on a machine with nothing else to do::

    python benchmarks/deriving.py [--runs 5]

Times are wall-clock milliseconds of this process, the median over the runs; each library has run
once before. The entries of the catalogue are derived with their names, as their authors wrote
them, and the functions from practice of ``tests/deriving`` without. SymPy differentiates matrix
expressions of symbolic size; tensorgrad is measured where it is installed: it is no dependency of
anything here. What a library does not return is left out of its comparison.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import sympy as sp
from sympy.core.cache import clear_cache

from autodiff_notes import catalogue
from autodiff_notes.deriving import derive

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "deriving"))
from practice import PRACTICE

try:
    import tensorgrad as tg
    from tensorgrad import functions as tf
except ImportError:
    tg = None

Make = Callable[[], object]


def milliseconds(run: Make, runs: int) -> float:
    """Return the median time of a run, after one that does not count."""
    run()
    times = []
    for _ in range(runs):
        clear_cache()  # SymPy remembers what it did
        start = time.perf_counter()
        run()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times)


def own(function: str, *variables: str) -> Make:
    """Return a run of the machine."""
    return lambda: derive(function, variables)


def sympy_cases() -> Mapping[str, tuple[Make, Make]]:
    """Return functions that SymPy differentiates: the machine's run and SymPy's."""
    n = sp.Symbol("n", integer=True, positive=True)
    X, A = sp.MatrixSymbol("X", n, n), sp.MatrixSymbol("A", n, n)
    x, a = sp.MatrixSymbol("x", n, 1), sp.MatrixSymbol("a", n, 1)
    s, t = sp.symbols("s t")
    square, vector = ("X in invertible(n)", "constant A in square(n)"), ("x in vector(n)",)
    constants = ("constant A in square(n)", "constant a in vector(n)")
    return {
        "a @ x": (own("a @ x", *vector, *constants), lambda: (a.T * x).diff(x)),
        "x @ A @ x": (own("x @ A @ x", *vector, *constants), lambda: (x.T * A * x).diff(x)),
        "tr(X @ A)": (own("tr(X @ A)", *square), lambda: sp.Trace(X * A).diff(X)),
        "tr(A @ X @ X)": (own("tr(A @ X @ X)", *square), lambda: sp.Trace(A * X * X).diff(X)),
        "tr(X.mT @ A @ X)": (
            own("tr(X.mT @ A @ X)", *square),
            lambda: sp.Trace(X.T * A * X).diff(X),
        ),
        "tr(A @ inv(X))": (own("tr(A @ inv(X))", *square), lambda: sp.Trace(A * X.I).diff(X)),
        "det(X)": (own("det(X)", *square), lambda: sp.Determinant(X).diff(X)),
        "a @ inv(X) @ a": (
            own("a @ inv(X) @ a", "X in invertible(n)", "constant a in vector(n)"),
            lambda: (a.T * X.I * a).diff(X),
        ),
        "s * log(s) + sin(s * t)": (
            own("s * log(s) + sin(s * t)", "s in positive_scalar()", "constant t in scalar()"),
            lambda: (s * sp.log(s) + sp.sin(s * t)).diff(s),
        ),
        "exp(-s ** 2) * tanh(s * t)": (
            own("exp(-s ** 2) * tanh(s * t)", "s in scalar()", "constant t in scalar()"),
            lambda: (sp.exp(-(s**2)) * sp.tanh(s * t)).diff(s),
        ),
    }


def tensorgrad_cases() -> Mapping[str, tuple[Make, Make]]:
    """Return functions that tensorgrad differentiates: the machine's run and tensorgrad's."""
    i, j = tg.symbols("i j")
    x, y = tg.Variable("x", i), tg.Variable("y", i)
    A, X = tg.Variable("A", i, j), tg.Variable("X", i, j)
    z = tg.Variable("z", j)
    vector, matrix = ("x in vector(n)",), ("X in matrix(n, m)", "constant A in matrix(n, m)")
    return {
        "norm(x) ** 2": (
            own("norm(x) ** 2", *vector),
            lambda: tf.frobenius2(x).grad(x).full_simplify(),
        ),
        "norm(x - y) ** 2": (
            own("norm(x - y) ** 2", *vector, "constant y in vector(n)"),
            lambda: tf.frobenius2(x - y).grad(x).full_simplify(),
        ),
        "norm(X @ z - y) ** 2": (
            own(
                "norm(X @ z - y) ** 2",
                "X in matrix(n, m)",
                "constant z in vector(m)",
                "constant y in vector(n)",
            ),
            lambda: tf.frobenius2(X @ z - y).grad(X).full_simplify(),
        ),
        "norm(X - A) ** 2": (
            own("norm(X - A) ** 2", *matrix),
            lambda: tf.frobenius2(X - A).grad(X).full_simplify(),
        ),
        "sum(exp(x))": (
            own("sum(exp(x))", *vector),
            lambda: tf.sum(tf.exp(x)).grad(x).full_simplify(),
        ),
        "sum(tanh(A @ z))": (
            own("sum(tanh(A @ z))", "z in vector(m)", "constant A in matrix(n, m)"),
            lambda: tf.sum(tf.tanh(A @ z)).grad(z).full_simplify(),
        ),
        "softmax(x)": (
            own("softmax(x)", *vector),
            lambda: tf.softmax(x, dim="i").grad(x).full_simplify(),
        ),
    }


def spread(title: str, times: Sequence[float]) -> None:
    """Print median, ninetieth percentile and the worst of many times."""
    ordered = sorted(times)
    ninetieth = ordered[int(0.9 * (len(ordered) - 1))]
    print(
        f"{title}: {len(ordered)} functions, median {statistics.median(ordered):.1f} ms, "
        f"90th percentile {ninetieth:.1f} ms, worst {ordered[-1]:.1f} ms"
    )


def compare(library: str, cases: Mapping[str, tuple[Make, Make]], runs: int) -> None:
    """Print how long both take for each function, and the geometric mean of the ratios."""
    ratios = []
    print(f"\n{'function':<28} {'derive':>9} {library:>18} {'ratio':>7}")
    for function, (machine, other) in cases.items():
        here = milliseconds(machine, runs)
        try:
            there = milliseconds(other, runs)
        except Exception as error:  # noqa: BLE001 - whatever a library raises is a missing answer
            print(f"{function:<28} {here:>6.1f} ms {type(error).__name__:>18}")
            continue
        ratios.append(there / here)
        print(f"{function:<28} {here:>6.1f} ms {there:>15.1f} ms {ratios[-1]:>6.1f}x")
    if ratios:
        print(f"{library} takes {statistics.geometric_mean(ratios):.1f} times as long")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="timed runs (default: %(default)s)")
    runs = parser.parse_args().runs
    entries = [
        milliseconds(partial(derive, e.function, e.variables, where=e.where, free=e.free), runs)
        for e in catalogue.values()
    ]
    spread("catalogue", entries)
    practice = [
        milliseconds(partial(derive, p.function, p.variables, where=p.where), runs)
        for p in PRACTICE
    ]
    spread("practice", practice)
    compare(f"SymPy {sp.__version__}", sympy_cases(), runs)
    if tg is None:
        print("\ntensorgrad is not installed")
    else:
        from importlib.metadata import version  # noqa: PLC0415 - where it is installed

        compare(f"tensorgrad {version('tensorgrad')}", tensorgrad_cases(), runs)


if __name__ == "__main__":
    main()
