import json
from collections import Counter

from kyrgyz_relations import open_factbase
from tests.conftest import run


def test_each_fact_counts_once_in_each_dimension_that_has_one_value() -> None:
    facts = open_factbase().find("1900..2100")
    rows = json.loads(run("stats", "--json").out)
    of = {name: {row["key"]: row for row in rows if row["by"] == name} for name in ("year", "kind", "source-kind")}
    assert {key: row["facts"] for key, row in of["kind"].items()} == Counter(fact.kind for fact in facts)
    assert sum(row["facts"] for row in of["year"].values()) == sum(not fact.date.startswith("..") for fact in facts)
    assert sum(row["one_source"] for row in of["kind"].values()) == sum(len(fact.sources) == 1 for fact in facts)
    assert sum(row["sources"] for row in of["source-kind"].values()) == len(
        {key for fact in facts for key in fact.sources}
    )


def test_it_is_of_the_facts_found() -> None:
    assert run("stats", "bases", "2014-06-03", small=True).lines[:6] == [
        "year\t2001\t1\t1\t1", "year\t2003\t1\t1\t1", "year\t2014\t1\t1\t1",
        "theme\tbases\t3\t1\t3", "theme\trule-of-law\t1\t1\t1", "kind\tposition\t2\t1\t2",
    ]  # fmt: skip


def test_a_publisher_keeps_its_name_though_a_partner_has_that_key(odd: tuple[str, str]) -> None:
    drawn = run("stats", *odd, columns=100).out.partition("Facts by publisher")[2]
    assert any(line.startswith("japan ") for line in drawn.splitlines())
    page = run("stats", *odd, "--format", "markdown").lines
    assert {line.split(" | ")[1] for line in page if line.startswith("| publisher ")} == {"japan"}
    assert "| theme | Trade | 123 | 1 | 123 |" in page


def test_what_has_no_known_beginning_is_in_no_year_and_what_has_nothing_is_thinnest(odd: tuple[str, str]) -> None:
    assert min(row["key"] for row in json.loads(run("stats", "--json", *odd).out) if row["by"] == "year") == "2000"
    assert run("stats", "japan", "2003..", *odd, columns=100).lines[-4:] == [
        "Years with the fewest of these facts: 2000 (0), 2001 (0), 2002 (0), 2020 (0), 2021 (0)",
        "Themes with the fewest of these facts: borders (0), trade (102)",
        "Partners without any of them: 4",
        "With a single source: 102 of 102",
    ]
