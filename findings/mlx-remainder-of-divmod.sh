#!/usr/bin/env bash
# MLX 0.32.4 (CPU): the remainder that divmod returns has the gradient zero; remainder's is right.
#
# Near (7, 2) the remainder is x - 3 y, with the gradient (1, -3).
#
# Seen:
#   divmod(x, y)[1]  value 1.0  gradient [0.0, 0.0]
#   remainder(x, y)  value 1.0  gradient [1.0, -3.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet "mlx[cpu]==0.32.4"

cat > "$folder/seen.py" <<'PYTHON'
import mlx.core as mx

mx.set_default_device(mx.cpu)
x, y = mx.array(7.0), mx.array(2.0)
functions = {"divmod(x, y)[1]": lambda x, y: mx.divmod(x, y)[1], "remainder(x, y)": mx.remainder}
for name, f in functions.items():
    slopes = [float(g) for g in mx.grad(f, argnums=(0, 1))(x, y)]
    print(f"{name}  value {float(f(x, y))}  gradient {slopes}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
divmod(x, y)[1]  value 1.0  gradient [0.0, 0.0]
remainder(x, y)  value 1.0  gradient [1.0, -3.0]
SEEN
echo "as described"
