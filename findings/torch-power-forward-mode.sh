#!/usr/bin/env bash
# torch 2.13.0: in forward mode, a complex number to a real power that moves loses the imaginary part.
#
# The slope of z**t along t is z**t log z, a complex number. torch.autograd.forward_ad returns its
# real part alone, since the rule was written for backward, where the gradient of a real t is real.
# The same projection, with a real base and a complex exponent, is
# https://github.com/pytorch/pytorch/issues/185639.
#
# Seen, at z = 0.7 + 0.4i and t = 1.3:
#   exact: (-0.3723+0.2046j)
#   difference: (-0.3723+0.2046j)
#   forward mode: (-0.3723-0.0000j)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet torch==2.13.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PYTHON' | tee "$folder/seen.txt"
import cmath

import torch
from torch.autograd import forward_ad

z, t, h = 0.7 + 0.4j, 1.3, 1e-6
base, exponent = torch.tensor(z, dtype=torch.complex128), torch.tensor(t, dtype=torch.float64)
with forward_ad.dual_level():
    moved = base ** forward_ad.make_dual(exponent, torch.ones_like(exponent))
    slope = forward_ad.unpack_dual(moved).tangent.item()
print(f"exact: ({z**t * cmath.log(z):.4f})")
print(f"difference: ({(z ** (t + h) - z ** (t - h)) / (2 * h):.4f})")
print(f"forward mode: ({slope:.4f})")
PYTHON
diff "$folder/seen.txt" - <<'SEEN'
exact: (-0.3723+0.2046j)
difference: (-0.3723+0.2046j)
forward mode: (-0.3723-0.0000j)
SEEN
echo "as described"
