"""How long ``nox -s serve`` takes from the saving of a file to the page that shows it, in seconds.

Run it by hand, in an environment that has the browser group and sphinx-autobuild::

    python benchmarks/serve.py [--runs 3]

A copy of this checkout is built and served as the session does; Chromium has a page open that shows
what is edited, and the time ends when it has loaded the new one by itself.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from build import ENTRY, PAGE, ROOT, SCRIPT, SITE, Tree, options
from playwright.sync_api import sync_playwright

# What is edited, the page that shows it, and how: a mark, MARK, that can be seen there.
EDITS = {
    "a page": (PAGE, "running.html", r"\Z", "\nA word, MARK.\n"),
    "a script": (SCRIPT, "gallery/plot_vector_gradients.html", r"\Z", "\n# MARK\n"),
    "an entry's title": (
        ENTRY,
        "catalogue/powers.html",
        r'title="([^"]*?)(?: mark\d+)?"',
        r'title="\1 MARK"',
    ),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3, help="runs of each measurement (3)")
    parser.add_argument("--port", type=int, default=8123)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        tree = Tree(ROOT, Path(folder, "tree"))
        tree.build()
        places = (str(tree.folder / name) for name in ("src", "docs"))
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(places)}
        command = [sys.executable, *options(ROOT / "noxfile.py", "SERVE"), SITE]
        command += ["--port", str(arguments.port)]
        home = f"http://127.0.0.1:{arguments.port}"
        with subprocess.Popen(command, cwd=tree.folder, env=environment) as server:
            try:
                wait_for(home)
                page = playwright.chromium.launch(executable_path="/usr/bin/chromium").new_page()
                for name, (file, address, pattern, replacement) in EDITS.items():
                    page.goto(f"{home}/{address}")
                    taken = []
                    for run in range(arguments.runs):
                        mark = f"mark{run}{time.time_ns()}"
                        tree.edit(file, pattern, replacement.replace("MARK", mark))
                        start = time.perf_counter()
                        page.get_by_text(mark).first.wait_for(state="attached", timeout=120_000)
                        taken.append(time.perf_counter() - start)
                    print(f"{name:20}{statistics.median(taken):8.2f} s", flush=True)
            finally:
                server.terminate()


def wait_for(address: str) -> None:
    """Wait until a server answers."""
    for _ in range(600):
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"nothing answers at {address}")


if __name__ == "__main__":
    main()
