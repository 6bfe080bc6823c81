"""The bundled fact base: that it answers, and that it agrees with what others publish."""

import datetime as dt
import re
import tomllib
from collections import Counter
from typing import Any
from urllib.parse import urlsplit

import pytest
from babel import Locale
from edtf import parse_edtf
from pycountry import countries

from kyrgyz_relations.edtf import bounds
from kyrgyz_relations.factbase.source import load
from kyrgyz_relations.model import TABLES
from kyrgyz_relations.text import name_key
from tests.conftest import ROOT, Command

DATA = (ROOT / "facts.toml").read_bytes()
BASE = load([("facts.toml", DATA)])
RAW: dict[str, Any] = tomllib.loads(DATA.decode())
GROUPS = [
    "west",
    "neighbours",
    "central-asia",
    "great-powers",
    "turkic-states",
    "gulf",
    "eu-members",
    "eaeu-members",
    "cis-members",
    "csto-members",
    "sco-members",
    "ots-members",
]
MAIN = [
    "china",
    "russia",
    "kazakhstan",
    "uzbekistan",
    "tajikistan",
    "turkmenistan",
    "united-states",
    "european-union",
    "turkiye",
    "germany",
    "japan",
    "south-korea",
    "india",
    "iran",
    "pakistan",
    "afghanistan",
    "azerbaijan",
    "belarus",
    "ukraine",
    "united-nations",
    "osce",
    "csto",
    "cis",
    "eaeu",
    "sco",
]

MOST_COVERED = [
    "china",
    "russia",
    "kazakhstan",
    "uzbekistan",
    "tajikistan",
    "united-states",
    "european-union",
    "turkiye",
]
WELL_COVERED = [
    "india",
    "iran",
    "japan",
    "south-korea",
    "germany",
    "pakistan",
    "afghanistan",
    "azerbaijan",
    "belarus",
    "ukraine",
    "turkmenistan",
    "mongolia",
    "united-arab-emirates",
    "saudi-arabia",
    "switzerland",
    "united-kingdom",
    "canada",
    "united-nations",
    "osce",
    "cis",
    "csto",
    "eaeu",
    "sco",
    "ots",
    "wto",
    "imf",
    "world-bank",
    "adb",
]


@pytest.mark.parametrize(
    ("words", "fact_id"),
    [
        (["china"], "china-diplomatic-relations"),
        (["china", "energy", "2010.."], "china-datka-kemin-opened"),
        (["кытай"], "china-railway-agreement-2024"),
        (["CN,RU", "debt"], "china-external-debt-2025"),
        (["manas", "2014"], "united-states-manas-closed"),
        (["when", "did", "manas", "close"], "united-states-manas-closed"),
        (["1991"], "independence-declared"),
        (["kazakhstan", "eaeu"], "eaeu-membership"),
        (["uzbekistan", "water"], "uzbekistan-better-ties-since-2016"),
        (["eu", "rule-of-law"], "european-union-rule-of-law-2017"),
        (["west", "..2001"], "united-states-diplomatic-relations"),
    ],
)
def test_the_base_answers(relations: Command, words: list[str], fact_id: str) -> None:
    assert fact_id in relations(*words).ids


def test_the_queries_that_the_overview_offers_find_something(relations: Command) -> None:
    for example in BASE.about.examples:
        assert relations(*example.split()).status == 0, example


def test_records_stand_in_canonical_order() -> None:
    facts = RAW["facts"]
    assert facts == sorted(facts, key=lambda fact: (*bounds(fact["date"]), fact["id"]))
    for table in TABLES:
        assert [*RAW[table]] == sorted(RAW[table]), table
    assert [*RAW] == ["meta", *TABLES, "facts"]


def test_no_fact_is_later_than_the_day_up_to_which_the_base_was_checked() -> None:
    as_of = bounds(BASE.about.as_of)[1]
    assert [fact.id for fact in BASE.facts if bounds(fact.date)[0] > as_of] == []


def test_texts_are_of_the_length_that_a_row_takes_and_are_sentences() -> None:
    assert [fact.id for fact in BASE.facts if not 40 <= len(fact.text) <= 280] == []
    assert [fact.id for fact in BASE.facts if fact.text[-1] not in '.”"'] == []


def test_every_source_is_cited_and_no_page_is_two_sources() -> None:
    assert set(BASE.sources) == {source for fact in BASE.facts for source in fact.sources}
    pages: dict[str, str] = {}
    for key, source in BASE.sources.items():
        parts = urlsplit(source.url)
        assert parts.hostname
        assert "." in parts.hostname
        page = f"{parts.hostname.removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
        assert pages.setdefault(page, key) == key


def test_the_groups_and_main_partners_of_the_design_are_described() -> None:
    assert set(GROUPS) <= set(BASE.groups)
    assert [key for key in MAIN if not BASE.partners[key].summary] == []


def test_dates_are_edtf_for_an_independent_parser() -> None:
    dates = {fact.date for fact in BASE.facts} | {source.published or "" for source in BASE.sources.values()} - {""}
    days = {date for date in dates if re.fullmatch(r"\d{4}-\d\d-\d\d", date)}
    assert all(dt.date.fromisoformat(day) for day in days)
    # The parser takes its time: of what differs only in digits, it gets one.
    shapes = {re.sub(r"\d", "9", date): date for date in dates}
    assert all(parse_edtf(date) for date in shapes.values())


def states() -> dict[str, Any]:
    return {key: partner for key, partner in BASE.partners.items() if partner.kind == "state"}


def test_states_have_the_codes_of_iso_3166() -> None:
    for partner in states().values():
        country = countries.get(alpha_2=partner.iso2)
        assert country is not None
        assert country.alpha_3 == partner.iso3
    assert len(states()) == 194
    assert not {"KG", "TW", "XK"} & {partner.iso2 for partner in states().values()}


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
    differ = {
        key
        for key, partner in states().items()
        if name_key(getattr(partner, field))
        != name_key(names[partner.iso2].replace("&", "and").replace("St.", "Saint"))
    }
    assert differ == others


@pytest.mark.parametrize("group", [group for group in BASE.groups if group.endswith("-members")])
def test_the_members_of_an_organization_are_states_and_the_organization_is_named(group: str) -> None:
    record = BASE.groups[group]
    assert record.organization == {"eu": "european-union"}.get(group[:-8], group[:-8])
    assert {BASE.partners[member].kind for member in record.members} == {"state"}
    assert re.search(r"\b20\d\d\b", record.summary)


def test_every_year_and_theme_is_covered() -> None:
    years = Counter(fact.date.lstrip("./")[:4] for fact in BASE.facts)
    assert [year for year in range(1991, int(BASE.about.as_of[:4]) + 1) if years[str(year)] < 10] == []
    themes = Counter(theme for fact in BASE.facts for theme in fact.themes)
    assert [theme for theme in BASE.themes if themes[theme] < 8] == []


@pytest.mark.parametrize(("least", "partners"), [(15, MOST_COVERED), (5, WELL_COVERED)])
def test_the_partners_that_matter_are_covered(least: int, partners: list[str]) -> None:
    facts = Counter(partner for fact in BASE.facts for partner in fact.partners)
    assert {partner: facts[partner] for partner in partners if facts[partner] < least} == {}
