"""A result is kept under the text of a claim and the code that verifies it."""

from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import autodiff_notes
from _extensions.build import outdated
from _extensions.build.sources import Sources
from _extensions.mathematics import verification
from _extensions.mathematics.verification import key_of
from autodiff_notes import catalogue, exercises
from autodiff_notes.catalogue.verification import verify
from autodiff_notes.exercises.exercise import Exercise


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BuildEnvironment:
    """Return an environment with the project's own sources."""
    found = Sources([outdated.EXTENSIONS.parent, outdated.PACKAGE.parent])
    monkeypatch.setitem(outdated._sources, str(tmp_path), found)
    return cast("BuildEnvironment", SimpleNamespace(srcdir=tmp_path, doctreedir=tmp_path))


def test_the_key_is_that_of_the_content(
    env: BuildEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is verified and the code that does it are the key, whatever else is told of a claim."""
    entry = catalogue["log-det"]
    key = key_of(env, entry)
    assert key_of(env, replace(entry, title="Another", also=("another",))) == key
    assert key_of(env, replace(entry, gradients={"X": "inv(X)"})) != key
    monkeypatch.setattr(verification, "VERIFICATION", "autodiff_notes.tape.engine")
    assert key_of(env, entry) != key


@pytest.mark.parametrize("name", ["log-det", "weighted-least-squares", "euclidean-length"])
def test_no_verification_looks_at_what_is_only_told(name: str) -> None:
    """One with a derivation, one that the machine derives, and one that fails elsewhere."""
    claim = catalogue[name]
    given = {field.name: getattr(claim, field.name) for field in fields(claim)}
    other = {part: ("other",) if part == "also" else "other" for part in verification.TOLD}
    assert verify(Exercise(**given | other)) == verify(claim)


def test_a_page_is_read_again_for_what_is_only_told(
    env: BuildEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another title verifies nothing again, and is another digest for the page that shows it."""
    entry = catalogue["log-det"]
    digests = set()
    for told in (entry, replace(entry), replace(entry, title="Another")):
        monkeypatch.setattr(autodiff_notes, "catalogue", {told.name: told})
        digests.add(verification.digest_of_claims(env, "all"))
    assert len(digests) == 2


def test_a_claim_is_verified_once(env: BuildEnvironment, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found is found again without verifying."""
    entry = catalogue["log-det"]
    found = verification.verification(env, entry)
    assert found.executed == 2
    monkeypatch.setattr(verification, "verify_now", None)
    assert verification.verification(env, entry) == found


def test_a_site_without_entries_verifies_none(env: BuildEnvironment, tmp_path: Path) -> None:
    """Where it has pages for them, every one of which nothing is known is in one portion."""
    app = cast("Sphinx", SimpleNamespace(srcdir=tmp_path, doctreedir=tmp_path, env=env))
    assert verification.verifications(app) == []
    (tmp_path / verification.PAGES).mkdir()
    first = verification.verification(env, catalogue["log-det"])
    portions = [
        task.args[1] for task in cast("list[partial[None]]", verification.verifications(app))
    ]
    found = [claim.name for portion in portions for claim in portion]
    assert len(found) == len(set(found)) == len(catalogue) + len(exercises) - 1
    assert first.name not in found
