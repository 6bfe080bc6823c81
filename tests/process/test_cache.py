"""Many processes at one cache: cold starts, an editor beside them, kills."""

import os
import random
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kyrgyz_relations.errors import FOUND
from tests.conftest import SMALL
from tests.process.running import PATIENCE, START

BASE = SMALL.read_text(encoding="utf-8")
IDS = ["railway-begun", "kok-tash-road", "china-diplomatic-relations"]
TICK_NS = 30_000_000


def start(base: Path, *words: str, rest: int = 0) -> subprocess.Popen[str]:
    """Start the command; an index is kept where the base did not change for as many nanoseconds."""
    hurried = f"from kyrgyz_relations.factbase import index\nindex._REST_NS = {rest}\nmain()"
    command = [sys.executable, "-c", START.replace("main()", hurried), *words, "--facts", str(base)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")


def said(process: subprocess.Popen[str]) -> list[str]:
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err) == (FOUND, "")
    return out.splitlines()


def names(folder: Path, suffix: str = "") -> list[str]:
    return sorted(path.name for path in folder.glob(f"*{suffix}"))


def test_many_cold_starts_give_one_answer_and_leave_one_index(base: Path, cold: Path) -> None:
    processes = [start(base, "china", "--fields", "id") for _ in range(24)]
    assert [said(process) for process in processes] == [IDS] * len(processes)
    assert (len(names(cold)), len(names(cold, ".db"))) == (1, 1)


def test_beside_an_editor_nobody_is_told_of_another_version(base: Path, cold: Path) -> None:
    chance = random.Random(0)  # noqa: S311  # the same pauses in each run
    earlier = ""
    for number in range(10):
        # Some versions are as long as the one before, and some come within a tick of the clock.
        made = base.with_suffix(".new")
        made.write_text(BASE.replace("Testland", f"Testland{number:03}"), encoding="utf-8")
        before = start(base, "overview", "--fields", "title", rest=TICK_NS)
        os.replace(made, base)
        now = f"The foreign relations of Testland{number:03}"
        after = [start(base, "overview", "--fields", "title", rest=TICK_NS) for _ in range(2)]
        assert [said(process) for process in after] == [[now]] * 2
        assert said(before)[0] in (earlier or "The foreign relations of Testland", now)
        earlier = now
        time.sleep(chance.choice((0, 0.01, 0.05)))
    time.sleep(0.1)
    assert said(start(base, "overview", "--fields", "title", rest=TICK_NS)) == [earlier]
    # That of each version went with the next.
    assert len(names(cold, ".db")) == 1


@pytest.fixture
def larger(tmp_path: Path) -> Path:
    """A fact base that takes a while to index."""
    path = tmp_path / "larger.toml"
    begin = BASE.index("[[facts]]")
    # A series has one value for one date.
    facts = re.sub(r"figures = \[.*?\n\]\n", "", BASE[begin:], flags=re.DOTALL)
    more = [facts.replace('\nid = "', f'\nid = "n{number}-') for number in range(60)]
    path.write_text(BASE + "\n".join(more), encoding="utf-8")
    return path


def test_killed_builds_leave_no_half_an_index_and_nothing_after_the_next(larger: Path, cold: Path, base: Path) -> None:
    chance = random.Random(0)  # noqa: S311  # the same moments in each run, as far as a clock can have them
    begun = time.monotonic()
    expected = said(start(larger, "china"))
    within = time.monotonic() - begun
    killed = 0
    for _ in range(12):
        for path in cold.glob("*.db"):
            path.unlink()
        process = start(larger, "china")
        time.sleep(chance.uniform(within / 3, within))
        process.kill()
        process.communicate(timeout=PATIENCE)
        killed += process.returncode < 0
        for path in cold.glob("*.db"):
            with sqlite3.connect(path) as database:
                assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            database.close()
    assert killed
    for number in range(2):
        (cold / f"0123456789abcdef.db.{number}-1.tmp").write_bytes(b"half")
    for path in cold.glob("*.tmp"):
        os.utime(path, (time.time() - 86_400,) * 2)
    # What a process may still be at work on stays.
    fresh = cold / "0123456789abcdef.db.2-1.tmp"
    fresh.write_bytes(b"half")
    assert said(start(larger, "china")) == expected
    for path in cold.glob("*.db"):
        path.unlink()
    assert said(start(base, "china", "--fields", "id")) == IDS
    assert (names(cold, ".tmp"), len(names(cold))) == ([fresh.name], 2)
