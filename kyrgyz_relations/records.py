"""The output contract: each kind of record with its fields, the vocabularies in them, and what answers are made of."""

from __future__ import annotations

from kyrgyz_relations.errors import FOUND, RelationsError
from kyrgyz_relations.language import printable
from kyrgyz_relations.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from rich.console import RenderableType

    from kyrgyz_relations.output.canvas import Canvas

    Row = dict[str, Any]

KINDS = {
    "event": "something that happened and fits no other kind",
    "agreement": "a document signed, ratified or in force",
    "membership": "joining, leaving or being in an organization",
    "diplomatic-relations": "relations established, embassies opened or closed",
    "visit": "a visit or a summit",
    "project": "works built or financed",
    "conflict": "an armed clash or an attack",
    "statistic": "a measured figure, with its year and unit",
    "position": "a standing policy or situation",
}
# Further words for a kind, in English, Russian and Kyrgyz.
KIND_ALIASES = {
    **dict.fromkeys(("членство", "мүчөлүк"), "membership"),
    **dict.fromkeys(("соглашение", "договор", "келишим"), "agreement"),
    **dict.fromkeys(("визит", "сапар"), "visit"),
    **dict.fromkeys(("проект", "долбоор"), "project"),
    **dict.fromkeys(("конфликт", "кагылышуу"), "conflict"),
    **dict.fromkeys(("дипломатические отношения", "дипломатиялык мамилелер"), "diplomatic-relations"),
}
# What facts may be counted by.
GROUPINGS = ("year", "decade", "theme", "partner")
PARTNER_KINDS = ("state", "former-state", "organization", "format")
SOURCE_KINDS = ("official", "treaty", "news", "reference", "scholarly", "ngo")
# How a figure stands to the true value, where a text says so.
QUALIFIERS = ("about", "over", "under")

# The types of fields, as JSON has them; in a flat format the items of an array are joined.
TEXT, MAYBE, NUMBER, LIST, SOURCES = "string", "string or null", "number", "array of strings", "array of sources"
LINE, VALUE, COUNTS = "number or null", "decimal number", "object of numbers"


class Record(NamedTuple):
    """A kind of record: its fields in the order in which JSON and CSV have them, each with its type and meaning."""

    title: str
    # The fields of tab-separated values.
    brief: tuple[str, ...]
    fields: dict[str, tuple[str, str]]
    # Fields that only repeat a part of another, which JSON and CSV have where they are asked for.
    repeated: tuple[str, ...] = ()

    @property
    def full(self) -> tuple[str, ...]:
        """The fields that JSON and CSV have unless others are asked for."""
        return tuple(name for name in self.fields if name not in self.repeated)


_FIRST = {"first": (MAYBE, "the date of the first of them, in EDTF")}
_SPAN = {**_FIRST, "last": (MAYBE, "the date of the one that began last, in EDTF")}
_SINCE = (MAYBE, "when relations with it, or the membership in it, began, in EDTF")
_SOURCES = {
    "sources": (SOURCES, "the sources; in a flat format their addresses, separated by blanks"),
    "url": (TEXT, "the address of the first source; in JSON only if asked for"),
}
# What a source is inside the JSON of a fact, and what heads a source's own record.
SOURCE_OF_FACT = {
    "key": (TEXT, "the source's key"), "title": (TEXT, "its title"), "publisher": (TEXT, "who published it"),
    "url": (TEXT, "its address"), "published": (MAYBE, "when it was published, in EDTF"),
    "kind": (TEXT, f"one of {', '.join(SOURCE_KINDS)}"), "lang": (TEXT, "its language, as a BCP 47 tag"),
}  # fmt: skip
RECORDS = {
    "fact": Record("All facts", ("date", "partners", "themes", "text", "id"), {
        "id": (TEXT, "the fact's key"), "date": (TEXT, "when it happened or held, in EDTF"),
        "start": (MAYBE, "the first day that the date covers, or null"),
        "end": (MAYBE, "the last day that the date covers, or null"), "kind": (TEXT, f"one of {', '.join(KINDS)}"),
        "partners": (LIST, "the partners' keys"), "themes": (LIST, "the themes' keys, the main one first"),
        "text": (TEXT, "what happened"), "note": (MAYBE, "what the sources disagree on, or what the date means"),
        **_SOURCES}, repeated=("url",)),
    "partner": Record("All partners", ("key", "name", "kind", "iso2", "since", "facts"), {
        "key": (TEXT, "the partner's key"), "name": (TEXT, "its English name"), "name_ky": (MAYBE, "its Kyrgyz name"),
        "name_ru": (MAYBE, "its Russian name"), "kind": (TEXT, f"one of {', '.join(PARTNER_KINDS)}"),
        "iso2": (MAYBE, "its ISO 3166-1 alpha-2 code"), "iso3": (MAYBE, "its ISO 3166-1 alpha-3 code"),
        "aliases": (LIST, "its further names"), "groups": (LIST, "the keys of its groups"), "since": _SINCE,
        "summary": (MAYBE, "how relations stand"), "facts": (NUMBER, "how many of the facts found are about it"),
        **_SPAN}),
    "theme": Record("All themes", ("key", "name", "facts", "summary"), {
        "key": (TEXT, "the theme's key"), "name": (TEXT, "its name"), "aliases": (LIST, "its further names"),
        "summary": (TEXT, "what it covers"), "facts": (NUMBER, "how many of the facts found are on it"), **_SPAN}),
    "source": Record("All sources", ("key", "published", "publisher", "title", "url"), {
        **SOURCE_OF_FACT, "facts": (NUMBER, "how many of the facts found cite it"), **_SPAN}),
    "count": Record("Facts over time", ("key", "period", "facts"), {
        "key": (MAYBE, "the theme's or the partner's key, where facts are counted by those"),
        "period": (TEXT, "the year or the decade"), "facts": (NUMBER, "how many of the facts found began in it")}),
    "comparison": Record("Comparison", ("key", "name", "since", "facts", "first", "last", "with_all"), {
        "key": (TEXT, "the partner's or the group's key"), "name": (TEXT, "its name"), "since": _SINCE,
        "organizations": (LIST, "the names of the organizations in which it and the subject are members"),
        "facts": (NUMBER, "how many of the facts found are about it"), **_SPAN,
        "themes": (COUNTS, "how many of them are on each theme, the most first"),
        "with_all": (NUMBER, "how many of the facts found are about all that are compared")}),
    "cell": Record("Partners and themes", ("partner", "theme", "facts"), {
        "partner": (TEXT, "the partner's key"), "theme": (TEXT, "the theme's key"),
        "facts": (NUMBER, "how many of the facts found are about both"), **_SPAN}),
    "coverage": Record("What is covered", ("by", "key", "facts", "sources", "one_source"), {
        "by": (TEXT, "the dimension: year, theme, kind, partner, source-kind, language or publisher"),
        "key": (TEXT, "the year, the key of the theme and so on"),
        "facts": (NUMBER, "how many of the facts found belong to it"),
        "sources": (NUMBER, "how many sources they have"),
        "one_source": (NUMBER, "how many of them have a single source")}),
    "series": Record("All series", ("key", "name", "unit", "figures", "first", "last"), {
        "key": (TEXT, "the key of the series"), "name": (TEXT, "its name"), "unit": (TEXT, "the unit of its values"),
        "summary": (MAYBE, "what is measured, and by whom"), "figures": (NUMBER, "how many figures it has"),
        **_FIRST, "last": (MAYBE, "the date of the last of them, in EDTF")}),
    "figure": Record("All figures", ("series", "date", "value", "unit", "qualifier", "fact"), {
        "series": (TEXT, "the key of the series"), "name": (TEXT, "its name"),
        "date": (TEXT, "the time that the value is for, in EDTF"), "value": (VALUE, "the value"),
        "unit": (TEXT, "its unit"),
        "qualifier": (MAYBE, f"how it stands to the true value, where the text says so: {', '.join(QUALIFIERS)}"),
        "fact": (TEXT, "the id of the fact that gives it"), "text": (TEXT, "that fact's text"),
        **_SOURCES}, repeated=("url",)),
    "problem": Record("Problems and advice", ("file", "line", "level", "message"), {
        "place": (TEXT, "the file and the line, as compilers write them; in JSON only if asked for"),
        "file": (TEXT, "the file"), "line": (LINE, "the line, from 1; null for the whole file"),
        "level": (TEXT, "error, or warning where the fact base is valid and could be better"),
        "message": (TEXT, "what is wrong, and what would be right")}, repeated=("place",)),
    "overview": Record("Overview", ("title", "as_of", "facts", "partners", "themes", "sources"), {
        "title": (TEXT, "what the fact base is about"), "subject": (TEXT, "whose relations it records"),
        "as_of": (TEXT, "the day up to which it was checked, in EDTF"),
        "license": (MAYBE, "the licence of the fact base"), "first": (MAYBE, "the date of the first fact, in EDTF"),
        "facts": (NUMBER, "how many facts it holds"), "partners": (NUMBER, "how many partners"),
        "themes": (NUMBER, "how many themes"), "sources": (NUMBER, "how many sources"),
        "examples": (LIST, "queries to try")}),
}  # fmt: skip


class Answer(NamedTuple):
    """What was found, complete when made and never changed."""

    # A key of RECORDS, that of the rows.
    record: str
    rows: Iterable[Row]
    # What was asked for, and lines about it: a profile, a summary.
    title: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    # What a terminal shows; None shows the rows as a table of their fields.
    draw: Callable[[Canvas], RenderableType] | None = None
    # What a page shows above the table of rows.
    chart: Callable[[Canvas], RenderableType] | None = None
    # Says why there are no rows; the query says what this leaves unsaid.
    nothing: Callable[[], str] = str
    # What a page says below its rows, and the names of the keys in them.
    foot: tuple[str, ...] = ()
    names: Mapping[str, str] = {}
    # Whether each record is shown in full.
    whole: bool = False
    # What people are told on stderr, in lines, and the exit status where there are rows.
    remarks: tuple[str, ...] = ()
    status: int = FOUND


def parse_fields(record: str, names: Iterable[str]) -> tuple[str, ...]:
    """Check that fields are those of a record; blanks around their names are dropped."""
    fields, known = tuple(name.strip() for name in names), RECORDS[record].fields
    for name in fields:
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known, n=1)
            hint = f'did you mean "{near[0]}"?' if near else f"choose from {', '.join(known)}"
            raise RelationsError(f'a {record} has no field "{printable(name)}" ({hint})')
    return fields


def flat(value: object) -> str:
    """Write a field's value flat: keys separated by commas, sources as their addresses separated by blanks."""
    if value is None:
        return ""
    if isinstance(value, float):
        return decimal(value)
    if isinstance(value, dict):
        return ",".join([f"{key}={number}" for key, number in value.items()])
    if not isinstance(value, list):
        return str(value)
    if value and isinstance(value[0], dict):
        return " ".join([source["url"] for source in value])
    return ",".join(value)


def decimal(number: float, *, grouped: bool = False) -> str:
    """Write a number without an exponent, with commas between thousands if it is `grouped`."""
    from decimal import Decimal

    return f"{Decimal(str(number)):{',' * grouped}f}"


def peek(rows: Iterable[Row]) -> tuple[Row | None, Iterator[Row]]:
    """Give the first row, or None, and an iterator over all rows, the first one too."""
    from itertools import chain

    iterator = iter(rows)
    for first in iterator:
        return first, chain([first], iterator)
    return None, iterator
