r"""Likelihoods, by mean and covariance."""

from autodiff_notes.catalogue.entry import Entry

COOKBOOK = "The Matrix Cookbook (2012)"
INNER = r"# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$"

ENTRIES: tuple[Entry, ...] = (
    Entry(
        name="gaussian-log-density",
        title="The logarithm of a Gaussian density, by point, mean and covariance",
        also=(
            "multivariate normal",
            "Gaussian likelihood",
            "log pdf",
        ),
        variables=("x, mu in vector(n)", "Sigma in covariance(n)"),
        where={"r": "x - mu", "S": "inv(Sigma)"},
        function="-(n * log(2 * pi) + logdet(Sigma) + r @ S @ r) / 2",
        gradients={
            "x": "-S @ r",
            "mu": "S @ r",
            "Sigma": "(outer(S @ r, S @ r) - S) / 2",
        },
        conditions=r"Each entry of $\Sigma$ moves alone, away from a symmetric matrix; if $\Sigma$ stays "
        "symmetric, the gradient is the same.",
        derivation=r"""
= -tr(S @ d(Sigma)) / 2 - r @ S @ d(r) + r @ S @ d(Sigma) @ S @ r / 2     # [the determinant](#log-det), [the inverse](#derivation-inverse); $S$ is symmetric
= r @ S @ (d(mu) - d(x)) + tr((outer(S @ r, S @ r) - S) @ d(Sigma)) / 2    # a number is its own trace
# $\operatorname{tr}(A^\top B) = \langle A, B\rangle$
""",
        outside={
            "Sigma in positive_determinant(n)": r"Without symmetry $\operatorname{sym} S$ takes the "
            r"place of $S$ in the gradients by $x$ and $\mu$, and the one by $\Sigma$ is "
            r"$\bigl(S^\top r (Sr)^\top - S^\top\bigr) / 2$."
        },
    ),
    Entry(
        name="gaussian-log-density-by-precision",
        title="The logarithm of a Gaussian density, by mean and precision",
        also=(
            "precision matrix",
            "multivariate normal",
            "inverse covariance",
        ),
        variables=("constant x in vector(n)", "mu in vector(n)", "Lambda in spd(n)"),
        where={"r": "x - mu"},
        function="(logdet(Lambda) - r @ Lambda @ r - n * log(2 * pi)) / 2",
        gradients={"mu": "Lambda @ r", "Lambda": "(inv(Lambda) - outer(r, r)) / 2"},
        derivation="derive",
        outside={
            "Lambda in positive_determinant(n)": r"Without symmetry $\operatorname{sym} \Lambda$ takes "
            r"the place of $\Lambda$ in the gradient by $\mu$, and $\Lambda^{-\top}$ that of "
            r"$\Lambda^{-1}$.",
        },
    ),
    Entry(
        name="gaussian-log-density-by-factor",
        title="The logarithm of a Gaussian density, by mean and Cholesky factor",
        also=(
            "multivariate normal",
            "scale_tril",
        ),
        variables=("constant x in vector(n)", "mu in vector(n)", "L in lower_triangular(n)"),
        where={"z": "solve(L, x - mu)"},
        function="-n * log(2 * pi) / 2 - sum(log(diag(L))) - z @ z / 2",
        gradients={
            "mu": "inv(L).mT @ z",
            "L": "tril(inv(L).mT @ outer(z, z)) - Diag(1 / diag(L))",
        },
        notes=r"The covariance is $\Sigma = LL^\top$; what moves is the lower triangle.",
        derivation=r"""
= -tr(Diag(1 / diag(L)) @ d(L)) - z @ d(z)                                          # chain rule
= -tr(Diag(1 / diag(L)) @ d(L)) + z @ inv(L) @ (d(mu) + d(L) @ z)                   # the differential of $Lz = x - \mu$
= z @ inv(L) @ d(mu) + inner(inv(L).mT @ outer(z, z) - Diag(1 / diag(L)), d(L))     # a number is its own trace
# $\d L$ has no entries above the diagonal
""",
        outside={
            "L in positive_determinant(n)": "The diagonal need not be positive, and the upper triangle "
            "counts too.",
        },
    ),
    Entry(
        name="trace-of-inverse-covariance",
        title="The trace of an inverse times a matrix",
        variables=("Sigma in invertible(n)", "constant A in square(n)"),
        function="tr(inv(Sigma) @ A)",
        gradients={"Sigma": "-inv(Sigma).mT @ A.mT @ inv(Sigma).mT"},
        source=f"{COOKBOOK}, eqs 63 and 124",
        derivation=f"""
= -tr(inv(Sigma) @ d(Sigma) @ inv(Sigma) @ A)    # [the inverse](#derivation-inverse)
= -tr(inv(Sigma) @ A @ inv(Sigma) @ d(Sigma))    # a trace may be turned
{INNER}
""",
    ),
    Entry(
        name="gaussian-log-likelihood",
        title="The logarithm of a Gaussian likelihood, by the covariance",
        also=(
            "graphical lasso",
            "maximum likelihood covariance",
            "multivariate normal",
        ),
        variables=("Sigma in spd(n)", "constant A in spd(n)"),
        where={"S": "inv(Sigma)"},
        function="-(logdet(Sigma) + tr(S @ A)) / 2",
        gradients={"Sigma": "S @ (A - Sigma) @ S / 2"},
        notes=r"$A$ is the mean of $(x_i - \mu)(x_i - \mu)^\top$ over the data, and the function is "
        r"the mean of their log densities up to a constant. The gradient vanishes at $\Sigma = A$.",
        derivation=r"""
= -tr(S @ d(Sigma)) / 2 + tr(S @ d(Sigma) @ S @ A) / 2     # [the determinant](#log-det), [the inverse](#derivation-inverse)
= tr(S @ (A - Sigma) @ S @ d(Sigma)) / 2                   # $S = S\Sigma S$, and a trace may be turned
# $S(A - \Sigma)S$ is symmetric
""",
        outside={
            "constant A in square(n)": r"$\operatorname{sym} A$ takes the place of $A$.",
            "Sigma in positive_determinant(n)": r"Without symmetry the gradient is "
            r"$S^\top(A - \Sigma^\top)S^\top / 2$.",
        },
    ),
    Entry(
        name="gaussian-divergence",
        title="The relative entropy of two Gaussians",
        also=(
            "KL divergence",
            "Kullback-Leibler",
            "variational inference",
        ),
        variables=(
            "mu in vector(n)",
            "Sigma in spd(n)",
            "constant m_0 in vector(n)",
            "constant C in spd(n)",
        ),
        where={"r": "mu - m_0"},
        function="(tr(inv(C) @ Sigma) + r @ inv(C) @ r - n + logdet(C) - logdet(Sigma)) / 2",
        gradients={"mu": "inv(C) @ r", "Sigma": "(inv(C) - inv(Sigma)) / 2"},
        notes=r"The Kullback-Leibler divergence from $\mathcal{N}(\mu, \Sigma)$ to $\mathcal{N}(m_0, C)$.",
        derivation="derive",
        outside={
            "Sigma in positive_determinant(n)": r"Without symmetry $\Sigma^{-\top}$ takes the place of "
            r"$\Sigma^{-1}$.",
            "constant C in positive_definite(n)": r"Without symmetry $\operatorname{sym} C^{-1}$ takes the "
            r"place of $C^{-1}$.",
        },
    ),
)
