"""The record types of a fact base: what `facts.toml` may hold, field by field."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any, Literal
from unicodedata import category

from msgspec import Meta, Struct, json

from kyrgyz_relations import dates
from kyrgyz_relations.language import printable

FORMAT = 1
# Beyond this, JSON's readers can't hold every whole number (https://www.rfc-editor.org/rfc/rfc8259#section-6).
MOST = 2**53
# Persian and some Indic scripts need the two joiners; they do nothing to a terminal.
_JOINERS = "\u200c\u200d"

# The vocabularies stand in `records`; type checkers and msgspec want them spelt out, and a test holds both alike.
Kind = Literal[
    "event", "agreement", "membership", "diplomatic-relations", "visit", "project", "conflict", "statistic", "position"
]  # fmt: skip
PartnerKind = Literal["state", "former-state", "organization", "format"]
SourceKind = Literal["official", "treaty", "news", "reference", "scholarly", "ngo"]
Qualifier = Literal["about", "over", "under"]

# What the patterns below mean, for messages.
PATTERNS: dict[str, str] = {}


def _pattern(pattern: str, meaning: str) -> Meta:
    PATTERNS[pattern] = meaning
    return Meta(pattern=pattern, description=meaning)


# No needless backslash, which ECMA-262 refuses; "$" alone would let a line end pass.
_KEY = _pattern("^[a-z0-9]+(-[a-z0-9]+)*$(?!\n)", "lower-case letters and digits, words joined by hyphens")
_ISO2 = _pattern("^[A-Z]{2}$(?!\n)", 'an ISO 3166-1 alpha-2 code such as "CN"')
_ISO3 = _pattern("^[A-Z]{3}$(?!\n)", 'an ISO 3166-1 alpha-3 code such as "CHN"')
_ADDRESS = "a web address that begins with https:// or http:// and has no blank, quote or bracket"
_URL = _pattern(r'^https?://[^\s<>"\\]+$', _ADDRESS)
_LANG = _pattern("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", 'a BCP 47 language tag such as "en"')
_DATE = 'an EDTF date such as "2014-06-03", "1992~" or "2003-10-23/.."'
Key = Annotated[str, Meta(max_length=100), _KEY]
Text = Annotated[str, Meta(min_length=1)]
Names = tuple[Text, ...]
# Each is joined with each other.
Synonyms = Annotated[Names, Meta(min_length=1, max_length=100)]
Keys = Annotated[tuple[Key, ...], Meta(min_length=1)]
Date = Annotated[str, Meta(description=_DATE, extra_json_schema={"pattern": dates.PATTERN})]
Number = Meta(ge=-MOST, le=MOST)
Value = Annotated[int, Number] | Annotated[float, Number]


class Record(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What all record types share: no unknown fields, no change once made, and nothing that could drive a terminal."""

    def __post_init__(self) -> None:
        """Check what types can't say."""
        for field in self.__struct_fields__:
            check_value(field, getattr(self, field))


def check_value(field: str, value: Any) -> None:
    """Check of a field's value what its type can't say."""
    items = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
    text = "".join([item for item in items if isinstance(item, str)])
    for letter in "" if text.isprintable() else text:
        if (category(letter) in ("Cc", "Cf", "Cs") and letter not in _JOINERS) or _is_noncharacter(ord(letter)):
            raise ValueError(f"remove the control character U+{ord(letter):04X}")
    if len(items) > 1 and len(set(items)) < len(items):
        raise ValueError(f'"{Counter(items).most_common(1)[0][0]}" is listed twice')
    if isinstance(value, str) and field in ("date", "published", "as_of"):
        try:
            dates.bounds(value)
        except dates.DateError as error:
            raise ValueError(f'"{printable(value)}" is not a valid date ({error})') from None


def _is_noncharacter(code: int) -> bool:
    """Tell whether a code point never is a letter, nor well-formed XML (https://www.unicode.org/faq/private_use.html)."""
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF


class About(Record, frozen=True, kw_only=True):
    """The table `[meta]`: what the fact base is about."""

    format: Annotated[int, Meta(ge=FORMAT, le=FORMAT)]
    title: Text
    subject: Text
    aliases: Names = ()
    as_of: Date
    license: Text | None = None
    examples: Names = ()


class Group(Record, frozen=True, kw_only=True):
    """A table `[groups.KEY]`: partners that are found together."""

    name: Text
    aliases: Names = ()
    organization: Key | None = None
    members: Keys
    summary: Text


class Aliases(Record, frozen=True, kw_only=True):
    """What an added fact base may say of a group, theme or partner of another: further names."""

    aliases: Synonyms


class Theme(Record, frozen=True, kw_only=True):
    """A table `[themes.KEY]`: a subject area, such as energy or borders."""

    name: Text
    summary: Text
    aliases: Names = ()


class Partner(Record, frozen=True, kw_only=True):
    """A table `[partners.KEY]`: a state, an organization or a format that the subject deals with."""

    name: Text
    kind: PartnerKind
    iso2: Annotated[str, _ISO2] | None = None
    iso3: Annotated[str, _ISO3] | None = None
    name_ky: Text | None = None
    name_ru: Text | None = None
    aliases: Names = ()
    since: Key | None = None
    summary: Text | None = None


class Source(Record, frozen=True, kw_only=True):
    """A table `[sources.KEY]`: a page or document that facts rest on."""

    title: Text
    publisher: Text
    url: Annotated[str, _URL]
    published: Date | None = None
    kind: SourceKind
    lang: Annotated[str, _LANG]


class Series(Record, frozen=True, kw_only=True):
    """A table `[series.KEY]`: one quantity, measured repeatedly in the same unit by the same source."""

    name: Text
    unit: Text
    summary: Text | None = None


class Figure(Record, frozen=True, kw_only=True):
    """A measured value that a fact's text gives; without a date, that of the fact."""

    series: Key
    date: Date | None = None
    value: Value
    qualifier: Qualifier | None = None


class Fact(Record, frozen=True, kw_only=True):
    """An entry `[[facts]]`: one dated, sourced statement."""

    id: Key
    date: Date
    kind: Kind
    partners: Keys
    themes: Annotated[tuple[Key, ...], Meta(min_length=1, max_length=4)]
    text: Text
    figures: tuple[Figure, ...] = ()
    sources: Keys
    note: Text | None = None
    replaces: bool = False


TABLES: dict[str, type[Record]] = {
    "groups": Group, "themes": Theme, "series": Series, "partners": Partner, "sources": Source,
}  # fmt: skip
# The tables whose entries have names that a word of a query may be.
NAMED = ("groups", "themes", "partners")


class File(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A fact base as it stands in a file."""

    meta: About
    groups: dict[Key, Group] = {}
    themes: dict[Key, Theme] = {}
    series: dict[Key, Series] = {}
    partners: dict[Key, Partner] = {}
    synonyms: dict[Key, Synonyms] = {}
    sources: dict[Key, Source] = {}
    facts: tuple[Fact, ...] = ()


class Base(File, frozen=True):
    """A whole fact base, every reference in it checked, its facts in the order of their dates."""


def schema() -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of fact bases, and of files without `[meta]`, which add to one."""
    (whole, further), known = json.schema_components((File, Aliases), ref_template="#/$defs/{name}")
    for definition in known.values():
        # What msgspec makes of a docstring depends on its release.
        definition.pop("description", None)
    tables: dict[str, Any] = {**known["File"]["properties"]}
    del tables["meta"]
    for name in NAMED:
        either = {"anyOf": [tables[name]["additionalProperties"], further]}
        tables[name] = {**tables[name], "additionalProperties": either}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "if": {"required": ["meta"]},
        "then": whole,
        "else": {"type": "object", "properties": tables, "additionalProperties": False},
        "$defs": known,
    }
