"""What the site says of itself: to programs, in three files, and to readers, on a page.

The files are ``build.json``, ``llms.txt`` and ``robots.txt``. A page has the same as a table::

    ```{built-from}
    ```
"""

import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.outdated import shows, subject
from _extensions.build.results import once
from _extensions.build.sitemap import NOT_LISTED
from _extensions.build.sources import version_of

NAME = re.compile(r"[\w.-]+")
WRITTEN = (
    "pyproject.toml",
    "src/**/*.py",
    "src/**/*.json",
    "gallery/*.py",
    "docs/**/*.md",
    "docs/*.bib",
)


def packages(pyproject: str) -> dict[str, str]:
    """Return the installed version of each package that the site is built with."""
    found = tomllib.loads(pyproject)
    project = found["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["figures"]]
    wanted += found["dependency-groups"]["docs"]
    names = sorted(match[0] for text in wanted if (match := NAME.match(text)))
    return {name: version_of(name) for name in names}


def fingerprint(root: Path) -> str:
    """Return a digest of what people have written: pages, scripts and the package."""
    found = hashlib.sha256()
    for path in sorted({path for pattern in WRITTEN for path in root.glob(pattern)}):
        name = path.relative_to(root)
        if not {"_build", "jupyter_execute"} & set(name.parts):
            content = path.read_bytes()
            found.update(f"{name.as_posix()} {len(content)}\n".encode() + content)
    return found.hexdigest()


def pages(app: Sphinx) -> list[str]:
    """Return a line for each page: its title, its address and its description."""
    base = app.config.html_baseurl.rstrip("/")
    lines = []
    for page in sorted(app.env.all_docs.keys() - NOT_LISTED):
        about = app.env.metadata[page].get("description", "")
        link = f"- [{app.env.titles[page].astext()}]({base}/{app.builder.get_target_uri(page)})"
        lines.append(f"{link}: {about}" if about else link)
    return lines


def built(root: Path) -> dict[str, object]:
    """Return the versions and the digest that the site is built from."""
    pyproject = (root / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(pyproject)["project"]
    return {
        "project": project["name"],
        "version": project["version"],
        "sources": fingerprint(root),
        "python": ".".join(map(str, sys.version_info[:2])),
        "packages": packages(pyproject),
    }


def built_here(app: Sphinx) -> dict[str, object]:
    """Return the sources and packages of this build, found once."""
    return once(app, "built", lambda: built(Path(app.confdir).parent))


@subject("built")
def digest_of_build(env: BuildEnvironment, _: str) -> str:
    """Return the list of the page, as text."""
    return json.dumps(built_here(env._app))


class BuiltFrom(SphinxDirective):
    """Shows what the site is built from."""

    def run(self) -> list[nodes.Node]:
        """Return a list of terms: the sources, Python and the packages."""
        shows(self.env, "built", "")
        found = built_here(self.env._app)
        rows = {"sources": found["sources"], "Python": found["python"]}
        rows |= found["packages"] if isinstance(found["packages"], dict) else {}
        listing = nodes.field_list()
        for name, value in rows.items():
            body = nodes.field_body("", nodes.paragraph("", "", nodes.literal("", str(value))))
            listing += nodes.field("", nodes.field_name("", name), body)
        return [listing]


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the three files after a good build."""
    if exception or app.builder.format != "html":
        return
    root = Path(app.confdir).parent
    pyproject = (root / "pyproject.toml").read_text("utf-8")
    head = [f"# {app.config.project}", f"> {tomllib.loads(pyproject)['project']['description']}"]
    listing = "\n\n".join([*head, "## Pages", "\n".join(pages(app))])
    sitemap = f"{app.config.html_baseurl.rstrip('/')}/sitemap.xml"
    for name, text in (
        ("build.json", json.dumps(built_here(app), indent=1)),
        ("llms.txt", listing),
        ("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {sitemap}"),
    ):
        (app.outdir / name).write_text(f"{text}\n", "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive, and write at the end."""
    app.setup_extension("_extensions.build.outdated")
    app.add_directive("built-from", BuiltFrom)
    app.connect("build-finished", write)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
