"""The tables of an index, made from the record types; `relations export` copies them for other programs."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

from msgspec import json
from msgspec.structs import replace

from kyrgyz_relations import dates
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.factbase import index
from kyrgyz_relations.factbase.load import bounds, load
from kyrgyz_relations.factbase.model import TABLES, About, Base, Fact, Figure, Record
from kyrgyz_relations.factbase.names import all_names
from kyrgyz_relations.language import compounds, searchable, words_of

# By table its record type, and what stands before and behind the columns of its fields.
_TYPES: dict[str, type[Record]] = {"meta": About, **TABLES, "facts": Fact, "figures": Figure}
_BEFORE = {"facts": "n INTEGER PRIMARY KEY, ", **dict.fromkeys(TABLES, "key TEXT PRIMARY KEY, ")}
_BEHIND = {
    "facts": ', start TEXT, "end" TEXT, UNIQUE (id)',
    "figures": ', start TEXT, "end" TEXT, fact INTEGER NOT NULL REFERENCES facts (n), PRIMARY KEY (series, date)',
}
# Fields that have a table of their own, or none.
_LEFT_OUT = {"figures", "replaces", "format"}
# Lists are JSON arrays; those of keys are in tables of links, too: by table and field, such a table and its columns.
LINKS = {
    ("groups", "members"): ("group_members", "group", "partner"),
    ("facts", "partners"): ("fact_partners", "fact", "partner"),
    ("facts", "themes"): ("fact_themes", "fact", "theme"),
    ("facts", "sources"): ("fact_sources", "fact", "source"),
}
# Full text: each column is indexed under the words that find it, and is that column of `facts` to other programs
# (https://www.sqlite.org/fts5.html#external_content_tables).
FULL_TEXT = ("text", "id", "partners", "note", "themes", "sources")
# Stands between words that are not side by side.
_SEPARATOR = "0lead0"
_FURTHER = f"""
CREATE TABLE names (folded TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY, common INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE synonyms (word TEXT, synonym TEXT, PRIMARY KEY (word, synonym)) WITHOUT ROWID;
CREATE INDEX facts_by_start ON facts (start);
CREATE VIRTUAL TABLE facts_fts USING fts5 (
    {", ".join(FULL_TEXT)}, content="facts", content_rowid="n", tokenize='porter unicode61 remove_diacritics 2');
"""


def definitions() -> str:
    """Write the SQL that makes all tables."""
    made = []
    for table, kind in _TYPES.items():
        fields = [f"{name} {'' if name == 'value' else 'TEXT'}" for name in _columns(kind)]
        columns = _BEFORE.get(table, "") + ", ".join(fields) + _BEHIND.get(table, "")
        made.append(f'CREATE TABLE "{table}" ({columns});\n')
    for link, owner, key in LINKS.values():
        of = "INTEGER REFERENCES facts (n)" if owner == "fact" else 'TEXT REFERENCES "groups" (key)'
        made.append(
            f'CREATE TABLE {link} ("{owner}" {of}, place INTEGER, "{key}" TEXT REFERENCES {key}s (key),'
            f' PRIMARY KEY ("{owner}", place)) WITHOUT ROWID;\n'
            f'CREATE INDEX {link}_by_{key} ON {link} ("{key}", "{owner}");\n'
        )
    return "".join(made).rstrip() + _FURTHER


def _columns(kind: type[Record]) -> list[str]:
    return [name for name in kind.__struct_fields__ if name not in _LEFT_OUT]


def write(base: Base, path: str, origin: Sequence[str], step: Callable[[float], None]) -> None:
    """Write the index of a fact base to a file, whole or not at all, with the paths of the base's own files."""
    temporary = f"{path}.{os.getpid()}-{time.monotonic_ns()}.tmp"
    try:
        folder = os.path.dirname(path)
        for needed in (os.path.dirname(folder), folder):
            with suppress(FileExistsError):
                os.mkdir(needed, 0o700)
        # Nobody else's business.
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        database = sqlite3.connect(temporary)
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        fill(database, base, step)
        # As bytes: a name need not be UTF-8.
        database.execute("CREATE TABLE origin (place INTEGER PRIMARY KEY, path BLOB)")
        _insert(database, "origin", enumerate(os.fsencode(os.path.abspath(name)) for name in origin))
        database.commit()
        database.close()
        os.replace(temporary, path)
    except BaseException:
        index.remove(temporary)
        raise


def ship(data: bytes, path: str) -> None:
    """Write the index that a wheel carries: that of one file's contents, with their checksum."""
    database = sqlite3.connect(path)
    fill(database, load([("facts.toml", data)]), lambda _: None)
    database.executescript(f"PRAGMA user_version = {index.checksum(data)}; VACUUM")
    database.close()


def export(database: sqlite3.Connection, path: str) -> None:
    """Copy an index to an empty file."""
    target = sqlite3.connect(path)
    try:
        # The temporary file needs no journal, which a full disk would leave behind.
        target.execute("PRAGMA journal_mode = OFF")
        database.backup(target)
        # Other programs search for words as the texts have them.
        target.executescript(
            "DROP TABLE IF EXISTS origin; INSERT INTO facts_fts (facts_fts) VALUES ('rebuild'); VACUUM"
        )
    except sqlite3.OperationalError as error:
        raise OSError(0, str(error)) from None
    finally:
        target.close()


def fill(database: sqlite3.Connection, base: Base, step: Callable[[float], None]) -> None:
    """Make all tables of an empty database."""
    try:
        database.executescript(definitions())
    except sqlite3.OperationalError as error:
        if "no such module" not in str(error):
            raise
        version = f"SQLite {sqlite3.sqlite_version} of this Python"
        raise RelationsError(f"{version} was built without FTS5, which is needed") from error
    facts: list[tuple[Any, Any]] = [*enumerate(base.facts, start=1)]
    records = {name: sorted(getattr(base, name).items()) for name in TABLES} | {"facts": facts}
    _insert(database, "meta", [_values(base.meta)])
    for table in TABLES:
        _insert(database, table, ((key, *_values(record)) for key, record in records[table]))
    _insert(database, "facts", ((n, *_values(fact), *_days(fact.date)) for n, fact in facts))
    dated = ((n, figure, figure.date or fact.date) for n, fact in facts for figure in fact.figures)
    _insert(database, "figures", ((*_values(replace(figure, date=date)), *_days(date), n) for n, figure, date in dated))
    for (table, field), (link, _, _) in LINKS.items():
        linked = ((n, *one) for n, record in records[table] for one in enumerate(getattr(record, field)))
        _insert(database, link, linked)
    _insert(database, "names", all_names(base))
    # Words that only stand in capitals are names.
    small = {word for fact in base.facts for word in fact.text.split() if word[:1].islower()}
    common = {*words_of(" ".join(small))}
    words = {word for fact in base.facts for word in words_of(fact.text) if word.isalpha()}
    _insert(database, "words", ((word, word in common) for word in sorted(words)))
    _insert(database, "synonyms", sorted(set(_synonyms(base))))
    step(0.7)
    _insert(database, "facts_fts", _full_text(base, step), f"(rowid, {', '.join(FULL_TEXT)})")
    database.executescript(
        f"INSERT INTO facts_fts (facts_fts) VALUES ('optimize'); ANALYZE; PRAGMA application_id = {index.VERSION};"
    )


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]], into: str = "") -> None:
    iterator = iter(rows)
    for first in iterator:
        marks = ", ".join("?" * len(first))
        database.executemany(f'INSERT INTO "{table}" {into} VALUES ({marks})', chain((first,), iterator))


def _values(record: Record) -> tuple[Any, ...]:
    """Give the fields of a record as SQLite keeps them."""
    values = [getattr(record, name) for name in _columns(type(record))]
    return tuple(json.encode(value).decode() if isinstance(value, tuple) else value for value in values)


def _days(date: str) -> tuple[str | None, str | None]:
    first, last = bounds(date)
    return None if first == dates.PAST else first, None if last == dates.FUTURE else last


def _synonyms(base: Base) -> Iterator[tuple[str, str]]:
    """Give each word of a set of synonyms with each other one that texts, which are in English, may have."""
    for word, others in base.synonyms.items():
        words = [searchable(one) for one in (word.replace("-", " "), *others)]
        yield from ((one, other) for one in words for other in words if one != other and other.isascii())


def _full_text(base: Base, step: Callable[[float], None]) -> Iterator[tuple[Any, ...]]:
    """Give for each fact the words that find it, column by column."""
    partners = {key: _words_for(key, p.name, p.name_ky, p.name_ru, *p.aliases) for key, p in base.partners.items()}
    for key, group in base.groups.items():
        for member in group.members:
            partners[member] += f" {key.replace('-', '')}"
    themes = {key: _words_for(key, theme.name, *theme.aliases) for key, theme in base.themes.items()}
    titles = {key: _words_for(source.title) for key, source in base.sources.items()}
    for n, fact in enumerate(base.facts, start=1):
        named = " ".join([partners[key] for key in fact.partners])
        about = " ".join([_words_for(fact.kind), *(themes[key] for key in fact.themes)])
        cited = " ".join([titles[key] for key in fact.sources])
        # What came of it weighs less than what it tells first.
        text = _words_for(fact.text, *[_SEPARATOR, _lead(fact.text)] * 2)
        yield n, text, _words_for(fact.id), named, _words_for(fact.note), about, cited
        if n % 1000 == 0:
            step(0.7 + 0.3 * n / len(base.facts))


def _lead(text: str) -> str:
    """Give what a text tells first, before what came of it."""
    for mark in ("; ", ". ", ", which "):
        text = text.partition(mark)[0]
    return text


def _words_for(*texts: str | None) -> str:
    folded = " ".join([searchable(text) for text in texts if text])
    return f"{folded} {compounds(folded)}"
