"""What is wrong with a fact base is told where it stands; what is right becomes records."""

import datetime as dt
import tomllib
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyrgyz_relations.errors import FactBaseError
from kyrgyz_relations.factbase.documents import Document
from kyrgyz_relations.factbase.load import check, load
from tests.conftest import SMALL

HERE = Path(__file__).parent
BASE = (HERE / "valid.toml").read_text(encoding="utf-8")
FACT = BASE[BASE.index("[[facts]]") :]
USED = "is already used at facts.toml"
LONG = "x" * 101
Problem = tuple[str, int | None, str]
FAULTY = (HERE / "faulty.toml").read_text(encoding="utf-8")


def problems(*documents: str | bytes, name: str = "facts.toml") -> list[Problem]:
    files = [(name, text.encode() if isinstance(text, str) else text) for text in documents]
    try:
        load(files)
    except FactBaseError as error:
        # An error without a problem would be told in no words at all.
        return [*error.problems] or [(name, None, "")]
    return []


def expected(document: str, name: str = "facts.toml") -> list[Problem]:
    """Read the messages that the lines of a document end with."""
    lines = enumerate(document.split("\n"), start=1)
    return [(name, number, message.strip()) for number, line in lines for message in line.split("#! ")[1:]]


def test_each_problem_is_told_once_with_its_line_and_all_in_one_run() -> None:
    told, right = problems(FAULTY, name="faulty.toml"), expected(FAULTY, "faulty.toml")
    assert {"missed": sorted({*right} - {*told}), "else": sorted({*told} - {*right})} == {"missed": [], "else": []}
    assert told == right


# What is put in the place of what in a valid base.
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[[facts]]", '[facts] #! facts should be a list of tables, each under its own [[facts]]\n"" = ""'),
        ("[themes.energy]", "[[themes]] #! themes should be tables, such as [themes.some-key]"),
        ("[meta]\n", 'meta = 1 #! meta should be a table of fields\n[x] #! unknown table "x"\n'),
        (BASE[: BASE.index("[groups")], "#! meta: missing format, title, subject, as_of\n"),
        ("format = 1", "format = true #! meta: format: expected a whole number, got true or false"),
        ('"Energy"', '"Kyrgyzstan" #! theme "energy": the name "Kyrgyzstan" already belongs to the subject in [meta]'),
        ('"Energy"', "Energy #! this is not TOML: invalid value"),
        (FACT, "[meta] #! this is not TOML: cannot declare ('meta',) twice"),
        ('"closed"\ndate', f'"{LONG}" #! fact "{LONG}": id: expected text in quotes no longer than 100\ndate'),
        (FACT, FACT + FACT.replace('"closed"', '"closed " #! fact "closed": this id is already used at facts.toml:32')),
    ],
)
def test_what_is_no_fact_base_is_told_with_its_line(old: str, new: str) -> None:
    assert old in BASE
    document = BASE.replace(old, new, 1)
    assert {*expected(document)} <= {*problems(document)}


def test_problems_of_several_files_are_told_file_by_file() -> None:
    with pytest.raises(FactBaseError) as error:
        load([("b.toml", BASE.replace('"event"', '"x"').encode()), ("a.toml", b"[meta]\nformat = 1\n\n[x]")])
    assert [line.partition(": ")[0] for line in str(error.value).split("\n")] == ["b.toml:35", "a.toml:1", "a.toml:4"]


def test_a_control_character_is_told_but_not_printed() -> None:
    ((_, _, message),) = problems(BASE.replace('"event"', '"\\u001b[31m\\u202e"'))
    assert message.startswith(r'fact "closed": unknown kind "\x1b[31m\u202e"; choose from event, agreement, ')


def test_records_hold_what_the_file_says() -> None:
    base = load([("facts.toml", BASE.encode())])
    assert (base.about.title, base.groups["west"].members) == ("Test", ("usa",))
    assert (base.partners["usa"].since, base.partners["china"].iso2) == ("closed", None)
    assert (base.themes["energy"].summary, base.sources["mfa"].lang) == ("Two.", "en")
    assert [(fact.id, fact.date, fact.note, fact.replaces) for fact in base.facts] == [
        ("closed", "2014-06-03", None, False)
    ]


def test_facts_stand_in_the_order_of_their_days_and_then_their_ids() -> None:
    dates = {"b": "2014", "month": "2014-06", "a": "2014", "open": "../1995", "long": "2014/..", "day": "2014-06-01"}
    facts = (FACT.replace('"closed"', f'"{key}"').replace("2014-06-03", date) for key, date in dates.items())
    base = load([("facts.toml", "".join((BASE, *facts)).encode())])
    assert [fact.id for fact in base.facts] == ["open", "a", "b", "long", "day", "month", "closed"]


def test_a_byte_order_mark_and_windows_line_ends_make_no_difference() -> None:
    windows = BOM_UTF8 + BASE.replace("\n", "\r\n").encode()
    assert load([("facts.toml", windows)]) == load([("facts.toml", BASE.encode())])


@pytest.mark.parametrize(
    ("written", "held"),
    [('"""\n  The\u00a0base\\tclosed. \n"""', "The base closed."), ('"می\u200cشود"', "می\u200cشود")],
    ids=["white space", "the joiners of Persian"],
)
def test_white_space_becomes_single_blanks_and_letters_stay(written: str, held: str) -> None:
    document = BASE.replace('"The base closed."', written)
    assert load([("facts.toml", document.encode())]).facts[0].text == held


MORE = """
[partners.china]
aliases = ["Middle Kingdom"]

[synonyms]
base = ["airfield"]

[[facts]]
id = "closed"
replaces = true
date = "2015"
kind = "event"
partners = ["usa", "china"]
themes = ["energy"]
text = "It closed."
sources = ["mfa"]
"""


def test_a_further_file_adds_names_and_puts_facts_in_the_place_of_others() -> None:
    base = load([("facts.toml", BASE.encode()), ("more.toml", MORE.encode())])
    assert base.partners["china"].aliases == ("Middle Kingdom",)
    assert base.synonyms == {"base": ("airfield",)}
    assert [(fact.id, fact.date) for fact in base.facts] == [("closed", "2015")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[partners.china]", f'[sources.mfa] #! source "mfa": this key {USED}:25'),
        (
            "[partners.china]",
            f'[partners.china] #! partner "china": this key {USED}:16; only aliases can be added to it\nname = "K"',
        ),
        (
            '["Middle Kingdom"]',
            '["U.S.A."] #! partner "china": the name "U.S.A." already belongs to partner "usa", at facts.toml:20',
        ),
        ('["Middle Kingdom"]', '[] #! partner "china": aliases: expected a list that is not empty'),
        (
            'closed"\nreplaces = true',
            f'closed" #! fact "closed": this id {USED}:32; replaces = true puts this fact in place of that one',
        ),
        ('closed"\nreplaces = true', 'shut"\nreplaces = true #! fact "shut": there is no fact with this id to replace'),
        ("[synonyms]", "[meta] #! meta: missing title, subject, as_of\nformat = 1\n[synonyms]"),
    ],
)
def test_what_a_further_file_must_not_do_is_told_with_both_places(old: str, new: str) -> None:
    document = MORE.replace(old, new, 1)
    with pytest.raises(FactBaseError) as error:
        load([("facts.toml", BASE.encode()), ("more.toml", document.encode())])
    assert [*error.value.problems] == expected(document, "more.toml")


@given(st.integers(0, len(BASE)), st.integers(0, 40), st.text(max_size=20))
def test_any_change_of_a_file_leads_to_records_or_to_problems_with_lines(start: int, length: int, put: str) -> None:
    document = BASE[:start] + put + BASE[start + length :]
    told = problems(document)
    lines = [line for _, line, _ in told if line]
    assert lines == sorted(lines)
    assert all(0 < line <= document.count("\n") + 1 for line in lines)
    assert all(message.isprintable() for _, _, message in told)


DOCUMENT = tomllib.loads(SMALL.read_text(encoding="utf-8"))
# What no field takes, and what some do.
ODD: tuple[Any, ...] = (
    *(1, 1.5, float("nan"), True, "", " ", "\0", dt.date(2014, 6, 3)),
    *([], {}, [[]], [{}], [1], {"a": 1}, [{"series": 1}]),
)


@st.composite
def changed(draw: st.DrawFn, value: Any = DOCUMENT) -> Any:
    """Put an odd value in some place of a document."""
    if not value or not isinstance(value, dict | list) or draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from(ODD))
    place = draw(st.sampled_from(range(len(value)) if isinstance(value, list) else [*value]))
    new = draw(changed(value[place]))
    if isinstance(value, list):
        return [*value[:place], new, *value[place + 1 :]]
    return {**value, place: new}


@given(changed().filter(lambda document: isinstance(document, dict)))
def test_a_value_of_any_type_in_any_place_is_taken_or_told(document: dict[str, Any]) -> None:
    base, told, _ = check([Document("facts.toml", "", document)])
    assert (base is None) == bool(told)
    assert all(message.isprintable() for _, _, message in told)


def test_a_name_of_any_length_can_be_checked() -> None:
    assert problems(BASE.replace("China", "2014.." * 5000)) == []
