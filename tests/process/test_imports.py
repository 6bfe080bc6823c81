"""Which modules each way to an answer loads, in a fresh interpreter."""

import sys

import pytest

from tests.conftest import ROOT, SMALL
from tests.process.running import WHAT_WAS_LOADED, run

THIRD_PARTY = {"typer", "rich", "msgspec", "tomli", "platformdirs", "snowballstemmer"}
# Of the standard library, what takes a good part of the time of a lookup. (SQLite brings datetime along.)
SLOW = {
    "typing", "inspect", "dataclasses", "re", "enum", "json", "csv", "pathlib", "importlib", "subprocess", "difflib",
}  # fmt: skip
SLOW |= {"decimal", "tempfile", "hashlib", "textwrap", "string", "shutil", "contextlib", "socket", "urllib", "pydoc"}


def loaded(*words: str, where: str = "pipe", status: int = 0) -> set[str]:
    command = [sys.executable, "-c", WHAT_WAS_LOADED, str(ROOT), where, *words]
    # The first run may have to build the index.
    *_, (code, *names) = (run(command, RELATIONS_FACTS=str(SMALL)).err.splitlines()[-1].split() for _ in range(2))
    assert int(code) == status
    return {*names} & (THIRD_PARTY | SLOW)


PIPED = """
china; кытай; china transport 2010..; when did america close its base; partners neighbours; fact us-base; series;
overview; timeline --by year; compare china russia; --partner china --since 2000 -n 1 --header; --all -ftsv -o -;
--theme=bases --not russia --reverse --fields id,url --color never; china --csv
"""


@pytest.mark.parametrize("words", PIPED.split(";"))
def test_a_piped_lookup_loads_nothing_that_takes_time(words: str) -> None:
    assert loaded(*words.split()) == set()


@pytest.mark.parametrize(("words", "status", "needed"), [
    ("china --json", 0, "json"), ("china --format jsonl", 0, "json"), ("china --template {date}", 0, "string"),
    ("series road-costs", 0, "decimal"), ("chnia", 1, "difflib"), ("железная", 0, "snowballstemmer"),
])  # fmt: skip
def test_what_a_format_or_a_word_needs_is_loaded_for_it_alone(words: str, status: int, needed: str) -> None:
    names = loaded(*words.split(), status=status)
    assert needed in names
    # What these need in turn is in no hand of ours.
    assert names & (THIRD_PARTY | {"typing", "inspect", "dataclasses", "json", "csv", "difflib", "decimal"}) <= {needed}


def test_a_list_on_a_terminal_loads_rich_and_nothing_else_of_others() -> None:
    assert loaded("china", where="terminal") & THIRD_PARTY == {"rich"}


@pytest.mark.parametrize("words", [["--help"], ["find", "--help"], ["--version"], ["--bad"]])
def test_what_typer_answers_loads_neither_rich_nor_what_builds_an_index(words: list[str]) -> None:
    assert loaded(*words, status=2 if words == ["--bad"] else 0) & THIRD_PARTY <= {"typer"}
