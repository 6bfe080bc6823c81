"""Where in a TOML document a table or field stands, which TOML parsers don't tell once they have parsed.

The document is known to be valid. Inside a value of several lines only the line of its key is known.
"""

from __future__ import annotations

import re

import tomli

# Possessive repeats: without them the engine keeps a state for each letter of a string.
_PART = re.compile(r"""[A-Za-z0-9_-]++|"(?:[^"\\]|\\.)*+"|'[^']*+'""")
_DOTTED = rf"(?:{_PART.pattern})(?:[ \t]*\.[ \t]*(?:{_PART.pattern}))*+"
_HEADER = re.compile(rf"^[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_KEY = re.compile(rf"^[ \t]*({_DOTTED})[ \t]*=")
# What opens or closes something in a value, or hides such letters.
_TOKEN = re.compile(r"""\"{3}|'{3}|"(?:[^"\\]++|\\.)*+"|'[^']*+'|#.*|[\[\]{}]""")
_ENDS = {'"""': re.compile(r'(?:[^"\\]++|\\.?|""?(?!"))*+"{3,5}'), "'''": re.compile(r"(?:[^']++|''?(?!'))*+'{3,5}")}
# Fact bases are no deeper; longer paths would only take memory.
_DEEPEST = 5

Path = tuple[str | int, ...]


def lines_of(document: str) -> dict[Path, int]:
    """Map the path of each table and field to its line, from 1; entries of lists of tables are numbered from 0."""
    lines: dict[Path, int] = {(): 1}
    counts: dict[Path, int] = {}
    table: Path = ()
    depth, quote = 0, ""
    for number, line in enumerate(document.split("\n"), start=1):
        rest = line
        if not depth and not quote:
            if header := _HEADER.match(line):
                table = _enter(lines, counts, _parts(header[2]), number, listed=len(header[1]) == 2)  # [[
                continue
            if not (key := _KEY.match(line)):
                continue
            path = (*table, *_parts(key[1]))
            for end in range(len(table) + 1, min(len(path), _DEEPEST) + 1):
                lines.setdefault(path[:end], number)
            rest = line[key.end() :]
        depth, quote = _state_after(rest, depth, quote)
    return lines


def line_of(lines: dict[Path, int], path: Path) -> int:
    """Give the line of a field, or of what it is in."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _parts(key: str) -> list[str]:
    return [tomli.loads(f"key = {part}")["key"] if part[0] in "\"'" else part for part in _PART.findall(key)]


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


def _state_after(text: str, depth: int, quote: str) -> tuple[int, str]:
    """Give how many brackets are open behind a part of a value, and the quotes of a string of several lines."""
    place = 0
    while True:
        if quote:
            end = _ENDS[quote].match(text, place)
            if end is None:
                return depth, quote
            place = end.end()
        token = _TOKEN.search(text, place)
        if token is None:
            return depth, ""
        place = token.end()
        depth += (token[0] in "[{") - (token[0] in "]}")
        quote = token[0] if token[0] in _ENDS else ""
