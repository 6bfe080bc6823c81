"""Errors that the user can put right, exit statuses, and the one way to write a message."""

from __future__ import annotations

import os
import sys

from kyrgyz_relations.language import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    Problem = tuple[str, int | None, str]

# As grep's (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/grep.html), and a shell's after SIGINT.
FOUND, NOTHING, FAULT, INTERRUPTED = 0, 1, 2, 130
STATUSES = {
    FOUND: "something was found", NOTHING: "nothing was found", FAULT: "something was wrong",
    INTERRUPTED: "it was interrupted",
}  # fmt: skip
OUT_OF_MEMORY = "cannot be read: not enough memory"


class RelationsError(Exception):
    """Something that the person who typed the command can put right."""


class FactBaseError(RelationsError):
    """The problems of a fact base: for each the file, the line (None for the whole file) and what is wrong."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{location(path, line)}: {what}" for path, line, what in problems))


def location(path: str, line: int | None) -> str:
    """Write `FILE:LINE` as compilers do (https://www.gnu.org/prep/standards/html_node/Errors.html)."""
    return f"{printable(path)}:{line}" if line else printable(path)


def warn(message: str) -> None:
    """Write a message to stderr; where that fails, the exit status has to do."""
    try:
        if sys.stderr is not None:
            sys.stderr.write(message + "\n")
            sys.stderr.flush()
    except OSError:
        discard(sys.stderr.fileno())


def discard(descriptor: int) -> None:
    """Send what a broken stream still buffers to the null device, or the interpreter would fail at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), descriptor)
