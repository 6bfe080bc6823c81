"""How the command behaves in its surroundings: colours, links, widths and locales."""

import re

import pytest

from kyrgyz_relations.commands import FAULT, FOUND, NOTHING
from kyrgyz_relations.output.screen import takes_links
from tests.conftest import Command
from tests.screen import drawn

ASCII = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
# What the surroundings may say of a terminal: the tests start from nothing.
KNOWN = (
    *(
        "COLORTERM",
        "COLUMNS",
        "CLICOLOR_FORCE",
        "DOMTERM",
        "FORCE_COLOR",
        "FORCE_HYPERLINK",
        "KONSOLE_VERSION",
        "LC_ALL",
    ),
    *("LINES", "NO_COLOR", "PYTHONIOENCODING", "PYTHONUTF8", "TERM_PROGRAM", "VTE_VERSION", "WT_SESSION"),
)
ESCAPES = re.compile("\x1b(?:\\[[0-9;]*m|]8;[^\x1b]*\x1b\\\\)")


@pytest.fixture(autouse=True)
def bare(relations: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    del relations
    for name in KNOWN:
        monkeypatch.delenv(name, raising=False)


def settings(environment: str) -> dict[str, str]:
    return dict(setting.split("=") for setting in environment.split())


def colours(text: str) -> str:
    if re.search("\x1b\\[(?:\\d+;)*3[0-7]", text):
        return "coloured"
    return "styled" if "\x1b[" in text else "plain"


@pytest.mark.parametrize(
    ("environment", "option", "terminal", "pipe"),
    [
        ("", "", "coloured", "plain"),
        ("", "--color auto", "coloured", "plain"),
        ("", "--color always", "coloured", "coloured"),
        ("", "--color never", "plain", "plain"),
        ("NO_COLOR=1", "", "styled", "plain"),
        ("NO_COLOR=", "", "coloured", "plain"),
        ("NO_COLOR=1", "--color always", "coloured", "coloured"),
        ("FORCE_COLOR=1", "", "coloured", "coloured"),
        ("FORCE_COLOR=1", "--color never", "plain", "plain"),
        ("CLICOLOR_FORCE=1", "", "coloured", "coloured"),
        ("CLICOLOR_FORCE=0", "", "coloured", "plain"),
        ("CLICOLOR_FORCE=1 NO_COLOR=1", "", "styled", "styled"),
        ("CLICOLOR_FORCE=1", "--color never", "plain", "plain"),
        ("TERM=dumb", "", "plain", "plain"),
        ("TERM=dumb", "--color always", "coloured", "coloured"),
    ],
)
def test_colours_are_as_the_surroundings_ask(
    relations: Command, environment: str, option: str, terminal: str, pipe: str
) -> None:
    env = settings(environment)
    screen = drawn("bases", *option.split(), env=env)
    table = relations("bases", *option.split(), "--format", "table", small=True, env={"TERM": "xterm", **env})
    assert (colours(screen.out), colours(table.out)) == (terminal, pipe)
    assert "\x1b]8" not in screen.out + table.out


@pytest.mark.parametrize("option", [[], ["--color", "always"], ["--csv"], ["--json"], ["--format", "markdown"]])
def test_what_scripts_read_stays_plain_whatever_is_forced(relations: Command, option: list[str]) -> None:
    forced = {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1", "FORCE_HYPERLINK": "1", "COLUMNS": "10"}
    run = relations("bases", *option, small=True, env=forced)
    assert run.out == relations("bases", *option, small=True).out
    assert (run.status, colours(run.out)) == (FOUND, "plain")


@pytest.mark.parametrize(
    ("environment", "links"),
    [
        ({}, False),
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "foot"}, True),
        ({"TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM_PROGRAM": "vscode"}, True),
        ({"TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"VTE_VERSION": "6800"}, True),
        ({"VTE_VERSION": "5000"}, True),
        ({"VTE_VERSION": "4999"}, False),
        ({"VTE_VERSION": "recent"}, False),
        ({"WT_SESSION": "0b4c"}, True),
        ({"KONSOLE_VERSION": "220401"}, True),
        ({"FORCE_HYPERLINK": "1"}, True),
        ({"FORCE_HYPERLINK": "0", "VTE_VERSION": "6800"}, False),
        ({"FORCE_HYPERLINK": "", "TERM": "xterm-kitty"}, False),
    ],
)
def test_a_terminal_is_known_to_take_links_by_its_variables(environment: dict[str, str], links: bool) -> None:  # noqa: FBT001  # pytest passes it by name
    assert takes_links(environment) == links


@pytest.mark.parametrize(
    ("environment", "links"),
    [
        ("", False),
        ("VTE_VERSION=6800", True),
        ("TERM_PROGRAM=WezTerm NO_COLOR=1", True),
        ("VTE_VERSION=6800 FORCE_HYPERLINK=0", False),
        ("VTE_VERSION=6800 TERM=dumb", False),
    ],
)
def test_links_are_drawn_only_where_they_are_taken(environment: str, links: bool) -> None:  # noqa: FBT001  # pytest passes it by name
    run = drawn("us-base-closed", env=settings(environment))
    assert (";https://example.com/handover\x1b\\" in run.out) == links
    assert "https://example.com/handover" in ESCAPES.sub("", run.out)


@pytest.mark.parametrize(
    ("environment", "terminal", "pipe"),
    [
        ("", 100, 80),
        ("COLUMNS=60", 60, 60),
        ("COLUMNS=140", 140, 140),
        ("COLUMNS=7", 7, 7),
        ("COLUMNS=", 100, 80),
        ("COLUMNS=0", 100, 80),
        ("COLUMNS=wide", 100, 80),
        ("COLUMNS=-60", 100, 80),
        ("COLUMNS=²", 100, 80),
        ("TERM=dumb COLUMNS=60", 60, 60),
    ],
)
def test_the_width_is_that_of_columns_or_else_of_the_screen(
    relations: Command, environment: str, terminal: int, pipe: int
) -> None:
    # Rich fills the profile's lines with blanks up to the width.
    env = settings(environment)
    screen = ESCAPES.sub("", drawn("china", env=env).out)
    table = relations("china", "--format", "table", small=True, env={"COLUMNS": "", **env})
    assert [max(map(len, text.split("\n"))) for text in (screen, table.out)] == [terminal, pipe]


@pytest.mark.parametrize(
    ("words", "environment", "rows"),
    [
        (["china"], ASCII, 500),
        (["kok-tash-road"], ASCII, 500),
        (["sources"], ASCII, 500),
        (["соседи"], ASCII, 500),
        ([], ASCII, 500),
        (["china"], {"PYTHONIOENCODING": "ascii"}, 500),
        (["china"], ASCII, 3),
        (["china"], {"PYTHONIOENCODING": "ascii"}, 3),
    ],
)
def test_a_terminal_without_other_letters_gets_the_nearest_also_through_the_pager(
    words: list[str], environment: dict[str, str], rows: int
) -> None:
    run = drawn(*words, rows=rows, env={"PAGER": "cat", **environment})
    text = ESCAPES.sub("", run.out)
    assert (run.status, text.isascii()) == (FOUND, True)
    assert len(text.split()) > 5


def test_letters_with_marks_and_dashes_lose_only_those(relations: Command) -> None:
    table = ["china", "--format", "table"]
    told, plain = (relations(*table, small=True, env=env).out for env in ({}, {"PYTHONIOENCODING": "ascii"}))
    assert "communiqué" in told
    assert "communique" in plain
    assert "China · Кытай · Китай · CN" in told
    assert "China | ????? | ????? | CN" in plain
    assert "3 facts, 1992-2024" in plain


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["кытай"], (FOUND, "china-diplomatic-relations")),
        (["china", "--template", "«{id}»"], (FOUND, "«china-diplomatic-relations»")),
        (["--partner", "Россия", "--fields", "id"], (FOUND, "russia-base")),
        (["--text", "железная"], (FOUND, "railway-begun")),
    ],
)
def test_what_is_typed_is_understood_where_the_locale_is_ascii(
    relations: Command, words: list[str], expected: tuple[int, str]
) -> None:
    run = relations(*words, small=True, env=ASCII)
    assert run.status == expected[0]
    # The railway has its Russian name in the title of a source alone.
    assert not run.err or "titles of sources" in run.err
    assert expected[1] in run.out


@pytest.mark.parametrize(
    ("option", "status"),
    [
        ("{}", FOUND),
        ("--text={}", NOTHING),
        ("--partner={}", NOTHING),
        ("--since={}", FAULT),
        ("--fields={}", FAULT),
        ("--format={}", FAULT),
        ("--facts={}", FAULT),
        ("--template={}{{id}}", FOUND),
        ("--{}", FAULT),
    ],
)
def test_bytes_that_are_no_letters_are_taken_calmly(relations: Command, option: str, status: int) -> None:
    run = relations("china", option.format("\udcff"), small=True)
    assert run.status == status
    assert "Traceback" not in run.err
