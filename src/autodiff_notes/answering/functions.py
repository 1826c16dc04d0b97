"""A function that was typed: its derivation by machine, its gradients, and code.

>>> first = next(derived({"function": "logdet(X)"}, lambda latex, _: latex))
>>> first["function"], first["variables"]
('logdet(X)', ['X in positive_determinant(n)'])
"""

from collections.abc import Iterator, Mapping
from typing import Any

from autodiff_notes.answering.html import Typeset, chips, derivation, formula
from autodiff_notes.answering.settling import settled
from autodiff_notes.answering.verdicts import verdicts
from autodiff_notes.deriving import Derived, NotSupported, derive
from autodiff_notes.dialects import Understood, understand
from autodiff_notes.notation import NotationError, latex, letter

__all__ = ["derived"]

LANGUAGES = {"torch": "torch", "numpy": "NumPy", "jax": "JAX"}


def derived(question: Mapping[str, str], typeset: Typeset) -> Iterator[dict[str, Any]]:
    """Yield what was understood and derived, then a verdict for each equals sign."""
    understood = settled(_understood(question))
    found = derive(understood.function, understood.variables)
    yield {
        "function": understood.function,
        "latex": latex(found.read(found.function)),
        "variables": list(found.variables),
        "notes": list(understood.notes),
        "chips": chips(found.declarations, understood.guessed, typeset),
        "html": f"{gradients(found, typeset)}{derivation(found.derivation, typeset)}",
        "codes": codes(found),
        "text": found.text,
    }
    yield from verdicts(found.derivation)


def _understood(question: Mapping[str, str]) -> Understood:
    said = question.get("variables", "")
    try:
        understand("0", said)
    except NotationError as error:
        raise NotationError(f"in what was said of the letters: {error.problem}") from None
    return understand(question["function"], said)


def gradients(found: Derived, typeset: Typeset) -> str:
    """Return the function and its gradients as formulas."""
    moving = ", ".join(map(letter, found.gradients))
    rows = [rf"f({moving}) = {latex(found.read(found.function))}"]
    vector = found.read(found.function).kind == "v"
    for name, text in found.gradients.items():
        by = (
            rf"\frac{{\partial f}}{{\partial {letter(name)}}}"
            if vector
            else rf"\nabla_{{{letter(name)}}} f"
        )
        rows.append(f"{by} = {latex(found.read(text))}")
    return f'<div class="own-gradients">{"".join(formula(row, typeset) for row in rows)}</div>'


def codes(found: Derived) -> dict[str, str]:
    """Return the gradient as code and as LaTeX, by the name of the language."""
    texts = {}
    for name, language in LANGUAGES.items():
        try:
            texts[language] = getattr(found, name)
        except NotSupported as error:
            texts[language] = f"# {error}\n"
    return {
        **texts,
        "LaTeX": f"{found.latex}\n\n{found.derivation_latex}\n",
        "Markdown": found.markdown,
    }
