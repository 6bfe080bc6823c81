import json
from pathlib import Path

import pytest

from tests.conftest import run
from tests.screens import WIDTHS, see, see_in_colour

SCREENS = {
    "overview": [],
    "partners": ["partners"],
    "partners-of-facts": ["partners", "transport", "1998.."],
    "themes": ["themes", "2000.."],
    "sources": ["sources"],
}


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("screen", SCREENS)
def test_what_people_see(screen: str, columns: int) -> None:
    see(screen, *SCREENS[screen], columns=columns)


@pytest.mark.parametrize("screen", ["overview", "partners", "sources"])
def test_colour_says_what_is_what(screen: str) -> None:
    see_in_colour(screen, *SCREENS[screen])


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ([], ["bhutan", "china", "cote-divoire", "eaeu", "russia", "united-states"]),
        (["bhutan"], ["bhutan"]),
        (["neighbours"], ["china", "united-states"]),
        (["neighbours", "2020.."], ["china"]),
        (["bases"], ["russia", "united-states"]),
        (["bhutan,china"], ["bhutan", "china"]),
        (["states"], ["bhutan", "china", "cote-divoire", "russia", "united-states"]),
        (["organizations,states", "2015"], ["eaeu", "russia"]),
        (["when was the railway begun"], ["china"]),
    ],
)
def test_partners_are_those_named_or_those_of_the_facts_found(words: list[str], keys: list[str]) -> None:
    rows = run("partners", *words, small=True)
    assert (rows.status, rows.err, [line.split("\t")[0] for line in rows.lines]) == (0, "", keys)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (["themes", "us-base"], ["bases\t1\t2001-12/2014-06-03\t2001-12/2014-06-03"]),
        (["themes", "united-states", "rule-of-law"], [
            "bases\t1\t2014-06-03\t2014-06-03", "rule-of-law\t1\t2014-06-03\t2014-06-03"]),
        (["sources", "railway"], ["example-2024-railway\t1\t2024-12-27\t2024-12-27"]),
        (["partners", "china,bhutan"], ["bhutan\t0\t\t", "china\t3\t1992-01-05\t2024-12-27"]),
    ],
)  # fmt: skip
def test_counts_and_times_are_of_the_facts_found(words: list[str], lines: list[str]) -> None:
    assert run(*words, "--fields", "key,facts,first,last", small=True).lines == lines


def test_a_partner_has_all_its_names_groups_and_the_date_from_which_relations_are_counted() -> None:
    (china, eaeu) = json.loads(run("partners", "china,eaeu", "--json", small=True).out)
    assert (china["aliases"], china["groups"], china["since"]) == (["PRC", "Beijing"], ["neighbours"], "1992-01-05")
    assert (eaeu["aliases"], eaeu["groups"], eaeu["since"]) == (["EAEU", "ЕАЭС"], [], "2015-08")


@pytest.mark.parametrize("command", ["partners", "themes", "sources", "timeline", "map", "stats", "series"])
def test_a_limit_is_one_of_rows_or_refused(command: str) -> None:
    whole, cut = run(command, "..2100", small=True), run(command, "..2100", "-n", "1", small=True)
    assert (cut.status, cut.lines) in ((0, whole.lines[:1]), (2, []))


def test_a_list_on_a_screen_is_as_long_as_asked_for() -> None:
    assert len(run("partners", "-n", "2", small=True, columns=80).lines) == 3


def test_people_see_first_who_matters_and_scripts_the_order_of_the_keys(odd: tuple[str, str]) -> None:
    def first_words(*words: str, columns: int = 0) -> list[str]:
        return [line.split()[0] for line in run(*words, *odd, columns=columns).lines]

    assert first_words("partners", "trade", columns=120) == ["Key", "japan", "peru", "league", "russia"]
    assert first_words("themes", "peru", columns=120) == ["Key", "trade", "borders"]
    assert first_words("partners", columns=120)[1:3] == ["japan", "league"]
    assert first_words("themes", "peru") == ["borders", "trade"]


def test_the_partners_of_facts_stand_with_the_time_of_these(odd: tuple[str, str]) -> None:
    lines = run("partners", "trade", *odd, columns=120).lines
    assert lines[0].split() == ["Key", "Name", "Code", "Facts", "Time"]
    assert lines[2].split()[-1] == "2010–2013"


def test_the_overview_in_a_pipe_is_one_row() -> None:
    assert run(small=True).out == "The foreign relations of Testland\t2024-12-31\t7\t6\t3\t3\n"
    assert run("overview", small=True) == run(small=True)


def test_a_list_of_nothing_says_what_found_nothing() -> None:
    none = run("sources", "bhutan", small=True)
    assert (none.status, none.out) == (1, "")
    assert none.err == 'relations: no fact is about the partner "bhutan"\n'
    formats = run("partners", "formats", "--json", small=True)
    assert (formats.status, formats.out) == (1, "[]\n")
    assert formats.err == 'relations: no fact is about a partner of the kind "formats"\n'


def test_what_does_not_fit_goes_on_below_in_its_column(base: Path) -> None:
    text = base.read_text(encoding="utf-8").replace("Example News", "The Example News of the Whole World and More")
    base.write_text(text.replace("Roads, railways", "Counter-counter-terrorism, railways"), encoding="utf-8")
    for line in run("sources", "--facts", str(base), columns=60).lines:
        assert line.startswith(" " * 12) or line[:12].rstrip() in ("6 Jan 1992", "Dec 2024")
    assert "…" not in run("themes", "--facts", str(base), columns=60).out


def test_a_command_that_the_overview_offers_stands_on_one_line() -> None:
    for columns in (60, 80):
        assert "relations --help" in run(small=True, columns=columns).out
