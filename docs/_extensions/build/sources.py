"""The code that something depends on, found by following imports without running anything.

A *closure* is a set of modules with all that they import, as far as it lies in this project, and
the versions of what lies outside. Its digest changes with what the code does: comments and
docstrings do not count. A name that a package only passes on leads to the module that has it, so
that ``from autodiff_notes import check_gradient`` is no dependence on the whole package.
"""

import ast
import hashlib
import os
import pickle
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from importlib.util import resolve_name
from pathlib import Path

from _extensions.build.results import write_whole

LOOKED_AT = {
    ast.Assert,
    ast.Attribute,
    ast.Constant,
    ast.If,
    ast.Import,
    ast.ImportFrom,
    ast.Name,
}
VERSION = re.compile(r"^Version: *(\S+)", re.MULTILINE)
Import = tuple[str, str]  # a module and a name in it; no name stands for the module itself


@dataclass(frozen=True)
class Module:
    """One parsed module."""

    digest: str
    imports: tuple[Import, ...]
    bindings: Mapping[str, Import] = field(hash=False)
    """Where the names come from that it imports, for type checkers alone or not."""

    loaded: tuple[str, ...]
    """The modules that it may import by a name in a string."""

    assertions: int
    """How many of its nodes assert."""


Kept = dict[str, tuple[str, Module]]
"""Modules by name and file, each with a digest of its text: as many as there are files."""


class Sources:
    """The modules below some folders of Python's path."""

    def __init__(self, folders: Iterable[Path], cache: Path | None = None) -> None:
        self.folders = tuple(folders)
        self.cache = cache
        self.parsed: dict[str, Module] = {}
        self.known: Kept = load(cache)
        self.used: Kept = {}
        self.listed: dict[str, frozenset[str]] = {}
        self.paths: dict[str, Path | None] = {}
        self.followed: dict[tuple[str, bool], list[str]] = {}
        self.digests: dict[tuple[tuple[Module | str, ...], bool], str] = {}

    def path(self, name: str) -> Path | None:
        """Return the file of a module, if it belongs to the project."""
        if name not in self.paths:
            self.paths[name] = next(map(Path, self.files(name)), None)
        return self.paths[name]

    def files(self, name: str) -> Iterator[str]:
        """Yield where a module lies; no path is made for the thousands that are none."""
        for folder in self.folders:
            at = os.path.join(folder, *name.split("."))  # noqa: PTH118
            below, last = os.path.split(at)
            if f"{last}.py" in self.names(below):
                yield f"{at}.py"
            if last in self.names(below) and "__init__.py" in self.names(at):
                yield f"{at}/__init__.py"

    def names(self, folder: str) -> frozenset[str]:
        """Return the names of the files and folders in a folder, which is listed once."""
        if folder not in self.listed:
            there = os.path.isdir(folder)  # noqa: PTH112
            self.listed[folder] = frozenset(os.listdir(folder) if there else ())  # noqa: PTH208
        return self.listed[folder]

    def module(self, name: str) -> Module:
        """Return a module of the project, parsed once for each content."""
        if name not in self.parsed:
            path = self.path(name)
            assert path is not None, name
            self.parsed[name] = self.read(path, name)
        return self.parsed[name]

    def read(self, path: Path, name: str) -> Module:
        """Return a file as a module."""
        source = path.read_bytes()
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        kept = f"{sys.version_info[:2]} {[field.name for field in fields(Module)]} {package}\n"
        key = hashlib.sha256(kept.encode() + source).hexdigest()
        place = f"{name} {path.name}"
        known = self.used.get(place) or self.known.get(place)
        if known is None or known[0] != key:
            known = key, parse(source, package)
        self.used[place] = known
        return known[1]

    def resolve(self, imported: Import) -> str:
        """Return the module that an import leads to: where the name is, not who passes it on."""
        module, name = imported
        if not name:
            return module
        if self.path(f"{module}.{name}"):
            return f"{module}.{name}"
        path = self.path(module)
        if path is not None and path.name == "__init__.py":
            origin = self.module(module).bindings.get(name)
            if origin is not None and origin != imported:
                return self.resolve(origin)
        return module

    def closure(self, start: Iterable[Module | str], *, loaded: bool = True) -> set[str]:
        """Return the names of all modules that some modules import, themselves included.

        What lies outside the project is named by its top level. Modules that are imported by a
        name in a string count unless ``loaded`` is false.
        """
        found: set[str] = set()
        waiting = []
        for one in start:
            waiting += [one] if isinstance(one, str) else self.follow(one, loaded=loaded)
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            if self.path(name) is None:
                found.add(name.partition(".")[0])
                continue
            found.add(name)
            if (name, loaded) not in self.followed:  # several closures have most in common
                self.followed[name, loaded] = self.follow(self.module(name), loaded=loaded)
            waiting += self.followed[name, loaded]
        return found

    def follow(self, module: Module, *, loaded: bool) -> list[str]:
        """Return the modules that one imports itself."""
        by_name = [name for name in module.loaded if loaded and self.path(name)]
        return [*map(self.resolve, module.imports), *by_name]

    def digest(self, start: Iterable[Module | str], *, loaded: bool = True) -> str:
        """Return a digest of a closure: of its code, and of the versions of what is outside."""
        key = tuple(start), loaded
        if key not in self.digests:
            names = sorted(self.closure(key[0], loaded=loaded))
            versions = (self.module(n).digest if self.path(n) else edition(n) for n in names)
            self.digests[key] = digest(*names, *versions)
        return self.digests[key]

    def save(self) -> None:
        """Keep what was parsed for all builds after this one, where it can be written."""
        together = self.known | self.used
        if self.cache and together != self.known:
            with suppress(OSError):
                write_whole(self.cache, pickle.dumps(together))


def load(cache: Path | None) -> Kept:
    """Return the modules that earlier builds parsed; none where they cannot be read."""
    try:
        return dict(pickle.loads(cache.read_bytes())) if cache else {}
    except Exception:  # noqa: BLE001 - a file that was cut short, or one of another version
        return {}


def parse(source: bytes, package: str) -> Module:
    """Return a module from its source; ``package`` is where its relative imports begin."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # whoever imports it will say so
        return Module(hashlib.sha256(source).hexdigest(), (), {}, (), 0)
    found: list[tuple[ast.AST, str, str, str]] = []
    unseen: set[ast.AST] = set()
    strings: set[str] = set()
    said: list[object] = []
    loads, assertions = False, 0
    for node in nodes_that_run(tree, said):
        assertions += is_assertion(node)
        if isinstance(node, ast.Constant):
            if isinstance(node.value, str) and node.value.replace(".", "").isidentifier():
                strings.add(node.value)
        elif isinstance(node, ast.Name):
            loads = loads or node.id == "import_module"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found += imports(node, package)
        elif isinstance(node, ast.If) and name_of(node.test) == "TYPE_CHECKING":
            unseen |= {inner for statement in node.body for inner in ast.walk(statement)}
    return Module(
        digest=digest(repr(said)),
        imports=tuple((module, name) for node, _, module, name in found if node not in unseen),
        bindings={bound: (module, name) for _, bound, module, name in found},
        loaded=tuple(f"{package}.{s}" for s in sorted(strings)) if loads else (),
        assertions=assertions,
    )


def nodes_that_run(tree: ast.AST, said: list[object]) -> Iterator[ast.AST]:
    """Yield the nodes of a few kinds, and note what all say in their order.

    What documents is left out. One walk for everything, since there are some hundred modules, with
    ten thousand nodes in some: a walk for each, by the standard library, takes twice as long.
    """
    waiting: list[object] = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, ast.AST):
            kind = type(part)
            if not (isinstance(part, ast.Expr) and is_text(part)):
                said.append(kind)
                waiting += [getattr(part, name, None) for name in reversed(kind._fields)]
                if kind in LOOKED_AT:
                    yield part
        elif isinstance(part, list):
            said.append(len(part))
            waiting += reversed(part)
        else:
            said.append(part)


def is_text(statement: ast.Expr) -> bool:
    """Return whether a statement is nothing but a string."""
    value = statement.value
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def is_assertion(node: ast.AST) -> bool:
    """Return whether a node is an assertion, or a call of a function that asserts."""
    return isinstance(node, ast.Assert) or "assert_close" in name_of(node)


def name_of(node: ast.AST) -> str:
    """Return the name or the attribute that a node is; nothing for another node."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def imports(
    node: ast.Import | ast.ImportFrom, package: str
) -> Iterator[tuple[ast.AST, str, str, str]]:
    """Yield the statement, the bound name, the module and the name of each import."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield node, alias.asname or alias.name, alias.name, ""
    else:
        module = resolve_name("." * node.level + (node.module or ""), package or None)
        for alias in node.names:
            yield node, alias.asname or alias.name, module, alias.name


@cache
def version_of(name: str) -> str:
    """Return the version of a package, or raise if it is not installed.

    It stands at the head of the metadata, of which the library parses all: a tenth of a small build.
    """
    found = VERSION.search(distribution(name).read_text("METADATA") or "")
    return found[1] if found else version(name)


@cache  # a build asks for the same few a thousand times
def edition(name: str) -> str:
    """Return the version of a package outside; nothing for the standard library."""
    try:
        return version_of(name)
    except PackageNotFoundError:
        return ""


def digest(*parts: str) -> str:
    """Return one digest of several texts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
