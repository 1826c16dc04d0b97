"""A reverse sweep as a reader follows it: every step forward and back, as a sentence.

>>> shown = Sweep("x*log(x) + sin(x*y)", "x = 1, y = 2")
>>> for step in shown.steps[-3:]:
...     print(step.sentence)
v2 = x · v1, adjoint g = 1: v1 receives g · x = 1.
v1 = log(x), adjoint g = 1: x receives g / x = 1. With ... that it had, this makes 0.167706.
The sweep is done. The derivative by x is 0.167706, by y ...0.416147.
"""

from collections.abc import Iterator
from itertools import count
from typing import Any, NamedTuple

from . import engine
from .engine import OPERATIONS, Share, Value, Variable, history
from .formulas import MINUS, FormulaError, compute, free, inputs, text_of, written
from .matrices import Matrix

__all__ = ["Step", "Sweep"]


class Step(NamedTuple):
    """One step on the way forward or back, and what it shows; nodes are named by their places."""

    sentence: str
    marked: tuple[int, ...]
    valued: tuple[int, ...] = ()  # whose values appear
    edge: str = ""
    receives: int | None = None  # whose adjoint changes
    adjoint: Value | None = None  # to what


class Sweep:
    """The sweep of a formula at a point.

    Parameters
    ----------
    formula : str
        As ``autodiff_notes.tape.formulas.compute`` reads it.
    point : str
        The same.

    Attributes
    ----------
    nodes : list of Variable
        The variables of the drawing, in the order of evaluation: all but the numbers typed.
    letters : dict of str to str
        The letter of an adjoint in a sentence: g or G, or g1 and so on if that has a meaning.
    unused : list of str
        The inputs that have a value and do not occur in the formula.
    adjoints : dict of Variable to float or Matrix
        The derivative of the result by each.
    steps : list of Step
        Forward from the inputs to the result, then back.

    Raises
    ------
    FormulaError
        If the formula cannot be read, or has no value or no derivative at this point.
    """

    def __init__(self, formula: str, point: str) -> None:
        self.formula = formula
        self.result, self.names = compute(formula, point)
        self.nodes = [node for node in history(self.result) if node.form or node.requires_grad]
        taken = set(self.names.values())
        self.letters = {
            letter: next(free((f"{letter}{i or ''}" for i in count()), taken)) for letter in "gG"
        }
        self.inputs = [node for node in self.nodes if not node.form]
        used = {self.names[node] for node in self.inputs}
        self.unused = [name for name in inputs(point) if name not in used]
        self.places = {node: place for place, node in enumerate(self.nodes)}
        try:
            self.shares = self.result.backward()
        except engine.SweepError as stop:
            value = text_of(self.result.value)
            place, reason = self.equation(stop.node), self.with_names(stop.node, stop.reason)
            raise FormulaError(
                f"the value is {value}, but the sweep stops at {place}: {reason}"
            ) from None
        self.adjoints: dict[Variable, Any] = {self.result: 1.0}
        for share in self.shares:
            self.adjoints[share.node.arguments[share.position]] = share.adjoint
        self.steps = [*self.forward(), *self.back()]

    # The sentences

    def forward(self) -> Iterator[Step]:
        """Yield the steps from the inputs to the result."""
        places = tuple(self.places[node] for node in self.inputs)
        yield Step(f"The inputs: {self.values(self.inputs)}.", places, places)
        for node in self.nodes:
            if node.form:
                place = self.places[node]
                yield Step(f"{self.equation(node)} = {text_of(node.value)}.", (place,), (place,))

    def back(self) -> Iterator[Step]:
        """Yield the steps from the result back to the inputs."""
        last, name = self.places[self.result], self.names[self.result]
        yield Step(
            f"Now back. The adjoint of {name}, its derivative by itself, is 1.",
            (last,),
            receives=last,
            adjoint=1.0,
        )
        received: dict[Variable, Value] = {self.result: 1.0}
        for share in self.shares:
            argument = share.node.arguments[share.position]
            sentence = self.sending(share, received[share.node])
            if argument in received:
                before, after = text_of(received[argument]), text_of(share.adjoint)
                sentence += f" With the {before} that it had, this makes {after}."
            received[argument] = share.adjoint
            source, target = self.places[share.node], self.places[argument]
            edge = f"{source}-{share.position}"
            yield Step(sentence, (source, target), (), edge, target, share.adjoint)
        derivatives = ", ".join(
            f"by {self.names[node]} {'is ' if i == 0 else ''}{text_of(self.adjoints[node])}"
            for i, node in enumerate(self.inputs)
        )
        places = tuple(self.places[node] for node in self.inputs)
        yield Step(f"The sweep is done. The derivative {derivatives}.", places)

    def sending(self, share: Share, adjoint: Value) -> str:
        """Return the sentence of one share."""
        node, position = share.node, share.position
        rule = self.with_names(node, OPERATIONS[node.form][position])
        result = text_of(share.value)
        return (
            f"{self.equation(node)}, adjoint {self.letter(node)} = {text_of(adjoint)}: "
            f"{self.names[node.arguments[position]]} receives {rule} = {result}."
        )

    def equation(self, node: Variable) -> str:
        """Return the equation of a variable: ``v1 = log(x)``."""
        name, form = self.names[node], self.with_names(node, node.form)
        return f"{name} = {form}" if form else name

    def with_names(self, node: Variable, text: str) -> str:
        """Return a form or a rule with the names of a result and its arguments."""
        known = dict(zip("ab", (self.names[x] for x in node.arguments), strict=False))
        text = written(text, known | {"v": self.names[node], "g": self.letter(node)})
        return text.replace(" * ", " \N{MIDDLE DOT} ").replace("-", MINUS)

    def letter(self, node: Variable) -> str:
        """Return the letter of an adjoint: a capital for a matrix."""
        return self.letters["G" if isinstance(node.value, Matrix) else "g"]

    def values(self, nodes: list[Variable]) -> str:
        """Return the equations ``x = 1`` of some variables, in a row."""
        return ", ".join(f"{self.names[node]} = {text_of(node.value)}" for node in nodes)
