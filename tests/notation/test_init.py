"""The notation needs no torch."""

import subprocess
import sys


def test_printing_imports_no_torch() -> None:
    """Reading, printing and coding an expression, and reading a derivation, leave torch alone."""
    script = (
        "import sys\n"
        "from autodiff_notes import notation\n"
        "from autodiff_notes.notation import derivations, sets\n"
        "e = notation.read('inv(X).mT', {'X': 'M'})\n"
        "assert notation.latex(e) and notation.code(e) and notation.compiled(e)\n"
        "chain = 'X in invertible(n)\\ntr(X)\\n= tr(X.mT)'\n"
        "assert [line.latex for line in derivations.parse(chain).lines]\n"
        "assert 'torch' not in sys.modules and 'sphinx' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
