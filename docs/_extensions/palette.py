"""The colours of pages and figures: one table, each colour for light and for dark.

``conf.py`` hands them to the theme, ``figures`` writes them into every picture, and a test
holds ``autodiff_notes/figures.mplstyle`` to the light column.
"""

PALETTE = {
    # name: (light, dark)
    "paper": ("#ffffff", "#14161a"),
    "panel": ("#f5f7f9", "#1c2026"),
    "line": ("#d5dbe1", "#3a424c"),
    "muted": ("#56616d", "#9aa6b2"),
    "ink": ("#1d2530", "#e4e8ed"),
    "blue": ("#1f5fa8", "#7db4f0"),
    "orange": ("#b5500b", "#f2a25c"),
    "green": ("#1d7a4f", "#6cc99a"),
    "violet": ("#74489d", "#c3a1e8"),
}


def css_variables(column: int) -> dict[str, str]:
    """Return the theme's CSS variables for light (0) or dark (1)."""
    colour = {name: pair[column] for name, pair in PALETTE.items()}
    own = {f"notes-{name}": value for name, value in colour.items()}
    return own | {
        "color-brand-primary": colour["blue"],
        "color-brand-content": colour["blue"],
        "color-brand-visited": colour["violet"],
        "color-background-primary": colour["paper"],
        "color-background-secondary": colour["panel"],
        "color-foreground-primary": colour["ink"],
        "color-foreground-secondary": colour["muted"],
        "color-foreground-muted": colour["muted"],
        "color-code-background": colour["panel"],
        "color-background-border": colour["line"],
    }
