import json
from typing import Any

import pytest

from kyrgyz_relations.factbase import lists
from kyrgyz_relations.factbase.search import Search
from tests.conftest import run


def rows(*words: str) -> list[dict[str, Any]]:
    return list(json.loads(run(*words, "--json", small=True).out))


def counted(*words: str) -> dict[str, int]:
    return {row["key"]: row["facts"] for row in rows(*words)}


EVERY = {"bhutan": 0, "china": 3, "cote-divoire": 0, "eaeu": 1, "russia": 3, "united-states": 2}


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        # all of them, those named, even where no fact is known, and those of the facts found
        ("partners", EVERY),
        ("partners bhutan", {"bhutan": 0}),
        ("partners CI,BT", {"bhutan": 0, "cote-divoire": 0}),
        ("partners neighbours", {"china": 3, "united-states": 2}),
        ("partners states", {key: count for key, count in EVERY.items() if key != "eaeu"}),
        ("partners neighbours states", {"china": 3, "united-states": 2}),
        ("partners organizations", {"eaeu": 1}),
        ("partners transport", {"china": 3, "eaeu": 1, "russia": 2}),
        ("partners 2014", {"russia": 1, "united-states": 2}),
        ("partners neighbours transport", {"china": 3}),
        ("partners railway", {"china": 1}),
        ("partners states --not transport", {"russia": 1, "united-states": 2}),
        ("partners when did the railway begin", {"china": 1}),
        ("themes", {"bases": 3, "rule-of-law": 1, "transport": 4}),
        ("themes us", {"bases": 2, "rule-of-law": 1}),
        ("themes ..2000", {"transport": 2}),
        ("themes --not us", {"bases": 1, "transport": 4}),
        ("sources", {"example-1992-china": 3, "example-2014-handover": 3, "example-2024-railway": 2}),
        ("sources eaeu", {"example-1992-china": 1}),
    ],
)  # fmt: skip
def test_records_are_listed_by_their_keys_with_the_facts_found_for_each(words: str, facts: dict[str, int]) -> None:
    assert counted(*words.split()) == facts
    assert [*facts] == sorted(facts)


@pytest.mark.parametrize("command", ["partners", "themes", "sources"])
def test_a_question_lists_what_belongs_to_the_facts_that_satisfy_it(command: str) -> None:
    assert rows(command, "who", "closed", "the", "base") == rows(command, "us-base,us-base-closed")
    # Where none does, to the closest.
    assert rows(command, "railway", "begun", "qqqq") == rows(command, "railway-begun")


def test_the_dates_are_those_of_the_first_and_of_the_last_that_began() -> None:
    dates = {row["key"]: (row["first"], row["last"]) for row in rows("partners", "china,us,bhutan")}
    assert dates == {
        "bhutan": (None, None),
        "china": ("1992-01-05", "2024-12-27"),
        "united-states": ("2001-12/2014-06-03", "2014-06-03"),
    }


def test_a_partner_has_its_names_its_groups_and_the_beginning_of_relations() -> None:
    (row,) = rows("partners", "china")
    assert row["since"] == "1992-01-05"
    assert row["groups"] == ["neighbours"]
    assert row["aliases"] == ["PRC", "Beijing"]
    (bare,) = rows("partners", "bhutan")
    assert (bare["since"], bare["groups"], bare["aliases"], bare["name_ru"]) == (None, [], [], None)


def test_a_profile_tells_what_both_have_joined(small: Search) -> None:
    russia, eaeu = lists.profile(small, "russia"), lists.profile(small, "eaeu")
    assert (russia["shared"], russia["since_kind"]) == (["Eurasian Economic Union"], None)
    assert (eaeu["shared"], eaeu["since_kind"]) == ([], "membership")


def test_the_overview_counts_everything(small: Search) -> None:
    about = lists.about(small)
    assert [about[name] for name in ("facts", "partners", "themes", "sources")] == [7, 6, 3, 3]
    assert (about["first"], about["examples"]) == ("1992-01-05", ["china", "railway 2024"])
