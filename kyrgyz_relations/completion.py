"""What the shell completes: names, years, ids, fields and the values of options, each with a description."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

import typer

from kyrgyz_relations.commands import COMMANDS
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.factbase import index, lists
from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.output import COLORS, FORMATS
from kyrgyz_relations.query import parse
from kyrgyz_relations.records import GROUPINGS, KINDS, RECORDS
from kyrgyz_relations.views.series import every

Choices = list[tuple[str, str]]
# Characters of descriptions that shells or Rich would interpret.
_INTERPRETED = str.maketrans("[]\\\"'`", "()/”’‘")


def completer(name: str) -> Callable[[typer.Context, str], Choices] | None:
    """Give what completes an argument or an option by its name, if anything does."""
    choices = _CHOICES.get(name)
    return choices and (lambda ctx, incomplete: _beginning_with(incomplete, choices(ctx)))


def _words(ctx: typer.Context) -> Choices:
    """Give what a word of a query may be: a partner, group, theme, kind or year, the first a command, too."""
    choices = [(name, f"command: {command.meaning.rstrip('.')}") for name, command in COMMANDS.items()]
    typed = ctx.params.get("words") or ()
    if base := _base(ctx):
        about = lists.about(base)
        years = range(int(about["first"][:4]), int(about["as_of"][:4]) + 1) if about["first"] else ()
        series = [(row["key"], row["name"]) for row in every(base)] if ctx.command.name == "series" else []
        # After a partner, the themes that its facts have come first.
        found = {row["key"]: row["facts"] for row in lists.themes(base, parse(typed, base))} if typed else {}
        names = sorted(_names(ctx, "partner", "group", "theme"), key=lambda choice: -found.get(choice[0], 0))
        choices = choices if ctx.command.name in ("find", "overview") and not typed else []
        choices += [*series, *names, *KINDS.items(), *((str(year), "year") for year in years)]
    return choices


def _names(ctx: typer.Context, *kinds: str) -> Choices:
    base = _base(ctx)
    return [choice for kind in kinds for choice in base.names(kind).items()] if base else []


def _ids(ctx: typer.Context) -> Iterable[tuple[str, str]]:
    base = _base(ctx)
    return base.execute("SELECT id, text FROM facts ORDER BY id") if base else ()


def _fields(ctx: typer.Context) -> Iterable[tuple[str, str]]:
    records = COMMANDS[ctx.command.name or "find"].records
    return {name: meaning for record in records for name, (_, meaning) in RECORDS[record].fields.items()}.items()


# By the names of arguments and options.
_CHOICES: dict[str, Callable[[typer.Context], Iterable[tuple[str, str]]]] = {
    "words": _words,
    "ids": _ids,
    "partner": lambda ctx: _names(ctx, "partner", "group"),
    "theme": lambda ctx: _names(ctx, "theme"),
    "fields": _fields,
    "kind": lambda _: KINDS.items(),
    "form": lambda _: [(format_.name, format_.meaning) for format_ in FORMATS.values()],
    "by": lambda _: [(value, "") for value in GROUPINGS],
    "color": lambda _: [(value, "") for value in COLORS],
}


def _base(ctx: typer.Context) -> Search | None:
    """Open the fact base asked for; a faulty one completes nothing, and says why when it is asked."""
    try:
        return Search(index.connect(index.files(ctx.params.get("facts"), ctx.params.get("add") or ())))
    except RelationsError:
        return None


def _beginning_with(incomplete: str, choices: Iterable[tuple[str, str]]) -> Choices:
    """Keep what goes on from the last of the words that have commas between, and describe it; Bash shows nothing."""
    before, comma, begun = incomplete.rpartition(",")
    found = [(before + comma + value, text) for value, text in choices if value.startswith(begun.casefold())]
    silent = os.environ.get("_RELATIONS_COMPLETE") == "complete_bash"
    return [(value, "" if silent else text.translate(_INTERPRETED)) for value, text in found]
