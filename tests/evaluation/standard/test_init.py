"""Derivations are executed without torch, and both engines say the same."""

import subprocess
import sys

import pytest

from autodiff_notes import catalogue, exercises
from autodiff_notes.evaluation import execution, standard
from autodiff_notes.notation.derivations import DerivationError, parse
from derivations import HOLDS, PAGES, WRONG

TEXTS = {
    **{entry.name: entry.derivation_text for entry in catalogue.values()},
    **{f"exercise {e.name}": e.derivation_text for e in exercises.values()},
    **PAGES,
    **HOLDS,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_derivation_of_the_site_holds(text: str) -> None:
    """The gap is rounding, as it is with torch, and as many signs are executed."""
    ours, theirs = (engine.execute(parse(text)) for engine in (standard, execution))
    assert max(ours.gap, theirs.gap) < 1e-9
    assert (ours.executed, ours.points) == (theirs.executed, theirs.points)


@pytest.mark.parametrize(("text", "line", "problem"), WRONG.values(), ids=WRONG)
def test_wrong_line_is_refused(text: str, line: int, problem: str) -> None:
    """What torch refuses is refused, in the same words."""
    with pytest.raises(DerivationError, match=problem) as caught:
        standard.execute(parse(text))
    assert caught.value.line == line


def test_verdicts_go_on_behind_a_wrong_line() -> None:
    """Each line has a verdict of its own, and the wrong one a point and two sides."""
    text = "x in vector(n)\nsum(x)\n= 2 * sum(x)\n= sum(x) * 2\n= x\n= log(-exp(x))\n= x"
    found = list(standard.verdicts(parse(text)))
    assert [v.line for v in found] == [2, 3, 4, 5, 6, 7]
    assert [v.holds for v in found] == [True, False, True, False, False, True]
    wrong = found[1]
    assert wrong.values["n"] == len(wrong.values["x"]) == 2
    assert wrong.sides[1] == pytest.approx(2 * wrong.sides[0])
    assert "has shape (2,), the line before it ()" in found[3].problem
    assert "is not finite" in found[4].problem


def test_a_word_without_an_algorithm_is_named() -> None:
    """What the engine cannot do it says, with the word."""
    text = "A in hermitian(n)\nsum(eigenvalues(A))\n= re(tr(A))"
    with pytest.raises(DerivationError, match=r"eigenvalues has no algorithm for this: .* complex"):
        standard.execute(parse(text))


def test_nothing_but_the_standard_library_is_loaded() -> None:
    """Importing and running it loads no torch and no NumPy."""
    code = (
        "import sys; from autodiff_notes.evaluation import standard\n"
        "from autodiff_notes.notation.derivations import parse\n"
        f"standard.execute(parse({HOLDS['log det']!r}))\n"
        "mine = {name.partition('.')[0] for name in sys.modules}\n"
        "print(*(mine & {'torch', 'numpy', 'scipy'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
