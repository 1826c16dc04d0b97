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


NAMED = derive("logdet(P) + tr(inv(P))", ("X in tall(m, n)",), where={"P": "X.mT @ X"})


def test_mathematics_has_a_line_for_each_part() -> None:
    """The function comes first, then each gradient, then the names; reasons stand beside lines."""
    assert (
        NAMED.latex
        == r"""\begin{aligned}
f(X) &= \log\det P + \operatorname{tr}(P^{-1}) \\
\frac{\partial f}{\partial X} &= 2 ((X^{+})^{\top} - (X^{+})^{\top} P^{-1}) \\
P &= X^{\top} X
\end{aligned}"""
    )
    first, begin, opened, *lines, last, end = NAMED.derivation_latex.split("\n")
    assert (first, end) == (r"\begin{aligned}", r"\end{aligned}")
    assert begin == r"&\phantom{=} \mathrm{d}(\log\det P + \operatorname{tr}(P^{-1})) \\"
    assert opened.endswith(r" && \text{the log-determinant, the inverse} \\")
    assert all(line.startswith("&= ") and line.endswith(r" \\") for line in [opened, *lines])
    assert last == (
        r"&= \langle 2 ((X^{+})^{\top} - (X^{+})^{\top} P^{-1}), \mathrm{d}X \rangle && \text{read off}"
    )
    two = derive(
        "a @ x + b @ y", ("a, x in vector(n)", "constant b in vector(m)", "y in vector(m)")
    )
    assert two.latex.split("\n")[1] == r"f(a, x, y) &= a^{\top} x + b^{\top} y \\"


def test_what_is_shown_elsewhere_is_the_same_text() -> None:
    """A page's block, a notebook's formulas and the printed text hold what was derived, and no more."""
    assert NAMED.text.startswith(
        "X in tall(m, n)\nwhere P = X.mT @ X\n\nd(logdet(P) + tr(inv(P)))\n= "
    )
    assert str(NAMED) == NAMED.text
    assert NAMED.markdown == f"```{{derivation}}\n{NAMED.text}```\n"
    assert NAMED._repr_latex_() == f"$$\n{NAMED.derivation_latex}\n$$"
    assert NAMED._repr_markdown_() == f"$$\n{NAMED.latex}\n$$\n\n{NAMED._repr_latex_()}"
    assert NAMED.kinds == {"m": "k", "n": "k", "X": "M"}


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
