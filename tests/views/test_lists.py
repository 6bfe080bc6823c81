import json
from pathlib import Path

import pytest

from tests.conftest import run


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ([], ["bhutan", "china", "cote-divoire", "eaeu", "russia", "united-states"]),
        (["bhutan"], ["bhutan"]), (["bhutan,china"], ["bhutan", "china"]), (["neighbours"], ["china", "united-states"]),
        (["neighbours", "2020.."], ["china"]), (["bases"], ["russia", "united-states"]),
        (["states"], ["bhutan", "china", "cote-divoire", "russia", "united-states"]),
        (["organizations,states", "2015"], ["eaeu", "russia"]), (["when was the railway begun"], ["china"]),
    ],
)  # fmt: skip
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
    (china, eaeu) = json.loads(
        run("partners", "china,eaeu", "--fields", "aliases,groups,since", "--json", small=True).out
    )
    assert (*china.values(),) == (["PRC", "Beijing"], ["neighbours"], "1992-01-05")
    assert (*eaeu.values(),) == (["EAEU", "ЕАЭС"], [], "2015-08")


@pytest.mark.parametrize("command", ["partners", "themes", "sources", "timeline", "map", "stats", "series"])
def test_a_limit_is_one_of_rows_or_refused(command: str) -> None:
    whole, cut = run(command, "..2100", small=True), run(command, "..2100", "-n", "1", small=True)
    assert (cut.status, cut.lines) in ((0, whole.lines[:1]), (2, []))


def test_people_see_first_who_matters_and_scripts_the_order_of_the_keys(odd: tuple[str, str]) -> None:
    def first_words(*words: str, columns: int = 0) -> list[str]:
        return [line.split()[0] for line in run(*words, *odd, columns=columns).lines]

    assert first_words("partners", "trade", columns=120) == ["Key", "japan", "peru", "league", "russia"]
    assert first_words("themes", "peru", columns=120) == ["Key", "trade", "borders"]
    assert first_words("partners", "-n", "2", columns=120) == ["Key", "japan", "league"]
    assert first_words("themes", "peru") == ["borders", "trade"]


def test_a_partner_alone_is_shown_with_its_latest_fact_and_its_series(odd: tuple[str, str]) -> None:
    lines = [line for line in run("partners", "russia", *odd, columns=60).lines if line]
    firsts = ["Russia", "Trade", "Latest", "2010", "Republic", "Series:", "More:"]
    assert [line.split()[0] for line in lines] == firsts
    assert lines[-2:] == ["Series: russia-share", "More: relations russia, relations timeline russia"]
    assert [line.split()[:2] for line in run("peru", *odd, columns=60).lines[2:4]] == [["Trade", "3"], ["Borders", "1"]]
    # Of one without facts there is nothing more; those of a group or of a time are a list.
    bhutan = ["Bhutan · BT · BTN", "", "More: relations bhutan, relations timeline bhutan"]
    assert run("partners", "bhutan", small=True, columns=60).lines == bhutan
    for words in (["neighbours", "2020.."], ["china", "2024"]):
        assert run("partners", *words, small=True, columns=60).lines[0].startswith("Key ")


def test_the_overview_in_a_pipe_is_one_row() -> None:
    assert run(small=True) == (0, "The foreign relations of Testland\t2024-12-31\t7\t6\t3\t3\n", "")
    assert run("overview", small=True) == run(small=True)


@pytest.mark.parametrize(
    ("words", "out", "said"),
    [
        (["sources", "bhutan"], "", 'no fact is about the partner "bhutan"'),
        (["partners", "formats", "--json"], "[]\n", 'no fact is about a partner of the kind "formats"'),
    ],
)
def test_a_list_of_nothing_says_what_found_nothing(words: list[str], out: str, said: str) -> None:
    assert run(*words, small=True) == (1, out, f"relations: {said}\n")


def test_what_does_not_fit_goes_on_below_in_its_column(base: Path) -> None:
    text = base.read_text(encoding="utf-8").replace("Example News", "The Example News of the Whole World and More")
    base.write_text(text.replace("Roads, railways", "Counter-counter-terrorism, railways"), encoding="utf-8")
    dates = {line[:12].rstrip() for line in run("sources", "--facts", str(base), columns=60).lines}
    assert dates == {"", "6 Jan 1992", "Dec 2024"}
    assert "…" not in run("themes", "--facts", str(base), columns=60).out
