"""The index is shipped, or kept in the cache, or made in memory: the answer is that of the files as they are."""

import os
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import platformdirs
import pytest

from kyrgyz_relations.errors import FAULT, FOUND, FactBaseError
from kyrgyz_relations.factbase import index, load, tables
from tests.conftest import SMALL, Command

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the cache has another place")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows tells neither owners nor times of change")
TEXT = SMALL.read_text(encoding="utf-8")


@pytest.fixture
def at_rest(base: Path, cold: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fact base that counts as unchanged for long, and an empty cache."""
    del cold
    monkeypatch.setattr(index, "_REST_NS", -(10**18))
    return base


def title(*paths: Path) -> str:
    """Ask a fact base for its title."""
    with closing(index.connect([*map(str, paths)])) as database:
        return str(*database.execute("SELECT title FROM meta").fetchone())


def renamed(name: str, text: str = TEXT) -> bytes:
    """Give the small fact base under a title that is as long as its own."""
    return text.replace("of Testland", f"of {name}").encode()


def kept(cold: Path) -> list[Path]:
    return sorted(cold.iterdir()) if cold.exists() else []


# Kept, and found again


@posix
def test_an_index_is_made_once_and_is_the_users_alone(
    at_rest: Path, cold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert title(at_rest) == "The foreign relations of Testland"
    (file,) = kept(cold)
    assert (cold.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    monkeypatch.setattr(index, "_build", None)
    assert title(at_rest) == "The foreign relations of Testland"


def append(path: Path) -> None:
    path.write_bytes(renamed("Restland") + b"\n")


def rewrite(path: Path) -> None:
    """Write as many bytes, and put the time of the edit back to what it was."""
    before = path.stat()
    while path.stat().st_ctime_ns == before.st_ctime_ns:
        path.write_bytes(renamed("Restland"))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def put_another_there(path: Path) -> None:
    other, before = path.with_name("other"), path.stat()
    other.write_bytes(renamed("Restland"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


@pytest.mark.parametrize("edit", [append, pytest.param(rewrite, marks=posix), put_another_there])
def test_an_edit_is_noticed_and_the_old_index_goes(at_rest: Path, cold: Path, edit: Callable[[Path], None]) -> None:
    title(at_rest)
    (old,) = kept(cold)
    edit(at_rest)
    assert title(at_rest) == "The foreign relations of Restland"
    (new,) = kept(cold)
    assert new != old


@pytest.mark.parametrize(("ahead", "trusted"), [(-3600, False), (0, False), (2.5, False), (3.5, True)])
def test_an_index_is_kept_only_of_files_that_had_not_changed_for_three_seconds(
    base: Path, cold: Path, monkeypatch: pytest.MonkeyPatch, ahead: float, *, trusted: bool
) -> None:
    now = time.time_ns
    monkeypatch.setattr(time, "time_ns", lambda: now() + int(ahead * 1e9))
    assert title(base) == "The foreign relations of Testland"
    assert bool(kept(cold)) == trusted


@posix
def test_an_old_time_of_edit_does_not_make_a_new_file_trusted(base: Path, cold: Path) -> None:
    os.utime(base, (0, 0))
    title(base)
    assert kept(cold) == []


def test_a_file_that_changes_while_it_is_read_is_not_kept(
    at_rest: Path, cold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = load.load

    def slow(*arguments: object) -> object:
        at_rest.write_bytes(renamed("Restland") + b"\n")
        return whole(*arguments)  # type: ignore[arg-type]  # handed on as they are

    monkeypatch.setattr(load, "load", slow)
    assert title(at_rest) == "The foreign relations of Testland"
    assert kept(cold) == []


def test_each_set_of_files_has_an_index_of_its_own(at_rest: Path, cold: Path) -> None:
    twin, notes = at_rest.with_name("twin.toml"), at_rest.with_name("notes.toml")
    os.link(at_rest, twin)
    notes.write_text('[partners.bhutan]\naliases = ["Druk Yul"]\n', encoding="utf-8")
    for _ in range(2):
        for paths in ([at_rest], [twin], [at_rest, notes]):
            title(*paths)
    assert len(kept(cold)) == 3


@linux
def test_a_fact_base_may_have_a_name_that_is_not_utf_8_or_looks_like_a_part_of_an_address(
    at_rest: Path, cold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(cold / "a?b#c%41"))
    for name in (b"base\xff.toml", b"a?b#c%41.toml"):
        odd = os.fsdecode(os.fsencode(at_rest.parent) + b"/" + name)
        at_rest.rename(odd)
        at_rest = Path(odd)
        assert {title(at_rest) for _ in range(2)} == {"The foreign relations of Testland"}
        assert len(kept(cold / "a?b#c%41" / "relations")) == 1


# Swept


def test_what_nobody_needs_goes_with_the_next_index_and_all_else_stays(at_rest: Path, cold: Path) -> None:
    gone, other = at_rest.with_name("gone.toml"), at_rest.with_name("other.toml")
    for path in (gone, other):
        path.write_bytes(at_rest.read_bytes())
        title(path)
    gone.unlink()
    staying = {path for path in kept(cold) if index._kept_for(str(path)) == str(path)}  # noqa: SLF001  # says which is which
    left = [cold / f"{'0' * 16}.db", cold / f"{'0' * 16}.db.1-2.tmp", cold / f"{'1' * 16}.db"]
    young = [cold / f"{'2' * 16}.db.1-2.tmp", cold / "facts.db", cold / "old.tmp", cold / "notes.txt"]
    for path in (*left, *young):
        path.write_bytes(b"half")
    for path in (left[1], *young[1:]):
        os.utime(path, (0, 0))
    left[2].unlink()
    with closing(sqlite3.connect(left[2])) as database:
        database.execute(f"PRAGMA application_id = {index.VERSION - 1}")
    title(at_rest)
    assert len(staying) == 1
    assert {*kept(cold)} - staying - {*young} == {Path(index._kept([str(at_rest)]))}  # noqa: SLF001  # as above
    assert {*young} | staying <= {*kept(cold)}


# Where none can be kept


@linux
@pytest.mark.parametrize(
    ("cache", "home", "expected"),
    [
        ("/x/cache", "/home/a", "/x/cache/relations"),
        ("", "/home/a", "/home/a/.cache/relations"),
        ("cache", "/home/a", "/home/a/.cache/relations"),
        ("cache", "a", ""),
    ],
)
def test_the_folder_is_the_one_that_platformdirs_gives(
    base: Path, monkeypatch: pytest.MonkeyPatch, cache: str, home: str, expected: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", cache)
    monkeypatch.setenv("HOME", home)
    assert index.directory() == expected
    if expected and not cache.startswith("c"):
        assert expected == platformdirs.user_cache_dir("relations", appauthor=False)
    if not expected:
        assert title(base) == "The foreign relations of Testland"


def writable_by_others(folder: Path) -> None:
    folder.mkdir(parents=True)
    folder.chmod(0o770)


def a_link(folder: Path) -> None:
    folder.parent.mkdir()
    folder.with_name("theirs").mkdir(mode=0o700)
    folder.symlink_to(folder.with_name("theirs"))


def a_file(folder: Path) -> None:
    folder.parent.mkdir()
    folder.touch()


def below_a_file(folder: Path) -> None:
    folder.parent.touch()


def of_somebody_else(folder: Path) -> None:
    folder.mkdir(parents=True, mode=0o700)


@linux
@pytest.mark.parametrize("make", [writable_by_others, a_link, a_file, below_a_file, of_somebody_else])
def test_a_folder_that_is_not_the_users_own_is_neither_read_nor_written(
    at_rest: Path, cold: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None]
) -> None:
    make(cold)
    if make is of_somebody_else:
        somebody = os.geteuid() + 1
        monkeypatch.setattr(os, "geteuid", lambda: somebody)
    assert title(at_rest) == "The foreign relations of Testland"
    assert [*cold.parent.rglob("*.*")] == []


@posix
def test_a_folder_in_which_nothing_may_be_written_is_done_without(at_rest: Path, cold: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    cold.mkdir(parents=True, mode=0o500)
    assert title(at_rest) == "The foreign relations of Testland"
    assert kept(cold) == []


@pytest.mark.parametrize("error", [OSError("no space left"), sqlite3.OperationalError("database or disk is full")])
def test_an_index_that_cannot_be_written_is_made_in_memory_and_leaves_nothing(
    at_rest: Path, cold: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    fill = tables.fill
    failing = iter([error])

    def fail_once(*arguments: object) -> None:
        fill(*arguments)  # type: ignore[arg-type]  # handed on as they are
        for known in failing:
            raise known

    monkeypatch.setattr(tables, "fill", fail_once)
    assert title(at_rest) == "The foreign relations of Testland"
    assert kept(cold) == []


def test_an_interrupted_build_leaves_nothing(at_rest: Path, cold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        title(at_rest)
    assert kept(cold) == []


def test_a_base_for_which_memory_does_not_suffice_is_told(at_rest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhaust(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(load, "load", exhaust)
    with pytest.raises(FactBaseError, match="cannot be read: not enough memory"):
        title(at_rest)


# Damaged


def empty(path: Path) -> None:
    path.write_bytes(b"")


def begun(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5000])


def of_another_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA application_id = {index.VERSION + 1}")


def dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "damage", [empty, begun, cut_off, of_another_version, pytest.param(dangling, marks=posix), a_folder]
)
def test_what_is_no_index_is_replaced_by_one(at_rest: Path, cold: Path, damage: Callable[[Path], None]) -> None:
    title(at_rest)
    (file,) = kept(cold)
    whole = file.stat().st_size
    damage(file)
    assert {title(at_rest) for _ in range(2)} == {"The foreign relations of Testland"}
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
    title(at_rest)
    (file,) = kept(cold)
    zero(file, 100)
    path = at_rest.with_name("x.db")
    assert relations("export", str(path), "--facts", str(at_rest)) == (FOUND, "", "")
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM facts").fetchone() == (7,)


# Shipped


@pytest.fixture
def shipped(tmp_path: Path, cold: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built-in fact base with its index beside it, as in a wheel."""
    del cold
    folder = tmp_path / "package"
    folder.mkdir()
    path = folder / "facts.toml"
    path.write_bytes(SMALL.read_bytes())
    monkeypatch.setattr(index, "_REST_NS", -(10**18))
    monkeypatch.setattr(index, "_BUILT_IN", str(path))
    monkeypatch.setattr(index, "SHIPPED", str(folder / "facts.db"))
    tables.ship(path.read_bytes(), index.SHIPPED)
    return path


def test_the_shipped_index_answers_for_the_built_in_base_and_nothing_is_written(
    relations: Command, shipped: Path, cold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(shipped.parent.iterdir())
    monkeypatch.setattr(index, "_build", None)
    assert relations("us-base").ids == relations("us-base", "--facts", str(shipped)).ids == ["us-base"]
    assert (kept(cold), sorted(shipped.parent.iterdir())) == ([], before)


@pytest.mark.parametrize("damage", [empty, of_another_version, Path.unlink])
def test_a_shipped_index_that_is_none_is_passed_over(shipped: Path, cold: Path, damage: Callable[[Path], None]) -> None:
    damage(Path(index.SHIPPED))
    assert title(shipped) == "The foreign relations of Testland"
    assert len(kept(cold)) == 1


def test_the_shipped_index_is_ignored_for_an_edited_base_and_for_one_with_additions(shipped: Path, cold: Path) -> None:
    notes = shipped.with_name("notes.toml")
    notes.write_text('[partners.bhutan]\naliases = ["Druk Yul"]\n', encoding="utf-8")
    assert title(shipped, notes) == "The foreign relations of Testland"
    assert len(kept(cold)) == 1
    put_another_there(shipped)
    assert title(shipped) == "The foreign relations of Restland"


def test_a_damaged_page_of_the_shipped_index_does_no_harm(relations: Command, shipped: Path, cold: Path) -> None:
    right = relations("us-base")
    zero(Path(index.SHIPPED), 100)
    damaged = Path(index.SHIPPED).read_bytes()
    assert relations("us-base") == right
    assert (Path(index.SHIPPED).read_bytes(), len(kept(cold)), shipped.exists()) == (damaged, 1, True)
