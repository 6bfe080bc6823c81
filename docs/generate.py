"""Write the generated documents from the tables of the code; with --check say which of them are out of date."""

import json
import re
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path
from textwrap import wrap
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from kyrgyz_relations.commands import COMMANDS, GROUPS, OPTIONS
from kyrgyz_relations.errors import STATUSES
from kyrgyz_relations.factbase import model, tables
from kyrgyz_relations.output import FORMATS, Format
from kyrgyz_relations.records import COUNTS, LINE, LIST, MAYBE, NUMBER, RECORDS, SOURCE_OF_FACT, SOURCES, TEXT, VALUE

DOCS = Path(__file__).resolve().parent
# A line that begins with "." is mdoc(7), one with "@" names a generated part, the others are prose with `code` in it.
PAGE = """\
.Dd December 1, 2026
.Dt RELATIONS 1
.Os
.Sh NAME
.Nm relations
.Nd look up facts about the foreign relations of Kyrgyzstan
.Sh SYNOPSIS
@synopsis
.Sh DESCRIPTION
.Nm
finds facts about the foreign relations of Kyrgyzstan since 1991: partners, dates and themes, each fact with its
sources. On a terminal it prints a list for people, elsewhere one line per fact. It needs no network. Without words it
shows what the fact base holds.
.Ss The words of a query
Names and times filter; any other word makes it a question, answered best first.
.Pp
A lookup has nothing but words that name something, or one other word, with times or without. It prints all facts that
every word finds, the newest first.
.Pp
Anything else is a question, such as `when did manas close`. It prints the facts that match all of it, filled up to ten
with those that come closest. The exit status is 0 only if some fact matches all of it; else standard error says what
was not found. `--exact` lists only the facts that match every word, the newest first.
.Pp
A word names a partner or group by its key, name, alias or ISO code, or by its Kyrgyz or Russian name in any case
(`china`, `CN`), a theme (`energy`), a kind of fact (`agreement`) or a fact by its id. A time finds the facts whose time
overlaps it (`2014-06`, `1990s`, `1991..2001`, `2020..`, `since 2010`). Any other word is looked up in texts, notes, ids
and titles of sources, in most grammatical forms.
.Pp
A comma inside a word widens, as `or` between words does: one of the parts has to match. `NOT` before a word excludes
what it finds. Words in quotes are a phrase. Commas, phrases and ranges such as `2010..` narrow a question, too.
Upper and lower case, diacritics, hyphens and apostrophes don't matter. Small words such as `in` are passed over; in
capitals they are ISO codes.
.Ss Commands
@commands
.Sh OPTIONS
Options may stand anywhere.
@options
.Ss Formats
@formats
.Pp
A line of tab-separated values holds, unless other fields are asked for, the date, partners, themes, text and id of a
fact. There is no header and no colour, nothing is cut, and the encoding is UTF-8. Dates are those of the Extended
Date/Time Format: `2014-06`, `2003-10-23/..` for what still stands, `1992~` for about.
.Sh ENVIRONMENT
@environment
.Sh EXIT STATUS
@statuses
.Sh EXAMPLES
@examples
.Pp
Dates for a script, and a page for the eyes:
.Dl relations CN,RU debt \\-\\-json | jq \\-r \\(aq.[].date\\(aq
.Dl relations kazakhstan eaeu \\-\\-output kazakhstan.html
.Sh SEE ALSO
.Xr jq 1 ,
.Xr less 1
.Rs
.%T Extended Date/Time Format (EDTF) Specification
.%U https://www.loc.gov/standards/datetime/
.Re
"""
ALONE = {
    "Fl h , -help": "Print the help of the program, or of the command that it follows.",
    "Fl V , -version": "Print the version.",
    "Fl -install-completion": "Have the shell complete names, years, ids, fields and the values of options.",
    "Fl -show-completion": "Print what would be installed for that.",
}
ENVIRONMENT = {
    "Ev COLUMNS , LINES": "The width and height of the screen.",
    "Ev NO_COLOR": "If not empty, no colours.",
    "Ev FORCE_COLOR , CLICOLOR_FORCE": "If not empty, and the latter not 0, colours also where no terminal is.",
    "Ev FORCE_HYPERLINK": "If 0 or empty, no links, else links, whatever the terminal is known to take.",
    "Ev PAGER": "The shell command that shows what is longer than the screen, by default `less`; if empty, none.",
    "Ev LESS": "The options of `less`, by default `FRX`.",
    "Ev RELATIONS_FACTS": "The fact base to use where `--facts` names none.",
    "Ev RELATIONS_ADD": "The files to add to it where `--add` names none, with colons between them.",
    "Ev TERM": "If `dumb`, no colours, no links and no pager.",
    "Ev XDG_CACHE_HOME": "On Linux where indexes of fact bases are kept, by default in `~/.cache`.",
}
ARGUMENTS = {
    "words": ".Op Ar word ...\n", "ids": ".Ar id ...\n", "files": ".Op Ar file ...\n", "file": ".Ar file\n", "": "",
}  # fmt: skip
ESCAPES = str.maketrans({"\\": "\\e", "-": "\\-", "~": "\\(ti", '"': "\\(dq", "'": "\\(aq"})
# The types of fields as JSON Schema has them.
TYPES: dict[str, dict[str, Any]] = {
    TEXT: {"type": "string"},
    MAYBE: {"type": ["string", "null"]},
    VALUE: {"type": "number"},
    COUNTS: {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}},
    LINE: {"type": ["integer", "null"], "minimum": 1},
    NUMBER: {"type": "integer", "minimum": 0},
    LIST: {"type": "array", "items": {"type": "string"}},
    SOURCES: {"type": "array", "items": {"$ref": "#/$defs/source-of-fact"}, "minItems": 1},
}
# Each kind of object in the output: its fields, and those that it has unless others are asked for.
OBJECTS = {name: (record.fields, record.full) for name, record in RECORDS.items()}
OBJECTS["source-of-fact"] = (SOURCE_OF_FACT, tuple(SOURCE_OF_FACT))


def prose(text: str) -> str:
    """Write a paragraph in mdoc, in which sentences begin lines and macros stand alone."""
    lines = []
    for part in re.split(r"\s*(\(?`[^`]+`\S*)\s*|(?<=[.?]) (?=[A-Z])", text.replace("\n", " ")):
        before, code, after = [*(part or "").split("`"), "", ""][:3]
        macro = f"Fl {code[1:]}" if code.startswith("--") else f"Ql {before} {code.translate(ESCAPES)}"
        lines += [" ".join(f".{macro} {' '.join(after)}".split())] if code else wrap(before, 78)
    return "\n".join(lines) + "\n"


def tagged(items: Iterable[tuple[str, str]]) -> str:
    """Write a list of terms in mdoc, each with its explanation."""
    return "".join([".Bl -tag -width Ds\n", *(f".It {term}\n{prose(text)}" for term, text in items), ".El\n"])


def option(field: str, more: str = "") -> tuple[str, str]:
    """Write an option as a term in mdoc, and its explanation."""
    option = OPTIONS[field]
    names = [*sorted(option.names, key=len), *filter(None, [option.opposite])]
    value = f" {'Cm' if '|' in option.metavar else 'Ar'} {option.metavar.replace('|', ' | ')}" if option.metavar else ""
    return f"Fl {' , '.join(name[1:] for name in names)}{value}", option.help + more


def options() -> Iterable[str]:
    """Write the options in mdoc: those of some commands, those of groups, and those of none."""
    takers = {field: [name for name in COMMANDS if field in COMMANDS[name].own] for field in OPTIONS}
    yield tagged(option(field, f" (With {', '.join(names)}.)") for field, names in takers.items() if names)
    for title, fields in GROUPS.items():
        others = ", ".join(f"`{name}`" for name, command in COMMANDS.items() if fields not in command.groups)
        yield f".Ss {title}\n{prose(f'All commands but {others} take these.')}{tagged(map(option, fields))}"
    yield f".Ss Further options\n{tagged(ALONE.items())}"


def manual() -> str:
    """Write the man page."""
    parts = {
        "synopsis": "".join(
            f".Nm\n.Cm {name}\n" + ".Op Ar option ...\n" * bool(command.options) + ARGUMENTS[command.arguments]
            for name, command in COMMANDS.items()
        ),
        "commands": tagged((f"Cm {name}", command.meaning) for name, command in COMMANDS.items()),
        "options": "".join(options()),
        "formats": tagged(
            (f"Cm {name}", f"For {records_of(one)}: {one.meaning}.".replace("For all: ", ""))
            for name, one in FORMATS.items()
        ),
        "environment": tagged(ENVIRONMENT.items()),
        "statuses": tagged((str(status), f"{meaning.capitalize()}.") for status, meaning in STATUSES.items()),
        "examples": "".join(
            f".Dl relations {name} {example.translate(ESCAPES)}".rstrip() + "\n"
            for name, command in COMMANDS.items()
            for example in command.examples
        ),
    }
    page = re.sub(r"(^[^.@\n].*\n)+", lambda paragraph: prose(paragraph[0]), PAGE, flags=re.MULTILINE)
    return re.sub(r"^@(\w+)\n", lambda part: parts[part[1]], page, flags=re.MULTILINE)


def records_of(a_format: Format) -> str:
    """Say which records a format is for."""
    return "all" if a_format.records == (*RECORDS,) else " and ".join(f"{record}s" for record in a_format.records)


def markdown(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a table in Markdown."""
    line = "|---" * len(heads) + "|"
    return "\n".join([f"| {' | '.join(heads)} |", line, *(f"| {' | '.join(row)} |" for row in rows)])


def output_tables() -> dict[str, str]:
    """Make the generated parts of output.md by their names."""
    parts = {
        "formats": markdown(
            ("`--format`", "extension", "records", "what it is"),
            ((f"`{name}`", f"`{one.suffix}`", records_of(one), one.meaning) for name, one in FORMATS.items()),
        )
    }
    for name, (fields, _) in OBJECTS.items():
        rows = ((f"`{field}`", kind, meaning) for field, (kind, meaning) in fields.items())
        parts[name] = markdown(("field", "type", "meaning"), rows)
        if name in RECORDS:
            but = "".join(f", but not `{field}`" for field in RECORDS[name].repeated)
            parts[name] += f"\n\nCSV, JSON and JSON Lines have these fields in this order{but}.\n"
            parts[name] += f"Tab-separated values have {listed(RECORDS[name].brief)}."
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(tables.definitions())
        # Tables of FTS5's own have no place in it.
        found = database.execute(
            "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
            " WHERE m.type = 'table' AND m.name NOT GLOB 'facts_fts_*' ORDER BY m.rowid, c.cid"
        )
        columns = [(name, [column for _, column in rows]) for name, rows in groupby(found, key=lambda row: str(row[0]))]
    parts["database"] = markdown(("table", "columns"), ((f"`{name}`", listed(names)) for name, names in columns))
    return parts


def listed(names: Iterable[str]) -> str:
    """Write names as code, with commas between."""
    return ", ".join(f"`{name}`" for name in names)


def output_schema() -> dict[str, Any]:
    """Make the JSON Schema of the output."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The JSON output of relations, format 1",
        "description": "An array of records of one kind. A line of JSON Lines is one of them.",
        "type": "array",
        "anyOf": [{"items": {"$ref": f"#/$defs/{record}"}} for record in RECORDS],
        "$defs": {
            name: {
                "type": "object",
                "properties": {
                    field: {**TYPES[kind], "description": meaning} for field, (kind, meaning) in fields.items()
                },
                "required": [*full],
            }
            for name, (fields, full) in OBJECTS.items()
        },
    }


def documents() -> dict[str, str]:
    """Make all generated documents by the names of their files."""
    parts = output_tables()
    output = re.sub(
        r"(<!-- ([a-z-]+): generated -->\n).*?(<!-- end -->)",
        lambda part: f"{part[1]}\n{parts[part[2]]}\n\n{part[3]}",
        (DOCS / "output.md").read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    schemas = {"output.schema.json": output_schema(), "facts.schema.json": model.schema()}
    written = {name: json.dumps(schema, indent=2) + "\n" for name, schema in schemas.items()}
    return {"relations.1": manual(), "output.md": output, **written}


def main() -> None:
    """Write the documents, or with --check only compare them."""
    made = {DOCS / name: text for name, text in documents().items()}
    stale = [path for path, text in made.items() if path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        sys.exit(f"out of date: {', '.join(path.name for path in stale)}; run docs/generate.py" if stale else 0)
    for path in stale:
        path.write_text(made[path], encoding="utf-8")


if __name__ == "__main__":
    main()
