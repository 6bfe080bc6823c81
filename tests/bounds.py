"""The command under test in bounded time and memory, and what none of its runs may print."""

import re
import subprocess
import sys
from pathlib import Path
from unicodedata import category

import pytest
from typer.testing import CliRunner

from kyrgyz_relations.commands import FAULT, FOUND, NOTHING
from tests.conftest import APP, Run

needs_bounds = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process's memory is not so bounded")
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")

# Bounds against hanging, not measures: what is asked here takes three seconds of work at most.
PATIENCE = 60
WORK = 12
# Runs the command in as much memory as the first argument tells, in MiB, and for as long as the second does.
BOUNDED = """
import resource, runpy, sys
memory, work = int(sys.argv.pop(1)) << 20, int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (work, work))
runpy.run_module("kyrgyz_relations", run_name="__main__")
"""
# The two joiners of Persian do nothing to a terminal.
HARMLESS = "\n\t\u200c\u200d"
ESCAPES = re.compile("\x1b(?:\\[[0-9;]*m|]8;[^;\x1b\x07]*;[^\x1b\x07]*\x1b\\\\)")


def driving(text: str) -> set[str]:
    """Find what could drive a terminal, or make a line look like another."""
    return {letter for letter in set(text) if category(letter) in ("Cc", "Cf", "Cs") and letter not in HARMLESS}


def calm(run: Run) -> Run:
    assert run.status in (FOUND, NOTHING, FAULT)
    assert "Traceback" not in run.err
    assert driving(run.out + run.err) == set()
    return run


def bounded(*words: str, memory: int = 640) -> Run:
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED, str(memory), str(WORK), *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    return calm(Run(done.returncode, done.stdout.decode(), done.stderr.decode()))


def here(*words: str) -> Run:
    """Run the command in this process, which is quicker."""
    done = CliRunner().invoke(APP, [*words], env={"FORCE_HYPERLINK": "1"})
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return calm(Run(done.exit_code, ESCAPES.sub("", done.stdout) if "always" in words else done.stdout, done.stderr))


def assert_refused(run: Run, path: Path | str, line: int | None = None) -> None:
    """See that it was a fault, told a problem a line: `FILE:LINE: …`, or `FILE: …` where all of it is at fault."""
    assert (run.status, run.out) == (FAULT, "")
    first, *others = run.err.removesuffix("\n").split("\n")
    told = re.compile(re.escape(str(path)) + r"(?::(\d+))?: .")
    match = told.match(first)
    assert match, first[:300]
    assert line is None or match[1] == str(line), first[:300]
    assert [other[:300] for other in others if not told.match(other) and not other.startswith("relations: ")] == []
