import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from kyrgyz_relations.factbase import cache

DIGEST = "0123456789abcdef" * 2
OTHER_DIGEST = "fedcba9876543210" * 2
REST = 4_000_000_000

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere platformdirs is asked")
on_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows tells neither owners nor times of change")


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fact base, written just now; the cache is empty."""
    monkeypatch.setattr(cache, "directory", lambda: str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    path = tmp_path / "facts.toml"
    path.write_bytes(b"one")
    return path


@pytest.fixture
def folder(base: Path) -> Path:
    """The cache's folder."""
    return base.with_name("cache")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the clock tell a time that is some nanoseconds after a file's last change."""
    now = time.time_ns

    def set_clock(ahead: int) -> None:
        monkeypatch.setattr(time, "time_ns", lambda: now() + ahead)

    return set_clock


@pytest.fixture
def noted(base: Path, later: Callable[[int], None]) -> cache.Stamp:
    """A stamp of the fact base, noted when that was at rest."""
    later(REST)
    stamp = cache.Stamp([str(base)], "1")
    stamp.note(cache.looks(str(base)), DIGEST)
    return stamp


def rewrite(path: Path, data: bytes) -> None:
    """Write other bytes and put the time of the edit back to what it was."""
    before = path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:
        path.write_bytes(data)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@on_linux
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"XDG_CACHE_HOME": "/x/cache", "HOME": "/home/a"}, "/x/cache/relations"),
        ({"XDG_CACHE_HOME": "", "HOME": "/home/a"}, "/home/a/.cache/relations"),
        ({"HOME": "/home/a"}, "/home/a/.cache/relations"),
    ],
)
def test_the_folder_is_the_one_that_platformdirs_gives(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cache.directory() == expected == platformdirs.user_cache_dir("relations", appauthor=False)


@on_linux
def test_a_relative_folder_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "cache")
    monkeypatch.setenv("HOME", "/home/a")
    assert cache.directory() == "/home/a/.cache/relations"
    monkeypatch.setenv("HOME", "a")
    assert cache.directory() == ""


def test_a_fact_base_at_rest_leads_to_its_index(noted: cache.Stamp, base: Path, folder: Path) -> None:
    (index,) = {noted.index_at_rest(), noted.index(DIGEST), cache.Stamp([str(base)], "1").index_at_rest()}
    assert index.startswith(str(folder))
    assert index.endswith(f"-1-{DIGEST}.db")


@pytest.mark.usefixtures("folder")
def test_a_fact_base_that_was_never_read_leads_to_none(base: Path) -> None:
    assert cache.Stamp([str(base)], "1").index_at_rest() == ""


def test_indexes_of_another_format_are_not_used(noted: cache.Stamp, base: Path) -> None:
    assert noted.index_at_rest()
    assert cache.Stamp([str(base)], "2").index_at_rest() == ""


def test_each_fact_base_has_a_stamp_of_its_own_that_tells_its_path(
    base: Path, folder: Path, later: Callable[[int], None]
) -> None:
    later(REST)
    twin = base.with_name("twin.toml")
    os.link(base, twin)
    stamp, twin_stamp = cache.Stamp([str(base)], "1"), cache.Stamp([str(twin)], "1")
    stamp.note(cache.looks(str(base)), DIGEST)
    (file,) = folder.iterdir()
    twin_stamp.note(cache.looks(str(twin)), OTHER_DIGEST)
    assert (stamp.index_at_rest(), twin_stamp.index_at_rest()) == (stamp.index(DIGEST), twin_stamp.index(OTHER_DIGEST))
    (twin_file,) = {*folder.iterdir()} - {file}
    file.replace(twin_file)
    assert twin_stamp.index_at_rest() == ""


@pytest.mark.parametrize(("ahead", "trusted"), [(-3600, False), (0, False), (2.5, False), (3.5, True)])
def test_looks_are_trusted_only_of_a_file_at_rest_for_three_seconds(
    base: Path, later: Callable[[int], None], ahead: float, *, trusted: bool
) -> None:
    later(int(ahead * 1e9))
    stamp = cache.Stamp([str(base)], "1")
    stamp.note(cache.looks(str(base)), DIGEST)
    assert bool(stamp.index_at_rest()) == trusted


@on_posix
def test_an_old_time_of_edit_does_not_make_a_new_file_trusted(base: Path) -> None:
    os.utime(base, (0, 0))
    stamp = cache.Stamp([str(base)], "1")
    stamp.note(cache.looks(str(base)), DIGEST)
    assert stamp.index_at_rest() == ""


@on_posix
def test_an_edit_is_noticed_though_size_and_time_are_the_same(noted: cache.Stamp, base: Path) -> None:
    before = base.stat()
    rewrite(base, b"two")
    after = base.stat()
    assert (before.st_size, before.st_mtime_ns, before.st_ino) == (after.st_size, after.st_mtime_ns, after.st_ino)
    assert noted.index_at_rest() == ""


def test_another_file_in_its_place_is_noticed(noted: cache.Stamp, base: Path) -> None:
    other = base.with_name("other")
    other.write_bytes(b"two")
    os.utime(other, ns=(base.stat().st_atime_ns, base.stat().st_mtime_ns))
    other.replace(base)
    assert noted.index_at_rest() == ""


@on_posix
def test_a_stamp_of_somebody_else_is_not_trusted(noted: cache.Stamp, monkeypatch: pytest.MonkeyPatch) -> None:
    assert noted.index_at_rest()
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    assert noted.index_at_rest() == ""


@on_posix
def test_only_files_of_the_user_are_ours(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache.is_ours(str(base))
    assert not cache.is_ours(str(base.with_name("missing")))
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    assert not cache.is_ours(str(base))


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"one\ntwo", b"one\ntwo\nthree\nfour"])
def test_a_damaged_stamp_is_passed_over_and_replaced(noted: cache.Stamp, base: Path, folder: Path, data: bytes) -> None:
    (stamp,) = folder.iterdir()
    stamp.write_bytes(data)
    assert noted.index_at_rest() == ""
    noted.note(cache.looks(str(base)), DIGEST)
    assert noted.index_at_rest() == noted.index(DIGEST)


def test_the_index_of_what_was_there_before_is_removed(noted: cache.Stamp, base: Path) -> None:
    old, new = Path(noted.index(DIGEST)), Path(noted.index(OTHER_DIGEST))
    old.touch()
    new.touch()
    noted.note(cache.looks(str(base)), DIGEST)
    assert old.exists()
    base.write_bytes(b"another")
    noted.note(cache.looks(str(base)), OTHER_DIGEST)
    assert (old.exists(), new.exists()) == (False, True)
    assert noted.index_at_rest() == str(new)


@pytest.mark.parametrize("in_the_way", [True, False])
def test_a_cache_that_cannot_be_written_is_told(
    base: Path, folder: Path, later: Callable[[int], None], *, in_the_way: bool
) -> None:
    later(REST)
    folder.rmdir()
    if in_the_way:
        folder.write_bytes(b"a file")
    with pytest.raises(OSError, match="stamp"):
        cache.Stamp([str(base)], "1").note(cache.looks(str(base)), DIGEST)


def test_without_a_cache_nothing_is_kept(
    base: Path, folder: Path, later: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "directory", lambda: "")
    later(REST)
    stamp = cache.Stamp([str(base)], "1")
    stamp.note(cache.looks(str(base)), DIGEST)
    assert (stamp.index_at_rest(), stamp.index(DIGEST)) == ("", "")
    assert not [*folder.iterdir()]


@on_linux
def test_a_fact_base_may_have_a_name_that_is_not_utf_8(base: Path, later: Callable[[int], None]) -> None:
    later(REST)
    odd = os.fsdecode(os.fsencode(base) + b"\xff")
    base.rename(odd)
    stamp = cache.Stamp([odd], "1")
    stamp.note(cache.looks(odd), DIGEST)
    assert stamp.index_at_rest() == stamp.index(DIGEST)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "target"
    cache.replace(str(target), b"one")
    cache.replace(str(target), b"two")
    assert target.read_bytes() == b"two"
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        cache.replace(str(tmp_path / "folder"), b"three")
    assert {path.name for path in tmp_path.iterdir()} == {"target", "folder"}


def test_a_temporary_file_that_goes_meanwhile_is_none_to_sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, gone = tmp_path / "old.tmp", tmp_path / "gone.tmp"
    for path in (old, gone):
        path.touch()
        os.utime(path, (0, 0))
    listed = [*os.scandir(tmp_path)]
    gone.unlink()
    monkeypatch.setattr(os, "scandir", lambda _: iter(listed))
    cache.sweep(str(tmp_path))
    assert [*tmp_path.iterdir()] == []
