"""What `docs/output.md` and `docs/output.schema.json` promise to everybody's scripts.

With UPDATE_GOLDEN set, the tests write the generated parts anew, to be read in the diff; but no field that was promised
goes.
"""

import csv
import io
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from kyrgyz_relations.fields import (
    BRIEF,
    COUNTS,
    FIELDS,
    FULL,
    LINE,
    LIST,
    MAYBE,
    NUMBER,
    SOURCE_OF_FACT,
    SOURCES,
    TEXT,
    VALUE,
)
from kyrgyz_relations.output import FORMATS
from tests.conftest import ROOT, Command

DOCUMENT = ROOT / "docs" / "output.md"
SCHEMA = ROOT / "docs" / "output.schema.json"
NAMES = Path(__file__).parent / "golden" / "field-names.txt"
UPDATE = "UPDATE_GOLDEN" in os.environ

# For each record the command lines that print all there are.
ALL = {
    "fact": ["..2100"],
    "partner": ["partners"],
    "theme": ["themes"],
    "source": ["sources"],
    "count": ["timeline", "--by", "year", "..2100"],
    "comparison": ["compare", "china", "russia"],
    "cell": ["map"],
    "coverage": ["stats"],
    "series": ["series"],
    "figure": ["series", "..2100"],
    "problem": ["check"],
    "overview": [],
}
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
# Each kind of object in the output: the fields it may have, and those that it has unless others are asked for.
OBJECTS = {
    **{record: (FIELDS[record], FULL[record]) for record in FIELDS},
    "source-of-fact": ({name: FIELDS["source"][name] for name in SOURCE_OF_FACT}, SOURCE_OF_FACT),
}


def words(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def table(name: str) -> str:
    fields, full = OBJECTS[name]
    rows = [f"| `{field}` | {kind} | {meaning} |" for field, (kind, meaning) in fields.items()]
    lines = ["| field | type | meaning |", "|---|---|---|", *rows]
    if name in BRIEF:
        but = [field for field in fields if field not in full]
        others = f", but not {words(tuple(but))}" if but else ""
        lines += ["", f"CSV, JSON and JSON Lines have these fields in this order{others}."]
        lines += [f"Tab-separated values have {words(BRIEF[name])}."]
    return "\n".join(lines)


def parts() -> dict[str, str]:
    """Give the generated parts of the document."""
    formats = [
        f"| `{name}` | `{format_.suffix}` | {'all' if len(format_.records) == len(FIELDS) else 'facts, sources'} |"
        f" {format_.meaning} |"
        for name, format_ in FORMATS.items()
    ]
    head = ["| `--format` | end of a file | records | what it is |", "|---|---|---|---|"]
    return {"formats": "\n".join([*head, *formats]), **{name: table(name) for name in OBJECTS}}


def test_the_document_has_the_tables_of_the_code_word_for_word() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    marks = re.compile(r"(<!-- ([a-z-]+): generated -->\n).*?(<!-- end -->)", re.DOTALL)
    made = parts()
    assert sorted(name for _, name, _ in marks.findall(document)) == sorted(made)
    renewed = marks.sub(lambda part: f"{part[1]}\n{made[part[2]]}\n\n{part[3]}", document)
    if UPDATE:
        DOCUMENT.write_text(renewed, encoding="utf-8")
    else:
        assert renewed == document


def test_the_prose_keeps_to_its_width() -> None:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > 120 and not line.startswith("|")] == []


def schema() -> dict[str, Any]:
    definitions = {
        name: {
            "type": "object",
            "properties": {field: {**TYPES[kind], "description": meaning} for field, (kind, meaning) in fields.items()},
            "required": [*full],
        }
        for name, (fields, full) in OBJECTS.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The JSON output of relations, format 1",
        "description": "An array of records of one kind. A line of JSON Lines is one of them.",
        "type": "array",
        "anyOf": [{"items": {"$ref": f"#/$defs/{record}"}} for record in FIELDS],
        "$defs": definitions,
    }


def test_the_published_schema_is_that_of_the_code() -> None:
    made = json.dumps(schema(), indent=2) + "\n"
    if UPDATE:
        SCHEMA.write_text(made, encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == made
    Draft202012Validator.check_schema(schema())


def published() -> dict[str, Any]:
    published: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return published


def one(record: str) -> Draft202012Validator:
    """Make a validator of one object by the published schema."""
    return Draft202012Validator({"$ref": f"#/$defs/{record}", "$defs": published()["$defs"]})


@pytest.mark.parametrize("small", [True, False])
@pytest.mark.parametrize("record", ALL)
def test_what_each_command_prints_is_valid(relations: Command, record: str, small: bool) -> None:  # noqa: FBT001  # a parameter of the test
    run = relations(*ALL[record], "--json", small=small)
    rows = json.loads(run.out)
    assert run.status == 0
    assert {(*row,) for row in rows} == {FULL[record]}
    validator = one(record)
    assert [error.message for row in rows for error in validator.iter_errors(row)] == []
    if small:
        Draft202012Validator(published()).validate(rows)
    if record == "fact":
        assert {(*source,) for row in rows for source in row["sources"]} == {SOURCE_OF_FACT}
        (whole,) = json.loads(relations("fact", rows[0]["id"], "--json", small=small).out)
        assert whole == rows[0]


def test_a_fact_base_without_facts_prints_what_is_valid(relations: Command, tmp_path: Path) -> None:
    base = tmp_path / "empty.toml"
    base.write_text("[meta]\nformat = 1\ntitle = 'T'\nsubject = 'S'\nas_of = '2024'\n", encoding="utf-8")
    (row,) = json.loads(relations("--facts", str(base), "--json").out)
    assert row["facts"] == 0
    one("overview").validate(row)


@pytest.mark.parametrize("change", [{"id": 1}, {"note": []}, {"partners": "china"}, {"sources": []}, {"text": None}])
def test_what_breaks_the_promise_is_not_valid(relations: Command, change: dict[str, Any]) -> None:
    (row,) = json.loads(relations("kok-tash-road", "--json", small=True).out)
    one("fact").validate({**row, "some_field_of_a_later_release": 1})
    (field,) = change
    for broken in ({**row, **change}, {name: value for name, value in row.items() if name != field}):
        with pytest.raises(ValidationError):
            one("fact").validate(broken)


def test_a_later_release_only_adds_fields_behind_those_promised() -> None:
    now = {
        **{name: [*fields] for name, (fields, _) in OBJECTS.items()},
        **{f"{record}, tab-separated": [*BRIEF[record]] for record in BRIEF},
    }
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        name, _, names = line.partition(": ")
        fixed = names.split()
        assert now[name][: len(fixed)] == fixed
        assert "tab-separated" not in name or now[name] == fixed
    made = "".join(f"{name}: {' '.join(fields)}\n" for name, fields in now.items())
    if UPDATE:
        NAMES.write_text(made, encoding="utf-8")
    assert NAMES.read_text(encoding="utf-8") == made


@pytest.mark.parametrize("record", ALL)
def test_the_header_names_the_fields_in_their_order(relations: Command, record: str) -> None:
    assert relations(*ALL[record], "--header", small=True).lines[0] == "\t".join(BRIEF[record])
    assert relations(*ALL[record], "--csv", small=True).lines[0] == ",".join(FULL[record])


@pytest.mark.parametrize(("form", "by_default"), [("tsv", False), ("csv", True), ("json", False), ("jsonl", False)])
def test_a_header_stands_above_flat_forms_where_it_is_asked_for_or_usual(
    relations: Command,
    form: str,
    by_default: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    default, with_header, without = (
        relations("china", "--format", form, *option, small=True).lines
        for option in ([], ["--header"], ["--no-header"])
    )
    assert default == (with_header if by_default else without)
    assert with_header[form in ("tsv", "csv") :] == without


@pytest.mark.parametrize(
    ("form", "out"),
    [
        ("tsv", ""),
        ("csv", ",".join(FULL["fact"]) + "\n"),
        ("json", "[]\n"),
        ("jsonl", ""),
        ("bibtex", ""),
        ("csl-json", "[]\n"),
        *((form, "") for form in ("table", "markdown", "html", "svg")),
    ],
)
def test_what_each_format_prints_where_nothing_is_found(relations: Command, form: str, out: str) -> None:
    run = relations("chnia", "--format", form, small=True)
    assert (run.status, run.out) == (1, out)


@pytest.mark.parametrize("record", ALL)
def test_flat_forms_hold_what_json_holds(relations: Command, record: str) -> None:
    rows = json.loads(relations(*ALL[record], "--json", small=True).out)
    lines = csv.DictReader(io.StringIO(relations(*ALL[record], "--csv", small=True).out))
    for row, line in zip(rows, lines, strict=True):
        for name, value in row.items():
            flat = [f"{key}={number}" for key, number in value.items()] if isinstance(value, dict) else value
            parts: list[Any] = flat if isinstance(flat, list) else ["" if flat is None else str(flat)]
            whole = (
                " ".join(part["url"] for part in parts)
                if name == "sources" and record in ("fact", "figure")
                else ",".join(parts)
            )
            assert line[name] == whole
