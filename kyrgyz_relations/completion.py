"""What the shell completes: names, years, ids, fields and the values of options, each with a description."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

import typer

from kyrgyz_relations.commands import COMMANDS, OPTIONS
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.factbase import index, lists
from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.output import FORMATS
from kyrgyz_relations.query import parse
from kyrgyz_relations.records import KINDS, RECORDS
from kyrgyz_relations.views.series import every

# Typer looks for the types of these functions when it runs.
Choices = list[tuple[str, str]]

# Characters that shells or Rich would interpret.
_INTERPRETED = str.maketrans("[]\\\"'`", "()/”’‘")


def _words(ctx: typer.Context, incomplete: str) -> Choices:
    """Complete a word of a query: a partner, group, theme, kind or year, for the first a command, too."""
    commands = [(name, f"command: {command.meaning.rstrip('.')}") for name, command in COMMANDS.items()]
    typed = ctx.params.get("words") or ()
    first = ctx.command.name in ("find", "overview") and not typed
    base = _base(ctx)
    if base is None:
        return _beginning_with(incomplete, commands)
    about = lists.about(base)
    years = range(int(about["first"][:4]), int(about["as_of"][:4]) + 1) if about["first"] else ()
    names = [choice for kind in ("partner", "group", "theme") for choice in base.names(kind).items()]
    series = [(row["key"], row["name"]) for row in every(base)] if ctx.command.name == "series" else []
    # After a partner, the themes that its facts have come first.
    found = {row["key"]: row["facts"] for row in lists.themes(base, parse(typed, base))} if typed else {}
    names.sort(key=lambda choice: -found.get(choice[0], 0))
    choices = [*series, *names, *KINDS.items(), *((str(year), "year") for year in years)]
    return _beginning_with(incomplete, (commands if first else []) + choices)


def _names(*kinds: str) -> Callable[[typer.Context, str], Choices]:
    def complete(ctx: typer.Context, incomplete: str) -> Choices:
        base = _base(ctx)
        return _beginning_with(
            incomplete, [choice for kind in kinds for choice in base.names(kind).items()] if base else []
        )

    return complete


def _ids(ctx: typer.Context, incomplete: str) -> Choices:
    """Complete the id of a fact, in any case."""
    base = _base(ctx)
    low = incomplete.casefold()
    # Behind all that ids are made of comes "~".
    rows = base.execute("SELECT id, text FROM facts WHERE id >= ? AND id < ?", (low, f"{low}~")) if base else []
    return _described(rows)


def _fields(ctx: typer.Context, incomplete: str) -> Choices:
    records = COMMANDS[ctx.command.name or "find"].records
    known = {name: meaning for record in records for name, (_, meaning) in RECORDS[record].fields.items()}
    return _beginning_with(incomplete, known.items())


def _of(choices: Iterable[tuple[str, str]]) -> Callable[[str], Choices]:
    choices = [*choices]

    def complete(incomplete: str) -> Choices:
        return _beginning_with(incomplete, choices)

    return complete


# By the names of arguments and options.
COMPLETERS: dict[str, Callable[..., Choices]] = {
    "words": _words,
    "ids": _ids,
    "partner": _names("partner", "group"),
    "theme": _names("theme"),
    "fields": _fields,
    "kind": _of(KINDS.items()),
    "form": _of((format_.name, format_.meaning) for format_ in FORMATS.values()),
    **{
        field: _of((value, "") for value in option.choices)
        for field, option in OPTIONS.items()
        if option.choices and field != "form"
    },
}


def _base(ctx: typer.Context) -> Search | None:
    """Open the fact base asked for; a faulty one completes nothing, and says why when it is asked."""
    try:
        return Search(index.connect(index.files(ctx.params.get("facts"), ctx.params.get("add") or ())))
    except RelationsError:
        return None


def _beginning_with(incomplete: str, choices: Iterable[tuple[str, str]]) -> Choices:
    """Keep what goes on from the last of the words that have commas between."""
    before, comma, begun = incomplete.rpartition(",")
    begun = begun.casefold()
    return _described((before + comma + value, text) for value, text in choices if value.startswith(begun))


def _described(choices: Iterable[tuple[str, str]]) -> Choices:
    """Make descriptions fit for Typer, which takes them for markup and breaks them into lines; Bash shows none."""
    if os.environ.get("_RELATIONS_COMPLETE") == "complete_bash":
        return [(value, "") for value, _ in choices]
    return [(value, text.translate(_INTERPRETED)) for value, text in choices]
