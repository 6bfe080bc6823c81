"""From TOML to checked records: every problem of a fact base, with its line, in one run."""

import difflib
from collections.abc import Iterable, Iterator
from typing import Any, get_type_hints
from unicodedata import category

import msgspec
import tomli

from kyrgyz_relations import edtf
from kyrgyz_relations.errors import FactBaseError
from kyrgyz_relations.factbase.locate import Lines
from kyrgyz_relations.factbase.names import kind_names, names_of
from kyrgyz_relations.model import TABLES, About, Base, Fact, Key, Record
from kyrgyz_relations.text import name_key, printable
from kyrgyz_relations.vocabulary import KINDS, PARTNER_KINDS, SOURCE_KINDS

_SINGULAR = {"groups": "group", "themes": "theme", "partners": "partner", "sources": "source", "facts": "fact"}
_VOCABULARIES = {"facts": KINDS, "partners": PARTNER_KINDS, "sources": SOURCE_KINDS}
_DATES = {"meta": "as_of", "facts": "date", "sources": "published"}
# Persian and some Indic scripts need the two joiners; they do nothing to a terminal.
_JOINERS = "\u200c\u200d"


def load(path: str, data: bytes) -> Base:
    """Read and check a fact base.

    Args:
        path: The file that the problems name.
        data: What the file holds: TOML 1.0 in UTF-8.

    Returns:
        The records, the facts in the order of their dates.

    Raises:
        FactBaseError: It has problems; all of them are told.
    """
    document = _decode(path, data)
    return _Reading(path, document, _parse(path, document)).base()


def _decode(path: str, data: bytes) -> str:
    # Some editors begin a file with a byte order mark, which says nothing in UTF-8.
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FactBaseError(path, [(line, "this is not UTF-8; save the file as UTF-8")]) from None


def _parse(path: str, document: str) -> dict[str, Any]:
    try:
        return tomli.loads(document)
    except tomli.TOMLDecodeError as error:
        what = printable(error.msg[:1].lower() + error.msg[1:])
        line = min(error.lineno, document.removesuffix("\n").count("\n") + 1)
        raise FactBaseError(path, [(line, f"this is not TOML: {what}")]) from None
    except RecursionError:
        raise FactBaseError(path, [(None, "this is nested too deeply for a fact base")]) from None
    except ValueError:
        raise FactBaseError(path, [(None, "this holds a number too long to be read")]) from None


class _Reading:
    """One fact base on its way from parsed TOML to records, and the problems found on that way."""

    def __init__(self, path: str, document: str, raw: dict[str, Any]) -> None:
        self._path = path
        self._document = document
        self._raw = _tidy(raw, depth=5)
        self._problems: list[tuple[tuple[str | int, ...], str]] = []

    def base(self) -> Base:
        for name in self._raw.keys() - {"meta", "facts", *TABLES}:
            self._problem((name,), f'unknown table "{printable(name)}"', name, ["meta", "facts", *TABLES])
        about = self._record(About, self._raw.get("meta", {}), ("meta",), "meta")
        tables = {name: dict(self._table(name, kind)) for name, kind in TABLES.items()}
        facts = [fact for fact in self._facts() if fact]
        self._check_references(facts)
        self._check_names(tables)
        if self._problems or about is None:
            raise FactBaseError(self._path, self._located())
        facts.sort(key=lambda fact: (*edtf.bounds(fact.date), fact.id))
        return Base(about=about, facts=tuple(facts), **tables)

    def _located(self) -> list[tuple[int | None, str]]:
        lines = Lines(self._document)
        located = [(lines.of(*place), what) for place, what in self._problems]
        return [*sorted(dict.fromkeys(located))]

    def _problem(self, place: tuple[str | int, ...], what: str, wrong: str = "", right: Iterable[str] = ()) -> None:
        nearest = difflib.get_close_matches(wrong, list(right), n=1)
        self._problems.append((place, what + (f' (did you mean "{printable(nearest[0])}"?)' if nearest else "")))

    def _table(self, name: str, kind: type[Record]) -> Iterator[tuple[str, Any]]:
        table = self._raw.get(name, {})
        if not isinstance(table, dict):
            self._problem((name,), f"{name} should be tables, such as [{name}.some-key]")
            return
        for key, raw in table.items():
            label = f'{_SINGULAR[name]} "{printable(key)}"'
            if not _is_key(key):
                self._problem((name, key), f"{label}: a key is lower-case letters and digits, words joined by hyphens")
            record = self._record(kind, raw, (name, key), label)
            if record is not None:
                yield key, record

    def _facts(self) -> Iterator[Any]:
        facts = self._raw.get("facts", [])
        if not isinstance(facts, list):
            self._problem(("facts",), "facts should be a list of tables, each under its own [[facts]]")
            return
        seen: dict[str, int] = {}
        for number, raw in enumerate(facts):
            given = raw.get("id") if isinstance(raw, dict) else None
            label = _fact_label(raw, number)
            fact = self._record(Fact, raw, ("facts", number), label)
            if isinstance(given, str) and seen.setdefault(given, number) != number:
                self._problem(("facts", number, "id"), f"{label}: this id is taken by fact number {seen[given] + 1}")
            yield fact

    def _record(self, kind: type[Record], raw: object, place: tuple[str | int, ...], label: str) -> Any:
        """Make one record; where that fails, tell what is wrong with each of its fields."""
        if not isinstance(raw, dict):
            self._problem(place, f"{label} should be a table of fields")
            return None
        before = len(self._problems)
        for field, value in raw.items():
            self._check_letters(value, (*place, field), f"{label}: {printable(field)}")
        self._check_values(raw, place, label)
        try:
            record = msgspec.convert(raw, kind)
        except msgspec.ValidationError:
            self._explain(kind, raw, place, label)
            return None
        return record if len(self._problems) == before else None

    def _check_letters(self, value: object, place: tuple[str | int, ...], label: str) -> None:
        """See to it that nothing that could drive a terminal gets past here."""
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and not text.isprintable():
                for letter in text:
                    if category(letter) in ("Cc", "Cf", "Cs") and letter not in _JOINERS:
                        self._problem(place, f"{label} holds the control character U+{ord(letter):04X}; take it out")
                        break

    def _check_values(self, raw: dict[str, Any], place: tuple[str | int, ...], label: str) -> None:
        """Check what the record types can't say: the vocabularies, and dates that are none."""
        table = str(place[0])
        kind, vocabulary = raw.get("kind"), _VOCABULARIES.get(table, ())
        if vocabulary and isinstance(kind, str) and kind not in vocabulary:
            what = f'{label}: unknown kind "{printable(kind)}"'
            right = difflib.get_close_matches(kind, list(vocabulary), n=1)
            self._problem(
                (*place, "kind"), what if right else f"{what}; it is one of {', '.join(vocabulary)}", kind, right
            )
        field = _DATES.get(table, "")
        date = raw.get(field)
        if isinstance(date, str):
            try:
                edtf.bounds(date)
            except edtf.DateError as error:
                self._problem((*place, field), f'{label}: {field} "{printable(date)}" is no date: {error}')
        for field in ("partners", "themes", "sources", "members", "aliases"):
            names = raw.get(field)
            if isinstance(names, list):
                for name in {name for name in names if isinstance(name, str) and names.count(name) > 1}:
                    self._problem((*place, field), f'{label}: {field} names "{printable(name)}" more than once')

    def _explain(self, kind: type[Record], raw: dict[str, Any], place: tuple[str | int, ...], label: str) -> None:
        hints = get_type_hints(kind, include_extras=True)
        for name in raw.keys() - hints.keys():
            self._problem((*place, name), f'{label}: unknown field "{printable(name)}"', name, hints)
        fields = msgspec.structs.fields(kind)
        missing = [field.name for field in fields if field.required and field.name not in raw]
        if missing:
            self._problem(place, f"{label}: missing {', '.join(missing)}")
        for field in fields:
            if field.name not in raw:
                continue
            try:
                msgspec.convert(raw[field.name], field.type)
            except msgspec.ValidationError:
                self._problem(
                    (*place, field.name), f"{label}: {field.name} should be {_description(hints[field.name])}"
                )

    def _check_references(self, records: Iterable[Fact]) -> None:
        """Check all keys that name another record, also in records that have other problems."""
        known = {table: self._entries(table) for table in TABLES}
        facts = self._raw.get("facts")
        raw_facts = [fact for fact in facts if isinstance(fact, dict)] if isinstance(facts, list) else []
        known["facts"] = {str(fact.get("id")): fact for fact in raw_facts}
        for number, fact in enumerate(raw_facts):
            label = _fact_label(fact, number)
            for table in ("partners", "themes", "sources"):
                self._check_keys(fact.get(table), table, known, ("facts", number, table), label)
        for key, group in known["groups"].items():
            if isinstance(group, dict):
                label = f'group "{printable(key)}"'
                self._check_keys(group.get("members"), "partners", known, ("groups", key, "members"), label)
                organization = [group.get("organization")]
                self._check_keys(organization, "partners", known, ("groups", key, "organization"), label)
        since = {fact.id: fact for fact in records}
        for key, partner in known["partners"].items():
            if isinstance(partner, dict):
                place, label, fact_id = ("partners", key, "since"), f'partner "{printable(key)}"', partner.get("since")
                self._check_keys([fact_id], "facts", known, place, label)
                if fact_id in since and key not in since[fact_id].partners:
                    self._problem(place, f'{label}: the fact "{fact_id}" has other partners')

    def _entries(self, table: str) -> dict[str, Any]:
        entries = self._raw.get(table)
        return entries if isinstance(entries, dict) else {}

    def _check_keys(
        self, keys: object, table: str, known: dict[str, dict[str, Any]], place: tuple[str | int, ...], label: str
    ) -> None:
        for key in keys if isinstance(keys, list) else ():
            if isinstance(key, str) and key not in known[table]:
                what = f'{label}: unknown {_SINGULAR[table]} "{printable(key)}"'
                self._problem(place, what, key, known[table])

    def _check_names(self, tables: dict[str, dict[str, Any]]) -> None:
        """See to it that a word of a query can name one thing only."""
        owners = {name_key(name): f'the kind of fact "{kind}"' for name, kind in kind_names()}
        for table in ("partners", "groups", "themes"):
            for key, record in tables[table].items():
                owner = f'{_SINGULAR[table]} "{printable(key)}"'
                for field, name in names_of(key, record):
                    place = (table, key) if field == "key" else (table, key, field)
                    folded = name_key(name)
                    if not folded or edtf.period(name):
                        self._problem(
                            place, f'{owner}: "{name}" cannot be a name: it reads as a date, or has no letter'
                        )
                    elif owners.setdefault(folded, owner) != owner:
                        self._problem(place, f'{owner}: the name "{name}" belongs to {owners[folded]} already')


def _tidy(value: Any, *, depth: int) -> Any:
    """Make all white space in strings single blanks, as deep as a fact base goes."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict) and depth:
        return {key: _tidy(item, depth=depth - 1) for key, item in value.items()}
    if isinstance(value, list) and depth:
        return [_tidy(item, depth=depth - 1) for item in value]
    return value


def _fact_label(raw: object, number: int) -> str:
    fact_id = raw.get("id") if isinstance(raw, dict) else None
    return f'fact "{printable(fact_id)}"' if isinstance(fact_id, str) else f"fact number {number + 1}"


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
