"""A fact base for Python programs."""

from __future__ import annotations

import os
from collections.abc import Iterable

from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.factbase import index
from kyrgyz_relations.factbase.documents import each, read_file
from kyrgyz_relations.factbase.load import load
from kyrgyz_relations.factbase.model import Base, Fact
from kyrgyz_relations.factbase.ranking import ranked
from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.query import parse


class FactBase:
    """A fact base as typed records by their keys, with the query language to find some of them."""

    def __init__(self, base: Base, search: Search) -> None:
        self.about, self.groups, self.themes, self.series = base.meta, base.groups, base.themes, base.series
        self.partners, self.sources = base.partners, base.sources
        # By their ids, in the order of their dates.
        self.facts = {fact.id: fact for fact in base.facts}
        self._search = search

    def __repr__(self) -> str:
        return f"<FactBase {self.about.title!r}: {len(self.facts)} facts, {len(self.partners)} partners>"

    def find(self, *words: str, limit: int | None = None, exact: bool = False) -> list[Fact]:
        """Find facts as `relations WORD…` does; what that refuses is a `RelationsError`."""
        if limit is not None and limit < 1:
            raise RelationsError("a limit is 1 at least")
        query = parse(words, self._search)
        query = self._search.narrowed(query, exact=True) if exact else query
        if query.question:
            rows = self._search.numbered([n for n, _ in ranked(self._search, query, limit)], with_sources=False)
        else:
            rows = self._search.facts(query, with_sources=False, limit=limit)
        return [self.facts[row["id"]] for row in rows]


def open_factbase(
    path: str | os.PathLike[str] | None = None, *, add: Iterable[str | os.PathLike[str]] = ()
) -> FactBase:
    """Read a fact base, None for the built-in one, and what adds to it; what is wrong is a `FactBaseError`."""
    files = [os.fspath(path) if path is not None else index.built_in(), *(os.fspath(file) for file in add)]
    search = Search(index.connect(files))
    return FactBase(load(each(lambda file: (file, read_file(file)), files)), search)
