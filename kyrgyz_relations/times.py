"""Times as people say them in a query: "since 2010", "between 1995 and June 1998", "2010-жылдан бери"."""

from __future__ import annotations

from time import localtime

from kyrgyz_relations.dates import FUTURE, PAST, shift, span_of
from kyrgyz_relations.words import bare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyrgyz_relations.dates import Span

_LONGEST_TIME = 4
_YEARS_AGO = {
    ("this", "year"): 0, ("last", "year"): 1, ("в", "этом", "году"): 0, ("в", "прошлом", "году"): 1,
    ("быйыл",): 0, ("былтыр",): 1,
}  # fmt: skip
_LAST, _YEARS = ("last", "past", "последние", "акыркы"), ("years", "года", "лет", "жыл", "жылда")

# Between the first of two times and the second, by the word before the first.
_TO = ("to", "until", "till", "through", "по", "до", "-", "–", "—")
_BETWEEN = {"between": ("and",), "между": ("и",), "from": _TO, "с": _TO, "со": _TO}
# What a word before a time makes of its span, and what a Kyrgyz word behind it does.
PREPOSITIONS: dict[str, Callable[[Span], Span]] = {
    **dict.fromkeys(("since", "from", "с", "со"), lambda span: (span[0], FUTURE)),
    **dict.fromkeys(("after", "после"), lambda span: (shift(span[1], 1), FUTURE)),
    **dict.fromkeys(("before", "до"), lambda span: (PAST, shift(span[0], -1))),
    **dict.fromkeys(("until", "till", "by", "through", "по", "к"), lambda span: (PAST, span[1])),
}
_POSTPOSITIONS = {"бери": "since", "чейин": "until", "кийин": "after", "мурун": "before", "мурда": "before"}


def spoken(tokens: Sequence[str]) -> tuple[Span, int, bool] | None:
    """Read what tokens begin with as a time: its span, how many they are, and whether symbols say it (`2010..`)."""
    said = bare(tokens[0])
    before = int(said in PREPOSITIONS or said in _BETWEEN)
    begun = _time_of(tokens[before:])
    if before and begun is None and _at(tokens, 1) == "the":
        before, begun = 2, _time_of(tokens[2:])
        # "After the 2010 violence" is about that year.
        if begun and bare(tokens[2]).isdigit() and _at(tokens, 3).isalpha():
            return None
    if begun is None:
        return None
    span, length = begun[0], before + begun[1]
    if tokens[length : length + 1] == [","] and _at(tokens, length + 1) in _TO:
        length += 1
    joint = _at(tokens, length)
    ended = _time_of(tokens[length + 1 :]) if joint in (_BETWEEN.get(said, ()) if before else _TO) else None
    if ended:
        return (min(span[0], ended[0][0]), max(span[1], ended[0][1])), length + 1 + ended[1], False
    if joint in _POSTPOSITIONS:
        return PREPOSITIONS[_POSTPOSITIONS[joint]](span), length + 1, False
    if said in PREPOSITIONS:
        return PREPOSITIONS[said](span), length, False
    return span, length, ".." in tokens[before] or "/" in tokens[before]


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
        if tokens[length - 1] == ",":
            continue
        word = " ".join(tokens[:length]).replace(" ,", ",").rstrip("?!")
        if span := span_of(word if word.endswith("..") else word.rstrip(".").replace("0's", "0s").removesuffix("'s")):
            return span, length
    return None
