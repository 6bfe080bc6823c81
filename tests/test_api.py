from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import kyrgyz_relations
from kyrgyz_relations import Fact, FactBase, FactBaseError, open_factbase
from kyrgyz_relations.errors import RelationsError
from tests.conftest import SMALL
from tests.conftest import run as relations


@pytest.fixture(scope="module")
def opened() -> FactBase:
    return open_factbase(SMALL)


def test_records_are_typed_and_found_by_their_keys(opened: FactBase) -> None:
    assert isinstance(opened.facts["us-base"], Fact)
    assert opened.partners["china"].name_ky == "Кытай"
    assert opened.series["road-costs"].unit == "million US$"
    assert opened.sources[opened.facts["us-base"].sources[0]].publisher == "Example News"
    assert [*opened.facts][0] == "china-diplomatic-relations"  # noqa: RUF015  # the order of all is told
    assert repr(opened) == "<FactBase 'The foreign relations of Testland': 7 facts, 6 partners>"


@pytest.mark.parametrize("words", ["china", "china transport 2010..", "chnia", "china,russia", "", "how did us close"])
def test_words_find_what_they_find_on_the_command_line(opened: FactBase, words: str) -> None:
    found = [fact.id for fact in opened.find(*words.split())]
    assert found == relations(*(words.split() or ["--all"]), "--fields", "id", small=True).lines
    assert [fact.id for fact in opened.find(*words.split(), limit=1)] == found[:1]
    exact = [fact.id for fact in opened.find(*words.split(), exact=True)]
    assert exact == relations(*(words.split() or ["--all"]), "--exact", "--fields", "id", small=True).lines


def test_a_limit_is_one_at_least(opened: FactBase) -> None:
    with pytest.raises(RelationsError, match="a limit is 1 at least"):
        opened.find("china", limit=0)


def test_a_base_answers_in_any_thread(opened: FactBase) -> None:
    with ThreadPoolExecutor() as pool:
        assert pool.submit(opened.find, "china").result() == opened.find("china")


def test_the_built_in_base_is_opened_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    # What a program opens is not for the environment to say.
    monkeypatch.setenv("RELATIONS_FACTS", str(SMALL))
    assert open_factbase().about.subject == "Kyrgyzstan"


def test_a_file_can_be_added(base: Path, tmp_path: Path) -> None:
    added = tmp_path / "added.toml"
    added.write_text('[partners.china]\naliases = ["Cathay"]\n', encoding="utf-8")
    both = open_factbase(str(base), add=[added])
    assert both.find("Cathay") == both.find("china") != []
    assert "Cathay" in both.partners["china"].aliases


def test_a_faulty_base_is_an_error_that_tells_the_problems(base: Path) -> None:
    text = base.read_text(encoding="utf-8")
    base.write_text(text.replace('themes = ["bases"]', 'themes = ["basis"]', 1), encoding="utf-8")
    with pytest.raises(FactBaseError) as caught:
        open_factbase(base)
    ((path, line, problem),) = caught.value.problems
    assert (path, line is not None, '"basis" (did you mean "bases"?)' in problem) == (str(base), True, True)


@pytest.mark.parametrize("path", ["/nowhere.toml", "a\0b", ""])
def test_a_file_that_cannot_be_read_is_such_an_error_too(path: str) -> None:
    with pytest.raises(FactBaseError):
        open_factbase(path)


def test_too_many_words_are_refused_and_odd_ones_are_not(opened: FactBase) -> None:
    with pytest.raises(RelationsError, match="at most 300 words"):
        opened.find(*["china"] * 301)
    assert opened.find("qqq\udc80") == []


def test_every_public_name_is_there_and_no_other() -> None:
    assert all(getattr(kyrgyz_relations, name) for name in kyrgyz_relations.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = kyrgyz_relations.nothing
