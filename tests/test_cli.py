"""The face of the command line: help, version, and messages about what was typed wrong."""

import re

import pytest

from kyrgyz_relations import __version__
from kyrgyz_relations.__main__ import answer
from kyrgyz_relations.commands import COMMANDS, OPTIONS
from kyrgyz_relations.errors import FAULT, FOUND
from kyrgyz_relations.records import RECORDS
from tests.conftest import run as relations

# The lines of text on a screen of 24, and what a longer help may take.
SCREEN, LONG = 23, 45


def test_the_help_fits_one_screen_and_names_every_command() -> None:
    run = relations("--help")
    assert relations("-h") == relations("help") == relations("--help", "china") == run
    assert (run.status, run.err) == (FOUND, "")
    assert len(run.lines) <= SCREEN
    assert max(map(len, run.lines)) <= 80
    assert set(re.findall(r"(?:^  |  )([a-z]+) +[a-z]", run.out, re.MULTILINE)) >= {*COMMANDS}
    assert "relations china" in run.out


def test_the_help_has_what_the_fact_base_says_of_itself(base: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELATIONS_FACTS", str(base))
    out = relations("--help").out
    assert ("The foreign relations of Testland" in out, "Kyrgyz" in out) == (True, False)
    assert "relations railway 2024" in out
    # A faulty one does not keep from help.
    monkeypatch.setenv("RELATIONS_FACTS", "/nowhere.toml")
    run = relations("--help")
    assert (run.status, run.err, "timeline" in run.out) == (FOUND, "", True)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_begins_with_what_is_its_own_and_ends_with_examples(name: str) -> None:
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
    told = re.findall(r"^  (-.+?)(?: [A-Za-z]|  |$)", run.out, re.MULTILINE)
    names = [(sorted(OPTIONS[field].names, key=len), OPTIONS[field].opposite) for field in command.options]
    assert told == ["/".join(filter(None, [", ".join(name), opposite])) for name, opposite in names]
    assert {f"  relations {name} {example}".rstrip() for example in command.examples} <= {*run.lines}
    for record in command.records:
        assert f"Fields of a {record}: {', '.join(RECORDS[record].fields)}" in " ".join(run.out.split())


def test_the_version_is_printed() -> None:
    assert relations("--version") == relations("-V") == (FOUND, f"relations {__version__}\n", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_can_have_a_script(
    shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_RELATIONS_COMPLETE", f"source_{shell}")
    with pytest.raises(SystemExit) as end:
        answer([])
    assert end.value.code == 0
    assert f"complete_{shell}" in capsys.readouterr().out


@pytest.mark.parametrize(("line", "said"), [
    ("china --bad", "--bad"), ("china --partners=x", "--partner"), ("china --limit", "--limit"),
    ("china -n many", "many"), ("china -n 0", "0"), ("china -n 99999999999999999999", "99999999999999999999"),
    ("china --not --since 2015", "--not needs a value"), ("china --text -n 5", "-n is an option"),
    ("china --json=yes", "--json"), ("china --format xml", "xml"), ("china --color sometimes", "sometimes"),
    ("china --json --csv", "json"), ("china --json -f csv", "csv"), ("china --template x --json", "--template"),
    ("timeline --by month", "month"), ("timeline --bad", "`relations timeline --help`"),
    ("fact", "ID"), ("init", "FILE"), ("init a.toml b.toml", "b.toml"),
    ("schema china", "china"), ("overview china", "china"), ("fact us-base --since 2010", "--since"),
    ("china --date 08-31", "--date"), ("partners --reverse", "--reverse"), ("--facts", "--facts"),
    ("\x1b[31mred --bad\x1b[0m", "bad"), ("china --format \x1b]0;title\x07", "title"), ("china --\x1b[2J", "--"),
])  # fmt: skip
def test_what_is_wrong_is_said_in_one_plain_line(line: str, said: str) -> None:
    run = relations(*line.split(" "))
    assert (run.status, run.out, len(run.err.splitlines())) == (FAULT, "", 1)
    assert run.err.startswith("relations: ")
    assert said in run.err
    assert not {"\x1b", "\x07"} & {*run.err}
    assert not re.search(r"Usage|Error|Traceback|╭", run.err)
