"""Every notebook of the built site is its script, and runs in a fresh Jupyter.

Three run here; ``nox -s notebooks`` runs them all, each in a kernel of its own.
"""

import ast
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from pages import SCRIPTS, drawings_of, figures_of, source
from processes import run
from reading import address

# One that draws figures, the first and the last, and one that draws graphs.
EXECUTED = {SCRIPTS[0], SCRIPTS[-1], next(script for script in SCRIPTS if drawings_of(script))}
MARKED = [
    pytest.param(script, marks=[] if script in EXECUTED else pytest.mark.notebooks)
    for script in SCRIPTS
]


def cells(notebook: Path) -> list[dict[str, Any]]:
    """Return the cells of a notebook."""
    found: list[dict[str, Any]] = json.loads(notebook.read_text("utf-8"))["cells"]
    return found


@pytest.mark.parametrize("script", SCRIPTS)
def test_notebook_is_its_script(script: str, downloads: Path) -> None:
    """After the cell that installs what it needs, a notebook has the script's code and no other."""
    codes = [
        "".join(cell["source"])
        for cell in cells(downloads / f"{script}.ipynb")
        if cell["cell_type"] == "code"
    ]
    assert codes[0].startswith('%pip install --quiet "autodiff-notes[figures] @ http://127.0.0.1:')
    title, *statements = ast.parse(source(script)).body
    assert isinstance(title, ast.Expr)
    code = ast.parse("\n".join(codes[1:])).body
    assert [ast.dump(line) for line in code] == [ast.dump(line) for line in statements]


@pytest.mark.parametrize("script", MARKED)
def test_notebook_runs_in_fresh_jupyter(
    script: str, downloads: Path, jupyter: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """A downloaded notebook installs what it needs, runs, and shows its figures."""
    notebook = tmp_path / f"{script}.ipynb"
    notebook.write_bytes((downloads / notebook.name).read_bytes())
    execute = "import sys; from nbclient.cli import main; sys.exit(main())"
    run([str(jupyter), "-c", execute, "--inplace", notebook.name], tmp_path, environment)
    outputs = [output for cell in cells(notebook) for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output["output_type"] == "error"]
    shown = [kind for output in outputs for kind in output.get("data", {})]
    assert shown.count("image/png") == figures_of(script)
    assert shown.count("image/svg+xml") == drawings_of(script)


def test_script_runs_with_plain_pip(
    site: Path, downloads: Path, installed: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """The pip command of an example's page installs what the script needs."""
    script = SCRIPTS[0]
    page = (site / "gallery" / f"{script}.html").read_text("utf-8")
    (wheel,) = (site / "wheels").glob("*.whl")
    assert f"{address(site)}wheels/{quote(wheel.name)}" in page
    (tmp_path / "script.py").write_bytes((downloads / f"{script}.py").read_bytes())
    assert run([str(installed), "script.py"], tmp_path, environment | {"MPLBACKEND": "agg"})
