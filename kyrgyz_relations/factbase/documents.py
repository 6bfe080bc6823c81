"""TOML documents: read, parsed, and the problems found in them with the places where they stand."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import tomli

from kyrgyz_relations.errors import FactBaseError, location
from kyrgyz_relations.factbase.lines import PART, Path, line_of, lines_of
from kyrgyz_relations.language import printable

if TYPE_CHECKING:
    from kyrgyz_relations.errors import Problem

# Some thousand times what people write; a larger file is something else.
LARGEST = 2 * 2**30
_DEPTH = 5
_NESTED = "is nested too deeply for a fact base"
# The parser keeps each beginning of a key of many parts.
_TOO_DEEP = re.compile(rf"(?m)(?:^[ \t]*+\[{{0,2}}|[{{,])[ \t]*+(?:(?:{PART.pattern})[ \t]*+\.[ \t]*+){{50}}")
# Nobody mends more at once, and each takes time to place.
_MOST_PROBLEMS = 10_000
# A comparison takes the time of all letters by all words: only the first few unknown names get a suggestion.
_MOST_HINTS, _LONGEST_WORD = 20, 100
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Document:
    """A parsed TOML file; white space in its strings is reduced to single blanks."""

    path: str
    text: str
    raw: dict[str, Any]

    @cached_property
    def lines(self) -> dict[Path, int]:
        """The lines of its tables and fields, which only messages need."""
        return lines_of(self.text)


class Place(NamedTuple):
    """A table or field in a document."""

    document: Document
    path: Path = ()

    def __truediv__(self, step: str | int) -> Place:
        return Place(self.document, (*self.path, step))

    @property
    def line(self) -> int:
        """The line on which it begins, from 1."""
        return line_of(self.document.lines, self.path)

    def __str__(self) -> str:
        return location(self.document.path, self.line)


class Problems:
    """The problems found so far."""

    def __init__(self) -> None:
        self._found: list[tuple[Place, str]] = []
        self._hints = 0

    def add(self, place: Place, what: str) -> None:
        """Add a problem; with so many, what was found is raised."""
        self._found.append((place, what))
        if len(self._found) == _MOST_PROBLEMS:
            more = (self._found[0][0].document.path, None, f"has more problems than the first {_MOST_PROBLEMS:,}")
            raise FactBaseError([*self.located(), more])

    def unknown(self, place: Place, what: str, wrong: str, right: Iterable[str], otherwise: str = "") -> None:
        """Add a problem with a name, and the nearest of the right ones, or what to say otherwise."""
        if 0 < len(wrong) <= _LONGEST_WORD and self._hints < _MOST_HINTS:
            from difflib import get_close_matches

            self._hints += 1
            for near in get_close_matches(wrong, [word for word in right if len(word) <= _LONGEST_WORD], n=1):
                otherwise = f' (did you mean "{printable(near)}"?)'
        self.add(place, f'{what} "{printable(wrong)}"{otherwise}')

    def located(self) -> list[Problem]:
        """Give each problem once, file by file, in the order of the lines."""
        files = [*dict.fromkeys(place.document.path for place, _ in self._found)]
        located = {(place.document.path, place.line, what) for place, what in self._found}
        return sorted(located, key=lambda problem: (files.index(problem[0]), *problem[1:]))


def each(make: Callable[[_Item], _Made], items: Sequence[_Item]) -> list[_Made]:
    """Make something of each item; the problems of all are raised together."""
    made: list[_Made] = []
    problems: list[Problem] = []
    for item in items:
        try:
            made.append(make(item))
        except FactBaseError as error:
            problems += error.problems
    if problems:
        raise FactBaseError(problems)
    return made


def read_file(path: str) -> bytes:
    """Read a regular file of at most `LARGEST` bytes; a pipe or a device may never end."""
    if not path:
        raise FactBaseError([("relations", None, "--facts and --add need the name of a file")])
    try:
        status = os.stat(path)
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            what: str | None = "it is not a regular file"
        elif status.st_size > LARGEST:
            what = f"it is larger than {LARGEST // 2**30} GiB"
        else:
            with open(path, "rb") as file:
                # Some files of the system have no end, and no size.
                return file.read(os.fstat(file.fileno()).st_size)
    except OSError as error:
        what = error.strerror
    raise FactBaseError([(path, None, f"cannot be read: {what}")])


def parse(path: str, data: bytes) -> Document:
    """Parse TOML in UTF-8."""
    # Some editors begin a file with a byte order mark, which says nothing in UTF-8.
    data = data.removeprefix(b"\xef\xbb\xbf")
    line: int | None = None
    try:
        text = data.decode().replace("\r\n", "\n")
        deep = _TOO_DEEP.search(text)
        if not deep:
            return Document(path, text, _tidy(tomli.loads(text), depth=_DEPTH))
        line, what = text.count("\n", 0, deep.end()) + 1, _NESTED
    except UnicodeDecodeError as error:
        line, what = data.count(b"\n", 0, error.start) + 1, "is not UTF-8; save the file as UTF-8"
    except tomli.TOMLDecodeError as error:
        line = min(error.lineno, text.removesuffix("\n").count("\n") + 1)
        what = f"is not TOML: {printable(error.msg[:1].lower() + error.msg[1:])}"
    except RecursionError:
        what = _NESTED
    except ValueError:
        what = "holds a number too long to be read"
    raise FactBaseError([(path, line, f"this {what}")])


def _tidy(value: Any, *, depth: int) -> Any:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict) and depth:
        return {key: _tidy(item, depth=depth - 1) for key, item in value.items()}
    return [_tidy(item, depth=depth - 1) for item in value] if isinstance(value, list) and depth else value
