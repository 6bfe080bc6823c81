import json
from pathlib import Path

import pytest

from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.query import Query, Term
from tests.conftest import run

ALL = ["railway-begun", "eaeu-membership", "us-base-closed", "russia-base", "us-base", "kok-tash-road"]
ALL += ["china-diplomatic-relations"]

# Facts that differ in how their dates begin.
DATES = ["../1995", "2001", "2001-01-01", "2001-01/2003", "2001~/..", "2001-12-31", "1999-05-05"]


@pytest.fixture
def dated(base: Path) -> Path:
    """The small fact base with facts of Bhutan on many kinds of date."""
    fact = '\n[[facts]]\nid = "bhutan-{}"\ndate = "{}"\nkind = "event"\npartners = ["bhutan"]\nthemes = ["bases"]\n'
    fact += 'text = "Something happened with Bhutan that nobody wrote much about."\nsources = ["example-1992-china"]\n'
    with base.open("a", encoding="utf-8") as file:
        file.writelines(fact.format(number, date) for number, date in enumerate(DATES))
    return base


def test_a_lookup_is_in_the_order_of_the_days_on_which_facts_began_the_newest_first(dated: Path) -> None:
    dates = run("bhutan", "--facts", str(dated), "--fields", "date").lines
    assert dates == ["2001-12-31", "2001~/..", "2001-01/2003", "2001", "2001-01-01", "1999-05-05", "../1995"]
    starts = [row["start"] for row in json.loads(run("bhutan", "--facts", str(dated), "--json").out)]
    assert starts[:-1] == sorted(starts[:-1], reverse=True)
    # Nobody knows when it began.
    assert starts[-1] is None


def test_reversed_it_begins_with_the_oldest(dated: Path) -> None:
    assert run("bhutan", "-r", "--facts", str(dated)).ids == run("bhutan", "--facts", str(dated)).ids[::-1]
    assert run("--all", "--reverse", small=True).ids == ALL[::-1]


@pytest.mark.parametrize("order", [[], ["--reverse"]])
@pytest.mark.parametrize("most", [1, 2, 7, 100])
def test_a_limit_cuts_the_end(order: list[str], most: int) -> None:
    whole = run("--all", *order, small=True).ids
    assert run("--all", *order, "-n", str(most), small=True).ids == whole[:most]
    assert run("--all", *order, f"--limit={most}", "--json", small=True).out.count('"id"') == len(whole[:most])


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("china", 0),
        ("china railway", 0),
        ("chnia", 1),
        ("bhutan", 1),
        ("china qqqq", 1),
        ("china bases", 1),
        ("--since x", 2),
    ],
)
def test_the_status_says_whether_something_was_found(words: str, status: int) -> None:
    for form in ("tsv", "json", "csv", "markdown"):
        assert run(*words.split(), "--format", form, small=True).status == status


@pytest.mark.parametrize(
    "words", ["chnia", "bhutan", "china bases", "china 1980", "--exact china qqqq", "--not china 1992"]
)
@pytest.mark.parametrize(
    ("form", "empty"), [("tsv", ""), ("json", "[]\n"), ("jsonl", ""), ("csv", None), ("csl-json", "[]\n")]
)
def test_what_finds_nothing_prints_nothing_to_a_script(words: str, form: str, empty: str | None) -> None:
    found = run(*words.split(), "--format", form, small=True)
    # CSV is a table, with its header even where it has no rows.
    assert found.out == (empty if empty is not None else run("china", "--csv", "-n", "1", small=True).lines[0] + "\n")
    assert found.status == 1


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        # a group's members, one organization's, and both of two
        ("neighbours", ["railway-begun", "us-base-closed", "us-base", "kok-tash-road", "china-diplomatic-relations"]),
        ("eaeu-members", ["eaeu-membership", "russia-base", "kok-tash-road"]),
        ("eaeu-members neighbours", ["kok-tash-road"]),
        ("eaeu", ["eaeu-membership"]),
        # kinds
        ("membership", ["eaeu-membership"]),
        ("position,event", ["us-base-closed", "russia-base", "us-base"]),
        # without
        ("transport --not neighbours", ["eaeu-membership"]),
        ("--not transport --not 2014", []),
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
    assert {field: row[field] for field in ("id", "date", "start", "end", "partners", "themes", "note")} == {
        "id": "kok-tash-road",
        "date": "1998~",
        "start": "1998-01-01",
        "end": "1998-12-31",
        "partners": ["china", "russia"],
        "themes": ["transport"],
        "note": "One source has 1997.",
    }
    assert [source["key"] for source in row["sources"]] == ["example-1992-china", "example-2024-railway"]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("china", ("partner", "china")),
        ("The China", ("partner", "china")),
        ("cn", ("code", "china")),
        ("NEIGHBOURS", ("group", "neighbours")),
        ("road", ("theme", "transport")),
        ("roads", ("theme", "transport")),
        ("projects", ("kind", "project")),
        ("Kok-Tash-Road", ("fact", "kok-tash-road")),
        ("Testland", ("subject", "")),
        ("States, United", ("partner", "united-states")),
        ("China, The", ("partner", "china")),
        ("China, Russia", None),
        ("the", None),
        ("...", None),
        ("chinas", None),
    ],
)
def test_words_name_what_the_base_calls_so(words: str, named: tuple[str, str] | None, small: Search) -> None:
    assert small.name(words) == named


def test_some_commands_know_further_names(small: Search) -> None:
    assert small.name("states") is None
    for extra, word, named in (
        ("partner-kind", "states", ("partner-kind", "state")),
        ("series", "road-costs", ("series", "road-costs")),
        ("day", "06-03", ("day", "06-03")),
        ("code", "cn", ("partner", "china")),
    ):
        assert Search(small.database, extra).name(word) == named


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


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("chnia", "china"),
        ("railwya", "railway"),
        ("frendship", "friendship"),
        ("neigbours", "neighbours"),
        ("cat", ""),
        ("qqqqqq", ""),
    ],
)
def test_a_misspelt_word_is_the_nearest_name_or_word_of_the_texts(word: str, right: str, small: Search) -> None:
    assert small.correct(word) == right


def test_many_values_are_asked_for_at_once(small: Search) -> None:
    terms = tuple(Term("fact", f"no-{number}", "") for number in range(5_000))
    assert [row["id"] for row in small.facts(Query(((*terms, Term("fact", "us-base", "")),)))] == ["us-base"]
