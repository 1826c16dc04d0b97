# ruff: noqa: T201 - a command prints
"""What ``python -m autodiff_notes derive`` does: derive, execute, and print what was asked for."""

import sys
from argparse import Namespace
from typing import Any

from autodiff_notes.deriving.derive import derive
from autodiff_notes.deriving.outcome import DomainNeeded, NotSupported
from autodiff_notes.notation import NotationError
from autodiff_notes.notation.derivations import DerivationError

__all__ = ["ARGUMENTS", "EXAMPLE", "run"]

EXAMPLE = 'derive "x @ A @ x / (x @ x)" "x in nonzero(n)" "constant A in symmetric(n)"'
FAILED, WRONG_CALL = 1, 2

ARGUMENTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("function", {"metavar": "FUNCTION", "help": 'an expression, such as "logdet(X.mT @ X)"'}),
    (
        "statements",
        {
            "nargs": "+",
            "metavar": "DECLARATION",
            "help": '"X in tall(m, n)", "constant A in square(n)", or a name: "where P = inv(X)"',
        },
    ),
    *(
        (f"--{form}", {"dest": "form", "action": "store_const", "const": form, "help": words})
        for form, words in (
            ("latex", "print the function, the gradients and the derivation in LaTeX"),
            ("torch", "print torch code of the function and its gradient"),
            ("numpy", "print NumPy code"),
            ("jax", "print JAX code"),
            ("markdown", "print a block for a MyST page"),
        )
    ),
)
"""The arguments of the command, as :mod:`argparse` takes them."""


def run(options: Namespace) -> int:
    """Derive what the options say, print it, and return the exit status."""
    variables = [s for s in options.statements if not s.startswith("where ")]
    named = (
        s.removeprefix("where ").partition("=") for s in options.statements if s not in variables
    )
    where = {name.strip(): text.strip() for name, _, text in named}
    try:
        found = derive(options.function, tuple(variables), where=where)
        if options.form:
            print(_in_form(found, options.form), end="")
            return 0
    except DomainNeeded as error:
        print(error, file=sys.stderr)
        return WRONG_CALL
    except (NotationError, NotSupported, DerivationError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return WRONG_CALL
    verified = found.verify()
    print(found, end="\n")
    for name, text in found.gradients.items():
        print(f"gradient by {name}: {text}")
    if verified.problem or verified.derivation is None:
        print(f"it does not hold: {verified.problem}", file=sys.stderr)
        return FAILED
    print(f"{verified.derivation.summary}.")
    print(
        f"Largest error {verified.autograd:.0e} against autograd and {verified.differences:.0e} "
        "against central differences."
    )
    return 0


def _in_form(found: Any, form: str) -> str:
    """Return the derivation in LaTeX, as code or as Markdown."""
    if form == "latex":
        return f"{found.latex}\n\n{found.derivation_latex}\n"
    text: str = getattr(found, form)
    return text
