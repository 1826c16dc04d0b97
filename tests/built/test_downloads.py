"""Every script of the built site runs in an empty folder and a clean environment.

They run as forks of one process, which has imported torch and Matplotlib for all of them. One runs
as its reader is told, with pipx, which makes an environment from nothing: ``nox -s notebooks``.
"""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pages import SCRIPTS, drawings_of, figures_of
from processes import run

# Appended to a script: how many figures it has drawn.
LAST_WORDS = """
import matplotlib.pyplot as plt
print(len(plt.get_fignums()), 'figures')
"""
# Runs each script in its folder, as Python would, and prints its exit status. What was imported is
# set aside from the garbage collector, and a script that went well leaves without taking it down:
# either would copy the whole of torch, and take longer than the script.
RUN_ALL = """
import gc, os, runpy, sys
import matplotlib.backends.backend_agg, matplotlib.pyplot, sympy, torch
torch.func.hessian(torch.sin)(torch.zeros(()))  # imports the rest of torch
assert "autodiff_notes" not in sys.modules
gc.freeze()
for script in sys.argv[1:]:
    child = os.fork()
    if not child:
        os.chdir(os.path.dirname(script))
        for number, name in (1, "stdout"), (2, "stderr"):
            os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT), number)
        sys.argv, sys.path[0] = [script], os.path.dirname(script)
        runpy.run_path(script, run_name="__main__")
        sys.stdout.flush()
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def write(downloads: Path, script: str, folder: Path) -> Path:
    """Write a download into an empty folder, to say at its end what it has done."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{script}.py"
    path.write_text((downloads / path.name).read_text("utf-8") + LAST_WORDS, "utf-8")
    return path


def check(script: str, said: str) -> None:
    """Hold what a script printed against its source."""
    *printed, figures = said.splitlines()
    assert printed
    assert figures == f"{figures_of(script)} figures"
    assert figures_of(script) + drawings_of(script) > 0


@pytest.fixture(scope="module")
def together(
    installed: Path,
    downloads: Path,
    environment: dict[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, subprocess.CompletedProcess[str]]:
    """Return what became of every script."""
    folder = tmp_path_factory.mktemp("scripts")
    paths = [write(downloads, script, folder / script) for script in SCRIPTS]
    command = [str(installed), "-c", RUN_ALL, *map(str, paths)]
    states = map(int, run(command, folder, environment | {"MPLBACKEND": "agg"}).split())
    return {
        path.stem: subprocess.CompletedProcess(
            path.name,
            state,
            (path.parent / "stdout").read_text("utf-8"),
            (path.parent / "stderr").read_text("utf-8"),
        )
        for path, state in zip(paths, states, strict=True)
    }


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_runs(script: str, together: dict[str, subprocess.CompletedProcess[str]]) -> None:
    """A downloaded script runs where what it asks for is installed, prints, and draws."""
    done = together[script]
    assert (done.returncode, done.stderr) == (0, "")
    check(script, done.stdout)


@pytest.mark.notebooks
def test_script_runs_with_pipx(
    downloads: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """A downloaded script runs with one command, prints, and draws its figures."""
    path = write(downloads, SCRIPTS[0], tmp_path)
    pipx = [sys.executable, "-m", "pipx", "run", "--quiet", path.name]
    check(SCRIPTS[0], run(pipx, tmp_path, environment | {"MPLBACKEND": "agg"}))


def test_scripts_ask_for_the_same(downloads: Path) -> None:
    """One environment is every script's: all have the same block of requirements."""
    blocks = {
        (downloads / f"{script}.py").read_text("utf-8").partition("# ///\n")[0]
        for script in SCRIPTS
    }
    assert len(blocks) == 1


def test_zips_hold_the_very_files(site: Path) -> None:
    """Each zip holds the scripts and notebooks that run above, byte for byte, and no other."""
    single = {path.name: path.read_bytes() for path in site.glob("_downloads/*/plot_*.*")}
    found: dict[str, set[str]] = {}
    for path in site.glob("_downloads/*/*.zip"):
        with zipfile.ZipFile(path) as archive:
            found[path.name] = set(archive.namelist())
            assert all(archive.read(name) == single[name] for name in archive.namelist())
    expected = {f"{script}.zip": {f"{script}.py", f"{script}.ipynb"} for script in SCRIPTS}
    expected["gallery_python.zip"] = {f"{script}.py" for script in SCRIPTS}
    expected["gallery_jupyter.zip"] = {f"{script}.ipynb" for script in SCRIPTS}
    assert found == expected
