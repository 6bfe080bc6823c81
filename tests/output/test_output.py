import io
import os
import sys
from pathlib import Path

import pytest

from kyrgyz_relations.__main__ import answer
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.output import FORMATS, resolve
from kyrgyz_relations.records import RECORDS
from kyrgyz_relations.request import Request
from tests.conftest import SMALL, Terminal, run

# For each extension the format that it tells, and how a file of it begins.
BEGINNINGS = {
    ".txt": ("table", "China · Кытай"), ".tsv": ("tsv", "2024-12-27\tchina\t"), ".csv": ("csv", "id,date,start,"),
    ".text": ("text", "id:\trailway-begun\n"), ".json": ("json", '[{"id": '), ".jsonl": ("jsonl", '{"id": '),
    ".md": ("markdown", "# China\n"), ".html": ("html", "<!DOCTYPE html>"), ".svg": ("svg", "<svg "),
    ".bib": ("bibtex", "@misc{"), ".csl.json": ("csl-json", '[{"id": '), ".cite.txt": ("cite", 'Пример, "Железная'),
}  # fmt: skip
FIELDS = ", ".join(RECORDS["fact"].fields)


@pytest.mark.parametrize("suffix", [*BEGINNINGS, ".CSV", ".Csl.JSON"])
def test_the_extension_of_a_file_tells_its_format(tmp_path: Path, suffix: str) -> None:
    form, beginning = BEGINNINGS[suffix.lower()]
    path = tmp_path / f"китай 1{suffix}"
    assert run("china", "--output", str(path), small=True) == (0, "", "")
    written = path.read_bytes().decode()
    assert (written.startswith(beginning), "\r" in written) == (True, False)
    assert written == run("china", "--format", form, small=True).out
    # A format that is named goes before the extension.
    assert run("china", "-o", str(path), "--force", "-f", "tsv", small=True).status == 0
    assert path.read_text(encoding="utf-8") == run("china", small=True).out


@pytest.mark.parametrize("name", ["facts.xml", "facts", "csv", "", "a.csv.gz"])
def test_an_extension_that_tells_no_format_is_refused_before_anything_is_asked(tmp_path: Path, name: str) -> None:
    path, known = str(tmp_path / name) if name else "", ", ".join(form.suffix for form in FORMATS.values())
    said = f'relations: can\'t tell the format of "{path}"; use --format, or one of {known}\n'
    assert run("china", "-o", path, "--facts", "/nowhere") == (2, "", said)
    assert (os.listdir(tmp_path), {*known.split(", ")}) == ([], {*BEGINNINGS})


@pytest.mark.parametrize(("command", "piped"), [("find", "tsv"), ("partners", "tsv"), ("fact", "text")])
def test_a_terminal_gets_a_table_anything_else_lines_and_a_minus_is_standard_output(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: str, piped: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for stream, form in ((io.StringIO(), piped), (Terminal(io.BytesIO()), "table"), (None, piped)):
        with monkeypatch.context() as context:
            context.setattr(sys, "stdout", stream)
            for request in (Request(command), Request(command, output="-")):
                output = resolve(request, "fact")
                assert (output.format.name, output.path, output.header) == (form, None, False)
    words = [command, "us-base" if command == "fact" else "china"]
    assert run(*words, "-o", "-", small=True) == run(*words, small=True)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("form", FORMATS)
def test_a_record_has_its_fields_in_every_format_that_serves_it(record: str, form: str) -> None:
    if record in FORMATS[form].records:
        output, kind = resolve(Request("find", form=form), record), RECORDS[record]
        assert output.fields == (kind.brief if form in ("table", "tsv", "svg") else kind.full)
        last = [*kind.fields][-1]
        chosen = resolve(Request("find", form=form, fields=f" {last} ,{kind.brief[0]}"), record)
        assert (chosen.fields, chosen.drawn) == ((last, kind.brief[0]), False)
    else:
        only = "facts" if form == "text" else "facts and sources"
        others = "table, tsv, csv, json, jsonl, markdown, html, svg" + ", bibtex, csl-json, cite" * (record == "source")
        with pytest.raises(RelationsError, match=f"{form} is for {only} only; here there are {others}$"):
            resolve(Request("find", form=form), record)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--fields", "datte"], 'a fact has no field "datte" (did you mean "date"?)'),
        (["--fields", "x"], f'a fact has no field "x" (choose from {FIELDS})'),
        (["--fields", "id,"], f'a fact has no field "" (choose from {FIELDS})'),
        (["--fields", "\x1b"], f'a fact has no field "\\x1b" (choose from {FIELDS})'),
        (["--format", "xml"], f'--format is one of {", ".join(FORMATS)}, not "xml"'),
        (["--color", "blue"], '--color is one of auto, always, never, not "blue"'),
        (["--json", "--csv"], "one format at a time, not csv and json"),
        (["--json", "--format", "tsv"], "one format at a time, not json and tsv"),
        *(
            (["--template", "{id}", *option], "--template takes the place of --format, --fields and --header")
            for option in (["--json"], ["--csv"], ["-f", "tsv"], ["--fields", "id"], ["--header"], ["--no-header"])
        ),
    ],
)  # fmt: skip
def test_what_does_not_go_together_is_refused_before_anything_is_asked(words: list[str], said: str) -> None:
    assert run("china", *words, "--facts", "/nowhere") == (2, "", f"relations: {said}\n")


@pytest.mark.parametrize(
    ("form", "fields", "sources"),
    [("tsv", "date,id", False), ("tsv", "url", True), ("json", "id,sources", True)]
    + [(form, None, form != "tsv") for form in FORMATS],
)
def test_sources_are_asked_for_only_where_they_are_printed(form: str, fields: str | None, *, sources: bool) -> None:
    assert resolve(Request("find", form=form, fields=fields), "fact").with_sources == sources


@pytest.mark.parametrize(("form", "usual"), [("tsv", []), ("csv", ["--header"]), ("json", []), ("jsonl", [])])
def test_a_header_stands_above_flat_formats_where_it_is_asked_for_or_usual(form: str, usual: list[str]) -> None:
    without, with_header = (
        run("china", "--format", form, option, small=True).lines for option in ("--no-header", "--header")
    )
    assert run("china", "--format", form, small=True).lines == (with_header if usual else without)
    assert with_header[form in ("tsv", "csv") :] == without


@pytest.mark.parametrize("form", FORMATS)
def test_where_nothing_is_found_a_format_is_empty_and_no_file_is_written(tmp_path: Path, form: str) -> None:
    empty = {"csv": ",".join(RECORDS["fact"].full) + "\n", "json": "[]\n", "csl-json": "[]\n"}
    assert run("bhutan", "--format", form, small=True)[:2] == (1, empty.get(form, ""))
    assert run("bhutan", "--format", form, "-o", str(tmp_path / "facts.txt"), small=True)[:2] == (1, "")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("form", ["tsv", "json", "html"])
def test_scripts_read_utf_8_and_unix_line_ends_whatever_the_locale(monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    words = ["partners", "china", "--fields", "name_ky", "--format", form]
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="\r\n")
    with monkeypatch.context() as context:
        context.setattr(sys, "stdout", stream)
        assert answer([*words, "--facts", str(SMALL)]) == 0
    stream.seek(0)
    assert stream.buffer.read().decode() == run(*words, small=True).out


@pytest.mark.parametrize("option", [[], ["--color", "always"], ["--csv"], ["--json"], ["--format", "markdown"]])
def test_what_scripts_read_stays_plain_whatever_is_forced(monkeypatch: pytest.MonkeyPatch, option: list[str]) -> None:
    usual = run("bases", *option, small=True)
    for name, value in {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1", "FORCE_HYPERLINK": "1", "COLUMNS": "10"}.items():
        monkeypatch.setenv(name, value)
    assert run("bases", *option, small=True) == usual
    assert "\x1b" not in usual.out
