"""The generated documents are those of the code, and what the documents tell to try finds something."""

import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kyrgyz_relations.commands import COMMANDS
from kyrgyz_relations.errors import FOUND
from tests.conftest import ROOT, Command

DOCS = ROOT / "docs"
PAGE = (DOCS / "relations.1").read_text(encoding="utf-8")
# Escapes of mdoc(7), for what a person is to copy.
ESCAPES = {"\\-": "-", "\\(dq": '"', "\\(aq": "'", "\\(ti": "~"}


@pytest.fixture(scope="module")
def generate() -> dict[str, Any]:
    return runpy.run_path(str(DOCS / "generate.py"))


def run_generate(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(folder / "generate.py"), *arguments]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8")


def test_the_generated_documents_are_up_to_date() -> None:
    done = run_generate(DOCS, "--check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_document_that_is_out_of_date_is_named_and_mended(tmp_path: Path) -> None:
    for name in ("docs", "kyrgyz_relations"):
        shutil.copytree(ROOT / name, tmp_path / name)
    assert run_generate(tmp_path / "docs").returncode == 0
    stale = tmp_path / "docs" / "output.schema.json"
    right = stale.read_bytes()
    stale.write_text("{}", encoding="utf-8")
    done = run_generate(tmp_path / "docs", "--check")
    assert (done.returncode, "output.schema.json" in done.stderr, "relations.1" in done.stderr) == (1, True, False)
    assert run_generate(tmp_path / "docs").returncode == 0
    assert stale.read_bytes() == right


def test_every_table_that_is_generated_stands_in_the_document(generate: dict[str, Any]) -> None:
    text = (DOCS / "output.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"<!-- ([a-z-]+): generated -->", text)) == sorted(generate["output_tables"]())


def test_the_printed_schema_is_the_published_one(relations: Command) -> None:
    assert relations("schema").out == (DOCS / "facts.schema.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "checker", [["mandoc", "-T", "lint", "-W", "warning"], ["groff", "-ww", "-z", "-mdoc", "-T", "utf8"]]
)
def test_a_formatter_has_nothing_to_complain_of(checker: list[str]) -> None:
    program = shutil.which(checker[0]) or pytest.skip(f"this system has no {checker[0]}")
    run = subprocess.run(
        [program, *checker[1:], str(DOCS / "relations.1")], capture_output=True, check=False, encoding="utf-8"
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


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
    assert any("| jq" in example for example in examples())


@pytest.mark.parametrize("example", sorted(examples()))
def test_an_example_finds_something(
    relations: Command, example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command, _, rest = example.partition(" | ")
    monkeypatch.chdir(tmp_path)
    # Not every day has something.
    run = relations(*shlex.split(command)[1:], *(("--date", "08-31") if command == "relations today" else ()))
    written = [path for path in tmp_path.iterdir() if path.stat().st_size > 20]
    assert (run.status, len(run.out) > 20 or bool(written)) == (FOUND, True)
    assert run.err == "" or re.match(r"relations (check|init)\b", example)
    if rest and shutil.which(shlex.split(rest)[0]):
        piped = subprocess.run(shlex.split(rest), input=run.out, capture_output=True, check=True, encoding="utf-8")
        assert piped.stdout
