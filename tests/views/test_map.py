import json

from rich.cells import cell_len

from kyrgyz_relations import open_factbase
from tests.conftest import run


def test_in_a_pipe_each_cell_with_facts_is_a_row() -> None:
    assert run("map", "united-states,china", small=True).lines == [
        "china\ttransport\t3", "russia\ttransport\t1", "united-states\tbases\t2", "united-states\trule-of-law\t1",
    ]  # fmt: skip


def test_a_cell_counts_what_a_lookup_finds() -> None:
    base = open_factbase()
    cells = {(row["partner"], row["theme"]): row for row in json.loads(run("map", "2010..", "--json").out)}
    for pair in (("china", "debt"), ("russia", "bases"), ("uzbekistan", "water")):
        found, cell = base.find(*pair, "2010.."), cells[pair]
        assert (cell["facts"], cell["first"], cell["last"]) == (len(found), found[-1].date, found[0].date)


def test_its_columns_stand_under_each_other_however_wide_a_name_is(odd: tuple[str, str]) -> None:
    _, head, *rows = run("map", *odd, columns=100).lines
    cells = [row for row in rows[: rows.index("")] if not row.startswith("all")]
    assert cells[0].startswith("日本国と呼ばれる東の国… ")
    # Behind the numbers on trade, the first theme, stands nothing that is wider than they are.
    ends = {row[: row.index(word) + len(word)] for row, word in zip(cells, ("120", "3", "2", "1"), strict=True)}
    assert {*map(cell_len, ends)} == {head.index("trade") + len("trade")}
