"""What stands in the way of a reader who does not see a page, or uses no mouse."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # nox -s tests has no playwright
    from playwright.sync_api import Page

# axe-core's time goes with the number of elements, most of all in the contrast of letters and in
# what sets a link off from the text around it. Of elements with the same size, weight, colour,
# surroundings, and backgrounds all the way up, it weighs the first that is visible; a formula with
# nothing but letters that were weighed keeps its room, emptied while axe-core looks, since it has no
# rule for what is inside one.
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
    const shown = letter.checkVisibility();
    letter.toggleAttribute("data-alike", !shown);
    if (!shown) continue;
    const { color, fontSize, fontWeight, display } = getComputedStyle(letter);
    const around = letter.matches("a, [role=link]") ? surroundings(letter) : "";
    const look = [color, fontSize, fontWeight, display, around, backgrounds(letter)].join();
    letter.toggleAttribute("data-alike", seen.has(look));
    seen.add(look);
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
