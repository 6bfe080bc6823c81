"""The views: drawn on terminals of each width, with and without colour, as rows in pipes, in files."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from kyrgyz_relations import open_factbase
from kyrgyz_relations.edtf import bounds, period_of
from kyrgyz_relations.factbase.tally import by_period
from kyrgyz_relations.output.chart import bar, columns
from tests.conftest import Command
from tests.test_terminal import expect

VIEWS = {
    "timeline": ["timeline", "..2100"],
    "timeline-months": ["timeline", "2024"],
    "timeline-bases": ["timeline", "bases"],
    "timeline-decades": ["timeline", "..2100", "--by", "decade"],
    "timeline-themes": ["timeline", "..2100", "--by", "theme"],
    "compare": ["compare", "china", "russia", "neighbours"],
    "today": ["today", "--date", "06-03"],
    "map": ["map"],
    "stats": ["stats"],
    "series": ["series"],
    "figures": ["series", "road-costs"],
}
TAKES = "compare takes 2 to 5 partners or groups, each a word of its own; these are named"
Terminal = Callable[..., str]


@pytest.mark.parametrize("columns", [60, 80, 200])
@pytest.mark.parametrize("view", VIEWS)
def test_what_people_see(relations: Command, view: str, columns: int) -> None:
    run = relations(*VIEWS[view], "--format", "table", small=True, columns=columns)
    assert (run.status, run.err) == (0, "")
    assert max(map(len, run.lines)) <= columns
    expect(f"{view}-{columns}.txt", run.out)


@pytest.mark.parametrize("view", VIEWS)
def test_colour_adds_to_what_is_seen_and_takes_nothing_away(relations: Command, view: str) -> None:
    drawn = relations(*VIEWS[view], "--format", "table", "--color", "always", small=True).out
    expect(f"{view}-80-colour.txt", drawn)
    plain = relations(*VIEWS[view], "--format", "table", small=True).out
    bare = re.sub(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\", "", drawn)
    assert [line.rstrip() for line in bare.splitlines()] == [line.rstrip() for line in plain.splitlines()]
    assert "\x1b[" in drawn


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_a_file_too(relations: Command, view: str, tmp_path: Path) -> None:
    for end in ("svg", "html"):
        assert relations(*VIEWS[view], "--output", str(tmp_path / f"view.{end}"), small=True).status == 0
    ET.fromstring((tmp_path / "view.svg").read_text(encoding="utf-8"))  # noqa: S314  # our own output
    page = html5lib.HTMLParser(strict=True).parse((tmp_path / "view.html").read_text(encoding="utf-8"))
    assert (page.find(".//{*}pre") is not None) == (view != "today")
    assert page.find(".//{*}tbody/{*}tr") is not None


@pytest.mark.parametrize("view", VIEWS)
def test_a_terminal_without_other_letters_gets_the_nearest(relations: Command, view: str) -> None:
    run = relations(*VIEWS[view], "--format", "table", small=True, env={"PYTHONIOENCODING": "ascii"})
    assert (run.status, run.err) == (0, "")
    assert run.out.isascii()
    # A publisher of the small base has a Russian name.
    assert "?" not in run.out.replace("??????", "")


def test_a_timeline_in_a_pipe_is_the_facts(relations: Command) -> None:
    assert relations("timeline", "china", small=True).out == relations("china", small=True).out


def test_counts_are_those_of_the_facts(relations: Command) -> None:
    base = open_factbase()
    rows = json.loads(relations("timeline", "china", "--by", "year", "--json").out)
    years = [fact.date[:4] for fact in base.find("china") if not fact.date.startswith("..")]
    assert {row["period"]: row["facts"] for row in rows} == {year: years.count(year) for year in years}
    themes = json.loads(relations("timeline", "china", "--by", "theme", "--json").out)
    debts = sum(row["facts"] for row in themes if row["key"] == "debt")
    assert debts == len(base.find("china", "debt"))


def test_the_map_counts_what_a_query_finds(relations: Command) -> None:
    base = open_factbase()
    cells = {(row["partner"], row["theme"]): row for row in json.loads(relations("map", "2010..", "--json").out)}
    for pair in (("china", "debt"), ("russia", "bases"), ("uzbekistan", "water")):
        found = base.find(*pair, "2010..")
        assert cells[pair]["facts"] == len(found)
        assert (cells[pair]["first"], cells[pair]["last"]) == (found[0].date, found[-1].date)


def test_a_comparison_holds_what_a_profile_and_a_query_hold(relations: Command) -> None:
    base = open_factbase()
    china, russia, _ = json.loads(relations("compare", "china", "russia", "us", "--theme", "debt", "--json").out)
    (since,) = json.loads(relations("partners", "china", "--json").out)
    assert china["since"] == since["since"]
    assert russia["facts"] == len(base.find("russia", "debt"))
    assert "Eurasian Economic Union" in russia["organizations"]
    assert "Eurasian Economic Union" not in china["organizations"]
    assert russia["themes"]["debt"] == russia["facts"]
    assert china["with_all"] == len(base.find("china", "russia", "us", "debt"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["china"], f"{TAKES}: china"),
        (["china", "CN"], f"{TAKES}: china"),
        (
            ["china", "chnia"],
            f"{TAKES}: china; no partner is called chnia",
        ),
    ],
)
def test_a_comparison_needs_partners(relations: Command, words: list[str], said: str) -> None:
    run = relations("compare", *words, small=True)
    assert (run.status, run.out, run.err) == (2, "", f"relations: {said}\n")


def test_a_day_finds_what_began_on_it_in_any_year(relations: Command) -> None:
    run = relations("today", "--date", "12-27")
    dates = {line.split("\t")[0] for line in run.lines}
    assert run.status == 0
    assert {date[5:10] for date in dates if "/" not in date} == {"12-27"}
    assert relations("today", "--date", "10-23", small=True).ids == ["russia-base"]
    assert len(dates) > 1
    for asked in (["--date", "01-05"], ["--date", "5 January"], ["--date", "5 января"]):
        assert relations("today", "china", *asked, small=True).ids == ["china-diplomatic-relations"]
    for said in (["01-05"], ["5", "January"], ["5 Jan"]):
        assert relations("today", *said, "china", small=True).ids == ["china-diplomatic-relations"]


def test_a_day_without_anything_names_the_nearest(relations: Command) -> None:
    run = relations("today", "--date", "01-02", small=True)
    assert (run.status, run.out) == (1, "")
    assert run.err.startswith("relations: no fact is of 2 January; nearest by the calendar: ")
    assert "5 January" in run.err


def test_the_nearest_days_are_nearest_by_the_calendar(relations: Command) -> None:
    assert "28 February, 1 March, 27 February" in relations("today", "--date", "02-29").err


def test_a_long_span_is_drawn_in_the_width_that_there_is(relations: Command) -> None:
    run = relations("timeline", "energy", "--by", "theme", "--format", "table", columns=40)
    assert max(map(len, run.lines)) <= 40
    assert re.search(r"(?m)^Energy +\d+ ", run.out)


def test_a_broad_map_stands_in_blocks(relations: Command) -> None:
    run = relations("map", "central-asia", "--format", "table", columns=60)
    assert max(map(len, run.lines)) <= 60
    assert len([line for line in run.lines if line.startswith("Kazakhstan ")]) == 2


def test_facts_without_figures_are_told(relations: Command) -> None:
    run = relations("series", "kok-tash", "--format", "json", small=True)
    assert run.status == 0
    run = relations("series", "bases", small=True)
    assert (run.status, run.out) == (1, "")
    assert run.err == "relations: 3 facts, but none of them gives a figure of a series\n"


@pytest.mark.parametrize("day", ["02-30", "13-01", "1-5", "today", "", "31 Foo"])
def test_what_is_no_day_is_an_error(relations: Command, day: str) -> None:
    run = relations("today", "--date", day, small=True)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith('relations: --date takes a day of the year such as 08-31 or "31 August", not ')


def test_stats_cover_each_fact_once_in_each_dimension(relations: Command) -> None:
    base = open_factbase()
    rows = json.loads(relations("stats", "--json").out)
    by = {name: [row for row in rows if row["by"] == name] for name in ("year", "kind", "source-kind")}
    assert sum(row["facts"] for row in by["kind"]) == len(base.facts)
    assert sum(row["facts"] for row in by["year"]) == sum(
        not date.date.startswith("..") for date in base.facts.values()
    )
    assert sum(row["sources"] for row in by["source-kind"]) == len(base.sources)
    single = sum(len(fact.sources) == 1 for fact in base.facts.values())
    assert sum(row["one_source"] for row in by["kind"]) == single


def test_words_find_the_series_that_they_name(relations: Command) -> None:
    def found(*words: str) -> set[str]:
        return {line.split("\t")[0] for line in relations("series", *words).lines}

    assert found("russia", "remittances") == {"russia-remittances"}
    assert found("china-debt") == {"china-debt"}
    assert len(found("uzbekistan")) > 1
    assert relations("series", "qqqq").status == 1


def test_figures_keep_their_numbers(relations: Command) -> None:
    rows = json.loads(relations("series", "road-costs", "--json", small=True).out)
    assert [(row["date"], row["value"], row["qualifier"]) for row in rows] == [
        ("1998", 12.5, "about"),
        ("1999-01/1999-06", 30, None),
    ]
    assert relations("series", "road-costs", "--csv", "--fields", "date,value,unit", small=True).out == (
        "date,value,unit\n1998,12.5,million US$\n1999-01/1999-06,30,million US$\n"
    )


def test_each_figure_of_the_bundled_base_stands_in_its_text() -> None:
    """A reader sees every value with its source: in the text itself, in whatever unit of thousand it is written."""
    base = open_factbase()
    strange = []
    for fact in base.facts.values():
        numbers = {float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", fact.text)}
        for figure in fact.figures:
            scaled = (figure.value * scale for scale in (1, 0.001, 1e-6, 1000))
            if not any(abs(value - number) < 1e-9 * max(number, 1) for value in scaled for number in numbers):
                strange.append((fact.id, figure.series, figure.value))
    assert strange == []


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 500), min_size=1), st.integers(1, 12))
def test_a_column_is_as_high_as_what_it_stands_for(stack: dict[str, int], height: int) -> None:
    lines = columns([stack, {"a": 1}, {}], {"a": Style(color="red")}, height, 3)
    heights = []
    for number in range(3):
        letters = [line.plain[-9:][number * 3] for line in lines]
        heights.append(sum(" ▁▂▃▄▅▆▇█".index(letter) for letter in letters))
    total = sum(stack.values())
    assert heights[0] == height * 8
    assert heights[1] == max(round(height * 8 / total), 1)
    assert heights[2] == 0


@given(st.floats(0, 1e9), st.floats(1, 1e9), st.integers(1, 100))
def test_a_bar_stays_within_its_width_and_shows_what_is_more_than_nothing(
    value: float, most: float, width: int
) -> None:
    drawn = bar(value, most, width)
    assert len(drawn) <= width
    assert bool(drawn) == (value > 0)


@pytest.mark.parametrize(
    ("date", "periods"),
    [
        ("2014-06-03", ("2014-06", "2014", "2010s")),
        ("2014", ("", "2014", "2010s")),
        ("1998~/..", ("", "1998", "1990s")),
        ("../1995", ("", "", "")),
    ],
)
def test_a_date_counts_where_it_begins(date: str, periods: tuple[str, ...]) -> None:
    assert bounds(date)
    assert tuple(period_of(date, unit) for unit in ("month", "year", "decade")) == periods


def test_what_is_split_counts_for_each_key() -> None:
    rows = [{"date": "2014", "themes": ["a", "b"]}, {"date": "2014-05", "themes": ["b"]}]
    assert by_period(rows, "year", "theme") == [
        {"key": "a", "period": "2014", "facts": 1},
        {"key": "b", "period": "2014", "facts": 2},
    ]
