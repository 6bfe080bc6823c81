"""The index is shipped, or kept in the cache, or made in memory: the answer is that of the files as they are."""

import os
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path
from types import SimpleNamespace

import platformdirs
import pytest

from kyrgyz_relations.errors import FAULT, FOUND, FactBaseError
from kyrgyz_relations.factbase import index, load, tables
from tests.conftest import SMALL, Command

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the cache has another place")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows tells neither owners nor times of change")
NOTES = '[partners.bhutan]\naliases = ["Druk Yul"]\n'


@pytest.fixture
def at_rest(base: Path, cold: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fact base that counts as unchanged for long, and an empty cache."""
    del cold
    monkeypatch.setattr(index, "_REST_NS", -(10**18))
    return base


def asked(*paths: Path) -> str:
    """Ask a fact base for its subject."""
    with closing(index.connect([*map(str, paths)])) as database:
        return str(*database.execute("SELECT subject FROM meta").fetchone())


def renamed() -> bytes:
    """Give the small fact base with another subject that is as long as its own."""
    return SMALL.read_bytes().replace(b'subject = "Testland', b'subject = "Restland')


def kept(cold: Path) -> list[Path]:
    return sorted(cold.iterdir()) if cold.exists() else []


def fail(error: BaseException) -> Callable[..., None]:
    def failing(*_: object) -> None:
        raise error

    return failing


@posix
def test_an_index_is_made_once_and_is_the_users_alone(
    at_rest: Path, cold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asked(at_rest) == "Testland"
    (file,) = kept(cold)
    assert (cold.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    monkeypatch.setattr(index, "_build", None)
    assert asked(at_rest) == "Testland"


@posix
@pytest.mark.parametrize("end", ["", "\n"], ids=["of the same length and time", "of another length"])
def test_an_edit_is_noticed_and_the_old_index_goes(at_rest: Path, cold: Path, end: str) -> None:
    asked(at_rest)
    (old,) = kept(cold)
    before = at_rest.stat()
    while at_rest.stat().st_ctime_ns == before.st_ctime_ns:
        at_rest.write_bytes(renamed() + end.encode())
        os.utime(at_rest, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert asked(at_rest) == "Restland"
    (new,) = kept(cold)
    assert new != old


# An old time of edit does not make a new file trusted.
@posix
@pytest.mark.parametrize(("ahead", "trusted"), [(-3600, False), (0, False), (2.5, False), (3.5, True)])
def test_an_index_is_kept_only_of_files_that_had_not_changed_for_three_seconds(
    base: Path, cold: Path, monkeypatch: pytest.MonkeyPatch, ahead: float, *, trusted: bool
) -> None:
    os.utime(base, (0, 0))
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + int(ahead * 1e9))
    assert asked(base) == "Testland"
    assert bool(kept(cold)) == trusted


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    at_rest: Path, cold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = load.load
    monkeypatch.setattr(load, "load", lambda *given: at_rest.write_bytes(renamed()) and whole(*given))
    assert (asked(at_rest), kept(cold)) == ("Testland", [])


def test_each_set_of_files_has_an_index_of_its_own(at_rest: Path, cold: Path) -> None:
    twin, notes = at_rest.with_name("twin.toml"), at_rest.with_name("notes.toml")
    os.link(at_rest, twin)
    notes.write_text(NOTES, encoding="utf-8")
    for paths in 2 * ([at_rest], [twin], [at_rest, notes]):
        asked(*paths)
    assert len(kept(cold)) == 3


@posix
def test_the_folders_that_are_made_are_the_users_alone_whatever_the_umask(at_rest: Path, cold: Path) -> None:
    before = os.umask(0o002)
    try:
        asked(at_rest)
    finally:
        os.umask(before)
    assert [folder.stat().st_mode & 0o777 for folder in (cold.parent, cold)] == [0o700, 0o700]
    assert len(kept(cold)) == 1


def test_an_index_of_other_files_is_none_whatever_its_name(
    at_rest: Path, cold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = at_rest.with_name("theirs.toml")
    theirs.write_bytes(renamed())
    # A checksum that names steer to be the same.
    monkeypatch.setattr(index, "crc32", lambda _: 0)
    assert [asked(theirs), asked(at_rest), asked(theirs)] == ["Restland", "Testland", "Restland"]
    assert len(kept(cold)) == 1


@linux
@pytest.mark.parametrize("name", [b"base\xff.toml", b"a?b#c%41.toml"])
def test_a_fact_base_may_have_a_name_that_is_not_utf_8_or_looks_like_a_part_of_an_address(
    at_rest: Path, cold: Path, monkeypatch: pytest.MonkeyPatch, name: bytes
) -> None:
    (cold / "a?b#c%41").mkdir(parents=True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(cold / "a?b#c%41"))
    odd = at_rest.rename(os.fsdecode(os.fsencode(at_rest.parent) + b"/" + name))
    assert {asked(odd) for _ in range(2)} == {"Testland"}
    assert len(kept(cold / "a?b#c%41" / "relations")) == 1


def test_what_nobody_needs_goes_with_the_next_index_and_all_else_stays(at_rest: Path, cold: Path) -> None:
    def index_of(name: str) -> Path:
        path, before = at_rest.with_name(name), {*kept(cold)}
        path.write_bytes(at_rest.read_bytes())
        asked(path)
        (made,) = {*kept(cold)} - before
        return made

    other, gone = index_of("other.toml"), index_of("gone.toml")
    at_rest.with_name("gone.toml").unlink()
    left = [cold / f"{'0' * 16}.db", cold / f"{'0' * 16}.db.1-2.tmp", cold / f"{'1' * 16}.db"]
    staying = [cold / f"{'2' * 16}.db.1-2.tmp", cold / "facts.db", cold / "old.tmp", cold / "notes.txt"]
    for path in (*left, *staying):
        path.write_bytes(b"half")
    for path in (left[1], *staying[1:]):
        os.utime(path, (0, 0))
    left[2].write_bytes(other.read_bytes())
    of_another_version(left[2])
    asked(at_rest)
    assert {gone, *left} & {*kept(cold)} == set()
    assert {other, *staying} <= {*kept(cold)}
    assert len(kept(cold)) == len(staying) + 2


@linux
@pytest.mark.parametrize("cache", ["/x/cache", "", "cache"])
@pytest.mark.parametrize("home", ["/home/a", "a"])
def test_the_folder_is_the_one_that_platformdirs_gives_if_that_can_be(
    base: Path, monkeypatch: pytest.MonkeyPatch, cache: str, home: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", cache)
    monkeypatch.setenv("HOME", home)
    given = {"/x/cache": "/x/cache/relations"}.get(cache, "/home/a/.cache/relations" if home == "/home/a" else "")
    assert index.directory() == given
    assert cache == "cache" or not given or given == platformdirs.user_cache_dir("relations", appauthor=False)
    assert given or asked(base) == "Testland"


@linux
@pytest.mark.parametrize(
    "whose",
    [
        "writable by others",
        "a link",
        "a file",
        "below a file",
        "of somebody else",
        "in the home of somebody else",
        "where others can rename it",
    ],
)
def test_a_folder_that_is_not_the_users_own_is_neither_read_nor_written(
    at_rest: Path, cold: Path, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    made = {"a link": cold.with_name("theirs"), "a file": cold.parent, "below a file": cold.parent.parent}.get(
        whose, cold
    )
    made.mkdir(mode=0o700, parents=True, exist_ok=True)
    if whose == "writable by others":
        cold.chmod(0o770)
    elif whose == "a link":
        cold.symlink_to(made)
    elif whose == "in the home of somebody else":
        cold.rmdir()
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        looks = os.lstat
        monkeypatch.setattr(
            os, "lstat", lambda path: SimpleNamespace(st_uid=1000, st_gid=1000, st_mode=looks(path).st_mode)
        )
    elif whose == "where others can rename it":
        cold.parent.chmod(0o777)
    elif whose == "of somebody else":
        somebody = os.geteuid() + 1
        monkeypatch.setattr(os, "geteuid", lambda: somebody)
    else:
        (made / cold.relative_to(made).parts[0]).touch()
    assert asked(at_rest) == "Testland"
    assert [*cold.parent.rglob("*.*")] == []


@pytest.mark.parametrize(
    "error", [OSError("no space left"), sqlite3.OperationalError("disk is full"), KeyboardInterrupt()]
)
def test_an_index_that_cannot_be_written_is_made_in_memory_and_leaves_nothing(
    at_rest: Path, cold: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    monkeypatch.setattr(os, "replace", fail(error))
    with pytest.raises(KeyboardInterrupt) if isinstance(error, KeyboardInterrupt) else nullcontext():
        assert asked(at_rest) == "Testland"
    assert kept(cold) == []


def test_a_base_for_which_memory_does_not_suffice_is_told(at_rest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "load", fail(MemoryError()))
    with pytest.raises(FactBaseError, match="cannot be read: not enough memory"):
        asked(at_rest)


def of_another_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA application_id = {index.VERSION + 1}")


def damage(path: Path, how: str) -> None:
    whole = path.read_bytes()
    if how == "of another version":
        of_another_version(path)
    elif how in ("empty", "cut off"):
        path.write_bytes(b"" if how == "empty" else whole[:-5000])
    else:
        path.unlink()
    if how == "dangling":
        path.symlink_to("nowhere")
    if how == "a folder":
        path.mkdir()
    if how == "a pipe":
        os.mkfifo(path)


@posix
@pytest.mark.parametrize("how", ["empty", "cut off", "of another version", "dangling", "a folder", "a pipe"])
def test_what_is_no_index_is_replaced_by_one(at_rest: Path, cold: Path, how: str) -> None:
    asked(at_rest)
    (file,) = kept(cold)
    whole = file.stat().st_size
    damage(file, how)
    assert {asked(at_rest) for _ in range(2)} == {"Testland"}
    assert kept(cold) == [file]
    assert file.is_dir() or file.stat().st_size == whole


def zero(file: Path, place: int) -> None:
    """Overwrite what an index needs in one of its pages, but for the header."""
    whole = file.read_bytes()
    file.write_bytes(whole[:place] + bytes(200) + whole[place + 200 :])


def test_a_damaged_page_is_told_at_most_once(relations: Command, at_rest: Path, cold: Path) -> None:
    words = ("china", "friendship", "--facts", str(at_rest))
    right = relations(*words)
    (file,) = kept(cold)
    whole = file.read_bytes()
    mended = 0
    for place in range(100, len(whole), 4096):
        file.write_bytes(whole)
        zero(file, place)
        run = relations(*words)
        if file.read_bytes() == whole:
            mended += 1
            # Where a part was printed already it is too late to begin again.
            assert run == right or (run.status, run.err.count("\n")) == (FAULT, 1)
            assert relations(*words) == right
    assert mended > 0


def test_a_damaged_index_is_not_exported(relations: Command, at_rest: Path, cold: Path) -> None:
    asked(at_rest)
    zero(kept(cold)[0], 100)
    path = at_rest.with_name("x.db")
    assert relations("export", str(path), "--facts", str(at_rest)) == (FOUND, "", "")
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM facts").fetchone() == (7,)


@pytest.fixture
def shipped(at_rest: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built-in fact base with its index beside it, as in a wheel."""
    monkeypatch.setattr(index, "_BUILT_IN", str(at_rest))
    monkeypatch.setattr(index, "SHIPPED", str(at_rest.with_name("facts.db")))
    tables.ship(at_rest.read_bytes(), index.SHIPPED)
    return at_rest


def test_the_shipped_index_answers_for_the_built_in_base_and_nothing_is_written(
    relations: Command, shipped: Path, cold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(shipped.parent.iterdir())
    monkeypatch.setattr(index, "_build", None)
    assert relations("us-base").ids == relations("us-base", "--facts", str(shipped)).ids == ["us-base"]
    assert (kept(cold), sorted(shipped.parent.iterdir())) == ([], before)


@pytest.mark.parametrize("how", ["empty", "of another version", "missing"])
def test_a_shipped_index_that_is_none_is_passed_over(shipped: Path, cold: Path, how: str) -> None:
    damage(Path(index.SHIPPED), how)
    assert asked(shipped) == "Testland"
    assert len(kept(cold)) == 1


def test_the_shipped_index_is_ignored_for_an_edited_base_and_for_one_with_additions(shipped: Path, cold: Path) -> None:
    notes = shipped.with_name("notes.toml")
    notes.write_text(NOTES, encoding="utf-8")
    assert asked(shipped, notes) == "Testland"
    assert len(kept(cold)) == 1
    shipped.write_bytes(renamed())
    assert asked(shipped) == "Restland"


def test_a_damaged_page_of_the_shipped_index_does_no_harm(relations: Command, shipped: Path, cold: Path) -> None:
    right = relations("us-base")
    zero(Path(index.SHIPPED), 100)
    damaged = Path(index.SHIPPED).read_bytes()
    assert relations("us-base") == right
    assert (Path(index.SHIPPED).read_bytes(), len(kept(cold)), shipped.exists()) == (damaged, 1, True)
