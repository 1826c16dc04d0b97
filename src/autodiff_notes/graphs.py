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

import threading
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

from autodiff_notes import layout
from autodiff_notes.messages import type_of
from autodiff_notes.tape.drawing import FONT, Arrow, Box, elements, levels

__all__ = ["Drawing", "Edge", "Node", "Saved", "draw", "trace"]

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
        """Return the caller's name, or else the operation's with the shape."""
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
            raise TypeError(f"{name} is {type_of(x)}; expected a torch.Tensor")
    if not output.requires_grad:
        raise ValueError(
            "this tensor has no graph: nothing that it was computed from requires a gradient, "
            "or the recording was off"
        )
    start = get_gradient_edge(output).node
    ends = {get_gradient_edge(tensor).node for tensor in stop if tensor.requires_grad}
    functions = walk(start, ends)
    free_in_bands(functions)
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
    """Return a node and all that can be reached from it, each once, depth first, first input first."""
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


BAND = 1000  # levels; a stack of half a megabyte has room for some two thousand
KEY = "autodiff_notes.graphs"


class Release(threading.local):
    """Nodes that wait to be released, one after another."""

    def __init__(self) -> None:
        self.waiting: list[Function] = []
        self.busy = False


RELEASE = Release()


class Below:
    """Holds the nodes below a node, and releases them after it, not within it."""

    def __init__(self, nodes: list[Function]) -> None:
        self.nodes = nodes

    def __del__(self, release: Release = RELEASE) -> None:
        """Hand the nodes to the release in progress, or else begin one."""
        release.waiting += self.nodes
        self.nodes = []
        if not release.busy:
            release.busy = True
            while release.waiting:
                release.waiting.pop()
            release.busy = False


def free_in_bands(functions: list[Function]) -> None:
    """See to it that a deep graph can be freed.

    Torch frees a graph in a loop, until somebody looks at its nodes: from then on each is a Python
    object for as long as it lives, whose end is the end of the next, one within the other, and some
    thirty thousand exhaust the stack of the process (torch 2.13). So the nodes at the lower side of
    every band of levels hold those below themselves, in the dictionary that torch keeps for such
    things, and a chain of ends ends there.
    """
    if len(functions) <= BAND:
        return
    places = {function: place for place, function in enumerate(functions)}
    below = [
        [places[source] for source, _ in function.next_functions if source in places]
        for function in functions
    ]
    level = levels(
        len(functions), (Arrow(a, b) for a, targets in enumerate(below) for b in targets)
    )
    for place, targets in enumerate(below):
        if any(level[target] // BAND > level[place] // BAND for target in targets):
            held = Below([functions[target] for target in targets])
            functions[place].metadata[KEY] = held  # type: ignore[index]  # torch types it as a method


def operation_of(function: Function) -> str:
    return function.name().rpartition("::")[2]  # without its namespace


def shapes_of(function: Function) -> tuple[Shape, ...]:
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
    return role.removeprefix("_saved_").removesuffix("_tensors")


# The picture

LIMIT = 1000  # nodes; more are no picture, and their layout takes seconds
DESCRIBED = 16  # nodes; a larger graph is described by its counts
NARROWEST, WIDEST = 300.0, 700.0  # pixels: no wider than a page's text, no narrower than a column's
MARGIN = 10.0  # pixels around the graph
COLOURS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("palette.toml").read_text("utf-8")
)


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
    if len(nodes) > LIMIT:
        raise ValueError(
            f"this graph has {len(nodes)} nodes; a picture shows at most {LIMIT}. Draw a tensor "
            "from the middle of the computation, or end the picture at some with "
            "draw(output, stop=[...])"
        )
    description = describe(nodes, edges)
    return Drawing(svg(nodes, edges, description), description)


def describe(nodes: list[Node], edges: list[Edge]) -> str:
    """Return the description: every step of a small graph, the counts of a large one."""
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


def box(node: Node, kind: str) -> Box:
    """Return the box of a node: its names and its operation, shapes, and what is saved."""
    shapes = " ".join(map(str, node.shapes))
    if node.is_leaf:
        return Box([("name", node.name), ("", f"AccumulateGrad {shapes}")], "leaf", round=True)
    name = f"{' = '.join(node.variables)}: {node.operation}" if node.variables else node.operation
    lines = [("name", name), ("", shapes)]
    if node.saved:
        lines.append(("", f"saved: {', '.join(dict.fromkeys(map(str, node.saved)))}"))
    return Box(lines, kind)


def svg(nodes: list[Node], edges: list[Edge], description: str) -> str:
    """Return the picture. Nothing in it depends on a font, a run or a place in memory."""
    places = {node.name: place for place, node in enumerate(nodes)}
    boxes = [box(node, "operation" if place else "output") for place, node in enumerate(nodes)]
    arrows = [Arrow(places[edge.source], places[edge.target]) for edge in edges]
    inner, inner_height, drawn = elements(boxes, arrows, layout.plain)
    width, height = max(inner, NARROWEST) + 2 * MARGIN, inner_height + 2 * MARGIN
    scale = min(1.0, WIDEST / width)
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" class="autograd-graph" role="img"',
        f'width="{width * scale:.1f}" height="{height * scale:.1f}"',
        f'viewBox="0 0 {width:.1f} {height:.1f}">',
        f"<style>{style()}</style>",
        f"<title>{escape(description.partition(':')[0])}</title>",
        f"<desc>{escape(description)}</desc>",
        f'<rect class="paper" width="{width:.1f}" height="{height:.1f}"/>',
        f'<g transform="translate({(width - inner) / 2:.1f} {MARGIN:.1f})">',
        *drawn,
    ]
    return "\n".join([*parts, "</g>", "</svg>", ""])


def style() -> str:
    """Return the style sheet, which knows both schemes and touches no other picture."""
    light, dark = (
        "".join(f"--{name}:{pair[column]};" for name, pair in COLOURS.items()) for column in (0, 1)
    )
    here = "svg.autograd-graph"
    return (
        f"{here}{{{light}}}@media (prefers-color-scheme:dark){{{here}{{{dark}}}}}\n"
        f"{here} text{{font:{FONT}px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;"
        "text-anchor:middle;fill:var(--muted)}\n"
        f"{here} text.name{{fill:var(--ink);font-weight:600}}\n"
        f"{here} .paper{{fill:var(--paper)}}\n"
        f"{here} .node rect{{fill:var(--panel);stroke:var(--line)}}\n"
        f"{here} .output rect{{stroke:var(--orange);stroke-width:2}}\n"
        f"{here} .leaf rect{{stroke:var(--blue);stroke-width:2}}\n"
        f"{here} .edge{{fill:none;stroke:var(--muted);stroke-width:1.2}}"
    )
