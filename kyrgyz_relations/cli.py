"""The Typer app: commands, options and their help; no logic of its own."""

import inspect
import os
from collections.abc import Callable
from typing import Annotated, Any, TypedDict, get_type_hints

import typer
from typer.core import TyperGroup

from kyrgyz_relations import __version__, lookup
from kyrgyz_relations.fields import FIELDS
from kyrgyz_relations.output import COLORS, FORMATS
from kyrgyz_relations.vocabulary import KINDS


def _completer(name: str) -> Any:
    """Find what completes a value; only a run that the shell asks to complete loads it."""
    if "_RELATIONS_COMPLETE" not in os.environ:
        return None
    from kyrgyz_relations import completion

    return getattr(completion, name)


Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[WORD]...", help="What to look up.", show_default=False, autocompletion=_completer("words")
    ),
]
Ids = Annotated[
    list[str],
    typer.Argument(metavar="ID...", help="The facts' ids.", show_default=False, autocompletion=_completer("ids")),
]


def _option(*names: str, metavar: str | None = None, help: str, complete: str = "") -> Any:  # noqa: A002  # as Typer
    return typer.Option(*names, metavar=metavar, help=help, autocompletion=_completer(complete) if complete else None)


class Query(TypedDict):
    """The options that force how a word is read."""

    partner: Annotated[list[str] | None, _option(metavar="NAME", help="A partner or group.", complete="partners")]
    theme: Annotated[list[str] | None, _option(metavar="NAME", help="A theme.", complete="themes")]
    kind: Annotated[list[str] | None, _option(metavar="KIND", help=f"{', '.join(KINDS)}.", complete="kinds")]
    text: Annotated[list[str] | None, _option(metavar="WORDS", help="Words of the text, in this order.")]
    since: Annotated[str | None, _option(metavar="TIME", help="Facts of this time and later.")]
    until: Annotated[str | None, _option(metavar="TIME", help="Facts of this time and earlier.")]


class Sort(TypedDict):
    """The option of those commands that print facts."""

    sort: Annotated[
        str | None,
        _option(metavar="|".join(lookup.SORTS), help="By date, or by how well the text fits.", complete="sorts"),
    ]


class Output(TypedDict):
    """The options that every command has."""

    form: Annotated[
        str | None,
        _option("--format", "-f", metavar="FORMAT", help=f"{', '.join(FORMATS)}.", complete="formats"),
    ]
    json: Annotated[bool, _option("--json", help="Short for --format json.")]
    csv: Annotated[bool, _option("--csv", help="Short for --format csv.")]
    fields: Annotated[
        str | None, _option(metavar="NAME,...", help="The fields to print, in this order.", complete="fields")
    ]
    header: Annotated[bool | None, _option("--header/--no-header", help="Name the fields in a first line.")]
    template: Annotated[str | None, _option(metavar="TEXT", help="A line a row, such as '{date} {text}'.")]
    output: Annotated[
        str | None, _option("--output", "-o", metavar="FILE", help="Write a new file; its end tells the format.")
    ]
    force: Annotated[bool, _option("--force", help="Let --output replace a file.")]
    color: Annotated[str | None, _option(metavar="|".join(COLORS), help="Colours and links.", complete="colors")]
    facts: Annotated[str | None, _option(metavar="FILE", help="Ask this fact base, not the one built in.")]


HELP_HEAD = """\
Usage: relations [WORD]... [OPTION]...

The foreign relations of Kyrgyzstan since 1991, each fact with its sources.

  relations china                 a partner: its profile, and all facts with it
  relations china energy 2010..   each word narrows: a theme, a time, any text
  relations CN,RU debt            a comma widens; codes and other names will do
  relations west agreement ..2001 a group of partners, a kind of fact, a range
  relations "eternal friendship"  words that stand together in the text
  relations manas 2014 --json     rows and other forms for scripts
"""
HELP_FOOT = """
Options: `relations find --help`. Others: --version, --install-completion.
Exit status: 0 something found, 1 nothing found, 2 something wrong.
"""


class DefaultCommand(TyperGroup):
    """A group whose command may be left out: words that begin with no command's name are looked up."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command first, wherever among the options it stands, and `find` where there is none."""
        place = self._first_word(args)
        own = {name for param in self.get_params(ctx) for name in param.opts}
        if place is not None and args[place] in self.commands:
            args = [args[place], *args[:place], *args[place + 1 :]]
        elif place is not None or not args or args[0] not in own:
            args = ["find", *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # Typer's signature
        """Write a help that fits on one screen."""
        formatter.write(HELP_HEAD)
        panel = None
        for name, command in self.commands.items():
            if panel != (panel := getattr(command, "rich_help_panel", None)):
                formatter.write(f"\n{panel}:\n")
            formatter.write(f"  {name:<12}{command.get_short_help_str(66)}\n")
        formatter.write(HELP_FOOT)

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
    help="The foreign relations of Kyrgyzstan since 1991: partners, dates, themes, sources.",
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


# For each command what its help shows to try, and the record whose fields it prints.
EXAMPLES = {
    "find": ("fact", ["china energy 2010..", "CN,RU debt --json", "--partner west --since 2020"]),
    "fact": ("fact", ["eaeu-membership", "eaeu-membership wto-membership --json"]),
    "partners": ("partner", ["central-asia", "energy 2010.. --csv"]),
    "themes": ("theme", ["russia", "china 2020.. --fields key,facts"]),
    "sources": ("source", ["manas 2014", "tajikistan borders --format bibtex"]),
}


def _epilog(command: str) -> str:
    record, examples = EXAMPLES[command]
    tries = "\n\n".join(f"  relations {command} {example}" for example in examples)
    return f"Fields: {', '.join(FIELDS[record])}.\n\n{tries}"


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


@app.command(rich_help_panel="Facts", epilog=_epilog("find"))
@takes(Query, Sort, Output)
def find(words: Words = None, **options: Any) -> None:
    """Print the facts that the words find. This command's name may be left out."""
    _run("find", words, options)


@app.command(rich_help_panel="Facts", epilog=_epilog("fact"))
@takes(Output)
def fact(words: Ids, **options: Any) -> None:
    """Print facts whole, with their sources."""
    _run("fact", words, options)


@app.command(rich_help_panel="Lists", epilog=_epilog("partners"))
@takes(Query, Output)
def partners(words: Words = None, **options: Any) -> None:
    """Print the partners named, or those of the facts found."""
    _run("partners", words, options)


@app.command(rich_help_panel="Lists", epilog=_epilog("themes"))
@takes(Query, Output)
def themes(words: Words = None, **options: Any) -> None:
    """Print the themes of the facts that the words find."""
    _run("themes", words, options)


@app.command(rich_help_panel="Lists", epilog=_epilog("sources"))
@takes(Query, Output)
def sources(words: Words = None, **options: Any) -> None:
    """Print the sources of the facts that the words find."""
    _run("sources", words, options)


def _run(command: str, words: list[str] | None, options: dict[str, Any]) -> None:
    short = [form for form in ("json", "csv") if options.pop(form)]
    form = options.pop("form") or (short[0] if short else None)
    raise typer.Exit(lookup.run(command, lookup.Request(words or (), form=form, **options)))
