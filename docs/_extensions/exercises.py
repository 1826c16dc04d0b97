"""``{exercises}``: the exercises that end a page, each with its solution, folded.

The argument is the page, in ``src/autodiff_notes/exercises``::

    ```{exercises} notes/log-det
    ```

Each solution is verified while the site is built, as an entry of the catalogue is, and kept with
the environment. One that does not hold stops the build.
"""

from collections.abc import Set as AbstractSet

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

from autodiff_notes import exercises
from autodiff_notes.exercises.exercise import Exercise
from autodiff_notes.notation import letter
from catalogue import GroupDirective, formulas, further, held, results, verified
from folding import folded
from places import short

RESULTS = "exercise_results"
INTRODUCTION = (
    "Write each answer in torch, as a function of the variables in the order given. "
    "It is marked at random points of the domain, and the report says what is wrong with it. "
    "The marking needs [the package](/running.md)."
)


class ExercisesDirective(GroupDirective):
    """Shows the exercises of one page."""

    def run(self) -> list[nodes.Node]:
        """Return a section for each exercise, or stop the build."""
        page = self.arguments[0]
        if page not in exercises.pages:
            source, line = self.get_source_info()
            known = ", ".join(exercises.pages)
            raise ExtensionError(f"{short(source)}:{line}: no exercises end {page!r}, but {known}")
        opening = nodes.paragraph("", "", *self.inline(INTRODUCTION))
        return [
            opening,
            *(self.exercise(*numbered) for numbered in enumerate(exercises.pages[page], 1)),
        ]

    def exercise(self, number: int, exercise: Exercise) -> nodes.section:
        """Return one exercise."""
        name = f"exercise-{exercise.name}"
        title = f"{number}. {exercise.title}"
        section = nodes.section(ids=[name], names=[name], classes=["exercise"])
        section += nodes.title(title, title)
        standard = self.env.domains.standard_domain
        standard.note_hyperlink_target(name, self.env.docname, name, exercise.title)
        section += self.question(exercise)
        section += formula(exercise)
        section += self.where(exercise.asked)
        if exercise.hint:
            section += nodes.paragraph("", "Hint. ", *self.inline(exercise.hint))
        code = answer(exercise)
        section += nodes.literal_block(code, code, language="python")
        section += folded("Solution", self.solution(exercise), "solution")
        return section

    def question(self, exercise: Exercise) -> nodes.paragraph:
        """Return what is asked."""
        several = len(exercise.moving) > 1
        opening = "Find the gradients by " if several else "Find the gradient by "
        paragraph = nodes.paragraph("", opening)
        for place, name in enumerate(exercise.moving):
            if place:
                paragraph += nodes.Text(" and " if name == exercise.moving[-1] else ", ")
            paragraph += nodes.math(letter(name), letter(name))
        paragraph += nodes.Text(" of")
        return paragraph

    def solution(self, exercise: Exercise) -> nodes.container:
        """Return the gradient, its derivation, and what was checked."""
        found = verified(self.env, exercise, RESULTS)
        whole = nodes.container(classes=["derivation"])
        whole += formulas(exercise)
        whole += named(exercise)
        if exercise.derived and found.derivation:
            whole += further(exercise, exercise.derived)
            whole += self.shown(exercise.derived, found.derivation)[1:]
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


def merge(
    app: Sphinx, env: BuildEnvironment, docnames: AbstractSet[str], other: BuildEnvironment
) -> None:
    """Take over what another reading process found."""
    results(env, RESULTS).update(results(other, RESULTS))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and what it remembers."""
    app.add_directive("exercises", ExercisesDirective)
    app.connect("env-merge-info", merge)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
