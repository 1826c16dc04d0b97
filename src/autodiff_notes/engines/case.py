"""A case: a question to all engines, and what mathematics says to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from autodiff_notes.engines.truths import Truth

__all__ = ["Case"]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One question, asked at one point.

    Attributes
    ----------
    key : str
        The name, as in the address of its page: lower case and hyphens.
    family : str
        A key of :data:`~autodiff_notes.engines.cases.FAMILIES`.
    question : str
        The question, as a heading.
    function : str
        The function in LaTeX, or the program in a few words.
    reference : str
        The function once more, as an expression of mpmath in the variables; with it the truth is
        executed. Empty if the question is one about programs.
    point : mapping
        The variables and where they are: numbers and nested lists.
    truth : Truth
        What mathematics says.
    why : str
        Why it says so, and why engines differ; MyST, one sentence or a few.
    of : str
        What is asked for: the gradient by each variable (a list if there are more than one), the
        value, or all second derivatives of one variable.
    pages : tuple of str
        Documents of the site that explain it, such as ``parting/kinks``.
    instead_of : str
        The case for which this one is the spelling that is right everywhere.
    """

    key: str
    family: str
    question: str
    function: str
    point: Mapping[str, Any]
    truth: Truth
    why: str
    reference: str = ""
    of: Literal["gradient", "value", "hessian"] = "gradient"
    pages: tuple[str, ...] = ()
    instead_of: str = ""
    name: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Take the key for the name by which a table finds it."""
        object.__setattr__(self, "name", self.key)
