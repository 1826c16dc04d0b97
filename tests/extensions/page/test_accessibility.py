"""The markup of a page is mended where it keeps a reader out."""

from typing import Any, cast

from sphinx.application import Sphinx

from _extensions.page.accessibility import mend_markup


def test_code_takes_the_focus_and_works_are_a_list() -> None:
    """The keyboard reaches code, and a work has a role that exists; a page without body is none."""
    context: dict[str, Any] = {"body": '<pre>x</pre><div role="doc-biblioentry">'}
    mend_markup(cast("Sphinx", None), "page", "page.html", context, None)
    assert context["body"] == '<pre tabindex="0">x</pre><div role="listitem">'
    mend_markup(cast("Sphinx", None), "search", "search.html", {}, None)
