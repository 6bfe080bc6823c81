"""How the command ends where a stream is closed, full or gone, or somebody interrupts it, with an empty environment."""

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kyrgyz_relations.errors import FAULT, FOUND, INTERRUPTED, NOTHING
from tests.conftest import SMALL, Run
from tests.process.running import PATIENCE, RELATIONS, START, bare, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other shells and signals")
needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")

LOOKUP = "relations china --facts BASE"
ANSWERS = [
    LOOKUP, f"{LOOKUP} --json", f"{LOOKUP} --format table", "relations find --help", "relations --help",
    "relations --version",
]  # fmt: skip
INTERRUPTED_WHILE_IT_WRITES = """
import kyrgyz_relations.__main__ as entry
def answer(arguments):
    sys.stdout.write("left")
    raise KeyboardInterrupt
entry.answer = answer
entry.main()
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def shell(line: str, home: Path) -> Run:
    words = line.replace("relations", shlex.join(RELATIONS)).replace("BASE", shlex.quote(str(SMALL)))
    return run([*bare(home), "/bin/sh", "-c", words])


@needs_full
@pytest.mark.parametrize("command", [*ANSWERS, f"{LOOKUP} --format svg", "relations schema"])
def test_a_full_disk_is_said_in_one_line(command: str, home: Path) -> None:
    done = shell(f"{command} > /dev/full", home)
    assert done == Run(FAULT, "", "relations: standard output cannot be written: No space left on device\n")


@pytest.mark.parametrize(
    ("command", "status"),
    [("relations --facts /nowhere", FAULT), ("relations --bad", FAULT), ("relations xyz", NOTHING)],
)
@pytest.mark.parametrize("where", [pytest.param("2> /dev/full", marks=needs_full), "2>&-", ">&- 2>&- <&-"])
def test_the_status_stands_where_a_message_cannot_be_written(command: str, status: int, where: str, home: Path) -> None:
    done = shell(f"{command} {where}", home)
    assert done == Run(FAULT if ">&- 2" in where else status, "", "")


@pytest.mark.parametrize("command", ANSWERS)
def test_a_closed_standard_output_is_a_fault_and_other_streams_are_done_without(command: str, home: Path) -> None:
    closed, whole = shell(f"{command} >&-", home), shell(command, home)
    assert (closed.status, closed.out, len(closed.err.splitlines())) == (FAULT, "", 1)
    assert closed.err.startswith("relations: standard output ")
    assert (whole.status, whole.err) == (FOUND, "")
    assert shell(f"{command} <&- 2>&-", home) == whole


@pytest.mark.parametrize("command", [*ANSWERS, "relations --all", "relations --all --json"])
@pytest.mark.parametrize("reader", ["head -c0", "head -n1", "true"])
def test_a_reader_that_has_enough_ends_it_quietly(command: str, reader: str, home: Path) -> None:
    done = shell(f"{{ {command}; echo $? >&2; }} | {reader}", home)
    assert done.err == f"{FOUND}\n"


@pytest.mark.parametrize("words", [["--all"], ["--all", "--json"]])
def test_an_interruption_ends_a_long_answer_quietly(words: list[str], home: Path) -> None:
    command = [*bare(home), *RELATIONS, *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        # More than a pipe holds is still to come, so it waits for a reader.
        assert process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (INTERRUPTED, b"")


@needs_full
def test_an_interruption_is_quiet_also_where_what_is_left_cannot_be_written(home: Path) -> None:
    code = START.replace("main()", "") + INTERRUPTED_WHILE_IT_WRITES
    command = ["/bin/sh", "-c", f"{shlex.join([sys.executable, '-c', code])} > /dev/full"]
    assert run([*bare(home), *command]) == (INTERRUPTED, "", "")


@pytest.mark.parametrize("variables", [[], ["PYTHONIOENCODING=latin-1"], ["LC_ALL=C", "PYTHONUTF8=0"]])
def test_a_pipe_gets_utf_8_whatever_the_locale(variables: list[str], home: Path) -> None:
    command = [*RELATIONS, "partners", "кытай", "--fields", "name_ky", "--facts", str(SMALL)]
    assert run([*bare(home, *variables), *command]) == (FOUND, "Кытай\n", "")
