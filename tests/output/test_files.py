import errno
import os
import signal
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

import pytest

from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.output.files import write_whole
from tests.conftest import run

posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files, modes or signals")
either_way = pytest.mark.parametrize("force", [True, False])


def saying(text: str, then: Callable[[], object] = str) -> Callable[[TextIO], None]:
    """Write a text, and do something before the file is done."""

    def render(stream: TextIO) -> None:
        stream.write(text)
        stream.flush()
        then()

    return render


def refuse(*_: object, error: BaseException | None = None, **__: Any) -> None:
    raise error or PermissionError(errno.EPERM, "Operation not permitted")


def files(folder: Path) -> dict[str, str]:
    """Give the names in a folder and what is behind them."""
    return {path.name: path.read_text(encoding="utf-8") if path.is_file() else "" for path in folder.iterdir()}


@pytest.mark.parametrize("words", [["china", "--csv"], ["partners", "--json"], ["--format", "html"]])
def test_a_file_is_never_overwritten_without_force(tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("old", encoding="utf-8")
    said = f'relations: "{path}" already exists; use --force to overwrite it\n'
    assert run(*words, "-o", str(path), small=True) == (2, "", said)
    assert files(tmp_path) == {"facts.csv": "old"}
    assert run(*words, "-o", str(path), "--force", small=True) == (0, "", "")
    assert files(tmp_path) == {"facts.csv": run(*words, small=True).out}


@either_way
@pytest.mark.parametrize("before", [{"facts.csv": "old"}, {}])
@pytest.mark.parametrize("error", [RuntimeError(), KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left")])
def test_what_fails_midway_leaves_all_as_it_was(
    tmp_path: Path, error: BaseException, before: dict[str, str], *, force: bool
) -> None:
    for name, text in before.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    refused = before and not force
    with pytest.raises(RelationsError if refused or isinstance(error, OSError) else type(error)) as caught:
        write_whole(str(tmp_path / "facts.csv"), saying("half", lambda: refuse(error=error)), force=force)
    if isinstance(error, OSError) and not refused:
        assert str(caught.value) == f'"{tmp_path / "facts.csv"}" cannot be written: No space left'
    assert files(tmp_path) == before


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_that_ends_the_command_leaves_nothing_half_written(tmp_path: Path, name: str) -> None:
    number = signal.Signals[name]
    before = signal.signal(number, signal.SIG_DFL)

    def end() -> None:
        # Or the tests would end here.
        assert callable(signal.getsignal(number))
        signal.raise_signal(number)

    try:
        with pytest.raises(SystemExit) as caught:
            write_whole(str(tmp_path / "facts.csv"), saying("half", end), force=False)
        assert (caught.value.code, files(tmp_path)) == (128 + number, {})
        assert signal.getsignal(number) == signal.SIG_DFL
    finally:
        signal.signal(number, before)


@either_way
def test_a_file_is_on_the_disk_before_it_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, force: bool
) -> None:
    path, seen = tmp_path / "facts.csv", list[tuple[bool, int]]()
    monkeypatch.setattr(os, "fsync", lambda number: seen.append((path.exists(), os.fstat(number).st_size)))
    write_whole(str(path), saying("new"), force=force)
    assert seen == [(False, 3)]
    assert files(tmp_path) == {"facts.csv": "new"}


@posix
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o007, 0o660)])
@pytest.mark.parametrize("before", [None, 0o600, 0o755, 0o444])
def test_a_new_file_has_the_mode_that_the_mask_leaves_and_another_keeps_its_own(
    tmp_path: Path, mask: int, mode: int, before: int | None
) -> None:
    path, usual = tmp_path / "facts", os.umask(mask)
    if before:
        path.touch()
        path.chmod(before)
    try:
        write_whole(str(path), saying("new"), force=True)
        write_whole(str(tmp_path / "more"), saying("new"), force=False)
    finally:
        assert os.umask(usual) == mask
    assert [stat.S_IMODE(os.stat(tmp_path / name).st_mode) for name in ("facts", "more")] == [before or mode, mode]
    assert files(tmp_path) == {"facts": "new", "more": "new"}


@posix
@pytest.mark.parametrize("target", ["theirs", "missing", "facts.csv", "folder"])
def test_a_link_that_somebody_has_planted_is_not_followed(tmp_path: Path, target: str) -> None:
    there, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    there.mkdir()
    (elsewhere / "folder").mkdir(parents=True)
    (elsewhere / "theirs").write_text("theirs", encoding="utf-8")
    link = there / "facts.csv"
    # One is a link to itself.
    link.symlink_to(link if target == "facts.csv" else elsewhere / target)
    before = files(elsewhere)
    assert run("china", "-o", str(link), small=True)[:2] == (2, "")
    assert link.is_symlink()
    if target in ("theirs", "missing"):
        assert run("china", "-o", str(link), "--force", small=True) == (0, "", "")
        assert not link.is_symlink()
        assert files(there) == {"facts.csv": run("china", "--csv", small=True).out}
    assert files(elsewhere) == before


@posix
@pytest.mark.parametrize("late", ["file", "link"])
@pytest.mark.parametrize("links", ["with links", "without"])
def test_a_file_that_comes_up_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: str, links: str
) -> None:
    path, other = tmp_path / "facts.csv", tmp_path / "other"
    other.write_text("theirs", encoding="utf-8")
    if links == "without":
        monkeypatch.setattr(os, "link", refuse)

    def come_up() -> None:
        path.symlink_to(other) if late == "link" else path.write_text("theirs", encoding="utf-8")

    with pytest.raises(RelationsError, match="already exists"):
        write_whole(str(path), saying("ours", come_up), force=False)
    assert files(tmp_path) == {"facts.csv": "theirs", "other": "theirs"}


@posix
@either_way
def test_a_file_system_without_links_will_do_and_where_nothing_can_be_moved_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, force: bool
) -> None:
    monkeypatch.setattr(os, "link", refuse)
    write_whole(str(tmp_path / "facts.csv"), saying("new"), force=False)
    assert files(tmp_path) == {"facts.csv": "new"}
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(RelationsError, match="cannot be written: Operation not permitted"):
        write_whole(str(tmp_path / "other.csv"), saying("new"), force=force)
    assert files(tmp_path) == {"facts.csv": "new"}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("missing/facts.csv", "cannot be written: No such file or directory"),
        ("file.txt/facts.csv", "cannot be written: Not a directory"),
        ("folder.csv", "cannot be written: Is a directory"),
        ("folder.csv/", "names a folder, not a file"),
        ("x" * 300 + ".csv", "cannot be written: File name too long"),
    ],
)
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_what_cannot_be_written_is_told_with_the_reason(tmp_path: Path, name: str, why: str, force: list[str]) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file.txt").touch()
    path = f"{tmp_path}/{name}"
    assert run("china", "--csv", "-o", path, *force, small=True) == (2, "", f'relations: "{path}" {why}\n')
    assert {*files(tmp_path)} == {"folder.csv", "file.txt"}


@posix
def test_devices_and_pipes_are_written_and_stay_what_they_are(tmp_path: Path) -> None:
    for force in ([], ["--force"]):
        assert run("china", "--csv", "-o", os.devnull, *force, small=True) == (0, "", "")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)
    path = tmp_path / "pipe.json"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    assert run("china", "-o", str(path), small=True) == (0, "", "")
    assert os.read(reader, 65536).decode() == run("china", "--json", small=True).out
    os.close(reader)
    assert path.is_fifo()
    # A reader that has enough ends it quietly.
    reader, writer = os.pipe()
    os.close(reader)
    write_whole(f"/dev/fd/{writer}", saying("x" * 100_000), force=False)
    os.close(writer)


@posix
def test_a_stream_is_written_where_it_stands(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    whole = run("china", "--csv", small=True).out
    for number, name in enumerate(("/dev/stdout", "/dev/stderr")):
        assert run("china", "--csv", "-o", name, small=True) == (0, "", "")
        assert capfd.readouterr()[number] == whole
    with open(tmp_path / "log", "w", encoding="utf-8") as log:
        log.write("before\n")
        log.flush()
        assert run("china", "--csv", "-o", f"/dev/fd/{log.fileno()}", small=True) == (0, "", "")
        log.write("after\n")
    assert files(tmp_path) == {"log": f"before\n{whole}after\n"}


@posix
def test_a_path_that_only_begins_as_a_stream_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    assert run("china", "--csv", "-o", f"/dev/fd/../../..{tmp_path}/mine", small=True).status == 2
    assert files(tmp_path) == {"mine": "mine"}


@posix
@pytest.mark.parametrize("number", ["987", "9" * 30, "x", ""])
def test_a_stream_that_is_not_open_is_told(number: str) -> None:
    wrong = run("china", "--csv", "-o", f"/dev/fd/{number}", small=True)
    assert (wrong.status, wrong.out, wrong.err.count("\n")) == (2, "", 1)
    assert wrong.err.startswith(f'relations: "/dev/fd/{number}" ')


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is always full")
def test_a_device_that_is_full_is_told() -> None:
    said = 'relations: "/dev/full" cannot be written: No space left on device\n'
    assert run("china", "--csv", "-o", "/dev/full", small=True) == (2, "", said)
