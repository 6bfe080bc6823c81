"""The lists of partners, themes and sources, and the overview."""

from __future__ import annotations

from functools import partial

from kyrgyz_relations.dates import for_people
from kyrgyz_relations.factbase import lists
from kyrgyz_relations.views import made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rich.console import RenderableType

    from kyrgyz_relations.output.canvas import Canvas
    from kyrgyz_relations.records import Answer, Row
    from kyrgyz_relations.views import Ask

# In a table; a longer one is broken.
_LONGEST_KEY = 24
_MOST_IN_OVERVIEW = 12


def partners(ask: Ask) -> Answer:
    """List the partners that a query names, or else those of the facts that it finds."""
    return _answer(ask, "partner", lists.partners(ask.base, ask.query), _partners)


def themes(ask: Ask) -> Answer:
    """List the themes of the facts that a query finds."""
    return _answer(ask, "theme", lists.themes(ask.base, ask.query), _themes)


def sources(ask: Ask) -> Answer:
    """List the sources of the facts that a query finds."""
    return made(ask, "source", lists.sources(ask.base, ask.query), _sources)


def _answer(ask: Ask, record: str, rows: Iterable[Row], draw: Callable[..., RenderableType]) -> Answer:
    asked = bool(ask.query.clauses)
    if ask.output.format.for_people and asked:
        # Scripts can rely on the order of the keys; people want to see first who or what matters.
        rows = sorted(rows, key=lambda row: -row["facts"])
    return made(ask, record, rows, partial(draw, asked))


def _partners(asked: bool, rows: Sequence[Row], _: object, __: Canvas) -> RenderableType:  # noqa: FBT001  # bound by partial
    """List partners: those of a query with the time of its facts, else with the beginning of relations."""
    from kyrgyz_relations.output import canvas as ui

    table = ui.open_table(
        ui.Column("Key", style=ui.KEY, overflow="fold", max_width=_LONGEST_KEY), ui.Column("Name", overflow="fold"),
        ui.Column("Code", style=ui.QUIET), ui.Column("Facts", justify="right"),
        ui.Column("Time" if asked else "Since", no_wrap=asked),
    )  # fmt: skip
    for row in rows:
        time = ui.years(row["first"], row["last"]) if asked else ui.begun(row["since"])
        table.add_row(row["key"], ui.Text(row["name"]), row["iso2"], str(row["facts"]), time)
    return table


def _themes(_: bool, rows: Sequence[Row], __: object, ___: Canvas) -> RenderableType:  # noqa: FBT001  # as above
    from kyrgyz_relations.output import canvas as ui

    table = ui.open_table(
        ui.Column("Key", style=ui.KEY, overflow="fold", max_width=_LONGEST_KEY), ui.Column("Name", overflow="fold"),
        ui.Column("Facts", justify="right"), ui.Column("Time", no_wrap=True), ui.Column("Covers", overflow="fold"),
    )  # fmt: skip
    for row in rows:
        time = ui.years(row["first"], row["last"])
        table.add_row(row["key"], ui.Text(row["name"]), str(row["facts"]), time, ui.Text(row["summary"]))
    return table


def _sources(rows: Sequence[Row], _: object, canvas: Canvas) -> RenderableType:
    from kyrgyz_relations.output import canvas as ui

    date_width = 12
    lines: list[RenderableType] = []
    for row in rows:
        published = for_people(row["published"], short=True) if row["published"] else ""
        title, *more = ui.fit(row["title"], canvas.measure - date_width).split("\n")
        link = ui.Style(link=row["url"]) if canvas.linked else ui.Style()
        lines.append(ui.Text(f"{published:<{date_width}}", ui.DATE).append(title, ui.Style(color="default") + link))
        indent = " " * date_width
        lines += [ui.Text(indent + line, link) for line in more]
        count = f"{row['facts']} fact{'s' * (row['facts'] != 1)}"
        remark = f"{row['publisher']} ({row['kind']}, {row['lang']}) · {count}"
        lines += [ui.Text(indent + line, ui.QUIET) for line in ui.fit(remark, canvas.measure - date_width).split("\n")]
        # In one piece, however long, so that it can be copied.
        lines.append(ui.Text(indent + row["url"], ui.QUIET, no_wrap=True, overflow="ignore"))
    return ui.Group(*lines)


def overview(ask: Ask) -> Answer:
    """Show what the fact base holds."""

    def draw(rows: Sequence[Row], _: object, __: Canvas) -> RenderableType:
        found = {"Partners": [*lists.partners(ask.base, ask.query)], "Themes": [*lists.themes(ask.base, ask.query)]}
        return _overview(rows[0], found)

    about = lists.about(ask.base)
    return made(ask, "overview", (about,), draw)._replace(title=(about["title"],))


def _overview(row: Row, found: dict[str, list[Row]]) -> RenderableType:
    from kyrgyz_relations.output import canvas as ui

    counts = ", ".join(
        f"{row[name]} {name.removesuffix('s') if row[name] == 1 else name}"
        for name in ("facts", "partners", "themes", "sources")
    )
    found["Partners"] = sorted(found["Partners"], key=lambda one: (-one["facts"], one["key"]))[:_MOST_IN_OVERVIEW]
    table = ui.open_table(ui.Column(style=ui.QUIET), "", heads=False)
    for label, records in found.items():
        items = [ui.Text(one["key"], ui.KEY).append(f" {one['facts']}", ui.QUIET) for one in records if one["facts"]]
        table.add_row(label, ui.Columns(items, padding=(0, 2)))
    if row["examples"]:
        table.add_row("Try", ui.Text("\n").join(ui.Text(f"relations {example}") for example in row["examples"]))
    table.add_row("More", ui.Text("relations partners\nrelations themes\nrelations sources\nrelations --help"))
    counts += f"; checked up to {for_people(row['as_of'])}"
    return ui.Group(ui.Text().append(row["title"], ui.HEAD).append(f"\n{counts}\n", ui.QUIET), table)
