import re
from datetime import date, timedelta
from time import struct_time

import pytest
from edtf import is_valid_edtf, parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from kyrgyz_relations.dates import FUTURE, PAST, DateError, bounds, day_of, for_people, period_of, shift, span_of
from tests.conftest import each

BOUNDS = {
    "2012-02": ("2012-02-01", "2012-02-29"), "1900-02": ("1900-02-01", "1900-02-28"),
    "1992~/1995?": ("1992-01-01", "1995-12-31"), "1992-05-17%": ("1992-05-17", "1992-05-17"),
    "2003-10-23/..": ("2003-10-23", FUTURE), "../1995-02": (PAST, "1995-02-28"),
}  # fmt: skip
SHAPE = "a date is written 2014, 2014-06 or 2014-06-03"
REFUSALS = {
    **dict.fromkeys(("", "June 2014", "2014-6-3", "20140603", "2014-06-03-01", "2014 ", "2014~?", "-2014"), SHAPE),
    **dict.fromkeys(("201²", "٢٠١٤", "2014/", "2012/2013/2014", ".."), SHAPE), "2014-21": "there is no month 21",
    "2014-00": "there is no month 00", "2014-06-31": "June 2014 has no day 31",
    "1900-02-29": "February 1900 has no day 29", "2014-06-00": "June 2014 has no day 0",
    "2014/2013-12": "it ends before it begins", "../..": "an interval needs a date at one end at least",
}  # fmt: skip
# Dates, and other ways to write them in a query.
WORDS = each(
    ("2014; 2014-жылы; 2014-жылдагы; 2014г.", "2014"), ("2014-06; 2014 June; июнь 2014", "2014-06"),
    ("1990s; 90s; 1990-е; 1990-х; 1990-жылдары", "1990/1999"), ("20s", "2020/2029"),
    ("1991..2001; 1991...2001; 1991…2001; 1991-2001; 1991–2001; 1991/2001", "1991/2001"),
    ("2014-06..2014-07-03", "2014-06/2014-07-03"), ("1990s..2001", "1990/2001"), ("2020..", "2020/.."),
    ("2014-06..", "2014-06/.."), ("..1990s", "../1999"), ("../1995", "../1995"),
    ("янв. 2014", "2014-01"), ("мае 2014", "2014-05"),
    ("3 June 2014; June 3, 2014; 3rd JUNE 2014; 03.06.2014; 3.6.2014; 3 июня 2014", "2014-06-03"),
    ("Sept. 2014", "2014-09"),
)  # fmt: skip
NO_TIMES = (
    *("", "..", "....", "../..", "/", "china", "1995s", "199s", "1990s/2001", "2014-13", "2001..1991", "2001-1991"),
    *("1991..china", "china..1991", "1991..2001..2014", "..1995..", "30 Feb 2014", "3 june", "2014.." * 5000),
    *("майдан 2014", "3 мартовский 2014", "marine 2014", "ma 2014", "31.02.2014", "1.2.3", "1000", "2200"),
)
SAID = {
    "2014": "2014", "2014-06": "June 2014", "1992~": "c. 1992", "1992-05?": "May 1992?",
    "1992-05-07%": "c. 7 May 1992?", "2003-10-23/..": "since 23 October 2003", "1992~/..": "since c. 1992",
    "../1995": "until 1995", "1991/2001": "1991–2001", "1992~/1995": "c. 1992 – 1995",
    "2001-12/2014-06": "December 2001 – June 2014", "2014-03/2014-06": "March – June 2014",
    "2002-03-17/2002-03-18": "17–18 March 2002", "2002-03-30/2002-04-02": "30 March – 2 April 2002",
    "2002-03-17/2002-03-18~": "17 March 2002 – c. 18 March 2002", "2002/2002-06": "2002 – June 2002",
}  # fmt: skip
# A number is a year where it may be one of our times.
YEARS = st.dates(date(1500, 1, 1), date(2199, 12, 31))
POINTS = st.builds(
    lambda day, length, qualifier: day.isoformat()[:length] + qualifier,
    YEARS, st.sampled_from((4, 7, 10)), st.sampled_from(("", "", "~", "?", "%")),
)  # fmt: skip
INTERVALS = st.one_of(
    st.builds("{}/{}".format, POINTS, POINTS), st.builds("{}/..".format, POINTS), st.builds("../{}".format, POINTS)
)
NEARLY_DATES = st.one_of(
    st.from_regex(r"[0-9]{4}(-[0-4][0-9](-[0-3][0-9])?)?[~?%]?(/[0-9]{4}(-[01][0-9])?)?", fullmatch=True),
    st.text("0129-/.~?%", min_size=1, max_size=12),
)


def is_date(written: str) -> bool:
    try:
        return bool(bounds(written))
    except DateError:
        return False


@pytest.mark.parametrize(("written", "days"), BOUNDS.items())
def test_a_date_covers_its_first_to_its_last_day(written: str, days: tuple[str, str]) -> None:
    assert bounds(written) == days


@pytest.mark.parametrize(("written", "message"), REFUSALS.items())
def test_what_is_no_date_is_refused_with_the_reason(written: str, message: str) -> None:
    with pytest.raises(DateError, match=f"^{message}$"):
        bounds(written)


@given(st.integers(1, 9999), st.integers(0, 13), st.integers(0, 32))
def test_a_day_is_refused_exactly_when_the_calendar_lacks_it(year: int, month: int, day: int) -> None:
    written = f"{year:04}-{month:02}-{day:02}"
    try:
        date(year, month, day)
    except ValueError:
        assert not is_date(written)
    else:
        assert bounds(written) == (written, written)


def reference_day(end: struct_time | float) -> str:
    if isinstance(end, float):
        return PAST if end < 0 else FUTURE
    return f"{end.tm_year:04}-{end.tm_mon:02}-{end.tm_mday:02}"


@given(st.one_of(POINTS, INTERVALS))
def test_the_days_of_a_date_are_those_of_the_reference_library_also_in_a_query(written: str) -> None:
    parsed = parse_edtf(written)
    days = reference_day(parsed.lower_strict()), reference_day(parsed.upper_strict())
    assert is_date(written) == (days[0] <= days[1])
    # In a query dots mean the same range.
    dotted = written.replace("/", "" if ".." in written else "..")
    for word in (written, dotted):
        assert span_of(word) == (bounds(written) if is_date(written) else None)
    assert not is_date(written) or bounds(written) == days


@given(NEARLY_DATES)
def test_what_the_reference_library_refuses_is_refused(written: str) -> None:
    assert not is_date(written) or is_valid_edtf(written)


@pytest.mark.parametrize(("word", "date"), WORDS)
def test_a_word_of_a_query_is_read_as_a_time(word: str, date: str) -> None:
    assert span_of(word) == bounds(date)


@pytest.mark.parametrize("word", NO_TIMES, ids=lambda word: word[:30])
def test_a_word_that_is_no_time_is_left_to_other_readings(word: str) -> None:
    assert span_of(word) is None


@given(st.dates(), st.sampled_from(["%B", "%b"]))
def test_what_people_are_told_can_be_typed(day: date, month: str) -> None:
    said = for_people(day.isoformat(), short=month == "%b")
    assert said == f"{day.day} {day:{month}} {day.year:04}"
    assert span_of(said) == (day.isoformat(), day.isoformat())


@pytest.mark.parametrize(("written", "said"), SAID.items())
def test_people_read_dates_in_words(written: str, said: str) -> None:
    assert for_people(written) == said
    # Short ones have months of three letters.
    assert for_people(written, short=True) == re.sub(r"([A-Z][a-z]{2})[a-z]+", r"\1", said)


@given(st.dates(date(1, 1, 2), date(9998, 12, 30)), st.sampled_from([1, -1]))
def test_the_day_beside_is_that_of_the_calendar(day: date, by: int) -> None:
    assert shift(day.isoformat(), by) == (day + timedelta(by)).isoformat()
    # Beyond its ends there is none.
    assert [shift(end, by) for end in (PAST, FUTURE)] == [PAST, FUTURE]
    assert shift("9999-12-31", 1) == "9999-12-31"


@pytest.mark.parametrize(("date", "periods"), [
    ("2014-06-03", ["2014-06", "2014", "2010s"]), ("1998~", ["", "1998", "1990s"]),
    ("2003-10/..", ["2003-10", "2003", "2000s"]), ("../1995-02", ["", "", ""]),
])  # fmt: skip
def test_a_date_belongs_where_it_begins(date: str, periods: list[str]) -> None:
    assert [period_of(date, unit) for unit in ("month", "year", "decade")] == periods


def test_a_day_of_the_year_is_read() -> None:
    words = ("08-31", "31 August", "29 feb", "02-30", "August", "2014")
    assert [day_of(word) for word in words] == ["08-31", "08-31", "02-29", "", "", ""]
