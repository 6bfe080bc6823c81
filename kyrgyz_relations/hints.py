"""What people are told beside the rows: why nothing was found, what may have been meant, which words matched."""

from __future__ import annotations

from kyrgyz_relations.language import counted, fold, printable
from kyrgyz_relations.query import Query
from kyrgyz_relations.terms import Term, did_you_mean, term_of
from kyrgyz_relations.words import INTENTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyrgyz_relations.factbase.search import Search

# How it is said of some kinds of term that they find nothing.
_BARREN = {
    "fact": "no fact has the id", "dates": "no fact is dated", "day": "no fact is of", "text": "nothing found for",
    "kind": "no fact is of the kind", "partner-kind": "no fact is about a partner of the kind",
}  # fmt: skip
# A comparison takes the time of all letters by all words: only the first few unknown names get a suggestion.
_MOST_SUGGESTIONS = 5
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
    # What a word too many has hidden; of two, both counts are told.
    left_out = [barren] if barren else [[clause] for clause in query.clauses] if len(query.clauses) > 2 else []
    for clauses in left_out:
        others = tuple({*query.clauses} - {*clauses})
        rest = query._replace(filters=others, wanted=())
        if rest.filters and (count := base.count(rest)):
            lines.append(f"without {' and '.join(map(_said, clauses))}: {counted(count, 'fact')}")
    return tuple(lines)


def unfound(base: Search, query: Query) -> tuple[str, ...]:
    """Say which alternatives of a lookup find nothing, though others do."""
    return _barren(base, [term for clause in query.filters if len(clause) > 1 for term in clause])


def excluding_nothing(base: Search, query: Query) -> tuple[str, ...]:
    """Say which words that were to exclude facts are in none."""
    return _barren(base, query.excluded)


def _barren(base: Search, terms: Sequence[Term]) -> tuple[str, ...]:
    """Say which of these are words that no fact has."""
    return _told(base, [term for term in terms if term.kind == "text" and not base.count(Query(((term,),)))])


def _told(base: Search, terms: Sequence[Term]) -> tuple[str, ...]:
    """Say of terms that they find nothing; of the first few what may have been meant."""
    lines = []
    for number, term in enumerate(terms):
        suggested = number < _MOST_SUGGESTIONS and term.kind in ("text", "fact")
        hint = did_you_mean(base.suggest(term.word, term.kind)) if suggested else ""
        said = _BARREN.get(term.kind, f"no fact is about the {term.kind}")
        lines.append(printable(f'{said} "{term.word}"{hint}'))
    return tuple(lines)


def meant(base: Search, query: Query) -> Query:
    """Give the question of a lookup that found nothing, with misspelt words as they may have been meant."""
    wanted = []
    for clause in query.filters:
        term, *others = clause
        word = base.correct(term.key) if term.kind == "text" and not others and not base.has_text(term.key) else ""
        corrected = (term_of(word, base),) if word else clause
        wanted += [corrected] if corrected[0].kind != "subject" else []
    return Query(wanted=tuple(wanted))


def missing(base: Search, query: Query, *, closest: bool) -> tuple[str, ...]:
    """Say in one line what keeps all facts from satisfying everything that a question asks."""
    behind = "; these facts come closest" * closest
    filters = query._replace(wanted=())
    counts = [(clause, base.count(filters._replace(filters=(*query.filters, clause)))) for clause in query.wanted]
    # What is only not beside the filters is there.
    barren = [_said(clause) for clause, count in counts if not (count or base.count(Query((clause,))))]
    parts = barren or [f"{_said(clause)} ({count})" for clause, count in counts]
    return (f"{'nothing found for' if barren else 'no fact matches all of these:'} {', '.join(parts)}{behind}",)


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
    marked = [word for word in words if len(word) >= _SHORTEST_MARK and word.isalpha()]
    return [word[: max(_SHORTEST_MARK, len(word) - 2)] for word in marked]


def _said(clause: Sequence[Term]) -> str:
    return " or ".join(printable(f'"{term.word}"' if term.kind == "text" else term.word) for term in clause)


def command_meant(words: Sequence[str], commands: Iterable[str]) -> str:
    """Give the command that the first word may be a misspelling of, or ""."""
    from difflib import get_close_matches

    known = [name for name in commands if len(name) >= _SHORTEST_MARK]
    return next(iter(get_close_matches("".join(words[:1]), known, 1, 0.75)), "")
