#!/usr/bin/env bash
# Keras 3 with TensorFlow 2.21.0 (CPU): the slope of celu at zero is 2.
#
# celu is max(x, 0) + min(0, alpha (exp(x / alpha) - 1)), which for alpha = 1 is elu: smooth, with the
# slope 1 at zero. Both the maximum and the minimum have a tie there, TensorFlow gives the whole
# gradient to the first argument, which in both is the one with the variable, and the two slopes of 1
# add up. On either side of zero the slope is right.
#
# Seen:
#   tf.keras.activations.celu  [0.999999, 2.0, 1.0]
#   tf.nn.elu                  [0.999999, 1.0, 1.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet tensorflow-cpu==2.21.0 keras==3.15.1 numpy==2.4.6

cat > "$folder/seen.py" <<'PYTHON'
import tensorflow as tf

print(f"TensorFlow {tf.__version__}, Keras {tf.keras.version()}")
functions = {"tf.keras.activations.celu": tf.keras.activations.celu, "tf.nn.elu": tf.nn.elu}
for name, f in functions.items():
    x = tf.Variable([-1e-6, 0.0, 1e-6], dtype=tf.float64)
    with tf.GradientTape() as tape:
        y = f(x)
    print(f"{name:25}  {[round(float(g), 6) for g in tape.gradient(y, x)]}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" 2> "$folder/log.txt" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
TensorFlow 2.21.0, Keras 3.15.1
tf.keras.activations.celu  [0.999999, 2.0, 1.0]
tf.nn.elu                  [0.999999, 1.0, 1.0]
SEEN
echo "as described"
