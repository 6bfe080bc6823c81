"""The list of facts, and facts whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from kyrgyz_relations.dates import appended, for_people
from kyrgyz_relations.errors import FOUND, NOTHING, RelationsError
from kyrgyz_relations.factbase.ranking import CLOSEST, ranked
from kyrgyz_relations.language import counted, printable, valid_unicode
from kyrgyz_relations.query import Query
from kyrgyz_relations.terms import Term
from kyrgyz_relations.views import Answer, Ask, Row, Search, made, ui

# More values than this SQLite may refuse to bind (https://www.sqlite.org/limits.html).
_MOST_IDS = 30_000
_LABEL = 10
# From so many facts on their shape is worth a look.
_MANY = 20


def find(ask: Ask) -> Answer:
    """Print the facts that a lookup finds, or those that answer a question, best first."""
    base, query, request, output = ask
    status, remarks, below = FOUND, query.remarks, ""
    with_sources = output.with_sources or request.open
    if query.question:
        if request.reverse:
            raise RelationsError(
                "--reverse is for lookups; a question is answered best first, and --exact makes it a lookup"
            )
        best = ranked(base, query, request.limit)
        whole = sum(satisfies for _, satisfies in best)
        rows: Iterable[Row] = base.numbered([n for n, _ in best], with_sources=with_sources)
        if not whole:
            from kyrgyz_relations.hints import missing

            status, remarks = NOTHING, (*remarks, *missing(base, query, closest=bool(best)))
        elif whole < len(best):
            matches, those = ("matches", "that") if whole == 1 else ("match", "those")
            below = f"{whole} of these {matches} everything; --exact lists only {those}"
    else:
        rows = base.facts(query, with_sources=with_sources, forward=request.reverse, limit=request.limit)
        texts = [term for clause in query.filters for term in clause if term.kind == "text"]
        beside = [term.word for term in texts if not base.is_told(term.key) and base.has_text(term.key)]
        remarks = (*remarks, *(printable(f'"{word}" is only in notes or in titles of sources') for word in beside))
        if any(len(clause) > 1 for clause in query.filters):
            from kyrgyz_relations.hints import unfound

            remarks = (*remarks, *unfound(base, query))
    if request.open:
        rows = _opened([*rows])
    title: tuple[str, ...] = ()
    if output.format.name == "table" and output.drawn and query.filters and not request.exact:
        rows = [*rows]
        if not rows:
            from kyrgyz_relations.hints import meant, why_nothing

            # A person is shown what may have been meant, or what is closest.
            remarks = (*remarks, *why_nothing(base, query))
            query, title, status = meant(base, query), ("Closest",), NOTHING
            rows = base.numbered([n for n, _ in ranked(base, query, CLOSEST)], with_sources=True)
    asked = ask._replace(query=query)
    answer = made(asked, "fact", rows, partial(draw_list, asked, below), title=title)
    return answer._replace(remarks=remarks, status=status)


def _opened(rows: list[Row]) -> list[Row]:
    """Open the first source of the only fact in a browser."""
    import webbrowser

    if len(rows) > 1:
        ids = ", ".join(row["id"] for row in rows[:CLOSEST])
        raise RelationsError(f"--open takes one fact, and {len(rows)} were found: {ids}; -n 1 takes the first")
    for row in rows:
        if not webbrowser.open(row["url"]):
            raise RelationsError(f"no browser opens; the source is {row['url']}")
    return rows


def _more(ask: Ask, count: int) -> list[str]:
    """Name the commands that show more of what was asked for."""
    from kyrgyz_relations.views.headings import typed
    from kyrgyz_relations.views.series import called

    if ask.request.command != "find" or ask.query.question or not ask.request.asks:
        return []
    number = len(called(ask.base, ask.query))
    series = [f"{number} series: {typed(ask, 'series')}"] * bool(number)
    return series + [f"over time: {typed(ask, 'timeline')}"] * (count >= _MANY)


def draw_list(ask: Ask, below: str, rows: Sequence[Row], title: Sequence[str], canvas: ui.Canvas) -> ui.RenderableType:
    """Draw facts under what was asked for, and below them a line and the commands that show more."""
    from kyrgyz_relations.hints import marks
    from kyrgyz_relations.views import headings

    base, query = ask.base, ask.query
    years = [row["date"][:4] for row in rows if row["date"][:4].isdigit()]
    span = f", {'–'.join(dict.fromkeys((min(years), max(years))))}" if years and len(rows) > 1 else ""
    head = ui.title(title or ("All facts",), f"{counted(len(rows), 'fact')}{span}")
    about = headings.about(base, query)
    if about and query.filters[0][0].kind == "partner":
        parts = [headings.draw_profile(base, query.filters[0][0].key, about, canvas), ui.Text(), head]
    else:
        parts = [head, *(ui.Text(f"{ui.fit(line, canvas.measure)}\n", ui.QUIET) for line in about)]
    parts.append(ui.fact_list(rows, canvas, headings.names(base), headings.understood(query), marks(query)))
    return ui.Group(*parts, *(ui.Text(line, ui.QUIET) for line in (below, *_more(ask, len(rows))) if line))


def fact(ask: Ask) -> Answer:
    """Print facts whole, by their ids."""
    base, words = ask.base, [*map(valid_unicode, ask.request.words)]
    if len(words) > _MOST_IDS:
        raise RelationsError(f"fact takes at most {_MOST_IDS} ids")
    wanted = [Term("fact", word.casefold(), word) for word in words]
    rows = [*base.facts(Query((tuple(wanted),)), forward=True)]
    found = {row["id"] for row in rows}
    missing = tuple((term,) for term in wanted if term.key not in found)
    remarks: tuple[str, ...] = ()
    if missing:
        from kyrgyz_relations.hints import why_nothing

        remarks = why_nothing(base, Query(missing))
    if ask.request.open:
        rows = _opened(rows)
    title = (rows[0]["text"],) if len(rows) == 1 else tuple(row["id"] for row in rows)
    answer = made(ask, "fact", rows, partial(_whole, base), title=title)
    return answer._replace(remarks=remarks, status=NOTHING if missing else FOUND, whole=True)


def _whole(base: Search, rows: Sequence[Row], _: object, canvas: ui.Canvas) -> ui.RenderableType:
    lines: list[ui.RenderableType] = []

    def labelled(label: str, value: str, style: ui.Style | None = None) -> None:
        for number, line in enumerate(ui.fit(value, canvas.measure - _LABEL).split("\n")):
            text = ui.Text(f"{label if number == 0 else '':<{_LABEL}}", ui.QUIET)
            lines.append(text.append(line, style or ui.Style(dim=False)))

    for row in rows:
        lines += [ui.Text(row["id"], ui.KEY), ui.Text(ui.fit(row["text"], canvas.measure), ui.HEAD), ui.Text()]
        labelled("Date", for_people(row["date"]))
        labelled("Kind", row["kind"])
        for field in ("partner", "theme"):
            labelled(f"{field.capitalize()}s", ", ".join(base.names(field)[key] for key in row[f"{field}s"]))
        if row["note"]:
            labelled("Note", row["note"])
        for number, source in enumerate(row["sources"]):
            link = ui.Style(dim=False, link=source["url"]) if canvas.linked else None
            labelled("Sources" if number == 0 else "", source["title"], link)
            published = appended(source["published"])
            labelled("", f"{source['publisher']}{published} ({source['kind']}, {source['lang']})", ui.QUIET)
            lines.append(ui.address(source["url"], _LABEL))
        lines.append(ui.Text())
    return ui.Group(*lines[:-1])
