"""`typing.NamedTuple` without `typing`, whose import takes a tenth of a lookup."""

from __future__ import annotations

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NamedTuple
else:

    class _Meta(type):
        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            """Make the named tuple; modules that use it postpone annotations, so that they are in the body."""
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body.pop("__annotations__", {})
            made = namedtuple(name, fields, defaults=[body.pop(field) for field in fields if field in body])  # noqa: PYI024  # this is the typed one
            for key in body.keys() - {"__qualname__", "__classcell__"}:
                setattr(made, key, body[key])
            return made

    class NamedTuple(metaclass=_Meta):
        """The base of a named tuple, as in `typing`."""


__all__ = ["NamedTuple"]
