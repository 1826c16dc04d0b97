r"""Where the variables of a formula live: ``X in positive_determinant(n)``.

:data:`DOMAINS` has one row for each set: its name, how it is written in LaTeX, which function of
:mod:`autodiff_notes.evaluation.samplers` draws a point from it, and in which directions a point may move.
Nothing here imports torch.

>>> declaration = declare("X in tall(m, n)")
>>> declaration.latex
'X \\in \\mathbb{R}^{m \\times n},\\ \\operatorname{rank} X = n'
>>> declaration.names, declaration.domain.kind, declaration.sizes
(('X',), 'M', ('m', 'n'))
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from types import CodeType

from autodiff_notes.notation import Expression, NotationError, compiled, latex, letter, read
from autodiff_notes.notation.reading import refuse_name

__all__ = ["DOMAINS", "Declaration", "Domain", "declare"]


@dataclass(frozen=True)
class Domain:
    r"""One row of the table of sets.

    Attributes
    ----------
    name : str
        What an author writes.
    parameters : tuple of str
        The sizes that it takes.
    kind : str
        The kind of its points: ``s``, ``v``, ``M``, ``k`` and ``r`` for numbers of Python,
        or ``f`` for functions of a number.
    space : str
        The space around it in LaTeX, ``{0}`` and ``{1}`` being the sizes.
    condition : str
        What holds of a point ``{X}``, in LaTeX.
    sampler : str
        The name of a function in :mod:`autodiff_notes.evaluation.samplers`, and its first arguments.
    tangent : str
        Torch code for a direction in which a point X may move, from any direction V;
        ``"none"`` for what does not move.
    allows : callable
        Whether the set has points for these sizes.
    """

    name: str
    parameters: tuple[str, ...]
    kind: str
    space: str
    condition: str
    sampler: str
    tangent: str = "V"
    allows: Callable[..., bool] = lambda *_: True

    @property
    def complex(self) -> bool:
        """Whether the points have complex entries."""
        return self.space.startswith(_C)


_R, _C = r"\mathbb{{R}}", r"\mathbb{{C}}"
_N, _CN = _R + "^{{{0}}}", _C + "^{{{0}}}"
_MN, _CMN = _R + r"^{{{0} \times {1}}}", _C + r"^{{{0} \times {1}}}"
_NN, _CNN = _R + r"^{{{0} \times {0}}}", _C + r"^{{{0} \times {0}}}"
_SYMMETRIC, _SKEW = "(V + V.mT) / 2", "(V - V.mT) / 2"
_TOEPLITZ = """\
torch.stack([
    torch.stack([V.diagonal(j - i).mean() for j in range(len(V))]) for i in range(len(V))
])"""
_n, _m_n = ("n",), ("m", "n")

# fmt: off
_ROWS = (
    # Numbers
    Domain("scalar", (), "s", _R, "", "normal"),
    Domain("positive_scalar", (), "s", _R, "{X} > 0", "positive"),
    Domain("nonzero_scalar", (), "s", _R, r"{X} \neq 0", "nonzero"),
    Domain("proportion", (), "s", _R, "0 < {X} < 1", "proportion"),
    Domain("small", (), "s", _R, r"{X} \to 0", "small"),
    Domain("natural", (), "k", r"\mathbb{{N}}", r"{X} \geq 1", "natural", "none"),
    Domain("index", _n, "k", r"\{{0, \dots, {0} - 1\}}", "", "index", "none"),
    Domain("order", (), "r", _R, "{X} > 2", "order", "none"),
    # Functions of a number
    Domain("analytic", (), "f", r"\mathbb{{R}} \to \mathbb{{R}}", r"\text{{analytic}}", "analytic",
           "none"),
    # Vectors
    Domain("vector", _n, "v", _N, "", "normal"),
    Domain("positive", _n, "v", _N, "{X} > 0", "positive"),
    Domain("nonzero", _n, "v", _N, r"{X}_i \neq 0", "nonzero"),
    Domain("nonzero_vector", _n, "v", _N, r"{X} \neq 0", "nonzero"),
    Domain("proportions", _n, "v", _N, "0 < {X}_i < 1", "proportion"),
    Domain("probability", _n, "v", _N, r"{X} > 0,\ \mathbf{{1}}^\top {X} = 1", "probability",
           "V - V.mean()"),
    Domain("unit_vector", _n, "v", _N, r"\lVert {X} \rVert = 1", "unit_vector", "V - X * (X @ V)"),
    Domain("away_from_one", _n, "v", _N, r"\lvert {X}_i \rvert \neq 1", "away_from_one"),
    Domain("zero_vector", _n, "v", r"\{{0\}}", "", "zero"),
    Domain("signs", _n, "v", r"\{{-1, 1\}}^{{{0}}}", "", "signs", "none"),
    # Matrices of any shape
    Domain("matrix", _m_n, "M", _MN, "", "normal"),
    Domain("positive_matrix", _m_n, "M", _MN, "{X}_{{ij}} > 0", "positive"),
    Domain("tall", _m_n, "M", _MN, r"\operatorname{{rank}} {X} = {1}", "full_rank",
           allows=lambda m, n: m > n),
    Domain("wide", _m_n, "M", _MN, r"\operatorname{{rank}} {X} = {0}", "full_rank",
           allows=lambda m, n: m < n),
    Domain("full_rank", _m_n, "M", _MN, r"\operatorname{{rank}} {X} = \min({0}, {1})", "full_rank"),
    Domain("distinct_singular_values", _m_n, "M", _MN,
           r"\sigma_i({X}) \neq \sigma_j({X}) \text{{ for }} i \neq j", "distinct_singular_values"),
    Domain("tall_distinct_singular_values", _m_n, "M", _MN,
           r"\sigma_0({X}) > \dots > \sigma_{{{1} - 1}}({X}) > 0", "distinct_singular_values",
           allows=lambda m, n: m > n),
    Domain("zero_matrix", _m_n, "M", r"\{{0\}}", "", "zero"),
    # Square matrices
    Domain("square", _n, "M", _NN, "", "square"),
    Domain("invertible", _n, "M", _NN, r"\det {X} \neq 0", "invertible"),
    Domain("positive_determinant", _n, "M", _NN, r"\det {X} > 0", "positive_determinant"),
    Domain("singular", _n, "M", _NN, r"\operatorname{{rank}} {X} = {0} - 1", "singular"),
    Domain("positive_stable", _n, "M", _NN, r"\operatorname{{Re}} \lambda_i({X}) > 0",
           "positive_stable"),
    Domain("symmetric", _n, "M", _NN, r"{X} = {X}^\top", "symmetric", _SYMMETRIC),
    Domain("distinct_eigenvalues", _n, "M", _NN,
           r"{X} = {X}^\top,\ \lambda_i({X}) \neq \lambda_j({X}) \text{{ for }} i \neq j",
           "distinct_eigenvalues", _SYMMETRIC),
    Domain("spd", _n, "M", _NN, r"{X} = {X}^\top \succ 0", "symmetric_positive_definite",
           _SYMMETRIC),
    Domain("covariance", _n, "M", _NN, r"{X} = {X}^\top \succ 0", "symmetric_positive_definite"),
    Domain("scalar_matrix", _n, "M", r"\{{c I : c > 0\}}", "", "scalar_matrix", _SYMMETRIC),
    Domain("skew_symmetric", _n, "M", _NN, r"{X} = -{X}^\top", "skew_symmetric", _SKEW),
    Domain("orthogonal", _n, "M", _NN, r"{X}^\top {X} = I", "orthogonal",
           "X @ (X.mT @ V - V.mT @ X) / 2"),
    Domain("lower_triangular", _n, "M", _NN,
           r"{X}_{{ij}} = 0 \text{{ for }} i < j,\ {X}_{{ii}} > 0", "lower_triangular", "V.tril()"),
    Domain("diagonal", _n, "M", _NN, r"{X}_{{ij}} = 0 \text{{ for }} i \neq j", "diagonal",
           "torch.diag(torch.diag(V))"),
    Domain("toeplitz", _n, "M", _NN, "{X}_{{ij}} = {X}_{{i+1,j+1}}", "toeplitz", _TOEPLITZ),
    # Complex
    Domain("complex_scalar", (), "s", _C, "", "complex_normal"),
    Domain("complex_vector", _n, "v", _CN, "", "complex_normal"),
    Domain("complex_matrix", _m_n, "M", _CMN, "", "complex_normal"),
    Domain("complex_invertible", _n, "M", _CNN, r"\det {X} \neq 0", "complex_invertible"),
    Domain("hermitian", _n, "M", _CNN, r"{X} = {X}^{{\mathsf{{H}}}}", "hermitian",
           "(V + V.mH) / 2"),
)
# fmt: on

DOMAINS = {row.name: row for row in _ROWS}
"""Every set, by name."""


@dataclass(frozen=True, eq=False)
class Declaration:
    """Variables and the set that they are in.

    Attributes
    ----------
    names : tuple of str
        The variables.
    domain : Domain
        The set.
    arguments : tuple of ~autodiff_notes.notation.Expression
        Its sizes, as expressions in the symbols of sizes.
    constant : bool
        Whether the variables stand still when ``d`` is taken.
    """

    names: tuple[str, ...]
    domain: Domain
    arguments: tuple[Expression, ...]
    constant: bool = False

    @property
    def sizes(self) -> tuple[str, ...]:
        """The symbols of sizes that occur, each once."""
        return tuple(dict.fromkeys(n for e in self.arguments for n in sorted(e.names)))

    @property
    def latex(self) -> str:
        """The declaration in LaTeX."""
        sizes = [latex(e) for e in self.arguments]
        letters = [letter(name) for name in self.names]
        relation = r"\colon\:" if self.domain.kind == "f" else r"\in"
        space = self.domain.space.format(*self._factors(sizes))
        space = rf"{', '.join(letters)} {relation} {space}"
        conditions = [self._condition(X, sizes) for X in letters]
        return r",\ ".join([space, *filter(None, conditions)])

    def _factors(self, sizes: list[str]) -> list[str]:
        """Return the sizes as they stand beside a cross."""
        if r"\times" not in self.domain.space:
            return sizes
        return [f"({size})" if " + " in size or " - " in size else size for size in sizes]

    def _condition(self, X: str, sizes: list[str]) -> str:
        """Return what holds of one variable; a name with an index gets no second one."""
        text = self.domain.condition.format(*sizes, X=X)
        return text.replace(f"{X}_", f"({X})_") if "_" in X else text

    def shape(self, binding: Mapping[str, int]) -> tuple[int, ...]:
        """Return the sizes as numbers."""
        names = {"__builtins__": {}, **binding}
        return tuple(int(eval(code, names)) for code in self._codes)

    @cached_property
    def _codes(self) -> tuple[CodeType, ...]:
        """The sizes, compiled."""
        return tuple(compiled(e) for e in self.arguments)

    def allows(self, binding: Mapping[str, int]) -> bool:
        """Return whether there are points of these sizes."""
        shape = self.shape(binding)
        return all(size >= 1 for size in shape) and self.domain.allows(*shape)


_DECLARATION = re.compile(
    r"(?P<constant>constant\s+)?(?P<names>\w+(\s*,\s*\w+)*)\s+in\s+"
    r"(?P<domain>\w+)\s*\((?P<sizes>.*)\)"
)


def declare(text: str, declared: Collection[str] = ()) -> Declaration:
    """Read a declaration.

    Parameters
    ----------
    text : str
        ``X, Y in matrix(m, n)``, or ``constant X in ...`` for what does not vary.
    declared : list of str
        The variables that have been declared before; they are no symbols of sizes.

    Raises
    ------
    NotationError
        If it is not a declaration; the message says what is known.

    Examples
    --------
    >>> declare("X in invertable(n)")
    Traceback (most recent call last):
        ...
    autodiff_notes.notation.reading.NotationError: line 1, column 1:
    there is no domain 'invertable'; did you mean 'invertible'?
    """
    parts = _DECLARATION.fullmatch(text.strip())
    if not parts:
        raise NotationError("a declaration reads: X, Y in matrix(m, n)")
    domain = DOMAINS.get(parts["domain"])
    if not domain:
        near = get_close_matches(parts["domain"], DOMAINS, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(DOMAINS)}"
        raise NotationError(f"there is no domain {parts['domain']!r}; {hint}")
    names = tuple(name.strip() for name in parts["names"].split(","))
    for place, name in enumerate(names):
        refuse_name(name)
        if name in declared or name in names[:place]:
            raise NotationError(f"{name!r} is declared twice")
    arguments = _sizes(parts["sizes"], domain, {*declared, *names})
    constant = bool(parts["constant"]) or domain.tangent == "none"
    return Declaration(names, domain, arguments, constant)


def _sizes(text: str, domain: Domain, variables: Collection[str]) -> tuple[Expression, ...]:
    """Read the sizes of a set; a name that is no variable is the symbol of a size."""
    sources = [source for source in text.split(",") if source.strip()]
    if len(sources) != len(domain.parameters):
        form = f"{domain.name}({', '.join(domain.parameters)})"
        raise NotationError(f"{domain.name} takes {len(domain.parameters)} sizes: {form}")
    arguments = []
    for source in sources:
        symbols = {name: "k" for name in _names(source) if name not in variables}
        size = read(source.strip(), symbols)
        if size.kind != "k":
            raise NotationError(f"{source.strip()!r} is no size")
        arguments.append(size)
    return tuple(arguments)


def _names(source: str) -> list[str]:
    """Return the names in a text, as far as it can be read at all."""
    return re.findall(r"[^\W\d]\w*", source)
