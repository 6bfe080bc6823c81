"""Lookups under names of all kinds, spellings and orders; more of the same cases are run by the benchmark."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.metamorphic import case_of, names_of, violations
from kyrgyz_relations.factbase.search import Search
from tests.conftest import run

SEEDS = st.integers(0, 2**32)
QUESTIONS = ("when did {} close", "what about {}", "{} agreement signed", "who visited {} first", "когда {} открыли")


@settings(max_examples=80)
@given(SEEDS)
def test_what_is_asked_in_other_words_finds_the_same(whole: Search, seed: int) -> None:
    assert [*violations(case_of(Random(seed), names_of(whole)), whole)] == []  # noqa: S311  # no secret


@settings(max_examples=60)
@given(SEEDS, st.sampled_from(QUESTIONS), st.sampled_from(["2010..", "..2005", "1990s..2014"]))
def test_what_filters_a_lookup_filters_a_question(whole: Search, seed: int, question: str, time: str) -> None:
    name = Random(seed).choice(names_of(whole))  # noqa: S311  # no secret
    words = question.format(name.written.upper() if name.kind == "code" else name.written).split()
    asked, filtered = run(*words), run(*words, time)
    assert asked.out
    assert set(filtered.ids) <= set(run(time).ids)
    assert set(run(*words, *name.option).ids) <= set(run(*name.option).ids)
    assert set(run(*words, "--exact").ids) <= set(asked.ids)
    assert not set(run(*words, "--not", name.key).ids) & set(run(*name.option).ids)
