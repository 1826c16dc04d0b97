"""Commands that must succeed."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest


def run(command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> str:
    """Run a command in a folder and return what it prints; fail with that if it fails."""
    done = subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        pytest.fail(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}", pytrace=False)
    return done.stdout
