"""What the tests of several modules share: points, a function with its gradient, a report's note.

And what stands in the way of a reader who does not see a page, or uses no mouse.
"""

from typing import TYPE_CHECKING

import torch
from torch import Tensor

from autodiff_notes.checking.report import GradientReport
from autodiff_notes.evaluation.samplers import normal

if TYPE_CHECKING:  # nox -s tests has no playwright
    from playwright.sync_api import Page


def draw(*shape: int, seed: int = 0) -> Tensor:
    """Return a normal tensor in float64 that requires a gradient."""
    return normal(*shape, generator=torch.Generator().manual_seed(seed)).requires_grad_()


def number(value: float) -> Tensor:
    """Return a 0-d tensor in float64 that requires a gradient."""
    return torch.tensor(value, dtype=torch.float64, requires_grad=True)


def square(x: Tensor) -> Tensor:
    """Return the sum of squares, real for complex x too."""
    return (x * x.conj()).real.sum()


def double(x: Tensor) -> Tensor:
    """Return the gradient of the sum of squares."""
    return 2 * x


def log_det(X: Tensor) -> Tensor:
    """Return log det X, or raise where it has no value."""
    if X.ndim != 2 or X.shape[0] != X.shape[1]:
        raise ValueError(f"log_det needs a square matrix; got shape {tuple(X.shape)}")
    if not torch.det(X.detach()) > 0:
        raise ValueError("log_det needs a matrix with positive determinant")
    return torch.logdet(X)


def log_det_gradient(X: Tensor) -> Tensor:
    """Return the gradient of log det X."""
    return X.inverse().mT


def only_note(report: GradientReport) -> str:
    """Return the one note of a report that does not hold."""
    assert not report.holds
    (note,) = report.notes
    return note


# axe-core's time goes with the number of elements, most of all in the contrast of letters and in
# what sets a link off from the text around it. Of elements with the same size, weight, colour,
# surroundings, and backgrounds all the way up, it weighs the first that is visible; a formula with nothing but letters that were weighed keeps its room, emptied
# while axe-core looks, since it has no rule for what is inside one.
EXAMINE = """
async () => {
  const behind = new Map([[null, ""]]);
  const backgrounds = (part) => {
    if (!behind.has(part)) {
      const { backgroundColor, backgroundImage, opacity } = getComputedStyle(part);
      const own = `${backgroundColor} ${backgroundImage} ${opacity};`;
      behind.set(part, own + backgrounds(part.parentElement));
    }
    return behind.get(part);
  };
  const surroundings = (link) => {
    const { color } = getComputedStyle(link.parentElement);
    const alone = link.parentElement.textContent.trim() === link.textContent.trim();
    const { fontStyle, textDecorationLine, borderBottom } = getComputedStyle(link);
    return [color, alone, fontStyle, textDecorationLine, borderBottom].join();
  };
  const seen = new Set();
  for (const letter of document.body.querySelectorAll("*")) {
    const { color, fontSize, fontWeight, display } = getComputedStyle(letter);
    const around = letter.matches("a, [role=link]") ? surroundings(letter) : "";
    const look = [color, fontSize, fontWeight, display, around, backgrounds(letter)].join();
    letter.toggleAttribute("data-alike", seen.has(look) || !letter.checkVisibility());
    if (letter.checkVisibility()) seen.add(look);
  }
  const emptied = [...document.querySelectorAll("math:not(:has(:not([data-alike])))")]
    .map((formula) => [formula, formula.getBoundingClientRect(), formula.getAttribute("style")]);
  for (const entry of emptied) {
    const [formula, { width, height }] = entry;
    entry.push([...formula.childNodes]);
    formula.style.cssText = `display: inline-block; width: ${width}px; height: ${height}px`;
    formula.replaceChildren();
  }
  axe.configure({ rules: [
    { id: "color-contrast", selector: "*:not([data-alike])" },
    { id: "link-in-text-block", selector: ":is(a[href], [role=link]):not([data-alike])" },
  ] });
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  for (const [formula, , style, children] of emptied) {
    formula.replaceChildren(...children);
    style === null ? formula.removeAttribute("style") : formula.setAttribute("style", style);
  }
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}`));
}
"""


def barriers(page: "Page") -> list[str]:
    """Return what axe-core objects to on a page as it stands: the rule, and each place."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - for the browser alone

    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Axe().axe_script)
    found: list[str] = page.evaluate(EXAMINE)
    return found
