"""A graph as an SVG drawing that follows the light or dark scheme of the page around it.

Graphviz decides where boxes and arrows go, whichever Graphviz there is: ``pygraphviz`` while the
site is built, its WebAssembly build in a browser. The drawing itself is made here, so it is small,
the same from both, and its parts carry the classes that style sheet and script ask for.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from graphlib import TopologicalSorter
from html import escape
from typing import NamedTuple

__all__ = ["FONT", "Arrow", "Box", "elements", "levels", "svg"]

Layout = Callable[[str], str]
"""Takes a graph in Graphviz's language, returns its layout in the format ``plain``."""

Position = tuple[float, float]

FONT = 12  # pixels, the size of the type; it is monospaced, so no font has to be measured
CHARACTER = 7.3  # pixels: 0.6 of the size in every common monospaced font, and a little to spare
LINE = 17  # pixels from line to line, 1.4 of the size
BASELINE = 12.5  # pixels below the top of a line: letters in the middle between two lines
MARGIN = 8  # pixels between the text and the sides of its box
CORNER = 5  # pixels, the radius of a box's corners
TIP, WING = 9, 4  # pixels: Graphviz ends an arrow that far from its box; half the tip's width
INCH = 72  # pixels here, as Graphviz's points, so that a drawing is as large in both

# Graphviz leads every arrow around the boxes as long as all of them together pass this many
# levels, a tenth of a second of work; the time grows with the square. In a graph beyond that, an
# arrow past more than LONG levels goes round at the right, without Graphviz.
LEVELS, LONG = 1000, 12


class Box(NamedTuple):
    """A box with lines of text, each line with a class of its own."""

    lines: Sequence[tuple[str, str]]  # class, text
    kind: str = ""
    room: int = 0  # characters that fit into it at least
    round: bool = False  # whether its ends are half circles

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        longest = max(self.room, *(len(text) for _, text in self.lines))
        return longest * CHARACTER + 2 * MARGIN, len(self.lines) * LINE + 1.2 * MARGIN


class Arrow(NamedTuple):
    """An arrow from one box to another, by their places in the sequence of boxes."""

    tail: int
    head: int
    name: str = ""


def svg(boxes: Sequence[Box], arrows: Sequence[Arrow], label: str, layout: Layout) -> str:
    """Return a graph as SVG.

    Parameters
    ----------
    boxes, arrows, layout
        As :func:`elements` takes them.
    label : str
        The text alternative: what the drawing shows.

    Returns
    -------
    str
        An ``svg`` element to stand in a page, whose style sheet it follows.
    """
    width, height, drawn = elements(boxes, arrows, layout)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-label="{escape(label)}">'
        + "".join(drawn)
        + "</svg>"
    )


def elements(
    boxes: Sequence[Box], arrows: Sequence[Arrow], layout: Layout
) -> tuple[int, int, list[str]]:
    """Return the elements of a graph's drawing, for an ``svg`` element of one's own.

    Parameters
    ----------
    boxes : sequence of Box
        Each becomes ``<g class="node KIND" data-n="PLACE">``.
    arrows : sequence of Arrow
        Each becomes ``<path class="edge" data-e="NAME">``, if it has a name.
    layout : callable
        Takes a graph in Graphviz's language and returns its layout in the format ``plain``.

    Returns
    -------
    tuple of int, int and list of str
        Width and height in pixels, and the elements: the arrows and then the boxes, in order.
    """
    level = levels(len(boxes), arrows)
    spans = [level[arrow.head] - level[arrow.tail] for arrow in arrows]
    longest = LONG if sum(spans) > LEVELS else max(spans, default=0)
    led = [arrow for arrow, span in zip(arrows, spans, strict=True) if span <= longest]
    width, height, middles, curves = read_plain(layout(dot(boxes, led)))
    paths = []
    for arrow, span in zip(arrows, spans, strict=True):
        if span <= longest:
            points = curves[arrow.tail, arrow.head].pop(0)
        else:
            points = detour(boxes, middles, arrow)
            ends, side = max(points[0][0], points[3][0]), points[1][0]
            width = max(width, (ends + 3 * side) / 4 + WING)  # a bound of where the curve comes
        name = f' data-e="{escape(arrow.name)}"' if arrow.name else ""
        paths.append(f'<path class="edge"{name} d="{curve(points)}"/>')
    drawn = [boxed(place, box, *middles[place]) for place, box in enumerate(boxes)]
    return math.ceil(width), math.ceil(height), paths + drawn


def levels(count: int, arrows: Iterable[Arrow]) -> list[int]:
    """Return the level of each box: how many arrows the longest way to it has."""
    before: dict[int, set[int]] = {place: set() for place in range(count)}
    for arrow in arrows:
        before[arrow.head].add(arrow.tail)
    level = [0] * count
    for place in TopologicalSorter(before).static_order():
        level[place] = max((level[tail] + 1 for tail in before[place]), default=0)
    return level


def detour(boxes: Sequence[Box], middles: dict[int, Position], arrow: Arrow) -> list[Position]:
    """Return the curve of an arrow that passes many levels: round the right of what lies between."""
    (x, y), (end, bottom) = middles[arrow.tail], middles[arrow.head]
    passed = (
        across + boxes[place].size[0] / 2
        for place, (across, down) in middles.items()
        if y <= down <= bottom
    )
    # A Bezier curve whose two inner points lie at one side comes within three quarters of it in the
    # middle, an eighth from each end. Longer ways keep farther off, so that they stay apart.
    side = (max(passed) + 2 * MARGIN + 0.06 * (bottom - y) - (x + end) / 8) / 0.75
    bottom -= boxes[arrow.head].size[1] / 2
    end += MARGIN
    tip = TIP * 2 * LINE / math.hypot(side - end, 2 * LINE)  # down to the box: it comes from aside
    return [(x, y), (side, y), (side, bottom - 2 * LINE), (end, bottom - tip)]


def dot(boxes: Sequence[Box], arrows: Sequence[Arrow]) -> str:
    """Return a graph in Graphviz's language: boxes of a fixed size, and arrows."""
    rows = []
    for place, box in enumerate(boxes):
        width, height = (side / INCH for side in box.size)
        rows.append(f"{place} [width={width:.3f} height={height:.3f}]")
    rows += [f"{arrow.tail} -> {arrow.head}" for arrow in arrows]
    # nslimit keeps two hundred boxes within a second, and changes nothing for a few.
    style = 'nslimit=1 ranksep=0.35 nodesep=0.25 node [shape=box fixedsize=true label=""]'
    return f"digraph {{ {style}; " + "; ".join(rows) + " }"


def read_plain(
    plain: str,
) -> tuple[float, float, dict[int, Position], dict[tuple[int, int], list[list[Position]]]]:
    """Return width and height, the middle of each box, and the curves of the arrows, in pixels.

    The format is described at https://graphviz.org/docs/outputs/plain/; its y points upwards.
    """
    rows = [line.split() for line in plain.splitlines()]
    width, height = (INCH * float(side) for side in rows[0][2:4])

    def pixels(numbers: Sequence[str]) -> list[Position]:
        along, up = map(float, numbers[::2]), map(float, numbers[1::2])
        return [(INCH * x, height - INCH * y) for x, y in zip(along, up, strict=True)]

    middles = {}
    curves: dict[tuple[int, int], list[list[Position]]] = {}
    for row in rows:
        if row[0] == "node":
            middles[int(row[1])] = pixels(row[2:4])[0]
        if row[0] == "edge":
            points = pixels(row[4 : 4 + 2 * int(row[3])])
            curves.setdefault((int(row[1]), int(row[2])), []).append(points)
    return width, height, middles, curves


def curve(points: Sequence[Position]) -> str:
    """Return the path of a curve through Bezier points, with a tip where the box begins."""
    start, *curve = points
    (bx, by), (ex, ey) = points[-2:]
    far = math.hypot(ex - bx, ey - by) or 1.0
    ux, uy = (ex - bx) / far, (ey - by) / far
    tip = ex + TIP * ux, ey + TIP * uy
    left = ex - WING * uy + 2 * ux, ey + WING * ux + 2 * uy
    right = ex + WING * uy + 2 * ux, ey - WING * ux + 2 * uy
    return f"M{at(start)}C{' '.join(map(at, curve))}L{at(tip)}M{at(left)}L{at(tip)}L{at(right)}"


def at(point: Position) -> str:
    return "{:.1f} {:.1f}".format(*point)


def boxed(place: int, box: Box, x: float, y: float) -> str:
    """Return the elements of a box with its lines of text, around a point."""
    width, height = box.size
    top = y - LINE * len(box.lines) / 2 + BASELINE
    texts = "".join(
        f'<text class="{kind}" x="{x:.1f}" y="{top + LINE * i:.1f}">{escape(text)}</text>'
        for i, (kind, text) in enumerate(box.lines)
    )
    corner = f"{height / 2:.1f}" if box.round else CORNER
    return (
        f'<g class="node {box.kind}" data-n="{place}"><rect x="{x - width / 2:.1f}" '
        f'y="{y - height / 2:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{corner}"/>'
        f"{texts}</g>"
    )
