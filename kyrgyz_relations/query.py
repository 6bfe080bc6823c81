"""The query language: words become a query of filters and, for a question, of what its answers are scored by.

Names and times filter; any other word makes it a question, answered best first. What words name is asked of the base.
"""

from __future__ import annotations

from kyrgyz_relations import dates
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.language import fold, printable, valid_unicode
from kyrgyz_relations.namedtuple import NamedTuple
from kyrgyz_relations.times import PREPOSITIONS, spoken
from kyrgyz_relations.words import INTENTS, NAMES, NOT, OR, QUESTION, bare, is_code, is_small

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol

    from kyrgyz_relations.commands import Request
    from kyrgyz_relations.dates import Span

    class Names(Protocol):
        """What a fact base tells about words."""

        codes: bool

        def name(self, words: str) -> tuple[str, str] | None:
            """Give the kind and the key of what words name; a kind "code" is an ISO code of a partner."""

        def has_text(self, words: str) -> bool:
            """Tell whether a fact has these words side by side."""

        def correct(self, word: str) -> str:
            """Give the word of the texts that is meant by a misspelt one, or ""."""


LONGEST_NAME = 10
# More values than this SQLite may refuse to bind, and longer words nobody means (https://www.sqlite.org/limits.html).
_MOST_WORDS, _MOST_LETTERS = 300, 20_000

# Comparisons and fields as other tools write them, by what is typed here.
_COMPARISONS = {">=": "since", "<=": "until", ">": "after", "<": "before", "=": ""}
_FIELDS = ("partner", "theme", "kind", "text")
# The token of a comma inside a word, which widens in any case.
_WIDENING = ",,"
_THOUSANDS = 3
# What is no matter of more or less.
_UNRANKED = frozenset({"subject", "day", "series", "partner-kind"})


class Term(NamedTuple):
    """One way to be found.

    Its kind is "partner", "group", "theme", "kind", "fact", "subject", "dates", "text", "unknown", or what a command
    knows besides: "partner-kind", "series", "day". The key is what it names, for text the words.
    """

    kind: str
    key: str
    word: str
    span: Span | None = None


class Query(NamedTuple):
    """What to find. A clause holds where one of its terms does."""

    # Every fact satisfies all of these, and none of the excluded.
    filters: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    # What a question asks for; best is the fact that satisfies most of it.
    wanted: tuple[tuple[Term, ...], ...] = ()
    # The numbers of the facts that answer it, where it was asked already; nothing else is looked for then.
    numbers: tuple[int, ...] | None = None
    # Whether these only come closest.
    closest: bool = False
    # Words that only add to the score.
    beside: tuple[Term, ...] = ()
    intents: frozenset[str] = frozenset()
    # How words were read, where that may surprise.
    remarks: tuple[str, ...] = ()

    @property
    def clauses(self) -> tuple[tuple[Term, ...], ...]:
        """All that was asked for."""
        return self.filters + self.wanted

    @property
    def question(self) -> bool:
        """Whether facts have to be ranked."""
        return bool(self.wanted) and self.numbers is None


class _Piece(NamedTuple):
    """What was read of some tokens: a clause, or none for a small word, and how it was read.

    That is "name", "time", "filter" (in any case), "text", "small" or "question".
    """

    how: str
    clause: tuple[Term, ...] = ()
    word: str = ""


def read(names: Names, request: Request) -> Query:
    """Read the words and the filters of a command line."""
    query = parse(request.words, names)
    filters, excluded = [*query.filters], [*query.excluded]
    for kind in ("partner", "theme", "kind", "text"):
        filters += [_forced(kind, value, names) for value in getattr(request, kind)]
    for value in request.without:
        excluded += [_term(word, names) for word in _alternatives(valid_unicode(value))]
    since, until = _time("--since", request.since), _time("--until", request.until)
    if since and until and since[0] > until[1]:
        raise RelationsError(f"--since {request.since} is later than --until {request.until}")
    if since or until:
        span = (since[0] if since else dates.PAST, until[1] if until else dates.FUTURE)
        filters.append((Term("dates", "", f"{request.since or ''}..{request.until or ''}", span),))
    if sum(map(len, (*filters, *query.wanted))) > _MOST_WORDS:
        raise RelationsError(f"a query takes at most {_MOST_WORDS} words")
    return query._replace(filters=tuple(filters), excluded=tuple(excluded))


def parse(words: Iterable[str], names: Names) -> Query:
    """Read words as a lookup or as a question."""
    typed = [valid_unicode(word) for word in words]
    if len(typed) > _MOST_WORDS or sum(map(len, typed)) > _MOST_LETTERS:
        raise RelationsError(f"a query takes at most {_MOST_WORDS} words and {_MOST_LETTERS} letters")
    pieces, excluded = _pieces([token for word in typed for token in _tokens(word, names)], names)
    asked = [piece for piece in pieces if piece.clause]
    if not asked and not excluded:
        # Small words alone are looked up as any other.
        asked = pieces = [
            _name(piece.word, names) or _Piece("text", (_text(piece.word),), piece.word) for piece in pieces
        ]
    question = any(piece.how == "question" for piece in pieces)
    texts = sum(piece.how == "text" for piece in asked)
    if question or texts > 1 or (texts and any(piece.how == "name" for piece in asked)):
        query = _question(asked, pieces, names)
    else:
        query = Query(tuple(piece.clause for piece in asked), remarks=tuple(filter(None, map(_remark, asked))))
    return query._replace(excluded=tuple(excluded))


def _remark(piece: _Piece) -> str:
    """Say that a code was read as a word, too."""
    twice = {term.kind for term in piece.clause} == {"partner", "text"} and piece.how == "name"
    return f'read "{printable(piece.word)}" as an ISO code and as a word; in capitals it is the code alone' * twice


def _question(asked: Sequence[_Piece], pieces: Sequence[_Piece], names: Names) -> Query:
    """Make a question of what was asked: symbols filter, all else is scored."""
    intents = {INTENTS[word] for piece in pieces for word in bare(piece.word).split() if word in INTENTS}
    wanted, beside, remarks = list[tuple[Term, ...]](), list[Term](), list[str]()
    for piece in asked:
        clause = piece.clause
        intent = INTENTS.get(bare(piece.word)) if piece.how == "text" else None
        if piece.how == "filter" or clause[0].kind in _UNRANKED:
            continue
        if intent and intent != "amount":
            # What only says what kind of answer is wanted.
            beside += clause if intent != "latest" else ()
            continue
        if piece.how == "text" and not names.has_text(clause[0].key) and (meant := names.correct(clause[0].key)):
            remarks.append(f'read "{printable(piece.word)}" as "{printable(meant)}"')
            clause = (_term(meant, names),)
        wanted.append(clause)
    filters = tuple(
        piece.clause for piece in asked if piece.how == "filter" or piece.clause[0].kind in _UNRANKED - {"subject"}
    )
    if not wanted and not filters:
        wanted = [(term,) for term in beside] or [piece.clause for piece in asked]
    if wanted and all(clause[0].kind == "partner" for clause in wanted):
        # "Is Kyrgyzstan in the CSTO?"
        intents.add("joining")
    return Query(filters, (), tuple(wanted), beside=tuple(beside), intents=frozenset(intents), remarks=tuple(remarks))


def _tokens(word: str, names: Names) -> list[str]:
    """Split an argument into words and commas, unless it is a name, a time or a phrase that some fact has."""
    word = word.strip()
    if len(word) > 1 and word[0] == word[-1] == '"':
        return [word]
    if any(letter in word.rstrip(",;") for letter in " ,") and (names.name(word) or dates.span_of(word)):
        return [word]
    parts = word.replace("…", "..").split()
    if len(parts) > 1:
        phrase = len(parts) <= LONGEST_NAME * 2 and not is_small(parts[0]) and "," not in word and names.has_text(word)
        return [f'"{word}"'] if phrase else [token for part in parts for token in _tokens(part, names)]
    parts = [part for part in word.rstrip(",;").split(",") if part] or [word]
    if parts[0].isdecimal() and all(part.isdecimal() and len(part) == _THOUSANDS for part in parts[1:]):
        # "4,500" is a number.
        parts = [",".join(parts)]
    first, *others = parts
    tokens = _operators(first)
    for other in others:
        tokens += [_WIDENING, *_operators(other)]
    return [*tokens, ","] if word.endswith(",") and word != "," else tokens


def _operators(word: str) -> list[str]:
    """Write what looks like another tool's operator as it is written here."""
    word = word.strip("()[]{}") or word
    for sign, meaning in _COMPARISONS.items():
        if word.startswith(sign) and dates.span_of(word.removeprefix(sign)):
            return [part for part in (meaning, word.removeprefix(sign)) if part]
    if word[:1] == "!" and len(word) > 1:
        return ["NOT", word[1:]]
    return [f"{word[:4]}.."] if len(word) == 5 and word[:4].isdecimal() and word[4] in "-–—+" else [word]


def _pieces(tokens: Sequence[str], names: Names) -> tuple[list[_Piece], list[Term]]:
    """Read tokens from left to right, the longest run that names something first; also what is excluded."""
    pieces, excluded = list[_Piece](), list[Term]()
    place, joint, negated, left_out = 0, "", False, False
    while place < len(tokens):
        word = tokens[place]
        if place and (word in (",", _WIDENING) or fold(word) in OR):
            # Behind what is excluded a choice is excluded, too.
            joint, negated, place = word, negated or (left_out and word != ","), place + 1
            continue
        if word in NOT and place + 1 < len(tokens):
            negated, place = True, place + 1
            continue
        piece, length = _piece(tokens[place:], names)
        place += length
        if not piece.clause:
            pieces.append(piece)
            continue
        last = pieces[-1] if pieces else _Piece("small")
        if negated:
            excluded += piece.clause
        elif joint and last.clause and (joint != "," or _are_alike(last, piece)):
            pieces[-1] = _Piece("filter", (*last.clause, *piece.clause), f"{last.word}, {piece.word}")
        else:
            pieces.append(piece)
        joint, left_out, negated = "", negated, False
    return pieces, excluded


def _are_alike(one: _Piece, other: _Piece) -> bool:
    """Tell whether a comma makes a choice of two: "since 2010, china" is none."""
    return len({piece.clause[0].kind == "dates" for piece in (one, other)}) == 1 and "text" not in (one.how, other.how)


def _piece(tokens: Sequence[str], names: Names) -> tuple[_Piece, int]:
    """Read the longest run of tokens that means something, and tell how many tokens that takes."""
    word = tokens[0]
    if not is_code(word) and (time := spoken(tokens)):
        span, length, symbols = time
        said = " ".join(tokens[:length])
        return _Piece("filter" if symbols else "time", (Term("dates", "", said, span),), said), length
    for length in range(min(len(tokens), LONGEST_NAME), 0, -1):
        run, behind = tokens[:length], tokens[length : length + 1]
        # "Gambia, The" is a name, "IS, The West" are two.
        begins_another = length > 1 and run[-2] == "," and bare(run[-1]) == "the" and behind not in ([], [","])
        alone = length == 1 and is_small(word) and not names.codes
        if any(map(str.isalnum, run[-1])) and _WIDENING not in run and not alone and not begins_another:
            named = _name(" ".join(run).replace(" ,", ","), names)
            if named:
                return named, length
    return _single(word, names), 1


def _name(run: str, names: Names) -> _Piece | None:
    """Read words as a name; a code in small letters is the word of the texts, too, if there is one."""
    named = None if run.startswith('"') else names.name(run)
    if named is None:
        return None
    kind, key = named
    if kind != "code":
        return _Piece("name", (Term(kind, key, run),), run)
    last = run.rpartition(" ")[2]
    sure = last.isupper() or last.casefold() in NAMES or not names.has_text(run)
    partner = Term("partner", key, run)
    return _Piece("name", (partner,) if sure else (partner, _text(run)), run)


def _single(word: str, names: Names) -> _Piece:
    """Read one token that names nothing: a phrase, a field of another tool, a small word or a word."""
    if is_small(word) or not any(map(str.isalnum, word)):
        return _Piece("question" if bare(word) in QUESTION else "small", (), word)
    field, colon, value = word.partition(":")
    if colon and value and field in ("since", "until") and (span := _time(field, value)):
        return _Piece("filter", (Term("dates", "", word, PREPOSITIONS[field](span)),), word)
    if colon and value and field in _FIELDS:
        return _Piece("filter", _forced(field, value, names), word)
    if len(word) > 1 and word[0] == word[-1] == '"':
        return _Piece("filter", (_text(word.strip('"'), word),), word)
    return _Piece("text", (_text(word),), word)


def _forced(kind: str, value: str, names: Names) -> tuple[Term, ...]:
    """Read words whose kind is given, as by `--partner`; a name that is none becomes "unknown", keyed by that kind."""
    terms = []
    for word in _alternatives(valid_unicode(value)):
        named = None if kind == "text" else names.name(word)
        if kind == "text":
            terms.append(_text(word))
        elif named and named[0] in ((kind, "group", "code") if kind == "partner" else (kind,)):
            terms.append(Term("partner" if named[0] == "code" else named[0], named[1], word))
        else:
            terms.append(Term("unknown", kind, word))
    return tuple(terms)


def _term(word: str, names: Names) -> Term:
    """Read a word as a time, a name or text."""
    span = dates.span_of(word)
    if span:
        return Term("dates", "", word, span)
    named = names.name(word)
    return Term("partner" if named[0] == "code" else named[0], named[1], word) if named else _text(word)


def _text(word: str, typed: str = "") -> Term:
    return Term("text", word.strip('"?!.:;') or word, typed or word)


def _alternatives(word: str) -> list[str]:
    return [part.strip() for part in word.split(",") if any(map(str.isalnum, part))] or [word]


def _time(option: str, word: str | None) -> Span | None:
    if word is None:
        return None
    span = dates.span_of(word)
    if span is None:
        raise RelationsError(f'{option} takes a time such as 2014, 2014-06 or 2014-06-03, not "{printable(word)}"')
    return span
