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
from kyrgyz_relations.factbase.model import Base
from tests.conftest import SMALL

HERE = Path(__file__).parent
BASE, FAULTY = ((HERE / name).read_text(encoding="utf-8") for name in ("valid.toml", "faulty.toml"))
FACT = BASE[BASE.index("[[facts]]") :]
USED = "is already used at facts.toml"
LONG = "x" * 101
Problem = tuple[str, int | None, str]


def loaded(*documents: str | bytes, name: str = "facts.toml") -> Base:
    names = (name, "more.toml")
    return load(
        [(name, text.encode() if isinstance(text, str) else text) for name, text in zip(names, documents, strict=False)]
    )


def problems(*documents: str | bytes, name: str = "facts.toml") -> list[Problem]:
    try:
        loaded(*documents, name=name)
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
        ('"closed"\ndate', f'"{LONG}" #! fact "{LONG}": id: expected text in quotes no longer than 100\ndate'),
        (FACT, FACT + FACT.replace('"closed"', '"closed " #! fact "closed": this id is already used at facts.toml:32')),
    ],
)
def test_what_is_no_fact_base_is_told_with_its_line(old: str, new: str) -> None:
    assert old in BASE
    document = BASE.replace(old, new, 1)
    assert {*expected(document)} <= {*problems(document)}


def test_problems_of_several_files_are_told_file_by_file() -> None:
    told = problems(BASE.replace('"event"', '"x"'), "[meta]\nformat = 1\n\n[x]")
    assert [(name, line) for name, line, _ in told] == [("facts.toml", 35), ("more.toml", 1), ("more.toml", 4)]


def test_records_hold_what_the_file_says() -> None:
    base = loaded(BASE)
    assert (base.meta.title, base.groups["west"].members) == ("Test", ("usa",))
    assert (base.partners["usa"].since, base.partners["china"].iso2) == ("closed", None)
    assert [(fact.id, fact.date, fact.note) for fact in base.facts] == [("closed", "2014-06-03", None)]
    # A byte order mark and the line ends of Windows make no difference.
    assert loaded(BOM_UTF8 + BASE.replace("\n", "\r\n").encode()) == base


def test_facts_stand_in_the_order_of_their_days_and_then_their_ids() -> None:
    dates = {"open": "../1995", "a": "2014", "b": "2014", "long": "2014/..", "day": "2014-06-01", "month": "2014-06"}
    facts = [FACT.replace('"closed"', f'"{key}"').replace("2014-06-03", date) for key, date in dates.items()]
    assert [fact.id for fact in loaded("".join((BASE, *facts[::-1]))).facts] == [*dates, "closed"]


def test_white_space_becomes_single_blanks_and_letters_stay() -> None:
    # Persian needs its joiners.
    for written, held in (
        ('"""\n  The\u00a0base\\tclosed. \n"""', "The base closed."),
        ('"می\u200cشود"', "می\u200cشود"),
    ):
        assert loaded(BASE.replace('"The base closed."', written)).facts[0].text == held


MORE = """
[partners.china]
aliases = ["Middle Kingdom"]

[synonyms]
base = ["airfield"]

"""
MORE += (
    FACT.replace("2014-06-03", "2015")
    .replace('"closed"', '"closed"\nreplaces = true')
    .replace('["usa"]', '["usa", "china"]')
)


def test_a_further_file_adds_names_and_puts_facts_in_the_place_of_others() -> None:
    base = loaded(BASE, MORE)
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
    assert problems(BASE, document) == expected(document, "more.toml")


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
