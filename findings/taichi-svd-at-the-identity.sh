#!/usr/bin/env bash
# Taichi 1.7.4 (CPU): the gradient of U S V^T, put together again from ti.svd, is wrong at the identity.
#
# The product is the matrix itself, so that the gradient of 1 Y00 + 2 Y01 + 3 Y10 + 4 Y11 by the matrix
# is [[1, 2], [3, 4]] everywhere. At a matrix with two singular values that differ Taichi returns it; at
# the identity the entries off the diagonal are finite and wrong, without an error or a NaN.
#
# Seen:
#   [[2.0, 1.0], [0.0, 1.0]]  [[1.0, 2.0], [3.0, 4.0]]
#   [[1.0, 0.0], [0.0, 1.0]]  [[1.0, -0.5], [0.5, 4.0]]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet taichi==1.7.4 numpy==2.4.6

cat > "$folder/seen.py" <<'PYTHON'
import taichi as ti

ti.init(arch=ti.cpu, default_fp=ti.f64, log_level=ti.ERROR)
X = ti.Matrix.field(2, 2, ti.f64, shape=(), needs_grad=True)
y = ti.field(ti.f64, shape=(), needs_grad=True)


@ti.kernel
def weigh():
    U, S, V = ti.svd(X[None])
    Y = U @ S @ V.transpose()
    y[None] = 1.0 * Y[0, 0] + 2.0 * Y[0, 1] + 3.0 * Y[1, 0] + 4.0 * Y[1, 1]


for rows in ([[2.0, 1.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]):
    X[None] = rows
    with ti.ad.Tape(y):
        weigh()
    print(f"{rows}  {(X.grad.to_numpy().round(6) + 0.0).tolist()}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" 2> "$folder/log.txt" | grep -v "^\[Taichi\]" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
[[2.0, 1.0], [0.0, 1.0]]  [[1.0, 2.0], [3.0, 4.0]]
[[1.0, 0.0], [0.0, 1.0]]  [[1.0, -0.5], [0.5, 4.0]]
SEEN
echo "as described"
