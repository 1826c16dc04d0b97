"""The cards of a gallery are rebuilt so that a card is a picture and a title that is a link."""

from docutils import nodes
from docutils.utils import new_document

from _extensions.gallery.examples import Cards, title_of


def test_a_card_is_a_picture_and_a_link() -> None:
    """The raw HTML around a card goes; its picture and its link become one container."""
    document = new_document("page")
    section = nodes.section()
    opening = '<div class="sphx-glr-thumbcontainer" tooltip="x">'
    section += nodes.raw("", opening, format="html")
    section += nodes.image(uri="x.svg")
    section += nodes.paragraph("", "A title")
    section += nodes.raw("", "</div>", format="html")
    section += nodes.paragraph("", "After it")
    document += section
    Cards(document).apply()
    card, after = section.children
    assert isinstance(card, nodes.container)
    assert [type(part) for part in card.children] == [nodes.image, nodes.paragraph]
    assert after.astext() == "After it"


def test_the_title_of_a_generated_page_is_found() -> None:
    """The title is the line above the first underline of equals signs."""
    assert title_of(".. comment\n\nA title\n=======\n\nText\n====\n") == "A title"
