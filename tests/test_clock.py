"""Wherever the home is and whatever the clock says, an index is that of the fact base as it is now."""

import os
import time
from pathlib import Path

import pytest

from kyrgyz_relations.factbase import cache
from tests.test_faults import BASE, DAY, IDS, files, ids, linux, title

pytestmark = pytest.mark.usefixtures("relations")


@linux
def test_without_a_home_in_the_environment_the_answer_is_the_same(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.delenv("HOME", raising=False)
    home = Path(cache.directory() or "/nowhere")
    before = files(home)
    try:
        assert [ids(base), ids(base)] == [IDS, IDS]
    finally:
        # The system's list of users may tell a home.
        for path in {*files(home)} - {*before}:
            path.unlink()


@linux
@pytest.mark.parametrize("place", ["cache", "./cache", "../cache", ".", "~/cache"])
def test_a_cache_with_a_relative_name_is_not_made(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("XDG_CACHE_HOME", place)
    for home in ("home", str(tmp_path / "home")):
        monkeypatch.setenv("HOME", home)
        assert ids(base) == IDS
        assert files(tmp_path / "here") == []
        assert not (tmp_path / "cache").exists()
    assert len(files(tmp_path / "home" / ".cache" / "relations", ".db")) == 1


@pytest.mark.parametrize("ahead", [-80 * 365 * DAY, -DAY, -1, 0, 60, 80 * 365 * DAY])
def test_an_edit_is_seen_whatever_the_clock_said_at_it(base: Path, cold: Path, ahead: int) -> None:
    when = time.time() + ahead
    for name in ("Testland", "Restland", "Nestland", "Testland"):
        base.write_text(BASE.replace("Testland", name), encoding="utf-8")
        os.utime(base, (when, when))
        assert [title(base), title(base)] == [name, name]
        # The cache's own files may come from a clock that was set back since.
        for path in files(cold):
            os.utime(path, (when, when))
        assert title(base) == name
    assert len(files(cold, ".db")) == 1


def test_another_base_of_the_same_looks_in_its_place_is_seen(base: Path, cold: Path) -> None:
    other = base.with_name("other.toml")
    other.write_text(BASE.replace("Testland", "Restland"), encoding="utf-8")
    for path in (base, other):
        os.utime(path, (DAY, DAY))
    assert title(base) == "Testland"
    other.replace(base)
    assert [title(base), title(base)] == ["Restland", "Restland"]
    assert len(files(cold, ".db")) == 1
