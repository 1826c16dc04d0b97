"""The graph is the one that autograd recorded, and its picture is readable and reproducible."""

import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

import forks
from _extensions.page.palette import PALETTE
from autodiff_notes import graphs
from autodiff_notes.graphs import Edge, Saved, draw, trace
from processes import run
from projects import ROOT, variables

SVG = "{http://www.w3.org/2000/svg}"


def leaf(*shape: int) -> Tensor:
    """Return a leaf that requires a gradient."""
    return torch.full(shape, 0.5, dtype=torch.float64, requires_grad=True)


def example(x: Tensor, y: Tensor) -> Tensor:
    """Return the function of the notes."""
    return x * torch.log(x) + torch.sin(x * y)


# The walk


def test_the_graph_of_the_notes() -> None:
    """Each operation and each leaf occurs once, and every step of the backward pass is there."""
    x, y = leaf(), leaf()
    f = example(x, y)
    nodes, edges = trace(f, x=x, y=y, f=f)
    assert [node.name for node in nodes] == [
        "AddBackward0",
        "MulBackward0",
        "x",
        "LogBackward0",
        "SinBackward0",
        "MulBackward0 2",
        "y",
    ]
    assert edges == [
        Edge("AddBackward0", "MulBackward0"),
        Edge("AddBackward0", "SinBackward0"),
        Edge("MulBackward0", "x"),
        Edge("MulBackward0", "LogBackward0"),
        Edge("LogBackward0", "x"),
        Edge("SinBackward0", "MulBackward0 2"),
        Edge("MulBackward0 2", "x"),
        Edge("MulBackward0 2", "y"),
    ]
    assert nodes[0].variables == ("f",)
    assert [node.name for node in nodes if node.is_leaf] == ["x", "y"]


def test_a_tensor_used_twice_gives_two_steps() -> None:
    """In x * x both factors are x, and each sends its gradient there."""
    x = leaf(3)
    assert trace((x * x).sum(), x=x)[1][1:] == 2 * [Edge("MulBackward0", "x")]


def test_shapes_are_those_of_the_results() -> None:
    """An operation shows the shape of what it made, a leaf its own."""
    A, x = leaf(2, 3), leaf(3)
    nodes, _ = trace((A @ x).sum(), A=A, x=x)
    assert {node.name: node.shapes for node in nodes} == {
        "SumBackward0": ((),),
        "MvBackward0": ((2,),),
        "A": ((2, 3),),
        "x": ((3,),),
    }


def test_several_outputs_are_told_apart() -> None:
    """The singular value decomposition makes three tensors; a step names the one it means."""
    A = leaf(3, 2) + torch.rand(3, 2, dtype=torch.float64)
    _, S, Vh = torch.linalg.svd(A, full_matrices=False)
    nodes, edges = trace(S.sum() + Vh.sum())
    (svd,) = (node for node in nodes if node.operation == "LinalgSvdBackward0")
    assert svd.shapes == ((3, 2), (2,), (2, 2))
    assert [edge.output for edge in edges if edge.target == svd.name] == [1, 2]


def test_saved_tensors_have_the_names_of_the_caller() -> None:
    """A product keeps both factors: one has a name, the other is called as the product calls it."""
    x = leaf(4)
    nodes, _ = trace(x * torch.exp(x), x=x)
    assert nodes[0].saved == (Saved("other", (4,)), Saved("self", (4,), "x"))
    assert [str(saved) for saved in nodes[0].saved] == ["other (4,)", "x"]


def test_a_result_that_is_kept_has_its_name() -> None:
    """The exponential keeps its own result, which the caller may have named."""
    x = leaf(2)
    e = torch.exp(x)
    assert trace(e, e=e)[0][0].saved == (Saved("result", (2,), "e"),)


def test_freed_and_changed_tensors_are_told() -> None:
    """After a backward pass nothing is kept, and a tensor changed in place is of no use."""
    x = leaf(2)
    f = torch.sin(x).sum()
    f.backward()  # type: ignore[no-untyped-call]
    assert trace(f)[0][1].saved == (Saved("self", None, "freed"),)
    e = torch.exp(x)
    e.add_(1)
    assert trace(e)[0][1].saved == (Saved("result", None, "changed in place"),)


class Doubled(torch.autograd.Function):
    """Twice its argument, which it keeps for no reason."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        """Return 2x."""
        ctx.save_for_backward(x)
        return 2 * x

    @staticmethod
    def backward(ctx: Any, *gradients: Any) -> Tensor:  # noqa: ARG004 - torch passes it
        """Return twice the gradient."""
        (gradient,) = gradients
        doubled: Tensor = 2 * gradient
        return doubled


def test_a_rule_of_ones_own() -> None:
    """An operation written in Python is shown by its name, with what it keeps."""
    x = leaf(2)
    node, *_ = trace(Doubled.apply(x), x=x)[0]  # type: ignore[no-untyped-call]
    assert (node.name, node.saved) == ("DoubledBackward", (Saved("saved", (2,), "x"),))


def test_leaves_without_a_name_are_numbered() -> None:
    """What the caller did not name is called a leaf."""
    assert [node.name for node in trace(leaf() + leaf())[0][1:]] == ["leaf", "leaf 2"]


def test_names_that_are_not_in_the_graph_are_not_used() -> None:
    """A tensor that was detached, or never used, leaves no trace."""
    x, y = leaf(), leaf()
    with_names = trace(x * y.detach(), x=x, y=y)
    assert [node.name for node in with_names[0]] == ["MulBackward0", "x"]


def test_the_walk_ends_where_it_is_told() -> None:
    """Beyond a tensor at which to stop there is nothing, and the tensor is there."""
    x = leaf()
    h = torch.sin(torch.exp(x))
    nodes, edges = trace(h * 2, stop=[h], h=h)
    assert [node.variables for node in nodes] == [(), ("h",)]
    assert edges == [Edge("MulBackward0", "SinBackward0")]


@pytest.mark.parametrize("make", [lambda x: x.detach() * 2, torch.no_grad()(lambda x: x * 2)])
def test_without_a_record_there_is_no_graph(make: Callable[[Tensor], Tensor]) -> None:
    """A tensor that requires no gradient has no graph, and the message says so."""
    with pytest.raises(ValueError, match=r"no graph.*requires a gradient"):
        trace(make(leaf()))


NUMBER: Any = 1.0


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda _: trace(NUMBER), "the output"),
        (lambda y: trace(y, x=NUMBER), "x"),
        (lambda y: trace(y, stop=[NUMBER]), "stop"),
    ],
)
def test_what_is_no_tensor_is_named(call: Callable[[Tensor], object], name: str) -> None:
    """A number has no graph; the message says where a tensor was expected."""
    with pytest.raises(TypeError, match=rf"{name} is a float; expected a torch\.Tensor"):
        call(leaf().sin())


def test_the_graph_of_a_leaf_is_the_leaf() -> None:
    """Where nothing was computed, the gradient arrives at once."""
    x = leaf()
    assert [node.name for node in trace(x, x=x)[0]] == ["x"]


def test_looking_changes_nothing() -> None:
    """After the walk and the picture, the backward pass gives the gradient that it gave before."""
    x, y = leaf(), leaf()
    expected = torch.autograd.grad(example(x, y), (x, y))
    f = example(x, y)
    draw(f, x=x, y=y)
    assert torch.autograd.grad(f, (x, y)) == expected


DEEP = """
import sys, threading
import torch
from autodiff_notes.graphs import trace

def chain(depth):
    h = torch.tensor(0.5, requires_grad=True)
    for step in range(depth):
        h = torch.sin(h)
        if step == depth // 2:
            middle = h
    return h, middle

def lifetime(depth, end):
    h, middle = chain(depth)
    assert len(trace(h)[0]) == depth + 1
    if end == "with its middle last":
        trace(middle)
        del h
        del middle
    elif end == "after a backward pass":
        h.backward()

depth, end, stack = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
if stack:
    threading.stack_size(stack)
    thread = threading.Thread(target=lifetime, args=(depth, end))
    thread.start()
    thread.join()
else:
    lifetime(depth, end)
print("still here")
"""


@pytest.mark.parametrize(
    ("depth", "end", "stack"),
    [
        (100_000, "at once", 0),
        (10_000, "with its middle last", 2**19),  # half a megabyte: what some systems give a thread
        (10_000, "after a backward pass", 2**19),
    ],
)
def test_a_deep_graph_is_walked_and_freed(depth: int, end: str, stack: int) -> None:
    """Depth is no limit: whatever is freed when, no stack is exhausted."""
    command = ["-c", DEEP, str(depth), end, str(stack)]
    done = forks.everything.run(command, ROOT, variables(ROOT))
    assert (done.returncode, done.stdout) == (0, "still here\n"), done


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10), st.booleans()), max_size=12))
@settings(max_examples=60, deadline=None)
def test_every_graph_is_complete(steps: list[tuple[int, int, bool]]) -> None:
    """Names are unique, and every step leads from one node to another, as autograd has them."""
    tensors = [leaf(), leaf()]
    for first, second, add in steps:
        a, b = tensors[first % len(tensors)], tensors[second % len(tensors)]
        tensors.append(a + b if add else a * b)
    output = sum(tensors[1:], tensors[0])
    nodes, edges = trace(output)
    names = {node.name for node in nodes}
    assert len(names) == len(nodes)
    assert {name for edge in edges for name in edge[:2]} == names
    start = output.grad_fn
    assert start
    operations = {start}
    while new := {f for op in operations for f, _ in op.next_functions if f} - operations:
        operations |= new
    assert len(nodes) == len(operations)
    assert len(edges) == sum(len(op.next_functions) for op in operations)


# The picture


def parsed(drawing: graphs.Drawing) -> ET.Element:
    """Return the root of a picture."""
    return ET.fromstring(drawing.svg)


def words(root: ET.Element) -> set[str]:
    """Return what stands in the boxes."""
    return {text.text or "" for text in root.iter(f"{SVG}text")}


def test_the_picture_shows_every_node() -> None:
    """Each box says what its node is, with names, shapes and what is kept; each step is an arrow."""
    x, y = leaf(3), leaf(3)
    f = example(x, y).sum()
    nodes, edges = trace(f, x=x, y=y, f=f)
    root = parsed(draw(f, x=x, y=y, f=f))
    assert {"f: SumBackward0", "SinBackward0", "x", "y", "(3,)", "saved: y, x"} <= words(root)
    assert "AccumulateGrad (3,)" in words(root)
    assert len(root.findall(f".//{SVG}path[@class='edge']")) == len(edges)
    boxes = [group.get("class") for group in root.iter(f"{SVG}g") if group.get("class")]
    assert boxes.count("node leaf") == 2
    assert boxes.count("node output") == 1
    assert boxes.count("node operation") == len(nodes) - 3
    for group in root.iter(f"{SVG}g"):
        if (rect := group.find(f"{SVG}rect[@rx]")) is not None:
            half_circle = float(rect.get("rx", 0)) == float(rect.get("height", 0)) / 2
            assert half_circle is (group.get("class") == "node leaf")
    assert len(boxes) == len(nodes)


def test_boxes_keep_clear_of_each_other() -> None:
    """No two boxes overlap, and all lie on the paper."""
    x, y = leaf(3), leaf(3)
    root = parsed(draw(example(x, y).sum(), x=x, y=y))
    paper, *boxes = (
        [float(rect.get(side, 0)) for side in ("x", "y", "width", "height")]
        for rect in root.iter(f"{SVG}rect")
    )
    for number, (left, top, width, height) in enumerate(boxes):
        assert 0 <= left < left + width <= paper[2]
        assert 0 <= top < top + height <= paper[3]
        for other_left, other_top, other_width, other_height in boxes[number + 1 :]:
            assert (
                left + width <= other_left
                or other_left + other_width <= left
                or top + height <= other_top
                or other_top + other_height <= top
            )


def test_the_picture_is_told_in_words() -> None:
    """Who cannot see the picture gets its title and every step."""
    x = leaf()
    drawing = draw(torch.sin(x) * x, x=x)
    root = parsed(drawing)
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "The graph behind the output"
    assert (
        root.findtext(f"{SVG}desc")
        == drawing.description
        == (
            "The graph behind the output: MulBackward0 leads to SinBackward0 and to x, "
            "SinBackward0 leads to x; gradients arrive at x."
        )
    )


def test_a_leaf_and_several_names_are_told() -> None:
    """A leaf alone is one leaf, an output has all its names, and leaves are listed."""
    x, y = leaf(), leaf()
    assert draw(x, x=x).description == "The graph behind x: one leaf; gradients arrive at x."
    f = x * y
    assert draw(f, x=x, y=y, f=f, g=f).description == (
        "The graph behind f = g: MulBackward0 leads to x and to y; gradients arrive at x and y."
    )
    h = torch.sin(x)
    assert draw(torch.exp(h), stop=[h]).description == (
        "The graph behind the output: ExpBackward0 leads to SinBackward0."
    )


@pytest.mark.parametrize("steps", [15, 16])
def test_sixteen_nodes_are_still_told_one_by_one(steps: int) -> None:
    """Steps are told up to sixteen nodes, and counted from then on."""
    h = leaf()
    for _ in range(steps):
        h = torch.sin(h)
    told = draw(h).description
    assert ("leads to" in told) is (steps == 15)
    assert ("16 operations (16 of SinBackward0) above 1 leaf." in told) is (steps == 16)


def test_of_many_kinds_three_are_counted() -> None:
    """The three commonest operations have their counts, the others are in the sum alone."""
    x, y = leaf(), leaf()
    h = x * y
    for times, step in ((6, torch.sin), (5, torch.exp), (4, torch.tanh)):
        for _ in range(times):
            h = step(h)
    assert draw(h).description == (
        "The graph behind the output: 16 operations (6 of SinBackward0, 5 of ExpBackward0, "
        "4 of TanhBackward0) above 2 leaves."
    )


def test_a_box_has_all_shapes_and_each_kept_tensor_once() -> None:
    """Several results have several shapes, and what is kept twice under one name is said once."""
    A, x = leaf(3, 2) + torch.rand(3, 2, dtype=torch.float64), leaf(2)
    shown = words(
        parsed(draw(torch.linalg.svd(A, full_matrices=False)[1].sum() + (x * x).sum(), x=x))
    )
    assert "(3, 2) (2,) (2, 2)" in shown
    assert "saved: x" in shown


def test_the_graph_is_in_the_middle_of_its_paper() -> None:
    """There is as much paper on the left as on the right, above as below, and a margin all around."""
    x = leaf()
    root = parsed(draw(torch.sin(x) * x, x=x))
    move = next(g.get("transform", "") for g in root.iter(f"{SVG}g") if g.get("transform"))
    right, down = map(float, re.findall(r"[\d.]+", move))
    paper, *boxes = (
        [float(rect.get(side, 0)) for side in ("x", "y", "width", "height")]
        for rect in root.iter(f"{SVG}rect")
    )
    ends = [edge for box in boxes for edge in (box[0], box[0] + box[2])]
    assert right + min(ends) == pytest.approx(paper[2] - right - max(ends), abs=2)
    assert down + min(box[1] for box in boxes) >= 10
    assert down + max(box[1] + box[3] for box in boxes) == pytest.approx(paper[3] - 10, abs=2)


def test_a_large_graph_is_told_by_its_counts() -> None:
    """A hundred steps are not read aloud."""
    h = x = leaf()
    for _ in range(30):
        h = torch.sin(h) + x
    assert draw(h).description == (
        "The graph behind the output: 60 operations (30 of AddBackward0, 30 of SinBackward0) "
        "above 1 leaf."
    )


def test_the_picture_follows_the_scheme_of_the_site() -> None:
    """It defines the site's colours, light and dark, and uses no other."""
    svg = draw(torch.sin(leaf())).svg
    assert set(re.findall(r"var\(--(\w+)\)", svg)) <= set(PALETTE)
    light, dark = svg.split("@media (prefers-color-scheme:dark)")
    for name, colours in PALETTE.items():
        assert f"--{name}:{colours[0]};" in light
        assert f"--{name}:{colours[1]};" in dark


def test_several_pictures_share_a_page() -> None:
    """A picture has no ids, and its style sheet speaks of pictures of graphs alone."""
    root = parsed(draw(torch.sin(leaf())))
    assert not [element for element in root.iter() if "id" in element.attrib]
    rules = re.findall(r"([^{}]+)\{", root.findtext(f"{SVG}style") or "")
    assert rules
    assert all(r.strip().startswith(("svg.autograd-graph", "@media")) for r in rules)


def test_names_cannot_break_the_picture() -> None:
    """What has a meaning in XML is written as text."""
    x = leaf()
    assert "a<b & c" in words(parsed(draw(torch.sin(x), stop=(), **{"a<b & c": x})))


PROGRAM = """
import torch
from autodiff_notes.graphs import draw
x, y = (torch.tensor(v, requires_grad=True) for v in (1.0, 2.0))
f = x * torch.log(x) + torch.sin(x * y)
print(draw(f, x=x, y=y, f=f).svg)
"""


def test_the_same_bytes_at_every_run() -> None:
    """Two processes, in which everything lies elsewhere in memory, draw the same picture."""
    command = [sys.executable, "-c", PROGRAM]
    one, two = (
        run(command, ROOT, variables(ROOT) | {"PYTHONHASHSEED": seed}) for seed in ("1", "2")
    )
    assert "SinBackward0" in one
    assert one == two


@pytest.mark.parametrize("depth", [1, 40])
def test_the_picture_has_a_readable_size(depth: int) -> None:
    """A small picture is not wider than it must be; a wide one is scaled to the page."""
    output = sum((torch.sin(leaf()) for _ in range(depth)), torch.zeros(()))
    root = parsed(draw(output))
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    _, _, box_width, box_height = map(float, root.get("viewBox", "").split())
    assert 300 <= width <= 700
    assert (width == 700) is (depth == 40)
    assert box_width / box_height == pytest.approx(width / height, rel=0.01)


def test_a_thousand_nodes_are_drawn() -> None:
    """A network of 166 layers, nearly a thousand nodes, has a picture."""
    layers = torch.nn.Sequential(*[torch.nn.Linear(2, 2) for _ in range(166)])
    root = parsed(draw(layers(torch.ones(2))))
    assert len(list(root.iter(f"{SVG}rect"))) - 1 == 995


@pytest.mark.parametrize(("steps", "count"), [(1100, "1101 nodes"), (400, "1201 nodes")])
def test_too_large_a_graph_is_refused(steps: int, count: str) -> None:
    """The message gives the count and says how to draw a part."""
    h = x = leaf()
    for _ in range(steps):
        h = torch.sin(h) if steps > 1000 else torch.sin(h) * x + h
    with pytest.raises(ValueError, match=rf"{count}.*stop=\[\.\.\.\]"):
        draw(h)


def test_a_leaf_used_at_every_step_is_drawn() -> None:
    """Hundreds of arrows to one leaf far below cost no minutes, and none is lost."""
    h = x = leaf()
    for _ in range(300):
        h = torch.sin(h) * x + h
    nodes, edges = trace(h)
    root = parsed(draw(h))
    assert len(nodes) == 901
    assert len(root.findall(f".//{SVG}path[@class='edge']")) == len(edges)


def test_the_rest_can_be_left_out() -> None:
    """What is too large is drawn down to a tensor of the caller's."""
    h = leaf()
    for step in range(1100):
        h = torch.sin(h)
        if step == 1090:
            late = h
    assert "late: SinBackward0" in words(parsed(draw(h, stop=[late], late=late)))


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pygraphviz the message says what to install; the walk needs nothing."""
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    x = leaf()
    assert len(trace(torch.sin(x))[0]) == 2
    with pytest.raises(ModuleNotFoundError, match=r"pip install pygraphviz"):
        draw(torch.sin(x))


def test_a_notebook_shows_it(tmp_path: Path) -> None:
    """The picture is what a notebook asks for, and what is saved."""
    drawing = draw(torch.sin(leaf()))
    drawing.save(tmp_path / "graph.svg")
    assert drawing._repr_svg_() == drawing.svg == (tmp_path / "graph.svg").read_text("utf-8")
