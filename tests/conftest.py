"""The command under test, run in this process as people and scripts run it."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest
from hypothesis import settings

from kyrgyz_relations.__main__ import answer
from kyrgyz_relations.factbase import index
from kyrgyz_relations.factbase.search import Search

ROOT = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "small.toml"

settings.register_profile("relations", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("relations")


class Run(NamedTuple):
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


class Terminal(io.TextIOWrapper):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def run(*words: str, small: bool = False, columns: int = 0) -> Run:
    """Run the command in a pipe, or where `columns` are given on a terminal as wide as that."""
    kind = Terminal if columns else io.TextIOWrapper
    out, err = (kind(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    wide = {"COLUMNS": str(columns)} if columns else {}
    with patch.dict(os.environ, wide), redirect_stdout(out), redirect_stderr(err):
        status = answer([*words, *(("--facts", str(SMALL)) if small else ())])
    texts = [stream.buffer.getvalue().decode() for stream in (out, err)]  # type: ignore[attr-defined]  # they are BytesIO
    return Run(status, *texts)


def each(*rows: tuple[str, str]) -> list[tuple[str, str]]:
    """Give each of the ways, which have semicolons between, to ask for what stands beside them."""
    return [(way, asked) for ways, asked in rows for way in ways.split("; ")]


@pytest.fixture(scope="session", autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Run all tests with a cache of their own, and with nothing set that changes what is printed."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTEST_XDIST_WORKER", "CI", "TMPDIR") if name in os.environ}
    home = tmp_path_factory.mktemp("home")
    kept |= {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "LANG": "C.UTF-8", "TERM": "dumb"}
    # A busy machine shows no progress.
    with patch.dict(os.environ, kept, clear=True), patch("kyrgyz_relations.factbase.progress._PATIENCE", 1000):
        yield


@pytest.fixture
def relations() -> Command:
    return run


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A copy of the small fact base, to be changed."""
    path = tmp_path / "base.toml"
    path.write_text(SMALL.read_text(encoding="utf-8"), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def small(surroundings: None) -> Search:  # noqa: ARG001  # the cache comes first
    """The small fact base, opened for lookups."""
    return Search(index.connect([str(SMALL)]))


@pytest.fixture(scope="session")
def whole(surroundings: None) -> Search:  # noqa: ARG001  # as above
    """The built-in fact base."""
    return Search(index.connect(index.files(None)))


@pytest.fixture
def cold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache; here is where the command keeps its files."""
    if sys.platform != "linux":
        pytest.skip("elsewhere the cache has another place")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "relations"
