import json
from typing import Any

import pytest

from kyrgyz_relations.factbase import lists
from kyrgyz_relations.factbase.search import Search
from tests.conftest import run


def rows(*words: str) -> list[dict[str, Any]]:
    return list(json.loads(run(*words, "--json", small=True).out))


EVERY = {"bhutan": 0, "china": 3, "cote-divoire": 0, "eaeu": 1, "russia": 3, "united-states": 2}


@pytest.mark.parametrize(
    ("words", "facts"),
    [
        # all of them, those named, even where no fact is known, and those of the facts found
        ("partners", EVERY),
        ("partners CI,BT", {"bhutan": 0, "cote-divoire": 0}),
        ("partners neighbours", {"china": 3, "united-states": 2}),
        ("partners states", {key: count for key, count in EVERY.items() if key != "eaeu"}),
        ("partners neighbours states", {"china": 3, "united-states": 2}),
        ("partners transport", {"china": 3, "eaeu": 1, "russia": 2}),
        ("partners neighbours transport", {"china": 3}),
        ("partners states --not transport", {"russia": 1, "united-states": 2}),
        ("partners when did the railway begin", {"china": 1}),
        ("themes", {"bases": 3, "rule-of-law": 1, "transport": 4}),
        ("themes us", {"bases": 2, "rule-of-law": 1}),
        ("themes ..2000", {"transport": 2}),
        ("themes --not us", {"bases": 1, "transport": 4}),
        ("themes who closed the base", {"bases": 2, "rule-of-law": 1}),
        # where nothing satisfies a question, of what is closest
        ("themes railway begun qqqq", {"transport": 1}),
        ("sources", {"example-1992-china": 3, "example-2014-handover": 3, "example-2024-railway": 2}),
        ("sources eaeu", {"example-1992-china": 1}),
    ],
)
def test_records_are_listed_by_their_keys_with_the_facts_found_for_each(words: str, facts: dict[str, int]) -> None:
    listed = {row["key"]: row["facts"] for row in rows(*words.split())}
    assert [*listed.items()] == sorted(facts.items())


def test_a_row_has_the_names_the_groups_and_the_times_of_the_partner() -> None:
    bhutan, china, usa = rows("partners", "china,us,bhutan")
    assert (china["since"], china["groups"], china["aliases"]) == ("1992-01-05", ["neighbours"], ["PRC", "Beijing"])
    assert (bhutan["since"], bhutan["groups"], bhutan["aliases"], bhutan["name_ru"]) == (None, [], [], None)
    # The dates are those of the first and of the last that began.
    assert (china["first"], china["last"]) == ("1992-01-05", "2024-12-27")
    assert (usa["first"], usa["last"]) == ("2001-12/2014-06-03", "2014-06-03")
    assert (bhutan["first"], bhutan["last"]) == (None, None)


def test_a_profile_tells_what_both_have_joined(small: Search) -> None:
    russia, eaeu = lists.profile(small, "russia"), lists.profile(small, "eaeu")
    assert (russia["shared"], russia["since_kind"]) == (["Eurasian Economic Union"], None)
    assert (eaeu["shared"], eaeu["since_kind"]) == ([], "membership")


def test_the_overview_counts_everything(small: Search) -> None:
    about = lists.about(small)
    assert [about[name] for name in ("facts", "partners", "themes", "sources")] == [7, 6, 3, 3]
    assert (about["first"], about["examples"]) == ("1992-01-05", ["china", "railway 2024"])
