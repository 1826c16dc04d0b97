"""Downloads that run where they land.

A script in ``gallery/`` says nothing of where its helpers come from. In the built site each
download says it: a script gets a PEP 723 block, a notebook a first cell, and both name the
package's wheel, which the site itself serves below its one address, ``html_baseurl``.
"""

import io
import json
import shutil
import zipfile
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

WHEELS = "wheels"
SCRIPT_BLOCK = """\
# /// script
# requires-python = ">=3.11"
# dependencies = ["{requirement}"]
# ///
"""


def requirement(config: Config) -> str:
    """Return the requirement for pip: the package's wheel on this site."""
    base = config.html_baseurl.rstrip("/")
    wheel = f"autodiff_notes-{config.release}-py3-none-any.whl"
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
    needed = requirement(app.config)
    for path in sorted(app.outdir.glob("_downloads/*/*")):
        content = path.read_bytes()
        complete = with_requirement(path.name, content, needed)
        if complete != content:
            path.write_bytes(complete)
    root = Path(app.confdir).parent
    sources = [root / "pyproject.toml", root / "README.md", *root.glob("src/**/*")]
    wheel = app.outdir / WHEELS / Path(needed).name
    newest = max(path.stat().st_mtime for path in sources if "__pycache__" not in path.parts)
    if not wheel.exists() or wheel.stat().st_mtime < newest:
        from hatchling.builders.wheel import WheelBuilder  # noqa: PLC0415 - needed once

        shutil.rmtree(wheel.parent, ignore_errors=True)
        list(WheelBuilder(str(root)).build(directory=str(wheel.parent), versions=["standard"]))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Complete the files at the end."""
    app.connect("build-finished", finish_downloads)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
