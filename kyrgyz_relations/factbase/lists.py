"""Partners, themes and sources with the facts found for each, and what heads them: profiles and the overview."""

from __future__ import annotations

from kyrgyz_relations.factbase.search import COUNTED, DATED
from kyrgyz_relations.query import Query, Term
from kyrgyz_relations.records import SOURCE_OF_FACT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyrgyz_relations.factbase.search import Search
    from kyrgyz_relations.records import Row

# Which partners the terms that are about partners name.
_LISTED = {
    "partner": "key = ?",
    "group": 'key IN (SELECT partner FROM group_members WHERE "group" = ?)',
    "partner-kind": "kind = ?",
}


def partners(base: Search, query: Query) -> Iterator[Row]:
    """List the partners of the facts found, or those of them that are named; without a query all partners.

    A query that names only partners and groups lists them also where no fact is known.
    """
    named = [clause for clause in query.filters if all(term.kind in _LISTED for term in clause)]
    listed = "".join([f" AND ({' OR '.join([_LISTED[term.kind] for term in clause])})" for clause in named])
    rows = _counted(
        base,
        "partner",
        "key, name, name_ky, name_ru, kind, iso2, iso3, aliases, summary,"
        " (SELECT date FROM facts WHERE id = since) AS since,"
        ' (SELECT group_concat("group") FROM group_members WHERE partner = key) AS groups',
        query,
        only_found=len(named) < len(query.filters) or bool(query.excluded) or query.numbers is not None,
        listed=(listed, [term.key for clause in named for term in clause]),
    )
    for row in rows:
        row["groups"] = row["groups"].split(",") if row["groups"] else []
        yield row


def themes(base: Search, query: Query) -> Iterator[Row]:
    """List the themes of the facts found; without a query all themes."""
    return _counted(
        base,
        "theme",
        "key, name, aliases, summary",
        query,
        only_found=bool(query.filters or query.excluded) or query.numbers is not None,
    )


def sources(base: Search, query: Query) -> Iterator[Row]:
    """List the sources of the facts found; without a query all sources."""
    return _counted(
        base,
        "source",
        ", ".join(SOURCE_OF_FACT),
        query,
        only_found=bool(query.filters or query.excluded) or query.numbers is not None,
    )


def _counted(
    base: Search,
    record: str,
    columns: str,
    query: Query,
    *,
    only_found: bool,
    listed: tuple[str, Sequence[str]] = ("", ()),
) -> Iterator[Row]:
    """List records in the order of their keys, with the number and the dates of the facts found for each."""
    where, values = base.where(query)
    columns = columns.replace(
        " aliases,", " (SELECT group_concat(value, char(10)) FROM json_each(aliases)) AS aliases,"
    )
    rows = base.rows(
        f"""
        SELECT {columns}, coalesce(found.facts, 0) AS facts, {DATED}
        FROM {record}s LEFT JOIN (
            SELECT {record} AS found_key, {COUNTED}
            FROM facts JOIN fact_{record}s ON fact_{record}s.fact = n WHERE {where} GROUP BY {record}
        ) AS found ON found_key = key
        WHERE (facts > 0 OR ?){listed[0]} ORDER BY key
        """,
        (*values, not only_found, *listed[1]),
    )
    for row in rows:
        if "aliases" in row:
            row["aliases"] = row["aliases"].split("\n") if row["aliases"] else []
        yield row


def about(base: Search) -> Row:
    """Give the overview of the fact base."""
    (about,) = base.rows(
        "SELECT title, subject, as_of, license,"
        " (SELECT group_concat(value, char(10)) FROM json_each(examples)) AS examples,"
        " (SELECT date FROM facts WHERE start IS NOT NULL ORDER BY n LIMIT 1) AS first,"
        " (SELECT count(*) FROM facts) AS facts, (SELECT count(*) FROM partners) AS partners,"
        " (SELECT count(*) FROM themes) AS themes, (SELECT count(*) FROM sources) AS sources FROM meta"
    )
    about["examples"] = about["examples"].split("\n") if about["examples"] else []
    return about


def profile(base: Search, key: str) -> Row:
    """Give a partner with `since_kind`, the kind of the fact from which relations are dated, and `shared`.

    Shared are the organizations in whose group the partner is and that the subject has joined.
    """
    row = next(partners(base, Query(((Term("partner", key, key),),))))
    since = base.row("SELECT f.kind FROM partners JOIN facts f ON f.id = since WHERE key = ?", key)
    row["since_kind"] = since and since[0]
    rows = base.execute(
        'SELECT p.name FROM group_members m JOIN "groups" g ON g.key = m."group"'
        " JOIN partners p ON p.key = organization"
        " JOIN facts f ON f.id = p.since WHERE m.partner = ? AND f.kind = 'membership' ORDER BY p.name",
        (key,),
    )
    row["shared"] = [name for (name,) in rows]
    return row
