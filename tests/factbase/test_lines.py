import re
import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kyrgyz_relations.factbase.lines import Path, line_of, lines_of
from tests.conftest import ROOT

STRINGS = '''\
[themes.a]
name = """
[[facts]]
id = "no"
"""
text = \'\'\'
# ] } """ \'\'\'
quotes = """"four\\"""five""""" # "
list = ["""four"""", "]", \'"""\', "\'\'\'"]
blank = """"""
end = 1
'''
VALUES = """\
list = [ # ]]
  [1, 2], "]",
  # [[facts]]
  { x = 1, y = "}" },
]
inline = { x = { y = [] }, "z" = 1 } # }
time = 1992-01-05 07:00:00
end = 1
"""
KEYS = """\
a.b . c = 1
"a.b" = 1
'x # y' = 1
"[z]" = 1
s."x = y" = "["
[ p . "q]r" ]
'=' = 1
"a\\u0041" = 1
"""
ENTRIES = """\
[[facts]]
id = "first"
[facts.more]
x = 1
[[facts.parts]]
y = 1
[[facts.parts]]
y = 2
[[facts]]  # the second
id = "second"

[[facts.parts]]
y = 3
"""
CASES: list[tuple[str, dict[str, int]]] = [
    (STRINGS, {"themes": 1, "themes/a/name": 2, "themes/a/text": 6, "themes/a/quotes": 8, "themes/a/list": 9,
               "themes/a/blank": 10, "themes/a/end": 11, "facts/0/id": 1}),
    (VALUES, {"list": 1, "inline": 6, "inline/z": 6, "time": 7, "end": 8}),
    (KEYS, {"a/b/c": 1, "a/b": 1, "a.b": 2, "x # y": 3, "[z]": 4, "s/x = y": 5, "p": 6, "p/q]r": 6, "p/q]r/=": 7,
            "p/q]r/aA": 8}),
    (ENTRIES, {"facts": 1, "facts/0": 1, "facts/0/more/x": 4, "facts/0/parts/0": 5, "facts/0/parts/1/y": 8,
               "facts/1": 9, "facts/1/id": 10, "facts/1/parts/0/y": 13, "facts/1/date": 9, "facts/0/more/y": 3,
               "themes/x": 1}),
    ("a = 1\n\n[b.c]", {"b": 3}), ("a = 1\n\n[[b]]", {"b": 3}), ("a = 1\n\n[b] # end", {"b": 3}), ("", {"meta": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("document", "expected"), CASES)
def test_tables_and_fields_are_found_on_their_lines(document: str, expected: dict[str, int]) -> None:
    lines = lines_of(document)
    paths = {path: tuple(int(step) if step.isdigit() else step for step in path.split("/")) for path in expected}
    assert {path: line_of(lines, steps) for path, steps in paths.items()} == expected


def paths_in(value: object, path: Path = ()) -> Iterator[Path]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from paths_in(item, (*path, key))


def test_every_path_of_the_built_in_base_is_found_where_a_plain_scan_finds_it() -> None:
    document = (ROOT / "facts.toml").read_text(encoding="utf-8")
    table: Path = ()
    facts = -1
    # Tables are shown by their headers, fields by the beginning of their lines, in this file as it is laid out.
    scanned: dict[Path, int] = {(): 1}
    for number, line in enumerate(document.split("\n"), start=1):
        if line == "[[facts]]":
            facts += 1
            table = ("facts", facts)
        elif header := re.fullmatch(r"\[(\w+)(?:\.([\w-]+))?\]", line):
            table = tuple(filter(None, header.groups()))
        elif field := re.match(r"(\w[\w-]*) = ", line):
            scanned[(*table, field[1])] = number
            continue
        for length in range(1, len(table) + 1):
            scanned.setdefault(table[:length], number)
    lines = lines_of(document)
    for path in paths_in(tomllib.loads(document)):
        known = next(path[:length] for length in range(len(path), -1, -1) if path[:length] in scanned)
        # What stands in a value of several lines has the line of its key.
        assert path == known or any(isinstance(step, int) for step in path[len(known) :]), path
        assert line_of(lines, path) == scanned[known], path


PARTS = ("a", "b", "c-d", "1", '"a.b"', "'[x]'", '"# ="', "'\"q\"'", "'='", '"[[facts]]"', '"ключ"', '"a\\u0041"')
SCALARS = (
    *("1", "-1.5", "true", "1992-01-05", "1992-01-05T07:00:00Z", '""', "''", '"# \\" ]"', "'\\'", '\'"""\''),
    *("[]", "[1, [2]]", '{ a = 1, "b.c" = [{}] }', '["]", \'[\', """\n]\n"""]', "\"'''\"", '"\\\\"', '"it\'s # ["'),
    *('"""\n[[facts]]\na = 1\n"""', "'''\n[t]\n\"\"\"\n'''", '"""a\\"""\n"""""', "[ # ]\n  1, # '\n  [\n ],\n]"),
    *('["""\\\n  a = 1 \\\\""", "#"]', "[''''\n''''', '#', { a = [\n] }]", "''''''", '["a", \'"""\', # """\n]'),
)
GAPS = ("", "", "\n", "# [x]\n", "  # a = '''\n\n", "\t")
AFTER = ("\n", "\n", ' # """ [\n', " # it's\n", "  \n\n")


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[Path, int]]:
    """Write a document in a random layout; with it come the paths of all that it holds and their lines."""
    document = ""
    lines: dict[Path, int] = {}
    entries: dict[str, int] = {}

    def write(path: Path, text: str) -> None:
        nonlocal document
        document += draw(st.sampled_from(GAPS))
        for length in range(1, len(path) + 1):
            lines.setdefault(path[:length], document.count("\n") + 1)
        document += text + draw(st.sampled_from(AFTER))

    for number in range(draw(st.integers(0, 5))):
        table: Path
        root, part = draw(st.sampled_from(("facts", "parts"))), draw(st.sampled_from(PARTS))
        if draw(st.booleans()):
            entries[root] = entries.get(root, -1) + 1
            table = (root, entries[root])
            write(table, f"[[{root}]]")
        elif root in entries:
            table = (root, entries[root], f"s]{number}")
            write(table, f'[ {root} . "s]{number}" ]')
        else:
            table = (f"u{number}", bare(part))
            write(table, f"[u{number}.{part}]")
        for field in range(draw(st.integers(0, 4))):
            keys = [f"k{field}", *draw(st.lists(st.sampled_from(PARTS), max_size=1))]
            dot, value = draw(st.sampled_from((".", " . "))), draw(st.sampled_from(SCALARS))
            write((*table, *map(bare, keys)), f"{dot.join(keys)} = {value}")
    return document, lines


@given(documents())
@example(('a = \'"""\'\nb = 1\n', {("b",): 2}))
def test_every_table_and_field_of_any_document_is_found_on_its_line(case: tuple[str, dict[Path, int]]) -> None:
    document, expected = case
    assert {*expected} <= {*paths_in(tomllib.loads(document))}
    lines = lines_of(document)
    assert {path: line_of(lines, path) for path in expected} == expected


def bare(key: str) -> str:
    (name,) = tomllib.loads(f"{key} = 1")
    return name
