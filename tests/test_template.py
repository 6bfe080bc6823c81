"""`--template TEXT`: a line a row, filled by a format string with fields and nothing else."""

import os
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.fields import COUNTS, FIELDS, LINE, LIST, MAYBE, NUMBER, SOURCES, TEXT, VALUE
from kyrgyz_relations.output import Answer
from kyrgyz_relations.output.template import fields_of, render
from tests.conftest import Command

# No field of a template is wider; and the longest of the values below.
WIDEST = 1000
VALUES: dict[str, Any] = {
    TEXT: "Кытай {date} %s",
    MAYBE: None,
    NUMBER: 7,
    LINE: 7,
    VALUE: 1.5,
    COUNTS: {"a": 7},
    LIST: ["china", "russia"],
    SOURCES: [{"url": "https://example.org/1"}, {"url": "https://example.org/2"}],
}
ROWS = {record: {name: VALUES[kind] for name, (kind, _) in fields.items()} for record, fields in FIELDS.items()}


def filled(template: str, record: str = "fact", row: dict[str, Any] | None = None) -> str:
    answer = Answer(record, "tsv", fields=fields_of(template, record), template=template)
    answer.rows = iter([ROWS[record] if row is None else row])
    stream = StringIO()
    render(answer, stream)
    return stream.getvalue()


ROW: dict[str, Any] = {
    **ROWS["fact"],
    "id": "kok-tash-road",
    "date": "1998~",
    "partners": ["china", "russia"],
    "text": "China and Russia paid.",
    "note": None,
    "sources": VALUES[SOURCES],
    "url": "https://example.org/1",
}


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{date} {id}", "1998~ kok-tash-road"),
        ("{id}{id}", "kok-tash-roadkok-tash-road"),
        (
            "{partners}; {sources}; {url}",
            "china,russia; https://example.org/1 https://example.org/2; https://example.org/1",
        ),
        ("[{note}]", "[]"),
        ("[{id:16}]", "[kok-tash-road   ]"),
        ("[{id:<16}]", "[kok-tash-road   ]"),
        ("[{id:>16}]", "[   kok-tash-road]"),
        ("[{id:^16}]", "[ kok-tash-road  ]"),
        ("[{id:·^17}]", "[··kok-tash-road··]"),
        ("[{id:0>16}]", "[000kok-tash-road]"),
        ("[{id:5}]", "[kok-tash-road]"),
        ("[{id:.3}]", "[kok]"),
        ("[{id:>5.3}]", "[  kok]"),
        ("[{note:3}]", "[   ]"),
        ("[{partners:s}]", "[china,russia]"),
        ("{{{id}}}", "{kok-tash-road}"),
        ("{{id}} }}{{", "{id} }{"),
        ("{text}\t%s \\t \x1b[1m", "China and Russia paid.\t%s \\t \x1b[1m"),
        ("no field", "no field"),
    ],
)
def test_a_template_is_filled_with_the_fields_it_names(template: str, line: str) -> None:
    assert filled(template, row=ROW) == f"{line}\n"


def test_the_widest_field_is_filled() -> None:
    assert len(filled(f"{{id:{WIDEST}}}", row=ROW)) == WIDEST + 1


ALONE = "--template: a field stands by its name alone, not as "


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{dat}", 'fact has no field "dat" (did you mean "date"?)'),
        ("{xyz}", f'fact has no field "xyz" (it is one of {", ".join(FIELDS["fact"])})'),
        ("{key}", 'fact has no field "key" ('),
        ("{}", f'{ALONE}""'),
        ("{0}", f'{ALONE}"0"'),
        ("{:>10}", f'{ALONE}""'),
        ("{date.__class__}", f'{ALONE}"date.__class__"'),
        ("{partners[0]}", f'{ALONE}"partners[0]"'),
        ("{date!r}", f'{ALONE}"date"'),
        ("{date }", f'{ALONE}"date "'),
        ("{\x1b}", f'{ALONE}"\\x1b"'),
        ("{date:{id}}", '--template: "{date:{id}}" cannot be filled: '),
        ("{date:>{id}}", '--template: "{date:>{id}}" cannot be filled: '),
        ("{date:d}", '--template: "{date:d}" cannot be filled: '),
        ("{date:=9}", '--template: "{date:=9}" cannot be filled: '),
        ("{date", '--template: "{date" cannot be filled: '),
        ("date}", '--template: "date}" cannot be filled: '),
        ("{date!}", '--template: "{date!}" cannot be filled: '),
        ("{date:²}", '--template: "{date:²}" cannot be filled: '),
        ("{date:1001}", "--template: no field is wider than 1000"),
        ("{date:>999999999}", "--template: no field is wider than 1000"),
        ("{date:9>٩٩٩٩٩٩٩}", "--template: no field is wider than 1000"),
        (f"{{date:{'9' * 5000}}}", "--template: "),
    ],
)
def test_what_is_no_template_is_an_error_that_says_why(template: str, problem: str) -> None:
    with pytest.raises(RelationsError) as caught:
        filled(template)
    assert str(caught.value).startswith(problem)


# Pieces that go together to nearly right templates.
PIECES = st.sampled_from(
    [
        *(
            "{",
            "}",
            "{{",
            "}}",
            ":",
            "!",
            "!r",
            "date",
            "key",
            "title",
            "{date}",
            "{key}",
            "{id:>",
            "[0]",
            ".x",
            ">",
            "=",
        ),
        *("^", ".", "0", "9", "10}", "1000", "1001", "s", "d", "%", ",", "_", "#", "²", "٣", " ", "é", "\n", "\x00"),
    ]
)
TEMPLATES = st.text() | st.lists(PIECES).map("".join)


@given(TEMPLATES, st.sampled_from([*FIELDS]))
def test_any_template_is_filled_with_one_line_no_longer_than_it_asks_for_or_is_refused(
    template: str, record: str
) -> None:
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
        (["fact", "us-base"], "{sources}", "https://example.com/handover\n"),
        (["partners", "china,bhutan"], "{key:8}{facts:>3} {since}", "bhutan    0 \nchina     3 1992-01-05\n"),
        (["themes"], "{key}={facts}", "bases=3\nrule-of-law=1\ntransport=4\n"),
        (["sources", "railway"], "{title} ({lang})", "Железная дорога началась (ru)\n"),
        ([], "{subject}: {facts}", "Testland: 7\n"),
        (["bases"], "", "\n\n\n"),
    ],
)
def test_every_command_takes_a_template(relations: Command, words: list[str], template: str, out: str) -> None:
    run = relations(*words, "--template", template, small=True)
    assert (run.status, run.out, run.err) == (0, out, "")


def test_a_faulty_template_ends_in_status_2(relations: Command) -> None:
    run = relations("china", "--template", "{dat}", small=True)
    assert (run.status, run.out) == (2, "")
    assert run.err == 'relations: fact has no field "dat" (did you mean "date"?)\n'


def test_where_nothing_is_found_nothing_is_filled(relations: Command) -> None:
    run = relations("chnia", "--template", "{date}", small=True)
    assert (run.status, run.out) == (1, "")


@pytest.mark.parametrize("option", [["--json"], ["--csv"], ["--format", "tsv"], ["--fields", "id"], ["--header"]])
def test_a_template_stands_alone(relations: Command, option: list[str]) -> None:
    run = relations("china", "--template", "{date}", *option, small=True)
    assert (run.status, run.out) == (2, "")
    assert run.err == "relations: --template takes the place of --format, --fields and --header\n"


@pytest.mark.skipif(os.name != "posix", reason="elsewhere a command line is Unicode")
def test_bytes_that_are_no_text_are_replaced(relations: Command) -> None:
    run = relations("railway", "--template", os.fsdecode(b"\xff{date}"), small=True)
    assert (run.status, run.out, run.err) == (0, "\ufffd2024-12-27\n", "")
