import tomllib
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyrgyz_relations.factbase.locate import Lines

Path = tuple[str | int, ...]

STRINGS = '''\
[themes.a]
name = """
[[facts]]
id = "no"
"""
text = \'\'\'
# ] } """ \'\'\'
quotes = """"four\\"""five""""" # "
list = ["""four"""", "]"]
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
[ p . "q.r" ]
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
CASES: dict[str, tuple[str, dict[Path, int]]] = {
    "strings": (
        STRINGS,
        {
            ("themes",): 1,
            ("themes", "a", "name"): 2,
            ("themes", "a", "text"): 6,
            ("themes", "a", "quotes"): 8,
            ("themes", "a", "list"): 9,
            ("themes", "a", "blank"): 10,
            ("themes", "a", "end"): 11,
            ("facts", 0, "id"): 1,
        },
    ),
    "values": (VALUES, {("list",): 1, ("inline",): 6, ("inline", "z"): 6, ("time",): 7, ("end",): 8}),
    "keys": (
        KEYS,
        {
            ("a", "b", "c"): 1,
            ("a", "b"): 1,
            ("a.b",): 2,
            ("x # y",): 3,
            ("[z]",): 4,
            ("p",): 5,
            ("p", "q.r"): 5,
            ("p", "q.r", "="): 6,
            ("p", "q.r", "aA"): 7,
        },
    ),
    "entries": (
        ENTRIES,
        {
            ("facts",): 1,
            ("facts", 0): 1,
            ("facts", 0, "more", "x"): 4,
            ("facts", 0, "parts", 0): 5,
            ("facts", 0, "parts", 1): 7,
            ("facts", 0, "parts", 1, "y"): 8,
            ("facts", 1): 9,
            ("facts", 1, "id"): 10,
            ("facts", 1, "parts", 0, "y"): 13,
        },
    ),
}

PARTS = ("a", "b", "c-d", "1", '"a.b"', "'[x]'", '"# ="', "'\"q\"'", "'='", '"[[facts]]"', '"ключ"')
SCALARS = (
    *("1", "-1.5", "true", "1992-01-05", "1992-01-05T07:00:00Z", '""', "''", '"# \\" ]"', "'\\'"),
    *("[]", "[1, [2]]", '{ a = 1, "b.c" = [{}] }', '["]", \'[\', """\n]\n"""]'),
    *('"""\n[[facts]]\na = 1\n"""', "'''\n[t]\n\"\"\"\n'''", '"""a\\"""\n"""""', "[ # ]\n  1, # '\n  [\n ],\n]"),
)
GAPS = ("", "", "\n", "# [x]\n", "  # a = '''\n\n", "\t")
AFTER = ("\n", "\n", ' # """ [\n', "  \n\n")


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("case", CASES)
def test_tables_and_fields_are_found_on_their_lines(case: str, end: str) -> None:
    document, expected = CASES[case]
    lines = Lines(document.replace("\n", end))
    assert {path: lines.of(*path) for path in expected} == expected


def test_what_stands_nowhere_has_the_line_of_the_table_around_it() -> None:
    lines = Lines(ENTRIES)
    assert [lines.of("facts", 1, "date"), lines.of("facts", 0, "more", "y"), lines.of("themes", "x")] == [9, 3, 1]


@pytest.mark.parametrize("header", ["[b.c]", "[[b]]", "[b] # end"])
def test_a_header_may_end_the_document_without_a_line_end(header: str) -> None:
    assert Lines(f"a = 1\n\n{header}").of("b") == 3


def test_an_empty_document_has_one_line() -> None:
    assert Lines("").of("meta") == 1


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
        root = draw(st.sampled_from(("facts", "parts")))
        parts = draw(st.lists(st.sampled_from(PARTS), max_size=2))
        if draw(st.booleans()):
            entries[root] = entries.get(root, -1) + 1
            table = (root, entries[root])
            write(table, f"[[{root}]]")
        elif root in entries:
            table = (root, entries[root], f"s.{number}", *_bare(parts))
            write(table, "[ " + " . ".join((root, f'"s.{number}"', *parts)) + " ]")
        else:
            table = (f"u{number}", *_bare(parts))
            write(table, "[" + ".".join((f"u{number}", *parts)) + "]")
        for field in range(draw(st.integers(0, 4))):
            key = [f"k{field}", *draw(st.lists(st.sampled_from(PARTS), max_size=2))]
            dot, value = draw(st.sampled_from((".", " . "))), draw(st.sampled_from(SCALARS))
            write((*table, *_bare(key)), f"{dot.join(key)} = {value}")
    return document, lines


@given(documents())
def test_every_table_and_field_of_any_document_is_found_on_its_line(case: tuple[str, dict[Path, int]]) -> None:
    document, expected = case
    assert set(expected) <= set(_paths(tomllib.loads(document)))
    lines = Lines(document)
    assert {path: lines.of(*path) for path in expected} == expected


def _bare(keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(key[1:-1] if key[0] in "\"'" else key for key in keys)


def _paths(value: object, path: Path = ()) -> Iterator[Path]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _paths(item, (*path, key))
