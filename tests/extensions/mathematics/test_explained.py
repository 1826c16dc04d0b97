"""What has no name that everybody knows is explained where it stands."""

import pytest

from _extensions.mathematics.explained import SIGNS, WORDS, explained
from autodiff_notes import catalogue


@pytest.mark.parametrize("word", WORDS)
def test_each_word_is_explained_where_it_is_used(word: str) -> None:
    """An entry that uses the word has its meaning, and an entry without it has not."""
    with_it = [entry for entry in catalogue.values() if WORDS[word] in explained(entry)]
    assert with_it
    for entry in with_it:
        texts = [entry.function, *entry.gradients.values(), *entry.where.values()]
        assert any(f"{word}(" in text for text in texts), entry.name


@pytest.mark.parametrize("sign", SIGNS)
def test_each_sign_is_explained_where_it_is_printed(sign: str) -> None:
    """An entry whose formulas show the sign has its meaning."""
    with_it = [entry for entry in catalogue.values() if SIGNS[sign] in explained(entry)]
    assert with_it
    for entry in with_it:
        formulas = [entry.latex, *map(entry.gradient_latex, entry.moving), *entry.where_latex]
        assert sign in " ".join(formulas), entry.name


def test_nothing_is_said_of_common_words() -> None:
    """A trace and an inverse need no explanation."""
    assert explained(catalogue["log-det"]) == ""
