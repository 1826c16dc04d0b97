r"""From a vector to a number."""

from autodiff_notes.catalogue.entry import Entry

COOKBOOK = "The Matrix Cookbook (2012)"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="linear-function",
        title="A linear function",
        also=(
            "dot product",
            "a^T x",
        ),
        variables=("x in vector(n)", "constant a in vector(n)"),
        function="a @ x",
        gradients={"x": "a"},
        source=f"{COOKBOOK}, eq. 69",
        derivation="= a @ d(x)  # $a$ stands still",
    ),
    Entry(
        name="quadratic-form",
        title="A quadratic form",
        also=(
            "x^T A x",
            "x' A x",
        ),
        variables=("x in vector(n)", "constant B in square(n)"),
        function="x @ B @ x",
        gradients={"x": "(B + B.mT) @ x"},
        source=f"{COOKBOOK}, eq. 81",
        derivation=r"""
= d(x) @ B @ x + x @ B @ d(x)    # product rule
= x @ B.mT @ d(x) + x @ B @ d(x) # a number is its own transpose
= x @ (B.mT + B) @ d(x)          # collect
# $x^\top A = (A^\top x)^\top$
""",
    ),
    Entry(
        name="symmetric-quadratic-form",
        title="A quadratic form with a symmetric matrix",
        also=("x^T A x",),
        variables=("x in vector(n)", "constant B in symmetric(n)"),
        function="x @ B @ x",
        gradients={"x": "2 * B @ x"},
        source=f"{COOKBOOK}, eq. 81 with a symmetric $B$",
        derivation=r"""
= d(x) @ B @ x + x @ B @ d(x)  # product rule
= 2 * x @ B @ d(x)             # $B^\top = B$
""",
        outside={"constant B in square(n)": "$B + B^\\top$ takes the place of $2B$."},
    ),
    Entry(
        name="quadratic-function",
        title="A quadratic function, with its Hessian",
        also=(
            "second derivative",
            "x^T A x + b^T x",
        ),
        variables=("x in vector(n)", "constant A in square(n)", "constant b in vector(n)"),
        function="x @ A @ x + b @ x",
        gradients={"x": "(A + A.mT) @ x + b"},
        hessian="A + A.mT",
        source=f"{COOKBOOK}, eqs 96 to 98",
        derivation=r"""
= x @ (A + A.mT) @ d(x) + b @ d(x)  # product rule, and a number is its own transpose

D(x @ A @ x + b @ x, x, x)
= D((A + A.mT) @ x + b, x)  # the Hessian is the derivative of the gradient
= A + A.mT                  # which is linear in $x$
""",
    ),
    Entry(
        name="bilinear-in-affine",
        title="Two affine functions in a bilinear form",
        variables=(
            "x in vector(n)",
            "constant A in matrix(m, n)",
            "constant a in vector(m)",
            "constant B in matrix(p, n)",
            "constant b in vector(p)",
            "constant C in matrix(m, p)",
        ),
        function="(A @ x + a) @ C @ (B @ x + b)",
        gradients={"x": "A.mT @ C @ (B @ x + b) + B.mT @ C.mT @ (A @ x + a)"},
        source=f"{COOKBOOK}, eq. 78",
        derivation=r"""
= (A @ d(x)) @ C @ (B @ x + b) + (A @ x + a) @ C @ B @ d(x)              # product rule
= (C @ (B @ x + b)) @ A @ d(x) + (C.mT @ (A @ x + a)) @ B @ d(x)         # transposed
# $(A^\top u)^\top v = u^\top A v$
""",
    ),
    Entry(
        name="least-squares",
        title="Least squares",
        also=(
            "linear regression",
            "residual sum of squares",
            "sum of squared errors",
            "||Ax - b||^2",
            "mse",
            "mean squared error",
        ),
        variables=("x in vector(n)", "constant A in matrix(m, n)", "constant b in vector(m)"),
        function="norm(A @ x - b) ** 2",
        gradients={"x": "2 * A.mT @ (A @ x - b)"},
        derivation=r"""
= d((A @ x - b) @ (A @ x - b))      # the squared length
= 2 * (A @ x - b) @ d(A @ x - b)    # product rule
= 2 * (A @ x - b) @ A @ d(x)        # $A$ and $b$ stand still
""",
    ),
    Entry(
        name="weighted-least-squares",
        title="Weighted least squares, by every unknown",
        also=(
            "generalised least squares",
            "chi squared",
            "mahalanobis",
        ),
        variables=(
            "x in vector(m)",
            "A in matrix(m, n)",
            "s in vector(n)",
            "constant W in symmetric(m)",
        ),
        where={"r": "x - A @ s"},
        function="r @ W @ r",
        gradients={
            "x": "2 * W @ r",
            "A": "-2 * outer(W @ r, s)",
            "s": "-2 * A.mT @ W @ r",
        },
        source=f"{COOKBOOK}, eqs 84, 87 and 88",
        derivation="derive",
        outside={"constant W in square(m)": "$W + W^\\top$ takes the place of $2W$."},
    ),
    Entry(
        name="euclidean-norm",
        title="The distance from a point",
        also=(
            "euclidean distance",
            "||x - a||",
        ),
        variables=("x in vector(n)", "constant a in vector(n)"),
        function="norm(x - a)",
        gradients={"x": "(x - a) / norm(x - a)"},
        conditions="$x$ differs from $a$, where there is no gradient.",
        source=f"{COOKBOOK}, eq. 129",
        derivation=r"""
= d((x - a) @ (x - a)) / (2 * norm(x - a))  # $\d (u^{1/2}) = u^{-1/2}\,\d u / 2$
= (x - a) @ d(x) / norm(x - a)              # product rule
""",
    ),
    Entry(
        name="euclidean-length",
        title="The length of a vector",
        also=(
            "2-norm",
            "L2 norm",
            "||x||",
        ),
        variables=("x in nonzero(n)",),
        function="norm(x)",
        gradients={"x": "x / norm(x)"},
        conditions="It is enough that $x$ is not 0.",
        source=f"{COOKBOOK}, eq. 129 with $a = 0$",
        derivation=r"""
= d(x @ x) / (2 * norm(x))  # $\d (u^{1/2}) = u^{-1/2}\,\d u / 2$
= x @ d(x) / norm(x)        # product rule
""",
        outside={"x in zero_vector(n)": "At 0 the length has a corner, and the formula is 0/0."},
    ),
    Entry(
        name="unit-vector-jacobian",
        title="The Jacobian of the unit vector",
        also=(
            "normalize",
            "normalise",
            "x / ||x||",
        ),
        variables=("x in vector(n)", "constant a in vector(n)"),
        where={"r": "norm(x - a)"},
        function="(x - a) / r",
        gradients={"x": "I(n) / r - outer(x - a, x - a) / r ** 3"},
        conditions="$x$ differs from $a$.",
        source=f"{COOKBOOK}, eq. 130",
        derivation=r"""
= d(x) / r - (x - a) * d(r) / r ** 2               # quotient rule
= d(x) / r - (x - a) * ((x - a) @ d(x)) / r ** 3   # [the distance](#euclidean-norm)
# collect what stands before $\d x$
""",
    ),
    Entry(
        name="sum-of-absolute-values",
        title="The sum of absolute values",
        also=(
            "1-norm",
            "L1 norm",
            "lasso",
            "||x||_1",
        ),
        variables=("x in nonzero(n)",),
        function="norm(x, 1)",
        gradients={"x": "sign(x)"},
        derivation=r"""
= d(sum(abs(x)))         # by definition
= sum(sign(x) * d(x))    # entry by entry
# $\sum_i a_i b_i = \langle a, b\rangle$
""",
    ),
    Entry(
        name="p-norm",
        title="The p-norm",
        also=(
            "Lp norm",
            "Minkowski distance",
        ),
        variables=("x in nonzero(n)", "p in order()"),
        function="norm(x, p)",
        gradients={"x": "x * abs(x) ** (p - 2) / norm(x, p) ** (p - 1)"},
        conditions="It is enough that $x$ is not 0, if $p$ is at least 2. For $p = 1$ the gradient is "
        r"$\operatorname{sign} x$.",
        derivation=r"""
= d(sum(abs(x) ** p) ** (1 / p))                                             # by definition
= sum(abs(x) ** p) ** (1 / p - 1) * d(sum(abs(x) ** p)) / p                  # chain rule
= norm(x, p) ** (1 - p) * sum(abs(x) ** (p - 1) * sign(x) * d(x))            # entry by entry
# $\lvert u\rvert \operatorname{sign} u = u$
""",
    ),
    Entry(
        name="huber-loss",
        title="The Huber loss",
        also=(
            "smooth L1",
            "robust loss",
        ),
        variables=("x in away_from_one(n)",),
        where={"c": "clamp(x, -1, 1)"},
        function="sum(huber(x, 1))",
        gradients={"x": "c"},
        conditions="It holds for every $x$; the points keep away from $\\lvert x_i\\rvert = 1$, where "
        "the second derivative jumps.",
        notes=r"$\operatorname{huber}_{\delta}(u)$ is $u^2/2$ up to $\lvert u\rvert = \delta$, "
        r"and $\delta(\lvert u\rvert - \delta/2)$ beyond; the gradient is "
        r"$\operatorname{clamp}(x, -\delta, \delta)$.",
        derivation=r"""
= d(sum(c * x - c ** 2 / 2))        # $u^2/2$ where $c_i = x_i$, and $\lvert u\rvert - 1/2$ where $c_i = \pm 1$
= sum(c * d(x) + (x - c) * d(c))    # product rule
= sum(c * d(x))                     # an entry of $c$ that differs from that of $x$ stands still
# $\sum_i a_i b_i = \langle a, b\rangle$
""",
    ),
    Entry(
        name="rayleigh-quotient",
        title="The Rayleigh quotient",
        also=("x^T A x / x^T x",),
        variables=("x in nonzero(n)", "constant A in square(n)"),
        function="x @ A @ x / (x @ x)",
        gradients={"x": "(A + A.mT) @ x / (x @ x) - 2 * (x @ A @ x) * x / (x @ x) ** 2"},
        conditions="It is enough that $x$ is not 0.",
        derivation="derive",
    ),
    Entry(
        name="symmetric-rayleigh-quotient",
        title="The Rayleigh quotient of a symmetric matrix",
        variables=("x in nonzero(n)", "constant A in symmetric(n)"),
        where={"rho": "x @ A @ x / (x @ x)"},
        function="x @ A @ x / (x @ x)",
        gradients={"x": "2 / (x @ x) * (A @ x - rho * x)"},
        conditions="It is enough that $x$ is not 0.",
        notes=r"It vanishes exactly at the eigenvectors, where $\rho$ is the eigenvalue.",
        derivation=r"""
= (d(x @ A @ x) - rho * d(x @ x)) / (x @ x)          # quotient rule
= 2 * (x @ A @ d(x) - rho * (x @ d(x))) / (x @ x)    # $A^\top = A$
""",
        outside={"constant A in square(n)": "$A + A^\\top$ takes the place of $2A$."},
    ),
    Entry(
        name="ratio-of-squared-norms",
        title="The quotient of two squared lengths",
        also=("generalised Rayleigh quotient",),
        variables=("x in nonzero(n)", "constant A in matrix(m, n)", "constant B in tall(p, n)"),
        where={"u": "x @ A.mT @ A @ x", "w": "x @ B.mT @ B @ x"},
        function="norm(A @ x) ** 2 / norm(B @ x) ** 2",
        gradients={"x": "2 * A.mT @ A @ x / w - 2 * u * B.mT @ B @ x / w ** 2"},
        conditions="It is enough that $Bx$ is not 0.",
        source=f"{COOKBOOK}, eq. 95, corrected: $x^\\top B B x$ is printed for $x^\\top B^\\top B x$",
        derivation=r"""
= d(u) / w - u * d(w) / w ** 2                                                    # quotient rule
= 2 * x @ A.mT @ A @ d(x) / w - 2 * u * (x @ B.mT @ B @ d(x)) / w ** 2            # $A^\top A$ is symmetric
""",
    ),
    Entry(
        name="cosine",
        title="The cosine of the angle between two vectors",
        also=("cosine similarity",),
        variables=("x, y in nonzero(n)",),
        function="x @ y / (norm(x) * norm(y))",
        gradients={
            "x": "y / (norm(x) * norm(y)) - (x @ y) * x / (norm(x) ** 3 * norm(y))",
            "y": "x / (norm(x) * norm(y)) - (x @ y) * y / (norm(x) * norm(y) ** 3)",
        },
        conditions="It is enough that neither vector is 0.",
        derivation=r"""
= d(x @ y) / (norm(x) * norm(y))
  - x @ y / (norm(x) * norm(y)) * (d(norm(x)) / norm(x) + d(norm(y)) / norm(y))   # quotient rule
= (y @ d(x) + x @ d(y)) / (norm(x) * norm(y))
  - x @ y / (norm(x) * norm(y))
  * (x @ d(x) / norm(x) ** 2 + y @ d(y) / norm(y) ** 2)   # [the length](#euclidean-length)
# sort by $\d x$ and $\d y$
""",
    ),
    Entry(
        name="logsumexp",
        title="The logarithm of a sum of exponentials, with its Hessian",
        also=(
            "log-sum-exp",
            "soft maximum",
            "log partition function",
        ),
        variables=("x in vector(n)",),
        function="logsumexp(x)",
        gradients={"x": "softmax(x)"},
        hessian="Diag(softmax(x)) - outer(softmax(x), softmax(x))",
        derivation=r"""
= d(log(sum(exp(x))))                # by definition
= d(sum(exp(x))) / sum(exp(x))       # the differential of a logarithm
= sum(exp(x) * d(x)) / sum(exp(x))   # entry by entry
# $e^{x_i} / \sum_j e^{x_j}$ is the softmax

D(logsumexp(x), x, x)
= D(softmax(x), x)                                  # the Hessian is the derivative of the gradient
= Diag(softmax(x)) - outer(softmax(x), softmax(x))  # [the softmax](#softmax-jacobian)
""",
    ),
    Entry(
        name="softmax-jacobian",
        title="The Jacobian of the softmax",
        also=("derivative of softmax",),
        variables=("x in vector(n)",),
        where={"s": "softmax(x)"},
        function="softmax(x)",
        gradients={"x": "Diag(s) - outer(s, s)"},
        derivation=r"""
= d(exp(x)) / sum(exp(x)) - exp(x) * d(sum(exp(x))) / sum(exp(x)) ** 2   # quotient rule
= s * d(x) - s * (s @ d(x))                                              # each factor is in $s$
# $s \odot v = \operatorname{Diag}(s)\,v$
""",
    ),
    Entry(
        name="cross-entropy",
        title="The cross-entropy of a softmax",
        also=(
            "negative log likelihood",
            "classification loss",
            "log_softmax",
            "softmax regression",
            "multinomial logistic regression",
        ),
        variables=("x in vector(n)", "constant y in probability(n)"),
        function="-sum(y * log(softmax(x)))",
        gradients={"x": "softmax(x) - y"},
        conditions="It is enough that the entries of $y$ add up to 1; some may be 0.",
        derivation=r"""
= d(sum(y) * logsumexp(x) - y @ x)  # $\log s_i = x_i - \operatorname{logsumexp}(x)$
= d(logsumexp(x)) - y @ d(x)        # the entries of $y$ add up to 1
= softmax(x) @ d(x) - y @ d(x)      # [logsumexp](#logsumexp)
""",
        outside={
            "constant y in positive(n)": "The entries of $y$ do not add up to 1, and their sum "
            "multiplies the softmax."
        },
    ),
    Entry(
        name="logistic-loss",
        title="The logistic loss",
        also=(
            "logistic regression",
            "sigmoid",
            "binary cross-entropy",
            "softplus",
            "log(1 + exp(-y x))",
        ),
        variables=("w in vector(n)", "constant A in matrix(m, n)", "y in signs(m)"),
        function="sum(softplus(-y * (A @ w)))",
        gradients={"w": "-A.mT @ (y * sigmoid(-y * (A @ w)))"},
        conditions="The rows of $A$ are the examples, the entries of $y$ their labels.",
        notes=r"$\operatorname{softplus}(u) = \log(1 + e^u)$, and $\sigma$ is its derivative.",
        derivation="derive",
    ),
    Entry(
        name="entropy",
        title="The entropy",
        also=(
            "Shannon entropy",
            "x log x",
        ),
        variables=("x in positive(n)",),
        function="-sum(x * log(x))",
        gradients={"x": "-log(x) - ones(n)"},
        derivation=r"""
= -sum(log(x) * d(x) + d(x))   # product rule, entry by entry
""",
    ),
    Entry(
        name="entropy-of-probabilities",
        title="The entropy of probabilities that keep their sum",
        also=(
            "Shannon entropy",
            "-sum p log p",
        ),
        variables=("x in probability(n)",),
        function="-sum(x * log(x))",
        gradients={"x": "mean(log(x)) * ones(n) - log(x)"},
        conditions="The entries of $x$ go on adding up to 1.",
        derivation=r"""
= -sum(log(x) * d(x) + d(x))            # [the entropy](#entropy)
= -sum(log(x) * d(x))                   # the sum does not move: $\mathbf{1}^\top\,\d x = 0$
# take away the mean, so that the gradient lies in the plane as well
""",
        outside={"x in positive(n)": "If each entry moves alone, there is no mean to take away."},
    ),
    Entry(
        name="product-of-entries",
        title="The product of the entries",
        also=("prod(x)",),
        variables=("x in nonzero(n)",),
        function="prod(x)",
        gradients={"x": "prod(x) / x"},
        derivation=r"""
= prod(x) * sum(d(x) / x)   # product rule: each entry gives way to its differential
""",
    ),
    Entry(
        name="sample-variance",
        title="The sample variance",
        also=(
            "variance",
            "standard deviation",
            "torch.var",
        ),
        variables=("x in vector(n)",),
        where={"z": "x - mean(x) * ones(n)"},
        function="z @ z / (n - 1)",
        gradients={"x": "2 / (n - 1) * z"},
        conditions="$n$ is at least 2.",
        derivation=r"""
= 2 / (n - 1) * z @ d(z)                                           # product rule
= 2 / (n - 1) * (z @ d(x) - sum(z) * sum(d(x)) / n)                # the differential of $z$
= 2 / (n - 1) * z @ d(x)                                           # the entries of $z$ add up to 0
""",
    ),
    Entry(
        name="layer",
        title="One layer of a neural network, by everything in it",
        also=(
            "backpropagation",
            "tanh(Wx + b)",
            "perceptron",
            "linear layer",
            "dense layer",
        ),
        variables=("w in vector(m)", "A in matrix(m, n)", "x in vector(n)", "b in vector(m)"),
        where={"z": "A @ x + b", "g": "w * (ones(m) - tanh(z) ** 2)"},
        function="w @ tanh(z)",
        gradients={"w": "tanh(z)", "A": "outer(g, x)", "x": "A.mT @ g", "b": "g"},
        notes="Backpropagation in one layer: $g$ is the gradient by $z$, and those by $A$, $x$ and $b$ "
        "follow from it.",
        derivation="derive",
    ),
)
