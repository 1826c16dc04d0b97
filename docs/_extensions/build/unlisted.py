"""A list of pages may end in a ``*`` for those to come, though none has come yet.

Sphinx warns of a pattern that matches nothing, with the subtype ``empty_glob`` and no type, so that
``suppress_warnings = ["toc.empty_glob"]`` cannot reach it (9.0.4). Here the warning gets its type.
"""

import logging

from sphinx.application import Sphinx
from sphinx.util.logging import NAMESPACE
from sphinx.util.typing import ExtensionMetadata


def with_type(record: logging.LogRecord) -> bool:
    """Give the warning the type that the settings name, and let every record pass."""
    if getattr(record, "subtype", None) == "empty_glob" and not getattr(record, "type", None):
        record.type = "toc"
    return True


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen to the directive that warns; once, however many builds a process runs."""
    logger = logging.getLogger(f"{NAMESPACE}.sphinx.directives.other")
    logger.removeFilter(with_type)
    logger.addFilter(with_type)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
