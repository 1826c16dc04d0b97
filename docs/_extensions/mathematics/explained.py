"""What stands in a formula of the catalogue and has no name that everybody knows, in a sentence."""

from autodiff_notes.catalogue.entry import Entry

WORDS = {
    "sym": r"$\operatorname{sym} A = \tfrac12 (A + A^\top)$ is the symmetric part",
    "skew": r"$\operatorname{skew} A = \tfrac12 (A - A^\top)$ is the skew-symmetric part",
    "tril": r"$\operatorname{tril} A$ is the lower triangle with the diagonal, and zeros above it",
    "Diag": r"$\operatorname{Diag} v$ is the diagonal matrix with the entries of $v$",
    "diag": r"$\operatorname{diag} A$ is the vector of the diagonal entries",
    "sigmoid": r"$\sigma$ is the logistic function $1 / (1 + e^{-t})$",
    "singular_values": r"$\sigma(X)$ are the singular values, in descending order",
}
SIGNS = {
    r"\odot": r"$\odot$ multiplies entry by entry",
    r"\oslash": r"$\oslash$ divides entry by entry",
}
SUBSCRIPT = r"_{\odot}"  # a function of each entry, not a product


def explained(entry: Entry) -> str:
    """Return a sentence in Markdown about the words and signs of an entry, if there are any."""
    expressions = [entry.value, *entry.claims.values(), *entry.definitions.values()]
    used = {row.name for expression in expressions for row in expression.words.values()}
    formulas = [entry.latex, *map(entry.gradient_latex, entry.moving), *entry.where_latex]
    text = " ".join(formulas).replace(SUBSCRIPT, "")
    found = [words for name, words in WORDS.items() if name in used]
    found += [words for sign, words in SIGNS.items() if sign in text]
    return f"Here {', and '.join(found)}." if found else ""
