"""The command in a process of its own, from any folder."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.conftest import ROOT, SMALL, Run

START = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
sys.argv[0] = "relations"
from kyrgyz_relations.__main__ import main
main()
"""
RELATIONS = [sys.executable, "-c", START]
# Prints what the command does, and on stderr its status and what it loaded to do so.
WHAT_WAS_LOADED = """
import sys
before = set(sys.modules)
root, where, *words = sys.argv[1:]
sys.path.insert(0, root)
sys.stdout.isatty = lambda: where == "terminal"
from kyrgyz_relations.__main__ import answer
status = answer(words)
print(status, *sorted({name.partition(".")[0] for name in set(sys.modules) - before}), file=sys.stderr)
"""
# A bound against hanging, not a measure.
PATIENCE = 60


def put_program_into(folder: Path) -> Path:
    """Make a program that shells find."""
    folder.mkdir(exist_ok=True)
    program = folder / "relations"
    program.write_text(f'#!/bin/sh\nexec {shlex.join(RELATIONS)} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


def bare(home: Path, *variables: str) -> list[str]:
    """Begin a command with nothing else in its environment: no locale, no PYTHONUNBUFFERED, as a service has it."""
    return ["env", "-i", f"PATH={os.environ['PATH']}", f"HOME={home}", *variables]


def run(command: list[str], cwd: Path | None = None, /, **environment: str) -> Run:
    """Run a command to its end, with more in its environment."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, check=False, encoding="utf-8", timeout=PATIENCE,
        cwd=cwd, env={**os.environ, **environment},
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr)


class Screen:
    """The command on a pseudo-terminal, in a process group of its own."""

    def __init__(self, words: tuple[str, ...], rows: int, environment: dict[str, str]) -> None:
        pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
        from fcntl import ioctl
        from struct import pack
        from termios import TIOCSWINSZ

        self.main, worker = pty.openpty()
        ioctl(worker, TIOCSWINSZ, pack("HHHH", rows, 100, 0, 0))
        self.process = subprocess.Popen(
            [*RELATIONS, *words, "--facts", str(SMALL)], stdin=worker, stdout=worker, stderr=worker,
            env={**os.environ, "TERM": "xterm", **environment}, start_new_session=True,
        )  # fmt: skip
        os.close(worker)
        self._drawn = b""

    def read(self, until: str | None = None) -> str:
        """Give all that was drawn, as far as some text, or to the end."""
        with suppress(OSError):
            while (until is None or until.encode() not in self._drawn) and (chunk := os.read(self.main, 65536)):
                self._drawn += chunk
        return self._drawn.decode("utf-8", "backslashreplace").replace("\r\n", "\n")

    def type(self, keys: str) -> None:
        os.write(self.main, keys.encode())


@contextmanager
def on_a_screen(*words: str, rows: int = 500, **environment: str) -> Iterator[Screen]:
    screen = Screen(words, rows, environment)
    try:
        yield screen
        screen.process.wait(PATIENCE)
    finally:
        screen.process.kill()
        screen.process.wait()
        os.close(screen.main)
