"""`--output FILE`: the format from the file's end, the file whole or not at all."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import pytest

from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.output import FORMATS
from kyrgyz_relations.output.file import write_whole
from tests.conftest import SMALL, Command

# For each end of a file the format that it tells, and how the file begins.
SUFFIXES = {
    ".txt": ("table", "China · "),
    ".tsv": ("tsv", "1992-01-05\tchina\t"),
    ".csv": ("csv", "id,date,"),
    ".json": ("json", '[{"id": '),
    ".jsonl": ("jsonl", '{"id": '),
    ".md": ("markdown", "# China\n"),
    ".html": ("html", "<!DOCTYPE html>"),
    ".svg": ("svg", "<svg "),
    ".bib": ("bibtex", "@misc{"),
    ".csl.json": ("csl-json", '[{"id": '),
}
posix = pytest.mark.skipif(os.name != "posix", reason="Windows has no such files, modes or limits")


def saying(text: str) -> Callable[[TextIO], None]:
    def render(stream: TextIO) -> None:
        stream.write(text)

    return render


def files(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_every_format_has_a_suffix_here() -> None:
    assert [(format_.suffix, name) for name, format_ in FORMATS.items()] == [
        (suffix, name) for suffix, (name, _) in SUFFIXES.items()
    ]


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".CSV"])
def test_the_end_of_the_file_tells_the_format(relations: Command, tmp_path: Path, suffix: str) -> None:
    form, beginning = SUFFIXES[suffix.lower()]
    path = tmp_path / f"китай 1{suffix}"
    run = relations("china", "--output", str(path), small=True)
    assert (run.status, run.out, run.err) == (0, "", "")
    written = path.read_bytes().decode()
    assert written.startswith(beginning)
    assert "\r" not in written
    assert written == relations("china", "--format", form, small=True).out
    assert files(tmp_path) == [path.name]


def test_a_format_that_is_named_goes_before_the_end_of_the_file(relations: Command, tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    assert relations("china", "-o", str(path), "--format", "tsv", small=True).status == 0
    assert path.read_text(encoding="utf-8").startswith("1992-01-05\tchina\t")


@pytest.mark.parametrize("name", ["facts.xml", "facts", "csv", ""])
def test_an_end_that_tells_no_format_is_an_error_that_lists_those_that_do(
    relations: Command, tmp_path: Path, name: str
) -> None:
    run = relations("china", "-o", str(tmp_path / name) if name else "", small=True)
    assert (run.status, run.out, files(tmp_path)) == (2, "", [])
    assert run.err.startswith("relations: ")
    assert f"({', '.join(SUFFIXES)}); name one with --format" in run.err


def test_a_template_needs_no_end_that_tells_a_format(relations: Command, tmp_path: Path) -> None:
    path = tmp_path / "dates.list"
    run = relations("china", "--template", "{date}", "-o", str(path), small=True)
    assert (run.status, run.err) == (0, "")
    assert path.read_text(encoding="utf-8") == "1992-01-05\n1998~\n2024-12-27\n"


@pytest.mark.parametrize("words", [["china", "--csv"], ["partners", "--json"], ["--format", "html"]])
def test_a_file_is_never_replaced_without_force(relations: Command, tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("old", encoding="utf-8")
    run = relations(*words, "-o", str(path), small=True)
    assert (run.status, run.out) == (2, "")
    assert run.err == f'relations: "{path}" is there already; --force replaces it\n'
    assert (path.read_text(encoding="utf-8"), files(tmp_path)) == ("old", ["facts.csv"])
    assert relations(*words, "-o", str(path), "--force", small=True).status == 0
    assert path.read_text(encoding="utf-8") == relations(*words, small=True).out
    assert files(tmp_path) == ["facts.csv"]


@posix
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_has_the_mode_that_the_mask_leaves(tmp_path: Path, mask: int, mode: int) -> None:
    path, before = tmp_path / "new", os.umask(mask)
    try:
        write_whole(str(path), saying("new"), force=False)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@posix
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o755, 0o444])
def test_force_keeps_the_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "old"
    path.write_text("old", encoding="utf-8")
    path.chmod(mode)
    write_whole(str(path), saying("new"), force=True)
    assert (stat.S_IMODE(path.stat().st_mode), path.read_text(encoding="utf-8")) == (mode, "new")


@posix
@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_followed(relations: Command, tmp_path: Path, there: bool) -> None:  # noqa: FBT001  # a parameter of the test
    (tmp_path / "elsewhere").mkdir()
    target, link = tmp_path / "elsewhere" / "facts.txt", tmp_path / "facts.csv"
    if there:
        target.write_text("old", encoding="utf-8")
    link.symlink_to(target)
    assert relations("china", "-o", str(link), small=True).status == (2 if there else 0)
    assert relations("china", "-o", str(link), "--force", small=True).status == 0
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8").startswith("id,date,")
    assert files(target.parent) == ["facts.txt"]


@posix
def test_the_null_device_is_taken_as_it_is(relations: Command) -> None:
    run = relations("china", "--csv", "-o", os.devnull, small=True)
    assert (run.status, run.out, run.err) == (0, "", "")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@posix
def test_a_named_pipe_is_taken_as_it_is(relations: Command, tmp_path: Path) -> None:
    path = tmp_path / "pipe.json"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    run = relations("china", "-o", str(path), small=True)
    out = os.read(reader, 65536)
    os.close(reader)
    assert (run.status, run.err, len(json.loads(out))) == (0, "", 3)
    assert path.is_fifo()


@pytest.mark.parametrize("form", ["csv", "html", "table"])
def test_nothing_found_writes_no_file(relations: Command, tmp_path: Path, form: str) -> None:
    run = relations("chnia", "-o", str(tmp_path / "facts.txt"), "--format", form, small=True)
    assert (run.status, run.out, files(tmp_path)) == (1, "", [])
    assert run.err == 'relations: nothing found for "chnia" (did you mean china?)\n'


def fail_midway(stream: TextIO) -> None:
    stream.write("half")
    stream.flush()
    raise RuntimeError


@pytest.mark.parametrize("force", [True, False])
@pytest.mark.parametrize("content", ["old", None])
def test_what_fails_midway_leaves_all_as_it_was(tmp_path: Path, content: str | None, force: bool) -> None:  # noqa: FBT001  # a parameter of the test
    path = tmp_path / "facts.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(RuntimeError if force or content is None else RelationsError):
        write_whole(str(path), fail_midway, force=force)
    assert files(tmp_path) == ["facts.csv"] * (content is not None)
    assert content is None or path.read_text(encoding="utf-8") == content


# Runs the command where no file may grow beyond a few bytes, as on a device that is full.
FULL_DEVICE = """
import resource, runpy
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
runpy.run_module("kyrgyz_relations", run_name="__main__")
"""


@posix
@pytest.mark.parametrize("suffix", [".txt", ".csv", ".json", ".html", ".bib"])
def test_a_full_device_is_an_error_that_leaves_the_old_file(relations: Command, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"facts{suffix}"
    path.write_text("old", encoding="utf-8")
    # Fills the cache while there is room.
    assert relations("china", small=True).status == 0
    for words in (["--force"], []):
        if not words:
            path.unlink()
        done = subprocess.run(
            [sys.executable, "-c", FULL_DEVICE, "china", "--facts", str(SMALL), "-o", str(path), *words],
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f'relations: "{path}" cannot be written: File too large\n'
        assert [item.read_text(encoding="utf-8") for item in tmp_path.iterdir()] == (["old"] if words else [])


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no device that is always full")
@pytest.mark.parametrize("words", [["china"], ["china", "--json"], ["--csv"], ["china", "--format", "table"]])
def test_a_full_device_behind_standard_output_is_an_error_too(relations: Command, words: list[str]) -> None:
    del relations
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kyrgyz_relations", "--facts", str(SMALL), *words],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            encoding="utf-8",
        )
    assert done.returncode == 2
    assert done.stderr == "relations: standard output cannot be written: No space left on device\n"


@pytest.mark.parametrize("name", ["missing/facts.csv", "file.txt/facts.csv", "folder.csv", "x" * 300 + ".csv"])
@pytest.mark.parametrize("force", [[], ["--force"]])
def test_what_cannot_be_written_is_an_error_that_says_why(
    relations: Command, tmp_path: Path, name: str, force: list[str]
) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file.txt").touch()
    run = relations("china", "-o", str(tmp_path / name), *force, small=True)
    assert (run.status, run.out) == (2, "")
    assert run.err.startswith(f'relations: "{tmp_path / name}" cannot be written: ')
    assert run.err.count("\n") == 1
    assert files(tmp_path) == ["file.txt", "folder.csv"]


@posix
def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "facts.csv"
    write_whole(str(path), saying("new"), force=False)
    assert (path.read_text(encoding="utf-8"), files(tmp_path)) == ("new", ["facts.csv"])
    with pytest.raises(RelationsError, match="is there already"):
        write_whole(str(path), saying("newer"), force=False)
    assert (path.read_text(encoding="utf-8"), files(tmp_path)) == ("new", ["facts.csv"])


@posix
def test_where_a_file_cannot_be_moved_to_its_place_none_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    for name in ("link", "replace"):
        monkeypatch.setattr(os, name, refuse)
    with pytest.raises(RelationsError, match="cannot be written"):
        write_whole(str(tmp_path / "facts.csv"), saying("new"), force=False)
    assert files(tmp_path) == []


@posix
@pytest.mark.parametrize("late", ["file", "link"])
def test_a_file_that_comes_up_meanwhile_is_not_replaced(tmp_path: Path, late: str) -> None:
    path, other = tmp_path / "facts.csv", tmp_path / "other"
    other.write_text("theirs", encoding="utf-8")

    def render(stream: TextIO) -> None:
        stream.write("ours")
        path.symlink_to(other) if late == "link" else path.write_text("theirs", encoding="utf-8")

    with pytest.raises(RelationsError, match="is there already"):
        write_whole(str(path), render, force=False)
    assert path.read_text(encoding="utf-8") == other.read_text(encoding="utf-8") == "theirs"
    assert files(tmp_path) == ["facts.csv", "other"]
