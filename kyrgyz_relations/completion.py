"""What the shell completes: names, years, ids, fields and options' values, each with a word on it."""

import os
from typing import TYPE_CHECKING

import typer

from kyrgyz_relations import edtf
from kyrgyz_relations.commands import COMMANDS
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.factbase import index
from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.fields import FIELDS
from kyrgyz_relations.output import COLORS, FORMATS
from kyrgyz_relations.request import GROUPINGS, SORTS
from kyrgyz_relations.vocabulary import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Choices = list[tuple[str, str]]

# Shells and Rich have a use for these.
_TAME = str.maketrans("[]\\\"'`", "()/”’‘")


def words(ctx: typer.Context, incomplete: str) -> Choices:
    """Complete a word of a query: a partner, a group, a theme, a kind or a year; the first may be a command too.

    Args:
        ctx: What Typer knows of the command line; read of it are the command's name, the words before this one, --facts
            and --add.
        incomplete: The value so far; of several with commas between, the last is completed.

    Returns:
        The values that fit, each with its name or meaning, which Bash is spared.
    """
    commands = [(name, f"command: {command.meaning.rstrip('.')}") for name, command in COMMANDS.items()]
    first = ctx.command.name == "find" and not ctx.params.get("words")
    search = _search(ctx)
    if search is None:
        return _beginning_with(incomplete, commands)
    about = search.about()
    last = edtf.bounds(about["as_of"])[0] // 10000
    years = range(int(about["first"][:4]), last + 1) if about["first"] else ()
    names = [(key, name) for reading in ("partner", "group", "theme") for key, name in search.names(reading).items()]
    choices = names + [*KINDS.items()] + [(str(year), "year") for year in years]
    return _beginning_with(incomplete, (commands if first else []) + choices)


def partners(ctx: typer.Context, incomplete: str) -> Choices:
    """Complete the value of `--partner`.

    Args:
        ctx: What Typer knows of the command line; read of it are --facts and --add.
        incomplete: The value so far; of several with commas between, the last is completed.

    Returns:
        The keys of the partners and groups that fit, each with its name, which Bash is spared.
    """
    search = _search(ctx)
    names = [] if search is None else [*search.names("partner").items(), *search.names("group").items()]
    return _beginning_with(incomplete, names)


def themes(ctx: typer.Context, incomplete: str) -> Choices:
    """Complete the value of `--theme`.

    Args:
        ctx: What Typer knows of the command line; read of it are --facts and --add.
        incomplete: The value so far; of several with commas between, the last is completed.

    Returns:
        The keys of the themes that fit, each with its name, which Bash is spared.
    """
    search = _search(ctx)
    return _beginning_with(incomplete, [] if search is None else search.names("theme").items())


def ids(ctx: typer.Context, incomplete: str) -> Choices:
    """Complete the id of a fact.

    Args:
        ctx: What Typer knows of the command line; read of it are --facts and --add.
        incomplete: The id so far, in any case.

    Returns:
        The ids that fit, each with its fact's text, which Bash is spared.
    """
    search = _search(ctx)
    return [] if search is None else _described(search.ids(incomplete))


def fields(ctx: typer.Context, incomplete: str) -> Choices:
    """Complete the names of fields, one after the other.

    Args:
        ctx: What Typer knows of the command line; read of it is the command's name.
        incomplete: The value so far; of several with commas between, the last is completed.

    Returns:
        The names that fit, each with its meaning, which Bash is spared.
    """
    records = COMMANDS[ctx.command.name or "find"].records
    known = {name: meaning for record in records for name, (_, meaning) in FIELDS[record].items()}
    return _beginning_with(incomplete, known.items())


def _of(choices: "Iterable[tuple[str, str]]") -> "Callable[[str], Choices]":
    choices = [*choices]

    def complete(incomplete: str) -> Choices:
        return _beginning_with(incomplete, choices)

    return complete


# The values of --kind, --format, --by, --sort and --color.
kinds = _of(KINDS.items())
formats = _of((name, format_.meaning) for name, format_ in FORMATS.items())
groupings = _of((name, "") for name in GROUPINGS)
sorts = _of((name, "") for name in SORTS)
colors = _of((name, "") for name in COLORS)


def _search(ctx: typer.Context) -> Search | None:
    """Open the fact base asked for; a faulty one completes nothing, and says why when it is asked."""
    try:
        return Search(index.connect([ctx.params.get("facts") or index.chosen(), *(ctx.params.get("add") or ())]))
    except RelationsError:
        return None


def _beginning_with(incomplete: str, choices: "Iterable[tuple[str, str]]") -> Choices:
    """Keep what goes on from the last of the words that have commas between."""
    before, comma, begun = incomplete.rpartition(",")
    begun = begun.casefold()
    return _described((before + comma + value, text) for value, text in choices if value.startswith(begun))


def _described(choices: "Iterable[tuple[str, str]]") -> Choices:
    """Make what describes each choice fit for Typer, which takes it for markup and breaks it into lines."""
    if os.environ.get("_RELATIONS_COMPLETE") == "complete_bash":
        # Bash shows none of it.
        return [(value, "") for value, _ in choices]
    os.environ["COLUMNS"] = "1000"
    return [(value, text.translate(_TAME)) for value, text in choices]
