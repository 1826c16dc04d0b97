#!/usr/bin/env bash
# torch 2.13.0 (CPU): a weight that is changed in place between forward and backward is noticed by
# autograd, and not by a checkpoint around the same function.
#
# Autograd keeps the weight for its backward pass, with the version that it had, and raises when the
# version is another. A checkpoint (use_reentrant=False) keeps its inputs alone: the function reads
# the weight again when backward runs it a second time. The gradient by x is then that of the new
# weight, without an error or a warning, although what is recomputed differs from what was.
#
# Seen, for y = (w x)^2 at x = 3, w = 2, then w = 5; dy/dx is 2 w^2 x, which is 24 and then 150:
#   plain: RuntimeError
#   checkpoint: 60
# 60 is 2 (w x) w with the outer w x of the forward pass, 6, and the inner w of the second run: it
# is the derivative of no function at all.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet torch==2.13.0 numpy==2.4.6

cat > "$folder/seen.py" <<'PYTHON'
import torch
from torch.utils.checkpoint import checkpoint

print(f"torch {torch.__version__.partition('+')[0]}")
for name in ("plain", "checkpoint"):
    w, x = torch.tensor(2.0, requires_grad=True), torch.tensor(3.0, requires_grad=True)
    product = (lambda x: w * x) if name == "plain" else lambda x: checkpoint(lambda x: w * x, x, use_reentrant=False)
    y = product(x) ** 2
    with torch.no_grad():
        w.fill_(5.0)  # as an optimiser's step
    try:
        y.backward()
        print(f"{name}: {x.grad.item():g}")
    except RuntimeError as error:
        print(f"{name}: {type(error).__name__}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
torch 2.13.0
plain: RuntimeError
checkpoint: 60
SEEN
echo "as described"
