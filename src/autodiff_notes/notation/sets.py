r"""Where the variables of a formula live: ``X in positive_determinant(n)``.

:data:`DOMAINS` has one row for each set: its name, how it is written in LaTeX, which function of
:mod:`autodiff_notes.evaluation.samplers` draws a point from it, and the structure of its points.
:data:`STRUCTURES` has one row for each structure: in which directions a point may move, and what
its free entries are. Nothing here imports torch.

>>> declaration = declare("X in tall(m, n)")
>>> declaration.latex
'X \\in \\mathbb{R}^{m \\times n},\\ \\operatorname{rank} X = n'
>>> declaration.names, declaration.domain.kind, declaration.sizes
(('X',), 'M', ('m', 'n'))
>>> STRUCTURES["symmetric"].tangent, STRUCTURES["symmetric"].words
('sym(V)', 'an entry moves together with its mirror image')
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from types import CodeType

from autodiff_notes.notation import Expression, Kind, NotationError, compiled, latex, letter, read
from autodiff_notes.notation.reading import refuse_name
from autodiff_notes.tables import suggestion

__all__ = ["DOMAINS", "STRUCTURES", "Declaration", "Domain", "Structure", "declare"]


@dataclass(frozen=True)
class Structure:
    """How the entries of a point hang together; all its formulas are in the notation.

    Attributes
    ----------
    tangent : str
        The direction in which a point X may move that is nearest to any direction V, for vectors
        and matrices of size n: a linear projection. Empty for what does not move.
    free : str
        How all entries move when the free ones move as those of V do, again linear in V. Empty
        where no gradient is listed by free entries.
    pairing : str
        The sum over the free entries of ``{X}``: the partial derivative, an entry of ``{G}``, times
        the differential. The size is ``{n}``.
    words : str
        What moves together, for a reader.
    """

    tangent: str
    free: str = ""
    pairing: str = ""
    words: str = ""


# fmt: off
STRUCTURES = {
    "any": Structure("V"),
    "fixed": Structure(""),
    # Vectors
    "total": Structure("V - mean(V) * ones(n)"),
    "length": Structure("V - (X @ V) * X"),
    # Matrices
    "symmetric": Structure(
        "sym(V)",
        "2 * sym(V) - Diag(diag(V))",
        "sum(({G})[i, j] * d({X})[i, j] for i in range({n}) for j in range(i + 1))",
        "an entry moves together with its mirror image",
    ),
    "skew": Structure("skew(V)"),
    "orthogonal": Structure("X @ skew(X.mT @ V)"),
    "triangular": Structure("tril(V)"),
    "diagonal": Structure(
        "Diag(diag(V))", "Diag(diag(V))", "inner({G}, d({X}))", "the diagonal moves alone"
    ),
    "toeplitz": Structure(
        "toeplitz(diagonal_means(V))",
        "toeplitz(diagonal_sums(V))",
        "sum(({G})[0, j] * d({X})[0, j] for j in range({n})) "
        "+ sum(({G})[i, 0] * d({X})[i, 0] for i in range(1, {n}))",
        "an entry moves together with its diagonal",
    ),
    "hermitian": Structure("(V + V.mH) / 2"),
}
# fmt: on
"""Every structure, by name."""


@dataclass(frozen=True)
class Domain:
    r"""One row of the table of sets.

    Attributes
    ----------
    name : str
        What an author writes.
    parameters : tuple of str
        The sizes that it takes.
    kind : ~autodiff_notes.notation.Kind
        The kind of its points.
    space : str
        The space around it in LaTeX, ``{0}`` and ``{1}`` being the sizes.
    condition : str
        What holds of a point ``{X}``, in LaTeX.
    sampler : str
        The name of a function in :mod:`autodiff_notes.evaluation.samplers`.
    structure : str
        How the entries of a point hang together, a key of :data:`STRUCTURES`.
    allows : callable
        Whether the set has points for these sizes.
    """

    name: str
    parameters: tuple[str, ...]
    kind: Kind
    space: str
    condition: str
    sampler: str
    structure: str = "any"
    allows: Callable[..., bool] = lambda *_: True

    @property
    def complex(self) -> bool:
        """Whether the points have complex entries."""
        return self.space.startswith(_C)

    @property
    def moves(self) -> bool:
        """Whether a point can move at all."""
        return bool(STRUCTURES[self.structure].tangent)


_R, _C = r"\mathbb{{R}}", r"\mathbb{{C}}"
_N, _CN = _R + "^{{{0}}}", _C + "^{{{0}}}"
_MN, _CMN = _R + r"^{{{0} \times {1}}}", _C + r"^{{{0} \times {1}}}"
_NN, _CNN = _R + r"^{{{0} \times {0}}}", _C + r"^{{{0} \times {0}}}"
_k, _r, _f, _s, _v, _M = map(Kind, "krfsvM")
_n, _m_n = ("n",), ("m", "n")

# fmt: off
_ROWS = (
    # Numbers
    Domain("scalar", (), _s, _R, "", "normal"),
    Domain("positive_scalar", (), _s, _R, "{X} > 0", "positive"),
    Domain("nonzero_scalar", (), _s, _R, r"{X} \neq 0", "nonzero"),
    Domain("proportion", (), _s, _R, "0 < {X} < 1", "proportion"),
    Domain("small", (), _s, _R, r"{X} \to 0", "small"),
    Domain("natural", (), _k, r"\mathbb{{N}}", r"{X} \geq 1", "natural", "fixed"),
    Domain("index", _n, _k, r"\{{0, \dots, {0} - 1\}}", "", "index", "fixed"),
    Domain("order", (), _r, _R, r"{X} \geq 1", "order", "fixed"),
    # Functions of a number
    Domain("analytic", (), _f, r"\mathbb{{R}} \to \mathbb{{R}}", r"\text{{analytic}}", "analytic",
           "fixed"),
    # Vectors
    Domain("vector", _n, _v, _N, "", "normal"),
    Domain("positive", _n, _v, _N, "{X} > 0", "positive"),
    Domain("nonzero", _n, _v, _N, r"{X}_i \neq 0", "nonzero"),
    Domain("nonzero_vector", _n, _v, _N, r"{X} \neq 0", "nonzero"),
    Domain("proportions", _n, _v, _N, "0 < {X}_i < 1", "proportion"),
    Domain("probability", _n, _v, _N, r"{X} > 0,\ \mathbf{{1}}^\top {X} = 1", "probability",
           "total"),
    Domain("unit_vector", _n, _v, _N, r"\lVert {X} \rVert = 1", "unit_vector", "length"),
    Domain("away_from_one", _n, _v, _N, r"\lvert {X}_i \rvert \neq 1", "away_from_one"),
    Domain("zero_vector", _n, _v, r"\{{0\}}", "", "zero"),
    Domain("signs", _n, _v, r"\{{-1, 1\}}^{{{0}}}", "", "signs", "fixed"),
    # Matrices of any shape
    Domain("matrix", _m_n, _M, _MN, "", "normal"),
    Domain("positive_matrix", _m_n, _M, _MN, "{X}_{{ij}} > 0", "positive"),
    Domain("tall", _m_n, _M, _MN, r"\operatorname{{rank}} {X} = {1}", "full_rank",
           allows=lambda m, n: m > n),
    Domain("wide", _m_n, _M, _MN, r"\operatorname{{rank}} {X} = {0}", "full_rank",
           allows=lambda m, n: m < n),
    Domain("full_rank", _m_n, _M, _MN, r"\operatorname{{rank}} {X} = \min({0}, {1})", "full_rank"),
    Domain("distinct_singular_values", _m_n, _M, _MN,
           r"{X} \neq 0,\ \sigma_i({X}) \neq \sigma_j({X}) \text{{ for }} i \neq j", "distinct_singular_values"),
    Domain("tall_distinct_singular_values", _m_n, _M, _MN,
           r"\sigma_0({X}) > \dots > \sigma_{{{1} - 1}}({X}) > 0", "distinct_singular_values",
           allows=lambda m, n: m > n),
    Domain("zero_matrix", _m_n, _M, r"\{{0\}}", "", "zero"),
    # Square matrices
    Domain("square", _n, _M, _NN, "", "square"),
    Domain("invertible", _n, _M, _NN, r"\det {X} \neq 0", "invertible"),
    Domain("positive_determinant", _n, _M, _NN, r"\det {X} > 0", "positive_determinant"),
    Domain("singular", _n, _M, _NN, r"\operatorname{{rank}} {X} = {0} - 1", "singular"),
    Domain("positive_definite", _n, _M, _NN, r"{X} + {X}^\top \succ 0", "positive_definite"),
    Domain("symmetric", _n, _M, _NN, r"{X} = {X}^\top", "symmetric", "symmetric"),
    Domain("distinct_eigenvalues", _n, _M, _NN,
           r"{X} = {X}^\top,\ \lambda_i({X}) \neq \lambda_j({X}) \text{{ for }} i \neq j",
           "distinct_eigenvalues", "symmetric"),
    Domain("spd", _n, _M, _NN, r"{X} = {X}^\top \succ 0", "symmetric_positive_definite",
           "symmetric"),
    Domain("covariance", _n, _M, _NN, r"{X} = {X}^\top \succ 0", "symmetric_positive_definite"),
    Domain("scalar_matrix", _n, _M, r"\{{c I : c > 0\}}", "", "scalar_matrix", "symmetric"),
    Domain("skew_symmetric", _n, _M, _NN, r"{X} = -{X}^\top", "skew_symmetric", "skew"),
    Domain("orthogonal", _n, _M, _NN, r"{X}^\top {X} = I", "orthogonal", "orthogonal"),
    Domain("lower_triangular", _n, _M, _NN,
           r"{X}_{{ij}} = 0 \text{{ for }} i < j,\ {X}_{{ii}} > 0", "lower_triangular",
           "triangular"),
    Domain("invertible_triangular", _n, _M, _NN,
           r"{X}_{{ij}} = 0 \text{{ for }} i < j,\ {X}_{{ii}} \neq 0", "invertible_triangular",
           "triangular"),
    Domain("diagonal", _n, _M, _NN, r"{X}_{{ij}} = 0 \text{{ for }} i \neq j", "diagonal",
           "diagonal"),
    Domain("toeplitz", _n, _M, _NN, "{X}_{{ij}} = {X}_{{i+1,j+1}}", "toeplitz", "toeplitz"),
    # Complex
    Domain("complex_scalar", (), _s, _C, "", "complex_normal"),
    Domain("complex_vector", _n, _v, _CN, "", "complex_normal"),
    Domain("complex_matrix", _m_n, _M, _CMN, "", "complex_normal"),
    Domain("complex_invertible", _n, _M, _CNN, r"\det {X} \neq 0", "complex_invertible"),
    Domain("hermitian", _n, _M, _CNN, r"{X} = {X}^{{\mathsf{{H}}}}", "hermitian",
           "hermitian"),
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
    def source(self) -> str:
        """The declaration in the notation."""
        mark = "constant " if self.constant and self.domain.moves else ""
        sizes = ", ".join(size.source for size in self.arguments)
        return f"{mark}{', '.join(self.names)} in {self.domain.name}({sizes})"

    def apart(self, moving: Collection[str]) -> Iterator["Declaration"]:
        """Yield a declaration for each variable, of which only those among ``moving`` move."""
        for name in self.names:
            yield replace(self, names=(name,), constant=self.constant or name not in moving)

    @property
    def latex(self) -> str:
        """The declaration in LaTeX."""
        sizes = [latex(e) for e in self.arguments]
        letters = [letter(name) for name in self.names]
        relation = r"\colon\:" if self.domain.kind is Kind.FUNCTION else r"\in"
        space = self.domain.space.format(*self._factors(sizes))
        space = rf"{', '.join(letters)} {relation} {space}"
        conditions = [self._condition(X, sizes) for X in letters]
        return r",\ ".join([space, *filter(None, conditions)])

    def _factors(self, sizes: list[str]) -> list[str]:
        if r"\times" not in self.domain.space:
            return sizes
        return [f"({size})" if " + " in size or " - " in size else size for size in sizes]

    def _condition(self, X: str, sizes: list[str]) -> str:
        # The condition on one variable; a name with an index gets no second one.
        text = self.domain.condition.format(*sizes, X=X)
        return text.replace(f"{X}_", f"({X})_") if "_" in X else text

    def shape(self, binding: Mapping[str, int]) -> tuple[int, ...]:
        """Return the sizes as numbers."""
        names = {"__builtins__": {}, **binding}
        return tuple(int(eval(code, names)) for code in self._codes)

    @cached_property
    def _codes(self) -> tuple[CodeType, ...]:
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
        hint = suggestion(parts["domain"], DOMAINS) or f"there are {', '.join(DOMAINS)}"
        raise NotationError(f"there is no domain {parts['domain']!r}; {hint}")
    names = tuple(name.strip() for name in parts["names"].split(","))
    for place, name in enumerate(names):
        refuse_name(name)
        if name in declared or name in names[:place]:
            raise NotationError(f"{name!r} is declared twice")
    arguments = _sizes(parts["sizes"], domain, {*declared, *names})
    constant = bool(parts["constant"]) or not domain.moves
    return Declaration(names, domain, arguments, constant)


def _sizes(text: str, domain: Domain, variables: Collection[str]) -> tuple[Expression, ...]:
    """Read the sizes of a set; a name that is no variable is the symbol of a size."""
    sources = [source for source in text.split(",") if source.strip()]
    if len(sources) != len(domain.parameters):
        form = f"{domain.name}({', '.join(domain.parameters)})"
        raise NotationError(f"{domain.name} takes {len(domain.parameters)} sizes: {form}")
    arguments = []
    for source in sources:
        size = _size(source.strip(), frozenset(_names(source)) - frozenset(variables))
        if size.kind is not Kind.INTEGER:
            raise NotationError(f"{source.strip()!r} is no size")
        arguments.append(size)
    return tuple(arguments)


@lru_cache(256)  # there are few sizes, and they are declared again and again
def _size(source: str, symbols: frozenset[str]) -> Expression:
    return read(source, dict.fromkeys(symbols, Kind.INTEGER))


def _names(source: str) -> list[str]:
    return re.findall(r"[^\W\d]\w*", source)
