"""A derivation that was typed gets a verdict a line, and a wrong line what it would need."""

import pytest

from autodiff_notes import exercises
from autodiff_notes.answering.lines import read_lines
from autodiff_notes.catalogue import catalogue
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.notation.derivations import parse
from questions import all_hold, ask

RIGHT = {
    "the notation": "X in positive_determinant(n)\nd(logdet(X))\n= tr(inv(X) @ d(X))  # why\n= inner(inv(X).mT, d(X))",
    "pasted LaTeX": r"""\begin{aligned}
\mathrm{d} \log\det X &= \operatorname{tr}(X^{-1}\, \mathrm{d}X) \\
&= \langle X^{-\top}, \mathrm{d}X \rangle
\end{aligned}""",
    "typed": "d(x'*A*x)\n= dx'*A*x + x'*A*dx\n= ((A + A')*x)'*dx",
    "one line": r"\mathrm{d}(x^\top x) = 2 x^\top \mathrm{d}x",
    "a name": "x in vector(n)\nconstant A in square(n)\nwhere y = A @ x\nd(y @ y)\n= 2 * y @ A @ d(x)",
    "an identity": r"\operatorname{tr}(AB) = \operatorname{tr}(BA)",
    "declared and too large for a determinant": "X in square\n\\mathrm{d} \\log\\det X = \\operatorname{tr}(X^{-1}\\, \\mathrm{d}X)",
    "a function without a formula": "f in analytic()\nt in scalar()\nd(f(t))\n= D(f(t), t) * d(t)",
    "a declared function, typed": "f in analytic()\nd(f(t)^2)\n= 2 f(t) D(f(t), t) dt",
    "without parentheses": "d sin x = cos x dx",
    "differentials in parentheses": "d(A B) = (dA)B + A(dB)",
    "a sign of Unicode": "x'x ≥ 0",
    "a product of letters": "3xy = y*(4x - x)",
    "declared, typed": "A in symmetric\nd(x'Ax)\n= 2 x'A dx + x' dA x",
}
LOOSE = "this line is compared with nothing: what goes on stands in the line of its ="
PRODUCT = "constant w in vector(m)\nA in matrix(m, n)\nx in vector(n)"
WRONG = {
    "a transpose": (r"\mathrm{d}\log\det X &= \operatorname{tr}(X^{-\top} \mathrm{d}X)", "no transpose of inv(X)"),
    "a sign": ("d(inv(X))\n= inv(X) @ d(X) @ inv(X)", "the other sign"),
    "a factor": ("d(x @ x)\n= x @ d(x)", "a factor of 2"),
    "a term": ("d(x @ A @ x)\n= 2 * x @ A @ d(x)", "the symmetric part of A"),
    "a term too many": ("d(x @ x)\n= 2 * x @ d(x) + b @ d(x)", "b @ d(x) is a term too many"),
    "a sign of a term": ("d(a @ x - x @ x)\n= a @ d(x) + 2 * x @ d(x)", "the other sign of 2 * x @ d(x)"),
    "a term that is missing": (f"{PRODUCT}\nd(w @ A @ x)\n= w @ d(A) @ x", "the term w @ A @ d(x), which is missing"),
    "an inverse": ("d(logdet(X))\n= tr(X @ d(X))", "the inverse of X"),
}  # fmt: skip


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT)
def test_right_derivations(text: str) -> None:
    """Every line of a right derivation holds, however it was written."""
    parts = ask("lines", lines=text)
    assert all_hold(parts), parts
    assert not any("own-why" in part.get("more", "") for part in parts)


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG)
def test_wrong_lines_are_explained(text: str, words: str) -> None:
    """A wrong line fails at a point, and the change that repairs it is named."""
    parts = ask("lines", lines=text)
    (verdict,) = (part["verdict"] for part in parts if "verdict" in part)
    assert not verdict["holds"]
    assert "seed 0" in verdict["words"]
    (why,) = (part["more"] for part in parts if "own-why" in part.get("more", ""))
    assert f"It would hold with {words}" in why


def test_lines_behind_a_wrong_one_have_their_own_verdict() -> None:
    """Each line is compared with the one before it, and counted as it was typed."""
    parts = ask("lines", lines="d(x @ A @ x)\n\n= 2 * x @ A @ d(x)\n= inner(2 * A.mT @ x, d(x))")
    verdicts = [part["verdict"] for part in parts if "verdict" in part]
    assert [verdict["holds"] for verdict in verdicts] == [False, True]
    assert verdicts[0]["words"].startswith("Line 3 does not equal the line before it")
    assert verdicts[1]["words"].startswith("Line 4 holds")


def test_what_was_read_is_said_first() -> None:
    """The sets, and which line of the text each line is: declarations before it are not counted."""
    lines, said = "d(x @ A @ x)\n= x @ (A + A.mT) @ d(x)", "x in vector(n)\nconstant A in square(n)"
    first = ask("lines", lines=lines, variables=said)[0]
    assert first["function"] == "x in vector(n); constant A in square(n)"
    assert first["places"] == {3: 1, 4: 2}
    assert first["variables"] == ["x in vector(n)", "constant A in square(n)"]
    assert first["chips"].count('name="moves" checked') == 1


@pytest.mark.parametrize(
    ("text", "line", "column", "error"),
    [
        ("x'*x\n= x'*x +", 2, 9, "the formula ends too early"),
        ("x'*x = 2 + foo(", 1, 12, "there is no word 'foo'"),
        ("x in vector(n)\n\nx'*x\n= foo(x)", 4, 3, "there is no word 'foo'"),
    ],
)
def test_a_line_that_cannot_be_read_has_its_place(
    text: str, line: int, column: int, error: str
) -> None:
    """Line and column are those of the text, also behind an equals sign and below a declaration."""
    (part,) = ask("lines", lines=text)
    assert (part["line"], part["column"], part["error"]) == (line, column, error)


def test_a_reason_stays_beside_a_pasted_line() -> None:
    """What stands behind # is shown, and a line without it shows none."""
    first = ask(
        "lines", lines="d(x'*A*x)\n= dx'*A*x + x'*A*dx  # product rule\n= ((A + A')*x)'*dx"
    )[0]
    assert first["html"].count("<p>product rule</p>") == 1
    assert first["html"].count('reason container"></div>') == 2


def test_the_next_right_line() -> None:
    """The machine's next line is offered, behind those that stand there and hold."""
    (more,) = (
        part["more"]
        for part in ask("lines", lines="d(logdet(X))\n= tr(X @ d(X))")
        if "next" in part.get("more", "")
    )
    assert r"⟨= \operatorname{tr}(X^{-1}\,\mathrm{d}X)⟩" in more
    right = "d(logdet(X))\n= tr(inv(X) @ d(X))"
    (more,) = (part["more"] for part in ask("lines", lines=right) if "more" in part)
    assert r"⟨= \langle X^{-\top}, \mathrm{d}X \rangle⟩" in more


@pytest.mark.parametrize("text", ["tr(A B)\n= tr(B A)", "tr(A B)\n= tr(A B')", "x' y = y' x"])
def test_there_is_no_next_line_of_an_identity(text: str) -> None:
    """The machine derives differentials; a chain that begins with none has no next line."""
    assert not any(
        "The next right line" in part.get("more", "") for part in ask("lines", lines=text)
    )


def test_what_compares_nothing() -> None:
    """Without a relation there is nothing to check, and a relation needs something before it."""
    (part,) = ask("lines", lines="x @ x")
    assert part == {"error": "this compares nothing: begin a line with =", "line": 1}
    assert "has a line before it" in ask("lines", lines="= x @ x")[0]["error"]


@pytest.mark.parametrize(
    ("lines", "line", "problem"),
    [
        ("d(x'*A*x)\n= dx'*A*x\n+ x'*A*dx", 3, LOOSE),
        ("d(x @ A @ x)\n= d(x) @ A @ x\n- x @ A @ d(x)", 3, LOOSE),
        ("d(x^\\top x) &= dx^\\top x \\\\\n&\\quad + x^\\top dx", 2, LOOSE),
        ("f = x'x\ndf = 2x'dx", 1, "f is a letter, and equals no formula: write what it stands for"),
    ],
)  # fmt: skip
def test_what_is_no_line_of_a_derivation(lines: str, line: int, problem: str) -> None:
    """A line that goes on without a relation, and a letter for a formula, get no verdict."""
    assert ask("lines", lines=lines) == [{"error": problem, "line": line}]


def test_a_name_equals_what_it_stands_for() -> None:
    """A letter that was declared, and a name, may begin a line; so may a sign."""
    given = "x in vector(n)\nA in matrix(m, n)\nwhere y = A @ x\n"
    assert all_hold(ask("lines", lines=f"{given}y\n= A @ x\n-y\n= -A @ x"))
    assert all_hold(ask("lines", lines="x in vector(n)\nx\n= x'"))


def test_where_a_line_fails_without_a_repair() -> None:
    """Of several variables those are named along which the line fails."""
    parts = ask(
        "lines", lines=f"{PRODUCT}\nd(w @ A @ x)\n= w @ d(A) @ x + 7 * sum(exp(x)) * sum(d(x))"
    )
    (why,) = (part["more"] for part in parts if "own-why" in part.get("more", ""))
    assert "It holds where A alone moves, and fails in the term with d(x)." in why


GROUPS = (catalogue, exercises)
DERIVED = [entry for group in GROUPS for entry in group.values() if entry.derivation_text]


@pytest.mark.parametrize("entry", DERIVED, ids=lambda entry: entry.name)
def test_no_right_line_is_called_wrong(entry: Entry) -> None:
    """An author's derivation is read in the notation, with nothing to guess, and each line holds."""
    found, _, guessed, notes = read_lines(entry.derivation_text)
    assert (guessed, notes) == ((), ())
    assert len(found.lines) == len(parse(entry.derivation_text).lines)
    assert all_hold(ask("lines", lines=entry.derivation_text))
