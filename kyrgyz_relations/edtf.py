"""Dates: the part of EDTF (ISO 8601-2, https://www.loc.gov/standards/datetime/) that the fact base uses.

That part is level 0 (`1991`, `2014-06`, `2014-06-03`, `2001-12/2014-06`) with the qualifiers `~`, `?`, `%` and the
open ends `..` of level 1. Days are handled as the integers YYYYMMDD, which compare as the days do.
"""

_POINT = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?[~?%]?"
# What `bounds` takes, as far as an expression can say it, in the dialect of JSON Schema.
PATTERN = rf"^({_POINT}(/({_POINT}|\.\.))?|\.\./{_POINT})$"
DISTANT_PAST = 0
DISTANT_FUTURE = 99999999

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
# The months in Russian, and in the Kyrgyz of everyday: as they are called, as a date has them, after "в", shortened.
_RUSSIAN_MONTHS = (
    "январь января январе янв", "февраль февраля феврале фев февр", "март марта марте мар", "апрель апреля апреле апр",
    "май мая мае", "июнь июня июне июн", "июль июля июле июл", "август августа августе авг",
    "сентябрь сентября сентябре сен сент", "октябрь октября октябре окт", "ноябрь ноября ноябре ноя нояб",
    "декабрь декабря декабре дек",
)  # fmt: skip
_OPEN = ".."
# Of a Kyrgyz year: "-жылындагы".
_LONGEST_CASE = 8


class DateError(ValueError):
    """A string is no date of the part of EDTF that the fact base uses."""


def bounds(date: str) -> tuple[int, int]:
    """Give the first and the last day that a date covers.

    Args:
        date: An EDTF date or interval.

    Returns:
        Two days as YYYYMMDD; an open end is `DISTANT_PAST` or `DISTANT_FUTURE`.

    Raises:
        DateError: It is no such date, or it ends before it begins.
    """
    start, slash, end = date.partition("/")
    if not slash:
        return _point(start)
    if start == end == _OPEN:
        raise DateError("an interval needs a date at one end at least")
    first = DISTANT_PAST if start == _OPEN else _point(start)[0]
    last = DISTANT_FUTURE if end == _OPEN else _point(end)[1]
    if first > last:
        raise DateError("it ends before it begins")
    return first, last


def period(word: str) -> tuple[int, int] | None:
    """Read a word of a query as a time: an EDTF date, a decade, or a range of them.

    Args:
        word: For example `2014`, `2014-06`, `1991..2001`, `2020..`, `..1995`, `1990s`, `1991-2001`, `2001/2014`, or as
            people write a date: `3 June 2014`, `June 3, 2014`, `Jun 2014`, `3 июня 2014`, `03.06.2014`, `1990-е`.

    Returns:
        The first and the last day as YYYYMMDD, or None where the word is no time.
    """
    try:
        if len(word) == 9 and word[4] in "-–—" and word[5].isdigit():
            word = f"{word[:4]}..{word[5:]}"
        if word.count(".") == 2 and ".." not in word:
            word = "-".join(f"{part:0>2}" for part in reversed(word.split(".")))
        start, dots, end = word.partition("..")
        if "/" in word:
            return bounds(word)
        if " " in word:
            return _point(_of_people(word))
        if not dots:
            return _years(word)
        if not start and not end:
            return None
        first = _years(start)[0] if start else DISTANT_PAST
        last = _years(end)[1] if end else DISTANT_FUTURE
    except DateError:
        return None
    return (first, last) if first <= last else None


def for_people(date: str, *, short: bool = False) -> str:
    """Write an EDTF date as people do: `3 June 2014`, `since 23 October 2003`, `c. 1992`, `17–18 May 2002`.

    Args:
        date: A valid EDTF date or interval.
        short: Whether months are cut to three letters.
    """
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


def day_beside(day: int, by: int) -> int:
    """Give the day before or after another.

    Args:
        day: A day as YYYYMMDD; an open end stays what it is.
        by: 1 for the day after, -1 for the day before.
    """
    if day in (DISTANT_PAST, DISTANT_FUTURE):
        return day
    year, month, of_month = day // 10000, day // 100 % 100, day % 100 + by
    if not 1 <= of_month <= _days_in(year, month):
        month += by
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        of_month = 1 if by > 0 else _days_in(year, month)
    return year * 10000 + month * 100 + of_month


def period_of(date: str, unit: str) -> str:
    """Give the month, year or decade in which a date begins, or "" where it is not known.

    Args:
        date: An EDTF date or interval.
        unit: "month", "year" or "decade".

    Returns:
        For example `2014-06`, `2014` or `2010s`.
    """
    if date.startswith(".."):
        return ""
    if unit == "month":
        return date[:7] if date[4:5] == "-" else ""
    return f"{date[:3]}0s" if unit == "decade" else date[:4]


def _of_people(words: str) -> str:
    """Turn "3 June 2014" or "Jun 2014" into EDTF."""
    parts = words.lower().replace(",", " ").split()
    if len(parts) == 2 and parts[0].isdigit():
        parts.reverse()
    if len(parts) == 3 and parts[0][:1].isalpha():
        parts[:2] = parts[1::-1]
    named = parts[-2].removesuffix(".") if 1 < len(parts) < 4 else ""
    months = [number for number, name in enumerate(_MONTHS, 1) if len(named) > 2 and name.lower().startswith(named)]
    if not named.isascii():
        months = [number for number, forms in enumerate(_RUSSIAN_MONTHS, 1) if named in forms.split()]
    if not months:
        raise DateError("a date is written 3 June 2014")
    days = [day[:-2] if day[-2:] in ("st", "nd", "rd", "th") else day for day in parts[:-2]]
    return "-".join([parts[-1], f"{months[0]:02}", *(f"{day:0>2}" for day in days)])


def _years(word: str) -> tuple[int, int]:
    """Give the first and the last day of a date, a decade, or a year as Kyrgyz has it ("2010-жылы")."""
    for ending in ("s", "-е", "-х"):
        decade = word.removesuffix(ending)
        if decade != word and decade.endswith("0"):
            # The decades before the one in which centuries begin again are those of the last.
            decade = f"{'19' if decade >= '50' else '20'}{decade}" if len(decade) == 2 else decade
            return _point(decade)[0], _point(decade[:3] + "9")[1]
    year, kyrgyz, case = word.partition("-жыл")
    if kyrgyz and case.startswith("дар"):
        return _years(f"{year}s")
    return _point(year if kyrgyz and len(case) < _LONGEST_CASE else word.removesuffix(".").removesuffix("г"))


def _point(date: str) -> tuple[int, int]:
    """Give the first and the last day of a date that is no interval."""
    plain = date[:-1] if date[-1:] in ("~", "?", "%") else date
    parts = plain.split("-")
    widths = [len(part) for part in parts]
    if widths not in ([4], [4, 2], [4, 2, 2]) or not plain.isascii() or not all(part.isdigit() for part in parts):
        raise DateError("a date is written 2014, 2014-06 or 2014-06-03")
    year, month, day = (int(part) for part in (*parts, "0", "0")[:3])
    if len(parts) > 1 and not 1 <= month <= 12:
        raise DateError(f"there is no month {parts[1]}")
    if len(parts) > 2 and not 1 <= day <= _days_in(year, month):
        raise DateError(f"{_MONTHS[month - 1]} {year} has no day {day}")
    first = year * 10000 + (month or 1) * 100 + (day or 1)
    last = year * 10000 + (month or 12) * 100 + (day or _days_in(year, month or 12))
    return first, last


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _say(date: str, *, short: bool) -> str:
    plain = date.rstrip("~?%")
    year, *rest = plain.split("-")
    if rest:
        month = _MONTHS[int(rest[0]) - 1]
        year = f"{month[:3] if short else month} {year}"
    if len(rest) > 1:
        year = f"{int(rest[1])} {year}"
    before = "c. " if date[-1] in "~%" else ""
    after = "?" if date[-1] in "?%" else ""
    return before + year + after
