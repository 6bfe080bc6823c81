"""Completion in real shells."""

import os
import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SMALL
from tests.process.running import put_program_into, run

# What a shell offers for a line with the cursor at its end, and what it says of each; bash says nothing.
Choices = dict[str, str]

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
FISH = "echo $SCRIPT | source; complete -C $LINE"
ON_A_TERMINAL = "import pty, sys; pty.spawn(sys.argv[1:])"


@pytest.fixture(autouse=True)
def surroundings_of_a_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{put_program_into(tmp_path / 'programs')}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path))


def said(command: list[str], shell: str, **environment: str) -> list[str]:
    script = run(["relations"], _RELATIONS_COMPLETE=f"source_{shell}")
    done = run(command, SCRIPT=script.out, **environment)
    assert (script.err, done.err) == ("", "")
    return done.lines


def bash(program: str, line: str) -> Choices:
    words = [*shlex.split(line), *[""] * line.endswith(" ")]
    return dict.fromkeys(said([program, "--norc", "-c", BASH, "bash", *words], "bash"), "")


def fish(program: str, line: str) -> Choices:
    # However narrow the screen.
    rows = said([program, "--no-config", "-c", FISH], "fish", LINE=line, COLUMNS="30")
    return {choice: about for choice, _, about in (row.partition("\t") for row in rows)}


def zsh(program: str, line: str) -> Choices:
    Path("~/.zshrc").expanduser().write_text(ZSH)
    command = [sys.executable, "-c", ON_A_TERMINAL, program, "-d", "-i"]
    drawn = "\n".join(said(command, "zsh", LINE=line, TERM="dumb", ZDOTDIR=os.environ["HOME"]))
    _, *listed, _ = drawn.partition("\x02")[2].partition("\x03")[0].split("\n")
    sides = [row.partition(" -- ") for row in listed]
    return {choice: about.strip() for choices, _, about in sides for choice in choices.split()}


SHELLS: dict[str, Callable[[str, str], Choices]] = {"bash": bash, "zsh": zsh, "fish": fish}


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    return name if shutil.which(name) else pytest.skip(f"this system has no {name}")


def offered(shell: str, line: str, base: Path | str = SMALL) -> Choices:
    return SHELLS[shell](shutil.which(shell) or "", f"relations --facts {base} {line}")


@pytest.mark.parametrize(("typed", "choices"), [
    ("r", {"russia": "Russia", "rule-of-law": "Rule of law"}), ("china,neigh", {"china,neighbours": "Neighbours"}),
    ("china 2000", {"2000": "year"}), ("china --fields date,te", {"date,text": "what happened"}),
    ("--kind ag", {"agreement": "a document signed, ratified or in force"}),
])  # fmt: skip
def test_a_shell_offers_what_may_come_next(shell: str, typed: str, choices: Choices) -> None:
    assert offered(shell, typed) == (dict.fromkeys(choices, "") if shell == "bash" else choices)


def test_what_describes_a_choice_is_never_run(shell: str, tmp_path: Path) -> None:
    odd = r"""[bold]so[/bold] [/x] "it's" $HOME `touch {0}/a` $(touch {0}/b) \`touch {0}/c`"""
    odd += r""" \$(touch {0}/d) '$(touch {0}/e)'"""
    text = odd.format(tmp_path).replace("\\", "\\\\").replace('"', '\\"')
    base = tmp_path / "odd.toml"
    base.write_text(SMALL.read_text(encoding="utf-8").replace("[bold]politely[/bold]", text), encoding="utf-8")
    choices = offered(shell, "fact us-base-", base)
    assert {*choices} == {"us-base-closed"}
    assert "bold" in choices["us-base-closed"] or shell == "bash"
    assert [path.name for path in tmp_path.iterdir() if len(path.name) == 1] == []
