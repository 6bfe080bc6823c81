"""The views on an odd fact base: many facts, wide names, open beginnings, figures of all sizes."""

import csv
import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.conftest import Command

HEAD = """
[meta]
format = 1
title = "Odd"
subject = "Oddland"
as_of = "2024"
[themes.trade]
name = "Trade"
summary = "Trade"
[themes.borders]
name = "Borders"
summary = "Borders"
[partners.japan]
name = "日本国と呼ばれる東の国の長い名前の例"
kind = "state"
[partners.peru]
name = "Republic of Peru"
kind = "state"
aliases = ["Rus"]
[partners.russia]
name = "Russia"
kind = "state"
[partners.united-states]
name = "United States"
kind = "state"
iso2 = "US"
iso3 = "USA"
[partners.league]
name = "League"
kind = "organization"
[sources.trade]
title = "T"
publisher = "japan"
url = "https://example.org/"
kind = "news"
lang = "en"
[series.balance]
name = "Balance of trade with Japan"
unit = "US$"
[series.russia-share]
name = "Share of Russia"
unit = "parts"
[series.unused]
name = "Nothing yet"
unit = "US$"
"""
FIGURES = """figures = [
  { series = "balance", date = "2010", value = -5 },
  { series = "balance", date = "2009-07/2010-06", value = 12345.5 },
  { series = "balance", date = "1999~", value = 3 },
  { series = "russia-share", date = "2010", value = 0.0000001 },
]"""


def fact(number: int, date: str, partners: str, *, theme: str = "trade", more: str = "") -> str:
    return (
        f"[[facts]]\nid = 'f{number}'\ndate = '{date}'\nkind = 'event'\npartners = {partners}\nthemes = ['{theme}']\n"
        f"text = 'Fact {number}.'\nsources = ['trade']\n{more}\n"
    )


@pytest.fixture
def odd(tmp_path: Path) -> list[str]:
    """The option that asks the odd base."""
    path = tmp_path / "odd.toml"
    facts = [fact(number, f"20{number % 20:02}-0{number % 9 + 1}-11", "['japan']") for number in range(120)]
    facts += [
        fact(200, "../1995", "['peru']", theme="borders"),
        fact(201, "2010", "['peru', 'russia']", more=FIGURES),
        fact(202, "2013-06/..", "['peru', 'league']"),
        fact(203, "2013-06-30", "['peru', 'league']"),
    ]
    path.write_text(HEAD + "\n".join(facts), encoding="utf-8")
    return ["--facts", str(path)]


@pytest.mark.parametrize("columns", [30, 60, 100])
@pytest.mark.parametrize(
    "words",
    [
        ["map"],
        ["stats"],
        ["timeline", "..2100", "--by", "partner"],
        ["compare", "japan", "peru", "russia", "united-states", "league"],
        ["timeline", "japan"],
        ["series", "peru"],
    ],
    ids=lambda words: words[0],
)
def test_no_line_is_wider_than_the_screen(relations: Command, odd: list[str], words: list[str], columns: int) -> None:
    run = relations(*words, "--format", "table", *odd, columns=columns)
    assert (run.status, run.err) == (0, "")
    assert max(map(cell_len, run.lines)) <= columns


def test_the_columns_of_a_map_stand_under_each_other(relations: Command, odd: list[str]) -> None:
    lines = relations("map", "--format", "table", *odd, columns=100).lines
    rows = [line for line in lines if line.rstrip()[-1:] in ("0", ".", "3", "1", "2")]
    # The number of each partner on trade, the second theme, ends in one column.
    assert len({cell_len(line.rstrip()) for line in rows}) == 1
    assert any("120" in line for line in rows)


def test_a_publisher_keeps_its_name_though_a_partner_has_that_key(relations: Command, odd: list[str]) -> None:
    drawn = relations("stats", "--format", "table", *odd, columns=100).out
    assert any(line.startswith("japan ") for line in drawn.partition("Facts by publisher")[2].splitlines())


def test_what_has_no_known_beginning_is_in_no_year(relations: Command, odd: list[str]) -> None:
    years = [row["key"] for row in json.loads(relations("stats", "--json", *odd).out) if row["by"] == "year"]
    assert min(years) == "2000"
    run = relations("timeline", "borders", "--format", "table", *odd)
    assert run.lines[-1].split() == ["until", "1995", "┃", "Fact", "200."]
    assert "▇" not in run.out
    run = relations("timeline", "borders", "--by", "year", "--json", *odd)
    assert (run.status, run.out) == (1, "[]\n")
    assert run.err == "relations: of 1 fact it is not known when they began\n"


def test_times_narrow_the_timeline_together(relations: Command, odd: list[str]) -> None:
    drawn = relations("timeline", "peru", "2000..2012", "2010..2016", "--format", "table", *odd).out
    assert "2010" in drawn
    assert "2000" not in drawn.partition("■")[0].partition("\n")[2]
    months = relations("timeline", "japan", "2003-03..2003-05", "--format", "table", *odd, columns=100).out
    assert [word for word in months.split("\n", 1)[1].split() if word.startswith("2003-")] == ["2003-03", "2003-05"]


def test_a_fact_of_several_partners_is_of_none_of_them_alone(relations: Command, odd: list[str]) -> None:
    drawn = relations("timeline", "trade", "2010..2013", "--format", "table", *odd, columns=100).out
    legend = next(line for line in drawn.splitlines() if line.startswith("By partner:"))
    assert "several together 3" in legend
    assert "Republic of Peru" not in legend


def test_what_has_nothing_is_thinnest(relations: Command, odd: list[str]) -> None:
    drawn = relations("stats", "japan", "2003..", "--format", "table", *odd, columns=100).out
    assert "Years with the fewest of these facts: 2000 (0), 2001 (0), 2002 (0), 2020 (0), 2021 (0)" in drawn
    assert "Themes with the fewest of these facts: borders (0), " in drawn
    assert "Partners without any of them: 4" in drawn


def test_people_see_first_who_matters(relations: Command, odd: list[str]) -> None:
    def first_words(*words: str) -> list[str]:
        return [line.split()[0] for line in relations(*words, "--format", "table", *odd, columns=120).lines[1:]]

    assert first_words("partners", "trade")[:2] == ["japan", "peru"]
    assert first_words("themes", "peru") == ["trade", "borders"]
    assert [line.split("\t")[0] for line in relations("themes", "peru", *odd).lines] == ["borders", "trade"]
    drawn = relations("partners", "trade", "--format", "table", *odd, columns=120).lines
    assert drawn[0].split() == ["Key", "Name", "Code", "Facts", "Time"]
    assert drawn[2].split()[-1] == "2010–2013"


def test_those_that_began_before_the_axis_are_counted(relations: Command, odd: list[str]) -> None:
    drawn = relations("timeline", "peru", "2014..", "--format", "table", *odd).out
    assert "and 1 not in the columns: they began earlier" in drawn


def test_a_series_is_found_by_any_name_of_what_it_is_called_by(relations: Command, odd: list[str]) -> None:
    def found(*words: str) -> list[str]:
        return [line.split("\t")[0] for line in relations("series", *words, *odd).lines]

    assert found("russia") == ["russia-share"]
    assert found("peru") == ["balance"] * 3 + ["russia-share"]
    # The alias of Peru is only the beginning of a name.
    assert found("rus") == found("peru")
    assert found("balance,russia-share") == ["balance"] * 3 + ["russia-share"]


def test_a_time_is_that_of_the_figures(relations: Command, odd: list[str]) -> None:
    # The fact that gives them all is of 2010.
    assert relations("series", "peru", "1999", *odd).lines == ["balance\t1999~\t3\tUS$\t\tf201"]
    assert relations("series", "balance", "..2005", "--fields", "date", *odd).lines == ["1999~"]
    run = relations("series", "russia", "1999", "--json", *odd)
    assert (run.status, run.out) == (1, "[]\n")
    assert run.err == "relations: 1 fact, but none of them gives a figure of that time\n"


def test_figures_come_in_their_order_and_series_without_any_are_listed(relations: Command, odd: list[str]) -> None:
    rows = json.loads(relations("series", "balance", "--json", *odd).out)
    assert [row["date"] for row in rows] == ["1999~", "2009-07/2010-06", "2010"]
    listed = {row["key"]: row for row in json.loads(relations("series", "--json", *odd).out)}
    assert (listed["balance"]["first"], listed["balance"]["last"]) == ("1999~", "2010")
    assert (listed["unused"]["figures"], listed["unused"]["first"], listed["unused"]["last"]) == (0, None, None)
    assert "unused" in relations("series", "--format", "table", *odd).out


def test_numbers_have_no_exponent_and_are_no_formula(relations: Command, odd: list[str]) -> None:
    asked = ["series", "peru", "--fields", "value"]
    assert relations(*asked, *odd).lines == ["3", "12345.5", "-5", "0.0000001"]
    rows = [*csv.reader(relations(*asked, "--csv", *odd).lines)]
    assert rows == [["value"], ["3"], ["12345.5"], ["-5"], ["0.0000001"]]
    drawn = relations("series", "peru", "--format", "table", *odd).out
    assert "12,345.5" in drawn
    assert "0.0000001" in drawn


def test_words_narrow_a_comparison(relations: Command, odd: list[str]) -> None:
    rows = json.loads(relations("compare", "peru", "japan", "203", "--json", *odd).out)
    assert {row["key"]: row["facts"] for row in rows} == {"peru": 1, "japan": 0}
    run = relations("compare", "peru", "japan", "zzzz", "--json", *odd)
    assert (run.status, run.out, run.err) == (
        1,
        "[]\n",
        'relations: nothing found for "zzzz"\nrelations: without zzzz there are 124\n',
    )
    run = relations("compare", "peru", "japan", "borders", "2001", "--format", "table", *odd)
    assert (run.status, run.out) == (1, "")
    assert run.err == (
        "relations: no fact is about all of these at once: peru or japan (124), borders (1), 2001 (6)\n"
        "relations: without borders there are 6\nrelations: without 2001 there is 1\n"
    )


def test_a_partner_is_not_taken_for_a_kind_of_partner(relations: Command, odd: list[str]) -> None:
    def found(*words: str) -> list[str]:
        return [line.split("\t")[0] for line in relations("partners", *words, *odd).lines]

    assert found("united", "states") == ["united-states"]
    assert found("states") == ["japan", "peru", "russia", "united-states"]
    assert found("states,organizations") == ["japan", "league", "peru", "russia", "united-states"]
    assert found("organizations", "2013") == ["league"]
    run = relations("partners", "formats", *odd)
    assert (run.status, run.err) == (1, 'relations: no fact is about a partner of the kind "formats"\n')


def test_a_day_without_anything_is_an_empty_array(relations: Command, odd: list[str]) -> None:
    assert relations("today", "--date", "12-31", "--json", *odd).out == "[]\n"
    assert relations("today", "chna", "--date", "12-31", *odd).err == (
        'relations: no fact is of "31 December"\nrelations: nothing found for "chna"\n'
    )
    run = relations("series", "borders", "--json", *odd)
    assert (run.status, run.out) == (1, "[]\n")
    assert run.err == "relations: 1 fact, but none of them gives a figure of a series\n"


def test_some_days_are_each_of_them_a_day(relations: Command, odd: list[str], tmp_path: Path) -> None:
    more = tmp_path / "more.toml"
    dates = ["2010-06-10/2010-06-15", "2010-06-12/2014-06-10", "2010-06/2010-07", "2013-12-28/2014-01-03"]
    more.write_text("\n".join(fact(300 + n, date, "['peru']") for n, date in enumerate(dates)), encoding="utf-8")
    assert relations("today", "06-13", "--add", str(more), *odd).ids == ["f300"]
    assert relations("today", "06-10", "--add", str(more), *odd).ids == ["f300"]
    assert relations("today", "06-12", "--add", str(more), *odd).ids == ["f300", "f301"]
    assert relations("today", "06-16", "--add", str(more), *odd).status == 1
    for day in ("12-28", "12-31", "01-01", "01-03"):
        assert "f303" in relations("today", day, "--add", str(more), *odd).ids
    assert "f303" not in relations("today", "01-04", "--add", str(more), *odd).ids


def test_only_a_date_of_one_day_is_precise(relations: Command, odd: list[str]) -> None:
    said = relations("check", *odd).out
    assert "f202" not in said.partition("less precise")[2].partition("\n")[0]
