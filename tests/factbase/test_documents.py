"""A fact base may be anybody's file: whatever is in it, or in its place, is told in a line and takes bounded work."""

import os
import subprocess
import sys
from codecs import BOM_UTF8, BOM_UTF16_LE
from collections.abc import Callable
from pathlib import Path

import pytest

from kyrgyz_relations.errors import FAULT, FOUND
from kyrgyz_relations.factbase import documents
from kyrgyz_relations.factbase.documents import Place, Problems, parse
from tests.conftest import SMALL, Command

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
BASE = SMALL.read_text(encoding="utf-8")
DATA = BASE.encode()
# The line behind the last, where what is put there belongs to the last fact.
END = BASE.count("\n") + 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("/dev/zero", "it is not a regular file", marks=posix),
        pytest.param("pipe", "it is not a regular file", marks=posix),
        pytest.param("folder", "Is a directory", marks=posix),
        pytest.param("small.toml/facts.toml", "Not a directory", marks=posix),
        pytest.param("x" * 300, "File name too long", marks=posix),
        ("missing.toml", "No such file or directory"),
        ("a\0b", "no file has a NUL in its name"),
        ("small.toml", "it is larger than 0 GiB"),
    ],
)
def test_what_is_no_file_to_read_is_told_by_its_name(
    relations: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    path = tmp_path / name
    if name == "pipe":
        os.mkfifo(path)
    (tmp_path / "folder").mkdir()
    (tmp_path / "small.toml").write_bytes(DATA)
    monkeypatch.setattr(documents, "LARGEST", len(DATA) - 1)
    shown = str(path).replace("\0", r"\x00")
    assert relations("china", "--facts", str(path)) == (FAULT, "", f"{shown}: cannot be read: {said}\n")


def test_all_files_that_cannot_be_read_are_told(relations: Command, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.toml", "b.toml")]
    words = ("china", "--facts", str(paths[0]), "--add", str(paths[1]))
    told = [*(f"{path}: cannot be read: No such file or directory" for path in paths)]
    assert relations(*words).err.splitlines() == [*told, f"relations: 2 problems in {paths[0]}, {paths[1]}"]
    for path in paths:
        path.write_text("broken", encoding="utf-8")
    assert [line.partition(": ")[0] for line in relations(*words).err.splitlines()[:2]] == [
        f"{path}:1" for path in paths
    ]
    assert relations("china", "--facts", "").err == "relations: --facts and --add need the name of a file\n"


NO_UTF_8, NO_TOML = "this is not UTF-8; save the file as UTF-8", "this is not TOML: "
EMPTY, DEEP = "meta: missing format, title, subject, as_of", "this is nested too deeply for a fact base"


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"\x80" + DATA, 1, NO_UTF_8), (DATA + b"\xff", END, NO_UTF_8), (DATA + b"# \xed\xa0\x80\n", END, NO_UTF_8),
        (DATA + b"# \xe2\x80", END, NO_UTF_8), (DATA.replace(b"Testland", b"T\xf6stland", 1), 5, NO_UTF_8),
        (BOM_UTF8 + b"\n\n\xff", 3, NO_UTF_8), (BOM_UTF16_LE + BASE.encode("utf-16-le"), 1, NO_UTF_8),
        (BOM_UTF8 * 2 + DATA, 1, NO_TOML), (DATA + BOM_UTF8, END, NO_TOML), (DATA + b"\0", END, NO_TOML),
        (DATA.replace(b"\n", b"\r"), 1, NO_TOML), (DATA + b"b = '''\r'''\n", END, NO_TOML),
        (DATA + b"\x1b[31m", END, NO_TOML), (DATA + "\u2028\n".encode(), END, NO_TOML),
        (DATA + b'"\\ud800" = 1\n', END, NO_TOML), (b"a = 1\nb = ", 2, NO_TOML), (b'a = 1\nb = """x\n\n', 3, NO_TOML),
        (b"", 1, EMPTY), (BOM_UTF8 + b"\n\n", 1, EMPTY), (b"PK\x03\x04\x14\0\0\0", 1, NO_TOML),
        (b"a = " + b"1" * 5000, None, "this holds a number too long to be read"), (b"a = " + b"[" * 5000, None, DEEP),
        (b"a = " + b"{a=" * 5000, None, DEEP), (b"[" + b"a." * 5000 + b"a]", 1, DEEP),
    ],
)  # fmt: skip
def test_bytes_that_are_no_fact_base_are_told_with_their_line(
    relations: Command, tmp_path: Path, data: bytes, line: int | None, said: str
) -> None:
    path = tmp_path / "facts.toml"
    path.write_bytes(data)
    run = relations("china", "--facts", str(path))
    assert (run.status, run.out) == (FAULT, "")
    assert run.err.startswith(f"{path}:{line}: {said}" if line else f"{path}: {said}")
    assert (run.err.count("\n"), run.err.replace("\n", "").isprintable()) == (1, True)


@pytest.mark.parametrize("value", ["9999-12-31", "1e400", "-nan", "[[[[[[[[1]]]]]]]]", "{a.b.c = 1}"])
@pytest.mark.parametrize("field", ["format", "title", "examples"])
def test_a_value_that_cannot_be_is_told_with_its_line(relations: Command, base: Path, field: str, value: str) -> None:
    lines = BASE.split("\n")
    number = next(number for number, line in enumerate(lines) if line.startswith(f"{field} = "))
    lines[number] = f"{field} = {value}"
    base.write_text("\n".join(lines), encoding="utf-8")
    run = relations("china", "--facts", str(base))
    assert (run.status, run.err.partition(": ")[0]) == (FAULT, f"{base}:{number + 1}")
    assert f": meta: {field}" in run.err


def test_only_some_unknown_names_get_a_suggestion_and_long_ones_none() -> None:
    place, found = Place(parse("facts.toml", b"")), Problems()
    found.unknown(place, "unknown name", "x" * 101, ["x" * 100])
    for number in range(21):
        found.unknown(place, "unknown name", f"chin{number:02}", ["china"], "; or none")
    said = [message for _, _, message in found.located()]
    assert sum(message.endswith('(did you mean "china"?)') for message in said) == 20
    said = [message for message in said if "did you mean" not in message]
    assert said == ['unknown name "chin20"; or none', f'unknown name "{"x" * 101}"']


# Runs the command in as much memory as the first argument says, in MiB, and for as many seconds as the second does.
BOUNDED = """
import resource, runpy, sys
memory, work = int(sys.argv.pop(1)) << 20, int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (work, work))
runpy.run_module("kyrgyz_relations", run_name="__main__")
"""
MB = 1_000_000
LONG = ".".join("a" * 900)
NAMES = [f"partner-{number}" for number in range(1500)]


def with_text(quoted: str, tail: str = "") -> str:
    """Give the small fact base with another text in its last fact."""
    start = BASE.rindex("text = ")
    return f"{BASE[:start]}text = {quoted}{BASE[BASE.index(chr(10), start) :]}{tail}"


def with_partners(names: list[str], more: str = "") -> str:
    head, _, tail = BASE.rpartition('["china"]')
    return f"{head}{names}{tail}{more}"


# Each makes some known slip of a parser, or of what looks for lines, take quadratic time, or a state for each letter.
LARGE: dict[str, tuple[Callable[[], str], int | None]] = {
    "small": (lambda: BASE + "bad = 1", END),
    "lists in lists": (lambda: "a = " + "[" * 10 * MB, None),
    "dots": (lambda: "a" + ".a" * 5 * MB + " = 1", 1),
    "keys of many parts": (lambda: BASE + "".join([f"{LONG}.k{number} = 1\n" for number in range(200)]), END),
    "a string of escapes": (lambda: with_text('"' + '\\"' * 4 * MB + '"', "bad = 1"), END),
    "a long string of quotes": (lambda: with_text('"""' + 'x""' * 4 * MB + '"""', "bad = 1"), END),
    "comments": (lambda: BASE + f"# {'and so on ' * 9}\n" * (MB // 4) + "bad = 1", END + MB // 4),
    "keys of a fact": (lambda: BASE + "".join([f"k{number} = {number}\n" for number in range(20_000)]), END),
    "line ends": (lambda: BASE + "\n" * 2 * MB + "bad = 1", END + 2 * MB),
    "problems": (
        lambda: BASE.replace("[[facts]]", "[[facts]]\n" * (MB // 2), 1),
        BASE[: BASE.index("[[facts]]")].count("\n") + 1,
    ),
    "blanks": (lambda: BASE + " " * 2 * MB + "\nbad = 1", END + 1),
    "one thing twice": (
        lambda: (
            BASE + f'[partners.x]\nname = "X"\nkind = "state"\naliases = {[*NAMES * 30, *map(str, range(MB // 10))]}'
        ),
        END + 3,
    ),
    "names that nearly are others": (
        lambda: with_partners([f"{name}x" for name in NAMES], "".join([f"[partners.{name}]\n" for name in NAMES])),
        END - 4,
    ),
}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process's memory is not so bounded")
@pytest.mark.parametrize("case", LARGE)
def test_a_faulty_file_is_told_in_bounded_time_and_memory_however_large(tmp_path: Path, case: str) -> None:
    write, line = LARGE[case]
    path = tmp_path / "large.toml"
    path.write_text(write(), encoding="utf-8", newline="")
    words = [sys.executable, "-c", BOUNDED, "640", "20", "china", "--facts", str(path)]
    run = subprocess.run(words, capture_output=True, check=False, encoding="utf-8", timeout=60)
    path.unlink()
    assert (run.returncode, run.stdout) == (FAULT, "")
    assert run.stderr.startswith(f"{path}:{line}: " if line else f"{path}: this is nested too deeply")


def test_a_sound_file_is_answered_from_however_long_its_words(relations: Command, base: Path) -> None:
    base.write_text(with_text(f'"{"word " * MB}{"x" * MB}"'), encoding="utf-8")
    run = relations("kok-tash", "--facts", str(base))
    assert (run.status, run.ids) == (FOUND, ["kok-tash-road"])
