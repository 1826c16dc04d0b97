"""What the machine derived: a derivation as text, the gradients in it, and everything that they print to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from autodiff_notes.notation import Expression, latex, letter, read
from autodiff_notes.notation.derivations import Derivation, parse
from autodiff_notes.notation.sets import Declaration

if TYPE_CHECKING:
    from autodiff_notes.catalogue.entry import Entry
    from autodiff_notes.catalogue.outcome import Verification
    from autodiff_notes.evaluation.outcome import Execution

__all__ = ["Derived"]


@dataclass(frozen=True, eq=False)
class Derived:
    """A function with its gradient by each variable that moves, and the derivation of it.

    Attributes
    ----------
    function : str
        What was differentiated; a number, or a vector for a Jacobian.
    variables : tuple of str
        The declarations.
    gradients : dict of str to str
        The gradient by each variable, of its shape. For a vector-valued function row i is the
        gradient of its entry i, a matrix variable taken row by row.
    where : dict of str to str
        The names that occur, with what they stand for.
    chains : tuple of str
        The lines of the derivation, a chain each.
    free : str
        The structure by whose free entries the partial derivatives are, if they are.
    """

    function: str
    variables: tuple[str, ...]
    gradients: Mapping[str, str]
    where: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    chains: tuple[str, ...] = ()
    free: str = ""

    @property
    def text(self) -> str:
        """The derivation, as :func:`~autodiff_notes.notation.derivations.parse` reads it."""
        names = [f"where {name} = {text}" for name, text in self.where.items()]
        return "\n\n".join(["\n".join([*self.variables, *names]), *self.chains]) + "\n"

    @cached_property
    def derivation(self) -> Derivation:
        """The derivation, read."""
        return parse(self.text)

    @cached_property
    def declarations(self) -> tuple[Declaration, ...]:
        """The variables and their sets."""
        return self.derivation.declarations

    def agrees(self, gradients: Mapping[str, str], where: Mapping[str, str]) -> bool:
        """Whether other gradients are the same terms, however they are written.

        Parameters
        ----------
        gradients, where : dict of str to str
            The other gradients, and the names in them.
        """
        from autodiff_notes.deriving import terms  # noqa: PLC0415 - for comparison alone
        from autodiff_notes.deriving.problem import pose  # noqa: PLC0415
        from autodiff_notes.deriving.reading import read_term  # noqa: PLC0415

        with terms.algebra() as now:
            problem = pose(self.function, self.variables, {**where, **self.where}, self.free)
            _, names = problem.as_terms(now)
            return all(
                read_term(text, names) is read_term(gradients[name], names)
                for name, text in self.gradients.items()
            )

    # As mathematics

    @cached_property
    def kinds(self) -> dict[str, str]:
        """The kind of each variable, and of each symbol of a size."""
        sizes = {name: "k" for declared in self.declarations for name in declared.sizes}
        return sizes | {n: d.domain.kind for d in self.declarations for n in d.names}

    @cached_property
    def definitions(self) -> dict[str, Expression]:
        """What the names stand for."""
        return {d.name: d.expression for d in self.derivation.definitions}

    def read(self, text: str) -> Expression:
        """Read an expression in the variables and the names."""
        return read(text, self.kinds, self.definitions)

    @property
    def latex(self) -> str:
        """The function and its gradients in LaTeX, one a line."""
        moving = ", ".join(map(letter, self.gradients))
        lines = [f"f({moving}) &= {latex(self.read(self.function))}"]
        for name, text in self.gradients.items():
            by = letter(name)
            lines.append(rf"\frac{{\partial f}}{{\partial {by}}} &= {latex(self.read(text))}")
        lines += [f"{d.latex.replace(' = ', ' &= ', 1)}" for d in self.derivation.definitions]
        return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"

    @property
    def derivation_latex(self) -> str:
        """The derivation in LaTeX, with the reasons beside the lines."""
        lines = []
        for chain in self.derivation.chains:
            for line in chain:
                text = line.latex
                relation = bool(line.relation)
                text = f"&{text}" if relation else f"&\\phantom{{=}} {text}"
                lines.append(text + (rf" && \text{{{_plain(line.reason)}}}" if line.reason else ""))
        return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"

    @property
    def markdown(self) -> str:
        """The derivation as a MyST page takes it."""
        return f"```{{derivation}}\n{self.text}```\n"

    def _repr_latex_(self) -> str:
        """Show the derivation in a notebook."""
        return f"$$\n{self.derivation_latex}\n$$"

    def _repr_markdown_(self) -> str:
        """Show the derivation where Markdown with mathematics is shown."""
        return f"$$\n{self.latex}\n$$\n\n$$\n{self.derivation_latex}\n$$"

    def __str__(self) -> str:
        """Return the derivation as text."""
        return self.text

    # As code

    @property
    def entry(self) -> "Entry":
        """The same as an entry of the catalogue."""
        from autodiff_notes.catalogue.entry import Entry  # noqa: PLC0415 - for verification alone

        return Entry(
            name="derived",
            title=self.function,
            variables=self.variables,
            function=self.function,
            gradients=self.gradients,
            where=self.where,
            free=self.free,
        )

    @property
    def torch(self) -> str:
        """Torch code of the function and of its gradient."""
        return self.entry.code

    @property
    def numpy(self) -> str:
        """NumPy code of the function and of its gradient, with SciPy where NumPy has no word."""
        return self._module("numpy")

    @property
    def jax(self) -> str:
        """JAX code of the function and of its gradient."""
        return self._module("jax")

    def _module(self, engine: str) -> str:
        from autodiff_notes.deriving.codes import module  # noqa: PLC0415 - for code alone

        return module(engine, self.function, self.gradients, self.where, self.declarations)

    # Once more

    def hvp(self, direction: str = "") -> "Derived":
        """Derive the product of the Hessian and a direction.

        Parameters
        ----------
        direction : str
            Its name, ``V``, ``v`` or ``tau`` if it is not given.
        """
        from autodiff_notes.deriving.orders import second  # noqa: PLC0415 - it derives again

        return second(self, direction)

    def hessian(self) -> "Derived":
        """Derive the Hessian of a function of one vector, as a matrix."""
        from autodiff_notes.deriving.orders import hessian_of  # noqa: PLC0415 - it derives again

        return hessian_of(self)

    # Held against the witnesses

    def execute(self, **points: int) -> "Execution":
        """Execute every equals sign of the derivation at random points.

        Parameters
        ----------
        points : int
            ``sizes``, ``seeds`` and ``first_seed`` of
            :func:`autodiff_notes.evaluation.execution.execute`.
        """
        from autodiff_notes.evaluation.execution import execute  # noqa: PLC0415 - torch

        return execute(self.derivation, **points)

    def verify(self, **points: int) -> "Verification":
        """Hold the gradients against autograd and differences, and execute the derivation.

        Parameters
        ----------
        points : int
            ``sizes``, ``seeds`` and ``first_seed`` of
            :func:`autodiff_notes.catalogue.verification.verify`.
        """
        from dataclasses import replace  # noqa: PLC0415

        from autodiff_notes.catalogue.verification import verify  # noqa: PLC0415 - torch
        from autodiff_notes.notation.derivations import DerivationError  # noqa: PLC0415

        found = verify(self.entry, **points)  # type: ignore[arg-type]
        if found.problem:
            return found
        try:
            return replace(found, derivation=self.execute(**points))
        except DerivationError as error:
            return replace(found, problem=f"its derivation: {error}")


def _plain(reason: str) -> str:
    import re  # noqa: PLC0415

    return re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", reason)
