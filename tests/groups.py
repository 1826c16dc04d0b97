"""Which tests stay together on one worker, and share what they set up.

``--dist loadgroup`` is meant for that, but pytest-xdist 3.8 groups nothing under pytest 9.2.
"""

import re

from xdist.scheduler import LoadScopeScheduling

# These files of tests/built build, or run, on their own; the others read pages, and parse each once.
ALONE = re.compile(
    r"tests/built/test_(contributing|derivations|downloads|failures|faults|notebooks|prose|readme"
    r"|rebuilds|typing_along)\.py"
)
# Short and many, so that they come last, when a long file would keep one worker waiting for another.
VISITED = re.compile(r"tests/browser/.*\[(.*\.html)")


class Groups(LoadScopeScheduling):  # type: ignore[misc]  # it carries no types
    """Deals out files, in the order in which they were collected, but for pages and visits."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the group of a test."""
        file = nodeid.partition("::")[0]
        if visit := VISITED.match(nodeid):
            return visit[1]
        return "pages" if file.startswith("tests/built/") and not ALONE.fullmatch(file) else file
