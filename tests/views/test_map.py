import json

import pytest
from rich.cells import cell_len

from kyrgyz_relations import open_factbase
from tests.conftest import run
from tests.screens import WIDTHS, see, see_in_colour


@pytest.mark.parametrize("columns", WIDTHS)
def test_what_people_see(columns: int) -> None:
    see("map", "map", columns=columns)


def test_colour_says_how_much() -> None:
    see_in_colour("map", "map")


def test_in_a_pipe_each_cell_with_facts_is_a_row() -> None:
    assert run("map", "united-states,china", small=True).lines == [
        "china\ttransport\t3", "russia\ttransport\t1", "united-states\tbases\t2", "united-states\trule-of-law\t1",
    ]  # fmt: skip


def test_a_cell_counts_what_a_lookup_finds() -> None:
    base = open_factbase()
    cells = {(row["partner"], row["theme"]): row for row in json.loads(run("map", "2010..", "--json").out)}
    for pair in (("china", "debt"), ("russia", "bases"), ("uzbekistan", "water")):
        found = base.find(*pair, "2010..")
        assert cells[pair]["facts"] == len(found)
        assert (cells[pair]["first"], cells[pair]["last"]) == (found[-1].date, found[0].date)


def test_all_means_facts_however_many_themes_they_have() -> None:
    *_, us, _, _, _, _ = run("map", small=True, columns=80).lines
    totals = {line[:24].strip(): line.split()[-1] for line in run("map", small=True, columns=80).lines[2:6]}
    assert totals == {"China": "3", "Russia": "3", "United States": "2", "Eurasian Economic Union": "1"}, us


@pytest.mark.parametrize("columns", [30, 60, 100])
def test_a_broad_map_stands_in_blocks_on_a_narrow_screen(odd: tuple[str, str], columns: int) -> None:
    for base in ((), odd):
        seen = run("map", *base, columns=columns)
        assert (seen.status, seen.err) == (0, "")
        assert max(map(cell_len, seen.lines)) <= columns


def test_its_columns_stand_under_each_other_however_wide_a_name_is(odd: tuple[str, str]) -> None:
    _, head, *rows = run("map", *odd, columns=100).lines
    cells = [row for row in rows[: rows.index("")] if not row.startswith("all")]
    assert len(cells) == 4
    assert cells[0].startswith("日本国と呼ばれる東の国… ")
    # Behind the numbers on trade, the first theme, stands nothing that is wider than they are.
    assert {
        cell_len(row[: row.index(word) + len(word)]) for row, word in zip(cells, ("120", "3", "2", "1"), strict=True)
    } == {head.index("trade") + len("trade")}
