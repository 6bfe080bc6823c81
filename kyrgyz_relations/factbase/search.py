"""Answers: from a query to facts, partners, themes and sources, as rows of the fields in `records`."""

from __future__ import annotations

from kyrgyz_relations.dates import day_of
from kyrgyz_relations.factbase import ranking
from kyrgyz_relations.language import fold, is_inflected, name_key, searchable
from kyrgyz_relations.query import Query, Term
from kyrgyz_relations.records import PARTNER_KINDS, SOURCE_OF_FACT

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from kyrgyz_relations.records import Row

# What each kind of term asks of a fact; each mark is bound to the term's key.
_CONDITIONS = {
    "fact": "id = ?",
    "partner": "n IN (SELECT fact FROM fact_partners WHERE partner = ?)",
    "group": 'n IN (SELECT fact FROM group_members JOIN fact_partners USING (partner) WHERE "group" = ?)',
    "theme": "n IN (SELECT fact FROM fact_themes WHERE theme = ?)",
    "kind": "facts.kind = ?",
    "partner-kind": "n IN (SELECT fact FROM fact_partners JOIN partners ON key = partner WHERE kind = ?)",
    "dates": ranking.OVERLAPS,
    "text": "n IN (SELECT rowid FROM facts_fts WHERE facts_fts MATCH ?)",
    "series": "n IN (SELECT fact FROM figures WHERE series = ?)",
    # Of the figures that are joined to the facts.
    "figure-dates": "coalesce(figures.start, '') <= ? AND coalesce(figures.\"end\", '~') >= ?",
    "figure-series": "figures.series = ?",
    # A day of the year on which it began, or that it went on for, if it lasted some days of one month or two.
    "day": """(substr(date, 6, 5) = ?1 OR (date LIKE '____-__-__/____-__-__' AND (
            ?1 BETWEEN substr(date, 6, 5) AND substr(date, 17, 5)
            OR (substr(date, 6, 5) > substr(date, 17, 5)
                AND NOT ?1 BETWEEN substr(date, 17, 5) || '~' AND substr(date, 6, 5)))
        AND julianday(substr(date, 12)) - julianday(substr(date, 1, 10)) < 32))""",
    "unknown": "? IS NULL",
    # Every fact is about the subject.
    "subject": "? IS NOT NULL",
}
# How many facts there are, and the dates of the one that began first and the one that began last, in two steps.
COUNTED = "count(*) AS facts, min(n) AS earliest, max(n) AS latest"
DATED = "(SELECT date FROM facts WHERE n = earliest) AS first, (SELECT date FROM facts WHERE n = latest) AS last"
# A name of so many letters is near to many a longer word, and meant by none.
_LONGEST_CODE = 3
# A shorter word is near to too many.
_SHORTEST_TYPO = 5
_TABLES = {"partner": "partners", "theme": "themes", "group": '"groups"'}
_COLUMNS = ("n", "id", "date", "start", '"end"', "kind", "partners", "themes", "text", "note")
_FIELDS = tuple(column.strip('"') for column in _COLUMNS)
# So many facts are fetched at a time, with their sources.
_BATCH = 500


class Search:
    """What can be asked of an open fact base; `extra` are the further names that words may have (see `Command`)."""

    def __init__(self, database: sqlite3.Connection, extra: str = "") -> None:
        self.database = database
        self._extra = extra
        # Whether ISO codes are names whatever their case.
        self.codes = extra == "code"
        self._names: dict[str, dict[str, str]] = {}

    # What words mean

    def name(self, words: str) -> tuple[str, str] | None:
        """Give the kind and the key of what words name; a kind "code" is an ISO code of a partner."""
        if self._extra and (extra := self._extra_name(words)):
            return extra
        for name in _written(words):
            key = name_key(name)
            if not key:
                continue
            named = self.row("SELECT kind, key FROM names WHERE folded = ?", key)
            if named is None and len(key) > 3:  # "loan" where a theme's alias is "loans"
                other = key[:-1] if key.endswith("s") else f"{key}s"
                named = self.row("SELECT kind, key FROM names WHERE folded = ? AND kind = 'theme'", other)
            if named is None and not key.isascii():
                named = self._inflected(name)
            if named is None and self.row("SELECT 1 FROM facts WHERE id = ?", name.casefold()):
                named = ("fact", name.casefold())
            if named:
                kind, key = named
                return ("partner" if kind == "code" and self.codes else kind), key
        return None

    def _extra_name(self, word: str) -> tuple[str, str] | None:
        """Tell what a word names for one command only."""
        folded = word.casefold()
        if self._extra == "partner-kind" and (kind := folded.removesuffix("s")) in PARTNER_KINDS:
            return "partner-kind", kind
        if self._extra == "series" and self.row("SELECT 1 FROM series WHERE key = ?", folded):
            return "series", folded
        if self._extra == "day":
            day = day_of(word)
            return ("day", day) if day else None
        return None

    def _inflected(self, name: str) -> tuple[str, str] | None:
        """Tell what a name in some case of Russian or Kyrgyz names, if it can be only one thing."""
        said = fold(name)
        low = name_key(name)[:3]
        # A range, which the primary key answers; no letter comes behind the last of Unicode.
        rows = self.database.execute(
            "SELECT name, kind, key FROM names WHERE folded >= ? AND folded < ?", (low, f"{low}\U0010ffff")
        )
        named = {(kind, key) for known, kind, key in rows if is_inflected(said, fold(known))}
        return named.pop() if len(named) == 1 else None

    def has_text(self, words: str) -> bool:
        """Tell whether a fact has these words side by side, in its text, note, id or titles of sources."""
        return self.row("SELECT 1 FROM facts_fts WHERE facts_fts MATCH ?", ranking.in_text(words)) is not None

    def correct(self, word: str) -> str:
        """Give the name, or the word of the texts, that is meant by a misspelt one, or ""."""
        if len(word) < _SHORTEST_TYPO or word.isupper() or not word.isalpha() or self.synonyms(searchable(word)):
            return ""
        near = self._near_names(word, "text", 0.8) or self._near_words(word, 0.8)
        return near[0] if near else ""

    def suggest(self, word: str, kind: str) -> list[str]:
        """Give the names, ids or words that come nearest to one that finds nothing.

        The kind is what it should have been: "fact" for an id, "text" for anything, else that of a name.
        """
        if kind == "fact" or "-" in word:
            near = self._near([fact_id for (fact_id,) in self.execute("SELECT id FROM facts")], word.casefold(), 0.7)
            if near or kind == "fact":
                return near
        names = self._near_names(word, kind, 0.66)
        words = self._near_words(word, 0.75) if kind == "text" else []
        near = self._near([*names, *words], word, 0) if words else names
        return [*{name_key(name): name for name in reversed(near)}.values()][::-1]

    def _near_names(self, word: str, kind: str, cutoff: float) -> list[str]:
        wrong = name_key(word)
        rows = self.execute("SELECT folded, key, name FROM names WHERE ? IN (kind, 'text') OR kind = 'code'", (kind,))
        # A code is near to many a longer word, and meant by none.
        names = {
            folded: (key, name) for folded, key, name in rows if len(folded) > _LONGEST_CODE or len(wrong) < 5
        }  # may be a code
        # Of several names of one thing, the nearest.
        nearest_last = [names[folded] for folded in self._near(names, wrong, cutoff)][::-1]
        return [*dict(nearest_last).values()][::-1]

    def _near_words(self, word: str, cutoff: float) -> list[str]:
        return self._near([known for (known,) in self.execute("SELECT word FROM words")], word.casefold(), cutoff)

    @staticmethod
    def _near(known: Iterable[str], wrong: str, cutoff: float) -> list[str]:
        from difflib import get_close_matches

        return get_close_matches(wrong, [*known], cutoff=cutoff)

    def synonyms(self, word: str) -> list[str]:
        """Give the synonyms of a word as texts are searched, whatever ending it has."""
        stems = [word.removesuffix(ending) for ending in ("s", "es", "d", "ed", "ing") if word.endswith(ending)]
        forms = {word, f"{word}s", *stems, *(f"{stem}e" for stem in stems)}
        rows = self.execute(f"SELECT synonym FROM synonyms WHERE word IN ({', '.join('?' * len(forms))})", [*forms])
        return [synonym for (synonym,) in rows]

    # Facts

    def facts(
        self, query: Query, *, with_sources: bool = True, forward: bool = False, limit: int | None = None
    ) -> Iterator[Row]:
        """Find the facts of a lookup, by the day on which they began: the newest first, or the oldest if `forward`."""
        where, values = self.where(query)
        order = "n" if forward else "start IS NULL, start DESC, n DESC"
        limited = "" if limit is None else f" LIMIT {limit}"
        yield from self._rows(f"WHERE {where} ORDER BY {order}{limited}", values, with_sources=with_sources)

    def numbered(self, numbers: Sequence[int], *, with_sources: bool = True) -> Iterator[Row]:
        """Give facts by their numbers, in that order."""
        rows = self._rows(f"WHERE n IN ({', '.join(map(str, numbers))})", (), with_sources=with_sources)
        found = {row.pop("n"): row for row in rows}
        yield from (found[n] for n in numbers)

    def _rows(self, rest: str, values: Sequence[object], *, with_sources: bool) -> Iterator[Row]:
        found = self.execute(f"SELECT {', '.join(_COLUMNS)} FROM facts {rest}", values)
        while batch := found.fetchmany(_BATCH):
            sources = self.sources_of([row[0] for row in batch]) if with_sources else {}
            for columns in batch:
                row = dict(zip(_FIELDS, columns, strict=True))
                row["partners"], row["themes"] = _keys(row["partners"]), _keys(row["themes"])
                if with_sources:
                    row["sources"] = sources[row["n"]]
                    row["url"] = row["sources"][0]["url"]
                yield row

    def narrowed(self, query: Query, *, exact: bool = False) -> Query:
        """Ask a question: the facts that satisfy everything or else, unless `exact`, the closest."""
        if not query.question:
            return query
        best = ranking.ranked(self, query)
        whole = tuple(n for n, satisfies in best if satisfies)
        return query._replace(
            numbers=whole if whole or exact else tuple(n for n, _ in best), closest=not whole and not exact
        )

    def sources_of(self, numbers: Sequence[int]) -> dict[int, list[Row]]:
        """Give the sources of facts by their numbers, in the order in which the facts name them."""
        sources: dict[int, list[Row]] = {n: [] for n in numbers}
        rows = self.execute(
            f"SELECT fact, {', '.join(SOURCE_OF_FACT)} FROM fact_sources JOIN sources ON key = source"
            f" WHERE fact IN ({', '.join(map(str, numbers))}) ORDER BY fact, place"
        )
        for n, *columns in rows:
            sources[n].append(dict(zip(SOURCE_OF_FACT, columns, strict=True)))
        return sources

    def where(self, query: Query) -> tuple[str, list[object]]:
        """Write the filters of a query as an SQL condition on the table `facts`, and the values to bind in it."""
        conditions, values = ["1"], list[object]()
        if query.numbers is not None:
            conditions.append(f"n IN ({', '.join(map(str, query.numbers))})")
        conditions += [self._any(clause, values) for clause in query.filters]
        if query.excluded:
            conditions.append(f"NOT {self._any(query.excluded, values)}")
        return " AND ".join(conditions), values

    def _any(self, clause: Sequence[Term], values: list[object]) -> str:
        # In one list, for SQLite takes no thousand conditions.
        ids = [term.key for term in clause if term.kind == "fact"]
        ways = [f"id IN ({', '.join('?' * len(ids))})"] if ids else []
        values += ids
        for term in clause:
            if term.kind == "fact":
                continue
            condition = _CONDITIONS[term.kind]
            if term.span:
                values += term.span[::-1]
            elif term.kind == "day":
                condition = condition.replace("?1", "?")
                values += [term.key] * condition.count("?")
            else:
                values.append(ranking.in_text(term.key) if term.kind == "text" else term.key)
            ways.append(condition)
        return f"({' OR '.join(ways)})"

    def count(self, query: Query) -> int:
        """Count the facts that a lookup finds, or that satisfy everything that a question asks."""
        if query.question:
            return sum(whole for _, whole in ranking.ranked(self, query))
        where, values = self.where(query)
        return int(self.row(f"SELECT count(*) FROM facts WHERE {where}", *values)[0])

    # What views count

    def tally(self, select: str, query: Query, rest: str = "", *, joins: str = "") -> Iterator[Row]:
        """Give rows of a SELECT over the facts found: its columns, what follows its condition, and what is joined."""
        where, values = self.where(query)
        return self.rows(f"SELECT {select} FROM facts {joins} WHERE {where} {rest}", values)

    def spans(self, query: Query, keys: Sequence[str] = (), *, joins: str = "") -> Iterator[Row]:
        """Count the facts found by the values of some columns, with the dates of the first and the last."""
        where, values = self.where(query)
        by = ", ".join(keys)
        comma, order = (", ", f"GROUP BY {by} ORDER BY {by}") if keys else ("", "")
        return self.rows(
            f"SELECT {by}{comma}facts, {DATED}"
            f" FROM (SELECT {by}{comma}{COUNTED} FROM facts {joins} WHERE {where} {order})",
            values,
        )

    # Names and profiles

    def names(self, kind: str) -> dict[str, str]:
        """Give the names of all partners, groups or themes by their keys."""
        if kind not in self._names:
            self._names[kind] = dict(self.execute(f"SELECT key, name FROM {_TABLES[kind]}"))
        return self._names[kind]

    def name_of(self, kind: str, key: str) -> str:
        """Give the name of a partner, group or theme, "" for what has none."""
        row = self.row(f"SELECT name FROM {_TABLES[kind]} WHERE key = ?", key) if kind in _TABLES else None
        return str(row[0]) if row else ""

    def summary(self, kind: str, key: str) -> str:
        """Give the summary of a group or theme."""
        return str(self.row(f"SELECT summary FROM {_TABLES[kind]} WHERE key = ?", key)[0])

    def rows(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """Give the rows of a SELECT by the names of its columns."""
        rows = self.execute(sql, values)
        names = [column[0] for column in rows.description]
        for row in rows:
            yield dict(zip(names, row, strict=True))

    def execute(self, sql: str, values: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run SQL with bound values."""
        return self.database.execute(sql, values)

    def row(self, sql: str, *values: object) -> Any:
        """Give the first row of a SELECT, or None."""
        return self.execute(sql, values).fetchone()


def _written(words: str) -> list[str]:
    """Give the ways in which reference works write a name: as it is, without "the", and turned at its comma."""
    ways = [words]
    first, comma, rest = words.partition(", ")
    if comma:
        ways.append(first if rest.casefold() == "the" else f"{rest} {first}")
    return ways + [way[4:] for way in ways if way[:4].casefold() == "the "]


def _keys(array: str) -> list[str]:
    """Read a JSON array of keys, which have nothing to unescape."""
    return array[2:-2].split('","')
