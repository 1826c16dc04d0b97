"""The graph that a forward pass records, as data and as a picture.

Every tensor that autograd computed holds the operation that made it, its ``grad_fn``, and every
operation holds the operations that its inputs came from. :func:`trace` walks from an output to
the leaves and returns what it met; :func:`draw` turns that into an SVG.

>>> import torch
>>> x = torch.tensor([1.0, 2.0], requires_grad=True)
>>> f = (x * torch.exp(x)).sum()
>>> nodes, edges = trace(f, x=x, f=f)
>>> [node.name for node in nodes]
['SumBackward0', 'MulBackward0', 'x', 'ExpBackward0']
>>> [(edge.source, edge.target) for edge in edges[1:]]
[('MulBackward0', 'x'), ('MulBackward0', 'ExpBackward0'), ('ExpBackward0', 'x')]
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import NamedTuple

from torch import Tensor
from torch.autograd.graph import Node as Function
from torch.autograd.graph import get_gradient_edge

LIMIT = 1000  # nodes of a picture
LONG, TOO_LONG = 1000, 20000  # rows that the arrows of a picture cross, all together

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Saved:
    """A tensor that an operation keeps for the backward pass.

    Attributes
    ----------
    role : str
        What the operation calls it, such as ``self``, ``other`` or ``result``.
    shape : tuple of int or None
        Its shape; ``None`` if it can no longer be used.
    variable : str
        The caller's name for the same memory, or else why it cannot be used, or else ``""``.
    """

    role: str
    shape: Shape | None
    variable: str = ""

    def __str__(self) -> str:
        """Return the caller's name, or the operation's with the shape."""
        return self.variable or f"{self.role} {self.shape}"


@dataclass(frozen=True)
class Node:
    """An operation of a forward pass, or a leaf.

    Attributes
    ----------
    name : str
        The same at every run, and unique in its graph: the operation's name, with a number from
        the second of its kind on; a leaf's is the caller's name for it.
    operation : str
        What the backward pass calls here; at a leaf, ``AccumulateGrad``.
    variables : tuple of str
        The caller's names for the tensors that this made.
    shapes : tuple of tuple of int
        The shape of each tensor that this made.
    saved : tuple of Saved
        The tensors that it keeps for the backward pass.
    """

    name: str
    operation: str
    variables: tuple[str, ...]
    shapes: tuple[Shape, ...]
    saved: tuple[Saved, ...]

    @property
    def is_leaf(self) -> bool:
        """Whether a gradient is stored here."""
        return self.operation == "AccumulateGrad"


class Edge(NamedTuple):
    """A step of the backward pass: from an operation to what one of its inputs came from."""

    source: str
    target: str
    output: int = 0
    """Which output of the target the input was."""


def trace(
    output: Tensor, /, *, stop: Sequence[Tensor] = (), **names: Tensor
) -> tuple[list[Node], list[Edge]]:
    """Walk the graph behind a tensor.

    Parameters
    ----------
    output : torch.Tensor
        Where the backward pass would begin.
    stop : sequence of torch.Tensor
        Tensors beyond which the walk does not go.
    **names : torch.Tensor
        Tensors by the names they shall have. Names of tensors that the graph does not contain
        are not used.

    Returns
    -------
    tuple of list of Node and list of Edge
        The nodes: each operation and each leaf once, however often it was used, in the order in
        which a walk from the output meets it, first input first. The edges: the steps, in the
        same order; a tensor used twice by one operation gives two.

    Raises
    ------
    TypeError
        If something is not a tensor.
    ValueError
        If no graph was recorded.
    """
    for name, x in [("the output", output), *(("stop", x) for x in stop), *names.items()]:
        if not isinstance(x, Tensor):
            raise TypeError(f"{name} is a {type(x).__name__}; expected a torch.Tensor")
    if not output.requires_grad:
        raise ValueError(
            "this tensor has no graph: nothing that it was computed from requires a gradient, "
            "or the recording was off"
        )
    start = get_gradient_edge(output).node
    ends = {get_gradient_edge(tensor).node for tensor in stop if tensor.requires_grad}
    functions = walk(start, ends)
    owners = variables_of(names)
    called = dict(zip(functions, unique_names(functions, owners), strict=True))
    nodes = [
        Node(
            called[function],
            operation_of(function),
            owners.get(function, ()),
            shapes_of(function),
            tuple(saved_by(function, names)),
        )
        for function in functions
    ]
    edges = [
        Edge(called[function], called[source], index)
        for function in functions
        if function not in ends
        for source, index in function.next_functions
        if source is not None
    ]
    return nodes, edges


def walk(start: Function, ends: set[Function]) -> list[Function]:
    """Return what can be reached from a node, each once, depth first, first input first."""
    found: dict[Function, None] = {}
    waiting = [start]
    while waiting:
        function = waiting.pop()
        if function in found:
            continue
        found[function] = None
        if function not in ends:
            waiting += [source for source, _ in reversed(function.next_functions) if source]
    return list(found)


def operation_of(function: Function) -> str:
    """Return an operation's name, without its namespace."""
    return function.name().rpartition("::")[2]


def shapes_of(function: Function) -> tuple[Shape, ...]:
    """Return the shape of each tensor that an operation made."""
    return tuple(tuple(made.shape) for made in getattr(function, "_input_metadata", ()))


def variables_of(names: dict[str, Tensor]) -> dict[Function, tuple[str, ...]]:
    """Return the caller's names by the node that made the tensor."""
    owners: dict[Function, tuple[str, ...]] = {}
    for name, tensor in names.items():
        if tensor.requires_grad:
            function = get_gradient_edge(tensor).node
            owners[function] = (*owners.get(function, ()), name)
    return owners


def unique_names(
    functions: list[Function], owners: dict[Function, tuple[str, ...]]
) -> Iterator[str]:
    """Return a name for each node: a leaf's from the caller, an operation's with a number."""
    seen: Counter[str] = Counter()
    for function in functions:
        name = operation_of(function)
        if name == "AccumulateGrad":
            name = " = ".join(owners.get(function, ())) or "leaf"
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} {seen[name]}"


def saved_by(function: Function, names: dict[str, Tensor]) -> Iterator[Saved]:
    """Return the tensors that an operation keeps, by the caller's names where it has them.

    They are the attributes ``_saved_...`` of a ``grad_fn``, and ``saved_tensors`` of a
    :class:`torch.autograd.Function`.
    """
    roles = [role for role in dir(function) if role.startswith("_saved_")]
    if hasattr(type(function), "saved_tensors"):
        roles.append("saved_tensors")
    for role in sorted(roles):
        try:
            kept = getattr(function, role)
        except RuntimeError as error:
            yield Saved(short(role), None, "freed" if "freed" in str(error) else "changed in place")
            continue
        for tensor in kept if isinstance(kept, tuple | list) else [kept]:
            if isinstance(tensor, Tensor):
                same = (name for name, own in names.items() if tensor.is_set_to(own))
                yield Saved(short(role), tuple(tensor.shape), next(same, ""))


def short(role: str) -> str:
    """Return what an operation calls a tensor, without the prefix that all share."""
    return role.removeprefix("_saved_").removesuffix("_tensors")


# The picture. Sizes are in points; the type is monospaced, so a box needs no font to be measured.

COLOURS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("palette.toml").read_text("utf-8")
)
FONT_SIZE = 13.0
LETTER = 0.62 * FONT_SIZE
LINE = 1.4 * FONT_SIZE
MARGIN = 10.0
NARROWEST, WIDEST = 300.0, 700.0
NAME = ' class="name"'
DESCRIBED = 16  # nodes; a larger graph is described by its counts


@dataclass(frozen=True)
class Drawing:
    """A picture of a graph; a notebook shows it as it is.

    Attributes
    ----------
    svg : str
        The picture, which follows the light or dark scheme around it.
    description : str
        What the picture shows, in words.
    """

    svg: str
    description: str

    def _repr_svg_(self) -> str:
        """Return the picture, for a notebook."""
        return self.svg

    def save(self, path: str | Path) -> None:
        """Write the picture into a file."""
        Path(path).write_text(self.svg, "utf-8")


def draw(output: Tensor, /, *, stop: Sequence[Tensor] = (), **names: Tensor) -> Drawing:
    """Draw the graph behind a tensor, as the backward pass walks it: output above, leaves below.

    Parameters
    ----------
    output : torch.Tensor
        Where the backward pass would begin.
    stop : sequence of torch.Tensor
        Tensors beyond which nothing is drawn.
    **names : torch.Tensor
        Tensors by the names they shall have.

    Returns
    -------
    Drawing
        The picture and its description.

    Raises
    ------
    ValueError
        If no graph was recorded, or if it has more nodes than a picture can show.
    ModuleNotFoundError
        If pygraphviz, which lays the graph out, is not installed.
    """
    nodes, edges = trace(output, stop=stop, **names)
    rows = rows_crossed(nodes, edges)
    if len(nodes) > LIMIT or rows > TOO_LONG:
        raise ValueError(
            f"this graph has {len(nodes)} nodes, and its arrows cross {rows} rows; a picture shows "
            f"at most {LIMIT} nodes and {TOO_LONG} rows. Draw a tensor from the middle of the "
            "computation, or end the picture at some with draw(output, stop=[...])"
        )
    description = describe(nodes, edges)
    return Drawing(svg(nodes, edges, description), description)


def describe(nodes: list[Node], edges: list[Edge]) -> str:
    """Return a graph in words: every step of a small one, the counts of a large one."""
    output, *_ = nodes
    begin = f"The graph behind {' = '.join(output.variables) or 'the output'}"
    if len(nodes) > DESCRIBED:
        leaves = sum(node.is_leaf for node in nodes)
        kinds = Counter(node.operation for node in nodes if not node.is_leaf).most_common(3)
        most = ", ".join(f"{count} of {kind}" for kind, count in kinds)
        below = "1 leaf" if leaves == 1 else f"{leaves} leaves"
        return f"{begin}: {len(nodes) - leaves} operations ({most}) above {below}."
    steps = []
    for node in nodes:
        targets = [edge.target for edge in edges if edge.source == node.name]
        if targets:
            steps.append(f"{node.name} leads to {' and to '.join(targets)}")
    leaf_names = " and ".join(node.name for node in nodes if node.is_leaf)
    where = f"; gradients arrive at {leaf_names}." if leaf_names else "."
    return f"{begin}: {', '.join(steps) or 'one leaf'}{where}"


def rows_crossed(nodes: list[Node], edges: list[Edge]) -> int:
    """Return how many rows of a picture all arrows cross, which is what the layout costs.

    A node stands one row below the lowest that leads to it.
    """
    targets: dict[str, list[str]] = {node.name: [] for node in nodes}
    for edge in edges:
        targets[edge.source].append(edge.target)
    missing = Counter(edge.target for edge in edges)
    row = dict.fromkeys(targets, 0)
    ready = [nodes[0].name]
    while ready:
        name = ready.pop()
        for target in targets[name]:
            row[target] = max(row[target], row[name] + 1)
            missing[target] -= 1
            if not missing[target]:
                ready.append(target)
    return sum(row[edge.target] - row[edge.source] for edge in edges)


def lines_of(node: Node) -> list[str]:
    """Return what stands in a node's box."""
    shape = " ".join(map(str, node.shapes))
    if node.is_leaf:
        return [node.name, f"AccumulateGrad {shape}"]
    first = f"{' = '.join(node.variables)}: {node.operation}" if node.variables else node.operation
    saved = list(dict.fromkeys(map(str, node.saved)))
    return [first, shape, *([f"saved: {', '.join(saved)}"] if saved else [])]


def box(node: Node) -> tuple[float, float]:
    """Return the width and height of a node's box."""
    lines = lines_of(node)
    return max(map(len, lines)) * LETTER + 18, len(lines) * LINE + 10


class Layout(NamedTuple):
    """Where everything goes, with the origin above on the left."""

    width: float
    height: float
    centres: dict[str, tuple[float, float]]
    curves: list[list[tuple[float, float]]]
    """For each edge, the end of its arrow and then the points of its cubic curves."""


def lay_out(nodes: list[Node], edges: list[Edge]) -> Layout:
    """Let Graphviz place the boxes and lead the arrows around them."""
    try:
        from pygraphviz import AGraph  # noqa: PLC0415 - only a picture needs it
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "drawing a graph needs pygraphviz, whose wheels bring Graphviz: "
            'pip install pygraphviz, or "autodiff-notes[figures]"'
        ) from error
    graph = AGraph(strict=False, directed=True, nodesep=0.25, ranksep=0.4)
    if rows_crossed(nodes, edges) > LONG:  # the best picture of so many would take minutes
        graph.graph_attr.update(splines="line", nslimit=2, nslimit1=2, mclimit=0.2)
    for node in nodes:
        width, height = box(node)
        graph.add_node(
            node.name,
            label="",
            shape="box",
            fixedsize=True,
            width=f"{width / 72:.4f}",
            height=f"{height / 72:.4f}",
        )
    for number, edge in enumerate(edges):
        graph.add_edge(edge.source, edge.target, key=str(number), arrowsize=0.7)
    graph.layout(prog="dot")
    _, _, width, height = map(float, graph.graph_attr["bb"].split(","))

    def place(point: str) -> tuple[float, float]:
        x, y = map(float, point.split(","))
        return x, height - y

    return Layout(
        width,
        height,
        {node.name: place(graph.get_node(node.name).attr["pos"]) for node in nodes},
        [
            [
                place(point.removeprefix("e,"))
                for point in graph.get_edge(edge.source, edge.target, str(number))
                .attr["pos"]
                .split()
            ]
            for number, edge in enumerate(edges)
        ],
    )


def svg(nodes: list[Node], edges: list[Edge], description: str) -> str:
    """Return the picture. Nothing in it depends on a font, a run or a place in memory."""
    layout = lay_out(nodes, edges)
    width = max(layout.width, NARROWEST) + 2 * MARGIN
    height = layout.height + 2 * MARGIN
    scale = min(1.0, WIDEST / width)
    left = (width - layout.width) / 2
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" class="autograd-graph" role="img"',
        f'width="{width * scale:.1f}" height="{height * scale:.1f}"',
        f'viewBox="0 0 {width:.1f} {height:.1f}">',
        f"<style>{style()}</style>",
        f"<title>{escape(description.partition(':')[0])}</title>",
        f"<desc>{escape(description)}</desc>",
        f'<rect class="paper" width="{width:.1f}" height="{height:.1f}"/>',
        f'<g transform="translate({left:.1f} {MARGIN:.1f})">',
    ]
    parts += [arrow(points) for points in layout.curves]
    parts += [boxed(node, *layout.centres[node.name], first=node is nodes[0]) for node in nodes]
    return "\n".join([*parts, "</g>", "</svg>", ""])


def style() -> str:
    """Return the style sheet, which knows both schemes and touches no other picture."""
    light, dark = (
        "".join(f"--{name}:{pair[column]};" for name, pair in COLOURS.items()) for column in (0, 1)
    )
    here = "svg.autograd-graph"
    return (
        f"{here}{{{light}}}@media (prefers-color-scheme:dark){{{here}{{{dark}}}}}\n"
        f"{here} text{{font:{FONT_SIZE}px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;"
        "text-anchor:middle;fill:var(--muted)}\n"
        f"{here} text.name{{fill:var(--ink);font-weight:600}}\n"
        f"{here} .paper{{fill:var(--paper)}}\n"
        f"{here} .operation{{fill:var(--panel);stroke:var(--line)}}\n"
        f"{here} .output{{fill:var(--panel);stroke:var(--orange);stroke-width:2}}\n"
        f"{here} .leaf{{fill:var(--panel);stroke:var(--blue);stroke-width:2}}\n"
        f"{here} .way{{fill:none;stroke:var(--muted);stroke-width:1.2}}\n"
        f"{here} .tip{{fill:var(--muted)}}"
    )


def boxed(node: Node, x: float, y: float, *, first: bool) -> str:
    """Return a node's box with what stands in it; a leaf's has round ends."""
    width, height = box(node)
    kind = "leaf" if node.is_leaf else "output" if first else "operation"
    lines = lines_of(node)
    top = y - (len(lines) - 1) * LINE / 2 + 0.35 * FONT_SIZE
    texts = [
        f"<text{'' if number else NAME} "
        f'x="{x:.1f}" y="{top + number * LINE:.1f}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]
    return (
        f'<rect class="{kind}" x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" '
        f'width="{width:.1f}" height="{height:.1f}" rx="{height / 2 if node.is_leaf else 4:.1f}"/>'
        + "".join(texts)
    )


def arrow(points: list[tuple[float, float]]) -> str:
    """Return a curve with a tip; Graphviz gives the tip's point first, then the curve's."""
    (x, y), (start_x, start_y), *rest = points
    curve = " ".join(f"{px:.1f},{py:.1f}" for px, py in rest)
    base_x, base_y = rest[-1]
    across_x, across_y = (y - base_y) * 0.4, (base_x - x) * 0.4
    return (
        f'<path class="way" d="M{start_x:.1f},{start_y:.1f}C{curve}"/>'
        f'<path class="tip" d="M{x:.1f},{y:.1f}L{base_x + across_x:.1f},{base_y + across_y:.1f} '
        f'{base_x - across_x:.1f},{base_y - across_y:.1f}Z"/>'
    )
