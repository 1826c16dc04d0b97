#!/usr/bin/env bash
# HIPS autograd 1.9.1: the slope of x.astype(int).astype(float) is 1, where the function is a staircase.
#
# The rule of astype converts the gradient back to the type of the input, also where the conversion has
# dropped the fraction: near 2.5 the function is the constant 2, and its slope is 0. The same staircase
# as floor has slope 0.
#
# Seen:
#   autograd 1.9.1, near 2.5
#   floor  gradient 0.0, difference quotient 0.0
#   astype gradient 1.0, difference quotient 0.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet autograd==1.9.1 numpy==2.4.6

cat > "$folder/seen.py" <<'PYTHON'
import autograd
import autograd.numpy as np

print("autograd 1.9.1, near 2.5")
x = np.array(2.5)
for name, f in {
    "floor": np.floor,
    "astype": lambda x: x.astype(int).astype(float),
}.items():
    difference = (f(x + 0.25) - f(x - 0.25)) / 0.5
    print(f"{name:6} gradient {autograd.grad(f)(x)}, difference quotient {difference}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
autograd 1.9.1, near 2.5
floor  gradient 0.0, difference quotient 0.0
astype gradient 1.0, difference quotient 0.0
SEEN
echo "as described"
