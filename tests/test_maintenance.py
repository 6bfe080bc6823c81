"""Fact bases of one's own: begun, added, checked, described, handed on."""

import json
import os
import re
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kyrgyz_relations import open_factbase
from kyrgyz_relations.errors import FAULT, FOUND, NOTHING
from kyrgyz_relations.factbase import model
from tests.conftest import ROOT, SMALL
from tests.conftest import run as relations
from tests.factbase.test_load import BASE

FACT = """
[[facts]]
id = "{0}"
date = "{1}"
kind = "{2}"
partners = ["{3}"]
themes = ["{4}"]
text = "{5}"
sources = ["{6}"]
"""
NOTES = f"""
[partners]
china.aliases = ["Middle Kingdom"]
atlantis = {{ name = "Atlantis", kind = "state" }}

[sources.diary-2024]
title = "Diary"
publisher = "Me"
url = "https://example.org/diary"
kind = "news"
lang = "en"
{FACT.format("atlantis-visit", "2024-05-01", "visit", "atlantis", "transport", "They came.", "diary-2024")}
{FACT.format("us-base", "2001/2014", "position", "united-states", "bases", "My own words.", "diary-2024")}
replaces = true
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.toml"
    path.write_text(NOTES, encoding="utf-8")
    return path


def test_an_added_file_brings_facts_partners_and_names(notes: Path) -> None:
    add = ("--add", str(notes))
    assert relations("atlantis", *add, small=True).ids == ["atlantis-visit"]
    assert "railway-begun" in relations("middle kingdom", *add, small=True).ids
    texts = relations("bases", *add, small=True).out
    assert ("My own words" in texts, "until it was closed" in texts) == (True, False)
    assert relations("atlantis", small=True).status == NOTHING
    assert [fact.id for fact in open_factbase(SMALL, add=[notes]).find("atlantis")] == ["atlantis-visit"]
    # An edit is noticed.
    notes.write_text(NOTES.replace("atlantis-visit", "atlantis-trip"), encoding="utf-8")
    assert relations("atlantis", *add, small=True).ids == ["atlantis-trip"]


def test_an_alias_that_a_base_has_may_be_added_again(notes: Path) -> None:
    notes.write_text('[partners.china]\naliases = ["Middle Kingdom"]\n', encoding="utf-8")
    added = ("--add", str(notes), "--add", str(notes.with_name("twin.toml")))
    notes.with_name("twin.toml").write_bytes(notes.read_bytes())
    assert relations("middle kingdom", *added, small=True) == relations("china", small=True)


def test_added_files_add_up_and_the_environment_may_name_them(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = notes.with_name("more.toml")
    more.write_text('partners.atlantis.aliases = ["Sunken Land"]', encoding="utf-8")
    for _ in range(2):
        assert relations("sunken land", "--add", str(notes), "--add", str(more), small=True).ids == ["atlantis-visit"]
        assert relations("sunken land", "--add", str(notes), small=True).status == NOTHING
    monkeypatch.setenv("RELATIONS_ADD", f"{notes}{os.pathsep}{os.pathsep}{more}")
    assert relations("sunken land", small=True).ids == ["atlantis-visit"]
    assert relations("sunken land", "--add", str(notes), small=True).status == NOTHING


def test_the_environment_may_name_the_base_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELATIONS_FACTS", str(SMALL))
    assert "Testland" in relations().out
    assert "Kyrgyzstan" in relations("--facts", str(ROOT / "facts.toml")).out
    monkeypatch.setenv("RELATIONS_FACTS", "")
    assert "Kyrgyzstan" in relations().out


def test_a_new_base_needs_a_name() -> None:
    assert relations("init", "-") == (FAULT, "", "relations: init needs the name of a file\n")


def test_a_new_base_is_sound_and_never_written_over_another(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    said = f"relations: wrote {path}; `relations check {path}` checks it, `relations --facts {path}` uses it\n"
    assert relations("init", str(path)) == (FOUND, "", said)
    assert relations("check", str(path)).err == f"relations: 0 errors, 1 warning in {path}\n"
    assert relations("neighbour", "--facts", str(path)).ids == ["neighbour-trade-agreement"]
    # Nothing but the base names a country.
    for words in ([], ["neighbour"], ["partners"], ["nowhere"], ["neighbour", "--format", "html"]):
        run = relations(*words, "--facts", str(path))
        assert "Kyrgyz" not in run.out + run.err, words
    path.write_text("mine", encoding="utf-8")
    assert relations("init", str(path)) == (FAULT, "", f'relations: "{path}" already exists\n')
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_new_base_tells_of_every_field() -> None:
    text = (ROOT / "kyrgyz_relations" / "starter.toml").read_text(encoding="utf-8")
    kinds: list[type[model.Record]] = [model.About, *model.TABLES.values(), model.Fact, model.Figure]
    for name in {name for kind in kinds for name in kind.__struct_fields__}:
        assert re.search(rf"^(# )?(figures = \[.*)?{name} = |[ ,]{name} = ", text, re.MULTILINE), name


def test_a_check_tells_advice_with_its_lines_and_is_content(base: Path) -> None:
    base.write_text(BASE + FACT.format("again", "2014", "event", "usa", "energy", "x" * 281, "mfa"), encoding="utf-8")
    run = relations("check", str(base))
    one_source = "has one source; a second, independent one makes it better"
    vague = 'date "2014" is less precise than "2014-06-03" of "closed"'
    assert [line.removeprefix(f"{base}:") for line in run.lines] == [
        f'39: warning: fact "closed": {one_source}',
        f'43: warning: fact "again": {vague}, with the same kind, partners and sources',
        '47: warning: fact "again": text has 281 characters; 280 are enough',
        f'48: warning: fact "again": {one_source}',
    ]
    assert (run.status, run.err) == (FOUND, f"relations: 0 errors, 4 warnings in {base}\n")
    assert relations("check", "--facts", str(base), columns=80).lines == run.lines


def test_a_check_of_several_bases_reads_on_after_an_error(base: Path) -> None:
    more = base.with_name("more.toml")
    base.write_text(BASE + FACT.format("closed", "2014", "event", "usa", "energy", "Short.", "mfa"), encoding="utf-8")
    more.write_text("[meta\n", encoding="utf-8")
    run = relations("check", str(base), str(more), str(base.with_name("missing.toml")), "--json")
    assert (run.status, run.err) == (FAULT, "")
    assert [(Path(row["file"]).stem, row["line"], row["level"]) for row in json.loads(run.out)] == [
        ("base", 42, "error"), ("base", 39, "warning"), ("base", 43, "warning"), ("base", 48, "warning"),
        ("more", 1, "error"), ("missing", None, "error"),
    ]  # fmt: skip
    assert relations("check", str(more)).err == f"relations: 1 error, 0 warnings in {more}\n"


def test_a_check_of_notes_reads_what_they_add_to(notes: Path, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = relations("check", "--add", str(notes), small=True)
    assert (run.status, {line.partition(":")[0] for line in run.lines}) == (FOUND, {str(notes)})
    alone = relations("check", str(notes))
    assert alone.status == FAULT
    # What is named is checked, whatever the environment adds to the base that is asked.
    monkeypatch.setenv("RELATIONS_ADD", str(notes))
    assert relations("check", str(notes)) == alone
    assert relations("check", str(base)).err.endswith(f" in {base}\n")
    said = "relations: check takes the files that are named, or else that of --facts; leave one of them out\n"
    assert relations("check", str(notes), small=True) == (FAULT, "", said)


def test_the_schema_is_printed_or_written(tmp_path: Path) -> None:
    published = (ROOT / "docs" / "facts.schema.json").read_text(encoding="utf-8")
    path = tmp_path / "schema.json"
    assert relations("schema", "-o", "-") == relations("schema") == (FOUND, published, "")
    assert relations("schema", "-o", str(path)) == (FOUND, "", "")
    assert path.read_text(encoding="utf-8") == published
    exists = f'relations: "{path}" already exists; use --force to overwrite it\n'
    assert relations("schema", "-o", str(path)) == (FAULT, "", exists)
    assert relations("schema", "-o", str(path), "--force").status == FOUND


def test_an_export_is_whole_or_not_at_all_and_has_what_was_added(notes: Path, cold: Path) -> None:
    path = notes.with_name("FACTS.SQLITE3")
    path.write_text("mine", encoding="utf-8")
    assert relations("export", str(path), small=True).status == FAULT
    assert path.read_text(encoding="utf-8") == "mine"
    assert relations("export", str(path), "--force", "--add", str(notes), small=True) == (FOUND, "", "")
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM facts").fetchone() == (8,)
    assert {entry.name for entry in notes.parent.iterdir()} == {path.name, notes.name}
    # It comes from memory, as the notes are too new for the cache.
    assert not cold.exists()


@pytest.mark.parametrize("beside", ["a.db-journal", "a.db-wal", "a.db-shm"])
def test_an_export_is_not_mixed_with_what_was_left_of_another(tmp_path: Path, beside: str) -> None:
    (tmp_path / beside).write_bytes(b"unfinished")
    done = relations("export", str(tmp_path / "a.db"), "--force", small=True)
    assert (done.status, f'{beside}" is what SQLite keeps beside' in done.err) == (FAULT, True)
    assert [path.name for path in tmp_path.iterdir()] == [beside]


@pytest.mark.parametrize(("command", "name", "said"), [
    ("init", "", "the file to write has no name"), ("export", "", "the file to write has no name"),
    ("init", "{}/own/", '"{}/own/" names a folder, not a file'),
    ("export", "{}/own/", '"{}/own/" names a folder, not a file'),
    ("init", "{}/no/a.toml", '"{}/no/a.toml" cannot be written: No such file or directory'),
    ("export", "{}/no/a.db", '"{}/no/a.db" cannot be written: No such file or directory'),
    ("export", "{}/a.csv", 'export writes an SQLite database; end "{}/a.csv" in .db, .sqlite, .sqlite3'),
])  # fmt: skip
def test_where_nothing_can_be_written_it_is_told(tmp_path: Path, command: str, name: str, said: str) -> None:
    run = relations(command, name.format(tmp_path), small=command == "export")
    assert run == (FAULT, "", f"relations: {said.format(tmp_path)}\n")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such devices, and keeps a folder that is used")
def test_devices_are_written_and_folders_that_are_gone_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert relations("export", "/dev/null", small=True) == (FOUND, "", "")
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    missing = "No such file or directory"
    assert relations("china", "--facts", "base.toml").err == f"base.toml: cannot be read: {missing}\n"
    assert relations("init", "base.toml").err == f'relations: "base.toml" cannot be written: {missing}\n'
    assert relations("china", small=True).status == FOUND
