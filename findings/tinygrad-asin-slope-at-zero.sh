#!/usr/bin/env bash
# tinygrad 0.14.0 (CPU, with clang): asin, acos, atan and erf have the slope zero at zero.
#
# The slopes there are 1, -1, 1 and 2 / sqrt(pi), about 1.128379. The functions are polynomials of the
# absolute value times the sign, and both have the slope zero at zero. At 0.1 the slopes are right to
# about six digits: 1.005038, -1.005038, 0.990099, 1.117152.
#
# Seen:
#   asin  at 0: 0.0    at 0.1: 1.005
#   acos  at 0: 0.0    at 0.1: -1.005
#   atan  at 0: 0.0    at 0.1: 0.990
#   erf   at 0: 0.0    at 0.1: 1.117
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet tinygrad==0.14.0

cat > "$folder/seen.py" <<'PYTHON'
from tinygrad import Tensor, dtypes

for name in ("asin", "acos", "atan", "erf"):
    x = Tensor([0.0, 0.1], dtype=dtypes.float64)
    (slopes,) = getattr(x, name)().sum().gradient(x)
    zero, near = slopes.tolist()
    print(f"{name:4}  at 0: {zero:.1f}    at 0.1: {near:.3f}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
asin  at 0: 0.0    at 0.1: 1.005
acos  at 0: 0.0    at 0.1: -1.005
atan  at 0: 0.0    at 0.1: 0.990
erf   at 0: 0.0    at 0.1: 1.117
SEEN
echo "as described"
