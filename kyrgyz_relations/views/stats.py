"""The coverage: what the fact base holds of each year, theme, kind, partner and source, and where it is thin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby

from kyrgyz_relations.factbase import lists
from kyrgyz_relations.views import Answer, Ask, Row, Search, made, ui

# For each dimension how its key is written, and what has to be joined for it.
_DIMENSIONS = {
    "year": ("substr(start, 1, 4)", ""),
    "theme": ("theme", "JOIN fact_themes ON fact_themes.fact = n"),
    "kind": ("facts.kind", ""),
    "partner": ("partner", "JOIN fact_partners ON fact_partners.fact = n"),
    "source-kind": ("s.kind", ""),
    "language": ("lang", ""),
    "publisher": ("publisher", ""),
}
_SOURCES = "JOIN fact_sources AS cited ON cited.fact = n JOIN sources AS s ON s.key = cited.source"
_ONE = "count(DISTINCT n) FILTER (WHERE (SELECT count(*) FROM fact_sources WHERE fact = n) = 1)"
# What is shown of dimensions that have no end, and of what is thin.
_MOST_ROWS, _FEWEST = 12, 5


def answer(ask: Ask) -> Answer:
    """Count the facts found, their sources, and how many rest on one source, in each dimension."""
    rows = (
        row
        for dimension, (key, joins) in _DIMENSIONS.items()
        for row in ask.base.tally(
            f"'{dimension}' AS \"by\", {key} AS key, count(DISTINCT n) AS facts,"
            f" count(DISTINCT cited.source) AS sources, {_ONE} AS one_source",
            ask.query,
            f"GROUP BY {key} HAVING {key} IS NOT NULL ORDER BY {'key' if dimension == 'year' else 'facts DESC, key'}",
            joins=f"{joins} {_SOURCES}",
        )
    )
    return made(ask, "coverage", rows, partial(_draw, ask.base), chart=True)


def _draw(base: Search, rows: Sequence[Row], title: Sequence[str], canvas: ui.Canvas) -> ui.RenderableType:
    by = {name: [*some] for name, some in groupby(rows, lambda row: row["by"])}
    parts: list[ui.RenderableType] = [ui.title(title), ui.Text()] if title else []
    for name, some in by.items():
        known: Mapping[str, str] = base.names(name) if name in ("theme", "partner") else {}
        shown = some if name in ("year", "theme", "kind") else some[:_MOST_ROWS]
        bars = [
            (
                known.get(row["key"]) or row["key"],
                row["facts"],
                f"{row['one_source']} single-sourced" * (row["one_source"] > 0),
            )
            for row in shown
        ]
        rest = f", and {len(some) - len(shown)} more" if len(shown) < len(some) else ""
        head = ui.Text(f"Facts by {'kind of source' if name == 'source-kind' else name}", ui.HEAD)
        parts += [head.append(rest, ui.NOT_BOLD + ui.QUIET), ui.bar_table(bars, canvas.measure), ui.Text()]
    return ui.Group(*parts, _thin(by, base.names("theme"), lists.about(base)))


def _thin(by: Mapping[str, Sequence[Row]], themes: Mapping[str, str], about: Row) -> ui.Text:
    text = ui.Text("Where it is thin", ui.HEAD)
    all_years = range(int((about["first"] or about["as_of"])[:4]), int(about["as_of"][:4]) + 1)
    told = {}
    for name, known in (("year", map(str, all_years)), ("theme", themes)):
        counts = dict.fromkeys(known, 0) | {row["key"]: row["facts"] for row in by.get(name, ())}
        fewest = sorted(counts, key=lambda key: (counts[key], key))[:_FEWEST]
        said = ", ".join(f"{key} ({counts[key]})" for key in fewest)
        told[f"{name.capitalize()}s with the fewest of these facts"] = said
    told["Partners without any of them"] = str(about["partners"] - len(by.get("partner", ())))
    one, total = (sum(row[field] for row in by.get("kind", ())) for field in ("one_source", "facts"))
    told["With a single source"] = f"{one} of {total}"
    for label, said in told.items():
        text.append(f"\n{label}: ", ui.QUIET).append(said, ui.NOT_BOLD)
    return text
