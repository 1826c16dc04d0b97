"""The policy of a page names what the theme needs, and nothing else."""

import base64
import hashlib

from _extensions.build.browser import FORMS
from _extensions.page.policy import HEADERS, SCRIPT, THEME, WASM, digest, policy


def test_the_script_of_the_theme_is_known_by_its_digest() -> None:
    """The theme has an inline script, and the policy has the digest of its text."""
    (script,) = SCRIPT.findall(THEME.read_text("utf-8"))
    wanted = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert digest(script) == f"'sha256-{wanted}'"
    assert digest(script) in policy("")


def test_only_a_page_with_the_form_runs_python() -> None:
    """WebAssembly is allowed where a formula can be typed, and for its workers."""
    assert WASM not in policy("<p>words</p>")
    for form in FORMS:
        assert WASM in policy(f'<form class="{form}">')
    assert HEADERS.count(WASM) == len(FORMS)
