"""Answers: from a query to facts, partners, themes and sources, as rows of the fields in `fields`."""

import sqlite3
from collections.abc import Iterator, Sequence

from kyrgyz_relations.factbase.condition import match_of, where_of
from kyrgyz_relations.fields import SOURCE_OF_FACT
from kyrgyz_relations.query import Query, Term
from kyrgyz_relations.text import fold, name_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kyrgyz_relations.fields import Row

# Which partners the readings that are about partners name.
_LISTED = {
    "partner": "key = ?",
    "group": "key IN (SELECT partner FROM grp_partner WHERE grp = ?)",
    "partner-kind": "kind = ?",
}
# How many facts there are, and the dates of the one that began first and the one that began last, in two steps.
_COUNTED = "count(*) AS facts, min(n) AS earliest, max(n) AS latest"
_DATED = "(SELECT date FROM fact WHERE n = earliest) AS first, (SELECT date FROM fact WHERE n = latest) AS last"
# "group" is a word of SQL's own.
_TABLES = {"partner": "partner", "theme": "theme", "group": "grp"}
_LONGEST_CODE = 3
# How much a hit in the text, the note, the sources' titles and the compounds weighs.
_RANK = " LEFT JOIN (SELECT rowid AS hit, bm25(words, 8, 3, 1, 2) AS fit FROM words WHERE words MATCH ?) ON hit = n"


class Search:
    """What can be asked of an open fact base.

    Args:
        database: An index as `index.connect` opens it.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def naming(self, word: str) -> tuple[str, str] | None:
        """Tell what a name names: its reading and its key (see `query.Naming`).

        Args:
            word: A word of a query, or several with blanks between.

        Returns:
            The two, or None where it names nothing.
        """
        folded = name_key(word)
        named = self._database.execute("SELECT reading, key FROM name WHERE folded = ?", (folded,)).fetchone()
        if named is None and len(folded) > 3:
            # A theme's other number: "loan" where its alias is "loans".
            other = folded[:-1] if folded.endswith("s") else f"{folded}s"
            theme = "SELECT reading, key FROM name WHERE folded = ? AND reading = 'theme'"
            named = self._database.execute(theme, (other,)).fetchone()
        if named is None and not folded.isascii():
            named = self._named_in_some_case(word)
        if named is None and self._has_fact(word.casefold()):
            return "fact", word.casefold()
        return named and (named[0], named[1])

    def _named_in_some_case(self, word: str) -> tuple[str, str] | None:
        """Tell what a name in some case of Russian or Kyrgyz names, if it can be only one thing."""
        from kyrgyz_relations.inflection import is_case_of

        said = fold(word)
        low = name_key(said)[:3]
        # A range, which the primary key answers; no letter comes behind the last of Unicode.
        within = "folded >= ? AND folded < ?"
        rows = self._database.execute(f"SELECT name, reading, key FROM name WHERE {within}", (low, f"{low}\U0010ffff"))
        named = {(reading, key) for name, reading, key in rows if is_case_of(said, fold(name))}
        return named.pop() if len(named) == 1 else None

    def _has_fact(self, fact_id: str) -> bool:
        return self._database.execute("SELECT 1 FROM fact WHERE id = ?", (fact_id,)).fetchone() is not None

    def about(self) -> "Row":
        """Give the `[meta]` of the fact base, with how many partners, themes, sources and facts it holds."""
        (about,) = self._rows("SELECT * FROM about")
        about["examples"] = _lines(about["examples"])
        about["first"] = self._one("SELECT date FROM fact WHERE first > 0 ORDER BY n")
        return about

    def facts(self, query: Query, *, by_rank: bool = False, with_sources: bool = True) -> Iterator["Row"]:
        """Find facts.

        Args:
            query: What to find.
            by_rank: Whether those that fit the query's text best come first, not those that began first.
            with_sources: Whether the rows are to hold the fields `sources` and `url`.

        Yields:
            Rows with the fields of a fact.
        """
        where, values = where_of(query)
        order, join = "n", ""
        texts = [match_of(term.key) for clause in query for term in clause if term.reading == "text"]
        if by_rank and texts:
            order, join = "fit IS NULL, fit, n", _RANK
            values = [" OR ".join(texts), *values]
        rows = self._database.execute(
            f"SELECT n, id, date, kind, partners, themes, text, note FROM fact{join} WHERE {where} ORDER BY {order}",
            values,
        )
        for n, fact_id, date, kind, partners, themes, text, note in rows:
            row: Row = {
                "id": fact_id,
                "date": date,
                "kind": kind,
                "partners": partners.split(","),
                "themes": themes.split(","),
                "text": text,
                "note": note,
            }
            if with_sources:
                row["sources"] = self.sources_of(n)
                row["url"] = row["sources"][0]["url"]
            yield row

    def sources_of(self, n: int) -> list["Row"]:
        """Give the sources of a fact by its number.

        Args:
            n: The fact's place in the order of the dates, from 1.

        Returns:
            Rows with the fields of `fields.SOURCE_OF_FACT`, in the order in which the fact names them.
        """
        select = f"SELECT {', '.join(SOURCE_OF_FACT)} FROM fact_source JOIN source ON key = source"
        return [*self._rows(f"{select} WHERE fact = ? ORDER BY place", (n,))]

    def series(self) -> Iterator["Row"]:
        """Give all series of figures."""
        return self._rows(
            """
            SELECT key, name, unit, summary, (SELECT count(*) FROM figure WHERE series = key) AS figures,
                (SELECT date FROM figure WHERE series = key ORDER BY last, first) AS first,
                (SELECT date FROM figure WHERE series = key ORDER BY last DESC, first DESC) AS last
            FROM series ORDER BY key
            """
        )

    def is_in_text(self, words: str) -> bool:
        """Tell whether words stand in the text of any fact, not just in a note, a source's title or an id.

        Args:
            words: The words, in their order.
        """
        # Compounds are those of titles and notes, too; they are looked for where somebody has left out the hyphen.
        columns = "text" if "-" in words else "text compounds"
        match = f"{{{columns}}} : {match_of(words)}"
        return self._one("SELECT 1 FROM words WHERE words MATCH ?", match) is not None

    def count(self, query: Query) -> int:
        """Count the facts that a query finds.

        Args:
            query: What finds them.
        """
        where, values = where_of(query)
        count: int = self._database.execute(f"SELECT count(*) FROM fact WHERE {where}", values).fetchone()[0]
        return count

    def partners(self, query: Query) -> Iterator["Row"]:
        """Find the partners of the facts found; where the query names partners or groups, only those of them.

        A query that names only partners and groups gives them also where no fact is known; an empty one gives all.

        Args:
            query: What finds the facts.

        Yields:
            Rows with the fields of a partner, in the order of their keys.
        """
        named = [clause for clause in query if all(term.reading in _LISTED for term in clause)]
        listed = "".join([f" AND ({' OR '.join([_LISTED[term.reading] for term in clause])})" for clause in named])
        rows = self._counted(
            "partner",
            "key, name, name_ky, name_ru, kind, iso2, iso3, aliases, summary,"
            " (SELECT date FROM fact WHERE id = since) AS since,"
            " (SELECT group_concat(grp) FROM grp_partner WHERE partner = key) AS groups",
            query,
            only_found=len(named) < len(query),
            listed=(listed, [term.key for clause in named for term in clause]),
        )
        for row in rows:
            row["groups"] = row["groups"].split(",") if row["groups"] else []
            row["aliases"] = _lines(row["aliases"])
            yield row

    def themes(self, query: Query) -> Iterator["Row"]:
        """Find the themes of the facts found.

        Args:
            query: What finds the facts; an empty one gives all themes, those without facts too.

        Yields:
            Rows with the fields of a theme, in the order of their keys.
        """
        for row in self._counted("theme", "key, name, aliases, summary", query, only_found=bool(query)):
            row["aliases"] = _lines(row["aliases"])
            yield row

    def sources(self, query: Query) -> Iterator["Row"]:
        """Find the sources of the facts found.

        Args:
            query: What finds the facts; an empty one gives all sources, those without facts too.

        Yields:
            Rows with the fields of a source, in the order of their keys.
        """
        return self._counted("source", ", ".join(SOURCE_OF_FACT), query, only_found=bool(query))

    def _counted(
        self, table: str, columns: str, query: Query, *, only_found: bool, listed: tuple[str, Sequence[str]] = ("", ())
    ) -> Iterator["Row"]:
        """Give records of a table with the number of facts found for each, and the dates of the first and the last."""
        where, values = where_of(query)
        return self._rows(
            f"""
            SELECT {columns}, coalesce(found.facts, 0) AS facts, {_DATED}
            FROM {table} LEFT JOIN (
                SELECT {table} AS found_key, {_COUNTED}
                FROM fact JOIN fact_{table} ON fact_{table}.fact = n WHERE {where} GROUP BY {table}
            ) AS found ON found_key = key
            WHERE (facts > 0 OR ?){listed[0]} ORDER BY key
            """,
            (*values, not only_found, *listed[1]),
        )

    def tally(self, select: str, query: Query, rest: str = "", *, joins: str = "") -> Iterator["Row"]:
        """Give rows of a SELECT over the facts found.

        Args:
            select: Its columns.
            query: What finds the facts.
            rest: What follows its condition, such as a GROUP BY.
            joins: What is joined to the table `fact`.
        """
        where, values = where_of(query)
        return self._rows(f"SELECT {select} FROM fact {joins} WHERE {where} {rest}", values)

    def spans(self, query: Query, keys: Sequence[str] = (), *, joins: str = "") -> Iterator["Row"]:
        """Count the facts found, and date the one that began first and the one that began last.

        Args:
            query: What finds the facts.
            keys: The columns by whose values they are counted.
            joins: What is joined to the table `fact` for those.

        Yields:
            Rows with the keys and the fields `facts`, `first` and `last`.
        """
        where, values = where_of(query)
        by = ", ".join(keys)
        comma, order = (", ", f"GROUP BY {by} ORDER BY {by}") if keys else ("", "")
        return self._rows(
            f"SELECT {by}{comma}facts, {_DATED}"
            f" FROM (SELECT {by}{comma}{_COUNTED} FROM fact {joins} WHERE {where} {order})",
            values,
        )

    def summary(self, reading: str, key: str) -> str:
        """Give the summary of a group or theme, or "".

        Args:
            reading: "group" or "theme".
            key: Its key.
        """
        return str(self._one(f"SELECT summary FROM {_TABLES[reading]} WHERE key = ?", key) or "")

    def profile(self, key: str) -> "Row":
        """Give what heads a partner's facts: its fields, how relations began, and the organizations shared with it.

        An organization is shared where the partner is in its group and the subject's own relation with it began with
        a fact of the kind "membership".

        Args:
            key: The key of a partner that there is.

        Returns:
            A row with the fields of a partner, `since_kind` (the kind of the fact with which relations began, or None)
            and `shared` (the names of the organizations).
        """
        row = next(self.partners([[Term("partner", key, key)]]))
        row["since_kind"] = self._one("SELECT f.kind FROM partner JOIN fact f ON f.id = since WHERE key = ?", key)
        rows = self._database.execute(
            "SELECT p.name FROM grp_partner JOIN grp ON grp.key = grp JOIN partner p ON p.key = organization"
            " JOIN fact f ON f.id = p.since WHERE partner = ? AND f.kind = 'membership' ORDER BY p.name",
            (key,),
        )
        row["shared"] = [name for (name,) in rows]
        return row

    def names(self, reading: str) -> dict[str, str]:
        """Give the names of all partners, groups or themes by their keys.

        Args:
            reading: "partner", "group" or "theme".
        """
        return dict(self._database.execute(f"SELECT key, name FROM {_TABLES[reading]}"))

    def names_of(self, reading: str, key: str) -> list[str]:
        """Give all names of a partner, group, theme or kind, as they are written.

        Args:
            reading: "partner", "group", "theme" or "kind".
            key: The key of one.

        Returns:
            The names; of several that `text.name_key` makes alike just one: "china", but not "China".
        """
        rows = self._database.execute("SELECT name FROM name WHERE reading = ? AND key = ?", (reading, key))
        return [name for (name,) in rows]

    def ids(self, beginning: str) -> list[tuple[str, str]]:
        """Give the ids that begin so, each with its fact's text.

        Args:
            beginning: The letters with which they begin, in any case.
        """
        low = beginning.casefold()
        # Behind all that ids are made of comes "~".
        rows = self._database.execute("SELECT id, text FROM fact WHERE id >= ? AND id < ?", (low, f"{low}~"))
        return rows.fetchall()

    def suggest(self, word: str, reading: str) -> list[str]:
        """Give the names, ids or words that come nearest to a word that finds nothing.

        Args:
            word: The word.
            reading: What it should have been: "fact" for an id, "text" for anything, else the names of that reading.
        """
        from difflib import get_close_matches

        if reading == "fact" or "-" in word:
            ids = [fact_id for (fact_id,) in self._database.execute("SELECT id FROM fact")]
            near = get_close_matches(word.casefold(), ids, cutoff=0.7)
            if near or reading == "fact":
                return near
        rows = self._database.execute("SELECT folded, key, name FROM name WHERE ? IN (reading, 'text')", (reading,))
        wrong = name_key(word)
        # A code is near to many a longer word, and meant by none.
        names = {folded: (key, name) for folded, key, name in rows if len(folded) > _LONGEST_CODE or len(wrong) < 5}
        # Of several names of one thing, the nearest.
        nearest_last = [names[folded] for folded in get_close_matches(wrong, names, cutoff=0.66)][::-1]
        near = [*dict(nearest_last).values()][::-1]
        if not near and reading == "text":
            words = [known for (known,) in self._database.execute("SELECT word FROM word")]
            near = get_close_matches(word.casefold(), words, cutoff=0.75)
        return [*dict.fromkeys(near)]

    def _rows(self, sql: str, values: Sequence[object] = ()) -> Iterator["Row"]:
        rows = self._database.execute(sql, values)
        names = [column[0] for column in rows.description]
        for row in rows:
            yield dict(zip(names, row, strict=True))

    def _one(self, sql: str, *values: object) -> object:
        row = self._database.execute(sql, values).fetchone()
        return row and row[0]


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []
