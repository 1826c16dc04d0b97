"""What a check found, as a table to print.

A :class:`GradientReport` is true if the claimed gradient holds.
It shows itself in a terminal and in a notebook.
"""

from dataclasses import dataclass
from html import escape
from textwrap import fill

__all__ = ["Comparison", "Diagnosis", "GradientReport"]

# A report in a terminal or under a cell wraps its sentences.
WIDTH = 76


@dataclass(frozen=True)
class Comparison:
    """The claimed gradient for one input, against one witness.

    Attributes
    ----------
    input : str
        The name of the input.
    witness : str
        ``"autograd"`` or ``"central differences"``.
    absolute : float
        The largest absolute error of an entry.
    relative : float
        The same, divided by the largest absolute entry of the witness.
        Where the witness cannot tell its entries from zero, it is 0 if the claim is as good as
        zero, and inf if not.
    holds : bool
        Whether every entry is within the tolerance.
    """

    input: str
    witness: str
    absolute: float
    relative: float
    holds: bool


@dataclass(frozen=True)
class Diagnosis:
    """What is wrong with one claimed gradient, or with the point for one input.

    Attributes
    ----------
    name : str
        The mistake in a word or two, such as ``"transpose"``.
    input : str
        The name of the input.
    sentence : str
        What to tell the reader.
    """

    name: str
    input: str
    sentence: str


@dataclass(frozen=True, repr=False)
class GradientReport:
    """What :func:`~autodiff_notes.checking.gradient.check_gradient` found; true if the claimed gradient holds.

    It prints as a table, in a terminal and in a notebook.

    Attributes
    ----------
    comparisons : tuple of Comparison
        One for each input and witness.
    witnesses_agree : bool
        Whether autograd and central differences agree with each other.
    notes : tuple of str
        What else a reader should know, in words.
    smooth : bool
        Whether f has no kink at the point, along any entry.
    diagnoses : tuple of Diagnosis
        What is wrong, where it can be told: at most one for each input.
    """

    comparisons: tuple[Comparison, ...]
    witnesses_agree: bool = True
    notes: tuple[str, ...] = ()
    smooth: bool = True
    diagnoses: tuple[Diagnosis, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether f is smooth, and the claim agrees with both witnesses, and they with each other."""
        return self.smooth and self.witnesses_agree and all(c.holds for c in self.comparisons)

    @property
    def verdict(self) -> str:
        """The outcome as one sentence."""
        if not self.smooth:
            return "The claimed gradient is not confirmed: f has no gradient at this point."
        if not self.witnesses_agree:
            return (
                "The claimed gradient is not confirmed: "
                "autograd and central differences do not agree with each other."
            )
        errors = ", ".join(
            f"{self._largest(witness):.1e} against {witness}"
            for witness in dict.fromkeys(c.witness for c in self.comparisons)
        )
        return f"The claimed gradient {self._outcome()}: largest relative error {errors}."

    def _outcome(self) -> str:
        """Return whether the claim holds, and for which inputs where that differs."""
        wrong = dict.fromkeys(c.input for c in self.comparisons if not c.holds)
        right = dict.fromkeys(c.input for c in self.comparisons if c.input not in wrong)
        if wrong and right:
            return f"does not hold for {' and '.join(wrong)}, and holds for {' and '.join(right)}"
        return "does not hold" if wrong else "holds"

    def _largest(self, witness: str) -> float:
        """Return the largest relative error against one witness."""
        return max(c.relative for c in self.comparisons if c.witness == witness)

    def _rows(self) -> list[tuple[str, ...]]:
        """Return the cells of the table, the header first."""
        rows: list[tuple[str, ...]] = [
            ("input", "witness", "absolute error", "relative error", "verdict")
        ]
        for c in self.comparisons:
            verdict = "holds" if c.holds else "refused"
            rows.append((c.input, c.witness, f"{c.absolute:.1e}", f"{c.relative:.1e}", verdict))
        return rows

    def __bool__(self) -> bool:
        """Return the verdict."""
        return self.holds

    def __str__(self) -> str:
        """Return the verdict, the diagnoses, the table and the notes as plain text."""
        rows = self._rows()
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [fill(self.verdict, WIDTH), ""]
        for diagnosis in self.diagnoses:
            lines += [fill(f"Diagnosis: {diagnosis.sentence}", WIDTH), ""]
        for row in rows:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            lines.append("  ".join(cells).rstrip())
        for note in self.notes:
            lines += ["", fill(f"Note: {note}", WIDTH)]
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """Return the same as a table; the diagnoses are in its caption, the notes are its foot."""
        header, *rows = self._rows()
        head = "".join(f'<th scope="col">{cell}</th>' for cell in header)
        body = "".join(
            f'<tr><th scope="row">{escape(name)}</th>'
            + "".join(f"<td>{cell}</td>" for cell in cells)
            + "</tr>"
            for name, *cells in rows
        )
        foot = "".join(
            f'<tr><td colspan="{len(header)}">{escape(note)}</td></tr>' for note in self.notes
        )
        diagnoses = "".join(f"<p>{escape(d.sentence)}</p>" for d in self.diagnoses)
        return (
            f'<table class="gradient-report"><caption>{escape(self.verdict)}{diagnoses}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
            + (f"<tfoot>{foot}</tfoot>" if foot else "")
            + "</table>"
        )
