import json
from pathlib import Path

import pytest

from kyrgyz_relations import open_factbase
from tests.conftest import run

TAKES = "compare takes 2 to 5 partners or groups,"
MANY = "china,bhutan,eaeu,russia,united-states,neighbours"


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
    assert "Eurasian Economic Union" in {*russia["organizations"]} - {*china["organizations"]}
    assert china["with_all"] == len(base.find("china", "russia", "united-states", "debt"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["china", "CN"], "not 1 (china)"), (["bases"], "not 0"), ([MANY], f"not 6 ({MANY.replace(',', ', ')})"),
        (["china", "qqqq"], 'not 1 (china); no partner is called "qqqq"'),
        (["chnia", "russia"], 'not 1 (russia); no partner is called "chnia" (did you mean china?)'),
    ],
)  # fmt: skip
def test_it_takes_two_to_five_partners(words: list[str], said: str) -> None:
    assert run("compare", *words, small=True) == (2, "", f"relations: {TAKES} {said}\n")


def test_other_words_narrow_the_facts(odd: tuple[str, str]) -> None:
    rows = json.loads(run("compare", "peru", "japan", "203", "--json", *odd).out)
    assert {row["key"]: row["facts"] for row in rows} == {"peru": 1, "japan": 0}
    none = run("compare", "peru", "japan", "zzzz", "--json", *odd)
    assert (none.status, none.out, none.err.partition("\n")[0]) == (1, "[]\n", 'relations: nothing found for "zzzz"')


@pytest.mark.parametrize(("words", "said"), [([], "Share of Russia: 0.0000001 parts, 2010 –"), (["borders"], "– –")])
def test_figures_are_of_series_that_have_the_name_and_of_the_theme_asked_for(
    odd: tuple[str, str], words: list[str], said: str
) -> None:
    lines = run("compare", "russia", "peru", *words, *odd, columns=160).lines
    assert [" ".join(line.split()) for line in lines if line.startswith("Figures")] == [f"Figures {said}"]


def test_labels_and_texts_are_broken_and_cut_between_words(base: Path) -> None:
    text = "Work " + " ".join(["OnTheRailwayFromChina"] * 12)
    before = base.read_text(encoding="utf-8").replace("took some", f"took {'very ' * 40}many")
    base.write_text(before.replace("Work on the railway from China", text), encoding="utf-8")
    lines = run("compare", "china", "russia", "--facts", str(base), columns=200).lines
    assert max(map(len, lines)) <= 160
    assert "OnTheRailwayFromChina…" in " ".join(lines)
    narrow = [line[:12].rstrip() for line in run("compare", "china", "united-states", small=True, columns=60).lines]
    assert [line for line in narrow if line in ("  Military", "  bases")] == ["  Military", "  bases"]
