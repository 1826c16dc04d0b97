r"""One entry of the catalogue: a function, its gradient, where it lives, and why it holds.

Everything is text in the notation of :mod:`autodiff_notes.notation`. From the same text come the
LaTeX, the torch code, the points of verification and the derivation, so that they cannot differ.

>>> entry = Entry(
...     name="log-det",
...     title="The logarithm of a determinant",
...     variables=("X in positive_determinant(n)",),
...     function="logdet(X)",
...     gradients={"X": "inv(X).mT"},
...     derivation='''
... = tr(inv(X) @ d(X))  # Jacobi's formula
... ''',
... )
>>> entry.latex
'f(X) = \\log\\det X'
>>> entry.gradient_latex("X")
'\\frac{\\partial f}{\\partial X} = X^{-\\top}'
>>> print(entry.code)
import torch
<BLANKLINE>
<BLANKLINE>
def f(X):
    return torch.logdet(X)
<BLANKLINE>
<BLANKLINE>
def gradient(X):
    return torch.linalg.inv(X).mT
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from autodiff_notes.catalogue.torch_code import torch_code
from autodiff_notes.notation import Expression, Kind, NotationError, latex, letter, read
from autodiff_notes.notation.derivations import Derivation, parse
from autodiff_notes.notation.sets import STRUCTURES, Declaration, declare
from autodiff_notes.tables import suggestion

__all__ = ["Entry"]

READ_OFF = "read off"
BY_MACHINE = "derive"


@dataclass(frozen=True, eq=False)
class Entry:
    r"""A gradient with all that a reader needs to use it, check it and believe it.

    Attributes
    ----------
    name : str
        Lower-case words joined by hyphens; a permanent address.
    title : str
        What it says, in plain words.
    variables : tuple of str
        Declarations such as ``"X in invertible(n)"`` and ``"constant A, B in matrix(m, n)"``.
        What is not constant has a gradient.
    function : str
        An expression. It is a number, or a vector for an entry that gives a Jacobian.
    gradients : dict of str to str
        For each variable the gradient, of the variable's shape. For a vector-valued function
        row i is the gradient of its entry i, a matrix variable taken row by row.
    where : dict of str to str
        Names for other expressions, used in the function, the gradients and the derivation.
    conditions : str
        What must hold, in a sentence, where the domain does not say it.
    source : str
        Where it is published, with the number of the equation.
    derivation : str
        The lines of a derivation, with a reason behind each. A paragraph that begins with ``=``
        is the chain from the differential of the function to its gradient: the first line,
        ``d(function)``, and the last, the gradient paired with the differential, are put there; the
        reason of the last stands on a line of its own behind ``#``. Other paragraphs, such as
        lemmas, are chains of their own. ``"derive"``: the machine writes it.
    outside : dict of str to str
        Declarations that lead out of the domain, each with the reason why the formula fails there.
    free : str
        For a structured matrix: the gradient lists the partial derivatives by its free entries,
        a key of :data:`~autodiff_notes.notation.sets.STRUCTURES`. Empty: the gradient lies in the
        space in which the variable moves.
    notes : str
        What else a reader should know, in Markdown.
    hessian : str
        The second derivative, a matrix, for an entry whose title promises it.
    also : tuple of str
        What else a reader may look for: other names, and other spellings of the function.
    group : str
        The subject; the collection fills it in.
    """

    name: str
    title: str
    variables: tuple[str, ...]
    function: str
    gradients: Mapping[str, str]
    where: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    conditions: str = ""
    source: str = ""
    derivation: str = ""
    outside: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    free: str = ""
    notes: str = ""
    hessian: str = ""
    also: tuple[str, ...] = ()
    group: str = ""

    def __post_init__(self) -> None:
        """Refuse a text where texts belong, and a structure without free entries."""
        tuples: dict[str, object] = {"variables": self.variables, "also": self.also}
        for part, texts in tuples.items():
            if not isinstance(texts, tuple):
                raise TypeError(
                    f"{self.name}: {part} is a tuple; is a comma missing behind {texts!r}?"
                )
        known = [name for name, row in STRUCTURES.items() if row.free]
        if self.free and self.free not in known:
            hint = suggestion(self.free, known) or f"there are {', '.join(known)}"
            raise NotationError(
                f"{self.name}: no structure {self.free!r} with free entries; {hint}"
            )

    # What the texts mean

    @cached_property
    def declarations(self) -> tuple[Declaration, ...]:
        """The variables and their sets."""
        declared: list[Declaration] = []
        for text in self.variables:
            declared.append(declare(text, [name for d in declared for name in d.names]))
        return tuple(declared)

    @cached_property
    def moving(self) -> tuple[str, ...]:
        """The variables that have a gradient, in the order of their declaration."""
        moving = tuple(n for d in self.declarations if not d.constant for n in d.names)
        if set(moving) != set(self.gradients):
            raise NotationError(
                f"{self.name}: {', '.join(moving)} vary, and {', '.join(self.gradients)} "
                "have a gradient; declare the others constant"
            )
        return moving

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """The kind of each variable, and of each symbol of a size."""
        sizes = {name: Kind.INTEGER for declared in self.declarations for name in declared.sizes}
        return sizes | {name: d.domain.kind for d in self.declarations for name in d.names}

    @cached_property
    def definitions(self) -> dict[str, Expression]:
        """What the names stand for."""
        found: dict[str, Expression] = {}
        for name, text in self.where.items():
            found[name] = read(text, self.kinds, dict(found))
        return found

    def read(self, text: str) -> Expression:
        """Read an expression in the variables and names of this entry."""
        return read(text, self.kinds, self.definitions)

    @cached_property
    def value(self) -> Expression:
        """The function."""
        return self.read(self.function)

    @cached_property
    def claims(self) -> dict[str, Expression]:
        """The gradient by each variable."""
        return {name: self.read(self.gradients[name]) for name in self.moving}

    def declaration(self, name: str) -> Declaration:
        """Return the declaration of a variable."""
        return next(d for d in self.declarations if name in d.names)

    def moved(self, declaration: str) -> "Entry":
        """Return this entry with one declaration in place of those of the same names."""
        names = declare(declaration).names
        kept = [self._without(declared, names) for declared in self.declarations]
        return replace(self, variables=(*filter(None, kept), declaration), outside={})

    @staticmethod
    def _without(declared: Declaration, names: tuple[str, ...]) -> str:
        """Return a declaration as text without some of its variables."""
        kept = [name for name in declared.names if name not in names]
        sizes = ", ".join(e.source for e in declared.arguments)
        constant = "constant " if declared.constant else ""
        return f"{constant}{', '.join(kept)} in {declared.domain.name}({sizes})" if kept else ""

    # As mathematics

    @property
    def latex(self) -> str:
        """The function in LaTeX, with its name."""
        return f"f({', '.join(map(letter, self.moving))}) = {latex(self.value)}"

    def gradient_latex(self, name: str) -> str:
        """Return the gradient by a variable in LaTeX."""
        return rf"\frac{{\partial f}}{{\partial {letter(name)}}} = {latex(self.claims[name])}"

    @property
    def hessian_latex(self) -> tuple[str, ...]:
        """The second derivative in LaTeX, if the entry has it."""
        if not self.hessian:
            return ()
        (name,) = map(letter, self.moving)
        return (rf"\frac{{\partial^2 f}}{{\partial {name}^2}} = {latex(self.read(self.hessian))}",)

    @property
    def where_latex(self) -> tuple[str, ...]:
        """The definitions in LaTeX."""
        return tuple(f"{letter(name)} = {latex(e)}" for name, e in self.definitions.items())

    @property
    def domain_latex(self) -> tuple[str, ...]:
        """The declarations in LaTeX."""
        return tuple(declared.latex for declared in self.declarations)

    # As code

    @cached_property
    def code(self) -> str:
        """Torch code of the function and of its gradient, to be copied."""
        return torch_code(self)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The arguments of the torch functions, which are all variables as declared."""
        return tuple(name for d in self.declarations for name in d.names)

    # Its derivation

    @cached_property
    def differential(self) -> str:
        """The differential of the function, read off from the gradients."""
        return " + ".join(self._paired(name) for name in self.moving)

    def _paired(self, name: str) -> str:
        """Return the inner product of a gradient and the differential of its variable."""
        gradient, kind = self.gradients[name], self.kinds[name]
        if self.free:
            (n,) = self.declaration(name).sizes
            return STRUCTURES[self.free].pairing.format(G=gradient, X=name, n=n)
        if self.declaration(name).domain.complex:
            product = {"s": "conj({0}) * d({1})", "v": "conj({0}) @ d({1})"}
            whole = product.get(kind, "sum(conj({0}) * d({1}))").format(gradient, name)
            return f"re({whole})"
        if self.value.kind == "v":
            return f"({gradient}) @ " + (f"d({name})" if kind == "v" else f"vec(d({name}))")
        if kind == "s":
            return f"({gradient}) * d({name})"
        return f"inner({gradient}, d({name}))"

    @cached_property
    def derivation_text(self) -> str:
        """The derivation in full, with declarations, definitions, and every chain."""
        if not self.derivation.strip():
            return ""
        if self.by_machine:
            return self._derived_text
        wheres = [f"where {name} = {text}" for name, text in self.where.items()]
        given = "\n".join([*self.variables, *wheres])
        paragraphs = re.split(r"\n\s*\n", self.derivation.strip("\n"))
        return "\n\n".join([given, *map(self._framed, paragraphs)]) + "\n"

    @property
    def by_machine(self) -> bool:
        """Whether the machine writes the derivation."""
        return self.derivation == BY_MACHINE

    @property
    def _derived_text(self) -> str:
        """What the machine writes, with the gradients as they stand here at the end."""
        from autodiff_notes.deriving import derive  # noqa: PLC0415 - most entries do without

        found = derive(self.function, self.variables, where=self.where, free=self.free)
        same = dict(found.gradients) == dict(self.gradients)
        return found.text if same else f"{found.text}= {self.differential}  # in another form\n"

    def _framed(self, paragraph: str) -> str:
        """Put the first line and the last around a chain that begins with an equals sign."""
        if not paragraph.startswith("="):
            return paragraph
        *lines, last = paragraph.rstrip().split("\n")
        reason = READ_OFF
        if last.startswith("#"):
            reason = last.removeprefix("#").strip()
        else:
            lines.append(last)
        return "\n".join([f"d({self.function})", *lines, f"= {self.differential}  # {reason}"])

    @cached_property
    def derived(self) -> Derivation | None:
        """The derivation, read, if there is one."""
        return parse(self.derivation_text) if self.derivation_text else None
