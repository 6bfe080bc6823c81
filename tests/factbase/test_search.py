import json
from pathlib import Path

import pytest

from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.query import Query
from kyrgyz_relations.terms import Term
from tests.conftest import run
from tests.factbase.test_ranking import with_facts

ALL = ["railway-begun", "eaeu-membership", "us-base-closed", "russia-base", "us-base", "kok-tash-road"]
ALL += ["china-diplomatic-relations"]


def test_a_lookup_is_in_the_order_of_the_days_on_which_facts_began_the_newest_first(base: Path) -> None:
    dates = ["../1995", "1999-05-05", "2001-01-01", "2001", "2001-01/2003", "2001~/..", "2001-12-31"]
    with_facts(base, {f"bhutan-{number}": {"date": date, "text": "It was."} for number, date in enumerate(dates)})
    rows = json.loads(run("bhutan", "--facts", str(base), "--json").out)
    assert [row["date"] for row in rows] == dates[::-1]
    # Nobody knows when the last began.
    assert [row["start"] for row in rows[-2:]] == ["1999-05-05", None]
    assert run("bhutan", "-r", "--facts", str(base), "--fields", "date").lines == dates


@pytest.mark.parametrize("order", [[], ["--reverse"]])
@pytest.mark.parametrize("most", [1, 2, 7, 100])
def test_a_limit_cuts_the_end(order: list[str], most: int) -> None:
    whole = ALL[::-1] if order else ALL
    assert run("--all", *order, "-n", str(most), small=True).ids == whole[:most]
    assert run("--all", *order, f"--limit={most}", "--json", small=True).out.count('"id"') == len(whole[:most])


@pytest.mark.parametrize(
    "words", ["chnia", "bhutan", "china bases", "china 1980", "--exact china qqqq", "--not china 1992"]
)
def test_what_finds_nothing_prints_nothing_to_a_script(words: str) -> None:
    # CSV is a table, with its header even where it has no rows.
    header = run("china", "--csv", "-n", "1", small=True).lines[0] + "\n"
    for form, empty in {"tsv": "", "json": "[]\n", "jsonl": "", "csv": header, "csl-json": "[]\n"}.items():
        found = run(*words.split(), "--format", form, small=True)
        assert (found.status, found.out) == (1, empty)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        # a group's members, one organization's, and both of two
        ("neighbours", ["railway-begun", "us-base-closed", "us-base", "kok-tash-road", "china-diplomatic-relations"]),
        ("eaeu-members", ["eaeu-membership", "russia-base", "kok-tash-road"]),
        ("eaeu-members neighbours", ["kok-tash-road"]),
        ("eaeu", ["eaeu-membership"]),
        # kinds
        ("position,event", ["us-base-closed", "russia-base", "us-base"]),
        # without
        ("transport --not neighbours", ["eaeu-membership"]),
        ("--all --not position --not project", ["eaeu-membership", "us-base-closed", "china-diplomatic-relations"]),
        ("--all --not railway,keys,2015", ["us-base", "kok-tash-road", "china-diplomatic-relations"]),
        ("--all --not us-base", [fact for fact in ALL if fact != "us-base"]),
        ("--all --not qqqq", ALL),
        # ids
        ("us-base,russia-base", ["russia-base", "us-base"]),
        ("us-base 2003", ["us-base"]),
    ],
)
def test_a_lookup_finds_all_that_it_names_and_nothing_else(words: str, ids: list[str]) -> None:
    assert run(*words.split(), small=True).ids == ids


def test_a_row_is_the_fact_with_its_sources() -> None:
    (row,) = json.loads(run("kok-tash-road", "--json", small=True).out)
    expected = {"date": "1998~", "start": "1998-01-01", "end": "1998-12-31", "note": "One source has 1997."}
    assert row == row | expected | {"id": "kok-tash-road", "partners": ["china", "russia"], "themes": ["transport"]}
    assert [source["key"] for source in row["sources"]] == ["example-1992-china", "example-2024-railway"]


@pytest.mark.parametrize(
    ("extra", "words", "named"),
    [
        ("", "china", ("partner", "china")), ("", "The China", ("partner", "china")), ("", "cn", ("code", "china")),
        ("", "NEIGHBOURS", ("group", "neighbours")), ("", "road", ("theme", "transport")), ("", "...", None),
        ("", "projects", ("kind", "project")), ("", "Kok-Tash-Road", ("fact", "kok-tash-road")), ("", "the", None),
        ("", "Testland", ("subject", "")), ("", "States, United", ("partner", "united-states")), ("", "chinas", None),
        ("", "China, The", ("partner", "china")), ("", "China, Russia", None), ("", "states", None),
        # Some commands know further names.
        ("partner-kind", "states", ("partner-kind", "state")), ("partner-kind", "China", ("partner", "china")),
        ("series", "road-costs", ("series", "road-costs")), ("day", "06-03", ("day", "06-03")),
        ("code", "cn", ("partner", "china")),
    ],
)  # fmt: skip
def test_words_name_what_the_base_calls_so(
    extra: str, words: str, named: tuple[str, str] | None, small: Search
) -> None:
    assert Search(small.database, extra).name(words) == named


def test_words_stand_side_by_side_in_a_text_a_note_an_id_or_a_title(small: Search) -> None:
    known = [
        "eternal friendship",
        "Kok-Tash",
        "koktash",
        "кок таш",
        "one source has 1997",
        "us base",
        "at the air base",
    ]
    unknown = ["friendship eternal", "military bases", "China railway", '"']
    assert [words for words in known + unknown if small.has_text(words)] == known


def test_a_misspelt_word_is_the_nearest_name_or_word_of_the_texts(small: Search) -> None:
    right = {"chnia": "china", "railwya": "railway", "neigbours": "neighbours", "cat": "", "qqqqqq": ""}
    assert {word: small.correct(word) for word in right} == right


def test_many_values_are_asked_for_at_once(small: Search) -> None:
    terms = tuple(Term("fact", f"no-{number}", "") for number in range(5_000))
    assert [row["id"] for row in small.facts(Query(((*terms, Term("fact", "us-base", "")),)))] == ["us-base"]
