"""An engine as its adapter describes it, read without importing it.

>>> from autodiff_notes.engines import engines
>>> engines["torch"].title
'PyTorch'
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from inspect import cleandoc
from pathlib import Path
from typing import Any

from autodiff_notes.engines.case import Case
from autodiff_notes.tables import Table

__all__ = ["ADAPTERS", "Engine", "engines", "read"]

ADAPTERS = Path(__file__).with_name("adapters")
"""The folder with a file for each engine."""


@dataclass(frozen=True)
class Engine:
    """What an adapter says of its engine.

    Attributes
    ----------
    name : str
        The name of the adapter, and of the record.
    title : str
        The name as the project writes it.
    distribution : str
        The name of the distribution, for its version.
    requires : tuple of str
        What is installed, with versions.
    python : str
        The versions of Python with which it runs, such as ``>=3.12``.
    programs : mapping
        Programs that have to be there as well, with the Debian package of each.
    homepage : str
        The address of its documentation.
    fork : bool
        Whether a process that has imported it may be forked.
    precision : str
        The precision of answers that do not say it.
    limit : float
        The seconds after which no answer is awaited.
    documented : mapping
        Cases whose answer the engine's documentation announces: key and address.
    not_offered : mapping
        Cases that the engine cannot be asked: key and reason.
    source : str
        The adapter's text.
    """

    name: str
    title: str
    distribution: str
    requires: tuple[str, ...]
    python: str
    programs: Mapping[str, str]
    homepage: str
    fork: bool
    precision: str
    limit: float
    documented: Mapping[str, str]
    not_offered: Mapping[str, str]
    source: str

    @property
    def pins(self) -> str:
        """The arguments of pip that install the recorded version, quoted for a shell."""
        return " ".join(f"'{r}'" if "[" in r else r for r in self.requires)

    @cached_property
    def answers(self) -> dict[str, str]:
        """The code that answers each case, as it is run, without the margin of its row."""
        return {key: cleandoc(code) for key, (code, _) in self._asked.items()}

    @cached_property
    def _tree(self) -> ast.Module:
        return _parsed(self.source)

    @cached_property
    def _asked(self) -> dict[str, tuple[str, frozenset[str]]]:
        """The code that answers each case, and the names in it."""
        table = _assigned(self._tree)["ANSWERS"]
        if not isinstance(table, ast.Dict):
            raise TypeError(f"{self.name}: ANSWERS is not a table of keys and lambdas")
        found: dict[str, tuple[str, frozenset[str]]] = {}
        lines = self.source.encode().splitlines(keepends=True)
        for key, asked in zip(table.keys, table.values, strict=True):
            name = _literal(key) if key else None
            if not isinstance(asked, ast.Lambda) or not isinstance(name, str):
                raise TypeError(f"{self.name}: ANSWERS has a row that is no key and lambda")
            if name in found:
                raise ValueError(f"{self.name}: {name!r} is answered twice")
            found[name] = _segment(lines, asked.body), frozenset(_names(asked.body))
        return found

    @cached_property
    def helpers(self) -> dict[str, tuple[str, frozenset[str]]]:
        """The source of each name of the adapter, and the names in it."""
        found: dict[str, tuple[str, frozenset[str]]] = {}
        lines = self.source.encode().splitlines(keepends=True)
        for node in self._tree.body:
            segment = _segment(lines, node)
            used = frozenset(_names(node))
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                first = min([node.lineno, *(d.lineno for d in node.decorator_list)])
                whole = b"".join(lines[first - 1 : node.end_lineno])
                found[node.name] = (whole.decode().rstrip(), used)
            elif isinstance(node, ast.Assign):
                names = [t.id for t in node.targets if isinstance(t, ast.Name)]
                found.update(dict.fromkeys(names, (segment, used)))
        return found

    def code(self, key: str) -> str:
        """Return the code that answers a case, with the helpers that it calls above it."""
        return self._below_helpers(key, self.answers[key])

    def _below_helpers(self, key: str, code: str) -> str:
        needed: list[str] = []
        waiting = sorted(self._asked[key][1])
        while waiting:
            name = waiting.pop()
            if name in self.helpers and name not in needed:
                needed.append(name)
                waiting += sorted(self.helpers[name][1])
        sources = [source for name, (source, _) in self.helpers.items() if name in needed]
        return "\n\n".join([*dict.fromkeys(sources), code])

    def digest(self, case: Case) -> str:
        """Return the hash of a case and of the code that answers it."""
        code = self._below_helpers(case.key, self._asked[case.key][0])  # as it stands in the file
        asked = repr((case.function, case.reference, sorted(case.point.items()), case.of))
        return sha256(f"{asked}\n{code}".encode()).hexdigest()[:16]


def read(path: Path) -> Engine:
    """Return the engine that an adapter describes, without importing it."""
    source = path.read_text("utf-8")
    given = {name: _literal(value) for name, value in _assigned(_parsed(source)).items()}
    return Engine(
        name=path.stem,
        title=given["TITLE"],
        distribution=given["DISTRIBUTION"],
        requires=tuple(given["REQUIRES"]),
        python=given.get("PYTHON", ">=3.11"),
        programs=given.get("PROGRAMS", {}),
        homepage=given["HOMEPAGE"],
        fork=given.get("FORK", True),
        precision=given.get("PRECISION", "float64"),
        limit=given.get("LIMIT", 60.0),
        documented=given.get("DOCUMENTED", {}),
        not_offered=given.get("NOT_OFFERED", {}),
        source=source,
    )


@cache  # what describes an engine, and then its table
def _parsed(source: str) -> ast.Module:
    return ast.parse(source)


def _assigned(tree: ast.Module) -> dict[str, ast.expr]:
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    return {t.id: node.value for node in assigned for t in node.targets if isinstance(t, ast.Name)}


def _literal(value: ast.expr) -> Any:
    try:
        return ast.literal_eval(value)
    except ValueError:
        return None


def _segment(lines: list[bytes], node: ast.expr | ast.stmt) -> str:
    """Return the text of a node; ast's own splits the whole source anew for each."""
    end = node.end_lineno or node.lineno
    within = lines[node.lineno - 1 : end]
    within[-1] = within[-1][: node.end_col_offset]
    within[0] = within[0][node.col_offset :]
    return b"".join(within).decode()


def _names(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _load() -> Iterator[Engine]:
    return (read(path) for path in sorted(ADAPTERS.glob("[!_]*.py")))


engines: Table[Engine] = Table("engine", _load)
"""All engines by name."""
