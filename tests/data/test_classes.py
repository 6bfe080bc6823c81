"""Whole classes of facts: each list in classes/ was made by others, and names the record that has each of its items."""

from collections.abc import Iterator
from csv import QUOTE_NONE, DictReader
from pathlib import Path

import pytest

from tests.data.test_facts import FACTS

LISTS = sorted((Path(__file__).parent / "classes").glob("*.tsv"))


def items(path: Path) -> Iterator[dict[str, str]]:
    """Read a list: item, date, fact, note; what the list is stands in comments."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return iter(DictReader(lines, delimiter="\t", quoting=QUOTE_NONE))


def dates_of(key: str) -> set[str]:
    """Give the date of a record, and those of its figures."""
    return {FACTS[key].date, *(figure.date or FACTS[key].date for figure in FACTS[key].figures)}


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_each_item_of_a_list_has_a_record_of_its_date_or_a_note_that_says_why_not(path: Path) -> None:
    rows = [*items(path)]
    assert path.read_text(encoding="utf-8").startswith("# ")
    assert [row["fact"] for row in rows if row["fact"] and row["fact"] not in FACTS] == []
    assert [row["item"] for row in rows if not row["fact"] and not row["note"]] == []
    dated = [(row["fact"], row["date"]) for row in rows if row["fact"] and row["date"] and not row["note"]]
    assert [(fact, date) for fact, date in dated if date not in dates_of(fact)] == []


# So many items of each list have a record; more may, fewer must not.
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("borders", 28),
        ("missions", 18),
        ("sanctions", 48),
        ("votes", 164),
        ("organizations", 43),
        ("terms", 43),
        ("treaties", 80),
    ],
)
def test_a_class_stays_as_whole_as_it_is(name: str, least: int) -> None:
    (path,) = [path for path in LISTS if path.stem == name]
    assert sum(bool(row["fact"]) for row in items(path)) >= least
