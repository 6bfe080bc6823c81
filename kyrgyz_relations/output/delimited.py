"""Tab- and comma-separated values, and lines by a template of one's own."""

from kyrgyz_relations.fields import flat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from kyrgyz_relations.output import Answer

# A spreadsheet takes a cell that begins so for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@")


def render(answer: "Answer", stream: "TextIO") -> None:
    """Write a line a row, with `answer.fields` as its cells.

    CSV is that of https://www.rfc-editor.org/rfc/rfc4180, but with Unix line ends, and with "'" before what a
    spreadsheet would take for a formula.

    Args:
        answer: Read are `form` ("csv" or "tsv"), `fields`, `header` and `rows`.
        stream: Where it is written.

    Raises:
        OSError: The stream can't be written.
    """
    if answer.form == "csv":
        import csv

        writer = csv.writer(stream, lineterminator="\n")
        if answer.header:
            writer.writerow(answer.fields)
        for row in answer.rows:
            writer.writerow([_cell(row[field]) for field in answer.fields])
        return
    if answer.header:
        stream.write("\t".join(answer.fields) + "\n")
    for row in answer.rows:
        stream.write("\t".join([flat(row[field]) for field in answer.fields]) + "\n")


def _cell(value: object) -> str:
    text = flat(value)
    # A negative number is none.
    return f"'{text}" if text.startswith(_FORMULA) and not isinstance(value, (int, float)) else text
