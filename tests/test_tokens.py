import pytest

from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.tokens import is_quoted, tokens_of


@pytest.mark.parametrize(
    ("arguments", "tokens"),
    [
        (["china", "2010.."], ["china", "2010.."]), (["united states"], ["united states"]),
        (["eternal friendship"], ['"eternal friendship"']), (["china bribery"], ["china", "bribery"]),
        (["CN,US"], ["CN", ",,", "US"]), (["china,", "us"], ["china", ",", "us"]),
        (["china", ",us"], ["china", ",", "us"]),
        (["4,500"], ["4,500"]), (["June 3, 2014"], ["June 3, 2014"]), (["!china"], ["NOT", "china"]),
        (["eternal friendship -china"], ["eternal", "friendship", "NOT", "china"]), (["-"], ["-"]),
        (["! china"], ["NOT", "china"]),
        (["!united states"], ["NOT", "united states"]), (["!=2010"], ["NOT", "2010"]),
        (["!>2010"], ["NOT", "after", "2010"]),
        (['"air base" "china"'], ['"air base"', '"china"']), (['x "air base"'], ["x", '"air base"']),
        (['partner:"united states" 2014'], ["partner:united states", "2014"]),
        (["air | base"], ["air", "|", "base"]), (["2010.. 2012"], ["2010..2012"]),
        (["2010", "/", "2012"], ["2010/2012"]),
        (["2010", "…", "2012"], ["2010..2012"]),
        (["2010 -2012"], ["2010..2012"]), (["x -2012"], ["x", "NOT", "2012"]), (["(June 2014)"], ["June 2014"]),
        (["!united states base"], ["NOT", "united", "states", "base"]),
        (["!eternal friendship"], ["NOT", "eternal", "friendship"]),
        (["!" * 2000 + "x"], ["NOT", "NOT", "x"]), (["!"], ["!"]),
        (["2010..", "2012"], ["2010..2012"]), (["2010", "..2012"], ["2010..2012"]), (["2010..", "a"], ["2010..", "a"]),
        ([">=2010"], ["since", "2010"]), ([">", "2010"], ["after", "2010"]), ([">", "china"], [">", "china"]),
        (["2010", "..", "2012"], ["2010..2012"]), (["..", "2012", "china"], ["..2012", "china"]),
        (["(china)"], ["china"]), (['"a, b"'], ['"a, b"']), ([",", " "], [",", ""]),
    ],
)  # fmt: skip
def test_arguments_become_words_commas_and_times(arguments: list[str], tokens: list[str], small: Search) -> None:
    assert tokens_of(arguments, small) == tokens


def test_a_phrase_stands_in_quotation_marks() -> None:
    assert [word for word in ('"a b"', '"', '""', "a", '"a') if is_quoted(word)] == ['"a b"', '""']
