"""Citations that can be read where they stand.

A work, from ``references.bib``, is cited by its authors and year. A thread, from ``threads.bib``,
is an entry of the type ``@thread`` and cited by its repository and number.
"""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.style import FormattedEntry
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.unsrt import Style
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting.author_year_title import SortingStyle
from pybtex.style.template import Node, field, href, join, sentence
from sphinx.application import Sphinx
from sphinx.environment import CONFIG_OK, BuildEnvironment
from sphinx.util.typing import ExtensionMetadata


def label(entry: Entry) -> str:
    """Return the label between the brackets of a citation."""
    if entry.type == "thread":
        return f"{entry.fields['repository']}#{entry.fields['number']}"
    names = [
        " ".join(person.prelast_names + person.last_names) for person in entry.persons["author"]
    ]
    authors = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
    return f"{authors} {entry.fields['year']}"


class Labels(BaseLabelStyle):  # type: ignore[misc]  # pybtex carries no types
    """Labels made of names and numbers that a reader knows."""

    def format_labels(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Return the label of each entry."""
        return map(label, entries)


class Order(SortingStyle):  # type: ignore[misc]  # pybtex carries no types
    """Works by their authors, threads by repository and number."""

    def sorting_key(self, entry: Entry) -> tuple[str, ...]:
        """Return the sorting key of an entry."""
        if entry.type == "thread":
            return entry.fields["repository"].lower(), entry.fields["number"].zfill(9)
        return tuple(super().sorting_key(entry))


class Notes(Style):  # type: ignore[misc]  # pybtex carries no types
    """Entries in the order in which a reader looks them up; a thread is its title, linked."""

    default_label_style = Labels
    default_sorting_style = Order
    known: ClassVar[dict[tuple[str, str], tuple[Entry, FormattedEntry]]] = {}
    """What the last build made of its entries, by their keys and labels."""

    def format_entry(self, label: str, entry: Entry, bib_data: object = None) -> FormattedEntry:
        """Return an entry with its label, made anew if it is another."""
        before, formatted = self.known.get((entry.key, label), (None, None))
        return formatted if entry == before else super().format_entry(label, entry, bib_data)

    def get_thread_template(self, entry: Entry) -> Node:
        """Return how a thread is shown. GitHub leads from an issue's address to a pull request's."""
        address = join[
            "https://github.com/", field("repository"), "/issues/", field("number", raw=True)
        ]
        return toplevel[sentence[href(address)[field("title", raw=True)], field("year")]]


def know_entries(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Know what the last build made of its entries, unless all pages are read anew."""
    same = env.config_status == CONFIG_OK
    last = env.domains["cite"].citations if same else ()  # type: ignore[attr-defined]
    made = ((c.entry, c.formatted_entry) for c in last)
    Notes.known = {(entry.key, new.label): (entry, new) for entry, new in made}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Offer the style to sphinxcontrib-bibtex, as ``notes``."""
    app.connect("env-before-read-docs", know_entries)
    register_plugin("pybtex.style.formatting", "notes", Notes)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
