"""What stands in for `typing.NamedTuple` is a tuple like its."""

from __future__ import annotations

import pickle
import typing
from typing import Any

import pytest

from kyrgyz_relations.commands import OPTIONS, Command, Option, Request
from kyrgyz_relations.namedtuple import NamedTuple
from kyrgyz_relations.query import Query
from kyrgyz_relations.records import Answer


class Ours(NamedTuple):
    """A tuple with all that one may have."""

    first: str
    second: int = 2
    third: tuple[str, ...] = ()

    @property
    def both(self) -> str:
        """Join two of them."""
        return f"{self.first}{self.second}"

    def doubled(self) -> Ours:
        """Double the second."""
        return self._replace(second=self.second * 2)

    @classmethod
    def of(cls, first: str) -> Ours:
        """Make one."""
        return cls(first)


class Theirs(typing.NamedTuple):
    """A tuple with all that one may have."""

    first: str
    second: int = 2
    third: tuple[str, ...] = ()

    @property
    def both(self) -> str:
        """Join two of them."""
        return f"{self.first}{self.second}"

    def doubled(self) -> Theirs:
        """Double the second."""
        return self._replace(second=self.second * 2)

    @classmethod
    def of(cls, first: str) -> Theirs:
        """Make one."""
        return cls(first)


def test_it_has_the_fields_defaults_and_methods_of_typing_s() -> None:
    for name in ("_fields", "_field_defaults", "__doc__", "__module__", "__bases__"):
        assert getattr(Ours, name) == getattr(Theirs, name), name
    # To a type checker these two never are alike.
    ours: Any = Ours("a", third=("x",))
    theirs: Any = Theirs("a", third=("x",))
    assert ours == theirs == ("a", 2, ("x",))
    assert ours.both == theirs.both == "a2"
    assert ours.doubled() == theirs.doubled() == ("a", 4, ("x",))
    assert ours.of("b") == theirs.of("b") == ("b", 2, ())
    assert ours._asdict() == theirs._asdict()
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert hash(ours) == hash(theirs)
    assert pickle.loads(pickle.dumps(ours)) == ours  # noqa: S301  # our own


def test_it_is_as_strict() -> None:
    for kind in (Ours, Theirs):
        with pytest.raises(TypeError):
            kind()  # type: ignore[call-arg]  # what must fail
        with pytest.raises(TypeError):
            kind("a", fourth=1)  # type: ignore[call-arg]  # what must fail
        with pytest.raises(AttributeError):
            kind("a").first = "b"  # type: ignore[misc]  # what must fail


def test_the_tuples_of_the_package_have_their_defaults_and_properties() -> None:
    assert Request("find").asks is False
    assert Request("find", theme=("energy",)).asks is True
    assert (Option(("--x",), "Do it.").many, Query().clauses) == (False, ())
    assert Answer("fact", ()).nothing() == ""
    assert {*Command("m", "f", "M.", "m", own=("limit",)).options} <= {*OPTIONS}
