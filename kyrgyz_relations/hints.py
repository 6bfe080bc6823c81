"""What people are told beside the rows: why nothing was found, what may have been meant, which words matched."""

from __future__ import annotations

from kyrgyz_relations.language import fold, printable
from kyrgyz_relations.query import Query, Term
from kyrgyz_relations.words import INTENTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyrgyz_relations.factbase.search import Search

# How it is said of some kinds of term that they find nothing.
_BARREN = {
    "fact": "no fact has the id",
    "dates": "no fact is dated",
    "day": "no fact is of",
    "text": "nothing found for",
    "kind": "no fact is of the kind",
    "partner-kind": "no fact is about a partner of the kind",
}
# A comparison takes the time of all letters by all words: only the first few unknown names get a suggestion.
_MOST_SUGGESTIONS = 5
_LONGEST_WORD = 100
_SHORTEST_MARK = 4


def why_nothing(base: Search, query: Query) -> tuple[str, ...]:
    """Say what of a lookup found nothing, and what may have been meant."""
    if not query.clauses and not query.excluded:
        return ("the fact base has none",)
    barren = [clause for clause in query.clauses if not base.count(Query((clause,)))]
    lines = [*_told(base, [term for clause in barren for term in clause])]
    if not barren:
        parts = [f"{_said(clause)} ({base.count(Query((clause,)))})" for clause in query.clauses]
        parts += [f"not {_said((term,))}" for term in query.excluded]
        lines.append(f"no fact matches all of these: {', '.join(parts)}")
    # What a word too many has hidden.
    left_out = [barren] if barren else [[clause] for clause in query.clauses]
    for clauses in left_out if barren or len(query.clauses) > 2 else ():  # of two, both counts are told
        rest = query._replace(filters=tuple(clause for clause in query.clauses if clause not in clauses), wanted=())
        count = base.count(rest) if rest.filters else 0
        if count:
            lines.append(f"without {' and '.join(map(_said, clauses))}: {count} fact{'s' * (count != 1)}")
    return tuple(lines)


def unfound(base: Search, query: Query) -> tuple[str, ...]:
    """Say which alternatives of a lookup find nothing, though others do."""
    terms = [term for clause in query.filters if len(clause) > 1 for term in clause if term.kind in ("text", "unknown")]
    return _told(base, [term for term in terms if not base.count(Query(((term,),)))])


def _told(base: Search, terms: Sequence[Term]) -> tuple[str, ...]:
    """Say of terms that they find nothing; of the first few what may have been meant."""
    return tuple(
        f"{_barren(term)}{_did_you_mean(base, term) if number < _MOST_SUGGESTIONS else ''}"
        for number, term in enumerate(terms)
    )


def meant(base: Search, query: Query) -> Query:
    """Give the question of a lookup that found nothing, with misspelt words as they may have been meant."""
    wanted = []
    for clause in query.filters:
        (term, *others) = clause
        word = base.correct(term.key) if term.kind == "text" and not others and not base.has_text(term.key) else ""
        named = base.name(word) if word else None
        wanted.append((Term(named[0], named[1], word),) if named else (Term("text", word, word),) if word else clause)
    return Query(wanted=tuple(wanted))


def missing(base: Search, query: Query, *, closest: bool) -> tuple[str, ...]:
    """Say in one line what keeps all facts from satisfying everything that a question asks."""
    behind = "; these facts come closest" * closest
    filters = query._replace(wanted=())
    counts = [(clause, base.count(filters._replace(filters=(*query.filters, clause)))) for clause in query.wanted]
    barren = [_said(clause) for clause, count in counts if not count]
    if barren:
        return (f"nothing found for {', '.join(barren)}{behind}",)
    parts = [f"{_said(clause)} ({count})" for clause, count in counts]
    return (f"no fact matches all of these: {', '.join(parts)}{behind}",)


def marks(query: Query) -> list[str]:
    """Give the beginnings of the words of a text that a query has found."""
    words = [
        word
        for clause in query.clauses
        for term in clause
        if term.kind not in ("dates", "fact", "number", "day") and fold(term.word) not in INTENTS
        for word in term.word.strip('"').split()
        if query.wanted or term.kind == "text"
    ]
    # As far as most endings leave a word alone.
    return [
        word[: max(_SHORTEST_MARK, len(word) - 2)] for word in words if len(word) >= _SHORTEST_MARK and word.isalpha()
    ]


def _said(clause: Sequence[Term]) -> str:
    return " or ".join(printable(f'"{term.word}"' if term.kind == "text" else term.word) for term in clause)


def _barren(term: Term) -> str:
    word = printable(term.word)
    if term.kind == "unknown":
        return f'no {term.key} is called "{word}"'
    return f'{_BARREN.get(term.kind) or f"no fact is about the {term.kind}"} "{word}"'


def command_meant(words: Sequence[str], commands: Iterable[str]) -> str:
    """Give the command that the first word may be a misspelling of, or ""."""
    from difflib import get_close_matches

    near = get_close_matches(next(iter(words), ""), [name for name in commands if len(name) >= _SHORTEST_MARK], 1, 0.75)
    return near[0] if near else ""


def _did_you_mean(base: Search, term: Term) -> str:
    if term.kind not in ("text", "unknown", "fact") or len(term.word) > _LONGEST_WORD:
        return ""
    near = [printable(name) for name in base.suggest(term.word, term.key if term.kind == "unknown" else term.kind)]
    *others, last = near or [""]
    if not near:
        return ""
    return f" (did you mean {', '.join(others)} or {last}?)" if others else f" (did you mean {last}?)"
