#!/usr/bin/env bash
# NVIDIA Warp 1.19.0 (CPU): mod and frac have a slope of zero where it is -3, and 1.
#
# Near (7, 2) mod(x, y) is x - 3 y, with the gradient (1, -3); Warp has 0 for the second. Near 2.5
# frac(x) is x - 2, with the slope 1; Warp has 0. Written out with floor both are right.
#
# Seen:
#   mod(7, 2)                [1.0, 0.0]
#   x - y * floor(x / y)     [1.0, -3.0]
#   frac(2.5)                [0.0]
#   x - floor(x)             [1.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet warp-lang==1.19.0 numpy==2.4.6

cat > "$folder/seen.py" <<'PYTHON'
import numpy as np
import warp as wp

wp.config.quiet = True


def grad(f, *point):
    xs = [wp.array(np.array([x]), dtype=wp.float64, requires_grad=True) for x in point]
    with wp.Tape() as tape:
        y = wp.map(f, *xs)
    tape.backward(grads={y: wp.ones_like(y)})
    return [float(x.grad.numpy()[0]) + 0.0 for x in xs]


print(f"mod(7, 2)                {grad(wp.mod, 7.0, 2.0)}")
print(f"x - y * floor(x / y)     {grad(lambda x, y: x - y * wp.floor(x / y), 7.0, 2.0)}")
print(f"frac(2.5)                {grad(wp.frac, 2.5)}")
print(f"x - floor(x)             {grad(lambda x: x - wp.floor(x), 2.5)}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" 2> "$folder/log.txt" | grep "\[" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
mod(7, 2)                [1.0, 0.0]
x - y * floor(x / y)     [1.0, -3.0]
frac(2.5)                [0.0]
x - floor(x)             [1.0]
SEEN
echo "as described"
