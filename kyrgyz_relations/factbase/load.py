"""From TOML to checked records: every problem of a fact base, with its file and line, in one run."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args

import msgspec

from kyrgyz_relations import dates
from kyrgyz_relations.errors import FactBaseError
from kyrgyz_relations.factbase import model
from kyrgyz_relations.factbase.documents import Document, Place, Problems, each, parse
from kyrgyz_relations.factbase.names import KIND_NAMES, names_of
from kyrgyz_relations.language import name_key, printable
from kyrgyz_relations.terms import LEAVING_OUT
from kyrgyz_relations.times import is_time

if TYPE_CHECKING:
    from kyrgyz_relations.errors import Problem

# What a message of msgspec's says, in the words of this package.
_MEANINGS = {
    **{f"`str` matching regex {one!r}": meaning for one, meaning in model.PATTERNS.items()},
    **{f"`str` matching regex '{one}'": meaning for one, meaning in model.PATTERNS.items()},
    "`str`": "text in quotes", "`str | null`": "text in quotes", "`array`": "a list", "`object`": "a table",
    "`int`": "a whole number", "`float`": "a number", "`int | float`": "a number", "`bool`": "true or false",
    "`date`": "a date without quotes", "`datetime`": "a time without quotes", "`time`": "a time without quotes",
    " of length >= 1": " that is not empty", " of length <= ": " no longer than ",
    " >= ": " of at least ", " <= ": " of at most ",
}  # fmt: skip
# The tables and fields with keys of other records, and the tables of these.
_REFERENCES = {
    ("facts", "partners"): "partners", ("facts", "themes"): "themes", ("facts", "sources"): "sources",
    ("groups", "members"): "partners", ("groups", "organization"): "partners", ("partners", "since"): "facts",
}  # fmt: skip
_SINGLE = ("organization", "since")
# Which item of a list a message of msgspec's means, from 0.
_ITEM = re.compile(r" - at `\$\[(\d+)\]`$")

# The same dates come again and again, and each is needed for checks, order and index.
bounds = lru_cache(65536)(dates.bounds)
_fields = lru_cache(msgspec.structs.fields)


_Raw = TypeVar("_Raw", dict[str, Any], list[Any])


class Entry(NamedTuple):
    """A table of fields as it was parsed, and the record made of it, None where it has problems."""

    place: Place
    raw: Any
    record: Any
    label: str


def load(files: Sequence[tuple[str, bytes]], step: Callable[[float], None] = lambda _: None) -> model.Base:
    """Read and check a fact base and what adds to it, as paths and contents; `step` is told how far it is (0 to 1)."""
    documents = each(lambda file: parse(*file), files)
    step(0.35)
    base, problems, _ = check(documents)
    if problems or base is None:
        raise FactBaseError(problems)
    step(0.55)
    return base


def check(documents: Sequence[Document]) -> tuple[model.Base | None, list[Problem], dict[str, dict[str, Entry]]]:
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
        self.tables: dict[str, dict[str, Entry]] = {name: {} for name in (*model.TABLES, "facts")}
        self._abouts: list[Entry] = []
        self._further: list[tuple[str, str, Entry]] = []
        self._synonyms: dict[str, tuple[str, ...]] = {}
        known = ("meta", "synonyms", "facts", *model.TABLES)
        for document in documents:
            for name in [name for name in document.raw if name not in known]:
                self.problems.unknown(Place(document, (name,)), "unknown table", name, known)
            if "meta" in document.raw or not self._abouts:
                about = document.raw.get("meta", {})
                self._abouts.append(self._entry(Place(document, ("meta",)), about, model.About, "meta"))
            for name, kind in model.TABLES.items():
                self._gather(document, name, kind)
            self._gather_synonyms(document)
            self._gather_facts(document)

    def base(self) -> model.Base | None:
        """Check what only all tables together can tell, and make the fact base."""
        self._check_references()
        self._check_names()
        self._check_figures()
        entries = [*self._abouts, *(entry for table in self.tables.values() for entry in table.values())]
        if not all(entry.record for entry in entries):
            return None
        made = {name: {key: entry.record for key, entry in table.items()} for name, table in self.tables.items()}
        for name, key, entry in self._further:
            record = made[name][key]
            aliases = tuple(dict.fromkeys((*record.aliases, *entry.record.aliases)))
            made[name][key] = msgspec.structs.replace(record, aliases=aliases)
        facts = sorted(made.pop("facts").values(), key=lambda fact: (*bounds(fact.date), fact.id))
        return model.Base(meta=self._abouts[0].record, facts=tuple(facts), synonyms=self._synonyms, **made)

    def _raw(self, document: Document, name: str, kind: type[_Raw], what: str) -> _Raw:
        """Give a table of a document, or what stands there instead of one, as an empty one."""
        raw = document.raw.get(name, kind())
        if isinstance(raw, kind):
            return raw
        self.problems.add(Place(document, (name,)), f"{name} should be {what}")
        return kind()

    def _entry(self, place: Place, raw: Any, kind: type[model.Record], label: str) -> Entry:
        record = None
        if not isinstance(raw, dict):
            self.problems.add(place, f"{label} should be a table of fields")
            raw = {}
        else:
            try:
                record = msgspec.convert(raw, kind)
            except msgspec.ValidationError:
                self._explain(place, raw, kind, label)
        return Entry(place, raw, record, label)

    def _explain(self, place: Place, raw: dict[str, Any], kind: type[model.Record], label: str) -> None:
        """Say of each field what is wrong with it; msgspec stops at the first."""
        fields = {field.name: field for field in _fields(kind)}
        if missing := [name for name, field in fields.items() if field.required and name not in raw]:
            self.problems.add(place, f"{label}: missing {', '.join(missing)}")
        for name, value in raw.items():
            if name not in fields:
                self.problems.unknown(place / name, f"{label}: unknown field", name, [*fields])
            elif name == "figures" and isinstance(value, list):
                for number, figure in enumerate(value):
                    self._entry(place / name / number, figure, model.Figure, f"{label}: figures[{number + 1}]")
            else:
                self._checked(place / name, value, fields[name].type, label, name)

    def _checked(self, place: Place, value: Any, kind: Any, label: str, name: str = "") -> Any:
        """Give a value as a type has it, or None where it is wrong; what is, msgspec says, and what would be right."""
        try:
            made = msgspec.convert(value, kind)
            model.check_value(name, made)
        except (msgspec.ValidationError, ValueError) as error:
            message = str(error)
        else:
            return made
        if message.startswith("Invalid enum value"):
            # A `Literal`, or one of None and others.
            choices = [one for part in get_args(kind) for one in (get_args(part) or (part,)) if isinstance(one, str)]
            otherwise = f"; choose from {', '.join(choices)}"
            self.problems.unknown(place, f"{label}: unknown {name}", str(value), choices, otherwise)
            return None
        if item := _ITEM.search(message):
            message, name = message[: item.start()], f"{name}[{int(item[1]) + 1}]"
        message = message[:1].lower() + message[1:]
        for typed, meaning in _MEANINGS.items():
            message = message.replace(typed, meaning)
        self.problems.add(place, f"{label}: {name}{': ' if name else ''}{message}")
        return None

    def _gather(self, document: Document, name: str, kind: type[model.Record]) -> None:
        """Enter a table of a document; an added one may have more entries, and further names for those there are."""
        known = self.tables[name]
        for key, raw in self._raw(document, name, dict, f"tables, such as [{name}.some-key]").items():
            place, label = Place(document, (name, key)), f'{_singular(name)} "{printable(key)}"'
            if key not in known:
                self._checked(place, key, model.Key, label, "the key")
                known[key] = self._entry(place, raw, kind, label)
            elif name in model.NAMED and isinstance(raw, dict) and raw.keys() == {"aliases"}:
                further = self._entry(place, raw, model.Aliases, label)
                self._further += [(name, key, further)] * bool(further.record)
            else:
                only = "; only aliases can be added to it" if name in model.NAMED else ""
                self.problems.add(place, f"{label}: this key is already used at {known[key].place}{only}")

    def _gather_synonyms(self, document: Document) -> None:
        for word, raw in self._raw(document, "synonyms", dict, "a table of lists").items():
            place, label = Place(document, ("synonyms", word)), f'synonyms of "{printable(word)}"'
            self._checked(place, word, model.Key, label, "the key")
            others = self._checked(place, raw, model.Synonyms, label)
            self._synonyms[word] = (*self._synonyms.get(word, ()), *(others or ()))

    def _gather_facts(self, document: Document) -> None:
        """Enter the facts of a document; one with `replaces` takes the place of another document's."""
        known, own = self.tables["facts"], set[str]()
        facts = self._raw(document, "facts", list, "a list of tables, each under its own [[facts]]")
        for number, raw in enumerate(facts):
            place, fields = Place(document, ("facts", number)), raw if isinstance(raw, dict) else {}
            key, label = fields.get("id"), f'fact "{printable(str(fields.get("id")))}"'
            if not isinstance(key, str):
                key, label = f"\0{document.path}\0{number}", f"fact number {number + 1}"
            replaces = fields.get("replaces") is True
            if key in own or (key in known and not replaces):
                more = "" if key in own else "; replaces = true puts this fact in place of that one"
                self.problems.add(place / "id", f"{label}: this id is already used at {known[key].place}{more}")
                key = f"{key}\0{number}"
            elif replaces and key not in known and key == fields.get("id"):
                self.problems.add(place / "replaces", f"{label}: there is no fact with this id to replace")
            own.add(key)
            known[key] = self._entry(place, raw, model.Fact, label)

    def _check_references(self) -> None:
        """Check all keys that name another record, also in records that have other problems."""
        for (table, field), target in _REFERENCES.items():
            for entry in self.tables[table].values():
                keys = entry.raw.get(field)
                self._check_keys(entry, target, [keys] if field in _SINGLE else keys, entry.place / field)
        for entry in self.tables["facts"].values():
            figures = entry.raw.get("figures")
            for number, figure in enumerate(figures if isinstance(figures, list) else ()):
                if isinstance(figure, dict):
                    self._check_keys(entry, "series", [figure.get("series")], entry.place / "figures" / number)
        for key, entry in self.tables["partners"].items():
            fact = self.tables["facts"].get(str(entry.raw.get("since")))
            if fact and fact.record and key not in fact.record.partners:
                self.problems.add(entry.place / "since", f"{entry.label}: the {fact.label} has other partners")

    def _check_keys(self, entry: Entry, table: str, keys: object, place: Place) -> None:
        known = self.tables[table]
        for key in keys if isinstance(keys, list) else ():
            if isinstance(key, str) and key not in known:
                self.problems.unknown(place, f"{entry.label}: unknown {_singular(table)}", key, known)

    def _check_names(self) -> None:
        """See to it that a word of a query can name one thing only."""
        about = self._abouts[0].record
        subjects = (about.subject, *about.aliases) if about else ()
        owners: dict[str, tuple[str, Place | None]] = {
            **{name_key(name): ("the subject in [meta]", None) for name in subjects},
            **{name_key(name): (f'the kind of fact "{kind}"', None) for name, kind in KIND_NAMES.items()},
        }
        named = [
            (entry.place if field == "key" else entry.place / field, entry.label, name)
            for table in ("partners", "groups", "themes")
            for key, entry in self.tables[table].items()
            for field, name in (names_of(key, entry.record) if entry.record else ())
        ]
        named += [(entry.place, entry.label, key) for key, entry in self.tables["series"].items()]
        further = (entry for _, _, entry in self._further)
        named += [(entry.place / "aliases", entry.label, name) for entry in further for name in entry.record.aliases]
        for place, owner, name in named:
            key = name_key(name)
            leaving_out = name[0] in LEAVING_OUT and name[1:2].isalpha()
            if not key or dates.span_of(name) or is_time(name.split()) or leaving_out:
                what = "cannot be a name: it has no letter, or reads as a time or as what is left out"
                self.problems.add(place, f'{owner}: "{printable(name)}" {what}')
                continue
            first, its_place = owners.setdefault(key, (owner, place))
            if first != owner:
                also = f", at {its_place}" if its_place else ""
                self.problems.add(place, f'{owner}: the name "{printable(name)}" already belongs to {first}{also}')

    def _check_figures(self) -> None:
        """See to it that a series has one value for one date."""
        seen: dict[tuple[str, str], Place] = {}
        for entry in self.tables["facts"].values():
            for figure in entry.record.figures if entry.record else ():
                series, date = dated = (figure.series, figure.date or entry.record.date)
                if dated in seen:
                    what = f'series "{series}" already has a value for {date}, at {seen[dated]}'
                    self.problems.add(entry.place / "figures", f"{entry.label}: {what}")
                seen.setdefault(dated, entry.place)


def _singular(table: str) -> str:
    return model.TABLES.get(table, model.Fact).__name__.lower()
