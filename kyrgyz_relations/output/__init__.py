"""From answers to what is printed: one module a family of formats, one interface for all.

A format's module has a function `render(answer, stream)`; `FORMATS` tells which module serves which format.
"""

import os
import sys

from kyrgyz_relations.fields import BRIEF, FULL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from kyrgyz_relations.fields import Row

FORMATS = {
    "table": ("terminal", "a table for people; the default on a terminal"),
    "tsv": ("delimited", "tab-separated values; the default elsewhere"),
    "csv": ("delimited", "comma-separated values"),
    "json": ("json", "an array of objects"),
    "jsonl": ("json", "an object a line"),
    "svg": ("terminal", "a picture of the table"),
}


class Answer:
    """What was found, and how it is to be printed.

    Args:
        record: Which kind of record the rows are: a key of `fields.FIELDS`.
        form: A key of `FORMATS`.
        fields: The fields to be printed; None takes those that the format has by default.
        header: Whether a first line names the fields; None takes what the format does by default.

    Attributes:
        asked: Whether somebody asked for these very fields.
        for_people: Whether people read it, who are told more than the rows.
        rows: The rows, which may come one by one.
        context: What only people are told: headings, names and summaries, as the terminal's module reads them.
    """

    __slots__ = ("asked", "context", "fields", "for_people", "form", "header", "record", "rows")

    def __init__(
        self,
        record: str,
        form: str,
        *,
        fields: tuple[str, ...] | None = None,
        header: bool | None = None,
    ) -> None:
        self.record = record
        self.rows: Iterator[Row] = iter(())
        self.form = form
        self.for_people = FORMATS[form][0] == "terminal"
        brief = self.for_people or form == "tsv"
        self.asked = fields is not None
        self.fields = fields or (BRIEF if brief else FULL)[record]
        self.header = form == "csv" if header is None else header
        self.context: Row = {}


def default_format() -> str:
    """Give the format for those who name none: a table for a terminal, tab-separated values for a pipe."""
    return "table" if sys.stdout.isatty() else "tsv"


def write(answer: Answer) -> None:
    """Print an answer on standard output; a reader that has read enough ends it quietly."""
    # importlib would do it in better style, and in a millisecond more.
    module = __import__(f"{__name__}.{FORMATS[answer.form][0]}", fromlist=("render",))
    stream = sys.stdout
    if answer.form != "table":
        _make_plain(stream)
    try:
        module.render(answer, stream)
        stream.flush()
    except BrokenPipeError:
        # What the interpreter flushes at its end must find no broken pipe again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _make_plain(stream: "TextIO") -> None:
    """Have a stream take UTF-8 and Unix line ends, whatever the locale and the system: scripts read it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="strict", newline="\n")
