"""Series of figures: which there are, and the values of those asked for, as bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kyrgyz_relations.dates import for_people
from kyrgyz_relations.language import counted, fold
from kyrgyz_relations.query import Query
from kyrgyz_relations.records import decimal
from kyrgyz_relations.terms import Term
from kyrgyz_relations.views import Answer, Ask, Row, Search, made, ui

# Kinds of term that may name a series.
_NAMING = ("partner", "group", "theme", "text")
_QUALIFIERS = {"about": "~", "over": ">", "under": "<"}
_JOINS = "JOIN figures ON figures.fact = n JOIN series ON series.key = figures.series"


def answer(ask: Ask) -> Answer:
    """List the series, or print the figures of those whose names have all words, or else of the facts found."""
    base, query = ask.base, ask.query
    if not ask.request.asks:
        return made(ask, "series", every(base), _list)
    wanted = query
    if keys := called(base, query):
        # What names the series is used up; all else narrows their figures.
        naming = ("series",) if any(term.kind == "series" for (term, *_) in query.clauses) else _NAMING
        rest = [clause for clause in query.clauses if not all(term.kind in naming for term in clause)]
        wanted = Query((*rest, tuple(Term("series", key, key) for key in keys)), query.excluded)

    def nothing() -> str:
        about = Query(tuple(clause for clause in query.filters if any(term.span is None for term in clause)))
        count = base.count(about) if about.filters else 0
        when = "of that time" if len(about.filters) < len(query.filters) else "of a series"
        return f"{counted(count, 'fact')}, but none gives a figure {when}" if count else ""

    return made(ask, "figure", figures(base, wanted), _draw, chart=True, nothing=nothing)


def every(base: Search) -> Iterator[Row]:
    """Give all series, those without figures, too."""
    dated = "(SELECT date FROM figures WHERE series = key ORDER BY {} LIMIT 1)"
    return base.rows(
        "SELECT key, name, unit, summary, (SELECT count(*) FROM figures WHERE series = key) AS figures,"
        f" {dated.format('start')} AS first, {dated.format('start DESC')} AS last FROM series ORDER BY key"
    )


def figures(base: Search, query: Query) -> Iterator[Row]:
    """Give the figures of the facts found, series by series; times and series in the query are those of the figures."""
    own = {"dates": "figure-dates", "series": "figure-series"}
    *asked, excluded = (
        tuple(term._replace(kind=own.get(term.kind, term.kind)) for term in clause)
        for clause in (*query.filters, query.excluded)
    )
    rows = base.tally(
        "figures.series, series.name, figures.date, value, series.unit, qualifier, id AS fact, text, series.summary, n",
        query._replace(filters=tuple(asked), excluded=excluded),
        'ORDER BY figures.series, figures."end", figures.start',
        joins=_JOINS,
    )
    for row in rows:
        row["sources"] = base.sources_of([row["n"]])[row["n"]]
        yield {**row, "url": row["sources"][0]["url"]}


def called(base: Search, query: Query) -> list[str]:
    """Find the series that are named, or whose names have all that a query names."""
    named = [term.key for clause in query.filters for term in clause if term.kind == "series"]
    if named:
        return named
    clauses = [clause for clause in query.clauses if all(term.kind in _NAMING for term in clause)]
    sql = "SELECT name FROM names WHERE kind IN (?, 'code') AND key = ?"
    asked = [
        [
            _words(name)
            for term in clause
            # All names of what it names.
            for (name,) in ([(term.key,)] if term.kind == "text" else base.execute(sql, (term.kind, term.key)))
        ]
        for clause in clauses
    ]
    words = {row["key"]: _words(f"{row['key']} {row['name']}") for row in every(base)} if asked else {}
    return [key for key, words in words.items() if all(any(name <= words for name in names) for names in asked)]


def _words(text: str) -> set[str]:
    """Give the words of a name, singular and plural alike."""
    letters = "".join(letter if letter.isalnum() else " " for letter in fold(text))
    return {word.removesuffix("s") for word in letters.split()}


def _list(rows: Sequence[Row], _: object, __: ui.Canvas) -> ui.RenderableType:
    figures = ui.Column("Figures", justify="right")
    table = ui.open_table(ui.Column("Key", style=ui.KEY, no_wrap=True), "Name", figures, "Time")
    for row in rows:
        name = ui.Text(row["name"]).append(f", {row['unit']}", ui.QUIET)
        table.add_row(row["key"], name, str(row["figures"]), ui.years(row["first"], row["last"]))
    return table


def _draw(rows: Sequence[Row], _: object, canvas: ui.Canvas) -> ui.RenderableType:
    parts: list[ui.RenderableType] = []
    for _, some in groupby(rows, lambda row: row["series"]):
        found = [*some]
        parts.append(ui.Text(found[0]["name"], ui.HEAD).append(f"  {found[0]['unit']}", ui.NOT_BOLD + ui.QUIET))
        if found[0]["summary"]:
            parts.append(ui.Text(found[0]["summary"], ui.QUIET))
        parts += [_bars(found, canvas), ui.Text()]
    return ui.Group(*parts[:-1])


def _bars(rows: Sequence[Row], canvas: ui.Canvas) -> ui.Table:
    width = min(canvas.width, 120)
    most = max((row["value"] for row in rows), default=0)
    times = [for_people(row["date"], short=True) for row in rows]
    values = [f"{_QUALIFIERS.get(row['qualifier'], '')}{decimal(row['value'], grouped=True)}" for row in rows]
    publishers = [row["sources"][0]["publisher"] for row in rows]
    source_width = min(max(map(ui.cell_len, publishers)), max(width // 4, 12))
    room = max(width - max(map(len, times)) - max(map(len, values)) - source_width - 8, 8)
    table = ui.open_table(
        ui.Column(style=ui.DATE, no_wrap=True),
        ui.Column(justify="right", no_wrap=True, min_width=max(map(len, values))), ui.Column(no_wrap=True),
        ui.Column(no_wrap=True, max_width=source_width, overflow="ellipsis"), heads=False,
    )  # fmt: skip
    for row, time, value in zip(rows, times, values, strict=True):
        # A part of a year is not to be taken for a year, nor for a day's stock.
        partial = "-" in row["date"] and "/" in row["date"]
        bar = ui.bar(row["value"], most, min(room, 60))
        link = ui.Style(dim=True, link=row["url"] if canvas.linked else None)
        source = ui.Text(row["sources"][0]["publisher"], link)
        table.add_row(time, value, ui.Text("▒" * len(bar) if partial else bar, ui.KEY), source)
    return table
