"""A drawing is shown where a block of a script ends in one, as in a notebook."""

import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

SCRIPT = '''\
"""
A script that draws
===================

Two blocks with a graph, and two without.
"""

import torch

from autodiff_notes.graphs import draw

# %%
# The graph
# ---------
# Drawn:

x = torch.tensor(1.0, requires_grad=True)
draw(torch.sin(x), x=x)

# %%
# Nothing new
# -----------
# Here nothing is drawn:

y = 2 * x
assert y > x

# %%
# Another graph
# -------------
# Printed and drawn:

print("said")
draw(y * x, x=x, y=y)

# %%
# Kept
# ----
# Made, and not shown:

kept = draw(y, x=x)
'''


def test_a_block_that_ends_in_a_drawing_shows_it(
    built: Path, build: Callable[[Path], CompletedProcess[str]]
) -> None:
    """The page has the two pictures with their descriptions, and no repr of an object."""
    (built / "gallery" / "plot_graph.py").write_text(SCRIPT)
    done = build(built)
    assert done.returncode == 0, done.stdout
    page = (built / "out" / "gallery" / "plot_graph.html").read_text("utf-8")
    shown = re.findall(r'<img alt="([^"]*)" class="figure drawing" src="([^"]*)"', page)
    sine, product = (alternative for alternative, _ in shown)
    assert sine.endswith(": SinBackward0 leads to x; gradients arrive at x.")
    assert ": MulBackward0 leads to MulBackward0 2 and to x, MulBackward0 2 leads" in product
    for _, source in shown:
        picture = (built / "out" / "gallery" / source).read_text("utf-8")
        assert 'class="autograd-graph"' in picture
    article = page.partition("<article")[2].partition("</article>")[0]
    assert "Drawing(" not in article
    assert "said" in article
