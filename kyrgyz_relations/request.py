"""A command line as it was read, whoever read it."""

from __future__ import annotations

from kyrgyz_relations.namedtuple import NamedTuple

# The fields that narrow the facts, beside words.
FILTERS = ("partner", "theme", "kind", "text", "without", "since", "until")


class Request(NamedTuple):
    """A command line as it was read: the command, its words, and its options by their names."""

    command: str
    words: tuple[str, ...] = ()
    partner: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    exact: bool = False
    all: bool = False
    limit: int | None = None
    reverse: bool = False
    open: bool = False
    date: str | None = None
    by: str | None = None
    facts: str | None = None
    add: tuple[str, ...] = ()
    form: str | None = None
    fields: str | None = None
    header: bool | None = None
    template: str | None = None
    output: str | None = None
    force: bool = False
    color: str | None = None

    @property
    def asks(self) -> bool:
        """Whether anything narrows the facts."""
        return bool(self.words) or any(getattr(self, field) not in (None, ()) for field in FILTERS)
