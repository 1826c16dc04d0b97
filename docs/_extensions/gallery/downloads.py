"""Downloads that run where they land.

A script in ``gallery/`` says nothing of where its helpers come from. In the built site each
download says it: a script gets a PEP 723 block, a notebook a first cell, and both name the
package's wheel, which the site itself serves below its one address, ``html_baseurl``.

The wheel's version ends in a fingerprint of the package, so that whoever installs it again gets the
helpers that belong to the scripts. While pages are read the version stands without it, and so a
change in the package is no change of every example's page; the end of the build adds it.
"""

import hashlib
import io
import json
import re
import shutil
import tomllib
import zipfile
from pathlib import Path
from urllib.parse import quote

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.results import once

WHEELS = "wheels"
SCRIPT_BLOCK = """\
# /// script
# requires-python = ">=3.11"
# dependencies = ["{requirement}"]
# ///
"""


WHEEL = re.compile(r"autodiff_notes-[\w.]+(?:%2B\w+)?-py3-none-any\.whl")
BESIDE = ("LICENSE", "README.md", "pyproject.toml")  # what the wheel has beside the package


def fingerprint(root: Path) -> str:
    """Return a digest of all that the wheel is made from, as the local part of a version."""
    found = hashlib.sha256()
    paths = [root / name for name in BESIDE if (root / name).exists()]
    paths += [path for path in root.glob("src/**/*") if path.is_file()]
    for path in sorted(paths):
        if "__pycache__" not in path.parts:
            content = path.read_bytes()
            found.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return f"f{found.hexdigest()[:12]}"  # a letter first: digits alone would lose their zeros


def wheel_version(app: Sphinx) -> str:
    """Return the version of the package's wheel, with the fingerprint, which is found once."""
    found = once(app, "wheel", lambda: fingerprint(Path(app.confdir).parent))
    return f"{app.config.release}+{found}"


def wheel_name(version: str) -> str:
    """Return the file of the package's wheel."""
    return f"autodiff_notes-{version}-py3-none-any.whl"


def requirement(config: Config, version: str = "") -> str:
    """Return the requirement for pip: the package's wheel on this site, of a version."""
    base = config.html_baseurl.rstrip("/")
    # Quoted, since some hosts take a plus sign for a space.
    wheel = quote(wheel_name(version or config.release))
    return f"autodiff-notes[figures] @ {base}/{WHEELS}/{wheel}"


def with_requirement(name: str, content: bytes, needed: str) -> bytes:
    """Return a download that says what it needs; once, however often it is asked."""
    suffix = Path(name).suffix
    if suffix == ".zip":
        return zip_with_requirement(content, needed)
    text = content.decode()
    if needed in text:
        return content
    if suffix == ".py":
        return (SCRIPT_BLOCK.format(requirement=needed) + text).encode()
    if suffix == ".ipynb":
        notebook = json.loads(text)
        notebook["cells"].insert(0, install_cell(needed))
        # Of the Python that made it, of no use to a reader, and another on every machine.
        notebook["metadata"].get("language_info", {}).pop("version", None)
        return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()
    return content


def install_cell(needed: str) -> dict[str, object]:
    """Return the notebook cell that installs what the notebook needs."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": [f'%pip install --quiet "{needed}"'],
    }


def zip_with_requirement(content: bytes, needed: str) -> bytes:
    """Return a zip whose members say what they need, in order and without times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in sorted(old.namelist()):
            member = zipfile.ZipInfo(name)  # dated 1980, so the bytes are the same every time
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            new.writestr(member, with_requirement(name, old.read(name), needed))
    return buffer.getvalue()


def finish_downloads(app: Sphinx, exception: Exception | None) -> None:
    """Complete the downloads in the built site, and put the wheel beside them."""
    if exception or app.builder.format != "html":
        return
    version = wheel_version(app)
    needed = requirement(app.config, version)
    examples = app.outdir / app.config.sphinx_gallery_conf["gallery_dirs"]
    for path in sorted([*app.outdir.glob("_downloads/*/*"), *examples.glob("*.html")]):
        content = path.read_bytes()
        if path.suffix == ".html":  # written by this build, or kept with an older wheel's name
            name = needed.rpartition("/")[2]
            complete = WHEEL.sub(name, content.decode()).encode()
        else:
            complete = with_requirement(path.name, content, needed)
        if complete != content:
            path.write_bytes(complete)
    write_wheel(Path(app.confdir).parent, app.outdir / WHEELS, version)


def write_wheel(root: Path, folder: Path, version: str) -> None:
    """Build the wheel of a version, unless it is there; no other stays beside it."""
    if not (folder / wheel_name(version)).exists():
        from hatchling.builders.wheel import WheelBuilder  # noqa: PLC0415 - needed once

        new = folder.with_name(f"{folder.name}.new")  # whole before it counts
        shutil.rmtree(new, ignore_errors=True)
        settings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
        settings["project"]["version"] = version
        builder = WheelBuilder(str(root), config=settings)
        list(builder.build(directory=str(new), versions=["standard"]))
        shutil.rmtree(folder, ignore_errors=True)
        new.rename(folder)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Complete the files at the end."""
    app.connect("build-finished", finish_downloads)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
