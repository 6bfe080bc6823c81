"""A fact base, a query and a file's name may be anybody's: none brings a traceback, a hang or a control code."""

import os
import re
import subprocess
import sys
import tomllib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import category

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kyrgyz_relations.cli import app
from kyrgyz_relations.commands import FAULT, FOUND, NOTHING
from kyrgyz_relations.output import FORMATS
from tests.conftest import SMALL, Run

pytestmark = pytest.mark.usefixtures("relations")
needs_bounds = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process's memory is not so bounded")
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")

# Bounds against hanging, not measures: what is asked here takes three seconds of work at most.
PATIENCE = 60
WORK = 12
# Runs the command in as much memory as the first argument tells, in MiB, and for as long as the second does.
BOUNDED = """
import resource, runpy, sys
memory, work = int(sys.argv.pop(1)) << 20, int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (work, work))
runpy.run_module("kyrgyz_relations", run_name="__main__")
"""
BASE = SMALL.read_text(encoding="utf-8")
# The line behind the last, where what is put there belongs to the last fact.
END = BASE.count("\n") + 1
MB = 1_000_000
# The two joiners of Persian do nothing to a terminal.
HARMLESS = "\n\t\u200c\u200d"
ESCAPES = re.compile("\x1b(?:\\[[0-9;]*m|]8;[^;\x1b\x07]*;[^\x1b\x07]*\x1b\\\\)")


def driving(text: str) -> set[str]:
    """Find what could drive a terminal, or make a line look like another."""
    return {letter for letter in set(text) if category(letter) in ("Cc", "Cf", "Cs") and letter not in HARMLESS}


def calm(run: Run) -> Run:
    assert run.status in (FOUND, NOTHING, FAULT)
    assert "Traceback" not in run.err
    assert driving(run.out + run.err) == set()
    return run


def bounded(*words: str, memory: int = 640) -> Run:
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED, str(memory), str(WORK), *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    return calm(Run(done.returncode, done.stdout.decode(), done.stderr.decode()))


def here(*words: str) -> Run:
    """Run the command in this process, which is quicker."""
    done = CliRunner().invoke(app, [*words], env={"FORCE_HYPERLINK": "1"})
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return calm(Run(done.exit_code, ESCAPES.sub("", done.stdout) if "always" in words else done.stdout, done.stderr))


def assert_refused(run: Run, path: Path | str, line: int | None = None) -> None:
    """See that it was a fault, told a problem a line: `FILE:LINE: …`, or `FILE: …` where all of it is at fault."""
    assert (run.status, run.out) == (FAULT, "")
    first, *others = run.err.removesuffix("\n").split("\n")
    told = re.compile(re.escape(str(path)) + r"(?::(\d+))?: .")
    match = told.match(first)
    assert match, first[:300]
    assert line is None or match[1] == str(line), first[:300]
    assert [other[:300] for other in others if not told.match(other) and not other.startswith("relations: ")] == []


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


# What may stand in each place of a fact base.

DOCUMENT = tomllib.loads(BASE)
TEXTS = (
    *("\x1b[31mred", "\x1b]0;title\x07", "\x1b]8;;https://evil.example\x1b\\x", "\x9b2J", "\x7f", "\0", "a\rb", "a\bb"),
    *("\u202egnp.exe", "\u2066a\u2069", "\u061c", "\u200b", "\ufeff", "\u00ad", "\U000e0041", "\u2028", "\x85", "\x1c"),
    *(
        "[bold]x[/bold]",
        "[link=https://evil.example]x[/link]",
        "[/]",
        "[red",
        ":smile:",
        "=cmd()",
        "@SUM(1)",
        "+1",
        "-1",
    ),
    *(
        '"',
        "'",
        "\\",
        "a\tb",
        "a\nb",
        "<b>",
        "&lt;",
        "]]>",
        "|",
        "`",
        "{id}",
        "{0.__class__}",
        "%s",
        "$(id)",
        "\\x1b[31m",
    ),
    *("https://e.example/\x1b[31m", "https://e.example/\u202e", "https://e.example/;\x07", "javascript:alert(1)"),
    *(
        "\ue000",
        "\U0010ffff",
        "\ufffe",
        "ﷺ",
        "e" + "\u0301" * 50,
        "\u3164",
        "ıİ",
        "\uff12\uff10",
        "..",
        "1990s",
        ",",
        "-",
    ),
)
ANY_TEXT = st.one_of(
    st.sampled_from(TEXTS),
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=12),
    st.text(st.sampled_from("\x1b\x9b\x07\u202e[];mH\"'\\|<>&=*_`{}#\n\t a"), max_size=12),
)


def places(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Find the ways to all strings of a document, and to the keys of its tables (which end with None)."""
    if isinstance(value, str):
        yield way
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*way, key, "")
            yield from places(item, (*way, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from places(item, (*way, number))


def put(value: Any, way: tuple[str | int, ...], text: str) -> Any:
    """Give a document with a text in the place to which the way leads."""
    if not way:
        return text
    if isinstance(value, list):
        return [put(item, way[1:], text) if number == way[0] else item for number, item in enumerate(value)]
    if isinstance(value, dict):
        if way[1:] == ("",):
            return {text if key == way[0] else key: item for key, item in value.items()}
        return {key: put(item, way[1:], text) if key == way[0] else item for key, item in value.items()}
    return value


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(key)} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in value) + '"'
    return str(value)


PLACES = [*places(DOCUMENT)]
ASKED = (
    *(["1900..", "--format", form] for form in FORMATS),
    ["1900..", "--format", "table", "--color", "always"],
    ["1900..", "--sort", "rank", "--template", "{id} {text} {note} {sources} {url}"],
    ["fact", "kok-tash-road", "--format", "table", "--color", "always"],
    ["china", "--format", "html"],
    ["partners", "--header"],
    ["partners", "--format", "table", "--color", "always"],
    ["themes", "--csv"],
    ["sources", "--format", "bibtex"],
    ["sources", "--format", "table", "--color", "always"],
    ["--format", "table", "--color", "always"],
    ["--json"],
    ["nothing-such-as-this"],
    ["--partner", "chnia"],
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])  # each example may share both
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), ANY_TEXT), min_size=1, max_size=3))
@example(changes=[(("facts", 1, "text"), "\x1b[31m")])
@example(changes=[(("facts", 1, "text"), "[bold]=cmd()"), (("partners", "china", "name"), "[/red] | <b>")])
@example(changes=[(("partners", "bhutan", ""), "\x9b2J")])
@example(changes=[(("sources", "example-1992-china", "url"), "https://e.example/;\x07\x1b]")])
@example(changes=[(("facts", 0, "partners", 0), "\u202ech\x1bina")])
@example(changes=[(("facts", 0, "date"), "2014\x1b")])
@example(changes=[(("themes", "transport", ""), "a\x1b[31m"), (("partners", "bhutan", ""), "a\x1b[31m")])
def test_no_text_in_any_place_reaches_a_terminal_as_a_control_code(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[tuple[str | int, ...], str]]
) -> None:
    document = DOCUMENT
    for way, text in changes:
        document = put(document, way, text)
    path = tmp_path_factory.getbasetemp() / "hostile.toml"
    path.write_text("\n".join(f"{toml(key)} = {toml(value)}" for key, value in document.items()), encoding="utf-8")
    first, *others = ASKED
    if here(*first, "--facts", str(path)).status == FAULT:
        assert_refused(here(*first, "--facts", str(path)), path)
        return
    for words in others:
        assert here(*words, "--facts", str(path)).status != FAULT or "is not for" in here(*words).err


# What may be asked.


@needs_bounds
@pytest.mark.parametrize(
    "words",
    [
        ["x" * 120_000],
        ["ﷺ" * 10_000],
        ["a-" * 60_000],
        ["e" + "\u0301" * 60_000],
        ["(" * 120_000],
        ["a " * 60_000],
        ["NEAR(" * 20_000 + "china" + ")" * 20_000],
        ["--text", "china* OR " * 10_000],
        ["9" * 60_000 + ".." + "9" * 60_000],
        ["--template", "{id:" + "9" * 120_000 + "}"],
        ["--template", "{id}" * 30_000],
        ["fact", "x" * 120_000],
    ],
    ids=lambda words: " ".join(words)[:20],
)
def test_a_long_word_is_looked_up_or_refused(words: list[str]) -> None:
    run = bounded(*words, "--facts", str(SMALL))
    assert bool(run.out) == (run.status == FOUND)
    assert bool(run.err) == (run.status != FOUND)


@pytest.mark.parametrize("count", [900, 1100, 5000])
@pytest.mark.parametrize("option", [[], ["--partner"], ["--theme"], ["--kind"], ["--text"]])
def test_many_alternatives_are_looked_up_or_refused(option: list[str], count: int) -> None:
    run = here(*option, ",".join(f"k{number}" for number in range(count)) + ",china", "--facts", str(SMALL))
    assert bool(run.out) == (run.status == FOUND)
    assert bool(run.err) == (run.status != FOUND)


@pytest.mark.parametrize("option", ["--partner", "--theme", "--kind", "--text"])
def test_many_options_are_looked_up_or_refused(option: str) -> None:
    run = here(*(f"{option}=k{number}" for number in range(1500)), "--facts", str(SMALL))
    assert run.status in (NOTHING, FAULT)


def test_many_ids_are_looked_up_or_refused() -> None:
    ids = ["us-base", *(f"no-fact-{number}" for number in range(1500))]
    run = here("fact", *ids, "--facts", str(SMALL))
    assert run.status in (NOTHING, FAULT)
    assert run.status == FAULT or run.ids == ["us-base"]


PLAIN_CODES = "a\x1b[31m\nb\x9b\x07"
CODES = f"{PLAIN_CODES}\u202e"


@needs_posix
@pytest.mark.parametrize(
    "words",
    [
        ["--facts", f"/nowhere/{CODES}"],
        ["--facts", f"{{tmp}}/{CODES}.toml"],
        ["china", "--facts", f"{{tmp}}/{CODES}.toml", "--json"],
        *(["china", "--facts", str(SMALL), "-o", name] for name in (CODES, f"{CODES}.csv", f"{{tmp}}/{CODES}.csv")),
        ["china", "--facts", str(SMALL), "-o", f"/nowhere/{CODES}.csv", "--force"],
        ["china", "--facts", str(SMALL), "-o", "{tmp}", "--format", CODES],
        ["china", "--facts", str(SMALL), "--template", f"{{{{id:{CODES}}}}}"],
        ["china", "--facts", str(SMALL), "--template", f"{{{{id!{CODES}}}}}"],
        ["china", "--facts", str(SMALL), "--template", f"{{{{{CODES}}}}}"],
        ["china", "--facts", str(SMALL), "--sort", CODES],
        ["china", "--facts", str(SMALL), "--color", CODES],
        ["china", "--facts", str(SMALL), "--fields", CODES],
        ["china", "--facts", str(SMALL), "--until", CODES],
        ["china", "--facts", str(SMALL), f"--{PLAIN_CODES}"],
        ["china", "--facts", str(SMALL), f"--json={PLAIN_CODES}"],
        ["china", "--facts", str(SMALL), f"-{PLAIN_CODES}"],
    ],
    ids=lambda words: " ".join(words).encode("unicode_escape").decode()[:60],
)
def test_a_control_code_in_a_fault_is_told_but_not_carried_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"{CODES}.toml").write_text("bad = 1", encoding="utf-8")
    (tmp_path / f"{CODES}.csv").write_text("old", encoding="utf-8")
    run = here(*(word.format(tmp=tmp_path) for word in words))
    assert (run.status, run.out) == (FAULT, "")
    assert run.err


@needs_posix
@pytest.mark.parametrize("words", [["{}"], ["--partner", "{}"], ["--text", "{}"], ["fact", "{}"], ["china", "{},x-{}"]])
def test_a_control_code_in_what_finds_nothing_is_told_but_not_carried_out(words: list[str]) -> None:
    run = here(*(word.replace("{}", CODES) for word in words), "--facts", str(SMALL))
    assert (run.status, run.out) == (NOTHING, "")
    assert "\\x1b" in run.err


@needs_posix
@pytest.mark.parametrize(
    "name", ["--force.csv", "-o.csv", ";id.csv", "$(id).csv", "%s.csv", "a\nb.csv", "~.csv", "..csv"]
)
def test_a_file_of_any_name_is_written_and_read_under_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert here("china", "--facts", str(SMALL), f"--output={name}").status == FOUND
    (tmp_path / name).replace(tmp_path / "written")
    assert (tmp_path / "written").read_bytes().startswith(b"id,date,")
    (tmp_path / name).write_text(BASE, encoding="utf-8")
    assert here("railway", f"--facts={name}").ids == ["railway-begun"]
    assert sorted(item.name for item in tmp_path.iterdir()) == sorted(["written", name])
