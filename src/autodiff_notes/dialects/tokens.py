# ruff: noqa: RUF001 - signs that people type and paste
r"""From a text to tokens, whatever it was written in, and tokens one by one.

>>> [token.text for token in tokens(r"x^\top A x")]
['x', '^', '\\top', 'A', 'x']
>>> [token.text for token in tokens("norm2(A*x-y)^2")]
['norm2', '(', 'A', '*', 'x', '-', 'y', ')', '^', '2']
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from autodiff_notes.dialects.spellings import REFUSED, known
from autodiff_notes.notation import NotationError
from autodiff_notes.notation.reading import LONGEST

__all__ = ["FENCES", "ONES", "Stream", "Token", "is_latex", "tokens"]


@dataclass(frozen=True)
class Token:
    """A piece of the text, and its place in it, counted from 1."""

    text: str
    column: int
    spaced: bool = False  # whether white space stands before it
    broken: bool = False  # whether a line ends before it, or LaTeX leaves a wide space
    module: str = ""  # what stands before it and a dot: np, torch, or anything with a method

    @property
    def is_name(self) -> bool:
        """Whether it is a word or a letter."""
        return self.text[:1].isalpha()

    @property
    def is_number(self) -> bool:
        """Whether it is a number."""
        return self.text[:1].isdigit() or (self.text[:1] == "." and self.text[1:2].isdigit())


# fmt: off
SIGNS = {
    "⊤": "^\\top", "ᵀ": "^\\top", "·": "\\cdot", "⋅": "\\cdot", "•": "\\cdot", "×": "\\times", "÷": "\\div", "‐": "-",
    "⊙": "\\odot", "∘": "\\odot", "⊗": "\\otimes", "−": "-", "–": "-", "‖": "\\|", "∥": "\\|",
    "⟨": "\\langle", "⟩": "\\rangle", "∑": "\\sum", "∏": "\\prod", "√": "\\sqrt", "½": "\\tfrac12",
    "∂": "\\partial", "∇": "\\nabla", "∞": "\\infty", "≤": "<=", "≥": ">=", "∈": "\\in", "≠": "!=", "≈": "~=", "′": "'", "’": "'", "∗": "*", "ℝ": "\\mathbb{R}", "𝟙": "\\mathbf{1}", "ℓ": "\\ell",
    "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\varepsilon", "η": "\\eta", "θ": "\\theta",
    "κ": "\\kappa", "λ": "\\lambda", "μ": "\\mu", "ν": "\\nu", "ξ": "\\xi", "π": "\\pi", "ρ": "\\rho", "σ": "\\sigma",
    "τ": "\\tau", "φ": "\\varphi", "χ": "\\chi", "ψ": "\\psi", "ω": "\\omega", "Γ": "\\Gamma", "Δ": "\\Delta",
    "Θ": "\\Theta", "Λ": "\\Lambda", "Σ": "\\Sigma", "Φ": "\\Phi", "Ψ": "\\Psi", "Ω": "\\Omega",
}
# fmt: on
"""Signs of Unicode, as LaTeX or the keyboard has them."""

_RAISED, _LOWERED = "⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
SIGNS |= {sign: f"^{unicodedata.normalize('NFKC', sign)}" for sign in _RAISED} | {"⁻": "^-"}
SIGNS |= {sign: f"_{unicodedata.normalize('NFKC', sign)}" for sign in _LOWERED}

# What parts a formula from what stands behind it, and what sets one and means nothing.
_BREAK = re.compile(r"\\\\(?![A-Za-z])|\\q?quad(?![A-Za-z])")
_SPACING = re.compile(
    r"\\[,;:!> ]|\\(?:displaystyle|textstyle|(?:no)?limits|nonumber|notag)(?![A-Za-z])"
    r"|\\(?:big|Big|bigg|Bigg)[lrm]?(?![A-Za-z])|\\(?:left|right|middle)(?![A-Za-z])\s*\.?"
    r"|\\(?:label|tag)\{[^{}]*\}|[~&$]|\\[\[\]()]"
    r"|\\(?:bf|bm|boldsymbol|mathbf|mathit|vec(?!\s*\()|pmb)(?![A-Za-z])(?!\s*\{?\s*1)"
    r"|\\(?:begin|end)\{(?:equation|align|aligned|gather|split|multline|displaymath|math)\*?\}"
)
# A letter of another font, in braces of its own.
_FONT = re.compile(r"\\(?:bm|boldsymbol|math(?:bf|it|sf)|pmb)\s*\{\s*(?P<letter>[A-Za-z])\s*\}")
_TOKEN = re.compile(
    r"\s+|\\(?:operatorname\*?|math(?:rm|sf|tt|op)|text(?:rm)?)\s*(?:\{\s*(?P<upright>[A-Za-z]+)\s*\}|(?P<letter>[A-Za-z]))"
    r"|\\mathop\s*\{\s*\\(?:mathrm|rm|sf|operatorname|text)\s*\{?\s*(?P<operator>[A-Za-z]+)\s*\}?\s*\}"
    r"|\{\s*\\(?:rm|sf)\s+(?P<old>[A-Za-z]+)\s*\}"
    r"|\\math(?:bf|bb|bbm)\s*\{?\s*(?P<ones>1)\s*\}?"
    r"|\\[A-Za-z]+|\\[|{}]|(?:\d+(?:\.(?![*/^'])\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
    r"|\.[*/^']|\*\*|\|\||<=|>=|!=|~=|['\"](?:fro|nuc)['\"]|(?P<name>[A-Za-z]\w*)|."
)
_JOINT = "\x1f"  # parts a command from what stands behind its sign, and is no blank there
ONES = "\\ones"
"""A bold one: the vector of ones."""


def is_latex(text: str) -> bool:
    """Return whether letters that stand together are a product of letters, as LaTeX has them."""
    return bool(re.search(r"[\\∑∏]|[\^_]\{", text))


# A text without another command: Matlab's division from the left.
_COMMAND = re.compile(r"\\[A-Za-z]{2}|\\[^A-Za-z\s(]|[\^_]\{")
_SOLVED = re.compile(r"[\w)'\]]\s*\.?(?P<sign>\\)\s*(?=[A-Za-z(])")


def _spelled(sign: str, before: str) -> str:
    """Return a sign as LaTeX or the keyboard has it; the digits of one exponent stay together."""
    # Letters of another font or width: their superscripts and subscripts would lose their place.
    if "\N{MATHEMATICAL BOLD CAPITAL A}" <= sign <= "\N{MATHEMATICAL MONOSPACE DIGIT NINE}" or (
        "\N{FULLWIDTH EXCLAMATION MARK}" <= sign <= "\N{FULLWIDTH TILDE}"
    ):
        sign = sign if sign in SIGNS else unicodedata.normalize("NFKC", sign)
    together = any(before and before in signs and sign in signs for signs in (_RAISED, _LOWERED))
    return SIGNS.get(sign, sign)[together:]


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text.

    Raises
    ------
    NotationError
        If it is too long, or has a character that stands in no formula.
    """
    if len(text) > LONGEST:
        raise NotationError(f"a formula of more than {LONGEST} characters")
    if not _COMMAND.search(text) and (solved := _SOLVED.search(text)):
        problem = r"A \ b is the solution of a system: write solve(A, b)"
        raise NotationError(problem, column=solved.start("sign") + 1)
    spelled: list[tuple[str, int]] = []
    for column, sign in enumerate(text, start=1):
        plain = _spelled(sign, text[column - 2 : column - 1])
        spelled += [(letter, column) for letter in plain]
        if plain != sign and plain[-1].isalpha() and len(plain) > 1:
            spelled.append((_JOINT, column))
    whole = "".join(letter for letter, _ in spelled)
    if latex := is_latex(whole):  # blanks, so that every place stays
        whole = whole.replace("\n", " ") if is_latex(text) else whole
        whole = _BREAK.sub(lambda found: "\n" * len(found[0]), whole)
        whole = _FONT.sub(lambda found: found["letter"].center(len(found[0])), whole)
        whole = _SPACING.sub(lambda found: " " * len(found[0]), whole)
    found: list[Token] = []
    spaced = broken = False
    for piece in _TOKEN.finditer(whole):
        if not piece[0].isspace():
            if not piece[0].isascii():
                column = spelled[piece.start()][1]
                raise NotationError(f"{piece[0]!r} stands in no formula", column=column)
            for start, name in _parts(piece, latex=latex):
                found.append(Token(name, spelled[piece.start() + start][1], spaced, broken))
                spaced = broken = False
        spaced = piece[0].isspace() and piece[0] != _JOINT
        broken = "\n" in piece[0]
    return found


def _parts(piece: re.Match[str], *, latex: bool) -> list[tuple[int, str]]:
    """Return the names in a piece: in LaTeX a word, or else each letter by itself."""
    if upright := piece["upright"] or piece["letter"] or piece["operator"] or piece["old"]:
        return [(0, "\\d" if upright == "d" else upright)]
    if piece["ones"]:
        return [(0, ONES)]
    name = piece["name"]
    behind = piece.string[piece.end() :].lstrip()[:1]
    if name and _CAPITAL.fullmatch(name) and behind in {"(", "["}:
        return [(0, name)]  # Var(x) and Log[x] are words, whether they are known or not
    if not name or (not latex and not _PRODUCT.fullmatch(name)) or (known(name) and len(name) > 2):
        return [(0, piece[0])]
    if known(name) and (name == "tr" or behind == "("):
        return [(0, name)]
    return [(part.start(), part[0]) for part in re.finditer(r"[A-Za-z]|\d+|_", name)]


_CAPITAL = re.compile(r"[A-Z][a-z]{2}")
# Two or three letters that begin with a large one: a matrix times something, as in Ax.
_PRODUCT = re.compile(r"[A-Z][A-Za-z]{1,2}")


FENCES = {"(": ")", "[": "]", "\\{": "\\}", "\\lbrace": "\\rbrace", "{": "}", "\\lbrack": "\\rbrack"}  # fmt: skip
"""What opens a group, and what closes it."""


class Stream:
    """Tokens that are taken one by one."""

    def __init__(self, pieces: Sequence[Token]) -> None:
        self.pieces, self.place = list(pieces), 0
        self.end = Token("", pieces[-1].column + len(pieces[-1].text))

    def piece(self, ahead: int) -> Token:
        """Return the token that stands so far ahead."""
        place = self.place + ahead
        return self.pieces[place] if 0 <= place < len(self.pieces) else self.end

    @property
    def now(self) -> Token:
        """The next token."""
        return self.piece(0)

    def ahead(self, count: int = 1) -> str:
        """Return the text of a token after the next."""
        return self.piece(count).text

    def take(self) -> Token:
        """Return the next token, and go on."""
        self.place += 1
        return self.piece(-1)

    def took(self, *texts: str) -> bool:
        """Go on if the next token is one of these."""
        found = self.now.text in texts
        self.place += found
        return found

    def behind_group(self, place: int) -> int:
        """Return the place behind a group in braces, or behind one token."""
        depth = 0
        for end in range(place, len(self.pieces)):
            depth += {"{": 1, "}": -1}.get(self.pieces[end].text, 0)
            if depth <= 0:
                return end + 1
        return len(self.pieces)

    def lower(self) -> None:
        """Put an index before an exponent, as both are printed: of a norm, or the ends of a sum."""
        start, middle = self.place, self.behind_group(self.place + 1)
        if self.now.text == "^" and self.ahead(middle - start) == "_":
            end = self.behind_group(middle + 1)
            self.pieces[start:end] = self.pieces[middle:end] + self.pieces[start:middle]

    def expect(self, *texts: str) -> None:
        """Go on, or raise if the next token is none of these."""
        if not self.took(*texts):
            wanted = texts[0].removeprefix("\\")
            if not self.now.text:
                self.fail(f"{wanted!r} is missing at the end")
            if self.now.text in REFUSED and texts[0] in FENCES.values():
                self.refuse(self.now)
            self.fail(f"{wanted!r} is missing before {self.now.text!r}")

    def fail(self, problem: str, column: int = 0) -> NoReturn:
        """Raise at the next token, or at a column."""
        raise NotationError(problem, column=column or self.now.column)

    def refuse(self, token: Token) -> NoReturn:
        """Raise about a token."""
        problem = f"{token.text!r} does not belong here"
        if not token.text:
            problem = "the formula ends too early"
        elif token.text in REFUSED:
            problem = REFUSED[token.text]
        elif token.broken:
            problem = "the line ends before this: one formula is read at a time"
        elif re.match(r"\\[A-Za-z]", token.text):
            problem = f"{token.text} is not known here"
        self.fail(problem, token.column)
