#!/usr/bin/env bash
# TensorFlow 2.21.0 (CPU): the Hessian of tf.reduce_prod is not symmetric where one entry is zero, and
# zero where two are.
#
# The second derivatives of x1 x2 x3 are the third factor each: at [0, 2, 3] they are
# [[0, 3, 2], [3, 0, 0], [2, 0, 0]], and at [0, 0, 3] they are [[0, 3, 0], [3, 0, 0], [0, 0, 0]]. The
# first gradient is right at all three points, by cumulative products from both sides; those
# are what the second pass gets wrong, by the rule of tf.math.cumprod, which divides by the entry.
# The product that is written out, x[0]*x[1]*x[2], has the right Hessian.
#
# Seen:
#   [1, 2, 3]  [[0, 3, 2], [3, 0, 1], [2, 1, 0]]
#   [0, 2, 3]  [[0, 3, 2], [0, 0, 0], [0, 0, 0]]
#   [0, 0, 3]  [[0, 0, 0], [0, 0, 0], [0, 0, 0]]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet tensorflow-cpu==2.21.0 numpy==2.4.6

cat > "$folder/seen.py" <<'PYTHON'
import tensorflow as tf

print(f"TensorFlow {tf.__version__}")
for point in ([1, 2, 3], [0, 2, 3], [0, 0, 3]):
    x = tf.Variable(point, dtype=tf.float64)
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = tf.reduce_prod(x)
        gradient = inner.gradient(y, x)
    hessian = outer.jacobian(gradient, x).numpy().astype(int).tolist()
    print(f"{point}  {hessian}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" 2> "$folder/log.txt" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
TensorFlow 2.21.0
[1, 2, 3]  [[0, 3, 2], [3, 0, 1], [2, 1, 0]]
[0, 2, 3]  [[0, 3, 2], [0, 0, 0], [0, 0, 0]]
[0, 0, 3]  [[0, 0, 0], [0, 0, 0], [0, 0, 0]]
SEEN
echo "as described"
