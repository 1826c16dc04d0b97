"""Derive a gradient: from the text of a function to the text of its derivation.

>>> found = derive("x @ A @ x / (x @ x)", ("x in nonzero(n)", "constant A in symmetric(n)"))
>>> found.gradients
{'x': '2 * (A @ x / (x @ x) - (x @ A @ x) * x / (x @ x) ** 2)'}
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from autodiff_notes.deriving import terms
from autodiff_notes.deriving.derived import Derived
from autodiff_notes.deriving.domains import refuse_missing_domain
from autodiff_notes.deriving.jacobians import jacobian
from autodiff_notes.deriving.naming import Candidate, candidates, letter_for
from autodiff_notes.deriving.outcome import NotSupported
from autodiff_notes.deriving.problem import Problem, pose
from autodiff_notes.deriving.spaces import by_free_entries, projected, reason_of
from autodiff_notes.deriving.steps import COLLECTED, Steps, paired, steps
from autodiff_notes.deriving.terms import Term
from autodiff_notes.deriving.tidy import tidied
from autodiff_notes.deriving.writing import write
from autodiff_notes.notation.reading import LONGEST
from autodiff_notes.notation.sets import STRUCTURES, Declaration

__all__ = ["derive"]

PATIENCE = 5_000
"""Names are looked for by deriving again, unless it took more terms than this."""

WIDE = 75
"""Characters between two inner products beyond which names are looked for: what a page sets."""

NAMES, MOST = 3, 10
"""More names are no help to a reader; what no line has room for gets as many as it takes."""

READ_OFF, TRACE = "read off", r"$\operatorname{tr}(A^\top B) = \langle A, B\rangle$"


def derive(
    function: str,
    variables: Sequence[str],
    *,
    where: Mapping[str, str] = MappingProxyType({}),
    free: str = "",
) -> Derived:
    r"""Derive the gradient of a function by every variable that moves.

    Parameters
    ----------
    function : str
        An expression of the notation. For a vector the Jacobian is derived, and a matrix is laid
        out row by row.
    variables : tuple of str
        Declarations such as ``"X in invertible(n)"`` and ``"constant A, B in matrix(m, n)"``.
    where : dict of str to str
        Names for other expressions; they are kept where they shorten, and more are found where
        lines are long.
    free : str
        For a structured matrix: the partial derivatives by its free entries instead of the
        gradient, a structure of :data:`autodiff_notes.notation.sets.STRUCTURES`.

    Returns
    -------
    ~autodiff_notes.deriving.derived.Derived
        The gradients, and a derivation of which every equals sign can be executed.

    Raises
    ------
    NotationError
        If a text is not in the notation.
    NotSupported
        If there is no rule; the message says for which word, and what there is.
    DomainNeeded
        If a word is not defined where a variable was declared; it offers a set where it is.

    Examples
    --------
    >>> print(derive("logdet(X)", ("X in positive_determinant(n)",)))
    X in positive_determinant(n)
    <BLANKLINE>
    d(logdet(X))
    = tr(inv(X) @ d(X))  # [the log-determinant](#log-det)
    = inner(inv(X).mT, d(X))  # $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
    <BLANKLINE>
    """
    problem = pose(function, variables, where, free)
    refuse_missing_domain(problem)
    (found, more), work = _derived(problem)
    for number in range(MOST):
        hasty = _is_too_long(found)
        if not hasty and (number >= NAMES or work > PATIENCE):
            break
        shorter = _with_name(problem, found, more, hasty=hasty)
        if shorter is None:
            break
        problem, found, more = shorter
    if _is_too_long(found):
        raise NotSupported(
            f"the derivation has a line of more than {LONGEST} characters; names for parts of the "
            "function, as where= takes them, make it shorter"
        )
    return found


Attempt = tuple[Derived, list[Candidate]]


def _derived(problem: Problem) -> tuple[Attempt, int]:
    with terms.algebra() as now:
        f, names = problem.as_terms(now)
        return (_vector if f.rank else _scalar)(problem, f, names), now.made


def _with_name(
    problem: Problem, found: Derived, more: Sequence[Candidate], *, hasty: bool
) -> tuple[Problem, Derived, list[Candidate]] | None:
    """Return a derivation with one more name, the best that makes it clearly shorter.

    In haste it is the first that makes it shorter at all.
    """
    if _widest(found) <= WIDE:
        return None
    taken = {*problem.kinds, *problem.where, *re.findall(r"\w+", found.text)}
    best = None
    for candidate in more:
        letter = letter_for(candidate, taken)
        if not letter or len(candidate[0]) > LONGEST:
            break
        named = problem.with_name(letter, candidate[0])
        attempt, _ = _derived(named)
        if letter in attempt[0].where and (
            best is None or len(attempt[0].text) < len(best[1].text)
        ):
            best = named, *attempt
        if hasty and best and len(best[1].text) < len(found.text):
            return best
    return best if best and len(best[1].text) < 0.95 * len(found.text) else None


def _is_too_long(found: Derived) -> bool:
    return any(len(line.partition("#")[0]) > LONGEST for line in found.text.split("\n"))


def _widest(found: Derived) -> int:
    # A page breaks a line at these places, so that the width is that between them.
    lines = (line.partition("#")[0] for chain in found.chains for line in chain.split("\n"))
    return max(len(part) for line in lines for part in line.split(" + inner("))


# A number


def _scalar(problem: Problem, f: Term, names: Mapping[str, Term]) -> Attempt:
    """Return the derivation of a number."""
    laws = list(terms.algebra_now().used)
    found = steps(f)
    gradients, reasons = {}, []
    for name, declared in problem.moving.items():
        x = names[name]
        G = found.cotangents.get(x, terms.zero(x.shape))
        settled = _settled(G)
        if settled is not G:
            reasons.append("the matrix is symmetric")
        if problem.free and x.rank == 2:
            gradients[name] = by_free_entries(x, settled, problem.free)
            reasons.append("each free entry once")
        else:
            gradients[name] = projected(x, settled, declared)
            if gradients[name] is not settled:
                reasons.append(reason_of(declared, name))
    written = {name: write(G) for name, G in gradients.items()}
    ending = _ending(gradients, problem)
    if not found.lines:
        reasons = reasons or (["linear"] if f.moves else ["nothing in it moves"])
    chains = _chains(problem, found, laws, f"= {ending}", reasons)
    lines = [*(step.whole for step in found.lines), *gradients.values()]
    return _result(problem, written, chains), candidates(lines, f)


def _chains(
    problem: Problem, found: Steps, laws: Sequence[str], ending: str, reasons: Sequence[str]
) -> list[str]:
    """Return the lines; where they get long, what is finished leaves them for a new chain."""
    chains = [[f"d({problem.function})"]]
    for number, step in enumerate(found.lines):
        used = [] if number else laws
        reason = ", ".join(dict.fromkeys([*used, *step.reason.split(", ")]))
        whole = f"= {write(step.whole)}"
        fits = len(whole) <= WIDE or terms.is_zero(step.finished) or len(chains[-1]) < 2
        if fits and len(chains) == 1:
            chains[-1].append(f"{whole}  # {reason}")
        elif step.reason != COLLECTED:
            chains.append([write(step.start), f"= {write(step.term)}  # {reason}"])
    last = terms.add(*(paired(G, x) for x, G in found.cotangents.items()))
    if len(chains) > 1:
        chains.append(chains[0][:1])
    elif (
        reasons
        and not terms.is_zero(last)
        and (not found.lines or found.lines[-1].whole is not last)
    ) and (found.lines or "linear" not in reasons):
        chains[-1].append(f"= {write(last)}  # {COLLECTED if found.lines else 'linear'}")
    if len(chains[-1]) == 1 or reasons or not chains[-1][-1].startswith(f"{ending}  #"):
        together = "the lines above, collected" if len(chains) > 1 else _read_off(found)
        because = ", ".join(dict.fromkeys(reasons)) or together
        chains[-1].append(f"{ending}  # {because}")
    return ["\n".join(chain) for chain in chains]


def _read_off(found: Steps) -> str:
    """Return why the last line is an inner product."""
    term = found.lines[-1].whole if found.lines else terms.num(0)
    parts = terms.addends(term)
    traces = [any(a.op == "call" and a.args[0] == "tr" and a.has_d for a in p.nodes) for p in parts]
    return TRACE if all(traces) else READ_OFF


def _settled(G: Term) -> Term:
    """Return a gradient at a symmetric matrix of which the differential is any matrix."""
    now = terms.algebra_now()
    covariances = {x for x in now.moving if now.sets.get(x) == "covariance"}
    if not covariances:
        return G
    now.memo = {}
    now.symmetric |= covariances
    settled = tidied(terms.substituted(G, {}))
    now.symmetric -= covariances
    now.memo = {}
    return settled


def _ending(gradients: Mapping[str, Term], problem: Problem) -> str:
    """Return the sum of the pairs; a number with a minus is taken away."""
    text = ""
    for name, G in gradients.items():
        number = not G.rank and not problem.moving[name].domain.complex
        taken = bool(text) and number and write(G).startswith("-")
        pair = _pair(write(terms.neg(G) if taken else G), name, problem, mixed=not G.is_complex)
        text += f" {'-' if taken else '+'} {pair}" if text else pair
    return text


def _pair(G: str, name: str, problem: Problem, *, mixed: bool) -> str:
    """Return the inner product of a gradient and the differential of its variable."""
    declared = problem.moving[name]
    kind = declared.domain.kind
    if problem.free and kind == "M":
        return _pairing(G, name, declared, problem)
    if declared.domain.complex:
        product = {
            "s": "conj({0}) * d({1})",
            "v": "sum(({0}) * d({1}))" if mixed else "conj({0}) @ d({1})",
        }
        return f"re({product.get(kind, 'sum(conj({0}) * d({1}))').format(G, name)})"
    return f"({G}) * d({name})" if kind == "s" else f"inner({G}, d({name}))"


def _pairing(G: str, name: str, declared: Declaration, problem: Problem) -> str:
    """Return the sum over the free entries, over indices that have no other meaning."""
    taken = {*re.findall(r"\w+", G), *problem.kinds, *problem.where}
    form = STRUCTURES[problem.free].pairing
    for index in "ij":
        if index in taken:
            other = next(letter for letter in "klpqrst" if letter not in taken)
            form = re.sub(rf"\b{index}\b", other, form)
            taken.add(other)
    return form.format(G=G, X=name, n=declared.sizes[0])


# A vector


def _vector(problem: Problem, f: Term, names: Mapping[str, Term]) -> Attempt:
    """Return the derivation of a Jacobian."""
    if f.is_complex:
        raise NotSupported(
            "the Jacobian of a complex function: there is one for real values; "
            "take re(...) and im(...), each by itself"
        )
    lines, matrices = jacobian(f, {names[n]: declared for n, declared in problem.moving.items()})
    written = {name: write(matrices[names[name]]) for name in problem.moving}
    pairs = (_applied(matrices[names[name]], names[name]) for name in written)
    text = [f"d({problem.function})", *(f"= {write(moved)}  # {reason}" for moved, reason in lines)]
    reasons = [
        reason_of(declared, name)
        for name, declared in problem.moving.items()
        if declared.domain.structure != "any"
    ]
    because = ", ".join(reasons) or (READ_OFF if lines else "linear")
    text.append(f"= {' + '.join(pairs)}  # {because}")
    everything = [*(moved for moved, _ in lines), *matrices.values()]
    return _result(problem, written, ["\n".join(text)]), candidates(everything, f)


def _applied(J: Term, x: Term) -> str:
    """Return a Jacobian times the differential of its variable."""
    column = f"d({write(x)})" if x.rank == 1 else f"vec(d({write(x)}))"
    if J.is_complex:
        return f"re(conj({write(J)}) @ {column})"
    return f"({write(J)}) @ " + (f"re({column})" if x.is_complex else column)


# The text


def _result(problem: Problem, gradients: Mapping[str, str], chains: Sequence[str]) -> Derived:
    """Return the derivation, with the names that occur in it."""
    text = " ".join(line.partition("#")[0] for chain in chains for line in chain.split("\n"))
    used: dict[str, str] = {}
    for name, expression in reversed(list(problem.where.items())):
        if re.search(rf"\b{name}\b", " ".join([text, *used.values()])):
            used[name] = expression.source
    return Derived(
        function=problem.function,
        variables=problem.variables,
        gradients=dict(gradients),
        where=dict(reversed(used.items())),
        chains=tuple(chains),
        free=problem.free,
    )
