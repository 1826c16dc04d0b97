"""Score ten pages of built sites with Lighthouse, as a phone sees them, and say what each one loads.

``python benchmarks/lighthouse.py docs/_build/html`` prints a table; a second site beside the first,
such as one built before a change, is scored in the same run: each of its pages directly before the
same page of the other. Needs Node.js with npm, which fetches Lighthouse, and Chromium.
"""

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

LIGHTHOUSE = "lighthouse@12.8.2"
PAGES = (
    "index.html",
    "notes/log-det.html",
    "parting/kinks.html",
    "catalogue/index.html",
    "catalogue/inverses.html",
    "sweep/index.html",
    "sweep/live.html",
    "gallery/plot_log_det.html",
    "check.html",
    "behaviour/forward-mode.html",
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS = 3  # of which the median counts: the machine does other things, too
PACKED = {".html", ".css", ".js", ".svg", ".json"}
FLAGS = "--headless=new --no-sandbox --disable-gpu"


class Handler(SimpleHTTPRequestHandler):
    """Serves a site as a host does: text is packed."""

    def do_GET(self) -> None:
        """Send a file, packed if it is text."""
        path = Path(self.translate_path(self.path))
        if path.suffix not in PACKED or not path.is_file():
            super().do_GET()
            return
        body = gzip.compress(path.read_bytes(), 9)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)) + "; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(site))) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}/"
        http.shutdown()


def report(address: str) -> dict[str, Any]:
    """Return what Lighthouse finds of a page."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        command = ["npx", "--yes", LIGHTHOUSE, address, "--quiet", f"--chrome-flags={FLAGS}"]
        command += ["--output=json", f"--output-path={file.name}"]
        command += [f"--only-categories={','.join(CATEGORIES)}"]
        environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
        subprocess.run(command, check=True, env=environment)
        found: dict[str, Any] = json.loads(Path(file.name).read_text("utf-8"))
    return found


def row(address: str) -> list[str]:
    """Return the scores of a page, its blocking time, and what it loads before figures."""
    reports = [report(address) for _ in range(RUNS)]
    scores = [
        f"{100 * median(found['categories'][name]['score'] for found in reports):.0f}"
        for name in CATEGORIES
    ]
    audits = reports[0]["audits"]
    blocking = median(found["audits"]["total-blocking-time"]["numericValue"] for found in reports)
    # An address that a page asks for twice is sent once.
    loaded = {
        item["url"]: item["transferSize"]
        for item in audits["network-requests"]["details"]["items"]
        if urlsplit(item["url"]).scheme == "http" and "/_images/" not in item["url"]
    }
    elements = audits["dom-size"]["numericValue"]
    weight = f"{sum(loaded.values()) / 1000:.1f}"
    return [*scores, f"{blocking:.0f}", weight, str(len(loaded)), f"{elements:.0f}"]


def main() -> None:
    """Print the table."""
    sites = [Path(argument) for argument in sys.argv[1:]] or [Path("docs/_build/html")]
    head = ["page", "site", *CATEGORIES, "blocked ms", "kB", "requests", "elements"]
    print("| " + " | ".join(head) + " |", flush=True)
    print("|---" * len(head) + "|", flush=True)
    for page in PAGES:
        for site in sites:
            with served(site) as home:
                cells = [page, str(site), *row(home + page)]
            print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
