from typing import Any
from unittest.mock import create_autospec

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pycountry import countries

from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.factbase import index
from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.query import Term, parse
from tests.conftest import run

ALL = ["railway-begun", "eaeu-membership", "us-base-closed", "russia-base", "us-base", "kok-tash-road"]
ALL += ["china-diplomatic-relations"]
CHINA = ["railway-begun", "kok-tash-road", "china-diplomatic-relations"]
RUSSIA = ["eaeu-membership", "russia-base", "kok-tash-road"]
US = ["us-base-closed", "us-base"]
BASES = ["us-base-closed", "russia-base", "us-base"]
SINCE_2015 = ["railway-begun", "eaeu-membership", "russia-base"]
NINETIES = ["kok-tash-road", "china-diplomatic-relations"]


@pytest.fixture(scope="module")
def whole() -> Search:
    """The built-in fact base."""
    return Search(index.connect(index.files(None)))


def reading(words: tuple[str, ...], base: Search) -> list[list[tuple[str, str]]]:
    """Give the kinds and keys of what words are read as, a question's with "?" before them."""
    query = parse(words, base)
    filters, wanted = (
        [[(f"{mark}{term.kind}", term.key) for term in clause] for clause in clauses]
        for mark, clauses in (("", query.filters), ("?", query.wanted))
    )
    return filters + wanted


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        # partners: key, name, alias, codes, Kyrgyz and Russian, whatever the case, diacritics, hyphens and apostrophes
        *(
            (word, CHINA)
            for word in ("china", "CHINA", "CN", "chn", "кытай", "Китай", "Кита\u0438\u0306", "beijing", "china?")
        ),
        *((word, US) for word in ("united states", "united-states", "United States", "the United States", "us", "US")),
        *(
            (word, US)
            for word in ("соединённые штаты америки", "Соединенных Штатов Америки", "кошмо штаттар", "America")
        ),
        *((word, CHINA) for word in ("Китаем", "Кытайдын", "в Китае", "Testland and China")),
        # groups answer for all their members
        ("neighbours", ["railway-begun", *US, "kok-tash-road", "china-diplomatic-relations"]),
        ("соседи bases", US),
        # themes, in their other number, too, and kinds
        *((word, BASES) for word in ("bases", "base", "Military bases")),
        *((word, ["us-base-closed"]) for word in ("rule-of-law", "Rule of Law", "ruleoflaw", "“rule of law”")),
        ("road", ["railway-begun", "eaeu-membership", "kok-tash-road", "china-diplomatic-relations"]),
        *((word, ["railway-begun", "kok-tash-road"]) for word in ("project", "projects", "проекты")),
        ("diplomatic relations", ["china-diplomatic-relations"]),
        # ids, and words of an id
        *((word, ["us-base"]) for word in ("us-base", "US-base")),
        ("begun", ["railway-begun"]),
        # times: all that overlaps
        ("1992", ["china-diplomatic-relations"]),
        *(
            (word, NINETIES)
            for word in ("1990s", "90s", "1990-е", "1990-жылдары", "..1999", "before 2000", "until 1999")
        ),
        *(
            (word, BASES)
            for word in ("2014-06-03", "3 June 2014", "June 3, 2014", "3 июня 2014 г.", "03.06.2014", "июнь 2014")
        ),
        *(
            (word, SINCE_2015)
            for word in ("2015..", "since 2015", "с 2015", "2015-жылдан бери", "after 2014", "from 2015")
        ),
        *(
            (word, ["us-base", "kok-tash-road"])
            for word in ("1998..2001", "1998-2001", "1998/2001", "from 1998 to 2001")
        ),
        ("in 2024", ["railway-begun", "russia-base"]),
        ("before 1993 or after 2020", ["railway-begun", "russia-base", "china-diplomatic-relations"]),
        # one word of the texts: stemmed, in notes and titles, in Cyrillic for Latin letters, in several spellings
        *((word, ["railway-begun"]) for word in ("railway", "railways", "railroad", "rail*", "railway?", "(railway)")),
        *((word, ["kok-tash-road"]) for word in ("koktash", "kok-tash", "кок-таша", "1997*")),
        *((word, BASES) for word in ("farewell", "airbase")),
        ("establishing", ["china-diplomatic-relations"]),
        ("железная", ["railway-begun", "kok-tash-road"]),
        ("railway 2024", ["railway-begun"]),
        ("since 2010, railway", ["railway-begun"]),
        # names and times narrow, in any order
        *(
            (words, ["railway-begun"])
            for words in ("china 2024", "2024 china", "since 2015 transport China", "china 2015..")
        ),
        # what all is about narrows nothing
        ("Testland", ALL),
        # commas and "or" widen
        ("china,us", ["railway-begun", *US, "kok-tash-road", "china-diplomatic-relations"]),
        ("china,us transport,bases ..2014", [*US, "kok-tash-road", "china-diplomatic-relations"]),
        ("railway,1992", ["railway-begun", "china-diplomatic-relations"]),
        ("1992,2024", ["railway-begun", "russia-base", "china-diplomatic-relations"]),
        *(
            (words, ["russia-base"])
            for words in ("china,russia bases", "china, russia bases", "china , russia bases", "bases china or russia")
        ),
        *((words, ["railway-begun"]) for words in ("united states,china 2024", "china,united states 2024..")),
        ("keys or friendship", ["railway-begun", "us-base-closed"]),
    ],
)
def test_a_lookup_finds_by_names_times_and_one_word(words: str, ids: list[str]) -> None:
    found = run(*words.split(), small=True)
    assert (found.status, found.ids, found.err) == (0, ids, "")


@pytest.mark.parametrize(
    ("argument", "ids"),
    [
        ("united states", US),
        ("the united states", US),
        ("united states,china", ["railway-begun", *US, "kok-tash-road", "china-diplomatic-relations"]),
        (
            "china, russia",
            ["railway-begun", "eaeu-membership", "russia-base", "kok-tash-road", "china-diplomatic-relations"],
        ),
        ("June 3, 2014", BASES),
        ("since 2015", SINCE_2015),
        ("between 1993 and 2000", ["kok-tash-road"]),
        ("china 2024", ["railway-begun"]),
        ("eternal friendship", ["railway-begun"]),
        ('"kok tash"', ["kok-tash-road"]),
    ],
)
def test_an_argument_with_blanks_is_a_name_a_time_a_phrase_or_its_words(argument: str, ids: list[str]) -> None:
    assert run(argument, small=True).ids == ids


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("china", False),
        ("china bases 2010..", False),
        ("railway", False),
        ("railway since 2010", False),
        ("the railway", False),
        ("neighbours or russia", False),
        ("china railway", True),
        ("eternal friendship", True),
        ("when was it", True),
        ("is testland in the eaeu", True),
        ("who are the neighbours", True),
        ("когда базы", True),
        ("качан кытай", True),
        ("tell me about china", True),
        ("visit kok", True),
    ],
)
def test_any_word_beside_names_and_times_makes_a_question(words: str, question: bool, small: Search) -> None:  # noqa: FBT001  # a parameter of the test
    assert bool(parse(words.split(), small).wanted) == question
    # In one argument it is the same.
    assert bool(parse([words], small).wanted) == (question and not small.has_text(words))


@pytest.mark.parametrize(
    ("words", "filters", "wanted"),
    [
        (["when", "did", "china", "close", "2010.."], ["dates"], ["china", "close"]),
        (["when", "did", "china", "close", "after", "2010"], [], ["china", "close", "after 2010"]),
        (["when", "did", "us,china", "close"], ["partner", "partner"], ["close"]),
        (["when", "did", "china", "handed over"], ["text"], ["china"]),
        (["when", "did", "text:keys", "close"], ["text"], ["close"]),
    ],
)
def test_symbols_and_phrases_filter_a_question(
    words: list[str], filters: list[str], wanted: list[str], small: Search
) -> None:
    query = parse(words, small)
    assert [term.kind for clause in query.filters for term in clause] == filters
    assert [clause[0].word for clause in query.wanted] == wanted


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        *(
            (words, "--not china transport")
            for words in ("!china transport", "transport NOT china", "transport НЕ china")
        ),
        *(
            (words, "--not china,russia")
            for words in ("NOT china,russia", "--not china --not russia", "!china !russia")
        ),
        *((words, "2010..") for words in (">=2010", "2010-", "2010–", "2010+", "since:2010", "2010…")),
        *((words, "..2001") for words in ("<=2001", "until:2001", "...2001")),
        (">2001", "2002.."),
        ("<2001", "..2000"),
        ("=2014", "2014"),
        *((words, "2010..2016") for words in ("2010...2016", "2010…2016", "2010-2016", ">=2010 <=2016")),
        *((words, "china transport") for words in ("china AND transport", "china & transport", "china && transport")),
        *(
            (words, "china,russia")
            for words in ("china OR russia", "china | russia", "china || russia", "china or russia")
        ),
        ("text:keys", "--text keys"),
        ("theme:bases partner:us", "--theme bases --partner us"),
        ("kind:project", "--kind project"),
        ("transport not china", "transport china"),
        ("+china", "china"),
    ],
)
def test_operators_of_other_tools_are_read_as_what_they_mean(words: str, meant: str) -> None:
    found = run(*words.split(), small=True)
    assert found == run(*meant.split(), small=True)
    assert found.status == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("since:foo", 'since takes a time such as 2014, 2014-06 or 2014-06-03, not "foo"'),
        ("--since 20x", '--since takes a time such as 2014, 2014-06 or 2014-06-03, not "20x"'),
        ("--since 2020 --until 2010", "--since 2020 is later than --until 2010"),
        (
            "china railway --reverse",
            "--reverse is for lookups; a question is answered best first, and --exact makes it a lookup",
        ),
        ("word " * 301, "a query takes at most 300 words and 20000 letters"),
        ("--text " + ",".join("abcdefghij" * 40), "a query takes at most 300 words"),
        ("x" * 20_001, "a query takes at most 300 words and 20000 letters"),
    ],
    ids=lambda text: text[:20],
)
def test_what_cannot_be_is_refused(words: str, message: str) -> None:
    assert run(*words.split(), small=True) == (2, "", f"relations: {message}\n")


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        ("--partner neighbours --theme bases", US),
        ("--partner china --partner russia", ["kok-tash-road"]),
        ("--partner china,russia --theme bases", ["russia-base"]),
        ("--partner CN 2015..", ["railway-begun"]),
        ("--kind position", ["russia-base", "us-base"]),
        ("--text base", BASES),
        ("--text china", [*CHINA, "eaeu-membership"]),
        ("--since 2015 transport", ["railway-begun", "eaeu-membership"]),
        ("transport --until 1998-06", NINETIES),
        ("--since 1998 --until 2001", ["us-base", "kok-tash-road"]),
        ("--exact who closed the base --partner us", US),
    ],
)
def test_an_option_says_what_a_word_is(options: str, ids: list[str]) -> None:
    assert sorted(run(*options.split(), small=True).ids) == sorted(ids)


def test_a_text_that_is_a_name_too_is_looked_for_in_the_texts() -> None:
    assert run("--text", "air base", small=True).ids == BASES
    assert run("--theme", "air base", small=True).status == 1


def test_the_longest_run_of_words_wins() -> None:
    names = {"central": "text", "central asia": "group", "central asian union": "partner"}
    base = create_autospec(Search, instance=True)
    base.codes = False
    base.name.side_effect = lambda words: (names[words], words) if words in names else None

    def read(*words: str) -> list[list[tuple[str, str]]]:
        return [[(term.kind, term.key) for term in clause] for clause in parse(words, base).clauses]

    assert read("central", "asian", "union") == [[("partner", "central asian union")]]
    assert read("central", "asia", "union") == [[("group", "central asia")], [("text", "union")]]
    assert read("treaty", "central", "asia") == [[("text", "treaty")], [("group", "central asia")]]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("security council", None),
        ("climate change", None),
        ("Islamic Development Bank", [("partner", "isdb")]),
        ("World Bank loan", [("partner", "world-bank")]),
        ("kazahstan", [("partner", "kazakhstan")]),
        ("kirgizia", [("subject", "")]),
        ("DRC", [("partner", "dr-congo")]),
        ("turkey", [("partner", "turkiye")]),
    ],
)
def test_names_are_as_long_as_they_can_be_and_in_any_spelling(
    words: str, named: list[tuple[str, str]] | None, whole: Search
) -> None:
    partners = [
        (term.kind, term.key)
        for clause in parse(words.split(), whole).clauses
        for term in clause
        if term.kind in ("partner", "subject")
    ]
    assert partners == (named or [])


@pytest.mark.parametrize(
    ("word", "kinds"),
    [
        ("SOM", ["partner"]), ("som", ["partner", "text"]), ("per", ["partner", "text"]), ("no", ["partner", "text"]),
        ("IN", ["partner"]), ("IT", ["partner"]), ("us", ["partner"]), ("UK", ["partner"]), ("uae", ["partner"]),
        ("the US", ["partner"]), ("the us", ["partner"]), ("WHO", ["partner"]), ("who", ["partner"]),
    ],
)  # fmt: skip
def test_a_code_in_small_letters_may_be_a_word(word: str, kinds: list[str], whole: Search) -> None:
    query = parse(word.split(), whole)
    assert [[term.kind for term in clause] for clause in query.filters] == [kinds]
    told = f'read "{word}" as an ISO code and as a word; in capitals it is the code alone'
    assert query.remarks == ((told,) if len(kinds) > 1 else ())


def test_with_an_option_any_code_is_the_name() -> None:
    assert run("--partner", "no", "--json").out == run("--partner", "norway", "--json").out != "[]\n"
    assert run("compare", "no", "us", "--json").out == run("compare", "norway", "united-states", "--json").out


def _ways(country: Any) -> set[str]:
    names = [getattr(country, field, "") for field in ("name", "common_name", "official_name")]
    plain = {name.removeprefix("the ") for name in names if name}
    return plain | {f"the {name}" for name in plain if ", " not in name}


@pytest.mark.parametrize("code", [country.alpha_2 for country in countries])
def test_the_names_that_iso_3166_has_of_a_state_find_it_alone(code: str, whole: Search) -> None:
    row = whole.row("SELECT key FROM partners WHERE kind = 'state' AND iso2 = ?", code)
    if row is None:
        pytest.skip("a territory, or the subject")
    wrong = {
        words: read
        for way in sorted(_ways(countries.get(alpha_2=code)))
        for words in ((way,), tuple(way.split()))
        if (read := reading(words, whole)) != [[("partner", row[0])]]
    }
    assert wrong == {}


@pytest.mark.parametrize("way", ["The Gambia", "Gambia, The", "GAMBIA, THE", "gambia,the", "the Gambia"])
def test_the_before_or_behind_a_name_is_part_of_it(way: str, whole: Search) -> None:
    for words in ((way,), tuple(way.split())):
        assert reading(words, whole) == [[("partner", "gambia")]]


@pytest.mark.parametrize("words", ["the", "or", "what", "of the", "+++", ",", '"', "?"])
def test_words_that_only_join_others_are_looked_up_where_they_are_all(words: str) -> None:
    found = run(*words.split(), small=True)
    assert found.out == "" or len(found.ids) < len(ALL)
    assert found.status == (0 if found.out else 1)


@pytest.mark.parametrize("words", [[""], ["  "], ["", "\t"], [","]])
def test_an_empty_word_is_not_everything(words: list[str]) -> None:
    # As a script passes on a variable that has no value.
    found = run(*words, small=True)
    assert (found.status != 0, found.out) == (True, "")


WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            ["china", "CN,RU", "bases", "2014", "..2001", "us-base", "visit", "railway", "chnia", "the", "NOT"]
        ),
        st.text(st.characters(), min_size=1, max_size=8),
    ),
    min_size=1,
    max_size=4,
)


@given(words=WORDS)
@example(words=["\ud800"])
@example(words=['"'])
@example(words=["a,\0", "*"])
def test_no_word_breaks_a_query(words: list[str], small: Search) -> None:
    query = parse(words, small)
    exact = small.narrowed(query, exact=True)
    assert small.count(query) == small.count(exact) == len([*small.facts(exact)])


@given(words=WORDS)
def test_nothing_that_was_typed_is_dropped_but_small_words(words: list[str], small: Search) -> None:
    query = parse(words, small)
    assert query.clauses or query.excluded or not any(map(str.isalnum, "".join(words)))


def test_a_long_word_is_looked_up_or_refused_at_once(small: Search) -> None:
    for word in ("a-" * 9_999, "e" + "\u0301" * 9_999, "(" * 19_999, "NEAR(" * 3_000 + ")" * 3_000, "ﷺ" * 2_000):
        try:
            query = parse([word], small)
        except RelationsError as error:
            assert "at most" in str(error)  # noqa: PT017  # either will do
        else:
            assert small.count(query) == 0


def test_a_term_keeps_what_was_typed(small: Search) -> None:
    query = parse(["Китаем", "2014"], small)
    assert query.filters == (
        (Term("partner", "china", "Китаем"),),
        (Term("dates", "", "2014", ("2014-01-01", "2014-12-31")),),
    )


@pytest.mark.parametrize("words", ["china --fields id 2024", "--fields id china 2024", "china 2024 --fields=id"])
def test_options_may_stand_before_between_and_after_the_words(words: str) -> None:
    assert run(*words.split(), small=True).out == "railway-begun\n"
