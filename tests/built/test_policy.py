"""Every page says what it may load, and that is its own site."""

import re
from html import unescape
from pathlib import Path

from _extensions.page.policy import SCRIPT, SHEET, STYLE, WASM, digest

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
HANDLER = re.compile(r"<[^>]*\son[a-z]+=")
LIVE = re.compile(r'class="(?:sweep|own)-form"')


def pages(site: Path) -> dict[str, str]:
    """Return the text of every page."""
    return {
        path.relative_to(site).as_posix(): path.read_text("utf-8")
        for path in sorted(site.rglob("*.html"))
        if "_static" not in path.parts
    }


def test_each_page_has_its_policy_before_it_loads_anything(site: Path) -> None:
    """The policy stands before the first script and style sheet, and allows no other host."""
    found = pages(site)
    assert len(found) > 50
    for name, text in found.items():
        (policy,) = META.findall(text)
        assert text.index("Content-Security-Policy") < text.index('rel="stylesheet"'), name
        assert text.index("Content-Security-Policy") < text.index("<script"), name
        assert "http" not in policy
        rules = dict(rule.split(" ", 1) for rule in unescape(policy).split("; "))
        assert "unsafe-inline" not in rules["script-src"]
        assert "'unsafe-eval'" not in policy


def test_inline_scripts_are_those_of_the_policy(site: Path) -> None:
    """Each inline script of a page has its digest in the policy, and no element a handler."""
    for name, text in pages(site).items():
        (policy,) = map(unescape, META.findall(text))
        scripts = SCRIPT.findall(text)
        assert scripts, name
        assert all(digest(script) in policy for script in scripts), name
        assert not HANDLER.search(text), name


def test_inline_styles_are_those_of_the_policy(site: Path) -> None:
    """Each style sheet and style attribute of a page has its digest in the policy: no other counts."""
    for name, text in pages(site).items():
        (policy,) = map(unescape, META.findall(text))
        (rule,) = [rule for rule in policy.split("; ") if rule.startswith("style-src ")]
        assert "'unsafe-inline'" not in rule
        found = [*SHEET.findall(text), *map(unescape, STYLE.findall(text))]
        assert SHEET.findall(text), name
        assert all(digest(style) in rule for style in found), name


def test_python_runs_on_the_live_pages_alone(site: Path) -> None:
    """The pages with a form for formulas allow WebAssembly, and no other does."""
    allowed = {
        name for name, text in pages(site).items() if WASM in unescape(META.findall(text)[0])
    }
    assert allowed == {name for name, text in pages(site).items() if LIVE.search(text)}
    assert allowed == {"sweep/live.html", "own.html"}


def test_a_host_is_told_the_rest(site: Path) -> None:
    """``_headers`` has a rule for all files, one for those that other sites load, and one a worker."""
    lines = (site / "_headers").read_text("utf-8").splitlines()
    paths = [line for line in lines if line.startswith("/")]
    workers = ["/_static/own-worker.mjs", "/_static/sweep-worker.mjs"]
    assert paths == ["/*", "/_static/*", *workers]
    assert all((site / path[1:]).exists() for path in workers)
