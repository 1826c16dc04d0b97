"""``{gallery-step}``: a section of a gallery script, with its output, beside a derivation step.

The directive names a script and one of its sections. Its content, in Markdown, is the step of the
argument; next to it come the section's code and output as they left the one execution::

    ```{gallery-step} plot_log_det "The gradient is the inverse, transposed"
    The trace is an inner product, so ...
    ```
"""

import re
import shlex
from pathlib import Path
from typing import cast

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_refnode
from sphinx.util.typing import ExtensionMetadata

from _extensions.domain import notes_of
from _extensions.gallery import scripts
from _extensions.page.folding import folded

EXAMPLES = "examples"
GALLERY = "gallery"
CITED = re.compile(r'\{gallery-step\} (\w+) "([^"]+)"')
API = "api/index"
BLOCK = re.compile(r"^\.\. GENERATED FROM PYTHON SOURCE LINES .*$", re.MULTILINE)
CODE = ".. code-block:: Python"
TITLE = re.compile(r"^(?P<title>\S.*)\n(?P<mark>[-=~^\"'*+#])(?P=mark){2,}$", re.MULTILINE)


def sections(generated: str) -> dict[str, str]:
    """Split a generated gallery page into its titled sections.

    Returns the code and output of each section, in reStructuredText, by title. What stands
    before the first section title belongs to the title of the page.
    """
    found: dict[str, str] = {}
    title = ""
    body = generated.partition(".. _sphx_glr_download_")[0]
    for block in BLOCK.split(body):
        if block.strip().startswith(CODE):
            found[title] += block.strip("\n") + "\n\n"
        elif heading := TITLE.search(block):
            title = heading["title"]
            found[title] = ""
    return found


def code_blocks(generated: str) -> list[str]:
    """Return the code of a section in reStructuredText, without what it printed."""
    blocks = re.split(r"^(?=\S)", generated, flags=re.MULTILINE)
    return [block for block in blocks if block.startswith(CODE)]


def step_id(script: str, title: str) -> str:
    """Return the name by which a page can link to one of its steps."""
    return nodes.make_id(f"{script.removeprefix('plot_')} {title}")


class GalleryStep(SphinxDirective):
    """Shows a section of a gallery script beside the step that it confirms."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the step: the argument, and the run."""
        try:
            script, title = shlex.split(self.arguments[0])
        except ValueError:
            raise self.error(
                f'{{gallery-step}} takes a script and a section: plot_x "Its title"; '
                f"got: {self.arguments[0]}"
            ) from None
        run = nodes.container(classes=["step-run"], script=script, section=title)
        self.parse(self.code_and_output(script, title), run)
        fold_figures(run)
        heading = nodes.rubric("", title, classes=["step-title"])
        step = nodes.container("", heading, classes=["step"], ids=[step_id(script, title)])
        if self.content:
            argument = nodes.container(classes=["step-argument"])
            self.state.nested_parse(self.content, self.content_offset, argument)
            step += argument
        step += run
        return [*self.set_up(script), step]

    def set_up(self, script: str) -> list[nodes.Node]:
        """Return, once a page and script, what the steps of the page need, behind a line."""
        shown = cast("set[str]", self.env.temp_data.setdefault("gallery-step.set-up", set()))
        if script in shown:
            return []
        shown.add(script)
        page = self.env.doc2path(self.env.docname).read_text("utf-8")
        cited = [title for name, title in CITED.findall(page) if name == script]
        source = scripts.path_of(self.env, script)
        found = sections(Path(self.env.srcdir, GALLERY, f"{script}.rst").read_text("utf-8"))
        blocks = [next(iter(found.values()))]
        blocks += [found[title] for title in scripts.needed(source, cited)]
        code = "\n\n".join(block for text in blocks for block in code_blocks(text))
        whole = nodes.container(classes=["step-set-up"], script=script, section="")
        self.parse(code, whole)
        summary = f"Set up: what the steps from {script}.py begin with"
        return folded(summary, whole)

    def code_and_output(self, script: str, title: str) -> str:
        """Return the section's reStructuredText, or say which scripts or sections there are."""
        folder = Path(self.env.srcdir, GALLERY)
        page = folder / f"{script}.rst"
        if not page.exists():
            scripts = sorted(path.stem for path in folder.glob("plot_*.rst"))
            raise self.error(f"there is no script {script!r}; there are: {', '.join(scripts)}")
        self.env.note_dependency(page)
        found = sections(page.read_text("utf-8"))
        if not found.get(title):
            titles = "".join(f"\n  {name}" for name, body in found.items() if body)
            raise self.error(f"{script}.py has no section {title!r}; its sections:{titles}")
        return found[title]

    def parse(self, rst: str, parent: nodes.Element) -> None:
        """Parse reStructuredText from a Markdown page."""
        lines = ["``````{eval-rst}", *rst.splitlines(), "``````"]
        self.state.nested_parse(StringList(lines, ""), self.content_offset, parent)


def steps(doctree: nodes.document) -> list[nodes.container]:
    """Return the runs that a page shows."""
    return [node for node in doctree.findall(nodes.container) if "script" in node]


def fold_figures(run: nodes.container) -> None:
    """Fold the code of each figure away: what a reader looks for is the figure."""
    for block in list(run.findall(nodes.literal_block)):
        following = block.next_node(descend=False, siblings=True)
        if block["language"] == "Python" and isinstance(following, nodes.image):
            block.replace_self(folded("The code of this figure", block.deepcopy()))


def note_steps(app: Sphinx, doctree: nodes.document) -> None:
    """Note the scripts that a page shows which has just been read."""
    shown = (f"{GALLERY}/{step['script']}" for step in steps(doctree))
    notes_of(app.env).note(EXAMPLES, app.env.docname, shown)


def examples_to_link_anew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Return the examples that are shown elsewhere, or under another title, than before."""
    before = cast("dict[str, list[tuple[str, str]]]", notes_of(env).data["last"].get(EXAMPLES, {}))
    now = {example: arguments(env, example) for example in notes_of(env).noted(EXAMPLES)}
    if not notes_of(env).differs(EXAMPLES, now):
        return []
    differ = {example for example in before.keys() | now if before.get(example) != now.get(example)}
    return sorted(differ & env.found_docs)


def arguments(env: BuildEnvironment, example: str) -> list[tuple[str, str]]:
    """Return the pages that show an example, each with its title."""
    shown = notes_of(env).notes(EXAMPLES)
    pages = sorted(p for p in shown if example in shown[p] and p != env.config.root_doc)
    return [(page, env.titles[page].astext()) for page in pages]


class LinkSteps(SphinxPostTransform):
    """Links each run to its example."""

    default_priority = 5
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Add the link below each run on this page."""
        for step in steps(self.document):
            drop_title(step.parent)
            if not step["section"]:
                continue
            link = make_refnode(
                self.env._app.builder,
                self.env.docname,
                f"{GALLERY}/{step['script']}",
                nodes.make_id(step["section"]),
                nodes.Text(f"{step['script']}.py"),
            )
            step.append(nodes.paragraph("", "From ", link, classes=["step-source"]))


def drop_title(step: nodes.Element) -> None:
    """Leave out the title of a step that the heading of its section says already."""
    heading = next(iter(step.parent.findall(nodes.title)), None) if step.parent else None
    title = next((n for n in step if isinstance(n, nodes.rubric)), None)
    if title is not None and heading is not None and heading.astext() == title.astext():
        step.remove(title)


class LinkArguments(SphinxPostTransform):
    """Links each example to the pages that show it, and to the API."""

    default_priority = 5
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Add the links below the title of an example."""
        docname = self.env.docname
        found = arguments(self.env, docname)
        section = next(iter(self.document.findall(nodes.section)), None)
        if not found or section is None:
            return
        paragraph = nodes.paragraph("", "The argument: ", classes=["example-argument"])
        pages = dict(found) | {
            page: self.env.titles[page].astext() for page in {API} & self.env.titles.keys()
        }
        for number, (page, title) in enumerate(pages.items()):
            paragraph += nodes.Text(" · " if number else "")
            paragraph += make_refnode(self.env._app.builder, docname, page, "", nodes.Text(title))
        section.insert(1, paragraph)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive and the links in both directions."""
    app.setup_extension("_extensions.domain")
    app.add_directive("gallery-step", GalleryStep)
    app.connect("doctree-read", note_steps)
    app.connect("env-updated", examples_to_link_anew)
    app.add_post_transform(LinkSteps)
    app.add_post_transform(LinkArguments)
    return {
        "version": "1",
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
