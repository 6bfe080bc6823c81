from time import struct_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyrgyz_relations.dates import bounds
from kyrgyz_relations.times import spoken
from tests.conftest import each

SAID = each(
    ("2014; 2014?; between 2014", "2014"), ("June 2014", "2014-06"),
    ("3 June 2014; 3rd June 2014; June 3 , 2014", "2014-06-03"),
    ("since 2010", "2010/.."), ("from June 2010", "2010-06/.."), ("since the 1990s; since the year 1990", "1990/.."),
    ("after 2014; с 2015; после 2014; 2015-жылдан бери; 2014-жылдан кийин", "2015/.."),
    ("с 2010-го", "2010/.."),
    ("starting in 2010; 2010 or later; 2010 onwards; 2010 to now; from 2010 to now; 2010 и позже", "2010/.."),
    ("in or after 2010; on or after 2010; 2010 , or later; 2010 and up", "2010/.."),
    ("1993 up to 2000; from 1993 to the 2000; between 1993 & 2000", "1993/2000"),
    ("in or before 1992; on or before 1992", "../1992"),
    ("up to 1992; up until 1992; no later than 1992; 1992 or earlier; вплоть до 1992", "../1992"),
    ("prior to 1992; earlier than 1992", "../1991"), ("later than 2014; after 2014 to now", "2015/.."),
    ("since 1993 to 2000; between 1993 to 2000; after 1992 to 2000; с 1993 года до 2000 года", "1993/2000"),
    ("1993-жылдан 2000-жылга чейин; 1993 жылдан 2000 жылга чейин; 1993 года - 2000 года", "1993/2000"),
    ("after 3 June 2014", "2014-06-04/.."), ("before June 1992; до июня 1992", "../1992-05"),
    ("until 1992; by 1992; 1992-жылга чейин", "../1992"), ("2014-жылга мурун", "../2013"),
    ("between 1993 and 2000; between 2000 and 1993; from 1993 to 2000; from 1993 , to 2000", "1993/2000"),
    ("1993 to 2000; 1993 - 2000; между 1993 и 2000; с 1993 по 2000", "1993/2000"),
    ("between june 1993 and 3 May 2000; June 1993 until 3 May 2000", "1993-06/2000-05-03"),
)  # fmt: skip


@pytest.mark.parametrize(("words", "date"), SAID)
def test_times_are_read_as_people_say_them(words: str, date: str) -> None:
    tokens = words.split()
    # What follows is no part of it.
    assert spoken(tokens) == spoken([*tokens, "china"]) == (bounds(date), len(tokens), False)


@pytest.mark.parametrize(
    "words", ["2010..", "..2001", "1991..2001", "1991/2001", "2003-10-23/..", "June 2014..", "3 June 2014..2015"]
)
def test_symbols_say_that_a_time_filters(words: str) -> None:
    tokens = words.split()
    span = bounds("2014-06/..") if words == "June 2014.." else None
    assert (spoken([*tokens, "china"]) or ())[1:] == (len(tokens), True)
    assert span in (None, (spoken(tokens) or [None])[0])


@pytest.mark.parametrize(
    "words", ["casa", "1000", "june", "since china", "between china and 2000", "12 000", "the 2010"]
)
def test_what_is_no_time_is_left_to_other_readings(words: str) -> None:
    assert spoken(words.split()) is None


def test_and_after_at_the_end_alone_says_until_when() -> None:
    assert spoken(["2010", "and", "after"]) == (bounds("2010/.."), 3, False)
    assert spoken(["2010", "and", "after", "Bakiyev"]) == (bounds("2010"), 1, False)


@pytest.mark.parametrize("words", ["after the 2010 violence", "since the 2005 revolution"])
def test_a_year_that_tells_which_is_no_range(words: str) -> None:
    assert spoken(words.split()) is None


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("this year", "2026"), ("last year", "2025"), ("since last year", "2025/.."), ("last 5 years", "2021/2026"),
        ("в прошлом году", "2025"), ("последние 10 лет", "2016/2026"), ("былтыр", "2025"),
    ],
)  # fmt: skip
def test_years_are_told_from_this_one(monkeypatch: pytest.MonkeyPatch, words: str, date: str) -> None:
    monkeypatch.setattr("kyrgyz_relations.times.localtime", lambda: struct_time((2026, 12, 1, 0, 0, 0, 1, 335, 0)))
    assert spoken([*words.split(), "china"]) == (bounds(date), len(words.split()), False)


def test_a_date_with_a_comma_in_one_argument_is_that_date() -> None:
    assert spoken(["June 3, 2014"]) == (("2014-06-03", "2014-06-03"), 1, False)


@given(st.integers(1500, 2198), st.integers(1, 30))
def test_a_range_said_and_a_range_in_symbols_are_one(first: int, more: int) -> None:
    last = min(first + more, 2199)
    for words in ("from {0} to {1}", "between {1} and {0}", "{0} - {1}", "с {0} по {1}", "{0}..{1}"):
        span, *_ = spoken(words.format(first, last).split()) or [None]
        assert span == bounds(f"{first}/{last}")
