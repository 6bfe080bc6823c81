"""The list of facts, and facts whole."""

from __future__ import annotations

from kyrgyz_relations.dates import for_people
from kyrgyz_relations.errors import FOUND, NOTHING, RelationsError
from kyrgyz_relations.factbase.ranking import CLOSEST, ranked
from kyrgyz_relations.query import Query, Term
from kyrgyz_relations.records import Answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from kyrgyz_relations.factbase.search import Search
    from kyrgyz_relations.output.canvas import Canvas
    from kyrgyz_relations.records import Row
    from kyrgyz_relations.views import Ask

# More values than this SQLite may refuse to bind (https://www.sqlite.org/limits.html).
_MOST_IDS = 30_000
_LABEL = 10


def find(ask: Ask) -> Answer:
    """Print the facts that a lookup finds, or those that answer a question, best first."""
    base, query, request, output = ask
    status, remarks, foot = FOUND, query.remarks, ""
    if query.question:
        if request.reverse:
            raise RelationsError(
                "--reverse is for lookups; a question is answered best first, and --exact makes it a lookup"
            )
        best = ranked(base, query, request.limit)
        whole = sum(satisfies for _, satisfies in best)
        rows: Iterable[Row] = base.numbered([n for n, _ in best], with_sources=output.with_sources)
        if not whole:
            from kyrgyz_relations.hints import missing

            status, remarks = NOTHING, (*remarks, *missing(base, query, closest=bool(best)))
        elif whole < len(best):
            matches, those = ("matches", "that") if whole == 1 else ("match", "those")
            foot = f"{whole} of these {matches} everything; --exact lists only {those}"
    else:
        rows = base.facts(query, with_sources=output.with_sources, forward=request.reverse, limit=request.limit)
        if any(len(clause) > 1 for clause in query.filters):
            from kyrgyz_relations.hints import unfound

            remarks = (*remarks, *unfound(base, query))
    if not output.format.for_people:
        return Answer("fact", rows, remarks=remarks, status=status)
    from kyrgyz_relations import hints
    from kyrgyz_relations.views import headings

    title, rows = headings.title(base, query), [*rows]
    if not rows and output.format.name == "table" and output.drawn and query.filters and not request.exact:
        # A person is shown what may have been meant, or what is closest.
        remarks = (*remarks, *hints.why_nothing(base, query))
        query, title, status = hints.meant(base, query), ("Closest",), NOTHING
        rows = [*base.numbered([n for n, _ in ranked(base, query, CLOSEST)], with_sources=True)]
    about = headings.about(base, query)

    def draw(canvas: Canvas) -> RenderableType:
        return draw_list(base, query, rows, canvas, title, about, foot)

    return Answer("fact", rows, title, about, draw, remarks=remarks, status=status)


def draw_list(
    base: Search,
    query: Query,
    rows: Sequence[Row],
    canvas: Canvas,
    title: Sequence[str],
    about: Sequence[str] = (),
    foot: str = "",
) -> RenderableType:
    """Draw facts under what was asked for, with a foot below them."""
    from kyrgyz_relations.hints import marks
    from kyrgyz_relations.output import canvas as ui
    from kyrgyz_relations.views.headings import understood

    count = f"{len(rows)} fact{'s' * (len(rows) != 1)}"
    span = _years(rows)
    head = ui.title(title, f"{count}, {span}" if len(rows) > 1 and span else count)
    parts: list[RenderableType] = []
    if query.filters and query.filters[0][0].kind == "partner" and about:
        name, *lines = about
        parts += [ui.Text(name, ui.HEAD), *(ui.Text(ui.fit(line, canvas.measure)) for line in lines), ui.Text(), head]
    else:
        parts += [head, *(ui.Text(f"{ui.fit(line, canvas.measure)}\n", ui.QUIET) for line in about)]
    names = {**base.names("partner"), **base.names("theme")}
    parts.append(ui.fact_list(rows, canvas, names, understood(query), marks(query)))
    if foot:
        parts.append(ui.Text(foot, ui.QUIET))
    return ui.Group(*parts)


def _years(rows: Sequence[Row]) -> str:
    years = [row["date"][:4] for row in rows if row["date"][:4].isdigit()]
    return "–".join(dict.fromkeys((min(years), max(years)))) if years else ""


def fact(ask: Ask) -> Answer:
    """Print facts whole, by their ids."""
    base, words = ask.base, ask.request.words
    if len(words) > _MOST_IDS:
        raise RelationsError(f"fact takes at most {_MOST_IDS} ids")
    wanted = [Term("fact", word.casefold(), word) for word in words]
    rows = [*base.facts(Query((tuple(wanted),)), with_sources=True, forward=True)]
    found = {row["id"] for row in rows}
    missing = Query(tuple((term,) for term in wanted if term.key not in found))
    remarks: tuple[str, ...] = ()
    if missing.filters:
        from kyrgyz_relations.hints import why_nothing

        remarks = why_nothing(base, missing)
    status = NOTHING if missing.filters else FOUND
    title = tuple(row["id"] for row in rows)

    def draw(canvas: Canvas) -> RenderableType:
        return _whole(base, rows, canvas)

    return Answer("fact", rows, title, (), draw, remarks=remarks, status=status)


def _whole(base: Search, rows: Sequence[Row], canvas: Canvas) -> RenderableType:
    from kyrgyz_relations.output import canvas as ui

    partners, themes = base.names("partner"), base.names("theme")
    lines: list[RenderableType] = []

    def labelled(label: str, value: str, style: ui.Style | None = None) -> None:
        for number, line in enumerate(ui.fit(value, canvas.measure - _LABEL).split("\n")):
            lines.append(
                ui.Text(f"{label if number == 0 else '':<{_LABEL}}", ui.QUIET).append(
                    line, style or ui.Style(dim=False)
                )
            )

    for row in rows:
        lines += [ui.Text(row["id"], ui.KEY), ui.Text(ui.fit(row["text"], canvas.measure), ui.HEAD), ui.Text()]
        labelled("Date", for_people(row["date"]))
        labelled("Kind", row["kind"])
        labelled("Partners", ", ".join(partners[key] for key in row["partners"]))
        labelled("Themes", ", ".join(themes[key] for key in row["themes"]))
        if row["note"]:
            labelled("Note", row["note"])
        for number, source in enumerate(row["sources"]):
            link = ui.Style(dim=False, link=source["url"]) if canvas.linked else None
            labelled("Sources" if number == 0 else "", source["title"], link)
            published = f", {for_people(source['published'])}" if source["published"] else ""
            labelled("", f"{source['publisher']}{published} ({source['kind']}, {source['lang']})", ui.QUIET)
            # In one piece, however long, so that it can be copied.
            lines.append(ui.Text(" " * _LABEL + source["url"], ui.QUIET, no_wrap=True, overflow="ignore"))
        lines.append(ui.Text())
    return ui.Group(*lines[:-1])
