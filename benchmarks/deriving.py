"""What deriving costs, beside SymPy's ``.diff`` and tensorgrad on the functions that those can do.

Run it by hand, with SymPy and, if it is to be compared, tensorgrad installed::

    python benchmarks/deriving.py [--runs 5] [--record]

What it says last of each, with ``--record`` it writes to the file that the page on deriving shows.

Times are milliseconds of this process, the median over the runs; each library has run once before,
and SymPy forgets what it did in between. SymPy differentiates matrix expressions of symbolic size,
and what it returns is evaluated at a random point and held against the machine's gradient: a wrong
answer counts as wrong, and no time is compared. tensorgrad's answers are tensor networks that its
own evaluation needs torch with named dimensions for; without them they are timed, not evaluated.
"""

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import sympy as sp
from sympy.core.cache import clear_cache

from autodiff_notes import catalogue
from autodiff_notes.deriving import derive
from autodiff_notes.evaluation import standard

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "deriving"))
from practice import PRACTICE

try:
    import tensorgrad as tg
    from tensorgrad import functions as tf
except ImportError:
    tg = None

SIZE = 3
RECORD = Path(__file__).parents[1] / "docs" / "derive" / "comparison.txt"


class Case(NamedTuple):
    """A function, and how it is written for another library."""

    function: str
    variables: tuple[str, ...]
    other: Callable[[], Any]


n = sp.Symbol("n", integer=True, positive=True)
X, A, B = (sp.MatrixSymbol(name, n, n) for name in "XAB")
x, y, a, b = (sp.MatrixSymbol(name, n, 1) for name in "xyab")
s, t = sp.symbols("s t", positive=True)
_x, _X = ("x in vector(n)",), ("X in positive_determinant(n)",)
_A, _B = "constant A in square(n)", "constant B in square(n)"
_a, _b = "constant a in vector(n)", "constant b in vector(n)"
_s = ("s in positive_scalar()", "constant t in positive_scalar()")

# fmt: off
SYMPY = (
    Case("a @ x", (*_x, _a), lambda: sp.Trace(a.T * x).diff(x)),
    Case("x @ x", _x, lambda: sp.Trace(x.T * x).diff(x)),
    Case("x @ A @ x", (*_x, _A), lambda: sp.Trace(x.T * A * x).diff(x)),
    Case("a @ X @ b", (*_X, _a, _b), lambda: sp.Trace(a.T * X * b).diff(X)),
    Case("a @ X @ X @ b", (*_X, _a, _b), lambda: sp.Trace(a.T * X * X * b).diff(X)),
    Case("norm(A @ x - b) ** 2", (*_x, _A, _b), lambda: sp.Trace((A * x - b).T * (A * x - b)).diff(x)),
    Case("norm(X @ a - b) ** 2", (*_X, _a, _b), lambda: sp.Trace((X * a - b).T * (X * a - b)).diff(X)),
    Case("x @ A @ x / (x @ x)", (*_x, _A), lambda: (sp.Trace(x.T * A * x) / sp.Trace(x.T * x)).diff(x)),
    Case("exp(x @ A @ x)", (*_x, _A), lambda: sp.exp(sp.Trace(x.T * A * x)).diff(x)),
    Case("sum(exp(x))", _x, lambda: sp.Trace(sp.OneMatrix(1, n) * x.applyfunc(sp.exp)).diff(x)),
    Case("sum(sin(A @ x))", (*_x, _A), lambda: sp.Trace(sp.OneMatrix(1, n) * (A * x).applyfunc(sp.sin)).diff(x)),
    Case("tr(X)", _X, lambda: sp.Trace(X).diff(X)),
    Case("tr(X) ** 2", _X, lambda: (sp.Trace(X) ** 2).diff(X)),
    Case("tr(X @ A)", (*_X, _A), lambda: sp.Trace(X * A).diff(X)),
    Case("tr(A @ X.mT @ B)", (*_X, _A, _B), lambda: sp.Trace(A * X.T * B).diff(X)),
    Case("tr(A @ X @ X)", (*_X, _A), lambda: sp.Trace(A * X * X).diff(X)),
    Case("tr(X.mT @ A @ X)", (*_X, _A), lambda: sp.Trace(X.T * A * X).diff(X)),
    Case("tr(A @ X @ B @ X.mT)", (*_X, _A, _B), lambda: sp.Trace(A * X * B * X.T).diff(X)),
    Case("tr(matrix_power(X, 3))", _X, lambda: sp.Trace(X**3).diff(X)),
    Case("tr(A @ inv(X))", (*_X, _A), lambda: sp.Trace(A * X.I).diff(X)),
    Case("tr(A @ inv(X) @ B)", (*_X, _A, _B), lambda: sp.Trace(A * X.I * B).diff(X)),
    Case("a @ inv(X) @ b", (*_X, _a, _b), lambda: sp.Trace(a.T * X.I * b).diff(X)),
    Case("det(X)", _X, lambda: sp.Determinant(X).diff(X)),
    Case("logdet(X)", _X, lambda: sp.log(sp.Determinant(X)).diff(X)),
    Case("sum(X * A)", (*_X, _A), lambda: sp.Trace(sp.OneMatrix(n, n) * sp.hadamard_product(X, A)).diff(X)),
    Case("s * log(s) + sin(s * t)", _s, lambda: (s * sp.log(s) + sp.sin(s * t)).diff(s)),
    Case("exp(-s ** 2) * tanh(s * t)", _s, lambda: (sp.exp(-(s**2)) * sp.tanh(s * t)).diff(s)),
    Case("s ** t / (1 + s ** 2)", _s, lambda: (s**t / (1 + s**2)).diff(s)),
)
# fmt: on
"""Functions for SymPy's matrix expressions, and three of numbers."""


def tensorgrad_cases() -> tuple[Case, ...]:
    """Return functions that tensorgrad differentiates."""
    i, j, k = tg.symbols("i j k")
    x, y, p = (tg.Variable(name, i) for name in "xyp")
    A, X, z = tg.Variable("A", i, j), tg.Variable("X", i, j), tg.Variable("z", j)
    B, S = tg.Variable("B", j, k), tg.Variable("S", i, j=i)
    _y, _z = "constant y in vector(n)", "constant z in vector(m)"
    _A, _X = "constant A in matrix(n, m)", ("X in matrix(n, m)",)
    _Z = ("z in vector(m)",)

    def by(of: Any, variable: Any) -> Callable[[], Any]:
        return lambda: of().grad(variable).full_simplify()

    # fmt: off
    return (
        Case("y @ x", (*_x, _y), by(lambda: x @ y, x)),
        Case("norm(x) ** 2", _x, by(lambda: tf.frobenius2(x), x)),
        Case("norm(x - y) ** 2", (*_x, _y), by(lambda: tf.frobenius2(x - y), x)),
        Case("x @ S @ x", (*_x, "constant S in square(n)"), by(lambda: x @ S @ x.rename(i="j"), x)),
        Case("norm(A @ z - y) ** 2", (*_Z, _A, _y), by(lambda: tf.frobenius2(A @ z - y), z)),
        Case("norm(X @ z - y) ** 2", (*_X, _z, _y), by(lambda: tf.frobenius2(X @ z - y), X)),
        Case("norm(X - A) ** 2", (*_X, _A), by(lambda: tf.frobenius2(X - A), X)),
        Case("norm(X @ B) ** 2", (*_X, "constant B in matrix(m, p)"), by(lambda: tf.frobenius2(X @ B), X)),
        Case("tr(S)", ("S in square(n)",), by(lambda: tf.trace(S), S)),
        Case("sum(exp(x))", _x, by(lambda: tf.sum(tf.exp(x)), x)),
        Case("sum(tanh(A @ z))", (*_Z, _A), by(lambda: tf.sum(tf.tanh(A @ z)), z)),
        Case("sum(sigmoid(X @ z))", (*_X, _z), by(lambda: tf.sum(tf.sigmoid(X @ z)), X)),
        Case("sum(x * log(x))", ("x in positive(n)",), by(lambda: tf.sum(x * tf.log(x)), x)),
        Case("logsumexp(x)", _x, by(lambda: tf.log(tf.sum(tf.exp(x))), x)),
        Case("-p @ log(softmax(x))", (*_x, "constant p in positive(n)"), by(lambda: tf.cross_entropy(x, p, dim="i"), x)),
        Case("softmax(x)", _x, by(lambda: tf.softmax(x, dim="i"), x)),
        Case("norm(relu(X @ z)) ** 2", (*_X, _z), by(lambda: tf.frobenius2(tf.relu(X @ z)), X)),
    )
    # fmt: on


def milliseconds(run: Callable[[], object], runs: int) -> float:
    """Return the median time of a run, after one that does not count."""
    run()
    times = []
    for _ in range(runs):
        clear_cache()  # SymPy remembers what it did
        start = time.process_time()
        run()
        times.append(1e3 * (time.process_time() - start))
    return statistics.median(times)


def verdict(case: Case, answer: Any) -> str:
    """Return whether SymPy's answer has the values of the machine's gradient at a random point."""
    if answer.has(sp.Derivative) or answer.has(sp.Integral):
        return "unevaluated"
    rng = np.random.default_rng(0)
    square = [rng.standard_normal((SIZE, SIZE)) for _ in range(3)]
    square[0] = square[0] @ square[0].T + np.eye(SIZE)  # of positive determinant, and:
    square[0][0, 1] += 0.5
    values: dict[str, Any] = dict(zip("XAB", square, strict=True))
    values |= {name: rng.standard_normal((SIZE, 1)) for name in "xyab"} | {"s": 0.7, "t": 1.3}
    found = derive(case.function, case.variables)
    names: dict[str, Any] = {}
    exec(found.numpy, names)  # noqa: S102 - what a reader copies and runs
    arguments = [n for d in found.declarations for n in d.names]
    plain = [values[n][:, 0] if n in "xyab" else values[n] for n in arguments]
    expected = np.asarray(names["gradient"](*plain), dtype=float)
    fixed = answer.subs(n, SIZE)
    try:
        for symbol in sorted(answer.atoms(sp.MatrixSymbol), key=str):
            sized = sp.MatrixSymbol(symbol.name, SIZE, symbol.shape[1].subs(n, SIZE))
            fixed = fixed.subs(sized, sp.ImmutableMatrix(values[symbol.name]))
        fixed = fixed.subs({s: values["s"], t: values["t"]}).doit()
        got = np.array(sp.Matrix(fixed) if hasattr(fixed, "shape") else fixed, dtype=float)
    except Exception as error:  # noqa: BLE001 - an answer that cannot be evaluated
        return f"not evaluated ({type(error).__name__})"
    right = got.size == expected.size and np.allclose(got.reshape(expected.shape), expected)
    return "right" if right else "wrong"


def spread(title: str, times: Sequence[float]) -> str:
    """Return median, ninetieth percentile and the worst of many times, in words."""
    ordered = sorted(times)
    ninetieth = ordered[int(0.9 * (len(ordered) - 1))]
    return (
        f"{title}: {len(ordered)} functions, median {statistics.median(ordered):.1f} ms, "
        f"90th percentile {ninetieth:.1f} ms, worst {ordered[-1]:.1f} ms"
    )


def compare(
    library: str, cases: Sequence[Case], runs: int, judge: Callable[[Case, Any], str]
) -> list[str]:
    """Print how long both take for each function, and return what is to be said of all."""
    ratios, verdicts = [], Counter[str]()
    print(f"\n{'function':<28} {'derive':>9} {library:>18} {'ratio':>7}")
    for case in cases:
        here = milliseconds(partial(derive, case.function, case.variables), runs)
        try:
            there, said = milliseconds(case.other, runs), judge(case, case.other())
        except Exception as error:  # noqa: BLE001 - whatever a library raises is a missing answer
            there, said = 0.0, f"error ({type(error).__name__})"
        verdicts[said.partition(" (")[0]] += 1
        line = f"{case.function:<28} {here:>6.1f} ms"
        if said in {"right", "timed"}:
            ratios.append(there / here)
            print(f"{line} {there:>15.1f} ms {ratios[-1]:>6.1f}x")
        else:
            print(f"{line} {said:>26}")
    said = ", ".join(f"{count} {name}" for name, count in verdicts.most_common())
    lines = [f"{library}: of {len(cases)} functions {said}"]
    if ratios:
        ten = sum(ratio >= 10 for ratio in ratios)
        lines += [
            f"{library} takes {statistics.geometric_mean(ratios):.1f} times as long",
            (
                f"  (geometric mean), {statistics.median(ratios):.1f} times (median); "
                f"ten times or more on {ten} of {len(ratios)}"
            ),
        ]
    return lines


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="timed runs (default: %(default)s)")
    parser.add_argument("--record", action="store_true", help="write what the page shows")
    options = parser.parse_args()
    runs = options.runs
    entries = [
        milliseconds(partial(derive, e.function, e.variables, where=e.where, free=e.free), runs)
        for e in catalogue.values()
    ]
    practice = [
        milliseconds(partial(derive, p.function, p.variables, where=p.where), runs)
        for p in PRACTICE
    ]
    executed = [
        milliseconds(partial(standard.execute, e.derived), runs)
        for e in catalogue.values()
        if e.derived
    ]
    lines = [spread("catalogue", entries), spread("practice", practice)]
    lines.append(spread("executed without torch", executed))
    lines += compare(f"SymPy {sp.__version__}", SYMPY, runs, verdict)
    if tg is None:
        lines.append("tensorgrad is not installed")
    else:
        name = f"tensorgrad {version('tensorgrad')}"
        lines += compare(name, tensorgrad_cases(), runs, lambda *_: "timed")
    print("", *lines, sep="\n")
    if options.record:
        RECORD.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
