"""What is no TOML is told with its line: each kind of fault by rule, and the public suite's documents if at hand.

The suite, toml-test (https://github.com/toml-lang/toml-test), comes with tomlkit's source, though not with its wheel:
`pip download --no-deps --no-binary :all: tomlkit`, unpacked, has it as `tests/toml-test/tests`. TOML_TEST names that.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kyrgyz_relations.commands import FAULT
from tests.conftest import APP

pytestmark = pytest.mark.usefixtures("relations")

SUITE = os.environ.get("TOML_TEST", "")
NO_TOML = ("this is not TOML: ", "this is not UTF-8; ", "this holds a number too long to be read", "this is nested too")


def told(path: Path, data: bytes) -> list[tuple[int, str]]:
    """Ask a file that is no fact base; give the line and the message of each problem told."""
    path.write_bytes(data)
    done = CliRunner().invoke(APP, ["china", "--facts", str(path)])
    assert isinstance(done.exception, SystemExit), done.exception
    assert (done.exit_code, done.stdout) == (FAULT, "")
    lines = [line for line in done.stderr.removesuffix("\n").split("\n") if not line.startswith("relations: ")]
    assert all(line.isprintable() for line in lines)
    matches = [re.fullmatch(re.escape(str(path)) + r":(\d+): (.+)", line) for line in lines]
    problems = [(int(match[1]), match[2]) for match in matches if match]
    assert len(problems) == len(lines) > 0, lines
    last = data.count(b"\n") + 1
    assert all(0 < line <= last for line, _ in problems)
    return problems


def values(*faulty: str) -> Iterator[str]:
    """Give each value by itself, in a list and in an inline table."""
    for value in faulty:
        yield f"k = {value}"
        yield f"k = [1, {value}]"
        yield f"k = {{a = {value}}}"


CONTROLS = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), 127)]
QUOTES = ('"', "'", '"""', "'''")
DAYS = ("2024-00-01", "2024-13-01", "2024-01-00", "2024-01-32", "2024-04-31", "2024-02-30", "2023-02-29", "1900-02-29")
ODD_DAYS = ("2024-1-01", "2024-01-1", "24-01-01", "2024-01", "2024/01/01", "2024-0101", "2024-01-01-", "+2024-01-01")
TIMES = (
    "24:00:00",
    "23:60:00",
    "23:59:61",
    "1:00:00",
    "01:0:00",
    "01:00:0",
    "01:00:00.",
    "010000",
    "01:00:00;5",
    "01-00",
)
OFFSETS = ("+24:00", "+01:60", "+1:00", "+0100", "+", "z0", "ZZ", " Z", "+01:00Z", "−01:00")

CASES: dict[str, list[str]] = {
    "array": [
        *(
            "k = [1 2]",
            "k = [,1]",
            "k = [,]",
            "k = [1,,2]",
            "k = [1",
            "k = [1,",
            "k = [",
            "k = ]",
            "k = [1]]",
            'k = ["a]',
        ),
        *("k = [1] 2", "k = [1]\nk = [2]", "k = [a]", "k = [1\n# c\n2]", "k = [1; 2]", "k = (1, 2)", "k = [[1, 2]"),
        *(
            "k = [1]\n[[k]]",
            "k = [{}]\n[k.a]",
            "k = []\n[k]",
            "[[k]]\n[k]",
            "[k]\n[[k]]",
            "[[k.a]]\n[[k]]",
            "k.a = []\n[[k.a]]",
        ),
    ],
    "bool": [
        *values("True", "FALSE", "tru", "truee", "t", "false1", "truefalse", "true false", "yes", "null", "!true")
    ],
    "control": [
        *(f"k = {quote}a{letter}b{quote}" for quote in QUOTES for letter in CONTROLS),
        *(f"{before}{letter}\n" for before in ("# a", "k = 1 ", "k = [1, ", "", "[k", "k") for letter in CONTROLS[::5]),
        *(f"{before}\rb = 1" for before in ("# a", "k = 1", "k = '''", 'k = """', "k = [1,", "[k]")),
        *(f"k = {quote}\n{quote}" for quote in QUOTES[:2]),
    ],
    "datetime": [
        *values(*(f"{day}T01:00:00Z" for day in (*DAYS, *ODD_DAYS)), *(f"2024-01-01T{time}Z" for time in TIMES)),
        *(f"k = 2024-01-01T01:00:00{offset}" for offset in OFFSETS),
    ],
    "float": [
        *values(
            "1.", ".1", "+.5", "1.e3", "1e", "1e+", "1e1.5", "01.5", "-01.5", "1._5", "1_.5", "1.5_", "1__0.5", "1e_5"
        ),
        *values(
            "1e5_", "1ee5", "1.2.3", "Inf", "NaN", "in", "+na", "infinity", "inf_", "1.5f", "1,5 2", "0x1.8p3", "1e--5"
        ),
    ],
    "inline-table": [
        *(
            "k = {",
            "k = {a = 1",
            "k = {a = 1 b = 2}",
            "k = {,}",
            "k = {a}",
            "k = {a = }",
            "k = {= 1}",
            "k = {a = 1,, b = 2}",
        ),
        *(
            "k = {a = 1, a = 2}",
            "k = {a.b = 1, a = 2}",
            "k = {a = 1, a.b = 2}",
            "k = {a = {b = 1}, a.c = 2}",
            "k = {a = 1}}",
        ),
        *(
            "k = {a = 1}\nk.b = 2",
            "k = {}\n[k]",
            "k = {}\n[k.a]",
            "k = {}\n[[k]]",
            "k = {a = {}}\n[k.a]",
            "[k]\na = {}\n[k.a]",
        ),
        *("k = {a: 1}", "k = {{}}", "k = {[a]}", 'k = {"a = 1}', "k.a = {}\nk.a.b = 1", "k = {a = 1} b = 2"),
    ],
    "integer": [
        *values("01", "+01", "-00", "00", "1__2", "_1", "1_", "0X1", "0B1", "0O7", "0b2", "0o8", "0xg", "+0x1", "-0b1"),
        *values("0x_1", "0x1_", "0x1__2", "0x", "0b", "0o", "++1", "+-1", "1 2", "1a", "+", "-", "1'000", "１"),
    ],
    "key": [
        *(
            "k",
            "= 1",
            "k =",
            "k = \n1",
            "k\n= 1",
            "a b = 1",
            "a. = 1",
            ".a = 1",
            "a..b = 1",
            ". = 1",
            '"k = 1',
            "'k = 1",
        ),
        *("'a' 'b' = 1", "'a'b = 1", '"""k""" = 1', "'''k''' = 1", "a = 1 b = 2", "a = 1, b = 2", "k == 1", "k = = 1"),
        *(
            "é = 1",
            "a$ = 1",
            "a:b = 1",
            "k: 1",
            '"\\z" = 1',
            "k = 1\nk = 2",
            "k = 1\n'k' = 2",
            "k.a = 1\nk = 2",
            "k = 1\nk.a = 2",
        ),
        *(
            '[k]\na = 1\n"\\u0061" = 2',
            "k.a = 1\n[k]",
            "[k]\na.b = 1\n[k.a]",
            "[k]\na = 1\n[k.a]",
            "k = 1 # c\\\n= 2",
            "*k = 1",
        ),
    ],
    "local-date": [*values(*DAYS, *ODD_DAYS, "2024-01-01T", "2024-01-01x")],
    "local-datetime": [*values(*(f"{day} 01:00:00" for day in DAYS), *(f"2024-01-01T{time}" for time in TIMES))],
    "local-time": [*values(*TIMES, "01:00:00Z", "01:00:00+01:00", "T01:00:00", "01:00:00 pm")],
    "string": [
        *(f"k = {quote}\\{letter}{quote}" for quote in QUOTES[::2] for letter in "acdghijklmopqsvwyzABN01'/$( "),
        *(
            f"k = {quote}\\{code}{quote}"
            for quote in QUOTES[::2]
            for code in ("u12", "ud800", "uDFFF", "u00g0", "U0011")
        ),
        *(
            f"k = {quote}\\{code}{quote}"
            for quote in QUOTES[::2]
            for code in ("U00110000", "UFFFFFFFF", "U0000D800", "u")
        ),
        *(f"k = {quote}a" for quote in QUOTES),
        *(f"k = a{quote}" for quote in QUOTES),
        *(f"k = {quote}a{quote} b" for quote in QUOTES),
        *(f"k = {quote}a{quote}{quote}b{quote}{quote}" for quote in QUOTES),
        *(
            'k = "a" "b"',
            "k = 'a' + 'b'",
            "k = \"a'",
            "k = a",
            "k = 'it's'",
            'k = """a""""""',
            "k = '''a''''''",
            'k = "a\\"',
        ),
        *(
            'k = "a\n"',
            "k = 'a\nb'",
            'k = "a\\\nb"',
            "k = 'a\\'b'",
            'k = """a\\ b"""',
            "k = “a”",
            "k = `a`",
            'k = """a\\"""',
        ),
    ],
    "table": [
        *(
            "[]",
            "[[]]",
            "[k",
            "[[k",
            "[[k]",
            "[k]]",
            "[k.]",
            "[.k]",
            "[a..b]",
            "[k] b = 1",
            "[k][l]",
            "[ [k]]",
            "[[k] ]",
        ),
        *(
            "[k]\n[k]",
            "[k.a]\n[k]\na = 1\n[k.a]",
            "[k]\na.b = 1\n[k.a]",
            "[k.a]\n[k]\na.b = 1",
            "[k]\n[k.a]\n[k]",
            "[[k.a]]\n[k]\na = 1",
        ),
        *(
            "[k]\na = 1\n[k]",
            "[k]\n[[k]]",
            "[[k]]\n[k]",
            "[k.a]\n[k.a]",
            "k = {}\n[k.a]",
            "[k]\na = 1\n[k.a]",
            "[k.a]\n[[k]]",
            "[[k]]\na = 1\n[k]",
        ),
        *(
            "[a b]",
            "[a#b]",
            "[a=1]",
            "[a\nb]",
            '["a\nb"]',
            '["""k"""]',
            "['k]",
            "[é]",
            "[k$]",
            "[k]\n[k.'a]",
            "k = 1\n[k]",
            "[k]x",
        ),
    ],
}


@pytest.mark.parametrize("kind", CASES)
def test_a_fault_of_each_kind_is_told_with_its_line(tmp_path: Path, kind: str) -> None:
    for case in dict.fromkeys(CASES[kind]):
        problems = told(tmp_path / "facts.toml", case.encode())
        assert len(problems) == 1, (case, problems)
        ((line, message),) = problems
        assert message.startswith(NO_TOML), (case, message)
        assert line <= 1 + case.count("\n"), (case, line)


# What TOML 1.1 allows: one parser takes it, another does not, and a fact base has no use for any of it.
NEWER = [
    "k = {a = 1,}",
    "k = {\na = 1}",
    "k = {a = 1 # c\n}",
    "k = 01:00",
    "k = 2024-01-01T01:00Z",
    'k = "\\e"',
    'k = "\\x41"',
]


@pytest.mark.parametrize("case", NEWER)
def test_what_only_a_later_toml_allows_is_told_with_its_line(tmp_path: Path, case: str) -> None:
    assert told(tmp_path / "facts.toml", case.encode())[0][0] <= 1 + case.count("\n")


def documents() -> list[str]:
    return _listed("1.0.0") if SUITE else []


def _listed(version: str) -> list[str]:
    lines = Path(SUITE, f"files-toml-{version}").read_text(encoding="utf-8").splitlines()
    return sorted(line for line in lines if line.startswith("invalid/"))


@pytest.mark.skipif(not SUITE, reason="TOML_TEST names no folder with the suite's documents")
def test_the_suite_is_whole() -> None:
    assert len(documents()) > 300


@pytest.mark.parametrize("document", documents())
def test_a_document_of_the_suite_is_told_with_its_line(tmp_path: Path, document: str) -> None:
    problems = told(tmp_path / "facts.toml", Path(SUITE, document).read_bytes())
    if document in _listed("1.1.0"):
        assert [message for _, message in problems if not message.startswith(NO_TOML)] == []
