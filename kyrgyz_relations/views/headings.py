"""What stands above and below the rows for people: the query as understood, a profile or summary, a page's foot."""

from __future__ import annotations

from collections.abc import Sequence

from kyrgyz_relations.dates import for_people
from kyrgyz_relations.factbase import lists
from kyrgyz_relations.language import printable
from kyrgyz_relations.query import Query
from kyrgyz_relations.terms import Term
from kyrgyz_relations.views import Ask, Search, ui

_SINCE = {"membership": "Member since", "diplomatic-relations": "Diplomatic relations since"}
_MOST_THEMES, _BARS = 5, 60
_OPTIONS = ("partner", "theme", "kind", "text", "without", "since", "until", "date", "by")


def title(base: Search, query: Query) -> tuple[str, ...]:
    """Say of each clause how its words were read: the names of what they name, or the words as they were typed."""
    clauses = [(clause, "") for clause in query.clauses] + [((term,), "not ") for term in query.excluded]
    said = tuple(
        before
        + " or ".join(dict.fromkeys(base.name_of(term.kind, term.key) or printable(term.word) for term in clause))
        for clause, before in clauses
    )
    return (f"Closest to {said[0]}", *said[1:]) if query.closest else said


def about(base: Search, query: Query) -> tuple[str, ...]:
    """Give the profile or the summary of what alone was asked for."""
    if len(query.filters) != 1 or len(query.filters[0]) != 1 or query.wanted or query.excluded:
        return ()
    (term,) = query.filters[0]
    if term.kind == "partner":
        return _profile(base, term.key)
    return (base.summary(term.kind, term.key),) if term.kind in ("group", "theme") else ()


def _profile(base: Search, key: str) -> tuple[str, ...]:
    row = lists.profile(base, key)
    names = [row[field] for field in ("name", "name_ky", "name_ru", "iso2", "iso3") if row[field]]
    lines = [" · ".join(dict.fromkeys(names))]
    if row["since"]:
        label = _SINCE.get(row["since_kind"], "Relations since")
        lines.append(f"{label} {for_people(row['since']).removeprefix('since ')}")
    if row["shared"]:
        lines.append(f"Shared memberships: {', '.join(row['shared'])}")
    if row["groups"]:
        groups = ", ".join(base.names("group")[group] for group in row["groups"])
        lines.append(f"In the group{'s' * (len(row['groups']) > 1)} {groups}")
    return tuple(line for line in (*lines, row["summary"]) if line)


def draw_profile(base: Search, key: str, about: Sequence[str], canvas: ui.Canvas) -> ui.RenderableType:
    """Draw a partner's profile with what its facts are about."""
    found = lists.themes(base, Query(((Term("partner", key, key),),)))
    bars = [(row["name"], row["facts"], "") for row in sorted(found, key=lambda row: -row["facts"])[:_MOST_THEMES]]
    name, *lines = (ui.fit(line, canvas.measure) for line in about)
    drawn = (ui.Text(), ui.bar_table(bars, _BARS)) if bars else ()
    return ui.Group(ui.Text(name, ui.HEAD), *map(ui.Text, lines), *drawn)


def understood(query: Query) -> frozenset[str]:
    """Give the partners and themes that every fact of a lookup has, which need not be said of each."""
    alone = [clause[0] for clause in query.filters if len(clause) == 1]
    return frozenset(term.key for term in alone if term.kind in ("partner", "theme"))


def names(base: Search) -> dict[str, str]:
    """Give the names of all partners and themes."""
    return {**base.names("partner"), **base.names("theme")}


def foot(ask: Ask) -> tuple[str, ...]:
    """Give what a page says below its rows: what was typed, of which fact base, up to when, under which licence."""
    base = lists.about(ask.base)
    licence = [f"licence {base['license']}"] if base["license"] else []
    return typed(ask), base["title"], f"checked up to {for_people(base['as_of'])}", *licence


def typed(ask: Ask, command: str = "") -> str:
    """Write the command line that asks for this, or has another command ask for it."""
    from shlex import quote

    request = ask.request
    command = command or request.command
    words = ["relations", *([command] if command != "find" else []), *request.words]
    for option in _OPTIONS:
        given = request._asdict()[option] or ()
        for value in [given] if isinstance(given, str) else given:
            words += [f"--{'not' if option == 'without' else option}", value]
    # What a shell takes as it is, letters of all alphabets among it.
    plain = [
        word if word and all(letter.isalnum() or letter in ",.:/-" for letter in word) else quote(word)
        for word in words
    ]
    return printable(" ".join(plain))
