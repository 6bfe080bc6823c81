"""Lines by a template of one's own: `--template '{date} {text}'`."""

from string import Formatter

from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.fields import chosen, flat
from kyrgyz_relations.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from kyrgyz_relations.output import Answer

_WIDEST = 1000


def fields_of(template: str, record: str) -> tuple[str, ...]:
    """Find the fields that a template names.

    Args:
        template: A format string of Python's, in which each field is a field of the record, with no attribute, index or
            conversion (https://docs.python.org/3/library/string.html#format-string-syntax).
        record: The kind of record that is to fill it.

    Raises:
        RelationsError: It is no such string.
    """
    try:
        parts = [(field, spec or "", how) for _, field, spec, how in Formatter().parse(template) if field is not None]
        for _, spec, _ in parts:
            if any(int(number) > _WIDEST for number in "".join(c if c.isdigit() else " " for c in spec).split()):
                raise RelationsError(f"--template: no field is wider than {_WIDEST}")
            format("", spec)
    except ValueError as error:
        raise RelationsError(f'--template: "{printable(template)}" cannot be filled: {printable(str(error))}') from None
    for field, _, how in parts:
        if how or not field.isidentifier():
            raise RelationsError(f'--template: a field stands by its name alone, not as "{printable(field)}"')
    return chosen(record, [field for field, _, _ in parts])


def render(answer: "Answer", stream: "TextIO") -> None:
    """Write the template a row, filled with the row's fields.

    Args:
        answer: Read are `template`, `fields` and `rows`.
        stream: Where it is written.

    Raises:
        OSError: The stream can't be written.
    """
    for row in answer.rows:
        stream.write(answer.template.format_map({field: flat(row[field]) for field in answer.fields}) + "\n")
