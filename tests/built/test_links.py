"""The links of the built site: each leads somewhere, and nothing is loaded from elsewhere."""

import functools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree as ET

import pytest
from bs4 import Tag

from autodiff_notes import catalogue
from autodiff_notes.engines import cases
from pages import EXAMPLES, MADE, NOTES, PAGES, ROOT, WRITTEN
from reading import (
    LISTINGS,
    Link,
    address,
    article,
    article_targets,
    code_blocks,
    elements,
    html_pages,
    local,
)

each_page = pytest.mark.parametrize("page", PAGES)
each_note = pytest.mark.parametrize("note", NOTES)
each_example = pytest.mark.parametrize("example", EXAMPLES)

ARGUMENTS = [
    page
    for page in WRITTEN
    if re.fullmatch(r"(notes|behaviour|parting|sweep|catalogue)/(?!index).*|derive/.*", page)
]

URL_ATTRIBUTES = ("href", "src", "xlink:href", "action", "formaction", "data", "poster", "cite")
CSS_URL = re.compile(r"""url\(\s*["']?(.*?)["']?\s*\)|@import\s+["'](.*?)["']""")


def html_links(site: Path, page: str) -> Iterator[Link]:
    """Yield every reference of a page."""
    for name, attributes, style in elements(site / page):
        for attribute in URL_ATTRIBUTES:
            if attribute in attributes:
                yield Link(page, name, attributes[attribute])
        for candidate in filter(None, attributes.get("srcset", "").split(",")):
            yield Link(page, name, candidate.split()[0])
        yield from css_links(page, attributes.get("style", ""))
        yield from css_links(page, style)


def css_links(source: str, text: str) -> Iterator[Link]:
    """Yield every reference of a style sheet."""
    for match in CSS_URL.finditer(text):
        yield Link(source, "css", match[1] or match[2])


def svg_links(site: Path, image: str) -> Iterator[Link]:
    """Yield every reference of a drawing."""
    text = (site / image).read_text("utf-8")
    for element in ET.fromstring(text).iter():
        for name, target in element.attrib.items():
            if name.rpartition("}")[2] in {"href", "src"}:
                yield Link(image, "svg", target)
    yield from css_links(image, text)


@functools.cache
def links(site: Path) -> list[Link]:
    """Return every reference in the site's pages, style sheets and drawings."""
    found: list[Link] = []
    for name in html_pages(site):
        found += html_links(site, name)
    for path in site.rglob("*.css"):
        found += css_links(path.relative_to(site).as_posix(), path.read_text("utf-8"))
    for path in site.rglob("*.svg"):
        found += svg_links(site, path.relative_to(site).as_posix())
    return found


@functools.cache
def anchors(path: Path) -> set[str]:
    """Return what a fragment can point to in a file."""
    if path.suffix == ".html":
        names = ("id", "name")
        return {found.attributes.get(name, "") for found in elements(path) for name in names}
    if path.suffix == ".svg":
        return {element.get("id", "") for element in ET.parse(path).iter()}
    return set()


def breakage(site: Path, link: Link) -> str | None:
    """Say what is wrong with a reference into the site."""
    if link.target.startswith("data:"):
        return None
    place = local(site, link)
    if place is None:
        same_host = (
            urlsplit(urljoin(address(site), link.target)).netloc == urlsplit(address(site)).netloc
        )
        return "leads out of the site's folder" if same_host else None
    name, fragment = urldefrag(place)
    path = site / unquote(urlsplit(name).path)
    if not path.is_file():
        return "is no file"
    if name == "own.html" and fragment.startswith("try="):
        known = json.loads((site / "own-texts.json").read_text("utf-8"))
        return None if unquote(fragment.removeprefix("try=")) in known else "has no such text"
    if fragment not in {"", "top"} and unquote(fragment) not in anchors(path):
        return "has no such anchor"
    return None


def test_there_is_a_page_for_every_source_and_no_other(site: Path) -> None:
    """Each Markdown file, script, case and engine has its page, and no other page is left over."""
    assert set(html_pages(site)) - LISTINGS.keys() == {*PAGES, *MADE}


def test_every_page_is_reachable(site: Path) -> None:
    """Following links from the home page, a reader comes to every page but the listings."""
    targets: dict[str, set[str]] = {name: set() for name in html_pages(site)}
    for link in links(site):
        if link.element == "a" and (place := local(site, link)) is not None:
            targets[link.source].add(unquote(urlsplit(place).path))
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name not in reached and name in targets:
            reached.add(name)
            waiting += targets[name]
    assert sorted(targets.keys() - reached - LISTINGS.keys()) == []


def test_no_internal_link_is_broken(site: Path) -> None:
    """Every reference into the site meets a file, and every fragment an element with its id."""
    broken = {f"{link}: {wrong}" for link in links(site) if (wrong := breakage(site, link))}
    assert sorted(broken) == []


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    """Only a link that a reader follows leads to another host; pages load nothing from there."""
    outside = [
        link
        for link in links(site)
        if link.element != "a"
        and not link.target.startswith(("data:", "#"))
        and local(site, link) is None
    ]
    assert outside == []


def test_pages_can_be_read_from_a_disk(site: Path) -> None:
    """No page but 404.html has a reference that begins at the root of a server."""
    from_root = [link for link in links(site) if link.target.startswith("/")]
    assert {link.source for link in from_root} == {"404.html"}


def test_404_works_at_any_depth(site: Path) -> None:
    """Each link of 404.html begins at the root of the server, with the folder of the site."""
    folder = urlsplit(address(site)).path
    assert folder.startswith("/")
    relative = [
        link
        for link in html_links(site, "404.html")
        if not link.target.startswith(("#", "https://", address(site), folder))
    ]
    assert relative == []


@each_page
def test_the_source_of_a_page_can_be_viewed_and_edited(site: Path, page: str) -> None:
    """The links to a page's source lead to what was written: its Markdown, or its code."""
    hrefs = [e.attributes["href"] for e in elements(site / page) if "muted-link" in e.classes]
    sources = {
        match[1] for href in hrefs if (match := re.search(r"/(?:blob|edit)/main/([^?]+)", href))
    }
    stem = page.removesuffix(".html")
    written = {f"{stem}.py"} if page in EXAMPLES else {f"docs/{stem}.md"}
    if page in MADE:
        written = {code_of(Path(stem))}
    assert sources == (set() if page == "gallery/index.html" else written)


def code_of(page: Path) -> str:
    """Return the file with a case or an engine."""
    home = "src/autodiff_notes/engines"
    if page.parent.name == "cases":
        return f"{home}/cases/{cases[page.name].family}.py"
    return f"{home}/adapters/{page.name}.py"


@each_note
def test_every_note_shows_its_examples(site: Path, note: str) -> None:
    """A note that cites a script links to it, and the script's page links back."""
    source = (ROOT / "docs" / note).with_suffix(".md").read_text("utf-8")
    cited = {f"gallery/{name}.html" for name in re.findall(r"{gallery-step} (\w+)", source)}
    assert cited
    assert cited <= article_targets(site, note)
    assert {name for name in cited if note not in article_targets(site, name)} == set()


@each_example
def test_examples_lead_to_the_api(site: Path, example: str) -> None:
    """The text or the code of each example links to a page of the API."""
    assert any(target.startswith("api/") for target in article_targets(site, example))


@each_example
def test_every_example_belongs_to_a_note(site: Path, example: str) -> None:
    """Each example links to the page that makes its argument, and can be downloaded thrice."""
    targets = article_targets(site, example)
    assert targets & set(ARGUMENTS)
    name = Path(example).stem
    downloads = {Path(target).name for target in targets if target.startswith("_downloads/")}
    assert downloads == {f"{name}.py", f"{name}.ipynb", f"{name}.zip"}


TORCH_NAME = re.compile(r"\btorch(?:\.[a-zA-Z_]\w*)+")
# Constants, for which torch's documentation has no page.
UNDOCUMENTED = {"torch.pi", "torch.inf", "torch.__version__"}
TORCH_DOCS = "https://docs.pytorch.org/docs/stable/"


def linked_names(element: Tag) -> set[str]:
    """Return the texts that link to torch's documentation."""
    return {a.get_text().removesuffix("()") for a in element.select(f'a[href^="{TORCH_DOCS}"]')}


@each_page
def test_torch_names_in_prose_are_links(site: Path, page: str) -> None:
    """A name such as torch.logdet in running text leads to its page in torch's documentation."""
    bare = [
        code.get_text()
        for code in article(site, page).select("code")
        if TORCH_NAME.fullmatch(code.get_text().removesuffix("()"))
        and not (code.find_parent("a", href=True) or code.find("a", href=True))
    ]
    assert bare == []


@pytest.mark.parametrize("page", ["check.html", *NOTES, *EXAMPLES])
def test_torch_names_in_code_are_links(site: Path, page: str) -> None:
    """A name such as torch.logdet in executed code leads to its page in torch's documentation."""
    for block in code_blocks(site, page):
        code = re.sub(r"(?m)^(?:import|from) torch\b.*|#.*", "", block.get_text())
        assert set(TORCH_NAME.findall(code)) - linked_names(block) <= UNDOCUMENTED


@pytest.mark.parametrize("group", catalogue.groups)
def test_torch_names_in_the_catalogue_are_links(site: Path, group: str) -> None:
    """The code to copy leads to torch's documentation, for all that stands there."""
    blocks = article(site, f"catalogue/{group}.html").select(".highlight-python pre")
    assert blocks
    for block in blocks:
        assert set(TORCH_NAME.findall(block.get_text())) - linked_names(block) <= UNDOCUMENTED
