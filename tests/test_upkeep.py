"""Fact bases of one's own: begun, added, checked, described, handed on."""

import json
import os
import re
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import msgspec
import pytest
import sqlite_utils
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from sqlite_utils.db import Table

from kyrgyz_relations import open_factbase
from kyrgyz_relations.edtf import PATTERN, DateError, bounds
from kyrgyz_relations.model import TABLES, About, Fact, Figure, Record
from tests.conftest import ROOT, SMALL, Command

SCHEMA = ROOT / "docs" / "facts.schema.json"
STARTER = ROOT / "kyrgyz_relations" / "starter.toml"
NOTES = """
[partners.china]
aliases = ["Middle Kingdom"]

[partners.atlantis]
name = "Atlantis"
kind = "state"

[sources.diary-2024]
title = "Diary"
publisher = "Me"
url = "https://example.org/diary"
kind = "news"
lang = "en"

[[facts]]
id = "atlantis-visit"
date = "2024-05-01"
kind = "visit"
partners = ["atlantis", "china"]
themes = ["transport"]
text = "A delegation from Atlantis came by way of China."
sources = ["diary-2024"]

[[facts]]
id = "us-base"
replaces = true
date = "2001/2014"
kind = "position"
partners = ["united-states"]
themes = ["bases"]
text = "My own words on the air base."
sources = ["diary-2024"]
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.toml"
    path.write_text(NOTES, encoding="utf-8")
    return path


def test_an_added_file_brings_facts_partners_and_names(relations: Command, notes: Path) -> None:
    add = ["--add", str(notes)]
    assert relations("atlantis", *add, small=True).ids == ["atlantis-visit"]
    assert "atlantis-visit" in relations("middle kingdom", *add, small=True).ids
    assert "My own words" in relations("bases", *add, small=True).out
    assert "until it was closed" not in relations("bases", *add, small=True).out
    assert relations("atlantis", small=True).status == 1


def test_files_add_up_and_the_index_of_each_set_is_its_own(relations: Command, notes: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.toml"
    more.write_text('[partners.atlantis]\naliases = ["Sunken Land"]\n', encoding="utf-8")
    both = ["--add", str(notes), "--add", str(more)]
    for _ in range(2):
        assert relations("sunken land", *both, small=True).ids == ["atlantis-visit"]
        assert relations("sunken land", "--add", str(notes), small=True).status == 1
    assert [fact.id for fact in open_factbase(SMALL, add=[notes]).find("atlantis")] == ["atlantis-visit"]


def test_an_edit_of_an_added_file_is_noticed(relations: Command, notes: Path) -> None:
    os.utime(notes, (1_000_000_000, 1_000_000_000))
    assert relations("visit", "--add", str(notes), small=True).ids == ["atlantis-visit"]
    notes.write_text(NOTES.replace("atlantis-visit", "atlantis-trip"), encoding="utf-8")
    assert relations("visit", "--add", str(notes), small=True).ids == ["atlantis-trip"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('aliases = ["Middle Kingdom"]', 'name = "China"\nkind = "state"', r'notes.toml:2: partner "china": .* taken'),
        ('"Middle Kingdom"', '"Russia"', r'notes.toml:3: partner "china": the name "Russia" belongs to .*small.toml:'),
        ("replaces = true\n", "", r'notes.toml:26: fact "us-base": this id is taken, at .*small.toml:\d+; replaces'),
        ('"us-base"', '"us-bases"', r'notes.toml:27: fact "us-bases": there is no fact with this id to replace'),
        ("diary-2024]", "example-1992-china]", r'notes.toml:9: source "example-1992-china": .*small.toml:\d+'),
        ('id = "us-base"', 'id = "atlantis-visit"', r"notes.toml:26: .* taken, at .*notes.toml:16"),
        ('"Atlantis"', '"China"', r'notes.toml:6: partner "atlantis": the name "China" belongs to .*small.toml:\d+'),
    ],
)
def test_a_collision_names_both_places(relations: Command, notes: Path, old: str, new: str, said: str) -> None:
    notes.write_text(NOTES.replace(old, new, 1), encoding="utf-8")
    run = relations("china", "--add", str(notes), small=True)
    assert (run.status, run.out) == (2, "")
    assert re.search(said, run.err)


def test_an_environment_variable_names_the_base_to_ask(relations: Command) -> None:
    environment = {"RELATIONS_FACTS": str(SMALL)}
    assert "Testland" in relations(env=environment).out
    assert "Testland" in relations("--help", env=environment).out
    assert "Kyrgyzstan" in relations(env={"RELATIONS_FACTS": ""}).out
    assert "Kyrgyzstan" in relations("--facts", str(ROOT / "facts.toml"), env=environment).out


def test_a_new_base_is_sound_and_never_written_over_another(relations: Command, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    assert relations("init", str(path)).status == 0
    assert path.read_bytes() == STARTER.read_bytes()
    assert relations("check", str(path)).err.startswith("relations: 0 errors, 1 warning in ")
    assert relations("neighbour", "--facts", str(path)).ids == ["neighbour-trade-agreement"]
    path.write_text("mine", encoding="utf-8")
    run = relations("init", str(path))
    assert (run.status, path.read_text(encoding="utf-8")) == (2, "mine")
    assert "is there already" in run.err


def test_a_new_base_tells_of_every_field() -> None:
    text = STARTER.read_text(encoding="utf-8")
    kinds: list[type[Record]] = [About, *TABLES.values(), Fact, Figure]
    for kind in kinds:
        for field in (field.name for field in msgspec.structs.fields(kind)):
            assert re.search(rf"^(# )?(figures = \[.*)?{field} = |[ ,]{field} = ", text, re.MULTILINE), field


FAULTY = """
[[facts]]
id = "closed"
date = "2014"
kind = "event"
partners = ["usa"]
themes = ["energy"]
text = "{text}"
sources = ["mfa"]

[sources.unused]
title = "Unused"
publisher = "Nobody"
url = "https://example.org/"
kind = "news"
lang = "en"
"""
# Ends itself as `kill` would, when it has written half of a file.
ENDED = """
import os, signal, sys
from kyrgyz_relations.output.file import make_whole

def half(name):
    open(name, "w").write("half")
    os.kill(os.getpid(), signal.SIGTERM)

make_whole(sys.argv[1], half, force=False)
"""
VALID = (ROOT / "tests" / "factbase" / "valid.toml").read_text(encoding="utf-8")


def test_a_check_tells_problems_and_advice_with_their_lines(relations: Command, tmp_path: Path) -> None:
    base = tmp_path / "base.toml"
    base.write_text(VALID + FAULTY.replace('"closed"', '"again"').format(text="x" * 281), encoding="utf-8")
    run = relations("check", str(base))
    said = [line.removeprefix(f"{base}:") for line in run.lines]
    assert run.status == 0
    vague = 'date "2014" is less precise than "2014-06-03" of "closed", of the same kind with the same'
    assert said == [
        '39: warning: fact "closed": rests on one source; a second, independent one makes it better',
        f'43: warning: fact "again": {vague} partners and sources',
        '47: warning: fact "again": text has 281 characters; 280 are enough',
        '48: warning: fact "again": rests on one source; a second, independent one makes it better',
        '50: warning: source "unused": no fact uses it',
    ]
    assert run.err == f"relations: 0 errors, 5 warnings in {base}\n"


def test_a_check_with_problems_fails_and_reads_on(relations: Command, tmp_path: Path) -> None:
    base, broken = tmp_path / "base.toml", tmp_path / "broken.toml"
    base.write_text(VALID + FAULTY.format(text="Short."), encoding="utf-8")
    broken.write_text("[meta\n", encoding="utf-8")
    run = relations("check", str(base), str(broken), "--format", "json")
    rows = json.loads(run.out)
    assert (run.status, run.err) == (2, "")
    assert [(Path(row["file"]).name, row["line"], row["level"]) for row in rows] == [
        ("base.toml", 42, "error"),
        ("base.toml", 39, "warning"),
        ("base.toml", 43, "warning"),
        ("base.toml", 48, "warning"),
        ("base.toml", 50, "warning"),
        ("broken.toml", 1, "error"),
    ]
    assert "this id is taken" in rows[0]["message"]


def test_a_check_of_notes_reads_them_with_what_they_add_to(relations: Command, notes: Path) -> None:
    run = relations("check", "--add", str(notes), small=True)
    assert run.status == 0
    assert f"{notes}:" in run.out
    assert relations("check", str(notes)).status == 2


def test_a_check_of_files_is_not_one_of_a_base_too(relations: Command, notes: Path) -> None:
    run = relations("check", str(notes), small=True)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith("relations: check looks at the files that are named, or else at that of --facts; ")


def test_all_files_that_cannot_be_read_are_told(relations: Command, tmp_path: Path) -> None:
    missing = [str(tmp_path / name) for name in ("a.toml", "b.toml")]
    said = [f"{path}: cannot be read: No such file or directory" for path in missing]
    run = relations("china", "--facts", missing[0], "--add", missing[1])
    assert (run.status, run.err.splitlines()[:2]) == (2, said)
    for path in missing:
        Path(path).write_text("broken", encoding="utf-8")
    run = relations("china", "--facts", missing[0], "--add", missing[1])
    assert [line.partition(": ")[0] for line in run.err.splitlines()[:2]] == [f"{path}:1" for path in missing]
    run = relations("check", "--facts", missing[0], "--add", missing[1], "--fields", "file")
    assert (run.status, run.lines) == (2, missing)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a folder that somebody works in")
def test_a_working_folder_that_is_gone_is_told(relations: Command, tmp_path: Path, monkeypatch: Any) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    run = relations("china", "--facts", "base.toml")
    assert (run.status, run.err) == (2, "base.toml: cannot be read: No such file or directory\n")
    assert relations("init", "base.toml").err == 'relations: "base.toml" cannot be written: No such file or directory\n'
    assert relations("china", small=True).status == 0


def test_a_series_has_no_key_that_names_something_else(relations: Command, tmp_path: Path) -> None:
    more = tmp_path / "more.toml"
    more.write_text('[series.beijing]\nname = "Beijing"\nunit = "m"\n', encoding="utf-8")
    run = relations("series", "--add", str(more), small=True)
    assert run.status == 2
    assert 'series "beijing": the name "beijing" belongs to partner "china" already' in run.err


def test_the_bundled_base_has_no_problem(relations: Command) -> None:
    assert relations("check").status == 0


def schema() -> dict[str, Any]:
    made: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return made


def test_the_published_schema_is_that_of_the_record_types(relations: Command) -> None:
    out = relations("schema").out
    if "UPDATE_GOLDEN" in os.environ:
        SCHEMA.write_text(out, encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == out
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("path", [ROOT / "facts.toml", SMALL, STARTER], ids=lambda path: path.name)
def test_a_sound_base_is_valid_for_an_independent_validator(path: Path) -> None:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    assert [*Draft202012Validator(schema()).iter_errors(raw)] == []


def test_what_adds_to_a_base_is_valid_too() -> None:
    validator = Draft202012Validator(schema())
    raw = tomllib.loads(NOTES)
    assert [*validator.iter_errors(raw)] == []
    alias: dict[str, Any] = {"china": {"aliases": ["b"]}}
    wrong: dict[str, Any]
    for wrong in ({"partners": {"china": {"alias": []}}}, {"facts": [{"id": "a"}]}, {"series": alias}):
        assert [*validator.iter_errors(raw | wrong)] != []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind = "event"', 'kind = "evnt"'),
        ('date = "2014-06-03"', 'date = "June 2014"'),
        ("format = 1", "format = 2"),
        ("[partners.china]", "[partners.China]"),
        ('lang = "en"', 'language = "en"'),
        ('themes = ["energy"]', "themes = []"),
    ],
)
def test_a_faulty_base_is_not(old: str, new: str) -> None:
    assert old in VALID
    raw = tomllib.loads(VALID.replace(old, new, 1))
    assert [*Draft202012Validator(schema()).iter_errors(raw)] != []


@given(st.from_regex(r"\A[0-9]{4}(-[0-9]{2}){0,2}[~?%]?(/([0-9]{4}(-[0-9]{2}){0,2}[~?%]?|\.\.))?\Z"))
def test_the_schema_takes_every_date_that_the_loader_takes(date: str) -> None:
    try:
        bounds(date)
    except DateError:
        return
    assert re.search(PATTERN, date)


def test_an_export_is_a_database_for_others(relations: Command, tmp_path: Path) -> None:
    path = tmp_path / "small.db"
    run = relations("export", str(path), small=True)
    assert (run.status, run.out, run.err) == (0, "", "")
    database = sqlite_utils.Database(path)
    assert {"facts", "partners", "themes", "sources", "groups", "series", "figures"} <= set(database.table_names())
    facts = database["facts"]
    assert isinstance(facts, Table)
    assert facts.detect_fts() == "facts_fts"
    assert [row["id"] for row in facts.search("railways")] == ["railway-begun"]
    links = {(key.table, key.column, key.other_table) for table in database.tables for key in table.foreign_keys}
    assert ("fact_partners", "partner_key", "partners") in links
    assert ("fact_sources", "fact_id", "facts") in links
    assert [*database.query("PRAGMA foreign_key_check")] == []
    assert [*database.query("PRAGMA integrity_check")] == [{"integrity_check": "ok"}]
    base = open_factbase(SMALL)
    assert [row["id"] for row in facts.rows_where(order_by="n")] == [*base.facts]
    (china,) = database.query("SELECT aliases FROM partners WHERE key = 'china'")
    assert json.loads(china["aliases"]) == ["PRC", "Beijing"]
    spans = {row["id"]: (row["first_day"], row["last_day"]) for row in facts.rows}
    assert spans["russia-base"] == ("2003-10-23", None)
    assert spans["kok-tash-road"] == ("1998-01-01", "1998-12-31")
    names = "SELECT p.name FROM facts f JOIN fact_partners ON fact_id = f.id JOIN partners p ON p.key = partner_key"
    rows = database.query(f"{names} WHERE f.id = 'kok-tash-road' ORDER BY place")
    assert [row["name"] for row in rows] == ["China", "Russia"]


@pytest.mark.parametrize("command", ["init", "export"])
def test_what_is_no_name_of_a_file_is_told(relations: Command, tmp_path: Path, command: str) -> None:
    assert relations(command, "").err == "relations: the file to write has no name\n"
    run = relations(command, f"{tmp_path}/own/")
    assert (run.status, run.err) == (2, f'relations: "{tmp_path}/own/" names a folder, not a file\n')
    assert [*tmp_path.iterdir()] == []


def test_an_export_under_the_name_of_something_else_is_refused(relations: Command, tmp_path: Path) -> None:
    run = relations("export", str(tmp_path / "facts.csv"), small=True)
    assert run.status == 2
    assert run.err.startswith("relations: export writes an SQLite database; ")
    assert [*tmp_path.iterdir()] == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such devices")
def test_an_export_may_go_to_a_device_or_a_pipe(relations: Command, tmp_path: Path) -> None:
    assert relations("export", "/dev/null", small=True).status == 0
    made = subprocess.run(
        [sys.executable, "-m", "kyrgyz_relations", "export", "/dev/stdout", "--facts", str(SMALL)],
        capture_output=True,
        check=True,
    )
    (tmp_path / "facts.db").write_bytes(made.stdout)
    assert sqlite3.connect(tmp_path / "facts.db").execute("SELECT count(*) FROM facts").fetchone() == (7,)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends processes without a word")
def test_an_export_that_is_ended_leaves_nothing_behind(relations: Command, tmp_path: Path) -> None:
    del relations
    words = [sys.executable, "-c", ENDED, str(tmp_path / "facts.db")]
    assert subprocess.run(words, check=False).returncode == 128 + 15
    assert [*tmp_path.iterdir()] == []


def test_an_export_is_whole_or_not_at_all(relations: Command, tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    path.write_text("mine", encoding="utf-8")
    assert relations("export", str(path), small=True).status == 2
    assert path.read_text(encoding="utf-8") == "mine"
    assert relations("export", str(path), "--force", small=True).status == 0
    assert sqlite3.connect(path).execute("SELECT count(*) FROM facts").fetchone() == (7,)
    missing = relations("export", str(tmp_path / "no" / "facts.db"), small=True)
    assert (missing.status, missing.err) == (
        2,
        f'relations: "{tmp_path}/no/facts.db" cannot be written: No such file or directory\n',
    )
    assert [entry.name for entry in tmp_path.iterdir()] == ["facts.db"]


def test_nothing_in_the_code_names_a_country(relations: Command, tmp_path: Path) -> None:
    for path in (ROOT / "kyrgyz_relations").rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert "Kyrgyzstan" not in line or line.startswith('"""'), path
    own = tmp_path / "own.toml"
    relations("init", str(own))
    for words in ([], ["--help"], ["neighbour"], ["partners"], ["neighbour", "--format", "html"]):
        assert "Kyrgyz" not in relations(*words, env={"RELATIONS_FACTS": str(own)}).out, words
