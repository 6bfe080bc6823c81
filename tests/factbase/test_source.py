from codecs import BOM_UTF8
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyrgyz_relations.errors import FactBaseError
from kyrgyz_relations.factbase.source import load

BASE = (Path(__file__).parent / "valid.toml").read_text("utf-8")
FACT = BASE[BASE.index("[[facts]]") :]


def test_records_hold_what_the_file_says() -> None:
    base = load([("facts.toml", BASE.encode())])
    assert (base.about.title, base.groups["west"].members) == ("Test", ("usa",))
    assert (base.partners["usa"].since, base.partners["china"].iso2) == ("closed", None)
    assert (base.themes["energy"].summary, base.sources["mfa"].lang) == ("Two.", "en")
    assert [(fact.id, fact.date, fact.note) for fact in base.facts] == [("closed", "2014-06-03", None)]


def test_facts_stand_in_the_order_of_their_days_and_then_their_ids() -> None:
    dates = {"b": "2014", "month": "2014-06", "a": "2014", "open": "../1995", "long": "2014/..", "day": "2014-06-01"}
    facts = (FACT.replace('"closed"', f'"{key}"').replace("2014-06-03", date) for key, date in dates.items())
    base = load([("facts.toml", "".join((BASE, *facts)).encode())])
    assert [fact.id for fact in base.facts] == ["open", "a", "b", "long", "day", "month", "closed"]


def test_a_byte_order_mark_and_windows_line_ends_make_no_difference() -> None:
    windows = BOM_UTF8 + BASE.replace("\n", "\r\n").encode()
    assert load([("facts.toml", windows)]) == load([("facts.toml", BASE.encode())])


def test_white_space_in_texts_becomes_single_blanks() -> None:
    document = BASE.replace('"The base closed."', '"""\n  The\u00a0base\\tclosed. \n"""')
    assert load([("facts.toml", document.encode())]).facts[0].text == "The base closed."


def test_the_joiners_of_persian_are_no_control_characters() -> None:
    document = BASE.replace('"China"', '"می\u200cشود"')
    assert load([("facts.toml", document.encode())]).partners["china"].name == "می\u200cشود"


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"\xff", 1), (b"a = 1\nb = '\xc3'", 2), (BASE.encode("utf-16"), 1), (BOM_UTF8 + b"\n\n\xff", 3)],
)
def test_bytes_that_are_not_utf_8_are_told_with_their_line(data: bytes, line: int) -> None:
    assert _problems(data) == [(line, "this is not UTF-8; save the file as UTF-8")]


@pytest.mark.parametrize(
    ("data", "line"), [(b'a = 1\nb = """x', 2), (b'a = 1\nb = """x\n\n', 3), (b"a = 1\nb = ", 2), (b"a", 1)]
)
def test_toml_that_breaks_off_is_told_with_its_last_line(data: bytes, line: int) -> None:
    assert [number for number, _ in _problems(data)] == [line]


@pytest.mark.parametrize(
    "data",
    [b"a = " + b"1" * 5000, b"a = " + b"[" * 5000, b"a = " + b"{a=" * 5000, b"[" + b"a." * 5000 + b"a]"],
    ids=["digits", "lists", "tables", "dots"],
)
def test_a_file_too_large_in_some_way_is_a_problem_like_others(data: bytes) -> None:
    assert _problems(data)


def test_a_name_of_any_length_can_be_checked() -> None:
    assert _problems(BASE.replace("China", "2014.." * 5000).encode()) == []


@given(st.integers(0, len(BASE)), st.integers(0, 40), st.text(max_size=20))
def test_any_change_of_a_file_leads_to_records_or_to_problems_with_lines(start: int, length: int, put: str) -> None:
    document = BASE[:start] + put + BASE[start + length :]
    problems = _problems(document.encode())
    lines = [line for line, _ in problems if line]
    assert lines == sorted(lines)
    assert all(0 < line <= document.count("\n") + 1 for line in lines)
    assert all(message.isprintable() for _, message in problems)


def _problems(data: bytes) -> list[tuple[int | None, str]]:
    try:
        load([("facts.toml", data)])
    except FactBaseError as error:
        return [(line, what) for _, line, what in error.problems]
    return []
