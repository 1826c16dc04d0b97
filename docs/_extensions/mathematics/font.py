"""The font of the formulas, cut down to what the site's formulas use.

STIX Two Math (SIL Open Font License, from the ``ziamath`` wheel) is put into ``_static/math.css``:
no second file, the same from a server and from a disk. It keeps the characters that occur, without
hints for coarse screens, and of its layout features ``ssty`` alone: smaller letters of their own
for indices, exponents and small fractions. Firefox draws these, so that each letter has those
of the levels at which it occurs.
"""

import base64
import html
import io
import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import partial
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import ExtensionMetadata

from _extensions.build.ahead import go_on, several, wait_for_all
from _extensions.build.results import write_whole
from _extensions.domain import notes_of

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

LETTERS, SHEET = "letters", "_static/math.css"
Letter = tuple[str, int]
"""A character, and the level of its script: 0 in a line, 1 in an index, 2 in the index of one."""

# A browser sets a single letter in <mi> in italics, with a character of its own. One step of
# decomposition keeps the two forms of epsilon apart, and those of theta, kappa, phi, rho and pi.
ITALIC = {
    chr(int(unicodedata.decomposition(chr(code)).split()[1], 16)): chr(code)
    for code in (
        0x210E,
        *range(0x1D434, 0x1D455),
        *range(0x1D456, 0x1D468),
        *range(0x1D6E2, 0x1D71C),
    )
}

# Drawn by the renderer, never present in the text: roots, and the fences that stretch.
ALWAYS = "√()[]{}|‖⟨⟩"

# Chromium (150) leaves as much room for a sign that stretches as its widest form would take. So no
# form of a root is wider than the first, and none of a fence by more than a tenth of an em.
WIDER = {"√": 0} | dict.fromkeys("()[]{}⟨⟩", 100)

SCRIPTS = {"msub", "msup", "msubsup", "mmultiscripts", "munder", "mover", "munderover", "mroot"}
# Those of HTML, which XML does not know.
ENTITY = re.compile(r"&(?!(?:amp|lt|gt);)[A-Za-z]+;")
LEAVES = {"mi", "mn", "mo", "mtext", "ms"}


def letters(mathml: str) -> set[Letter]:
    """Return the characters of a formula, each with the levels at which it is drawn."""
    root = ET.fromstring(ENTITY.sub(lambda entity: html.unescape(entity[0]), mathml))
    return set(walk(root, 0, root.get("display") == "block"))


def walk(part: ET.Element, level: int, display: bool) -> Iterator[Letter]:
    """Yield the characters of a part of a formula."""
    if part.tag in LEAVES:
        text = "".join(part.itertext()).strip(" \n")
        yield from ((letter, min(level, 2)) for letter in text)
        if part.tag == "mi" and text in ITALIC and part.get("mathvariant") != "normal":
            yield ITALIC[text], min(level, 2)
    display = part.get("displaystyle", str(display).lower()) == "true"
    small = part.tag == "mfrac" and not display
    for place, child in enumerate(part):
        deeper = small or (part.tag in SCRIPTS and place > 0)
        beside = display and not deeper and part.tag != "mfrac"
        yield from walk(child, level + deeper, beside)


def begin(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the style sheet beside what else is done when every page has been read."""
    if several(app) and outdated(app, env):
        go_on([partial(write_font, app, env)])


def write_font(app: Sphinx, env: BuildEnvironment) -> None:
    """Write the style sheet that carries the font, if the letters in use have changed."""
    if used := outdated(app, env):
        face = (
            f"{heading(used)} */\n"
            '@font-face { font-family: "STIX Two Math"; '
            f'src: url("data:font/woff2;base64,{font_subset(used)}") format("woff2"); }}\n'
        )
        write_whole(app.outdir / SHEET, face.encode())


def outdated(app: Sphinx, env: BuildEnvironment) -> dict[str, int]:
    """Return the letters in use if the style sheet is not for them, and no letter if it is."""
    if app.builder.format != "html":
        return {}
    used, sheet = levels(notes_of(env).noted(LETTERS)), app.outdir / SHEET
    kept = sheet.exists() and sheet.read_text("utf-8").startswith(f"{heading(used)} */")
    return {} if kept else used


def heading(used: dict[str, int]) -> str:
    """Return the beginning of the style sheet for these letters, down to their levels."""
    listed = " ".join(f"{ord(c):X}" + "'" * level for c, level in sorted(used.items()))
    return f"/* STIX Two Math, SIL Open Font License 1.1: {listed}"


def levels(found: Iterable[Letter]) -> dict[str, int]:
    """Return the deepest level of each character, and of what a renderer draws by itself."""
    deepest = dict.fromkeys(ALWAYS, 0)
    for letter, level in found:
        deepest[letter] = max(level, deepest.get(letter, 0))
    return deepest


def font_subset(used: dict[str, int]) -> str:
    """Return the font with these characters alone, down to their levels, as woff2 in base64."""
    from fontTools import subset  # noqa: PLC0415 - slow to import, needed once

    # The theme's colour styles turn every library's log on.
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    options = subset.Options(
        flavor="woff2", layout_features=["ssty"], hinting=False, recalc_timestamp=False
    )
    source = distribution("ziamath").locate_file("ziamath/fonts/STIXTwoMath-Regular.ttf")
    with Path(str(source)).open("rb") as file:
        font = subset.load_font(file, options)
        names = font.getBestCmap()
        depth = {names[ord(c)]: level for c, level in used.items() if ord(c) in names}
        substitutions = font["GSUB"].table
        for record in substitutions.FeatureList.FeatureRecord:
            for place in record.Feature.LookupListIndex if record.FeatureTag == "ssty" else ():
                for table in substitutions.LookupList.Lookup[place].SubTable:
                    table.alternates = {
                        name: forms[: depth[name]]
                        for name, forms in table.alternates.items()
                        if depth.get(name)
                    }
        subsetter = subset.Subsetter(options)
        subsetter.populate(text="".join(used))
        subsetter.subset(font)
        slim(font)
        buffer = io.BytesIO()
        subset.save_font(font, buffer, options)
    return base64.b64encode(buffer.getvalue()).decode()


def slim(font: "TTFont") -> None:
    """Narrow the tall forms of the signs that stretch."""
    variants, widths = font["MATH"].table.MathVariants, font["hmtx"].metrics
    names = variants.VertGlyphCoverage.glyphs
    forms = dict(zip(names, variants.VertGlyphConstruction, strict=True))
    for sign, wider in WIDER.items():
        name = font.getBestCmap()[ord(sign)]
        widest = widths[name][0] + wider
        tall = [record.VariantGlyph for record in forms[name].MathGlyphVariantRecord]
        if assembly := forms[name].GlyphAssembly:
            tall += [part.glyph for part in assembly.PartRecords]
        for form in dict.fromkeys(tall):
            width, _ = widths[form]
            if width > widest:
                outline = font["glyf"][form]
                outline.coordinates.scale((widest / width, 1))
                outline.coordinates.toInt()
                outline.recalcBounds(font["glyf"])
                widths[form] = (widest, outline.xMin)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the font when every page has been read."""
    app.setup_extension("_extensions.domain")
    app.connect("env-updated", begin, priority=450)  # after pages that are made when all are read
    app.connect("env-updated", wait_for_all, priority=800)
    app.connect("env-updated", write_font, priority=800)
    app.add_css_file("math.css")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
