import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.conftest import SMALL, run
from tests.hostile import TEXTS
from tests.screens import ESCAPES, WIDTHS, see, see_in_colour

SCREENS = {
    "profile": ["china"],
    "narrowed": ["china,russia", "transport"],
    "group": ["neighbours"],
    "theme": ["bases"],
    "question": ["when", "did", "the", "base", "close"],
    "fields": ["bases", "--fields", "id,date,kind"],
    "fact": ["fact", "kok-tash-road", "us-base-closed"],
}


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("screen", SCREENS)
def test_what_people_see(screen: str, columns: int) -> None:
    see(screen, *SCREENS[screen], columns=columns)


@pytest.mark.parametrize("screen", ["profile", "question", "fact"])
def test_colour_says_what_is_what_and_which_words_were_asked_for(screen: str) -> None:
    see_in_colour(screen, *SCREENS[screen])


def test_in_a_pipe_a_fact_is_a_line_of_tabs_and_its_text_is_data() -> None:
    line = (
        "2014-06-03\tunited-states\tbases,rule-of-law\tThe United States closed its air base and handed over the keys"
    )
    assert run("rule-of-law", small=True) == (0, f"{line} [bold]politely[/bold].\tus-base-closed\n", "")


@pytest.mark.parametrize(
    "words",
    [["transport"], ["--reverse", "bases"], ["-n", "2", "china"], ["railway keys"], ["-n", "1", "railway base"]],
)
def test_a_pipe_has_the_facts_of_the_terminal_in_their_order(words: list[str]) -> None:
    screen = run(*words, "--fields", "id", small=True, columns=80)
    piped = run(*words, small=True)
    assert [line.strip() for line in screen.lines[1:]] == piped.ids != []
    assert (screen.status, screen.err) == (piped.status, piped.err)


def test_the_newest_come_first_and_the_oldest_if_asked_for() -> None:
    ids = ["railway-begun", "kok-tash-road", "china-diplomatic-relations"]
    assert run("china", small=True).ids == ids
    assert run("china", "--reverse", small=True).ids == ids[::-1]
    assert run("china", "--reverse", "-n", "1", small=True).ids == ids[2:]


def test_facts_that_answer_all_of_a_question_are_found_and_others_only_fill_up() -> None:
    found = run("when did the base close", small=True, columns=80)
    assert found.status == 0
    assert found.lines[-1].endswith(" of these match everything; --exact lists only those")
    closest = run("railway keys", small=True)
    assert (closest.status, {*closest.ids}) == (1, {"railway-begun", "us-base-closed"})
    assert closest.err == (
        'relations: no fact matches all of these: "railway" (1), "keys" (1); these facts come closest\n'
    )
    unknown = run("china bribery", small=True)
    assert (unknown.status, unknown.err) == (1, 'relations: nothing found for "bribery"; these facts come closest\n')


def test_the_foot_says_what_exact_lists() -> None:
    *_, foot = run("railway china", small=True, columns=80).lines
    exact = run("railway china", "--exact", small=True)
    assert foot == "1 of these matches everything; --exact lists only that"
    assert (exact.status, exact.ids) == (0, ["railway-begun"])


def test_a_question_is_not_turned_round() -> None:
    asked = run("when did the base close", "--reverse", small=True)
    assert (asked.status, asked.out) == (2, "")
    assert asked.err.startswith("relations: --reverse is for lookups; ")


@pytest.mark.parametrize("form", [[], ["--exact"], ["--json"], ["--format", "markdown"]])
def test_a_lookup_that_finds_nothing_prints_nothing_in_a_pipe(form: list[str]) -> None:
    none = run("bhutan", "2014", *form, small=True)
    assert (none.status, none.out) == (1, "[]\n" if "--json" in form else "")
    assert none.err.startswith('relations: no fact is about the partner "bhutan"\n')


def test_people_are_shown_what_comes_closest_to_a_lookup_that_finds_nothing() -> None:
    closest = run("china", "1995", small=True, columns=80)
    assert (closest.status, closest.lines[0]) == (1, "Closest  4 facts, 1992–2024")
    assert closest.err == 'relations: no fact is dated "1995"\nrelations: without 1995: 3 facts\n'
    for narrower in (["--exact"], ["--fields", "id"]):
        assert run("china", "1995", *narrower, small=True, columns=80)[:2] == (1, "")


def test_facts_are_named_by_their_ids_in_any_case() -> None:
    some = run("fact", "railway-begun", "US-base", "us-base", small=True)
    assert (some.status, some.err, some.ids) == (0, "", ["us-base", "railway-begun"])
    missing = run("fact", "us-base", "us-bases", small=True)
    assert (missing.status, missing.ids) == (1, ["us-base"])
    assert missing.err.startswith('relations: no fact has the id "us-bases" (did you mean us-base')
    assert run("fact", "us-bases", "--json", small=True)[:2] == (1, "[]\n")
    many = run("fact", *map(str, range(30_001)), small=True)
    assert (many.status, many.err) == (2, "relations: fact takes at most 30000 ids\n")


def test_every_fact_on_a_screen_tells_the_id_that_shows_it_whole() -> None:
    for line in run("..2100", small=True).ids:
        assert line in run("..2100", small=True, columns=60).out
        assert run("fact", line, small=True, columns=60).lines[0] == line


def test_an_address_is_in_one_piece_also_where_only_fields_are_shown(base: Path) -> None:
    url = f"https://example.org/{'long/' * 30}"
    base.write_text(base.read_text(encoding="utf-8").replace("https://example.org/china", url), encoding="utf-8")
    for words in (["fact", "kok-tash-road"], ["sources"], ["china", "--fields", "id,url"]):
        assert url in run(*words, "--facts", str(base), columns=60).out


def test_links_can_be_clicked_where_the_terminal_takes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (["bases"], ["fact", "us-base"], ["sources"]):
        monkeypatch.setenv("FORCE_HYPERLINK", "1")
        linked = run(*words, "--color", "always", small=True, columns=80).out
        assert ";https://example.com/handover\x1b\\" in linked
        monkeypatch.setenv("FORCE_HYPERLINK", "0")
        assert run(*words, "--color", "always", small=True, columns=80).out == ESCAPES.sub(
            lambda found: "" if "]8;" in found[0] else found[0], linked
        )


@pytest.mark.parametrize("words", [["1990.."], ["fact", *(f"fact-{n}" for n in range(len(TEXTS)))]])
def test_on_a_screen_a_text_is_text_whatever_it_looks_like(hostile: Path, words: list[str]) -> None:
    screen = run(*words, "--facts", str(hostile), columns=200)
    assert (screen.status, screen.err) == (0, "")
    lines = [line.removeprefix(" " * 12).partition("  ") for line in screen.lines]
    assert [text for text in TEXTS if not any(text in "".join(line) for line in lines)] == []


def test_wide_letters_and_long_words_stay_within_the_screen(base: Path) -> None:
    text = SMALL.read_text(encoding="utf-8")
    wide = "中吉乌铁路" * 30 + " " + "q" * 90
    base.write_text(text.replace("Russia has kept an air base near the capital.", wide), encoding="utf-8")
    for words in (["russia", "2003"], ["fact", "russia-base"]):
        seen = run(*words, "--facts", str(base), columns=60)
        assert (seen.out.count("铁"), seen.out.count("q")) == (30, 90)
        assert max(map(cell_len, seen.lines)) <= 60


def test_rows_have_the_first_and_the_last_day_of_their_dates() -> None:
    rows = json.loads(run("..2100", "--reverse", "--json", "--fields", "date,start,end", small=True).out)
    assert [(row["date"], row["start"], row["end"]) for row in rows[1:4]] == [
        ("1998~", "1998-01-01", "1998-12-31"),
        ("2001-12/2014-06-03", "2001-12-01", "2014-06-03"),
        ("2003-10-23/..", "2003-10-23", None),
    ]
