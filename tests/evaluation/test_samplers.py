"""The samplers draw from the sets that they are named for."""

import inspect
from collections.abc import Callable

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from autodiff_notes import domains

VECTORS = [domains.normal, domains.positive]
MATRICES = [domains.positive_determinant, domains.symmetric_positive_definite]
SAMPLERS = VECTORS + MATRICES

# How many sizes each sampler takes; those of any shape are given one.
SIZED = {
    sample: sum(
        parameter.kind is not inspect.Parameter.KEYWORD_ONLY
        for parameter in inspect.signature(sample).parameters.values()
    )
    for sample in (getattr(domains, name) for name in domains.__all__ if name != "DOMAINS")
}
WITH_SIZES = [sample for sample, count in SIZED.items() if count]
TYPED = [s for s in SIZED if s not in {domains.natural, domains.order}]  # those draw numbers

sizes = st.integers(1, 12)
seeds = st.integers(0, 2**32)


def generator(seed: int = 0) -> torch.Generator:
    """Return a generator with this seed."""
    return torch.Generator().manual_seed(seed)


@given(n=sizes, seed=seeds)
def test_determinant_is_positive(n: int, seed: int) -> None:
    """The determinant is positive for every size, odd and even."""
    X = domains.positive_determinant(n, generator=generator(seed))
    assert X.shape == (n, n)
    assert X.det() > 0


@given(n=sizes, seed=seeds)
def test_condition_number_is_at_most_four(n: int, seed: int) -> None:
    """Both kinds of matrix are well-conditioned."""
    for sample in MATRICES:
        assert torch.linalg.cond(sample(n, generator=generator(seed))) < 4.0001


@given(n=st.integers(2, 12), seed=seeds)
def test_positive_determinant_is_far_from_symmetric(n: int, seed: int) -> None:
    """The matrix differs from its transpose, so that a missing transpose shows."""
    X = domains.positive_determinant(n, generator=generator(seed))
    assert not torch.allclose(X, X.mT, rtol=0, atol=1e-6)


@given(n=sizes, seed=seeds)
def test_symmetric_positive_definite(n: int, seed: int) -> None:
    """The matrix equals its transpose exactly, and its eigenvalues are positive."""
    A = domains.symmetric_positive_definite(n, generator=generator(seed))
    assert torch.equal(A, A.mT)
    assert torch.linalg.eigvalsh(A).min() > 0.4999


def test_positive_stays_away_from_zero() -> None:
    """Positive entries lie between one half and two."""
    x = domains.positive(10_000, generator=generator())
    assert 0.5 <= x.min() < 0.51
    assert 1.99 < x.max() <= 2


def many(sample: Callable[..., object]) -> Tensor:
    """Draw two thousand numbers, one by one."""
    g = generator()
    return torch.tensor([float(sample(generator=g)) for _ in range(2000)])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("drawn", "low", "high"),
    [
        (lambda: domains.nonzero(5000, generator=generator()).abs(), 0.5, 2),
        (lambda: domains.proportion(5000, generator=generator()), 0.1, 0.9),
        (lambda: many(domains.small), 0.01, 0.02),
        (lambda: many(domains.order), 1, 4),
    ],
    ids=["nonzero", "proportion", "small", "order"],
)
def test_numbers_lie_where_the_guide_says(
    drawn: Callable[[], Tensor], low: float, high: float
) -> None:
    """The draws fill the interval of their docstring, and nothing beyond."""
    x, near = drawn(), 0.01 * (high - low)
    assert low <= x.min() < low + near
    assert high - near < x.max() <= high


@given(n=st.integers(3, 6), seed=seeds)
def test_distinct_eigenvalues_have_both_signs(n: int, seed: int) -> None:
    """The eigenvalues of the symmetric matrix are apart, and zero lies between them."""
    A = domains.distinct_eigenvalues(n, generator=generator(seed))
    values = torch.linalg.eigvalsh(A)
    assert torch.equal(A, A.mT)
    assert values.diff().min() > 0.3999
    assert values.min() < 0 < values.max()


@given(n=st.integers(2, 6), seed=seeds)
def test_hermitian(n: int, seed: int) -> None:
    """The matrix is its own conjugate transpose, and is not real."""
    A = domains.hermitian(n, generator=generator(seed))
    assert torch.equal(A, A.mH)
    assert A.diagonal().real.abs().min() > 0
    assert (A - A.conj()).abs().max() > 1e-3


@pytest.mark.parametrize("sample", VECTORS)
def test_shapes(sample: Callable[..., Tensor]) -> None:
    """Sizes become the shape, and no size at all gives a 0-d tensor."""
    assert sample(generator=generator()).shape == ()
    assert sample(2, 3, 4, generator=generator()).shape == (2, 3, 4)


@pytest.mark.parametrize("sample", SAMPLERS)
@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_seed_and_type_decide(sample: Callable[..., Tensor], dtype: torch.dtype) -> None:
    """A seed fixes the draw, another seed changes it, and the type is the one asked for."""
    first = sample(3, generator=generator(1), dtype=dtype)
    assert first.dtype == dtype
    assert torch.equal(first, sample(3, generator=generator(1), dtype=dtype))
    assert not torch.equal(first, sample(3, generator=generator(2), dtype=dtype))


@pytest.mark.parametrize("sample", SAMPLERS)
def test_default_type_is_float64(sample: Callable[..., Tensor]) -> None:
    """Points are in float64 unless another type is asked for."""
    assert sample(2, generator=generator()).dtype == torch.float64


@pytest.mark.parametrize("sample", SAMPLERS)
def test_global_generator_is_left_alone(sample: Callable[..., Tensor]) -> None:
    """A draw does not move the random state of torch."""
    before = torch.get_rng_state()
    sample(3, generator=generator())
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize("sample", WITH_SIZES)
@pytest.mark.parametrize("size", [0, -1])
def test_size_below_one_is_refused(sample: Callable[..., Tensor], size: int) -> None:
    """A size of zero or less is an error that names it."""
    with pytest.raises(ValueError, match=f"a size must be at least 1; got {size}"):
        sample(*[size] * SIZED[sample], generator=generator())


@pytest.mark.parametrize("sample", WITH_SIZES)
@pytest.mark.parametrize("size", [2.0, "2", None, True, torch.tensor(2)])
def test_size_that_is_no_integer_is_refused(sample: Callable[..., Tensor], size: object) -> None:
    """A size that is not an integer is an error that shows it."""
    with pytest.raises(TypeError, match="a size must be an integer; got"):
        sample(*[size] * SIZED[sample], generator=generator())


@pytest.mark.parametrize("sample", TYPED)
@pytest.mark.parametrize("dtype", [torch.int64, torch.bool, torch.complex128])
def test_type_that_is_not_real_is_refused(
    sample: Callable[..., Tensor], dtype: torch.dtype
) -> None:
    """A type that is not real floating-point is an error that names it."""
    with pytest.raises(TypeError, match=f"real floating-point type; got {dtype}"):
        sample(*[2] * SIZED[sample], generator=generator(), dtype=dtype)


def test_zeros_are_a_point_of_their_own() -> None:
    """Where a norm has no gradient, and an inverse none at all, every entry is zero."""
    g = torch.Generator().manual_seed(0)
    found = domains.zero(2, 3, generator=g, dtype=torch.float32)
    assert (found.shape, found.dtype) == ((2, 3), torch.float32)
    assert not found.any()
    with pytest.raises(ValueError, match="size"):
        domains.zero(0, 3, generator=g)
