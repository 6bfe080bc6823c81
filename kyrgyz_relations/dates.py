"""Dates: the part of EDTF (ISO 8601-2, https://www.loc.gov/standards/datetime/) that fact bases use.

That part is level 0 (`1991`, `2014-06`, `2014-06-03`, `2001-12/2014-06`) with the qualifiers `~`, `?`, `%` and the
open ends `..` of level 1. A span is its first and its last day, both as ISO 8601 has them, which sort as the days do.
"""

from __future__ import annotations

from datetime import date as calendar_date
from datetime import timedelta

_POINT = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?[~?%]?"
# What `bounds` takes, as far as an expression can say it, in the dialect of JSON Schema.
PATTERN = rf"^({_POINT}(/({_POINT}|\.\.))?|\.\./{_POINT})$"
# The ends of an open interval: no days, and before and after all of them.
PAST, FUTURE = "0000-00-00", "9999-99-99"

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# The months in Russian, and in everyday Kyrgyz: their name, as a date has it, after "в", shortened.
_RUSSIAN_MONTHS = (
    "январь января январе янв", "февраль февраля феврале фев февр", "март марта марте мар", "апрель апреля апреле апр",
    "май мая мае", "июнь июня июне июн", "июль июля июле июл", "август августа августе авг",
    "сентябрь сентября сентябре сен сент", "октябрь октября октябре окт", "ноябрь ноября ноябре ноя нояб",
    "декабрь декабря декабре дек",
)  # fmt: skip
_OPEN = ".."
# Of a Kyrgyz year: "-жылындагы".
_LONGEST_CASE = 8
_YEARS = ("1500", "2200")
# A year that has all days.
_LEAP_YEAR = 2000

TYPE_CHECKING = False
if TYPE_CHECKING:
    Span = tuple[str, str]


class DateError(ValueError):
    """A string is no date of the part of EDTF that fact bases use."""


def bounds(date: str) -> Span:
    """Give the first and the last day that an EDTF date covers; `PAST` or `FUTURE` is an open end."""
    start, slash, end = date.partition("/")
    if not slash:
        return _point(start)
    if start == end == _OPEN:
        raise DateError("an interval needs a date at one end at least")
    first = PAST if start == _OPEN else _point(start)[0]
    last = FUTURE if end == _OPEN else _point(end)[1]
    if first > last:
        raise DateError("it ends before it begins")
    return first, last


def span_of(word: str) -> Span | None:
    """Read a word of a query as a time: an EDTF date, a decade, a range of them, or a date as people write it.

    Examples are `2014`, `2014-06`, `1991..2001`, `2020..`, `..1995`, `1990s`, `1991-2001`, `3 June 2014`, `Jun 2014`,
    `3 июня 2014`, `03.06.2014` and `1990-е`.
    """
    word = word.replace("…", "..").replace("...", "..").lower()
    # A number that is no year of our times is one of the text: "CASA 1000".
    if word.isdigit() and not _YEARS[0] <= word < _YEARS[1]:
        return None
    if len(word) == 9 and word[4] in "-–—" and word[5].isdigit():
        word = f"{word[:4]}..{word[5:]}"
    if word.count(".") == 2 and ".." not in word:
        word = "-".join(f"{part:0>2}" for part in reversed(word.split(".")))
    try:
        return bounds(word) if "/" in word else _point(_of_people(word)) if " " in word else _range(word)
    except DateError:
        return None


def _range(word: str) -> Span | None:
    start, dots, end = word.partition("..")
    if not dots:
        return _years(word)
    first = _years(start)[0] if start else PAST
    last = _years(end)[1] if end else FUTURE
    return (first, last) if first <= last and (start or end) else None


def for_people(date: str, *, short: bool = False) -> str:
    """Write an EDTF date as people do: `3 June 2014`, `since 23 October 2003`, `c. 1992`, `17–18 May 2002`."""
    start, slash, end = date.partition("/")
    if not slash:
        return _say(start, short=short)
    if end == _OPEN:
        return f"since {_say(start, short=short)}"
    last = _say(end, short=short)
    if start == _OPEN:
        return f"until {last}"
    if start.isdigit() and end.isdigit():
        return f"{start}–{end}"
    first = _say(start, short=short)
    exact = start[-1].isdigit() and end[-1].isdigit()
    if exact and len(start) == len(end) == 10 and start[:7] == end[:7]:
        return f"{int(start[8:])}–{last}"
    if exact and start[:4] == end[:4] and len(start) > 4:
        first = first.rpartition(" ")[0]
    return f"{first} – {last}"


def shift(day: str, by: int) -> str:
    """Give the day that is so many days later; an open end stays what it is."""
    if day in (PAST, FUTURE):
        return day
    try:
        return (calendar_date.fromisoformat(day) + timedelta(by)).isoformat()
    except (OverflowError, ValueError):
        # Python's calendar begins with the year 1 and ends with 9999.
        return day


def period_of(date: str, unit: str) -> str:
    """Give the "month" (2014-06), "year" (2014) or "decade" (2010s) in which an EDTF date begins, or "" if unknown."""
    if date.startswith(_OPEN):
        return ""
    if unit == "month":
        return date[:7] if date[4:5] == "-" else ""
    return f"{date[:3]}0s" if unit == "decade" else date[:4]


def day_of(word: str) -> str:
    """Read a day of the year, as MM-DD or as people write it; "" where it is none."""
    span = span_of(f"{word} {_LEAP_YEAR}" if " " in word else f"{_LEAP_YEAR}-{word}")
    return span[0][5:] if span and span[0] == span[1] else ""


def _of_people(words: str) -> str:
    """Turn "3 June 2014" or "Jun 2014" into EDTF."""
    parts = words.replace(",", " ").split()
    if len(parts) == 2 and parts[0].isdigit():
        parts.reverse()
    if len(parts) == 3 and parts[0][:1].isalpha():
        parts[:2] = parts[1::-1]
    named = parts[-2].removesuffix(".") if 1 < len(parts) < 4 else ""
    if named.isascii():
        months = [n for n, name in enumerate(MONTHS, 1) if len(named) > 2 and name.lower().startswith(named)]
    else:
        months = [n for n, forms in enumerate(_RUSSIAN_MONTHS, 1) if named in forms.split()]
    if not months:
        raise DateError("a date is written 3 June 2014")
    days = [day[:-2] if day[-2:] in ("st", "nd", "rd", "th") else day for day in parts[:-2]]
    return "-".join([parts[-1], f"{months[0]:02}", *(f"{day:0>2}" for day in days)])


def _years(word: str) -> Span:
    """Give the span of a date, a decade, or a year as Kyrgyz has it ("2010-жылы")."""
    for ending in ("s", "-е", "-х"):
        decade = word.removesuffix(ending)
        if decade != word and decade.endswith("0"):
            # Two digits mean the last hundred years: the 50s are those of the 20th century.
            decade = f"{'19' if decade >= '50' else '20'}{decade}" if len(decade) == 2 else decade
            return _point(decade)[0], _point(decade[:3] + "9")[1]
    year, kyrgyz, case = word.partition("-жыл")
    if kyrgyz and case.startswith("дар"):
        return _years(f"{year}s")
    return _point(year if kyrgyz and len(case) < _LONGEST_CASE else word.removesuffix(".").removesuffix("г"))


def _point(date: str) -> Span:
    """Give the span of an EDTF date that is no interval."""
    plain = date[:-1] if date[-1:] in ("~", "?", "%") else date
    parts = plain.split("-")
    widths = [len(part) for part in parts]
    if widths not in ([4], [4, 2], [4, 2, 2]) or not plain.isascii() or not all(part.isdigit() for part in parts):
        raise DateError("a date is written 2014, 2014-06 or 2014-06-03")
    year, month, day = (int(part) for part in (*parts, "0", "0")[:3])
    if len(parts) > 1 and not 1 <= month <= 12:
        raise DateError(f"there is no month {parts[1]}")
    if len(parts) > 2 and not 1 <= day <= _days_in(year, month):
        raise DateError(f"{MONTHS[month - 1]} {year} has no day {day}")
    if len(parts) == 3:
        return plain, plain
    if len(parts) == 2:
        return f"{plain}-01", f"{plain}-{_days_in(year, month):02}"
    return f"{plain}-01-01", f"{plain}-12-31"


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _say(date: str, *, short: bool) -> str:
    plain = date.rstrip("~?%")
    year, *rest = plain.split("-")
    if rest:
        month = MONTHS[int(rest[0]) - 1]
        year = f"{month[:3] if short else month} {year}"
    if len(rest) > 1:
        year = f"{int(rest[1])} {year}"
    before = "c. " if date[-1] in "~%" else ""
    after = "?" if date[-1] in "?%" else ""
    return before + year + after
