"""Every notebook of the built site is its script, and runs in a fresh Jupyter.

Three run here, and the others in ``nox -s notebooks``, each in a kernel of its own. One is opened
as its reader would; of the others, which begin with the same cell, the kernels are forks of a
process that has imported torch, and of the project nothing.
"""

import ast
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import forks
from pages import SCRIPTS, drawings_of, figures_of, source
from processes import run
from reading import address

# Those that draw figures, the first and the last, and one that draws graphs.
WHOLE, *OTHERS = SCRIPTS
EXECUTED = {OTHERS[-1], next(script for script in OTHERS if drawings_of(script))}
MARKED = [
    pytest.param(script, marks=[] if script in EXECUTED else pytest.mark.notebooks)
    for script in OTHERS
]
EXECUTE = "import sys; from nbclient.cli import main; sys.exit(main())"
# Where Jupyter would start a kernel, a child that waits becomes one.
FORK = """
import json, os, runpy, sys
from jupyter_client.provisioning import local_provisioner
from nbclient.cli import main

assert "autodiff_notes" not in sys.modules
reading, writing = os.pipe()
child = os.fork()
os.setpgid(child, child)  # Jupyter interrupts the group of a kernel
if not child:
    os.close(writing)
    with os.fdopen(reading) as asked:
        command, variables = json.loads(asked.read())
    name, *sys.argv[1:] = command[command.index("-m") + 1 :]
    os.environ.clear()
    os.environ.update(variables)
    runpy.run_module(name, run_name="__main__", alter_sys=True)
    os._exit(0)

class Kernel:
    pid, stdin, stdout, stderr, ended = child, None, None, None, None

    def poll(self):
        if self.ended is None and os.waitpid(child, os.WNOHANG)[0]:
            self.ended = 0
        return self.ended

    def wait(self):
        if self.ended is None:
            os.waitpid(child, 0)
            self.ended = 0

    def send_signal(self, number):
        os.kill(child, number)

def launch_kernel(command, env, **_):
    with os.fdopen(writing, "w") as asking:
        asking.write(json.dumps([command, env]))
    return Kernel()

local_provisioner.launch_kernel = launch_kernel
sys.exit(main())
"""


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
    assert codes[0] == "".join(cells(downloads / f"{WHOLE}.ipynb")[0]["source"])
    title, *statements = ast.parse(source(script)).body
    assert isinstance(title, ast.Expr)
    code = ast.parse("\n".join(codes[1:])).body
    assert [ast.dump(line) for line in code] == [ast.dump(line) for line in statements]


def check(notebook: Path) -> None:
    """Hold the outputs of a notebook that was executed against the script that it is."""
    outputs = [output for cell in cells(notebook) for output in cell.get("outputs", [])]
    assert not [output for output in outputs if output["output_type"] == "error"]
    shown = [kind for output in outputs for kind in output.get("data", {})]
    assert shown.count("image/png") == figures_of(notebook.stem)
    assert shown.count("image/svg+xml") == drawings_of(notebook.stem)


def test_notebook_runs_in_fresh_jupyter(
    downloads: Path, jupyter: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """A downloaded notebook installs what it needs, runs, and shows its figures."""
    notebook = tmp_path / f"{WHOLE}.ipynb"
    notebook.write_bytes((downloads / notebook.name).read_bytes())
    run([str(jupyter), "-c", EXECUTE, "--inplace", notebook.name], tmp_path, environment)
    check(notebook)


@pytest.fixture(scope="module")
def server(installed: Path) -> Iterator[forks.Server]:
    """Return a server that has Jupyter and torch, in the environment into which pip installs."""
    modules = ["ipykernel.kernelapp", "nbclient.cli", "sympy", "torch._dynamo"]
    with closing(forks.Server(*modules, python=str(installed))) as server:
        yield server


@pytest.mark.parametrize("script", MARKED)
def test_notebook_runs_after_its_first_cell(
    script: str,
    downloads: Path,
    server: forks.Server,
    environment: dict[str, str],
    tmp_path: Path,
) -> None:
    """Where what it asks for is installed, a downloaded notebook runs, and shows its figures."""
    notebook = tmp_path / f"{script}.ipynb"
    content = json.loads((downloads / notebook.name).read_text("utf-8"))
    del content["cells"][0]
    notebook.write_text(json.dumps(content), "utf-8")
    done = server.run(["-c", FORK, "--inplace", notebook.name], tmp_path, environment)
    assert done.returncode == 0, done.stdout
    check(notebook)


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
