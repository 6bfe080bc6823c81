from pathlib import Path

import pytest

from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.query import parse
from kyrgyz_relations.views import headings
from tests.conftest import run

CHINA = (
    "China · Кытай · Китай · CN · CHN", "Diplomatic relations since 5 January 1992", "In the group Neighbours",
    "China shares a long border with Testland.",
)  # fmt: skip
RUSSIA = (
    "Russia · Россия · RU · RUS", "Shared memberships: Eurasian Economic Union",
    "In the group Members of the Eurasian Economic Union",
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (["кытай"], ("China",)), (["CN,RU", "road"], ("China or Russia", "Transport")), (["china,PRC"], ("China",)),
        (["соседи", "2010.."], ("Neighbours", "2010..")),
        (["EAEU,bases"], ("Eurasian Economic Union or Military bases",)),
        (["when", "did", "the", "railway", "close"], ("railway", "close")),
        (["bases", "NOT", "a\x1b[31m"], ("Military bases", "not a\\x1b[31m")),
        (["bases", "NOT", "россия"], ("Military bases", "not Russia")), ([], ()),
    ],
)  # fmt: skip
def test_the_title_says_how_words_were_read(small: Search, words: list[str], title: tuple[str, ...]) -> None:
    assert headings.title(small, parse(words, small)) == title


@pytest.mark.parametrize(
    ("words", "about"),
    [
        (["china"], CHINA), (["russia"], RUSSIA), (["eaeu"], ("Eurasian Economic Union", "Member since August 2015")),
        (["neighbours"], ("States with a common border",)), (["bases"], ("Foreign military facilities",)),
        *((words, ()) for words in (["china", "2014"], ["china,russia"], ["china", "NOT", "2014"], ["join", "china"])),
    ],
)  # fmt: skip
def test_a_profile_or_a_summary_stands_above_what_alone_was_asked_for(
    small: Search, words: list[str], about: tuple[str, ...]
) -> None:
    assert headings.about(small, parse(words, small)) == about


def test_a_question_has_no_profile_though_it_names_a_partner_by_an_option() -> None:
    asked = run("railway keys", "--partner", "china", small=True, columns=80)
    assert asked.lines[0].startswith("China · railway · keys  ")


def test_organizations_are_shared_where_a_membership_began_relations_with_them(base: Path) -> None:
    text = base.read_text(encoding="utf-8").replace('kind = "membership"', 'kind = "agreement"')
    base.write_text(text, encoding="utf-8")
    assert run("eaeu", "--facts", str(base), columns=80).lines[1] == "Relations since August 2015"
    assert "Shared memberships" not in run("russia", "--facts", str(base), columns=80).out


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (["china", "bases"], {"china", "bases"}),
        (["china,russia", "transport", "2014"], {"transport"}),
        (["neighbours"], set()),
    ],
)
def test_what_every_fact_of_a_lookup_has_need_not_be_said_of_each(
    small: Search, words: list[str], keys: set[str]
) -> None:
    assert headings.understood(parse(words, small)) == keys
