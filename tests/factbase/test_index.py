import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kyrgyz_relations.errors import FactBaseError
from kyrgyz_relations.factbase import cache, index
from tests.conftest import SMALL

COUNT = "SELECT count(*) FROM fact"


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a fact base that has been at rest for long, and an empty cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    base = tmp_path / "base.toml"
    base.write_bytes(SMALL.read_bytes())
    os.utime(base, (1_000_000_000, 1_000_000_000))
    monkeypatch.setattr(cache, "_REST_NS", -(10**18))
    return base


def files(base: Path, suffix: str) -> list[Path]:
    return sorted((base.parent / "cache" / "relations").glob(f"*{suffix}"))


def count(base: Path) -> int:
    facts: int = index.connect([str(base)]).execute(COUNT).fetchone()[0]
    return facts


def test_the_index_is_built_once(base: Path) -> None:
    assert count(base) == 7
    (built,) = files(base, ".db")
    before = built.stat()
    assert count(base) == 7
    assert files(base, ".db") == [built]
    assert built.stat().st_mtime_ns == before.st_mtime_ns


def test_a_lookup_with_an_index_does_not_read_the_base(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count(base)
    monkeypatch.setattr(index, "_connect_by_content", None)
    assert count(base) == 7


def test_an_edit_is_seen_and_the_old_index_goes(base: Path) -> None:
    assert count(base) == 7
    text = base.read_text(encoding="utf-8")
    base.write_text(text[: text.rindex("[[facts]]")], encoding="utf-8")
    assert count(base) == 6
    assert len(files(base, ".db")) == 1


def test_two_edits_within_one_tick_of_the_clock_are_seen(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_REST_NS", 3_000_000_000)
    looks = cache.looks(str(base))
    monkeypatch.setattr(cache, "looks", lambda _: looks)
    for title in ("Testland", "Restland", "Nestland"):
        base.write_text(SMALL.read_text(encoding="utf-8").replace("of Testland", f"of {title}"), encoding="utf-8")
        (seen,) = index.connect([str(base)]).execute("SELECT title FROM about").fetchone()
        assert seen == f"The foreign relations of {title}"


def test_a_file_that_was_only_touched_keeps_its_index(base: Path) -> None:
    count(base)
    (built,) = files(base, ".db")
    os.utime(base, (1_100_000_000, 1_100_000_000))
    count(base)
    assert files(base, ".db") == [built]


def test_two_bases_do_not_disturb_each_other(base: Path) -> None:
    other = base.with_name("other.toml")
    other.write_text(base.read_text(encoding="utf-8").replace("Testland", "Elsewhere"), encoding="utf-8")
    for path, subject in [(base, "Testland"), (other, "Elsewhere")] * 2:
        assert index.connect([str(path)]).execute("SELECT subject FROM about").fetchone() == (subject,)
    assert len(files(base, ".db")) == len(files(base, ".stamp")) == 2


def test_a_single_flipped_bit_is_not_believed(base: Path) -> None:
    count(base)
    (built,) = files(base, ".db")
    data = bytearray(built.read_bytes())
    place = data.index(b"railway")
    data[place] ^= 1
    built.write_bytes(data)
    assert index.connect([str(base)]).execute("SELECT count(*) FROM fact WHERE text LIKE '%railway%'").fetchone() == (
        1,
    )


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0", b"\0" * 5000])
def test_a_damaged_index_is_built_anew(base: Path, damage: bytes) -> None:
    count(base)
    (built,) = files(base, ".db")
    built.write_bytes(damage)
    assert count(base) == 7
    assert sqlite3.connect(built).execute(COUNT).fetchone() == (7,)


def test_a_damaged_stamp_does_no_harm(base: Path) -> None:
    count(base)
    (stamp,) = files(base, ".stamp")
    for damage in (b"", b"\xff\xfe\n\n", b"a\nb\nc"):
        stamp.write_bytes(damage)
        assert count(base) == 7


def test_somebody_elses_index_is_not_opened(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count(base)
    (built,) = files(base, ".db")
    with sqlite3.connect(built) as database:
        database.execute("DELETE FROM fact WHERE n > 1")
    monkeypatch.setattr(cache, "is_ours", lambda _: False)
    assert count(base) == 7


def test_without_a_cache_the_answer_is_the_same(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (base.parent / "cache").write_text("in the way", encoding="utf-8")
    assert count(base) == 7
    monkeypatch.setattr(cache, "directory", lambda: "")
    assert count(base) == 7


def test_nothing_is_left_beside_the_index(base: Path) -> None:
    count(base)
    assert files(base, ".tmp") == []


def test_many_processes_with_a_cold_cache_all_answer(base: Path) -> None:
    ask = f"index.connect([{str(base)!r}]).execute({COUNT!r}).fetchone()"
    code = f"from kyrgyz_relations.factbase import index; print(*{ask})"
    processes = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) for _ in range(8)]
    assert [process.communicate()[0] for process in processes] == [b"7\n"] * 8
    assert len(files(base, ".db")) == 1


def test_a_base_that_cannot_be_read_is_an_error(base: Path) -> None:
    with pytest.raises(FactBaseError, match="cannot be read: Is a directory"):
        index.connect([str(base.parent)])
    with pytest.raises(FactBaseError, match="cannot be read: No such file"):
        index.connect([str(base.with_name("none.toml"))])
