"""The built-in fact base: that it answers, that it is laid out, and that it agrees with what others publish."""

import datetime as dt
import re
import tomllib
from typing import Any
from urllib.parse import urlsplit

import pytest
from babel import Locale
from edtf import parse_edtf
from pycountry import countries

from kyrgyz_relations.dates import bounds
from kyrgyz_relations.errors import FOUND
from kyrgyz_relations.factbase.load import load
from kyrgyz_relations.factbase.model import File, Partner
from kyrgyz_relations.language import name_key
from tests.conftest import ROOT, Command

DATA = (ROOT / "facts.toml").read_bytes()
BASE = load([("facts.toml", DATA)])
RAW: dict[str, Any] = tomllib.loads(DATA.decode())
FACTS = {fact.id: fact for fact in BASE.facts}
STATES: dict[str, Partner] = {key: partner for key, partner in BASE.partners.items() if partner.kind == "state"}


def test_the_queries_that_the_overview_offers_find_something(relations: Command) -> None:
    assert [example for example in BASE.meta.examples if relations(*example.split()).status != FOUND] == []


def test_records_stand_in_canonical_order() -> None:
    assert [*RAW] == [*File.__struct_fields__]
    assert RAW["facts"] == sorted(RAW["facts"], key=lambda fact: (*bounds(fact["date"]), fact["id"]))
    for name in RAW.keys() - {"meta", "facts"}:
        assert [*RAW[name]] == sorted(RAW[name])
    # No fact is later than the day up to which the base was checked.
    as_of = bounds(BASE.meta.as_of)[1]
    assert [key for key, fact in FACTS.items() if bounds(fact.date)[0] > as_of] == []


def test_dates_are_edtf_for_an_independent_parser() -> None:
    dates = {fact.date for fact in BASE.facts} | {source.published or "2014" for source in BASE.sources.values()}
    assert all(dt.date.fromisoformat(date) for date in dates if re.fullmatch(r"\d{4}-\d\d-\d\d", date))
    # The parser takes its time: of what differs only in digits, it gets one.
    shapes = {re.sub(r"\d", "9", date): date for date in dates}
    assert all(parse_edtf(date) for date in shapes.values())


def test_texts_are_of_the_length_that_a_row_takes_and_are_sentences() -> None:
    assert [key for key, fact in FACTS.items() if not 40 <= len(fact.text) <= 280] == []
    assert [key for key, fact in FACTS.items() if fact.text[-1] not in '.”"'] == []


def test_each_figure_stands_in_the_text_of_its_fact() -> None:
    def is_said(value: float, text: str) -> bool:
        # As it is, or in thousands or millions of its unit, or a thousandth.
        ways = {f"{value * factor:,.10g}" for factor in (1, 1e-3, 1e-6, 1e3)} | {f"{value:,.1f}"}
        return any(re.search(rf"(?<![\d.,]){re.escape(way)}(?!\d|[.,]\d)", text) for way in ways)

    figures = [(fact, figure.value) for fact in BASE.facts for figure in fact.figures]
    assert [(fact.id, value) for fact, value in figures if not is_said(value, fact.text)] == []


def test_every_source_is_cited_and_no_page_is_two_sources() -> None:
    assert {*BASE.sources} == {source for fact in BASE.facts for source in fact.sources}
    pages: dict[str, str] = {}
    for key, source in BASE.sources.items():
        parts = urlsplit(source.url)
        assert "." in (parts.hostname or ""), key
        assert parts.username is parts.password is None, key
        page = f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
        assert pages.setdefault(page, key) == key


def test_every_theme_series_and_partner_is_of_some_fact_or_group() -> None:
    assert {*BASE.themes} == {key for fact in BASE.facts for key in fact.themes}
    assert {*BASE.series} == {figure.series for fact in BASE.facts for figure in fact.figures}
    assert {*STATES} <= {key for fact in BASE.facts for key in fact.partners}


def test_states_have_the_codes_of_iso_3166() -> None:
    for key, partner in STATES.items():
        assert getattr(countries.get(alpha_2=partner.iso2), "alpha_3", None) == partner.iso3 is not None, key
    # The other members of the United Nations, the Holy See and Palestine.
    assert len(STATES) == 194
    assert not {"KG", "TW", "XK"} & {partner.iso2 for partner in STATES.values()}


# The two Congos and the Holy See go by their official names; elsewhere CLDR adds what a reader does not need.
OTHER_NAMES = {"dr-congo", "holy-see", "myanmar", "palestine", "republic-of-the-congo"}


@pytest.mark.parametrize(
    ("field", "language", "others"),
    [
        ("name_ky", "ky", OTHER_NAMES),
        ("name_ru", "ru", OTHER_NAMES | {"united-states"}),
        ("name", "en", OTHER_NAMES | {"cabo-verde", "saint-vincent-and-the-grenadines"}),
    ],
)
def test_states_have_the_names_of_cldr(field: str, language: str, others: set[str]) -> None:
    names = Locale(language).territories
    named = {key: names[partner.iso2].replace("&", "and").replace("St.", "Saint") for key, partner in STATES.items()}
    assert {key for key, name in named.items() if name_key(getattr(STATES[key], field)) != name_key(name)} == others


def test_relations_are_dated_from_their_establishment_or_from_joining() -> None:
    kinds = {"state": "diplomatic-relations", "organization": "membership"}
    for key, partner in BASE.partners.items():
        if partner.since:
            assert FACTS[partner.since].kind == kinds[partner.kind], key
    # Of the states without, a fact says that there are no relations.
    without = {key for key, partner in STATES.items() if not partner.since}
    assert without == {*FACTS["barbados-nigeria-no-diplomatic-relations-2025"].partners}


@pytest.mark.parametrize("group", [group for group in BASE.groups if group.endswith("-members")])
def test_the_members_of_an_organization_are_states_and_the_organization_is_named(group: str) -> None:
    record = BASE.groups[group]
    assert record.organization == {"eu": "european-union"}.get(group[:-8], group[:-8])
    assert {BASE.partners[member].kind for member in record.members} == {"state"}
    assert re.search(r"\b20\d\d\b", record.summary)
