import re

import pytest

from kyrgyz_relations import hints
from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.query import parse
from tests.conftest import run

CLOSEST = "these facts come closest"
ALL_OF_THESE = "no fact matches all of these"
LESS = "without 1992: 1 fact\nwithout rule-of-law: 1 fact"


@pytest.mark.parametrize(("words", "told"), [
    # a typo of a name, of an id, of a word of the texts, and what is none of these
    ("chnia", 'nothing found for "chnia" (did you mean china?)'),
    ("unitd-states", 'nothing found for "unitd-states" (did you mean united-states?)'),
    ("us-basis", 'nothing found for "us-basis" (did you mean us-base?)'),
    ("railwya", 'nothing found for "railwya" (did you mean railway?)'), ("qqqq", 'nothing found for "qqqq"'),
    ("+++", 'nothing found for "+++"'), ("q\x1b[31m", 'nothing found for "q\\x1b[31m"'),
    ("rialway", 'nothing found for "rialway" (did you mean railway?)'),
    ("fact us-basis", 'no fact has the id "us-basis" (did you mean us-base?)'),
    # what is known and has no fact
    ("1980", 'no fact is dated "1980"'), ("bhutan", 'no fact is about the partner "bhutan"'),
    ("visit", 'no fact is of the kind "visit"'),
    ("partners formats", 'no fact is about a partner of the kind "formats"'),
    # what has facts, but not together: how many each has, and what one word too many has hidden
    ("china bases", f"{ALL_OF_THESE}: china (3), bases (3)"),
    ("china bases 2014", f"{ALL_OF_THESE}: china (3), bases (3), 2014 (3)\nwithout china: 3 facts"),
    ("cn,us 1992 rule-of-law", f"{ALL_OF_THESE}: cn or us (5), 1992 (1), rule-of-law (1)\n{LESS}"),
    ("china 1980", 'no fact is dated "1980"\nwithout 1980: 3 facts'),
    # what was excluded
    ("china NOT china", f"{ALL_OF_THESE}: china (3), not china"),
    ("--not china 1992", f"{ALL_OF_THESE}: 1992 (1), not china"),
    # either of two
    ("chnia,qqqq", 'nothing found for "chnia" (did you mean china?)\nnothing found for "qqqq"'),
    # a command
    ("pratners", 'nothing found for "pratners"\ndid you mean the command `partners`?'),
])  # fmt: skip
def test_a_lookup_that_finds_nothing_says_why(words: str, told: str) -> None:
    found = run(*words.split(), small=True)
    assert (found.status, found.out) == (1, "")
    assert found.err.splitlines() == [f"relations: {line}" for line in told.split("\n")]


@pytest.mark.parametrize(("words", "status", "told"), [
    ("china qqqq", 1, f'nothing found for "qqqq"; {CLOSEST}'),
    ("partners china qqqq", 1, f'nothing found for "qqqq"; {CLOSEST}'),
    ("railway begun qqqq wwww", 1, f'nothing found for "qqqq", "wwww"; {CLOSEST}'),
    ("railway begun 1992", 1, f'{ALL_OF_THESE}: "railway" (1), "begun" (1), 1992 (1); {CLOSEST}'),
    ("when did bhutan begin the railway", 1, f"nothing found for bhutan; {CLOSEST}"),
    ("china railwya", 0, 'read "railwya" as "railway"'), ("the chnia railway", 0, 'read "chnia" as "china"'),
    ("the testlnad railway", 0, 'read "testlnad" as "Testland"'),
    ("--partner us railway keys", 1, f'{ALL_OF_THESE}: "railway" (0), "keys" (1); {CLOSEST}'),
    ("timelin china", 1, f'nothing found for "timelin"; {CLOSEST}\ndid you mean the command `timeline`?'),
])  # fmt: skip
def test_a_question_says_how_it_was_read_and_what_was_not_found(words: str, status: int, told: str) -> None:
    found = run(*words.split(), small=True)
    assert (found.status, found.err.splitlines()) == (status, [f"relations: {line}" for line in told.split("\n")])
    assert found.out


def test_one_of_several_names_that_finds_nothing_is_told_though_the_others_find_something() -> None:
    found = run("china,rusia", small=True)
    assert (found.status, found.err) == (0, 'relations: nothing found for "rusia" (did you mean russia?)\n')
    assert found.ids == run("china", small=True).ids


@pytest.mark.parametrize(("words", "told", "shown"), [
    ("chnia", 'nothing found for "chnia" (did you mean china?)', "railway-begun"),
    ("russia rule-of-law", f"{ALL_OF_THESE}: russia (3), rule-of-law (1)", "us-base-closed"),
])  # fmt: skip
def test_a_person_is_shown_what_is_closest_to_a_lookup_that_finds_nothing(words: str, told: str, shown: str) -> None:
    drawn = run(*words.split(), small=True, columns=80)
    assert (drawn.status, drawn.err) == (1, f"relations: {told}\n")
    assert ("Closest" in drawn.out.splitlines()[0], shown in drawn.out) == (True, True)
    # But not where only what satisfies everything was asked for.
    assert run(*words.split(), "--exact", small=True, columns=80).out == ""


@pytest.mark.parametrize(("words", "foot"), [
    ("china railway", "1 of these matches everything; --exact lists only that"),
    ("who closed the base", "2 of these match everything; --exact lists only those"),
    ("is testland in the eaeu", ""), ("china qqqq", ""),
])  # fmt: skip
def test_the_foot_says_how_many_match_everything(words: str, foot: str) -> None:
    drawn = run(*words.split(), small=True, columns=100)
    last = re.sub("\x1b\\[[0-9;]*m", "", drawn.out.splitlines()[-1])
    assert (last == foot) if foot else "match" not in last
    if foot:
        assert len(run(*words.split(), "--exact", small=True).ids) == int(foot[0])


def test_at_most_five_words_get_a_suggestion_and_no_long_one() -> None:
    found = run(",".join(f"chin{letter}a" for letter in "qwertzu"), small=True)
    assert found.err.count("did you mean") == 5
    assert "did you mean" not in run("china" * 30, small=True).err


@pytest.mark.parametrize(("words", "marked"), [
    (["railways"], ["railwa"]), (["china"], []),
    (["when", "did", "china", "close", "it", "in", "2014"], ["chin", "clos"]),
    (["keys", "china", "latest"], ["keys", "chin"]), (["road,keys"], ["keys"]),
])  # fmt: skip
def test_the_words_that_were_looked_for_stand_out(words: list[str], marked: list[str], small: Search) -> None:
    assert hints.marks(parse(words, small)) == marked
