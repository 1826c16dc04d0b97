#!/usr/bin/env bash
# MindSpore 2.10.0 (CPU): the second derivatives of ops.det are wrong at a regular matrix.
#
# At [[1, 2], [3, 4]] the gradient of det is right, [[4, -3], [-2, 1]]. Its upper left entry is the
# entry x11 of the matrix, so that the derivative of that is [[0, 0], [0, 1]]. MindSpore answers
# [[8, -4], [-6, 3]], without a word: the gradient is det(X) inv(X)^T, and the second pass
# lets the inverse vary with the wrong sign. The same function, written out, is right.
#
# Seen:
#   det                    [[8.0, -4.0], [-6.0, 3.0]]
#   x00 x11 - x01 x10      [[0.0, 0.0], [0.0, 1.0]]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet mindspore==2.10.0 numpy==1.26.4

cat > "$folder/seen.py" <<'PYTHON'
import mindspore
from mindspore import Tensor, ops


def determinant(X):
    turned = Tensor([[0.0, 1.0], [-1.0, 0.0]])
    return (X * (turned @ X @ turned.T)).sum() / 2


X = Tensor([[1.0, 2.0], [3.0, 4.0]])
corner = Tensor([[1.0, 0.0], [0.0, 0.0]])
print(f"MindSpore {mindspore.__version__}")
for name, f in {"det": ops.det, "x00 x11 - x01 x10": determinant}.items():
    gradient = mindspore.grad(f)
    second = mindspore.grad(lambda X: (gradient(X) * corner).sum())(X).asnumpy()
    print(f"{name:21}  {(second.round(3) + 0.0).tolist()}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" 2> "$folder/log.txt" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
MindSpore 2.10.0
det                    [[8.0, -4.0], [-6.0, 3.0]]
x00 x11 - x01 x10      [[0.0, 0.0], [0.0, 1.0]]
SEEN
echo "as described"
