"""The generated documents are those of the code, and what the documents tell to try finds something."""

import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kyrgyz_relations.commands import COMMANDS
from kyrgyz_relations.errors import FOUND
from tests.conftest import ROOT, Run
from tests.conftest import run as relations
from tests.process.running import run

DOCS = ROOT / "docs"
PAGE = (DOCS / "relations.1").read_text(encoding="utf-8")
# Escapes of mdoc(7), for what a person is to copy.
ESCAPES = {"\\-": "-", "\\(dq": '"', "\\(aq": "'", "\\(ti": "~"}


def generate(folder: Path, *arguments: str) -> Run:
    return run([sys.executable, str(folder / "generate.py"), *arguments])


def test_the_generated_documents_are_up_to_date() -> None:
    assert generate(DOCS, "--check") == (FOUND, "", "")


def test_a_document_that_is_out_of_date_is_named_and_mended(tmp_path: Path) -> None:
    for name in ("docs", "kyrgyz_relations"):
        shutil.copytree(ROOT / name, tmp_path / name)
    stale = tmp_path / "docs" / "output.schema.json"
    right = stale.read_bytes()
    stale.write_text("{}", encoding="utf-8")
    done = generate(tmp_path / "docs", "--check")
    assert (done.status, "output.schema.json" in done.err, "relations.1" in done.err) == (1, True, False)
    assert generate(tmp_path / "docs").status == FOUND
    assert stale.read_bytes() == right


def test_every_table_that_is_generated_stands_in_the_document() -> None:
    text, script = (DOCS / "output.md").read_text(encoding="utf-8"), runpy.run_path(str(DOCS / "generate.py"))
    assert sorted(re.findall(r"<!-- ([a-z-]+): generated -->", text)) == sorted(script["output_tables"]())


@pytest.mark.parametrize(
    "checker", [["mandoc", "-T", "lint", "-W", "warning"], ["groff", "-ww", "-z", "-mdoc", "-T", "utf8"]]
)
def test_a_formatter_has_nothing_to_complain_of(checker: list[str]) -> None:
    program = shutil.which(checker[0]) or pytest.skip(f"this system has no {checker[0]}")
    assert run([program, *checker[1:], str(DOCS / "relations.1")]) == (FOUND, "", "")


@pytest.mark.parametrize("path", [ROOT / "README.md", *sorted(DOCS.glob("*.md"))], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


def examples() -> set[str]:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    page = re.sub("|".join(map(re.escape, ESCAPES)), lambda escape: ESCAPES[escape[0]], PAGE)
    return {
        *(f"relations {name} {example}".rstrip() for name, entry in COMMANDS.items() for example in entry.examples),
        *re.findall(r"^\| `(relations [^`]+)` \|", readme, re.MULTILINE),
        *re.findall(r"^\.Dl (.+)", page, re.MULTILINE),
    }


def test_there_are_examples_in_each_place() -> None:
    assert {"relations find CN,RU debt --json", "relations when did manas close"} <= examples()
    assert "| jq" in "".join(examples())


@pytest.mark.parametrize("example", sorted(examples()))
def test_an_example_finds_something(example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command, _, rest = example.partition(" | ")
    monkeypatch.chdir(tmp_path)
    # Not every day has something.
    found = relations(*shlex.split(command)[1:], *(("--date", "08-31") if command == "relations today" else ()))
    written = [path for path in tmp_path.iterdir() if path.stat().st_size > 20]
    assert (found.status, len(found.out) > 20 or bool(written)) == (FOUND, True)
    assert found.err == "" or re.match(r"relations (check|init)\b", example)
    if rest and shutil.which(shlex.split(rest)[0]):
        piped = subprocess.run(shlex.split(rest), input=found.out, capture_output=True, check=True, encoding="utf-8")
        assert piped.stdout
