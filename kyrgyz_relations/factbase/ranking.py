"""Questions: FTS5 ranks the facts by the words (BM25), and SQL adds what times, partners and intents weigh."""

from __future__ import annotations

from itertools import chain, pairwise

from kyrgyz_relations import dates
from kyrgyz_relations.language import fold, romanized, searchable, stem, without_case
from kyrgyz_relations.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyrgyz_relations.dates import Span
    from kyrgyz_relations.factbase.search import Search
    from kyrgyz_relations.query import Query
    from kyrgyz_relations.terms import Term

# How many facts a question gives, unless more satisfy everything.
CLOSEST = 10
# What a word weighs in a column of the full text, and what else adds to a fact's score.
COLUMNS = {"text": 5.0, "id": 6.0, "partners": 5.0, "note": 3.0, "themes": 2.0, "sources": 1.0}
WEIGHTS = {
    "synonym": 0.5,  # times what a word that was said weighs
    "covered": 60.0,  # satisfies all words; a part of them, that part
    "whole": 6.0,  # satisfies everything that was asked
    "began": 8.0,  # began in the time
    "overlaps": 2.0,  # overlaps the time
    "said": 4.0,  # has the year of the time in its text
    "near": 1.2,  # began in the year before or after
    "about": 5.0,  # is about a partner that was named, not only mentions it
    "day": 2.0,  # tells of one day, where it is asked when
    "joining": 9.0,  # relations with a partner are dated from it
    "relations": 1.5,  # tells of a membership or of relations, where those are asked for
    "first": 2.0,  # likewise, for the oldest
    "amount": 1.5,  # gives a figure
    "newest": 1.5,  # for all the years, where an amount is asked
    "crowd": -0.2,  # for each partner beyond two
}
_LONGEST_CODE = 4
# The column that has the keys of what terms name.
_KEYS = {"partner": "partners", "group": "partners", "theme": "themes", "kind": "themes", "fact": "id"}
MATCH = "n IN (SELECT rowid FROM facts_fts WHERE facts_fts MATCH ?)"
# Whether a fact overlaps a time, given by its last and its first day.
OVERLAPS = "coalesce(facts.start, '') <= ? AND coalesce(facts.\"end\", '~') >= ?"


def phrase(words: str, is_common: Callable[[str], bool] = lambda _: False) -> str:
    """Write words as an FTS5 phrase, nothing in them being an operator; only a "*" at the end means any ending.

    What is Cyrillic is also looked for in Latin letters, as names are told, unless that `is_common`, another word.
    """
    bare = words.rstrip("*").replace('"', " ").replace("\0", " ")
    folded = searchable(bare)
    ways = [folded, folded.replace("-", "")]
    if not folded.isascii():
        first, *rest = [romanized(word) or [word] for word in fold(bare).split()]
        # Of several words each has one way.
        latin = [" ".join([one[0] for one in (first, *rest)])] if rest else first
        ways += [way for way in map(searchable, latin) if not is_common(way)]
    ending = "*" if words.endswith("*") and bare else ""
    return " OR ".join([f'"{way}"{ending}' for way in dict.fromkeys(ways)])


class Ways(NamedTuple):
    """The FTS5 expressions that find what a clause asks for, each enough by itself: as it was said, and by synonyms."""

    said: list[str]
    synonyms: list[str]


def _ways(base: Search, clause: Sequence[Term]) -> Ways:
    """Write what a clause of a question is found by; nothing for a time."""
    found = Ways([], [])
    for term in clause:
        if term.kind in _KEYS:
            name = base.name_of(term.kind, term.key)
            found.said.append(f'{_KEYS[term.kind]} : "{term.key.replace("-", "")}"')
            # A name of several letters may stand in the text as it was typed: "Shanghai Five".
            typed = term.word if len(term.word) > _LONGEST_CODE and term.word.isascii() else ""
            known = (typed,) if typed and base.is_told(typed) else (name, typed)
            found.said.extend([phrase(words) for words in known if words])
        word = {"text": term.key, "theme": term.word, "kind": term.word}.get(term.kind)
        if word is not None:
            folded = fold(word)
            stems = [] if folded.isascii() else [stem(way) for way in without_case(folded)]
            found.said.extend([phrase(word, base.is_common), *(f'"{way}"' for way in stems)])
            others = [other for way in (searchable(word), *stems) for other in base.synonyms(way)]
            # What is asked in Cyrillic is told in Latin letters.
            (found.synonyms if folded.isascii() else found.said).extend(map(phrase, dict.fromkeys(others)))
    return found


def _together(base: Search, one: str, other: str) -> list[str]:
    """Give what two words side by side may be elsewhere: "exim bank" is "eximbank", "темир жол" is "railway"."""
    lasts = [other, *([] if other.isascii() else without_case(fold(other)))]
    found = [synonym for last in lasts for synonym in base.synonyms(searchable(f"{one} {last}"))]
    joined = [one + other] if (one + other).isascii() and (one + other).isalpha() else []
    return [phrase(way) for way in dict.fromkeys(joined + found)]


def _spans(clause: Sequence[Term]) -> list[Span]:
    return [term.span for term in clause if term.span]


def ranked(base: Search, query: Query, limit: int | None = None) -> list[tuple[int, bool]]:
    """Rank facts by a question: numbers, best first, and whether each satisfies everything; all that do, or `limit`."""
    clauses = [_ways(base, clause) for clause in query.wanted]
    typed = [clause[0].word if clause[0].kind != "dates" else "" for clause in query.wanted]
    pairs = [(place, *pair) for place, pair in enumerate(pairwise(typed)) if all(pair)]
    for place, one, other in pairs:
        for words in clauses[place : place + 2]:
            words.said.extend(_together(base, one, other))
    satisfied, values = [], list[object]()
    for clause, words in zip(query.wanted, clauses, strict=True):
        spans = _spans(clause)
        satisfied.append(f"({' OR '.join([MATCH] * bool(words.said) + [OVERLAPS] * len(spans))})")
        values += [" OR ".join(words.said + words.synonyms)] * bool(words.said)
        values += [day for span in spans for day in span[::-1]]
    if not values:
        return []
    where, filtered = base.where(query)
    complete = base.execute(f"SELECT n FROM facts WHERE {where} AND {' AND '.join(satisfied)}", [*filtered, *values])
    numbers = [n for (n,) in complete]
    # Where enough satisfy everything, no others need a score.
    enough = limit or CLOSEST
    among = f"[{','.join(map(str, numbers))}]" if len(numbers) >= enough else ""
    beside = [phrase(f"{one} {other}") for _, one, other in pairs if one.isascii() and other.isascii()]
    hits, matches = _hits(query, clauses, [*beside, *chain(*_ways(base, query.beside))], among)
    added, more = _added(query)
    number = len(query.wanted)
    total = f"fit + covered * {WEIGHTS['covered'] / number} + (covered = {number}) * {WEIGHTS['whole']} + {added}"
    newest = "covered DESC, start DESC, " * ("latest" in query.intents)
    order = f"{newest}{total} DESC, n DESC"
    rows = base.execute(
        f"SELECT n, whole FROM (SELECT n, covered = {number} AS whole, row_number() OVER (ORDER BY {order}) AS place"
        f" FROM (SELECT facts.*, fit, {' + '.join(satisfied)} AS covered"
        f" FROM ({hits}) JOIN facts ON n = hit WHERE {where}) AS facts)"
        f" WHERE place <= ?{' OR whole' if limit is None else ''} ORDER BY place",
        [*more, *values, *matches, *filtered, enough],
    )
    return [(n, bool(whole)) for n, whole in rows]


def _hits(query: Query, clauses: Sequence[Ways], beside: list[str], among: str) -> tuple[str, list[object]]:
    """Write the SELECT of all facts that words or times find, or of some among them, with how well they fit."""
    # The "+" keeps SQLite from looking each of them up by itself.
    only = "AND +{} IN (SELECT value FROM json_each(?))" if among else ""
    said = [way for words in clauses for way in words.said]
    synonyms = [way for words in clauses for way in words.synonyms]
    bm25 = f"bm25({', '.join(map(str, COLUMNS.values()))})"
    selects, matches = [], list[object]()
    for factor, ways in ((1, said + beside if said else []), (WEIGHTS["synonym"], synonyms)):
        if ways:
            found = f"facts_fts MATCH ? AND rank MATCH '{bm25}' {only.format('rowid')}"
            selects.append(f"SELECT rowid AS hit, -rank * {factor} AS fit FROM facts_fts WHERE {found}")
            matches += [" OR ".join(ways), among] if among else [" OR ".join(ways)]
    for span in chain(*map(_spans, query.wanted)):
        selects.append(f"SELECT n AS hit, 0 AS fit FROM facts WHERE {OVERLAPS} {only.format('n')}")
        matches += [*span[::-1], among] if among else span[::-1]
    return f"SELECT hit, sum(fit) AS fit FROM ({' UNION ALL '.join(selects)}) GROUP BY hit", matches


def _added(query: Query) -> tuple[str, list[object]]:
    """Write what a fact scores beside its words as SQL over the table `facts`, and the values to bind."""
    parts, values = [f"max(0, json_array_length(partners) - 2) * {WEIGHTS['crowd']}"], list[object]()
    for first, last in chain(*map(_spans, query.wanted)):
        parts.append(
            f"CASE WHEN start BETWEEN ? AND ? THEN {WEIGHTS['began']} WHEN {OVERLAPS} THEN {WEIGHTS['overlaps']}"
            f" WHEN text LIKE ? THEN {WEIGHTS['said']}"
            f" WHEN abs(substr(start, 1, 4) - ?) < 2 THEN {WEIGHTS['near']} ELSE 0 END"
        )
        year = last[:4] if first == dates.PAST else first[:4]
        values += [first, last, last, first, f"%{year}%", int(year)]
    # Years since 1991, as a part of all there have been.
    age = '(substr(coalesce(start, "end"), 1, 4) - 1991) / 35.0'
    if "when" in query.intents:
        parts.append(f'(start = "end") * {WEIGHTS["day"]}')
    if "first" in query.intents:
        parts.append(f"{WEIGHTS['first']} * (1 - {age})")
    if "amount" in query.intents:
        parts.append(f"(n IN (SELECT fact FROM figures)) * {WEIGHTS['amount']} + {WEIGHTS['newest']} * {age}")
    keys = [term.key for clause in query.clauses for term in clause if term.kind == "partner"]
    among = ", ".join("?" * len(keys))
    parts.append(f"(n IN (SELECT fact FROM fact_partners WHERE partner IN ({among}))) * {WEIGHTS['about']}")
    values += keys
    if "joining" in query.intents:
        dated = f"id IN (SELECT since FROM partners WHERE since IS NOT NULL AND key IN ({among}))"
        parts.append(f"({dated}) * {WEIGHTS['joining']}")
        parts.append(f"(kind IN ('membership', 'diplomatic-relations')) * {WEIGHTS['relations']}")
        values += keys
    return " + ".join(parts), values
