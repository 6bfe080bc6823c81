"""Questions as people type them, and the share of them that must be answered in the first three rows."""

import re

import pytest

from benchmarks.answers import questions
from kyrgyz_relations import FactBase, open_factbase
from tests.conftest import ROOT

QUESTIONS = questions(ROOT / "tests" / "data" / "questions.tsv")
# A few points less than there are, so that one fact more in the base breaks nothing.
SHARES = {"en": 0.90, "ru": 0.80, "ky": 0.75}


@pytest.fixture(scope="module")
def base() -> FactBase:
    return open_factbase()


@pytest.mark.parametrize("language", SHARES)
def test_right_answers_come_in_the_first_three(language: str, base: FactBase) -> None:
    places = {question: question.place(base) for question in QUESTIONS if question.language == language}
    missed = [f"{place or '-'} {question.words}" for question, place in places.items() if not 0 < place <= 3]
    assert 1 - len(missed) / len(places) >= SHARES[language], "\n".join(missed)


def test_each_question_has_an_answer_in_the_base_and_does_not_repeat_its_words(base: FactBase) -> None:
    for question in QUESTIONS:
        dated = [fact.text for fact in base.facts.values() if fact.date.startswith(question.dates)]
        right = [text for text in dated if re.search(question.pattern, text, re.IGNORECASE)]
        assert 0 < len(right) <= 40, question
        if question.words.count(" ") > 2:
            assert not any(question.words.casefold() in text.casefold() for text in right), question


def test_there_are_questions_enough_of_each_kind() -> None:
    assert len({question.words for question in QUESTIONS}) == len(QUESTIONS) >= 150
    assert min(sum(question.language == language for question in QUESTIONS) for language in SHARES) > 15
