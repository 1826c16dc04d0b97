"""A generated example is taken apart into its titled sections."""

import pytest

from _extensions.gallery.steps import sections

GENERATED = """
.. DO NOT EDIT.
.. "gallery/plot_x.py"

.. rst-class:: sphx-glr-example-title

.. _sphx_glr_gallery_plot_x.py:


The title of the page
=====================

An introduction.

.. GENERATED FROM PYTHON SOURCE LINES 8-12

.. code-block:: Python


    x = 1

.. GENERATED FROM PYTHON SOURCE LINES 13-16

The first section
-----------------
A sentence:

.. GENERATED FROM PYTHON SOURCE LINES 16-19

.. code-block:: Python


    print(x)

.. rst-class:: sphx-glr-script-out

 .. code-block:: none

    1

.. GENERATED FROM PYTHON SOURCE LINES 20-21

A sentence between two blocks:

.. GENERATED FROM PYTHON SOURCE LINES 22-25

.. code-block:: Python


    plt.show()

.. image:: /gallery/images/sphx_glr_plot_x_001.svg
   :alt: A line.

.. GENERATED FROM PYTHON SOURCE LINES 26-29

Only words
----------
No code.

.. _sphx_glr_download_gallery_plot_x.py:

.. only:: html

  .. container:: sphx-glr-footer
"""


@pytest.fixture(scope="module")
def found() -> dict[str, str]:
    """Return the sections of a generated example."""
    return sections(GENERATED)


def test_the_titles_are_found_in_order(found: dict[str, str]) -> None:
    """The page's title and each section's title name a part."""
    assert list(found) == ["The title of the page", "The first section", "Only words"]


def test_a_section_has_its_code_its_output_and_its_pictures(found: dict[str, str]) -> None:
    """Every block of code of a section counts, with all that came out of it, in order."""
    section = found["The first section"]
    parts = [
        "    print(x)\n",
        "script-out",
        "    1\n",
        "    plt.show()\n",
        "plot_x_001.svg",
        ":alt:",
    ]
    places = [section.index(part) for part in parts]
    assert places == sorted(places)


def test_a_section_has_no_words_and_nothing_of_its_neighbours(found: dict[str, str]) -> None:
    """The text of the script, its markers and the other sections stay out."""
    section = found["The first section"]
    for other in ("sentence", "GENERATED", "x = 1", "download", "Only words"):
        assert other not in section


def test_code_before_the_first_section_belongs_to_the_page(found: dict[str, str]) -> None:
    """What stands below the introduction can be shown under the page's title."""
    assert found["The title of the page"].strip().endswith("x = 1")


def test_a_section_without_code_is_empty(found: dict[str, str]) -> None:
    """There is nothing to show of a section that has only words."""
    assert found["Only words"] == ""


@pytest.mark.parametrize("mark", list("-=~^\"'*+#"))
def test_any_underline_makes_a_title(mark: str) -> None:
    """A title may be underlined with any of the usual characters."""
    assert "Another" in sections(
        GENERATED.replace("Only words\n----------", f"Another\n{mark * 7}")
    )
