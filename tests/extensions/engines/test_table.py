"""The table has a row a case and a column an engine, and tells each verdict in words."""

import pytest
from bs4 import BeautifulSoup

from _extensions.engines import table
from _extensions.engines.answered import Answer, Answers
from autodiff_notes.engines import cases
from autodiff_notes.engines.cases import FAMILIES
from autodiff_notes.engines.verdicts import KINDS, NOT_OFFERED, Verdict

RUN = {"version": "2.0", "python": "3", "platform": "here", "date": "2026-01-01"}


@pytest.fixture
def answers() -> Answers:
    """Return answers of torch alone, one kind of verdict after the other."""
    verdicts = [Verdict(kind) for kind in KINDS[:-1]]
    by = {
        key: {"torch": Answer(verdicts[number % len(verdicts)], "f(0)", "f(0)", "0", 0)}
        for number, key in enumerate(cases)
    }
    by[next(reversed(by))] = {"torch": Answer(NOT_OFFERED)}
    return Answers(by, {"torch": [RUN]})


def test_the_table_is_whole(answers: Answers) -> None:
    """Each case has a row with its name, below the heading of its family, and none is hidden."""
    soup = BeautifulSoup(table.whole(answers), "html.parser")
    rows = soup.select("tbody tr[id]")
    assert [row["id"] for row in rows] == list(cases)
    assert [head.get_text() for head in soup.select("tr.family")] == list(FAMILIES.values())
    assert all(row.select_one('th[scope="row"] a') for row in rows)
    assert "hidden" not in str(soup)
    assert soup.select_one("caption")


def test_a_sign_has_words_and_leads_to_its_answer(answers: Answers) -> None:
    """Who does not see the sign reads the verdict, and the link is the address of the pair."""
    soup = BeautifulSoup(table.whole(answers), "html.parser")
    for key, by in answers.by_case.items():
        cell = soup.select_one(f"tr[id='{key}'] td")
        assert cell
        assert by["torch"].verdict.kind in str(cell.get("aria-label") or cell.get_text())
        link = cell.select_one("a")
        assert (link["href"] if link else "") == (
            f"cases/{key}.html#torch" if by["torch"].asked else ""
        )


def test_numbers_of_the_whole(answers: Answers) -> None:
    """Cases, engines and answers are counted; one engine alone differs from no other."""
    found = {name: count(answers) for name, count in table.COUNTS.items()}
    assert found == {
        "cases": len(cases),
        "engines": 1,
        "answers": len(cases) - 1,
        "differing": 0,
    }


def test_engines_differ_where_groups_do() -> None:
    """An error beside a number is a difference, and who is not asked is none."""
    right, wrong = Answer(Verdict("right"), group=0), Answer(Verdict("refuses"), group=-1)
    assert table.parted({"a": right, "b": wrong})
    assert not table.parted({"a": right, "b": Answer(NOT_OFFERED)})


def test_every_verdict_has_a_meaning() -> None:
    """The list below the table leaves out no kind."""
    assert list(table.MEANINGS) == list(KINDS)
