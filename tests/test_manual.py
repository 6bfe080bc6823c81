"""The man page and the help say what the code does, and what they tell to try finds something."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import typer

from kyrgyz_relations import cli
from kyrgyz_relations.commands import BASE, BY, COMMANDS, DAY, FAULT, FOUND, NOTHING, OUTPUT, QUERY, SORT
from kyrgyz_relations.output import COLORS, FORMATS
from kyrgyz_relations.request import GROUPINGS, SORTS
from kyrgyz_relations.vocabulary import KINDS
from tests.conftest import APP, ROOT, Command
from tests.test_completion import put_program_into

PAGE = ROOT / "docs" / "relations.1"
# Escapes of mdoc(7), for what a person is to copy.
ESCAPES = {"\\-": "-", "\\(dq": '"', "\\(aq": "'", "\\(ti": "~"}
# The groups of options in the order of the page, each with one that no other group has.
GROUPS = {
    QUERY: "--kind",
    SORT: "--sort",
    BY: "--by",
    DAY: "--date",
    BASE: "--facts",
    OUTPUT: "--format",
}
# What belongs to the program as a whole, and Typer's own.
ALONE = {"--version", "--install-completion", "--show-completion"}


def page() -> str:
    text = PAGE.read_text(encoding="utf-8")
    return re.sub("|".join(map(re.escape, ESCAPES)), lambda escape: ESCAPES[escape[0]], text)


def section(title: str) -> str:
    return re.split(r"^\.S[hs] ", page().partition(f"{title}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]


def items(title: str) -> list[str]:
    """Give what the lists of a section explain, without the macros before it."""
    return re.findall(r"^\.It (?:[A-Z][a-z] )?(.+)", section(title), re.MULTILINE)


def options() -> dict[str, set[str]]:
    """Give the names of all options of each command."""
    app = typer.main.get_command(APP)
    assert isinstance(app, cli.DefaultCommand)
    return {
        name: {
            option
            for param in command.get_params(typer.Context(command, **APP.info.context_settings or {}))
            for option in (*param.opts, *param.secondary_opts)
            if option.startswith("-")
        }
        for name, command in {"": app, **app.commands}.items()
    }


def test_the_page_has_every_option_and_no_other() -> None:
    names = {
        f"-{name}"
        for item in items("OPTIONS")
        for name in re.findall(r"(?:^|, )(-?[a-z][a-z-]*)", item.split(" Ar ")[0])
    }
    assert names == set.union(*options().values())


def test_the_page_tells_which_options_belong_together() -> None:
    by_command = options()
    told = section("OPTIONS").split("\n.Pp\n")
    assert len(told) == len(GROUPS) + 1
    for part, (group, option) in zip(told, GROUPS.items(), strict=False):
        takers = {name for name, command in COMMANDS.items() if group in command.options}
        assert f"Fl {option[1:]}" in part
        assert takers == {name for name, names in by_command.items() if option in names}
        if len(takers) < len(COMMANDS) / 3:
            assert set(re.findall(r"^\.Cm (\w+)", part.partition(".Bl")[0], re.MULTILINE)) == takers
    assert by_command[""] - {"-h", "--help"} == ALONE


@pytest.mark.parametrize(
    ("title", "names"),
    [("Commands", COMMANDS), ("Formats", FORMATS), ("EXIT STATUS", [*map(str, (FOUND, NOTHING, FAULT)), "130"])],
)
def test_the_page_lists_what_the_code_has_in_its_order(title: str, names: list[str]) -> None:
    assert items(title) == [*names]


def test_the_page_has_every_value_of_an_option() -> None:
    values = section("OPTIONS")
    assert f"Fl -sort Cm {' | '.join(SORTS)}\n" in values
    assert f"Fl -by Cm {' | '.join(GROUPINGS)}\n" in values
    assert f"Fl -color Cm {' | '.join(COLORS)}\n" in values
    assert re.findall(r"^\.Cm ([a-z-]+)", values.partition("Fl -kind")[2].partition(".It")[0], re.MULTILINE) == [*KINDS]


def test_the_page_tells_which_formats_are_not_for_all() -> None:
    for name, told in re.findall(r"^\.It Cm (\S+)\n(.*)", section("Formats"), re.MULTILINE):
        assert ("for facts and sources only" in told) == (FORMATS[name].records == ("fact", "source")), name


@pytest.mark.parametrize(
    "checker", [["mandoc", "-T", "lint", "-W", "warning"], ["groff", "-ww", "-z", "-mdoc", "-T", "utf8"]]
)
def test_a_formatter_has_nothing_to_complain_of(checker: list[str]) -> None:
    program = shutil.which(checker[0]) or pytest.skip(f"this system has no {checker[0]}")
    run = subprocess.run([program, *checker[1:], str(PAGE)], capture_output=True, check=False, encoding="utf-8")
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_the_help_fits_the_smallest_screen_and_names_every_command(relations: Command) -> None:
    run = relations("--help")
    assert (run.status, run.err) == (0, "")
    assert len(run.lines) <= 32
    assert max(map(len, run.lines)) <= 80
    assert re.findall(r"^  ([a-z]+) +[A-Z]", run.out, re.MULTILINE) == [*COMMANDS]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_has_its_examples_and_options(relations: Command, command: str) -> None:
    run = relations(command, "--help", columns=120)
    assert run.status == 0
    for example in COMMANDS[command].examples:
        assert f"relations {command} {example}".rstrip() in run.out
    assert set(re.findall(r"--[a-z-]+", run.out.partition("Options")[2])) >= options()[command] - {"-h", "-f", "-o"}


def examples() -> set[str]:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Ten queries worth trying\n")[2]
    return {
        *(f"relations {name} {example}" for name, command in COMMANDS.items() for example in command.examples),
        *re.findall(r"^\| `(relations [^`]+)` \|", readme.partition("\n## ")[0], re.MULTILINE),
        *re.findall(r"^\.Dl (.+)", page(), re.MULTILINE),
    }


def test_there_are_examples_in_each_place() -> None:
    assert {
        "relations sources manas 2014",
        "relations when did manas close",
        "relations sources manas --fields url",
    } <= examples()


@pytest.mark.parametrize("example", sorted(examples()))
def test_an_example_finds_something(
    relations: Command, example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "|" not in example:
        words = shlex.split(example)[1:]
        monkeypatch.chdir(tmp_path)
        run = relations(*words)
        told = {"relations check ": "relations: 0 errors, ", "relations init notes.toml": "relations: wrote "}.get(
            example, ""
        )
        assert (run.status, run.err[: len(told) or None]) == (FOUND, told)
        assert len(run.out or next(tmp_path.iterdir()).read_bytes()) > 20
        return
    if "jq" in example and not shutil.which("jq"):
        pytest.skip("this system has no jq")
    monkeypatch.setenv("PATH", str(put_program_into(tmp_path)), prepend=":")
    done = subprocess.run(["/bin/sh", "-c", example], capture_output=True, check=True, encoding="utf-8")
    assert done.stderr == ""
    assert len(done.stdout) > 20
