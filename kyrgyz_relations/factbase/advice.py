"""What could be better about a valid fact base: advice, never an error."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kyrgyz_relations.factbase.documents import Place
from kyrgyz_relations.factbase.load import Entry, bounds
from kyrgyz_relations.factbase.model import Fact

# What a row of a table takes without becoming a paragraph.
LONGEST_TEXT = 280


class _Family(NamedTuple):
    """What makes facts siblings: the same kind, partners and sources."""

    kind: str
    partners: frozenset[str]
    sources: frozenset[str]


def advice(tables: Mapping[str, Mapping[str, Entry]]) -> Iterator[tuple[Place, str]]:
    """Say where what could be better; records with problems are left out."""
    entries = [entry for entry in tables["facts"].values() if entry.record]
    dated: dict[_Family, list[tuple[str, str]]] = defaultdict(list)
    for entry in entries:
        fact: Fact = entry.record
        first, last = bounds(fact.date)
        if first == last:
            dated[_family(fact)].append((first, fact.id))
    for days in dated.values():
        days.sort()
    for entry in entries:
        fact = entry.record
        if len(fact.sources) == 1:
            yield entry.place / "sources", f"{entry.label}: has one source; a second, independent one makes it better"
        if len(fact.text) > LONGEST_TEXT:
            what = f"text has {len(fact.text)} characters; {LONGEST_TEXT} are enough"
            yield entry.place / "text", f"{entry.label}: {what}"
        first, last = bounds(fact.date)
        days = dated.get(_family(fact), [])
        nearest = bisect_left(days, (first, ""))
        if "/" not in fact.date and first != last and nearest < len(days) and days[nearest][0] <= last:
            day, sibling = days[nearest]
            what = f'date "{fact.date}" is less precise than "{day}" of "{sibling}"'
            yield entry.place / "date", f"{entry.label}: {what}, with the same kind, partners and sources"
    cited = [entry.raw.get("sources") for entry in tables["facts"].values()]
    used = {key for keys in cited if isinstance(keys, list) for key in keys if isinstance(key, str)}
    for key, entry in tables["sources"].items():
        if key not in used:
            yield entry.place, f"{entry.label}: no fact uses it"


def _family(fact: Fact) -> _Family:
    return _Family(fact.kind, frozenset(fact.partners), frozenset(fact.sources))
