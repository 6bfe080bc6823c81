"""How the command ends: by Ctrl-C, and where what it reads from or writes to is closed, full or gone."""

import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kyrgyz_relations.commands import FAULT, FOUND
from tests.conftest import ROOT, Run
from tests.screen import RELATIONS, drawn, on_a_screen

pytestmark = pytest.mark.usefixtures("relations")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in the file system")
@pytest.mark.parametrize("words", [[], ["china"], ["china", "--json"], ["fact", "us-base"]])
def test_an_interruption_ends_it_quietly(words: list[str], tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    subprocess.run([*RELATIONS, "china"], stdout=subprocess.DEVNULL, check=True, env=environment)
    (stamp,) = (tmp_path / "relations").glob("*.stamp")
    stamp.unlink()
    os.mkfifo(stamp)
    with subprocess.Popen(
        [*RELATIONS, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        # It opens the pipe to read it, and then waits for what never comes.
        writer = os.open(stamp, os.O_WRONLY)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        os.close(writer)
    assert (process.returncode, out, err) == (130, b"", b"")


def test_an_interruption_ends_a_long_answer_quietly() -> None:
    with subprocess.Popen([*RELATIONS, "1900.."], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        # More than a pipe holds is still to come, so it waits for a reader.
        assert process.stdout.read(1)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, b"")


@pytest.mark.parametrize(
    ("pager", "keys", "status", "last"),
    [
        ("cat > /dev/null; echo READY; exec sleep 60", "", 130, "READY"),
        ("trap '' INT; cat > /dev/null; echo READY; read -r line <&2; echo ended by $line", "q\n", FOUND, "ended by q"),
    ],
)
def test_an_interruption_is_the_pagers_as_long_as_it_runs(pager: str, keys: str, status: int, last: str) -> None:
    with on_a_screen("china", rows=3, env={"PAGER": f"sh -c {shlex.quote(pager)}"}) as screen:
        screen.read(until=b"READY")
        os.killpg(screen.process.pid, signal.SIGINT)
        os.write(screen.main, keys.encode())
        seen = screen.read()
    assert (screen.process.returncode, seen.splitlines()[-1]) == (status, last)
    assert "Traceback" not in seen


def test_an_interruption_loses_nothing_of_what_the_pager_has_still_to_read() -> None:
    everything = ("1991..", "--facts", str(ROOT / "facts.toml"))
    pager = "trap '' INT; echo READY; read -r line <&2; tail -n 1"
    with on_a_screen(*everything, rows=3, env={"PAGER": f"sh -c {shlex.quote(pager)}"}) as screen:
        screen.read(until=b"READY")
        os.killpg(screen.process.pid, signal.SIGINT)
        os.write(screen.main, b"q\n")
        seen = screen.read()
    assert seen.splitlines()[-1] == drawn(*everything, rows=60000).out.splitlines()[-1]
    assert screen.process.returncode == FOUND


def shell(line: str) -> Run:
    words = line.replace("relations", shlex.join(RELATIONS))
    done = subprocess.run(["/bin/sh", "-c", words], capture_output=True, check=False, encoding="utf-8")
    return Run(done.returncode, done.stdout, done.stderr)


WRITERS = ["relations china", "relations china --json", "relations china --format table", "relations find --help"]
needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")


@needs_full
@pytest.mark.parametrize("command", [*WRITERS, "relations --version", "relations china --format svg"])
def test_a_full_disk_is_told_of(command: str) -> None:
    run = shell(f"{command} > /dev/full")
    assert run.status == FAULT
    assert (run.lines, len(run.err.splitlines())) == ([], 1)
    assert "No space left on device" in run.err


@needs_full
@pytest.mark.parametrize("command", ["relations --facts /nowhere", "relations --bad"])
@pytest.mark.parametrize("where", ["2> /dev/full", "2>&-", ">&- 2>&- <&-"])
def test_a_fault_is_one_also_where_it_cannot_be_told(command: str, where: str) -> None:
    assert shell(f"{command} {where}") == Run(FAULT, "", "")


@pytest.mark.parametrize("command", WRITERS)
def test_closed_streams_are_done_without(command: str) -> None:
    assert shell(f"{command} <&- 2>&-") == shell(command)
    for closed in (">&-", ">&- 2>&- <&-"):
        run = shell(f"{command} {closed}")
        assert run.status in (FOUND, FAULT)
        assert (run.out, "Traceback" in run.err) == ("", False)


@pytest.mark.parametrize("command", [*WRITERS, "relations --help"])
def test_a_reader_of_one_line_gets_it_quietly(command: str) -> None:
    first = shell(command).out.partition("\n")[0]
    assert shell(f"{command} | head -1") == Run(0, first + "\n", "")
