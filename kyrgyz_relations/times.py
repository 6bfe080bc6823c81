"""Times as people say them in a query: "since 2010", "between 1995 and June 1998", "2010-жылдан бери"."""

from __future__ import annotations

from time import localtime

from kyrgyz_relations.dates import FUTURE, PAST, shift, span_of
from kyrgyz_relations.words import bare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kyrgyz_relations.dates import Span

_LONGEST_TIME = 4
_YEARS_AGO = {
    ("this", "year"): 0, ("last", "year"): 1, ("в", "этом", "году"): 0, ("в", "прошлом", "году"): 1,
    ("быйыл",): 0, ("былтыр",): 1,
}  # fmt: skip
_LAST, _YEARS = ("last", "past", "последние", "акыркы"), ("years", "года", "лет", "жыл", "жылда")

# What may stand behind the number of a year.
_YEAR = ("год", "года", "году", "годом", "годов", "годы", "г", "гг", "жыл", "жылы", "жылга", "жылдан")

# Between the first of two times and the second, by the word before the first.
_TO = ("to", "until", "till", "through", "по", "до", "-", "–", "—")
_BETWEEN = {
    "between": ("and", "&", *_TO),
    "между": ("и", *_TO),
    **dict.fromkeys(("since", "from", "after", "с", "со"), _TO),
}
# What a word before a time makes of its span.
PREPOSITIONS: dict[str, Callable[[Span], Span]] = {
    **dict.fromkeys(("since", "from", "с", "со"), lambda span: (span[0], FUTURE)),
    **dict.fromkeys(("after", "после"), lambda span: (shift(span[1], 1), FUTURE)),
    **dict.fromkeys(("before", "до"), lambda span: (PAST, shift(span[0], -1))),
    **dict.fromkeys(("until", "till", "by", "through", "по", "к"), lambda span: (PAST, span[1])),
}


def _by_words(**phrases: str) -> dict[tuple[str, ...], str]:
    return {tuple(words.split()): meaning for meaning, several in phrases.items() for words in several.split(", ")}


# Several words that mean one of these before a time, and words that do behind it.
_BEFORE = _by_words(
    since="in or after, on or after, at or after,"
    " starting in, starting from, beginning in, beginning from, no earlier than, not before,"
    " начиная с, начиная со, не ранее, не раньше",
    after="later than, позднее, позже",
    before="prior to, earlier than, ранее, раньше",
    until="in or before, on or before, at or before,"
    " up to, up until, up till, no later than, not later than, not after, вплоть до, не позднее, не позже",
)
_BEHIND = _by_words(
    since="onward, onwards, and onwards, or later, and later, or newer, and newer, and up, or after, and after,"
    " to now, until now, till now, - now, – now, to today, until today, to present, to the present, until the present,"
    " и позже, и позднее, или позже, или позднее, и далее, по сей день, до сих пор, по настоящее время,"
    " бери, азыркыга чейин",
    until="or earlier, and earlier, or older, and older, or before, and before, чейин,"
    " и раньше, и ранее, или раньше, или ранее",
    after="кийин",
    before="мурун, мурда",
)
_LONGEST_PHRASE = 3


def spoken(tokens: Sequence[str]) -> tuple[Span, int, bool] | None:
    """Read what tokens begin with as a time: its span, how many they are, and whether symbols say it (`2010..`)."""
    before, said = _phrase(tokens, _BEFORE)
    if not before:
        said = bare(tokens[0])
        before = int(said in PREPOSITIONS or said in _BETWEEN)
    begun = _time_of(tokens[before:])
    if before and begun is None and _at(tokens, before) == "the":
        counted = _at(tokens, before + 1) == "year"
        before += 1 + counted
        begun = _time_of(tokens[before:])
        # "After the 2010 violence" is about that year.
        if begun and not counted and bare(tokens[before]).isdigit() and _at(tokens, before + 1).isalpha():
            return None
    if begun is None:
        return None
    span, length = begun[0], before + begun[1]
    if ended := _end_of(tokens, length, _BETWEEN.get(said, ()) if before else _TO):
        first = PREPOSITIONS["after"](span)[0] if said == "after" else span[0]
        return (min(first, ended[0][0]), max(span[1], ended[0][1])), ended[1], False
    comma = int(tokens[length : length + 1] == [","])
    behind, meaning = _phrase(tokens[length + comma :], _BEHIND)
    last = _at(tokens, length + comma + behind - 1)
    more = tokens[length + comma + behind :]
    if meaning and last in PREPOSITIONS and more and (_at(tokens, length + comma) == "and" or _time_of(more)):
        # "In 2010 and after the revolution", "before 1993 or after 2020".
        behind, meaning = 0, ""
    if said in PREPOSITIONS or meaning:
        length += (comma + behind) * bool(behind)
        return PREPOSITIONS[said if said in PREPOSITIONS else meaning](span), length, False
    return span, length, any(mark in token for token in tokens[before:length] for mark in ("..", "/"))


def _end_of(tokens: Sequence[str], length: int, joints: Sequence[str]) -> tuple[Span, int] | None:
    """Read behind the first time of a range the second one, and tell where it ends."""
    if tokens[length : length + 1] == [","] and _at(tokens, length + 1) in _TO:
        length += 1
    if _at(tokens, length) in joints or (_at(tokens, length) == "up" and _at(tokens, length + 1) in joints):
        length += 1 + (_at(tokens, length) == "up")
        length += _at(tokens, length) == "the"
    elif not (later := _time_of(tokens[length:])) or _at(tokens, length + later[1]) != "чейин":
        return None
    ended = _time_of(tokens[length:])
    return (ended[0], length + ended[1] + (_at(tokens, length + ended[1]) == "чейин")) if ended else None


def is_time(words: Sequence[str]) -> bool:
    """Tell whether words are a time and nothing else."""
    said = spoken(words)
    return said is not None and said[1] == len(words)


def _phrase(tokens: Sequence[str], phrases: Mapping[tuple[str, ...], str]) -> tuple[int, str]:
    """Tell with how many words that have a meaning tokens begin, and the meaning."""
    said = tuple([bare(token) for token in tokens[:_LONGEST_PHRASE]])
    return next(((n, phrases[said[:n]]) for n in range(len(said), 0, -1) if said[:n] in phrases), (0, ""))


def _this_year() -> int:
    return localtime().tm_year


def _at(tokens: Sequence[str], place: int) -> str:
    return bare(tokens[place]) if place < len(tokens) else ""


def _time_of(tokens: Sequence[str]) -> tuple[Span, int] | None:
    """Read what tokens begin with as a time, and tell how many tokens that takes."""
    said = [bare(token) for token in tokens[:_LONGEST_TIME]]
    for words, ago in _YEARS_AGO.items():
        if said[: len(words)] == [*words]:
            return (f"{_this_year() - ago}-01-01", f"{_this_year() - ago}-12-31"), len(words)
    if said[2:] and said[0] in _LAST and said[1].isdecimal() and len(said[1]) < 3 and said[2] in _YEARS:
        return (f"{_this_year() - int(said[1])}-01-01", f"{_this_year()}-12-31"), 3
    for length in range(min(len(tokens), _LONGEST_TIME), 0, -1):
        if not any(map(str.isalnum, tokens[length - 1])):
            continue
        word = " ".join(tokens[:length]).replace(" ,", ",").rstrip("?!")
        start, dots, end = word.partition("..")
        if " " in word and dots:
            # "June 2014.."
            first, last = span_of(start) if start else (PAST, PAST), span_of(end) if end else (FUTURE, FUTURE)
            if first and last:
                return (first[0], last[1]), length
            continue
        if span := span_of(word if word.endswith("..") else word.rstrip(".").replace("0's", "0s").removesuffix("'s")):
            return span, length + (word[-1].isdecimal() and _at(tokens, length) in _YEAR)
    return None
