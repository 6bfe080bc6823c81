"""The fields of what is printed: their names, order and meaning are a contract with everybody's scripts."""

from collections.abc import Iterable

from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.text import printable
from kyrgyz_relations.vocabulary import KINDS, PARTNER_KINDS, QUALIFIERS, SOURCE_KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Row = dict[str, Any]

# The types of fields, as JSON has them; in a flat format the items of an array are joined.
TEXT, MAYBE, NUMBER, LIST, SOURCES = "string", "string or null", "number", "array of strings", "array of sources"
LINE, VALUE, COUNTS = "number or null", "decimal number", "object of numbers"

_SPAN = {
    "first": (MAYBE, "the date of the first of them, in EDTF"),
    "last": (MAYBE, "the date of the one that began last, in EDTF"),
}
# For each kind of record its fields, in the order in which JSON and CSV have them, with their types and meanings.
FIELDS = {
    "fact": {
        "id": (TEXT, "the fact's key"),
        "date": (TEXT, "when it happened or held, in EDTF"),
        "kind": (TEXT, f"one of {', '.join(KINDS)}"),
        "partners": (LIST, "the partners' keys"),
        "themes": (LIST, "the themes' keys, the main one first"),
        "text": (TEXT, "what happened"),
        "note": (MAYBE, "what the sources disagree on, or what the date means"),
        "sources": (SOURCES, "the sources; in a flat format their addresses, with blanks between"),
        "url": (TEXT, "the first source's address; in JSON only if asked for"),
    },
    "partner": {
        "key": (TEXT, "the partner's key"),
        "name": (TEXT, "its English name"),
        "name_ky": (MAYBE, "its Kyrgyz name"),
        "name_ru": (MAYBE, "its Russian name"),
        "kind": (TEXT, f"one of {', '.join(PARTNER_KINDS)}"),
        "iso2": (MAYBE, "its ISO 3166-1 alpha-2 code"),
        "iso3": (MAYBE, "its ISO 3166-1 alpha-3 code"),
        "aliases": (LIST, "its further names"),
        "groups": (LIST, "the keys of the groups that it is in"),
        "since": (MAYBE, "when relations with it, or the membership in it, began, in EDTF"),
        "summary": (MAYBE, "how relations stand"),
        "facts": (NUMBER, "how many of the facts found are about it"),
        **_SPAN,
    },
    "theme": {
        "key": (TEXT, "the theme's key"),
        "name": (TEXT, "its name"),
        "aliases": (LIST, "its further names"),
        "summary": (TEXT, "what it takes in"),
        "facts": (NUMBER, "how many of the facts found are on it"),
        **_SPAN,
    },
    "source": {
        "key": (TEXT, "the source's key"),
        "title": (TEXT, "its title"),
        "publisher": (TEXT, "who published it"),
        "url": (TEXT, "its address"),
        "published": (MAYBE, "when it was published, in EDTF"),
        "kind": (TEXT, f"one of {', '.join(SOURCE_KINDS)}"),
        "lang": (TEXT, "its language, as a BCP 47 tag"),
        "facts": (NUMBER, "how many of the facts found it bears out"),
        **_SPAN,
    },
    "count": {
        "key": (MAYBE, "the theme's or the partner's key, where facts are counted by those"),
        "period": (TEXT, "the year or the decade"),
        "facts": (NUMBER, "how many of the facts found began in it"),
    },
    "comparison": {
        "key": (TEXT, "the partner's or the group's key"),
        "name": (TEXT, "its name"),
        "since": (MAYBE, "when relations with it, or the membership in it, began, in EDTF"),
        "organizations": (LIST, "the names of the organizations in which it and the subject are members"),
        "facts": (NUMBER, "how many of the facts found are about it"),
        **_SPAN,
        "themes": (COUNTS, "how many of them are on each theme, the most first"),
        "with_all": (NUMBER, "how many of the facts found are about all that are compared"),
    },
    "cell": {
        "partner": (TEXT, "the partner's key"),
        "theme": (TEXT, "the theme's key"),
        "facts": (NUMBER, "how many of the facts found are about both"),
        **_SPAN,
    },
    "coverage": {
        "by": (TEXT, "what is covered: year, theme, kind, partner, source-kind, language or publisher"),
        "key": (TEXT, "the year, the key of the theme and so on"),
        "facts": (NUMBER, "how many of the facts found are of it"),
        "sources": (NUMBER, "how many sources bear them out"),
        "one_source": (NUMBER, "how many of them rest on one source"),
    },
    "series": {
        "key": (TEXT, "the key of the series"),
        "name": (TEXT, "its name"),
        "unit": (TEXT, "the unit of its values"),
        "summary": (MAYBE, "what is measured, and by whom"),
        "figures": (NUMBER, "how many figures it has"),
        "first": (MAYBE, "the date of the first of them, in EDTF"),
        "last": (MAYBE, "the date of the last of them, in EDTF"),
    },
    "figure": {
        "series": (TEXT, "the key of the series"),
        "name": (TEXT, "its name"),
        "date": (TEXT, "what time the value is of, in EDTF"),
        "value": (VALUE, "the value"),
        "unit": (TEXT, "its unit"),
        "qualifier": (MAYBE, f"how it stands to the true value, where the text says so: {', '.join(QUALIFIERS)}"),
        "fact": (TEXT, "the id of the fact that gives it"),
        "text": (TEXT, "that fact's text"),
        "sources": (SOURCES, "that fact's sources; in a flat format their addresses, with blanks between"),
        "url": (TEXT, "the first source's address; in JSON only if asked for"),
    },
    "problem": {
        "place": (TEXT, "the file and the line, as compilers write them; in JSON only if asked for"),
        "file": (TEXT, "the file"),
        "line": (LINE, "the line, from 1; null where the whole file is meant"),
        "level": (TEXT, "error, or warning where the fact base is right and could be better"),
        "message": (TEXT, "what is wrong, and what would be right"),
    },
    "overview": {
        "title": (TEXT, "what the fact base is about"),
        "subject": (TEXT, "whose relations it records"),
        "as_of": (TEXT, "the day up to which it was checked, in EDTF"),
        "license": (MAYBE, "the licence of the fact base"),
        "first": (MAYBE, "the date of the first fact, in EDTF"),
        "facts": (NUMBER, "how many facts it holds"),
        "partners": (NUMBER, "how many partners"),
        "themes": (NUMBER, "how many themes"),
        "sources": (NUMBER, "how many sources"),
        "examples": (LIST, "queries to try"),
    },
}
# What a source of a fact is, inside JSON.
SOURCE_OF_FACT = ("key", "title", "publisher", "url", "published", "kind", "lang")

# What a line of tab-separated values holds unless asked otherwise.
BRIEF = {
    "fact": ("date", "partners", "themes", "text", "id"),
    "partner": ("key", "name", "kind", "iso2", "since", "facts"),
    "theme": ("key", "name", "facts", "summary"),
    "source": ("key", "published", "publisher", "title", "url"),
    "count": ("key", "period", "facts"),
    "comparison": ("key", "name", "since", "facts", "first", "last", "with_all"),
    "cell": ("partner", "theme", "facts"),
    "coverage": ("by", "key", "facts", "sources", "one_source"),
    "series": ("key", "name", "unit", "figures", "first", "last"),
    "figure": ("series", "date", "value", "unit", "qualifier", "fact"),
    "problem": ("file", "line", "level", "message"),
    "overview": ("title", "as_of", "facts", "partners", "themes", "sources"),
}
# JSON holds all fields but those that only repeat a part of another.
_REPEATED = {("fact", "url"), ("figure", "url"), ("problem", "place")}
FULL = {record: tuple(name for name in fields if (record, name) not in _REPEATED) for record, fields in FIELDS.items()}


def chosen(record: str, names: Iterable[str]) -> tuple[str, ...]:
    """See to it that fields are those of a record.

    Args:
        record: The kind of record that has the fields.
        names: The fields' names.

    Returns:
        The names, without the blanks around them.

    Raises:
        RelationsError: One of them is no field of the record.
    """
    fields = tuple(name.strip() for name in names)
    for name in fields:
        if name not in FIELDS[record]:
            from difflib import get_close_matches

            near = get_close_matches(name, FIELDS[record], n=1)
            hint = f'did you mean "{near[0]}"?' if near else f"it is one of {', '.join(FIELDS[record])}"
            raise RelationsError(f'{record} has no field "{printable(name)}" ({hint})')
    return fields


def flat(value: object) -> str:
    """Write a field's value flat: keys with commas between, sources as their addresses with blanks between.

    Args:
        value: A value of one of the types above.

    Returns:
        The value as text; "" for None, and for an object of numbers `KEY=NUMBER` with commas between.
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return plain(value)
    if isinstance(value, dict):
        return ",".join([f"{key}={number}" for key, number in value.items()])
    if not isinstance(value, list):
        return str(value)
    if value and isinstance(value[0], dict):
        return " ".join([source["url"] for source in value])
    return ",".join(value)


def plain(number: float, *, grouped: bool = False) -> str:
    """Write a number without an exponent.

    Args:
        number: The number.
        grouped: Whether commas part its thousands.
    """
    from decimal import Decimal

    return f"{Decimal(str(number)):{',' * grouped}f}"
