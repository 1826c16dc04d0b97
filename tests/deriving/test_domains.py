"""A domain that a word needs is found and offered, also for what is more than a variable."""

import pytest

from autodiff_notes.deriving import DomainNeeded, derive


@pytest.mark.parametrize(
    ("function", "variables", "offered"),
    [
        ("logdet(X)", ("X in matrix(n, n)",), ("X in positive_determinant(n)",)),
        ("tr(inv(X))", ("X in square(n)",), ("X in invertible(n)",)),
        ("sum(log(x)) + a @ x", ("a, x in vector(n)",), ("a in vector(n)", "x in positive(n)")),
        ("sum(log(X))", ("X in square(n)",), ("X in positive_matrix(n, n)",)),
        ("eigenvalues(X)[0]", ("X in square(n)",), ("X in distinct_eigenvalues(n)",)),
        ("logdet(2 * X.mT)", ("X in square(n)",), ("X in positive_determinant(n)",)),
        ("logdet(X @ X.mT)", ("X in matrix(m, n)",), ("X in wide(m, n)",)),
        ("tr(inv(X.mT @ X))", ("X in matrix(m, n)",), ("X in tall(m, n)",)),
        ("logdet(X + Y)", ("X, Y in square(n)",), ("X in spd(n)", "Y in spd(n)")),
        (
            "sqrt(s / t)",
            ("s, t in scalar()",),
            ("s in positive_scalar()", "t in positive_scalar()"),
        ),
        ("sqrt(s ** 2 + t)", ("s, t in scalar()",), ("s in scalar()", "t in positive_scalar()")),
        (
            "sum(log(X @ a))",
            ("X in matrix(m, n)", "constant a in positive(n)"),
            ("X in positive_matrix(m, n)", "constant a in positive(n)"),
        ),
        ("tr(sqrtm(S))", ("S in symmetric(n)",), ("S in spd(n)",)),
    ],
)
def test_a_missing_domain_is_offered(
    function: str, variables: tuple[str, ...], offered: tuple[str, ...]
) -> None:
    """A word that is not defined everywhere names a set in which it is, and there it holds."""
    with pytest.raises(DomainNeeded) as raised:
        derive(function, variables)
    assert raised.value.offered == offered
    assert derive(function, offered).verify(sizes=2, seeds=1).holds


def test_a_name_is_looked_through() -> None:
    """What stands in a name is looked at as if it stood in the function."""
    with pytest.raises(DomainNeeded, match="logdet\\(P\\) needs") as raised:
        derive("logdet(P)", ("X in matrix(m, n)",), where={"P": "X.mT @ X"})
    assert raised.value.offered == ("X in tall(m, n)",)


@pytest.mark.parametrize(
    ("function", "variables"),
    [
        ("log(x @ x)", ("x in vector(n)",)),
        ("log(x @ A @ x)", ("x in vector(n)", "constant A in spd(n)")),
        (
            "sum(log(b - A @ x))",
            ("x in vector(n)", "constant A in matrix(m, n)", "constant b in vector(m)"),
        ),
        ("sqrt(1 + s ** 2)", ("s in scalar()",)),
        ("log(sum(exp(x)))", ("x in vector(n)",)),
        ("logdet(I(n) + X.mT @ X)", ("X in matrix(m, n)",)),
        ("log(0 * s + x @ x)", ("s in scalar()", "x in vector(n)")),
        ("log(2 * exp(s) + norm(x))", ("s in scalar()", "x in nonzero(n)")),
    ],
)
def test_what_may_be_positive_anyway_is_derived(function: str, variables: tuple[str, ...]) -> None:
    """No set is demanded where another reason may do."""
    assert derive(function, variables).gradients
