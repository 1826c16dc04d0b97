"""Nothing stale is published: which pages are read again when something other than they changes.

Sphinx sees a changed page. Here the rest is seen, by content:

- The code that makes pages, these extensions with all that they import and the versions of what
  they lean on: when it changes, every page is read again.
- The subjects of a page, such as a group of entries or the code that executed its derivations:
  when the content of one changes, the pages that show it are read again, and no other.

A comment or a docstring is no change of code.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

import autodiff_notes
from _extensions import MODULES
from _extensions.build.sources import Sources
from _extensions.domain import notes_of

Digest = Callable[[BuildEnvironment, str], str]

PACKAGE = Path(autodiff_notes.__file__).parent
EXTENSIONS = Path(__file__).parents[1]
# Beside their compiled modules: known by content, it serves every site that these extensions build.
PARSED = EXTENSIONS / "__pycache__" / "parsed"

# What draws and writes a page without being imported by name, or by a name that is not its own.
THEMES = ("sphinx", "furo", "docutils", "pygments")

_sources: dict[str, Sources] = {}
_subjects: dict[str, Digest] = {}


def sources(docs: str | Path) -> Sources:
    """Return the sources of the project with these pages, as they were when the build began."""
    return _sources[str(docs)]


def know(docs: str | Path, found: Sources) -> None:
    """Know the sources of a project, in a process that has not looked at them itself."""
    _sources[str(docs)] = found


def subject(kind: str) -> Callable[[Digest], Digest]:
    """Register a function as the digest of the subjects of one kind."""

    def register(function: Digest) -> Digest:
        _subjects[kind] = function
        return function

    return register


def shows(env: BuildEnvironment, kind: str, name: str) -> None:
    """Note that the page being read shows a subject, as it is now."""
    found = notes_of(env).subjects.setdefault(env.docname, {})
    found[kind, name] = current(env, kind, name)


def current(env: BuildEnvironment, kind: str, name: str) -> str:
    """Return the digest of a subject; nothing if it is gone."""
    try:
        return _subjects[kind](env, name)
    except (KeyError, OSError):
        return ""


def code_of_pages(found: Sources, extensions: list[str]) -> str:
    """Return a digest of the code that makes pages; the contents that it loads are subjects."""
    own = [f"{EXTENSIONS.name}.{module}" for module in MODULES]  # not what serves the site
    others = [name.partition(".")[0] for name in extensions if not found.path(name)]
    return found.digest([*own, *others, *THEMES], loaded=False)


def look_at_sources(app: Sphinx, config: Config) -> None:
    """Parse what has changed since the last build."""
    folders = [EXTENSIONS.parent, PACKAGE.parent]
    found = _sources[str(app.srcdir)] = Sources(folders, PARSED)
    config.code_of_pages = code_of_pages(found, config.extensions)


def save_sources(app: Sphinx, exception: Exception | None) -> None:
    """Keep what was parsed."""
    sources(app.srcdir).save()


def pages_with_other_subjects(
    app: Sphinx,
    env: BuildEnvironment,
    added: set[str],
    changed: set[str],
    removed: set[str],
) -> list[str]:
    """Return the pages that show something that is no longer what it was."""
    known: dict[tuple[str, str], str] = {}

    def differs(subjects: dict[tuple[str, str], str]) -> Iterator[bool]:
        for key, before in subjects.items():
            if key not in known:
                known[key] = current(env, *key)
            yield known[key] != before

    pages = notes_of(env).subjects
    return [page for page in pages if any(differs(pages[page]))]


@subject("modules")
def digest_of_modules(env: BuildEnvironment, names: str) -> str:
    """Return the digest of the code of some modules, separated by spaces."""
    return sources(env.srcdir).digest(names.split())


def note_documented(app: Sphinx, doctree: nodes.document) -> None:
    """Note the modules whose docstrings a page shows: what they import may show in them, too."""
    files = (Path(app.srcdir, name).resolve() for name in app.env.dependencies[app.env.docname])
    inside = (file for file in files if file.suffix == ".py" and PACKAGE in file.parents)
    names = (".".join(f.relative_to(PACKAGE.parent).with_suffix("").parts) for f in inside)
    if found := sorted(name.removesuffix(".__init__") for name in names):
        shows(app.env, "documented", " ".join(found))


@subject("documented")
def digest_of_documented(env: BuildEnvironment, names: str) -> str:
    """Return the digest of the code of some modules, without the contents that they load."""
    return sources(env.srcdir).digest(names.split(), loaded=False)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Look at the sources before anything else, and say what has changed."""
    app.setup_extension("_extensions.domain")
    app.add_config_value("code_of_pages", "", "env", str)
    app.connect("config-inited", look_at_sources, priority=0)
    app.connect("env-get-outdated", pages_with_other_subjects)
    app.connect("doctree-read", note_documented, priority=600)
    app.connect("build-finished", save_sources)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
