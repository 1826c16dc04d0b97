#!/usr/bin/env bash
# SymPy 1.14.0: the derivative of a number that depends on a matrix symbol through tr or det loses
# terms, without a word.
#
# tr(X*X.T) and tr(X)**2 are right. A function around the trace makes the answer the number 0, and
# in a product with det the term with the derivative of det is lost. The gradients are exp(tr X) I,
# I / tr X, inv(X).T, and det(X) I + tr(X) det(X) inv(X).T.
#
# Seen:
#   tr(X*X.T)    2*X
#   tr(X)**2     (2*Trace(X))*I
#   exp(tr(X))   0
#   log(tr(X))   0
#   log(det(X))  0
#   tr(X)*det(X) Determinant(X)*I
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet sympy==1.14.0 mpmath==1.3.0

cat > "$folder/seen.py" <<'PYTHON'
import sympy
from sympy import Determinant, MatrixSymbol, Trace, exp, log

X = MatrixSymbol("X", 3, 3)
functions = {
    "tr(X*X.T)": Trace(X * X.T),
    "tr(X)**2": Trace(X) ** 2,
    "exp(tr(X))": exp(Trace(X)),
    "log(tr(X))": log(Trace(X)),
    "log(det(X))": log(Determinant(X)),
    "tr(X)*det(X)": Trace(X) * Determinant(X),
}
print(f"SymPy {sympy.__version__}")
for name, f in functions.items():
    print(f"{name:12} {f.diff(X)}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
SymPy 1.14.0
tr(X*X.T)    2*X
tr(X)**2     (2*Trace(X))*I
exp(tr(X))   0
log(tr(X))   0
log(det(X))  0
tr(X)*det(X) Determinant(X)*I
SEEN
echo "as described"
