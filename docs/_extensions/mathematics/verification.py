"""Verifying and executing, once for each content; what was found is kept."""

import inspect
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import TypeVar

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from _extensions.build.ahead import ahead
from _extensions.build.outdated import current, shows, subject
from _extensions.build.results import FOLDER, kept, result
from _extensions.build.sources import digest
from _extensions.places import place_of_entry
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.catalogue.outcome import Verification
from autodiff_notes.evaluation.outcome import Execution
from autodiff_notes.notation import NotationError
from autodiff_notes.notation.derivations import Derivation

T = TypeVar("T")

Claim = Entry  # an exercise is one, too

# Claims that are verified in one go: that takes about as long as a script.
PORTION = 12

# The folder of the pages with entries; a site without them has no exercises either.
PAGES = "catalogue"

# What a reader is told beside it, and no verification looks at.
TOLD = {"title", "conditions", "source", "notes", "also", "hint", "page"}

VERIFICATION = "autodiff_notes.catalogue.verification"
EXECUTION = "autodiff_notes.evaluation.execution"


def key_of(env: BuildEnvironment, claim: Claim) -> str:
    """Return the key of a claim's verification: what is verified, and the code that does it."""
    code = f"{VERIFICATION} {type(claim).__module__}"
    parts = {field.name: getattr(claim, field.name) for field in fields(claim)}
    verified = {name: part for name, part in parts.items() if name not in TOLD}
    return digest("verification", current(env, "modules", code), repr(verified))


def verified(env: BuildEnvironment, claim: Claim) -> Verification:
    """Return the verification of a claim on the page being read, or stop the build."""
    return kept(env, key_of(env, claim), lambda: verify_now(claim))


def verification(env: BuildEnvironment, claim: Claim) -> Verification:
    """Return the verification of a claim, or stop the build."""
    return result(env.doctreedir, key_of(env, claim), lambda: verify_now(claim))


def verify_now(claim: Claim) -> Verification:
    """Verify a claim, or stop the build."""
    from autodiff_notes.catalogue.verification import verify  # noqa: PLC0415 - imports torch

    try:
        problem = (found := verify(claim)).problem
    except NotationError as error:
        problem = error.problem
    if problem:
        place = place_of_entry(Path(inspect.getfile(type(claim))).parent, claim.name, problem)
        raise ExtensionError(f"{place}: {claim.name!r} does not hold: {problem}")
    return found


@ahead("for the pages")
def verifications(app: Sphinx) -> list[Callable[[], None]]:
    """Return the verification of what the site shows and nothing is known of, in portions."""
    if not Path(app.srcdir, PAGES).is_dir():
        return []
    from autodiff_notes import catalogue, exercises  # noqa: PLC0415

    everything: list[Claim] = [*catalogue.values(), *exercises.values()]
    known = {path.name for path in Path(app.doctreedir, FOLDER).glob("*")}
    new = [claim for claim in everything if key_of(app.env, claim) not in known]
    portions = [new[start : start + PORTION] for start in range(0, len(new), PORTION)]
    return [partial(verify_all, app.env, portion) for portion in portions]


def verify_all(env: BuildEnvironment, claims: list[Claim]) -> None:
    """Verify some claims."""
    for claim in claims:
        verification(env, claim)


def executed(env: BuildEnvironment, text: str, find: Callable[[], T]) -> T:
    """Return the outcome of executing a text on the page being read, executed once.

    The page is read again when other code would execute it.
    """
    shows(env, "modules", EXECUTION)
    return kept(env, digest("execution", current(env, "modules", EXECUTION), text), find)


def execute(derivation: Derivation) -> Execution:
    """Execute a derivation.

    Raises
    ------
    DerivationError
        If a line does not equal the line before it.
    """
    from autodiff_notes.evaluation import execution  # noqa: PLC0415 - imports torch

    return execution.execute(derivation)


@subject("claims")
def digest_of_claims(env: BuildEnvironment, name: str) -> str:
    """Return the digest of a group of entries, of a page of exercises, or of all entries."""
    from autodiff_notes import catalogue, exercises  # noqa: PLC0415

    kind, _, which = name.partition(" ")
    if kind == "group":
        claims = catalogue.groups[which]
    elif kind == "page":
        claims = exercises.pages[which]
    else:
        claims = tuple(catalogue.values())
    return digest(*(key_of(env, claim) for claim in claims), repr(claims))
