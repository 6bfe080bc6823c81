"""The lists of partners, themes and sources, and the overview."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from kyrgyz_relations.dates import for_people
from kyrgyz_relations.factbase import lists
from kyrgyz_relations.language import counted
from kyrgyz_relations.query import Query
from kyrgyz_relations.terms import Term
from kyrgyz_relations.views import Answer, Ask, Row, Search, headings, made, ui
from kyrgyz_relations.views.series import called

# In a table; a longer one is broken.
_LONGEST_KEY = 24
_MOST_IN_OVERVIEW = 12
_DATE_WIDTH = 12


def partners(ask: Ask) -> Answer:
    """List the partners that a query names, or else those of the facts that it finds; of one its profile."""
    return _answer(ask, "partner", lists.partners(ask.base, ask.query), _partners)


def themes(ask: Ask) -> Answer:
    """List the themes of the facts that a query finds."""
    return _answer(ask, "theme", lists.themes(ask.base, ask.query), _themes)


def sources(ask: Ask) -> Answer:
    """List the sources of the facts that a query finds."""
    return made(ask, "source", lists.sources(ask.base, ask.query), _sources)


def _answer(ask: Ask, record: str, rows: Iterable[Row], draw: Callable[..., ui.RenderableType]) -> Answer:
    if ask.output.format.for_people and ask.query.clauses:
        # Scripts can rely on the order of the keys; people want to see first who or what matters.
        rows = sorted(rows, key=lambda row: -row["facts"])
    return made(ask, record, rows, partial(draw, ask))


def _partners(ask: Ask, rows: Sequence[Row], _: object, canvas: ui.Canvas) -> ui.RenderableType:
    """List partners: those of a query with the time of its facts, else with the beginning of relations."""
    about = headings.about(ask.base, ask.query)
    if about and len(rows) == 1:
        return _profile(ask.base, rows[0]["key"], about, canvas)
    asked = bool(ask.query.clauses)
    time = ui.Column("Time" if asked else "Since", no_wrap=asked)
    table = _keyed(ui.Column("Code", style=ui.QUIET), ui.Column("Facts", justify="right"), time)
    for row in rows:
        time_of = ui.years(row["first"], row["last"]) if asked else ui.begun(row["since"])
        table.add_row(row["key"], ui.Text(row["name"]), row["iso2"], str(row["facts"]), time_of)
    return table


def _keyed(*columns: ui.Column) -> ui.Table:
    """Make a table that begins with keys and names."""
    key = ui.Column("Key", style=ui.KEY, overflow="fold", max_width=_LONGEST_KEY)
    return ui.open_table(key, ui.Column("Name", overflow="fold"), *columns)


def _themes(_: Ask, rows: Sequence[Row], __: object, ___: ui.Canvas) -> ui.RenderableType:
    time, covers = ui.Column("Time", no_wrap=True), ui.Column("Covers", overflow="fold")
    table = _keyed(ui.Column("Facts", justify="right"), time, covers)
    for row in rows:
        years = ui.years(row["first"], row["last"])
        table.add_row(row["key"], ui.Text(row["name"]), str(row["facts"]), years, ui.Text(row["summary"]))
    return table


def _profile(base: Search, key: str, about: Sequence[str], canvas: ui.Canvas) -> ui.RenderableType:
    """Draw who a partner is, its latest fact and its series."""
    query = Query(((Term("partner", key, key),),))
    parts = [headings.draw_profile(base, key, about, canvas), ui.Text()]
    if latest := [*base.facts(query, limit=1)]:
        listed = ui.fact_list(latest, canvas, headings.names(base), headings.understood(query))
        parts += [ui.Text("Latest", ui.QUIET), listed]
    if keys := called(base, query):
        parts.append(ui.Text(f"Series: {', '.join(keys)}", ui.QUIET))
    return ui.Group(*parts, ui.Text(f"More: relations {key}, relations timeline {key}", ui.QUIET))


def _sources(rows: Sequence[Row], _: object, canvas: ui.Canvas) -> ui.RenderableType:
    lines: list[ui.RenderableType] = []
    indent, width = " " * _DATE_WIDTH, canvas.measure - _DATE_WIDTH
    for row in rows:
        published = for_people(row["published"], short=True) if row["published"] else ""
        title, *more = ui.fit(row["title"], width).split("\n")
        link = ui.Style(link=row["url"]) if canvas.linked else ui.Style()
        lines.append(ui.Text(f"{published:<{_DATE_WIDTH}}", ui.DATE).append(title, ui.Style(color="default") + link))
        lines += [ui.Text(indent + line, link) for line in more]
        remark = ui.fit(f"{row['publisher']} ({row['kind']}, {row['lang']}) · {counted(row['facts'], 'fact')}", width)
        lines += [ui.Text(indent + line, ui.QUIET) for line in remark.split("\n")]
        lines.append(ui.address(row["url"], _DATE_WIDTH))
    return ui.Group(*lines)


def overview(ask: Ask) -> Answer:
    """Show what the fact base holds."""
    about = lists.about(ask.base)
    return made(ask, "overview", (about,), partial(_overview, ask), title=(about["title"],))._replace(whole=True)


def _overview(ask: Ask, rows: Sequence[Row], title: Sequence[str], _: ui.Canvas) -> ui.RenderableType:
    (row,) = rows
    counts = ", ".join(
        f"{row[name]} {name.removesuffix('s') if row[name] == 1 else name}"
        for name in ("facts", "partners", "themes", "sources")
    )
    partners = sorted(lists.partners(ask.base, ask.query), key=lambda one: -one["facts"])[:_MOST_IN_OVERVIEW]
    table = ui.open_table(ui.Column(style=ui.QUIET), "", heads=False)
    for label, records in (("Partners", partners), ("Themes", lists.themes(ask.base, ask.query))):
        items = [ui.Text(one["key"], ui.KEY).append(f" {one['facts']}", ui.QUIET) for one in records if one["facts"]]
        table.add_row(label, ui.Columns(items, padding=(0, 2)))
    if row["examples"]:
        table.add_row("Try", ui.Text("\n".join(f"relations {example}" for example in row["examples"])))
    table.add_row("More", ui.Text("relations partners\nrelations themes\nrelations sources\nrelations --help"))
    counts += f"; checked up to {for_people(row['as_of'])}"
    return ui.Group(ui.Text(title[0], ui.HEAD), ui.Text(f"{counts}\n", ui.QUIET), table)
