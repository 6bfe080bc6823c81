"""The coverage: what the fact base holds of each year, theme, kind, partner and source, and where it is thin."""

from __future__ import annotations

from itertools import groupby

from kyrgyz_relations.factbase import lists
from kyrgyz_relations.views import made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.console import RenderableType

    from kyrgyz_relations.factbase.search import Search
    from kyrgyz_relations.output.canvas import Canvas, Text
    from kyrgyz_relations.query import Query
    from kyrgyz_relations.records import Answer, Row
    from kyrgyz_relations.views import Ask

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

    def draw(rows: Sequence[Row], title: Sequence[str], canvas: Canvas) -> RenderableType:
        names = {"theme": ask.base.names("theme"), "partner": ask.base.names("partner")}
        return _draw(rows, title, names, lists.about(ask.base), canvas)

    return made(ask, "coverage", _coverage(ask.base, ask.query), draw, chart=True)


def _coverage(base: Search, query: Query) -> Iterator[Row]:
    for dimension, (key, joins) in _DIMENSIONS.items():
        order = "key" if dimension == "year" else "facts DESC, key"
        yield from base.tally(
            f"'{dimension}' AS \"by\", {key} AS key, count(DISTINCT n) AS facts,"
            f" count(DISTINCT cited.source) AS sources, {_ONE} AS one_source",
            query,
            f"GROUP BY {key} HAVING {key} IS NOT NULL ORDER BY {order}",
            joins=f"{joins} {_SOURCES}",
        )


def _draw(
    rows: Sequence[Row], title: Sequence[str], names: Mapping[str, Mapping[str, str]], about: Row, canvas: Canvas
) -> RenderableType:
    from kyrgyz_relations.output import canvas as ui

    by = {name: [*some] for name, some in groupby(rows, lambda row: row["by"])}
    parts: list[RenderableType] = [ui.title(title), ui.Text()] if title else []
    for name, some in by.items():
        known = names.get(name, {})
        shown = some if name in ("year", "theme", "kind") else some[:_MOST_ROWS]
        bars = [
            (
                known.get(row["key"], row["key"]),
                row["facts"],
                f"{row['one_source']} single-sourced" * bool(row["one_source"]),
            )
            for row in shown
        ]
        rest = f", and {len(some) - len(shown)} more" if len(shown) < len(some) else ""
        head = ui.Text(f"Facts by {'kind of source' if name == 'source-kind' else name}", ui.HEAD)
        parts += [head.append(rest, ui.NOT_BOLD + ui.QUIET), ui.bar_table(bars, canvas.measure), ui.Text()]
    return ui.Group(*parts, _thin(by, names["theme"], about))


def _thin(by: Mapping[str, Sequence[Row]], themes: Mapping[str, str], about: Row) -> Text:
    from kyrgyz_relations.output import canvas as ui

    text = ui.Text("Where it is thin", ui.HEAD)
    all_years = range(int((about["first"] or about["as_of"])[:4]), int(about["as_of"][:4]) + 1)
    for name, plural, known in (("year", "Years", map(str, all_years)), ("theme", "Themes", themes)):
        counts = dict.fromkeys(known, 0) | {row["key"]: row["facts"] for row in by.get(name, ())}
        fewest = sorted(counts, key=lambda key: (counts[key], key))[:_FEWEST]
        text.append(f"\n{plural} with the fewest of these facts: ", ui.QUIET)
        text.append(", ".join(f"{key} ({counts[key]})" for key in fewest), ui.NOT_BOLD)
    missing = about["partners"] - len(by.get("partner", ()))
    one = sum(row["one_source"] for row in by.get("kind", ()))
    total = sum(row["facts"] for row in by.get("kind", ()))
    text.append("\nPartners without any of them: ", ui.QUIET).append(str(missing), ui.NOT_BOLD)
    return text.append("\nWith a single source: ", ui.QUIET).append(f"{one} of {total}", ui.NOT_BOLD)
