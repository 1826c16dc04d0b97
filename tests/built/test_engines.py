"""The engines on the built site: the table, the pages and the data say the same."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from bs4 import BeautifulSoup

from autodiff_notes.engines import cases, engines
from autodiff_notes.engines.record import RESULTS
from autodiff_notes.engines.record import read as record_of
from autodiff_notes.engines.verdicts import verdict
from pages import CASES, DOCS, LIBRARIES
from reading import meta, parsed

HEAVIEST = 90_000  # bytes of the table's page as it is sent
FEW = CASES[::25]


@pytest.fixture(scope="module")
def data(site: Path) -> dict[str, Any]:
    """Return all answers as data."""
    found: dict[str, Any] = json.loads((site / "engines.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def table(site: Path) -> BeautifulSoup:
    """Return the page with the table."""
    return parsed(site / "engines" / "index.html")


def test_data_follow_their_schema(site: Path, data: dict[str, Any]) -> None:
    """The data have the form that is published beside them, and nothing else."""
    schema = json.loads((site / "engines.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(data)


def test_data_describe_every_member(site: Path) -> None:
    """The page about the data names every member of an engine, a case and an answer."""
    schema = json.loads((site / "engines.schema.json").read_text("utf-8"))
    named = {code.get_text() for code in parsed(site / "engines" / "data.html").select("code")}
    for kind in ("engine", "case", "answer"):
        assert set(schema["$defs"][kind]["properties"]) <= named
    assert set(schema["properties"]) <= named


def test_pages_load_the_same_data(site: Path, data: dict[str, Any]) -> None:
    """The script that a page on a disk can load holds what the file for programs holds."""
    script = (site / "engines" / "answers.js").read_text("utf-8")
    call = re.fullmatch(r"window\.engineAnswers\((.*)\);\n", script, re.DOTALL)
    assert call
    assert json.loads(call[1]) == data


def test_verdicts_are_those_of_the_records(data: dict[str, Any]) -> None:
    """Each answer on the site has the verdict that the package computes from its record."""
    for name in (path.stem for path in RESULTS.glob("*.json")):
        for key, entry in record_of(engines[name])["answers"].items():
            (case,) = [c for c in data["cases"] if c["name"] == key]
            shown = data["verdicts"][case["answers"][name]["verdict"]]["title"]
            told = verdict(cases[key], entry, documented=key in engines[name].documented)
            assert shown == told.kind, (name, key)


def test_the_table_has_every_pair(table: BeautifulSoup, data: dict[str, Any]) -> None:
    """A row a case, a cell an engine, with the verdict in words and the way to the answer."""
    heads = [head["data-engine"] for head in table.select("table.engines th[data-engine]")]
    assert heads == [engine["name"] for engine in data["engines"]]
    rows = table.select("table.engines tbody tr[id]")
    assert [row["id"] for row in rows] == [case["name"] for case in data["cases"]]
    for row, case in zip(rows, data["cases"], strict=True):
        cells = row.select("td")
        assert len(cells) == len(heads)
        for cell, name in zip(cells, heads, strict=True):
            answer = case["answers"][name]
            assert data["verdicts"][answer["verdict"]]["title"] in str(
                cell.get("aria-label") or cell.get_text()
            )
            link = cell.select_one("a")
            if "code" in answer:
                assert link
                assert f"engines/{link['href']}" == answer["address"]


def test_the_table_is_not_heavy(site: Path) -> None:
    """Everybody loads the page; code and outputs come when they are asked for."""
    page = (site / "engines" / "index.html").read_bytes()
    assert len(gzip.compress(page)) <= HEAVIEST
    assert b"requires_grad" not in page


def test_counts_are_those_of_the_data(site: Path, data: dict[str, Any]) -> None:
    """The first sentence of the table's page counts what the data hold."""
    asked = [a for case in data["cases"] for a in case["answers"].values() if "code" in a]
    counts = data["counts"]
    assert counts["cases"] == len(data["cases"]) == len(cases)
    assert counts["engines"] == len(data["engines"])
    assert counts["answers"] == len(asked)
    said = parsed(site / "engines" / "index.html").select_one("article h1 + p")
    assert said
    for name in counts:
        assert f"{counts[name]:,} " in said.get_text()


@pytest.mark.parametrize("page", FEW)
def test_a_case_has_every_answer(site: Path, data: dict[str, Any], page: str) -> None:
    """Each engine has a row at its address, with its code, its output and its verdict."""
    (case,) = [case for case in data["cases"] if case["address"] == page]
    soup = parsed(site / page)
    assert case["question"] in (soup.select_one("h1") or soup).get_text()
    for name, answer in case["answers"].items():
        row = soup.select_one(f"tr[id='{name}']")
        assert row
        text = row.get_text()
        assert data["verdicts"][answer["verdict"]]["title"] in text
        if "code" in answer:
            shown = [block.get_text() for block in row.select("pre")]
            assert answer["code"] in shown
            assert answer["output"] in shown
        else:
            assert answer.get("reason", "") in text


@pytest.mark.parametrize("page", LIBRARIES)
def test_an_engine_counts_what_differs_from_torch(
    site: Path, data: dict[str, Any], page: str
) -> None:
    """The title counts the cases in which both answer and say something else; a row has each."""
    name = Path(page).stem
    both = [
        case for case in data["cases"] if all("code" in case["answers"][n] for n in ("torch", name))
    ]
    parted = [
        c["name"] for c in both if len({c["answers"][n]["group"] for n in ("torch", name)}) > 1
    ]
    soup = parsed(site / page)
    assert [row["id"] for row in soup.select("table.engine-pair tr[id]")] == parted
    if name != "torch":
        title = meta(site, page, "og:title")
        assert title.endswith(f": {len(parted)} things that differ")


def test_stories_differ_and_their_spellings_agree(site: Path, data: dict[str, Any]) -> None:
    """Ten stories: engines part in each, and return one number for the spelling at its end."""
    text = (DOCS / "engines" / "stories.md").read_text("utf-8")
    shown = re.findall(r"\{engine-answers\} (\S+)", text)
    spelled = [key for key in shown if cases[key].instead_of]
    told = [key for key in shown if not cases[key].instead_of]
    assert len(told) == len(spelled) == len(re.findall(r"^## ", text, re.MULTILINE)) == 10
    by = {case["name"]: case["answers"] for case in data["cases"]}
    for key in spelled:
        asked = {a["verdict"] for a in by[key].values() if "code" in a}
        assert "right" in asked
        assert asked <= {"right", "refuses"}
    soup = parsed(site / "engines" / "stories.html")
    assert len(soup.select("table.engine-told")) == 20


@pytest.mark.parametrize("key", [case.key for case in cases.values() if case.pages][::15])
def test_explanations_and_cases_lead_to_each_other(site: Path, key: str) -> None:
    """A page that explains a case lists it, and the case links back."""
    case = parsed(site / "engines" / "cases" / f"{key}.html")
    for page in cases[key].pages:
        name = page.partition("#")[0]
        assert case.select_one(f'article a[href^="../../{name}.html"]')
        assert parsed(site / f"{name}.html").select_one(
            f'article a[href="../engines/cases/{key}.html"]'
        )
