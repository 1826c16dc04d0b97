"""A few pages are read and written by one process; many by more than Sphinx would start."""

from types import SimpleNamespace
from typing import Any

import pytest

from _extensions.build import few

PAGES = [f"page-{number}" for number in range(few.FEW + 1)]


@pytest.fixture
def app() -> Any:
    """Return a build that may use four processes."""
    written: list[tuple[int, bool]] = []
    builder = SimpleNamespace(parallel_ok=True, written=written)
    builder.write_documents = lambda pages: written.append((len(pages), builder.parallel_ok))
    builder._write_parallel = lambda _, processes: processes
    return SimpleNamespace(parallel=4, builder=builder)


@pytest.mark.parametrize(("number", "processes"), [(0, 1), (few.FEW, 1), (few.FEW + 1, 5)])
def test_a_few_pages_are_read_by_one_process(app: Any, number: int, processes: int) -> None:
    """What is done when they have been read may use all again."""
    few.read_here(app, app, PAGES[:number])
    assert app.parallel == processes
    few.allow_again(app, app)
    assert app.parallel == 4


@pytest.mark.parametrize("number", [1, few.FEW + 1])
def test_where_one_process_is_allowed_one_reads(app: Any, number: int) -> None:
    """However many pages there are."""
    app.parallel = 1
    few.read_here(app, app, PAGES[:number])
    assert app.parallel == 1


@pytest.mark.parametrize("number", [1, few.FEW, few.FEW + 1])
@pytest.mark.parametrize("allowed", [True, False])
def test_a_few_pages_are_written_by_one_process(app: Any, number: int, allowed: bool) -> None:
    """Many are written by several, if Sphinx allows it."""
    app.builder.parallel_ok = allowed
    few.write_here(app, app.builder)
    app.builder.write_documents(set(PAGES[:number]))
    assert app.builder.written == [(number, allowed and number > few.FEW)]


def test_many_pages_are_written_by_as_many_as_allowed(app: Any) -> None:
    """Sphinx asks for one less than it is allowed."""
    few.write_here(app, app.builder)
    assert app.builder._write_parallel(PAGES, app.parallel - 1) == app.parallel
