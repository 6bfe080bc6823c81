"""Whatever happens to the cache, the disk, the clock or the process, the answer is right and no file is lost."""

import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kyrgyz_relations.commands import FAULT, FOUND
from kyrgyz_relations.factbase import cache
from tests.conftest import APP, SMALL, Command

pytestmark = pytest.mark.usefixtures("relations")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other ways to fail")
linux = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere the cache has another place, and mount other words"
)

RELATIONS = [sys.executable, "-m", "kyrgyz_relations"]
# A bound against hanging, not a measure.
PATIENCE = 60
BASE = SMALL.read_text(encoding="utf-8")
IDS = ["china-diplomatic-relations", "kok-tash-road", "railway-begun"]
DAY = 86_400
# Runs the command where no file may grow beyond as many bytes as the first argument tells.
FULL = """
import resource, runpy, sys
room = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
runpy.run_module("kyrgyz_relations", run_name="__main__")
"""


def files(folder: Path, suffix: str = "") -> list[Path]:
    return sorted(folder.glob(f"*{suffix}"))


def ids(path: Path, *words: str) -> list[str]:
    """Ask in this process, which is quicker; nothing but the answer may come."""
    done = CliRunner().invoke(APP, [*(words or ["china"]), "--facts", str(path)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert (done.exit_code, done.stderr) == (FOUND, "")
    return [line.rpartition("\t")[2] for line in done.stdout.splitlines()]


def title(path: Path) -> str:
    done = CliRunner().invoke(APP, ["--template", "{title}", "--facts", str(path)])
    assert done.exit_code == FOUND
    return done.stdout.rpartition(" ")[2].strip()


def start(path: Path, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*RELATIONS, "china", "--facts", str(path), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


# Many at once, and killed.


def test_fifty_processes_with_a_cold_cache_give_one_answer_and_leave_one_index(base: Path, cold: Path) -> None:
    processes = [start(base, "--fields", "id") for _ in range(50)]
    answers = {process.communicate(timeout=PATIENCE) for process in processes}
    assert answers == {("\n".join([*IDS, ""]), "")}
    assert {process.returncode for process in processes} == {FOUND}
    assert [len(files(cold, suffix)) for suffix in (".db", ".stamp", "")] == [1, 1, 2]


def test_a_cache_that_is_emptied_all_the_time_does_no_harm(base: Path, cold: Path) -> None:
    processes = [start(base, "--fields", "id") for _ in range(8)]
    while any(process.poll() is None for process in processes):
        shutil.rmtree(cold.parent, ignore_errors=True)
        time.sleep(0.002)
    assert {process.communicate(timeout=PATIENCE) for process in processes} == {("\n".join([*IDS, ""]), "")}


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fact base that takes a while to index."""
    path = tmp_path_factory.mktemp("larger") / "larger.toml"
    start = BASE.index("[[facts]]")
    # A series has one value for one date.
    facts = re.sub(r"figures = \[.*?\n\]\n", "", BASE[start:], flags=re.DOTALL)
    more = (facts.replace('\nid = "', f'\nid = "n{number}-') for number in range(24))
    path.write_text(BASE + "\n".join(more), encoding="utf-8")
    return path


def kill_at_random(path: Path, *words: str, seed: int, within: float, count: int = 4) -> int:
    """Start some processes, kill each at a time of its own, and tell how many were at work still."""
    when = random.Random(seed)  # noqa: S311  # the same moments in each run, as far as a clock can have them
    begun = time.monotonic()
    ends = sorted(when.uniform(0, within) for _ in range(count))
    killed = 0
    for end, process in zip(ends, [start(path, *words) for _ in ends], strict=True):
        time.sleep(max(0, begun + end - time.monotonic()))
        process.kill()
        process.communicate(timeout=PATIENCE)
        killed += process.returncode < 0
    return killed


def test_a_hundred_processes_killed_as_they_index_leave_no_half_an_index(larger: Path, cold: Path) -> None:
    begun = time.monotonic()
    expected = start(larger).communicate(timeout=PATIENCE)
    # Four at once, on the two cores that there may be.
    within = 2 * (time.monotonic() - begun)
    killed = 0
    for batch in range(25):
        for path in files(cold, ".db"):
            path.unlink()
        killed += kill_at_random(larger, seed=batch, within=within)
        for path in files(cold, ".db"):
            with sqlite3.connect(path) as database:
                assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            database.close()
    assert killed > 0
    assert start(larger).communicate(timeout=PATIENCE) == expected
    assert len(files(cold, ".db")) == len(files(cold, ".stamp")) == 1
    assert {path.suffix for path in files(cold)} <= {".db", ".stamp", ".tmp"}


def test_what_killed_processes_left_goes_with_the_next_index(base: Path, cold: Path) -> None:
    ids(base)
    built, stamp = files(cold)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(PATIENCE)
    left = [path.with_name(f"{path.name}.{gone.pid}-{number}.tmp") for number, path in enumerate([built, stamp] * 9)]
    ours = built.with_name(f"{built.name}.{os.getpid()}-1.tmp")
    for path in [*left, ours]:
        path.write_bytes(b"half")
    for path in left:
        os.utime(path, (time.time() - 2 * DAY,) * 2)
    built.unlink()
    assert ids(base) == IDS
    # What a process may still be at work on stays.
    assert files(cold, ".tmp") == [ours]


def test_a_process_killed_as_it_writes_leaves_the_old_file_or_the_new(larger: Path, tmp_path: Path) -> None:
    path = tmp_path / "out" / "facts.html"
    path.parent.mkdir()
    begun = time.monotonic()
    start(larger, "-o", str(path)).communicate(timeout=PATIENCE)
    within = 2 * (time.monotonic() - begun)
    new = path.read_bytes()
    for batch in range(3):
        path.write_bytes(b"old")
        kill_at_random(larger, "-o", str(path), "--force", seed=batch, within=within)
        assert path.read_bytes() in (b"old", new)


# A disk that is full, or takes nothing.


@posix
@pytest.mark.parametrize("room", [0, 100, 4096, 20_000, 60_000])
def test_a_disk_that_fills_up_costs_the_index_only(base: Path, cold: Path, room: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(room), "china", "--facts", str(base), "--fields", "id"],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stdout.split(), done.stderr) == (FOUND, IDS, "")
    assert files(cold, ".db") == files(cold, ".tmp") == []
    assert ids(base) == IDS
    assert len(files(cold, ".db")) == 1


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB."""
    path = tmp_path / "disk"
    path.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=777", "tmpfs", str(path)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    if not mounted:
        pytest.skip("only root may mount, and not everywhere")
    yield path
    subprocess.run(["umount", "-l", str(path)], check=True)  # noqa: S607  # the system's own


@linux
def test_a_full_disk_costs_the_index_only(larger: Path, tiny_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tiny_disk))
    expected = ids(SMALL)
    assert ids(larger, "fact", *expected) == expected
    assert files(tiny_disk / "relations", ".tmp") == []
    assert len(files(tiny_disk / "relations", ".db")) <= 1


@linux
def test_a_full_disk_keeps_the_file_that_was_to_be_replaced(relations: Command, larger: Path, tiny_disk: Path) -> None:
    path = tiny_disk / "facts.svg"
    path.write_text("old", encoding="utf-8")
    for words in (["--force"], []):
        run = relations("1900..", "--facts", str(larger), "-o", str(path), *words)
        assert (run.status, run.out) == (FAULT, "")
        assert run.err == f'relations: "{path}" cannot be written: No space left on device\n'
        assert [item.read_text(encoding="utf-8") for item in tiny_disk.iterdir()] == (["old"] if words else [])
        path.unlink(missing_ok=True)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is always full")
@pytest.mark.parametrize("form", ["table", "csv", "json", "html", "svg", "bibtex"])
def test_a_full_device_as_the_file_is_a_fault(relations: Command, form: str) -> None:
    run = relations("china", "-o", "/dev/full", "--format", form, small=True)
    assert (run.status, run.out) == (FAULT, "")
    assert run.err == 'relations: "/dev/full" cannot be written: No space left on device\n'


@linux
@pytest.mark.parametrize(
    "place", ["/dev/full", "/dev/null", "/proc", "{tmp}/file", "{tmp}/dangling", "{tmp}/loop", "x" * 300]
)
def test_where_no_cache_can_be_the_answer_is_the_same(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "dangling").symlink_to("/proc/nowhere")
    (tmp_path / "loop").symlink_to("loop")
    before = files(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", place.format(tmp=tmp_path))
    monkeypatch.setenv("HOME", "/proc")
    assert ids(base) == IDS
    assert files(tmp_path) == before


@linux
def test_a_cache_that_may_only_be_read_is_read(
    base: Path, tiny_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "full"))
    assert ids(base) == IDS
    monkeypatch.setenv("XDG_CACHE_HOME", str(tiny_disk))
    again = ["mount", "-o", "remount,ro", str(tiny_disk)]
    if subprocess.run(again, capture_output=True, check=False).returncode != 0:
        pytest.skip("this system does not mount anew")
    assert ids(base) == IDS
    assert files(tiny_disk) == []


@posix
def test_a_cache_in_which_nothing_may_be_written_is_done_without(base: Path, cold: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    cold.mkdir(parents=True, mode=0o500)
    assert ids(base) == IDS
    assert files(cold) == []


# What somebody else, or chance, wrote.


def forge(folder: Path, theirs: list[str]) -> None:
    """Take all facts out of an index, give files to somebody else, and let the stamp say that all is well."""
    (built,), (stamp,) = files(folder, ".db"), files(folder, ".stamp")
    before = cache.looks(str(built))
    with sqlite3.connect(built) as database:
        database.execute("DELETE FROM fact")
    database.close()
    for path in files(folder):
        if path.suffix in theirs:
            os.chown(path, 65_534, 65_534)
    data = stamp.read_text(encoding="utf-8")
    assert before in data
    stamp.write_text(data.replace(before, cache.looks(str(built))), encoding="utf-8")


@posix
@pytest.mark.parametrize("theirs", [[".db"], [".stamp"], [".db", ".stamp"]])
def test_an_index_is_trusted_only_if_it_and_its_stamp_are_the_users(base: Path, cold: Path, theirs: list[str]) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may give files away")
    ids(base)
    forge(cold, [])
    with pytest.raises(AssertionError, match="relation"):
        ids(base)
    for path in files(cold):
        path.unlink()
    ids(base)
    forge(cold, theirs)
    assert ids(base) == IDS


def rewrite(path: Path, data: bytes) -> None:
    """Write other bytes so that the file looks other than before, however coarse the clock."""
    before = cache.looks(str(path))
    while cache.looks(str(path)) == before:
        path.write_bytes(data)


@pytest.mark.parametrize("suffix", [".db", ".stamp"])
@pytest.mark.parametrize("seed", range(10))
def test_a_file_cut_off_or_with_a_bit_flipped_is_not_believed(base: Path, cold: Path, suffix: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # the same places in each run
    for cut in (True, False):
        assert ids(base) == IDS
        (path,) = files(cold, suffix)
        data = bytearray(path.read_bytes())
        if cut:
            del data[chance.randrange(len(data)) :]
        else:
            # Every other time where it would be seen in the answer.
            start, length = (data.find(b"kok-tash-road"), 13) if suffix == ".db" and seed % 2 else (0, len(data))
            data[start + chance.randrange(length)] ^= 1 << chance.randrange(8)
        rewrite(path, bytes(data))
        assert ids(base) == IDS
        assert ids(base, "friendship", "--sort", "rank") == ["railway-begun"]


@pytest.mark.parametrize("suffix", [".db", ".stamp"])
@pytest.mark.parametrize("kind", ["folder", "dangling", "loop", "empty"])
def test_what_is_no_file_in_the_place_of_one_does_no_harm(base: Path, cold: Path, suffix: str, kind: str) -> None:
    ids(base)
    (path,) = files(cold, suffix)
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "empty":
        path.touch()
    else:
        path.symlink_to(path.name if kind == "loop" else "nowhere")
    assert [ids(base), ids(base)] == [IDS, IDS]
