"""Completion as real shells do it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from kyrgyz_relations.commands import COMMANDS
from kyrgyz_relations.fields import FIELDS
from kyrgyz_relations.output import FORMATS
from kyrgyz_relations.vocabulary import KINDS
from tests.conftest import SMALL, Command

# What each shell offers for a line on which the cursor stands at the end: choices and what describes them.
Choices = dict[str, str]
Shell = Callable[[str], Choices]

# The shell must meet a program of this name.
PROGRAM = """#!/bin/sh
exec '{python}' -c 'import sys
from kyrgyz_relations.__main__ import main
sys.argv[0] = "relations"
main()' "$@"
"""
BASH = """
eval "$SCRIPT"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
function=$(complete -p relations)
function=${function#*-F }
"${function%% *}" relations
[ ${#COMPREPLY[@]} = 0 ] || printf '%s\\n' "${COMPREPLY[@]}"
"""
# A small screen would cut the list, or ask whether to show it.
ZSH = r"""
stty rows 900 cols 300
PS1= LISTMAX=9999
autoload -Uz compinit; compinit -u -D
eval "$SCRIPT"
list() { BUFFER=$LINE; CURSOR=$#BUFFER; print -n "\x02"; zle list-choices; zle -R; print -n "\x03"; exit }
zle -N zle-line-init list
"""
ON_A_TERMINAL = "import pty, sys; pty.spawn(sys.argv[1:])"


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_program_into(tmp_path_factory.mktemp("programs"))


def put_program_into(folder: Path) -> Path:
    program = folder / "relations"
    program.write_text(PROGRAM.format(python=sys.executable))
    program.chmod(0o755)
    return folder


@pytest.fixture
def path(relations: Command, programs: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    del relations
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))


@cache
def script(shell: str) -> str:
    done = subprocess.run(
        [shutil.which("relations") or ""],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "_RELATIONS_COMPLETE": f"source_{shell}"},
    )
    return done.stdout


def run(command: list[str], **environment: str) -> str:
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, **environment},
    )
    assert done.stderr == ""
    return done.stdout


def path_of(shell: str) -> str:
    return shutil.which(shell) or pytest.skip(f"this system has no {shell}")


def bash(line: str) -> Choices:
    words = line.replace("=", " = ").split(" ")
    return dict.fromkeys(
        run([path_of("bash"), "--norc", "-c", BASH, "bash", *words], SCRIPT=script("bash")).splitlines(), ""
    )


def fish(line: str) -> Choices:
    lines = run(
        [path_of("fish"), "--no-config", "-c", "echo $SCRIPT | source; complete -C $LINE"],
        SCRIPT=script("fish"),
        LINE=line,
        COLUMNS="30",
    ).splitlines()
    return {choice: about for choice, _, about in (line.partition("\t") for line in lines)}


def zsh(line: str) -> Choices:
    Path("~/.zshrc").expanduser().write_text(ZSH)
    drawn = run(
        [sys.executable, "-c", ON_A_TERMINAL, path_of("zsh"), "-d", "-i"],
        SCRIPT=script("zsh"),
        LINE=line,
        TERM="dumb",
        ZDOTDIR=os.environ["HOME"],
    )
    _, *listed, _ = drawn.partition("\x02")[2].partition("\x03")[0].splitlines()
    sides = [row.partition(" -- ") for row in listed]
    return {choice: about.strip() for choices, _, about in sides for choice in choices.split()}


SHELLS: dict[str, Shell] = {"bash": bash, "zsh": zsh, "fish": fish}
NAMES = {"bhutan", "china", "cote-divoire", "eaeu", "russia", "united-states", "eaeu-members", "neighbours"}
NAMES |= {"bases", "rule-of-law", "transport"}
YEARS = {str(year) for year in range(1992, 2025)}


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("", {*COMMANDS, *NAMES, *KINDS, *YEARS}),
        ("china ", {*NAMES, *KINDS, *YEARS}),
        ("r", {"russia", "rule-of-law"}),
        ("the", {"themes"}),
        ("bases the", set()),
        ("201", {str(year) for year in range(2010, 2020)}),
        ("china,rus", {"china,russia"}),
        ("china russia,united-states,b", {"russia,united-states,bhutan", "russia,united-states,bases"}),
        ("fact us-", {"us-base", "us-base-closed"}),
        ("fact us-base r", {"russia-base", "railway-begun"}),
        ("china --fields da", {"date"}),
        ("china --fields date,te", {"date,text"}),
        ("partners --fields ", set(FIELDS["partner"])),
        ("sources --fields key,pub", {"key,publisher", "key,published"}),
        ("china --format ", set(FORMATS)),
        ("china -f cs", {"csv", "csl-json"}),
        ("--kind ", set(KINDS)),
        ("--kind event,ag", {"event,agreement"}),
        ("--theme ", {"bases", "rule-of-law", "transport"}),
        ("--partner ", NAMES - {"bases", "rule-of-law", "transport"}),
        ("--partner china,eaeu", {"china,eaeu", "china,eaeu-members"}),
        ("--sort ", {"date", "rank"}),
        ("--color a", {"auto", "always"}),
        ("china --fo", {"--format", "--force"}),
        ("chnia", set()),
    ],
)
def test_bash_offers_what_may_come_next(typed: str, choices: set[str]) -> None:
    assert set(bash(f"relations --facts {SMALL} {typed}")) == choices


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("shell", ["zsh", "fish"])
@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("r", {"russia": "Russia", "rule-of-law": "Rule of law"}),
        ("china,neigh", {"china,neighbours": "Neighbours"}),
        ("china,russia 1992", {"1992": "year"}),
        ("china --fields date,te", {"date,text": "what happened"}),
        ("china --format cs", {"csv": FORMATS["csv"].meaning, "csl-json": FORMATS["csl-json"].meaning}),
        ("--kind ag", {"agreement": KINDS["agreement"]}),
    ],
)
def test_other_shells_describe_each_choice(shell: str, typed: str, choices: Choices) -> None:
    assert SHELLS[shell](f"relations --facts {SMALL} {typed}") == choices


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_a_command_is_told_from_a_word(shell: str) -> None:
    assert SHELLS[shell](f"relations --facts {SMALL} fac")["fact"].startswith("command: Print facts")


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("shell", SHELLS)
def test_without_facts_the_fact_base_that_comes_along_is_asked(shell: str) -> None:
    energy = SHELLS[shell]("relations china en")
    assert "energy" in energy
    assert all(choice.startswith("en") for choice in energy)


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_each_id_is_one_choice_with_its_text_however_narrow_the_screen(shell: str) -> None:
    choices = SHELLS[shell](f"relations --facts {SMALL} fact ")
    assert len(choices) == 7
    assert choices["eaeu-membership"].endswith("to which Russia belonged.")


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize("shell", SHELLS)
def test_what_describes_a_choice_is_no_markup_and_never_run(shell: str, tmp_path: Path) -> None:
    odd = r"""[bold]so[/bold] [/x] "it's" $HOME `touch {0}/a` $(touch {0}/b) \`touch {0}/c`"""
    odd += r""" \$(touch {0}/d) '$(touch {0}/e)'"""
    text = odd.format(tmp_path).replace("\\", "\\\\").replace('"', '\\"')
    base = tmp_path / "odd.toml"
    base.write_text(SMALL.read_text(encoding="utf-8").replace("[bold]politely[/bold]", text), encoding="utf-8")
    choices = SHELLS[shell](f"relations --facts {base} fact us-base-")
    assert set(choices) == {"us-base-closed"}
    assert "bold" in choices["us-base-closed"] or shell == "bash"
    assert [path.name for path in tmp_path.iterdir() if len(path.name) == 1] == []


@pytest.mark.usefixtures("path")
@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        ("chi", set[str]()),
        ("part", {"partners"}),
        ("fact ", set()),
        ("--partner ", set()),
        ("--kind ag", {"agreement"}),
    ],
)
@pytest.mark.parametrize("problem", ["missing", "faulty"])
def test_a_faulty_base_completes_no_names_and_says_nothing(
    typed: str, choices: set[str], problem: str, tmp_path: Path
) -> None:
    base = tmp_path / "base.toml"
    if problem == "faulty":
        base.write_text("[meta]\nformat = 1\n")
    assert set(bash(f"relations --facts {base} {typed}")) == choices
