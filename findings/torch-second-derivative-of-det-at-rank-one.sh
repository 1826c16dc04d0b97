#!/usr/bin/env bash
# torch 2.13.0 (CPU): the second derivatives of det at c times the matrix of ones are right for some
# c and all nan for others, by how the processor rounds singular values that are zero.
#
# The derivative of det by its first entry is the cofactor of that entry, and the gradient of the
# cofactor is linear in the entries: c times [[0, 0, 0], [0, 1, -1], [0, -1, 1]]. A good guess is
# that a polynomial's answer is right for each c, or fails for each. Where the singular values that
# are zero come out as tiny numbers the answer is right to the last digits; where they come out as
# exactly 0 it is nan, without a warning. Which c these are differs between processors with one and
# the same wheel: at c = 1 one gave the right matrix, and another (AMD EPYC, AVX-512) nan. So a
# recorded answer of such a point holds for a machine and not for a version.
#
# Seen, of c = 0.1, 0.2, ... 20:
#   right for some, nan for some, nothing else
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet torch==2.13.0 numpy==2.4.6

cat > "$folder/seen.py" <<'PYTHON'
import sys

import torch

exact = torch.tensor([[0.0, 0, 0], [0, 1, -1], [0, -1, 1]], dtype=torch.float64)
found = {"right": 0, "nan": 0, "else": 0}
for step in range(1, 201):
    c = step / 10
    X = torch.full((3, 3), c, dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(torch.det(X), X, create_graph=True)
    (second,) = torch.autograd.grad(slope[0, 0], X)
    right = torch.allclose(second, c * exact, rtol=1e-9, atol=1e-9)
    found["right" if right else "nan" if second.isnan().all() else "else"] += 1
print(f"of 200 on this machine: {found}", file=sys.stderr)
print(f"torch {torch.__version__.partition('+')[0]}")
print("; ".join(f"{name}: {'some' if number else 'none'}" for name, number in found.items()))
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
torch 2.13.0
right: some; nan: some; else: none
SEEN
echo "as described"
