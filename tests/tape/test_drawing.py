"""A drawing holds what it was given, wherever Graphviz puts it."""

import re
from itertools import combinations
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from autodiff_notes import layout
from autodiff_notes.tape.drawing import LONG, Arrow, Box, svg

SVG = "{http://www.w3.org/2000/svg}"
pairs = st.integers(2, 9).flatmap(
    lambda n: st.tuples(
        st.just(n), st.lists(st.sampled_from(list(combinations(range(n), 2))), max_size=14)
    )
)


def drawn(nodes: list[Box], edges: list[Arrow]) -> ET.Element:
    """Return a drawing as a tree."""
    return ET.fromstring(svg(nodes, edges, "<a & b>", layout.plain))


@given(graph=pairs)
def test_every_node_and_every_edge(graph: tuple[int, list[tuple[int, int]]]) -> None:
    """Boxes are within the picture and apart from each other, and no arrow is lost."""
    n, ends = graph
    nodes = [Box([("name", f"node {i}"), ("value", "<&>")], "input") for i in range(n)]
    edges = [Arrow(tail, head, str(i)) for i, (tail, head) in enumerate(ends)]
    svg = drawn(nodes, edges)
    assert svg.get("aria-label") == "<a & b>"
    assert [p.get("data-e") for p in svg.iter(f"{SVG}path")] == [e.name for e in edges]
    assert [g.get("data-n") for g in svg.iter(f"{SVG}g")] == [str(i) for i in range(n)]
    assert [t.text for t in svg.iter(f"{SVG}text")][:2] == ["node 0", "<&>"]
    rects = [
        [float(r.get(k, "")) for k in ("x", "y", "width", "height")] for r in svg.iter(f"{SVG}rect")
    ]
    width, height = float(svg.get("width", "")), float(svg.get("height", ""))
    for x, y, w, h in rects:
        assert -1 <= x <= x + w <= width + 1
        assert -1 <= y <= y + h <= height + 1
    for (x, y, w, h), (x2, y2, w2, h2) in combinations(rects, 2):
        assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


def test_arrows_point_at_their_boxes() -> None:
    """The tip of an arrow touches the upper side of the box that it leads to."""
    svg = drawn([Box([("name", "a")]), Box([("name", "b")])], [Arrow(0, 1)])
    (path,) = svg.iter(f"{SVG}path")
    box = list(svg.iter(f"{SVG}rect"))[1]
    tip = [float(number) for number in re.findall(r"L([\d.]+) ([\d.]+)", path.get("d", ""))[0]]
    left, width = float(box.get("x", "")), float(box.get("width", ""))
    assert left < tip[0] < left + width
    assert abs(tip[1] - float(box.get("y", ""))) < 3


def test_a_box_has_room() -> None:
    """A box is as wide as its longest line, or as what will come."""
    narrow, wide, roomy = (
        Box([("", "x")]),
        Box([("", "x"), ("", "x" * 9)]),
        Box([("", "x")], "", 9),
    )
    assert narrow.size[0] < wide.size[0] == roomy.size[0]
    assert narrow.size[1] < wide.size[1]


def test_a_long_way_goes_round() -> None:
    """An arrow past many levels is drawn, beside the boxes and within the picture."""
    count = LONG + 4
    nodes = [Box([("name", str(i))]) for i in range(count)]
    edges = [Arrow(i, i + 1, f"{i}") for i in range(count - 1)] + [Arrow(0, count - 1, "long")]
    svg = drawn(nodes, edges)
    (path,) = (p for p in svg.iter(f"{SVG}path") if p.get("data-e") == "long")
    across = max(float(x) for x, _ in re.findall(r"([\d.]+) ([\d.]+)", path.get("d", "")))
    right = max(float(r.get("x", "")) + float(r.get("width", "")) for r in svg.iter(f"{SVG}rect"))
    assert right < across <= float(svg.get("width", "")) + 1
