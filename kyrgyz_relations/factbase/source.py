"""From TOML to checked records: every problem of a fact base, with its line, in one run."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, get_type_hints
from unicodedata import category

import msgspec

from kyrgyz_relations import edtf
from kyrgyz_relations.errors import FactBaseError
from kyrgyz_relations.factbase.crosscheck import (
    SINGULAR,
    Entry,
    Further,
    check_figures,
    check_names,
    check_references,
    check_since,
    fact_label,
    id_of,
)
from kyrgyz_relations.factbase.document import Document, Place, all_of
from kyrgyz_relations.factbase.problems import Problems
from kyrgyz_relations.model import NAMED, TABLES, About, Aliases, Base, Fact, Figure, Key, Record, Value
from kyrgyz_relations.text import printable
from kyrgyz_relations.vocabulary import KINDS, PARTNER_KINDS, QUALIFIERS, SOURCE_KINDS

_KINDS = {"facts": KINDS, "partners": PARTNER_KINDS, "sources": SOURCE_KINDS}
_DATES = {"meta": "as_of", "facts": "date", "sources": "published"}
# Persian and some Indic scripts need the two joiners; they do nothing to a terminal.
_JOINERS = "\u200c\u200d"


# The same dates come again and again, and each is asked for when it is checked, sorted and stored.
bounds = lru_cache(65536)(edtf.bounds)


def load(files: Sequence[tuple[str, bytes]], step: Callable[[float], None] = lambda _: None) -> Base:
    """Read and check a fact base.

    Args:
        files: For each file its path, as problems are to name it, and what it holds. The first is the fact base itself;
            the others add to it.
        step: Is told what part of the way to an index is done.

    Returns:
        The records, the facts in the order of their dates.

    Raises:
        FactBaseError: It has problems; all of them are told.
    """
    reading = Reading(all_of(lambda file: Document(*file), files))
    step(0.35)
    base = reading.base()
    step(0.55)
    return base


class Reading:
    """A fact base on its way from parsed TOML to records.

    Args:
        documents: The fact base itself, and what adds to it.

    Attributes:
        entries: The entries of each table, those of all documents together, by their keys.
        facts: The facts as they stand, in the order of the documents.
        records: Those of them that are right, once `base` was called.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._problems = Problems()
        self._further: list[Further] = []
        self.entries: dict[str, dict[str, Entry]] = {name: {} for name in TABLES}
        self.facts: list[Entry] = []
        self.records: list[tuple[Place, Fact]] = []

    def base(self) -> Base:
        """Make the records.

        Raises:
            FactBaseError: There are problems.
        """
        for document in self._documents:
            for name in [name for name in document.raw if name not in ("meta", "facts", *TABLES)]:
                what = f'unknown table "{printable(name)}"'
                self._problems.add(Place(document, name), what, name, ["meta", "facts", *TABLES])
            for name in TABLES:
                self._gather(document, name)
            self._gather_facts(document)
        about = [
            self._record(About, Place(document, "meta"), document.raw.get("meta", {}), "meta")
            for document in self._documents
            if "meta" in document.raw or document is self._documents[0]
        ]
        tables = {name: dict(self._records(name, kind)) for name, kind in TABLES.items()}
        self.records = [*self._fact_records()]
        check_references(self.entries, self.facts, self._problems)
        check_since(self.entries, self.facts, self.records, self._problems)
        check_names(self.entries, tables, self._further, about[0], self._problems)
        check_figures(self.records, self._problems)
        if self._problems:
            raise FactBaseError(self._problems.located())
        for name, key, further, _ in self._further:
            record = tables[name][key]
            tables[name][key] = msgspec.structs.replace(record, aliases=(*record.aliases, *further.aliases))
        found = sorted((fact for _, fact in self.records), key=lambda fact: (*bounds(fact.date), fact.id))
        return Base(about=about[0], facts=tuple(found), **tables)

    def _gather(self, document: Document, name: str) -> None:
        """Enter the tables of one document; an added one may have more, and further names for those there are."""
        table = document.raw.get(name, {})
        if not isinstance(table, dict):
            self._problems.add(Place(document, name), f"{name} should be tables, such as [{name}.some-key]")
            return
        known = self.entries[name]
        for key, raw in table.items():
            where = Place(document, name, key)
            label = f'{SINGULAR[name]} "{printable(key)}"'
            if key not in known:
                known[key] = (where, raw)
            elif name in NAMED and isinstance(raw, dict) and raw.keys() == {"aliases"}:
                further = self._record(Aliases, where, raw, label)
                if further is not None:
                    self._further.append((name, key, further, where / "aliases"))
            else:
                only = "; only aliases can be added to it" if name in NAMED else ""
                self._problems.add(where, f"{label}: this key is taken, at {known[key][0]}{only}")

    def _gather_facts(self, document: Document) -> None:
        """Enter the facts of one document; one that says so takes the place of another document's."""
        facts = document.raw.get("facts", [])
        if not isinstance(facts, list):
            what = "facts should be a list of tables, each under its own [[facts]]"
            self._problems.add(Place(document, "facts"), what)
            return
        known = {id_of(raw): number for number, (_, raw) in enumerate(self.facts)}
        own: dict[str, Place] = {}
        for number, raw in enumerate(facts):
            where = Place(document, "facts", number)
            label, fact_id = fact_label(where, raw), id_of(raw)
            replaces = fact_id is not None and raw.get("replaces") is True
            if fact_id is None:
                pass
            elif fact_id in own:
                self._problems.add(where / "id", f"{label}: this id is taken, at {own[fact_id]}")
            elif fact_id in known and not replaces:
                taken = f"{label}: this id is taken, at {self.facts[known[fact_id]][0]}"
                self._problems.add(where / "id", f"{taken}; replaces = true puts this fact in that one's place")
            elif replaces and fact_id not in known:
                self._problems.add(where / "replaces", f"{label}: there is no fact with this id to replace")
            own.setdefault(fact_id or "", where)
            if replaces and fact_id in known:
                self.facts[known[fact_id]] = (where, raw)
            else:
                self.facts.append((where, raw))

    def _records(self, name: str, kind: type[Record]) -> Iterator[tuple[str, Any]]:
        for key, (where, raw) in self.entries[name].items():
            label = f'{SINGULAR[name]} "{printable(key)}"'
            if not _is_key(key):
                self._problems.add(where, f"{label}: a key should be {_description(Key)}")
            record = self._record(kind, where, raw, label)
            if record is not None:
                yield key, record

    def _fact_records(self) -> Iterator[tuple[Place, Fact]]:
        for where, raw in self.facts:
            fact = self._record(Fact, where, raw, fact_label(where, raw))
            if fact is not None:
                yield where, fact

    def _record(self, kind: type[Record], where: Place, raw: object, label: str) -> Any:
        """Make one record; where that fails, tell what is wrong with each of its fields."""
        if not isinstance(raw, dict):
            self._problems.add(where, f"{label} should be a table of fields")
            return None
        before = len(self._problems)
        self._check_letters(raw, where, label)
        table = str(where.path[0])
        self._check_word(raw, "kind", _KINDS.get(table, ()), where, label)
        self._check_date(raw, _DATES.get(table, ""), where, label)
        self._check_repetitions(raw, where, label)
        if table == "facts":
            self._check_figures(raw.get("figures"), where / "figures", label)
        try:
            record = msgspec.convert(raw, kind)
        except msgspec.ValidationError:
            self._explain(kind, raw, where, label)
            return None
        return record if len(self._problems) == before else None

    def _check_letters(self, raw: dict[str, Any], where: Place, label: str) -> None:
        """See to it that nothing that could drive a terminal gets past here."""
        for field, value in raw.items():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str) and not text.isprintable():
                    for letter in text:
                        if category(letter) in ("Cc", "Cf", "Cs") and letter not in _JOINERS:
                            what = f"holds the control character U+{ord(letter):04X}; take it out"
                            self._problems.add(where / field, f"{label}: {printable(field)} {what}")
                            break

    def _check_repetitions(self, raw: dict[str, Any], where: Place, label: str) -> None:
        for field in ("partners", "themes", "sources", "members", "aliases"):
            names = raw.get(field)
            if isinstance(names, list):
                counts = Counter(name for name in names if isinstance(name, str))
                for name in [name for name, count in counts.items() if count > 1]:
                    self._problems.add(where / field, f'{label}: {field} names "{printable(name)}" more than once')

    def _check_figures(self, figures: object, where: Place, label: str) -> None:
        for number, figure in enumerate(figures if isinstance(figures, list) else (), start=1):
            if isinstance(figure, dict):
                its_label = f"{label}: figure {number}"
                self._check_letters(figure, where, its_label)
                self._check_word(figure, "qualifier", QUALIFIERS, where, its_label)
                self._check_date(figure, "date", where, its_label)
                if figure.get("value") != figure.get("value"):
                    # Not a number, as TOML has it, gets past msgspec.
                    self._problems.add(where, f"{its_label}: value should be {_description(Value)}")
                self._explain(Figure, figure, where, its_label)

    def _check_word(self, raw: dict[str, Any], field: str, words: Iterable[str], where: Place, label: str) -> None:
        word = raw.get(field)
        if words and isinstance(word, str) and word not in words:
            what = f'{label}: unknown {field} "{printable(word)}"'
            self._problems.add(where / field, what, word, words, otherwise=f"; it is one of {', '.join(words)}")

    def _check_date(self, raw: dict[str, Any], field: str, where: Place, label: str) -> None:
        date = raw.get(field)
        if isinstance(date, str):
            try:
                bounds(date)
            except edtf.DateError as error:
                self._problems.add(where / field, f'{label}: {field} "{printable(date)}" is no date: {error}')

    def _explain(self, kind: type[Record], raw: dict[str, Any], where: Place, label: str) -> None:
        """Tell what keeps a table from being a record; nothing where nothing does."""
        hints = get_type_hints(kind, include_extras=True)
        for name in [name for name in raw if name not in hints]:
            self._problems.add(where / name, f'{label}: unknown field "{printable(name)}"', name, hints)
        fields = msgspec.structs.fields(kind)
        missing = [field.name for field in fields if field.required and field.name not in raw]
        if missing:
            self._problems.add(where, f"{label}: missing {', '.join(missing)}")
        for field in fields:
            value = raw.get(field.name, field.default)
            # What is wrong inside a figure was told of that figure.
            if field.name not in raw or (field.name == "figures" and _is_list_of_tables(value)):
                continue
            try:
                msgspec.convert(value, field.type)
            except msgspec.ValidationError:
                what = f"{label}: {field.name} should be {_description(hints[field.name])}"
                self._problems.add(where / field.name, what)


def _is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _is_key(key: str) -> bool:
    try:
        msgspec.convert(key, Key)
    except msgspec.ValidationError:
        return False
    return True


def _description(hint: Any) -> str:
    """Find the sentence's end in a field's annotation, which may be `X | None`."""
    for part in (hint, *getattr(hint, "__args__", ())):
        for extra in getattr(part, "__metadata__", ()):
            return str(extra.description)
    return "something else"
