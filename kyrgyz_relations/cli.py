"""The Typer app: what `commands` tells of the commands, as options, arguments and help; no logic of its own."""

import inspect
import os
from collections.abc import Iterable
from typing import Annotated, Any, TypedDict, get_type_hints

import typer
from typer.core import TyperGroup

from kyrgyz_relations import __version__
from kyrgyz_relations.commands import BASE, BY, COMMANDS, DAY, FAULT, FILE, FORCE, OUTPUT, QUERY, SORT, run, tell
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.fields import FIELDS
from kyrgyz_relations.output import COLORS, FORMATS
from kyrgyz_relations.request import GROUPINGS, SORTS, Request
from kyrgyz_relations.vocabulary import KINDS


def _completer(name: str) -> Any:
    """Find what completes a value; only a run that the shell asks to complete loads it."""
    if "_RELATIONS_COMPLETE" not in os.environ:
        return None
    from kyrgyz_relations import completion

    return getattr(completion, name)


def _argument(metavar: str, help: str, complete: str = "") -> Any:  # noqa: A002  # as Typer
    completer = _completer(complete) if complete else None
    return typer.Argument(metavar=metavar, help=help, show_default=False, autocompletion=completer)


# What stands after a command's name, by `Command.words`.
ARGUMENTS: dict[str, Any] = {
    "words": Annotated[list[str] | None, _argument("[WORD]...", "What to look up.", "words")],
    "ids": Annotated[list[str], _argument("ID...", "The facts' ids.", "ids")],
    "files": Annotated[list[str] | None, _argument("[FILE]...", "Fact bases, in place of the one built in.")],
    "file": Annotated[str, _argument("FILE", "The file to write.")],
}


def _option(*names: str, metavar: str | None = None, help: str, complete: str = "") -> Any:  # noqa: A002  # as Typer
    return typer.Option(*names, metavar=metavar, help=help, autocompletion=_completer(complete) if complete else None)


# What each option means its help says; what becomes of it, `Request`.
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
        _option(metavar="|".join(SORTS), help="By date, or by how well the text fits.", complete="sorts"),
    ]


class Day(TypedDict):
    """The option of those commands that are about a day of the year."""

    date: Annotated[str | None, _option(metavar="MM-DD", help="Another day than today.")]


class By(TypedDict):
    """The option of those commands that group facts."""

    by: Annotated[str | None, _option(metavar="|".join(GROUPINGS), help="What to count by.", complete="groupings")]


class Base(TypedDict):
    """The options of those commands that ask a fact base."""

    facts: Annotated[str | None, _option(metavar="FILE", help="Ask this fact base, not the one built in.")]
    add: Annotated[list[str] | None, _option(metavar="FILE", help="Ask what this file adds too; may be repeated.")]


class Output(TypedDict):
    """The options of those commands that print records."""

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


class File(TypedDict):
    """The option of those commands that print something else."""

    output: Annotated[str | None, _option("--output", "-o", metavar="FILE", help="Write a new file.")]


class Force(TypedDict):
    """The option of those commands that write a file."""

    force: Annotated[bool, _option("--force", help="Replace a file that is there.")]


OPTIONS = {QUERY: Query, SORT: Sort, DAY: Day, BY: By, BASE: Base, OUTPUT: Output, FILE: File, FORCE: Force}

HELP_HEAD = """\
Usage: relations [WORD]... [OPTION]...

{title}, each fact with its sources.

A word is a partner or a group of them, a theme, a kind of fact, a fact's id, a
time such as 2014, 2010.. or 1990s, or else any word of the text. Each word
narrows; a comma between words widens; quotes keep words together.
"""
HELP_FOOT = """
More: `relations COMMAND --help`, --version, --install-completion.
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
        """Write a help that fits on one screen, with what the fact base says of itself."""
        try:
            about = Request().search().about()
        except RelationsError:
            # What is wrong with it is told where it is asked.
            about = {"title": "Facts", "examples": []}
        formatter.write(HELP_HEAD.format(title=about["title"]))
        if about["examples"]:
            tries = "   ".join(f"relations {example}" for example in about["examples"][:3])
            formatter.write(f"\nTry:  {tries}\n")
        formatter.write("\n")
        for name, command in COMMANDS.items():
            formatter.write(f"  {name:<10}{command.meaning}\n")
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


def app_for(words: Iterable[str]) -> typer.Typer:
    """Make the app for a command line: Typer takes its time for each command that it is given.

    Args:
        words: The words of the command line; the commands among them are those that it may mean.
    """
    app = typer.Typer(
        name="relations",
        cls=DefaultCommand,
        help="Look up dated, sourced facts about a country's foreign relations.",
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(main)
    words = {*words, "find"}
    for name in COMMANDS:
        if name in words:
            _register(app, name)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"relations {__version__}")
        raise typer.Exit


def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Stand for the options that belong to no command.

    Args:
        version: Whether the version was asked for; if so, it is printed and the run ended before this is called.
    """


def _epilog(name: str) -> str:
    command = COMMANDS[name]
    fields = [f"Fields of a {record}: {', '.join(FIELDS[record])}." for record in command.records]
    return "\n\n".join([*fields, *(f"  relations {name} {example}".rstrip() for example in command.examples)])


def _register(app: typer.Typer, name: str) -> None:
    """Make a Typer command of what is told of one, with the options of its groups."""
    command = COMMANDS[name]

    def work(**options: Any) -> None:
        words = options.pop("words", None)
        words = (words,) if isinstance(words, str) else words or ()
        forms = {form for form in ("json", "csv") if options.pop(form, False)} | {options.pop("form", None)} - {None}
        if len(forms) > 1:
            tell(f"relations: one format at a time, not {' and '.join(sorted(forms))}")
            raise typer.Exit(FAULT)
        form = forms.pop() if forms else None
        raise typer.Exit(run(name, Request(words, form=form, **options)))

    keyword = inspect.Parameter.KEYWORD_ONLY
    words = [("words", ARGUMENTS[command.words])] if command.words else []
    groups = [get_type_hints(OPTIONS[group], include_extras=True) for group in command.options]
    work.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # PEP 362 has it; typeshed does not
        [
            inspect.Parameter(
                parameter,
                keyword,
                annotation=annotation,
                default=inspect.Parameter.empty if command.words in ("ids", "file") and parameter == "words" else None,
            )
            for parameter, annotation in [*words, *(option for group in groups for option in group.items())]
        ]
    )
    app.command(name, help=command.meaning, epilog=_epilog(name))(work)
