"""A fact base, a query and a file's name may be anybody's: none brings a traceback, a hang or a control code."""

import os
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kyrgyz_relations.commands import FAULT, FOUND
from tests.bounds import assert_refused, bounded, here, needs_bounds, needs_posix
from tests.conftest import SMALL

BASE = SMALL.read_text(encoding="utf-8")
# The line behind the last, where what is put there belongs to the last fact.
END = BASE.count("\n") + 1
MB = 1_000_000


# What is no file to read.


@needs_posix
@needs_bounds
@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null", "/dev/full", "pipe"])
def test_what_is_no_regular_file_is_not_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "pipe":
        os.mkfifo(path)
    elif not path.exists():
        pytest.skip(f"this system has no {name}")
    run = bounded("china", "--facts", str(path))
    assert_refused(run, path)
    assert "not a regular file" in run.err


@needs_bounds
def test_what_is_too_large_to_be_a_fact_base_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    try:
        with path.open("wb") as file:
            file.truncate(4 << 30)
    except OSError as error:
        pytest.skip(f"no file can be as large here: {error.strerror}")
    run = bounded("china", "--facts", str(path))
    assert_refused(run, path)
    assert "larger than" in run.err


@pytest.mark.parametrize("name", ["", "missing.toml", "folder/missing.toml", "small.toml/facts.toml", "x" * 300])
def test_what_is_not_there_is_told_by_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "small.toml").write_text(BASE, encoding="utf-8")
    run = here("china", "--facts", str(tmp_path / name))
    assert_refused(run, tmp_path / name)
    assert run.err.count("\n") == 1


@needs_posix
def test_what_may_not_be_read_is_told_by_its_name(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = tmp_path / "facts.toml"
    path.write_text(BASE, encoding="utf-8")
    path.chmod(0)
    run = here("china", "--facts", str(path))
    assert_refused(run, path)
    assert "Permission denied" in run.err


# What is large, deep or many.

NAMES = [f"partner-{number}" for number in range(1500)]
LONG_NAMES = ["k" * 9990 + str(number) for number in range(100)]


def partners(names: list[str]) -> str:
    return "".join(f'[partners.{name}]\nname = "N{number}x"\nkind = "state"\n' for number, name in enumerate(names))


def with_text(quoted: str, tail: str = "") -> str:
    """Give the small fact base with another text in its last fact."""
    start = BASE.rindex("text = ")
    return f"{BASE[:start]}text = {quoted}{BASE[BASE.index(chr(10), start) :]}{tail}"


def with_partners(names: Iterator[str]) -> str:
    head, key, tail = BASE.rpartition('["china"]')
    assert key
    return f"{head}[{', '.join(f'{chr(34)}{name}{chr(34)}' for name in names)}]{tail}"


FAULTY: dict[str, tuple[Callable[[], str], int | None]] = {
    "lists in lists": (lambda: "a = " + "[" * 50 * MB, None),
    "tables in tables": (lambda: "a = " + "{a=" * 17 * MB, None),
    "dots": (lambda: "a" + ".a" * 25 * MB + " = 1", None),
    "brackets of a header": (lambda: "[" * 50 * MB, 1),
    "a string": (lambda: with_text(f'"{"x" * 50 * MB}"', "bad = 1"), END),
    "a string of escapes": (lambda: with_text('"' + '\\"' * 4 * MB + '"', "bad = 1"), END),
    "a long string of quotes": (lambda: with_text('"""' + 'x""' * 4 * MB + '"""', "bad = 1"), END),
    "a string without end": (lambda: 'a = "' + "x" * 20 * MB, 1),
    "a comment": (lambda: BASE + "# " + "x" * 20 * MB + "\nbad = 1", END + 1),
    "comments": (lambda: BASE + f"# {'and so on ' * 9}\n" * (MB // 4) + "bad = 1", END + MB // 4),
    "blank lines": (lambda: BASE + "\n" * 30 * MB + "bad = 1", END + 30 * MB),
    "NULs": (lambda: "\0" * 50 * MB, 1),
    "keys": (lambda: "".join([f"k{number} = {number}\n" for number in range(200_000)]), 1),
    "keys of a fact": (lambda: BASE + "".join([f"k{number} = {number}\n" for number in range(20_000)]), END),
    "facts without fields": (lambda: BASE + "[[facts]]\n" * 5_000, END),
    "long keys as partners": (lambda: BASE + partners(LONG_NAMES), END),
    "names that nearly are others": (
        lambda: with_partners(f"{name}x" for name in NAMES) + partners(NAMES),
        END - 4,
    ),
    "long names that nearly are others": (
        lambda: with_partners(f"{name}x" for name in LONG_NAMES) + partners(LONG_NAMES),
        None,
    ),
    "names in a list": (lambda: with_partners(f"k{number}" for number in range(100_000)), END - 4),
}


@needs_bounds
@pytest.mark.parametrize("case", FAULTY)
def test_a_faulty_file_is_refused_however_large(tmp_path: Path, case: str) -> None:
    write, line = FAULTY[case]
    path = tmp_path / "large.toml"
    path.write_text(write(), encoding="utf-8", newline="")
    run = bounded("china", "--facts", str(path))
    path.unlink()
    assert_refused(run, path, line)


SOUND: dict[str, Callable[[], str]] = {
    "comments": lambda: f"# {'and so on ' * 9}\n" * (MB // 4) + BASE,
    "blank lines": lambda: BASE + "\n" * 5 * MB,
    "a word": lambda: with_text(f'"{"x" * 20 * MB}"'),
    "words": lambda: with_text(f'"{"word " * MB}"'),
    "a name": lambda: BASE.replace('"Bhutan"', f'"{"é" * 2 * MB}"'),
    "partners": lambda: BASE + partners([f"k{number}" for number in range(20_000)]),
}


@needs_bounds
@pytest.mark.parametrize("case", SOUND)
def test_a_sound_file_is_answered_from_however_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    path = tmp_path / "large.toml"
    path.write_text(SOUND[case](), encoding="utf-8")
    run = bounded("china", "kok-tash", "--facts", str(path))
    assert (run.status, run.ids) == (FOUND, ["kok-tash-road"])


@needs_bounds
def test_a_file_that_takes_more_memory_than_there_is_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    path.write_text("a = [" + "{}," * 4 * MB + "]", encoding="utf-8")
    run = bounded("china", "--facts", str(path), memory=256)
    assert_refused(run, path)
    run = bounded("check", str(path), memory=256)
    assert (run.status, run.out) == (FAULT, f"{path}: error: cannot be read: it takes more memory than there is\n")


# What is no text, or no TOML, or no date.

BEGINNING = '[meta]\ntitle = "'


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"\x80" + BASE.encode(), 1),
        (BASE.encode() + b"\xff", END),
        (BASE.encode() + b"# \xc0\x80", END),
        (BASE.encode() + b"# \xed\xa0\x80\n", END),
        (BASE.encode() + b"# \xf4\x90\x80\x80\n", END),
        (BASE.encode() + b"# \xe2\x80", END),
        (BASE.encode().replace(b"[meta]", b"[m\xe9ta]"), 3),
        (BASE.encode().replace(b"Testland", b"T\xf6stland", 1), 5),
        (BASE.encode("latin-1", "replace"), None),
        (BASE.encode("utf-16-le"), None),
        (BOM_UTF16_LE + BASE.encode("utf-16-le"), 1),
        (BOM_UTF16_BE + BASE.encode("utf-16-be"), 1),
        (BASE.encode("utf-32"), 1),
        (BOM_UTF8 * 2 + BASE.encode(), 1),
        (BASE.encode() + BOM_UTF8, END),
        (BASE.encode() + b"\0", END),
        (BASE.encode().replace(b"Testland", b"\0", 1), 5),
        (BASE.encode().replace(b"\n", b"\r"), 1),
        (BASE.encode() + b"# a\rb = 1\n", END),
        (BASE.encode() + b"b = '\r'\n", END),
        (BASE.encode() + b"b = '''\r'''\n", END),
        (BASE.encode() + b"\x1b[31m", END),
        (BASE.encode() + b"\x0c\n", END),
        (BASE.encode() + "\u2028\n".encode(), END),
        (BASE.encode() + "\x9b31m\n".encode(), END),
        (BASE.encode() + b"'\x1b[31m' = 1\n", END),
        (BASE.encode() + b'"\\u001b[31m" = 1\n', END),
        (BASE.encode() + b'"\\U00110000" = 1\n', END),
        (BASE.encode() + b'"\\ud800" = 1\n', END),
        (b"", 1),
        (b"\n\n", 1),
        (BOM_UTF8, 1),
        (b"PK\x03\x04\x14\0\0\0", 1),
        (b"\x7fELF\x02\x01\x01\0", 1),
        (b"<!DOCTYPE html>\n", 1),
        (b'{"meta": {}}\n', 1),
    ],
)
def test_bytes_that_are_no_fact_base_are_told_with_their_line(tmp_path: Path, data: bytes, line: int | None) -> None:
    path = tmp_path / "facts.toml"
    path.write_bytes(data)
    assert_refused(here("china", "--facts", str(path)), path, line)


@pytest.mark.parametrize(
    "value",
    [
        *(
            '"9999-99-99"',
            '"0000-00-00"',
            '"2024-02-30"',
            '"10000-01-01"',
            '"-0001"',
            '"\uff12\uff10"',
            '""',
            '"2024/2023"',
        ),
        *("9999-99-99", "0000-00-00", "0000-01-01", "9999-12-31", "0001-01-01T00:00:00Z", "23:59:60", "24:00:00"),
        *("1e400", "-1e400", "inf", "-nan", "1" * 4000, "1" * 10_000, "-" + "9" * 4000, "0x" + "f" * 100_000, "0b1"),
        *("18446744073709551616", "0." + "0" * 100_000 + "1", "true", "[]", "{}", "[[[[[[[[1]]]]]]]]", "{a.b.c = 1}"),
    ],
    ids=lambda value: value[:30],
)
@pytest.mark.parametrize("field", ["format", "as_of", "title", "examples"])
def test_a_value_that_cannot_be_is_told_with_its_line(tmp_path: Path, field: str, value: str) -> None:
    if (field, value) in {("examples", "[]"), ("format", "0b1")} or (field == "title" and value[0] == '"' != value[1]):
        pytest.skip("that can be")
    path = tmp_path / "facts.toml"
    path.write_text(re.sub(rf"(?m)^{field} = .*$", f"{field} = {value}", BASE), encoding="utf-8")
    line = BASE[: BASE.index(f"\n{field} = ")].count("\n") + 2
    # A number that Python would not read is no more than that, wherever it stands.
    assert_refused(here("china", "--facts", str(path)), path, None if len(value.lstrip("-")) > 4300 else line)


def test_of_very_many_problems_the_first_are_told(tmp_path: Path) -> None:
    path = tmp_path / "many.toml"
    path.write_text("[[facts]]\n" * 30_000, encoding="utf-8")
    run = here("check", str(path), "--fields", "message")
    assert run.status == FAULT
    assert len(run.lines) == 10_001
    assert run.lines[-1] == "has more than 10000 problems; these are the first"
