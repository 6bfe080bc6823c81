import pytest

from kyrgyz_relations.words import INTENTS, OR, QUESTION, SMALL, bare, is_code, is_small


@pytest.mark.parametrize("words", [QUESTION, SMALL, OR, INTENTS.keys()], ids=["question", "small", "or", "intents"])
def test_every_list_has_its_words_as_they_are_compared(words: frozenset[str]) -> None:
    assert [word for word in words if bare(word) != word] == []


@pytest.mark.parametrize("word", ["the", "The", "When", "what's", "What’s", "why?", "в", "когда", "качан", "AND"])
def test_words_between_the_words_that_matter_are_small(word: str) -> None:
    assert is_small(word)


@pytest.mark.parametrize("word", ["IN", "IT", "NO", "US", "china", "debt", "война", "latest", ""])
def test_what_names_or_tells_something_is_not_small(word: str) -> None:
    assert not is_small(word)


def test_capitals_may_be_a_code() -> None:
    assert [word for word in ("CN", "UNSC", "cn", "I", "AND") if is_code(word)] == ["CN"]
