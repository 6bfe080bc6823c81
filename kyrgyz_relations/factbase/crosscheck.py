"""What no record can tell alone: whether what it names is there, and whether its names are its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from kyrgyz_relations import edtf
from kyrgyz_relations.factbase.document import Place
from kyrgyz_relations.factbase.names import kind_names, names_of
from kyrgyz_relations.factbase.problems import Problems
from kyrgyz_relations.model import About, Aliases, Fact
from kyrgyz_relations.text import name_key, printable

SINGULAR = {
    "groups": "group",
    "themes": "theme",
    "series": "series",
    "partners": "partner",
    "sources": "source",
    "facts": "fact",
}
# A table of fields as it was parsed, and where it stands.
Entry = tuple[Place, Any]
Entries = Mapping[str, Mapping[str, Entry]]
# Further names for an entry that another document has: its table, its key, the names and where they stand.
Further = tuple[str, str, Aliases, Place]


def fact_label(where: Place, raw: object) -> str:
    """Name a fact, which may be none.

    Args:
        where: Where it stands; the last step of the path is its number among the facts of its file, from 0.
        raw: The fact as it was parsed.

    Returns:
        `fact "ID"`, or where it has no id, `fact number N`, from 1.
    """
    fact_id = id_of(raw)
    return f'fact "{printable(fact_id)}"' if fact_id is not None else f"fact number {int(where.path[-1]) + 1}"


def id_of(raw: object) -> str | None:
    """Give the id of what should be a fact.

    Args:
        raw: What was parsed.

    Returns:
        The id; None where there is none, or none that is a string.
    """
    fact_id = raw.get("id") if isinstance(raw, dict) else None
    return fact_id if isinstance(fact_id, str) else None


def check_references(entries: Entries, facts: Sequence[Entry], problems: Problems) -> None:
    """Check all keys that name another record, also in records that have other problems.

    Args:
        entries: The entries of each table by their keys, as they were parsed.
        facts: The facts as they were parsed.
        problems: Takes what is wrong.
    """

    def check(keys: object, table: str, where: Place, label: str) -> None:
        for key in keys if isinstance(keys, list) else ():
            if isinstance(key, str) and key not in entries[table]:
                what = f'{label}: unknown {SINGULAR[table]} "{printable(key)}"'
                problems.add(where, what, key, entries[table])

    for where, raw in facts:
        if isinstance(raw, dict):
            for table in ("partners", "themes", "sources"):
                check(raw.get(table), table, where / table, fact_label(where, raw))
            figures = raw.get("figures")
            figures = [figure for figure in figures if isinstance(figure, dict)] if isinstance(figures, list) else []
            named = [figure.get("series") for figure in figures]
            check(named, "series", where / "figures", fact_label(where, raw))
    for key, (where, group) in entries["groups"].items():
        if isinstance(group, dict):
            label = f'group "{printable(key)}"'
            check(group.get("members"), "partners", where / "members", label)
            check([group.get("organization")], "partners", where / "organization", label)


def check_since(
    entries: Entries, facts: Sequence[Entry], records: Sequence[tuple[Place, Fact]], problems: Problems
) -> None:
    """See to it that the fact from which relations with a partner are dated is about that partner.

    Args:
        entries: The entries of each table by their keys, as they were parsed.
        facts: The facts as they were parsed; one of them must have the id that a partner names.
        records: The facts that are right by themselves; the one with that id must name the partner.
        problems: Takes what is wrong.
    """
    given = {fact_id for _, raw in facts if (fact_id := id_of(raw)) is not None}
    about = {fact.id: fact.partners for _, fact in records}
    for key, (where, partner) in entries["partners"].items():
        fact_id, label = partner.get("since") if isinstance(partner, dict) else None, f'partner "{printable(key)}"'
        if not isinstance(fact_id, str):
            continue
        if fact_id not in given:
            problems.add(where / "since", f'{label}: unknown fact "{printable(fact_id)}"', fact_id, given)
        elif fact_id in about and key not in about[fact_id]:
            problems.add(where / "since", f'{label}: the fact "{fact_id}" has other partners')


def check_names(
    entries: Entries,
    tables: Mapping[str, Mapping[str, Any]],
    further: Sequence[Further],
    about: About | None,
    problems: Problems,
) -> None:
    """See to it that a word of a query can name one thing only.

    Args:
        entries: The entries of each table by their keys, as they were parsed.
        tables: The records of each table by their keys, those that are right by themselves.
        further: The names that added files give to entries of others.
        about: What the fact base is about, if that is right by itself.
        problems: Takes what is wrong.
    """
    subjects = [about.subject, *about.aliases] if about else []
    owners: dict[str, tuple[str, Place | None]] = {
        **{name_key(name): ("the subject, in [meta],", None) for name in subjects},
        **{name_key(name): (f'the kind of fact "{kind}"', None) for name, kind in kind_names()},
    }

    def claim(name: str, table: str, key: str, where: Place) -> None:
        owner, folded = f'{SINGULAR[table]} "{printable(key)}"', name_key(name)
        if not folded or edtf.period(name):
            problems.add(where, f'{owner}: "{printable(name)}" cannot be a name: it reads as a date, or has no letter')
            return
        first, its_place = owners.setdefault(folded, (owner, where))
        if first != owner:
            also = f", at {its_place}" if its_place else ""
            problems.add(where, f'{owner}: the name "{printable(name)}" belongs to {first} already{also}')

    for table in ("partners", "groups", "themes"):
        for key, record in tables[table].items():
            where = entries[table][key][0]
            for field, name in names_of(key, record):
                claim(name, table, key, where if field == "key" else where / field)
    # The names of series share words with those of partners and themes; by its key alone a series is asked for.
    for key, (where, _) in entries["series"].items():
        claim(key, "series", key, where)
    for table, key, more, where in further:
        for name in more.aliases:
            claim(name, table, key, where)


def check_figures(records: Sequence[tuple[Place, Fact]], problems: Problems) -> None:
    """See to it that a series has one value for one date.

    Args:
        records: The facts that are right by themselves.
        problems: Takes what is wrong.
    """
    seen: dict[tuple[str, str], Place] = {}
    for where, fact in records:
        for figure in fact.figures:
            dated = (figure.series, figure.date or fact.date)
            if dated in seen:
                what = f'fact "{fact.id}": series "{dated[0]}" has a value for {dated[1]} already, at {seen[dated]}'
                problems.add(where / "figures", what)
            seen.setdefault(dated, where)
