import csv
import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.conftest import run
from tests.screens import WIDTHS, see, see_in_colour


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize(("screen", "words"), [("series", ["series"]), ("figures", ["series", "road-costs"])])
def test_what_people_see(screen: str, words: list[str], columns: int) -> None:
    see(screen, *words, columns=columns)


def test_colour_says_what_is_what() -> None:
    see_in_colour("figures", "series", "road-costs")


@pytest.mark.parametrize(
    ("words", "series"),
    [
        (["russia"], ["russia-share"]),
        (["Россия"], ["russia-share"]),
        (["peru"], ["balance"] * 3 + ["russia-share"]),
        # The alias of Peru is only the beginning of a name.
        (["rus"], ["balance"] * 3 + ["russia-share"]),
        (["balance,russia-share"], ["balance"] * 3 + ["russia-share"]),
        (["balances"], ["balance"] * 3),
        (["trade", "japan"], ["balance"] * 3),
        # A time is that of the figures, not of the fact that gives them.
        (["peru", "1999"], ["balance"]),
        (["balance", "..2005"], ["balance"]),
        (["balance", "2010"], ["balance"] * 2),
    ],
)
def test_words_find_the_series_that_they_name_or_else_those_of_the_facts(
    odd: tuple[str, str], words: list[str], series: list[str]
) -> None:
    found = run("series", *words, *odd)
    assert (found.status, [line.split("\t")[0] for line in found.lines]) == (0, series)


def test_figures_come_in_the_order_of_their_times_and_series_without_any_are_listed(odd: tuple[str, str]) -> None:
    rows = json.loads(run("series", "balance", "--json", *odd).out)
    assert [row["date"] for row in rows] == ["1999~", "2010", "2009-07/2011-06"]
    listed = {row["key"]: row for row in json.loads(run("series", "--json", *odd).out)}
    assert (listed["balance"]["first"], listed["balance"]["last"]) == ("1999~", "2010")
    assert (listed["unused"]["figures"], listed["unused"]["first"], listed["unused"]["last"]) == (0, None, None)
    assert "unused" in run("series", *odd, columns=80).out


def test_numbers_have_no_exponent_and_are_no_formula(odd: tuple[str, str]) -> None:
    asked = ["series", "peru", "--fields", "value"]
    values = ["3", "-5", "12345.5", "0.0000001"]
    assert run(*asked, *odd).lines == values
    assert [*csv.reader(run(*asked, "--csv", *odd).lines)] == [["value"], *([value] for value in values)]
    assert [row["value"] for row in json.loads(run(*asked, "--json", *odd).out)] == [3, -5, 12345.5, 1e-7]
    drawn = run("series", "peru", *odd, columns=80).out
    assert "12,345.5" in drawn
    assert "0.0000001" in drawn


def test_a_qualifier_and_a_part_of_a_year_are_seen(base: Path) -> None:
    text = base.read_text(encoding="utf-8").replace('date = "1998", value', 'date = "1996/1998", value')
    base.write_text(text, encoding="utf-8")
    _, _, about, part = run("series", "road-costs", "--facts", str(base), columns=80).lines
    assert about.startswith("1996–1998       ~12.5  █")
    assert part.startswith("Jan – Jun 1999     30  ▒")


@pytest.mark.parametrize("columns", [30, 60, 100])
@pytest.mark.parametrize("words", [[], ["peru"]])
def test_numbers_of_all_sizes_stay_within_the_screen(odd: tuple[str, str], words: list[str], columns: int) -> None:
    for base in ((), odd):
        seen = run("series", *words, *base, columns=columns)
        assert seen.status == bool(words and not base)
        assert max(map(cell_len, seen.lines), default=0) <= columns


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bases"], "3 facts, but none gives a figure of a series"),
        (["russia", "1970"], "3 facts, but none gives a figure of that time"),
        (["bhutan"], 'no fact is about the partner "bhutan"'),
    ],
)
def test_facts_without_figures_are_counted(words: list[str], said: str) -> None:
    assert run("series", *words, "--json", small=True) == (1, "[]\n", f"relations: {said}\n")
