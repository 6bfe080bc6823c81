"""Times as people say them in a query: "since 2010", "between 1995 and June 1998", "2010-жылдан бери"."""

from __future__ import annotations

from kyrgyz_relations.dates import FUTURE, PAST, shift, span_of
from kyrgyz_relations.words import bare

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kyrgyz_relations.dates import Span

_LONGEST_TIME = 4

# Between the first of two times and the second, by the word before the first.
_TO = ("to", "until", "till", "through", "по", "до", "-")
_BETWEEN = {
    "between": ("and",), "from": _TO, "между": ("и",), **dict.fromkeys(("с", "со"), _TO),
}  # fmt: skip
_SINCE: Callable[[Span], Span] = lambda span: (span[0], FUTURE)  # noqa: E731  # a table of them follows
_AFTER: Callable[[Span], Span] = lambda span: (shift(span[1], 1), FUTURE)  # noqa: E731  # as above
_BEFORE: Callable[[Span], Span] = lambda span: (PAST, shift(span[0], -1))  # noqa: E731  # as above
_UNTIL: Callable[[Span], Span] = lambda span: (PAST, span[1])  # noqa: E731  # as above
# What a word before a time makes of its span, and what a Kyrgyz word behind it does.
PREPOSITIONS = {
    **dict.fromkeys(("since", "from", "с", "со"), _SINCE), **dict.fromkeys(("after", "после"), _AFTER),
    **dict.fromkeys(("before", "до"), _BEFORE), **dict.fromkeys(("until", "till", "by", "through", "по", "к"), _UNTIL),
}  # fmt: skip
_POSTPOSITIONS = {
    "бери": _SINCE, "чейин": _UNTIL, "кийин": _AFTER, "мурун": _BEFORE, "мурда": _BEFORE,
}  # fmt: skip


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
        return _POSTPOSITIONS[joint](span), length + 1, False
    if before and said in PREPOSITIONS:
        return PREPOSITIONS[said](span), length, False
    return span, length, ".." in tokens[before] or "/" in tokens[before]


def _at(tokens: Sequence[str], place: int) -> str:
    return bare(tokens[place]) if place < len(tokens) else ""


def _time_of(tokens: Sequence[str]) -> tuple[Span, int] | None:
    """Read what tokens begin with as a time, and tell how many tokens that takes."""
    for length in range(min(len(tokens), _LONGEST_TIME), 0, -1):
        if tokens[length - 1] == ",":
            continue
        word = " ".join(tokens[:length]).replace(" ,", ",").rstrip("?!")
        span = span_of(word if word.endswith("..") else word.rstrip(".").removesuffix("'s"))
        if span:
            return span, length
    return None
