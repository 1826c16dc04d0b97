#!/usr/bin/env bash
# AlgoPy 0.7.2: the gradient through the absolute value of a complex number is wrong.
#
# |exp(ix)| is one for every x, with the slope 0; AlgoPy has -0.841471 at 0.5. The energy of a Fourier transform
# of three numbers is three times the sum of their squares, with the gradient (6, 12, 18) at (1, 2, 3);
# with absolute(z)**2 for a summand the last two are exchanged, with real(z)**2 + imag(z)**2 it is right.
#
# Seen:
#   |exp(ix)| at 0.5                     -0.841471
#   sum |fft(x)|^2                       [6.0, 18.0, 12.0]
#   sum real(fft(x))^2 + imag(fft(x))^2  [6.0, 12.0, 18.0]
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet algopy==0.7.2 numpy==2.4.6

cat > "$folder/seen.py" <<'PYTHON'
import algopy as al
import numpy as np


def gradient(f, point):
    graph = al.CGraph()
    x = al.Function(np.array(point))
    y = f(x)
    graph.trace_off()
    graph.independentFunctionList = [x]
    graph.dependentFunctionList = [y]
    return (np.round(np.real(graph.gradient(np.array(point))), 6) + 0.0).tolist()


fft = al.fft.fft
print("|exp(ix)| at 0.5                    ", gradient(lambda x: al.absolute(al.exp(1j * x)), 0.5))
x = [1.0, 2.0, 3.0]
print("sum |fft(x)|^2                      ", gradient(lambda x: al.sum(al.absolute(fft(x)) ** 2), x))
print("sum real(fft(x))^2 + imag(fft(x))^2 ", gradient(lambda x: al.sum(al.real(fft(x)) ** 2 + al.imag(fft(x)) ** 2), x))
PYTHON

"$folder/venv/bin/python" "$folder/seen.py" 2> "$folder/log.txt" | tee "$folder/seen.txt"
diff "$folder/seen.txt" - <<'SEEN'
|exp(ix)| at 0.5                     -0.841471
sum |fft(x)|^2                       [6.0, 18.0, 12.0]
sum real(fft(x))^2 + imag(fft(x))^2  [6.0, 12.0, 18.0]
SEEN
echo "as described"
