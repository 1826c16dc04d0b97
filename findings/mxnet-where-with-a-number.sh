#!/usr/bin/env bash
# MXNet 1.9.1 (CPU): np.where with a number for one of its branches gives the gradient to the entries
# that were not chosen.
#
# The values are right. With a number in either place, the gradient is the one of the opposite
# condition, so that where(x > 0, x, 0.0), which is relu, has the slope 1 at -1 and 0 at 2. With an
# array of zeros in place of the number the gradient is right.
#
# Seen:
#   value and gradient at [-1, 2]
#   where(x > 0, x, 0.0)      [0.0, 2.0]   [1.0, 0.0]
#   where(x > 0, 0.0, x)      [-1.0, 0.0]  [0.0, 1.0]
#   where(x > 0, x, zeros)    [0.0, 2.0]   [0.0, 1.0]
#   where(x > 0, 3 * x, 0.0)  [0.0, 6.0]   [3.0, 0.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet mxnet==1.9.1 numpy==1.23.5

cat > "$folder/seen.py" <<'PYTHON'
import numpy

for old in ("bool", "int", "float", "object"):  # aliases that NumPy dropped and MXNet asks for
    if old not in vars(numpy):
        setattr(numpy, old, getattr(numpy, old + "_"))

import mxnet
from mxnet import autograd, np, npx

npx.set_np()
print(f"MXNet {mxnet.__version__}")
functions = {
    "where(x > 0, x, 0.0)": lambda x: np.where(x > 0, x, 0.0),
    "where(x > 0, 0.0, x)": lambda x: np.where(x > 0, 0.0, x),
    "where(x > 0, x, zeros)": lambda x: np.where(x > 0, x, np.zeros_like(x)),
    "where(x > 0, 3 * x, 0.0)": lambda x: np.where(x > 0, 3 * x, 0.0),
}
for name, f in functions.items():
    x = np.array([-1.0, 2.0])
    x.attach_grad()
    with autograd.record():
        y = f(x)
    y.backward()
    print(f"{name:24}  {str(y.asnumpy().tolist()):11}  {x.grad.asnumpy().tolist()}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" 2> "$folder/log.txt" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
MXNet 1.9.1
where(x > 0, x, 0.0)      [0.0, 2.0]   [1.0, 0.0]
where(x > 0, 0.0, x)      [-1.0, 0.0]  [0.0, 1.0]
where(x > 0, x, zeros)    [0.0, 2.0]   [0.0, 1.0]
where(x > 0, 3 * x, 0.0)  [0.0, 6.0]   [3.0, 0.0]
SEEN
echo "as described"
