#!/usr/bin/env bash
# torch 2.13.0 (CPU): the second derivative of abs(x)**2 at 0 is 0, where that of x*x is 2.
#
# Both are the same polynomial. The rule of abs is 2*|x|*sign(x), and sign is a constant for the
# second pass: at 0 both factors vanish, and so does what is left of the product rule. The same
# happens to |z|**2 for a complex z. With a norm in place of abs, a second reverse pass gives nan,
# and torch.func.hessian gives 0.
#
# Seen:
#   abs(x)**2               [[0.0, 0.0], [0.0, 0.0]]
#   x*x                     [[2.0, 0.0], [0.0, 2.0]]
#   norm(x)**2, reverse     [[nan, nan], [nan, nan]]
#   norm(x)**2, torch.func  [[0.0, 0.0], [0.0, 0.0]]
#   abs(z)**2, complex      [[0.0, 0.0], [0.0, 0.0]]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet torch==2.13.0 numpy==2.4.6

cat > "$folder/seen.py" <<'PYTHON'
import torch
from torch.autograd.functional import hessian

zero = torch.zeros(2, dtype=torch.float64)
norm = torch.linalg.vector_norm
rows = {
    "abs(x)**2": hessian(lambda x: (x.abs() ** 2).sum(), zero),
    "x*x": hessian(lambda x: (x * x).sum(), zero),
    "norm(x)**2, reverse": hessian(lambda x: norm(x) ** 2, zero),
    "norm(x)**2, torch.func": torch.func.hessian(lambda x: norm(x) ** 2)(zero),
    "abs(z)**2, complex": hessian(lambda x: torch.complex(x[0], x[1]).abs() ** 2, zero),
}
print(f"torch {torch.__version__.partition('+')[0]}")
for name, found in rows.items():
    print(f"{name:22}  {found.tolist()}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
torch 2.13.0
abs(x)**2               [[0.0, 0.0], [0.0, 0.0]]
x*x                     [[2.0, 0.0], [0.0, 2.0]]
norm(x)**2, reverse     [[nan, nan], [nan, nan]]
norm(x)**2, torch.func  [[0.0, 0.0], [0.0, 0.0]]
abs(z)**2, complex      [[0.0, 0.0], [0.0, 0.0]]
SEEN
echo "as described"
