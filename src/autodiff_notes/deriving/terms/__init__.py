"""Terms in normal form: what is equal by the rules of matrix algebra is mostly one object.

A term is a rational number, times powers of scalars, times a body. Sums are flat, and like terms
are added; a chain of matrix products is flat, and numbers stand in front of it; a transpose stands
at the leaves. A column is the only vector: ``x @ A`` is read as ``A.mT @ x``.

Equal terms are one object within :func:`algebra`, so that they are compared by identity. Their
``age`` is the order in which they came up: sums are kept and printed in it.
"""

from autodiff_notes.deriving.terms.algebra import (
    REAL_VALUED,
    Algebra,
    Number,
    Powers,
    Shape,
    Term,
    algebra,
    algebra_now,
    exact,
    eye,
    is_zero,
    make,
    num,
    var,
    zero,
)
from autodiff_notes.deriving.terms.chains import chain, dot, dot_of, inner, inner_of, matmul, outer
from autodiff_notes.deriving.terms.indices import block, fresh, index, product_over, sigma
from autodiff_notes.deriving.terms.names import name
from autodiff_notes.deriving.terms.products import (
    hadamard,
    is_positive,
    neg,
    ones,
    power,
    product,
    split,
    times,
)
from autodiff_notes.deriving.terms.rebuilding import d, rebuilt, substituted
from autodiff_notes.deriving.terms.sums import add, addends, sub
from autodiff_notes.deriving.terms.traces import diag, total, trace
from autodiff_notes.deriving.terms.turning import conj, star, transpose
from autodiff_notes.deriving.terms.words import ELEMENTWISE, SPECIAL, TURNS, call, plain

__all__ = [
    "ELEMENTWISE",
    "REAL_VALUED",
    "SPECIAL",
    "TURNS",
    "Algebra",
    "Number",
    "Powers",
    "Shape",
    "Term",
    "add",
    "addends",
    "algebra",
    "algebra_now",
    "block",
    "call",
    "chain",
    "conj",
    "d",
    "diag",
    "dot",
    "dot_of",
    "exact",
    "eye",
    "fresh",
    "hadamard",
    "index",
    "inner",
    "inner_of",
    "is_positive",
    "is_zero",
    "make",
    "matmul",
    "name",
    "neg",
    "num",
    "ones",
    "outer",
    "plain",
    "power",
    "product",
    "product_over",
    "rebuilt",
    "sigma",
    "split",
    "star",
    "sub",
    "substituted",
    "times",
    "total",
    "trace",
    "transpose",
    "var",
    "zero",
]
