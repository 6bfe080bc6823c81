"""What could be better about a valid fact base: advice, never an error."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterator, Mapping

from kyrgyz_relations.factbase.documents import Place
from kyrgyz_relations.factbase.load import Entry, bounds
from kyrgyz_relations.factbase.model import Fact

# What a row of a table takes without becoming a paragraph.
LONGEST_TEXT = 280


def advice(tables: Mapping[str, Mapping[str, Entry]]) -> Iterator[tuple[Place, str]]:
    """Say where what could be better; records with problems are left out."""
    entries = [entry for entry in tables["facts"].values() if entry.record]
    days: dict[object, list[tuple[str, str]]] = defaultdict(list)
    for fact in (entry.record for entry in entries):
        first, last = bounds(fact.date)
        if first == last:
            insort(days[_family(fact)], (first, fact.id))
    for place, _, fact, label in entries:
        if len(fact.sources) == 1:
            yield place / "sources", f"{label}: has one source; a second, independent one makes it better"
        if len(fact.text) > LONGEST_TEXT:
            yield place / "text", f"{label}: text has {len(fact.text)} characters; {LONGEST_TEXT} are enough"
        first, last = bounds(fact.date)
        siblings = days[_family(fact)]
        nearest = bisect_left(siblings, (first, ""))
        if "/" not in fact.date and first != last and nearest < len(siblings) and siblings[nearest][0] <= last:
            day, sibling = siblings[nearest]
            what = f'date "{fact.date}" is less precise than "{day}" of "{sibling}"'
            yield place / "date", f"{label}: {what}, with the same kind, partners and sources"
    cited = [entry.raw.get("sources") for entry in tables["facts"].values()]
    used = {key for keys in cited if isinstance(keys, list) for key in keys if isinstance(key, str)}
    for key, source in tables["sources"].items():
        if key not in used:
            yield source.place, f"{source.label}: no fact uses it"


def _family(fact: Fact) -> object:
    """Give what makes facts siblings."""
    return fact.kind, frozenset(fact.partners), frozenset(fact.sources)
