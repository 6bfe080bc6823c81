"""How answers are printed: one module a family of formats, each with `render(answer, output, stream)`."""

from __future__ import annotations

import sys

from kyrgyz_relations.errors import RelationsError, discard
from kyrgyz_relations.language import printable, valid_unicode
from kyrgyz_relations.namedtuple import NamedTuple
from kyrgyz_relations.records import RECORDS, parse_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from kyrgyz_relations.records import Answer
    from kyrgyz_relations.request import Request


class Format(NamedTuple):
    """A format: the module that writes it, with which suffix a file of it ends, and what it is."""

    name: str
    module: str
    suffix: str
    meaning: str
    # Whether people read it, who are told more than the rows.
    for_people: bool = False
    # Whether it shows sources, whatever the fields are.
    cites: bool = False
    records: tuple[str, ...] = tuple(RECORDS)


_CITED = ("fact", "source")
_ALL = (
    Format("table", "terminal", ".txt", "a table for people; the default on a terminal", for_people=True, cites=True),
    Format("tsv", "plain", ".tsv", "tab-separated values; the default elsewhere"),
    Format(
        "text",
        "plain",
        ".text",
        "labelled lines; the default of `relations fact` elsewhere",
        cites=True,
        records=("fact",),
    ),
    Format("csv", "plain", ".csv", "comma-separated values"),
    Format("json", "plain", ".json", "an array of objects"),
    Format("jsonl", "plain", ".jsonl", "one object per line"),
    Format("markdown", "page", ".md", "a table that renders on any forge", for_people=True, cites=True),
    Format("html", "page", ".html", "a self-contained page", for_people=True, cites=True),
    Format("svg", "terminal", ".svg", "a picture of the table", for_people=True, cites=True),
    Format("bibtex", "cite", ".bib", "one entry per source", cites=True, records=_CITED),
    Format("csl-json", "cite", ".csl.json", "one item per source, as Zotero imports it", cites=True, records=_CITED),
    Format("cite", "cite", ".cite.txt", "one citation per source, to paste", cites=True, records=_CITED),
)
FORMATS = {format_.name: format_ for format_ in _ALL}
_TEMPLATE = Format("template", "plain", "", "lines by a template")
COLORS = ("auto", "always", "never")


class Output(NamedTuple):
    """How an answer is to be printed, decided and checked before anything is asked."""

    format: Format
    fields: tuple[str, ...]
    # Whether these very fields were asked for.
    custom: bool = False
    header: bool = False
    template: str = ""
    # The file to write; None is standard output.
    path: str | None = None
    force: bool = False
    color: str = COLORS[0]

    @property
    def with_sources(self) -> bool:
        """Whether the rows of facts must have their sources."""
        return self.format.cites or not {"sources", "url"}.isdisjoint(self.fields)

    @property
    def drawn(self) -> bool:
        """Whether people get to see it drawn, not as a table of the fields that they asked for."""
        return self.format.for_people and not self.custom


def resolve(request: Request, record: str) -> Output:
    """Decide how a kind of record is printed for a request."""
    if request.color is not None and request.color not in COLORS:
        raise RelationsError(f'--color is one of {", ".join(COLORS)}, not "{printable(request.color)}"')
    path = None if request.output == "-" else request.output
    if request.template is not None:
        if request.form is not None or request.fields is not None or request.header is not None:
            raise RelationsError("--template takes the place of --format, --fields and --header")
        from kyrgyz_relations.output.plain import fields_of

        template = valid_unicode(request.template)
        fields = fields_of(template, record)
        return Output(_TEMPLATE, fields, custom=True, template=template, path=path, force=request.force)
    # Whoever names fields wants no labels.
    labelled = request.command == "fact" and request.fields is None and request.header is None
    name = _default_format(path, "text" if labelled else "tsv") if request.form is None else request.form
    if name not in FORMATS:
        raise RelationsError(f'--format is one of {", ".join(FORMATS)}, not "{printable(name)}"')
    if record not in FORMATS[name].records:
        only = " and ".join(f"{one}s" for one in FORMATS[name].records)
        others = ", ".join(other.name for other in _ALL if record in other.records)
        raise RelationsError(f"{name} is for {only} only; here there are {others}")
    usual = RECORDS[record].brief if name in ("table", "tsv", "svg") else RECORDS[record].full
    return Output(
        FORMATS[name],
        usual if request.fields is None else parse_fields(record, request.fields.split(",")),
        custom=request.fields is not None,
        header=name == "csv" if request.header is None else request.header,
        path=path,
        force=request.force,
        color=request.color or COLORS[0],
    )


def _default_format(path: str | None, piped: str) -> str:
    """Give the format that a file's extension tells, or that of standard output."""
    if path is None:
        return "table" if sys.stdout and sys.stdout.isatty() else piped
    for format_ in sorted(_ALL, key=lambda one: -len(one.suffix)):
        if path.lower().endswith(format_.suffix):
            return format_.name
    if path.lower().endswith((".db", ".sqlite", ".sqlite3")):
        raise RelationsError(f"`relations export {printable(path)}` writes a database")
    suffixes = ", ".join(format_.suffix for format_ in _ALL)
    raise RelationsError(f'can\'t tell the format of "{printable(path)}"; use --format, or one of {suffixes}')


def write(answer: Answer, output: Output) -> None:
    """Print an answer on standard output, or write it to the file asked for."""
    # importlib would do it in better style, and in a millisecond more.
    render = __import__(f"{__name__}.{output.format.module}", fromlist=("render",)).render
    drawn = output.format.name == "table"
    deliver(lambda stream: render(answer, output, stream), output.path, force=output.force, drawn=drawn)


def deliver(render: Callable[[TextIO], None], path: str | None, *, force: bool = False, drawn: bool = False) -> None:
    """Write to a file, whole or not at all, or to standard output, in UTF-8 unless `drawn` for a terminal."""
    if path is not None:
        from kyrgyz_relations.output.files import write_whole

        write_whole(path, render, force=force)
        return
    if (stream := sys.stdout) is None:
        raise RelationsError("standard output is closed")
    if (reconfigure := getattr(stream, "reconfigure", None)) and not drawn:
        # Scripts read UTF-8 and Unix line ends, whatever the locale and the system.
        reconfigure(encoding="utf-8", errors="strict", newline="\n")
    try:
        render(stream)
        stream.flush()
    except OSError as error:
        discard(stream.fileno())
        if not isinstance(error, BrokenPipeError):
            raise RelationsError(f"standard output cannot be written: {error.strerror}") from None
