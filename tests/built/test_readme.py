"""The README shows what its code prints."""

import doctest
import re
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
SMALL = re.compile(r"\d\.\de-(?:1\d|09)")  # rounding: other machines round otherwise


class ButForRounding(doctest.OutputChecker):
    """Takes one rounding error for another."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        """Compare everything else to the letter."""
        return super().check_output(SMALL.sub("0", want), SMALL.sub("0", got), optionflags)


def test_the_readme_shows_what_is_printed() -> None:
    """Each example prints what stands below it, up to the size of rounding errors."""
    _, _, rest = README.read_text("utf-8").partition("```pycon\n")
    block, _, _ = rest.partition("\n```")
    text = re.sub(r"\n\n(?!>>>)", "\n<BLANKLINE>\n", block + "\n")  # as doctest wants it
    examples = doctest.DocTestParser().get_doctest(text, {}, README.name, str(README), 0)
    found: list[str] = []
    runner = doctest.DocTestRunner(ButForRounding())
    runner.run(examples, out=found.append)
    assert runner.summarize(verbose=False) == (0, 5), "".join(found)


def test_only_rounding_is_overlooked() -> None:
    """A true error, however written, is not taken for another."""
    checker = ButForRounding()
    assert checker.check_output("error 1.7e-16\n", "error 2.4e-15\n", 0)
    assert not checker.check_output("error 8.4e-01\n", "error 8.3e-01\n", 0)
    assert not checker.check_output("error 1.7e-16\n", "error 2.4e-05\n", 0)
