"""What could be better about a fact base that is right: advice, never a failure."""

from collections.abc import Iterator

from kyrgyz_relations import edtf
from kyrgyz_relations.factbase.document import Place
from kyrgyz_relations.factbase.source import Reading
from kyrgyz_relations.model import Fact
from kyrgyz_relations.text import printable

# What a row of a table takes without becoming a paragraph.
LONGEST_TEXT = 280


def advice(reading: Reading) -> Iterator[tuple[Place, str]]:
    """Say what could be better.

    Args:
        reading: A fact base that was read; of one with problems, those records are looked at that have none.

    Yields:
        A place, and what could be better there.
    """
    precise = _days(reading)
    for where, fact in reading.records:
        label = f'fact "{fact.id}"'
        if len(fact.sources) == 1:
            yield where / "sources", f"{label}: rests on one source; a second, independent one makes it better"
        if len(fact.text) > LONGEST_TEXT:
            yield where / "text", f"{label}: text has {len(fact.text)} characters; {LONGEST_TEXT} are enough"
        sibling = next((other for other in precise.get(_family(fact), ()) if _is_vaguer(fact, other)), None)
        if sibling:
            what = f'date "{fact.date}" is less precise than "{sibling.date}" of "{sibling.id}"'
            yield where / "date", f"{label}: {what}, of the same kind with the same partners and sources"
    used = {key for _, raw in reading.facts if isinstance(raw, dict) for key in _strings(raw.get("sources"))}
    for key, (where, _) in reading.entries["sources"].items():
        if key not in used:
            yield where, f'source "{printable(key)}": no fact uses it'


def _family(fact: Fact) -> tuple[str, frozenset[str], frozenset[str]]:
    return fact.kind, frozenset(fact.partners), frozenset(fact.sources)


def _days(reading: Reading) -> dict[tuple[str, frozenset[str], frozenset[str]], list[Fact]]:
    """Gather the facts that are dated to the day by what makes facts siblings."""
    families: dict[tuple[str, frozenset[str], frozenset[str]], list[Fact]] = {}
    for _, fact in reading.records:
        first, last = edtf.bounds(fact.date)
        if first == last:
            families.setdefault(_family(fact), []).append(fact)
    return families


def _is_vaguer(fact: Fact, other: Fact) -> bool:
    (first, last), (day, _) = edtf.bounds(fact.date), edtf.bounds(other.date)
    return "/" not in fact.date and first <= day <= last and first != last


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
