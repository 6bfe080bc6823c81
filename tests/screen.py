"""The command under test on a pseudo-terminal, with surroundings of the test's choice."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.conftest import SMALL, Run

RELATIONS = [sys.executable, "-m", "kyrgyz_relations"]


class Screen:
    """A command on a pseudo-terminal, in a process group of its own."""

    def __init__(self, words: tuple[str, ...], environment: dict[str, str], rows: int) -> None:
        pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
        from fcntl import ioctl
        from struct import pack
        from termios import TIOCSWINSZ

        self.main, worker = pty.openpty()
        ioctl(worker, TIOCSWINSZ, pack("HHHH", rows, 100, 0, 0))
        self.process = subprocess.Popen(
            [*RELATIONS, "--facts", str(SMALL), *words],
            stdin=worker,
            stdout=worker,
            stderr=worker,
            env={**os.environ, "TERM": "xterm", **environment},
            start_new_session=True,
        )
        os.close(worker)
        self.drawn = b""

    def read(self, until: bytes | None = None) -> str:
        while until is None or until not in self.drawn:
            try:
                chunk = os.read(self.main, 65536)
            except OSError:
                break
            if not chunk:
                break
            self.drawn += chunk
        return self.drawn.decode("utf-8", "backslashreplace").replace("\r\n", "\n")


@contextmanager
def on_a_screen(*words: str, rows: int = 500, env: dict[str, str] | None = None) -> Iterator[Screen]:
    screen = Screen(words, env or {}, rows)
    try:
        yield screen
        screen.process.wait(60)
    finally:
        screen.process.kill()
        screen.process.wait()
        os.close(screen.main)


def drawn(*words: str, rows: int = 500, env: dict[str, str] | None = None) -> Run:
    with on_a_screen(*words, rows=rows, env=env) as screen:
        out = screen.read()
    return Run(screen.process.returncode, out, "")
