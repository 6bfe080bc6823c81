"""From TOML to checked records: every problem of a fact base, with its file and line, in one run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import msgspec

from kyrgyz_relations import dates
from kyrgyz_relations.errors import FactBaseError
from kyrgyz_relations.factbase.documents import Document, Place, Problems, each, parse
from kyrgyz_relations.factbase.model import (
    NAMED,
    PATTERNS,
    TABLES,
    About,
    Aliases,
    Base,
    Fact,
    Figure,
    Key,
    Record,
    Synonyms,
    check_value,
)
from kyrgyz_relations.factbase.names import names_of, reserved_names
from kyrgyz_relations.language import name_key, printable

if TYPE_CHECKING:
    from kyrgyz_relations.errors import Problem

SINGULAR = {"groups": "group", "themes": "theme", "series": "series", "partners": "partner", "sources": "source"}
_IN_MESSAGES = {
    "`str`": "text in quotes", "`str | null`": "text in quotes", "`array`": "a list", "`object`": "a table",
    "`int`": "a whole number", "`float`": "a number", "`int | float`": "a number", "`bool`": "true or false",
    "`date`": "a date without quotes", "`datetime`": "a time without quotes", "`time`": "a time without quotes",
    " of length >= 1": " that is not empty", " of length <= ": " no longer than ",
    " >= ": " of at least ", " <= ": " of at most ",
}  # fmt: skip
# Which item of a list a message of msgspec's means, from 0.
_ITEM = re.compile(r" - at `\$\[(\d+)\]`$")

# The same dates come again and again, and each is needed for checks, order and index.
bounds = lru_cache(65536)(dates.bounds)


class Entry(NamedTuple):
    """A table of fields as it was parsed, and the record made of it, None where it has problems."""

    place: Place
    raw: Any
    record: Any
    label: str


def load(files: Sequence[tuple[str, bytes]], step: Callable[[float], None] = lambda _: None) -> Base:
    """Read and check a fact base and what adds to it, as paths and contents; `step` is told how far it is (0 to 1)."""
    documents = each(lambda file: parse(*file), files)
    step(0.35)
    base, problems, _ = check(documents)
    if problems or base is None:
        raise FactBaseError(problems)
    step(0.55)
    return base


def check(documents: Sequence[Document]) -> tuple[Base | None, list[Problem], dict[str, dict[str, Entry]]]:
    """Check a fact base; returns it (None if it has problems), its problems, and its entries by table and key."""
    loader = _Loader(documents)
    base = loader.base()
    problems = loader.problems.located()
    return (None if problems else base), problems, loader.tables


class _Loader:
    """The tables of all documents, as far as they were read."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.problems = Problems()
        # Facts are a table by their ids; one without an id is numbered.
        self.tables: dict[str, dict[str, Entry]] = {name: {} for name in (*TABLES, "facts")}
        self._further: list[tuple[str, str, Entry]] = []
        self._synonyms: dict[str, tuple[str, ...]] = {}
        first = documents[0]
        self._about = self._entry(Place(first, ("meta",)), first.raw.get("meta", {}), About, "meta")
        for document in documents:
            known = ("meta", "synonyms", "facts", *TABLES)
            for name in [name for name in document.raw if name not in known]:
                self.problems.unknown(Place(document, (name,)), "unknown table", name, known)
            if document is not first and "meta" in document.raw:
                self._entry(Place(document, ("meta",)), document.raw["meta"], About, "meta")
            for name, kind in TABLES.items():
                self._gather(document, name, kind)
            self._gather_synonyms(document)
            self._gather_facts(document)

    def base(self) -> Base | None:
        """Check what only all tables together can tell, and make the fact base."""
        self._check_references()
        self._check_names()
        self._check_figures()
        entries = [entry for table in self.tables.values() for entry in table.values()]
        if self._about.record is None or any(entry.record is None for entry in entries):
            return None
        made = {name: {key: entry.record for key, entry in table.items()} for name, table in self.tables.items()}
        for name, key, entry in self._further:
            record = made[name][key]
            made[name][key] = msgspec.structs.replace(record, aliases=(*record.aliases, *entry.record.aliases))
        facts = sorted(made.pop("facts").values(), key=lambda fact: (*bounds(fact.date), fact.id))
        return Base(about=self._about.record, facts=tuple(facts), synonyms=self._synonyms, **made)

    def _entry(self, place: Place, raw: Any, kind: type[Record], label: str) -> Entry:
        if not isinstance(raw, dict):
            self.problems.add(place, f"{label} should be a table of fields")
            return Entry(place, {}, None, label)
        try:
            return Entry(place, raw, msgspec.convert(raw, kind), label)
        except msgspec.ValidationError:
            self._explain(place, raw, kind, label)
            return Entry(place, raw, None, label)

    def _explain(self, place: Place, raw: dict[str, Any], kind: type[Record], label: str) -> None:
        """Say of each field what is wrong with it; msgspec stops at the first."""
        fields = _fields_of(kind)
        if missing := [name for name, field in fields.items() if field.required and name not in raw]:
            self.problems.add(place, f"{label}: missing {', '.join(missing)}")
        for name, value in raw.items():
            if name not in fields:
                self.problems.unknown(place / name, f"{label}: unknown field", name, [*fields])
            elif name == "figures" and isinstance(value, list):
                for number, figure in enumerate(value):
                    self._entry(place / name / number, figure, Figure, f"{label}: figures[{number + 1}]")
            else:
                self._checked(place / name, value, fields[name].type, label, name)

    def _checked(self, place: Place, value: Any, kind: Any, label: str, name: str = "") -> Any:
        """Give a value as a type has it, or None where it is wrong; what is, msgspec says, and what would be right."""
        try:
            made = msgspec.convert(value, kind)
            check_value(name, made)
        except (msgspec.ValidationError, ValueError) as error:
            message = str(error)
        else:
            return made
        if message.startswith("Invalid enum value"):
            choices = _choices(kind)
            otherwise = f"; choose from {', '.join(choices)}"
            self.problems.unknown(place, f"{label}: unknown {name}", str(value), choices, otherwise)
            return None
        item = _ITEM.search(message)
        message = message[:1].lower() + message[1 : item.start() if item else None]
        for pattern, meaning in PATTERNS.items():
            message = message.replace(f"`str` matching regex {pattern!r}", meaning)
            message = message.replace(f"`str` matching regex '{pattern}'", meaning)
        for typed, meaning in _IN_MESSAGES.items():
            message = message.replace(typed, meaning)
        name += f"[{int(item[1]) + 1}]" if item else ""
        self.problems.add(place, f"{label}: {name}{': ' if name else ''}{message}")
        return None

    def _gather(self, document: Document, name: str, kind: type[Record]) -> None:
        """Enter a table of a document; an added one may have more entries, and further names for those there are."""
        raw_table = document.raw.get(name, {})
        if not isinstance(raw_table, dict):
            self.problems.add(Place(document, (name,)), f"{name} should be tables, such as [{name}.some-key]")
            return
        known = self.tables[name]
        for key, raw in raw_table.items():
            place, label = Place(document, (name, key)), f'{SINGULAR[name]} "{printable(key)}"'
            if key not in known:
                self._checked(place, key, Key, label, "the key")
                known[key] = self._entry(place, raw, kind, label)
            elif name in NAMED and isinstance(raw, dict) and raw.keys() == {"aliases"}:
                further = self._entry(place, raw, Aliases, label)
                if further.record is not None:
                    self._further.append((name, key, further))
            else:
                only = "; only aliases can be added to it" if name in NAMED else ""
                self.problems.add(place, f"{label}: this key is already used at {known[key].place}{only}")

    def _gather_synonyms(self, document: Document) -> None:
        place, raw_table = Place(document, ("synonyms",)), document.raw.get("synonyms", {})
        if not isinstance(raw_table, dict):
            self.problems.add(place, "synonyms should be a table of lists")
            return
        for word, raw in raw_table.items():
            label = f'synonyms of "{printable(word)}"'
            self._checked(place / word, word, Key, label, "the key")
            others = self._checked(place / word, raw, Synonyms, label)
            self._synonyms[word] = (*self._synonyms.get(word, ()), *(others or ()))

    def _gather_facts(self, document: Document) -> None:
        """Enter the facts of a document; one with `replaces` takes the place of another document's."""
        facts = document.raw.get("facts", [])
        if not isinstance(facts, list):
            self.problems.add(
                Place(document, ("facts",)), "facts should be a list of tables, each under its own [[facts]]"
            )
            return
        known = self.tables["facts"]
        own: dict[str, Place] = {}
        for number, raw in enumerate(facts):
            place = Place(document, ("facts", number))
            fact_id = raw.get("id") if isinstance(raw, dict) else None
            fact_id = fact_id if isinstance(fact_id, str) else None
            label = f"fact number {number + 1}" if fact_id is None else f'fact "{printable(fact_id)}"'
            replaces = fact_id is not None and raw.get("replaces") is True
            key = f"\0{document.path}\0{number}" if fact_id is None else fact_id
            if key in own or (key in known and not replaces):
                more = "" if key in own else "; replaces = true puts this fact in place of that one"
                self.problems.add(place / "id", f"{label}: this id is already used at {known[key].place}{more}")
                key = f"{key}\0{number}"
            elif replaces and key not in known:
                self.problems.add(place / "replaces", f"{label}: there is no fact with this id to replace")
            own[key] = place
            known[key] = self._entry(place, raw, Fact, label)

    def _check_references(self) -> None:
        """Check all keys that name another record, also in records that have other problems."""
        for entry in self.tables["facts"].values():
            for table in ("partners", "themes", "sources"):
                self._check_keys(entry, table, entry.raw.get(table), entry.place / table)
            figures = entry.raw.get("figures")
            for number, figure in enumerate(figures if isinstance(figures, list) else ()):
                if isinstance(figure, dict):
                    self._check_keys(entry, "series", [figure.get("series")], entry.place / "figures" / number)
        for entry in self.tables["groups"].values():
            self._check_keys(entry, "partners", entry.raw.get("members"), entry.place / "members")
            self._check_keys(entry, "partners", [entry.raw.get("organization")], entry.place / "organization")
        for key, entry in self.tables["partners"].items():
            fact_id = entry.raw.get("since")
            self._check_keys(entry, "facts", [fact_id], entry.place / "since")
            fact = self.tables["facts"].get(fact_id) if isinstance(fact_id, str) else None
            if fact and fact.record and key not in fact.record.partners:
                self.problems.add(entry.place / "since", f'{entry.label}: the fact "{fact_id}" has other partners')

    def _check_keys(self, entry: Entry, table: str, keys: object, place: Place) -> None:
        known = self.tables[table]
        for key in keys if isinstance(keys, list) else ():
            if isinstance(key, str) and key not in known:
                singular = SINGULAR.get(table, "fact")
                self.problems.unknown(place, f"{entry.label}: unknown {singular}", key, [*known])

    def _check_names(self) -> None:
        """See to it that a word of a query can name one thing only."""
        owners: dict[str, tuple[str, Place | None]] = {
            name_key(name): (owner, None) for name, owner in reserved_names(self._about.record)
        }
        for place, owner, name in self._names():
            key = name_key(name)
            if not key or dates.span_of(name):
                self.problems.add(
                    place, f'{owner}: "{printable(name)}" cannot be a name: it reads as a date, or has no letter'
                )
                continue
            first, its_place = owners.setdefault(key, (owner, place))
            if first != owner:
                also = f", at {its_place}" if its_place else ""
                self.problems.add(place, f'{owner}: the name "{printable(name)}" already belongs to {first}{also}')

    def _names(self) -> Iterator[tuple[Place, str, str]]:
        for table in ("partners", "groups", "themes"):
            for key, entry in self.tables[table].items():
                for field, name in names_of(key, entry.record) if entry.record else ():
                    yield entry.place if field == "key" else entry.place / field, entry.label, name
        for key, entry in self.tables["series"].items():
            yield entry.place, entry.label, key
        for _, _, entry in self._further:
            for name in entry.record.aliases:
                yield entry.place / "aliases", entry.label, name

    def _check_figures(self) -> None:
        """See to it that a series has one value for one date."""
        seen: dict[tuple[str, str], Place] = {}
        for entry in self.tables["facts"].values():
            for figure in entry.record.figures if entry.record else ():
                dated = (figure.series, figure.date or entry.record.date)
                if dated in seen:
                    what = f'series "{dated[0]}" already has a value for {dated[1]}, at {seen[dated]}'
                    self.problems.add(entry.place / "figures", f"{entry.label}: {what}")
                seen.setdefault(dated, entry.place)


@lru_cache
def _fields_of(kind: type[Record]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.name: field for field in msgspec.structs.fields(kind)}


def _choices(kind: Any) -> list[str]:
    """Give the values that a `Literal` takes, or one of None and others."""
    return [choice for part in get_args(kind) for choice in (get_args(part) or (part,)) if isinstance(choice, str)]
