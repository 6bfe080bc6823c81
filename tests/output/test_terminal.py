import io
import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from kyrgyz_relations.__main__ import answer
from kyrgyz_relations.output.terminal import takes_links
from tests.conftest import SMALL, Terminal, run
from tests.hostile import TEXTS
from tests.views.test_screens import ESCAPES

VIEWS = [
    ["china"], ["fact", "kok-tash-road"], [], ["partners"], ["themes"], ["sources"], ["timeline", "..2100"],
    ["timeline", "--by", "theme"], ["compare", "china", "russia"], ["map"], ["stats"], ["series", "road-costs"],
]  # fmt: skip


def look(text: str) -> str:
    if re.search("\x1b\\[(?:\\d+;)*3[0-7]", text):
        return "coloured"
    return "styled" if "\x1b[" in text else "plain"


@pytest.mark.parametrize(
    ("environment", "option", "terminal", "pipe"),
    [
        ("", [], "coloured", "plain"), ("", ["--color", "auto"], "coloured", "plain"),
        ("", ["--color", "always"], "coloured", "coloured"), ("", ["--color", "never"], "plain", "plain"),
        ("NO_COLOR=1", [], "styled", "plain"), ("NO_COLOR=", [], "coloured", "plain"),
        ("NO_COLOR=1", ["--color", "always"], "coloured", "coloured"),
        ("FORCE_COLOR=1", [], "coloured", "coloured"), ("FORCE_COLOR=0", [], "plain", "plain"),
        ("FORCE_COLOR=0", ["--color", "always"], "coloured", "coloured"),
        ("FORCE_COLOR=1", ["--color", "never"], "plain", "plain"),
        ("CLICOLOR_FORCE=1", [], "coloured", "coloured"), ("CLICOLOR_FORCE=0", [], "coloured", "plain"),
        ("CLICOLOR_FORCE=1 NO_COLOR=1", [], "styled", "styled"),
        ("CLICOLOR_FORCE=1", ["--color", "never"], "plain", "plain"),
        ("TTY_COMPATIBLE=1", [], "coloured", "plain"), ("GITHUB_ACTIONS=true", [], "coloured", "plain"),
        ("TERM=dumb", [], "plain", "plain"), ("TERM=dumb", ["--color", "always"], "coloured", "coloured"),
    ],
)  # fmt: skip
def test_colours_are_as_the_surroundings_and_the_option_ask(
    monkeypatch: pytest.MonkeyPatch, environment: str, option: list[str], terminal: str, pipe: str
) -> None:
    for setting in ["TERM=xterm", *environment.split()]:
        monkeypatch.setenv(*setting.split("="))
    screen = run("bases", *option, small=True, columns=80).out
    piped = run("bases", *option, "--format", "table", small=True).out
    assert (look(screen), look(piped)) == (terminal, pipe)
    assert ESCAPES.sub("", screen) == ESCAPES.sub("", piped)


@pytest.mark.parametrize(
    ("environment", "links"),
    [
        ({}, False), ({"TERM": "xterm-256color"}, False), ({"TERM": "xterm-kitty"}, True), ({"TERM": "foot"}, True),
        ({"TERM_PROGRAM": "vscode"}, True), ({"TERM_PROGRAM": "Apple_Terminal"}, False), ({"WT_SESSION": "0b4c"}, True),
        *(({"VTE_VERSION": version}, True) for version in ("5000", "6800", "7603")),
        *(({"VTE_VERSION": version}, False) for version in ("4999", "new", "", "-6800", "٦٨٠٠", "9" * 5000, "68.00")),
        ({"FORCE_HYPERLINK": "1"}, True), ({"FORCE_HYPERLINK": "0", "VTE_VERSION": "6800"}, False),
        ({"FORCE_HYPERLINK": "", "TERM": "xterm-kitty"}, False), ({"KONSOLE_VERSION": "220401"}, True),
    ],
)  # fmt: skip
def test_a_terminal_is_known_to_take_links_by_its_variables(environment: dict[str, str], *, links: bool) -> None:
    assert takes_links(environment) == links


@pytest.mark.parametrize("option", [["--color", "never"], []])
def test_where_nothing_is_styled_there_are_no_links_either(monkeypatch: pytest.MonkeyPatch, option: list[str]) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    assert "\x1b" not in run("bases", *option, small=True, columns=80).out


@pytest.mark.parametrize("columns", ["", "0", "-60", "sixty", "6e1", "٦٠", "60.5", "10000", "9" * 5000])
def test_a_screen_that_does_not_say_how_wide_it_is_has_80_columns(
    monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", columns)
    assert run("china", "--format", "table", small=True) == run("china", small=True, columns=80)


def in_letters(encoding: str, *words: str) -> str:
    """Run the command on a terminal with other letters."""
    buffer = io.BytesIO()
    stream = Terminal(buffer, encoding=encoding, write_through=True)
    with pytest.MonkeyPatch.context() as context:
        context.setattr(sys, "stdout", stream)
        context.setenv("COLUMNS", "80")
        assert answer([*words, "--facts", str(SMALL)]) == 0
    return buffer.getvalue().decode(encoding)


@pytest.mark.parametrize("words", VIEWS)
def test_a_terminal_without_our_letters_gets_the_nearest(words: list[str]) -> None:
    drawn, usual = in_letters("ascii", *words), run(*words, small=True, columns=80).out
    assert drawn.isascii()
    # Only names in Cyrillic have none that are near.
    assert drawn.count("?") == usual.count("?") + sum("а" <= letter.lower() <= "ү" for letter in usual)


@pytest.mark.parametrize(
    ("encoding", "words", "said"),
    [
        ("ascii", ["china"], ["communique", "China | ????? | ????? | CN", "3 facts, 1992-2024"]),
        ("latin-1", ["china"], ["communiqué"]), ("koi8-r", ["china"], ["Китай"]), ("cp437", ["stats"], ["█"]),
    ],
)  # fmt: skip
def test_letters_lose_their_marks_only_where_they_must(encoding: str, words: list[str], said: list[str]) -> None:
    assert [text for text in said if text not in in_letters(encoding, *words)] == []


def picture(*words: str) -> tuple[ET.Element, list[str]]:
    run_ = run(*words, "--format", "svg")
    assert (run_.status, run_.err) == (0, "")
    root = ET.fromstring(run_.out)  # noqa: S314  # made just now by the command under test
    texts = [item for item in root.iter("{http://www.w3.org/2000/svg}text") if (item.text or "").strip()]
    assert {item.get("{http://www.w3.org/XML/1998/namespace}space") for item in texts} == {"preserve"}
    return root, [(item.text or "").replace("\xa0", " ").rstrip() for item in texts]


@pytest.mark.parametrize("words", VIEWS)
def test_a_picture_is_svg_that_loads_nothing(words: list[str]) -> None:
    root, texts = picture(*words, "--facts", str(SMALL))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "".join(run(*words, small=True, columns=80).out.split()) in "".join("".join(texts).split())
    assert not re.findall(r"url\((?!#)[^)]*\)|href=|@import|@font-face", run(*words, "-f", "svg", small=True).out)


def test_in_a_picture_text_is_text(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    _, texts = picture("1990..", "--reverse", "--fields", "text", "--facts", str(hostile))
    assert texts[-len(TEXTS) :] == [*TEXTS]


@pytest.mark.parametrize("form", ["svg", "html"])
def test_a_picture_is_without_colours_on_demand(form: str) -> None:
    coloured, plain = (run("map", "--format", form, *option, small=True).out for option in ([], ["--color", "never"]))
    assert plain != coloured
    assert "China" in plain
    assert not re.search(r"background-color: #[0-9a-f]+|fill: #(?:5f|00|af|d7)", plain)


@pytest.mark.parametrize("stdin", [None, io.StringIO()])
def test_where_nobody_can_type_there_is_no_pager(monkeypatch: pytest.MonkeyPatch, stdin: io.StringIO | None) -> None:
    for name, value in {"TERM": "xterm", "LINES": "5", "PAGER": "cat >/dev/null"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdin", stdin)
    assert "Kok-Tash" in run("china", small=True, columns=80).out
