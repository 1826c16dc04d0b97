"""A graph as an SVG drawing that follows the light or dark scheme of the page around it.

Graphviz decides where nodes and edges go, whichever Graphviz there is: ``pygraphviz`` while the
site is built, its WebAssembly build in a browser. The drawing itself is made here, so it is small,
the same from both, and its parts carry the classes that style sheet and script ask for.
"""

import math
from collections.abc import Callable, Sequence
from graphlib import TopologicalSorter
from html import escape
from typing import NamedTuple

__all__ = ["Arrow", "Box", "svg"]

Layout = Callable[[str], str]
"""Takes a graph in Graphviz's language, returns its layout in the format ``plain``."""

Position = tuple[float, float]

# In pixels: an inch, a character, a line of text, the space around it, the tip of an arrow.
INCH, CHARACTER, LINE, MARGIN, TIP = 72, 7.3, 17, 8, 9

# An arrow past so many levels goes round them: Graphviz would take a second for a hundred such.
LONG = 12


class Box(NamedTuple):
    """A box with lines of text, each line with a class of its own."""

    lines: Sequence[tuple[str, str]]  # class, text
    kind: str = ""
    room: int = 0  # characters that fit into it at least

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        longest = max(self.room, *(len(text) for _, text in self.lines))
        return longest * CHARACTER + 2 * MARGIN, len(self.lines) * LINE + 1.2 * MARGIN


class Arrow(NamedTuple):
    """An arrow from one node to another, by their places in the list of nodes."""

    tail: int
    head: int
    name: str = ""


def svg(nodes: Sequence[Box], edges: Sequence[Arrow], label: str, layout: Layout) -> str:
    """Return a graph as SVG.

    Parameters
    ----------
    nodes : sequence of Box
        The boxes. Each becomes ``<g class="node KIND" data-n="PLACE">``.
    edges : sequence of Arrow
        The arrows. Each becomes ``<path class="edge" data-e="NAME">``.
    label : str
        The text alternative: what the drawing shows.
    layout : callable
        Takes a graph in Graphviz's language and returns its layout in the format ``plain``.

    Returns
    -------
    str
        An ``svg`` element to stand in a page.
    """
    level = levels(len(nodes), edges)
    short = [edge for edge in edges if level[edge.head] - level[edge.tail] <= LONG]
    width, height, boxes, curves = read_plain(layout(dot(nodes, short)))
    arrows = []
    for edge in edges:
        if edge in short:
            points = curves[edge.tail, edge.head].pop(0)
        else:
            points = detour(boxes[edge.tail], boxes[edge.head], nodes[edge.head].size[1])
            width = max(width, points[1][0])
        arrows.append(f'<path class="edge" data-e="{escape(edge.name)}" d="{curve(points)}"/>')
    drawn = [boxed(place, node, *boxes[place]) for place, node in enumerate(nodes)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" aria-label="{escape(label)}">'
        + "".join(arrows + drawn)
        + "</svg>"
    )


def levels(count: int, edges: Sequence[Arrow]) -> list[int]:
    """Return how many arrows, at most, lead to each node in a row."""
    before: dict[int, set[int]] = {place: set() for place in range(count)}
    for edge in edges:
        before[edge.head].add(edge.tail)
    level = [0] * count
    for place in TopologicalSorter(before).static_order():
        level[place] = max((level[tail] + 1 for tail in before[place]), default=0)
    return level


def detour(start: Position, end: Position, height: float) -> list[Position]:
    """Return the curve of an arrow that passes many levels: round their right side."""
    (x, y), (u, w) = start, end
    side = max(x, u) + 80 + 0.06 * abs(w - y)
    w -= height / 2 + TIP
    return [(x, y), (side, y), (side, w - 30), (u + 8, w)]


def dot(nodes: Sequence[Box], edges: Sequence[Arrow]) -> str:
    """Return a graph in Graphviz's language: boxes of a fixed size, and arrows.

    The limit keeps two hundred nodes within a second, and changes nothing for a few.
    """
    rows = []
    for place, node in enumerate(nodes):
        width, height = (side / INCH for side in node.size)
        rows.append(f"{place} [width={width:.3f} height={height:.3f}]")
    rows += [f"{edge.tail} -> {edge.head}" for edge in edges]
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

    boxes = {}
    curves: dict[tuple[int, int], list[list[Position]]] = {}
    for row in rows:
        if row[0] == "node":
            boxes[int(row[1])] = pixels(row[2:4])[0]
        if row[0] == "edge":
            points = pixels(row[4 : 4 + 2 * int(row[3])])
            curves.setdefault((int(row[1]), int(row[2])), []).append(points)
    return width, height, boxes, curves


def curve(points: list[Position], wing: float = 4) -> str:
    """Return the path of a curve through Bezier points, with a tip where the box begins."""
    start, *curve = points
    (bx, by), (ex, ey) = points[-2:]
    far = math.hypot(ex - bx, ey - by) or 1.0
    ux, uy = (ex - bx) / far, (ey - by) / far
    tip = ex + TIP * ux, ey + TIP * uy
    left = ex - wing * uy + 2 * ux, ey + wing * ux + 2 * uy
    right = ex + wing * uy + 2 * ux, ey - wing * ux + 2 * uy
    return f"M{at(start)}C{' '.join(map(at, curve))}L{at(tip)}M{at(left)}L{at(tip)}L{at(right)}"


def at(point: Position) -> str:
    """Return a point with one decimal."""
    return "{:.1f} {:.1f}".format(*point)


def boxed(place: int, node: Box, x: float, y: float) -> str:
    """Return a node with its lines of text, around a point."""
    width, height = node.size
    top = y - LINE * len(node.lines) / 2 + 12.5
    texts = "".join(
        f'<text class="{kind}" x="{x:.1f}" y="{top + LINE * i:.1f}">{escape(text)}</text>'
        for i, (kind, text) in enumerate(node.lines)
    )
    return (
        f'<g class="node {node.kind}" data-n="{place}"><rect x="{x - width / 2:.1f}" '
        f'y="{y - height / 2:.1f}" width="{width:.1f}" height="{height:.1f}" rx="5"/>{texts}</g>'
    )
