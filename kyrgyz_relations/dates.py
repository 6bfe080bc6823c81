"""Dates: of EDTF (https://www.loc.gov/standards/datetime/) level 0 and the qualifiers and open ends of level 1."""

from __future__ import annotations

from datetime import date as calendar_date
from datetime import timedelta

_POINT = "[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?[~?%]?"
# What `bounds` takes, as far as an expression can say it, in the dialect of JSON Schema.
PATTERN = rf"^({_POINT}(/({_POINT}|\.\.))?|\.\./{_POINT})$"
# The ends of an open interval: no days, and before and after all of them.
PAST, FUTURE = "0000-00-00", "9999-99-99"

MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905  # plainer than a list of strings
# The months in Russian, and in everyday Kyrgyz: their name, as a date has it, after "в", shortened.
_RUSSIAN_MONTHS = """
январь января январе янв, февраль февраля феврале фев февр, март марта марте мар, апрель апреля апреле апр, май мая мае,
июнь июня июне июн, июль июля июле июл, август августа августе авг, сентябрь сентября сентябре сен сент,
октябрь октября октябре окт, ноябрь ноября ноябре ноя нояб, декабрь декабря декабре дек
""".split(",")  # noqa: SIM905  # as above
_OPEN = ".."
# Of a Kyrgyz year: "-жылындагы".
_LONGEST_CASE = 8
_YEARS = ("1500", "2200")
# A year that has all days.
_LEAP_YEAR = 2000
# The first and the last day, as ISO 8601 has them, which sort as the days do.
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
    span = PAST if start == _OPEN else _point(start)[0], FUTURE if end == _OPEN else _point(end)[1]
    if span[0] > span[1]:
        raise DateError("it ends before it begins")
    return span


def span_of(word: str) -> Span | None:
    """Read a word of a query as a time: an EDTF date, a decade, a range, or a date as people write it ("Jun 2014")."""
    word = word.replace("…", "..").replace("...", "..").lower()
    # A number that is no year of our times is one of the text: "CASA 1000".
    if word.isdigit() and not _YEARS[0] <= word < _YEARS[1]:
        return None
    if len(word) == 9 and word[4] in "-–—" and word[5:].isdigit():
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
    span = _years(start)[0] if start else PAST, _years(end)[1] if end else FUTURE
    return span if span[0] <= span[1] and (start or end) else None


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
    exact = start[-1].isdigit() and end[-1].isdigit()
    if exact and len(start) == len(end) == 4:
        return f"{start}–{end}"
    if exact and len(start) == len(end) == 10 and start[:7] == end[:7]:
        return f"{int(start[8:])}–{last}"
    first = _say(start, short=short)
    return f"{first.rpartition(' ')[0] if exact and start[:4] == end[:4] and len(start) > 4 else first} – {last}"


def appended(date: str | None) -> str:
    """Write an EDTF date as people do, to stand behind something; nothing where it is not known."""
    return f", {for_people(date)}" if date else ""


def shift(day: str, by: int) -> str:
    """Give the day that is so many days later; an open end stays what it is."""
    try:
        return (calendar_date.fromisoformat(day) + timedelta(by)).isoformat()
    except (OverflowError, ValueError):
        # Python's calendar begins with the year 1 and ends with 9999.
        return day


def period_of(date: str, unit: str) -> str:
    """Give the "month" (2014-06), "year" (2014) or "decade" (2010s) in which an EDTF date begins, or "" if unknown."""
    if date.startswith(_OPEN) or (unit == "month" and date[4:5] != "-"):
        return ""
    return {"month": date[:7], "year": date[:4], "decade": f"{date[:3]}0s"}[unit]


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
    # Russian ordinals.
    word = next((word.removesuffix(ending) for ending in ("-го", "-му", "-м", "-й") if word.endswith(ending)), word)
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
    if len(parts) == 1:
        return f"{plain}-01-01", f"{plain}-12-31"
    year, month, day = (int(part) for part in (*parts, "1")[:3])
    if not 1 <= month <= 12:
        raise DateError(f"there is no month {parts[1]}")
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    days = 28 + leap if month == 2 else 30 if month in (4, 6, 9, 11) else 31
    if not 1 <= day <= days:
        raise DateError(f"{MONTHS[month - 1]} {year} has no day {day}")
    return (plain, plain) if len(parts) == 3 else (f"{plain}-01", f"{plain}-{days}")


def _say(date: str, *, short: bool) -> str:
    year, month, day, *_ = [*date.rstrip("~?%").split("-"), "0", "0"]
    name = MONTHS[int(month) - 1][: 3 if short else None] if int(month) else ""
    said = f"{int(day) or ''} {name} {year}".strip()
    return f"{'c. ' if date[-1] in '~%' else ''}{said}{'?' if date[-1] in '?%' else ''}"
