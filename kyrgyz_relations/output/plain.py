"""The formats of scripts: TSV, CSV, JSON, JSON Lines, and lines by a template of one's own."""

from __future__ import annotations

from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.language import printable
from kyrgyz_relations.output.cite import citation
from kyrgyz_relations.records import flat, parse_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from kyrgyz_relations.output import Output
    from kyrgyz_relations.records import Answer

# A spreadsheet takes a cell that begins so, in full width too, for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_QUOTED = frozenset(',;"')
_WIDEST = 1000


def render(answer: Answer, output: Output, stream: TextIO) -> None:
    """Write the rows in one of the formats of scripts."""
    name = output.format.name
    {"csv": _csv, "tsv": _tsv, "text": _text, "template": _template}.get(name, _json)(answer, output, stream)


def _tsv(answer: Answer, output: Output, stream: TextIO) -> None:
    if output.header:
        stream.write("\t".join(output.fields) + "\n")
    stream.writelines("\t".join([flat(row[field]) for field in output.fields]) + "\n" for row in answer.rows)


def _text(answer: Answer, output: Output, stream: TextIO) -> None:
    """Write a labelled line per field, and per source, and an empty line between records."""
    for number, row in enumerate(answer.rows):
        stream.write("\n" * bool(number))
        for field in output.fields:
            label, lines = ("source", map(citation, row[field])) if field == "sources" else (field, [flat(row[field])])
            stream.writelines(f"{label}:\t{line}\n" for line in lines if line)


def _csv(answer: Answer, output: Output, stream: TextIO) -> None:
    """Write RFC 4180 with Unix line ends, and with "'" before what a spreadsheet would take for a formula."""
    if output.header:
        stream.write(",".join(output.fields) + "\n")
    # A line with nothing in it would be passed over.
    lines = (",".join([_cell(row[field]) for field in output.fields]) or '""' for row in answer.rows)
    stream.writelines(f"{line}\n" for line in lines)


def _cell(value: object) -> str:
    text = flat(value)
    # A negative number is no formula.
    text = f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, (int, float)) else text
    # Where a spreadsheet parts cells at ";", what follows one would begin a cell, were it not quoted.
    return '"{}"'.format(text.replace('"', '""')) if not _QUOTED.isdisjoint(text) else text


def _json(answer: Answer, output: Output, stream: TextIO) -> None:
    """Write an object per line (https://jsonlines.org), for "json" inside an array (RFC 8259)."""
    from json import JSONEncoder

    encode = JSONEncoder(ensure_ascii=False).encode
    objects = (encode({field: row[field] for field in output.fields}) for row in answer.rows)
    if output.format.name == "jsonl":
        stream.writelines(text + "\n" for text in objects)
        return
    separator = "["
    for text in objects:
        stream.write(separator + text)
        separator = ",\n "
    stream.write("[]\n" if separator == "[" else "]\n")


def _template(answer: Answer, output: Output, stream: TextIO) -> None:
    stream.writelines(
        output.template.format_map({field: flat(row[field]) for field in output.fields}) + "\n" for row in answer.rows
    )


def fields_of(template: str, record: str) -> tuple[str, ...]:
    """Find the fields that a template names, each by its name alone.

    It is one of Python's format strings (https://docs.python.org/3/library/string.html#format-string-syntax).
    """
    from string import Formatter

    try:
        parts = [(field, spec or "", how) for _, field, spec, how in Formatter().parse(template) if field is not None]
        for _, spec, _ in parts:
            if any(int(number) > _WIDEST for number in "".join(c if c.isdigit() else " " for c in spec).split()):
                raise RelationsError(f"--template: no field is wider than {_WIDEST}")
            format("", spec)
    except ValueError as error:
        raise RelationsError(f'--template: "{printable(template)}" is not valid: {printable(str(error))}') from None
    for field, _, how in parts:
        if how or not field.isidentifier():
            raise RelationsError(f'--template: a field stands by its name alone, not as "{printable(field)}"')
    return parse_fields(record, [field for field, _, _ in parts])
