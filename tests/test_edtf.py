from datetime import date, timedelta
from time import struct_time

import pytest
from edtf import is_valid_edtf, parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from kyrgyz_relations.edtf import DISTANT_FUTURE, DISTANT_PAST, DateError, bounds, day_beside, for_people, period

BOUNDS = {
    "1991": (19910101, 19911231),
    "2014-06": (20140601, 20140630),
    "2014-06-03": (20140603, 20140603),
    "2012-02": (20120201, 20120229),
    "1900-02": (19000201, 19000228),
    "2000-02-29": (20000229, 20000229),
    "1992~": (19920101, 19921231),
    "1992-05?": (19920501, 19920531),
    "1992-05-17%": (19920517, 19920517),
    "2001-12/2014-06": (20011201, 20140630),
    "2014-06-17/2014-06": (20140617, 20140630),
    "1992~/1995?": (19920101, 19951231),
    "2003-10-23/..": (20031023, DISTANT_FUTURE),
    "../1995-02": (DISTANT_PAST, 19950228),
}
REFUSALS = {
    "": "a date is written 2014, 2014-06 or 2014-06-03",
    "June 2014": "a date is written 2014, 2014-06 or 2014-06-03",
    "2014-6-3": "a date is written 2014, 2014-06 or 2014-06-03",
    "20140603": "a date is written 2014, 2014-06 or 2014-06-03",
    "2014-06-03-01": "a date is written 2014, 2014-06 or 2014-06-03",
    "2014 ": "a date is written 2014, 2014-06 or 2014-06-03",
    "2014~?": "a date is written 2014, 2014-06 or 2014-06-03",
    "-2014": "a date is written 2014, 2014-06 or 2014-06-03",
    "201²": "a date is written 2014, 2014-06 or 2014-06-03",
    "٢٠١٤": "a date is written 2014, 2014-06 or 2014-06-03",
    "2014/": "a date is written 2014, 2014-06 or 2014-06-03",
    "2012/2013/2014": "a date is written 2014, 2014-06 or 2014-06-03",
    "..": "a date is written 2014, 2014-06 or 2014-06-03",
    "2014-21": "there is no month 21",
    "2014-00": "there is no month 00",
    "2014-06-31": "June 2014 has no day 31",
    "1900-02-29": "February 1900 has no day 29",
    "2014-06-00": "June 2014 has no day 0",
    "2014/2013-12": "it ends before it begins",
    "../..": "an interval needs a date at one end at least",
}
PERIODS = {
    "2014": (20140101, 20141231),
    "2014-06": (20140601, 20140630),
    "1992~": (19920101, 19921231),
    "1990s": (19900101, 19991231),
    "1991..2001": (19910101, 20011231),
    "1991-2001": (19910101, 20011231),
    "1991–2001": (19910101, 20011231),
    "1991/2001": (19910101, 20011231),
    "2014-06..2014-07-03": (20140601, 20140703),
    "1990s..2001": (19900101, 20011231),
    "1991..2000s": (19910101, 20091231),
    "2020..": (20200101, DISTANT_FUTURE),
    "..1990s": (DISTANT_PAST, 19991231),
    "2003-10-23/..": (20031023, DISTANT_FUTURE),
    "../1995": (DISTANT_PAST, 19951231),
    "Sept. 2014": (20140901, 20140930),
    "янв. 2014": (20140101, 20140131),
    "мае 2014": (20140501, 20140531),
}
NO_PERIODS = (
    *("", "..", "....", "../..", "/", "china", "1995s", "199s", "1990s/2001", "2014-13", "2001..1991", "2001-1991"),
    *("1991...2001", "1991..china", "china..1991", "1991..2001..2014", "..1995.."),
    *("майдан 2014", "3 мартовский 2014", "сентиментальный 2014", "marine 2014", "ma 2014"),
)
SPOKEN = {
    "2014": "2014",
    "2014-06": "June 2014",
    "2014-06-03": "3 June 2014",
    "1992~": "c. 1992",
    "1992-05?": "May 1992?",
    "1992-05-07%": "c. 7 May 1992?",
    "2003-10-23/..": "since 23 October 2003",
    "1992~/..": "since c. 1992",
    "../1995": "until 1995",
    "1991/2001": "1991–2001",
    "1992~/1995": "c. 1992 – 1995",
    "2001-12/2014-06": "December 2001 – June 2014",
    "2014-03/2014-06": "March – June 2014",
    "2002-03-17/2002-03-18": "17–18 March 2002",
    "2002-03-30/2002-04-02": "30 March – 2 April 2002",
    "2002-03-17/2002-03-18~": "17 March 2002 – c. 18 March 2002",
    "2002/2002-06": "2002 – June 2002",
}
SPOKEN_SHORT = {
    "2014": "2014",
    "2014-09-03": "3 Sep 2014",
    "2002-03-30/2002-04-02": "30 Mar – 2 Apr 2002",
    "2003-10-23/..": "since 23 Oct 2003",
}

POINTS = st.builds(
    lambda day, length, qualifier: day.isoformat()[:length] + qualifier,
    st.dates(),
    st.sampled_from((4, 7, 10)),
    st.sampled_from(("", "", "~", "?", "%")),
)
INTERVALS = st.one_of(
    st.builds("{}/{}".format, POINTS, POINTS), st.builds("{}/..".format, POINTS), st.builds("../{}".format, POINTS)
)
NEARLY_DATES = st.one_of(
    st.from_regex(r"[0-9]{4}(-[0-4][0-9](-[0-3][0-9])?)?[~?%]?(/[0-9]{4}(-[01][0-9])?)?", fullmatch=True),
    st.text("0129-/.~?%", min_size=1, max_size=12),
)


@pytest.mark.parametrize(("written", "days"), BOUNDS.items())
def test_a_date_covers_its_first_to_its_last_day(written: str, days: tuple[int, int]) -> None:
    assert bounds(written) == days


@pytest.mark.parametrize(("written", "message"), REFUSALS.items())
def test_what_is_no_date_is_refused_with_the_reason(written: str, message: str) -> None:
    with pytest.raises(DateError) as refusal:
        bounds(written)
    assert str(refusal.value) == message


@given(st.integers(1, 9999), st.integers(0, 13), st.integers(0, 32))
def test_a_day_is_refused_exactly_when_the_calendar_lacks_it(year: int, month: int, day: int) -> None:
    written = f"{year:04}-{month:02}-{day:02}"
    try:
        known = date(year, month, day)
    except ValueError:
        with pytest.raises(DateError):
            bounds(written)
    else:
        assert bounds(written) == (int(f"{known:%Y%m%d}".zfill(8)),) * 2


@given(st.one_of(POINTS, INTERVALS))
def test_the_days_of_a_date_are_those_of_the_reference_library(written: str) -> None:
    parsed = parse_edtf(written)
    first, last = _day(parsed.lower_strict()), _day(parsed.upper_strict())
    if first > last:
        with pytest.raises(DateError):
            bounds(written)
    else:
        assert bounds(written) == (first, last)


@given(NEARLY_DATES)
def test_what_the_reference_library_refuses_is_refused(written: str) -> None:
    assert not _is_date(written) or is_valid_edtf(written)


@pytest.mark.parametrize(("word", "days"), PERIODS.items())
def test_a_word_of_a_query_is_read_as_a_time(word: str, days: tuple[int, int]) -> None:
    assert period(word) == days


@pytest.mark.parametrize("word", NO_PERIODS)
def test_a_word_that_is_no_time_is_left_to_other_readings(word: str) -> None:
    assert period(word) is None


def test_a_word_of_any_length_has_an_answer() -> None:
    assert period("2014.." * 5000) is None


@given(st.one_of(POINTS, INTERVALS))
def test_every_date_of_a_fact_is_a_word_of_a_query(written: str) -> None:
    assert period(written) == (bounds(written) if _is_date(written) else None)


@given(POINTS, POINTS)
def test_dots_and_a_slash_mean_the_same_range(start: str, end: str) -> None:
    assert period(f"{start}..{end}") == period(f"{start}/{end}")


@pytest.mark.parametrize(("written", "spoken"), SPOKEN.items())
def test_people_read_dates_in_words(written: str, spoken: str) -> None:
    assert for_people(written) == spoken


@pytest.mark.parametrize(("written", "spoken"), SPOKEN_SHORT.items())
def test_short_dates_have_months_of_three_letters(written: str, spoken: str) -> None:
    assert for_people(written, short=True) == spoken


@given(st.dates())
def test_every_day_is_said_as_the_calendar_names_it(day: date) -> None:
    assert for_people(day.isoformat()) == f"{day.day} {day:%B} {day.year:04}"


def _is_date(written: str) -> bool:
    try:
        first, last = bounds(written)
    except DateError:
        return False
    return first <= last


def _day(end: struct_time | float) -> int:
    if isinstance(end, float):
        return DISTANT_PAST if end < 0 else DISTANT_FUTURE
    return end.tm_year * 10000 + end.tm_mon * 100 + end.tm_mday


@given(st.dates(date(1, 1, 2), date(9998, 12, 30)), st.sampled_from([1, -1]))
def test_the_day_beside_is_that_of_the_calendar(day: date, by: int) -> None:
    assert day_beside(int(f"{day:%Y%m%d}"), by) == int(f"{day + timedelta(by):%Y%m%d}")
    assert day_beside(DISTANT_FUTURE, 1) == DISTANT_FUTURE
