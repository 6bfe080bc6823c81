"""Partners and groups side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from kyrgyz_relations.dates import for_people, period_of
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.factbase import lists
from kyrgyz_relations.language import printable
from kyrgyz_relations.query import Query
from kyrgyz_relations.records import decimal
from kyrgyz_relations.terms import Term, did_you_mean
from kyrgyz_relations.views import Answer, Ask, Row, Search, made, series, ui

_MOST_COMPARED, _MOST_SERIES = 5, 3
_LATEST, _LONGEST, _SHARED = 2, 120, 3


def answer(ask: Ask) -> Answer:
    """Put two to five partners or groups side by side; other words narrow the facts."""
    base, query = ask.base, ask.query
    named: dict[tuple[str, str], Term] = {}
    rest = []
    for clause in query.clauses:
        if any(term.kind not in ("partner", "group") for term in clause):
            rest.append(clause)
            continue
        for term in clause:
            named.setdefault((term.kind, term.key), term)
    compared = [*named.values()]
    if not 2 <= len(compared) <= _MOST_COMPARED:  # one alone is not compared
        strange = [term for clause in rest for term in clause if term.kind == "text"]
        told = [
            f'; no partner is called "{term.word}"{did_you_mean(base.suggest(term.word, "partner"))}'
            for term in strange[:3]
        ]
        known = f" ({', '.join(term.word for term in compared)})" if compared else ""
        raise RelationsError(
            printable(
                f"compare takes 2 to {_MOST_COMPARED} partners or groups, not {len(compared)}{known}{''.join(told)}"
            )
        )
    others = Query(tuple(rest), query.excluded)
    everyone = _about(others, *compared)
    rows = [*_rows(base, compared, others, base.count(everyone))]
    asked = ask._replace(query=everyone._replace(remarks=query.remarks))
    found = rows if any(row["facts"] for row in rows) else []
    return made(asked, "comparison", found, partial(_draw, base, compared, others), chart=True)


def _about(query: Query, *terms: Term) -> Query:
    return query._replace(filters=(*((term,) for term in terms), *query.filters))


def _rows(base: Search, compared: Sequence[Term], others: Query, with_all: int) -> Iterator[Row]:
    join = "JOIN fact_themes ON fact_themes.fact = n"
    for term in compared:
        own = _about(others, term)
        profile = lists.profile(base, term.key) if term.kind == "partner" else {"since": None, "shared": []}
        themes = base.tally("theme, count(*) AS facts", own, "GROUP BY theme ORDER BY facts DESC, theme", joins=join)
        yield {
            "key": term.key,
            "name": base.name_of(term.kind, term.key),
            "since": profile["since"],
            "organizations": profile["shared"],
            **next(base.spans(own)),
            "themes": {theme["theme"]: theme["facts"] for theme in themes},
            "with_all": with_all,
        }


def _draw(
    base: Search, compared: Sequence[Term], others: Query, rows: Sequence[Row], title: Sequence[str], canvas: ui.Canvas
) -> ui.RenderableType:
    """Put partners side by side: figures and facts first, counts last, and below what they share."""
    width = min(canvas.width, 160)
    label_width = min(width // 5, 16)
    narrow = max((width - label_width) // len(rows) - 2, 7)
    heads = [ui.Column(ui.Text(row["name"], ui.HEAD), max_width=narrow, overflow="fold", ratio=1) for row in rows]
    labels = ui.Column(style=ui.QUIET, min_width=label_width, max_width=label_width, overflow="fold")
    table = ui.open_table(labels, *heads)
    table.add_row("Since", *(ui.Text(ui.begun(row["since"])) for row in rows))
    table.add_row("Figures", *(_figures(base, term, others) for term in compared))
    facts = [[*base.facts(_about(others, term), with_sources=False)] for term in compared]
    table.add_row("Latest", *(_latest(found[:_LATEST]) for found in facts))
    table.add_row("Members of", *(ui.Text(", ".join(row["organizations"]) or "–") for row in rows))
    counts = [Counter(int(year) for fact in found if (year := period_of(fact["date"], "year"))) for found in facts]
    if years := sorted(set().union(*counts)):
        first, last = years[0], years[-1]
        step = -(-(last - first + 1) // narrow)
        summed = [
            [sum(count[year] for year in range(start, start + step)) for start in range(first, last + 1, step)]
            for count in counts
        ]
        label = f"Facts{' a year' * (step == 1)}, {first:04}–{last:04}"
        most = max(map(max, summed))
        table.add_row(label, *(ui.Text(ui.sparkline(line, most), ui.DATE) for line in summed))
    table.add_row("Facts", *(str(row["facts"]) for row in rows))
    totals: Counter[str] = sum((Counter(row["themes"]) for row in rows), Counter())
    for theme in sorted(totals, key=lambda key: (-totals[key], key)):
        name = ui.Padding(ui.Text(base.names("theme")[theme]), (0, 0, 0, 2))
        table.add_row(name, *(ui.heat(row["themes"].get(theme, 0)) for row in rows))
    shared = [*base.facts(_about(others, *compared), with_sources=False)]
    common = ui.Text(f"\nFacts about all of them: {len(shared)}", ui.HEAD)
    columns = ui.Column(style=ui.DATE, no_wrap=True), ui.Column(overflow="fold", max_width=ui.WIDEST)
    listed = ui.open_table(*columns, heads=False)
    for row in shared[:_SHARED]:
        listed.add_row(for_people(row["date"], short=True), ui.Text(row["text"]))
    return ui.Group(ui.title(title), ui.Text(), table, common, listed)


def _figures(base: Search, term: Term, others: Query) -> ui.Text:
    """Write the latest figure of each series whose facts are about a partner, and on the themes asked for."""
    themes = sorted({other.key for clause in others.filters for other in clause if other.kind == "theme"})
    found = series.figures(base, _about(Query(), term, *(Term("theme", key, key) for key in themes)))
    latest = {figure["series"]: figure for figure in found if term.key in figure["series"]}
    text = ui.Text()
    for figure in sorted(latest.values(), key=lambda figure: figure["date"], reverse=True)[:_MOST_SERIES]:
        value = f"{decimal(figure['value'], grouped=True)} {figure['unit']}"
        text.append(f"{figure['name']}: ", ui.QUIET).append(value)
        text.append(f", {for_people(figure['date'], short=True)}\n", ui.DATE)
    return text if latest else ui.Text("–")


def _latest(facts: Sequence[Row]) -> ui.Text:
    from textwrap import shorten

    text = ui.Text()
    for row in facts:
        text.append(f"{for_people(row['date'], short=True)}  ", ui.DATE)
        text.append(f"{shorten(row['text'], _LONGEST, placeholder='…')}\n")
    return text
