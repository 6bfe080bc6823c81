"""Where in a TOML document a table or field stands, which no TOML parser of the field tells once it has parsed.

The document has been parsed already, so this reads only what a valid one can hold.
"""

import re

import tomli

# Possessive repeats: without them the engine keeps a state for each letter of a string.
_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r]+ | \#[^\n]*)
    | (?P<string>\"{3}(?:[^\"\\]++|\\.|\"(?!\"\"))*+\"{3,5} | '{3}.*?'{3,5} | \"(?:[^\"\\\n]++|\\.)*+\" | '[^'\n]*')
    | (?P<line>\n[ \t\n]*+)
    | (?P<open>[\[{])
    | (?P<close>[\]}])
    | (?P<equals>=)
    | (?P<dot>\.)
    | (?P<bare>[^\s\[\]{}=.,\#\"']+)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)

Path = tuple[str | int, ...]


class Lines:
    """The lines on which the tables and fields of a TOML document begin.

    Args:
        document: The text of a valid TOML document.
    """

    def __init__(self, document: str) -> None:
        self._lines: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._scan(document)

    def of(self, *path: str | int) -> int:
        """Give the line (from 1) on which a field begins, or the table around it, or 1.

        Args:
            path: The way to it, from the outermost table in: keys, and in lists numbers from 0.
        """
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, 1)

    def _scan(self, document: str) -> None:
        line, begun, depth = 1, 1, 0
        header: Path = ()
        keys: list[str] = []
        brackets = 0
        in_value = in_header = False
        for token in _TOKEN.finditer(document):
            kind, text = token.lastgroup, token.group()
            if kind == "line" and depth == 0:
                if in_header:
                    header = self._enter(keys, brackets, begun)
                keys, brackets, in_value, in_header = [], 0, False, False
            elif in_value:
                depth += (kind == "open") - (kind == "close")
            elif kind == "open":
                in_header, begun, brackets = True, line, brackets + 1
            elif kind in ("bare", "string"):
                begun = line if not keys else begun
                keys.append(_unquoted(text))
            elif kind == "equals":
                in_value = True
                for end in range(1, len(keys) + 1):
                    self._lines.setdefault((*header, *keys[:end]), begun)
            line += text.count("\n")
        if in_header:
            self._enter(keys, brackets, begun)

    def _enter(self, keys: list[str], brackets: int, line: int) -> Path:
        """Note a header's line; where a list of tables is meant, the path goes to its newest entry."""
        path: Path = ()
        for number, key in enumerate(keys, start=1):
            path = (*path, key)
            if number == len(keys) and brackets == 2:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                self._lines.setdefault(path, line)
                path = (*path, self._counts[path])
            self._lines.setdefault(path, line)
        return path


def _unquoted(key: str) -> str:
    """Read a key as TOML does, which only a quoted one needs a parser for."""
    return key if key[0] not in "\"'" else str(tomli.loads(f"key = {key}")["key"])
