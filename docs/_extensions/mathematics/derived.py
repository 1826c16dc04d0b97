"""``{derive}``: a function whose gradient the machine derives while the site is built.

The first line is the function; declarations and names follow::

    ```{derive} rayleigh
    x @ A @ x / (x @ x)
    x in nonzero(n)
    constant A in symmetric(n)
    ```

The page shows the derivation as ``{derivation}`` does, with every equals sign executed, and says
that a machine wrote it. The argument, if there is one, is a name to link to, here
``derivation-rayleigh``. A function that cannot be derived stops the build.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from _extensions.mathematics.derivation import anchor, given, proof
from _extensions.mathematics.trying import try_derivation
from _extensions.mathematics.verification import execute, executed
from _extensions.places import short
from autodiff_notes.catalogue.entry import Entry
from autodiff_notes.deriving import Derived, DomainNeeded, NotSupported, derive
from autodiff_notes.notation import NotationError
from autodiff_notes.notation.derivations import DerivationError

BY_MACHINE = "Derived by the machine. "
WHERE = "where "


class DeriveDirective(SphinxDirective):
    """Derives a gradient, executes the derivation and shows it."""

    optional_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the derivation, or stop the build."""
        function, *statements = [line.strip() for line in self.content if line.strip()]
        named = (s.removeprefix(WHERE).partition("=") for s in statements if s.startswith(WHERE))
        where = {name.strip(): text.strip() for name, _, text in named}
        variables = tuple(s for s in statements if not s.startswith(WHERE))
        try:
            found = derive(function, variables, where=where)
            shown = derivation_of(self, found)
        except (NotationError, NotSupported, DomainNeeded, DerivationError) as error:
            source, _ = self.get_source_info()
            raise ExtensionError(f"{short(source)}:{self.lineno}: {error}") from error
        check_line = shown[-1]
        assert isinstance(check_line, nodes.paragraph)
        check_line += try_derivation(self, found.text)
        if self.arguments:
            identifier = nodes.make_id(f"derivation-{self.arguments[0]}")
            shown["ids"].append(identifier)
            anchor(self, identifier, self.arguments[0])
        return [shown]


def derivation_of(directive: SphinxDirective, found: Derived) -> nodes.container:
    """Return a derivation by machine, once every equals sign of it holds."""
    derivation = found.derivation
    report = executed(directive.env, found.text, lambda: execute(derivation))
    whole = nodes.container(classes=["derivation", "derived"])
    whole += [given(derivation), *by_machine(proof(directive, derivation, report))]
    return whole


def by_machine(shown: list[nodes.Element]) -> list[nodes.Element]:
    """Return the chains of a derivation and what was checked, marked as the machine's."""
    shown[-1].insert(0, nodes.Text(BY_MACHINE))
    return shown


def machine_of(entry: Entry) -> Derived | None:
    """Return the machine's derivation, if its gradient is another than the author's, or if alone."""
    if entry.by_machine:
        return None
    found = derive(entry.function, entry.variables, where=entry.where, free=entry.free)
    return None if entry.derivation and found.agrees(entry.gradients, entry.where) else found


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.setup_extension("_extensions.mathematics.derivation")
    app.add_directive("derive", DeriveDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
