#!/usr/bin/env bash
# SymForce 0.12.0 (SymEngine 0.11.0): digamma of every negative number asked is infinite, and so is
# the slope of loggamma there.
#
# digamma has poles at 0, -1, -2, ... and is an ordinary number between them: digamma(-1/2) is
# 2 - gamma - 2 log 2 = 0.03649. SymEngine takes each negative number for a pole, the rational -1/2
# as well, while gamma(-1/2) is right.
#
# Seen:
#   x     gamma(x)  digamma(x)
#   -1/2  -3.5449   zoo
#   -3/2  2.3633    zoo
#   1/2   1.7725    -2*log(2) - EulerGamma
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet symforce==0.12.0 symforce-sym==0.12.0 sympy==1.14.0

cat > "$folder/seen.py" <<'PYTHON'
import symengine
import symforce
import symforce.symbolic as sf

print(f"SymForce {symforce.__version__}, SymEngine {symengine.__version__}")
for x in (sf.Rational(-1, 2), sf.Rational(-3, 2), sf.Rational(1, 2)):
    print(f"{x!s:4}  {float(sf.gamma(x)):<8.5g}  {sf.digamma(x)}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" 2> "$folder/log.txt" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
SymForce 0.12.0, SymEngine 0.11.0
-1/2  -3.5449   zoo
-3/2  2.3633    zoo
1/2   1.7725    -2*log(2) - EulerGamma
SEEN
echo "as described"
