"""A fact base for Python programs."""

import os
from collections.abc import Iterable

from kyrgyz_relations.factbase import index, source
from kyrgyz_relations.factbase.document import all_of, read
from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.model import About, Base, Fact, Group, Partner, Series, Source, Theme
from kyrgyz_relations.request import Request


class FactBase:
    """A fact base as typed records, with the query language to find some of them.

    Args:
        base: Its records.
        search: The same fact base, opened for lookups.

    Attributes:
        about: Its `[meta]`.
        groups: Its groups by their keys.
        themes: Its themes by their keys.
        series: Its series of figures by their keys.
        partners: Its partners by their keys.
        sources: Its sources by their keys.
        facts: Its facts by their ids, in the order of their dates.
    """

    def __init__(self, base: Base, search: Search) -> None:
        self.about: About = base.about
        self.groups: dict[str, Group] = base.groups
        self.themes: dict[str, Theme] = base.themes
        self.series: dict[str, Series] = base.series
        self.partners: dict[str, Partner] = base.partners
        self.sources: dict[str, Source] = base.sources
        self.facts: dict[str, Fact] = {fact.id: fact for fact in base.facts}
        self._search = search

    def find(self, *words: str) -> list[Fact]:
        """Find facts as `relations WORD…` does.

        Args:
            words: The words of a query; one with blanks in it is a name or a phrase. None of them find all facts.

        Returns:
            The facts in the order of their dates.

        Raises:
            RelationsError: There are too many words.
        """
        wanted = Request(words).query(self._search)
        return [self.facts[row["id"]] for row in self._search.facts(wanted, with_sources=False)]


def open_factbase(
    path: str | os.PathLike[str] | None = None, *, add: Iterable[str | os.PathLike[str]] = ()
) -> FactBase:
    """Read a fact base.

    Args:
        path: Its file; None takes the one that comes with the package.
        add: Files that add to it.

    Raises:
        FactBaseError: A file can't be read, or has problems.
    """
    files = [os.fspath(path) if path is not None else index.bundled(), *(os.fspath(file) for file in add)]
    search = Search(index.connect(files))
    return FactBase(source.load(all_of(lambda file: (file, read(file)), files)), search)
