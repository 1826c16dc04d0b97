"""NumPy and JAX code for what was derived, from one template a word.

A template is NumPy's, with a place for each argument; where JAX has the same function under ``jnp``
nothing else is written. Torch code comes from the vocabulary itself.

>>> from autodiff_notes.notation import read
>>> code("numpy", read("inner(inv(X).mT, V)", {"X": "M", "V": "M"}))
'np.sum(np.linalg.inv(X).mT * V)'
>>> code("jax", read("sigmoid(x)", {"x": "v"}))
'jax.nn.sigmoid(x)'
"""

import ast
import re
from collections.abc import Mapping, Sequence

from autodiff_notes.deriving.outcome import NotSupported
from autodiff_notes.notation import Expression, read
from autodiff_notes.notation.coding import fill
from autodiff_notes.notation.reading import called_name
from autodiff_notes.notation.sets import Declaration

__all__ = ["ENGINES", "WORDS", "code", "module"]

ENGINES = {
    "numpy": {"np": "import numpy as np", "scipy": "import scipy"},
    "jax": {"jnp": "import jax.numpy as jnp", "jax": "import jax"},
}
"""The modules that code may name, with how each is imported."""

_SAME = "exp log sin cos tan sinh cosh tanh arctan sign sqrt abs conj maximum minimum mean max min"
_EIGEN = "np.linalg.eigh({0})"
_SVD = "np.linalg.svd({0}, full_matrices=False)"
_COF = (
    "(lambda U, s, Vh: np.linalg.det(U) * np.linalg.det(Vh) "
    "* (U * np.array([np.prod(np.delete(s, i)) for i in range(len(s))])) @ Vh)"
)
_MIDDLE = "(len({0}) - 1) // 2"

# fmt: off
WORDS: dict[str, tuple[str, ...]] = {word: (f"np.{word}({{0}})",) for word in _SAME.split()} | {
    # The word, NumPy's template, and JAX's where it is another one
    "maximum": ("np.maximum({0}, {1})",),
    "minimum": ("np.minimum({0}, {1})",),
    "re": ("np.real({0})",),
    "im": ("np.imag({0})",),
    "abs2": ("np.abs({0}) ** 2",),
    "erf": ("scipy.special.erf({0})", "jax.scipy.special.erf({0})"),
    "sigmoid": ("scipy.special.expit({0})", "jax.nn.sigmoid({0})"),
    "softplus": ("np.logaddexp({0}, 0)",),
    "relu": ("np.maximum({0}, 0)",),
    "lgamma": ("scipy.special.gammaln({0})", "jax.scipy.special.gammaln({0})"),
    "digamma": ("scipy.special.digamma({0})", "jax.scipy.special.digamma({0})"),
    "clamp": ("np.clip({0}, {1}, {2})",),
    "huber": ("np.where(np.abs({0}) <= {1}, {0} ** 2 / 2, {1} * (np.abs({0}) - {1} / 2))",),
    "softmax": ("scipy.special.softmax({0})", "jax.nn.softmax({0})"),
    "logsumexp": ("scipy.special.logsumexp({0})", "jax.scipy.special.logsumexp({0})"),
    "outer": ("np.outer({0}, {1})",),
    "Diag": ("np.diag({0})",),
    "diag": ("np.diag({0})",),
    "toeplitz": (
        f"scipy.linalg.toeplitz({{0}}[{_MIDDLE}::-1], {{0}}[{_MIDDLE}:])",
        f"jax.scipy.linalg.toeplitz({{0}}[{_MIDDLE}::-1], {{0}}[{_MIDDLE}:])",
    ),
    "diagonal_sums": ("np.array([np.trace({0}, k) for k in range(1 - len({0}), len({0}))])",),
    "diagonal_means": ("np.array([np.mean(np.diag({0}, k)) for k in range(1 - len({0}), len({0}))])",),
    "inner": ("np.sum({0} * {1})",),
    "norm": ("np.linalg.norm({0})",),
    "norm v r -> s": ("np.linalg.norm({0}, {1})",),
    "nuclear": ("np.linalg.norm({0}, 'nuc')",),
    "spectral": ("np.linalg.norm({0}, 2)",),
    "tr": ("np.trace({0})",),
    "det": ("np.linalg.det({0})",),
    "expanded_det": ("np.linalg.det({0})",),
    "logdet": ("np.linalg.slogdet({0})[1]",),
    "logabsdet": ("np.linalg.slogdet({0})[1]",),
    "vec": ("{0}.flatten()",),
    "inv": ("np.linalg.inv({0})",),
    "pinv": ("np.linalg.pinv({0})",),
    "solve": ("np.linalg.solve({0}, {1})",),
    "sylvester": (
        "scipy.linalg.solve_sylvester({0}, {1}, {2})",
        "jnp.linalg.solve(jnp.kron({0}, jnp.eye(len({1}))) + jnp.kron(jnp.eye(len({0})), {1}.mT), {2}.flatten()).reshape({2}.shape)",
    ),
    "cof": (f"{_COF}(*np.linalg.svd({{0}}))",),
    "adj": (f"{_COF}(*np.linalg.svd({{0}})).mT",),
    "sym": ("(({0} + {0}.mT) / 2)",),
    "skew": ("(({0} - {0}.mT) / 2)",),
    "tril": ("np.tril({0})",),
    "triu": ("np.triu({0})",),
    "Phi": ("(np.tril({0}) - np.diag(np.diag({0})) / 2)",),
    "kron": ("np.kron({0}, {1})",),
    "cholesky": ("np.linalg.cholesky({0})",),
    "matrix_power": ("np.linalg.matrix_power({0}, {1})",),
    "expm": ("scipy.linalg.expm({0})", "jax.scipy.linalg.expm({0})"),
    "sinm": ("scipy.linalg.sinm({0})", "jnp.imag(jax.scipy.linalg.expm(1j * {0}))"),
    "cosm": ("scipy.linalg.cosm({0})", "jnp.real(jax.scipy.linalg.expm(1j * {0}))"),
    "sqrtm": (f"(lambda w, V: V * np.sqrt(w) @ V.mT)(*{_EIGEN})",),
    "logm": (f"(lambda w, V: V * np.log(w) @ V.mT)(*{_EIGEN})",),
    "frechet_expm": (
        "scipy.linalg.expm_frechet({0}, {1}, compute_expm=False)",
        "jax.scipy.linalg.expm_frechet({0}, {1}, compute_expm=False)",
    ),
    "eigenvalues": ("np.linalg.eigvalsh({0})",),
    "eigenvectors": (f"{_EIGEN}[1]",),
    "singular_values": ("np.linalg.svd({0}, compute_uv=False)",),
    "left_singular": (f"{_SVD}[0]",),
    "right_singular": (f"{_SVD}[2].mT",),
    "perron_value": ("np.max(np.linalg.eigvals({0}).real)",),
    "perron_vector": ("(lambda w, V: np.abs(V[:, w.real.argmax()].real))(*np.linalg.eig({0}))",),
    "I": ("np.eye({0})",),
    "ones": ("np.ones({0})",),
    "ones k k -> M": ("np.ones(({0}, {1}))",),
    "zeros": ("np.zeros({0})",),
    "zeros k k -> M": ("np.zeros(({0}, {1}))",),
    "basis": ("np.eye({1})[{0}]",),
}
# fmt: on
"""Every word, or a word with a signature of its own, with NumPy's template and JAX's."""


def code(engine: str, expression: Expression) -> str:
    """Return the code of an expression in the words of an engine, on one line.

    Parameters
    ----------
    engine : str
        A key of :data:`ENGINES`.
    expression : ~autodiff_notes.notation.Expression
        A function or a gradient; names stay names.
    """
    return ast.unparse(ast.fix_missing_locations(_Coder(engine, expression).visit(expression.tree)))


class _Coder(ast.NodeTransformer):
    """Rewrites a copy of one expression."""

    def __init__(self, engine: str, expression: Expression) -> None:
        self.engine, self.expression = engine, expression

    def fill(self, template: str, *arguments: ast.expr) -> ast.expr:
        """Return a template of NumPy's in the words of the engine."""
        if self.engine == "jax":
            template = re.sub(r"\bnp\.", "jnp.", template)
        return fill(template, *arguments)

    def visit(self, node: ast.AST) -> ast.AST:
        """Rewrite a copy: the expression stays as it is."""
        if isinstance(node, ast.Name | ast.Call):
            rewritten: ast.AST = super().visit(node)
            return rewritten
        if isinstance(node, ast.Attribute) and node.attr == "mH":  # torch alone has it
            return self.fill("{0}.mT.conj()", self.visit(node.value))  # type: ignore[arg-type]
        fields = {name: self._part(part) for name, part in ast.iter_fields(node)}
        return type(node)(**fields)

    def _part(self, part: object) -> object:
        if isinstance(part, list):
            return [*map(self._part, part)]
        return self.visit(part) if isinstance(part, ast.AST) else part

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Rewrite a constant; any other name stays."""
        known = node.id in self.expression.variables
        return self.fill("np.pi") if node.id == "pi" and not known else ast.Name(node.id, node.ctx)

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Rewrite a word."""
        word = called_name(node)
        arguments: list[ast.expr] = [self.visit(a) for a in node.args]  # type: ignore[misc]
        if word in {"block", "array"}:
            return self.fill(f"np.{word}({{0}})", *arguments)
        if word == "range":
            return ast.Call(ast.Name("range", ast.Load()), arguments, [])
        if word in {"sum", "prod"}:
            if not isinstance(arguments[0], ast.GeneratorExp):
                return self.fill(f"np.{word}({{0}})", *arguments)
            if word == "sum":
                return ast.Call(ast.Name("sum", ast.Load()), arguments, [])
            terms = ast.ListComp(arguments[0].elt, arguments[0].generators)
            return self.fill("np.prod(np.array({0}))", terms)
        row = self.expression.words.get(node)
        if row is None:
            raise NotSupported(f"{self.engine} code for {word}(...)")
        templates = WORDS.get(f"{word} {row.signature}") or WORDS[word]
        return self.fill(templates[-1 if self.engine == "jax" else 0], *arguments)


def module(
    engine: str,
    function: str,
    gradients: Mapping[str, str],
    where: Mapping[str, str],
    declarations: Sequence[Declaration],
) -> str:
    """Return a module with a function and its gradient, to be copied.

    Parameters
    ----------
    engine : str
        A key of :data:`ENGINES`.
    function : str
        The function.
    gradients, where : dict of str to str
        The gradients, and the names in them.
    declarations : tuple of ~autodiff_notes.notation.sets.Declaration
        The variables.
    """
    kinds: dict[str, str] = {size: "k" for d in declarations for size in d.sizes}
    kinds |= {name: d.domain.kind for d in declarations for name in d.names}
    for name, text in where.items():
        kinds[name] = read(text, kinds).kind
    named = {name: code(engine, read(text, kinds)) for name, text in where.items()}
    parts = [
        _function(name, [code(engine, read(text, kinds)) for text in texts], named, declarations)
        for name, texts in (("f", [function]), ("gradient", list(gradients.values())))
    ]
    body = "\n\n\n".join(parts)
    imports = [line for name, line in ENGINES[engine].items() if re.search(rf"\b{name}\.", body)]
    return "\n".join(imports) + f"\n\n\n{body}\n"


def _function(
    name: str, values: Sequence[str], named: Mapping[str, str], declarations: Sequence[Declaration]
) -> str:
    """Return a function that returns these values."""
    used: dict[str, str] = {}
    for letter, text in reversed(list(named.items())):
        if re.search(rf"\b{letter}\b", " ".join([*values, *used.values()])):
            used[letter] = text
    lines = [f"{letter} = {text}" for letter, text in reversed(used.items())]
    body = " ".join([*values, *used.values()])
    parameters = [n for d in declarations for n in d.names]
    sizes = [
        f"{size} = {_where(size, declarations)}"
        for size in dict.fromkeys(size for d in declarations for size in d.sizes)
        if re.search(rf"\b{size}\b", body)
    ]
    heading = f"def {name}({', '.join(parameters)}):"
    return "\n    ".join([heading, *sizes, *lines, f"return {', '.join(values)}"])


def _where(size: str, declarations: Sequence[Declaration]) -> str:
    """Return where a size can be read."""
    for d in declarations:
        for place, argument in enumerate(d.arguments):
            if argument.source == size and d.domain.kind in {"v", "M"}:
                return f"{d.names[0]}.shape[{place}]"
    raise NotSupported(f"code: no variable has the size {size}; declare one that has")
