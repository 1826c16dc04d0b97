#!/usr/bin/env bash
# torch 2.13.0 (CPU): two ways to the Hessian of det at the identity, of which one is all nan.
#
# det is a polynomial of the entries, so its Hessian is finite everywhere; at the 2 by 2 identity it
# has the entries 0, 1 and -1. torch.autograd.functional.hessian (reverse over reverse) finds it.
# torch.func.hessian (forward over reverse) returns nan alone, without a warning; at a matrix
# without repeated singular values both agree. At the zero matrix both are nan.
# Reported as https://github.com/pytorch/pytorch/issues/192521.
#
# Seen:
#   identity, autograd.functional: right
#   identity, torch.func: nan
#   generic, autograd.functional: right
#   generic, torch.func: right
#   zero, autograd.functional: nan
#   zero, torch.func: nan
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet torch==2.13.0 numpy==2.4.6

cat > "$folder/seen.py" <<'PYTHON'
import torch

points = {
    "identity": torch.eye(2, dtype=torch.float64),
    "generic": torch.tensor([[1.0, 2.0], [3.0, 5.0]], dtype=torch.float64),
    "zero": torch.zeros(2, 2, dtype=torch.float64),
}
exact = torch.zeros(2, 2, 2, 2, dtype=torch.float64)
exact[0, 0, 1, 1] = exact[1, 1, 0, 0] = 1
exact[0, 1, 1, 0] = exact[1, 0, 0, 1] = -1
print(f"torch {torch.__version__.partition('+')[0]}")
for place, X in points.items():
    ways = {
        "autograd.functional": torch.autograd.functional.hessian(torch.det, X),
        "torch.func": torch.func.hessian(torch.det)(X),
    }
    for way, found in ways.items():
        if found.isnan().all():
            print(f"{place}, {way}: nan")
        else:
            torch.testing.assert_close(found, exact)
            print(f"{place}, {way}: right")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
torch 2.13.0
identity, autograd.functional: right
identity, torch.func: nan
generic, autograd.functional: right
generic, torch.func: right
zero, autograd.functional: nan
zero, torch.func: nan
SEEN
echo "as described"
