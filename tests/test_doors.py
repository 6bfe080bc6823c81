"""Two doors lead to one lookup: what each loads, and that both say the same."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kyrgyz_relations.__main__ import _answer
from kyrgyz_relations.commands import COMMANDS
from kyrgyz_relations.factbase import index
from kyrgyz_relations.factbase.search import Search
from tests.conftest import APP, SMALL, Command

WHAT_WAS_LOADED = """
import json, sys
before = set(sys.modules)
sys.argv = ["relations", *{words!r}]
sys.stdout.isatty = lambda: {terminal}
from kyrgyz_relations.__main__ import main
try:
    main()
except SystemExit:
    print(json.dumps(sorted({{name.partition(".")[0] for name in set(sys.modules) - before}})), file=sys.stderr)
"""
HEAVY = {"typer", "rich", "msgspec", "platformdirs", "pathlib", "dataclasses", "inspect", "typing", "re", "json"}
HEAVY |= {"tomli", "tomllib", "hashlib", "difflib", "subprocess", "importlib", "csv", "enum"}


def loaded(*words: str, terminal: bool = False) -> set[str]:
    code = WHAT_WAS_LOADED.format(words=words, terminal=terminal)
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, encoding="utf-8")
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.usefixtures("relations")
@pytest.mark.parametrize(
    ("words", "terminal", "allowed"),
    [
        (["china"], False, set[str]()),
        (["china", "energy", "2010.."], False, set[str]()),
        (["partners", "west"], False, set[str]()),
        (["кытай"], False, set[str]()),
        (["china"], True, {"rich", "pathlib", "dataclasses", "inspect", "typing", "re", "importlib", "enum"}),
        (["china", "--json"], False, HEAVY - {"msgspec", "platformdirs", "tomli", "rich"}),
    ],
)
def test_a_lookup_loads_only_what_it_needs(words: list[str], terminal: bool, allowed: set[str]) -> None:  # noqa: FBT001  # pytest passes it by name
    assert loaded(*words, terminal=terminal) & HEAVY <= allowed


def test_the_app_has_the_commands_of_the_front_door(relations: Command) -> None:
    assert set(re.findall(r"^[│ ] (\w+) ", relations("--help").out, re.MULTILINE)) >= set(COMMANDS)


@pytest.fixture(scope="module")
def search() -> Search:
    return Search(index.connect([str(SMALL)]))


WORDS = st.lists(
    st.one_of(
        st.sampled_from(["china", "CN,RU", "bases", "2014", "..2001", "us-base", "visit", "railway", "chnia", "the"]),
        st.text(st.characters(codec="utf-8", exclude_characters="\0-"), min_size=1, max_size=8),
    ),
    min_size=1,
    max_size=4,
)


@given(words=WORDS)
@example(words=["\ud800"])
@example(words=['"'])
@example(words=[","])
def test_no_word_breaks_a_query(words: list[str], search: Search) -> None:
    from kyrgyz_relations.request import Request

    request = Request(words, form="tsv")
    query = request.query(search)
    assert query
    assert search.count(query) == len([*search.facts(query)])


def said(door: Callable[[], object]) -> tuple[object, bytes, str]:
    """Go through a door in this process; give the exit status and what came out of both streams."""
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as end:
        door()
    assert isinstance(out.buffer, io.BytesIO)
    return end.value.code, out.buffer.getvalue(), err.getvalue()


@settings(max_examples=40)
@given(words=WORDS)
def test_both_doors_say_the_same_of_any_words(words: list[str]) -> None:
    plain = [word for word in words if word not in COMMANDS] or ["china"]
    assert said(lambda: _answer([*plain])) == said(lambda: APP(["find", *plain]))


@pytest.mark.parametrize("words", [["china"], ["CN,RU", "2014.."], ["chnia"], ["partners", "west"], ["bases", "qq"]])
def test_both_doors_say_the_same(relations: Command, words: list[str]) -> None:
    plain = relations(*words)
    through_typer = relations(*words, "--format", "tsv")
    assert plain == through_typer


def test_the_module_and_the_script_are_one_program() -> None:
    script = os.path.join(os.path.dirname(sys.executable), "relations")
    if not os.path.exists(script):
        pytest.skip("relations is not installed beside this interpreter")
    runs = [
        subprocess.run([*command, "eaeu", "membership"], capture_output=True, check=False)
        for command in ([script], [sys.executable, "-m", "kyrgyz_relations"])
    ]
    assert runs[0].stdout == runs[1].stdout != b""
