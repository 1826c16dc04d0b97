"""``{exercises}``: the exercises that end a page, each with its solution, folded.

The argument is the page, in ``src/autodiff_notes/exercises``::

    ```{exercises} notes/log-det
    ```

Each solution is verified while the site is built, as an entry of the catalogue is, and kept.
One that does not hold stops the build.
"""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.outdated import shows
from _extensions.domain import notes_of
from _extensions.mathematics.derivation import inline, proof
from _extensions.mathematics.entries import formulas, further, held, named_section, where
from _extensions.mathematics.trying import try_claim
from _extensions.mathematics.verification import verified
from _extensions.page.folding import folded
from _extensions.places import place_of_entry, place_of_last, short
from autodiff_notes import exercises
from autodiff_notes.exercises.exercise import Exercise
from autodiff_notes.notation import letter
from autodiff_notes.tables import suggestion

SHOWN = "exercises"
INTRODUCTION = (
    "Write each answer in torch, as a function of the variables in the order given. "
    "It is marked at random points of the domain, and the report says what is wrong with it. "
    "The marking needs [the package](/running.md)."
)


class ExercisesDirective(SphinxDirective):
    """Shows the exercises of one page."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a section for each exercise, or stop the build."""
        page = self.arguments[0]
        if page not in exercises.pages:
            source, line = self.get_source_info()
            known = ", ".join(exercises.pages)
            raise ExtensionError(f"{short(source)}:{line}: no exercises end {page!r}, but {known}")
        shows(self.env, "claims", f"page {page}")
        notes_of(self.env).note(SHOWN, self.env.docname, [page])
        opening = nodes.paragraph("", "", *inline(self, INTRODUCTION))
        numbered = enumerate(exercises.pages[page], 1)
        return [opening, *(section(self, number, exercise) for number, exercise in numbered)]


def look_at_keys(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Stop the build at an exercise without solution, and at keys that no page has, or two tables.

    A site that has none of their pages, such as a test's, need not show them.
    """
    folder = Path(inspect.getfile(Exercise)).parent
    for path in sorted(folder.glob("*.py")):
        for number, key in repeated_keys(path.read_text("utf-8")):
            place = f"{short(path)}:{number}"
            raise ExtensionError(f"{place}: {key!r} is there already; add the exercises to it")
    for exercise in exercises.values():
        if not exercise.derivation_text:
            place = place_of_entry(folder, exercise.name)
            raise ExtensionError(f"{place}: {exercise.name} has no solution; write its derivation")
    if env.found_docs.isdisjoint(exercises.pages):
        return []
    for key in exercises.pages.keys() - notes_of(env).noted(SHOWN):
        hint = suggestion(key, env.found_docs - exercises.pages.keys())
        place = place_of_last(folder, f'"{key}":')
        raise ExtensionError(
            f"{place}: no page shows the exercises of {key!r}; "
            + (hint or f"end docs/{key}.md in {{exercises}} {key}")
        )
    return []


def repeated_keys(code: str) -> Iterator[tuple[int, str]]:
    """Yield each key that a table of a module has again, with its line."""
    for table in ast.walk(ast.parse(code)):
        if isinstance(table, ast.Dict):
            keys = [key for key in table.keys if isinstance(key, ast.Constant)]
            seen = set()
            for key in keys:
                if key.value in seen:
                    yield key.lineno, str(key.value)
                seen.add(key.value)


def section(directive: SphinxDirective, number: int, exercise: Exercise) -> nodes.section:
    """Return one exercise."""
    heading = f"{number}. {exercise.title}"
    name = f"exercise-{exercise.name}"
    whole = named_section(directive, name, exercise.title, "exercise", heading)
    whole += question(exercise)
    whole += formula(exercise)
    whole += where(directive, exercise.asked)
    if exercise.hint:
        whole += nodes.paragraph("", "Hint. ", *inline(directive, exercise.hint))
    code = answer(exercise)
    whole += nodes.literal_block(code, code, language="python")
    if link := try_claim(directive, exercise):
        whole += nodes.paragraph(
            "", "In the browser, where it marks itself:", *link, nodes.Text(".")
        )
    whole += folded("Solution", solution(directive, exercise), "solution")
    return whole


def question(exercise: Exercise) -> nodes.paragraph:
    """Return the question."""
    several = len(exercise.moving) > 1
    opening = "Find the gradients by " if several else "Find the gradient by "
    paragraph = nodes.paragraph("", opening)
    for place, name in enumerate(exercise.moving):
        if place:
            paragraph += nodes.Text(" and " if name == exercise.moving[-1] else ", ")
        paragraph += nodes.math(letter(name), letter(name))
    paragraph += nodes.Text(" of")
    return paragraph


def solution(directive: SphinxDirective, exercise: Exercise) -> nodes.container:
    """Return the gradient, its derivation, and what was checked."""
    found = verified(directive.env, exercise)
    whole = nodes.container(classes=["derivation"])
    whole += formulas(exercise)
    whole += named(exercise)
    if exercise.derived and found.derivation:
        whole += further(exercise, exercise.derived)
        whole += proof(directive, exercise.derived, found.derivation)
    whole += nodes.paragraph("", held(found), classes=["derivation-check"])
    return whole


def formula(exercise: Exercise) -> nodes.math_block:
    """Return the function."""
    text = exercise.latex
    return nodes.math_block(text, text, number=None, label=None, nowrap=True)


def named(exercise: Exercise) -> list[nodes.paragraph]:
    """Return the names that occur in the solution alone, if there are any."""
    known = exercise.asked.where_latex
    paragraph = nodes.paragraph("", "", classes=["derivation-given"])
    for definition in exercise.where_latex:
        if definition not in known:
            paragraph += nodes.Text(", " if len(paragraph) else "Here ")
            paragraph += nodes.math(definition, definition)
    if not len(paragraph):
        return []
    paragraph += nodes.Text(".")
    return [paragraph]


def answer(exercise: Exercise) -> str:
    """Return the code that marks an answer."""
    call = f"lambda {', '.join(exercise.parameters)}: ..."
    return f'from autodiff_notes import exercises\nexercises["{exercise.name}"].mark({call})'


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.setup_extension("_extensions.mathematics.derivation")
    app.add_directive("exercises", ExercisesDirective)
    app.connect("env-updated", look_at_keys)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
