#!/usr/bin/env bash
# mpmath 1.3.0: the determinant of a matrix whose first column is zero is an error, where that of its
# transpose is 0.
#
# The pivot search of the LU decomposition compares None with a number. A matrix that is singular in
# another way gives 0, as it should.
#
# Seen:
#   mpmath 1.3.0
#   [[1, 2], [2, 4]] 0
#   [[0, 0], [1, 3]] 0
#   [[0, 1], [0, 3]] TypeError: '>=' not supported between instances of 'NoneType' and 'int'
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet mpmath==1.3.0

cat > "$folder/seen.py" <<'PYTHON'
import mpmath

print(f"mpmath {mpmath.__version__}")
for rows in ([[1, 2], [2, 4]], [[0, 0], [1, 3]], [[0, 1], [0, 3]]):
    try:
        print(rows, mpmath.det(mpmath.matrix(rows)))
    except TypeError as error:
        print(rows, f"TypeError: {error}")
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
mpmath 1.3.0
[[1, 2], [2, 4]] 0
[[0, 0], [1, 3]] 0
[[0, 1], [0, 3]] TypeError: '>=' not supported between instances of 'NoneType' and 'int'
SEEN
echo "as described"
