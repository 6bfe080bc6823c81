"""The Typer app, made from the table in `commands`: help, messages about wrong command lines, and completion."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from kyrgyz_relations import __version__
from kyrgyz_relations.arguments import ARITY, command_of, is_help
from kyrgyz_relations.commands import COMMANDS, GROUPS, OPTIONS, Command, Option, Request, run
from kyrgyz_relations.errors import FAULT, FOUND, NOTHING, STATUSES, RelationsError, discard, warn
from kyrgyz_relations.language import printable
from kyrgyz_relations.records import RECORDS

# Where Typer's completion finds the command line, by shell.
_TO_COMPLETE = ("COMP_WORDS", "_TYPER_COMPLETE_ARGS")
_METAVARS = {"words": "[WORD]...", "ids": "ID...", "files": "[FILE]...", "file": "FILE", "": ""}
_OWN_OPTIONS = ("--help", "-h", "--version", "-V", "--install-completion", "--show-completion")
_WIDTH = 80


def answer_with_typer(arguments: list[str]) -> int:
    """Carry out a command line that needs Typer: help, version, completion, or a message about what is wrong."""
    completing = "_RELATIONS_COMPLETE" in os.environ
    if completing:
        # What describes an option is one line.
        os.environ["COLUMNS"] = "1000"
    elif sys.stdout is None:
        warn("relations: standard output is closed")
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
        warn(f"relations: standard output cannot be written: {error.strerror}")
        return FAULT
    except Exception as error:
        # Typer brings Click along under a name of its own; what both call a usage error has these two.
        if not hasattr(error, "format_message") or not hasattr(error, "exit_code"):
            raise
        warn(f"relations: {_usage(error)}{_exclusion(arguments)}")
        return FAULT
    return int(status or 0)


def _usage(error: Any) -> str:
    """Write what Click says of a wrong command line in the manner of our own messages."""
    message = printable(str(error.format_message()).replace("\n", " ").rstrip("."))
    context = getattr(error, "ctx", None)
    name = context.info_name if context is not None and context.info_name in COMMANDS else ""
    return f"{message[:1].lower()}{message[1:]}; see `relations {f'{name} ' if name else ''}--help`"


def _exclusion(arguments: Sequence[str]) -> str:
    """Say how a word is left out to somebody who typed it as in a web search."""
    words = [
        argument[1:] for argument in arguments if argument[:1] == "-" and len(argument) > 3 and argument[1:].isalpha()
    ]
    return f"; to leave out {words[0]}: --not {words[0]}" if words else ""


class Group(TyperGroup):
    """A group whose command may be left out, and stand behind options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the command first; `help` stands for --help."""
        if is_help(args):
            args = [*args[1:], "--help"]
        if not args or args[0].partition("=")[0] not in _OWN_OPTIONS:
            name, rest = command_of(args)
            # While words are completed there are none yet.
            completing = ctx.resilient_parsing and name == "overview" and name not in args
            args = ["find" if completing else name, *rest]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # Click's signature
        """Write a help that fits on one screen, with what the fact base says of itself."""
        formatter.write(overview_help(*_about()))


class Subcommand(TyperCommand):
    """A command whose help has its own options first, then those of all, then examples."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # Click's signature
        """Write the help of a command."""
        formatter.write(command_help(self.name or "find"))


def _about() -> tuple[str, list[str]]:
    """Give the title and the examples of the fact base; what is wrong with it is told where it is asked."""
    from kyrgyz_relations.factbase import index, lists
    from kyrgyz_relations.factbase.search import Search

    try:
        about = lists.about(Search(index.connect(index.files(None))))
    except RelationsError:
        return "Facts about a country's foreign relations", []
    return about["title"], about["examples"]


def overview_help(title: str, examples: Sequence[str]) -> str:
    """Write the help of the program, in 23 lines of 80 columns."""
    names = [*COMMANDS]
    half = -(-len(names) // 2)
    lines = [
        "Usage: relations [WORD]... [OPTION]...",
        "",
        f"{title}, each fact with its sources.",
        "",
        "Words are partners, groups, themes, kinds, ids or times such as 2014, 2010.. or",
        "1990s, which filter; any other word makes a question, answered best first.",
        "",
        *([f"Try:  {'   '.join(f'relations {example}' for example in examples[:3])}", ""] if examples else []),
        *(
            f"  {left:<9} {COMMANDS[left].short:<28} {right:<9} {COMMANDS[right].short if right else ''}".rstrip()
            for left, right in zip(names[:half], [*names[half:], ""], strict=False)
        ),
        "",
        "More: relations help COMMAND, --version, --install-completion",
        f"Exit status: {', '.join(f'{status} {STATUSES[status]}' for status in (FOUND, NOTHING, FAULT))}",
    ]
    return "\n".join(lines) + "\n"


def command_help(name: str) -> str:
    """Write the help of a command: its own options, the others by groups, fields, examples."""
    command = COMMANDS[name]
    lines = [
        f"Usage: relations {name} {_METAVARS[command.arguments]} [OPTION]...".replace("  ", " "),
        "",
        command.meaning,
    ]
    groups = {"Options": command.own} | {title: fields for title, fields in GROUPS.items() if fields in command.groups}
    for title, fields in groups.items():
        if fields:
            lines += ["", f"{title}:"]
            for field in fields:
                lines += _option_help(OPTIONS[field])
    for record in command.records:
        fields_of = f"Fields of a {record}: {', '.join(RECORDS[record].fields)}"
        lines += ["", *_wrapped(fields_of, "  ")]
    if command.examples:
        lines += ["", "Examples:", *(f"  relations {name} {example}".rstrip() for example in command.examples)]
    return "\n".join(lines) + "\n"


def _option_help(option: Option) -> list[str]:
    names = ", ".join(sorted(option.names, key=len)) + (f"/{option.opposite}" if option.opposite else "")
    left = f"  {names}{f' {option.metavar}' if option.metavar else ''}"
    first, *more = _wrapped(option.help, " " * 26)
    text = first.strip()
    head = [f"{left:<25} {text}"] if len(left) <= 25 else [left, " " * 26 + text]  # the column of the texts
    return head + more


def _wrapped(text: str, indent: str) -> list[str]:
    from textwrap import wrap

    first, *rest = wrap(text, _WIDTH - len(indent))
    return [first if indent == "  " else indent + first, *(indent + line for line in rest)]


def app_for(words: Sequence[str]) -> typer.Typer:
    """Make the app for a command line: Typer takes its time for each command that it is given."""
    app = typer.Typer(
        name="relations",
        cls=Group,
        help="Look up dated, sourced facts about a country's foreign relations.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(_main)
    chosen = {*words, command_of(words)[0], "find"}
    for name, command in COMMANDS.items():
        if name in chosen:
            _register(app, name, command)
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
        argument = typer.Argument(
            metavar=_METAVARS[command.arguments], show_default=False, autocompletion=_completer(command.arguments)
        )
        default = inspect.Parameter.empty if least else None
        parameters.insert(0, inspect.Parameter("words", keyword, annotation=Annotated[kind, argument], default=default))
    work.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # PEP 362 has it; typeshed does not
    app.command(name, cls=Subcommand, help=command.meaning)(work)


def _annotation(field: str, option: Option) -> Any:
    names = [f"{option.names[0]}/{option.opposite}", *option.names[1:]] if option.opposite else [*option.names]
    made = typer.Option(
        *names,
        metavar=option.metavar or None,
        help=option.help,
        autocompletion=_completer(field) if option.metavar else None,
        min=1 if option.number else None,
        max=10**18 - 1 if option.number else None,
    )
    kind: Any = int | None if option.number else bool | None if not option.metavar else str | None
    return Annotated[list[str] | None if option.many else kind, made]


def _completer(name: str) -> Any:
    """Give what completes a value; only a run that the shell asks to complete loads it."""
    if "_RELATIONS_COMPLETE" not in os.environ:
        return None
    from kyrgyz_relations import completion

    return completion.COMPLETERS.get(name)


def _request(name: str, options: dict[str, Any]) -> Request:
    """Make the request of what Typer has read."""
    words = options.pop("words", None)
    words = (words,) if isinstance(words, str) else tuple(words or ())
    values: dict[str, Any] = {
        field: tuple(value) if isinstance(value, list) else value
        for field, value in options.items()
        if value is not None
    }
    for field in [field for field in values if OPTIONS[field].short_for[0]]:
        target, value = OPTIONS[field].short_for
        del values[field]
        if values.setdefault(target, value) != value:
            warn(f"relations: one format at a time, not {' and '.join(sorted({printable(values[target]), value}))}")
            raise typer.Exit(FAULT)
    return Request(name, words, **values)
