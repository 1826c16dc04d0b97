#!/usr/bin/env bash
# torch 2.13.0: the exponential of one matrix of small norm is off in its eleventh digit.
#
# torch.linalg.matrix_exp takes a polynomial of degree 8 for one matrix whose 1-norm lies between
# 0.0003 and 0.05, and one of its coefficients is wrong by a tenth of 1/120: the error is about
# X**5 / 1200. In a batch of two the same matrix takes another path and is right. Derivatives by
# autograd are exponentials of a block matrix, so that they lose as many digits.
# Reported as https://github.com/pytorch/pytorch/issues/196592.
#
# Seen, at 0.04 times the identity:
#   alone: 8e-11
#   in a batch of two: 0e+00
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet torch==2.13.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PYTHON' | tee "$folder/seen.txt"
import math

import torch

X = 0.04 * torch.eye(2, dtype=torch.float64)
for name, value in {
    "alone": torch.linalg.matrix_exp(X),
    "in a batch of two": torch.linalg.matrix_exp(X.repeat(2, 1, 1))[0],
}.items():
    print(f"{name}: {abs(value[0, 0].item() - math.exp(0.04)):.0e}")
PYTHON
diff "$folder/seen.txt" - <<'SEEN'
alone: 8e-11
in a batch of two: 0e+00
SEEN
echo "as described"
