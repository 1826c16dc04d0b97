"""``{own}``: the form, its examples, and what stops the build; links that open it with a text."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

from bs4 import BeautifulSoup

Build = Callable[[Path], subprocess.CompletedProcess[str]]

PAGE = """\
# Own

```{own}
One: way := derive && function := x'*A*x
Two: way := lines && lines := d(x @ x) ;; = 2 * x @ d(x)
```

```{derivation}
x in vector(n)
d(x @ x)
= 2 * x @ d(x)
```
"""


def test_the_form(project: Path, build: Build) -> None:
    """The form is hidden until its script shows it, its examples hold whole texts, links have a key."""
    (project / "docs" / "own.md").write_text(PAGE, "utf-8")
    done = build(project)
    assert done.returncode == 0, done.stdout
    html = BeautifulSoup((project / "out" / "own.html").read_text("utf-8"), "html5lib")
    form = html.select_one("form.own-form[hidden]")
    assert form is not None
    values = [parse_qs(str(option["value"])) for option in form.select("option[value]")][1:]
    assert values[0] == {"way": ["derive"], "function": ["x'*A*x"]}
    assert values[1]["lines"] == ["d(x @ x)\n= 2 * x @ d(x)"]
    assert [str(radio["value"]) for radio in form.select("[name=way]")] == [
        "derive",
        "lines",
        "claim",
    ]
    assert "needs JavaScript" in html.select("form.own-form + p")[0].get_text()
    assert html.select('link[href*="own.css"]')
    assert not html.select('script[src*="own.js"]')  # without Python for the browser
    texts = json.loads((project / "out" / "own-texts.json").read_text("utf-8"))
    (link,) = html.select("a.try")
    key = str(link["href"]).partition("#try=")[2]
    assert texts[key] == {"way": "lines", "lines": "x in vector(n)\nd(x @ x)\n= 2 * x @ d(x)"}


def test_mistakes_stop_the_build(project: Path, build: Build) -> None:
    """An example without a way, and a form without examples, are errors with their line."""
    wrong = "# Own\n\n```{own}\nOne: function := x\n```\n\n```{own}\n```\n"
    (project / "docs" / "own.md").write_text(wrong, "utf-8")
    done = build(project)
    assert done.returncode != 0
    assert re.search(
        r"own\.md:3: .*an example names a way of derive, lines, claim: One", done.stdout
    )
    assert re.search(r"own\.md:7: .*needs an example", done.stdout)
