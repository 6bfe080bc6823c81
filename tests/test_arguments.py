"""The quick reader and the Typer app make the same request of the same command line."""

import sys
from collections.abc import Sequence
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyrgyz_relations import cli
from kyrgyz_relations.arguments import ARITY, read
from kyrgyz_relations.commands import COMMANDS, OPTIONS
from kyrgyz_relations.errors import FOUND
from kyrgyz_relations.request import FILTERS, Request


def read_by_typer(arguments: Sequence[str]) -> Request | None:
    """Give the request that the Typer app makes of a command line, None where it refuses it or answers itself."""
    made = []

    def run(request: Request) -> int:
        made.append(request)
        return FOUND

    with patch.object(cli, "run", run), patch.object(sys, "stdout"), patch.object(sys, "stderr"):
        status = cli.answer_with_typer([*arguments])
    assert len(made) <= 1
    assert bool(made) <= (status == FOUND)
    return made[0] if made else None


WORD = st.one_of(
    st.sampled_from(["china", "кытай", "2010..", "CN,RU", "a b", "", "-", "help", "x=1", "\udcff"]),
    st.text(max_size=5).filter(lambda text: not text.startswith("-") or text == "-"),
)
VALUE = st.one_of(WORD, st.sampled_from(["-x", "--json", "--"]), st.text(max_size=5))
NUMBER = st.integers(1, 10**9).map(str)


@st.composite
def option_as_typed(draw: st.DrawFn, field: str) -> tuple[list[str], str, object]:
    """Make an option as it may be typed, with the field of the request and the value that it gives."""
    option = OPTIONS[field]
    name = draw(st.sampled_from([*option.names, *filter(None, [option.opposite])]))
    if option.short_for[0]:
        return [name], *option.short_for
    if not option.metavar:
        return [name], field, name != option.opposite
    joined = draw(st.booleans())
    value = draw(NUMBER if option.number else VALUE if joined else WORD)
    joined = joined and (bool(value) or name.startswith("--"))
    if not joined and value.startswith("-") and field != "output":
        value = "x"
    made = int(value) if option.number else value
    sign = "=" * name.startswith("--")
    return [f"{name}{sign}{value}"] if joined else [name, value], field, made


@st.composite
def well_formed(draw: st.DrawFn) -> tuple[list[str], Request]:
    """Make a command line, and the request that it is."""
    name = draw(st.sampled_from([*COMMANDS]))
    command = COMMANDS[name]
    fields = draw(st.lists(st.sampled_from(command.options), max_size=4)) if command.options else []
    typed, values = [], dict[str, object]()
    for field in fields:
        tokens, field, value = draw(option_as_typed(field))  # noqa: PLW2901  # --json gives another field
        if field == "form" and values.setdefault("form", value) != value:
            continue
        typed.append(tokens)
        earlier = values.get(field, ())
        many = field != "form" and OPTIONS[field].many and isinstance(earlier, tuple)
        values[field] = (*earlier, value) if many and isinstance(earlier, tuple) else value
    least, most = ARITY[command.arguments]
    words = draw(st.lists(WORD, min_size=least, max_size=3 if most is None else most))
    # Behind "--" all are words.
    behind = draw(st.integers(0, len(words))) if draw(st.booleans()) else len(words)
    before = words[:behind]
    places = sorted(draw(st.lists(st.integers(0, len(typed)), min_size=len(before), max_size=len(before))))
    line: list[list[str]] = [*typed]
    for place, word in reversed([*zip(places, before, strict=True)]):
        line.insert(place, [word])
    bare = not words and not {*COMMANDS["find"].own, *FILTERS} & {*fields}
    may_be_left_out = name == "find" and before[:1] not in [["help"], *([each] for each in COMMANDS)] and not bare
    if not (may_be_left_out or (name == "overview" and bare)) or draw(st.booleans()):
        line.insert(draw(st.integers(0, min(places, default=len(line)))), [name])
    tokens = [token for part in [*line, ["--", *words[behind:]] if behind < len(words) else []] for token in part]
    return tokens, Request(name, tuple(words), **values)  # type: ignore[arg-type]  # each value is of its field's type


@settings(max_examples=300)
@given(well_formed())
def test_both_readers_make_of_a_well_formed_line_what_it_says(made: tuple[list[str], Request]) -> None:
    line, request = made
    assert read(line) == read_by_typer(line) == request


TOKENS = """
--help -h help --version -V -- - --= -n5 -rw -n0 -nx --limit=3 --limit= --json=1 --header=no --bad -x --facts=
--form=csv 5 0 ٣ 1_0 +1 -1 csv json
"""
NAMES = [name for option in OPTIONS.values() for name in (*option.names, option.opposite) if name]
ANY_TOKEN = st.one_of(st.sampled_from([*NAMES, *COMMANDS]), st.sampled_from([*TOKENS.split(), "9" * 5000]), VALUE)


@settings(max_examples=400)
@given(st.lists(ANY_TOKEN, max_size=6))
def test_the_quick_reader_takes_nothing_that_typer_reads_otherwise(line: list[str]) -> None:
    request = read(line)
    assert request is None or request == read_by_typer(line)


LEFT_TO_TYPER = """
--help; china -h; help; help timeline; --version; china --bad; china --limit; china --facts --json; china -n 0;
china --json=yes; china --json --csv; china --csv --format json; fact; init a b; schema china; fact us-base --since 2010
"""


@pytest.mark.parametrize("line", [*LEFT_TO_TYPER.split(";"), f"china -n {'9' * 5000}"], ids=lambda line: line[:30])
def test_what_is_not_well_formed_is_left_to_typer(line: str) -> None:
    assert read(line.split()) is None


@pytest.mark.parametrize(("line", "command", "words"), [
    ("", "overview", ""), ("--json", "overview", ""), ("--theme bases", "find", ""), ("--all", "find", ""),
    ("--", "overview", ""), ("-- fact", "find", "fact"), ("china fact", "find", "china fact"),
    ("--facts fact themes", "themes", ""), ("help with china", "find", "help with china"),
    ("find find", "find", "find"), ("--output - china", "find", "china"), ("china --json -fjson", "find", "china"),
])  # fmt: skip
def test_a_command_is_the_first_word_or_follows_from_what_is_asked(line: str, command: str, words: str) -> None:
    request = read(line.split())
    assert request
    assert (request.command, [*request.words]) == (command, words.split())
    assert read_by_typer(line.split()) == request
