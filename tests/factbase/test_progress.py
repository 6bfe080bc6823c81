import io
import sys
import time

import pytest

from kyrgyz_relations.factbase.progress import Building

LARGE = 10_000_000


class Screen(io.StringIO):
    def __init__(self, *, terminal: bool = True) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def drawn(monkeypatch: pytest.MonkeyPatch, size: int, *, terminal: bool = True, seconds: float = 0) -> str:
    screen = Screen(terminal=terminal)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    began = time.monotonic()
    with Building(size) as building:
        monkeypatch.setattr(time, "monotonic", lambda: began + seconds)
        building.step(0.5)
        monkeypatch.undo()
        monkeypatch.setattr(sys, "stderr", screen)
    return screen.getvalue()


def test_a_large_fact_base_shows_at_once_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Indexing the fact base" in drawn(monkeypatch, LARGE)


def test_what_lasts_more_than_a_second_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Indexing the fact base" in drawn(monkeypatch, 1000, seconds=2)


def test_what_is_quick_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, 1000, seconds=0.5) == ""


def test_where_nobody_looks_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn(monkeypatch, LARGE, terminal=False) == ""
