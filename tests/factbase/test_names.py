import pytest

from kyrgyz_relations.factbase.load import load
from kyrgyz_relations.factbase.names import all_names, names_of
from kyrgyz_relations.language import name_key
from tests.conftest import ROOT, SMALL

SMALL_BASE, BASE = (load([(path.name, path.read_bytes())]) for path in (SMALL, ROOT / "facts.toml"))


def test_each_name_of_each_record_of_the_built_in_base_leads_to_it() -> None:
    named = {folded: (kind, key) for folded, kind, key, _ in all_names(BASE)}
    for kind, records in (("theme", BASE.themes), ("group", BASE.groups), ("partner", BASE.partners)):
        for key, record in records.items():
            for field, name in names_of(key, record):
                # An alias like "UK" goes before a code.
                ways = (kind, "code") if field.startswith("iso") else (kind,)
                assert named[name_key(name)] in [(way, key) for way in ways], name
    assert len(named) == len(all_names(BASE))


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("united-states", ("partner", "united-states", "united-states")), ("Кытай", ("partner", "china", "Кытай")),
        ("КИТАЙ", ("partner", "china", "Китай")),
        ("CÔTE D'IVOIRE", ("partner", "cote-divoire", "cote-divoire")), ("chn", ("code", "china", "CHN")),
        ("Соседи", ("group", "neighbours", "соседи")), ("Rule-of law", ("theme", "rule-of-law", "rule-of-law")),
        ("visits", ("kind", "visit", "visits")), ("договор", ("kind", "agreement", "договор")),
        ("diplomatic relations", ("kind", "diplomatic-relations", "diplomatic-relations")),
        ("Testland", ("subject", "", "Testland")),
    ],
)  # fmt: skip
def test_a_name_is_known_however_it_is_written(name: str, row: tuple[str, ...]) -> None:
    assert [tuple(named) for folded, *named in all_names(SMALL_BASE) if folded == name_key(name)] == [row]
