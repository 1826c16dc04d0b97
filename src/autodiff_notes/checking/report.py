"""What a check found, as a table to print.

A :class:`GradientReport` is true if the claimed gradient holds. It holds only if every entry was
held against a witness that can tell; where none can, it is *not checked*.
It shows itself in a terminal and in a notebook, and keeps the tensors.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from textwrap import fill
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

from autodiff_notes.checking.places import pattern, place

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Comparison", "Diagnosis", "Finding", "GradientReport"]

# A report in a terminal or under a cell wraps its sentences.
WIDTH = 76
# So many entries are listed by name.
LISTED = 8
# The largest picture in a notebook, in cells a side, and the size of a cell.
SIDE, CELL = 32, 8


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
        The largest error of an entry, divided by the entry; divided by the largest entry where the
        witness cannot tell the entry from zero, or the error from rounding.
    holds : bool
        Whether no entry differs by more than the tolerance.
    resolved : str
        ``"all"``, ``"some"`` or ``"none"`` of the entries, as far as the witness can tell.
    """

    input: str
    witness: str
    absolute: float
    relative: float
    holds: bool
    resolved: str = "all"

    @property
    def verdict(self) -> str:
        """The outcome in a word or two."""
        words = {"all": "holds", "some": "holds in part", "none": "cannot tell"}
        return words[self.resolved] if self.holds else "refused"


@dataclass(frozen=True, eq=False)
class Finding:
    """The tensors behind the comparisons for one input.

    Attributes
    ----------
    input : str
        The name of the input.
    claim : torch.Tensor
        What was claimed.
    gradients : dict
        What each witness says, in the shape of the claim; differences are left out if they were
        taken along random directions.
    differs : torch.Tensor
        Booleans: where the claim differs from a witness.
    unchecked : torch.Tensor
        Booleans: where no witness can tell.
    resolved : dict
        Booleans for each witness: where it can tell.
    """

    input: str
    claim: Tensor
    gradients: dict[str, Tensor]
    differs: Tensor
    unchecked: Tensor
    resolved: dict[str, Tensor] = field(default_factory=dict)

    @property
    def errors(self) -> Tensor:
        """The errors of the entries against the first witness, each divided by the entry."""
        first = next(iter(self.gradients.values()))
        sizes = first.abs()
        error: Tensor = (self.claim - first).abs() / torch.where(sizes > 0, sizes, sizes.max())
        return error.nan_to_num(nan=0.0, posinf=torch.inf)

    @property
    def worst(self) -> tuple[int, ...] | None:
        """The index of the entry that is furthest off, in units of its size; None if none differs."""
        if not self.gradients or not bool(self.differs.any()):
            return None
        scores = torch.where(self.differs, self.errors, -1.0)
        # Of entries that are equally far off the largest is shown.
        first = next(iter(self.gradients.values())).abs()
        best = scores >= scores.max() * (1 - 1e-6)
        k = int(torch.where(best, first + (self.claim - first).abs(), -1.0).argmax())
        return tuple(int(i) for i in torch.unravel_index(torch.tensor(k), self.differs.shape))

    def _tells(self, witness: str, index: tuple[int, ...]) -> bool:
        return witness not in self.resolved or bool(self.resolved[witness][index])

    @property
    def where(self) -> str:
        """How many entries differ, and in which pattern."""
        count, total = int(self.differs.sum()), self.differs.numel()
        words = pattern(self.differs) if count else ""
        return f"{count} of {total} entries differ" + (f": {words}" if words else "")

    @property
    def sentences(self) -> Iterator[str]:
        """Where it hurts, and what was not checked."""
        if self.worst is not None:
            name = place(self.input, self.differs.shape, _flat(self.worst, self.differs.shape))
            said = ", ".join(
                f"{witness} {'says ' if i == 0 else ''}{_number(gradient[self.worst])}"
                if self._tells(witness, self.worst)
                else f"{witness} cannot tell"
                for i, (witness, gradient) in enumerate(self.gradients.items())
            )
            count = f" {self.where}." if self.differs.numel() > 1 else ""
            yield f"Worst entry: {name} is claimed {_number(self.claim[self.worst])}; {said}.{count}"
        if bool(self.unchecked.any()):
            hidden = self.unchecked.flatten().nonzero().flatten().tolist()
            names = [place(self.input, self.unchecked.shape, k) for k in hidden[:LISTED]]
            rest = f" and {len(hidden) - LISTED} more" if len(hidden) > LISTED else ""
            yield (
                f"Not checked: {', '.join(names)}{rest}. Rounding hides these entries from every "
                "witness; check at another point, or in float64."
            )


def _flat(index: tuple[int, ...], shape: tuple[int, ...]) -> int:
    k = 0
    for i, size in zip(index, shape, strict=True):
        k = k * size + i
    return k


def _number(x: Tensor) -> str:
    """Return a number with the digits that a reader compares."""
    value = x.item()
    if isinstance(value, complex):
        return f"{value:.4g}"
    return f"{value:.6g}"


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
    """What :func:`~autodiff_notes.check_gradient` found; true if the claimed gradient holds.

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
        Whether f has no kink at the point, along the entries and some random directions.
    diagnoses : tuple of Diagnosis
        What is wrong, where it can be told: at most one for each input.
    findings : tuple of Finding
        The tensors, one for each input.
    deterministic : bool
        Whether f and the claim returned the same numbers twice.
    precise : bool
        Whether f computes with the digits of its inputs, as far as could be told.
    noun : str
        What was claimed: ``"gradient"``, ``"Jacobian"`` and so on.
    """

    comparisons: tuple[Comparison, ...]
    witnesses_agree: bool = True
    notes: tuple[str, ...] = ()
    smooth: bool = True
    diagnoses: tuple[Diagnosis, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False)
    deterministic: bool = True
    precise: bool = True
    noun: str = "gradient"

    @property
    def outcome(self) -> str:
        """``"holds"``, ``"does not hold"`` or ``"not checked"``."""
        if not (self.smooth and self.witnesses_agree and self.deterministic and self.precise):
            return "not checked"
        if not all(c.holds for c in self.comparisons):
            return "does not hold"
        if any(bool(part.unchecked.any()) for part in self.findings):
            return "not checked"
        return "holds"

    @property
    def holds(self) -> bool:
        """Whether every entry agrees with a witness that can tell, where f has a gradient."""
        return self.outcome == "holds"

    @property
    def verdict(self) -> str:
        """The outcome as one sentence."""
        confirmed = f"The claimed {self.noun} is not confirmed"
        if not self.deterministic:
            return f"{confirmed}: two calls at the same point differ."
        if not self.smooth:
            return f"{confirmed}: f has no gradient at this point."
        if not self.precise:
            return f"{confirmed}: f computes with fewer digits than its inputs have."
        if not self.witnesses_agree:
            return f"{confirmed}: autograd and central differences do not agree with each other."
        errors = ", ".join(
            f"{self._largest(witness):.1e} against {witness}"
            for witness in dict.fromkeys(c.witness for c in self.comparisons)
        )
        if self.outcome == "not checked":
            count = sum(int(part.unchecked.sum()) for part in self.findings)
            total = sum(part.unchecked.numel() for part in self.findings)
            return (
                f"The claimed {self.noun} is not fully checked: no witness can tell {count} of "
                f"{total} entries; of the others the largest relative error is {errors}."
                if count < total
                else f"The claimed {self.noun} is not checked: no witness can tell."
            )
        return f"The claimed {self.noun} {self._outcome()}: largest relative error {errors}."

    def _outcome(self) -> str:
        """Return whether the claim holds, and for which inputs where that differs."""
        wrong = dict.fromkeys(c.input for c in self.comparisons if not c.holds)
        right = dict.fromkeys(c.input for c in self.comparisons if c.input not in wrong)
        if wrong and right:
            others = _listed(right) if len(right) <= LISTED else f"the other {len(right)} inputs"
            return f"does not hold for {_listed(wrong)}, and holds for {others}"
        return "does not hold" if wrong else "holds"

    def _largest(self, witness: str) -> float:
        return max(c.relative for c in self.comparisons if c.witness == witness)

    @property
    def details(self) -> tuple[str, ...]:
        """Where the claim differs and what was not checked, a sentence or two for each input."""
        if not (self.smooth and self.deterministic and self.witnesses_agree):
            return ()
        return tuple(s for part in self.findings for s in part.sentences)

    def plot(self) -> "Figure":
        """Draw the relative error of every entry, an image for each input.

        Returns
        -------
        object
            A figure. Needs Matplotlib, which ``autodiff-notes[figures]`` brings.
        """
        from matplotlib.figure import Figure  # noqa: PLC0415 - a check needs no figure

        parts = [
            part
            for part in self.findings
            if part.gradients and part.claim.shape == next(iter(part.gradients.values())).shape
        ]
        fig = Figure(figsize=(3.2 * max(len(parts), 1), 3.0), layout="constrained")
        for part, ax in zip(
            parts, fig.subplots(1, max(len(parts), 1), squeeze=False)[0], strict=False
        ):
            exponents = part.errors.double().clamp(min=1e-17, max=1e3).log10()
            image = ax.imshow(_image(exponents).cpu().numpy(), vmin=-17, vmax=0, aspect="auto")
            ax.set(title=part.input, xticks=[], yticks=[], xlabel=part.where)
            fig.colorbar(image, ax=ax, label="relative error, power of ten")
        return fig

    def _rows(self) -> list[tuple[str, ...]]:
        """Return the cells of the table, the header first."""
        rows: list[tuple[str, ...]] = [
            ("input", "witness", "absolute error", "relative error", "verdict")
        ]
        for c in self.comparisons:
            rows.append((c.input, c.witness, f"{c.absolute:.1e}", f"{c.relative:.1e}", c.verdict))
        return rows

    def __bool__(self) -> bool:
        """Return the verdict."""
        return self.holds

    def __str__(self) -> str:
        """Return the verdict, the diagnoses, what is wrong where, the table and the notes as text."""
        rows = self._rows()
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [fill(self.verdict, WIDTH), ""]
        for diagnosis in self.diagnoses:
            lines += [fill(f"Diagnosis: {diagnosis.sentence}", WIDTH), ""]
        for sentence in self.details:
            lines += [fill(sentence, WIDTH), ""]
        for row in rows if self.comparisons else []:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            lines.append("  ".join(cells).rstrip())
        for note in self.notes:
            lines += ["", fill(f"Note: {note}", WIDTH)]
        return "\n".join(lines).strip()

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
        told = [*(d.sentence for d in self.diagnoses), *self.details]
        diagnoses = "".join(f"<p>{escape(sentence)}</p>" for sentence in told)
        diagnoses += (
            "".join(map(_picture, self.findings)) if self.outcome == "does not hold" else ""
        )
        return (
            f'<table class="gradient-report"><caption>{escape(self.verdict)}{diagnoses}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
            + (f"<tfoot>{foot}</tfoot>" if foot else "")
            + "</table>"
        )


def _listed(names: Any) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else str(last)


def _image(x: Tensor) -> Tensor:
    return x.reshape(1, -1) if x.ndim < 2 else x.reshape(-1, x.shape[-1])


def _picture(part: Finding) -> str:
    """Return the entries of a matrix as a small picture, those that differ filled."""
    cells = _image(part.differs)
    if part.differs.ndim < 1 or max(cells.shape) > SIDE or not part.differs.any():
        return ""
    rows, columns = cells.shape
    squares = "".join(
        f'<rect x="{CELL * j + 1}" y="{CELL * i + 1}" width="{CELL - 1}" height="{CELL - 1}" '
        f'fill="currentColor" fill-opacity="{1 if cells[i, j] else 0.15}"/>'
        for i in range(rows)
        for j in range(columns)
    )
    label = escape(f"{part.input}: {part.where}", quote=True)
    width, height = CELL * columns + 1, CELL * rows + 1
    return (
        f'<svg role="img" aria-label="{label}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{squares}</svg>'
    )
