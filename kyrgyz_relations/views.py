"""The views: where the shape of an answer is to be seen, not each of its rows."""

import time
from datetime import date

from kyrgyz_relations import edtf
from kyrgyz_relations.commands import FOUND, NOTHING, tell
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.factbase import tally
from kyrgyz_relations.lookup import print_rows, query_heading
from kyrgyz_relations.query import Query, Term
from kyrgyz_relations.text import fold, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kyrgyz_relations.factbase.search import Search
    from kyrgyz_relations.fields import Row
    from kyrgyz_relations.request import Request

_MOST_COMPARED = 5
# How many days with something are told where a day has nothing.
_NEAREST = 3
# A year that has all days.
_LEAP_YEAR = 2000


def timeline(request: "Request") -> int:
    """Print the facts found along a time axis, or count them by what --by says."""
    search = request.search()
    wanted = request.query(search)
    answer = request.answer("count" if request.by else "fact", view="timeline")
    facts = search.facts(wanted, with_sources=answer.needs_sources)
    if request.by:
        unit, split = (request.by, "") if request.by in ("year", "decade") else ("year", request.by)
        answer.rows = iter(tally.by_period([*facts], unit, split))
    else:
        answer.rows = facts
    dates = [term.span for clause in wanted for term in clause if term.reading == "dates"]
    readings = {term.reading for clause in wanted for term in clause}
    return print_rows(
        request,
        answer,
        search,
        wanted,
        memberships=tally.memberships(search),
        split="partner" if "theme" in readings and not readings & {"partner", "group"} else "theme",
        span=(min((s[0] for s in dates), default=0), max((s[1] for s in dates), default=edtf.DISTANT_FUTURE)),
    )


def compare(request: "Request") -> int:
    """Print partners and groups side by side."""
    search = request.search()
    compared: list[Term] = []
    rest: Query = []
    for clause in request.query(search):
        if len(clause) == 1 and clause[0].reading in ("partner", "group"):
            compared += clause
        else:
            rest.append(clause)
    strange = [term for clause in rest for term in clause if term.reading in ("text", "unknown")]
    if strange:
        raise RelationsError(f'compare takes partners and groups; none is called "{printable(strange[0].word)}"')
    compared = [*{(term.reading, term.key): term for term in compared}.values()]
    if not 2 <= len(compared) <= _MOST_COMPARED:
        named = ", ".join(term.word for term in compared) or "none"
        what = f"compare takes two to {_MOST_COMPARED} partners or groups, each a word of its own"
        raise RelationsError(f"{what}; these are named: {printable(named)}")
    answer = request.answer("comparison", view="compare")
    answer.rows = tally.comparison(search, compared, rest)
    if answer.for_people:
        everyone: Query = [[term] for term in compared]
        shared = search.facts([*everyone, *rest])
        answer.context = {"query": query_heading(search, everyone + rest), "shared": [*shared]}
        answer.context["theme_names"] = search.names("theme")
        rows = [*answer.rows]
        members = [set(row["organizations"]) for row in rows]
        answer.context["organizations"] = sorted(set.intersection(*members))
        answer.rows = iter(rows)
    request.write(answer)
    return FOUND if any(search.count([[term], *rest]) for term in compared) else NOTHING


def today(request: "Request") -> int:
    """Print what happened on this day in other years."""
    day = tally.day_of_year(time.strftime("%m-%d") if request.date is None else request.date)
    if day is None:
        raise RelationsError(f'--date takes a day of the year such as 08-31, not "{printable(request.date or "")}"')
    search = request.search()
    wanted: Query = request.query(search)
    name = edtf.for_people(f"2000-{day[0]:02}-{day[1]:02}").removesuffix(" 2000")
    answer = request.answer("fact")
    found = (row for row in search.facts(wanted) if row["date"][4:10] == f"-{day[0]:02}-{day[1]:02}")
    answer.rows = found
    if (first := next(found, None)) is None:
        tell(f"relations: no fact is of {name}{_nearest(search, wanted, day)}")
        if request.output is None and not answer.for_people:
            request.write(answer)
        return NOTHING
    answer.rows = iter([first, *found])
    if answer.for_people:
        answer.context = {
            "query": [name, *query_heading(search, wanted)],
            "partners": search.names("partner"),
            "themes": search.names("theme"),
            "whole": False,
        }
    request.write(answer)
    return FOUND


def _nearest(search: "Search", wanted: Query, day: tuple[int, int]) -> str:
    """Name the days of the year nearest to a day that have something."""
    known = [(int(key[:2]), int(key[3:])) for key in tally.days(search, wanted)]

    def away(other: tuple[int, int]) -> int:
        days = abs((date(_LEAP_YEAR, *other) - date(_LEAP_YEAR, *day)).days)
        return min(days, 366 - days)

    nearest = sorted(known, key=away)[:_NEAREST]
    names = [edtf.for_people(f"2000-{month:02}-{of_month:02}").removesuffix(" 2000") for month, of_month in nearest]
    return f"; the nearest days with some are {', '.join(names)}" if names else ""


def matrix(request: "Request") -> int:
    """Print how many facts there are for each partner and theme."""
    search = request.search()
    wanted = request.query(search)
    answer = request.answer("cell", view="map")
    answer.rows = tally.cells(search, wanted)
    return print_rows(request, answer, search, wanted)


def stats(request: "Request") -> int:
    """Print what the fact base covers, and where it is thin."""
    search = request.search()
    wanted = request.query(search)
    answer = request.answer("coverage", view="stats")
    answer.rows = tally.coverage(search, wanted)
    return print_rows(request, answer, search, wanted, about=search.about())


def series(request: "Request") -> int:
    """List the series of figures, or print the figures of the facts found."""
    search = request.search()
    keys = search.series_keys()
    named = [word for word in request.words if keys.issuperset(word.split(","))]
    request.words = [word for word in request.words if word not in named]
    wanted = request.query(search)
    if named:
        wanted.append([Term("series", key, key) for word in named for key in word.split(",")])
    answer = request.answer("figure" if wanted else "series", view="series")
    rows = _called(tally.figures(search, wanted), wanted) if wanted else [*tally.series(search)]
    answer.rows = iter(rows)
    if not rows and (count := search.count(wanted)):
        tell(f"relations: {count} fact{'s' * (count != 1)}, but none of them gives a figure of a series")
        return NOTHING
    return print_rows(request, answer, search, wanted)


def _called(rows: "Iterable[Row]", wanted: Query) -> "list[Row]":
    """Keep the figures of those series whose names have all words of the query; where none has, keep all."""
    named = [term.word for clause in wanted for term in clause if term.reading in ("partner", "group", "theme", "text")]
    words = [fold(word) for term in named for word in term.split()]
    every = [*rows]
    return [row for row in every if all(word in fold(f"{row['series']} {row['name']}") for word in words)] or every
