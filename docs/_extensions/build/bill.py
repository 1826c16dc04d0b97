"""What the wheel needs, as a bill of materials beside it: ``wheels/bill.cdx.json``, in CycloneDX.

Its components are the packages that the wheel asks for, directly or through others, at the versions
with which the site was built, and what the live page takes from npm.
"""

import json
import tomllib
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.sources import digest
from _extensions.build.unchanged import installed
from _extensions.gallery.downloads import WHEELS, wheel_version

NAME = "bill.cdx.json"
PACKAGE, EXTRA = "autodiff-notes", "figures"
LIVE = "live/package-lock.json"


def names(requirements: Iterable[str]) -> set[str]:
    """Return the packages that some requirements ask for here."""
    wanted = map(Requirement, requirements)
    return {
        canonicalize_name(one.name)
        for one in wanted
        if one.marker is None or one.marker.evaluate({"extra": ""})
    }


def asked(root: Path) -> list[str]:
    """Return the requirements of the wheel."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"][EXTRA]]


def closure(wanted: Iterable[str]) -> dict[str, set[str]]:
    """Return this package and all below it, each with those that it asks for."""
    found = {PACKAGE: names(wanted)}
    waiting = sorted(found[PACKAGE])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = names(distribution(name).requires or ())
            waiting += found[name]
    return found


def component(kind: str, name: str, version: str, licence: str = "") -> dict[str, object]:
    """Return one component, named by its package URL."""
    url = f"pkg:{kind}/{name.replace('@', '%40')}@{version.replace('+', '%2B')}"
    found: dict[str, object] = {
        "type": "library",
        "bom-ref": url,
        "name": name,
        "version": version,
        "purl": url,
    }
    return found | ({"licenses": [{"expression": licence}]} if licence else {})


def of_python(name: str) -> dict[str, object]:
    """Return the component of an installed package."""
    about = distribution(name).metadata
    licence = str(about.json.get("license_expression", ""))
    return component("pypi", name, about["Version"], licence)


def of_npm(lock: Path) -> list[dict[str, object]]:
    """Return the components of a lock file of npm."""
    packages = json.loads(lock.read_text("utf-8"))["packages"]
    return [
        component("npm", path.removeprefix("node_modules/"), about["version"], about["license"])
        for path, about in sorted(packages.items())
        if path and not about.get("dev")
    ]


def bill(version: str, root: Path) -> dict[str, object]:
    """Return the bill of the wheel of a version."""
    found = closure(asked(root))
    lock = root / LIVE
    own = component("pypi", PACKAGE, version, "MIT")
    parts = {name: of_python(name) for name in sorted(found) if name != PACKAGE} | {PACKAGE: own}
    refs = {name: str(part["bom-ref"]) for name, part in parts.items()}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own},
        "components": [part for name, part in parts.items() if name != PACKAGE]
        + (of_npm(lock) if lock.exists() else []),
        "dependencies": [
            {"ref": refs[name], "dependsOn": sorted(refs[below] for below in found[name])}
            for name in sorted(found)
        ],
    }


def write(app: Sphinx, exception: Exception | None) -> None:
    """Write the bill beside the wheel, after it, if something that it is made from has changed."""
    if exception or app.builder.name != "html":
        return
    root = Path(app.confdir).parent
    version = wheel_version(app)  # with a fingerprint of the pyproject.toml, too
    lock = root / LIVE
    made_from = digest(version, *installed(), lock.read_text("utf-8") if lock.exists() else "")
    path, mark = app.outdir / WHEELS / NAME, app.doctreedir / "bill"
    if path.exists() and mark.exists() and mark.read_text("utf-8") == made_from:
        return
    path.write_text(json.dumps(bill(version, root), indent=1) + "\n", "utf-8")
    mark.write_text(made_from, "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write after the wheel."""
    app.connect("build-finished", write, priority=600)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
