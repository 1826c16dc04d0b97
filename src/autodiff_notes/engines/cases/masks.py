"""Nothing yet."""

from autodiff_notes.engines.case import Case

CASES: tuple[Case, ...] = ()
