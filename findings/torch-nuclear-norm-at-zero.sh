#!/usr/bin/env bash
# torch 2.13.0 (CPU): at the zero matrix the gradient of the nuclear norm is the identity, and that
# of the spectral norm a third of it for 3 rows, where the Frobenius norm gives zero.
#
# At 0 none of the three is differentiable. torch's notes on autograd say that of several
# subgradients the one of least norm is taken; zero is a subgradient of each norm at 0, and is what
# the vector norms and the Frobenius norm return. The nuclear and the spectral norm go through a
# singular value decomposition, whose factors at 0 are identities.
#
# Seen:
#   Frobenius  [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
#   nuclear    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
#   spectral   [[0.3333, 0.0, 0.0], [0.0, 0.3333, 0.0], [0.0, 0.0, 0.3333]]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet torch==2.13.0 numpy==2.4.6

cat > "$folder/seen.py" <<'PYTHON'
import torch

print(f"torch {torch.__version__.partition('+')[0]}")
for name, order in {"Frobenius": "fro", "nuclear": "nuc", "spectral": 2}.items():
    X = torch.zeros(3, 3, dtype=torch.float64, requires_grad=True)
    torch.linalg.matrix_norm(X, order).backward()
    print(f"{name:9}  {[[round(entry, 4) for entry in row] for row in X.grad.tolist()]}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
torch 2.13.0
Frobenius  [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
nuclear    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
spectral   [[0.3333, 0.0, 0.0], [0.0, 0.3333, 0.0], [0.0, 0.0, 0.3333]]
SEEN
echo "as described"
