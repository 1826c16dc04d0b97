"""The pages of cases and engines, which have no source: below ``docs/engines``, each made of its data.

They are some hundreds, and differ in their content alone. Read, kept and written one by one as
Sphinx does, they would be a tenth of a build. So all pages of a folder lie in one document while
their references are resolved: from each of them, any other page is at the same relative address.
And the theme writes a page of the folder once, with slots for what differs.

They are in no navigation, whose length every page of the site would carry: the table leads to them,
and they lead back.
"""

from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, partial
from itertools import product
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.parsers.rst import Parser
from markupsafe import escape
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.transforms import SphinxSmartQuotes
from sphinx.transforms.post_transforms import ReferencesResolver
from sphinx.util import docname_join
from sphinx.util.docutils import new_document
from sphinx.util.nodes import make_refnode
from sphinx.util.parallel import ParallelTasks, SerialTasks
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html import HTMLWriter

from _extensions.build.ahead import several
from _extensions.build.finish import marks
from _extensions.build.results import FOLDER as RESULTS
from _extensions.build.results import once, result, write_whole
from _extensions.build.rewritten import digest_of, targets_of
from _extensions.domain import notes_of
from _extensions.engines import case as of_case
from _extensions.engines import library as of_engine
from _extensions.engines.answered import DOCS, FOLDER, found, has_table, key_of
from _extensions.engines.words import Html
from _extensions.mathematics.font import LETTERS, Letter
from _extensions.mathematics.mathml import convert_formulas
from _extensions.page import weight
from _extensions.page.code import LinkNames
from _extensions.places import short
from autodiff_notes.engines import cases, engines
from autodiff_notes.engines.engine import Engine
from autodiff_notes.engines.record import RESULTS as RECORDS

if TYPE_CHECKING:
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.writers.html5 import HTML5Translator

CASES, ENGINES = f"{DOCS}/cases", f"{DOCS}/libraries"
LONGEST = 200  # characters of a description
CLOSING = "</section>\n"
NAME, TITLE, ABOUT, FILE, BODY = (f"SLOT-{n}" for n in ("NAME", "TITLE", "ABOUT", "FILE", "BODY"))


@dataclass(frozen=True)
class Page:
    """A page as it is kept from build to build."""

    title: str
    about: str
    """The description."""
    file: str
    """What a reader corrects, below the engines of the package."""
    body: str
    """The content as HTML."""
    words: str
    """What the search finds it by."""


@dataclass(frozen=True)
class Made:
    """All pages by their names, and the letters of their formulas."""

    pages: dict[str, Page]
    letters: set[Letter]


@cache
def titles() -> dict[str, str]:
    """Return the name of each page, and by which words a link names it that has none of its own."""
    questions = {f"{CASES}/{case.key}": case.question for case in cases.values()}
    recorded = (engine for name, engine in engines.items() if (RECORDS / f"{name}.json").exists())
    return questions | {f"{ENGINES}/{engine.name}": engine.title for engine in recorded}


def file_of(name: str) -> str:
    """Return the file that a reader corrects, below the engines of the package."""
    folder, _, key = name.rpartition("/")
    return f"cases/{cases[key].family}.py" if folder == CASES else f"adapters/{key}.py"


def description(name: str, title: str) -> str:
    """Return the description of a page."""
    folder, _, key = name.rpartition("/")
    return about_case(title) if folder == CASES else about_engine(engines[key])


def about_case(question: str) -> str:
    """Return the description of a case's page, within the length that search engines show."""
    about = f"{question}: what each engine of automatic differentiation answers, with code."
    return about if len(about) <= LONGEST else f"{question}: the answers of each engine."


def about_engine(engine: Engine) -> str:
    """Return the description of an engine's page."""
    return (
        f"Coming from torch to {engine.title}: the gradients that differ, case by case."
        if engine.name != "torch"
        else f"{engine.title} beside the other engines of automatic differentiation, case by case."
    )


def home(config: Config, verb: str) -> str:
    """Return the address of the engines in the repository."""
    theme = config.html_theme_options
    at = f"{theme['source_repository'].rstrip('/')}/{verb}/{theme['source_branch']}"
    return f"{at}/src/autodiff_notes/engines"


# The content


def find(app: Sphinx, env: BuildEnvironment) -> None:
    """Make all pages when those have been read that they refer to, and note their letters."""
    if app.builder.name != "html" or not has_table(env):
        return
    here = [env.domains.python_domain.objects, app.config.code_of_pages, home(app.config, "blob")]
    key = digest_of([key_of(env), places(env), *map(repr, here)])
    made = once(app, "engine_pages", lambda: result(env.doctreedir, key, lambda: make(app)))
    differs = notes_of(env).differs("engine pages", key)
    unfinished, _ = marks(app)  # of a build that ended before the search was written
    if not (differs or unfinished.exists()):
        keep_in_search(app, made.pages)
    notes_of(env).notes(RESULTS)[CASES] = {key}
    notes_of(env).notes(LETTERS)[CASES] = made.letters


def places(env: BuildEnvironment) -> dict[str, Any]:
    """Return the places to which the pages lead, as they are now.

    Raises
    ------
    sphinx.errors.ExtensionError
        If there is no such place; the message names the file of the case.
    """
    known, led_to = targets_of(env), {}
    needed = [
        (file_of(f"{CASES}/{case.key}"), page) for case in cases.values() for page in case.pages
    ]
    for file, page in [
        *needed,
        ("__init__.py", f"{DOCS}/method"),
        ("__init__.py", f"{DOCS}/compare"),
    ]:
        place = page.rpartition("#")[2]
        if place not in known:
            raise ExtensionError(f"{short(FOLDER / file)}:1: the site has no {page!r} to lead to")
        led_to[place] = known[place]
    return led_to


def make(app: Sphinx) -> Made:
    """Return all pages; every process that ``-j`` allows makes some of each folder."""
    made = Made({}, set())

    def take(*told: Any) -> None:
        part: Made = told[-1]
        made.pages.update(part.pages)
        made.letters.update(part.letters)

    tasks = ParallelTasks(app.parallel) if several(app) else SerialTasks()
    for folder, first in product((CASES, ENGINES), range(app.parallel)):
        mine = [name for name in titles() if name.startswith(f"{folder}/")][first :: app.parallel]
        tasks.add_task(partial(make_some, app, folder), mine, take)
    tasks.join()
    return made


def make_some(app: Sphinx, folder: str, names: list[str]) -> Made:
    """Return pages of one folder, which lie in one document while their references are resolved."""
    document = empty_document(app.env)
    sections = {name: section(app, name) for name in names}
    source = home(app.config, "blob")
    end = nodes.section("", *(of_case.hands(NAME, FILE, source) if folder == CASES else ()))
    document += [*sections.values(), end]
    app.env.current_document.docname = here = f"{folder}/{NAME}"
    SphinxSmartQuotes(document, None).apply()
    convert_formulas(app, document)
    for transform in (ReferencesResolver, LinkNames):
        transform(document).apply()
    ending = written(app, here, document, end.children)
    pages = {name: kept(app, name, one, ending) for name, one in sections.items()}
    return Made(pages, notes_of(app.env).notes(LETTERS).pop(here, set()))


def section(app: Sphinx, name: str) -> nodes.section:
    """Return a page as nodes, which say where their faults are to be corrected."""
    folder, _, key = name.rpartition("/")
    answers = found(app.env).answers
    if folder == CASES:
        page = of_case.page(cases[key], answers)
    else:
        page = of_engine.page(engines[key], answers)
    page.source = short(FOLDER / file_of(name))
    return page


def empty_document(env: BuildEnvironment) -> nodes.document:
    """Return a document to be read and written here."""
    document = new_document("")
    document.settings = get_default_settings(Parser, HTMLWriter)
    vars(document.settings).update(env.settings, env=env)
    return document


def kept(app: Sphinx, name: str, section: nodes.section, ending: tuple[str, str]) -> Page:
    """Return a page with its content as HTML; the ending has the slots of all pages."""
    (body, words), title = written(app, name, section.parent, [section]), section[0].astext()
    whole = f"{body.removesuffix(CLOSING)}{ending[0]}{CLOSING}"
    found = f"{words} {ending[1].replace(NAME, name.rpartition('/')[2])}"
    return Page(title, description(name, title), file_of(name), whole, found)


def written(
    app: Sphinx, name: str, document: nodes.Element, parts: Iterable[nodes.Node]
) -> tuple[str, str]:
    """Return parts of a page as HTML, and the words by which the search finds them."""
    builder = cast("StandaloneHTMLBuilder", app.builder)
    builder.current_docname, builder.fignumbers = name, {}
    translator = builder.create_translator(cast("nodes.document", document), builder)
    texts: list[str] = []
    for part in parts:
        part.walkabout(translator)
        for paragraph in part.findall(nodes.paragraph):
            texts += paragraph.findall(nodes.Text)
    return "".join(cast("HTML5Translator", translator).body), " ".join(texts)


# The pages


def write(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Write the pages that are not there as they should be, and let site and search know all."""
    made: Made | None = getattr(app, "engine_pages", None)
    builder = cast("StandaloneHTMLBuilder", app.builder)
    shells: dict[tuple[str, bool], str] = {}
    for name, page in made.pages.items() if made else ():
        weight.look(app, name, "", {"body": page.body}, page.words)
        shell = name.rpartition("/")[0], "<math" in page.body
        if shell not in shells:
            shells[shell] = written_by_theme(app, *shell)
        html, path = filled(shells[shell], name, page), builder.get_output_path(name)
        if not path.exists() or path.read_text("utf-8") != html:
            write_whole(path, html.encode())
        add(app, name, page)
    return iter(())  # no page for the theme


def written_by_theme(app: Sphinx, folder: str, formulas: bool) -> str:
    """Return a page of a folder with slots, as the theme and all that add to a page write it."""
    builder = cast("StandaloneHTMLBuilder", app.builder)
    path = app.doctreedir / "shell.html"
    context = {
        "title": TITLE,
        "meta": {"description": ABOUT},
        "body": f"{BODY}<math" if formulas else BODY,
        "page_source_suffix": ".py",  # without one the theme links no source
        "theme_source_view_link": f"{home(app.config, 'blob')}/{FILE}",
        "theme_source_edit_link": f"{home(app.config, 'edit')}/{FILE}",
    }
    document = empty_document(app.env)
    document += Html(text="")
    builder.handle_page(f"{folder}/{NAME}", context, outfilename=path, event_arg=document)
    return path.read_text("utf-8").replace(f"{BODY}<math", BODY)


def filled(shell: str, name: str, page: Page) -> str:
    """Return a page: the slots of a shell, and then of a body, filled."""
    slots = {
        BODY: page.body,
        NAME: name.rpartition("/")[2],
        TITLE: str(escape(page.title)),
        ABOUT: str(escape(page.about)),
        FILE: page.file,
    }
    for slot, text in slots.items():
        shell = shell.replace(slot, text)
    return shell


def keep_in_search(app: Sphinx, names: Collection[str]) -> None:
    """Let the search keep what it knows of these pages, which are those of the last build."""
    builder = cast("StandaloneHTMLBuilder", app.builder)
    load = builder.load_indexer
    if not (app.outdir / builder.searchindex_filename).exists():
        return

    def load_indexer(docnames: AbstractSet[str]) -> None:
        app.env.all_docs.update(dict.fromkeys(names, 0))
        load(docnames)
        for name in names:  # a reference to one is not resolved by Sphinx
            del app.env.all_docs[name]

    builder.load_indexer = load_indexer  # type: ignore[method-assign]


def name_all(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Name the pages when all others are written, before the search drops what has no name."""
    made: Made | None = getattr(app, "engine_pages", None)
    app.env.all_docs.update(dict.fromkeys(made.pages if made else (), 0))
    return iter(())


def add(app: Sphinx, name: str, page: Page) -> None:
    """Let the search find a page, and the lists of pages have it."""
    title = nodes.title(page.title, page.title)
    app.env.titles[name] = title
    app.env.metadata[name] = {"description": page.about}
    document = new_document("")
    key = name.rpartition("/")[2]
    document += nodes.section("", title, nodes.paragraph(page.words, page.words), ids=[key])
    indexer = cast("StandaloneHTMLBuilder", app.builder).indexer
    if indexer and name not in indexer._titles:
        indexer.feed(name, name, page.title, document)


# The ways to them


def lead_there(
    app: Sphinx, env: BuildEnvironment, node: nodes.Element, words: nodes.Element
) -> nodes.reference | None:
    """Resolve a reference to one of the pages; in a book it leads to the site."""
    here = node.get("refdoc", env.docname)
    page = docname_join(here, node["reftarget"])
    known = titles() if node["reftype"] == "doc" and has_table(env) else {}
    if page not in known:
        return None
    if not node["refexplicit"]:
        words = nodes.inline("", known[page], classes=["doc"])
    if app.builder.name == "html":
        return make_refnode(app.builder, here, page, None, words)
    address = f"{app.config.html_baseurl}{page}.html"
    return nodes.reference("", "", words, refuri=address, internal=False)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Make when every page has been read, before the font is cut; write when all are written."""
    for name in ("answered", "words"):
        app.setup_extension(f"_extensions.engines.{name}")
    app.connect("env-updated", find, priority=400)
    app.connect("html-collect-pages", name_all, priority=400)
    app.connect("html-collect-pages", write, priority=600)
    app.connect("missing-reference", lead_there, priority=400)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
