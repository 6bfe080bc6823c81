import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.output import FORMATS, Output, plain
from kyrgyz_relations.output.plain import fields_of
from kyrgyz_relations.records import COUNTS, LINE, LIST, MAYBE, NUMBER, RECORDS, SOURCES, TEXT, VALUE, Answer
from tests.conftest import run
from tests.hostile import TEXTS

# No field of a template is wider.
WIDEST = 1000
URLS = [{"url": "https://example.org/1"}, {"url": "https://example.org/2"}]
VALUES: dict[str, Any] = {
    TEXT: "Кытай {date} %s", MAYBE: None, NUMBER: 7, LINE: None, VALUE: 1e-7, COUNTS: {"a": 7, "b": 2},
    LIST: ["china", "russia"], SOURCES: URLS,
}  # fmt: skip
# Texts as a fact base may hold them: in one line, without control characters.
LINES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))) | st.sampled_from(TEXTS)
TEMPLATE = FORMATS["tsv"]._replace(name="template")
ANY = LINES | st.none() | st.integers() | st.lists(LINES) | st.floats(allow_nan=False, allow_infinity=False)
FORMULAS = "=+-@＝＋－＠"


def written(form: str, rows: list[dict[str, Any]], fields: tuple[str, ...], *, header: bool = False) -> str:
    stream = io.StringIO()
    plain.render(Answer("fact", rows), Output(FORMATS[form], fields, header=header), stream)
    return stream.getvalue()


def filled(template: str, record: str = "fact", row: dict[str, Any] | None = None) -> str:
    row = row or {name: VALUES[kind] for name, (kind, _) in RECORDS[record].fields.items()}
    stream = io.StringIO()
    plain.render(Answer(record, [row]), Output(TEMPLATE, fields_of(template, record), template=template), stream)
    return stream.getvalue()


@given(st.lists(st.tuples(LINES, LINES, LINES), min_size=1))
def test_csv_comes_through_the_csv_module_as_it_was_but_for_formulas(rows: list[tuple[str, str, str]]) -> None:
    out = written("csv", [dict(zip("abc", row, strict=True)) for row in rows], ("a", "b", "c"), header=True)
    for dialect in ("excel", "unix"):
        head, *read = csv.reader(io.StringIO(out, newline=""), dialect=dialect, strict=True)
        assert head == ["a", "b", "c"]
        assert read == [[f"'{text}" if text and text[0] in FORMULAS else text for text in row] for row in rows]
    assert "\r" not in out


@given(st.lists(LINES | st.text(st.sampled_from(';,=a "'))))
def test_a_cell_of_csv_is_one_also_where_it_is_empty_or_a_spreadsheet_parts_at_semicolons(texts: list[str]) -> None:
    out = written("csv", [{"a": text} for text in texts], ("a",))
    for delimiter in ",;":
        read = [*csv.reader(io.StringIO(out, newline=""), delimiter=delimiter)]
        assert [len(row) for row in read] == [1] * len(texts)


def test_a_spreadsheet_is_given_no_formula_but_numbers_stay_numbers(hostile: Path) -> None:
    out = run("1990..", "--csv", "--facts", str(hostile)).out
    cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
    assert not {cell[0] for cell in cells if cell} & {*FORMULAS}
    assert "'＝cmd()" in cells
    rows = [{"a": sign} for sign in FORMULAS]
    assert written("csv", rows, ("a",)).split() == [f"'{sign}" for sign in FORMULAS]
    assert written("csv", [{"a": -1.5, "b": -2, "c": "-2"}], ("a", "b", "c")) == "-1.5,-2,'-2\n"


@given(st.lists(st.fixed_dictionaries(dict.fromkeys("abc", ANY))))
def test_json_and_json_lines_hold_every_value_as_it_is(rows: list[dict[str, Any]]) -> None:
    whole, lines = (written(form, rows, ("a", "b", "c")) for form in ("json", "jsonl"))
    assert json.loads(whole) == rows == [json.loads(line) for line in lines.split("\n")[:-1]]
    # An array has a line for each object, and nothing is escaped that UTF-8 has.
    assert whole.count("\n") == max(len(rows), 1)
    assert "\\u" not in whole.replace("\\\\", "")


def test_in_a_pipe_a_fact_is_labelled_lines_and_facts_are_parted_by_an_empty_one() -> None:
    road, _, base = run("fact", "us-base", "kok-tash-road", small=True).out.partition("\n\n")
    assert road.splitlines() == [
        "id:\tkok-tash-road", "date:\t1998~", "start:\t1998-01-01", "end:\t1998-12-31", "kind:\tproject",
        "partners:\tchina,russia", "themes:\ttransport",
        "text:\tChina and Russia paid for the Kok-Tash road, which took some years to build.",
        "note:\tOne source has 1997.",
        'source:\tForeign Ministry, "Relations with China", 6 January 1992, https://example.org/china',
        'source:\tПример, "Железная дорога началась", December 2024, https://example.org/railway?a=1,2',
    ]  # fmt: skip
    # What is not known has no line.
    assert ("id:\tus-base\n" in base, "note:" in base) == (True, False)
    # Whoever names fields wants no labels.
    assert run("fact", "russia-base", "--fields", "end,id", small=True).lines == ["\trussia-base"]
    assert run("us-base", "-f", "text", small=True).out == base


@given(st.lists(st.tuples(LINES, LINES)))
def test_tabs_and_line_ends_part_tab_separated_values_and_nothing_else_does(rows: list[tuple[str, str]]) -> None:
    out = written("tsv", [{"a": one, "b": other} for one, other in rows], ("a", "b"))
    assert [tuple(line.split("\t")) for line in out.split("\n")[:-1]] == rows


ROW: dict[str, Any] = {
    "id": "kok-tash-road", "date": "1998~", "partners": ["china", "russia"], "text": "China and Russia paid.",
    "note": None, "sources": URLS, "url": "https://example.org/1",
}  # fmt: skip


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{date} {id}", "1998~ kok-tash-road"), ("{id}{id}", "kok-tash-roadkok-tash-road"),
        ("{partners}; {sources}", "china,russia; https://example.org/1 https://example.org/2"),
        ("[{note}] {url}", "[] https://example.org/1"), ("[{note:3}]", "[   ]"), ("[{id:16}]", "[kok-tash-road   ]"),
        ("[{id:>16}]", "[   kok-tash-road]"), ("[{id:·^17}]", "[··kok-tash-road··]"),
        ("[{id:0>16}]", "[000kok-tash-road]"), ("[{id:5}]", "[kok-tash-road]"), ("[{id:>5.3}]", "[  kok]"),
        ("{{{id}}} {{id}} }}{{", "{kok-tash-road} {id} }{"),
        ("{text}\t%s \\t \x1b[1m", "China and Russia paid.\t%s \\t \x1b[1m"), ("no field", "no field"), ("", ""),
    ],
)  # fmt: skip
def test_a_template_is_filled_with_the_fields_that_it_names(template: str, line: str) -> None:
    assert filled(template, row=ROW) == f"{line}\n"


# What makes a template of "{date" none.
INVALID = ("", "!}", ":{id}}", ":>{id}}", ":d}", ":=9}", ":²}", "} }")
TOO_WIDE = ("1001", ">999999999", "9>٩٩٩٩٩٩٩", ".1001")
ALONE = "--template: a field stands by its name alone, not as "


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{dat}", 'a fact has no field "dat" (did you mean "date"?)'),
        ("{xyz}", f'a fact has no field "xyz" (choose from {", ".join(RECORDS["fact"].fields)})'),
        *((f"{{{name}}}", f'{ALONE}"{name}"') for name in ("", "0", "date.__class__", "partners[0]", "date ")),
        ("{:>10}", f'{ALONE}""'),
        ("{date!r}", f'{ALONE}"date"'),
        ("{\x1b}", f'{ALONE}"\\x1b"'),
        *((f"{{date{rest}", f'--template: "{{date{rest}" is not valid: ') for rest in INVALID),
        *((f"{{date:{spec}}}", f"--template: no field is wider than {WIDEST}") for spec in TOO_WIDE),
        (f"{{date:{'9' * 5000}}}", "--template: "),
    ],
)  # fmt: skip
def test_what_is_no_template_is_refused_with_the_reason(template: str, problem: str) -> None:
    with pytest.raises(RelationsError) as caught:
        fields_of(template, "fact")
    assert str(caught.value).startswith(problem)


# Pieces that go together to nearly right templates.
PIECES = st.sampled_from([
    "{", "}", "{{", "}}", ":", "!", "!r", "date", "key", "{date}", "{key}", "{id:>", "[0]", ".x", ">", "=", "^", ".",
    "0", "9", "10}", "1000", "1001", "s", "d", "%", ",", "_", "#", "²", "٣", " ", "é", "\n", "\x00",
])  # fmt: skip


@given(st.text() | st.lists(PIECES).map("".join), st.sampled_from([*RECORDS]))
def test_any_template_is_filled_in_bounds_or_refused(template: str, record: str) -> None:
    try:
        line = filled(template, record)
    except RelationsError:
        return
    assert line.endswith("\n")
    assert len(line) <= len(template) + 1 + WIDEST * template.count("{")


@given(st.text())
def test_any_text_with_its_braces_doubled_comes_out_as_it_is(text: str) -> None:
    assert filled(text.replace("{", "{{").replace("}", "}}")) == f"{text}\n"


@pytest.mark.parametrize(
    ("words", "template", "out"),
    [
        (["railway"], "{date:>12} {text:.12}…", "  2024-12-27 Work on the …\n"),
        (["partners", "china,bhutan"], "{key:8}{facts:>3} {since}", "bhutan    0 \nchina     3 1992-01-05\n"),
        (["compare", "china", "russia", "--theme", "bases"], "{key} {themes}", "china \nrussia bases=1\n"),
        (["series", "road-costs"], "{value} {qualifier}", "12.5 about\n30 \n"),
        ([], "{subject}: {facts}", "Testland: 7\n"), (["china", "-n", "2"], "", "\n\n"), (["bhutan"], "{date}", ""),
    ],
)  # fmt: skip
def test_every_command_takes_a_template(words: list[str], template: str, out: str) -> None:
    assert run(*words, "--template", template, small=True)[:2] == (not out, out)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a command line is Unicode")
def test_bytes_that_are_no_text_are_replaced() -> None:
    assert run("railway", "--template", os.fsdecode(b"\xff{date}"), small=True) == (0, "\ufffd2024-12-27\n", "")
