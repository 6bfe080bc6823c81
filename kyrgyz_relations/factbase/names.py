"""The names by which words of a query find partners, groups, themes and kinds of fact."""

from __future__ import annotations

from collections.abc import Iterator

from kyrgyz_relations.factbase.model import About, Base, Group, Partner, Theme
from kyrgyz_relations.language import name_key
from kyrgyz_relations.records import KIND_ALIASES, KINDS

_CODES = ("iso2", "iso3")


def names_of(key: str, record: Partner | Group | Theme) -> Iterator[tuple[str, str]]:
    """Give all names of a record, each with the field that holds it ("key" for its key)."""
    yield "key", key
    yield "name", record.name
    for alias in record.aliases:
        yield "aliases", alias
    for field in ("name_ky", "name_ru", *_CODES) if isinstance(record, Partner) else ():
        if name := getattr(record, field):
            yield field, name


def reserved_names(about: About | None) -> Iterator[tuple[str, str]]:
    """Give the names that no partner, group or theme may have, each with its owner for messages."""
    for name in (about.subject, *about.aliases) if about else ():
        yield name, "the subject in [meta]"
    for name, kind in _kind_names():
        yield name, f'the kind of fact "{kind}"'


def _kind_names() -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        yield kind, kind
        if not kind.endswith("s"):
            yield f"{kind}s", kind
    yield from KIND_ALIASES.items()


def all_names(base: Base) -> list[tuple[str, str, str, str]]:
    """Give the rows of the table `names`: the folded name, what it names, its key, and the name as written.

    Of names that fold alike the first stays, a name before an ISO code.
    """
    names = {name_key(name): ("kind", kind, name) for name, kind in _kind_names()}
    for name in (base.about.subject, *base.about.aliases):
        names.setdefault(name_key(name), ("subject", "", name))
    for kind, records in (("theme", base.themes), ("group", base.groups), ("partner", base.partners)):
        for key, record in records.items():
            for field, name in names_of(key, record):
                names.setdefault(name_key(name), ("code" if field in _CODES else kind, key, name))
    return [(folded, *named) for folded, named in sorted(names.items())]
