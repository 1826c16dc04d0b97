"""A result is kept under the text of a claim and the code that verifies it."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from sphinx.environment import BuildEnvironment

from _extensions.build import outdated
from _extensions.build.sources import Sources
from _extensions.mathematics import verification
from _extensions.mathematics.verification import key_of
from autodiff_notes import catalogue


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BuildEnvironment:
    """Return an environment with the project's own sources."""
    found = Sources([outdated.EXTENSIONS.parent, outdated.PACKAGE.parent])
    monkeypatch.setitem(outdated._sources, str(tmp_path), found)
    return cast("BuildEnvironment", SimpleNamespace(srcdir=tmp_path, doctreedir=tmp_path))


def test_the_key_is_that_of_the_content(
    env: BuildEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same text and code have the same key; another title, or other code, has another."""
    entry = catalogue["log-det"]
    key = key_of(env, entry)
    assert key_of(env, replace(entry)) == key
    assert key_of(env, replace(entry, title="Another")) != key
    monkeypatch.setattr(verification, "VERIFICATION", "autodiff_notes.tape.engine")
    assert key_of(env, entry) != key


def test_a_claim_is_verified_once(env: BuildEnvironment, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was found is found again without verifying."""
    entry = catalogue["log-det"]
    found = verification.verification(env, entry)
    assert found.executed == 2
    monkeypatch.setattr(verification, "verify_now", None)
    assert verification.verification(env, entry) == found
