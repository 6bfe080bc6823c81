"""This day in any year."""

from __future__ import annotations

import time
from datetime import date
from functools import partial

from kyrgyz_relations import dates
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.language import printable
from kyrgyz_relations.query import Query
from kyrgyz_relations.terms import Term
from kyrgyz_relations.views import Answer, Ask, Search, facts, made

# How many days with something are named where a day has nothing.
_NEAREST = 3
_LEAP_YEAR = 2000


def answer(ask: Ask) -> Answer:
    """Print what happened on this day in any year, by the local clock, or on the day that --date or a word says."""
    base, query, request, output = ask
    asked_days = [clause for clause in query.filters if any(term.kind == "day" for term in clause)]
    named = [term.key for clause in asked_days for term in clause if term.kind == "day"]
    day = time.strftime("%m-%d") if request.date is None else dates.day_of(request.date)
    if not day:
        wrong = printable(request.date or "")
        raise RelationsError(f'--date takes a day of the year such as 08-31 or "31 August", not "{wrong}"')
    if named and request.date is not None:
        raise RelationsError("the day is a word or that of --date; leave one of them out")
    if len(asked_days) > 1 or any(len(clause) > len(named) for clause in asked_days):
        raise RelationsError("today takes one day, or several with commas between")
    days = named or [day]
    day = days[0]
    rest = query._replace(filters=tuple(clause for clause in query.filters if clause not in asked_days))
    wanted = rest._replace(filters=(tuple(Term("day", one, _name(one)) for one in days), *rest.filters))

    def nothing() -> str:
        near = _nearest(base, rest, day)
        return f"no fact is of {_name(day)}{near}" if near or base.count(rest) else ""

    rows = base.facts(wanted, with_sources=output.with_sources, forward=True, limit=request.limit)
    asked = ask._replace(query=wanted)
    return made(asked, "fact", rows, partial(facts.draw_list, asked, ""), nothing=nothing)


def _nearest(base: Search, query: Query, day: str) -> str:
    """Name the days of the year nearest to a day that have something."""

    def away(other: str) -> int:
        first, second = (date.fromisoformat(f"{_LEAP_YEAR}-{one}").toordinal() for one in (day, other))
        return min(abs(first - second), 366 - abs(first - second))

    rows = base.tally("DISTINCT substr(date, 6, 5) AS day", query, "AND date GLOB '????-??-??*'")
    nearest = sorted((row["day"] for row in rows), key=away)[:_NEAREST]
    return f"; nearest by the calendar: {', '.join(map(_name, nearest))}" if nearest else ""


def _name(day: str) -> str:
    return dates.for_people(f"{_LEAP_YEAR}-{day}").removesuffix(f" {_LEAP_YEAR}")
