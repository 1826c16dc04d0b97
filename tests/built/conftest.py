"""The downloads of the built site, and clean environments to run them in.

The site is served on loopback, and the downloads are changed in one thing: its address.
"""

import os
import threading
import venv
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pages import ROOT
from processes import run
from reading import address


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def downloads(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with all downloads, naming a server on loopback that serves the site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder = tmp_path_factory.mktemp("downloads")
    there, here = address(site).encode(), f"http://127.0.0.1:{server.server_port}/".encode()
    for path in site.glob("_downloads/*/*"):
        content = path.read_bytes()
        if path.suffix != ".zip":
            assert content.count(there) == 1
            content = content.replace(there, here)
        (folder / path.name).write_bytes(content)
    yield folder
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the variables under which the downloads run: this machine's, less this project's."""
    own = {"PYTHONPATH", "VIRTUAL_ENV"}
    return {name: value for name, value in os.environ.items() if name not in own} | {
        "OMP_NUM_THREADS": "1",
        "PIP_NO_COMPILE": "1",  # most of torch is never imported
        "PIP_CONSTRAINT": str(ROOT / "constraints.txt"),
        "PIPX_DEFAULT_BACKEND": "pip",  # pip's settings decide which torch is taken
        "PIPX_HOME": str(tmp_path_factory.mktemp("pipx")),
    }


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """Return the Python of a fresh environment that holds Jupyter's parts and nothing else."""
    folder = tmp_path_factory.mktemp("jupyter") / "env"
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    run([str(python), "-m", "pip", "install", "-q", "ipykernel", "nbclient"], folder, environment)
    run([str(python), "-m", "ipykernel", "install", "--sys-prefix"], folder, environment)
    return python
