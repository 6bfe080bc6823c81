"""What stands above the rows for people: the query as understood, a partner's profile, a group's or theme's summary."""

from __future__ import annotations

from kyrgyz_relations.dates import for_people
from kyrgyz_relations.factbase import lists

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kyrgyz_relations.factbase.search import Search
    from kyrgyz_relations.query import Query, Term
    from kyrgyz_relations.records import Row

_SINCE = {"membership": "Member since", "diplomatic-relations": "Diplomatic relations since"}


def title(base: Search, query: Query) -> tuple[str, ...]:
    """Say of each clause how its words were read: the names of what they name, or the words as they were typed."""
    named = tuple(" or ".join(dict.fromkeys(_name(base, term) for term in clause)) for clause in query.clauses)
    return named + tuple(f"not {_name(base, term)}" for term in query.excluded)


def _name(base: Search, term: Term) -> str:
    return base.name_of(term.kind, term.key) or term.word


def about(base: Search, query: Query) -> tuple[str, ...]:
    """Give the profile or the summary of what alone was asked for."""
    if len(query.filters) != 1 or len(query.filters[0]) != 1 or query.wanted or query.excluded:
        return ()
    (term,) = query.filters[0]
    if term.kind == "partner":
        return profile_lines(lists.profile(base, term.key))
    return (base.summary(term.kind, term.key),) if term.kind in ("group", "theme") else ()


def profile_lines(row: Row) -> tuple[str, ...]:
    """Write a partner's profile."""
    names = [row[field] for field in ("name", "name_ky", "name_ru", "iso2", "iso3") if row[field]]
    lines = [" · ".join(dict.fromkeys(names))]
    if row["since"]:
        label = _SINCE.get(row["since_kind"], "Relations since")
        lines.append(f"{label} {for_people(row['since']).removeprefix('since ')}")
    if row["shared"]:
        lines.append(f"Both members of {', '.join(row['shared'])}")
    return tuple(line for line in (*lines, row["summary"]) if line)


def understood(query: Query) -> frozenset[str]:
    """Give the partners and themes that every fact of a lookup has, which need not be said of each."""
    return frozenset(
        clause[0].key for clause in query.filters if len(clause) == 1 and clause[0].kind in ("partner", "theme")
    )
