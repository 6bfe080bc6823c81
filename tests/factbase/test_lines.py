import tomllib
from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from kyrgyz_relations.factbase.lines import Path, line_of, lines_of
from tests.conftest import ROOT

ENTRIES = """\
[[facts]]
[facts.more]
x = 1
[[facts.parts]]
[[facts.parts]]
y = 2
[[facts]]  # the second
id = "second"

[[facts.parts]]
y = 3
[b]"""
EXPECTED = {
    "facts": 1, "facts/0/more/x": 3, "facts/0/parts/0": 4, "facts/0/parts/1/y": 6, "facts/1": 7, "facts/1/id": 8,
    "facts/1/parts/0/y": 11, "b": 12,
    # What is missing has the line of what it is missing in.
    "facts/1/date": 7, "facts/0/more/y": 2, "themes/x": 1,
}  # fmt: skip


def test_tables_and_fields_are_found_on_their_lines() -> None:
    paths = {path: tuple(int(step) if step.isdigit() else step for step in path.split("/")) for path in EXPECTED}
    assert {path: line_of(lines_of(ENTRIES), steps) for path, steps in paths.items()} == EXPECTED


def paths_in(value: object, path: Path = ()) -> Iterator[Path]:
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from paths_in(item, (*path, key))


def test_each_field_of_the_built_in_base_is_found_on_a_line_that_begins_with_it() -> None:
    document = (ROOT / "facts.toml").read_text(encoding="utf-8")
    lines, written = lines_of(document), document.split("\n")
    for path in paths_in(tomllib.loads(document)):
        keys = [step for step in path if isinstance(step, str)]
        if path and path[-1] in keys and len(path) < 4:
            heads = (f"{keys[-1]} = ", f"[{'.'.join(keys[:2])}]", f"[[{keys[-1]}]]", f"[{keys[-1]}.")
            assert written[line_of(lines, path) - 1].startswith(heads), path


PARTS = ("a", "b", "c-d", "1", '"a.b"', "'[x]'", '"# ="', "'\"q\"'", "'='", '"[[facts]]"', '"ключ"', '"a\\u0041"')
SCALARS = (
    *("1", "-1.5", "true", "1992-01-05", "1992-01-05T07:00:00Z", '""', "''", '"# \\" ]"', "'\\'", '\'"""\''),
    *("[]", "[1, [2]]", '{ a = 1, "b.c" = [{}] }', '["]", \'[\', """\n]\n"""]', "\"'''\"", '"\\\\"', '"it\'s # ["'),
    *('"""\n[[facts]]\na = 1\n"""', "'''\n[t]\n\"\"\"\n'''", '"""a\\"""\n"""""', "[ # ]\n  1, # '\n  [\n ],\n]"),
    *("'''it's # [\nk1 = 1\n'''", "[\n  [1],\n]"),
    *('""""four\\"""five"""""', "'''\n# ] } \"\"\" '''", '["""four"""", "]", \'"""\', "\'\'\'"]', '""""""'),
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
        root, part = draw(st.sampled_from(("facts", "parts"))), draw(st.sampled_from(PARTS))
        table: Path = (f"u{number}", bare(part))
        header = f"[u{number}.{part}]"
        if draw(st.booleans()):
            entries[root] = entries.get(root, -1) + 1
            table, header = (root, entries[root]), f"[[{root}]]"
        elif root in entries:
            table, header = (root, entries[root], f"s]{number}"), f'[ {root} . "s]{number}" ]'
        write(table, header)
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
