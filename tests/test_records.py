"""What `docs/output.md` and `docs/output.schema.json` promise to everybody's scripts."""

import csv
import io
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from kyrgyz_relations.arguments import command_of
from kyrgyz_relations.commands import COMMANDS
from kyrgyz_relations.records import RECORDS, SOURCE_OF_FACT, decimal, flat, peek
from tests.conftest import ROOT, run

SCHEMA = ROOT / "docs" / "output.schema.json"
# The fields as they were promised: one a line, in their order.
PROMISED = Path(__file__).parent / "golden" / "promised-fields.txt"
# Command lines with the records that they print.
PRINTED = [
    ("fact", ["..2100"]), ("fact", ["when did the base close"]), ("fact", ["fact", "us-base"]),
    ("fact", ["timeline", "..2100"]), ("fact", ["today", "06-03"]), ("partner", ["partners"]), ("theme", ["themes"]),
    ("source", ["sources"]), ("count", ["timeline", "--by", "year"]), ("count", ["timeline", "--by", "theme"]),
    ("comparison", ["compare", "china", "russia"]), ("cell", ["map"]), ("coverage", ["stats"]),
    ("series", ["series"]), ("figure", ["series", "..2100"]), ("problem", ["check"]), ("overview", []),
]  # fmt: skip
# Those of them that the built-in base answers too.
BUILT_IN = [(record, words) for record, words in PRINTED if "us-base" not in words]


def published() -> dict[str, Any]:
    return dict(json.loads(SCHEMA.read_text(encoding="utf-8")))


def one(record: str) -> Draft202012Validator:
    """Make a validator of one object by the published schema."""
    return Draft202012Validator({"$ref": f"#/$defs/{record}", "$defs": published()["$defs"]})


def test_every_record_is_printed_here_by_every_command_that_prints_it() -> None:
    said = {(name, record) for name, command in COMMANDS.items() for record in command.records}
    assert {(command_of(words)[0], record) for record, words in PRINTED} == said
    assert {record for record, _ in PRINTED} == {*RECORDS}


def test_the_published_schema_is_one_and_has_every_record() -> None:
    assert {*published()["$defs"]} == {*RECORDS, "source-of-fact"}
    Draft202012Validator.check_schema(published())


@pytest.mark.parametrize(("record", "words"), PRINTED)
def test_what_each_command_prints_is_valid_and_has_the_fields_in_their_order(record: str, words: list[str]) -> None:
    printed = run(*words, "--json", small=True)
    rows = json.loads(printed.out)
    assert (printed.status, {(*row,) for row in rows}) == (0, {RECORDS[record].full})
    Draft202012Validator(published()).validate(rows)
    assert [error.message for row in rows for error in one(record).iter_errors(row)] == []
    assert run(*words, "--header", "-f", "tsv", small=True).lines[0] == "\t".join(RECORDS[record].brief)
    assert run(*words, "--csv", small=True).lines[0] == ",".join(RECORDS[record].full)
    if record in ("fact", "figure"):
        assert {(*source,) for row in rows for source in row["sources"]} == {(*SOURCE_OF_FACT,)}


@pytest.mark.parametrize(("record", "words"), BUILT_IN)
def test_what_the_built_in_base_answers_is_valid(record: str, words: list[str]) -> None:
    validator = one(record)
    rows = json.loads(run(*words, "--json").out)
    assert [error.message for row in rows for error in validator.iter_errors(row)] == []
    assert rows or record == "problem"


@pytest.mark.parametrize(("record", "words"), PRINTED)
def test_flat_formats_hold_what_json_holds(record: str, words: list[str]) -> None:
    fields = ",".join(RECORDS[record].fields)
    rows = json.loads(run(*words, "--json", "--fields", fields, small=True).out)
    flat_rows = csv.DictReader(io.StringIO(run(*words, "--csv", "--fields", fields, small=True).out))
    for row, line in zip(rows, flat_rows, strict=True):
        for name, value in row.items():
            assert line[name] == (
                flat(value) if isinstance(value, (dict, list)) else "" if value is None else f"{value}"
            )


def test_a_fact_base_without_facts_prints_what_is_valid(tmp_path: Path) -> None:
    base = tmp_path / "empty.toml"
    base.write_text("[meta]\nformat = 1\ntitle = 'T'\nsubject = 'S'\nas_of = '2024'\n", encoding="utf-8")
    (row,) = json.loads(run("--facts", str(base), "--json").out)
    assert (row["facts"], row["first"]) == (0, None)
    one("overview").validate(row)
    for _, words in PRINTED[5:8]:
        assert run(*words, "--json", "--facts", str(base)) == (1, "[]\n", "relations: the fact base has none\n")


@pytest.mark.parametrize(
    "change", [{"id": 1}, {"note": []}, {"partners": "china"}, {"sources": []}, {"text": None}, {"start": 1998}]
)
def test_what_breaks_the_promise_is_not_valid(change: dict[str, Any]) -> None:
    (row,) = json.loads(run("kok-tash-road", "--json", small=True).out)
    one("fact").validate({**row, "some_field_of_a_later_release": 1})
    (field,) = change
    for broken in ({**row, **change}, {name: value for name, value in row.items() if name != field}):
        with pytest.raises(ValidationError):
            one("fact").validate(broken)


def test_a_later_release_only_adds_fields_behind_those_promised() -> None:
    made = "".join(
        f"{name}: {' '.join(record.fields)}\n{name} in tabs: {' '.join(record.brief)}\n"
        for name, record in RECORDS.items()
    )
    if "UPDATE_GOLDEN" in os.environ:
        PROMISED.write_text(made, encoding="utf-8")
    assert made == PROMISED.read_text(encoding="utf-8")


@pytest.mark.parametrize(("value", "text"), [
    (None, ""), ("a,b", "a,b"), (7, "7"), ([], ""), (["a", "b"], "a,b"), ({"a": 2, "b": 1}, "a=2,b=1"),
    ([{"url": "https://a/"}, {"url": "https://b/"}], "https://a/ https://b/"), (1e-7, "0.0000001"), (-2.50, "-2.5"),
])  # fmt: skip
def test_a_value_is_written_flat(value: object, text: str) -> None:
    assert flat(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**20), 10**20))
def test_a_number_is_written_whole_and_without_an_exponent(number: float) -> None:
    plain, grouped = decimal(number), decimal(number, grouped=True)
    assert float(plain) == float(number)
    assert grouped.replace(",", "") == plain
    assert re.fullmatch(r"-?\d{1,3}(,\d{3})*(\.\d+)?", grouped)
    assert "e" not in plain.lower()


def test_looking_at_the_first_row_loses_none_and_takes_no_more() -> None:
    source = ({"n": number} for number in range(4))
    first, rows = peek(source)
    assert (first, next(source)) == ({"n": 0}, {"n": 1})
    assert [row["n"] for row in rows] == [0, 2, 3]
    assert peek([])[0] is None
