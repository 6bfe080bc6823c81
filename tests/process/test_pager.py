"""What is longer than the screen goes through a pager."""

import os
import signal

import pytest

from kyrgyz_relations.errors import FOUND, INTERRUPTED
from tests.process.running import on_a_screen

# The title, and the text of the last fact.
FIRST, LAST = "China", "joint communiqué."
PREFIX = "sed 's/^/> /'"


def seen(*words: str, rows: int = 10, environment: dict[str, str]) -> str:
    with on_a_screen(*words, rows=rows, **environment) as screen:
        drawn = screen.read()
    assert screen.process.returncode == FOUND
    return drawn


@pytest.mark.parametrize("pager", [PREFIX, f"cat | {PREFIX}", f"if true; then {PREFIX}; fi"])
def test_the_pager_is_a_shell_command(pager: str) -> None:
    lines = seen("china", environment={"PAGER": pager}).splitlines()
    assert len(lines) > 10
    assert [line for line in lines if not line.startswith("> ")] == []


@pytest.mark.parametrize(("rows", "environment"), [
    (500, {"PAGER": PREFIX}), (10, {"PAGER": PREFIX, "TERM": "dumb"}), (10, {"PAGER": ""}), (10, {"PAGER": "cat"}),
    (10, {"PAGER": "false"}), (10, {"PAGER": "/nowhere/pager"}), (10, {"PAGER": "exit 3"}),
])  # fmt: skip
def test_the_whole_text_is_shown_once_also_without_a_pager_that_works(rows: int, environment: dict[str, str]) -> None:
    drawn = seen("china", rows=rows, environment=environment)
    assert "> " not in drawn.replace("\x1b", "")
    assert (drawn.count(LAST), FIRST in drawn) == (1, True)


@pytest.mark.parametrize(("environment", "options"), [({}, "FRX"), ({"LESS": "-iM"}, "-R -iM")])
def test_less_quits_on_one_screen_unless_its_options_are_set(environment: dict[str, str], options: str) -> None:
    pager = {"PAGER": 'cat > /dev/null; echo "LESS is $LESS"'}
    assert seen("china", environment=pager | environment) == f"LESS is {options}\n"


def test_a_pager_may_stop_reading() -> None:
    assert len(seen("china", environment={"PAGER": "head -n 1"}).splitlines()) == 1


@pytest.mark.parametrize("words", [["china", "--json"], ["china", "--format", "tsv"]])
def test_formats_for_programs_are_not_paged(words: list[str]) -> None:
    assert "> " not in seen(*words, rows=1, environment={"PAGER": PREFIX})


@pytest.mark.parametrize(("pager", "keys", "status", "last"), [
    ("cat > /dev/null; echo READY; exec sleep 60", "", INTERRUPTED, "READY"),
    ("trap '' INT; cat > /dev/null; echo READY; read -r line <&2; echo ended by $line", "q\n", FOUND, "ended by q"),
    # Nothing is lost of what it has still to read.
    (f"trap '' INT; echo READY; read -r line <&2; grep -o '{LAST}'", "q\n", FOUND, LAST),
])  # fmt: skip
def test_an_interruption_is_the_pagers_as_long_as_it_runs(pager: str, keys: str, status: int, last: str) -> None:
    with on_a_screen("china", rows=3, PAGER=pager) as screen:
        screen.read(until="READY")
        os.killpg(screen.process.pid, signal.SIGINT)
        screen.type(keys)
        drawn = screen.read()
    assert (screen.process.returncode, drawn.splitlines()[-1]) == (status, last)
    assert "Traceback" not in drawn
