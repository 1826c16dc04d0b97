"""What tests share: a small copy of the project, a way to build it, the built site, a browser."""

import gc
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

import projects

if TYPE_CHECKING:  # nox -s tests has no playwright
    from playwright.sync_api import Browser
    from xdist.remote import Producer

    from groups import Groups

# A busy computer is no reason for a test to fail, and the same sources give the same examples.
hypothesis.settings.register_profile("busy", deadline=None, derandomize=True)
hypothesis.settings.load_profile("busy")

# The workers share the processors, and a fork of a process with torch's threads would hang.
os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "docs"))


@pytest.hookimpl(optionalhook=True)  # without pytest-xdist there is no such hook
def pytest_xdist_make_scheduler(config: pytest.Config, log: "Producer") -> "Groups | None":
    """Deal out the tests in groups, unless another way is asked for."""
    from groups import Groups  # noqa: PLC0415 - for pytest-xdist alone

    return Groups(config, log) if config.getvalue("dist") == "loadscope" else None


def pytest_sessionstart(session: pytest.Session) -> None:
    """Take pytest's own logging out: no test reads it, and each would pay for it.

    Three times a test it attends to each logger that keeps to itself, of which torch has many.
    """
    logging = session.config.pluginmanager.unregister(name="logging-plugin")
    assert logging
    session.config.add_cleanup(logging.pytest_unconfigure)  # it has opened a file


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Collect without looking for garbage: there is none among twenty thousand tests."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()  # nor will what was collected ever become garbage
        gc.enable()
        gc.set_threshold(50_000, 20, 20)  # of a small rest, a quarter more would soon be there


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put visits of pages at the end, where workers share out what is left."""
    if config.pluginmanager.hasplugin("xdist"):
        from groups import VISITED  # noqa: PLC0415 - for pytest-xdist alone

        items.sort(key=lambda item: VISITED.match(item.nodeid) is not None)


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
    return projects.run_sphinx


@pytest.fixture(scope="session")
def make_project() -> Callable[[Path], Path]:
    """Return the function that writes the small project into a folder."""
    return projects.write_project


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a small project, not yet built."""
    return projects.write_project(tmp_path / "project")


@pytest.fixture(scope="session")
def pristine() -> Path:
    """Return the folder of a small project, once built, and of a copy of it."""
    return Path(projects.frame().name)


@pytest.fixture
def built(pristine: Path) -> Path:
    """Return the project of a ``pristine`` folder as its first build left it, at its place."""
    project = pristine / "project"
    projects.restore(project, pristine / "copy")
    return project


@pytest.fixture(scope="session")
def site() -> Path:
    """Return the folder of the real site, built once from a clean copy of the sources."""
    try:
        return projects.built_site()
    except RuntimeError as error:
        pytest.fail(str(error), pytrace=False)


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
    """Start Debian's Chromium once: without the parts of its window, where it can be had so.

    The engine is the same, and a visit takes an eighth less of the processors.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - nox -s tests has none

    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
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
