"""The site's settings: assignments only."""

import os
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from _extensions.page.palette import css_variables

PROJECT = tomllib.loads((HERE.parent / "pyproject.toml").read_text("utf-8"))["project"]

# torch's thread pool and a forked writer deadlock; the examples are small.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# Project

project = "autodiff-notes"
author = PROJECT["authors"][0]["name"]
copyright = f"2026, {author}"
release = version = PROJECT["version"]
language = "en"

# The site's one address. The downloads, the sitemap and the social cards take it from here.
html_baseurl = os.environ.get("SITE_ADDRESS", PROJECT["urls"]["Documentation"]).rstrip("/") + "/"

# Pages

extensions = [
    "_extensions",
    "myst_nb",
    "sphinx_gallery.gen_gallery",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.intersphinx",
    "sphinxcontrib.bibtex",
    "notfound.extension",
]
# The folder of a clone may have a space in its name; a book runs no modules of JavaScript.
suppress_warnings = ["sphinx_gallery.space_in_filename", "epub.unknown_project_files"]
# MyST-NB claims the notebooks that sphinx-gallery writes, and would execute them again.
exclude_patterns = ["_build", "gallery/**.ipynb", "gallery/sg_execution_times.rst"]
myst_enable_extensions = ["amsmath", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_dmath_double_inline = True
myst_ref_domains = ["std"]  # [words](#label) means a place, never a function
nb_execution_mode = "cache"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
python_use_unqualified_type_names = True
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_preprocess_types = True
napoleon_type_aliases = {
    "sequence": "collections.abc.Sequence",
    "Matrix": "~autodiff_notes.tape.matrices.Matrix",
    "Variable": "~autodiff_notes.tape.engine.Variable",
}
nitpick_ignore = [("py:class", "autodiff_notes.tables.T")]  # a type variable has no page
math_number_all = False
html_math_renderer = "mathml"
bibtex_bibfiles = ["references.bib", "threads.bib"]
bibtex_default_style = "notes"
bibtex_cite_id = "{key}"

intersphinx_mapping = {
    "python": ("https://docs.python.org/3/", "_inventories/python.inv"),
    "torch": ("https://docs.pytorch.org/docs/stable/", "_inventories/torch.inv"),
    "matplotlib": ("https://matplotlib.org/stable/", "_inventories/matplotlib.inv"),
}

# Examples

sphinx_gallery_conf = {
    "examples_dirs": "../gallery",
    "gallery_dirs": "gallery",
    "within_subsection_order": "FileNameSortKey",
    "abort_on_example_error": True,
    "image_scrapers": ("_extensions.gallery.figures.scrape",),
    "reset_modules": ("_extensions.gallery.figures.reset", "_extensions.gallery.runs.mark"),
    "reset_modules_order": "both",
    "ignore_repr_types": "Drawing",  # shown as a picture
    "backreferences_dir": "gallery/backreferences",
    "doc_module": ("autodiff_notes",),
    "css": (),
    "show_signature": False,
    # A running time or a memory address would make two builds differ.
    "min_reported_time": 10**9,
    "write_computation_times": False,
}

# Output

html_theme = "furo"
html_title = "autodiff-notes"
html_static_path = ["_static"]
templates_path = ["_templates"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
html_context = {"site_address": html_baseurl}
html_favicon = "_static/logo.svg"
html_logo = "_static/logo.svg"
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    "light_css_variables": css_variables(0),
    "dark_css_variables": css_variables(1),
    "source_repository": PROJECT["urls"]["Source"],
    "source_branch": "main",
    "source_directory": "docs/",
}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
notfound_urls_prefix = urlsplit(html_baseurl).path
epub_description = PROJECT["description"]
epub_identifier = epub_uid = project
epub_exclude_files = ["404.xhtml"]
epub_show_urls = "no"
epub_tocscope = "includehidden"
epub_tocdup = False
linkcheck_ignore = [f"{html_baseurl}.*"]
