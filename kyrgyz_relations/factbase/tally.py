"""What the views count: facts by time, by partner and theme, by what bears them out."""

from collections.abc import Iterator, Sequence

from kyrgyz_relations.edtf import period_of
from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.query import Query, Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kyrgyz_relations.fields import Row

# For each dimension of the coverage: how its key is written, and what has to be joined for it.
_DIMENSIONS = {
    "year": ("CASE WHEN first > 0 THEN printf('%04d', first / 10000) END", ""),
    "theme": ("theme", "JOIN fact_theme ON fact_theme.fact = n"),
    "kind": ("fact.kind", ""),
    "partner": ("partner", "JOIN fact_partner ON fact_partner.fact = n"),
    "source-kind": ("source.kind", ""),
    "language": ("lang", ""),
    "publisher": ("publisher", ""),
}
_SOURCES = "JOIN fact_source AS bears ON bears.fact = n JOIN source ON source.key = bears.source"


def by_period(rows: Sequence["Row"], unit: str, split: str = "") -> list["Row"]:
    """Count facts by when they began.

    Args:
        rows: The facts.
        unit: "month", "year" or "decade".
        split: "theme" or "partner", by which the facts of a period are counted, or "".

    Returns:
        A row for each period, and each key of the split, with facts; those without a beginning, or for months without
        a month, are left out.
    """
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        period = period_of(row["date"], unit)
        for key in row[f"{split}s"] if split else [""]:
            if period:
                counts[key, period] = counts.get((key, period), 0) + 1
    return [{"key": key or None, "period": period, "facts": facts} for (key, period), facts in sorted(counts.items())]


def cells(search: Search, query: Query) -> Iterator["Row"]:
    """Count the facts found by partner and theme.

    Args:
        search: The fact base.
        query: What finds the facts.

    Yields:
        Rows with the fields of a cell, for each partner and theme that have facts in common.
    """
    joins = "JOIN fact_partner ON fact_partner.fact = n JOIN fact_theme ON fact_theme.fact = n"
    return search.spans(query, ("partner", "theme"), joins=joins)


def coverage(search: Search, query: Query) -> Iterator["Row"]:
    """Count the facts found, their sources, and how many rest on one source, in each dimension.

    Args:
        search: The fact base.
        query: What finds the facts.

    Yields:
        Rows with the fields of a coverage, dimension by dimension: the years in their order, of all else the most
        first.
    """
    one = "count(DISTINCT n) FILTER (WHERE (SELECT count(*) FROM fact_source WHERE fact = n) = 1)"
    for dimension, (key, joins) in _DIMENSIONS.items():
        order = "key" if dimension == "year" else "facts DESC, key"
        yield from search.tally(
            f"'{dimension}' AS \"by\", {key} AS key, count(DISTINCT n) AS facts,"
            f" count(DISTINCT bears.source) AS sources, {one} AS one_source",
            query,
            f"GROUP BY {key} HAVING {key} IS NOT NULL ORDER BY {order}",
            joins=f"{joins} {_SOURCES}",
        )


def comparison(search: Search, compared: Sequence[Term], query: Query) -> Iterator["Row"]:
    """Tell of each partner or group what a comparison needs.

    Args:
        search: The fact base.
        compared: The partners and groups.
        query: What the facts must be about besides.

    Yields:
        Rows with the fields of a comparison, in the order of those compared.
    """
    with_all = search.count([*([term] for term in compared), *query])
    for term in compared:
        row: Row = {"key": term.key, "name": search.names(term.reading)[term.key], "since": None, "organizations": []}
        if term.reading == "partner":
            profile = search.profile(term.key)
            row |= {"since": profile["since"], "organizations": profile["shared"]}
        (found,) = search.spans([[term], *query])
        row |= found
        row["themes"] = {
            theme["theme"]: theme["facts"]
            for theme in search.tally(
                "theme, count(*) AS facts",
                [[term], *query],
                "GROUP BY theme ORDER BY facts DESC, theme",
                joins="JOIN fact_theme ON fact_theme.fact = n",
            )
        }
        row["with_all"] = with_all
        yield row


def memberships(search: Search) -> dict[str, str]:
    """Give the organizations in which the subject is a member, by the ids of the facts with which it became one.

    Args:
        search: The fact base.
    """
    rows = search.tally("id, name", [], "AND fact.kind = 'membership'", joins="JOIN partner ON partner.since = id")
    return {row["id"]: row["name"] for row in rows}


def days(search: Search, query: Query) -> dict[str, int]:
    """Count facts by the day of the year (MM-DD) on which they began; only those that are dated to a day.

    Args:
        search: The fact base.
        query: What finds the facts.
    """
    return {
        row["day"]: row["facts"]
        for row in search.tally(
            "substr(date, 6, 5) AS day, count(*) AS facts",
            query,
            "AND date GLOB '????-??-??*' GROUP BY day ORDER BY day",
        )
    }


def figures(search: Search, query: Query) -> Iterator["Row"]:
    """Give the figures of the facts found, series by series, in the order of their ends.

    Args:
        search: The fact base.
        query: What finds the facts; a time in it is that of the figures, and a series in it is theirs.

    Yields:
        Rows with the fields of a figure, and with the `summary` of its series.
    """
    of_figures = {"dates": "figure-dates", "series": "figure-series"}
    asked = [[Term(of_figures.get(t.reading, t.reading), t.word, t.key, t.span) for t in clause] for clause in query]
    for row in search.tally(
        "figure.series, series.name, figure.date, value, series.unit, qualifier, id AS fact, text, series.summary, n",
        asked,
        "ORDER BY figure.series, figure.last, figure.first",
        joins="JOIN figure ON figure.fact = n JOIN series ON series.key = figure.series",
    ):
        row["sources"] = search.sources_of(row.pop("n"))
        row["url"] = row["sources"][0]["url"]
        yield row
