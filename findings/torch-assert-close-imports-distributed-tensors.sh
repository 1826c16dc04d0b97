#!/usr/bin/env bash
# torch 2.13.0: the first torch.testing.assert_close imports distributed tensors and SymPy.
#
# Two tensors on the CPU are compared, and nothing is distributed. But assert_close looks whether
# one is a distributed tensor, and for that imports torch.distributed.tensor, which imports SymPy:
# half as long again as torch's own import. torch.allclose imports nothing.
#
# Seen, modules that are there after each step:
#   import torch: distributed tensors no, SymPy no
#   torch.allclose: distributed tensors no, SymPy no
#   torch.testing.assert_close: distributed tensors yes, SymPy yes
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet torch==2.13.0 numpy==2.4.6
cat > steps.py <<'PYTHON'
import sys

import torch


def tell(step):
    names = {"distributed tensors": "torch.distributed.tensor", "SymPy": "sympy"}
    found = ", ".join(f"{told} {'yes' if name in sys.modules else 'no'}" for told, name in names.items())
    print(f"{step}: {found}")


tell("import torch")
torch.allclose(torch.ones(2), torch.ones(2))
tell("torch.allclose")
torch.testing.assert_close(torch.ones(2), torch.ones(2))
tell("torch.testing.assert_close")
PYTHON
venv/bin/python steps.py | tee seen.txt
diff seen.txt - <<'SEEN'
import torch: distributed tensors no, SymPy no
torch.allclose: distributed tensors no, SymPy no
torch.testing.assert_close: distributed tensors yes, SymPy yes
SEEN
echo "as described"
