"""One TOML file on its way to records: its bytes read, its text parsed, its lines known."""

import os
import stat
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import tomli

from kyrgyz_relations.errors import FactBaseError, Problem, place
from kyrgyz_relations.factbase.locate import Lines, Path
from kyrgyz_relations.text import printable

# Some thousand times what people write; a file larger than this is something else, such as /dev/zero by another name.
LARGEST = 2 * 2**30
# How deep the fields of a fact base lie, figures being the deepest.
_DEPTH = 5

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


def all_of(make: Callable[[_Item], _Made], items: Iterable[_Item]) -> list[_Made]:
    """Make something of each item.

    Args:
        make: Makes it; may raise FactBaseError.
        items: What to make it of.

    Raises:
        FactBaseError: Of some it can't be made; the problems of all are told in one.
    """
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


def read(path: str) -> bytes:
    """Read a fact base's file.

    Args:
        path: A regular file of at most `LARGEST` bytes.

    Returns:
        What it holds, undecoded.

    Raises:
        FactBaseError: It can't be read, or is nothing that holds a fact base.
    """
    if not path:
        raise FactBaseError([("relations", None, "a fact base was named by nothing")])
    try:
        status = os.stat(path)
        # A pipe may never end, nor a device.
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            raise FactBaseError([(path, None, "cannot be read: it is not a regular file")])
        if status.st_size > LARGEST:
            raise FactBaseError([(path, None, f"cannot be read: it is larger than {LARGEST // 2**30} GiB")])
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise FactBaseError([(path, None, f"cannot be read: {error.strerror}")]) from None


class Document:
    """A parsed TOML file.

    Args:
        path: The file, as problems are to name it.
        data: What it holds: TOML 1.0 in UTF-8.

    Attributes:
        raw: Its tables, with all white space in strings made single blanks.

    Raises:
        FactBaseError: It is no such file.
    """

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self._text = _decode(path, data)
        self._lines: Lines | None = None
        self.raw: dict[str, Any] = _tidy(_parse(path, self._text), depth=_DEPTH)

    def line(self, place: Path) -> int:
        """Give the line (from 1) on which a field or table begins.

        Args:
            place: The way to it, from the outermost table in: keys, and in lists numbers from 0.

        Returns:
            The line; where there is no such field, that of the table around it, or 1.
        """
        if self._lines is None:
            self._lines = Lines(self._text)
        return self._lines.of(*place)


class Place:
    """Where something stands: a document, and the way to a table or field in it.

    Args:
        document: The document.
        path: The way to it, from the outermost table in: keys, and in lists numbers from 0.
    """

    __slots__ = ("document", "path")

    def __init__(self, document: Document, *path: str | int) -> None:
        self.document = document
        self.path = path

    def __truediv__(self, step: str | int) -> "Place":
        return Place(self.document, *self.path, step)

    def __str__(self) -> str:
        return place(self.document.path, self.document.line(self.path))


def _decode(path: str, data: bytes) -> str:
    # Some editors begin a file with a byte order mark, which says nothing in UTF-8.
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FactBaseError([(path, line, "this is not UTF-8; save the file as UTF-8")]) from None


def _parse(path: str, text: str) -> dict[str, Any]:
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        what = printable(error.msg[:1].lower() + error.msg[1:])
        line = min(error.lineno, text.removesuffix("\n").count("\n") + 1)
        raise FactBaseError([(path, line, f"this is not TOML: {what}")]) from None
    except RecursionError:
        raise FactBaseError([(path, None, "this is nested too deeply for a fact base")]) from None
    except ValueError:
        raise FactBaseError([(path, None, "this holds a number too long to be read")]) from None


def _tidy(value: Any, *, depth: int) -> Any:
    """Make all white space in strings single blanks, as deep as a fact base goes."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict) and depth:
        return {key: _tidy(item, depth=depth - 1) for key, item in value.items()}
    if isinstance(value, list) and depth:
        return [_tidy(item, depth=depth - 1) for item in value]
    return value
