"""The names by which words of a query find partners, groups, themes and kinds of fact."""

from __future__ import annotations

from kyrgyz_relations.factbase.model import Base, Group, Partner, Theme
from kyrgyz_relations.language import name_key
from kyrgyz_relations.records import KIND_ALIASES, KINDS

# The kinds of fact by their names, which no partner, group or theme may have.
KIND_NAMES = {name: kind for kind in KINDS for name in (kind, f"{kind.removesuffix('s')}s")} | KIND_ALIASES
_CODES = ("iso2", "iso3")


def names_of(key: str, record: Partner | Group | Theme) -> list[tuple[str, str]]:
    """Give all names of a record, each with the field that holds it ("key" for its key)."""
    aliases = [("aliases", alias) for alias in record.aliases]
    others = [(field, getattr(record, field, None)) for field in ("name_ky", "name_ru", *_CODES)]
    return [("key", key), ("name", record.name), *aliases, *((field, name) for field, name in others if name)]


def all_names(base: Base) -> list[tuple[str, str, str, str]]:
    """Give the rows of the table `names`: the folded name, what it names, its key, and the name as written."""
    # Of names that fold alike the first stays.
    names = {name_key(name): ("kind", kind, name) for name, kind in KIND_NAMES.items()}
    for name in (base.meta.subject, *base.meta.aliases):
        names.setdefault(name_key(name), ("subject", "", name))
    for kind, records in (("theme", base.themes), ("group", base.groups), ("partner", base.partners)):
        for key, record in records.items():
            for field, name in names_of(key, record):
                names.setdefault(name_key(name), ("code" if field in _CODES else kind, key, name))
    for kind, key, name in [*names.values()]:
        # "Democratic Republic of Congo", too.
        names.setdefault(name_key(name.replace(" the ", " ")), (kind, key, name))
    return [(folded, *named) for folded, named in sorted(names.items())]
