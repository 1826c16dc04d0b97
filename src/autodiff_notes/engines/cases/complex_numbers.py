"""Complex numbers: which conjugate, which factor, and what a slope is at the origin."""

from functools import partial

from autodiff_notes.engines.case import Case
from autodiff_notes.engines.truths import Ball, Convention, Exact

COMPLEX = ("parting/complex-convention", "catalogue/complex#squared-modulus")

case = partial(Case, family="complex_numbers", pages=COMPLEX)

TWO = (
    "For a real function of $z = x + iy$ with slopes $p$ and $q$ by $x$ and $y$, one convention"
    " returns $p + iq$, the direction of steepest ascent, and the other $p - iq$."
)


def _both(ascent: str, other: str) -> Convention:
    return Convention({"p + iq": ascent, "p - iq": other}, motion="complex")


CASES = (
    case(
        key="complex-square",
        question="The gradient of the real part of z*z",
        function=r"\operatorname{Re} (z \cdot z)",
        reference="(z * z).real",
        point={"z": 1 + 2j},
        truth=_both("2 - 4j", "2 + 4j"),
        why=f"{TWO} The second is the derivative $2z$.",
    ),
    case(
        key="complex-square-by-parts",
        question="The gradient of x*x - y*y instead of Re z*z",
        function=r"x^2 - y^2",
        reference="x**2 - y**2",
        point={"x": 1.0, "y": 2.0},
        truth=Exact("[2, -4]"),
        why="With real and imaginary part as two real variables there is one gradient.",
        instead_of="complex-square",
    ),
    case(
        key="complex-power",
        question="The gradient of the real part of z to the power of two",
        function=r"\operatorname{Re} z^2",
        reference="(z**2).real",
        point={"z": 1 + 2j},
        truth=_both("2 - 4j", "2 + 4j"),
        why=f"{TWO} A library should follow the same one for $z \\cdot z$.",
    ),
    case(
        key="complex-cube",
        question="The gradient of the real part of z to the power of three",
        function=r"\operatorname{Re} z^3",
        reference="(z**3).real",
        point={"z": 1 + 2j},
        truth=_both("-9 - 12j", "-9 + 12j"),
        why=TWO,
    ),
    case(
        key="complex-exponential",
        question="The gradient of the real part of exp(z)",
        function=r"\operatorname{Re} e^z",
        reference="exp(z).real",
        point={"z": 1j},
        truth=_both("cos(1) - 1j * sin(1)", "cos(1) + 1j * sin(1)"),
        why=TWO,
    ),
    case(
        key="complex-logarithm",
        question="The gradient of the real part of log(z)",
        function=r"\operatorname{Re} \log z",
        reference="log(z).real",
        point={"z": 1 + 2j},
        truth=_both("(1 + 2j) / 5", "(1 - 2j) / 5"),
        why=TWO,
    ),
    case(
        key="complex-reciprocal",
        question="The gradient of the real part of 1/z",
        function=r"\operatorname{Re} (1/z)",
        reference="(1 / z).real",
        point={"z": 1 + 1j},
        truth=_both("-0.5j", "0.5j"),
        why=TWO,
    ),
    case(
        key="complex-imaginary-part",
        question="The gradient of the imaginary part",
        function=r"\operatorname{Im} z",
        reference="z.imag",
        point={"z": 1 + 2j},
        truth=_both("1j", "-1j"),
        why=TWO,
    ),
    case(
        key="complex-conjugate",
        question="The gradient of the real part of the conjugate's square",
        function=r"\operatorname{Re} \bar z^2",
        reference="(conj(z) ** 2).real",
        point={"z": 1 + 2j},
        truth=_both("2 - 4j", "2 + 4j"),
        why=f"{TWO} The function is that of $z^2$, and so is its gradient.",
    ),
    case(
        key="complex-abs-squared",
        question="The gradient of |z| squared",
        function=r"|z|^2",
        reference="abs(z) ** 2",
        point={"z": 1 + 2j},
        truth=_both("2 + 4j", "2 - 4j"),
        why=f"{TWO} The function is not analytic, so that neither is a derivative.",
    ),
    case(
        key="complex-times-conjugate",
        question="The gradient of the real part of z times its conjugate",
        function=r"\operatorname{Re} (z \bar z)",
        reference="(z * conj(z)).real",
        point={"z": 1 + 2j},
        truth=_both("2 + 4j", "2 - 4j"),
        why=TWO,
    ),
    case(
        key="complex-abs-at-zero",
        question="The gradient of |z| at zero",
        function=r"|z|",
        reference="abs(z)",
        point={"z": 0j},
        truth=Ball("euclidean"),
        why="A norm at zero: every number of absolute value one at most is a subgradient.",
        pages=("parting/norm-at-zero",),
    ),
    case(
        key="complex-angle",
        question="The gradient of the angle",
        function=r"\arg z",
        reference="arg(z)",
        point={"z": 1 + 2j},
        truth=_both("(-2 + 1j) / 5", "(-2 - 1j) / 5"),
        why=TWO,
    ),
    case(
        key="complex-angle-at-zero",
        question="The gradient of the angle at zero",
        function=r"\arg z",
        reference="arg(z)",
        point={"z": 0j},
        truth=Exact("complex(nan, nan)", also={"zero": "0", "NaN": "nan"}, side={"z": 1 + 3j}),
        why="Zero has no angle, and every direction from it another one.",
    ),
    case(
        key="complex-sqrt-negative",
        question="The gradient of the imaginary part of the root of a negative number",
        function=r"\operatorname{Im} \sqrt{z}",
        reference="sqrt(z).imag",
        point={"z": -4 + 0j},
        truth=Exact("-1/4", side={"z": 1j}),
        why="The root is cut here. Above the cut it is $2i$ with slope $1/(4i)$, so that $p = -1/4$"
        " and $q = 0$.",
    ),
    case(
        key="complex-output",
        question="The gradient of a complex number, without a real part taken",
        function=r"z^2",
        point={"z": 1 + 2j},
        truth=Convention(
            {
                "that of the real part, p + iq": "2 - 4j",
                "the derivative": "2 + 4j",
                "that of real and imaginary part added, p + iq": "6 - 2j",
                "that of real and imaginary part added, p - iq": "6 + 2j",
            }
        ),
        why="A complex number has no gradient; a derivative where it is analytic, and otherwise an"
        " error is the safe answer.",
    ),
    case(
        key="complex-phase-of-real",
        question="The slope of |exp(ix)| by a real number",
        function=r"|e^{ix}|",
        reference="abs(exp(1j * x))",
        point={"x": 0.5},
        truth=Exact("0"),
        why="The absolute value is one, whatever $x$ is. A real variable has a real slope.",
    ),
    case(
        key="complex-fft",
        question="The gradient of the energy of a Fourier transform",
        function=r"\sum_k |\hat x_k|^2",
        reference="3 * (x[0] ** 2 + x[1] ** 2 + x[2] ** 2)",
        point={"x": [1.0, 2.0, 3.0]},
        truth=Exact("[6, 12, 18]"),
        why="By Parseval the energy is $3 \\|x\\|^2$.",
    ),
)
