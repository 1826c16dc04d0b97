"""A drawing holds what it was given, wherever Graphviz puts it."""

import re
from itertools import combinations
from math import comb
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autodiff_notes import layout
from autodiff_notes.tape.drawing import (
    FONT,
    LEVELS,
    LONG,
    MARGIN,
    TIP,
    WING,
    Arrow,
    Box,
    curve,
    detour,
    svg,
)

SVG = "{http://www.w3.org/2000/svg}"
pairs = st.integers(2, 9).flatmap(
    lambda n: st.tuples(
        st.just(n), st.lists(st.sampled_from(list(combinations(range(n), 2))), max_size=14)
    )
)


def drawn(nodes: list[Box], edges: list[Arrow]) -> ET.Element:
    """Return a drawing as a tree."""
    return ET.fromstring(svg(nodes, edges, "<a & b>", layout.plain))


@pytest.mark.parametrize("levels", [2, 20, 200])
def test_a_detour_passes_on_the_right(levels: int) -> None:
    """A way past many boxes keeps off them by two margins, longer ones by a little more."""
    boxes = [Box([("value", "0.5 of a number")])] * (levels + 1)
    middles = {place: (100.0, 50.0 * place) for place in range(levels + 1)}
    top, first, second, end = detour(boxes, middles, Arrow(0, levels))
    assert top == middles[0]
    assert first[0] == second[0] > end[0]
    assert top[1] == first[1] < second[1] < end[1] < middles[levels][1] - boxes[0].size[1] / 2
    midway = (top[0] + 3 * first[0] + 3 * second[0] + end[0]) / 8
    clearance = midway - (100 + boxes[0].size[0] / 2)
    assert 2 * MARGIN < clearance < 3 * MARGIN + 0.1 * 50 * levels


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
    point = r"-?\d+\.\d -?\d+\.\d"
    assert re.fullmatch(
        rf"M{point}C{point}(?: {point})*L{point}M{point}L{point}L{point}", path.get("d", "")
    )
    box = list(svg.iter(f"{SVG}rect"))[1]
    tip = [float(number) for number in re.findall(r"L([\d.]+) ([\d.]+)", path.get("d", ""))[0]]
    left, width = float(box.get("x", "")), float(box.get("width", ""))
    assert left < tip[0] < left + width
    assert abs(tip[1] - float(box.get("y", ""))) < 3


def test_letters_have_the_room_that_their_font_needs() -> None:
    """A monospaced letter is 0.6 of its size wide, a line 1.4 high, and its capitals are in the middle."""
    one, longer, taller = Box([("", "x")]), Box([("", "x" * 11)]), Box([("", "x")] * 2)
    assert 0.6 * FONT <= (longer.size[0] - one.size[0]) / 10 <= 0.63 * FONT
    line = taller.size[1] - one.size[1]
    assert line == pytest.approx(1.4 * FONT, abs=0.5)
    assert FONT / 3 < (one.size[1] - line) / 2 < FONT / 2
    assert FONT / 2 < (one.size[0] - 0.6 * FONT) / 2 < FONT
    svg = drawn([taller], [])
    (rect,), texts = svg.iter(f"{SVG}rect"), [*svg.iter(f"{SVG}text")]
    top, middle = float(rect.get("y", "")), taller.size[1] / 2
    baselines = [float(text.get("y", "")) - top for text in texts]
    assert baselines[1] - baselines[0] == pytest.approx(line)
    assert sum(baselines) / 2 - 0.35 * FONT == pytest.approx(middle, abs=0.5)
    assert float(texts[0].get("x", "")) == pytest.approx(
        float(rect.get("x", "")) + taller.size[0] / 2, abs=0.1
    )


def test_a_box_has_room() -> None:
    """A box is as wide as its longest line, or as what will come."""
    empty, narrow, wide, roomy = (
        Box([("", "")]),
        Box([("", "x")]),
        Box([("", "x"), ("", "x" * 9)]),
        Box([("", "x")], "", 9),
    )
    assert narrow.size[0] < wide.size[0] == roomy.size[0]
    assert narrow.size[1] < wide.size[1]
    assert empty.size[0] == 2 * MARGIN


@given(texts=st.lists(st.text("xyz", min_size=1, max_size=30), min_size=1, max_size=4))
def test_a_text_stands_within_its_box(texts: list[str]) -> None:
    """Each line of type fits into its box, in width and in height, and below the one before it."""
    svg = drawn([Box([("", text) for text in texts])], [])
    (rect,) = svg.iter(f"{SVG}rect")
    left, top, width, height = (float(rect.get(k, "")) for k in ("x", "y", "width", "height"))
    bottom = top
    for line in svg.iter(f"{SVG}text"):
        half = 0.6 * FONT * len(line.text or "") / 2
        assert left < float(line.get("x", "")) - half
        assert float(line.get("x", "")) + half < left + width
        assert bottom + FONT / 2 < float(line.get("y", ""))
        bottom = float(line.get("y", ""))
    assert bottom < top + height


@pytest.mark.parametrize("end", [(0.0, 30.0), (30.0, 0.0), (-20.0, 10.0), (12.0, -16.0)])
def test_a_tip_is_an_arrow(end: tuple[float, float]) -> None:
    """The two wings lie behind the tip, equally far from it, one on each side of the line to it."""
    path = curve([(0.0, 0.0), (0.0, 0.0), (0.0, 0.0), end])
    pairs = re.findall(r"([-\d.]+) ([-\d.]+)", path.partition("L")[2])
    tip, left, again, right = (complex(float(x), float(y)) for x, y in pairs)
    line = complex(*end) / abs(complex(*end))
    assert again == tip
    assert abs(tip) == pytest.approx(abs(complex(*end)) + TIP, abs=0.1)
    behind, beside = ((left - tip) / line), ((right - tip) / line)
    assert behind.real == pytest.approx(beside.real, abs=0.2)
    assert behind.real < 0
    assert behind.imag == pytest.approx(-beside.imag, abs=0.2)
    assert abs(behind.imag) == pytest.approx(WING, abs=0.2)


@pytest.mark.parametrize("count", [LONG + 4, 4 * LONG])
def test_a_long_way_goes_round(count: int) -> None:
    """An arrow past many levels is drawn beside the boxes and within the picture."""
    boxes = [Box([("name", 10 * str(i))]) for i in range(count)]
    chain = [Arrow(i, i + 1, f"{i}") for i in range(count - 1)]
    ways = [Arrow(i, count - 1, "long") for i in range(count - 2)]
    assert (sum(way.head - way.tail for way in chain + ways) > LEVELS) == (count > LONG + 4)
    svg = drawn(boxes, chain + ways)
    right = max(float(r.get("x", "")) + float(r.get("width", "")) for r in svg.iter(f"{SVG}rect"))
    longest = next(p for p in svg.iter(f"{SVG}path") if p.get("data-e") == "long")
    assert right < reach(longest) <= float(svg.get("width", ""))
    assert all(reach(path) <= float(svg.get("width", "")) for path in svg.iter(f"{SVG}path"))
    if count > LONG + 4:  # this way is not Graphviz's
        *_, last = svg.iter(f"{SVG}rect")
        left, top, width = (float(last.get(k, "")) for k in ("x", "y", "width"))
        tip = [float(x) for x in re.findall(r"L([\d.]+) ([\d.]+)", longest.get("d", ""))[0]]
        assert left < tip[0] < left + width
        assert abs(tip[1] - top) < 3
        paths = [path for path in svg.iter(f"{SVG}path") if path.get("data-e") == "long"]
        for path, way in zip(paths, ways, strict=True):
            if way.head - way.tail > LONG:
                (end,) = set(re.findall(r"L[\d.]+ ([\d.]+)M", path.get("d", "")))
                assert float(end) == pytest.approx(top, abs=0.15)
        assert float(svg.get("width", "")) < max(map(reach, svg.iter(f"{SVG}path"))) + 40


def reach(path: ET.Element) -> float:
    """Return how far to the right the curves of a path come, by points on them."""
    curve = path.get("d", "").partition("L")[0]
    numbers = [float(x) for x, _ in re.findall(r"([-\d.]+) ([-\d.]+)", curve)]
    far = max(
        sum(
            comb(3, k) * t**k * (1 - t) ** (3 - k) * x
            for k, x in enumerate(numbers[first : first + 4])
        )
        for first in range(0, len(numbers) - 1, 3)
        for t in (i / 20 for i in range(21))
    )
    return round(far, 6)  # of sums that come out a rounding too large


@pytest.mark.parametrize("round", [False, True])
def test_ends(round: bool) -> None:
    """A box has corners, or half circles for ends."""
    box = Box([("name", "x"), ("value", "1")], round=round)
    (rect,) = drawn([box], []).iter(f"{SVG}rect")
    assert float(rect.get("rx", "")) == pytest.approx(box.size[1] / 2 if round else 5, abs=0.05)
