"""What can go wrong for a person: told on stderr, exit status 2, no traceback."""

from collections.abc import Sequence

from kyrgyz_relations.text import printable

Problem = tuple[str, int | None, str]
TOO_LARGE = "cannot be read: it takes more memory than there is"


class RelationsError(Exception):
    """Something that the person who typed the command can put right."""


class FactBaseError(RelationsError):
    """A fact base has problems; each is told with its file and line.

    Args:
        problems: The file, the line (from 1; None where the whole file is meant) and what is wrong with it.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{place(path, line)}: {what}" for path, line, what in problems))


def place(path: str, line: int | None) -> str:
    """Write a place in a file as compilers do, which editors know how to follow.

    Args:
        path: The file; what in its name can't be printed is escaped.
        line: From 1; None where the whole file is meant.

    Returns:
        `FILE:LINE`, or `FILE` alone (https://www.gnu.org/prep/standards/html_node/Errors.html).
    """
    return f"{printable(path)}:{line}" if line else printable(path)
