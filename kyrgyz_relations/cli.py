"""The Typer app, made from the table in `commands`: help, messages about wrong command lines, and completion."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Sequence
from itertools import pairwise, zip_longest
from textwrap import fill
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from kyrgyz_relations import __version__
from kyrgyz_relations.arguments import ARITY, BY_NAME, command_of, is_help, number_of
from kyrgyz_relations.commands import COMMANDS, GROUPS, OPTIONS, Command, Option, run
from kyrgyz_relations.errors import FAULT, FOUND, NOTHING, STATUSES, RelationsError, discard, warn
from kyrgyz_relations.language import printable
from kyrgyz_relations.records import RECORDS
from kyrgyz_relations.request import Request

# Where Typer's completion finds the command line, by shell.
_TO_COMPLETE = ("COMP_WORDS", "_TYPER_COMPLETE_ARGS")
_METAVARS = {"words": "[WORD]...", "ids": "ID...", "files": "[FILE]...", "file": "FILE", "": ""}
_OWN_OPTIONS = ("--help", "-h", "--version", "-V", "--install-completion", "--show-completion")


def answer_with_typer(arguments: list[str]) -> int:
    """Carry out a command line that needs Typer: help, version, completion, or a message about what is wrong."""
    completing = "_RELATIONS_COMPLETE" in os.environ
    if completing:
        # What describes an option is one line.
        os.environ["COLUMNS"] = "1000"
    elif wrong := "standard output is closed" if sys.stdout is None else _without_value(arguments):
        warn(f"relations: {wrong}")
        return FAULT
    typed = " ".join([os.environ.get(name, "") for name in _TO_COMPLETE]).split() if completing else arguments
    try:
        status = app_for(typed)(arguments, prog_name="relations", standalone_mode=completing)
        sys.stdout.flush()
    except SystemExit:
        if completing:
            raise
        # All that Click ends so by itself is a reader that has read enough.
        discard(sys.stdout.fileno())
        return FOUND
    except typer.Exit as error:
        return error.exit_code
    except OSError as error:
        discard(sys.stdout.fileno())
        place = f'"{printable(str(error.filename))}"' if error.filename else "standard output"
        warn(f"relations: {place} cannot be written: {error.strerror}")
        return FAULT
    except Exception as error:
        # Typer brings Click along under a name of its own; what both call a usage error has these two.
        if not hasattr(error, "format_message") or not hasattr(error, "exit_code"):
            raise
        warn(f"relations: {_usage(error, arguments)}")
        return FAULT
    return int(status or 0)


def _without_value(arguments: Sequence[str]) -> str:
    """Say which option has another in the place of its value, for which Click would take it."""
    until = arguments.index("--") if "--" in arguments else len(arguments)
    for name, value in pairwise(arguments[:until]):
        if name in BY_NAME and BY_NAME[name][1].metavar and value in BY_NAME:
            return f"{name} needs a value, and {value} is an option"
    return ""


def _usage(error: Any, arguments: Sequence[str]) -> str:
    """Write what Click says of a wrong command line in the manner of our own messages."""
    message = printable(str(error.format_message()).replace("\n", " ").rstrip("."))
    name = getattr(getattr(error, "ctx", None), "info_name", "")
    # A word that is left out as in a web search.
    words = (word[1:] for word in arguments if word[:1] == "-" and len(word) > 3 and word[1:].isalpha())
    without = next((f"; to leave out {word}: --not {word}" for word in words), "")
    known = f"{name} " * (name in COMMANDS and name != "overview")
    return f"{message[:1].lower()}{message[1:]}; see `relations {known}--help`{without}"


class Group(TyperGroup):
    """A group whose command may be left out, and stand behind options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command first; `help` stands for --help."""
        if is_help(args):
            if args[1:] and args[1] not in COMMANDS and args[1][0] != "-":
                ctx.fail(f"no command is called {args[1]}")
            args = [*args[1:], "--help"]
        if not args or args[0].partition("=")[0] not in _OWN_OPTIONS:
            name, rest = command_of(args)
            # While words are completed there are none yet.
            completing = ctx.resilient_parsing and name == "overview" and name not in args
            args = ["find" if completing else name, *rest]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # Click's signature
        """Write a help that fits on one screen, with what the fact base says of itself."""
        formatter.write(_help())


class Subcommand(TyperCommand):
    """A command whose help has its own options first, then those of all, then examples."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of a command."""
        formatter.write(command_help(ctx.command.name))


def _help() -> str:
    """Write the help of the program with what the fact base says; what is wrong with that is told where it is asked."""
    from kyrgyz_relations.factbase import index, lists
    from kyrgyz_relations.factbase.search import Search

    try:
        about = lists.about(Search(index.connect(index.files(None))))
    except RelationsError:
        about = {"title": "Facts about a country's foreign relations", "examples": []}
    told = [f"{name:<9} {command.short}" for name, command in COMMANDS.items()]
    half = -(-len(told) // 2)
    columns = [f"  {left:<38} {right}".rstrip() for left, right in zip_longest(told[:half], told[half:], fillvalue="")]
    examples = "   ".join(f"relations {example}" for example in about["examples"][:3])
    lines = [
        "Usage: relations [WORD]... [OPTION]...\n",
        f"{about['title']}, each fact with its sources.\n",
        "Words are partners, groups, themes, kinds, ids or times such as 2014, 2010.. or",
        "1990s, which filter; any other word makes a question, answered best first.\n",
        *([f"Try:  {examples}\n"] if examples else []),
        *columns,
        "\nMore: relations help COMMAND, --version, --install-completion",
        f"Exit status: {', '.join(f'{status} {STATUSES[status]}' for status in (FOUND, NOTHING, FAULT))}\n",
    ]
    return "\n".join(lines)


def command_help(name: str) -> str:
    """Write the help of a command: its own options, the others by groups, fields, examples."""
    command = COMMANDS[name]
    words = filter(None, [name, _METAVARS[command.arguments], "[OPTION]..."])
    lines = [f"Usage: relations {' '.join(words)}\n", command.meaning]
    groups = {"Options": command.own} | {title: fields for title, fields in GROUPS.items() if fields in command.groups}
    for title, fields in groups.items():
        if fields:
            lines += [f"\n{title}:", *(_option_help(OPTIONS[field]) for field in fields)]
    for record in command.records:
        lines += ["", fill(f"Fields of a {record}: {', '.join(RECORDS[record].fields)}", 80, subsequent_indent="  ")]
    lines += ["\nExamples:", *(f"  relations {name} {example}".rstrip() for example in command.examples)]
    return "\n".join(lines) + "\n"


def _option_help(option: Option) -> str:
    names = ", ".join(sorted(option.names, key=len)) + (f"/{option.opposite}" if option.opposite else "")
    left = f"  {names} {option.metavar}".rstrip()
    # The texts stand in a column of their own.
    head = f"{left:<25} " if len(left) <= 25 else f"{left}\n{' ' * 26}"
    return head + fill(option.help, 54).replace("\n", f"\n{' ' * 26}")


def app_for(words: Sequence[str]) -> typer.Typer:
    """Make the app for a command line: Typer takes its time for each command that it is given."""
    app = typer.Typer(
        name="relations", cls=Group, rich_markup_mode=None, pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )  # fmt: skip
    app.callback()(_main)
    for name in {*words, command_of(words)[0], "find"} & {*COMMANDS}:
        _register(app, name, COMMANDS[name])
    return app


def _version(wanted: bool) -> None:  # Typer's signature
    if wanted:
        typer.echo(f"relations {__version__}")
        raise typer.Exit


def _main(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Stand for the options that belong to no command."""


def _register(app: typer.Typer, name: str, command: Command) -> None:
    """Make a Typer command of an entry of the table."""

    def work(**options: Any) -> None:
        raise typer.Exit(run(_request(name, options)))

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter(field, keyword, annotation=_annotation(field, OPTIONS[field]), default=None)
        for field in command.options
    ]
    if command.arguments:
        least, most = ARITY[command.arguments]
        kind: Any = str if most == 1 else list[str] if least else list[str] | None
        metavar, completer = _METAVARS[command.arguments], _completer(command.arguments)
        argument = typer.Argument(metavar=metavar, show_default=False, autocompletion=completer)
        default = inspect.Parameter.empty if least else None
        parameters.insert(0, inspect.Parameter("words", keyword, annotation=Annotated[kind, argument], default=default))
    work.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # PEP 362 has it; typeshed does not
    app.command(name, cls=Subcommand, help=command.meaning)(work)


def _annotation(field: str, option: Option) -> Any:
    name = f"{option.names[0]}/{option.opposite}" if option.opposite else option.names[0]
    made = typer.Option(
        name, *option.names[1:], metavar=option.metavar or None, help=option.help,
        autocompletion=_completer(field) if option.metavar else None,
        parser=_number if option.number else None,
    )  # fmt: skip
    kind: Any = list[str] if option.many else int if option.number else str if option.metavar else bool
    return Annotated[kind | None, made]


def _number(value: str) -> int:
    if not (number := number_of(value)):
        raise typer.BadParameter(f'takes a whole number from 1, not "{printable(value)}"')
    return number


def _completer(name: str) -> Any:
    """Give what completes a value; only a run that the shell asks to complete loads it."""
    if "_RELATIONS_COMPLETE" not in os.environ:
        return None
    from kyrgyz_relations import completion

    return completion.completer(name)


def _request(name: str, options: dict[str, Any]) -> Request:
    """Make the request of what Typer has read."""
    words = options.pop("words", None)
    words = (words,) if isinstance(words, str) else tuple(words or ())
    given = {field: value for field, value in options.items() if value is not None}
    values: dict[str, Any] = {
        field: tuple(value) if isinstance(value, list) else value for field, value in given.items()
    }
    for field in [field for field in values if OPTIONS[field].short_for[0]]:
        target, value = OPTIONS[field].short_for
        del values[field]
        if values.setdefault(target, value) != value:
            warn(f"relations: one format at a time, not {' and '.join(sorted({printable(values[target]), value}))}")
            raise typer.Exit(FAULT)
    return Request(name, words, **values)
