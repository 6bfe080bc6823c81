"""The command under test, run as people and scripts run it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from kyrgyz_relations.cli import app_for
from kyrgyz_relations.commands import COMMANDS

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "small.toml"
# The app with all commands; a run makes one with just those that it needs.
APP = app_for(COMMANDS)

settings.register_profile("relations", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("relations")


@dataclass(frozen=True)
class Run:
    """What a run of the command did."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def ids(self) -> list[str]:
        return [line.rsplit("\t", 1)[1] for line in self.lines]


Command = Callable[..., Run]


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def relations(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run the command in a pipe; with `small=True` on the small fact base."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PAGER", "LESS"):
        monkeypatch.delenv(name, raising=False)

    def run(*words: str, small: bool = False, columns: int = 80, env: dict[str, str] | None = None) -> Run:
        facts = ("--facts", str(SMALL)) if small else ()
        done = subprocess.run(
            [sys.executable, "-m", "kyrgyz_relations", *facts, *words],
            capture_output=True,
            check=False,
            encoding="utf-8",
            env={**os.environ, "COLUMNS": str(columns), **(env or {})},
        )
        return Run(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "base.toml"
    path.write_text(SMALL.read_text(encoding="utf-8"), encoding="utf-8")
    return path


@pytest.fixture
def cold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache; here is where the command keeps its files."""
    if sys.platform != "linux":
        pytest.skip("elsewhere the cache has another place")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "relations"


@pytest.fixture
def terminal(relations: Command) -> Callable[..., str]:
    """Run the command on a terminal; what it drew comes back with all its escape sequences."""
    del relations
    return on_terminal


def on_terminal(
    *words: str, columns: int = 80, rows: int = 500, facts: Path | None = SMALL, pager: str = "/bin/sed s/^/>/"
) -> str:
    pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
    from fcntl import ioctl
    from struct import pack
    from termios import TIOCSWINSZ

    main, worker = pty.openpty()
    ioctl(worker, TIOCSWINSZ, pack("HHHH", rows, columns, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color", "PAGER": pager, "FORCE_HYPERLINK": "1"}
    option = ["--facts", str(facts)] if facts else []
    with subprocess.Popen(
        [sys.executable, "-m", "kyrgyz_relations", *option, *words],
        stdin=worker,
        stdout=worker,
        stderr=worker,
        env=environment,
    ):
        os.close(worker)
        drawn = b"".join(_chunks(main))
    os.close(main)
    return drawn.decode().replace("\r\n", "\n")


def _chunks(descriptor: int) -> Iterator[bytes]:
    while True:
        try:
            chunk = os.read(descriptor, 65536)
        except OSError:
            return
        if not chunk:
            return
        yield chunk
