import pytest

from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.query import parse
from kyrgyz_relations.terms import Term, did_you_mean
from tests.conftest import run
from tests.test_query import BASES, CHINA, US


@pytest.mark.parametrize(("options", "ids"), [
    ("--partner neighbours --theme bases", US), ("--partner china --partner russia", "kok-tash-road"),
    ("--partner china,russia --theme bases", "russia-base"), ("--partner CN 2015..", "railway-begun"),
    ("--kind position", "russia-base us-base"), ("--text china", f"{CHINA} eaeu-membership"),
    # A text that is a name, too, is looked for in the texts.
    ("--text base", BASES), ("--since 2015 transport", "railway-begun eaeu-membership"),
    ("transport --until 1998-06", "kok-tash-road china-diplomatic-relations"),
    ("--since 1998 --until 2001", "us-base kok-tash-road"), ("--exact who closed the base --partner us", US),
])  # fmt: skip
def test_an_option_says_what_a_word_is(options: str, ids: str) -> None:
    assert sorted(run(*options.split(), small=True).ids) == sorted(ids.split())


def test_with_an_option_any_code_is_the_name() -> None:
    assert run("--partner", "no", "--json").out == run("--partner", "norway", "--json").out != "[]\n"
    assert run("compare", "no", "us", "--json").out == run("compare", "norway", "united-states", "--json").out


def test_a_term_keeps_what_was_typed(small: Search) -> None:
    query = parse(["Китаем", "2014"], small)
    time = Term("dates", "", "2014", ("2014-01-01", "2014-12-31"))
    assert query.filters == ((Term("partner", "china", "Китаем"),), (time,))


@pytest.mark.parametrize(("value", "ids"), [
    ("base, closed", "us-base-closed"), ("closed, base", ""), ("1,000", ""), ("closed its air base", "us-base-closed"),
    ("railway,closed", "us-base-closed us-base railway-begun"),
])  # fmt: skip
def test_a_comma_in_a_text_widens_but_in_a_phrase_or_a_number(value: str, ids: str) -> None:
    assert {*run("--text", value, small=True).ids} == {*ids.split()}


def test_what_may_have_been_meant_is_a_list() -> None:
    assert [did_you_mean(near) for near in ([], ["a"], ["a", "b", "c"])] == [
        "", " (did you mean a?)", " (did you mean a, b or c?)",
    ]  # fmt: skip
