"""What the site's build costs, in seconds, as medians of whole processes.

Run it by hand, in an environment that has the docs group, on a machine with nothing else to do::

    python benchmarks/build.py [--runs 5]

The floor is what nobody can do without: all scripts run once in one process, plus Sphinx with
furo and the same prose as plain Markdown. What this site does beside is to verify the catalogue
and the exercises; that has a line of its own.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = ["pyproject.toml", "README.md", "LICENSE", "CONTRIBUTING.md", "src", "gallery", "docs"]
GENERATED = shutil.ignore_patterns("_build", "__pycache__", "jupyter_execute", "*.inv")
BUILD = ["-m", "sphinx", "-q", "-W", "--nitpicky", "--keep-going", "docs", "html"]
SCRIPT = "plot_vector_gradients.py"
PLAIN_CONF = 'extensions = ["myst_parser"]\nhtml_theme = "furo"\nexclude_patterns = ["gallery"]\n'
ALL_SCRIPTS = """
import runpy, sys
import matplotlib
matplotlib.use("agg")
for script in sys.argv[1:]:
    runpy.run_path(script, run_name="__main__")
    matplotlib.pyplot.close("all")
"""
VERIFICATION = """
from autodiff_notes import catalogue, exercises
from autodiff_notes.catalogue.verification import verify
assert all(verify(claim).holds for claim in (*catalogue.values(), *exercises.values()))
"""


def copy_project(folder: Path) -> Path:
    """Copy the sources, without anything generated, and return the copy."""
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=GENERATED)
        else:
            shutil.copy2(ROOT / name, folder / name)
    shutil.rmtree(folder / "docs" / "gallery", ignore_errors=True)
    return folder


def seconds(command: list[str], project: Path) -> float:
    """Run Python in a project and return the seconds that the process took."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(project / "src")}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *command], cwd=project, env=environment, check=True, capture_output=True
    )
    return time.perf_counter() - start


def median(runs: int, measure: Callable[[], float]) -> float:
    """Return the median of several measurements."""
    return statistics.median(measure() for _ in range(runs))


def cold(project: Path) -> float:
    """Return the seconds of a build from nothing."""
    for generated in ("html", "docs/gallery"):
        shutil.rmtree(project / generated, ignore_errors=True)
    return seconds(BUILD, project)


def after_one_change(project: Path) -> float:
    """Return the seconds of a rebuild after one script has changed."""
    with (project / "gallery" / SCRIPT).open("a") as script:
        script.write(f"\n# {time.perf_counter()}\n")
    return seconds(BUILD, project)


def with_copies(project: Path, number: int) -> float:
    """Return the seconds of a cold build with so many more copies of one script."""
    script = project / "gallery" / SCRIPT
    copies = [script.with_name(f"plot_copy_{n:03}.py") for n in range(number)]
    for copy in copies:
        shutil.copy2(script, copy)
    taken = cold(project)
    for copy in copies:
        copy.unlink()
    return taken


def scripts_alone(project: Path) -> float:
    """Return the seconds of all scripts in one process."""
    scripts = sorted(str(path) for path in (project / "gallery").glob("plot_*.py"))
    return seconds(["-c", ALL_SCRIPTS, *scripts], project)


def sphinx_alone(project: Path) -> float:
    """Return the seconds of Sphinx with furo and the same prose, without any directive."""
    plain = project / "plain"
    shutil.rmtree(plain, ignore_errors=True)
    for page in (project / "docs").rglob("*.md"):
        text = re.sub(
            r"^(`{3,}.*|:\w.*|</?details>.*)$", "", page.read_text("utf-8"), flags=re.MULTILINE
        )
        target = plain / page.relative_to(project / "docs")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    (plain / "conf.py").write_text(PLAIN_CONF)
    return seconds(["-m", "sphinx", "-q", "plain", "plain/_html"], project)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="runs of each measurement (5)")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        project = copy_project(Path(folder))
        seconds(["-c", "import torch, sphinx, matplotlib"], project)  # warm the disk cache
        scripts = median(runs, partial(scripts_alone, project))
        floor = scripts + median(runs, partial(sphinx_alone, project))
        verified = median(runs, partial(seconds, ["-c", VERIFICATION], project))
        full = median(runs, partial(cold, project))
        unchanged = median(runs, partial(seconds, BUILD, project))
        changed = median(runs, partial(after_one_change, project))
        few = median(runs, partial(with_copies, project, 10))
        many = median(runs, partial(with_copies, project, 50))
    print(f"floor: scripts in one process, plain Sphinx  {floor:6.2f} s")
    print(f"verification alone                           {verified:6.2f} s")
    ratios = f"{full / floor:.2f} floors, {full / (floor + verified):.2f} with the verification"
    print(f"cold build                                   {full:6.2f} s  ({ratios})")
    print(f"rebuild without changes                      {unchanged:6.2f} s")
    print(f"rebuild after one script changed             {changed:6.2f} s")
    print(f"one more script (10 against 50 copies)       {(many - few) / 40:6.3f} s")


if __name__ == "__main__":
    main()
