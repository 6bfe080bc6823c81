import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyrgyz_relations.dates import FUTURE, PAST
from kyrgyz_relations.times import spoken

SAID = {
    "2014": ("2014-01-01", "2014-12-31"),
    "June 2014": ("2014-06-01", "2014-06-30"),
    "3 June 2014": ("2014-06-03", "2014-06-03"),
    "3rd June 2014": ("2014-06-03", "2014-06-03"),
    "June 3 , 2014": ("2014-06-03", "2014-06-03"),
    "2014?": ("2014-01-01", "2014-12-31"),
    "since 2010": ("2010-01-01", FUTURE),
    "from June 2010": ("2010-06-01", FUTURE),
    "since the 1990s": ("1990-01-01", FUTURE),
    "after 2014": ("2015-01-01", FUTURE),
    "after 3 June 2014": ("2014-06-04", FUTURE),
    "before June 1992": (PAST, "1992-05-31"),
    "until 1992": (PAST, "1992-12-31"),
    "by 1992": (PAST, "1992-12-31"),
    "between 1993 and 2000": ("1993-01-01", "2000-12-31"),
    "between 2000 and 1993": ("1993-01-01", "2000-12-31"),
    "between june 1993 and 3 May 2000": ("1993-06-01", "2000-05-03"),
    "from 1993 to 2000": ("1993-01-01", "2000-12-31"),
    "from 1993 , to 2000": ("1993-01-01", "2000-12-31"),
    "1993 to 2000": ("1993-01-01", "2000-12-31"),
    "1993 - 2000": ("1993-01-01", "2000-12-31"),
    "June 1993 until 3 May 2000": ("1993-06-01", "2000-05-03"),
    "с 2015": ("2015-01-01", FUTURE),
    "с 2015 по 2017": ("2015-01-01", "2017-12-31"),
    "до июня 1992": (PAST, "1992-05-31"),
    "после 2014": ("2015-01-01", FUTURE),
    "между 1993 и 2000": ("1993-01-01", "2000-12-31"),
    "2015-жылдан бери": ("2015-01-01", FUTURE),
    "1992-жылга чейин": (PAST, "1992-12-31"),
    "2014-жылдан кийин": ("2015-01-01", FUTURE),
    "2014-жылга мурун": (PAST, "2013-12-31"),
}


@pytest.mark.parametrize(("words", "span"), SAID.items())
def test_times_are_read_as_people_say_them(words: str, span: tuple[str, str]) -> None:
    assert spoken(words.split()) == (span, len(words.split()), False)
    # What follows is no part of it.
    assert spoken([*words.split(), "china"]) == (span, len(words.split()), False)


@pytest.mark.parametrize("words", ["2010..", "..2001", "1991..2001", "1991/2001", "2003-10-23/.."])
def test_symbols_say_that_a_time_filters(words: str) -> None:
    assert (spoken([words, "china"]) or ())[1:] == (1, True)


@pytest.mark.parametrize(
    "words", ["casa", "1000", "june", "since china", "between china and 2000", "12 000", "the 2010"]
)
def test_what_is_no_time_is_left_to_other_readings(words: str) -> None:
    assert spoken(words.split()) is None


@pytest.mark.parametrize("words", ["after the 2010 violence", "since the 2005 revolution"])
def test_a_year_that_tells_which_is_no_range(words: str) -> None:
    year = words.split()[2]
    assert (spoken(words.split()) or [None])[0] in (None, (f"{year}-01-01", f"{year}-12-31"))


def test_a_date_with_a_comma_in_one_argument_is_that_date() -> None:
    assert (spoken(["June 3, 2014"]) or [None])[0] == ("2014-06-03", "2014-06-03")


@given(st.integers(1500, 2198), st.integers(1, 30))
def test_a_range_said_and_a_range_in_symbols_are_one(first: int, more: int) -> None:
    last = min(first + more, 2199)
    in_symbols = (spoken([f"{first}..{last}"]) or [None])[0]
    for words in (
        f"from {first} to {last}",
        f"between {last} and {first}",
        f"{first} - {last}",
        f"с {first} по {last}",
    ):
        assert (spoken(words.split()) or [None])[0] == in_symbols
