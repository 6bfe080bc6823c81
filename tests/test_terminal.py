import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyrgyz_relations.output.rows import fit
from tests.conftest import Command

GOLDEN = Path(__file__).parent / "golden"
Terminal = Callable[..., str]

SCREENS = {
    "profile": ["china"],
    "narrowed": ["china,russia", "transport"],
    "group": ["neighbours"],
    "theme": ["bases"],
    "fact": ["kok-tash-road"],
    "overview": [],
    "partners": ["partners"],
    "themes": ["themes"],
    "sources": ["sources"],
    "fields": ["bases", "--fields", "id,date,url"],
}


@pytest.mark.parametrize("columns", [60, 80, 200])
@pytest.mark.parametrize("screen", SCREENS)
def test_what_people_see(relations: Command, screen: str, columns: int) -> None:
    run = relations(*SCREENS[screen], "--format", "table", small=True, columns=columns)
    assert (run.status, run.err) == (0, "")
    assert all(len(line) <= columns for line in run.lines)
    expect(f"{screen}-{columns}.txt", run.out)


def expect(name: str, seen: str) -> None:
    """Compare with a golden file; with UPDATE_GOLDEN set, write it, to be read in the diff."""
    golden = GOLDEN / name
    tidy = "\n".join(line.rstrip() for line in seen.split("\n"))
    if "UPDATE_GOLDEN" in os.environ:
        golden.write_text(tidy, encoding="utf-8")
    assert tidy == golden.read_text(encoding="utf-8")


def test_a_terminal_gets_colours_and_links(terminal: Terminal) -> None:
    drawn = terminal("us-base-closed")
    assert "\x1b[1m" in drawn
    assert ";https://example.com/handover\x1b\\" in drawn


def test_the_two_doors_draw_the_same(terminal: Terminal) -> None:
    def without_link_numbers(drawn: str) -> str:
        return re.sub(r"\x1b\]8;id=\d+;", "\x1b]8;", drawn)

    plain = without_link_numbers(terminal("bases", facts=None))
    assert plain == without_link_numbers(terminal("bases", "--format", "table", facts=None))


def test_text_is_never_markup(terminal: Terminal) -> None:
    assert "[bold]politely[/bold]" in terminal("us-base-closed").replace("\n", " ")


def test_what_fits_the_screen_is_not_paged_and_what_does_not_is(terminal: Terminal) -> None:
    assert not terminal("china", rows=40).startswith(">")
    paged = terminal("china", rows=5)
    assert paged.count("\n>") == paged.count("\n") - 1


def test_a_pager_that_is_not_there_is_done_without(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "Kok-Tash" in terminal("china", rows=5)


@pytest.mark.parametrize("pager", [" ", 'cat "'])
def test_a_pager_that_names_no_program_is_the_usual_one(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pager: str
) -> None:
    less = tmp_path / "less"
    less.write_text("#!/bin/sh\nsed s/^/less:/\n", encoding="utf-8")
    less.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert "less:" in terminal("china", rows=5, pager=pager)


def test_a_word_that_only_a_title_has_is_told(relations: Command) -> None:
    run = relations("farewell", "--format", "table", small=True)
    assert (run.status, run.err) == (0, 'relations: "farewell" stands only in notes, ids and titles of sources\n')
    assert relations("keys", "--format", "table", small=True).err == ""
    assert relations("farewell", small=True).err == run.err


def test_wide_letters_and_long_words_stay_within_the_screen(relations: Command, tmp_path: Path) -> None:
    facts = Path(__file__).with_name("small.toml").read_text(encoding="utf-8")
    facts = facts.replace("Russia has kept an air base near the capital.", "中吉乌铁路" * 30 + " " + "x" * 90)
    base = tmp_path / "wide.toml"
    base.write_text(facts, encoding="utf-8")
    run = relations("--facts", str(base), "russia-base,russia", "2003", "--format", "table", columns=60)
    lines = [line.rstrip() for line in run.lines]
    assert sum(line.count("铁") for line in lines) == 30
    assert all(len(line) + sum(letter >= "\u1100" for letter in line) <= 60 for line in lines)
    assert sum(line.count("x") for line in lines) == 91


def test_a_picture_of_the_table_is_svg(relations: Command) -> None:
    run = relations("bases", "--format", "svg", small=True)
    picture = ET.fromstring(run.out)  # noqa: S314  # made just now by the command under test
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert "politely" in "".join(picture.itertext())


def test_nothing_found_is_said_on_stderr(relations: Command) -> None:
    run = relations("chnia", "--format", "table", small=True)
    assert (run.status, run.out, run.err) == (1, "", 'relations: nothing found for "chnia" (did you mean china?)\n')


@given(st.lists(st.sampled_from(["a", "bcd", "efghijk", "l" * 12, "m\nn"]), min_size=1), st.integers(-9, 20))
def test_both_ways_to_break_lines_break_them_alike(words: list[str], width: int) -> None:
    text = " ".join(words)
    broken = fit(text, width, len)
    assert broken == fit(text, width, lambda word: len(word))  # noqa: PLW0108  # not `len` itself, which goes the other way
    assert len(broken) == len(text)
    assert all(len(line) <= max(width, 1) or " " not in line for line in broken.split("\n"))
