"""Every download of the built site runs in an empty folder and a clean environment.

The site is served on loopback, and the downloads are changed in one thing: its address.
"""

import json
import os
import subprocess
import sys
import threading
import venv
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPTS = sorted(path.stem for path in (ROOT / "gallery").glob("plot_*.py"))

# Appended to a script: how many figures it has drawn.
COUNT_FIGURES = """
import matplotlib.pyplot as plt
print(len(plt.get_fignums()), 'figures')
"""


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def downloads(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with all downloads, naming a server on loopback that serves the site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder = tmp_path_factory.mktemp("downloads")
    here = f"http://127.0.0.1:{server.server_port}/".encode()
    for path in site.glob("_downloads/*/*"):
        content = path.read_bytes()
        if path.suffix != ".zip":
            assert content.count(address(site)) == 1
            content = content.replace(address(site), here)
        (folder / path.name).write_bytes(content)
    yield folder
    server.shutdown()
    server.server_close()


def address(site: Path) -> bytes:
    """Return the address that the site was built for, as its sitemap has it."""
    first = (site / "sitemap.xml").read_bytes().partition(b"<loc>")[2]
    return first.partition(b"</loc>")[0].partition(b"api/")[0]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the variables under which the downloads run: this machine's, less this project's."""
    return {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"} | {
        "OMP_NUM_THREADS": "1",
        "PIP_CONSTRAINT": str(ROOT / "constraints.txt"),
        "PIPX_DEFAULT_BACKEND": "pip",  # pip's settings decide which torch is taken
        "PIPX_HOME": str(tmp_path_factory.mktemp("pipx")),
    }


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """Return the Python of a fresh environment that holds Jupyter's parts and nothing else."""
    folder = tmp_path_factory.mktemp("jupyter") / "env"
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    run([str(python), "-m", "pip", "install", "-q", "ipykernel", "nbclient"], folder, environment)
    run([str(python), "-m", "ipykernel", "install", "--sys-prefix"], folder, environment)
    return python


def run(command: list[str], folder: Path, environment: dict[str, str]) -> str:
    """Run a command in a folder and return what it prints; fail with that if it fails."""
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        pytest.fail(f"{' '.join(command)}\n{done.stdout}\n{done.stderr}", pytrace=False)
    return done.stdout


def figures_of(script: str) -> int:
    """Return how many figures a script shows."""
    return (ROOT / "gallery" / f"{script}.py").read_text("utf-8").count("plt.show()")


def drawings_of(script: str) -> int:
    """Return how many graphs a script draws; a notebook shows them, a terminal cannot."""
    lines = (ROOT / "gallery" / f"{script}.py").read_text("utf-8").splitlines()
    return sum(line.startswith("draw(") for line in lines)


@pytest.mark.parametrize("script", SCRIPTS)
def test_script_runs_with_pipx(
    script: str, downloads: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """A downloaded script runs with one command, prints, and draws its figures."""
    text = (downloads / f"{script}.py").read_text("utf-8") + COUNT_FIGURES
    (tmp_path / f"{script}.py").write_text(text, "utf-8")
    pipx = [sys.executable, "-m", "pipx", "run", "--quiet", f"{script}.py"]
    *printed, figures = run(pipx, tmp_path, environment | {"MPLBACKEND": "agg"}).splitlines()
    assert printed
    assert figures == f"{figures_of(script)} figures"
    assert figures_of(script) + drawings_of(script) > 0


@pytest.mark.parametrize("script", SCRIPTS)
def test_notebook_runs_in_fresh_jupyter(
    script: str, downloads: Path, jupyter: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """A downloaded notebook installs what it needs, runs, and shows its figures."""
    notebook = tmp_path / f"{script}.ipynb"
    notebook.write_bytes((downloads / notebook.name).read_bytes())
    execute = "import sys; from nbclient.cli import main; sys.exit(main())"
    run([str(jupyter), "-c", execute, "--inplace", notebook.name], tmp_path, environment)
    outputs = [
        output
        for cell in json.loads(notebook.read_text("utf-8"))["cells"]
        for output in cell.get("outputs", [])
    ]
    assert not [output for output in outputs if output["output_type"] == "error"]
    shown = [kind for output in outputs for kind in output.get("data", {})]
    assert shown.count("image/png") == figures_of(script)
    assert shown.count("image/svg+xml") == drawings_of(script)


def test_script_runs_with_plain_pip(
    site: Path, downloads: Path, jupyter: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    """The pip command of an example's page installs what the script needs."""
    script = SCRIPTS[0]
    page = (site / "gallery" / f"{script}.html").read_text("utf-8")
    wheel = next((site / "wheels").glob("*.whl")).name
    assert f"{address(site).decode()}wheels/{wheel}" in page
    needed = f"autodiff-notes[figures] @ {(site / 'wheels' / wheel).as_uri()}"
    run([str(jupyter), "-m", "pip", "install", "-q", needed], tmp_path, environment)
    (tmp_path / "script.py").write_bytes((downloads / f"{script}.py").read_bytes())
    assert run([str(jupyter), "script.py"], tmp_path, environment | {"MPLBACKEND": "agg"})


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
