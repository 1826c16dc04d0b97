"""Functions of the vocabulary for which torch has none of its own.

The templates of the vocabulary call them by name. Readers copy them, so
each stands by itself and needs torch alone; :func:`autodiff_notes.notation.helpers` shows their
source without docstrings and types.

>>> cof(torch.tensor([[1.0, 2.0], [3.0, 4.0]])).round()
tensor([[ 4., -3.],
        [-2.,  1.]])
"""

import torch
from torch import Tensor

__all__ = [
    "Phi",
    "cof",
    "diagonal_means",
    "diagonal_sums",
    "expanded_det",
    "frechet_expm",
    "huber",
    "logm",
    "perron",
    "skew",
    "sqrtm",
    "sylvester",
    "sym",
    "toeplitz",
]

# Parts of a matrix


def sym(A: Tensor) -> Tensor:
    """Return the symmetric part."""
    return (A + A.mT) / 2


def skew(A: Tensor) -> Tensor:
    """Return the skew-symmetric part."""
    return (A - A.mT) / 2


def Phi(A: Tensor) -> Tensor:
    """Return the lower triangle with half of the diagonal."""
    return A.tril() - torch.diag(torch.diag(A)) / 2


def toeplitz(t: Tensor) -> Tensor:
    """Return the Toeplitz matrix of 2n - 1 numbers, the first in its lower left corner."""
    n = (len(t) + 1) // 2
    return torch.stack([t[n - 1 - i : 2 * n - 1 - i] for i in range(n)])


def diagonal_sums(A: Tensor) -> Tensor:
    """Return the sums of the diagonals, from the lower left corner: the adjoint of toeplitz."""
    return torch.stack([A.diagonal(k).sum() for k in range(1 - len(A), len(A))])


def diagonal_means(A: Tensor) -> Tensor:
    """Return the means of the diagonals: the Toeplitz matrix of these is the nearest to A."""
    return torch.stack([A.diagonal(k).mean() for k in range(1 - len(A), len(A))])


# Determinants


def cof(X: Tensor) -> Tensor:
    """Return the matrix of cofactors, by singular values, so that X may be singular."""
    U, s, Vh = torch.linalg.svd(X)
    others = torch.stack([s[torch.arange(len(s)) != i].prod() for i in range(len(s))])
    return torch.linalg.det(U) * torch.linalg.det(Vh) * (U * others) @ Vh


def expanded_det(X: Tensor) -> Tensor:
    """Return the determinant by its expansion along the first row."""
    if len(X) == 1:
        return X[0, 0]
    minors = [torch.cat([X[1:, :j], X[1:, j + 1 :]], dim=1) for j in range(len(X))]
    return sum((-1) ** j * X[0, j] * expanded_det(minors[j]) for j in range(len(X)))


# Functions of a matrix as a whole


def sqrtm(A: Tensor) -> Tensor:
    """Return the square root of a symmetric positive definite matrix."""
    eigenvalues, V = torch.linalg.eigh(A)
    return V * eigenvalues.sqrt() @ V.mT


def logm(A: Tensor) -> Tensor:
    """Return the logarithm of a symmetric positive definite matrix."""
    eigenvalues, V = torch.linalg.eigh(A)
    return V * eigenvalues.log() @ V.mT


def frechet_expm(A: Tensor, E: Tensor) -> Tensor:
    """Return the derivative of the matrix exponential at A along E, by a block of twice the size."""
    n = len(A)
    top, bottom = torch.cat([A, E], dim=1), torch.cat([torch.zeros_like(A), A], dim=1)
    return torch.linalg.matrix_exp(torch.cat([top, bottom]))[:n, n:]


# Equations, eigenvectors, losses


def sylvester(A: Tensor, B: Tensor, C: Tensor) -> Tensor:
    """Return the solution X of AX + XB = C."""
    m, n = C.shape
    In, Im = torch.eye(n).to(C), torch.eye(m).to(C)
    K = torch.kron(A.contiguous(), In) + torch.kron(Im, B.mT.contiguous())
    return torch.linalg.solve(K, C.flatten()).reshape(m, n)


def perron(A: Tensor) -> tuple[Tensor, Tensor]:
    """Return the eigenvalue of largest real part, and its eigenvector of length one."""
    eigenvalues, vectors = torch.linalg.eig(A)
    i = eigenvalues.real.argmax()
    v = vectors[:, i].real
    return eigenvalues[i].real, v / torch.linalg.vector_norm(v) * torch.sign(v[0])


def huber(x: Tensor, delta: float) -> Tensor:
    """Return Huber's function: a parabola up to the threshold, a straight line beyond."""
    return torch.where(x.abs() <= delta, x**2 / 2, delta * (x.abs() - delta / 2))
