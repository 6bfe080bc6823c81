import csv
import json
from pathlib import Path

import pytest

from tests.conftest import run


@pytest.mark.parametrize(
    ("words", "series"),
    [
        (["russia"], ["russia-share"]), (["Россия"], ["russia-share"]),
        (["peru"], ["balance"] * 3 + ["russia-share"]),
        # The alias of Peru is only the beginning of a name.
        (["rus"], ["balance"] * 3 + ["russia-share"]),
        (["balance,russia-share"], ["balance"] * 3 + ["russia-share"]),
        (["balances"], ["balance"] * 3), (["trade", "japan"], ["balance"] * 3),
        # A time is that of the figures, not of the fact that gives them.
        (["peru", "1999"], ["balance"]), (["balance", "..2005"], ["balance"]), (["balance", "2010"], ["balance"] * 2),
        (["balance", "NOT", "2010"], ["balance"]),
    ],
)  # fmt: skip
def test_words_find_the_series_that_they_name_or_else_those_of_the_facts(
    odd: tuple[str, str], words: list[str], series: list[str]
) -> None:
    found = run("series", *words, *odd)
    assert (found.status, [line.split("\t")[0] for line in found.lines]) == (0, series)


def test_what_does_not_name_the_series_narrows_its_figures(odd: tuple[str, str]) -> None:
    assert run("series", "balance", "--partner", "peru", *odd) == run("series", "balance", *odd)
    for words in (["--partner", "japan"], ["--kind", "visit"], ["--text", "narnia"], ["japan"]):
        assert run("series", "balance", *words, *odd)[:2] == (1, ""), words


def test_figures_come_in_the_order_of_their_times_and_series_without_any_are_listed(odd: tuple[str, str]) -> None:
    rows = json.loads(run("series", "balance", "--json", *odd).out)
    assert [row["date"] for row in rows] == ["1999~", "2010", "2009-07/2011-06"]
    listed = {row.pop("key"): row for row in json.loads(run("series", "--json", *odd).out)}
    ends = {key: (row["figures"], row["first"], row["last"]) for key, row in listed.items()}
    assert (ends["balance"], ends["unused"]) == ((3, "1999~", "2010"), (0, None, None))
    assert "unused" in run("series", *odd, columns=80).out


def test_numbers_have_no_exponent_and_are_no_formula(odd: tuple[str, str]) -> None:
    asked = ["series", "peru", "--fields", "value", *odd]
    values = ["3", "-5", "12345.5", "0.0000001"]
    assert run(*asked).lines == values
    assert [*csv.reader(run(*asked, "--csv").lines)] == [["value"], *([value] for value in values)]
    assert [row["value"] for row in json.loads(run(*asked, "--json").out)] == [3, -5, 12345.5, 1e-7]
    drawn = run("series", "peru", *odd, columns=80).out
    assert ("12,345.5" in drawn, "0.0000001" in drawn) == (True, True)
    assert " | 12,345.5 | " in run("series", "peru", *odd, "--format", "markdown").out


def test_a_qualifier_and_a_part_of_a_year_are_seen(base: Path) -> None:
    text = base.read_text(encoding="utf-8").replace('date = "1998", value', 'date = "1996/1998", value')
    base.write_text(text, encoding="utf-8")
    _, _, about, part = run("series", "road-costs", "--facts", str(base), columns=80).lines
    assert about.startswith("1996–1998       ~12.5  █")
    assert part.startswith("Jan – Jun 1999     30  ▒")


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
