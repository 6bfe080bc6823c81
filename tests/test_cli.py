"""The face of the command line: help, version, and messages about what was typed wrong."""

import re

import pytest

from kyrgyz_relations import __version__
from kyrgyz_relations.commands import COMMANDS, OPTIONS
from kyrgyz_relations.errors import FAULT, FOUND
from kyrgyz_relations.records import RECORDS
from tests.conftest import Command

# The lines of text on a screen of 24, and what a longer help may take.
SCREEN, LONG = 23, 45


def test_the_help_fits_one_screen_and_names_every_command(relations: Command) -> None:
    run = relations("--help")
    assert (run.status, run.err) == (FOUND, "")
    assert len(run.lines) <= SCREEN
    assert max(map(len, run.lines)) <= 80
    assert set(re.findall(r"(?:^  |  )([a-z]+) +[a-z]", run.out, re.MULTILINE)) >= {*COMMANDS}
    assert "relations china" in run.out


@pytest.mark.parametrize("words", [["-h"], ["help"], ["--help", "china"]])
def test_there_are_other_ways_to_ask_for_it(relations: Command, words: list[str]) -> None:
    assert relations(*words) == relations("--help")


def test_the_help_has_the_title_and_the_examples_of_the_fact_base(
    relations: Command, base: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RELATIONS_FACTS", str(base))
    out = relations("--help").out
    assert "The foreign relations of Testland" in out
    assert "relations railway 2024" in out


def test_a_faulty_fact_base_does_not_keep_from_help(relations: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELATIONS_FACTS", "/nowhere.toml")
    run = relations("--help")
    assert (run.status, run.err, "timeline" in run.out) == (FOUND, "", True)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_begins_with_what_is_its_own_and_ends_with_examples(
    relations: Command, name: str
) -> None:
    command = COMMANDS[name]
    run = relations(name, "--help")
    assert (run.status, run.err) == (FOUND, "")
    assert relations("help", name) == relations(name, "-h") == run
    assert len(run.lines) <= LONG
    assert max(map(len, run.lines)) <= 80
    assert run.lines[0].startswith(f"Usage: relations {name}")
    assert run.lines[2] == command.meaning
    heads = [line for line in run.lines if line.endswith(":") and not line.startswith(" ")]
    assert heads[0] == ("Options:" if command.own else heads[0])
    assert heads[-1] == "Examples:"
    told = re.findall(r"^  (?:-\w, )?--[a-z-]+", run.out, re.MULTILINE)
    own = [max(OPTIONS[field].names, key=len) for field in command.own]
    assert [line.split()[-1] for line in told[: len(own)]] == own
    assert [line.split()[-1] for line in told] == [max(OPTIONS[field].names, key=len) for field in command.options]
    for example in command.examples:
        assert f"  relations {name} {example}".rstrip() in run.lines
    for record in command.records:
        unwrapped = " ".join(run.out.split())
        assert f"Fields of a {record}: {', '.join(RECORDS[record].fields)}" in unwrapped


def test_every_option_is_in_the_help_of_some_command(relations: Command) -> None:
    told = "".join(relations(name, "--help").out for name in COMMANDS)
    names = [name for option in OPTIONS.values() for name in (*option.names, option.opposite) if name]
    assert [name for name in names if not re.search(rf"(^|[ /]){name}(\W|$)", told, re.MULTILINE)] == []


@pytest.mark.parametrize("words", [["--version"], ["-V"]])
def test_the_version_is_printed(relations: Command, words: list[str]) -> None:
    assert relations(*words) == (FOUND, f"relations {__version__}\n", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_completion_can_be_had(
    shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from kyrgyz_relations.__main__ import answer

    monkeypatch.setenv("_RELATIONS_COMPLETE", f"source_{shell}")
    with pytest.raises(SystemExit) as end:
        answer([])
    assert end.value.code == 0
    assert f"complete_{shell}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("china --bad", "--bad"),
        ("china --partners=x", "--partner"),
        ("china --limit", "--limit"),
        ("china -n many", "many"),
        ("china -n 0", "0"),
        ("china -n 99999999999999999999", "99999999999999999999"),
        ("china --json=yes", "--json"),
        ("china --format xml", "xml"),
        ("china --color sometimes", "sometimes"),
        ("china --json --csv", "json"),
        ("china --json -f csv", "csv"),
        ("china --template x --json", "--template"),
        ("timeline --by month", "month"),
        ("fact", "ID"),
        ("init", "FILE"),
        ("init a.toml b.toml", "b.toml"),
        ("schema china", "china"),
        ("overview china", "china"),
        ("fact us-base --since 2010", "--since"),
        ("china --date 08-31", "--date"),
        ("partners --reverse", "--reverse"),
        ("--facts", "--facts"),
        ("\x1b[31mred --bad\x1b[0m", "bad"),
        ("china --format \x1b]0;title\x07", "title"),
        ("china --\x1b[2J", "--"),
    ],
)
def test_what_is_wrong_is_said_in_one_plain_line(relations: Command, line: str, said: str) -> None:
    run = relations(*line.split(" "))
    assert (run.status, run.out, len(run.err.splitlines())) == (FAULT, "", 1)
    assert run.err.startswith("relations: ")
    assert said in run.err
    assert not {"\x1b", "\x07"} & {*run.err}
    assert not re.search(r"Usage|Error|Traceback|╭", run.err)


def test_a_message_leads_to_the_help_of_its_command(relations: Command) -> None:
    assert "`relations timeline --help`" in relations("timeline", "--bad").err
