"""The query language: words in, a query out. What the words may name is asked of the caller.

Each word narrows (AND); a comma inside a word widens (OR). From left to right, the longest run of words that names
something is taken for that; a word that names nothing is looked up in the text.
"""

from collections.abc import Callable, Iterable, Sequence

from kyrgyz_relations import edtf
from kyrgyz_relations.text import name_key

# A name's reading ("partner", "group", "theme", "kind", "fact") and its key; None where a word names nothing.
Naming = Callable[[str], tuple[str, str] | None]

LONGEST_NAME = 8
# As "June 3 , 2014".
_LONGEST_TIME = 4

# Words that people put between the words that matter; some are ISO codes too ("in", "is"), which in capitals they stay.
_NOISE = frozenset(
    (  # noqa: SIM905  # words in a row are easier to read than a list of strings
        "a about after all an and any are as at be been before begin began between by can did do does during for from"
        " had happen happened happens has have how in into is it its many me much my no of on or over since so than"
        " that the their then there these this those till to under until was were what when where which who whom whose"
        " versus vs why will with would"
        " а был была были было в во где до за и из или к как какие какой когда кто ли между на о об от по после при"
        " против с сколько со такое у что это г год года годах году годов годами гг годы жана кайсы качан ким менен"
        " тууралуу эмне жыл жылы"
    ).split()
)
# What between two words makes one of them enough.
_OR = frozenset({"or", "или", "же"})

# A word before the first of two times, and those that may stand between them.
_TO = ("to", "until", "till", "through", "по", "до")
_BETWEEN = {
    "between": ("and",),
    "from": _TO,
    "между": ("и",),
    **dict.fromkeys(("с", "со"), _TO),
}
# What a word before a time makes of that time's first and last day.
_SPOKEN: dict[str, Callable[[int, int], tuple[int, int]]] = {
    **dict.fromkeys(("since", "from", "с", "со"), lambda first, _: (first, edtf.DISTANT_FUTURE)),
    **dict.fromkeys(("after", "после"), lambda _, last: (edtf.day_beside(last, 1), edtf.DISTANT_FUTURE)),
    **dict.fromkeys(("before", "до"), lambda first, _: (edtf.DISTANT_PAST, edtf.day_beside(first, -1))),
    **dict.fromkeys(("until", "till", "by", "through", "по", "к"), lambda _, last: (edtf.DISTANT_PAST, last)),
}
# Kyrgyz has such words behind the time.
_SPOKEN_BEHIND = {"бери": "since", "чейин": "until", "кийин": "after", "мурун": "before", "мурда": "before"}
# A dash with blanks around it stands for "to".
_DASHES = frozenset("-–—")


class Term:
    """One way to be found.

    Args:
        reading: "fact", "dates", "partner", "group", "theme", "kind", "subject" or "text"; those commands that ask for
            more also know "partner-kind", "series", "day" (of the year, as MM-DD) and "unknown".
        word: The word or words, as they were typed.
        key: What they name; for text the words to be found, in their order.
        span: For dates the first and the last day, as YYYYMMDD; None for all else.
    """

    __slots__ = ("key", "reading", "span", "word")

    def __init__(self, reading: str, word: str, key: str, span: tuple[int, int] | None = None) -> None:
        self.reading = reading
        self.word = word
        self.key = key
        self.span = span


# A clause holds where one of its terms does; a query where all of its clauses do.
Clause = list[Term]
Query = list[Clause]


def parse(words: Sequence[str], naming: Naming) -> Query:
    """Read the words of a query.

    Args:
        words: As they were typed; one with blanks in it was quoted for the shell.
        naming: Tells what a name names.

    Returns:
        A clause for each word or run of words that names one thing.
    """
    plain = [part for word in words for part in _parts(word) if part == "," or _has_letters(part)]
    return _read(plain, naming, _NOISE) or _read(words, naming, frozenset())


def _read(words: Sequence[str], naming: Naming, noise: frozenset[str]) -> Query:
    query: Query = []
    start, joint = 0, ""
    while start < len(words):
        clause, length = _clause_of(words[start:], naming, noise)
        if clause and query and joint and (joint != "," or _are_alike(query[-1], clause)):
            query[-1] = [*query[-1], *clause]
        elif clause:
            query.append(clause)
        joint = words[start] if noise and _is_joint(words[start]) else ""
        start += length
    return query


def _are_alike(one: Clause, other: Clause) -> bool:
    """Tell whether a comma makes a choice of two: "since 2010, china" is none between a time and a partner."""
    return len({term.reading == "dates" for term in (*one, *other)}) == 1


def _clause_of(words: Sequence[str], naming: Naming, noise: frozenset[str]) -> tuple[Clause, int]:
    """Read the longest run of words that names something, and tell how many words that takes."""
    spoken = _spoken_time(words)
    if spoken:
        return [spoken[0]], spoken[1]
    for length in range(min(len(words), LONGEST_NAME), 0, -1):
        run = words[:length]
        if length == 1 and (_is_noise(run[0], noise) or (noise and _is_joint(run[0]))):
            break
        # A date may hold a comma; elsewhere it parts what widens.
        if noise and length > 1 and any(map(_is_joint, run)) and not edtf.period(" ".join(run)):
            continue
        clause = _clause(" ".join(run), naming, text=length == 1)
        if clause:
            return clause, length
    return [], 1


def _parts(word: str) -> list[str]:
    """Part a word from the comma behind it; a dash stands for "to", and "the" for nothing."""
    if word in _DASHES:
        return ["to"]
    if word.casefold() == "the":
        return []
    parts = [part for part in _without_quotes(word.removesuffix(",")) if part]
    return [*parts, ","] if word.endswith(",") else parts


def _is_joint(word: str) -> bool:
    return word == "," or word.casefold() in _OR


def _without_quotes(word: str) -> list[str]:
    """Give the words that the shell's quotes have kept together, if they say a time, else them as one."""
    parts = word.split()
    spoken = _spoken_time(parts) if len(parts) > 1 else None
    return parts if spoken and spoken[1] == len(parts) else [word]


def _is_noise(word: str, noise: frozenset[str]) -> bool:
    """Tell whether a word is one of these; in capitals it is an ISO code, unless it is an operator elsewhere."""
    plain = word.rstrip(".")
    may_be_code = plain.isascii() and plain.isupper() and len(plain) > 1 and plain != "AND"
    return plain.casefold() in noise and not may_be_code


def _spoken_time(words: Sequence[str]) -> tuple[Term, int] | None:
    """Read what words begin with as a time that people say ("since 2010"), and tell how many words say it."""
    said = words[0].casefold()
    before = int(said in _SPOKEN or said in _BETWEEN)
    begun = _time(words[before:])
    if begun is None:
        return None
    span, length = begun[0], before + begun[1]
    if _word(words, length) == "," and _word(words, length + 1) in _TO:
        length += 1
    joint = _word(words, length)
    ended = _time(words[length + 1 :]) if joint in (_BETWEEN.get(said, ()) if before else _TO) else None
    if ended:
        length += 1 + ended[1]
        span = min(span[0], ended[0][0]), max(span[1], ended[0][1])
    elif joint in _SPOKEN_BEHIND:
        length += 1
        span = _SPOKEN[_SPOKEN_BEHIND[joint]](*span)
    elif said in _SPOKEN:
        span = _SPOKEN[said](*span)
    else:
        return None
    return Term("dates", " ".join(words[:length]), "", span), length


def _word(words: Sequence[str], place: int) -> str:
    return words[place].casefold() if place < len(words) else ""


def _time(words: Sequence[str]) -> tuple[tuple[int, int], int] | None:
    """Read what words begin with as a time, and tell how many words that takes."""
    for length in range(min(len(words), _LONGEST_TIME), 0, -1):
        span = edtf.period(" ".join(words[:length]))
        if span:
            return span, length
    return None


def forced(reading: str, values: Iterable[str], naming: Naming) -> Query:
    """Read words whose reading is given, as by `--partner`.

    Args:
        reading: "partner" (which takes groups too), "theme", "kind" or "text".
        values: A clause each; commas widen as elsewhere.
        naming: Tells what a name names.

    Returns:
        A clause for each value, in which a name that names nothing of the kind has the reading "unknown".
    """
    query: Query = []
    for value in values:
        clause = []
        for word in _alternatives(value):
            named = None if reading == "text" else naming(word)
            if reading == "text":
                clause.append(_text(word))
            elif named and (named[0] == reading or (named[0], reading) == ("group", "partner")):
                clause.append(Term(named[0], word, named[1]))
            else:
                clause.append(Term("unknown", word, reading))
        if clause:
            query.append(clause)
    return query


def between(since: tuple[int, int] | None, until: tuple[int, int] | None, word: str) -> Clause:
    """Make the clause of a time that is given by its ends.

    Args:
        since: The span of the beginning, or None for no beginning.
        until: The span of the end, or None for no end.
        word: The words for it.
    """
    first = since[0] if since else edtf.DISTANT_PAST
    return [Term("dates", word, "", (first, until[1] if until else edtf.DISTANT_FUTURE))]


def _clause(word: str, naming: Naming, *, text: bool) -> Clause | None:
    """Read words joined by blanks; where not all alternatives name something, only if they may be text."""
    whole = edtf.period(word) if "," in word else None
    if whole:
        return [Term("dates", word, "", whole)]
    clause = []
    for part in _alternatives(word):
        quoted = len(part) > 1 and part[0] == part[-1] == '"'
        # A number that is no year of our times is one of the text: "CASA 1000".
        span = None if quoted or (part.isdigit() and not "1500" <= part < "2200") else edtf.period(part)
        named = None if quoted else naming(part)
        if span:
            clause.append(Term("dates", part, "", span))
        elif named:
            clause.append(Term(named[0], part, named[1]))
        elif text:
            clause.append(_text(part))
        else:
            return None
    return clause


def _text(word: str) -> Term:
    return Term("text", word, word.strip('"'))


def _alternatives(word: str) -> list[str]:
    return [part.strip() for part in word.split(",") if _has_letters(part)] or [word]


def _has_letters(word: str) -> bool:
    return bool(name_key(word))
