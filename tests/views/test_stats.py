import json
from collections import Counter

import pytest
from rich.cells import cell_len

from kyrgyz_relations import open_factbase
from tests.conftest import run
from tests.screens import WIDTHS, see, see_in_colour


@pytest.mark.parametrize("columns", WIDTHS)
def test_what_people_see(columns: int) -> None:
    see("stats", "stats", columns=columns)


def test_colour_says_what_is_what() -> None:
    see_in_colour("stats", "stats", "china")


def test_each_fact_counts_once_in_each_dimension_that_has_one_value() -> None:
    facts = open_factbase().find("1900..2100")
    rows = json.loads(run("stats", "--json").out)
    of = {name: {row["key"]: row for row in rows if row["by"] == name} for name in ("year", "kind", "source-kind")}
    single = sum(len(fact.sources) == 1 for fact in facts)
    assert {key: row["facts"] for key, row in of["kind"].items()} == Counter(fact.kind for fact in facts)
    assert sum(row["facts"] for row in of["year"].values()) == sum(not fact.date.startswith("..") for fact in facts)
    assert sum(row["one_source"] for row in of["kind"].values()) == single
    assert sum(row["sources"] for row in of["source-kind"].values()) == len(
        {key for fact in facts for key in fact.sources}
    )


def test_it_is_of_the_facts_found() -> None:
    assert run("stats", "bases", "2014-06-03", small=True).lines[:6] == [
        "year\t2001\t1\t1\t1", "year\t2003\t1\t1\t1", "year\t2014\t1\t1\t1",
        "theme\tbases\t3\t1\t3", "theme\trule-of-law\t1\t1\t1", "kind\tposition\t2\t1\t2",
    ]  # fmt: skip


def test_a_publisher_keeps_its_name_though_a_partner_has_that_key(odd: tuple[str, str]) -> None:
    drawn = run("stats", *odd, columns=100).out
    assert any(line.startswith("japan ") for line in drawn.partition("Facts by publisher")[2].splitlines())


def test_what_has_no_known_beginning_is_in_no_year(odd: tuple[str, str]) -> None:
    years = [row["key"] for row in json.loads(run("stats", "--json", *odd).out) if row["by"] == "year"]
    assert min(years) == "2000"


def test_what_has_nothing_is_thinnest(odd: tuple[str, str]) -> None:
    drawn = run("stats", "japan", "2003..", *odd, columns=100).out
    assert "Years with the fewest of these facts: 2000 (0), 2001 (0), 2002 (0), 2020 (0), 2021 (0)" in drawn
    assert "Themes with the fewest of these facts: borders (0), trade (102)" in drawn
    assert "Partners without any of them: 4" in drawn
    assert "With a single source: 102 of 102" in drawn


@pytest.mark.parametrize("columns", [30, 60, 100])
def test_wide_names_stay_within_the_screen(odd: tuple[str, str], columns: int) -> None:
    for base in ((), odd):
        seen = run("stats", *base, columns=columns)
        assert (seen.status, seen.err) == (0, "")
        assert max(map(cell_len, seen.lines)) <= columns
