import io
import sys
import time

import pytest

from kyrgyz_relations.factbase.progress import Building
from tests.conftest import Terminal


@pytest.mark.parametrize(
    ("size", "seconds", "looks", "shown"),
    [(10_000_000, 0, True, True), (1000, 2, True, True), (1000, 0.5, True, False), (10_000_000, 2, False, False)],
    ids=["a large file", "a slow machine", "a quick build", "nobody looks"],
)
def test_a_build_of_more_than_a_second_is_shown_where_somebody_looks(
    monkeypatch: pytest.MonkeyPatch, size: int, seconds: float, *, looks: bool, shown: bool
) -> None:
    monkeypatch.setattr("kyrgyz_relations.factbase.progress._PATIENCE", 1)
    screen = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", (Terminal if looks else io.TextIOWrapper)(screen, write_through=True))
    monkeypatch.setenv("TERM", "xterm")
    begun = time.monotonic()
    with Building(size) as building:
        with monkeypatch.context() as later:
            later.setattr(time, "monotonic", lambda: begun + seconds)
            building.step(0.5)
        building.step(1)
    assert (b"Indexing the fact base" in screen.getvalue()) == shown


def test_where_there_is_no_error_stream_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    with Building(10_000_000) as building:
        building.step(0.5)
