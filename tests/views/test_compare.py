import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from kyrgyz_relations import open_factbase
from tests.conftest import run
from tests.screens import WIDTHS, see, see_in_colour

COMPARE = ["compare", "china", "russia", "neighbours"]
TAKES = "compare takes 2 to 5 partners or groups; named are"


@pytest.mark.parametrize("columns", WIDTHS)
def test_what_people_see(columns: int) -> None:
    see("compare", *COMPARE, columns=columns)


def test_colour_says_how_much() -> None:
    see_in_colour("compare", *COMPARE)


def test_rows_stand_in_the_order_in_which_their_partners_were_named() -> None:
    assert run("compare", "russia", "neighbours,china", small=True).lines == [
        "russia\tRussia\t\t3\t1998~\t2015-08\t1",
        "neighbours\tNeighbours\t\t5\t1992-01-05\t2024-12-27\t1",
        "china\tChina\t1992-01-05\t3\t1992-01-05\t2024-12-27\t1",
    ]


def test_it_holds_what_a_profile_and_lookups_hold() -> None:
    base = open_factbase()
    china, russia, _ = json.loads(run("compare", "china", "russia", "US", "--theme", "debt", "--json").out)
    (profile,) = json.loads(run("partners", "china", "--json").out)
    assert china["since"] == profile["since"]
    assert russia["facts"] == russia["themes"]["debt"] == len(base.find("russia", "debt"))
    assert "Eurasian Economic Union" in russia["organizations"]
    assert "Eurasian Economic Union" not in china["organizations"]
    assert china["with_all"] == len(base.find("china", "russia", "united-states", "debt"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["china"], f"{TAKES} china"),
        (["china", "CN"], f"{TAKES} china"),
        (["bases"], f"{TAKES} none"),
        (["china", "qqqq"], f"{TAKES} china; no partner is called qqqq"),
        (
            ["china,bhutan,eaeu,russia,united-states,neighbours"],
            f"{TAKES} china, bhutan, eaeu, russia, united-states, neighbours",
        ),
    ],
)
def test_it_takes_two_to_five_partners(words: list[str], said: str) -> None:
    assert run("compare", *words, small=True) == (2, "", f"relations: {said}\n")


def test_other_words_narrow_the_facts(odd: tuple[str, str]) -> None:
    rows = json.loads(run("compare", "peru", "japan", "203", "--json", *odd).out)
    assert {row["key"]: row["facts"] for row in rows} == {"peru": 1, "japan": 0}
    none = run("compare", "peru", "japan", "zzzz", "--json", *odd)
    assert (none.status, none.out) == (1, "[]\n")
    assert none.err.startswith('relations: nothing found for "zzzz"\n')


@pytest.mark.parametrize("columns", [30, 60, 100])
def test_five_with_wide_names_stay_within_the_screen(odd: tuple[str, str], columns: int) -> None:
    seen = run("compare", "japan", "peru", "russia", "united-states", "league", *odd, columns=columns)
    assert (seen.status, seen.err) == (0, "")
    assert max(map(cell_len, seen.lines)) <= columns


def test_figures_are_of_series_that_have_the_name_and_of_the_theme_asked_for(odd: tuple[str, str]) -> None:
    def figures(*words: str) -> str:
        return next(line for line in run("compare", *words, *odd, columns=160).lines if line.startswith("Figures"))

    assert figures("russia", "peru").split() == [
        "Figures",
        "Share",
        "of",
        "Russia:",
        "0.0000001",
        "parts,",
        "2010",
        "–",
    ]
    assert figures("russia", "peru", "borders").split() == ["Figures", "–", "–"]


def test_what_all_share_stands_below() -> None:
    *_, count, fact = run("compare", "china", "russia", small=True, columns=100).lines
    assert count == "1 fact about all of them"
    assert "Kok-Tash road" in fact


def test_a_word_that_was_mended_is_said() -> None:
    assert run("compare", "russia", "chnia", small=True) == (
        *run("compare", "russia", "china", small=True)[:2], 'relations: read "chnia" as "china"\n'
    )  # fmt: skip


def test_labels_and_texts_are_broken_and_cut_between_words(base: Path) -> None:
    text = "Work " + " ".join(["OnTheRailwayFromChina"] * 12)
    before = base.read_text(encoding="utf-8").replace("took some", f"took {'very ' * 40}many")
    base.write_text(before.replace("Work on the railway from China", text), encoding="utf-8")
    lines = run("compare", "china", "russia", "--facts", str(base), columns=200).lines
    assert max(map(len, lines)) <= 160
    assert "OnTheRailwayFromChina…" in " ".join(lines)
    narrow = [line.rstrip() for line in run("compare", "china", "united-states", small=True, columns=60).lines]
    assert [line[:12].rstrip() for line in narrow if "Milit" in line or "bases" in line] == ["  Military", "  bases"]
