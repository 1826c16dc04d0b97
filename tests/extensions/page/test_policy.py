"""The policy of a page names what the theme needs, and nothing else."""

import base64
import hashlib

from _extensions.build.browser import FORMS
from _extensions.page.policy import HEADERS, SCRIPT, WASM, digest, policy, theme


def test_the_script_of_the_theme_is_known_by_its_digest() -> None:
    """The theme has an inline script, and the policy has the digest of its text."""
    (script,) = SCRIPT.findall(theme("base.html"))
    wanted = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert digest(script) == f"'sha256-{wanted}'"
    assert digest(script) in policy("", "")


def test_styles_are_allowed_one_by_one() -> None:
    """What the page has and the theme's sheet are in the policy, as they are read; others are not."""
    found = policy('<td\nclass="x" style="font-family: &quot;A&quot;">', "<style>\nb{}</style>")
    for text in ('font-family: "A"', "\nb{}", "display: none;"):
        assert digest(text) in found
    assert digest("color: red") not in found
    assert "'unsafe-inline'" not in found


def test_only_a_page_with_the_form_runs_python() -> None:
    """WebAssembly is allowed where a formula can be typed, and for its workers."""
    assert WASM not in policy("<p>words</p>", "")
    for form in FORMS:
        assert WASM in policy(f'<form class="{form}">', "")
    assert HEADERS.count(WASM) == len(FORMS)
