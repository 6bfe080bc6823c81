"""The record types of a fact base: what `facts.toml` may hold, field by field.

The descriptions here are the ones that error messages quote: each completes the sentence "this field should be …".
"""

from typing import Annotated

from msgspec import Meta, Struct

from kyrgyz_relations.vocabulary import KINDS, PARTNER_KINDS, SOURCE_KINDS

FORMAT = 1

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
    str, Meta(min_length=4, description='an EDTF date in quotes, such as "2014-06-03", "1992~" or "2003-10-23/.."')
]
Kind = Annotated[str, Meta(description="one of " + ", ".join(KINDS), extra_json_schema={"enum": list(KINDS)})]
PartnerKind = Annotated[
    str, Meta(description="one of " + ", ".join(PARTNER_KINDS), extra_json_schema={"enum": list(PARTNER_KINDS)})
]
SourceKind = Annotated[
    str, Meta(description="one of " + ", ".join(SOURCE_KINDS), extra_json_schema={"enum": list(SOURCE_KINDS)})
]
Iso2 = Annotated[str, Meta(pattern="^[A-Z]{2}$", description='an ISO 3166-1 alpha-2 code such as "CN"')]
Iso3 = Annotated[str, Meta(pattern="^[A-Z]{3}$", description='an ISO 3166-1 alpha-3 code such as "CHN"')]
Url = Annotated[
    str, Meta(pattern=r"^https?://[^\s<>\"\\]+$", description="a web address that begins with https:// or http://")
]
Lang = Annotated[
    str, Meta(pattern="^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", description='a BCP 47 language tag such as "en"')
]
Version = Annotated[int, Meta(ge=FORMAT, le=FORMAT, description=f"the number {FORMAT}")]


class Record(Struct, frozen=True, forbid_unknown_fields=True):
    """What all record types share: no unknown fields, no change once made."""


class About(Record, frozen=True, kw_only=True):
    """The table `[meta]`: what the fact base is about."""

    format: Version
    title: Text
    subject: Text
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


class Fact(Record, frozen=True, kw_only=True):
    """An entry `[[facts]]`: one dated, sourced statement."""

    id: Key
    date: Date
    kind: Kind
    partners: Keys
    themes: Themes
    text: Text
    sources: Keys
    note: Text | None = None


TABLES: dict[str, type[Record]] = {"groups": Group, "themes": Theme, "partners": Partner, "sources": Source}


class Base(Struct, frozen=True):
    """A whole fact base, every reference in it checked, its facts in the order of their dates."""

    about: About
    groups: dict[str, Group]
    themes: dict[str, Theme]
    partners: dict[str, Partner]
    sources: dict[str, Source]
    facts: tuple[Fact, ...]
