"""Tab- and comma-separated values."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from kyrgyz_relations.output import Answer

# A spreadsheet takes a cell that begins so for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@")


def render(answer: "Answer", stream: "TextIO") -> None:
    """Write a line a row, with `answer.fields` as its cells."""
    if answer.form == "csv":
        import csv

        writer = csv.writer(stream, lineterminator="\n")
        if answer.header:
            writer.writerow(answer.fields)
        for row in answer.rows:
            cells = [cell(row[field]) for field in answer.fields]
            writer.writerow([f"'{value}" if value.startswith(_FORMULA) else value for value in cells])
        return
    if answer.header:
        stream.write("\t".join(answer.fields) + "\n")
    for row in answer.rows:
        stream.write("\t".join([cell(row[field]) for field in answer.fields]) + "\n")


def cell(value: object) -> str:
    """Write a field's value flat: keys with commas between, sources as their addresses with blanks between."""
    if value is None:
        return ""
    if not isinstance(value, list):
        return str(value)
    if value and isinstance(value[0], dict):
        return " ".join(source["url"] for source in value)
    return ",".join(value)
