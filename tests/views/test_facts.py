import json
import webbrowser
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.conftest import SMALL, run
from tests.hostile import TEXTS
from tests.views.test_screens import ESCAPES

CHINA = ["railway-begun", "kok-tash-road", "china-diplomatic-relations"]


def test_in_a_pipe_a_fact_is_a_line_of_tabs_and_its_text_is_data() -> None:
    text = "The United States closed its air base and handed over the keys [bold]politely[/bold]."
    line = f"2014-06-03\tunited-states\tbases,rule-of-law\t{text}\tus-base-closed\n"
    assert run("rule-of-law", small=True) == (0, line, "")


@pytest.mark.parametrize(
    "words",
    [["transport"], ["--reverse", "bases"], ["-n", "2", "china"], ["railway keys"], ["-n", "1", "railway base"]],
)
def test_a_pipe_has_the_facts_of_the_terminal_in_their_order(words: list[str]) -> None:
    screen, piped = run(*words, "--fields", "id", small=True, columns=80), run(*words, small=True)
    assert [line.strip() for line in screen.lines[1:]] == piped.ids != []
    assert (screen.status, screen.err) == (piped.status, piped.err)


@pytest.mark.parametrize(
    ("options", "ids"), [([], CHINA), (["--reverse"], CHINA[::-1]), (["--reverse", "-n", "1"], CHINA[2:])]
)
def test_the_newest_come_first_and_the_oldest_if_asked_for(options: list[str], ids: list[str]) -> None:
    assert run("china", *options, small=True).ids == ids


def test_facts_that_answer_all_of_a_question_are_found_and_others_only_fill_up() -> None:
    found = run("when did the base close", small=True, columns=80)
    assert (found.status, found.lines[-1][1:]) == (0, " of these match everything; --exact lists only those")
    assert run("railway china", small=True, columns=80).lines[-1] == (
        "1 of these matches everything; --exact lists only that"
    )
    exact = run("railway china", "--exact", small=True)
    assert (exact.status, exact.ids) == (0, ["railway-begun"])
    closest = run("railway keys", small=True)
    assert (closest.status, {*closest.ids}) == (1, {"railway-begun", "us-base-closed"})
    said = 'relations: no fact matches all of these: "railway" (1), "keys" (1); these facts come closest\n'
    assert closest.err == said
    unknown = run("china bribery", small=True)
    assert (unknown.status, unknown.err) == (1, 'relations: nothing found for "bribery"; these facts come closest\n')


@pytest.mark.parametrize("columns", [0, 80])
def test_a_word_that_no_text_has_is_told_to_stand_in_a_title(columns: int) -> None:
    told = 'relations: "farewell" is only in notes or in titles of sources\n'
    assert run("farewell", small=True, columns=columns)[::2] == (0, told)
    assert run("airport", small=True, columns=columns)[::2] == (0, "")


def test_a_fact_opens_its_first_source_and_several_open_none(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def browse(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", browse)
    for words in (["fact", "kok-tash-road"], ["china", "-n", "1"], ["when did the base close", "-n", "1"]):
        assert run(*words, "--open", small=True) == run(*words, small=True)
    urls = ["https://example.org/china", "https://example.org/railway?a=1,2", "https://example.com/handover"]
    assert opened == urls
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    nothing = f"relations: no browser opens; the source is {urls[0]}\n"
    assert run("fact", "kok-tash-road", "--open", small=True) == (2, "", nothing)
    several = "relations: --open takes one fact, and 2 were found: {}; -n 1 takes the first\n"
    assert run("railway,keys", "-w", small=True) == (2, "", several.format("railway-begun, us-base-closed"))
    assert run("fact", "us-base", "russia-base", "-w", small=True) == (2, "", several.format("us-base, russia-base"))
    assert run("bhutan", "--open", small=True)[:2] == (1, "")
    assert opened == urls


@pytest.mark.parametrize(
    ("words", "below"),
    [
        (["japan"], ["1 series: relations series japan", "over time: relations timeline japan"]),
        (["japan", "2003", "-n", "3"], ["1 series: relations series japan 2003"]),
        (["--partner", "russia"], ["1 series: relations series --partner russia"]),
        *((words, []) for words in (["league"], ["what share of russia"], ["today", "01-11", "japan"], ["--all"])),
    ],
)
def test_below_a_list_stand_the_commands_that_show_more(
    odd: tuple[str, str], words: list[str], below: list[str]
) -> None:
    assert [line for line in run(*words, *odd, columns=100).lines if ": relations " in line] == below


def test_a_question_is_not_turned_round() -> None:
    asked = run("when did the base close", "--reverse", small=True)
    assert (asked.status, asked.out, asked.err[:37]) == (2, "", "relations: --reverse is for lookups; ")


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
    some = run("fact", "railway-begun", "US-base", "us-base", "-f", "tsv", small=True)
    assert (some.status, some.err, some.ids) == (0, "", ["us-base", "railway-begun"])
    missing = run("fact", "us-base", "us-bases", "-f", "tsv", small=True)
    assert (missing.status, missing.ids) == (1, ["us-base"])
    assert missing.err.startswith('relations: no fact has the id "us-bases" (did you mean us-base')
    assert run("fact", "us-bases", "--json", small=True)[:2] == (1, "[]\n")
    many = run("fact", *map(str, range(30_001)), small=True)
    assert (many.status, many.err) == (2, "relations: fact takes at most 30000 ids\n")


def test_every_fact_on_a_screen_tells_the_id_that_shows_it_whole() -> None:
    screen = run("..2100", small=True, columns=60).out
    for name in run("..2100", small=True).ids:
        assert name in screen
        assert run("fact", name, small=True, columns=60).lines[0] == name


def test_an_address_is_in_one_piece_also_where_only_fields_are_shown(base: Path) -> None:
    url = f"https://example.org/{'long/' * 30}"
    base.write_text(base.read_text(encoding="utf-8").replace("https://example.org/china", url), encoding="utf-8")
    for words in (["fact", "kok-tash-road"], ["sources"], ["china", "--fields", "id,url"]):
        assert url in run(*words, "--facts", str(base), columns=60).out


@pytest.mark.parametrize("words", [["bases"], ["fact", "us-base"], ["sources"]])
def test_links_can_be_clicked_where_the_terminal_takes_them(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    linked = run(*words, "--color", "always", small=True, columns=80).out
    assert ";https://example.com/handover\x1b\\" in linked
    monkeypatch.setenv("FORCE_HYPERLINK", "0")
    unlinked = ESCAPES.sub(lambda found: "" if "]8;" in found[0] else found[0], linked)
    assert run(*words, "--color", "always", small=True, columns=80).out == unlinked


@pytest.mark.parametrize("words", [["1990.."], ["fact", *(f"fact-{n}" for n in range(len(TEXTS)))]])
def test_on_a_screen_a_text_is_text_whatever_it_looks_like(hostile: Path, words: list[str]) -> None:
    screen = run(*words, "--facts", str(hostile), columns=200)
    assert (screen.status, screen.err) == (0, "")
    assert [text for text in TEXTS if not any(text in line for line in screen.lines)] == []


def test_wide_letters_and_long_words_stay_within_the_screen(base: Path) -> None:
    wide = "中吉乌铁路" * 30 + " " + "q" * 90
    text = SMALL.read_text(encoding="utf-8").replace("Russia has kept an air base near the capital.", wide)
    base.write_text(text, encoding="utf-8")
    for words in (["russia", "2003"], ["fact", "russia-base"]):
        seen = run(*words, "--facts", str(base), columns=60)
        assert (seen.out.count("铁"), seen.out.count("q")) == (30, 90)
        assert max(map(cell_len, seen.lines)) <= 60


def test_rows_have_the_first_and_the_last_day_of_their_dates() -> None:
    rows = json.loads(run("..2100", "--reverse", "--json", "--fields", "date,start,end", small=True).out)
    assert [(*row.values(),) for row in rows[1:4]] == [
        ("1998~", "1998-01-01", "1998-12-31"),
        ("2001-12/2014-06-03", "2001-12-01", "2014-06-03"),
        ("2003-10-23/..", "2003-10-23", None),
    ]
