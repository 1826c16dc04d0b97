r"""Exercises on functions of numbers and vectors, and on likelihoods."""

from autodiff_notes.exercises.exercise import Exercise

COLLECT = "# collect what stands beside each differential"
NUMBERS = "# numbers may change places with vectors"

PAGES: dict[str, tuple[Exercise, ...]] = {
    "catalogue/notes": (
        Exercise(
            name="two-numbers",
            title="Another function of two numbers",
            variables=("x in positive_scalar()", "y in scalar()"),
            function="y * log(x) + x * sin(y)",
            gradients={"x": "y / x + sin(y)", "y": "log(x) + x * cos(y)"},
            derivation=f"""
= log(x) * d(y) + y * d(x) / x + sin(y) * d(x) + x * cos(y) * d(y)    # product rule, twice
{COLLECT}
""",
        ),
        Exercise(
            name="quadratic-form-of-sum",
            title="A quadratic form of a sum",
            variables=("x, y in vector(n)", "constant A in square(n)"),
            where={"s": "x + y"},
            function="s @ A @ s",
            gradients={"x": "(A + A.mT) @ s", "y": "(A + A.mT) @ s"},
            hint="$A$ need not be symmetric.",
            derivation=r"""
= d(s) @ A @ s + s @ A @ d(s)                  # product rule
= s @ (A + A.mT) @ (d(x) + d(y))               # a number is its own transpose
# $A + A^\top$ is symmetric
""",
        ),
        Exercise(
            name="log-abs-det-of-multiple",
            title="The logarithm of the determinant of a multiple",
            variables=("t in nonzero_scalar()", "X in invertible(n)"),
            function="logabsdet(t * X)",
            gradients={"t": "n / t", "X": "inv(X).mT"},
            hint=r"$\det(tX) = t^n \det X$. The formula may use the number of rows, `len(X)`.",
            derivation=r"""
= d(n * log(abs(t)) + logabsdet(X))       # $\det(tX) = t^n \det X$
= n * d(t) / t + tr(inv(X) @ d(X))        # [the derivative of a logarithm](#log-abs-det)
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
        ),
    ),
    "catalogue/vectors": (
        Exercise(
            name="cube-of-linear-function",
            title="The cube of a linear function",
            variables=("x in vector(n)", "constant a in vector(n)"),
            function="(a @ x) ** 3",
            gradients={"x": "3 * (a @ x) ** 2 * a"},
            derivation=f"""
= 3 * (a @ x) ** 2 * d(a @ x)          # chain rule
= 3 * (a @ x) ** 2 * (a @ d(x))        # $a$ stands still
{NUMBERS}
""",
        ),
        Exercise(
            name="bell-curve",
            title="A bell curve",
            variables=("x in vector(n)",),
            function="exp(-(x @ x) / 2)",
            gradients={"x": "-exp(-(x @ x) / 2) * x"},
            derivation=f"""
= exp(-(x @ x) / 2) * d(-(x @ x) / 2)       # chain rule
= -exp(-(x @ x) / 2) * (x @ d(x))           # the squared length
{NUMBERS}
""",
        ),
        Exercise(
            name="smoothed-absolute-values",
            title="A smooth stand-in for the sum of absolute values",
            variables=("x in vector(n)",),
            function="sum(sqrt(ones(n) + x * x))",
            gradients={"x": "x / sqrt(ones(n) + x * x)"},
            hint="Entry $i$ of the gradient knows $x_i$ alone.",
            derivation=r"""
= sum(d(x * x) / (2 * sqrt(ones(n) + x * x)))       # entry by entry, $\d \sqrt{u} = \d u / (2 \sqrt u)$
= sum(x / sqrt(ones(n) + x * x) * d(x))             # the square of each entry
# the sum of products is an inner product
""",
        ),
        Exercise(
            name="logarithm-of-quadratic-form",
            title="The logarithm of one plus a quadratic form",
            variables=("x in vector(n)", "constant A in spd(n)"),
            function="log(1 + x @ A @ x)",
            gradients={"x": "2 * A @ x / (1 + x @ A @ x)"},
            derivation=f"""
= d(x @ A @ x) / (1 + x @ A @ x)               # chain rule
= 2 * x @ A @ d(x) / (1 + x @ A @ x)           # [a quadratic form](#symmetric-quadratic-form)
{NUMBERS}
""",
        ),
        Exercise(
            name="softmax-average",
            title="An average with the weights of a softmax",
            variables=("x in vector(n)", "constant a in vector(n)"),
            where={"s": "softmax(x)"},
            function="a @ s",
            gradients={"x": "s * (a - (a @ s) * ones(n))"},
            hint=r"The [Jacobian of the softmax](#softmax-jacobian) is symmetric.",
            derivation=r"""
= a @ (Diag(s) - outer(s, s)) @ d(x)             # [the Jacobian of the softmax](#softmax-jacobian)
= (s * a - (a @ s) * s) @ d(x)                   # $a^\top \operatorname{Diag}(s) = (s \odot a)^\top$
# $s$ is a common factor of every entry
""",
        ),
    ),
    "catalogue/statistics": (
        Exercise(
            name="log-density-of-a-number",
            title="The logarithm of a Gaussian density of one number, by mean and deviation",
            variables=("mu in scalar()", "s in positive_scalar()", "constant x in scalar()"),
            function="-log(s) - (x - mu) ** 2 / (2 * s ** 2)",
            gradients={
                "mu": "(x - mu) / s ** 2",
                "s": "((x - mu) ** 2 - s ** 2) / s ** 3",
            },
            conditions="A constant summand is left out.",
            derivation=r"""
= -d(s) / s + (x - mu) * d(mu) / s ** 2 + (x - mu) ** 2 * d(s) / s ** 3      # chain rule; $x$ stands still
# collect what stands beside each differential
""",
        ),
        Exercise(
            name="squared-mahalanobis-distance",
            title="The squared Mahalanobis distance, by the mean",
            variables=("mu in vector(n)", "constant x in vector(n)", "constant Sigma in spd(n)"),
            where={"r": "x - mu"},
            function="r @ inv(Sigma) @ r",
            gradients={"mu": "-2 * inv(Sigma) @ r"},
            derivation=r"""
= 2 * r @ inv(Sigma) @ d(r)           # [a quadratic form](#symmetric-quadratic-form)
= -2 * r @ inv(Sigma) @ d(mu)         # $\d r = -\d \mu$
# $\Sigma^{-1}$ is symmetric
""",
        ),
        Exercise(
            name="bernoulli-log-likelihood",
            title="The logarithm of the likelihood of coin tosses",
            variables=("p in proportions(n)", "constant y in proportions(n)"),
            function="sum(y * log(p) + (ones(n) - y) * log(ones(n) - p))",
            gradients={"p": "(y - p) / (p * (ones(n) - p))"},
            conditions="Entry $i$ of $y$ is the share of heads among the tosses of coin $i$.",
            derivation=r"""
= sum(y / p * d(p) - (ones(n) - y) / (ones(n) - p) * d(p))        # chain rule, entry by entry
= sum((y - p) / (p * (ones(n) - p)) * d(p))                       # one denominator
# the sum of products is an inner product
""",
        ),
        Exercise(
            name="noise-variance",
            title="The logarithm of the determinant of a covariance, by the variance of the noise",
            variables=("t in positive_scalar()", "constant A in spd(n)"),
            where={"P": "inv(A + t * I(n))"},
            function="logdet(A + t * I(n))",
            gradients={"t": "tr(P)"},
            derivation=r"""
= tr(P @ d(A + t * I(n)))       # [the derivative of log det](#log-det)
= tr(P @ (d(t) * I(n)))         # $A$ stands still
# the trace is linear
""",
        ),
        Exercise(
            name="regularised-precision",
            title="A likelihood with a penalty, by the precision",
            variables=("Lambda in spd(n)", "constant A in symmetric(n)"),
            function="logdet(Lambda) - tr(A @ Lambda) - norm(Lambda) ** 2",
            gradients={"Lambda": "inv(Lambda) - A - 2 * Lambda"},
            conditions="The gradient is to be symmetric.",
            derivation=r"""
= tr(inv(Lambda) @ d(Lambda)) - tr(A @ d(Lambda)) - 2 * inner(Lambda, d(Lambda))     # term by term
# $\Lambda$ and $A$ are symmetric
""",
        ),
    ),
}
