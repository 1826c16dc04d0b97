#!/usr/bin/env bash
# JAX 0.12.0.1 (CPU, Python 3.12 or newer): the gradient of det at a matrix whose first column is zero is
# the zero matrix.
#
# The matrix [[0, 1], [0, 3]] has the cofactors [[3, 0], [-1, 0]], and moving the entry in the corner by h
# changes the determinant by 3 h. At [[1, 2], [2, 4]], which is as singular, the gradient is right. The
# script needs a python3 of 3.12 or newer.
#
# Seen:
#   jax 0.12.0.1
#   [[0.0, 1.0], [0.0, 3.0]]  gradient [[0.0, 0.0], [0.0, 0.0]]  quotients [[3.0, 0.0], [-1.0, 0.0]]
#   [[1.0, 2.0], [2.0, 4.0]]  gradient [[4.0, -2.0], [-2.0, 1.0]]  quotients [[4.0, -2.0], [-2.0, 1.0]]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet "jax[cpu]==0.12.0.1"

cat > "$folder/seen.py" <<'PYTHON'
import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)
print(f"jax {jax.__version__}")
for rows in ([[0.0, 1.0], [0.0, 3.0]], [[1.0, 2.0], [2.0, 4.0]]):
    X = jnp.array(rows)
    gradient = jnp.round(jax.grad(jnp.linalg.det)(X), 6) + 0.0
    h = 2.0**-10
    quotients = [
        [
            round(float(jnp.linalg.det(X.at[i, j].add(h)) - jnp.linalg.det(X.at[i, j].add(-h))) / (2 * h), 6) + 0.0
            for j in (0, 1)
        ]
        for i in (0, 1)
    ]
    print(f"{rows}  gradient {gradient.tolist()}  quotients {quotients}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
jax 0.12.0.1
[[0.0, 1.0], [0.0, 3.0]]  gradient [[0.0, 0.0], [0.0, 0.0]]  quotients [[3.0, 0.0], [-1.0, 0.0]]
[[1.0, 2.0], [2.0, 4.0]]  gradient [[4.0, -2.0], [-2.0, 1.0]]  quotients [[4.0, -2.0], [-2.0, 1.0]]
SEEN
echo "as described"
