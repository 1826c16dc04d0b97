"""A script's run is kept under a key, and what a deleted script left goes."""

import signal
from pathlib import Path
from typing import Any

import pytest

import forks
from _extensions.build import outdated
from _extensions.build.sources import Sources
from _extensions.gallery import runs
from _extensions.page.palette import TABLE
from projects import OPTIONS, edit, variables


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the pages' folder of a project with one script."""
    folder = tmp_path / "docs"
    (folder / "gallery" / "images" / "thumb").mkdir(parents=True)
    (tmp_path / "gallery").mkdir()
    (tmp_path / "gallery" / "plot_x.py").write_text("import torch\n", "utf-8")
    found = Sources([outdated.EXTENSIONS.parent, TABLE.parents[1]])
    monkeypatch.setitem(outdated._sources, str(folder), found)
    monkeypatch.setitem(runs._settings, str(folder), "settings")
    return folder


def conf(docs: Path) -> dict[str, Any]:
    """Return sphinx-gallery's settings."""
    return {"src_dir": str(docs), "gallery_dirs": "gallery", "examples_dirs": "../gallery"}


def test_a_run_is_whole_at_its_end(docs: Path) -> None:
    """The last run's key, mark and figures go before a run; the new key comes after it."""
    generated = docs / "gallery"
    own = [
        generated / "images" / "sphx_glr_plot_x_001.svg",
        generated / "plot_x.py.md5",
        generated / "plot_x.key",
    ]
    others = [
        generated / "images" / "sphx_glr_plot_x_squared_001.svg",
        generated / "plot_x_squared.py.md5",
    ]
    for path in own + others:
        path.touch()
    runs.mark(conf(docs), "plot_x.py", "before")
    assert [path.exists() for path in own + others] == [False] * 3 + [True] * 2
    runs.mark(conf(docs), "plot_x.py", "after")
    key = (generated / "plot_x.key").read_text("utf-8")
    assert key == runs.key_of(docs.parent / "gallery" / "plot_x.py", docs)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no alarms")
def test_an_alarm_is_set_while_a_script_runs(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A script that does not end is stopped with an error, and what runs after it is not."""
    monkeypatch.setitem(runs._limit, "seconds", 60)
    runs.mark(conf(docs), "plot_x.py", "before")
    assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 60
    with pytest.raises(TimeoutError, match="did not end in 60 s"):
        signal.raise_signal(signal.SIGALRM)
    runs.mark(conf(docs), "plot_x.py", "after")
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@pytest.mark.parametrize("change", ["script", "settings", "import"])
def test_another_content_is_another_key(
    docs: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """The script to the last byte, the settings, and the versions of what it imports count."""
    script = docs.parent / "gallery" / "plot_x.py"
    before = runs.key_of(script, docs)
    assert runs.key_of(script, docs) == before
    if change == "script":
        script.write_text("import torch\n\n", "utf-8")
    elif change == "settings":
        monkeypatch.setitem(runs._settings, str(docs), "others")
    else:
        monkeypatch.setattr("_extensions.build.sources.edition", lambda name: f"{name} 99")
        outdated._sources[str(docs)].digests.clear()
    assert runs.key_of(script, docs) != before


def test_a_deleted_script_leaves_nothing(docs: Path) -> None:
    """Its files, pictures and mentions go; those of a script with a longer name stay."""
    generated = docs / "gallery"
    (generated / "backreferences").mkdir()
    names = ["{}.rst", "{}.py", "{}.py.md5", "images/sphx_glr_{}_001.svg"]
    names += ["images/thumb/sphx_glr_{}_thumb.svg", "backreferences/of_{}.examples"]
    files = {which: [generated / name.format(which) for name in names] for which in ("y", "y_z")}
    for which, paths in files.items():
        for path in paths:
            path.write_text(f'"gallery/{which}.py"', "utf-8")
    runs.forget(generated, "y")
    assert not any(path.exists() for path in files["y"])
    assert all(path.exists() for path in files["y_z"])


def test_one_changed_script_runs_once_where_torch_was_imported_early(built: Path) -> None:
    """With two processes the script runs in the one that got ready, and not again in the other."""
    script = built / "gallery" / "plot_number.py"
    told = "multiprocessing.parent_process() is not None"
    edit(script, 'note("script")', f'import multiprocessing\n\nnote(f"script-{{{told}}}")')
    (built / "runs.txt").unlink()
    arguments = [*OPTIONS, "-j", "2", "docs", "out"]
    done = forks.sphinx(arguments, built, variables(built), forks.without_torch)
    assert done.returncode == 0, done.stdout
    assert (built / "runs.txt").read_text("utf-8").split() == ["script-True"]
