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
from sphinx.util.typing import ExtensionMetadata

WHEELS = "wheels"
SCRIPT_BLOCK = """\
# /// script
# requires-python = ">=3.11"
# dependencies = ["{requirement}"]
# ///
"""
DO_NOT_EDIT = "\n.. DO NOT EDIT.\n"
DESCRIPTION = """\
:description: {title}. A PyTorch script, executed, with its output and figures, to download.

"""
HOW_TO_RUN = """
.. rubric:: Run it elsewhere

Each download names what it needs; uv or pipx makes the environment:

.. code-block:: console

   uv run {script}
   pipx run {script}

With plain pip, in an environment of your own:

.. code-block:: console

   python -m pip install "{requirement}"
   python {script}

On Linux, :doc:`/running` says how to get a small torch, without CUDA.

"""


def requirement(app: Sphinx) -> str:
    """Return what pip is asked for: the package's wheel on this site."""
    base = app.config.html_baseurl.rstrip("/")
    wheel = f"autodiff_notes-{app.config.release}-py3-none-any.whl"
    return f"autodiff-notes[figures] @ {base}/{WHEELS}/{wheel}"


def complete_example(app: Sphinx, docname: str, source: list[str]) -> None:
    """Tell on each example's page how to run its download, and describe it to a search engine."""
    folder, _, name = docname.rpartition("/")
    marker = ".. _sphx_glr_download_"
    if folder == app.config.sphinx_gallery_conf["gallery_dirs"] and marker in source[0]:
        text = HOW_TO_RUN.format(script=f"{name}.py", requirement=requirement(app))
        source[0] = source[0].replace(marker, text + marker, 1)
        # In place of the first two lines, so that every other line keeps its number.
        description = DESCRIPTION.format(title=title_of(source[0]))
        source[0] = source[0].replace(DO_NOT_EDIT, description, 1)


def title_of(page: str) -> str:
    """Return the title of a generated page."""
    return page[: page.index("\n====")].rpartition("\n")[2]


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
    needed = requirement(app)
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
    """Tell how to run on the page, complete the files at the end."""
    app.connect("source-read", complete_example)
    app.connect("build-finished", finish_downloads)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
