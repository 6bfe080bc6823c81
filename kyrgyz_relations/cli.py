"""The Typer app: commands, options and their help; no logic of its own."""

import inspect
from collections.abc import Callable
from typing import Annotated, Any, TypedDict, get_type_hints

import typer
from typer.core import TyperGroup

from kyrgyz_relations import __version__, lookup
from kyrgyz_relations.fields import FIELDS
from kyrgyz_relations.output import FORMATS
from kyrgyz_relations.vocabulary import KINDS

HELP = """
The foreign relations of Kyrgyzstan since 1991: partners, dates, themes, sources.

Each word narrows, a comma widens: [bold]relations china,russia energy 2010..[/bold]

A word may be a partner or a group of them (china, CN, кытай, west), a theme (energy, rule-of-law), a kind of fact
(agreement, visit), a time (2014, 2014-06, 1991..2001, 2020.., 1990s) or a fact's id; anything else is looked up in the
text (a 'quoted phrase' as one). On a terminal the answer is a table, in a pipe tab-separated values. The exit status
is 0 when something was found, 1 when nothing was, 2 when something was wrong.
"""

Words = Annotated[list[str] | None, typer.Argument(metavar="[WORD]...", help="What to look up.", show_default=False)]
Ids = Annotated[list[str], typer.Argument(metavar="ID...", help="The facts' ids.", show_default=False)]


class Query(TypedDict):
    """The options that force how a word is read."""

    partner: Annotated[list[str] | None, typer.Option(metavar="NAME", help="A partner or group.")]
    theme: Annotated[list[str] | None, typer.Option(metavar="NAME", help="A theme.")]
    kind: Annotated[list[str] | None, typer.Option(metavar="KIND", help=f"A kind of fact: {', '.join(KINDS)}.")]
    text: Annotated[list[str] | None, typer.Option(metavar="WORDS", help="Words of the text, in this order.")]
    since: Annotated[str | None, typer.Option(metavar="TIME", help="Facts of this time and later.")]
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Facts of this time and earlier.")]


class Sort(TypedDict):
    """The option of those commands that print facts."""

    sort: Annotated[
        str | None, typer.Option(metavar="|".join(lookup.SORTS), help="By date, or by how well the text fits.")
    ]


class Output(TypedDict):
    """The options that every command has."""

    form: Annotated[str | None, typer.Option("--format", "-f", metavar="FORMAT", help=f"{', '.join(FORMATS)}.")]
    json: Annotated[bool, typer.Option("--json", help="Short for --format json.")]
    csv: Annotated[bool, typer.Option("--csv", help="Short for --format csv.")]
    fields: Annotated[str | None, typer.Option(metavar="NAME,...", help="The fields to print, in this order.")]
    header: Annotated[bool | None, typer.Option("--header/--no-header", help="Name the fields in a first line.")]
    facts: Annotated[str | None, typer.Option(metavar="FILE", help="Ask this fact base, not the one built in.")]


class DefaultCommand(TyperGroup):
    """A group whose command may be left out: words that begin with no command's name are looked up."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command first, wherever among the options it stands, and `find` where there is none."""
        place = self._first_word(args)
        own = {name for param in self.get_params(ctx) for name in param.opts}
        if place is not None and args[place] in self.commands:
            args = [args[place], *args[:place], *args[place + 1 :]]
        elif place is not None or own.isdisjoint(args):
            args = ["find", *args]
        return super().parse_args(ctx, args)

    def _first_word(self, args: list[str]) -> int | None:
        """Find the first argument that is neither an option nor the value of one."""
        takes_value = {
            name
            for command in self.commands.values()
            for param in command.params
            if not getattr(param, "is_flag", False)
            for name in param.opts
        }
        skip = False
        for place, arg in enumerate(args):
            if arg == "--":
                return None
            if not skip and not arg.startswith("-"):
                return place
            skip = arg in takes_value and not skip
        return None


def takes(*options: type) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options that TypedDicts describe, in place of its `**options`."""

    def give(command: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(command)
        words = [param for param in signature.parameters.values() if param.kind is not param.VAR_KEYWORD]
        added = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
            for group in options
            for name, annotation in get_type_hints(group, include_extras=True).items()
        ]
        command.__signature__ = signature.replace(parameters=[*words, *added])  # type: ignore[attr-defined]  # PEP 362 has it; typeshed does not
        return command

    return give


app = typer.Typer(
    name="relations",
    cls=DefaultCommand,
    help=HELP,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _fields(record: str) -> str:
    return f"Fields: {', '.join(FIELDS[record])}."


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"relations {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Stand for the options that belong to no command."""


@app.command(epilog=_fields("fact"))
@takes(Query, Sort, Output)
def find(words: Words = None, **options: Any) -> None:
    """Print the facts that the words find. This command's name may be left out."""
    _run("find", words, options)


@app.command(epilog=_fields("fact"))
@takes(Output)
def fact(words: Ids, **options: Any) -> None:
    """Print facts whole, with their sources."""
    _run("fact", words, options)


@app.command(epilog=_fields("partner"))
@takes(Query, Output)
def partners(words: Words = None, **options: Any) -> None:
    """Print the partners that the words name, or else those of the facts that they find."""
    _run("partners", words, options)


@app.command(epilog=_fields("theme"))
@takes(Query, Output)
def themes(words: Words = None, **options: Any) -> None:
    """Print the themes of the facts that the words find."""
    _run("themes", words, options)


@app.command(epilog=_fields("source"))
@takes(Query, Output)
def sources(words: Words = None, **options: Any) -> None:
    """Print the sources of the facts that the words find."""
    _run("sources", words, options)


def _run(command: str, words: list[str] | None, options: dict[str, Any]) -> None:
    short = [form for form in ("json", "csv") if options.pop(form)]
    form = options.pop("form") or (short[0] if short else None)
    raise typer.Exit(lookup.run(command, lookup.Request(words or (), form=form, **options)))
