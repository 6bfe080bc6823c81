import pytest

from kyrgyz_relations.output import FORMATS
from kyrgyz_relations.query import parse
from tests.conftest import Command

ALL = ["china-diplomatic-relations", "kok-tash-road", "us-base", "russia-base", "us-base-closed", "eaeu-membership"]
ALL += ["railway-begun"]
CHINA = ["china-diplomatic-relations", "kok-tash-road", "railway-begun"]
AT_ONCE = "relations: no fact is about all of these at once"
US = ["us-base", "us-base-closed"]
BASES = ["us-base", "russia-base", "us-base-closed"]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        # partners: key, name, alias, codes, Kyrgyz and Russian, whatever the case, diacritics, hyphens and apostrophes
        (["china"], CHINA),
        (["CHINA"], CHINA),
        (["CN"], CHINA),
        (["chn"], CHINA),
        (["кытай"], CHINA),
        (["Китай"], CHINA),
        (["Кита\u0438\u0306"], CHINA),
        (["beijing"], CHINA),
        (["United States"], US),
        (["united", "states"], US),
        (["united-states"], US),
        (["соединённые", "штаты", "америки"], US),
        (["кошмо", "штаттар"], US),
        # groups answer for all their members
        (["neighbours"], ["china-diplomatic-relations", "kok-tash-road", *US, "railway-begun"]),
        (["соседи", "bases"], US),
        # themes
        (["bases"], BASES),
        (["base"], BASES),
        (["rule-of-law"], ["us-base-closed"]),
        (["Rule", "of", "Law"], ["us-base-closed"]),
        (["ruleoflaw"], ["us-base-closed"]),
        # kinds, singular and plural
        (["project"], ["kok-tash-road", "railway-begun"]),
        (["projects"], ["kok-tash-road", "railway-begun"]),
        (["diplomatic", "relations"], ["china-diplomatic-relations"]),
        # dates, ranges and decades: all that overlaps
        (["1992"], ["china-diplomatic-relations"]),
        (["1990s"], ["china-diplomatic-relations", "kok-tash-road"]),
        (["2002"], ["us-base"]),
        (["2014-06-03"], BASES),
        (["2014-07"], ["russia-base"]),
        (["2015.."], ["russia-base", "eaeu-membership", "railway-begun"]),
        (["..1999"], ["china-diplomatic-relations", "kok-tash-road"]),
        (["1998..2001"], ["kok-tash-road", "us-base"]),
        (["1998-2001"], ["kok-tash-road", "us-base"]),
        (["1998/2001"], ["kok-tash-road", "us-base"]),
        (["3", "June", "2014"], BASES),
        (["jan", "1992"], ["china-diplomatic-relations"]),
        (["june 2014", "united", "states"], US),
        (["june"], []),
        (["3", "июня", "2014"], BASES),
        (["январь", "1992"], ["china-diplomatic-relations"]),
        (["03.06.2014"], BASES),
        (["since", "2015"], ["russia-base", "eaeu-membership", "railway-begun"]),
        (["bases", "after", "2014"], ["russia-base"]),
        (["before", "June", "1992"], ["china-diplomatic-relations"]),
        (["until", "1992"], ["china-diplomatic-relations"]),
        (["until", "3", "january", "1992"], []),
        (["between", "1993", "and", "2000"], ["kok-tash-road"]),
        (["between", "2000", "and", "1993"], ["kok-tash-road"]),
        (["between", "june", "1993", "and", "3", "May", "2000"], ["kok-tash-road"]),
        (["from", "1993", "to", "2000"], ["kok-tash-road"]),
        (["from", "1993", "until", "1994", "russia"], []),
        (["since", "june 2014", "china"], ["railway-begun"]),
        (["since june 2014", "china"], ["railway-begun"]),
        (["between 1993 and 2000"], ["kok-tash-road"]),
        (["1993", "to", "2000"], ["kok-tash-road"]),
        (["June", "1993", "until", "3", "May", "2000"], ["kok-tash-road"]),
        (["since", "June", "2014", "china"], ["railway-begun"]),
        (["June", "3,", "2014"], BASES),
        (["June 3, 2014"], BASES),
        (["3rd", "of", "June", "2014"], []),
        (["3rd", "June", "2014"], BASES),
        (["1990-е"], ["china-diplomatic-relations", "kok-tash-road"]),
        (["90s"], ["china-diplomatic-relations", "kok-tash-road"]),
        (["2015-жылы"], ["russia-base", "eaeu-membership"]),
        (["с", "2015"], ["russia-base", "eaeu-membership", "railway-begun"]),
        (["до", "июня", "1992"], ["china-diplomatic-relations"]),
        (["между", "1993", "и", "2000"], ["kok-tash-road"]),
        (["в", "июне", "2014", "года"], BASES),
        # names in the cases of Russian and Kyrgyz
        (["Китаем"], CHINA),
        (["Кытайдын"], CHINA),
        (["с", "Россией", "базы"], []),
        # words in Cyrillic as the text has them in Latin letters
        (["кок-таша"], ["kok-tash-road"]),
        (["Соединенных", "Штатов", "Америки"], US),
        (["манас"], []),
        # dates of Kyrgyz and Russian, and others in words
        (["2015-жылдан", "бери"], ["russia-base", "eaeu-membership", "railway-begun"]),
        (["1992-жылга", "чейин"], ["china-diplomatic-relations"]),
        (["1990-жылдары"], ["china-diplomatic-relations", "kok-tash-road"]),
        (["2014", "г."], BASES),
        (["by", "1992"], ["china-diplomatic-relations"]),
        (["1993", "-", "2000"], ["kok-tash-road"]),
        (["1993—2000"], ["kok-tash-road"]),
        (["2014", "June"], BASES),
        (["since", "2010,", "china"], ["railway-begun"]),
        (["from", "1993,", "to", "2000"], ["kok-tash-road"]),
        (["before", "1993", "or", "after", "2020"], ["china-diplomatic-relations", "russia-base", "railway-begun"]),
        (["since", "the", "1990s", "transport", "China"], CHINA),
        (["In", "June", "2014"], BASES),
        (["3", "июня", "2014", "г."], BASES),
        (["keys,", "friendship"], ["us-base-closed", "railway-begun"]),
        (["china", ",", "russia", "2001.."], ["russia-base", "eaeu-membership", "railway-begun"]),
        (["or"], []),
        # what all is about narrows nothing
        (["Testland", "and", "China"], CHINA),
        # kinds
        (["членства"], ["eaeu-membership"]),
        # either of two
        (["china", "OR", "russia", "2001.."], ["russia-base", "eaeu-membership", "railway-begun"]),
        (["china", "AND", "2024"], ["railway-begun"]),
        (["china", "or", "russia", "2001.."], ["russia-base", "eaeu-membership", "railway-begun"]),
        (["china,", "russia", "2001.."], ["russia-base", "eaeu-membership", "railway-begun"]),
        (["keys", "or", "friendship"], ["us-base-closed", "railway-begun"]),
        (["or", "china"], CHINA),
        # one spelling for what has several
        (["airbase"], BASES),
        (["railroad"], ["railway-begun"]),
        # words of an id
        (["begun"], ["railway-begun"]),
        (["joined"], ["eaeu-membership"]),
        # a theme in its other number
        (["road"], ["china-diplomatic-relations", "kok-tash-road", "eaeu-membership", "railway-begun"]),
        # ids
        (["us-base"], ["us-base"]),
        (["US-base"], ["us-base"]),
        # text: stemmed, in notes and sources' titles too, in phrases, and only in this order
        (["railways"], ["railway-begun"]),
        (["paying"], []),
        (["establishing"], ["china-diplomatic-relations"]),
        (["1997"], []),
        (["farewell"], BASES),
        (["железная"], ["kok-tash-road", "railway-begun"]),
        (["eternal friendship"], ["railway-begun"]),
        (["friendship eternal"], []),
        (['"kok tash"'], ["kok-tash-road"]),
        (["koktash"], ["kok-tash-road"]),
        (["kok-tash"], ["kok-tash-road"]),
        # every word narrows, a comma widens
        (["china", "railway"], ["railway-begun"]),
        (["china,us", "transport,bases", "..2014"], ["china-diplomatic-relations", "kok-tash-road", *US]),
        (["united states,china", "2024"], ["railway-begun"]),
        (["united", "states,china", "2024"], ["railway-begun"]),
        (["railway,1992"], ["china-diplomatic-relations", "railway-begun"]),
        (["china,", "russia", "bases"], ["russia-base"]),
        # small words are not looked up, unless they are all there is, or in capitals name something
        (["the", "railway", "from", "china"], ["railway-begun"]),
        (["when", "did", "the", "us", "close", "its", "base"], US),
        (["who", "closed", "the", "base"], ["us-base", "us-base-closed"]),
        (["in", "2024"], ["russia-base", "railway-begun"]),
    ],
)
def test_words_find(relations: Command, words: list[str], ids: list[str]) -> None:
    run = relations(*words, small=True)
    assert run.ids == ids
    assert run.status == (0 if ids else 1)


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--partner", "china"], CHINA),
        (["--partner", "neighbours", "--theme", "bases"], US),
        (["--partner", "china", "--partner", "russia"], ["kok-tash-road"]),
        (["--partner", "china,russia", "--theme", "bases"], ["russia-base"]),
        (["--kind", "position"], ["us-base", "russia-base"]),
        (["--text", "keys"], ["us-base-closed"]),
        (["--text", "Relations with China"], ["china-diplomatic-relations", "kok-tash-road", "eaeu-membership"]),
        (["--text", "base"], BASES),
        (["--text", "air base"], BASES),
        (["--since", "2015", "transport"], ["eaeu-membership", "railway-begun"]),
        (["transport", "--until", "1998-06"], ["china-diplomatic-relations", "kok-tash-road"]),
        (["--since", "1998", "--until", "2001"], ["kok-tash-road", "us-base"]),
    ],
)
def test_options_force_a_reading(relations: Command, options: list[str], ids: list[str]) -> None:
    assert relations(*options, small=True).ids == ids


@pytest.mark.parametrize(
    "words",
    [["china", "--fields", "id", "2024"], ["--fields", "id", "china", "2024"], ["china", "2024", "--fields=id"]],
)
def test_options_may_stand_before_between_and_after_the_words(relations: Command, words: list[str]) -> None:
    assert relations(*words, small=True).out == "railway-begun\n"


def test_options_may_stand_before_a_command(relations: Command) -> None:
    assert relations("--fields", "key", "partners", "china", small=True).out == "china\n"


def test_a_word_that_is_a_commands_name_is_looked_up_with_find(relations: Command) -> None:
    assert relations("find", "partners", small=True).status == 1
    assert relations("--", "railway", small=True).ids == ["railway-begun"]


def test_the_best_fit_comes_first_on_demand(relations: Command) -> None:
    by_date = relations("china", "--text", "china", small=True).ids
    assert relations("farewell,keys", small=True).ids == BASES
    assert relations("farewell,keys", "--sort", "rank", small=True).ids[0] == "us-base-closed"
    assert relations("china", "--sort", "rank", small=True).ids == by_date


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["chnia"], 'relations: nothing found for "chnia" (did you mean china?)'),
        (["unitd states"], 'relations: nothing found for "unitd states" (did you mean united-states?)'),
        (["railwya"], 'relations: nothing found for "railwya" (did you mean railway?)'),
        (["china railway"], 'relations: nothing found for "china railway" (without quotes its words find 1)'),
        (["qqqq"], 'relations: nothing found for "qqqq"'),
        (["+++"], 'relations: nothing found for "+++"'),
        (["1980"], 'relations: no fact is dated "1980"'),
        (["bhutan"], 'relations: no fact is about the partner "bhutan"'),
        (["visit"], 'relations: no fact is of the kind "visit"'),
        (["china", "bases"], "relations: no fact is about all of these at once: china (3), bases (3)"),
        (
            ["china", "bases", "2014"],
            f"{AT_ONCE}: china (3), bases (3), 2014 (3)\nrelations: without china there are 3",
        ),
        (["china", "qqqq"], 'relations: nothing found for "qqqq"\nrelations: without qqqq there are 3'),
        (["biggest"], 'relations: nothing found for "biggest"'),
        (["--partner", "chnia"], 'relations: no partner is called "chnia" (did you mean china?)'),
        (["--theme", "bass"], 'relations: no theme is called "bass" (did you mean bases?)'),
        (["--kind", "vist"], 'relations: no kind is called "vist" (did you mean visit?)'),
        (
            ["us-basis"],
            'relations: nothing found for "us-basis" (did you mean us-base?)',
        ),
    ],
)
def test_what_finds_nothing_is_told_with_the_nearest_names(relations: Command, words: list[str], message: str) -> None:
    run = relations(*words, small=True)
    assert (run.status, run.out, run.err) == (1, "", f"{message}\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--since", "20x"], 'relations: --since takes a time such as 2014, 2014-06 or 2014-06-03, not "20x"'),
        (["word"] * 1000, "relations: a query takes at most 300 words"),
        (["china", "--json", "--csv"], "relations: one format at a time, not csv and json"),
        (
            ["china", "--fields", ""],
            'relations: fact has no field "" (it is one of id, date, kind, partners, themes, text, note, sources, url)',
        ),
        (
            ["china", "not", "russia"],
            'relations: words narrow or widen, none excludes; leave out "not"',
        ),
        (["--since", "2020", "--until", "2010"], "relations: --since 2020 is later than --until 2010"),
        (["--sort", ""], 'relations: --sort is one of date, rank, not ""'),
        (["--color", ""], 'relations: --color is one of auto, always, never, not ""'),
        (["--format", ""], f'relations: --format is one of {", ".join(FORMATS)}, not ""'),
        (["--sort", "size"], 'relations: --sort is one of date, rank, not "size"'),
    ],
)
def test_what_cannot_be_is_an_error(relations: Command, words: list[str], message: str) -> None:
    run = relations(*words, small=True)
    assert (run.status, run.out, run.err) == (2, "", f"{message}\n")


def test_full_text_has_no_operators(relations: Command) -> None:
    for word in (
        'a" OR "b',
        "china*",
        "NEAR(china railway)",
        "text:china",
        "(",
        "china AND",
        "^china",
        "-china",
        "';--",
    ):
        run = relations("--", word, small=True)
        assert run.status in (0, 1), word
        assert "Traceback" not in run.err


def test_the_longest_run_of_words_wins() -> None:
    names = {"central": "text", "central asia": "group", "central asian union": "partner"}

    def naming(word: str) -> tuple[str, str] | None:
        return (names[word], word) if word in names else None

    def readings(*words: str) -> list[list[tuple[str, str]]]:
        return [[(term.reading, term.key) for term in clause] for clause in parse(words, naming)]

    assert readings("central", "asian", "union") == [[("partner", "central asian union")]]
    assert readings("central", "asia", "union") == [[("group", "central asia")], [("text", "union")]]
    assert readings("old", "central", "asia,china") == [
        [("text", "old")],
        [("text", "central")],
        [("text", "asia"), ("text", "china")],
    ]
