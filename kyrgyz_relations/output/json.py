"""JSON and JSON Lines."""

from json import JSONEncoder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from kyrgyz_relations.output import Answer


def render(answer: "Answer", stream: "TextIO") -> None:
    """Write an object a row, each on a line of its own, for "json" inside an array.

    JSON is that of https://www.rfc-editor.org/rfc/rfc8259, JSON Lines that of https://jsonlines.org.

    Args:
        answer: Read are `form` ("json" or "jsonl"), `fields` and `rows`.
        stream: Where it is written.

    Raises:
        OSError: The stream can't be written.
    """
    encode = JSONEncoder(ensure_ascii=False).encode
    objects = (encode({field: row[field] for field in answer.fields}) for row in answer.rows)
    if answer.form == "jsonl":
        for text in objects:
            stream.write(text + "\n")
        return
    separator = "["
    for text in objects:
        stream.write(separator + text)
        separator = ",\n "
    stream.write("[]\n" if separator == "[" else "]\n")
