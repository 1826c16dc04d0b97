"""A service worker for the page "Your own", so that it answers without a network once it has been used.

``own-offline.js`` in the root of the site names the files of that page and a version, the digest of
their contents: another build is another version, which takes the place of the one before.
"""

import hashlib
import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.browser import loaded
from _extensions.build.results import write_whole

PAGE, WORKER = "own", "own-offline.js"

# What the page loads when it is used, beside Python.
USED = (
    "_static/own-worker.mjs",
    "_static/python.mjs",
    "_static/finding.js",
    "catalogue-texts.js",
    "own-texts.json",
)
ASSET = re.compile(r'(?:src|href)="([^"#?]+\.(?:css|js|svg|png|ico))(?:\?[^"]*)?"')


def files(app: Sphinx) -> list[str]:
    """Return the addresses of the files of the page, from the root of the site."""
    page = f"{PAGE}.html"
    html = (app.outdir / page).read_text("utf-8")
    assets = {found for found in ASSET.findall(html) if not urlsplit(found).netloc}
    live = {f"_static/live/{name}" for name in loaded(app, "own-form")}
    wanted = {page, *assets, *live, *USED}
    return sorted(name for name in wanted if (app.outdir / name).is_file())


def write_worker(app: Sphinx, exception: Exception | None) -> None:
    """Write the service worker, if the page can answer."""
    page: Path = app.outdir / f"{PAGE}.html"
    if exception or app.builder.format != "html" or not app.config.live_files or not page.exists():
        return
    names = files(app)
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode() + b"\0" + (app.outdir / name).read_bytes())
    text = (
        f'const VERSION = "own-{digest.hexdigest()[:16]}";\n'
        f"const FILES = {json.dumps(names)};\n"
        'importScripts("_static/offline.js");\n'
    )
    write_whole(app.outdir / WORKER, text.encode())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Listen for the end of the build, behind everything that writes a file."""
    app.setup_extension("_extensions.build.browser")
    app.connect("build-finished", write_worker, priority=800)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
