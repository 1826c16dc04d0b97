#!/usr/bin/env bash
# torch 2.13.0 (CPU): twice a dual number imports the compiler, torch._dynamo; its square does not.
#
# Nothing is compiled here. `import torch` leaves torch._dynamo out, and so do a backward pass and
# the product of two dual numbers. For the product with a factor that has no tangent torch looks the
# compiler up to switch it off, and imports it whole. That takes most of a second, once a process:
# worth knowing for a command that runs briefly, and before a fork, where each child pays again.
#
# Seen:
#   after import: False
#   after backward: False
#   after the square of a dual number: False
#   after twice a dual number: True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet torch==2.13.0 numpy==2.4.6

cat > "$folder/seen.py" <<'PYTHON'
import sys
import warnings

import torch
from torch.autograd import forward_ad


def tell(moment):
    print(f"after {moment}: {'torch._dynamo' in sys.modules}")


warnings.simplefilter("ignore")  # make_dual calls a deprecated function of torch's own
print(f"torch {torch.__version__.partition('+')[0]}")
tell("import")
x = torch.tensor(2.0, requires_grad=True)
(x * x).backward()
tell("backward")
with forward_ad.dual_level():
    dual = forward_ad.make_dual(torch.tensor(2.0), torch.tensor(1.0))
    assert forward_ad.unpack_dual(dual * dual).tangent == 4
    tell("the square of a dual number")
    assert forward_ad.unpack_dual(2 * dual).tangent == 2
    tell("twice a dual number")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
torch 2.13.0
after import: False
after backward: False
after the square of a dual number: False
after twice a dual number: True
SEEN
echo "as described"
