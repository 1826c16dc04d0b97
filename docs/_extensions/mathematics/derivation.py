"""``{derivation}``: a chain of equations, each executed while the site is built.

Each line is an expression in the notation of :mod:`autodiff_notes.notation`, with a reason in
Markdown behind it::

    ```{derivation} log-det
    X in positive_determinant(n)
    d(logdet(X))
    = tr(inv(X) @ d(X))       # Jacobi's formula
    = inner(inv(X).mT, d(X))  # the trace is an inner product
    ```

The page shows it as mathematics, with what was checked below it. A line that does not equal the
line before it stops the build. The argument, if there is one, is a name to link to, here
``derivation-log-det``. What was found is kept: only a new text, or new code, is executed.
"""

import re
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from _extensions.mathematics.trying import try_derivation
from _extensions.mathematics.verification import execute, executed
from _extensions.places import short
from autodiff_notes.evaluation.outcome import Execution
from autodiff_notes.notation.derivations import Derivation, DerivationError, Line, parse

# Widths in characters. A left side wider than this stands apart; a narrower one shares its row
# with the second line. A chain wider than the others needs more room for reasons at its side.
LEFT, SHORT, MEDIUM = 19, 19, 44

# A formula in a reason cannot be broken; one wider than this takes room from the sides.
SPARE = 8
FORMULA = re.compile(r"\$([^$]+)\$")

# A right side wider than this, which is the width of a telephone, is broken before a sign: at the
# outermost level that has one, of at most LEVELS; so is a row that is still too wide.
WIDE, LEVELS = 32, 4
SIGN = re.compile(r"(?= [+-] )")
BRACES = [("{", "}"), (r"\left", r"\right"), (r"\lVert", r"\rVert")]
FENCES = [("(", ")"), (r"\langle", r"\rangle")]
CONTINUED = r" \\ &{}"


class DerivationDirective(SphinxDirective):
    """Executes a derivation and shows it."""

    optional_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the derivation, or stop the build."""
        text = "\n".join(self.content)
        try:
            derivation = parse(text)
            report = executed(self.env, text, lambda: execute(derivation))
        except DerivationError as error:
            source, _ = self.get_source_info()
            place = f"{short(source)}:{line_of(self, error.line)}"
            raise ExtensionError(f"{place}: {error.problem}") from error
        whole = nodes.container(classes=["derivation"])
        if self.arguments:
            identifier = nodes.make_id(f"derivation-{self.arguments[0]}")
            whole["ids"].append(identifier)
            anchor(self, identifier, self.arguments[0])
        shown = proof(self, derivation, report)
        shown[-1] += [*try_derivation(self, text), copied(text)]
        whole += [given(derivation), *shown]
        return [whole]


def copied(text: str) -> nodes.raw:
    """Return the place of a derivation's own text, for the button that copies it."""
    return nodes.raw("", f'<span data-python="{escape(text)}"></span>', format="html")


def anchor(directive: SphinxDirective, identifier: str, title: str) -> None:
    """Let pages link to a place on this one by its identifier: ``[](#log-det)``."""
    standard = directive.env.domains.standard_domain
    standard.note_hyperlink_target(identifier, directive.env.docname, identifier, title)


def line_of(directive: SphinxDirective, line: int) -> int:
    """Return the line of the page that a line of the content is."""
    return directive.lineno + directive.content_offset + line


def proof(
    directive: SphinxDirective, derivation: Derivation, report: Execution
) -> list[nodes.Element]:
    """Return the chains, and what was checked."""
    check_line = nodes.paragraph("", "", *summary(report), classes=["derivation-check"])
    return [*(chain(directive, lines) for lines in derivation.chains), check_line]


def chain(directive: SphinxDirective, lines: tuple[Line, ...]) -> nodes.container:
    """Return the rows of one chain."""
    first, *rest = lines
    left, right = width(first), max(map(width, rest), default=0)
    together = left <= LEFT and bool(rest) and not first.reason
    whole = left + right if together else max(left, right)
    whole += max(0, max(map(unbroken, lines)) - SPARE)
    size = "short" if whole <= SHORT else "medium" if whole <= MEDIUM else "long"
    rows = nodes.container(classes=["derivation-chain", f"derivation-{size}"])
    rows += formula(first.latex, "derivation-left")
    if not together:
        rows["classes"].append("derivation-apart")
        rows += reason(directive, first)
    for line in rest:
        rows += formula("{}" + broken(line), "derivation-right")
        rows += reason(directive, line)
    return rows


def reason(directive: SphinxDirective, line: Line) -> nodes.container:
    """Return the reason of a line, in words."""
    cell = nodes.container(classes=["derivation-reason"])
    if line.reason:
        words = inline(directive, line.reason, line_of(directive, line.number))
        cell += nodes.paragraph(line.reason, "", *words)
    return cell


def inline(directive: SphinxDirective, text: str, line: int | None = None) -> list[nodes.Node]:
    """Return a line of Markdown as nodes."""
    found, messages = directive.state.inline_text(text, line or directive.lineno)
    return [*found, *messages]


def formula(latex: str, name: str) -> nodes.container:
    """Return a formula in a cell of its own."""
    block = nodes.math_block(latex, latex, number=None, label=None, nowrap=True)
    return nodes.container("", block, classes=[name])


def given(derivation: Derivation) -> nodes.paragraph:
    """Return the declarations of the variables, and the meanings of the names."""
    paragraph = nodes.paragraph(classes=["derivation-given"])
    for number, declared in enumerate(derivation.declarations):
        paragraph += nodes.Text("; " if number else "For ")
        paragraph += nodes.math(declared.latex, declared.latex)
        if declared.constant and declared.domain.moves:
            paragraph += nodes.Text(" fixed")
    opening = ", where " if derivation.declarations else "Where "
    paragraph += listing([definition.latex for definition in derivation.definitions], opening)
    paragraph += nodes.Text(":")
    return paragraph


def listing(formulas: list[str], opening: str) -> list[nodes.Node]:
    """Return formulas in a row, with commas and an "and" between them."""
    found: list[nodes.Node] = []
    for place, text in enumerate(formulas):
        between = " and " if place == len(formulas) - 1 else ", "
        found += [nodes.Text(between if place else opening), nodes.math(text, text)]
    return found


def summary(report: Execution) -> list[nodes.Node]:
    """Return the summary of the check, its last number in one piece."""
    text, _, last = report.summary.rpartition(" ")
    return [nodes.Text(f"{text} "), nodes.inline("", f"{last}.", classes=["derivation-gap"])]


def width(line: Line) -> int:
    """Return about how many characters wide a line is."""
    return characters(line.latex)


def unbroken(line: Line) -> int:
    """Return about how many characters wide the widest formula in a reason is."""
    return max(map(characters, FORMULA.findall(line.reason)), default=0)


def characters(text: str) -> int:
    """Return about how many characters wide a formula is."""
    plain = re.sub(r"\\(begin|end)\{\w+\}|\\(operatorname|mathrm|mathsf|left|right)|\\,", "", text)
    plain = re.sub(r"\\(?!log|det|exp|sin|cos|tan|arctan)[A-Za-z]+", "x", plain)
    return len(re.sub(r"[{}^_\s\\]", "", plain))


def broken(line: Line, wide: int = WIDE) -> str:
    """Return a line in LaTeX, on several rows if it is a wide sum."""
    relation, _, text = line.latex.partition(" ")
    rows = rows_of(text, wide)
    if len(rows) == 1:
        return line.latex
    return rf"\begin{{aligned}} {{}} {relation}\;&{CONTINUED.join(rows)} \end{{aligned}}"


def rows_of(text: str, wide: int, level: int = 0) -> list[str]:
    """Return a formula in rows, broken at its signs within so many parentheses where it is wide."""
    if characters(text) <= wide or level == LEVELS:
        return [text]
    rows = [""]
    for part in addends(text, level):
        if characters(rows[-1] + part) <= wide or not rows[-1]:
            rows[-1] += part
        else:
            rows.append(part)
    return [within for row in rows for within in rows_of(row, wide, level + 1)]


def addends(text: str, level: int = 0) -> list[str]:
    """Return the addends of a formula, with their signs, within so many parentheses."""
    parts = [""]
    for part in SIGN.split(text):
        if not parts[-1] or opens(parts[-1], level, "".join(parts)):
            parts[-1] += part
        else:
            parts.append(part)
    return parts


def opens(text: str, level: int, before: str) -> bool:
    """Return whether a brace in a formula is still open, or more parentheses than so many."""
    inside = sum(before.count(a) - before.count(b) for a, b in FENCES)
    return inside > level or any(text.count(a) > text.count(b) for a, b in BRACES)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.setup_extension("_extensions.build.outdated")
    app.setup_extension("_extensions.build.results")
    app.add_directive("derivation", DerivationDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
