import json
import re
import tomllib
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kyrgyz_relations import dates, records
from kyrgyz_relations.factbase import model
from tests.conftest import ROOT, SMALL
from tests.factbase.test_load import BASE, MORE, problems

SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "facts.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_published_schema_is_that_of_the_record_types() -> None:
    assert json.loads(json.dumps(model.schema())) == SCHEMA
    Draft202012Validator.check_schema(SCHEMA)


def test_a_sound_base_is_valid_for_an_independent_validator() -> None:
    for document in (*(path.read_text(encoding="utf-8") for path in (ROOT / "facts.toml", SMALL)), BASE, MORE):
        assert [*VALIDATOR.iter_errors(tomllib.loads(document))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"event"', '"evnt"'), ('date = "2014-06-03"', 'date = "June 2014"'), ("format = 1", "format = 2"),
        ("[partners.china]", "[partners.China]"), ('lang = "en"', 'language = "en"'), ('["energy"]', "[]"),
        ('"https://mfa.gov.kg/"', '"mfa.gov.kg"'),
        # Only what adds to a base may have partners with nothing but aliases.
        ('name = "China"\nkind = "state"', 'aliases = ["PRC"]'),
    ],
)  # fmt: skip
def test_a_faulty_base_is_refused_by_the_validator_and_by_the_loader(old: str, new: str) -> None:
    assert old in BASE
    document = BASE.replace(old, new, 1)
    assert [*VALIDATOR.iter_errors(tomllib.loads(document))] != []
    assert problems(document) != []


@pytest.mark.parametrize(
    "wrong", [{"partners": {"china": {"alias": []}}}, {"facts": [{"id": "a"}]}, {"series": {"china": {"aliases": []}}}]
)
def test_what_adds_to_a_base_is_checked_too(wrong: dict[str, Any]) -> None:
    assert [*VALIDATOR.iter_errors(tomllib.loads(MORE) | wrong)] != []


# Letters that this Python's Unicode has not yet, and joiners, are no control characters; noncharacters are none either.
@pytest.mark.parametrize(
    ("letter", "sound"),
    [
        ("\U0001fae9", True), ("\u200d", True), ("\u202e", False),
        ("\ufffe", False), ("\U0001ffff", False), ("\ufdd0", False),
    ],
)  # fmt: skip
def test_a_text_has_letters_alone(letter: str, *, sound: bool) -> None:
    said = [] if sound else [f"remove the control character U+{ord(letter):04X}"]
    found = problems(BASE.replace('name = "China"', f'name = "Chi{letter}na"'))
    assert [what.rpartition(": ")[2] for _, _, what in found] == said


@given(st.from_regex(r"\A[0-9]{4}(-[0-9]{2}){0,2}[~?%]?(/([0-9]{4}(-[0-9]{2}){0,2}[~?%]?|\.\.))?\Z"))
def test_the_schema_takes_every_date_that_the_loader_takes(date: str) -> None:
    try:
        dates.bounds(date)
    except dates.DateError:
        return
    assert re.search(dates.PATTERN, date)


def test_the_vocabularies_are_those_of_what_is_printed() -> None:
    assert get_args(model.Kind) == (*records.KINDS,)
    assert get_args(model.PartnerKind) == records.PARTNER_KINDS
    assert get_args(model.SourceKind) == records.SOURCE_KINDS
    assert get_args(model.Qualifier) == records.QUALIFIERS
