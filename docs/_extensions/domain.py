"""The one Sphinx domain of these extensions: what each page shows, kept from build to build.

Sphinx itself stores it with its environment, clears a page that is read again, and merges what
several reading processes found. Kept of a page are:

- *notes*, by kind: the entries that it shows, the characters of its formulas, and so on;
- *subjects*, each with a digest of its content when the page was read. A page is read again as
  soon as one of them has another content; see :mod:`_extensions.build.outdated`.
"""

from collections.abc import Hashable, Iterable
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar, cast

from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

Notes = dict[str, set[Any]]


class NotesDomain(Domain):
    """What was found on each page."""

    name = "notes"
    label = "autodiff-notes"
    data_version = 1
    initial_data: ClassVar[dict[str, Any]] = {"notes": {}, "subjects": {}, "last": {}}

    def note(self, kind: str, page: str, values: Iterable[Hashable]) -> None:
        """Add values to the notes of a page; none leave no trace."""
        if found := set(values):
            self.notes(kind).setdefault(page, set()).update(found)

    def notes(self, kind: str) -> Notes:
        """Return the notes of one kind, by page."""
        return cast("Notes", self.data["notes"].setdefault(kind, {}))

    def noted(self, kind: str) -> set[Any]:
        """Return the notes of one kind, of all pages together."""
        return set().union(*self.notes(kind).values())

    @property
    def subjects(self) -> dict[str, dict[tuple[str, str], str]]:
        """The digest of every subject, ``(kind, name)``, when its page was read; by page."""
        return cast("dict[str, dict[tuple[str, str], str]]", self.data["subjects"])

    def differs(self, what: str, value: object) -> bool:
        """Return whether something of the whole site differs from the last build; note it."""
        before, self.data["last"][what] = self.data["last"].get(what), value
        return bool(before != value)

    def tables(self) -> list[dict[str, Any]]:
        """Return all that is kept by page."""
        return [self.subjects, *self.data["notes"].values()]

    def clear_doc(self, docname: str) -> None:
        """Forget a page that changed or went."""
        for table in self.tables():
            table.pop(docname, None)

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another reading process found."""
        for kind in otherdata["notes"]:
            self.notes(kind)  # so that both have the same tables
        other = [
            otherdata["subjects"],
            *(otherdata["notes"].get(k, {}) for k in self.data["notes"]),
        ]
        for own, found in zip(self.tables(), other, strict=True):
            own.update({page: row for page, row in found.items() if page in docnames})

    def resolve_any_xref(self, *args: Any, **kwargs: Any) -> list[tuple[str, Any]]:
        """Resolve nothing: pages link to places, which the standard domain knows."""
        return []


def notes_of(env: BuildEnvironment) -> NotesDomain:
    """Return the domain."""
    return cast("NotesDomain", env.domains[NotesDomain.name])


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain."""
    app.add_domain(NotesDomain)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
