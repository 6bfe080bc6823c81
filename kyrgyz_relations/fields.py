"""The fields of what is printed: their names, order and meaning are a contract with everybody's scripts."""

from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.vocabulary import KINDS, PARTNER_KINDS, SOURCE_KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Row = dict[str, Any]

# For each kind of record its fields, in the order in which JSON and CSV have them.
FIELDS = {
    "fact": {
        "id": "the fact's key",
        "date": "when it happened or held, in EDTF",
        "kind": f"one of {', '.join(KINDS)}",
        "partners": "the partners' keys",
        "themes": "the themes' keys, the main one first",
        "text": "what happened",
        "note": "what the sources disagree on, or what the date means",
        "sources": "the sources; in a flat format their addresses, with blanks between",
        "url": "the first source's address",
    },
    "partner": {
        "key": "the partner's key",
        "name": "its English name",
        "name_ky": "its Kyrgyz name",
        "name_ru": "its Russian name",
        "kind": f"one of {', '.join(PARTNER_KINDS)}",
        "iso2": "its ISO 3166-1 alpha-2 code",
        "iso3": "its ISO 3166-1 alpha-3 code",
        "aliases": "its further names",
        "groups": "the keys of the groups that it is in",
        "since": "when relations with it, or the membership in it, began, in EDTF",
        "summary": "how relations stand",
        "facts": "how many of the facts found are about it",
        "first": "the date of the first of them, in EDTF",
        "last": "the date of the one that began last, in EDTF",
    },
    "theme": {
        "key": "the theme's key",
        "name": "its name",
        "aliases": "its further names",
        "summary": "what it takes in",
        "facts": "how many of the facts found are on it",
        "first": "the date of the first of them, in EDTF",
        "last": "the date of the one that began last, in EDTF",
    },
    "source": {
        "key": "the source's key",
        "title": "its title",
        "publisher": "who published it",
        "url": "its address",
        "published": "when it was published, in EDTF",
        "kind": f"one of {', '.join(SOURCE_KINDS)}",
        "lang": "its language, as a BCP 47 tag",
        "facts": "how many of the facts found it bears out",
        "first": "the date of the first of them, in EDTF",
        "last": "the date of the one that began last, in EDTF",
    },
    "overview": {
        "title": "what the fact base is about",
        "subject": "whose relations it records",
        "as_of": "the day up to which it was checked, in EDTF",
        "license": "the licence of the fact base",
        "facts": "how many facts it holds",
        "partners": "how many partners",
        "themes": "how many themes",
        "sources": "how many sources",
        "examples": "queries to try",
    },
}

# What a line of tab-separated values holds unless asked otherwise.
BRIEF = {
    "fact": ("date", "partners", "themes", "text", "id"),
    "partner": ("key", "name", "kind", "iso2", "since", "facts"),
    "theme": ("key", "name", "facts", "summary"),
    "source": ("key", "published", "publisher", "title", "url"),
    "overview": ("title", "as_of", "facts", "partners", "themes", "sources"),
}
# JSON holds all fields but those that only repeat a part of another.
FULL = {
    record: tuple(name for name in fields if (record, name) != ("fact", "url")) for record, fields in FIELDS.items()
}


def chosen(record: str, names: str) -> tuple[str, ...]:
    """Read the value of `--fields`.

    Args:
        record: The kind of record that has the fields.
        names: Field names with commas between.

    Raises:
        RelationsError: One of them is no field of the record.
    """
    fields = tuple(name.strip() for name in names.split(","))
    for name in fields:
        if name not in FIELDS[record]:
            from difflib import get_close_matches

            from kyrgyz_relations.text import printable

            near = get_close_matches(name, FIELDS[record], n=1)
            hint = f'did you mean "{near[0]}"?' if near else f"it is one of {', '.join(FIELDS[record])}"
            raise RelationsError(f'a {record} has no field "{printable(name)}" ({hint})')
    return fields
