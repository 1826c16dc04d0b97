"""A digest changes with the code that something depends on, and with nothing else."""

from importlib.metadata import version
from pathlib import Path

import pytest

from _extensions.build import sources
from _extensions.build.sources import Sources, parse

FILES = {
    "house/__init__.py": """\
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from house.roof import slope
from house.cellar import depth
""",
    "house/roof.py": '"""A roof."""\nfrom house.walls import height\nslope = height  # as steep\n',
    "house/walls.py": "height = 3\n",
    "house/cellar.py": "import numpy\ndepth = 2\n",
    "house/shelf.py": """\
from importlib import import_module
def book(): return import_module(f"{__package__}.{'novel'}")
""",
    "house/novel.py": "title = 'one'\n",
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Return a small package."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def digest(folder: Path, code: str, *, loaded: bool = True) -> str:
    """Return the digest of what some code imports."""
    return Sources([folder]).digest([parse(code.encode(), "")], loaded=loaded)


def closure(folder: Path, code: str) -> set[str]:
    """Return what some code imports."""
    return Sources([folder]).closure([parse(code.encode(), "")])


def test_imports_are_followed(house: Path) -> None:
    """A module counts with what it imports itself."""
    assert closure(house, "import house.roof") == {"house.roof", "house.walls"}


def test_a_name_leads_to_its_module(house: Path) -> None:
    """A package that passes a name on is not counted as a whole."""
    assert closure(house, "from house import slope") == {"house.roof", "house.walls"}
    assert closure(house, "from house import roof") == {"house.roof", "house.walls"}
    assert "house.cellar" in closure(house, "import house")
    assert "house.cellar" in closure(house, "from house import something")


def test_an_import_within_a_function_counts(house: Path) -> None:
    """What is imported late is imported; what only a type checker reads is not."""
    assert "house.walls" in closure(house, "def f():\n    from house import walls")
    hidden = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import house.walls"
    assert closure(house, hidden) == {"typing"}


def test_a_module_named_in_a_string_counts(house: Path) -> None:
    """A module that is loaded by its name counts, unless what is loaded is left out."""
    assert "house.novel" in closure(house, "import house.shelf")
    before = digest(house, "import house.shelf"), digest(house, "import house.shelf", loaded=False)
    (house / "house" / "novel.py").write_text("title = 'two'\n", "utf-8")
    after = digest(house, "import house.shelf"), digest(house, "import house.shelf", loaded=False)
    assert before[0] != after[0]
    assert before[1] == after[1]


@pytest.mark.parametrize(
    ("name", "old", "new", "differs"),
    [
        ("walls", "3", "4", True),
        ("roof", "slope = height", "slope = 2 * height", True),
        ("roof", "as steep", "as high", False),
        ("roof", "A roof.", "The roof.\n\n    On two lines.", False),
        ("cellar", "2", "3", False),
    ],
)
def test_only_code_that_is_imported_counts(
    house: Path, name: str, old: str, new: str, differs: bool
) -> None:
    """A changed line counts; a comment, a docstring and another module do not."""
    before = digest(house, "import house.roof")
    path = house / "house" / f"{name}.py"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert (digest(house, "import house.roof") != before) is differs


def test_the_version_is_what_the_library_says() -> None:
    """It is read from the head of the metadata; the standard library has none."""
    names = ["torch", "sphinx", "myst-nb", "myst_nb", "furo", "autodiff-notes"]
    assert [sources.edition(name) for name in names] == [version(name) for name in names]
    assert sources.edition("json") == sources.edition("no-such-package") == ""


def test_versions_count(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of what is imported from outside is another digest."""
    before = digest(house, "import house.cellar")
    monkeypatch.setattr(sources, "edition", lambda name: version(name) + "+x")
    assert digest(house, "import house.cellar") != before


def test_the_place_does_not_count(house: Path, tmp_path: Path) -> None:
    """The same sources in another folder have the same digest."""
    before = digest(house, "import house.roof")
    moved = (house / "house").rename(house / "lodge").rename(tmp_path / "elsewhere")
    (tmp_path / "far").mkdir()
    moved.rename(tmp_path / "far" / "house")
    assert digest(tmp_path / "far", "import house.roof") == before


def test_what_was_parsed_is_kept(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second look parses what has changed and nothing else; a broken file is no harm."""
    cache = house / "doctrees" / "sources"
    first = Sources([house], cache)
    before = first.digest(["house.roof"])
    first.save()
    asked: list[bytes] = []

    def parsed(text: bytes, package: str) -> sources.Module:
        asked.append(text)
        return parse(text, package)

    monkeypatch.setattr(sources, "parse", parsed)
    assert Sources([house], cache).digest(["house.roof"]) == before
    assert asked == []
    cache.write_bytes(cache.read_bytes()[:20])
    assert Sources([house], cache).digest(["house.roof"]) == before
    assert len(asked) == 2


def test_what_is_kept_does_not_grow(house: Path) -> None:
    """Each file is kept as it is now, what another site used as well."""
    cache = house / "parsed"
    for names in (["house.roof"], ["house.cellar"]):
        found = Sources([house], cache)
        found.digest(names)
        found.save()
    kept = sources.load(cache)
    assert {"house.roof roof.py", "house.cellar cellar.py"} <= kept.keys()
    (house / "house" / "roof.py").write_text("ROOF = 'of slate'\n", "utf-8")
    found = Sources([house], cache)
    found.digest(["house.roof"])
    found.save()
    assert sources.load(cache).keys() == kept.keys()
    assert sources.load(cache) != kept


def test_where_nothing_can_be_kept_nothing_fails(house: Path) -> None:
    """The next build parses anew."""
    (house / "file").touch()
    found = Sources([house], house / "file" / "parsed")
    before = found.digest(["house.roof"])
    found.save()
    assert Sources([house], house / "file" / "parsed").digest(["house.roof"]) == before


def test_the_code_of_verification_has_no_entry_in_it() -> None:
    """An entry's module is no part of what verifies, or a title would verify everything anew."""
    root = Path(__file__).parents[3]
    found = Sources([root / "src"]).closure(["autodiff_notes.catalogue.verification"])
    assert {
        "torch",
        "autodiff_notes.evaluation.execution",
        "autodiff_notes.notation.reading",
    } <= found
    assert not {"autodiff_notes.catalogue.determinants", "autodiff_notes.checking.gradient"} & found
