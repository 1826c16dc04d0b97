"""A page can be followed by typing along: its code, in the order of the page, runs to the end."""

import functools
import gc
import io
import os
import re
import sys
import traceback
import warnings
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import pytest
import torch
from bs4 import BeautifulSoup, Tag

from pages import WRITTEN

# The program of an exercise waits for its reader; a file of the package is shown, not typed.
ELSEWHERE = [
    ".exercise",
    ".erratum",
    "section#exercise > [class*=highlight]",
    "section#the-file",
    "section#the-table-of-rules",
]
DRAWN = re.compile(r"<(math|svg)\b.*?</\1>", re.DOTALL)  # most of a page, and none of its code
EXECUTED = re.compile(r'class="(?:[^"]* )?(?:step|cell)[ "]')  # else nothing is to be typed
CODE = ".highlight-Python pre, .highlight-python pre, .cell_input pre"


@functools.cache
def typed(site: Path, page: str) -> list[str]:
    """Return the code of a page, block by block, as a reader would paste it."""
    _, start, rest = (site / page).read_text("utf-8").partition("<article")
    text, end, _ = rest.rpartition("</article>")
    if not EXECUTED.search(text):
        return []
    article = BeautifulSoup(start + DRAWN.sub("", text) + end, "html.parser").article
    assert isinstance(article, Tag)
    for elsewhere in article.select(", ".join(ELSEWHERE)):
        elsewhere.decompose()
    if not article.select(".step, .cell"):
        return []
    return [block.get_text() for block in article.select(CODE)]


def run(code: list[str]) -> str:
    """Run code in a process that has imported what takes long, and return the traceback, if there is one."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        problem = ""
        names: dict[str, Any] = {"__name__": "__main__"}
        sys.stdout = sys.stderr = io.StringIO()
        warnings.simplefilter("ignore")  # torch warns of functions of its own
        try:
            for number, block in enumerate(code):
                exec(compile(block, f"block {number}", "exec"), names)  # noqa: S102
        except BaseException:  # noqa: BLE001 - whatever it is, the parent tells it
            problem = traceback.format_exc() + "\nin:\n" + block
        os.write(writing, problem.encode()[-3000:])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        problem = answer.read().decode()
    os.waitpid(child, 0)
    return problem


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    """Let every page begin in a process with torch and a backend that opens no window."""
    plt.switch_backend("agg")
    torch.set_num_threads(1)
    with warnings.catch_warnings(action="ignore"):
        torch.func.hessian(torch.sin)(torch.zeros(()))  # imports the rest of torch
    gc.collect()
    gc.freeze()  # a collection that walked all of torch would copy it into each fork


@pytest.mark.parametrize("page", WRITTEN)
def test_the_code_of_a_page_runs_in_its_order(site: Path, page: str) -> None:
    """Pasted from the top into a fresh interpreter, every block of a page runs."""
    assert run(typed(site, page)) == ""


def test_there_is_code_to_type(site: Path) -> None:
    """The walk over the pages finds the code of more than twenty of them."""
    assert sum(bool(typed(site, page)) for page in WRITTEN) > 20
