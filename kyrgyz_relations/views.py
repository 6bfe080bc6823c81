"""The views: where the shape of an answer is to be seen, not each of its rows."""

import time
from datetime import date

from kyrgyz_relations import edtf
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.factbase import tally
from kyrgyz_relations.lookup import print_rows, query_heading
from kyrgyz_relations.query import Query, Term
from kyrgyz_relations.text import fold, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kyrgyz_relations.factbase.search import Search
    from kyrgyz_relations.fields import Row
    from kyrgyz_relations.request import Request

_MOST_COMPARED = 5
# How many days with something are told where a day has nothing.
_NEAREST = 3
# A year that has all days.
_LEAP_YEAR = 2000
# The readings of what a series may be called by.
_CALLED = ("partner", "group", "theme", "text")


def timeline(request: "Request") -> int:
    """Print the facts found along a time axis, or count them by what --by says.

    Args:
        request: The query, --by, the fact base, and in what form and where the answer goes.

    Returns:
        The exit status: `FOUND` or `NOTHING`.

    Raises:
        FactBaseError: A file of the fact base can't be read, or has problems.
        RelationsError: The query or an option can't be taken, or the answer can't be written.
    """
    search = request.search()
    wanted = request.query(search)
    if request.by in ("year", "decade"):
        answer = request.answer("count", view="periods")
        answer.rows = iter(tally.by_period([*search.facts(wanted, with_sources=False)], request.by))
    elif request.by:
        answer = request.answer("count", view="counts")
        answer.rows = iter(tally.by_period([*search.facts(wanted, with_sources=False)], "year", request.by))
    else:
        answer = request.answer("fact", view="timeline")
        answer.rows = search.facts(wanted, with_sources=answer.needs_sources)
    times = [[term.span for term in clause if term.span] for clause in wanted if all(term.span for term in clause)]
    readings = {term.reading for clause in wanted for term in clause}

    def why() -> str:
        count = search.count(wanted)
        return f"of {count} fact{'s' * (count != 1)} it is not known when they began" if count else ""

    return print_rows(
        request,
        answer,
        search,
        wanted,
        why=why,
        memberships=tally.memberships(search),
        split="partner" if "theme" in readings and not readings & {"partner", "group"} else "theme",
        # Each clause narrows; what it says of several times in one word widens.
        span=(
            max((min(spans)[0] for spans in times), default=edtf.DISTANT_PAST),
            min((max(last for _, last in spans) for spans in times), default=edtf.DISTANT_FUTURE),
        ),
    )


def compare(request: "Request") -> int:
    """Print partners and groups side by side.

    Args:
        request: The query, which must name them, the fact base, and in what form and where the answer goes.

    Returns:
        The exit status: `FOUND` or `NOTHING`.

    Raises:
        FactBaseError: A file of the fact base can't be read, or has problems.
        RelationsError: The query does not name two to five partners or groups, it or an option can't be taken, or the
            answer can't be written.
    """
    search = request.search()
    named: dict[tuple[str, str], Term] = {}
    rest: Query = []
    for clause in request.query(search):
        if all(term.reading in ("partner", "group") for term in clause):
            for term in clause:
                named.setdefault((term.reading, term.key), term)
        else:
            rest.append(clause)
    compared = [*named.values()]
    if not 2 <= len(compared) <= _MOST_COMPARED:
        known = ", ".join(term.word for term in compared) or "none"
        strange = [term.word for clause in rest for term in clause if term.reading in ("text", "unknown")]
        said = f"{known}; no partner is called {', '.join(strange)}" if strange else known
        what = f"compare takes 2 to {_MOST_COMPARED} partners or groups, each a word of its own"
        raise RelationsError(f"{what}; these are named: {printable(said)}")
    answer = request.answer("comparison", view="compare")
    rows = [*tally.comparison(search, compared, rest)]
    answer.rows = iter(rows if any(row["facts"] for row in rows) else ())
    everyone: Query = [*([term] for term in compared), *rest]
    return print_rows(
        request,
        answer,
        search,
        [compared, *rest],
        query=query_heading(search, everyone),
        shared=[*search.facts(everyone)] if answer.for_people else [],
    )


def today(request: "Request") -> int:
    """Print what happened on this day in any year.

    Args:
        request: The day of the year as MM-DD (None takes today's, by the local clock), the query, the fact base, and in
            what form and where the answer goes.

    Returns:
        The exit status: `FOUND` or `NOTHING`.

    Raises:
        FactBaseError: A file of the fact base can't be read, or has problems.
        RelationsError: The day is none, the query or an option can't be taken, or the answer can't be written.
    """
    asked = time.strftime("%m-%d")
    if request.date is not None:
        asked = _day(request.date)
        if not asked:
            wrong = printable(request.date)
            raise RelationsError(f'--date takes a day of the year such as 08-31 or "31 August", not "{wrong}"')
    else:
        for length in (2, 1):
            if said := _day(" ".join(request.words[:length])):
                asked, request.words = said, request.words[length:]
                break
    search = request.search()
    rest = request.query(search)
    wanted = [[Term("day", _day_name(asked), asked)], *rest]
    answer = request.answer("fact")
    answer.rows = search.facts(wanted, with_sources=answer.needs_sources)

    def why() -> str:
        nearest = _nearest(search, rest, asked)
        return f"no fact is of {_day_name(asked)}{nearest}" if nearest or search.count(rest) else ""

    return print_rows(request, answer, search, wanted, why=why)


def _day(word: str) -> str:
    """Read a day of the year, as MM-DD or as people write it; "" where it is none."""
    span = edtf.period(f"{word} {_LEAP_YEAR}" if " " in word else f"{_LEAP_YEAR}-{word}")
    if span is None or span[0] != span[1]:
        return ""
    return f"{span[0] // 100 % 100:02}-{span[0] % 100:02}"


def _nearest(search: "Search", wanted: Query, day: str) -> str:
    """Name the days of the year nearest to a day that have something."""

    def number(day: str) -> int:
        return date.fromisoformat(f"{_LEAP_YEAR}-{day}").toordinal()

    def away(other: str) -> int:
        days = abs(number(other) - number(day))
        return min(days, 366 - days)

    nearest = sorted(tally.days(search, wanted), key=away)[:_NEAREST]
    return f"; nearest by the calendar: {', '.join(map(_day_name, nearest))}" if nearest else ""


def _day_name(day: str) -> str:
    return edtf.for_people(f"{_LEAP_YEAR}-{day}").removesuffix(f" {_LEAP_YEAR}")


def matrix(request: "Request") -> int:
    """Print how many facts there are for each partner and theme.

    Args:
        request: The query, the fact base, and in what form and where the answer goes.

    Returns:
        The exit status: `FOUND` or `NOTHING`.

    Raises:
        FactBaseError: A file of the fact base can't be read, or has problems.
        RelationsError: The query or an option can't be taken, or the answer can't be written.
    """
    search = request.search()
    wanted = request.query(search)
    answer = request.answer("cell", view="map")
    answer.rows = tally.cells(search, wanted)
    return print_rows(request, answer, search, wanted)


def stats(request: "Request") -> int:
    """Print what the fact base covers, and where it is thin.

    Args:
        request: The query, the fact base, and in what form and where the answer goes.

    Returns:
        The exit status: `FOUND` or `NOTHING`.

    Raises:
        FactBaseError: A file of the fact base can't be read, or has problems.
        RelationsError: The query or an option can't be taken, or the answer can't be written.
    """
    search = request.search()
    wanted = request.query(search)
    answer = request.answer("coverage", view="stats")
    answer.rows = tally.coverage(search, wanted)
    return print_rows(request, answer, search, wanted, about=search.about())


def series(request: "Request") -> int:
    """List the series of figures, or print the figures of the facts found.

    Args:
        request: The query, whose words may also be keys of series, the fact base, and in what form and where the answer
            goes.

    Returns:
        The exit status: `FOUND` or `NOTHING`.

    Raises:
        FactBaseError: A file of the fact base can't be read, or has problems.
        RelationsError: The query or an option can't be taken, or the answer can't be written.
    """
    search = request.search()
    known = {row["key"]: row for row in search.series()}

    def naming(word: str) -> tuple[str, str] | None:
        return ("series", word.casefold()) if word.casefold() in known else search.naming(word)

    wanted = request.query(search, naming)
    if not wanted:
        answer = request.answer("series", view="series")
        answer.rows = iter(known.values())
        return print_rows(request, answer, search, wanted)
    answer = request.answer("figure", view="figures")
    called = [[Term("series", key, key) for key in _called(search, known, wanted)]]
    answer.rows = tally.figures(search, wanted + [clause for clause in called if clause])
    about = [clause for clause in wanted if any(term.span is None for term in clause)]

    def why() -> str:
        count = search.count(about) if about else 0
        when = "of that time" if len(about) < len(wanted) else "of a series"
        return f"{count} fact{'s' * (count != 1)}, but none of them gives a figure {when}" if count else ""

    return print_rows(request, answer, search, wanted, why=why)


def _called(search: "Search", known: "dict[str, Row]", wanted: Query) -> list[str]:
    """Find the series that are called by all that a query names."""
    clauses = [clause for clause in wanted if all(term.reading in _CALLED for term in clause)]
    named = [[_words(name) for term in clause for name in _names(search, term)] for clause in clauses]
    called = {key: _words(f"{key} {row['name']}") for key, row in known.items()} if named else {}
    return [key for key, words in called.items() if all(any(name <= words for name in names) for names in named)]


def _names(search: "Search", term: Term) -> list[str]:
    return [term.key] if term.reading == "text" else search.names_of(term.reading, term.key)


def _words(text: str) -> set[str]:
    """Give the words of a name, with no matter whether they stand for one or for many."""
    letters = "".join(letter if letter.isalnum() else " " for letter in fold(text))
    return {word.removesuffix("s") for word in letters.split()}
