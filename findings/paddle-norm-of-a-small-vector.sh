#!/usr/bin/env bash
# PaddlePaddle 3.3.1 (CPU, float64): the gradient of a p-norm with p > 2 fades to zero for small
# vectors.
#
# A norm is homogeneous: its gradient is the same at x and at x/1000. Paddle divides by
# norm**(p - 1) + 1e-12, and for p = 4 that number outweighs norm**3 as soon as the norm is below
# 1e-4: the 4-norm at (3e-6, 4e-6) has a gradient that is ten thousand times too small, of which
# nothing is said. p = 1 and p = 2 are right to a part in 1000 at the points below.
#
# Seen:
#   p  at (3, 4)             at (3e-6, 4e-6)       at (3e-10, 4e-10)
#   1  [1.0, 1.0]            [1.0, 1.0]            [1.0, 1.0]
#   2  [0.6, 0.8]            [0.6, 0.8]            [0.5988, 0.7984]
#   3  [0.4449, 0.7908]      [0.4239, 0.7536]      [0.0, 0.0]
#   4  [0.3433, 0.8137]      [0.0, 0.0001]         [0.0, 0.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet paddlepaddle==3.3.1 numpy==2.4.6

cat > "$folder/seen.py" <<'PYTHON'
import paddle


def gradient(p, scale):
    x = paddle.to_tensor([3 * scale, 4 * scale], dtype="float64", stop_gradient=False)
    paddle.linalg.norm(x, p=p).backward()
    return str(x.grad.numpy().round(4).tolist())


print(f"PaddlePaddle {paddle.__version__}")
for p in (1, 2, 3, 4):
    print(p, *(f"{gradient(p, scale):20}" for scale in (1.0, 1e-6, 1e-10)), sep="  ")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" 2> "$folder/log.txt" | sed 's/ *$//' | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
PaddlePaddle 3.3.1
1  [1.0, 1.0]            [1.0, 1.0]            [1.0, 1.0]
2  [0.6, 0.8]            [0.6, 0.8]            [0.5988, 0.7984]
3  [0.4449, 0.7908]      [0.4239, 0.7536]      [0.0, 0.0]
4  [0.3433, 0.8137]      [0.0, 0.0001]         [0.0, 0.0]
SEEN
echo "as described"
