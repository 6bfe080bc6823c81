"""A query as the condition of a SELECT: what each reading of a word asks of the index."""

from kyrgyz_relations.query import Query
from kyrgyz_relations.text import searchable

_NAMED = {
    "partner": "n IN (SELECT fact FROM fact_partner WHERE partner = ?)",
    "group": "n IN (SELECT fact FROM grp_partner JOIN fact_partner USING (partner) WHERE grp = ?)",
    "theme": "n IN (SELECT fact FROM fact_theme WHERE theme = ?)",
    "kind": "fact.kind = ?",
    "partner-kind": "n IN (SELECT fact FROM fact_partner JOIN partner ON key = partner WHERE kind = ?)",
    "dates": "fact.first <= ? AND fact.last >= ?",
    "text": "n IN (SELECT rowid FROM words WHERE words MATCH ?)",
    "series": "n IN (SELECT fact FROM figure WHERE series = ?)",
    # Of the figures that are joined to the facts.
    "figure-dates": "figure.first <= ? AND figure.last >= ?",
    "figure-series": "figure.series = ?",
    # A day of the year on which it began, or that it went on for, if it lasted some days of one month or two.
    "day": """(substr(date, 6, 5) = ? OR (date LIKE '____-__-__/____-__-__' AND (
            ? BETWEEN substr(date, 6, 5) AND substr(date, 17, 5)
            OR (substr(date, 6, 5) > substr(date, 17, 5)
                AND NOT ? BETWEEN substr(date, 17, 5) || '~' AND substr(date, 6, 5)))
        AND julianday(substr(date, 12)) - julianday(substr(date, 1, 10)) < 32))""",
    "unknown": "0 AND ?",
    # Every fact is about the subject.
    "subject": "1 OR ?",
}


def where_of(query: Query) -> tuple[str, list[object]]:
    """Write a query as the condition of a SELECT on the table `fact`.

    Args:
        query: The query; "figure-dates" and "figure-series" are for where the table `figure` is joined.

    Returns:
        The condition, and the values to bind in it.
    """
    conditions, values = ["1"], list[object]()
    for clause in query:
        # In one list, for SQLite takes no thousand conditions.
        ids = [term.key for term in clause if term.reading == "fact"]
        alternatives = [f"id IN ({', '.join('?' * len(ids))})"] if ids else []
        values += ids
        for term in clause:
            if term.reading != "fact":
                condition = _NAMED[term.reading]
                alternatives.append(condition)
                key = match_of(term.key) if term.reading == "text" else term.key
                values += term.span[::-1] if term.span else [key] * condition.count("?")
        conditions.append(f"({' OR '.join(alternatives)})")
    return " AND ".join(conditions), values


def match_of(words: str) -> str:
    """Write words as an FTS5 expression for all of them in this order; nothing in them is an operator.

    Args:
        words: Any string.
    """
    phrase = searchable(words).replace('"', " ").replace("\0", " ")
    ways = [phrase, phrase.replace("-", "")]
    if not phrase.isascii():
        from kyrgyz_relations.inflection import romanized

        ways += map(searchable, romanized(phrase))
    quoted = [f'"{way}"' for way in dict.fromkeys(ways)]
    return f"({' OR '.join(quoted)})"
