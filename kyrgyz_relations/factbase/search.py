"""Answers: from a query to facts, partners, themes and sources, as rows of the fields in `records`."""

from __future__ import annotations

from itertools import islice

from kyrgyz_relations.dates import day_of
from kyrgyz_relations.factbase import ranking
from kyrgyz_relations.language import distance, is_inflected, name_key, searchable, words_in
from kyrgyz_relations.query import Query
from kyrgyz_relations.records import PARTNER_KINDS, SOURCE_OF_FACT
from kyrgyz_relations.terms import Term
from kyrgyz_relations.words import is_code, is_small

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
    "text": ranking.MATCH,
    "series": "n IN (SELECT fact FROM figures WHERE series = ?)",
    # Of the figures that are joined to the facts.
    "figure-dates": ranking.OVERLAPS.replace("facts.", "figures."),
    "figure-series": "figures.series = ?",
    # A day of the year on which it began, or that it went on for, if it lasted some days of one month or two.
    "day": """(substr(date, 6, 5) = ? OR (date LIKE '____-__-__/____-__-__' AND (
            ? BETWEEN substr(date, 6, 5) AND substr(date, 17, 5)
            OR (substr(date, 6, 5) > substr(date, 17, 5)
                AND NOT ? BETWEEN substr(date, 17, 5) || '~' AND substr(date, 6, 5)))
        AND julianday(substr(date, 12)) - julianday(substr(date, 1, 10)) < 32))""",
    # Every fact is about the subject.
    "subject": "? IS NOT NULL",
}
# How many facts there are, and the dates of the one that began first and the one that began last, in two steps.
COUNTED = "count(*) AS facts, min(n) AS earliest, max(n) AS latest"
DATED = "(SELECT date FROM facts WHERE n = earliest) AS first, (SELECT date FROM facts WHERE n = latest) AS last"
# Shorter words are no typos of longer ones.
_WORDS = "SELECT word FROM words WHERE length(word) > 3"
# A name of so many letters is near to many a longer word, and meant by none; a word with fewer may be one.
_LONGEST_CODE, _SHORTEST_WORD = 3, 5
# Endings of English words that one with the same meaning may have instead of none, or of "e".
_ENDINGS = ("s", "es", "d", "ed", "ing", "ion", "ation", "ment")
# The lengths of words that may be misspelt, and from how many letters on they may have two slips.
_SHORTEST_TYPO, _LONG_TYPO, _LONGEST_TYPO = 4, 8, 100
_MOST_NEAR = 3
# So many facts are fetched at a time, with their sources.
_BATCH = 500


class Search:
    """What can be asked of an open fact base; `extra` are the further names that words may have (see `Command`)."""

    def __init__(self, database: sqlite3.Connection, extra: str = "") -> None:
        self.database, self.execute, self._extra = database, database.execute, extra
        # Whether ISO codes are names whatever their case.
        self.codes = extra == "code"
        self._names: dict[str, dict[str, str]] = {}
        # What begins with three letters, by its number of words.
        self._alike: dict[str, dict[int, list[tuple[list[str], tuple[str, str]]]]] = {}

    def name(self, words: str) -> tuple[str, str] | None:
        """Give the kind and the key of what words name; a kind "code" is an ISO code of a partner."""
        if self._extra and (extra := self._extra_name(words.casefold())):
            return self._extra, extra
        for name in _written(words):
            key = name_key(name)
            named = self._named(name, key) if key else None
            if named and not self._runs_together(name, key):
                return ("partner" if named[0] == "code" and self.codes else named[0]), named[1]
        return None

    def _runs_together(self, words: str, key: str) -> bool:
        """Tell whether words name something only without the blanks: "a US base" is not in AUS, nor "to go" in Togo."""
        parts = words.split()
        small = any(len(part) == 1 or is_small(part) for part in parts)
        if len(parts) == 1 or not small or all(len(part.strip(".")) == 1 for part in parts):
            return False
        row = self.row("SELECT name FROM names WHERE folded = ?", key)
        return row is not None and not any(mark in row[0] for mark in " -–—,/&")

    def _extra_name(self, word: str) -> str | None:
        """Give the key of what a word names for one command only."""
        if self._extra == "partner-kind":
            return kind if (kind := word.removesuffix("s")) in PARTNER_KINDS else None
        if self._extra == "series":
            return word if self.row("SELECT 1 FROM series WHERE key = ?", word) else None
        return day_of(word) if self._extra == "day" else None

    def _named(self, name: str, key: str) -> tuple[str, str] | None:
        named: tuple[str, str] | None = self.row("SELECT kind, key FROM names WHERE folded = ?", key)
        if named is None and len(key) > _LONGEST_CODE:  # "loan" where a theme's alias is "loans"
            other = key[:-1] if key.endswith("s") else f"{key}s"
            named = self.row("SELECT kind, key FROM names WHERE folded = ? AND kind = 'theme'", other)
        if named is None and not key.isascii():
            named = self._inflected(name)
        return named or self.row("SELECT 'fact', id FROM facts WHERE id = ?", name.casefold())

    def _inflected(self, name: str) -> tuple[str, str] | None:
        """Tell what a name in some case of Russian or Kyrgyz names, if it can be only one thing."""
        low, said = name_key(name)[:3], words_in(name)
        if low not in self._alike:
            # A range, which the primary key answers; no letter comes behind the last of Unicode.
            between = (low, f"{low}\U0010ffff")
            alike = self._alike.setdefault(low, {})
            rows = self.execute("SELECT name, kind, key FROM names WHERE folded >= ? AND folded < ?", between)
            for known, kind, key in rows:
                words = words_in(known)
                alike.setdefault(len(words), []).append((words, (kind, key)))
        named = {thing for words, thing in self._alike[low].get(len(said), ()) if is_inflected(said, words)}
        # A word of the language is none: "войска", troops, is no case of "ВОИС".
        return named.pop() if len(named) == 1 and not self.synonyms(searchable(name)) else None

    def has_text(self, words: str, columns: str = "text id note sources") -> bool:
        """Tell whether a fact has these words side by side, in its text, note, id or titles of sources."""
        return self.row("SELECT 1 FROM facts_fts WHERE facts_fts MATCH ?", self._in_text(words, columns)) is not None

    def is_told(self, words: str) -> bool:
        """Tell whether the text of a fact, or its id, has these words side by side."""
        return self.has_text(words, "text id")

    def is_common(self, word: str) -> bool:
        """Tell whether texts have a word in small letters, or more than one of it; others are names."""
        return self.row("SELECT 1 FROM words WHERE common AND word IN (?, ?)", word, f"{word}s") is not None

    def _in_text(self, words: str, columns: str = "text id note sources") -> str:
        """Write words as the FTS5 expression of a lookup; in Cyrillic what texts have for them is meant, too."""
        others = [] if words.isascii() else self.synonyms(searchable(words))
        ways = " OR ".join([ranking.phrase(words, self.is_common), *map(ranking.phrase, others)])
        return f"{{{columns}}} : ({ways})"

    def correct(self, word: str) -> str:
        """Give the name, or the word of the texts, that is meant by a misspelt one, or ""."""
        # What is compared is not guessed.
        known = self.codes or word.isupper() or not word.isalpha() or self.synonyms(searchable(word))
        if known or not _SHORTEST_TYPO <= len(word) <= _LONGEST_TYPO:
            return ""
        near = self._near_names(word, "text")
        near += self._near(_WORDS, word) if len(word) > _SHORTEST_TYPO else []
        most = 1 if len(word) < _LONG_TYPO else 2
        return next((name for name in near if distance(name_key(name), name_key(word)) <= most), "")

    def suggest(self, word: str, kind: str) -> list[str]:
        """Give what comes nearest to a word that finds nothing: facts for "fact", anything for "text", else names."""
        if not _LONGEST_CODE <= len(word) <= _LONGEST_TYPO:
            return []
        near = self._near("SELECT id FROM facts", word) if kind == "fact" or "-" in word else []
        if near or kind == "fact":
            return near
        names = self._near_names(word, kind)
        words = self._near(_WORDS, word) if kind == "text" else []
        near = sorted([*names, *words], key=lambda name: distance(name_key(name), name_key(word)))[:_MOST_NEAR]
        return [*{name_key(name): name for name in reversed(near)}.values()][::-1]

    def _near_names(self, word: str, kind: str) -> list[str]:
        wrong = name_key(word)
        rows = self.execute("SELECT folded, key, name FROM names WHERE ? IN (kind, 'text') OR kind = 'code'", (kind,))
        longer = _LONGEST_CODE if len(wrong) >= _SHORTEST_WORD else 0
        names = {folded: (key, name) for folded, key, name in rows if len(folded) > longer}
        # Of several names of one thing, the nearest.
        nearest_last = [names[folded] for folded in _matches(names, wrong)][::-1]
        return [*dict(nearest_last).values()][::-1]

    def _near(self, select: str, word: str) -> list[str]:
        return _matches([known for (known,) in self.execute(select)], word.casefold())

    def synonyms(self, word: str) -> list[str]:
        """Give the synonyms of a word as texts are searched, whatever ending it has."""
        stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
        forms = {word, f"{word}s", *stems, *(f"{stem}e" for stem in stems)}
        rows = self.execute(f"SELECT synonym FROM synonyms WHERE word IN ({', '.join('?' * len(forms))})", [*forms])
        return [synonym for (synonym,) in rows]

    def facts(
        self, query: Query, *, with_sources: bool = True, forward: bool = False, limit: int | None = None
    ) -> Iterator[Row]:
        """Find the facts of a lookup, by the day on which they began: the newest first, or the oldest if `forward`."""
        where, values = self.where(query)
        order = "n" if forward else "start DESC, n DESC"
        rest = f"WHERE {where} ORDER BY {order} LIMIT {-1 if limit is None else limit}"
        return self._rows(rest, values, with_sources=with_sources)

    def numbered(self, numbers: Sequence[int], *, with_sources: bool = True) -> Iterator[Row]:
        """Give facts by their numbers, in that order."""
        found = {row.pop("n"): row for row in self._rows(f"WHERE {_in(numbers)}", (), with_sources=with_sources)}
        return (found[n] for n in numbers)

    def _rows(self, rest: str, values: Sequence[object], *, with_sources: bool) -> Iterator[Row]:
        columns = 'n, id, date, start, "end", kind, partners, themes, text, note'
        rows = self.rows(f"SELECT {columns} FROM facts {rest}", values)
        while batch := [*islice(rows, _BATCH)]:
            sources = self.sources_of([row["n"] for row in batch]) if with_sources else {}
            for row in batch:
                # A JSON array of keys, which have nothing to unescape.
                row |= {name: row[name][2:-2].split('","') for name in ("partners", "themes")}
                if with_sources:
                    row |= {"sources": sources[row["n"]], "url": sources[row["n"]][0]["url"]}
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
        for row in self.rows(
            f"SELECT fact AS n, {', '.join(SOURCE_OF_FACT)} FROM fact_sources JOIN sources ON key = source"
            f" WHERE {_in(numbers)} ORDER BY fact, place"
        ):
            sources[row.pop("n")].append(row)
        return sources

    def where(self, query: Query) -> tuple[str, list[object]]:
        """Write the filters of a query as an SQL condition on the table `facts`, and the values to bind in it."""
        conditions, values = ["1"], list[object]()
        if query.numbers is not None:
            conditions.append(_in(query.numbers))
        conditions += [self._any(clause, values) for clause in query.filters]
        if query.excluded:
            conditions.append(f"NOT {self._any(query.excluded, values)}")
        return " AND ".join(conditions), values

    def _any(self, clause: Sequence[Term], values: list[object]) -> str:
        # In one list, for SQLite takes no thousand conditions.
        ids = [term.key for term in clause if term.kind == "fact"]
        ways = [f"id IN ({', '.join('?' * len(ids))})"] if ids else []
        values += ids
        for term in [term for term in clause if term.kind != "fact"]:
            ways.append(_CONDITIONS[term.kind])
            key = self._in_text(term.key) if term.kind == "text" else term.key
            values += term.span[::-1] if term.span else [key] * ways[-1].count("?")
        return f"({' OR '.join(ways)})"

    def count(self, query: Query) -> int:
        """Count the facts that a lookup finds, or that satisfy everything that a question asks."""
        if query.question:
            return sum(whole for _, whole in ranking.ranked(self, query))
        return int(next(self.tally("count(*) AS count", query))["count"])

    def tally(self, select: str, query: Query, rest: str = "", *, joins: str = "") -> Iterator[Row]:
        """Give rows of a SELECT over the facts found: its columns, what follows its condition, and what is joined."""
        where, values = self.where(query)
        return self.rows(f"SELECT {select} FROM facts {joins} WHERE {where} {rest}", values)

    def spans(self, query: Query, keys: Sequence[str] = (), *, joins: str = "") -> Iterator[Row]:
        """Count the facts found by the values of some columns, with the dates of the first and the last."""
        where, values = self.where(query)
        by = "".join([f"{key}, " for key in keys])
        grouped = f"GROUP BY {by[:-2]} ORDER BY {by[:-2]}" if keys else ""
        counted = f"SELECT {by}{COUNTED} FROM facts {joins} WHERE {where} {grouped}"
        return self.rows(f"SELECT {by}facts, {DATED} FROM ({counted})", values)

    def names(self, kind: str) -> dict[str, str]:
        """Give the names of all partners, groups or themes by their keys."""
        if kind not in self._names:
            self._names[kind] = dict(self.execute(f'SELECT key, name FROM "{kind}s"'))
        return self._names[kind]

    def name_of(self, kind: str, key: str) -> str:
        """Give the name of a partner, group or theme, "" for what has none."""
        return self.names(kind).get(key, "") if kind in ("partner", "group", "theme") else ""

    def summary(self, kind: str, key: str) -> str:
        """Give the summary of a group or theme."""
        return str(self.row(f'SELECT summary FROM "{kind}s" WHERE key = ?', key)[0])

    def rows(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """Give the rows of a SELECT by the names of its columns."""
        rows = self.execute(sql, values)
        names = [column[0] for column in rows.description]
        yield from (dict(zip(names, row, strict=True)) for row in rows)

    def row(self, sql: str, *values: object) -> Any:
        """Give the first row of a SELECT, or None."""
        return self.execute(sql, values).fetchone()


def _written(words: str) -> list[str]:
    """Give the ways in which a name is written: as it is, turned at its comma, without "'s" and without "the"."""
    ways = [words]
    first, comma, rest = words.partition(", ")
    if comma:
        ways.append(first if rest.casefold() == "the" else f"{rest} {first}")
    owners = [way[:-2] for way in ways if way[-2:].casefold() in ("'s", "’s")]
    # Without its apostrophe "CI's" is the CIS.
    ways = [*owners, *ways] if any(map(is_code, owners)) else [*ways, *owners]
    return ways + [way[4:] for way in ways if way[:4].casefold() == "the "]


def _in(numbers: Sequence[int]) -> str:
    return f"n IN ({', '.join(map(str, numbers))})"


def _matches(known: Iterable[str], wrong: str) -> list[str]:
    from difflib import get_close_matches

    # Difflib is quick to find some, and the distance tells which of them are near.
    near = [(distance(name, wrong), name) for name in get_close_matches(wrong, [*known], 12)]
    return [name for slips, name in sorted(near) if slips <= max(1, len(wrong) // 3)][:_MOST_NEAR]
