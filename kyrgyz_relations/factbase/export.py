"""A fact base as an SQLite database for other programs: Datasette, DuckDB, pandas, sqlite3."""

import json
import sqlite3

from kyrgyz_relations import edtf

# Keys and ids are text, as everywhere; `n` is the place of a fact in the order of the dates, and a row number that
# the full-text table can keep to (https://www.sqlite.org/fts5.html#external_content_tables).
_SCHEMA = """
CREATE TABLE meta (title TEXT NOT NULL, subject TEXT NOT NULL, as_of TEXT NOT NULL, license TEXT);
CREATE TABLE partners (
    key TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, iso2 TEXT, iso3 TEXT, name_ky TEXT, name_ru TEXT,
    aliases TEXT NOT NULL, since TEXT REFERENCES facts (id), summary TEXT);
CREATE TABLE "groups" (
    key TEXT PRIMARY KEY, name TEXT NOT NULL, aliases TEXT NOT NULL, organization TEXT REFERENCES partners (key),
    summary TEXT NOT NULL);
CREATE TABLE themes (key TEXT PRIMARY KEY, name TEXT NOT NULL, aliases TEXT NOT NULL, summary TEXT NOT NULL);
CREATE TABLE sources (
    key TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT NOT NULL, url TEXT NOT NULL, published TEXT,
    kind TEXT NOT NULL, lang TEXT NOT NULL);
CREATE TABLE series (key TEXT PRIMARY KEY, name TEXT NOT NULL, unit TEXT NOT NULL, summary TEXT);
CREATE TABLE facts (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, date TEXT NOT NULL, first_day TEXT, last_day TEXT,
    kind TEXT NOT NULL, text TEXT NOT NULL, note TEXT);
CREATE TABLE group_members (
    group_key TEXT NOT NULL REFERENCES "groups" (key), partner_key TEXT NOT NULL REFERENCES partners (key),
    PRIMARY KEY (group_key, partner_key));
CREATE TABLE fact_partners (
    fact_id TEXT NOT NULL REFERENCES facts (id), partner_key TEXT NOT NULL REFERENCES partners (key),
    place INTEGER NOT NULL, PRIMARY KEY (fact_id, partner_key));
CREATE TABLE fact_themes (
    fact_id TEXT NOT NULL REFERENCES facts (id), theme_key TEXT NOT NULL REFERENCES themes (key),
    place INTEGER NOT NULL, PRIMARY KEY (fact_id, theme_key));
CREATE TABLE fact_sources (
    fact_id TEXT NOT NULL REFERENCES facts (id), source_key TEXT NOT NULL REFERENCES sources (key),
    place INTEGER NOT NULL, PRIMARY KEY (fact_id, source_key));
CREATE TABLE figures (
    series_key TEXT NOT NULL REFERENCES series (key), date TEXT NOT NULL, first_day TEXT, last_day TEXT,
    value NUMERIC NOT NULL, qualifier TEXT, fact_id TEXT NOT NULL REFERENCES facts (id),
    PRIMARY KEY (series_key, date));
CREATE INDEX facts_by_day ON facts (first_day, last_day);
CREATE INDEX facts_by_partner ON fact_partners (partner_key);
CREATE INDEX facts_by_theme ON fact_themes (theme_key);
CREATE INDEX facts_by_source ON fact_sources (source_key);
CREATE VIRTUAL TABLE facts_fts USING fts5 (
    text, note, content="facts", content_rowid="n", tokenize='porter unicode61 remove_diacritics 2');
"""
# For each table what selects its rows from the index.
_ROWS = {
    "meta": "SELECT title, subject, as_of, license FROM about",
    "partners": "SELECT key, name, kind, iso2, iso3, name_ky, name_ru, json_list(aliases), since, summary FROM partner",
    "groups": "SELECT key, name, json_list(aliases), organization, summary FROM grp",
    "themes": "SELECT key, name, json_list(aliases), summary FROM theme",
    "sources": "SELECT key, title, publisher, url, published, kind, lang FROM source",
    "series": "SELECT key, name, unit, summary FROM series",
    "facts": "SELECT n, id, date, iso_day(first), iso_day(last), kind, text, note FROM fact",
    "group_members": "SELECT grp, partner FROM grp_partner",
    "fact_sources": "SELECT id, source, place + 1 FROM fact_source JOIN fact ON n = fact",
    "figures": "SELECT series, figure.date, iso_day(figure.first), iso_day(figure.last), value, qualifier, id"
    " FROM figure JOIN fact ON n = fact",
}


def export(index: sqlite3.Connection, path: str) -> None:
    """Write a fact base to an empty file.

    Args:
        index: The fact base, as `index.connect` opens it.
        path: The file.

    Raises:
        OSError: It can't be written.
    """
    index.create_function("json_list", 1, _json_list)
    index.create_function("iso_day", 1, _iso_day)
    try:
        database = sqlite3.connect(path)
        # Should the machine fail, the file is not there yet: it is moved to its place when it is whole.
        database.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; {_SCHEMA}")
        for table, select in _ROWS.items():
            rows = index.execute(select)
            marks = ", ".join("?" * len(rows.description))
            database.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)
        for table in ("partners", "themes"):
            links = (
                (fact_id, key, place)
                for fact_id, keys in index.execute(f"SELECT id, {table} FROM fact")
                for place, key in enumerate(keys.split(","), start=1)
            )
            database.executemany(f"INSERT INTO fact_{table} VALUES (?, ?, ?)", links)
        database.execute("INSERT INTO facts_fts (facts_fts) VALUES ('rebuild')")
        database.commit()
        database.close()
    except sqlite3.DatabaseError as error:
        raise OSError(0, str(error)) from None


def _json_list(lines: str) -> str:
    return json.dumps(lines.split("\n") if lines else [], ensure_ascii=False)


def _iso_day(day: int) -> str | None:
    """Write YYYYMMDD as ISO 8601 does; an open end has no day."""
    if day in (edtf.DISTANT_PAST, edtf.DISTANT_FUTURE):
        return None
    return f"{day // 10000:04}-{day // 100 % 100:02}-{day % 100:02}"
