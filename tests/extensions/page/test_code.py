"""Names in code become links, and all other code stays what it is."""

import re
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sphinx_gallery._doctree_links import _Resolver

from _extensions.page.code import linked_code, written_out


class Resolver:
    """Knows two functions: one of this site, and one of another."""

    docname = "notes/page"
    builder = SimpleNamespace(
        get_relative_uri=lambda _, there: f"../{there}.html",
        config=SimpleNamespace(pygments_style="default", pygments_dark_style="monokai"),
    )

    def resolve(self, candidates: list[dict[str, Any]]) -> dict[str, Any] | None:
        """Return the link of a name, if it is known."""
        name = f"{candidates[0]['module']}.{candidates[0]['name']}"
        found = {
            "torch.det": SimpleNamespace(docname=None, node_id=None, uri="https://x.org/a?b&c"),
            "autodiff_notes.check": SimpleNamespace(docname="api", node_id="check", uri=None),
        }.get(name)
        return {"found": found, "title": name, "classes": ["known"]} if found else None


def linked(code: str) -> str:
    """Return code as HTML with its links."""
    resolver = cast("_Resolver", Resolver())
    return "".join(linked_code(code, written_out(code), resolver))


def test_a_name_leads_to_its_page() -> None:
    """A name of this site leads there by a relative address, another one by its own."""
    html = linked("y = torch.det(x) + autodiff_notes.check(x)\n")
    (first, second) = re.findall("<a ([^>]*)>(.*?)</a>", html)
    assert 'href="https://x.org/a?b&amp;c"' in first[0]
    assert 'class="reference external known"' in first[0]
    assert 'href="../api.html#check"' in second[0]
    assert re.sub("<[^>]*>", "", first[1]) == "torch.det"


def test_what_no_style_sets_apart_is_bare_text() -> None:
    """A token has an element of its own where one of the two styles draws it unlike text."""
    assert linked("if x: pass\n") == (
        '<span class="k">if</span> x: <span class="k">pass</span><span class="w">\n</span>'
    )


@pytest.mark.parametrize("code", ["torch.nothing(x)\n", "x.torch.det\n", "a < b & c\n"])
def test_what_is_unknown_is_no_link(code: str) -> None:
    """An unknown name, and an attribute of something else, lead nowhere; signs are escaped."""
    html = linked(code)
    assert "<a " not in html
    text = re.sub("<[^>]*>", "", html)
    assert text.replace("&lt;", "<").replace("&amp;", "&") == code
