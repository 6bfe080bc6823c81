"""The quick reader: a well-formed command line becomes a `Request` without Typer, by the table in `commands`."""

from __future__ import annotations

from kyrgyz_relations.commands import COMMANDS, OPTIONS, Request

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

_BY_NAME = {name: (field, option) for field, option in OPTIONS.items() for name in option.names}
_OPPOSITES = {option.opposite: field for field, option in OPTIONS.items() if option.opposite}
# How many words each kind of arguments takes at least and at most; None is any number.
_MOST_DIGITS = 19
ARITY: dict[str, tuple[int, int | None]] = {
    "words": (0, None), "ids": (1, None), "files": (0, None), "file": (1, 1), "": (0, 0),
}  # fmt: skip


def read(arguments: Sequence[str]) -> Request | None:
    """Read a command line; None leaves to Typer what is not well-formed, and what only Typer does, such as help."""
    if is_help(arguments):
        return None
    name, rest = command_of(arguments)
    command = COMMANDS[name]
    words: list[str] = []
    values: dict[str, Any] = {}
    pending = iter(rest)
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
    if len(words) < least or (most is not None and len(words) > most):
        return None
    return Request(name, tuple(words), **values)


def is_help(arguments: Sequence[str]) -> bool:
    """Tell whether `help` or `help COMMAND` was typed, not a question with that word."""
    return [*arguments[:1]] == ["help"] and (len(arguments) == 1 or arguments[1] in COMMANDS)


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
        option = _BY_NAME.get(argument)
        skip = not skip and option is not None and bool(option[1].metavar)
    # Options alone narrow facts, or else say how to print the overview.
    narrowing = {
        name for field in (*COMMANDS["find"].own, *COMMANDS["find"].groups[0]) for name in OPTIONS[field].names
    }
    asked = any(_name_of(argument) in narrowing or argument == "--" for argument in arguments)
    return "find" if asked else "overview", [*arguments]


def _name_of(argument: str) -> str:
    return argument.partition("=")[0] if argument.startswith("--") else argument[:2]


def _option(argument: str, pending: Iterator[str]) -> tuple[str, str | None]:
    """Split `--name=value` and `-nVALUE`, or take the value from what follows; a flag has none."""
    name, equals, value = argument.partition("=") if argument.startswith("--") else (argument[:2], "", argument[2:])
    field, option = _BY_NAME.get(name, ("", None))
    if option is None:
        return "", None
    if option.metavar and not equals and not value:
        following = next(pending, None)
        # What looks like an option is no value for certain.
        doubtful = following is None or (following.startswith("-") and (following != "-" or field != "output"))
        return ("", None) if doubtful else (field, following)
    if bool(option.metavar) != bool(equals or value):
        return "", None
    return field, value if option.metavar else None


def _put(values: dict[str, Any], field: str, value: str | None) -> bool:
    """Enter an option's value where it is well-formed."""
    option = OPTIONS[field]
    if option.short_for[0]:
        field, value = option.short_for
        return bool(values.setdefault(field, value) == value)
    if value is None:
        values[field] = True
    elif option.many:
        values[field] = (*values.get(field, ()), value)
    elif option.number:
        if not (value.isascii() and value.isdecimal() and len(value) < _MOST_DIGITS and int(value)):
            return False
        values[field] = int(value)
    elif field == "form" and values.get(field, value) != value:
        return False
    else:
        values[field] = value
    return True
