"""Local intersphinx inventories, written from readable lists.

``_inventories/NAME.txt`` lists the names that pages and code refer to, one a line, with their
place in the project's documentation. No build asks a network for them.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata


def write_inventories(app: Sphinx, config: Config) -> None:
    """Turn each list that is newer than its inventory into one that intersphinx reads."""
    for listed in sorted(Path(app.srcdir, "_inventories").glob("*.txt")):
        target = listed.with_suffix(".inv")
        if not target.exists() or target.stat().st_mtime < listed.stat().st_mtime:
            from sphobjinv import Inventory, compress  # noqa: PLC0415 - needed once

            inventory = Inventory(plaintext=listed.read_bytes())
            target.write_bytes(compress(inventory.data_file()))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Run before intersphinx loads its inventories."""
    app.connect("config-inited", write_inventories)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
