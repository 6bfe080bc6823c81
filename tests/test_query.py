from collections.abc import Iterable
from typing import Any
from unittest.mock import create_autospec

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pycountry import countries

from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.query import parse, read
from kyrgyz_relations.request import Request
from kyrgyz_relations.terms import Term
from tests.conftest import each, run

CHINA = "railway-begun kok-tash-road china-diplomatic-relations"
NO_TIME = "is no time such as 2014, 2014-06, 2014-06-03 or 2010..2014"
US, BASES = "us-base-closed us-base", "us-base-closed russia-base us-base"
SINCE_2015 = "railway-begun eaeu-membership russia-base"
ALL = f"{SINCE_2015.replace('russia', 'us-base-closed russia')} us-base kok-tash-road china-diplomatic-relations"
NEIGHBOURS = f"railway-begun {US} kok-tash-road china-diplomatic-relations"


def kinds_and_keys(clauses: Iterable[Iterable[Term]]) -> list[list[tuple[str, str]]]:
    return [[(term.kind, term.key) for term in clause] for clause in clauses]


@pytest.mark.parametrize(("words", "ids"), each(
    # partners: key, name, alias, codes, Kyrgyz and Russian, whatever the case, diacritics, hyphens and apostrophes
    ("china; CHINA; CN; chn; кытай; Китай; Кита\u0438\u0306; beijing; china?", CHINA),
    ("united states; united-states; United States; the United States; us; US; America", US),
    ("соединённые штаты америки; Соединенных Штатов Америки; кошмо штаттар", US),
    ("Китаем; Кытайдын; в Китае; Testland and China", CHINA),
    # groups answer for all their members
    ("neighbours", NEIGHBOURS), ("соседи bases", US),
    # themes, in their other number, too, and kinds
    ("bases; base; Military bases", BASES), ("rule-of-law; Rule of Law; ruleoflaw; “rule of law”", "us-base-closed"),
    ("road", "railway-begun eaeu-membership kok-tash-road china-diplomatic-relations"),
    ("project; projects; проекты", "railway-begun kok-tash-road"),
    ("diplomatic relations", "china-diplomatic-relations"),
    # ids, and words of an id
    ("us-base; US-base", "us-base"), ("begun", "railway-begun"),
    # times: all that overlaps
    ("1992", "china-diplomatic-relations"),
    ("1990s; 1990-жылдары; ..1999; before 2000", "kok-tash-road china-diplomatic-relations"),
    ("2014-06-03; 3 June 2014; June 3, 2014; 3 июня 2014 г.; июнь 2014", BASES),
    ("2015..; since 2015; с 2015; 2015-жылдан бери; after 2014", SINCE_2015),
    ("1998..2001; 1998/2001; from 1998 to 2001", "us-base kok-tash-road"), ("in 2024", "railway-begun russia-base"),
    ("before 1993 or after 2020", "railway-begun russia-base china-diplomatic-relations"),
    # one word of the texts: stemmed, in notes and titles, in Cyrillic for Latin letters, in several spellings
    ("railway; railways; railroad; rail*; railway?; (railway)", "railway-begun"),
    ("koktash; kok-tash; кок-таша; 1997*", "kok-tash-road"), ("farewell; airbase", BASES),
    ("establishing", "china-diplomatic-relations"), ("железная", "railway-begun kok-tash-road"),
    # names and times narrow, in any order
    ("railway 2024; since 2010, railway; china 2024; 2024 china", "railway-begun"),
    ("since 2015 transport China; china 2015..", "railway-begun"),
    # what all is about narrows nothing
    ("Testland", ALL),
    # commas and "or" widen
    ("china,us", NEIGHBOURS), ("china,us transport,bases ..2014", f"{US} kok-tash-road china-diplomatic-relations"),
    ("railway,1992", "railway-begun china-diplomatic-relations"),
    ("1992,2024", "railway-begun russia-base china-diplomatic-relations"),
    ("china,russia bases; china, russia bases; china , russia bases; bases china or russia", "russia-base"),
    ("united states,china 2024; china,united states 2024..", "railway-begun"),
    ("keys or friendship", "railway-begun us-base-closed"),
))  # fmt: skip
def test_a_lookup_finds_by_names_times_and_one_word(words: str, ids: str) -> None:
    found = run(*words.split(), small=True)
    assert (found.status, found.ids) == (0, ids.split())
    assert found.err.rstrip("\n") in ("", f'relations: "{words}" is only in notes or in titles of sources')


@pytest.mark.parametrize(("argument", "ids"), each(
    ("united states; the united states", US), ("united states,china", NEIGHBOURS),
    ("china, russia", "railway-begun eaeu-membership russia-base kok-tash-road china-diplomatic-relations"),
    ("June 3, 2014", BASES), ("since 2015", SINCE_2015), ('between 1993 and 2000; "kok tash"', "kok-tash-road"),
    ("china 2024; eternal friendship", "railway-begun"),
))  # fmt: skip
def test_an_argument_with_blanks_is_a_name_a_time_a_phrase_or_its_words(argument: str, ids: str) -> None:
    assert run(argument, small=True).ids == ids.split()


@pytest.mark.parametrize(("words", "made"), each(
    ("china; china bases 2010..; railway; railway since 2010; the railway; neighbours or russia", "a lookup"),
    (
        "china railway; eternal friendship; when was it; is testland in the eaeu; who are the neighbours",
        "a question",
    ),
    ("когда базы; качан кытай; tell me about china; visit kok", "a question"),
))  # fmt: skip
def test_any_word_beside_names_and_times_makes_a_question(words: str, made: str, small: Search) -> None:
    assert bool(parse(words.split(), small).wanted) == (made == "a question")
    # In one argument it is the same.
    assert bool(parse([words], small).wanted) == (made == "a question" and not small.has_text(words))


@pytest.mark.parametrize(("words", "filters", "wanted"), [
    (["china", "close", "2010.."], ["dates"], ["china", "close"]),
    (["china", "close", "after", "2010"], [], ["china", "close", "after 2010"]),
    (["us,china", "close"], ["partner", "partner"], ["close"]), (["china", "handed over"], ["text"], ["china"]),
    (["text:keys", "close"], ["text"], ["close"]),
])  # fmt: skip
def test_symbols_filter_a_question(words: list[str], filters: list[str], wanted: list[str], small: Search) -> None:
    query = parse(["when", "did", *words], small)
    assert [term.kind for clause in query.filters for term in clause] == filters
    assert [clause[0].word for clause in query.wanted] == wanted


@pytest.mark.parametrize(("words", "meant"), each(
    ("!china transport; transport NOT china; transport НЕ china", "--not china transport"),
    ("NOT china,russia; --not china --not russia; !china !russia", "--not china,russia"),
    (">=2010; >= 2010; ≥2010; 2010-; 2010–; 2010+; since:2010; 2010…; 2010 ..", "2010.."),
    ("<=2001; until:2001; ...2001; .. 2001; <= 2001", "..2001"),
    (">2001", "2002.."), ("<2001", "..2000"), ("=2014", "2014"),
    ("2010...2016; 2010…2016; 2010-2016; >=2010 <=2016; 2010 .. 2016; 2010 – 2016", "2010..2016"),
    ("china AND transport; china & transport; china && transport", "china transport"),
    ("china OR russia; china | russia; china || russia; china or russia", "china,russia"),
    ("text:keys", "--text keys"), ("theme:bases partner:us", "--theme bases --partner us"),
    ("kind:project", "--kind project"), ("+china", "china"),
    # Options may stand anywhere.
    ("china --exact 2024; --exact china 2024", "china 2024 --exact"),
))  # fmt: skip
def test_operators_of_other_tools_are_read_as_what_they_mean(words: str, meant: str) -> None:
    found = run(*words.split(), small=True)
    assert found == run(*meant.split(), small=True)
    assert found.status == 0


@pytest.mark.parametrize(("words", "message"), [
    ("--partner chnia", 'no partner is called "chnia" (did you mean china?)'),
    ("partner:chnia", 'no partner is called "chnia" (did you mean china?)'),
    ("--theme bass", 'no theme is called "bass" (did you mean base?)'),
    ("--kind vist", 'no kind is called "vist" (did you mean visit?)'),
    ("--partner bases", 'no partner is called "bases"'),
    ("china 30 February 2014", '"30 February 2014" is no day'),
    ("china 2014-13", f'"2014-13" {NO_TIME}'), ("3/6/2014", f'"3/6/2014" {NO_TIME}'),
    ("2014..2010", f'"2014..2010" {NO_TIME}'),
    ("since:foo", 'since takes a time such as 2014, 2014-06 or 2014-06-03, not "foo"'),
    ("--since 20x", '--since takes a time such as 2014, 2014-06 or 2014-06-03, not "20x"'),
    ("--since 2020 --until 2010", "--since 2020 is later than --until 2010"),
    ("china railway --reverse",
     "--reverse is for lookups; a question is answered best first, and --exact makes it a lookup"),
    ("word " * 301, "a query takes at most 300 words and 20000 letters"),
    ("--text " + ",".join("abcdefghij" * 40), "a query takes at most 300 words"),
    ("--not " + ",".join("abcdefghij" * 40), "a query takes at most 300 words"),
    ("--partner !china", 'no partner is called "!china" (did you mean china?)'),
    ("base --not NOT,china", '--not takes a name, a time or a word, not "NOT,china"'),
    ("china --until 2010..", "--since needs a time that begins, and --until one that ends"),
    ("base NOT the", '"NOT the" leaves nothing out; --not takes any word'),
    ("china OR NOT russia", '"OR NOT" means nothing; use either'),
    ("china NOT NOT russia", '"NOT NOT" means nothing; use either'),
    ("china --not !", '--not takes a name, a time or a word, not "!"'),
    ("--text " + "x" * 20_001, "a query takes at most 300 words and 20000 letters"),
    ("x" * 20_001, "a query takes at most 300 words and 20000 letters"),
], ids=lambda text: text[:20])  # fmt: skip
def test_what_cannot_be_is_refused(words: str, message: str) -> None:
    assert run(*words.split(), small=True) == (2, "", f"relations: {message}\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("transport china NOT", '"NOT" leaves nothing out at the end'),
        ("transport NOT (china and russia)", "brackets group nothing"),
        ("transport NOT chna", 'nothing found for "chna"'),
        ("transport --not narnia", 'nothing found for "narnia"'),
        ("transport not about china", '"not" leaves nothing out; "NOT china" does'),
        ("transport not in 1998", '"not" leaves nothing out; "NOT 1998" does'),
        ("transport not china", '"not" leaves nothing out; "NOT china" does'),
        ("bases without russia", '"without" leaves nothing out; "NOT russia" does'),
        ("базы кроме россии", '"кроме" leaves nothing out; "NOT россии" does'),
    ],
)
def test_a_small_word_that_leaves_nothing_out_is_told(words: str, told: str) -> None:
    assert told in run(*words.split(), small=True).err


@pytest.mark.parametrize(
    ("words", "meant"), [("compare china and russia", "compare china russia"), ("compare us with uk", "compare us uk")]
)
def test_words_between_the_compared_are_no_codes(words: str, meant: str) -> None:
    assert run(*words.split()) == run(*meant.split())


@pytest.mark.parametrize(
    ("words", "partners"),
    [
        ("is there a US ambassador", ["united-states"]), ("how far to go with russia", ["russia"]),
        ("I ran into russia", ["russia"]), ("the U. S. A. in Bishkek", ["united-states"]),
        ("is there china's or the USA’s money", ["china", "united-states"]),
    ],
)  # fmt: skip
def test_words_that_run_together_are_no_name(whole: Search, words: str, partners: list[str]) -> None:
    clauses = parse(words.split(), whole).clauses
    assert [term.key for clause in clauses for term in clause if term.kind == "partner"] == partners


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["THE", "1990S"], ["1990s"]), (["1990's"], ["1990s"]), (["FROM", "2010"], ["from", "2010"]),
        (["china", ",russia"], ["china,", "russia"]), (["china's", "2024"], ["china", "2024"]),
        (["china, us, and russia"], ["china,us,russia"]), (["after 2000, before 2005"], ["2001..2004"]),
        (["transport NOT us, and russia"], ["transport", "--not", "us,russia"]), (["JUN 2014"], ["2014-06"]),
        (["JUNE", "2014.."], ["2014-06.."]),
        (["base 2010.. 2014"], ["base", "2010..2014"]),
        (["June", "2014", "!", "china"], ["2014-06", "--not", "china"]),
        (["bases NOT china, russia"], ["bases", "--not", "china,russia"]),
        (["transport NOT us, 1998"], ["transport", "1998", "--not", "us"]),
        (["base -china"], ["base", "--not", "china"]), (["base", "!", "china"], ["base", "--not", "china"]),
        (["base", "--not", "in 1998"], ["base", "NOT", "1998"]), (["!united states", "base"], ["base", "--not", "us"]),
        (["base", "--not", "china or russia"], ["base", "NOT", "china,russia"]),
        (["base", "--not", "partner:china"], ["base", "NOT", "china"]),
        (["partner:united states"], ["--partner", "united states"]), (["CN's"], ["CN"]),
        (["partner:united", "states"], ["--partner", "united states"]),
        (["2014 - 2024"], ["2014..2024"]), (["china", "2010 or later"], ["china", "2010.."]),
        (["united\u00a0states"], ["united states"]), (["china", "NOT", "russia's"], ["china", "NOT", "russia"]),
    ],
)  # fmt: skip
def test_other_ways_to_write_a_lookup_find_the_same(words: list[str], meant: list[str]) -> None:
    assert run(*words, small=True) == run(*meant, small=True)
    assert run(*meant, small=True).status == 0


def test_a_lone_word_in_russian_or_kyrgyz_that_no_text_has_is_asked_as_a_question() -> None:
    found = run("беженцы")
    assert (found.status, found.err, {*found.ids} & {*run("refugees").ids} != set()) == (0, "", True)
    assert run("абракадабра")[:2] == run("abracadabra")[:2] == (1, "")


def test_the_longest_run_of_words_wins() -> None:
    names = {"central": "text", "central asia": "group", "central asian union": "partner"}
    base = create_autospec(Search, instance=True)
    base.codes = False
    base.name.side_effect = lambda words: (names[words], words) if words in names else None
    for words, expected in {
        "central asian union": [[("partner", "central asian union")]],
        "central asia union": [[("group", "central asia")], [("text", "union")]],
        "treaty central asia": [[("text", "treaty")], [("group", "central asia")]],
    }.items():
        assert kinds_and_keys(parse(words.split(), base).clauses) == expected


@pytest.mark.parametrize(("words", "named"), each(
    ("security council; climate change", ""), ("Islamic Development Bank", "partner isdb"),
    ("World Bank loan", "partner world-bank"), ("kazahstan", "partner kazakhstan"), ("kirgizia", "subject"),
    ("DRC", "partner dr-congo"), ("turkey", "partner turkiye"),
    ("democratic republic of the congo; Democratic Republic of Congo", "partner dr-congo"),
    ("Папуа — Новая Гвинея", "partner papua-new-guinea"), ("Сан-Марино; сан марино", "partner san-marino"),
    ("Organisation for the Prohibition of Chemical Weapons", "partner opcw"),
    ("The Gambia; Gambia, The; GAMBIA, THE; gambia,the; the Gambia", "partner gambia"),
))  # fmt: skip
def test_names_are_as_long_as_they_can_be_and_in_any_spelling(words: str, named: str, whole: Search) -> None:
    for typed in (words.split(), [words]):
        terms = [term for clause in parse(typed, whole).clauses for term in clause if term.kind != "text"]
        assert [f"{term.kind} {term.key}".strip() for term in terms if term.kind != "theme"] == [named][: bool(named)]


@pytest.mark.parametrize(("word", "kinds"), each(
    ("SOM; IN; IT; us; UK; uae; the US; the us; WHO; who", "partner"),
    ("no,se; be,nl; who,un", "partner partner"),
    ("som; per; no", "partner text"),
))  # fmt: skip
def test_a_code_in_small_letters_may_be_a_word(word: str, kinds: str, whole: Search) -> None:
    query = parse(word.split(), whole)
    assert [[term.kind for term in clause] for clause in query.filters] == [kinds.split()]
    told = f'read "{word}" as an ISO code and as a word; in capitals it is the code alone'
    assert query.remarks == ((told,) if "text" in kinds else ())


@pytest.mark.parametrize(("words", "meant"), each(
    ("BY 2010..; belarus since 2010", "--partner BY --since 2010"), ("Сан-Марино 2019", "san-marino 2019"),
    ("Борбор-Азия суу", "central-asia --theme water"), ("china 2010 .. 2012 NOT debt", "china 2010..2012 --not debt"),
))  # fmt: skip
def test_what_stands_behind_a_name_is_kept(words: str, meant: str) -> None:
    assert run(*words.split()).ids == run(*meant.split()).ids != run(words.partition(" ")[0]).ids


@pytest.mark.parametrize("code", [country.alpha_2 for country in countries])
def test_the_names_that_iso_3166_has_of_a_state_find_it_alone(code: str, whole: Search) -> None:
    row = whole.row("SELECT key FROM partners WHERE kind = 'state' AND iso2 = ?", code)
    if row is None:
        pytest.skip("a territory, or the subject")
    country: Any = countries.get(alpha_2=code)
    names = [getattr(country, field, "") for field in ("name", "common_name", "official_name")]
    plain = {name.removeprefix("the ") for name in names if name}
    for way in plain | {f"the {name}" for name in plain if ", " not in name}:
        asked = [parse([way], whole), parse(way.split(), whole), read(whole, Request("find", (), partner=(way,)))]
        for words, query in zip(([way], way.split(), ["--partner", way]), asked, strict=True):
            assert (kinds_and_keys(query.filters), query.wanted) == ([[("partner", row[0])]], ()), words


@pytest.mark.parametrize("words", ["the", "or", "what", "of the", "+++", ",", '"', "?"])
def test_words_that_only_join_others_are_looked_up_where_they_are_all(words: str) -> None:
    found = run(*words.split(), small=True)
    assert found.out == "" or len(found.ids) < len(ALL.split())
    assert found.status == (0 if found.out else 1)


@pytest.mark.parametrize("words", [[""], ["  "], ["", "\t"], [","]])
def test_an_empty_word_is_not_everything(words: list[str]) -> None:
    # As a script passes on a variable that has no value.
    found = run(*words, small=True)
    assert (found.status != 0, found.out) == (True, "")


KNOWN = st.sampled_from(
    ["china", "CN,RU", "bases", "2014", "..2001", "us-base", "visit", "railway", "chnia", "the", "NOT"]
)
WORDS = st.lists(st.one_of(KNOWN, st.text(st.characters(), min_size=1, max_size=8)), min_size=1, max_size=4)


@given(words=WORDS)
@example(words=["\ud800"])
@example(words=['"'])
@example(words=['" Þ'])
@example(words=["a,\0", "*"])
def test_no_word_breaks_a_query(words: list[str], small: Search) -> None:
    try:
        query = parse(words, small)
    except RelationsError as error:
        # What contradicts itself is told.
        assert str(error).endswith(("use either", "--not takes any word"))  # noqa: PT017  # most words raise nothing
        return
    exact = small.narrowed(query, exact=True)
    assert small.count(query) == small.count(exact) == len([*small.facts(exact)])
    # Nothing that was typed is dropped but small words.
    assert query.clauses or query.excluded or not any(map(str.isalnum, "".join(words)))


def test_a_long_word_is_looked_up_or_refused_at_once(small: Search) -> None:
    for word in ("a-" * 9_999, "e" + "\u0301" * 9_999, "(" * 19_999, "NEAR(" * 3_000 + ")" * 3_000, "ﷺ" * 2_000):
        try:
            query = parse([word], small)
        except RelationsError as error:
            assert "at most" in str(error)  # noqa: PT017  # either will do
        else:
            assert small.count(query) == 0
