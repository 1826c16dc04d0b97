#!/usr/bin/env bash
# SymPy 1.14.0: the derivatives of Max(x, y, z) where all three are equal are one half each, which adds
# up to 3/2.
#
# If all three grow by t, so does their maximum: the slope along (1, 1, 1) is 1, and every subgradient
# has entries that add up to 1. SymPy differentiates Max(x, y, z) by x as Heaviside(x - Max(y, z)), and
# Heaviside(0) is 1/2. For two arguments the halves are right.
#
# Seen:
#   sympy 1.14.0
#   two   [1/2, 1/2]
#   three [1/2, 1/2, 1/2]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet sympy==1.14.0

cat > "$folder/seen.py" <<'PYTHON'
import sympy

print(f"sympy {sympy.__version__}")
x, y, z = sympy.symbols("x y z", real=True)
equal = {x: 3, y: 3, z: 3}
print("two  ", [sympy.diff(sympy.Max(x, y), s).subs(equal) for s in (x, y)])
print("three", [sympy.diff(sympy.Max(x, y, z), s).subs(equal) for s in (x, y, z)])
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
sympy 1.14.0
two   [1/2, 1/2]
three [1/2, 1/2, 1/2]
SEEN
echo "as described"
