"""What ``nox -s serve`` runs at each change is a build like any other, and starts sooner."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from _extensions.build.serving import PRELOADED, main, run, server

CONF = 'import sys\nsys.path.insert(0, ".")\nextensions = ["own"]\n'
OWN = "def setup(app):\n    app.srcdir.joinpath('{}').write_text(' '.join(__import__('sys').modules))\n"


@pytest.fixture(scope="module", autouse=True)
def _told_what_to_import() -> None:
    """Let the server, which starts with the first build here, know what ``main`` would tell it."""
    server.set_forkserver_preload(PRELOADED)


def command(site: Path) -> list[str]:
    """Return what sphinx-autobuild would run."""
    return [sys.executable, "-m", "sphinx", "build", "-q", "-W", "-n", str(site), str(site / "out")]


def test_a_build_takes_what_is_there_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An extension that has changed since the last build is the new one; torch was there before."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "conf.py").write_text(CONF)
    (tmp_path / "index.rst").write_text("Title\n=====\n")
    for name in ("first", "second"):
        (tmp_path / "own.py").write_text(OWN.format(name))
        run(command(tmp_path), check=True)
        modules = set((tmp_path / name).read_text().split())
        assert {"torch", "furo"} <= modules
        assert "autodiff_notes" not in modules
    assert (tmp_path / "out" / "index.html").exists()


def test_a_build_that_fails_is_told(tmp_path: Path) -> None:
    """The server hears of it, as it would from a process of its own, and goes on if it likes."""
    (tmp_path / "conf.py").write_text("")
    (tmp_path / "index.rst").write_text("Title\n=====\n\n:doc:`none`\n")
    with pytest.raises(subprocess.CalledProcessError) as raised:
        run(command(tmp_path), check=True)
    assert raised.value.returncode
    assert raised.value.cmd[1:4] == ["-m", "sphinx", "build"]
    run(command(tmp_path), check=False)


def test_what_is_replaced_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first build runs in a process of its own; then each in a fork, in a thread of the server."""
    autobuild = pytest.importorskip("sphinx_autobuild.__main__")
    from sphinx_autobuild import build, middleware, server  # noqa: PLC0415 - nox -s tests has none

    asked: list[tuple[str, list[str], bool]] = []

    def noted(name: str) -> Callable[..., None]:
        return lambda command, check: asked.append((name, command, check))

    monkeypatch.setattr("_extensions.build.serving.run", noted("fork"))
    monkeypatch.setattr("subprocess.run", noted("process"))
    for module in (build, middleware, server):  # put back what main replaces
        for name in ("subprocess", "web_socket_script", "ProcessPoolExecutor"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, getattr(module, name))
    monkeypatch.setattr(autobuild, "main", lambda: None)
    main()
    builder = build.Builder(
        ["docs", "out"], url_host="", pre_build_commands=[], post_build_commands=[]
    )
    for _ in range(3):
        builder(changed_paths=[])
    assert [name for name, _, _ in asked] == ["process", "fork", "fork"]
    assert all(command[1:] == ["-m", "sphinx", "build", "docs", "out"] for _, command, _ in asked)
    assert middleware.web_socket_script("localhost").startswith("<script src=")
    with server.ProcessPoolExecutor() as pool:
        assert pool.submit(lambda: "here").result() == "here"
