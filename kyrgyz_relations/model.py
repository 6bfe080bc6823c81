"""The record types of a fact base: what `facts.toml` may hold, field by field.

The descriptions here are the ones that error messages quote: each completes the sentence "this field should be …".
"""

from collections.abc import Iterable
from typing import Annotated, Any

from msgspec import Meta, Struct, json

from kyrgyz_relations.edtf import PATTERN
from kyrgyz_relations.vocabulary import KINDS, PARTNER_KINDS, QUALIFIERS, SOURCE_KINDS

FORMAT = 1
# Beyond this, not every whole number is one that JSON's readers can hold (https://www.rfc-editor.org/rfc/rfc8259#section-6).
MOST = 2**53


def _one_of(words: Iterable[str]) -> Meta:
    return Meta(description=f"one of {', '.join(words)}", extra_json_schema={"enum": [*words]})


Key = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        max_length=100,
        description="lower-case letters and digits, words joined by hyphens, at most 100 characters",
    ),
]
Text = Annotated[str, Meta(min_length=1, description="text in quotes")]
Names = Annotated[tuple[Text, ...], Meta(description="a list of names in quotes")]
Keys = Annotated[tuple[Key, ...], Meta(min_length=1, description="a list of keys, one at least")]
Themes = Annotated[tuple[Key, ...], Meta(min_length=1, max_length=4, description="a list of one to four themes' keys")]
Date = Annotated[
    str,
    Meta(
        min_length=4,
        description='an EDTF date in quotes, such as "2014-06-03", "1992~" or "2003-10-23/.."',
        extra_json_schema={"pattern": PATTERN},
    ),
]
Kind = Annotated[str, _one_of(KINDS)]
PartnerKind = Annotated[str, _one_of(PARTNER_KINDS)]
SourceKind = Annotated[str, _one_of(SOURCE_KINDS)]
Qualifier = Annotated[str, _one_of(QUALIFIERS)]
Iso2 = Annotated[str, Meta(pattern="^[A-Z]{2}$", description='an ISO 3166-1 alpha-2 code such as "CN"')]
Iso3 = Annotated[str, Meta(pattern="^[A-Z]{3}$", description='an ISO 3166-1 alpha-3 code such as "CHN"')]
Url = Annotated[
    str,
    Meta(
        # No needless backslash, which ECMA-262 refuses.
        pattern=r'^https?://[^\s<>"\\]+$',
        description="a web address that begins with https:// or http:// and holds no blank, quote or bracket",
    ),
]
Lang = Annotated[
    str, Meta(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description='a BCP 47 language tag such as "en"')
]
_NUMBER = Meta(ge=-MOST, le=MOST, description="a number without quotes, of at most 16 digits")
Value = Annotated[int, _NUMBER] | Annotated[float, _NUMBER]
Replaces = Annotated[bool, Meta(description="true or false, without quotes")]
Version = Annotated[int, Meta(ge=FORMAT, le=FORMAT, description=f"the number {FORMAT}")]


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """What all record types share: no unknown fields, no change once made."""


class About(Record, frozen=True, kw_only=True):
    """The table `[meta]`: what the fact base is about."""

    format: Version
    title: Text
    subject: Text
    aliases: Names = ()
    as_of: Date
    license: Text | None = None
    examples: Names = ()


class Group(Record, frozen=True, kw_only=True):
    """A table `[groups.KEY]`: partners that answer together."""

    name: Text
    aliases: Names = ()
    organization: Key | None = None
    members: Keys
    summary: Text


class Aliases(Record, frozen=True, kw_only=True):
    """What an added fact base may say of a group, theme or partner that is there: further names.

    Attributes:
        aliases: The further names.
    """

    aliases: Annotated[tuple[Text, ...], Meta(min_length=1, description="a list of names in quotes, one at least")]


class Theme(Record, frozen=True, kw_only=True):
    """A table `[themes.KEY]`: a room for facts."""

    name: Text
    summary: Text
    aliases: Names = ()


class Partner(Record, frozen=True, kw_only=True):
    """A table `[partners.KEY]`: a state, an organization or a format that the subject deals with."""

    name: Text
    kind: PartnerKind
    iso2: Iso2 | None = None
    iso3: Iso3 | None = None
    name_ky: Text | None = None
    name_ru: Text | None = None
    aliases: Names = ()
    since: Key | None = None
    summary: Text | None = None


class Source(Record, frozen=True, kw_only=True):
    """A table `[sources.KEY]`: a page or document that bears facts out."""

    title: Text
    publisher: Text
    url: Url
    published: Date | None = None
    kind: SourceKind
    lang: Lang


class Series(Record, frozen=True, kw_only=True):
    """A table `[series.KEY]`: one quantity, measured again and again in the same unit by the same hands."""

    name: Text
    unit: Text
    summary: Text | None = None


class Figure(Record, frozen=True, kw_only=True):
    """A measured value that a fact's text gives; without a date, that of the fact."""

    series: Key
    date: Date | None = None
    value: Value
    qualifier: Qualifier | None = None


Figures = Annotated[
    tuple[Figure, ...], Meta(description='a list of figures such as { series = "key", date = "2014", value = 1.5 }')
]


class Fact(Record, frozen=True, kw_only=True):
    """An entry `[[facts]]`: one dated, sourced statement."""

    id: Key
    date: Date
    kind: Kind
    partners: Keys
    themes: Themes
    text: Text
    figures: Figures = ()
    sources: Keys
    note: Text | None = None
    replaces: Replaces = False


TABLES: dict[str, type[Record]] = {
    "groups": Group,
    "themes": Theme,
    "series": Series,
    "partners": Partner,
    "sources": Source,
}
# The tables whose entries may be given further names by an added fact base.
NAMED = ("groups", "themes", "partners")


class File(Record, frozen=True, kw_only=True):
    """A fact base as it stands in a file: who deals with whom, when and in what, and who says so."""

    meta: About
    groups: dict[Key, Group] = {}
    themes: dict[Key, Theme] = {}
    series: dict[Key, Series] = {}
    partners: dict[Key, Partner] = {}
    sources: dict[Key, Source] = {}
    facts: tuple[Fact, ...] = ()


class Base(Struct, frozen=True):
    """A whole fact base, every reference in it checked, its facts in the order of their dates."""

    about: About
    groups: dict[str, Group]
    themes: dict[str, Theme]
    series: dict[str, Series]
    partners: dict[str, Partner]
    sources: dict[str, Source]
    facts: tuple[Fact, ...]


def schema() -> dict[str, Any]:
    """Give the JSON Schema of fact bases, and of files without `[meta]`, which add to one.

    Returns:
        A schema of the draft https://json-schema.org/draft/2020-12/schema.
    """
    (whole, further), known = json.schema_components((File, Aliases), ref_template="#/$defs/{name}")
    fields: dict[str, Any] = known[File.__name__]["properties"]
    tables = {name: fields[name] for name in fields if name != "meta"}
    for name in NAMED:
        either = [fields[name]["additionalProperties"], further]
        tables[name] = {**fields[name], "additionalProperties": {"anyOf": either}}
    added = {"type": "object", "properties": tables, "additionalProperties": False}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "if": {"required": ["meta"]},
        "then": whole,
        "else": added,
        "$defs": known,
    }
