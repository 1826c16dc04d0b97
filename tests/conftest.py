"""What tests share: a small copy of the project, a way to build it, the built site, a browser."""

import os
import shutil
import subprocess
import sys
import threading
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import hypothesis
import pytest

if TYPE_CHECKING:  # nox -s tests has no playwright
    from playwright.sync_api import Browser

# A busy computer is no reason for a test to fail, and the same sources give the same examples.
hypothesis.settings.register_profile("busy", deadline=None, derandomize=True)
hypothesis.settings.load_profile("busy")

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "docs"))

# What the small copy takes from the real project; all that it adds is written below.
FRAME = [
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "src",
    "docs/conf.py",
    "docs/references.bib",
    "docs/threads.bib",
    "docs/_extensions",
    "docs/_inventories",
    "docs/_static",
    "docs/_templates",
]
OWN = {
    # A number that everything shows, and a note of everything that runs.
    "src/autodiff_notes/number.py": '''\
"""The package says 1729."""

from pathlib import Path

NUMBER = 1729


def note(name: str) -> None:
    """Note that something ran."""
    with Path(__file__).parents[2].joinpath("runs.txt").open("a") as runs:
        runs.write(name + "\\n")
''',
    "gallery/GALLERY_HEADER.rst": """\
Examples
========

One script.
""",
    "gallery/plot_number.py": '''\
"""
A number and a line
===================

The number is :math:`n`.
"""

import matplotlib.pyplot as plt

from autodiff_notes.number import NUMBER, note

plt.style.use("autodiff_notes.figures")
note("script")

# %%
# The number
# ----------
# It comes from the package:

print(f"The script says {NUMBER}")

# %%
# The line
# --------
# From zero to the number:

fig, ax = plt.subplots()
fig.set_label("A straight line.")
ax.plot([0, NUMBER])
plt.show()
''',
    "docs/index.md": """\
# Home

```{toctree}
:glob:

*
gallery/index
```
""",
    "docs/page.md": """\
# The page

The number $n$ is a sum of two cubes:

```{gallery-step} plot_number "The number"
Here is its value.
```

```{gallery-step} plot_number "The line"
Here is its picture.
```
""",
    "docs/running.md": """\
# Running
""",
}


def without_generated(folder: str, names: list[str]) -> set[str]:
    """Return the names in a folder that a fresh clone does not have."""
    generated = {"__pycache__", "_build", "dist", "jupyter_execute", "node_modules", "out"}
    if Path(folder).name == "docs":
        generated.add("gallery")
    return {n for n in names if n in generated or n.startswith(".") or n.endswith(".inv")}


def run_sphinx(project: Path) -> subprocess.CompletedProcess[str]:
    """Build a project's site into its folder ``out``, as ``nox -s docs`` does.

    What stands in the project's folder ``first`` comes first on Python's path, then the
    project's own sources. Everything that the build says is in ``stdout``.
    """
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"SITE_ADDRESS", "SOURCE_DATE_EPOCH"}
    } | {
        "NO_COLOR": "1",
        "OMP_NUM_THREADS": "1",
        # Two edits within one second would leave compiled code that looks current.
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join([str(project / "first"), str(project / "src")]),
    }
    options = ["-W", "--nitpicky", "--keep-going", "-q"]
    return subprocess.run(
        [sys.executable, "-m", "sphinx", *options, "docs", "out"],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )


def write_project(folder: Path) -> Path:
    """Write a small project with the real settings, one page and one script."""
    for name in FRAME:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=without_generated)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    for name, text in OWN.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.fixture(autouse=True)
def torch_as_it_was() -> Iterator[None]:
    """Fail the test that leaves torch's settings changed, not the ones that run after it."""
    yield
    torch = sys.modules.get("torch")  # many tests need none
    if torch is not None:
        changed = torch.get_default_dtype() is not torch.float32 or not torch.is_grad_enabled()
        torch.set_default_dtype(torch.float32)
        torch.set_grad_enabled(True)
        assert not changed, "the test changed torch's default type, or switched recording off"


@pytest.fixture(scope="session")
def build() -> Callable[[Path], subprocess.CompletedProcess[str]]:
    """Return the function that builds a project."""
    return run_sphinx


@pytest.fixture(scope="session")
def make_project() -> Callable[[Path], Path]:
    """Return the function that writes the small project into a folder."""
    return write_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a small project, not yet built."""
    return write_project(tmp_path / "project")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the real site, built once from a clean copy of the sources."""
    copy = tmp_path_factory.mktemp("site") / "project"
    shutil.copytree(ROOT, copy, ignore=without_generated)
    fetched = Path("live", "node_modules")
    if Path(ROOT, fetched).exists():
        Path(copy, fetched).symlink_to(ROOT / fetched)
    done = run_sphinx(copy)
    if done.returncode:
        pytest.fail(f"the site does not build:\n{done.stdout}", pytrace=False)
    return copy / "out"


# A browser and a server

# The site's folder on its server, as in its public address: not the root.
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
FOLDER = urlsplit(PROJECT["urls"]["Documentation"]).path

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name leads anywhere: a page that asked for another host would not get it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Start Debian's Chromium once."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - nox -s tests has none

    path = shutil.which("chromium")
    if path is None:
        pytest.fail("no chromium on the PATH: install Debian's chromium (apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield started
        started.close()


class Handler(SimpleHTTPRequestHandler):
    """Serves the site in its folder, and 404.html for what is not there, as GitHub Pages does."""

    def translate_path(self, path: str) -> str:
        """Return the file for an address."""
        inside = path.removeprefix(FOLDER) if path.startswith(FOLDER) else "not/in/the/folder"
        return super().translate_path("/" + inside)

    def send_error(self, code: int, message: str | None = None, *_: str | None) -> None:
        """Answer with the site's own page."""
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def server(site: Path) -> Iterator[str]:
    """Serve the site on loopback, and return its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site))) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}{FOLDER}"
        http.shutdown()
