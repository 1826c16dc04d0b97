#!/usr/bin/env bash
# pytest-xdist 3.8.0 under pytest 9.2.0: --dist loadgroup keeps no group together.
#
# Tests with the same xdist_group mark shall run on one worker. The plugin writes the group behind
# the id of each test on the worker; pytest 9.2 reads the id from another attribute, so the
# scheduler sees ids without groups and deals each test out alone. Nothing fails and nothing is
# said: a fixture of the session is made on every worker. Under pytest 9.0.2 the same tests stay
# together.
#
# Seen, for eight tests of one group, a fifth of a second each, on two workers:
#   pytest 9.0.2: 1 worker
#   pytest 9.2.0: 2 workers
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > test_group.py <<'PYTHON'
import time

import pytest


@pytest.mark.xdist_group("together")
@pytest.mark.parametrize("number", range(8))
def test_where(number, worker_id):
    time.sleep(0.2)
    with open("workers.txt", "a", encoding="utf-8") as file:
        file.write(f"{worker_id}\n")
PYTHON

for version in 9.0.2 9.2.0; do
  python3 -m venv "$version"
  "$version/bin/python" -m pip install --quiet "pytest==$version" pytest-xdist==3.8.0
  rm -f workers.txt
  "$version/bin/python" -m pytest -q -n 2 --dist loadgroup test_group.py > run.txt
  count=$(sort -u workers.txt | wc -l)
  echo "pytest $version: $count worker$([ "$count" = 1 ] || echo s)"
done | tee seen.txt
diff seen.txt - <<'SEEN'
pytest 9.0.2: 1 worker
pytest 9.2.0: 2 workers
SEEN
echo "as described"
