"""A cell that raised is found in its page."""

import pytest

from _extensions.page.cells import line_of_failure

PAGE = """\
# Cells

```{code-cell} python
x = 1
```

```{code-cell} python
y = 2
f(y)
```
"""
REPORT = """\
An error occurred while executing the following cell:
------------------
y = 2
f(y)
------------------


\x1b[31mValueError\x1b[39m        Traceback (most recent call last)
\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[2]\x1b[39m\x1b[32m, line 2\x1b[39m
      1 y = 2
----> 2 f(y)

\x1b[36mFile \x1b[39m\x1b[32m/x/identities.py:14\x1b[39m, in f(x)
ValueError: no
"""


def test_the_line_of_the_cell_is_that_of_the_page() -> None:
    """The line within the cell, colours or not, becomes the line of the page."""
    assert line_of_failure(PAGE, REPORT) == 9


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        pytest.param("line 2", "", 8, id="no line: the first of the cell"),
        pytest.param("y = 2\nf(y)\n-", "z = 3\n-", None, id="a cell that is not on the page"),
        pytest.param("following cell", "notebook", None, id="another report"),
    ],
)
def test_what_the_report_does_not_say_is_not_invented(old: str, new: str, line: int | None) -> None:
    """Without a line the cell's first is named; without a known cell, none."""
    assert old in REPORT
    assert line_of_failure(PAGE, REPORT.replace(old, new)) == line
