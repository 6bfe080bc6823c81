import json
import re
from pathlib import Path

import pytest

from kyrgyz_relations import open_factbase
from tests.conftest import run
from tests.views.conftest import fact


def test_in_a_pipe_it_is_the_facts_the_oldest_first_of_a_question_those_that_answer() -> None:
    assert run("timeline", "china", small=True) == run("china", "--reverse", small=True)
    asked = run("timeline", "when", "did", "the", "base", "close", small=True)
    assert (asked.status, asked.err, asked.ids) == (0, "", ["us-base", "us-base-closed"])


def test_counts_are_those_of_the_facts() -> None:
    facts = open_factbase().find("china")
    rows = json.loads(run("timeline", "china", "--by", "year", "--json").out)
    years = [fact.date[:4] for fact in facts if not fact.date.startswith("..")]
    assert {row["period"]: row["facts"] for row in rows} == {year: years.count(year) for year in years}
    themes = json.loads(run("timeline", "china", "--by", "theme", "--json").out)
    assert sum(row["facts"] for row in themes if row["key"] == "debt") == sum("debt" in fact.themes for fact in facts)


@pytest.mark.parametrize(
    ("by", "lines"),
    [
        ("decade", ["\t2000s\t2", "\t2010s\t1"]),
        ("theme", ["bases\t2001\t1", "bases\t2003\t1", "bases\t2014\t1", "rule-of-law\t2014\t1"]),
        ("partner", ["russia\t2003\t1", "united-states\t2001\t1", "united-states\t2014\t1"]),
    ],
)
def test_facts_are_counted_by_when_they_began_for_each_key(by: str, lines: list[str]) -> None:
    assert run("timeline", "bases", "--by", by, small=True).lines == lines
    assert run("timeline", "bases", "--by", "century", small=True)[:2] == (2, "")


def test_what_has_no_known_beginning_is_in_no_year(odd: tuple[str, str]) -> None:
    seen = run("timeline", "borders", *odd, columns=80)
    assert seen.lines[-1].split() == ["until", "1995", "┃", "Fact", "200."]
    assert not {*"▁▄█━"} & {*seen.out}
    none = run("timeline", "borders", "--by", "year", "--json", *odd)
    assert (none.status, none.out) == (1, "[]\n")
    assert none.err == "relations: of 1 fact it is not known when they began\n"
    said = "relations: no fact matches all of these: trade (123), 1980 (1)\n"
    assert run("timeline", "trade", "1980", *odd, columns=80) == (1, "", said)


def test_times_narrow_the_axis_together(odd: tuple[str, str]) -> None:
    def labels(*words: str) -> list[str]:
        axis = next(line for line in run("timeline", *words, *odd, columns=100).lines if re.match(r" +\d{4}", line))
        return axis.split()

    assert labels("japan", "2000..2012", "2010..2016") == ["2010", "2011", "2012"]
    assert labels("japan", "2003-03..2003-05") == ["2003-03", "2003-05"]


def test_facts_that_the_columns_do_not_show_are_counted_below_them(odd: tuple[str, str]) -> None:
    assert "\nand 1 not in the columns: they began earlier\n" in run("timeline", "2014..", *odd, columns=80).out
    earlier = run("timeline", "peru", "2014..", *odd, columns=80).out
    assert earlier.split("\n")[2:4] == ["  ━━━━━▶ Fact 202.", ""]
    months = run("timeline", "2024", small=True, columns=80).out
    assert "\nand 1 not in the columns: they began earlier, or are dated less precisely\n" in months


def test_a_fact_of_several_partners_is_of_none_of_them_alone(odd: tuple[str, str]) -> None:
    drawn = run("timeline", "trade", "2010..2013", *odd, columns=100).lines
    legend = next(line for line in drawn if line.startswith("By partner:"))
    assert "several together 3" in legend
    assert "Republic of Peru" not in legend


def test_a_bar_goes_as_far_as_something_lasted_and_a_membership_lasts() -> None:
    lines = run("timeline", "..2100", small=True, columns=200).lines
    axis = next(line for line in lines if line.startswith("  1992"))
    us, russia, eaeu = (line for line in lines if "━" in line)
    assert (us.index("━"), eaeu.index("━")) == (axis.index("2000") + 4, axis.index("2014") + 4)
    assert us.rindex("━") == axis.index("2014") + 3
    assert russia.index("▶") == eaeu.index("▶") > axis.index("2024")
    assert us.endswith("…")
    assert eaeu.endswith("▶ Eurasian Economic Union")


def test_only_the_longest_are_bars_and_a_statistic_is_none(odd: tuple[str, str], tmp_path: Path) -> None:
    more = tmp_path / "more.toml"
    facts = [fact(300 + years, f"2000/{2000 + years}", "['russia']") for years in range(2, 16)]
    measured = fact(400, "2000/2020", "['russia']").replace("'event'", "'statistic'")
    more.write_text("\n".join([*facts, measured]), encoding="utf-8")
    lines = run("timeline", "russia", "--add", str(more), *odd, columns=100).lines
    bars = [line for line in lines if "━" in line]
    assert len(bars) == 12
    assert not any("Fact 400." in bar or "Fact 303." in bar for bar in bars)
    assert "and 2 that lasted less" in [line.strip() for line in lines]


def test_years_without_facts_are_shown_if_they_are_not_too_many(odd: tuple[str, str], tmp_path: Path) -> None:
    years = [line.split() for line in run("timeline", "..2100", "--by", "year", small=True, columns=80).lines[1:]]
    assert [year for year, *_ in years] == [str(year) for year in range(1992, 2025)]
    assert years[1] == ["1993", "0"]
    more = tmp_path / "more.toml"
    more.write_text(fact(300, "1700", "['russia']"), encoding="utf-8")
    few = run("timeline", "russia", "--by", "year", "--add", str(more), *odd, columns=80).lines[1:]
    assert [line.split()[:2] for line in few] == [["1700", "1"], ["2010", "1"]]
