"""The tables of an index, and what other programs find in the copy that `relations export` makes."""

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from sqlite_utils.db import Table

from kyrgyz_relations.errors import FAULT
from kyrgyz_relations.factbase import tables
from kyrgyz_relations.factbase.load import load
from kyrgyz_relations.factbase.model import TABLES
from tests.conftest import ROOT, SMALL, Command, run

BASE = load([("small.toml", SMALL.read_bytes())])
RECORDS: dict[str, dict[Any, Any]] = {
    "meta": {None: BASE.meta},
    "facts": dict(enumerate(BASE.facts, start=1)),
    **{name: getattr(BASE, name) for name in TABLES},
}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Database:
    path = tmp_path_factory.mktemp("exported") / "small.db"
    assert run("export", str(path), small=True) == (0, "", "")
    return Database(path)


def table_of(database: Database, name: str) -> Table:
    table = database[name]
    assert isinstance(table, Table)
    return table


@pytest.mark.parametrize("name", RECORDS)
def test_each_record_is_a_row_of_its_fields_and_lists_are_arrays_of_json(exported: Database, name: str) -> None:
    rows = [*table_of(exported, name).rows]
    assert [row.get("key", row.get("n")) for row in rows] == sorted(RECORDS[name])
    for row, record in zip(rows, [RECORDS[name][key] for key in sorted(RECORDS[name])], strict=True):
        fields = {*record.__struct_fields__} - {"figures", "replaces", "format"}
        assert {*row} - fields <= {"key", "n", "start", "end"}
        for field in fields:
            value = getattr(record, field)
            assert (tuple(json.loads(row[field])) if isinstance(value, tuple) else row[field]) == value


def test_days_are_those_of_the_date_and_an_open_end_is_null(exported: Database) -> None:
    days = {row["id"]: (row["start"], row["end"]) for row in table_of(exported, "facts").rows}
    assert days["russia-base"] == ("2003-10-23", None)
    assert days["kok-tash-road"] == ("1998-01-01", "1998-12-31")
    assert days["us-base"] == ("2001-12-01", "2014-06-03")
    assert [tuple(row.values()) for row in table_of(exported, "figures").rows] == [
        ("road-costs", "1998", 12.5, "about", "1998-01-01", "1998-12-31", 2),
        ("road-costs", "1999-01/1999-06", 30, None, "1999-01-01", "1999-06-30", 2),
    ]


def test_a_figure_without_a_date_has_that_of_its_fact(base: Path) -> None:
    text = base.read_text(encoding="utf-8").replace('date = "1998", value', "value")
    rows = indexed(text).execute("SELECT date, start, value FROM figures ORDER BY start")
    assert next(rows) == ("1998~", "1998-01-01", 12.5)


@pytest.mark.parametrize(("name", "field"), tables.LINKS)
def test_links_lead_to_the_records_that_are_named_in_their_order(exported: Database, name: str, field: str) -> None:
    link, owner, key = tables.LINKS[name, field]
    linked = [(row[owner], row[key]) for row in table_of(exported, link).rows_where(order_by=f'"{owner}", place')]
    assert linked == [(n, k) for n, record in sorted(RECORDS[name].items()) for k in getattr(record, field)]
    assert {k.other_table for k in table_of(exported, link).foreign_keys} == {name, f"{key}s"}


def test_other_programs_search_the_full_text(exported: Database) -> None:
    facts = table_of(exported, "facts")
    assert facts.detect_fts() == "facts_fts"
    for words, found in {
        "treaties": "railway-begun",
        "Kok-Tash": "kok-tash-road",
        "communique": "china-diplomatic-relations",
        "transport eaeu": "eaeu-membership",
    }.items():
        assert [row["id"] for row in facts.search(words, quote=True)] == [found]


def test_words_that_an_index_respells_are_found_as_they_are_written(relations: Command, tmp_path: Path) -> None:
    relations("export", str(tmp_path / "facts.db"))
    facts = table_of(Database(tmp_path / "facts.db"), "facts")
    for word in ("Kazakhstan", "centre", "programme", "Akayev"):
        written = {row["id"] for row in facts.rows if re.search(rf"\b{word}\b", row["text"])}
        assert {row["id"] for row in facts.search(word)} >= written != set(), word


def test_an_export_is_sound_and_does_not_tell_where_it_was_made(exported: Database) -> None:
    assert [*exported.query("PRAGMA foreign_key_check")] == []
    assert [*exported.query("PRAGMA integrity_check")] == [{"integrity_check": "ok"}]
    path = next(exported.query("PRAGMA database_list"))["file"]
    assert str(ROOT).encode() not in Path(path).read_bytes()
    assert "origin" not in exported.table_names()


def indexed(text: str) -> sqlite3.Connection:
    """Index a fact base; the steps that are told go up to the whole."""
    database = sqlite3.connect(":memory:")
    steps: list[float] = []
    tables.fill(database, load([("base.toml", text.encode())], steps.append), steps.append)
    assert steps == sorted({*steps, 0.7})
    return database


def test_words_and_synonyms_are_kept_for_lookups(base: Path) -> None:
    database = indexed(base.read_text(encoding="utf-8") + '\n[synonyms]\nroad = ["lane", "дороги"]\n')
    words = dict(database.execute("SELECT word, common FROM words"))
    # Names only stand in capitals.
    assert {word: words[word] for word in ("communiqué", "airport", "air", "china")} == {
        "communiqué": 1, "airport": 1, "air": 1, "china": 0,
    }  # fmt: skip
    assert not {"kok-tash", "[bold]politely[/bold]"} & {*words}
    synonyms = {*database.execute("SELECT word, synonym FROM synonyms")}
    assert synonyms >= {("road", "lane"), ("lane", "road"), ("дорог", "road")}


def test_an_sqlite_without_full_text_is_told(relations: Command, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "definitions", lambda: "CREATE VIRTUAL TABLE facts_fts USING fts0 (text)")
    run = relations("china", "--facts", str(base))
    said = f"relations: SQLite {sqlite3.sqlite_version} of this Python was built without FTS5, which is needed\n"
    assert run == (FAULT, "", said)
