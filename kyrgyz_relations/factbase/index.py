"""The index: a fact base as an SQLite database, built once, kept in the cache, opened read-only."""

import os
import sqlite3

from kyrgyz_relations.errors import TOO_LARGE, FactBaseError
from kyrgyz_relations.factbase import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kyrgyz_relations.model import Base

# Any change of the schema, of what is stored or of how names are folded needs a new number.
VERSION = "7"

_SCHEMA = """
CREATE TABLE about (title, subject, as_of, license, examples, facts, partners, themes, sources);
CREATE TABLE word (word PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE grp (key PRIMARY KEY, name, aliases, organization, summary) WITHOUT ROWID;
CREATE TABLE theme (key PRIMARY KEY, name, aliases, summary) WITHOUT ROWID;
CREATE TABLE series (key PRIMARY KEY, name, unit, summary) WITHOUT ROWID;
CREATE TABLE partner (
    key PRIMARY KEY, name, kind, iso2, iso3, name_ky, name_ru, aliases, since, summary) WITHOUT ROWID;
CREATE TABLE source (key PRIMARY KEY, title, publisher, url, published, kind, lang) WITHOUT ROWID;
CREATE TABLE fact (
    n INTEGER PRIMARY KEY, id UNIQUE, date, first INTEGER, last INTEGER, kind, partners, themes, text, note);
CREATE TABLE grp_partner (grp, partner, PRIMARY KEY (grp, partner)) WITHOUT ROWID;
CREATE TABLE fact_partner (partner, fact INTEGER, PRIMARY KEY (partner, fact)) WITHOUT ROWID;
CREATE TABLE fact_theme (theme, fact INTEGER, PRIMARY KEY (theme, fact)) WITHOUT ROWID;
CREATE TABLE fact_source (fact INTEGER, place INTEGER, source, PRIMARY KEY (fact, place)) WITHOUT ROWID;
CREATE TABLE figure (
    series, date, first INTEGER, last INTEGER, value, qualifier, fact INTEGER, PRIMARY KEY (series, date)
) WITHOUT ROWID;
CREATE TABLE name (folded PRIMARY KEY, reading, key, name) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(
    text, note, titles, compounds, content='', tokenize='porter unicode61 remove_diacritics 2');
"""


def bundled() -> str:
    """Give the path of the fact base that comes with the package."""
    here = os.path.dirname(os.path.abspath(__file__))
    package = os.path.dirname(here)
    installed = os.path.join(package, "facts.toml")
    # In a checkout, and so in an editable install, the fact base stands beside the package.
    return installed if os.path.exists(installed) else os.path.join(os.path.dirname(package), "facts.toml")


def chosen() -> str:
    """Give the path of the fact base to ask where no other is named: what RELATIONS_FACTS says, or the bundled one."""
    return os.environ.get("RELATIONS_FACTS") or bundled()


def connect(paths: "Sequence[str]") -> sqlite3.Connection:
    """Open a fact base for lookups, from the cache where that holds its index.

    Args:
        paths: The fact base's file, and those that add to it.

    Returns:
        A database of the schema above, to be read only.

    Raises:
        FactBaseError: A file can't be read, or has problems.
    """
    if "\0" in "".join(paths):
        raise FactBaseError([(paths[0], None, "cannot be read: no file has a NUL in its name")])
    try:
        stamp = cache.Stamp(paths, VERSION)
    except OSError as error:
        # A relative path means nothing where the working folder is gone.
        raise FactBaseError([(paths[0], None, f"cannot be read: {error.strerror}")]) from None
    try:
        return _open(stamp.index_at_rest()) or _connect_by_content(paths, stamp)
    except MemoryError:
        raise FactBaseError([(paths[0], None, TOO_LARGE)]) from None


def _connect_by_content(paths: "Sequence[str]", stamp: cache.Stamp) -> sqlite3.Connection:
    from hashlib import blake2b

    from kyrgyz_relations.factbase.document import all_of, read

    seen = stamp.looks()
    files = all_of(lambda path: (path, read(path)), paths)
    together = blake2b(digest_size=16)
    for _, data in files:
        together.update(blake2b(data).digest())
    digest = together.hexdigest()
    database = _open(stamp.known_index(digest))
    if database is None:
        from kyrgyz_relations.factbase.progress import Building
        from kyrgyz_relations.factbase.source import load

        with Building(sum(len(data) for _, data in files)) as building:
            database = _build(load(files, building.step), stamp.index(digest), building.step)
    try:
        stamp.note(seen, digest)
    except OSError:
        return database
    return database


def _open(place: str) -> sqlite3.Connection | None:
    """Open an index of the cache, unless it is missing, somebody else's or no index."""
    if not place or not cache.is_ours(place):
        return None
    uri = place.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    try:
        database = sqlite3.connect(f"file:{uri}?mode=ro&immutable=1", uri=True)
        database.execute("SELECT count(*) FROM about, (SELECT n FROM fact LIMIT 1)")
    except sqlite3.Error:
        return None
    return database


def _build(base: "Base", place: str, step: "Callable[[float], None]") -> sqlite3.Connection:
    """Build an index in the cache, or in memory where the cache can't be used."""
    if place:
        beside = cache.temporary(place)
        try:
            os.makedirs(os.path.dirname(place), mode=0o700, exist_ok=True)
            cache.sweep(os.path.dirname(place))
            with sqlite3.connect(beside) as database:
                database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
                _fill(database, base, step)
            database.close()
            os.replace(beside, place)
        except (OSError, sqlite3.Error):
            cache.remove(beside)
        else:
            built = _open(place)
            if built is not None:
                return built
    database = sqlite3.connect(":memory:")
    _fill(database, base, step)
    return database


def _fill(database: sqlite3.Connection, base: "Base", step: "Callable[[float], None]") -> None:
    from kyrgyz_relations.factbase.names import all_names
    from kyrgyz_relations.factbase.source import bounds
    from kyrgyz_relations.text import compounds, searchable, words_of

    database.executescript(_SCHEMA)

    def insert(table: str, rows: list[tuple[object, ...]]) -> None:
        if rows:
            database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)

    about, facts = base.about, list(enumerate(base.facts, start=1))
    counts = (len(facts), len(base.partners), len(base.themes), len(base.sources))
    insert("about", [(about.title, about.subject, about.as_of, about.license, "\n".join(about.examples), *counts)])
    insert("grp", [(k, g.name, "\n".join(g.aliases), g.organization, g.summary) for k, g in base.groups.items()])
    insert("grp_partner", [(k, partner) for k, g in base.groups.items() for partner in g.members])
    insert("theme", [(k, t.name, "\n".join(t.aliases), t.summary) for k, t in base.themes.items()])
    insert("series", [(k, s.name, s.unit, s.summary) for k, s in base.series.items()])
    insert(
        "partner",
        [
            (k, p.name, p.kind, p.iso2, p.iso3, p.name_ky, p.name_ru, "\n".join(p.aliases), p.since, p.summary)
            for k, p in base.partners.items()
        ],
    )
    insert(
        "source",
        [(k, s.title, s.publisher, s.url, s.published, s.kind, s.lang) for k, s in sorted(base.sources.items())],
    )
    insert(
        "fact",
        [
            (n, f.id, f.date, *bounds(f.date), f.kind, ",".join(f.partners), ",".join(f.themes), f.text, f.note)
            for n, f in facts
        ],
    )
    insert("fact_partner", [(partner, n) for n, f in facts for partner in f.partners])
    insert("fact_theme", [(theme, n) for n, f in facts for theme in f.themes])
    insert("fact_source", [(n, place, source) for n, f in facts for place, source in enumerate(f.sources)])
    insert(
        "figure",
        [
            (g.series, g.date or f.date, *bounds(g.date or f.date), g.value, g.qualifier, n)
            for n, f in facts
            for g in f.figures
        ],
    )
    insert("name", [*all_names(base)])
    insert("word", [(word,) for word in sorted({word for _, f in facts for word in words_of(f.text)})])

    def words() -> "Iterator[tuple[object, ...]]":
        for n, f in facts:
            titles = "\n".join([f.id.replace("-", " "), *(base.sources[source].title for source in f.sources)])
            folded = [searchable(f.text), searchable(f.note or ""), searchable(titles)]
            yield n, *folded, compounds(" ".join(folded))
            if n % 1000 == 0:
                step(0.7 + 0.3 * n / len(facts))

    step(0.7)
    database.executemany("INSERT INTO words (rowid, text, note, titles, compounds) VALUES (?, ?, ?, ?, ?)", words())
    database.executescript("INSERT INTO words (words) VALUES ('optimize'); ANALYZE;")
