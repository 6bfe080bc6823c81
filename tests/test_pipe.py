import csv
import io
import json
import subprocess
import sys

import pytest

from kyrgyz_relations.fields import BRIEF, FIELDS, FULL
from tests.conftest import Command


def test_a_pipe_gets_a_tab_separated_line_a_fact_without_header(relations: Command) -> None:
    run = relations("railway", small=True)
    assert run.out == (
        "2024-12-27\tchina\ttransport\t"
        "Work on the railway from China began; the treaty of eternal friendship was read out.\trailway-begun\n"
    )
    assert (run.status, run.err) == (0, "")


def test_keys_are_joined_by_commas_and_text_is_data(relations: Command) -> None:
    assert "\tchina,russia\ttransport\t" in relations("kok-tash-road", small=True).out
    assert "[bold]politely[/bold]" in relations("us-base-closed", small=True).out


@pytest.mark.parametrize(
    ("words", "status"), [(["china"], 0), (["chnia"], 1), (["china", "--bad"], 2), (["china", "--format", "xml"], 2)]
)
def test_the_exit_status_is_that_of_grep(relations: Command, words: list[str], status: int) -> None:
    run = relations(*words, small=True)
    assert run.status == status
    assert bool(run.out) == (status == 0)
    assert bool(run.err) == (status != 0)


def test_json_is_an_array_of_objects_with_the_fields_of_the_contract(relations: Command) -> None:
    facts = json.loads(relations("kok-tash-road", "--json", small=True).out)
    assert [*facts[0]] == [*FULL["fact"]] == ["id", "date", "kind", "partners", "themes", "text", "note", "sources"]
    assert facts[0]["partners"] == ["china", "russia"]
    assert facts[0]["sources"][1] == {
        "key": "example-2024-railway",
        "title": "Железная дорога началась",
        "publisher": "Пример",
        "url": "https://example.org/railway?a=1,2",
        "published": "2024-12",
        "kind": "news",
        "lang": "ru",
    }


def test_json_is_an_array_also_when_nothing_is_found(relations: Command) -> None:
    run = relations("chnia", "--json", small=True)
    assert (run.status, run.out) == (1, "[]\n")
    assert "chnia" in run.err


def test_json_lines_have_an_object_each(relations: Command) -> None:
    run = relations("china", "--format", "jsonl", small=True)
    assert [json.loads(line)["id"] for line in run.lines] == [
        "china-diplomatic-relations",
        "kok-tash-road",
        "railway-begun",
    ]


def test_csv_has_a_header_and_is_read_by_the_csv_module(relations: Command) -> None:
    rows = [*csv.DictReader(io.StringIO(relations("china", "--csv", small=True).out))]
    assert [row["id"] for row in rows] == ["china-diplomatic-relations", "kok-tash-road", "railway-begun"]
    assert rows[1]["sources"] == "https://example.org/china https://example.org/railway?a=1,2"
    assert rows[1]["partners"] == "china,russia"


def test_the_header_can_be_had_and_left_out(relations: Command) -> None:
    assert relations("us-base", "--header", small=True).lines[0] == "\t".join(BRIEF["fact"])
    assert len(relations("us-base", "--csv", "--no-header", small=True).lines) == 1


def test_fields_are_printed_in_the_order_asked_for(relations: Command) -> None:
    run = relations("us-base-closed", "--fields", "url,date", small=True)
    assert run.out == "https://example.com/handover\t2014-06-03\n"


def test_a_field_that_is_none_is_an_error_that_helps(relations: Command) -> None:
    run = relations("china", "--fields", "datte", small=True)
    assert (run.status, run.out) == (2, "")
    assert run.err == 'relations: fact has no field "datte" (did you mean "date"?)\n'
    assert ", ".join(FIELDS["fact"]) in relations("china", "--fields", "x", small=True).err


@pytest.mark.parametrize("record", ["partner", "theme", "source"])
def test_every_command_prints_rows_and_json(relations: Command, record: str) -> None:
    run = relations(f"{record}s", small=True)
    assert all(line.count("\t") == len(BRIEF[record]) - 1 for line in run.lines)
    objects = json.loads(relations(f"{record}s", "--json", small=True).out)
    assert len(objects) == len(run.lines)
    assert [*objects[0]] == [*FULL[record]]


def test_partners_are_those_named_or_those_of_the_facts_found(relations: Command) -> None:
    def keys(*words: str) -> list[str]:
        return [line.split("\t")[0] for line in relations("partners", *words, small=True).lines]

    assert keys() == ["bhutan", "china", "cote-divoire", "eaeu", "russia", "united-states"]
    assert keys("bhutan") == ["bhutan"]
    assert keys("neighbours") == ["china", "united-states"]
    assert keys("neighbours", "2020..") == ["china"]
    assert keys("bases") == ["russia", "united-states"]


def test_counts_are_of_the_facts_found(relations: Command) -> None:
    run = relations("themes", "united-states", "--fields", "key,facts,first,last", small=True)
    assert run.lines == ["bases\t2\t2001-12/2014-06-03\t2014-06-03", "rule-of-law\t1\t2014-06-03\t2014-06-03"]
    assert relations("sources", "railway", "--fields", "key,facts", small=True).out == "example-2024-railway\t1\n"


def test_a_profile_in_a_pipe_tells_when_relations_began(relations: Command) -> None:
    assert relations("partners", "china,eaeu", "--fields", "since,groups", small=True).lines == [
        "1992-01-05\tneighbours",
        "2015-08\t",
    ]


def test_the_overview_in_a_pipe_is_one_row(relations: Command) -> None:
    assert relations(small=True).out == "The foreign relations of Testland\t2024-12-31\t7\t6\t3\t3\n"


def test_fact_prints_each_fact_named(relations: Command) -> None:
    run = relations("fact", "railway-begun", "us-base", small=True)
    assert run.ids == ["us-base", "railway-begun"]
    some = relations("fact", "us-base", "nothing-such", small=True)
    assert (some.status, some.ids) == (1, ["us-base"])
    assert some.err.startswith('relations: no fact has the id "nothing-such"')
    assert relations("fact", small=True).status == relations("fact", "--json", small=True).status == 2
    missing = relations("fact", "us-bases", small=True)
    assert missing.status == 1
    assert missing.err.startswith('relations: no fact has the id "us-bases" (did you mean us-base')


def test_a_reader_that_has_read_enough_ends_it_quietly() -> None:
    command = [sys.executable, "-m", "kyrgyz_relations", "1991..", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"[{")
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_what_is_piped_is_utf_8_with_unix_line_ends_whatever_the_locale(relations: Command) -> None:
    run = relations("partners", "china", "--fields", "name_ky", small=True, env={"PYTHONIOENCODING": "ascii"})
    assert run.out == "Кытай\n"


def test_the_pipe_has_the_same_facts_in_the_same_order_as_the_terminal(relations: Command) -> None:
    table = relations("transport", "--format", "table", "--fields", "id", small=True)
    assert [line.strip() for line in table.lines[1:]] == relations("transport", small=True).ids
