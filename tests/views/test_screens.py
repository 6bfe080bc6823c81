"""What people see, compared with golden files; with UPDATE_GOLDEN set these are written anew, to be read as a diff."""

import os
import re

import pytest
from rich.cells import cell_len

from tests.conftest import ROOT, run

# The tests run with an environment of their own.
UPDATE = "UPDATE_GOLDEN" in os.environ
ESCAPES = re.compile("\x1b(?:\\[[0-9;]*m|]8;[^\x1b]*\x1b\\\\)")
SCREENS = {
    "overview": [], "partners": ["partners"], "partner": ["partners", "china"],
    "partners-of-facts": ["partners", "transport", "1998.."], "themes": ["themes", "2000.."], "sources": ["sources"],
    "profile": ["china"], "narrowed": ["china,russia", "transport"], "group": ["neighbours"], "theme": ["bases"],
    "question": ["when", "did", "the", "base", "close"], "fields": ["bases", "--fields", "id,date,kind"],
    "fact": ["fact", "kok-tash-road", "us-base-closed"],
    "compare": ["compare", "china", "russia", "neighbours"], "map": ["map"], "stats": ["stats"],
    "series": ["series"], "figures": ["series", "road-costs"], "today": ["today", "--date", "06-03"],
    "timeline": ["timeline", "..2100"], "timeline-months": ["timeline", "2024"],
    "timeline-bases": ["timeline", "bases"], "timeline-decades": ["timeline", "..2100", "--by", "decade"],
    "timeline-themes": ["timeline", "..2100", "--by", "theme"],
}  # fmt: skip
COLOURED = [
    "overview", "partners", "sources", "profile", "question", "fact", "compare", "map", "stats", "figures", "timeline",
    "timeline-bases", "timeline-themes",
]  # fmt: skip
# Words for the odd fact base, with its wide names, many facts and figures of all sizes.
ODD = [
    ["compare", "japan", "peru", "russia", "united-states", "league"], ["map"], ["stats"], ["series"],
    ["series", "peru"], ["timeline"], ["timeline", "trade"], ["timeline", "--by", "partner"],
    ["timeline", "russia", "--by", "year"],
]  # fmt: skip


def within(*words: str, columns: int, small: bool = False) -> str:
    """See a screen, none of its lines wider than it."""
    seen = run(*words, small=small, columns=columns)
    assert (seen.status, seen.err) == (0, "")
    assert max(map(cell_len, seen.lines)) <= columns
    return seen.out


def expect(name: str, seen: str) -> None:
    tidy, golden = "\n".join(map(str.rstrip, seen.split("\n"))), ROOT / "tests" / "golden" / name
    if UPDATE:
        golden.write_text(tidy, encoding="utf-8")
    assert tidy == golden.read_text(encoding="utf-8")


def words_of(screen: str) -> set[str]:
    """Give the words of a screen, but for names that are cut short and one that is wider than a column may be."""
    words = {word.strip(",") for word in screen.split() if any(map(str.isalpha, word))}
    return {word for word in words if {"…", "[", "]"}.isdisjoint(word)}


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_as_it_is_kept_and_no_word_is_broken(name: str, columns: int) -> None:
    seen = within(*SCREENS[name], columns=columns, small=True)
    # On the widest screen nothing has to be broken.
    assert words_of(seen) <= words_of(run(*SCREENS[name], small=True, columns=2000).out)
    expect(f"{name}-{columns}.txt", seen)


@pytest.mark.parametrize("name", COLOURED)
def test_colour_says_what_is_what_and_changes_no_letter(name: str) -> None:
    seen = run(*SCREENS[name], "--color", "always", small=True, columns=80).out
    assert seen != ESCAPES.sub("", seen) == run(*SCREENS[name], small=True, columns=80).out
    expect(f"{name}-80-colour.txt", seen)


@pytest.mark.parametrize("columns", [30, 60, 100])
@pytest.mark.parametrize("words", ODD)
def test_wide_names_and_many_facts_stay_within_the_screen(odd: tuple[str, str], words: list[str], columns: int) -> None:
    within(*words, *odd, columns=columns)
    if words[1:] not in (["peru"], ODD[0][1:]):
        within(*words, columns=columns)
