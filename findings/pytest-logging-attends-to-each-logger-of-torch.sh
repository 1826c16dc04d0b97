#!/usr/bin/env bash
# pytest 9.2.0 with torch 2.13.0: a test that logs nothing attaches 258 log handlers.
#
# pytest keeps what a test logs, by two handlers in each of its three phases. 9.0.2 puts them on the
# root logger; 9.2.0 puts them on every logger that does not propagate, too, and takes them off
# again. Torch alone has 42 of those. A suite of many small tests gets slower by the import alone.
#
# Seen, calls of Logger.addHandler in one empty test:
#   pytest 9.0.2 without torch 6, with torch 6
#   pytest 9.2.0 without torch 6, with torch 258
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > conftest.py <<'PYTHON'
import logging
import os

import pytest

if os.environ.get("WITH_TORCH"):
    import torch


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item):
    calls, original = [], logging.Logger.addHandler
    logging.Logger.addHandler = lambda logger, handler: calls.append(original(logger, handler))
    try:
        return (yield)
    finally:
        logging.Logger.addHandler = original
        with open("calls.txt", "w", encoding="utf-8") as file:
            file.write(str(len(calls)))
PYTHON
echo "def test_nothing(): pass" > test_nothing.py

python3 -m venv venv
venv/bin/python -m pip install --quiet torch==2.13.0
for version in 9.0.2 9.2.0; do
  venv/bin/python -m pip install --quiet "pytest==$version"
  venv/bin/python -m pytest -q test_nothing.py > run.txt
  without=$(cat calls.txt)
  WITH_TORCH=yes venv/bin/python -m pytest -q test_nothing.py > run.txt
  echo "pytest $version without torch $without, with torch $(cat calls.txt)"
done | tee seen.txt
diff seen.txt - <<'SEEN'
pytest 9.0.2 without torch 6, with torch 6
pytest 9.2.0 without torch 6, with torch 258
SEEN
echo "as described"
