"""What somebody may type, or put into an address, to make a page do what it should not."""

# Python that is no formula.
HOSTILE = [
    "__import__('os').system('true')",
    "x.__class__",
    "x.real",
    "open('/etc/passwd')",
    "(lambda: x)()",
    "[x for x in x]",
    "{x}",
    "x[0]",
    "f'{x}'",
    "'a'",
    "True",
    "None",
    "1j",
    "...",
    "x if x else x",
    "x and x",
    "not x",
    "~x",
    "x // 2",
    "x % 2",
    "x << 2",
    "(y := x)",
    "log(*x)",
    "log(a=x)",
    "sin.__globals__",
    "import os",
    "del x; x",
    "x: int = 2; x",
    "\0",
    "\ud800",
]

# What would take for ever, or too deep.
ENDLESS = {
    "a million characters": "x" * 10**6,
    "brackets": "(" * 490 + "x" + ")" * 490,
    "brackets that never close": "(" * 1000,
    "signs": "-" * 999 + "x",
    "signs apart": "- " * 480 + "x",
    "powers": "x**" * 332 + "x",
    "negated": "not " * 240 + "x",
    "transposed": "x" + ".T" * 490,
    "calls": "log(" * 200 + "x" + ")" * 200,
    "conditions": "x if x else " * 80 + "x",
    "a tower": "9**9**9",
    "a taller tower": "9**9**9**9**9",
    "digits": "9" * 999 + "*x",
    "a sum": "+".join("x" * 499),
}

# Each would set a mark, load something, or leave an element behind if it were taken for more than text.
PLANTED = "window.planted=1"
PAYLOADS = [
    f"<script>{PLANTED}</script>",
    f"<img src=x onerror={PLANTED}>",
    f"<svg onload={PLANTED}>",
    f'"><script>{PLANTED}</script>',
    f"'><img src=x onerror={PLANTED}>",
    f"javascript:{PLANTED}",
    f"</textarea><iframe srcdoc='<script>parent.{PLANTED}</script>'>",
    "<style>*{display:none}</style><b data-planted>",
    "<base href=//example.invalid/><b data-planted>",
    "<link rel=stylesheet href=//example.invalid/a.css>",
    "<form action=//example.invalid/><button data-planted>",
    "<meta http-equiv=refresh content=0;url=//example.invalid/>",
    "{{constructor.constructor('return window')().planted=1}}",
]
PLACES = (
    "sweep/live.html?formula={}&point=x+%3D+1",
    "sweep/live.html?formula=x&point={}",
    "search.html?q={}",
)
