"""Partners and groups side by side."""

from __future__ import annotations

from collections import Counter

from kyrgyz_relations.dates import for_people, period_of
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.factbase import lists
from kyrgyz_relations.language import printable
from kyrgyz_relations.query import Query, Term
from kyrgyz_relations.records import decimal
from kyrgyz_relations.views import made, series

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from kyrgyz_relations.factbase.search import Search
    from kyrgyz_relations.output.canvas import Canvas, Text
    from kyrgyz_relations.records import Answer, Row
    from kyrgyz_relations.views import Ask

_MOST_COMPARED = 5
_LATEST, _LONGEST = 2, 120
_MOST_SERIES = 3


def answer(ask: Ask) -> Answer:
    """Put two to five partners or groups side by side; other words narrow the facts."""
    base, query = ask.base, ask.query
    named: dict[tuple[str, str], Term] = {}
    rest = []
    for clause in query.clauses:
        if all(term.kind in ("partner", "group") for term in clause):
            for term in clause:
                named.setdefault((term.kind, term.key), term)
        else:
            rest.append(clause)
    compared = [*named.values()]
    if not 2 <= len(compared) <= _MOST_COMPARED:  # one alone is not compared
        known = ", ".join(term.word for term in compared) or "none"
        strange = [term.word for clause in rest for term in clause if term.kind in ("text", "unknown")]
        said = f"{known}; no partner is called {', '.join(strange)}" if strange else known
        raise RelationsError(f"compare takes 2 to {_MOST_COMPARED} partners or groups; named are {printable(said)}")
    others = Query(tuple(rest), query.excluded)
    everyone = others._replace(filters=(*((term,) for term in compared), *rest))
    rows = [*_rows(base, compared, others, base.count(everyone))]
    if not any(row["facts"] for row in rows):
        rows = []

    def draw(found: list[Row], title: tuple[str, ...], canvas: Canvas) -> RenderableType:
        return _draw(base, compared, others, found, title, canvas)

    return made(ask._replace(query=everyone._replace(remarks=query.remarks)), "comparison", rows, draw, chart=True)


def _rows(base: Search, compared: Sequence[Term], rest: Query, with_all: int) -> Iterator[Row]:
    for term in compared:
        row: Row = {"key": term.key, "name": base.name_of(term.kind, term.key), "since": None, "organizations": []}
        if term.kind == "partner":
            profile = lists.profile(base, term.key)
            row |= {"since": profile["since"], "organizations": profile["shared"]}
        own = rest._replace(filters=((term,), *rest.filters))
        (found,) = base.spans(own)
        row |= found
        row["themes"] = {
            theme["theme"]: theme["facts"]
            for theme in base.tally(
                "theme, count(*) AS facts",
                own,
                "GROUP BY theme ORDER BY facts DESC, theme",
                joins="JOIN fact_themes ON fact_themes.fact = n",
            )
        }
        row["with_all"] = with_all
        yield row


def _draw(
    base: Search, compared: Sequence[Term], rest: Query, rows: Sequence[Row], title: Sequence[str], canvas: Canvas
) -> RenderableType:
    """Put partners side by side: figures and facts first, counts last, and below what they share."""
    from kyrgyz_relations.output import canvas as ui

    width = min(canvas.width, 160)
    label_width = min(width // 5, 16)
    narrow = max((width - label_width) // len(rows) - 2, 7)
    heads = [ui.Column(ui.Text(row["name"], ui.HEAD), max_width=narrow, overflow="fold", ratio=1) for row in rows]
    table = ui.open_table(
        ui.Column(style=ui.QUIET, min_width=label_width, max_width=label_width, overflow="fold"), *heads
    )
    table.add_row("Since", *(ui.Text(ui.begun(row["since"])) for row in rows))
    themes = frozenset(term.key for clause in rest.filters for term in clause if term.kind == "theme")
    table.add_row("Figures", *(_figures(base, term, themes) for term in compared))
    queries = [rest._replace(filters=((term,), *rest.filters)) for term in compared]
    facts = [[*base.facts(query, with_sources=False)] for query in queries]
    table.add_row("Latest", *(_latest(found[:_LATEST]) for found in facts))
    table.add_row("Members of", *(ui.Text(", ".join(row["organizations"]) or "–") for row in rows))
    years = sorted({year for found in facts for fact in found if (year := period_of(fact["date"], "year"))})
    counts = [Counter(period_of(fact["date"], "year") for fact in found) for found in facts]
    if years:
        span = [f"{year:04}" for year in range(int(years[0]), int(years[-1]) + 1)]
        step = -(-len(span) // max(narrow, 1))
        steps = [span[start : start + step] for start in range(0, len(span), step)]
        summed = [[sum(count[year] for year in part) for part in steps] for count in counts]
        most = max(max(line) for line in summed)
        label = f"Facts a year, {years[0]}–{years[-1]}" if step == 1 else f"Facts, {years[0]}–{years[-1]}"
        table.add_row(label, *(ui.Text(ui.sparkline(line, most), ui.DATE) for line in summed))
    table.add_row("Facts", *(str(row["facts"]) for row in rows))
    named = base.names("theme")
    for theme in sorted(
        {key for row in rows for key in row["themes"]}, key=lambda key: -sum(row["themes"].get(key, 0) for row in rows)
    ):
        table.add_row(
            ui.Padding(ui.Text(named[theme]), (0, 0, 0, 2)), *(ui.heat(row["themes"].get(theme, 0)) for row in rows)
        )
    shared = [*base.facts(rest._replace(filters=(*((term,) for term in compared), *rest.filters)), with_sources=False)]
    common = ui.Text(f"\n{len(shared)} fact{'s' * (len(shared) != 1)} about all of them", ui.HEAD)
    listed = ui.open_table(
        ui.Column(style=ui.DATE, no_wrap=True), ui.Column(overflow="fold", max_width=ui.WIDEST), heads=False
    )
    for row in shared[:3]:
        listed.add_row(for_people(row["date"], short=True), ui.Text(row["text"]))
    return ui.Group(ui.title(title), ui.Text(), table, common, listed)


def _figures(base: Search, term: Term, themes: frozenset[str]) -> Text:
    """Write the latest figure of each series whose facts are about a partner, and on the themes asked for."""
    from kyrgyz_relations.output import canvas as ui

    filters = ((term,), *((Term("theme", key, key),) for key in sorted(themes)))
    latest: dict[str, Row] = {}
    for figure in series.figures(base, Query(filters)):
        if term.key in figure["series"]:
            latest[figure["series"]] = figure
    text = ui.Text()
    for figure in sorted(latest.values(), key=lambda figure: figure["date"], reverse=True)[:_MOST_SERIES]:
        value = f"{decimal(figure['value'], grouped=True)} {figure['unit']}"
        text.append(f"{figure['name']}: ", ui.QUIET).append(value).append(
            f", {for_people(figure['date'], short=True)}\n", ui.DATE
        )
    return text if latest else ui.Text("–")


def _latest(facts: Sequence[Row]) -> Text:
    from textwrap import shorten

    from kyrgyz_relations.output import canvas as ui

    text = ui.Text()
    for row in facts:
        text.append(f"{for_people(row['date'], short=True)}  ", ui.DATE).append(
            f"{shorten(row['text'], _LONGEST, placeholder='…')}\n"
        )
    return text
