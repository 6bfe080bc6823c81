"""The public documents of toml-test: what is no TOML is told with its line, and in what is all lines are found.

The suite (https://github.com/toml-lang/toml-test) comes with tomlkit's source, though not with its wheel:
`pip download --no-deps --no-binary :all: tomlkit`, unpacked, has it as `tests/toml-test/tests`. TOML_TEST names that.
"""

import os
import re
from pathlib import Path

import pytest

from kyrgyz_relations.errors import FactBaseError
from kyrgyz_relations.factbase.documents import Place, parse
from tests.factbase.test_lines import paths_in

SUITE = os.environ.get("TOML_TEST", "")
NO_TOML = ("this is not TOML: ", "this is not UTF-8; ", "this holds a number too long to be read", "this is nested too")

pytestmark = pytest.mark.skipif(not SUITE, reason="TOML_TEST names no folder with the suite's documents")


def listed(kind: str) -> list[str]:
    # Of both versions: a parser may know more than TOML 1.0.
    lists = [Path(SUITE, f"files-toml-{v}").read_text(encoding="utf-8").split() for v in ("1.0.0", "1.1.0") if SUITE]
    return [line for line in lists[0] if line in lists[1] and re.match(rf"{kind}/.*\.toml$", line)] if lists else []


@pytest.mark.parametrize("document", listed("invalid"))
def test_what_is_no_toml_is_told_with_its_line(document: str) -> None:
    data = Path(SUITE, document).read_bytes()
    with pytest.raises(FactBaseError) as error:
        parse("facts.toml", data)
    ((_, line, message),) = error.value.problems
    assert message.startswith(NO_TOML)
    assert message.isprintable()
    assert line is None or 0 < line <= data.count(b"\n") + 1


@pytest.mark.parametrize("document", listed("valid"))
def test_each_table_and_field_is_found_on_a_line_that_names_it(document: str) -> None:
    parsed = parse("facts.toml", Path(SUITE, document).read_bytes())
    written = parsed.text.split("\n")
    for path in paths_in(parsed.raw):
        known = next(path[:length] for length in range(len(path), -1, -1) if path[:length] in parsed.lines)
        keys = [step for step in known if isinstance(step, str)]
        assert known or not path, path
        if keys and re.fullmatch(r"[\w-]+", keys[-1], re.ASCII):
            assert keys[-1] in written[Place(parsed, path).line - 1], path
