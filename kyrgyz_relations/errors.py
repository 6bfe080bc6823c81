"""What can go wrong for a person: told on stderr, exit status 2, no traceback."""

from collections.abc import Sequence


class RelationsError(Exception):
    """Something that the person who typed the command can put right."""


class FactBaseError(RelationsError):
    """A fact base has problems; each is told with its file and line.

    Args:
        path: The fact base's file.
        problems: The line (from 1; None where the whole file is meant) and what is wrong with it, in the file's order.
    """

    def __init__(self, path: str, problems: Sequence[tuple[int | None, str]]) -> None:
        self.path = path
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{path}:{line}: {what}" if line else f"{path}: {what}" for line, what in problems))
