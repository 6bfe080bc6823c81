"""The names by which a word of a query finds a partner, a group, a theme or a kind of fact."""

from collections.abc import Iterator

from kyrgyz_relations.model import Base, Group, Partner, Theme
from kyrgyz_relations.text import name_key
from kyrgyz_relations.vocabulary import KIND_ALIASES, KINDS


def names_of(key: str, record: Partner | Group | Theme) -> Iterator[tuple[str, str]]:
    """Give all names of a record, each with the field that holds it ("key" for its key).

    Args:
        key: The record's key.
        record: The record.

    Yields:
        The field and the name.
    """
    yield "key", key
    yield "name", record.name
    if isinstance(record, Partner):
        for field in ("iso2", "iso3", "name_ky", "name_ru"):
            name = getattr(record, field)
            if name:
                yield field, name
    for alias in record.aliases:
        yield "aliases", alias


def kind_names() -> Iterator[tuple[str, str]]:
    """Give all names of the kinds of fact, singular and plural, each with its kind."""
    for kind in KINDS:
        yield kind, kind
        if not kind.endswith("s"):
            yield f"{kind}s", kind
    yield from KIND_ALIASES.items()


def all_names(base: Base) -> list[tuple[str, str, str, str]]:
    """Give all names of a fact base: the name folded, what it names ("partner", …), its key, the name as written.

    Args:
        base: The fact base.

    Returns:
        The names in the order of their folded forms, each form once; the key comes before other names of the same form.
    """
    names = {name_key(name): ("kind", kind, name) for name, kind in kind_names()}
    # What every fact is about narrows nothing.
    for name in (base.about.subject, *base.about.aliases):
        names.setdefault(name_key(name), ("subject", "", name))
    for reading, records in (("theme", base.themes), ("group", base.groups), ("partner", base.partners)):
        for key, record in records.items():
            for _, name in names_of(key, record):
                names.setdefault(name_key(name), (reading, key, name))
    return [(folded, *named) for folded, named in sorted(names.items())]
