"""The colours of pages and figures, from the package's one table, ``palette.toml``.

``conf.py`` hands them to the theme, ``figures`` writes them into every picture, and a test
holds ``autodiff_notes/figures.mplstyle`` to the light column.
"""

import tomllib
from pathlib import Path

# Read as a file: nothing has to be imported for a table.
TABLE = Path(__file__).parents[3] / "src" / "autodiff_notes" / "palette.toml"
PALETTE: dict[str, list[str]] = tomllib.loads(TABLE.read_text("utf-8"))


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
