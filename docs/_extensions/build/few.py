"""A few pages are read, and written, by the process that is there; many by one more than allowed.

With ``-j`` Sphinx starts others even for a single page, and sends the whole environment to and fro:
that takes longer than reading the page. Many pages it deals out in portions that take longer or
shorter, so that one process would be left with the last; of those that write it starts one less
than is allowed, for it resolves links meanwhile, but that takes half as long, and is then done.
"""

from collections.abc import Set as AbstractSet

from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

# A change of a script is read on three pages, and so is that of an entry: one process takes 0.5 s
# less for either.
FEW = 5


def read_here(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Read a few pages in this process, and many in one more than is allowed."""
    app.allowed = app.parallel  # type: ignore[attr-defined]
    if app.parallel > 1:
        app.parallel = 1 if len(docnames) <= FEW else app.parallel + 1


def allow_again(app: Sphinx, env: BuildEnvironment) -> None:
    """Allow as many processes as before for what follows."""
    app.parallel = app.allowed  # type: ignore[attr-defined]


def write_here(app: Sphinx, builder: Builder) -> None:
    """Write a few pages in this process, and many, as may look different, in as many as allowed."""
    write, write_parallel = builder.write_documents, builder._write_parallel

    def write_documents(docnames: AbstractSet[str]) -> None:
        builder.parallel_ok = builder.parallel_ok and len(docnames) > FEW
        write(docnames)

    builder.write_documents = write_documents  # type: ignore[method-assign]
    builder._write_parallel = (  # type: ignore[method-assign]
        lambda docnames, nproc: write_parallel(docnames, nproc + 1)
    )


def setup(app: Sphinx) -> ExtensionMetadata:
    """Decide as soon as the number of pages is known."""
    app.connect("env-before-read-docs", read_here, priority=999)
    app.connect("env-updated", allow_again, priority=1)
    app.connect("write-started", write_here)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
