#!/usr/bin/env bash
# MLX 0.32.4 and MindSpore 2.10.0 (CPU): the slope of a number that goes through an integer is 1.
#
# float(int(x)) is a staircase, with the slope 0 everywhere between its steps; at 2.5 its value is 2.
# The backward pass of a conversion is the conversion back, whatever type lies between: so the slope is
# 1, as if the number had not been rounded. Both libraries give 0 for floor(x), which has the same
# values. Code that quantises by a cast is thereby trained with a straight-through estimator that
# nobody wrote.
#
# Seen:
#   mlx 0.32.4        through int32: 1.0  floor: 0.0
#   mindspore 2.10.0  through int32: 1.0  floor: 0.0
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet 'mlx[cpu]==0.32.4' mindspore==2.10.0 numpy==1.26.4

cat > "$folder/seen.py" <<'PYTHON'
from importlib.metadata import version

import mindspore
import mlx.core as mx

mx.set_default_device(mx.cpu)
x = mx.array(2.5)
cast = mx.grad(lambda x: x.astype(mx.int32).astype(mx.float32))(x)
floor = mx.grad(mx.floor)(x)
print(f"{'mlx ' + version('mlx'):16}  through int32: {cast.item()}  floor: {floor.item()}")

x = mindspore.Tensor(2.5)
cast = mindspore.grad(lambda x: x.astype(mindspore.int32).astype(mindspore.float32))(x)
floor = mindspore.grad(mindspore.ops.floor)(x)
name = f"mindspore {version('mindspore')}"
print(f"{name:16}  through int32: {float(cast)}  floor: {float(floor)}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" 2> "$folder/log.txt" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
mlx 0.32.4        through int32: 1.0  floor: 0.0
mindspore 2.10.0  through int32: 1.0  floor: 0.0
SEEN
echo "as described"
