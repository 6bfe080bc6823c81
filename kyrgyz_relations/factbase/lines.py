"""Where in a valid TOML document a table or field stands; inside a value of several lines, where its key does."""

from __future__ import annotations

import re

import tomli

# Possessive repeats: without them the engine keeps a state for each letter of a string.
PART = re.compile(r"""[A-Za-z0-9_-]++|"(?:[^"\\]|\\.)*+"|'[^']*+'""")
_DOTTED = rf"(?:{PART.pattern})(?:[ \t]*\.[ \t]*(?:{PART.pattern}))*+"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_KEY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
# What opens or closes something in a value, ends a line, or hides such letters.
_LONG = r'"""(?:[^"\\]++|\\.|""?(?!"))*+"{3,5}' + r"|'''(?:[^']++|''?(?!'))*+'{3,5}"
_TOKEN = re.compile(rf"""{_LONG}|"(?:[^"\\]++|\\.)*+"|'[^']*+'|\#[^\n]*|[\[\]{{}}\n]""", re.DOTALL)
_NOTHING = re.compile(r"(?:[ \t]*+(?:\#[^\n]*+)?+\n)++")
# Fact bases are no deeper; longer paths would only take memory.
_DEEPEST = 5

Path = tuple[str | int, ...]


def lines_of(document: str) -> dict[Path, int]:
    """Map the path of each table and field to its line, from 1; entries of lists of tables are numbered from 0."""
    lines: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    place, number = 0, 1
    while place < len(document):
        if nothing := _NOTHING.match(document, place):
            number, place = number + document.count("\n", place, nothing.end()), nothing.end()
            continue
        if begun := _HEADER.match(document, place):
            table = _enter(lines, counts, _parts(begun[2]), number, listed=len(begun[1]) == 2)  # [[
        elif begun := _KEY.match(document, place):
            path = (*table, *_parts(begun[1]))
            for end in range(len(table) + 1, min(len(path), _DEEPEST) + 1):
                lines.setdefault(path[:end], number)
        end = _end(document, begun.end() if begun else place)
        place, number = end, number + document.count("\n", place, end)
    return lines


def line_of(lines: dict[Path, int], path: Path) -> int:
    """Give the line of a field, or of what it is in."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _parts(key: str) -> list[str]:
    return [tomli.loads(f"key = {part}")["key"] if part[0] in "\"'" else part for part in PART.findall(key)]


def _enter(lines: dict[Path, int], counts: dict[Path, int], keys: list[str], number: int, *, listed: bool) -> Path:
    """Note the line of a header; where lists of tables are meant, the path goes to their newest entries."""
    path: Path = ()
    for place, key in enumerate(keys[:_DEEPEST], start=1):
        path = (*path, key)
        if listed and place == len(keys):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            lines.setdefault(path, number)
            path = (*path, counts[path])
        lines.setdefault(path, number)
    return path


def _end(document: str, place: int) -> int:
    """Find where the line ends on which a value ends."""
    depth = 0
    for token in _TOKEN.finditer(document, place):
        depth += (token[0] in "[{") - (token[0] in "]}")
        if token[0] == "\n" and depth <= 0:
            return token.end()
    return len(document)
