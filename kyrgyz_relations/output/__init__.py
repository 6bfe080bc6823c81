"""From answers to what is printed: one module a family of formats, one interface for all.

A format's module has a function `render(answer, stream)`; `FORMATS` tells which module serves which format.
"""

import os
import sys

from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.fields import BRIEF, FIELDS, FULL
from kyrgyz_relations.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from kyrgyz_relations.fields import Row


class Format:
    """A format.

    Args:
        module: The module of this package that writes it.
        suffix: With which a file of it ends.
        meaning: What it is, for the help.
        records: The kinds of record that can be written so.
    """

    __slots__ = ("meaning", "module", "records", "suffix")

    def __init__(self, module: str, suffix: str, meaning: str, records: tuple[str, ...] = tuple(FIELDS)) -> None:
        self.module = module
        self.suffix = suffix
        self.meaning = meaning
        self.records = records


FORMATS = {
    "table": Format("terminal", ".txt", "a table for people; the default on a terminal"),
    "tsv": Format("delimited", ".tsv", "tab-separated values; the default elsewhere"),
    "csv": Format("delimited", ".csv", "comma-separated values"),
    "json": Format("json", ".json", "an array of objects"),
    "jsonl": Format("json", ".jsonl", "an object a line"),
    "markdown": Format("document", ".md", "a table that renders on any forge"),
    "html": Format("document", ".html", "a page that needs nothing but itself"),
    "svg": Format("terminal", ".svg", "a picture of the table"),
    "bibtex": Format("citation", ".bib", "an entry a source", ("fact", "source")),
    "csl-json": Format("citation", ".csl.json", "an item a source, as Zotero imports it", ("fact", "source")),
}
COLORS = ("auto", "always", "never")
# The modules whose readers are people, who are told more than the rows.
_FOR_PEOPLE = ("terminal", "document")


class Answer:
    """What was found, and how it is to be printed.

    Args:
        record: Which kind of record the rows are: a key of `fields.FIELDS`.
        form: A key of `FORMATS`.
        fields: The fields to be printed; None takes those that the format has by default.
        header: Whether a first line names the fields; None takes what the format does by default.
        template: What takes the place of the format, as `template.render` fills it.
        color: One of `COLORS`.

    Attributes:
        asked: Whether somebody asked for these very fields.
        for_people: Whether people read it, who are told more than the rows.
        needs_sources: Whether the rows must tell their sources.
        rows: The rows, which may come one by one.
        view: How people get to see them, a key of `views.VIEWS`, or "" for a table.
        context: What only people are told: headings, names and summaries, as the modules for people read them.

    Raises:
        RelationsError: There is no such format for this kind of record.
    """

    def __init__(
        self,
        record: str,
        form: str,
        *,
        fields: tuple[str, ...] | None = None,
        header: bool | None = None,
        template: str | None = None,
        color: str = COLORS[0],
    ) -> None:
        self.record = record
        self.rows: Iterator[Row] = iter(())
        self.form = form
        self.template = template or ""
        self.module = FORMATS[form].module if template is None else "template"
        self.for_people = self.module in _FOR_PEOPLE
        brief = self.module == "terminal" or form == "tsv"
        self.asked = fields is not None
        self.fields = fields or (BRIEF if brief else FULL)[record]
        self.header = form == "csv" if header is None else header
        self.color = color
        self.needs_sources = (
            self.for_people or self.module == "citation" or not {"sources", "url"}.isdisjoint(self.fields)
        )
        self.context: Row = {}
        self.view = ""
        if record not in FORMATS[form].records:
            able = [name for name, format_ in FORMATS.items() if record in format_.records]
            raise RelationsError(f"{form} is for facts and sources only; these are for all: {', '.join(able)}")


def default_format(path: str | None) -> str:
    """Give the format for those who name none.

    Args:
        path: The file that is written, whose suffix tells; None for standard output, where a terminal gets a table and
            a pipe tab-separated values.

    Raises:
        RelationsError: The suffix is no format's.
    """
    if path is None:
        return "table" if sys.stdout and sys.stdout.isatty() else "tsv"
    for name, format_ in sorted(FORMATS.items(), key=lambda item: -len(item[1].suffix)):
        if path.lower().endswith(format_.suffix):
            return name
    suffixes = ", ".join(format_.suffix for format_ in FORMATS.values())
    raise RelationsError(f'"{printable(path)}" tells no format by its end ({suffixes}); name one with --format')


def write(answer: Answer, path: str | None = None, *, force: bool = False) -> None:
    """Print an answer on standard output, or write it to a file, as `deliver` does.

    Args:
        answer: The answer; its rows are used up.
        path: The file; None takes standard output.
        force: Whether a file that is there may be replaced.

    Raises:
        RelationsError: The file is there already, or it or standard output can't be written.
    """
    # importlib would do it in better style, and in a millisecond more.
    render = __import__(f"{__name__}.{answer.module}", fromlist=("render",)).render
    drawn = answer.module == "terminal" and answer.form != "svg"
    deliver(lambda stream: render(answer, stream), path, force=force, drawn=drawn)


def deliver(render: "Callable[[TextIO], None]", path: str | None, *, force: bool = False, drawn: bool = False) -> None:
    """Have something written on standard output, or to a file.

    Args:
        render: Writes it.
        path: The file, which is written whole or not at all; None takes standard output, where a reader that has read
            enough ends it quietly.
        force: Whether a file that is there may be replaced.
        drawn: Whether it is drawn for a terminal, whose encoding it then takes.

    Raises:
        RelationsError: The file is there already, or it or standard output can't be written.
    """
    if path is not None:
        from kyrgyz_relations.output.file import write_whole

        write_whole(path, render, force=force)
        return
    stream = sys.stdout
    # A program that was started with a closed standard output has none.
    if stream is None:
        raise RelationsError("standard output is closed")
    if not drawn:
        _make_plain(stream)
    try:
        render(stream)
        stream.flush()
    except OSError as error:
        # What the interpreter flushes at its end must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise RelationsError(f"standard output cannot be written: {error.strerror}") from None


def _make_plain(stream: "TextIO") -> None:
    """Have a stream take UTF-8 and Unix line ends, whatever the locale and the system: scripts read it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="strict", newline="\n")
