"""A script runs again when what it stands for has changed.

sphinx-gallery looks at the script alone. Here each run is kept under a key: the script, the
modules that it imports, the data of the package, the code that draws, and the versions of all of
them. The key is written when everything that a run leaves has been written, so that a run that was
interrupted counts for nothing. A script that does not end is stopped, where the system has alarms.
"""

import signal
from collections.abc import Callable
from filecmp import cmp
from functools import partial
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.ahead import ahead, get_ready
from _extensions.build.outdated import PACKAGE, know, sources
from _extensions.build.sources import Sources, digest
from _extensions.gallery.scripts import mistake

DRAWING = ("_extensions.gallery.figures", "sphinx_gallery", "matplotlib")
DATA = {".mplstyle", ".toml"}


def stop(signal_number: int, frame: object) -> None:
    """Stop the script at the line that it has reached."""
    raise TimeoutError(f"the script did not end in {_limit['seconds']} s")


_limit = {"seconds": 0}
_settings: dict[str, str] = {}


def key_of(script: Path, docs: Path) -> str:
    """Return the key of a script's run."""
    found = sources(docs)
    code = found.digest([found.read(script, "__main__"), *DRAWING])
    return digest(code, _settings[str(docs)], script.read_text("utf-8"))


def key_file(generated: Path, script: str) -> Path:
    """Return where the key of a script's last whole run is."""
    return generated / f"{Path(script).stem}.key"


def look_at_runs(app: Sphinx, config: Config) -> None:
    """Forget each run that has another key by now, and what scripts left that are gone."""
    conf = config.sphinx_gallery_conf
    docs = Path(app.srcdir)
    _limit["seconds"] = config.script_limit
    data = sorted(path for path in PACKAGE.rglob("*") if path.suffix in DATA)
    _settings[str(docs)] = digest(repr(sorted(conf.items())), *(p.read_text("utf-8") for p in data))
    # Filled in, they hold the paths of this machine, which shall not be in the site's .buildinfo.
    known = config._options["sphinx_gallery_conf"]
    config._options["sphinx_gallery_conf"] = type(known)(known.default, "", known.valid_types)
    generated, scripts = docs / conf["gallery_dirs"], docs / conf["examples_dirs"]
    for old in sorted(generated.glob("*.py")):
        if not (scripts / old.name).exists():
            forget(generated, old.stem)
    for script in sorted(scripts.glob("*.py")):
        key = key_file(generated, script.name)
        if not key.exists() or key.read_text("utf-8") != key_of(script, docs):
            if wrong := mistake(script):  # what has a key has run, and has none
                raise ExtensionError(wrong)
            (generated / f"{script.name}.md5").unlink(missing_ok=True)


def forget(generated: Path, name: str) -> None:
    """Remove what a script left that is gone: its files, its pictures, and every mention of it."""
    figure = f"sphx_glr_{name}"
    for pattern in (
        f"{name}.*",
        f"images/{figure}_[0-9][0-9][0-9].*",
        f"images/thumb/{figure}_thumb.*",
    ):
        for path in generated.glob(pattern):
            path.unlink()
    for path in generated.glob("backreferences/*.examples"):  # those that stay are made again
        if f"{generated.name}/{name}.py" in path.read_text("utf-8"):
            path.unlink()


def mark(conf: dict[str, Any], script: str | None, when: str) -> None:
    """Forget the last run of a script before it runs, and note after it that it is whole.

    Figures of the last run that a run which fails leaves would be taken for those of a good one.
    """
    if script is None:
        return
    docs = Path(conf["src_dir"])
    generated, path = docs / conf["gallery_dirs"], docs / conf["examples_dirs"] / script
    key = key_file(generated, script)
    if hasattr(signal, "setitimer"):  # not on Windows
        signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, _limit["seconds"] if when == "before" else 0)
    if when == "after":
        key.write_text(key_of(path, docs), "utf-8")
        return
    figures = generated.glob(f"images/sphx_glr_{path.stem}_[0-9][0-9][0-9].svg")
    for old in (key, generated / f"{script}.md5", *figures):
        old.unlink(missing_ok=True)


@ahead("for the gallery")
def runs(app: Sphinx) -> list[Callable[[], object]]:
    """Return the run of each script that has to run."""
    conf = app.config.sphinx_gallery_conf
    source = Path(app.srcdir, conf["examples_dirs"])
    target = Path(app.srcdir, conf["gallery_dirs"])
    (target / "images" / "thumb").mkdir(parents=True, exist_ok=True)
    docs = str(app.srcdir)
    known = docs, sources(docs), _settings[docs], _limit["seconds"]
    return [
        partial(run, known, path.name, target, source, conf)
        for path in sorted(source.glob("plot_*.py"))
        if not (target / f"{path.name}.md5").exists()
    ]


def run(known: tuple[str, Sources, str, int], *arguments: Any) -> None:
    """Run a script, in a process that may have begun before this was known of the build."""
    from sphinx_gallery.gen_rst import generate_file_rst  # noqa: PLC0415

    docs, found, _settings[docs], _limit["seconds"] = known
    know(docs, found)
    generate_file_rst(*arguments)


def get_ready_for_one(app: Sphinx) -> None:
    """Let torch be imported at once, if one script is not what its last run was given."""
    conf = app.config._raw_config.get("sphinx_gallery_conf", {})
    if not conf:  # a site with some of the extensions
        return
    scripts = Path(app.srcdir, conf["examples_dirs"]).glob("plot_*.py")
    given = Path(app.srcdir, conf["gallery_dirs"])
    changed = [
        script
        for script in scripts
        if not (given / script.name).exists() or not cmp(script, given / script.name, shallow=False)
    ]
    if len(changed) == 1:
        get_ready(app, "torch")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Run before sphinx-gallery's first look at its files."""
    get_ready_for_one(app)
    app.setup_extension("_extensions.build.outdated")
    # The slowest takes two seconds, and twenty times as long on a busy machine.
    app.add_config_value("script_limit", 60, "", int)
    app.connect("config-inited", look_at_runs, priority=1)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
