"""The markup of a page is mended where it keeps a reader out."""

from typing import Any, cast

from sphinx.application import Sphinx

from _extensions.page.accessibility import mend_markup


def test_code_takes_the_focus_and_works_are_a_list() -> None:
    """The keyboard reaches code and tables, and a work has a role that exists."""
    table = '<div class="table-wrapper docutils container">'
    scrolling = f'<pre>x</pre><div class="output text_html">{table}'
    context: dict[str, Any] = {"body": f'{scrolling}<div role="doc-biblioentry">'}
    mend_markup(cast("Sphinx", None), "page", "page.html", context, None)
    assert context["body"].replace(' tabindex="0"', "") == f'{scrolling}<div role="listitem">'
    assert context["body"].count('tabindex="0"') == 3
    mend_markup(cast("Sphinx", None), "search", "search.html", {}, None)
