"""What somebody types to find an entry of the catalogue, and the entry that answers it."""

from pages import ROOT

FOLDER = ROOT / "tests" / "built"
FIRST = 10  # a reader looks at as many


def listed(name: str) -> list[tuple[str, str]]:
    """Return the queries of a list, each with its entry."""
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    split = (line.rpartition(" | ") for line in lines if line and not line.startswith("#"))
    return [(query, entry) for query, _, entry in split]


QUERIES, HELD_OUT = listed("queries.txt"), listed("held_out.txt")
