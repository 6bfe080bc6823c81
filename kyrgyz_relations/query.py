"""The query language: names and times filter; any other word makes a question, answered best first."""

from __future__ import annotations

from kyrgyz_relations import dates
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.language import fold, printable, valid_unicode
from kyrgyz_relations.namedtuple import NamedTuple
from kyrgyz_relations.terms import FIELDS, Term, forced, named_term, term_of, text_term, time_of
from kyrgyz_relations.times import PREPOSITIONS, spoken
from kyrgyz_relations.tokens import LONGEST_NAME, WIDENING, is_quoted, tokens_of
from kyrgyz_relations.words import INTENTS, NAMES, NOT, OR, QUESTION, WITHOUT, bare, is_code, is_small

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kyrgyz_relations.request import Request
    from kyrgyz_relations.tokens import Names

# More values than this SQLite may refuse to bind, and longer words nobody means (https://www.sqlite.org/limits.html).
_MOST_WORDS, _MOST_LETTERS = 300, 20_000

_LONGEST_DAY, _YEAR = 2, 4
# What is no matter of more or less.
_UNRANKED = ("day", "series", "partner-kind")


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
    """What was read of some tokens: a clause, or none for a small word."""

    # "name", "time", "filter" (in any case), "text", "small" or "question".
    how: str
    clause: tuple[Term, ...] = ()
    word: str = ""


def read(names: Names, request: Request) -> Query:
    """Read the words and the filters of a command line."""
    _bound([*request.partner, *request.theme, *request.kind, *request.text, *request.without])
    query = parse(request.words, names)
    filters = [*query.filters, *(forced(kind, word, names) for kind in FIELDS for word in getattr(request, kind))]
    without = [term for value in request.without for term in _excluded(valid_unicode(value), names)]
    since, until = time_of("--since", request.since), time_of("--until", request.until)
    if (since and since[0] == dates.PAST) or (until and until[1] == dates.FUTURE):
        raise RelationsError("--since needs a time that begins, and --until one that ends")
    if since and until and since[0] > until[1]:
        raise RelationsError(f"--since {request.since} is later than --until {request.until}")
    if since or until:
        span = since[0] if since else dates.PAST, until[1] if until else dates.FUTURE
        filters.append((Term("dates", "", f"{request.since or ''}..{request.until or ''}", span),))
    if sum(map(len, (*filters, *query.wanted, without))) > _MOST_WORDS:
        raise RelationsError(f"a query takes at most {_MOST_WORDS} words")
    return query._replace(filters=tuple(filters), excluded=(*query.excluded, *without))


def _excluded(value: str, names: Names) -> list[Term]:
    """Read a value of --not as words behind NOT are read, each of which excludes."""
    if names.name(value):
        return [term_of(value, names)]
    pieces, excluded = _pieces(tokens_of([value], names), names)
    terms = [term for piece in pieces for term in piece.clause]
    if excluded or not terms:
        raise RelationsError(f'--not takes a name, a time or a word, not "{printable(value)}"')
    return terms


def _bound(words: Sequence[str]) -> None:
    if len(words) > _MOST_WORDS or sum(map(len, words)) > _MOST_LETTERS:
        raise RelationsError(f"a query takes at most {_MOST_WORDS} words and {_MOST_LETTERS} letters")


def parse(words: Iterable[str], names: Names) -> Query:
    """Read words as a lookup or as a question."""
    typed = [valid_unicode(word) for word in words]
    _bound(typed)
    pieces, excluded = _pieces(tokens_of(typed, names), names)
    asked = [piece for piece in pieces if piece.clause]
    if not asked and not excluded:
        # Small words alone are looked up as any other.
        asked = pieces = [_name(word, names) or _Piece("text", (text_term(word),), word) for _, _, word in pieces]
    hows = [piece.how for piece in pieces]
    # What is asked in Russian or Kyrgyz may be told in English.
    foreign = [word for how, _, word in pieces if how == "text" and not word.isascii() and not names.is_told(word)]
    if foreign or "question" in hows or hows.count("text") > 1 or {*hows} >= {"text", "name"}:
        query = _question(asked, pieces, names)
    else:
        # Names of two terms are codes that were read as words, too.
        codes = [printable(piece.word) for piece in asked if piece.how == "name" and len(piece.clause) > 1]
        remarks = [f'read "{code}" as an ISO code and as a word; in capitals it is the code alone' for code in codes]
        query = Query(tuple(piece.clause for piece in asked), remarks=tuple(remarks))
    told, without = list[str](), ""
    if _groups(" ".join(typed)):
        told.append("brackets group nothing")
    for piece in pieces:
        if bare(piece.word) in WITHOUT and piece.how != "name":
            without = piece.word
        elif piece.clause and without:
            told.append(printable(f'"{without}" leaves nothing out; "NOT {piece.word}" does'))
            without = ""
    if pieces and asked is not pieces and pieces[-1].word in NOT:
        told.append(f'"{pieces[-1].word}" leaves nothing out at the end')
    return query._replace(excluded=tuple(excluded), remarks=(*query.remarks, *told))


def _groups(text: str) -> bool:
    """Tell whether brackets hold words that are joined by an operator, or stand behind one."""
    inside = text.partition("(")[2].partition(")")[0].split()
    return len(inside) > 1 and any(
        word in NOT or fold(word) in OR or word == "AND" for word in text.replace("(", " ").split()
    )


def _question(asked: Sequence[_Piece], pieces: Sequence[_Piece], names: Names) -> Query:
    """Make a question of what was asked: symbols filter, all else is scored."""
    intents = {INTENTS[word] for piece in pieces for word in bare(piece.word).split() if word in INTENTS}
    filters, wanted = list[tuple[Term, ...]](), list[tuple[Term, ...]]()
    beside, remarks = list[Term](), list[str]()
    for how, clause, word in asked:
        intent = INTENTS.get(bare(word), "amount") if how == "text" else "amount"
        if how == "filter" or clause[0].kind in _UNRANKED:
            filters.append(clause)
        elif clause[0].kind == "subject":
            continue
        elif intent != "amount":
            # What only says what kind of answer is wanted.
            beside += clause if intent != "latest" else ()
        elif how == "text" and not names.has_text(clause[0].key) and (meant := names.correct(clause[0].key)):
            remarks.append(f'read "{printable(word)}" as "{printable(meant)}"')
            term = term_of(meant, names)
            wanted += [(term,)] if term.kind != "subject" else []
        else:
            wanted.append(clause)
    if not wanted and not filters:
        wanted = [(term,) for term in beside] or [piece.clause for piece in asked]
    if {clause[0].kind for clause in wanted} == {"partner"}:
        # "Is Kyrgyzstan in the CSTO?"
        intents.add("joining")
    query = Query(tuple(filters), (), tuple(wanted), beside=tuple(beside), remarks=tuple(remarks))
    return query._replace(intents=frozenset(intents))


def _pieces(tokens: Sequence[str], names: Names) -> tuple[list[_Piece], list[Term]]:
    """Read tokens from left to right, the longest run that names something first; also what is excluded."""
    pieces, excluded = list[_Piece](), list[Term]()
    # `last` is the last piece with a clause, left out or not.
    place, joint, negated, left_out, last = 0, "", False, False, _Piece("small")
    while place < len(tokens):
        word = tokens[place]
        if place and (word in (",", WIDENING) or fold(word) in OR):
            joint, place = word, place + 1
            continue
        if word in NOT and place + 1 < len(tokens):
            if negated or joint not in ("", ","):
                raise RelationsError(f'"{tokens[place - 1].strip(",") or ","} {word}" means nothing; use either')
            negated, place = True, place + 1
            continue
        piece, length = _piece(tokens[place:], names, listed=_is_listed(tokens, place, names))
        place += length
        chosen = joint and piece.clause and last.clause and (joint != "," or _are_alike(last, piece))
        # Behind what is excluded a choice is excluded, too; small words change nothing.
        left_out = negated or bool(left_out and (chosen or not piece.clause))
        if left_out and piece.clause:
            excluded += piece.clause
        elif chosen and last in pieces:
            # Small words may stand between: "china, russia, and kazakhstan".
            either = _Piece("filter", (*last.clause, *piece.clause), f"{last.word}, {piece.word}")
            pieces[len(pieces) - 1 - pieces[::-1].index(last)] = piece = either
        else:
            pieces.append(piece)
        if piece.clause:
            joint, negated, last = "", False, piece
    if negated:
        raise RelationsError(f'"{printable(" ".join(tokens[-2:]))}" leaves nothing out; --not takes any word')
    return pieces, excluded


def _is_listed(tokens: Sequence[str], place: int, names: Names) -> bool:
    """Tell whether a small word is one of a list of names: in "no,se", or the first in "no, se"."""
    if WIDENING in (*tokens[max(place - 1, 0) : place], *tokens[place + 1 : place + 2]):
        return True
    comma, name = [*tokens[place + 1 : place + 3], "", ""][:2]
    return comma == "," and len(name) == len(tokens[place]) and names.name(name) is not None


def _are_alike(one: _Piece, other: _Piece) -> bool:
    """Tell whether a comma makes a choice of two: "since 2010, china" is none."""
    spans = [piece.clause[0].span for piece in (one, other)]
    # "After 2010, before 2012" is no choice, which would leave out nothing.
    ends = {end for span in spans if span for end in span}
    alike = len({span is None for span in spans}) == 1 and not ends >= {dates.PAST, dates.FUTURE}
    return alike and "text" not in (one.how, other.how)


def _piece(tokens: Sequence[str], names: Names, *, listed: bool) -> tuple[_Piece, int]:
    """Read the longest run of tokens that means something, and tell how many that takes; in "no,se" a name stands."""
    word = tokens[0]
    if (not (is_code(word) and names.name(word)) or dates.span_of(word)) and (time := spoken(tokens)):
        span, length, symbols = time
        said = " ".join(tokens[:length])
        return _Piece("filter" if symbols else "time", (Term("dates", "", said, span),), said), length
    if word.isdecimal() and len(word) <= _LONGEST_DAY and "".join(tokens[1:2])[:1].isalpha():
        later = spoken(tokens[1:])
        if later and later[0][0][:7] == later[0][1][:7]:
            raise RelationsError(f'"{printable(" ".join(tokens[: later[1] + 1]))}" is no day')
    field, colon, first = word.partition(":")
    for length in range(min(len(tokens), LONGEST_NAME) * (bool(colon) and field in FIELDS), 1, -1):
        value = " ".join([first, *tokens[1:length]])
        if "," not in value and names.name(value):
            return _Piece("filter", forced(field, value, names), f"{field}:{value}"), length
    for length in range(min(len(tokens), LONGEST_NAME), 0, -1):
        run = tokens[:length]
        comma = run.index(",") + 1 if "," in run else length
        # "Gambia, The" is a name, "IS, The West" are two.
        longer = [tokens[comma:end] for end in range(length + 1, min(len(tokens), comma + LONGEST_NAME) + 1)]
        begins_another = comma < length and any("," not in more and names.name(" ".join(more)) for more in longer)
        alone = length == 1 and is_small(word) and (bare(word) == "and" or not (names.codes or listed))
        possible = any(map(str.isalnum, run[-1])) and WIDENING not in run and not alone and not begins_another
        if possible and (named := _name(" ".join(run).replace(" ,", ","), names, sure=listed)):
            return named, length
    return _single(word, names), 1


def _name(run: str, names: Names, *, sure: bool = False) -> _Piece | None:
    """Read words as a name; a code in small letters is the word of the texts, too, if there is one."""
    named = None if run.startswith('"') else names.name(run)
    if named is None:
        return None
    last = run.rpartition(" ")[2]
    sure = sure or named[0] != "code" or last.isupper() or last.casefold() in NAMES or not names.has_text(run)
    return _Piece("name", (named_term(named, run),) if sure else (named_term(named, run), text_term(run)), run)


def _single(word: str, names: Names) -> _Piece:
    """Read one token that names nothing: a phrase, a field of another tool, a small word or a word."""
    if is_small(word.casefold()) or not any(map(str.isalnum, word)):
        return _Piece("question" if bare(word) in QUESTION else "small", (), word)
    field, colon, value = word.partition(":")
    if colon and value and field in ("since", "until") and (span := time_of(field, value)):
        return _Piece("filter", (Term("dates", "", word, PREPOSITIONS[field](span)),), word)
    if colon and value and field in FIELDS:
        return _Piece("filter", forced(field, value, names), word)
    if is_quoted(word):
        return _Piece("filter", (text_term(word.strip('"')),), word)
    if _looks_like_time(word) and not names.has_text(word):
        raise RelationsError(f'"{printable(word)}" is no time such as 2014, 2014-06, 2014-06-03 or 2010..2014')
    return _Piece("text", (text_term(word),), word)


def _looks_like_time(word: str) -> bool:
    """Tell whether a word can only be meant as a time: numbers with dashes, slashes or dots, one of them a year."""
    parts = [part for part in word.replace("/", "-").replace(".", "-").split("-") if part]
    return len(parts) > 1 and all(map(str.isdecimal, parts)) and _YEAR in map(len, parts)
