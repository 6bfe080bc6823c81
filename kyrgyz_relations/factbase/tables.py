"""The tables of an index, made from the record types; `relations export` copies them for other programs.

Lists are JSON arrays, and those of keys stand in tables of links, too. Days are those of ISO 8601, an open end is NULL.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec import json

from kyrgyz_relations import dates
from kyrgyz_relations.factbase import index
from kyrgyz_relations.factbase.load import bounds
from kyrgyz_relations.factbase.model import TABLES, About, Base, Fact, Figure, Record
from kyrgyz_relations.factbase.names import all_names
from kyrgyz_relations.language import compounds, searchable, words_of

# By table its record type, what stands before and behind its columns, and the fields that have tables of their own.
_TYPES: dict[str, type[Record]] = {"meta": About, **TABLES, "facts": Fact, "figures": Figure}
_BEFORE = {"facts": ("n INTEGER PRIMARY KEY",), **dict.fromkeys(TABLES, ("key TEXT PRIMARY KEY",))}
_BEHIND = {
    "facts": ("start TEXT", '"end" TEXT'),
    "figures": ("start TEXT", '"end" TEXT', "fact INTEGER NOT NULL REFERENCES facts (n)"),
}
_LEFT_OUT = {"figures", "replaces", "format"}
# By table and field of keys: the table of links and its columns.
LINKS = {
    ("groups", "members"): ("group_members", "group", "partner"),
    ("facts", "partners"): ("fact_partners", "fact", "partner"),
    ("facts", "themes"): ("fact_themes", "fact", "theme"),
    ("facts", "sources"): ("fact_sources", "fact", "source"),
}
_UNIQUE = {"facts": ", UNIQUE (id)", "figures": ", PRIMARY KEY (series, date)"}
# Full text: each column is indexed under the words that find it, and is that column of `facts` to other programs
# (https://www.sqlite.org/fts5.html#external_content_tables).
FULL_TEXT = ("text", "id", "partners", "note", "themes", "sources")
_FURTHER = f"""
CREATE TABLE names (folded TEXT PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE synonyms (word TEXT, synonym TEXT, PRIMARY KEY (word, synonym)) WITHOUT ROWID;
CREATE INDEX facts_by_start ON facts (start);
CREATE VIRTUAL TABLE facts_fts USING fts5 (
    {", ".join(FULL_TEXT)}, content="facts", content_rowid="n", tokenize='porter unicode61 remove_diacritics 2');
"""


def definitions() -> str:
    """Write the SQL that makes all tables."""
    made = []
    for table, kind in _TYPES.items():
        typed = [
            *_BEFORE.get(table, ()),
            *(
                f"{name} {'' if name == 'value' else 'TEXT'}"
                for name in kind.__struct_fields__
                if name not in _LEFT_OUT
            ),
            *_BEHIND.get(table, ()),
        ]
        made.append(f'CREATE TABLE "{table}" ({", ".join(typed)}{_UNIQUE.get(table, "")})')
    for link, owner, key in LINKS.values():
        own, primary = (
            ("INTEGER REFERENCES facts (n)", "fact")
            if owner == "fact"
            else ('TEXT REFERENCES "groups" (key)', '"group"')
        )
        made.append(
            f'CREATE TABLE {link} ("{owner}" {own}, place INTEGER, "{key}" TEXT REFERENCES {key}s (key),'
            f" PRIMARY KEY ({primary}, place)) WITHOUT ROWID"
        )
        made.append(f'CREATE INDEX {link}_by_{key} ON {link} ("{key}", "{owner}")')
    return ";\n".join(made) + ";" + _FURTHER


def write(base: Base, path: str, origin: Sequence[str], step: Callable[[float], None] = lambda _: None) -> None:
    """Write the index of a fact base to a file, whole or not at all, with the paths of the base's own files."""
    temporary = f"{path}.{os.getpid()}-{time.monotonic_ns()}.tmp"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        # Nobody else's business.
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        database = sqlite3.connect(temporary)
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
        fill(database, base, step)
        # As bytes: a name need not be UTF-8.
        database.execute("CREATE TABLE origin (place INTEGER PRIMARY KEY, path BLOB)")
        encoded = (os.fsencode(os.path.abspath(name)) for name in origin)
        database.executemany("INSERT INTO origin VALUES (?, ?)", enumerate(encoded))
        database.commit()
        database.close()
        os.replace(temporary, path)
    except BaseException:
        index.remove(temporary)
        raise


def ship(data: bytes, path: str) -> None:
    """Write the index that a wheel carries: that of one file's contents, with their checksum."""
    from kyrgyz_relations.factbase.load import load

    database = sqlite3.connect(path)
    fill(database, load([("facts.toml", data)]), lambda _: None)
    database.execute(f"PRAGMA user_version = {index.checksum(data)}")
    database.commit()
    database.execute("VACUUM")
    database.close()


def export(database: sqlite3.Connection, path: str) -> None:
    """Copy an index to an empty file."""
    target = sqlite3.connect(path)
    try:
        database.backup(target)
        # Other programs search for words as the texts have them.
        target.executescript(
            "DROP TABLE IF EXISTS origin; INSERT INTO facts_fts (facts_fts) VALUES ('rebuild'); VACUUM;"
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
        raise index.without_fts() from error
    facts = [*enumerate(base.facts, start=1)]
    _insert(database, "meta", [_values(base.about)])
    for table in TABLES:
        records = sorted(getattr(base, table).items())
        _insert(database, table, ((key, *_values(record)) for key, record in records))
    _insert(database, "facts", ((n, *_values(fact), *_days(fact.date)) for n, fact in facts))
    _insert(database, "figures", (
        (*_values(figure, date=figure.date or fact.date), *_days(figure.date or fact.date), n)
        for n, fact in facts for figure in fact.figures
    ))  # fmt: skip
    for (table, field), (link, _, _) in LINKS.items():
        owners: Iterable[tuple[Any, Any]] = facts if table == "facts" else getattr(base, table).items()
        _insert(database, link, (
            (owner, place, key) for owner, record in owners for place, key in enumerate(getattr(record, field))
        ))  # fmt: skip
    _insert(database, "names", all_names(base))
    words = sorted(
        {word for _, fact in facts for word in words_of(fact.text) if len(word) > 3 and word.isalpha()}
    )  # shorter ones are no typos of longer ones
    _insert(database, "words", ((word,) for word in words))
    _insert(database, "synonyms", sorted(set(_synonyms(base))))
    step(0.7)
    _insert(database, "facts_fts", _full_text(base, step), f"rowid, {', '.join(FULL_TEXT)}")
    database.executescript(
        f"INSERT INTO facts_fts (facts_fts) VALUES ('optimize'); ANALYZE; PRAGMA application_id = {index.VERSION};"
    )


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]], into: str = "") -> None:
    iterator = iter(rows)
    first = next(iterator, None)
    if first is not None:
        marks = ", ".join("?" * len(first))
        sql = f'INSERT INTO "{table}" {f"({into})" if into else ""} VALUES ({marks})'
        database.execute(sql, first)
        database.executemany(sql, iterator)


def _values(record: Record, **other: str) -> tuple[Any, ...]:
    """Give the fields of a record as SQLite keeps them."""
    values = []
    for name in record.__struct_fields__:
        if name not in _LEFT_OUT:
            value = other.get(name, getattr(record, name))
            values.append(json.encode(value).decode() if isinstance(value, tuple) else value)
    return tuple(values)


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
        yield (
            n,
            _words_for(fact.text),
            _words_for(fact.id),
            " ".join([partners[key] for key in fact.partners]),
            _words_for(fact.note),
            " ".join([_words_for(fact.kind), *(themes[key] for key in fact.themes)]),
            " ".join([titles[key] for key in fact.sources]),
        )
        if n % 1000 == 0:
            step(0.7 + 0.3 * n / len(base.facts))


def _words_for(*texts: str | None) -> str:
    folded = " ".join([searchable(text) for text in texts if text])
    return f"{folded} {compounds(folded)}"
