"""All answers as data: ``engines.json`` for programs, and the same as a script for the pages.

The schema stands beside it. A browser that opens a page from a disk loads a script, not data.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.results import write_whole
from _extensions.domain import notes_of
from _extensions.engines.answered import DOCS, Answer, Answers, found, has_table, key_of, slug
from _extensions.engines.table import COUNTS, MEANINGS
from _extensions.engines.words import MARKS
from autodiff_notes.engines import cases
from autodiff_notes.engines.answers import normalised
from autodiff_notes.engines.case import Case
from autodiff_notes.engines.cases import FAMILIES
from autodiff_notes.engines.engine import Engine
from autodiff_notes.engines.truths import Exact
from autodiff_notes.engines.verdicts import conventions

DATA, SCHEMA, SCRIPT = "engines.json", "engines.schema.json", f"{DOCS}/answers.js"


def data(answers: Answers, release: str) -> dict[str, Any]:
    """Return everything that the pages have."""
    return {
        "version": release,
        "counts": {name: count(answers) for name, count in COUNTS.items()},
        "verdicts": {
            slug(kind): {"title": kind, "mark": MARKS[kind], "meaning": MEANINGS[kind]}
            for kind in MARKS
        },
        "families": FAMILIES,
        "engines": [engine_as_data(engine, answers) for engine in answers.engines],
        "cases": [case_as_data(case, answers) for case in cases.values()],
    }


def engine_as_data(engine: Engine, answers: Answers) -> dict[str, Any]:
    """Return an engine as data."""
    return {
        "name": engine.name,
        "title": engine.title,
        "version": answers.version(engine.name),
        "requires": list(engine.requires),
        "homepage": engine.homepage,
        "precision": engine.precision,
        "runs": answers.runs[engine.name],
    }


def case_as_data(case: Case, answers: Answers) -> dict[str, Any]:
    """Return a case as data, with all answers to it."""
    address = f"{DOCS}/cases/{case.key}.html"
    right = case.truth.text if isinstance(case.truth, Exact) else None
    return {
        "name": case.key,
        "family": case.family,
        "question": case.question,
        "function": case.function,
        "point": normalised_point(case),
        "of": case.of,
        "why": case.why,
        "pages": list(case.pages),
        "instead_of": case.instead_of or None,
        "address": address,
        "kind": type(case.truth).__name__.lower(),
        "right": right,
        "conventions": {name: normalised(value) for name, value in conventions(case).items()},
        "answers": {
            name: answer_as_data(answer, f"{address}#{name}")
            for name, answer in answers.by_case[case.key].items()
        },
    }


def normalised_point(case: Case) -> dict[str, Any]:
    """Return the point of a case as JSON has it."""
    return {name: normalised(value) for name, value in case.point.items()}


def answer_as_data(answer: Answer, address: str) -> dict[str, Any]:
    """Return an answer as data; whoever was not asked has a reason at most."""
    told: dict[str, Any] = {"verdict": slug(answer.verdict.kind), "address": address}
    more = {"note": answer.verdict.name, "reason": answer.reason, "documented": answer.documented}
    more |= {"precision": answer.precision}
    told |= {name: text for name, text in more.items() if text}
    if answer.asked:
        told |= {
            "code": answer.code,
            "output": answer.output,
            "group": answer.group,
            "run": answer.run,
        }
    return told


def write(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the data when every page has been read."""
    if app.builder.format != "html" or not has_table(env):
        return []
    changed = notes_of(env).differs("engines", (key_of(env), app.config.release))
    if changed or not (app.outdir / DATA).exists():
        whole = data(found(env).answers, app.config.release)
        compact = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
        write_whole(Path(app.outdir, DATA), f"{compact}\n".encode())
        write_whole(Path(app.outdir, SCRIPT), f"window.engineAnswers({compact});\n".encode())
        shutil.copyfile(Path(app.srcdir, DOCS, SCHEMA), app.outdir / SCHEMA)
    return []


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write when every page has been read."""
    app.setup_extension("_extensions.engines.answered")
    app.connect("env-updated", write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
