"""What the site's build costs, beside that of another checkout, in seconds and as ratios.

Run it by hand, in an environment that has the docs group, on a machine with nothing else to do::

    git worktree add /tmp/before 321c5d4
    python benchmarks/build.py --baseline /tmp/before [--runs 3]

Both trees are copied, and each measurement alternates between them, so that what the machine does
beside weighs on both. Each is built as its own ``nox -s docs`` builds it, after a fetch of what the
live pages run, which that session does and is not measured here. A time is the median of
whole processes, of the clock or, with ``--cpu``, of all processors together, which what runs beside
changes less; *Sphinx's own start* is what Sphinx takes to build nothing with the same theme.
"""

import argparse
import ast
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
GENERATED = shutil.ignore_patterns(
    "_build", "__pycache__", "jupyter_execute", "*.inv", ".git", ".nox", "node_modules", "tests"
)
SITE = "docs/_build/html"
SCRIPT = "gallery/plot_vector_gradients.py"
ENTRY = "src/autodiff_notes/catalogue/powers.py"
PAGE = "docs/running.md"
MORE = 20  # so many copies of a script tell one from the noise

Change = Callable[["Tree"], None]


def processors() -> float:
    """Return the processor time of all that has been run so far."""
    times = os.times()
    return times.children_user + times.children_system


clock = processors if "--cpu" in sys.argv else time.perf_counter


class Tree:
    """A copy of a checkout."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(source, folder, ignore=GENERATED)
        shutil.rmtree(folder / "docs" / "gallery", ignore_errors=True)
        subprocess.run([sys.executable, "live/fetch.py"], cwd=folder, check=True)
        self.options = options(folder / "noxfile.py", "SPHINX")

    def build(self) -> float:
        """Build the site, and return the seconds that it took."""
        return self.seconds([*self.options, SITE])

    def seconds(self, arguments: list[str]) -> float:
        """Run Sphinx, and return the seconds that the process took."""
        environment = os.environ | {
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": str(self.folder / "src"),
        }
        command = [sys.executable, "-m", "sphinx", *arguments]
        start = clock()
        done = subprocess.run(
            command, cwd=self.folder, env=environment, check=False, capture_output=True, text=True
        )
        taken = clock() - start
        if done.returncode:
            raise SystemExit(f"{self.folder} does not build:\n{done.stdout}{done.stderr}")
        return taken

    def edit(self, name: str, pattern: str, replacement: str) -> None:
        """Replace the first match of a pattern in a file, with the time in place of ``NOW``."""
        path = self.folder / name
        new = replacement.replace("NOW", str(time.perf_counter_ns()))
        text, number = re.subn(pattern, new, path.read_text("utf-8"), count=1)
        if not number:
            raise SystemExit(f"{path} has no {pattern}")
        path.write_text(text, "utf-8")

    def clean(self) -> None:
        """Remove all that a build made."""
        for name in ("docs/_build", "docs/gallery"):
            shutil.rmtree(self.folder / name, ignore_errors=True)


def options(noxfile: Path, name: str) -> list[str]:
    """Return a list of options in a noxfile."""
    for node in ast.parse(noxfile.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return [str(option) for option in ast.literal_eval(node.value)]
    raise SystemExit(f"{noxfile} has no list {name}")


def comment(tree: Tree) -> None:
    """Change a comment in an extension: the first line of its sitemap's docstring is one."""
    (path,) = (tree.folder / "docs" / "_extensions").rglob("sitemap.py")
    tree.edit(str(path.relative_to(tree.folder)), r"\Z", "\n# NOW\n")


def copies(tree: Tree) -> list[Path]:
    """Return the places of more copies of one script."""
    return [tree.folder / "gallery" / f"plot_copy_{number:03}.py" for number in range(MORE)]


def add_scripts(tree: Tree) -> None:
    """Add copies of one script, each with a title of its own, and remove what a build made."""
    for number, path in enumerate(copies(tree)):
        text = (tree.folder / SCRIPT).read_text("utf-8")
        title = re.sub(r"^(.+)\n(=+)$", rf"\1 {number}\n\2===", text, count=1, flags=re.MULTILINE)
        path.write_text(title, "utf-8")
    tree.clean()


def delete_script(tree: Tree) -> None:
    """Delete one script; the first run makes all that can be deleted."""
    next(path for path in copies(tree) if path.exists()).unlink()


CHANGES: dict[str, Change] = {
    "cold": Tree.clean,
    "no change": lambda _: None,
    "a page changed": lambda tree: tree.edit(PAGE, r"\Z", "\nA word, NOW.\n"),
    "one script changed": lambda tree: tree.edit(SCRIPT, r"\Z", "\n# NOW\n"),
    "one entry's title changed": lambda tree: tree.edit(
        ENTRY, r'title="([^"]*?)(?: \d+)?"', r'title="\1 NOW"'
    ),
    "a comment changed in an extension": comment,
    f"cold, with {MORE} scripts more": add_scripts,
    "a deleted script": delete_script,
}


def empty(tree: Tree) -> float:
    """Return the seconds that Sphinx takes for an empty page in the same theme."""
    folder = tree.folder / "empty"
    folder.mkdir(exist_ok=True)
    (folder / "conf.py").write_text('html_theme = "furo"\n', "utf-8")
    (folder / "index.rst").write_text("Empty\n=====\n", "utf-8")
    return tree.seconds(["-q", "empty", "empty/_build"])


def measure(trees: list[Tree], runs: int) -> dict[str, list[float]]:
    """Return the median of each measurement, for each tree."""
    found: dict[str, list[float]] = {}
    for name, change in CHANGES.items():
        times: list[list[float]] = [[] for _ in trees]
        for _ in range(runs):
            for tree, taken in zip(trees, times, strict=True):
                change(tree)
                taken.append(tree.build())
        found[name] = [statistics.median(taken) for taken in times]
    first, more = found["cold"], found.pop(f"cold, with {MORE} scripts more")
    found["one more script"] = [(b - a) / MORE for a, b in zip(first, more, strict=True)]
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--baseline", type=Path, help="a checkout to compare with")
    parser.add_argument("--runs", type=int, default=3, help="runs of each measurement (3)")
    parser.add_argument("--cpu", action="store_true", help="count processor time")
    arguments = parser.parse_args()
    sources = [arguments.baseline, ROOT] if arguments.baseline else [ROOT]
    with tempfile.TemporaryDirectory() as folder:
        trees = [Tree(source, Path(folder, str(n))) for n, source in enumerate(sources)]
        start = statistics.median(empty(trees[-1]) for _ in range(arguments.runs))
        found = measure(trees, arguments.runs)
    print(f"{'Sphinx alone, an empty page':36}{start:8.2f} s")
    for name, times in found.items():
        ratio = f"   {times[-1] / times[0]:.2f} of the baseline" if len(times) > 1 else ""
        print(f"{name:36}{''.join(f'{taken:8.2f} s' for taken in times)}{ratio}")


if __name__ == "__main__":
    main()
