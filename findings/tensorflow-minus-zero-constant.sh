#!/usr/bin/env bash
# TensorFlow 2.21.0 (CPU): tf.constant(-0.0) is plus zero once tf.constant(0.0) was made, and the other
# way round.
#
# Zero and minus zero compare equal, and a cache of constants finds the one for the other. 1 / x tells
# them apart: minus infinity for -0.0, infinity for 0.0. Each line below is a new process.
#
# Seen:
#   -0.0 alone             -inf
#   -0.0 after 0.0         inf
#   0.0 after -0.0         -inf
#   np.float64(-0.0) after 0.0  -inf
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet tensorflow-cpu==2.21.0 numpy==2.4.6

ask() {
  echo "$1  $("$folder/venv/bin/python" -c "
import numpy as np
import tensorflow as tf
$2
print((1 / x).numpy())" 2>> "$folder/log.txt")"
}

{
  ask "-0.0 alone          " "x = tf.constant(-0.0, tf.float64)"
  ask "-0.0 after 0.0      " "tf.constant(0.0, tf.float64); x = tf.constant(-0.0, tf.float64)"
  ask "0.0 after -0.0      " "tf.constant(-0.0, tf.float64); x = tf.constant(0.0, tf.float64)"
  ask "np.float64(-0.0) after 0.0" "tf.constant(0.0, tf.float64); x = tf.constant(np.float64(-0.0))"
} | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
-0.0 alone            -inf
-0.0 after 0.0        inf
0.0 after -0.0        -inf
np.float64(-0.0) after 0.0  -inf
SEEN
echo "as described"
