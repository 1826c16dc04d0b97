"""Products with zeros: where a division by the factor is a division by zero."""

from functools import partial

from autodiff_notes.engines.case import Case
from autodiff_notes.engines.truths import Exact

case = partial(Case, family="products", pages=("catalogue/vectors#product-of-entries",))

QUOTIENT = "The gradient by a factor is the product of the others; product by factor is 0/0."

CASES = (
    case(
        key="prod-one-zero",
        question="The gradient of a product with one zero",
        function=r"\prod_i x_i",
        reference="x[0] * x[1] * x[2]",
        point={"x": [0.0, 2.0, 3.0]},
        truth=Exact("[6, 0, 0]"),
        why=QUOTIENT,
    ),
    case(
        key="prod-two-zeros",
        question="The gradient of a product with two zeros",
        function=r"\prod_i x_i",
        reference="x[0] * x[1] * x[2]",
        point={"x": [0.0, 0.0, 3.0]},
        truth=Exact("[0, 0, 0]"),
        why="Every product of two factors holds a zero. " + QUOTIENT,
    ),
    case(
        key="prod-written-out",
        question="The gradient of a product that is written out",
        function=r"x_1 x_2 x_3",
        reference="x[0] * x[1] * x[2]",
        point={"x": [0.0, 2.0, 3.0]},
        truth=Exact("[6, 0, 0]"),
        why="Two by two, the product rule multiplies, and divides by nothing.",
        instead_of="prod-one-zero",
    ),
    case(
        key="prod-negative",
        question="The gradient of a product with a negative factor",
        function=r"\prod_i x_i",
        reference="x[0] * x[1] * x[2]",
        point={"x": [-1.0, 2.0, 3.0]},
        truth=Exact("[6, -3, -2]"),
        why="The products of the other two; a product by way of logarithms has no negative factor.",
    ),
    case(
        key="prod-along-axis",
        question="The gradient of the products of rows, one of them with a zero",
        function=r"\sum_i \prod_j X_{ij}",
        reference="X[0, 0] * X[0, 1] + X[1, 0] * X[1, 1]",
        point={"X": [[0.0, 2.0], [3.0, 4.0]]},
        truth=Exact("[[2, 0], [4, 3]]"),
        why=QUOTIENT,
    ),
    case(
        key="prod-hessian",
        question="The second derivatives of a product with a zero",
        function=r"\nabla^2 \prod_i x_i",
        reference="x[0] * x[1] * x[2]",
        point={"x": [0.0, 2.0, 3.0]},
        of="hessian",
        truth=Exact("[[0, 3, 2], [3, 0, 0], [2, 0, 0]]"),
        why="By two factors it is the third; the diagonal is zero.",
    ),
    case(
        key="prod-by-logarithms",
        question="The gradient of exp(sum(log(x))) with a zero",
        function=r"\exp \sum_i \log x_i",
        reference="exp(log(x[0]) + log(x[1]) + log(x[2]))",
        point={"x": [0.0, 2.0, 3.0]},
        truth=Exact("[6, 0, 0]", side={"x": [1, 0, 0]}),
        why="The product tends to zero with its factor, and its slope to 6; the program multiplies"
        " zero by infinity.",
    ),
    case(
        key="cumprod-one-zero",
        question="The gradient of cumulative products that begin with a zero",
        function=r"x_1 + x_1 x_2 + x_1 x_2 x_3",
        reference="x[0] + x[0] * x[1] + x[0] * x[1] * x[2]",
        point={"x": [0.0, 2.0, 3.0]},
        truth=Exact("[9, 0, 0]"),
        why="By the first it is $1 + x_2 + x_2 x_3$. A division by the factors is 0/0.",
    ),
    case(
        key="cumprod-two-zeros",
        question="The gradient of cumulative products with two zeros",
        function=r"x_1 + x_1 x_2 + x_1 x_2 x_3",
        reference="x[0] + x[0] * x[1] + x[0] * x[1] * x[2]",
        point={"x": [0.0, 0.0, 3.0]},
        truth=Exact("[1, 0, 0]"),
        why="By the first it is $1 + x_2 + x_2 x_3 = 1$.",
    ),
    case(
        key="cumprod-written-out",
        question="The gradient of cumulative products that are written out",
        function=r"x_1 + x_1 x_2 + x_1 x_2 x_3",
        reference="x[0] + x[0] * x[1] + x[0] * x[1] * x[2]",
        point={"x": [0.0, 2.0, 3.0]},
        truth=Exact("[9, 0, 0]"),
        why="Two by two, the product rule divides by nothing.",
        instead_of="cumprod-one-zero",
    ),
    case(
        key="square-by-itself",
        question="The slope of x*x/x at zero",
        function=r"x^2 / x",
        reference="x * x / x",
        point={"x": 0.0},
        truth=Exact("1", side={"x": 1}),
        why="The gap at zero can be closed, and the function is $x$; the program is 0/0.",
    ),
    case(
        key="sine-by-itself",
        question="The slope of sin(x)/x at zero",
        function=r"\sin(x) / x",
        reference="sin(x) / x",
        point={"x": 0.0},
        truth=Exact("0", side={"x": 1}),
        why="The gap at zero can be closed by 1, and the slope there is 0; the program is 0/0.",
    ),
    case(
        key="zero-times-infinity",
        question="The gradient of a product of zero and infinity",
        function=r"x y",
        reference="x * y",
        point={"x": 0.0, "y": float("inf")},
        truth=Exact("[inf, 0]"),
        why="Each factor's slope is the other one, whatever the product is.",
    ),
)
