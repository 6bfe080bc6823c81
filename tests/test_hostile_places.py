"""Whatever stands in whatever place of a fact base: nothing of it drives a terminal, and nothing is a traceback."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kyrgyz_relations.commands import FAULT
from kyrgyz_relations.output import FORMATS
from tests.bounds import assert_refused, here
from tests.conftest import SMALL

BASE = SMALL.read_text(encoding="utf-8")
DOCUMENT = tomllib.loads(BASE)
TEXTS = (
    *("\x1b[31mred", "\x1b]0;title\x07", "\x1b]8;;https://evil.example\x1b\\x", "\x9b2J", "\x7f", "\0", "a\rb", "a\bb"),
    *("\u202egnp.exe", "\u2066a\u2069", "\u061c", "\u200b", "\ufeff", "\u00ad", "\U000e0041", "\u2028", "\x85", "\x1c"),
    *(
        "[bold]x[/bold]",
        "[link=https://evil.example]x[/link]",
        "[/]",
        "[red",
        ":smile:",
        "=cmd()",
        "@SUM(1)",
        "+1",
        "-1",
    ),
    *(
        '"',
        "'",
        "\\",
        "a\tb",
        "a\nb",
        "<b>",
        "&lt;",
        "]]>",
        "|",
        "`",
        "{id}",
        "{0.__class__}",
        "%s",
        "$(id)",
        "\\x1b[31m",
    ),
    *("https://e.example/\x1b[31m", "https://e.example/\u202e", "https://e.example/;\x07", "javascript:alert(1)"),
    *(
        "\ue000",
        "\U0010ffff",
        "\ufffe",
        "ﷺ",
        "e" + "\u0301" * 50,
        "\u3164",
        "ıİ",
        "\uff12\uff10",
        "..",
        "1990s",
        ",",
        "-",
    ),
)
ANY_TEXT = st.one_of(
    st.sampled_from(TEXTS),
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=12),
    st.text(st.sampled_from("\x1b\x9b\x07\u202e[];mH\"'\\|<>&=*_`{}#\n\t a"), max_size=12),
)


def places(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Find the ways to all strings of a document, and to the keys of its tables (which end with None)."""
    if isinstance(value, str):
        yield way
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*way, key, "")
            yield from places(item, (*way, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from places(item, (*way, number))


def ways(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Find the ways to all values of a document, tables and lists too."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*way, key)
        yield from ways(item, (*way, key))


def put(value: Any, way: tuple[str | int, ...], new: Any) -> Any:
    """Give a document with another value in the place to which the way leads."""
    if not way:
        return new
    if isinstance(value, list):
        return [put(item, way[1:], new) if number == way[0] else item for number, item in enumerate(value)]
    if isinstance(value, dict):
        if way[1:] == ("",):
            return {new if key == way[0] else key: item for key, item in value.items()}
        return {key: put(item, way[1:], new) if key == way[0] else item for key, item in value.items()}
    return value


def written(document: dict[str, Any]) -> str:
    return "\n".join(f"{toml(key)} = {toml(value)}" for key, value in document.items())


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{toml(key)} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in value) + '"'
    return str(value).lower()


PLACES = [*places(DOCUMENT)]
COMMANDS_AND_WORDS: tuple[tuple[str, list[str]], ...] = (
    ("partners", []),
    ("themes", []),
    ("sources", []),
    ("timeline", ["1900.."]),
    ("compare", ["russia", "united-states"]),
    ("today", ["--date", "06-03"]),
    ("map", []),
    ("stats", []),
    ("series", []),
    ("series", ["1900.."]),
    ("check", []),
)
HOW = (["--format", "table"], ["--json"], ["--csv"])
ASKED = (
    *(["1900..", "--format", form] for form in FORMATS),
    ["1900..", "--format", "table", "--color", "always"],
    ["1900..", "--sort", "rank", "--template", "{id} {text} {note} {sources} {url}"],
    ["fact", "kok-tash-road", "--format", "table", "--color", "always"],
    ["china", "--format", "html"],
    ["sources", "--format", "bibtex"],
    *(
        [name, *words, *how]
        for name, words in COMMANDS_AND_WORDS
        for how in (["--format", "table"], ["--json"], ["--csv"])
    ),
    ["timeline", "1900..", "--by", "theme", "--format", "table"],
    ["--format", "table", "--color", "always"],
    ["--json"],
    ["nothing-such-as-this"],
    ["--partner", "chnia"],
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])  # each example may share both
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), ANY_TEXT), min_size=1, max_size=3))
@example(changes=[(("facts", 1, "text"), "\x1b[31m")])
@example(changes=[(("facts", 1, "text"), "[bold]=cmd()"), (("partners", "china", "name"), "[/red] | <b>")])
@example(changes=[(("partners", "bhutan", ""), "\x9b2J")])
@example(changes=[(("sources", "example-1992-china", "url"), "https://e.example/;\x07\x1b]")])
@example(changes=[(("facts", 0, "partners", 0), "\u202ech\x1bina")])
@example(changes=[(("facts", 0, "date"), "2014\x1b")])
@example(changes=[(("themes", "transport", ""), "a\x1b[31m"), (("partners", "bhutan", ""), "a\x1b[31m")])
def test_no_text_in_any_place_reaches_a_terminal_as_a_control_code(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[tuple[str | int, ...], str]]
) -> None:
    document = DOCUMENT
    for way, text in changes:
        document = put(document, way, text)
    path = tmp_path_factory.getbasetemp() / "hostile.toml"
    path.write_text(written(document), encoding="utf-8")
    first, *others = ASKED
    run = here(*first, "--facts", str(path))
    if run.status == FAULT:
        assert_refused(run, path)
        assert here("check", "--facts", str(path)).status == FAULT
        return
    for words in others:
        run = here(*words, "--facts", str(path))
        # A partner that is called otherwise now can't be compared.
        assert run.status != FAULT or words[0] == "compare"


# What no field takes, and what some do.
ODD: tuple[object, ...] = (1, -1, 1.5, float("nan"), True, [], {}, [[]], [{}], [1], "", " ", {"a": 1}, [{"series": 1}])


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])  # each example may share both
@given(way=st.sampled_from([*ways(DOCUMENT)]), value=st.sampled_from(ODD))
@example(way=("facts", 1, "figures"), value=1)
@example(way=("partners", "china", "since"), value=[])
def test_a_value_of_any_type_in_any_place_is_taken_or_told(
    tmp_path_factory: pytest.TempPathFactory, way: tuple[str | int, ...], value: object
) -> None:
    path = tmp_path_factory.getbasetemp() / "odd.toml"
    path.write_text(written(put(DOCUMENT, way, value)), encoding="utf-8")
    run = here("1900..", "--facts", str(path))
    if run.status == FAULT:
        assert_refused(run, path)
    assert (here("check", "--facts", str(path)).status == FAULT) == (run.status == FAULT)


@pytest.mark.parametrize("form", [[], ["--format", "table"], ["--json"], ["--csv"], ["--format", "html"]])
def test_a_key_that_could_drive_a_terminal_is_told_but_not_carried_out(tmp_path: Path, form: list[str]) -> None:
    path = tmp_path / "facts.toml"
    path.write_text(f'{BASE}[sources."a\\u001b[31mb\\u202e"]\ntitle = "T"\n', encoding="utf-8")
    run = here("check", "--facts", str(path), *form)
    assert run.status == FAULT
    assert "uses it" in run.out
