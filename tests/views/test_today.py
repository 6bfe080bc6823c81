from pathlib import Path
from types import SimpleNamespace

import pytest

from kyrgyz_relations.views import today
from tests.conftest import run
from tests.views.conftest import fact


def test_a_day_finds_what_began_on_it_in_any_year() -> None:
    dates = {line.split("\t")[0] for line in run("today", "--date", "12-27").lines}
    assert len(dates) > 1
    assert {date[5:10] for date in dates if "/" not in date} == {"12-27"}


@pytest.mark.parametrize(
    "words",
    [["--date", "01-05"], ["--date", "5 January"], ["--date", "5 января"], ["01-05"], ["5", "January"], ["Jan 5"]],
)
def test_a_day_is_written_as_people_do(words: list[str]) -> None:
    assert run("today", *words, "china", small=True).ids == ["china-diplomatic-relations"]
    assert run("today", *words, "russia", small=True).status == 1


def test_without_a_day_it_is_that_of_the_local_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(today, "time", SimpleNamespace(strftime={"%m-%d": "10-23"}.get))
    assert run("today", small=True).ids == ["russia-base"]
    assert run("today", "bases", small=True, columns=80).lines[0] == "23 October · Military bases  1 fact"


@pytest.mark.parametrize("day", ["02-30", "13-01", "1-5", "today", "", "31 Foo", "2014-06-03"])
def test_what_is_no_day_is_refused(day: str) -> None:
    said = f'relations: --date takes a day of the year such as 08-31 or "31 August", not "{day}"\n'
    assert run("today", "--date", day, small=True) == (2, "", said)


def test_a_day_without_anything_names_the_nearest_by_the_calendar(odd: tuple[str, str]) -> None:
    said = "relations: no fact is of 2 January; nearest by the calendar: 5 January, 27 December, 23 October\n"
    assert run("today", "--date", "01-02", small=True) == (1, "", said)
    assert run("today", "--date", "01-02", "--json", small=True) == (1, "[]\n", said)
    assert run("today", "--date", "02-29", *odd).err.endswith(": 11 March, 11 February, 11 April\n")
    # Words that find nothing are named before days.
    none = run("today", "--date", "06-03", "bhutan", small=True)
    assert (none.status, none.out, 'no fact is about the partner "bhutan"' in none.err) == (1, "", True)


def test_a_choice_of_days_is_asked_for_by_words_alone() -> None:
    both = {*run("today", "06-03", small=True).ids} | {*run("today", "01-05", small=True).ids}
    assert {*run("today", "06-03,01-05", small=True).ids} == both
    for words in ("06-03,china", "06-03 to 01-05"):
        wrong = run("today", *words.split(), small=True)
        assert wrong == (2, "", "relations: today takes one day, or several with commas between\n")
    told = "relations: the day is a word or that of --date; leave one of them out\n"
    assert run("today", "06-03", "--date", "01-05", small=True) == (2, "", told)


def test_some_days_are_each_of_them_a_day(odd: tuple[str, str], tmp_path: Path) -> None:
    more = tmp_path / "more.toml"
    # What lasted for years is only of the day on which it began.
    days = {
        "2010-06-10/2010-06-15": {"06-10", "06-12", "06-13", "06-15"}, "2010-06-12/2014-06-10": {"06-12"},
        "2010-06/2010-07": set(), "2013-12-28/2014-01-03": {"12-28", "12-31", "01-01", "01-03"},
    }  # fmt: skip
    more.write_text("\n".join(fact(300 + n, date, "['peru']") for n, date in enumerate(days)), encoding="utf-8")
    asked = {"06-09", "06-16", "12-27", "01-04"}.union(*days.values())
    found = {day: run("today", day, "peru", "--add", str(more), *odd).ids for day in asked}
    for number, of in enumerate(days.values()):
        assert {day for day, ids in found.items() if f"f{300 + number}" in ids} == of
