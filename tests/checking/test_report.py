"""A report opens with its verdict, and prints as a table."""

from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
import torch
from torch import Tensor

from autodiff_notes.checking.gradient import check_gradient
from autodiff_notes.checking.report import (
    LISTED,
    SIDE,
    Comparison,
    Diagnosis,
    Finding,
    GradientReport,
)
from support import double, draw, square


def wrong_report() -> GradientReport:
    """Return a report with two inputs, one of them refused, and a note."""
    x, y = draw(3), draw(2, seed=1)
    return check_gradient(lambda x, y: square(x) + 0 * y.sum(), lambda x, y: (2 * x, y[:1]), x, y)


def opening(report: GradientReport) -> str:
    """Return the first paragraph of a printed report as one line."""
    return " ".join(str(report).partition("\n\n")[0].split())


def test_verdict_comes_first() -> None:
    """The report opens with the outcome in words and its largest errors."""
    x = torch.tensor([1.0, 2.0], dtype=torch.float64, requires_grad=True)
    first = opening(check_gradient(square, double, x))
    assert first.startswith(
        "The claimed gradient holds: largest relative error 0.0e+00 against autograd, "
    )
    assert first.endswith(" against central differences.")
    first = opening(check_gradient(square, lambda x: 2.002 * x, x))
    assert first == (
        "The claimed gradient does not hold: largest relative error "
        "1.0e-03 against autograd, 1.0e-03 against central differences."
    )


def test_table_is_aligned() -> None:
    """Below the verdict stands one row for each input and witness, in columns."""
    header, *rows = str(wrong_report()).partition("\n\n")[2].splitlines()
    assert header.split("  ")[0] == "input"
    assert [row.split()[0] for row in rows[:4]] == ["x", "x", "y", "y"]
    assert [row.split()[-1] for row in rows[:4]] == ["holds", "holds", "refused", "refused"]
    column = header.index("verdict")
    assert all(row[column - 1] == " " != row[column] for row in rows[:4])
    assert rows[5].startswith("Note: The claimed gradient for y has shape (1,)")


def test_report_is_deterministic() -> None:
    """The same check prints the same text, without addresses, as str and as repr."""
    assert str(wrong_report()) == repr(wrong_report())
    assert wrong_report() == wrong_report()
    assert "0x" not in str(wrong_report())


def test_bool_is_the_verdict() -> None:
    """A report is true if and only if the claim holds."""
    x = draw(3)
    assert bool(check_gradient(square, double, x)) is True
    assert bool(check_gradient(square, lambda x: x, x)) is False


class Outline(HTMLParser):
    """The tags of a document in order, with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.opened: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that opens."""
        self.opened.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Demand that tags close in order."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note the text."""
        self.text.append(data)


def test_html_is_a_semantic_table() -> None:
    """In a notebook the report is a table with a caption and header cells, and no style."""
    report = wrong_report()
    outline = Outline(report._repr_html_())
    assert outline.open == []
    assert outline.opened[0] == ("table", {"class": "gradient-report"})
    assert outline.opened[1] == ("caption", {})
    assert [a["scope"] for tag, a in outline.opened if tag == "th"] == ["col"] * 5 + ["row"] * 4
    assert not any("style" in a for _, a in outline.opened)
    assert outline.text[0] == report.verdict
    assert outline.text[-1] == report.notes[-1]


def test_html_is_escaped() -> None:
    """Text from outside cannot become markup."""
    comparison = Comparison("<x>", "autograd", 0.0, 0.0, holds=True)
    html = GradientReport((comparison,), notes=("a < b & <script>",))._repr_html_()
    assert "&lt;x&gt;" in html
    assert "a &lt; b &amp; &lt;script&gt;" in html


def test_diagnosis_follows_the_verdict() -> None:
    """What is wrong stands above the table, as a paragraph in a terminal and in the caption."""
    report = check_gradient(square, lambda x: x, draw(3))
    (found,) = report.diagnoses
    assert found == Diagnosis(
        "factor", "x", "The claimed gradient for x is 1/2 times the right one."
    )
    assert str(report).split("\n\n")[1] == f"Diagnosis: {found.sentence}"
    where = " ".join(str(report).split("\n\n")[2].split())
    assert where.startswith("Worst entry: x[")
    assert where.endswith("3 of 3 entries differ: every entry.")
    outline = Outline(report._repr_html_())
    assert outline.open == []
    assert [tag for tag, _ in outline.opened[:5]] == ["table", "caption", "p", "p", "svg"]
    assert outline.text[:2] == [report.verdict, found.sentence]


def test_diagnosis_is_escaped() -> None:
    """A name in a diagnosis cannot become markup either."""
    report = GradientReport((), diagnoses=(Diagnosis("sign", "<x>", "<x> has the wrong sign."),))
    assert "&lt;x&gt; has the wrong sign." in report._repr_html_()


def test_point_without_a_gradient_confirms_nothing() -> None:
    """A report of a point with a kink is false, whatever the comparisons say."""
    comparison = Comparison("x", "autograd", 0.0, 0.0, holds=True)
    assert GradientReport((comparison,)).holds
    report = GradientReport((comparison,), smooth=False)
    assert not report.holds
    assert report.verdict == (
        "The claimed gradient is not confirmed: f has no gradient at this point."
    )


def test_worst_entry_and_tensors() -> None:
    """The report names the worst entry with what each says there, and keeps the tensors."""

    def claimed(X: Tensor) -> Tensor:
        found = 2 * X
        found[1] = found[1] * torch.tensor([1.5, 3.0, 2.0])
        return found

    X = draw(2, 3)
    (part,) = check_gradient(square, claimed, X).findings
    assert part.worst == (1, 1)
    assert part.where == "3 of 6 entries differ: row 1"
    assert torch.equal(part.gradients["autograd"], 2 * X.detach())
    assert torch.equal(part.differs, torch.tensor([[False] * 3, [True] * 3]))
    assert torch.allclose(part.errors[1], torch.tensor([0.5, 2.0, 1.0], dtype=torch.float64))
    sentence = " ".join(part.sentences)
    x = X[1, 1].item()
    assert sentence.startswith(
        f"Worst entry: x[1, 1] is claimed {6 * x:.6g}; autograd says {2 * x:.6g}"
    )


def test_an_error_beside_a_gradient_of_zero_is_endless() -> None:
    """Where the whole gradient is zero, an entry that is claimed as zero has no error, and another an endless one."""
    claimed = torch.tensor([0.0, 1.0], dtype=torch.float64)
    (part,) = check_gradient(lambda x: 0 * square(x), lambda _: claimed, draw(2)).findings
    assert part.errors.tolist() == [0, torch.inf]
    assert part.worst == (1,)


def test_complex_numbers_are_told_with_both_parts() -> None:
    """The worst entry of a complex claim has a real and an imaginary part, of four digits each."""
    z = torch.tensor([1 + 2j], dtype=torch.complex128, requires_grad=True)
    (part,) = check_gradient(lambda z: (z.abs() ** 2).sum(), lambda z: 3 * z, z).findings
    assert next(iter(part.sentences)) == (
        "Worst entry: z[0] is claimed 3+6j; autograd says 2+4j, central differences 2+4j."
    )


def test_coarse_digits_are_no_verdict() -> None:
    """A function that computes in single precision confirms nothing, unless the shape is wrong."""
    coarse = check_gradient(lambda x: square(x.float()).double(), double, draw(4))
    assert coarse.verdict == (
        "The claimed gradient is not confirmed: f computes with fewer digits than its inputs have."
    )
    wrong = check_gradient(lambda x: square(x.float()).double(), lambda x: 2 * x[:2], draw(4))
    assert wrong.outcome == "does not hold"


def test_plot_shows_the_error_of_every_entry() -> None:
    """There is an image for each input, in powers of ten, with the pattern below it."""
    x, Y = draw(3), draw(2, 4, seed=1)
    report = check_gradient(
        lambda x, Y: square(x) + square(Y), lambda x, Y: (2 * x, 2.02 * Y), x, Y
    )
    figure = report.plot()
    images = [ax for ax in figure.axes if ax.images]
    assert [ax.get_title() for ax in images] == ["x", "Y"]
    assert images[1].get_xlabel() == "8 of 8 entries differ: every entry"
    pixels = images[1].images[0].get_array()
    assert pixels is not None
    assert pixels.shape == (2, 4)
    assert np.allclose(pixels, -2)
    right = images[0].images[0].get_array()
    assert right is not None
    assert right.shape == (1, 3)
    assert (right <= -15).all()
    figure.canvas.draw()
    # All images share a scale, from the last digit to an error as large as the entry.
    assert {ax.images[0].get_clim() for ax in images} == {(-17, 0)}
    assert figure.get_size_inches().tolist() == [6.4, 3.0]
    bars = [ax.get_ylabel() for ax in figure.axes if not ax.images or ax not in images]
    assert bars == ["relative error, power of ten"] * 2


def test_plot_of_a_shape_that_does_not_fit_is_empty() -> None:
    """What has no entries to compare is left out of the picture."""
    report = check_gradient(square, lambda x: x[:2], draw(3))
    figure = report.plot()
    assert [len(ax.images) for ax in figure.axes] == [0]
    assert figure.get_size_inches().tolist() == [3.2, 3.0]


def test_notebook_shows_which_entries_differ() -> None:
    """A refused matrix has a picture with a square an entry, those that differ filled; none is too large."""

    def picture(*shape: int) -> list[str | None]:
        report = check_gradient(square, lambda X: 2 * X.detach() * mask(X), draw(*shape))
        opened = Outline(report._repr_html_()).opened
        assert [a["role"] for tag, a in opened if tag == "svg"] in ([], ["img"])
        return [a["fill-opacity"] for tag, a in opened if tag == "rect"]

    def mask(X: Tensor) -> Tensor:
        found = torch.ones_like(X)
        found[0] = 3
        return found

    assert picture(2, 3) == ["1", "1", "1", "0.15", "0.15", "0.15"]
    assert picture(2, 40) == []


@pytest.mark.parametrize("right", [LISTED, LISTED + 1])
def test_many_inputs_that_hold_are_counted(right: int) -> None:
    """As many as can be taken in are named, and more are told by their number."""

    def total(*xs: Tensor) -> Tensor:
        return sum((x @ x for x in xs), torch.tensor(0.0, dtype=torch.float64))

    def claimed(*xs: Tensor) -> tuple[Tensor, ...]:
        return (3 * xs[0], *(2 * x for x in xs[1:]))

    report = check_gradient(total, claimed, *(draw(2, seed=i) for i in range(right + 1)))
    _, _, others = report.verdict.partition(", and holds for ")
    names = [f"input {i}" for i in range(1, right + 1)]
    assert ("the other" in others) == (right > LISTED)
    assert f"the other {right} inputs" in others or all(name in others for name in names)


def columns(text: str) -> Tensor:
    """Return the rows of a matrix of short numbers, which requires a gradient."""
    rows = [[float(x) for x in row.split()] for row in text.split(";")]
    return torch.tensor(rows, dtype=torch.float64, requires_grad=True)


def row_of_mistakes(X: Tensor) -> Tensor:
    """Return the gradient of a sum of squares, with the second row off by three factors."""
    found = 2 * X
    found[1] = found[1] * torch.tensor([1.5, 3.0, 2.0])
    return found


# With a step of a quarter, quotients of these functions are exact.
WHOLE: dict[str, tuple[Callable[[], GradientReport], str]] = {
    "one row": (
        lambda: check_gradient(square, row_of_mistakes, columns("1 2 4; 0.5 -1 8"), step=0.25),
        """\
The claimed gradient does not hold: largest relative error 2.0e+00 against
autograd, 2.0e+00 against central differences.

Worst entry: x[1, 1] is claimed -6; autograd says -2, central differences
-2. 3 of 6 entries differ: row 1.

input  witness              absolute error  relative error  verdict
x      autograd             1.6e+01         2.0e+00         refused
x      central differences  1.6e+01         2.0e+00         refused""",
    ),
    "a shape and a NaN": (
        lambda: check_gradient(
            lambda a, b: (a * b).sum(),
            lambda a, b: (b[:, :2], a * torch.nan),
            columns("1 2 4"),
            columns("1 0.5 8"),
            step=0.25,
        ),
        """\
The claimed gradient does not hold: largest relative error inf against
autograd, inf against central differences.

Worst entry: b[0, 0] is claimed nan; autograd says 1, central differences 1.
3 of 3 entries differ: every entry.

input  witness              absolute error  relative error  verdict
a      autograd             inf             inf             refused
a      central differences  inf             inf             refused
b      autograd             inf             inf             refused
b      central differences  inf             inf             refused

Note: The claimed gradient for a has shape (1, 2); expected (1, 3), the
shape of a.

Note: The claimed gradient for b has entries that are NaN or infinite.""",
    ),
    "one of three inputs": (
        lambda: check_gradient(
            lambda a, b, c: (a * b).sum() + c.sum(),
            lambda a, b, c: (b, 2 * a, c / c),
            columns("1 2 4"),
            columns("1 0.5 8"),
            columns("1"),
            step=0.25,
        ),
        """\
The claimed gradient does not hold for b, and holds for a and c: largest
relative error 1.0e+00 against autograd, 1.0e+00 against central
differences.

Diagnosis: The claimed gradient for b is 2 times the right one.

Worst entry: b[0, 2] is claimed 8; autograd says 4, central differences 4. 3
of 3 entries differ: every entry.

input  witness              absolute error  relative error  verdict
a      autograd             0.0e+00         0.0e+00         holds
a      central differences  0.0e+00         0.0e+00         holds
b      autograd             4.0e+00         1.0e+00         refused
b      central differences  4.0e+00         1.0e+00         refused
c      autograd             0.0e+00         0.0e+00         holds
c      central differences  0.0e+00         0.0e+00         holds""",
    ),
    "a kink": (
        lambda: check_gradient(lambda x: x.abs().sum(), torch.sign, columns("1 0"), step=0.25),
        """\
The claimed gradient is not confirmed: f has no gradient at this point.

Diagnosis: f has a kink at this point: its slope along x[0, 1] is -1 on one
side and 1 on the other.

input  witness              absolute error  relative error  verdict
x      autograd             0.0e+00         0.0e+00         holds
x      central differences  0.0e+00         0.0e+00         holds in part""",
    ),
    "a part cut off": (
        lambda: check_gradient(
            lambda x: square(x) + x[0, 0].detach(), double, columns("1 2"), step=0.25
        ),
        """\
The claimed gradient is not confirmed: autograd and central differences do
not agree with each other.

Diagnosis: f is smooth at this point, so it is autograd that misses a part
of its slope along x[0, 0]: a part of f is cut off from its inputs (.item(),
.detach(), torch.no_grad(), a conversion to NumPy), or a backward rule is
wrong.

input  witness              absolute error  relative error  verdict
x      autograd             0.0e+00         0.0e+00         holds
x      central differences  1.0e+00         3.3e-01         refused

Note: Autograd and central differences disagree about x, by up to 1.0e+00.""",
    ),
    "second order": (
        lambda: check_gradient(square, double, columns("1 2 4"), order=2, step=0.25),
        """\
The claimed gradient holds: largest relative error 0.0e+00 against autograd,
0.0e+00 against central differences.

input       witness              absolute error  relative error  verdict
x           autograd             0.0e+00         0.0e+00         holds
x           central differences  0.0e+00         0.0e+00         holds
x, order 2  autograd             0.0e+00         0.0e+00         holds
x, order 2  central differences  0.0e+00         0.0e+00         holds""",
    ),
}


@pytest.mark.parametrize(("check", "expected"), WHOLE.values(), ids=WHOLE)
def test_whole_report(check: Callable[[], GradientReport], expected: str) -> None:
    """A report is what a reader sees here, from the verdict to the last note."""
    assert str(check()) == expected


def test_whole_table_in_a_notebook() -> None:
    """In a notebook the same is a table whose caption tells what is wrong, with a picture of where."""
    report = check_gradient(
        lambda a, b: square(a) + square(b),
        lambda a, b: (torch.tensor([[2.0, 8.0]]), b[:, :1]),
        columns("1 2"),
        columns("1 2"),
        step=0.25,
    )
    cells = [
        ("a", "autograd", "4.0e+00", "1.0e+00", "refused"),
        ("a", "central differences", "4.0e+00", "1.0e+00", "refused"),
        ("b", "autograd", "inf", "inf", "refused"),
        ("b", "central differences", "inf", "inf", "refused"),
    ]
    heads = ("input", "witness", "absolute error", "relative error", "verdict")
    assert report._repr_html_() == (
        '<table class="gradient-report"><caption>The claimed gradient does not hold: largest '
        "relative error inf against autograd, inf against central differences."
        "<p>Worst entry: a[0, 1] is claimed 8; autograd says 4, central differences 4. "
        "1 of 2 entries differ.</p>"
        '<svg role="img" aria-label="a: 1 of 2 entries differ" width="17" height="9" '
        'viewBox="0 0 17 9"><rect x="1" y="1" width="7" height="7" fill="currentColor" '
        'fill-opacity="0.15"/><rect x="9" y="1" width="7" height="7" fill="currentColor" '
        'fill-opacity="1"/></svg></caption><thead><tr>'
        + "".join(f'<th scope="col">{head}</th>' for head in heads)
        + "</tr></thead><tbody>"
        + "".join(
            f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{x}</td>" for x in rest) + "</tr>"
            for first, *rest in cells
        )
        + '</tbody><tfoot><tr><td colspan="5">The claimed gradient for b has shape (1, 1); '
        "expected (1, 2), the shape of b.</td></tr></tfoot></table>"
    )


def unchecked(count: int) -> GradientReport:
    """Return a report on 12 entries, of which no witness can tell so many."""
    X = torch.ones(3, 4)
    hidden = (torch.arange(12) < count).reshape(3, 4)
    part = Finding("X", X, {"autograd": X}, torch.zeros_like(hidden), hidden)
    row = Comparison(
        "X", "autograd", 0.0, 0.0, holds=True, resolved="some" if count < 12 else "none"
    )
    return GradientReport((row,), findings=(part,))


@pytest.mark.parametrize(
    ("count", "verdict", "word", "listed"),
    [
        (0, "holds: largest relative error 0.0e+00 against autograd.", "holds in part", ""),
        (
            LISTED,
            ("is not fully checked: no witness can tell 8 of 12 entries; of the others the largest "
            "relative error is 0.0e+00 against autograd."),
            "holds in part",
            ("X[1, 2], X[1, 3]. Rounding hides these entries from every witness; check at another "
            "point, or in float64."),
        ),
        (
            LISTED + 1,
            ("is not fully checked: no witness can tell 9 of 12 entries; of the others the largest "
            "relative error is 0.0e+00 against autograd."),
            "holds in part",
            "X[1, 2], X[1, 3] and 1 more. Rounding hides",
        ),
        (12, "is not checked: no witness can tell.", "cannot tell", "X[1, 3] and 4 more."),
    ],
)  # fmt: skip
def test_what_no_witness_can_tell_is_listed(
    count: int, verdict: str, word: str, listed: str
) -> None:
    """The entries that nobody can tell are counted in the verdict, and named up to eight."""
    report = unchecked(count)
    assert report.verdict == f"The claimed gradient {verdict}"
    assert report.comparisons[0].verdict == word
    details = " ".join(report.details)
    assert listed in details
    assert details.count("X[") == min(count, LISTED)
    assert report.outcome == ("not checked" if count else "holds")


def test_picture_of_any_shape() -> None:
    """A stack is drawn as its rows one below the other, up to a side of 32; a number is not drawn."""

    def size(*shape: int) -> list[tuple[str | None, str | None]]:
        wrong = Finding("x", torch.ones(shape), {}, torch.ones(shape, dtype=torch.bool), ~torch.ones(shape, dtype=torch.bool))  # fmt: skip
        row = Comparison("x", "autograd", 1.0, 1.0, holds=False)
        opened = Outline(GradientReport((row,), findings=(wrong,))._repr_html_()).opened
        return [(a["width"], a["height"]) for tag, a in opened if tag == "svg"]

    assert size(2, 3, 4) == [("33", "49")]
    assert size(5) == [("41", "9")]
    assert size(SIDE, SIDE) == [("257", "257")]
    assert size(SIDE + 1, 2) == size(2, SIDE + 1) == size() == []


def test_first_of_equal_errors_is_the_largest() -> None:
    """Where a factor is wrong, the entry that is shown is the largest, of both signs."""
    claim = torch.tensor([3.0, -12.0, 6.0])
    right = torch.tensor([2.0, -8.0, 4.0])
    part = Finding("x", claim, {"autograd": right}, claim != right, claim == 0)
    assert part.worst == (1,)
    # What does not differ is not shown, however large its error is.
    part = Finding("x", claim, {"autograd": right}, torch.tensor([True, False, False]), claim == 0)
    assert part.worst == (0,)
    assert part.where == "1 of 3 entries differ"


def test_a_witness_that_cannot_tell_says_so() -> None:
    """In the sentence on the worst entry a witness that is blind there gives no number."""
    claim, right = torch.tensor([3.0, 1.0]), torch.tensor([2.0, 1.0])
    blind = torch.tensor([False, True])
    part = Finding(
        "x",
        claim,
        {"autograd": right, "central differences": right},
        claim != right,
        claim == 0,
        {"central differences": blind},
    )
    assert list(part.sentences) == [
        (
            "Worst entry: x[0] is claimed 3; autograd says 2, central differences cannot tell. "
            "1 of 2 entries differ."
        )
    ]


def test_details_are_left_out_where_nothing_is_decided() -> None:
    """At a kink, or where witnesses disagree, no entry is blamed."""
    claim = torch.tensor([3.0])
    part = Finding("x", claim, {"autograd": 2 * claim}, claim > 0, claim < 0)
    row = Comparison("x", "autograd", 1.0, 1.0, holds=False)
    decided = GradientReport((row,), findings=(part,))
    assert decided.details == ("Worst entry: x[0] is claimed 3; autograd says 6.",)
    for report in (
        replace(decided, smooth=False),
        replace(decided, deterministic=False),
        replace(decided, witnesses_agree=False),
    ):
        assert (report.details, report.outcome) == ((), "not checked")
        assert "<svg" not in report._repr_html_()
