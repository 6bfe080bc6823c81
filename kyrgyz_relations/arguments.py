"""The quick reader: a well-formed command line becomes a `Request` without Typer, by the table in `commands`."""

from __future__ import annotations

from kyrgyz_relations.commands import COMMANDS, OPTIONS
from kyrgyz_relations.request import FILTERS, Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

BY_NAME = {name: (field, option) for field, option in OPTIONS.items() for name in option.names}
_OPPOSITES = {option.opposite: field for field, option in OPTIONS.items() if option.opposite}
_NARROWING = {name for field in (*COMMANDS["find"].own, *FILTERS) for name in OPTIONS[field].names}
_MOST_DIGITS = 19
# How many words each kind of arguments takes at least and at most; None is any number.
ARITY = {"words": (0, None), "ids": (1, None), "files": (0, None), "file": (1, 1), "": (0, 0)}


def read(arguments: Sequence[str]) -> Request | None:
    """Read a command line; None leaves to Typer what is not well-formed, and what only Typer does, such as help."""
    if is_help(arguments):
        return None
    name, rest = command_of(arguments)
    command, pending = COMMANDS[name], iter(rest)
    words: list[str] = []
    values: dict[str, Any] = {}
    for argument in pending:
        if argument == "--":
            words += pending
        elif not argument.startswith("-") or argument == "-":
            words.append(argument)
        elif argument in _OPPOSITES and _OPPOSITES[argument] in command.options:
            values[_OPPOSITES[argument]] = False
        else:
            field, value = _option(argument, pending)
            if field not in command.options or not _put(values, field, value):
                return None
    least, most = ARITY[command.arguments]
    well_formed = len(words) >= least and (most is None or len(words) <= most)
    return Request(name, tuple(words), **values) if well_formed else None


def is_help(arguments: Sequence[str]) -> bool:
    """Tell whether `help` or `help COMMAND` was typed, not a question with that word."""
    return [*arguments[:1]] == ["help"] and (len(arguments) < 3 or arguments[1] in COMMANDS)  # one word is a command


def command_of(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Find the command, which may stand behind options, and give it and the other arguments."""
    skip = False
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if not skip and (not argument.startswith("-") or argument == "-"):
            if argument in COMMANDS:
                return argument, [*arguments[:place], *arguments[place + 1 :]]
            return "find", [*arguments]
        option = BY_NAME.get(argument)
        skip = not skip and option is not None and bool(option[1].metavar)
    # Options alone narrow facts, or else say how to print the overview.
    asked = "--" in arguments[:-1] or any(_split(argument)[0] in _NARROWING for argument in arguments)
    return "find" if asked else "overview", [*arguments]


def number_of(value: str) -> int:
    """Read a number of rows, which SQLite has to be able to bind; 0 where it is none."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < _MOST_DIGITS else 0


def _split(argument: str) -> tuple[str, str, str]:
    """Split `--name=value` and `-nVALUE`."""
    return argument.partition("=") if argument.startswith("--") else (argument[:2], "", argument[2:])


def _option(argument: str, pending: Iterator[str]) -> tuple[str, str | None]:
    """Find an option and its value, which may follow; a flag has none."""
    name, equals, value = _split(argument)
    field, option = BY_NAME.get(name, ("", None))
    if option is None or (not option.metavar and (equals or value)):
        return "", None
    if not option.metavar or equals or value:
        return field, value if option.metavar else None
    following = next(pending, None)
    # What looks like an option is no value for certain.
    doubtful = following is None or (following.startswith("-") and (following != "-" or field != "output"))
    return ("", None) if doubtful else (field, following)


def _put(values: dict[str, Any], field: str, value: str | None) -> bool:
    """Enter an option's value where it is well-formed."""
    option = OPTIONS[field]
    if option.short_for[0]:
        field, value = option.short_for
    if value is None:
        values[field] = True
    elif option.many:
        values[field] = (*values.get(field, ()), value)
    elif option.number:
        values[field] = number_of(value)
    elif field == "form":
        # One format at a time.
        return bool(values.setdefault(field, value) == value)
    else:
        values[field] = value
    # A number is 1 at least.
    return bool(values[field] != 0)
