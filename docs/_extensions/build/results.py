"""What verification and execution found, kept by content on the disk.

A result is kept under a key: a digest of the text that was executed, and of the code that executes
it. So it holds as long as neither changes, whatever becomes of Sphinx's environment. Each result
is a file of its own below the doctrees: processes share them without talking to each other.
"""

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from jinja2 import FileSystemBytecodeCache
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.util.typing import ExtensionMetadata

from _extensions.domain import notes_of

T = TypeVar("T")
FOLDER = "results"


def kept(env: BuildEnvironment, key: str, find: Callable[[], T]) -> T:
    """Return the result under a key, found now if there is none; the page being read uses it."""
    notes_of(env).note(FOLDER, env.docname, [key])
    return result(env.doctreedir, key, find)


def result(doctreedir: str | os.PathLike[str], key: str, find: Callable[[], T]) -> T:
    """Return the result under a key, found now if there is none."""
    path = Path(doctreedir, FOLDER, key)
    try:
        return cast("T", pickle.loads(path.read_bytes()))
    except Exception:  # noqa: BLE001 - none yet, or a file that was cut short
        found = find()
    write_whole(path, pickle.dumps(found))
    return found


def once(app: Sphinx, name: str, find: Callable[[], T]) -> T:
    """Return a value of the whole build, found when it is first asked for."""
    if not hasattr(app, name):
        setattr(app, name, find())
    return cast("T", getattr(app, name))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    path = Path(path)  # Sphinx's own are strings, too, whose replace is another
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.{os.getpid()}")
    new.write_bytes(content)
    new.replace(path)


def forget_unused(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Drop what no page shows any more."""
    used = notes_of(env).noted(FOLDER)
    for path in Path(app.doctreedir, FOLDER).glob("*"):
        if path.name not in used:
            path.unlink(missing_ok=True)
    return []


def keep_templates(app: Sphinx, builder: Builder) -> None:
    """Keep the compiled templates, too: Jinja does so by content."""
    if isinstance(templates := getattr(builder, "templates", None), BuiltinTemplateLoader):
        folder = app.doctreedir / "templates"
        folder.mkdir(exist_ok=True)
        templates.environment.bytecode_cache = FileSystemBytecodeCache(str(folder))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Tidy up when every page has been read."""
    app.setup_extension("_extensions.domain")
    app.connect("env-updated", forget_unused)
    app.connect("write-started", keep_templates)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
