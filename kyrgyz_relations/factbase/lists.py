"""Partners, themes and sources with the facts found for each, and what heads them: profiles and the overview."""

from __future__ import annotations

from kyrgyz_relations.factbase.search import COUNTED, DATED
from kyrgyz_relations.query import Query
from kyrgyz_relations.records import SOURCE_OF_FACT
from kyrgyz_relations.terms import Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyrgyz_relations.factbase.search import Search
    from kyrgyz_relations.records import Row

    Clauses = Sequence[Sequence[Term]]

# Which partners the terms that are about partners name.
_NAMED = {
    "partner": "key = ?",
    "group": 'key IN (SELECT partner FROM group_members WHERE "group" = ?)',
    "partner-kind": "kind = ?",
}
# Columns that hold several words: a line each.
_LISTS = {
    "aliases": "(SELECT group_concat(value, char(10)) FROM json_each(aliases)) AS aliases",
    "groups": '(SELECT group_concat("group", char(10)) FROM group_members WHERE partner = key) AS groups',
    "examples": "(SELECT group_concat(value, char(10)) FROM json_each(examples)) AS examples",
}
_SINCE = "(SELECT date FROM facts WHERE id = since) AS since"


def partners(base: Search, query: Query) -> Iterator[Row]:
    """List the partners of the facts found; those that are all that a query names also where no fact is known."""
    named = [clause for clause in query.filters if all(term.kind in _NAMED for term in clause)]
    columns = (
        f"key, name, name_ky, name_ru, kind, iso2, iso3, {_LISTS['aliases']}, summary, {_SINCE}, {_LISTS['groups']}"
    )
    return _counted(base, "partner", columns, query, named)


def themes(base: Search, query: Query) -> Iterator[Row]:
    """List the themes of the facts found."""
    return _counted(base, "theme", f"key, name, {_LISTS['aliases']}, summary", query)


def sources(base: Search, query: Query) -> Iterator[Row]:
    """List the sources of the facts found."""
    return _counted(base, "source", ", ".join(SOURCE_OF_FACT), query)


def _counted(base: Search, record: str, columns: str, query: Query, named: Clauses = ()) -> Iterator[Row]:
    """List records in the order of their keys, with the number and the dates of the facts found for each."""
    where, values = base.where(query)
    every = len(named) == len(query.filters) and not query.excluded and query.numbers is None
    listed = [f" AND ({' OR '.join([_NAMED[term.kind] for term in clause])})" for clause in named]
    sql = f"""
        SELECT {columns}, coalesce(found.facts, 0) AS facts, {DATED}
        FROM {record}s LEFT JOIN (
            SELECT {record} AS found_key, {COUNTED}
            FROM facts JOIN fact_{record}s ON fact_{record}s.fact = n WHERE {where} GROUP BY {record}
        ) AS found ON found_key = key
        WHERE (facts > 0 OR ?){"".join(listed)} ORDER BY key"""
    return _split(base.rows(sql, [*values, every, *(term.key for clause in named for term in clause)]))


def _split(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        for name in _LISTS:
            if name in row:
                row[name] = row[name].split("\n") if row[name] else []
        yield row


def about(base: Search) -> Row:
    """Give the overview of the fact base."""
    counts = [f"(SELECT count(*) FROM {table}) AS {table}" for table in ("facts", "partners", "themes", "sources")]
    first = "(SELECT date FROM facts WHERE start IS NOT NULL ORDER BY n LIMIT 1) AS first"
    columns = f"title, subject, as_of, license, {_LISTS['examples']}, {first}, {', '.join(counts)}"
    return next(_split(base.rows(f"SELECT {columns} FROM meta")))


def profile(base: Search, key: str) -> Row:
    """Give a partner with the kind of the fact from which relations are dated, and the organizations both are in."""
    row = next(partners(base, Query(((Term("partner", key, key),),))))
    since = base.row("SELECT f.kind FROM partners JOIN facts f ON f.id = since WHERE key = ?", key)
    rows = base.execute(
        'SELECT p.name FROM group_members m JOIN "groups" g ON g.key = m."group"'
        " JOIN partners p ON p.key = organization"
        " JOIN facts f ON f.id = p.since WHERE m.partner = ? AND f.kind = 'membership' ORDER BY p.name",
        (key,),
    )
    return row | {"since_kind": since and since[0], "shared": [name for (name,) in rows]}
