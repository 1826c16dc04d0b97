r"""What a formula means: in the notation, with a set for each letter.

>>> found = understand("norm2(A*x-y)^2")
>>> found.function, found.variables
('norm(A @ x - y) ** 2', ('constant A in matrix(m, n)', 'x in vector(n)', 'constant y in vector(m)'))
>>> understand("x'*A*x + trce(A)")
Traceback (most recent call last):
    ...
autodiff_notes.notation.reading.NotationError: line 1, column 10:
there is no word 'trce'; did you mean 'trace'?
"""

import heapq
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count

from autodiff_notes.dialects.letters import is_matlab
from autodiff_notes.dialects.parsing import parse
from autodiff_notes.dialects.sizes import Sizes
from autodiff_notes.dialects.spellings import known, letter_of
from autodiff_notes.dialects.tokens import SIGNS, is_latex
from autodiff_notes.dialects.trees import Node, names, walk
from autodiff_notes.dialects.writing import Value, Writer
from autodiff_notes.notation import Expression, Kind, NotationError, read
from autodiff_notes.notation.reading import refuse_name
from autodiff_notes.notation.sets import DOMAINS
from autodiff_notes.tables import suggestion

__all__ = ["Understood", "understand", "understand_lines"]

PATIENCE = 400
"""Guesses that are tried: more than letters and kinds of an honest formula make."""

SPREAD = 2.5
"""What it costs a guess that its value is no number: more than two letters of another kind."""

DOUBT = 1.5
"""What it costs a guess that something is seldom meant so: more than a letter of another kind."""


@dataclass(frozen=True)
class Understood:
    """A formula that was read.

    Attributes
    ----------
    function : str
        In the notation.
    variables : tuple of str
        A declaration for each letter.
    guessed : tuple of str
        The letters of which nothing was said.
    notes : tuple of str
        What could have been meant otherwise.
    kind : ~autodiff_notes.notation.Kind
        The kind of its value.
    """

    function: str
    variables: tuple[str, ...]
    guessed: tuple[str, ...]
    notes: tuple[str, ...]
    kind: Kind


# What it costs to believe that a letter is this or that. fmt: off
_LARGE = {Kind.SCALAR: 3, Kind.VECTOR: 3, Kind.MATRIX: 0}
_VECTOR = {Kind.SCALAR: 1, Kind.VECTOR: 0, Kind.MATRIX: 4}
_EITHER = {Kind.SCALAR: 1, Kind.VECTOR: 0.5, Kind.MATRIX: 4}
_NUMBER = {Kind.SCALAR: 0, Kind.VECTOR: 1, Kind.MATRIX: 4}
_ENTRY = {Kind.SCALAR: 0, Kind.MATRIX: 3}  # or a block
_ARROW = {Kind.VECTOR: 0, Kind.SCALAR: 3, Kind.MATRIX: 4}
_USUAL: Mapping[str, Mapping[Kind, float]] = {
    **dict.fromkeys("xyzuvwpqhr", _VECTOR),
    **dict.fromkeys(("mu", "theta", "beta"), _VECTOR),
    **dict.fromkeys("ab", _EITHER),
}
_SETS = {"s": "scalar", "v": "vector", "M": "matrix", "k": "natural", "f": "analytic"}
_BOLD = r"\\(?:vec|mathbf|bm|boldsymbol)\s*\{?\s*\\?x(?![A-Za-z])"
POSITIVE = ("lambda_", "sigma", "tau", "eps", "epsilon")
"""Greek letters that are positive numbers."""

MOVING = ("w", "W", "theta", "beta", "x", "X", "z", "Z", "u", "U", "v", "V", "y", "Y")
"""The letters by which a formula is usually differentiated, the first that occurs."""
# fmt: on


@dataclass(frozen=True)
class _Said:
    """What was said about a letter."""

    domain: str
    sizes: tuple[str, ...]
    constant: bool


def understand(text: str, declarations: str = "") -> Understood:
    """Read a formula.

    Parameters
    ----------
    text : str
        LaTeX, the syntax of matrixcalculus.org, NumPy, torch or the notation.
    declarations : str
        What is known of the letters, one set a line: ``X in invertible(n)``, ``constant A in spd``;
        sizes may be left out. The others are guessed.

    Raises
    ------
    NotationError
        If it cannot be read; the error has the column.
    """
    return understand_lines([text], declarations)[1][0]


def understand_lines(
    texts: Sequence[str], declarations: str = ""
) -> tuple[tuple[str, ...], list[Understood]]:
    """Read several formulas in the same letters; return the declarations, and each formula.

    Raises
    ------
    NotationError
        If one cannot be read; ``line`` says which.
    """
    said = dict(_said(declarations))
    nodes, heads = [], []
    for number, text in enumerate(texts, start=1):
        try:
            node, head = _parsed(text, said)
        except NotationError as error:
            raise NotationError(error.problem, number, error.column) from None
        nodes.append(node)
        heads.append(head)
    return _Understanding(nodes, texts, said, heads).result()


_GIVEN = re.compile(
    r"(?P<constant>constant\s+|fixed\s+)?(?P<names>\\?\w+(\s*,\s*\\?\w+)*)\s+(?:in|is)\s+(?:an?\s+)?(?P<domain>\w+)\s*"
    r"(\((?P<sizes>[^()]*)\))?\s*(?:moves|(?P<fixed>fixed))?"
)


def _said(declarations: str) -> Iterator[tuple[str, _Said]]:
    """Yield what was said of each letter."""
    for number, line in enumerate(declarations.splitlines(), start=1):
        if not line.strip():
            continue
        given = _GIVEN.fullmatch(line.strip().rstrip(".,;"))
        if not given:
            raise NotationError("a declaration reads: X in invertible(n)", number)
        domain = DOMAINS.get(given["domain"])
        if not domain:
            hint = suggestion(given["domain"], DOMAINS) or f"there are {', '.join(DOMAINS)}"
            raise NotationError(f"there is no domain {given['domain']!r}; {hint}", number)
        sizes = tuple(s.strip() for s in (given["sizes"] or "").split(",") if s.strip())
        if sizes and len(sizes) != len(domain.parameters):
            form = f"{domain.name}({', '.join(domain.parameters)})"
            raise NotationError(f"{domain.name} is written {form}", number)
        constant = bool(given["constant"] or given["fixed"]) or not domain.moves
        for typed in given["names"].split(","):
            name = _letter(typed) or typed.strip()
            try:
                refuse_name(name)
            except NotationError as error:
                raise NotationError(error.problem, number) from None
            yield name, _Said(domain.name, sizes, constant)


@dataclass(frozen=True)
class _Head:
    """What stands before a formula: the letters in which it is a function, and notes."""

    moving: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


_FONT = r"(?:\\(?:math(?:cal|bf|rm|it|sf)|bm|boldsymbol|text(?:rm)?|operatorname|(?P<accent>hat|bar|tilde))\s*\{?\s*)?"
_HEADING = re.compile(
    r"\s*(?:\\begin\{\w+\*?\}|\$+|\\\[)?\s*"
    r"(?P<extremum>\\?(?:arg)?\s*\\?(?:min|max)(?:imi[sz]e)?"
    r"(?:_\{?(?P<over>\\?\w+)\}?(?:\s+|(?=\\))|\s+(?!\(|\\left|\\?\{|\[|\\?\w+\s*$)))?"
    rf"(?:{_FONT}(?P<left>\\?[A-Za-z]\w*(?:_\{{[^{{}}]*\}})?)\s*\}}?\s*(?:\((?P<of>[^()=]*)\)\s*)?&?\s*:?=(?!=))?"
)
_FUNCTIONS = {*"fghFGHJLEC", "phi", "psi", "ell"}
"""Letters that are the name of a function, so that f = x is no equation."""


def _parsed(text: str, said: Mapping[str, _Said]) -> tuple[Node, _Head]:
    """Return the tree of a text, and what was said before it; a full stop behind it says nothing.

    Raises
    ------
    NotationError
        If it cannot be read, or is an equation.
    """
    for opening, closing in ((r"\(", r"\)"), (r"\[", r"\]")):
        outside = re.split(r"[\s.,;]+", text.partition(opening)[0] + text.rpartition(closing)[2])
        if opening in text and closing in text and any(outside):
            raise NotationError(f"words beside {opening}...{closing}: give the formula alone")
    heading = _HEADING.match(text)
    assert heading is not None
    bare = " " * heading.end() + text[heading.end() :]
    bare = re.sub(r"[\s,;$]*\.?[\s,;$]*$", "", bare)
    functions = {name for name, one in said.items() if one.domain == "analytic"}
    node = parse(bare, said.keys() - functions, functions)
    return node, _head(heading, node, said)


def _head(heading: re.Match[str], node: Node, said: Mapping[str, _Said]) -> _Head:
    """Return the letters and the notes of a heading, or refuse an equation."""
    nodes = [n for n, _ in walk(node)]
    entries = [n for n in nodes if n.op == "index"]
    based = Counter(n.parts[0].parts[0] for n in entries if n.parts[2] and n.parts[0].op == "name")
    placed = Counter(names(*(entry.parts[1] for entry in entries)))
    alone = Counter(names(node)) - based - placed

    left = "" if heading["accent"] else _letter(heading["left"] or "")
    value = left and heading["of"] is None  # y = ..., and not f(x) = ...
    if left in alone or (value and node.op == "name" and left not in _FUNCTIONS):
        problem = f"an equation between letters: {left} = ... names a formula without {left}, of more than a letter"
        raise NotationError(problem, column=heading.start("left") + 1)
    over = _letter(heading["over"] or "")
    if over and (over in placed or any(name.endswith(f"_{over}") for name in alone)):
        raise NotationError(
            "the largest entry of a vector is max(x)", column=heading.start("over") + 1
        )
    of = [*filter(None, map(_letter, re.split(r"[;|]|\\mid", heading["of"] or "")[0].split(",")))]
    there = {*alone, *based, *placed}
    if of and not there & {part for name in of for part in (name, name.partition("_")[0])}:
        problem = f"{of[0]} is not in the formula, and {left} is to be a function of it"
        raise NotationError(problem, column=heading.start("of") + 1)
    notes = [f"{left} was read as the name of the value"] if value and left in said else []
    if heading["extremum"]:
        notes += ["the function alone is differentiated, of which a minimum or maximum is sought"]
    return _Head((*of, over), tuple(notes))


def _letter(text: str) -> str:
    """Return a letter as it is named in a formula, or nothing."""
    text = "".join(SIGNS.get(sign, sign) for sign in text)
    name = re.sub(r"\\(?:math(?:bf|it|cal)|bm|boldsymbol|vec)(?![A-Za-z])|[{}\s]", "", text)
    letter = letter_of(name.removeprefix("\\"))
    return letter or (name if name.isidentifier() else "")


class _Understanding:
    """Guesses the kinds of letters that several trees share."""

    def __init__(
        self,
        nodes: Sequence[Node],
        texts: Sequence[str],
        said: Mapping[str, _Said],
        heads: Sequence[_Head],
    ) -> None:
        self.texts, self.said, self.heads = texts, said, heads
        self.whole = "\n".join(texts)
        self.latex, self.matlab = is_latex(self.whole), any(map(is_matlab, texts))
        everything = [pair for node in nodes for pair in walk(node)]
        indexed = [
            (node.parts[0].parts[0], bound, node.parts[1])
            for node, bound in everything
            if node.op == "index" and node.parts[2] and node.parts[0].op == "name"
        ]
        alone = Counter(names(*nodes)) - Counter(base for base, _, _ in indexed)
        running = {base for base, bound, places in indexed if {*bound}.intersection(names(places))}
        self.alone = {*alone, *said, *running}
        self.renamed: dict[str, str] = {}
        self.nodes = [self.resolved(node, ()) for node in nodes]
        everything = [pair for node in self.nodes for pair in walk(node)]
        places = [n.parts[2] for n, _ in everything if n.op == "series"]
        places += [p for n, _ in everything if n.op == "index" and n.parts[2] for p in n.parts[1]]
        zero = any(place is not None and place.parts == ("0",) for place in places)
        self.offset = 0 if zero or not self.latex else 1
        self.letters = self.found(everything)

    def resolved(self, node: Node, bound: tuple[str, ...]) -> Node:
        """Return a tree in which an index is an entry, or a part of a name."""
        if node.op == "series":
            bound = (*bound, *node.parts[1])
        if node.op == "index" and node.parts[2] and node.parts[0].op == "name":
            base, places = node.parts[0].parts[0], node.parts[1]
            runs = {*bound}.intersection(names(places))
            calculated = any(place.op not in {"name", "num", "eye"} for place in places)
            if not runs and base not in self.alone and calculated:
                raise NotationError(
                    f"an index that is calculated: say what {base} is, as in {base} in vector(n)",
                    column=node.column,
                )
            if not runs and base not in self.alone:
                index = "".join(str(*place.parts) or "I" for place in places)
                return Node("name", (f"{base}_{index}" if index.isalnum() else base,), node.column)
        if node.op == "name" and node.parts[0] not in bound:
            return Node("name", (self.letter(node),), node.column)
        return Node(node.op, tuple(self.inside(part, bound) for part in node.parts), node.column)

    def inside(self, part: object, bound: tuple[str, ...]) -> object:
        """Return a part of a node, resolved."""
        if isinstance(part, Node):
            return self.resolved(part, bound)
        if isinstance(part, tuple):
            names = tuple(p for p in part if isinstance(p, str))
            return tuple(self.inside(p, (*bound, *names)) for p in part)
        return part

    def letter(self, node: Node) -> str:
        """Return a name that the notation accepts, and remember a change."""
        name = str(node.parts[0])
        if name in self.renamed or name == "pi" or known(name):
            return self.renamed.get(name, name)
        try:
            refuse_name(name)
        except NotationError:
            taken = {*self.renamed.values(), *re.findall(r"[A-Za-z]\w*", self.whole)}
            numbered = re.fullmatch(r"([A-Za-z]+)(\d+)", name)
            base = (letter_of(numbered[1]) or numbered[1]) if numbered else ""
            wanted = (
                [f"{base}_{numbered[2]}"]
                if numbered and (len(base) == 1 or letter_of(base))
                else []
            )
            wanted += [letter for letter in name if letter.isalpha() and letter not in "dDI"]
            wanted += list("ABCEFGHKMNPQRSTUVWXYZ" if name[0].isupper() else "abcefghpqrstuvwxyz")
            free = [letter for letter in wanted if letter not in taken]
            if not free:
                raise NotationError(
                    f"{name!r} is no name for a variable", column=node.column
                ) from None
            self.renamed[name] = free[0]
            return free[0]
        return name

    def found(self, everything: Sequence[tuple[Node, tuple[str, ...]]]) -> list[str]:
        """Return the letters, in the order in which they stand first."""
        letters = [
            node.parts[0]
            for node, bound in everything
            if (node.op == "call" and node.parts[0] in self.said)
            or (node.op == "name" and node.parts[0] not in {*bound, "pi"})
        ]
        return list(dict.fromkeys(letters))

    @cached_property
    def integers(self) -> set[str]:
        """The letters that are sizes or ends of sums."""
        found = {size for said in self.said.values() for size in said.sizes}
        for root in self.nodes:
            for node, bound in walk(root):
                places: Sequence[object] = ()
                if node.op == "series":
                    places = node.parts[2:4]
                elif node.op == "terms":
                    places = [end for loop in node.parts[1] for end in loop[1:]]
                elif node.op == "call" and node.parts[0] in {"ones", "zeros", "I"}:
                    places = node.parts[1:]
                elif node.op == "call" and node.parts[0] == "matrix_power":
                    places = node.parts[2:]
                elif node.op == "index":
                    places = node.parts[1]
                found |= {*names(*places)} - {*bound}
        return found

    # Kinds

    def costs(self, name: str) -> Mapping[Kind, float]:
        """Return the kinds that a letter may have, each with what it costs to believe it."""
        if name in self.said:
            return {DOMAINS[self.said[name].domain].kind: 0}
        if name in self.integers:
            return {Kind.INTEGER: 0}
        letter = name.partition("_")[0] if not name.startswith("lambda_") else name
        if re.fullmatch(r"\w+_[i-l]{2}", name):
            return _ENTRY
        if letter.islower() and re.search(_BOLD.replace("x", letter), self.whole):
            return _ARROW
        if self.matlab and letter in set("abcdefg"):
            return _NUMBER
        return _LARGE if letter[0].isupper() else _USUAL.get(letter, _NUMBER)

    def guesses(self) -> Iterator[tuple[float, dict[str, Kind]]]:
        """Yield kinds for all letters, the likeliest first."""
        names = self.letters
        ordered = [sorted(self.costs(name).items(), key=lambda pair: pair[1]) for name in names]
        start = (0,) * len(names)
        number = count()
        heap = [(sum(options[0][1] for options in ordered), next(number), start)]
        seen = {start}
        while heap:
            cost, _, places = heapq.heappop(heap)
            yield cost, {n: o[p][0] for n, o, p in zip(names, ordered, places, strict=True)}
            for i, options in enumerate(ordered):
                if places[i] + 1 < len(options):
                    more = (*places[:i], places[i] + 1, *places[i + 1 :])
                    if more not in seen:
                        seen.add(more)
                        extra = options[more[i]][1] - options[places[i]][1]
                        heapq.heappush(heap, (cost + extra, next(number), more))

    def result(self) -> tuple[tuple[str, ...], list[Understood]]:
        """Return the best guess."""
        best: tuple[float, list[Value], Writer, dict[str, Kind]] | None = None
        first: NotationError | None = None
        for tried, (cost, kinds) in enumerate(self.guesses()):
            if tried >= PATIENCE or (best is not None and cost >= best[0]):
                break
            writer = self.writer(kinds)
            try:
                values = [
                    self.written(writer, number, node)
                    for number, node in enumerate(self.nodes, start=1)
                ]
            except NotationError as error:
                first = first or error
                continue
            whole = cost + SPREAD * (values[0].rank > 0) + DOUBT * writer.doubts
            if best is None or whole < best[0]:
                best = whole, values, writer, kinds
        if best is None:
            assert first is not None
            raise first
        return self.described(*best[1:])

    def writer(self, kinds: Mapping[str, Kind]) -> Writer:
        """Return a writer with fresh sizes for all letters."""
        sizes = Sizes()
        shapes: dict[str, tuple[int, ...]] = {}
        for name, kind in kinds.items():
            said = self.said.get(name)
            domain = DOMAINS[said.domain] if said else None
            square = domain is not None and len(domain.parameters) < kind.rank
            if said and said.sizes and domain is not None:
                given = [sizes.named(size) for size in said.sizes]
                shapes[name] = tuple((given * kind.rank)[: kind.rank])
            else:
                new = [sizes.new() for _ in range(1 if square else kind.rank)]
                shapes[name] = tuple((new * kind.rank)[: kind.rank])
        return Writer(kinds, shapes, sizes, self.latex, self.matlab, self.offset)

    def written(self, writer: Writer, number: int, node: Node) -> Value:
        """Return a formula as it is written under a guess."""
        try:
            return writer.column(node)
        except NotationError as error:
            raise NotationError(error.problem, number, error.column) from None

    # Sets

    def described(
        self, values: Sequence[Value], writer: Writer, kinds: Mapping[str, Kind]
    ) -> tuple[tuple[str, ...], list[Understood]]:
        """Return the sets of the letters, and the formulas with names for all sizes."""
        sizes = writer.sizes
        letters = [
            name for name in self.letters if kinds[name] is not Kind.INTEGER or name in self.said
        ]
        letters.sort(key=lambda name: [*self.said, name].index(name))
        shapes = [writer.shapes[name] for name in letters]
        inner = [(int(n),) for value in values for n in re.findall(r"size__(\d+)__", value.text)]
        sizes.name_all([*shapes, *inner], [*self.letters, *kinds])
        declared = self.declared(letters, kinds, writer)
        known_sizes = {size for name in letters for size in map(sizes.text, writer.shapes[name])}
        for name in self.letters:
            if kinds[name] is Kind.INTEGER and name not in known_sizes and name not in self.said:
                size = sizes.text(writer.placed[name]) if name in writer.placed else ""
                declared.append(f"{name} in index({size})" if size else f"{name} in natural()")
        named = [re.sub(r"size__(\d+)__", lambda n: sizes.text(int(n[1])), v.text) for v in values]
        lost = {sizes.text(s) for (s,) in inner} - known_sizes - set(self.letters)
        if lost:
            raise NotationError(
                "the size of a vector or matrix of constants cannot be told; give it, as in ones(n)"
            )
        guessed = tuple(name for name in letters if name not in self.said)
        parts = {n: n.partition("_") for n in guessed}
        notes = [
            f"{n} was read as a letter of its own, and as no entry of {base}"
            for n, (base, _, index) in parts.items()
            if base in self.said and (index.isdigit() or len(index) == 1)
        ]
        notes += [note for head in self.heads for note in head.notes]
        notes += [*writer.notes, *(f"{old} was read as {new}" for old, new in self.renamed.items())]
        found = []
        for number, (text, value) in enumerate(zip(named, values, strict=True), start=1):
            try:
                self.read(text, kinds, letters, writer)
            except NotationError as error:
                raise NotationError(error.problem, number) from None
            found.append(Understood(text, tuple(declared), guessed, tuple(notes), value.kind))
        return tuple(declared), found

    def read(
        self, text: str, kinds: Mapping[str, Kind], letters: Sequence[str], writer: Writer
    ) -> Expression:
        """Hold a text against the notation."""
        sizes = {
            s: Kind.INTEGER
            for name in letters
            for s in map(writer.sizes.text, writer.shapes[name])
            if s.isidentifier()
        }
        return read(text, {**sizes, **kinds})

    def declared(
        self, letters: Sequence[str], kinds: Mapping[str, Kind], writer: Writer
    ) -> list[str]:
        """Return a declaration of each letter."""
        moving = self.moving(letters, kinds)
        found = []
        for name in letters:
            said = self.said.get(name)
            shape = [writer.sizes.text(size) for size in writer.shapes[name]]
            domain = said.domain if said else self.domain(name, kinds[name], shape)
            parameters = (
                said.sizes
                if said and said.sizes
                else tuple(shape[: len(DOMAINS[domain].parameters)])
            )
            fixed = said.constant if said else name not in moving
            mark = "constant " if fixed and DOMAINS[domain].moves else ""
            found.append(f"{mark}{name} in {domain}({', '.join(parameters)})")
        return found

    def moving(self, letters: Sequence[str], kinds: Mapping[str, Kind]) -> set[str]:
        """Return the letters by which the formula is differentiated, if nothing was said."""
        open_ = [n for n in letters if n not in self.said and kinds[n].varies]
        if any(not said.constant for name, said in self.said.items() if name in letters):
            return set()
        calls = [n for node in self.nodes for n, _ in walk(node) if n.op == "call"]
        under = {
            n.parts[1].parts[0] for n in calls if n.parts[0] == "d" and n.parts[1].op == "name"
        }
        of = {self.renamed.get(name, name) for head in self.heads for name in head.moving}
        if moved := (under or of).intersection(open_):  # a derivation says it by dX
            return moved
        if all(kinds[name] is Kind.SCALAR for name in letters):
            return set(open_)
        for wanted in MOVING:
            if wanted in open_:
                return {wanted}
        return set(open_[:1])

    def domain(self, name: str, kind: Kind, shape: Sequence[str]) -> str:
        """Return a set for a letter of which nothing was said."""
        if kind is Kind.MATRIX and shape[0] == shape[1]:
            return "spd" if name == "Sigma" else "square"
        if kind is Kind.SCALAR and name in POSITIVE:
            return "positive_scalar"
        return _SETS[kind]
