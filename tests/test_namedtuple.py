"""What stands in for `typing.NamedTuple` is a tuple like its."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from kyrgyz_relations.commands import OPTIONS, Command, Option
from kyrgyz_relations.namedtuple import NamedTuple
from kyrgyz_relations.query import Query
from kyrgyz_relations.records import Answer
from kyrgyz_relations.request import Request


class Ours(NamedTuple):
    """A tuple with all that one may have."""

    first: str
    second: int = 2

    @property
    def both(self) -> str:
        """Join the two."""
        return f"{self.first}{self.second}"

    @classmethod
    def of(cls, first: str) -> Ours:
        """Make one, with the second doubled."""
        return cls(first)._replace(second=4)


def test_it_has_the_fields_defaults_and_methods_of_typing_s() -> None:
    kind: Any = Ours
    assert (kind._fields, kind._field_defaults) == (("first", "second"), {"second": 2})
    assert (kind.__doc__, kind.__module__, kind.__bases__) == (
        "A tuple with all that one may have.",
        __name__,
        (tuple,),
    )
    ours: Any = Ours("a")
    assert (ours, ours.both, Ours.of("b"), repr(ours)) == (("a", 2), "a2", ("b", 4), "Ours(first='a', second=2)")
    assert pickle.loads(pickle.dumps(ours)) == ours  # noqa: S301  # our own
    for arguments in ({}, {"first": "a", "third": 1}):
        with pytest.raises(TypeError):
            kind(**arguments)
    with pytest.raises(AttributeError):
        ours.first = "b"


def test_the_tuples_of_the_package_have_their_defaults_and_properties() -> None:
    assert (Request("find").asks, Request("find", theme=("energy",)).asks) == (False, True)
    assert (Option(("--x",), "Do it.").many, Query().clauses, Answer("fact", ()).nothing()) == (False, (), "")
    assert {*Command("m", "f", "M.", "m", own=("limit",)).options} <= {*OPTIONS}
