from pathlib import Path

import pytest

import kyrgyz_relations
from kyrgyz_relations import Fact, FactBaseError, open_factbase
from kyrgyz_relations.errors import RelationsError
from tests.conftest import SMALL


def test_a_base_is_found_in_by_words() -> None:
    base = open_factbase(SMALL)
    assert [fact.id for fact in base.find("china", "2024")] == ["railway-begun"]
    assert isinstance(base.facts["us-base"], Fact)
    assert base.partners["china"].name_ky == "Кытай"
    assert base.find("chnia") == []


def test_the_bundled_base_is_opened_by_default() -> None:
    assert open_factbase().about.subject == "Kyrgyzstan"


def test_a_faulty_base_is_an_exception_that_tells_the_problems(tmp_path: Path) -> None:
    faulty = tmp_path / "faulty.toml"
    text = SMALL.read_text(encoding="utf-8")
    faulty.write_text(text.replace('themes = ["bases"]', 'themes = ["basis"]', 1), encoding="utf-8")
    with pytest.raises(FactBaseError) as caught:
        open_factbase(faulty)
    ((path, line, problem),) = caught.value.problems
    assert path == str(faulty)
    assert line is not None
    assert problem.endswith('unknown theme "basis" (did you mean "bases"?)')


def test_every_public_name_is_there() -> None:
    assert all(getattr(kyrgyz_relations, name) for name in kyrgyz_relations.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = kyrgyz_relations.nothing


def test_what_the_command_refuses_is_refused_here_too() -> None:
    small = open_factbase(SMALL)
    with pytest.raises(RelationsError, match="at most 300 words"):
        small.find(*["china"] * 301)
    assert small.find("qqq\udc80") == []


def test_a_name_that_no_file_has_is_told() -> None:
    with pytest.raises(FactBaseError, match="no file has a NUL in its name"):
        open_factbase("a\0b")
