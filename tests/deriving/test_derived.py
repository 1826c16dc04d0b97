"""What was derived shows itself as text, mathematics and code, and is compared and verified."""

import pytest

from autodiff_notes import catalogue
from autodiff_notes.deriving import derive

RAYLEIGH = ("x @ A @ x / (x @ x)", ("x in nonzero(n)", "constant A in symmetric(n)"))


def test_what_is_derived_shows_itself_as_mathematics() -> None:
    """A notebook gets LaTeX, a page Markdown, and both hold the gradient."""
    found = derive(*RAYLEIGH)
    assert r"\frac{\partial f}{\partial x}" in found.latex
    assert found.latex in found._repr_markdown_()
    assert found.derivation_latex in found._repr_latex_()
    assert found.markdown.startswith("```{derivation}\nx in nonzero(n)\n")


@pytest.mark.parametrize(
    ("name", "agrees"), [("log-det", True), ("quadratic-form", True), ("cosine", False)]
)
def test_gradients_are_compared_as_terms(name: str, agrees: bool) -> None:
    """Another way to write a gradient is no other gradient; another form is one."""
    entry = catalogue[name]
    found = derive(entry.function, entry.variables, where=entry.where)
    assert found.agrees(entry.gradients, entry.where) is agrees
    doubled = {name: f"2 * ({text})" for name, text in entry.gradients.items()}
    assert not found.agrees(doubled, entry.where)


def test_a_wrong_gradient_is_found_out() -> None:
    """The witnesses refuse a gradient that is off by a thousandth, and accept the right one."""
    from dataclasses import replace  # noqa: PLC0415

    found = derive(*RAYLEIGH)
    assert found.verify(sizes=2, seeds=1).holds
    wrong = replace(found, gradients={"x": f"1.001 * ({found.gradients['x']})"})
    assert "off by" in wrong.verify(sizes=2, seeds=1).problem
