"""The recipes of docs/recipes.md, run as they stand there."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command
from tests.test_completion import put_program_into

DOCUMENT = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
# Each by its heading.
RECIPES = {
    section.partition("\n")[0]: section.partition("```sh recipe\n")[2].partition("```")[0]
    for section in DOCUMENT.split("\n## ")[1:]
}


@dataclass(frozen=True)
class Made:
    """What a recipe must make.

    Args:
        seen: What must stand in what it prints or writes.
        file: The file that it writes; "" where it prints.
        needs: The programs that it needs beyond a shell's usual ones.
        before: What is run before it.
    """

    seen: str
    file: str = ""
    needs: tuple[str, ...] = ()
    before: str = ""


MADE = {
    "Browse the facts with fzf": Made(r"(?m)^2014-06-03\t.*\tunited-states-manas-closed$", needs=("fzf",)),
    "Count the facts of each year with jq": Made(r"(?m)\A1992 \d+$|^1992 \d+$(\n.*)*^2010 \d+$", needs=("jq",)),
    "Count the partners of a theme": Made(r"(?m)\A *\d+ [a-z-]+\n( *\d+ [a-z-]+\n){4}\Z"),
    "Read the facts with pandas": Made(r"(?m)^2\d{3} +\d+$", needs=("pandas",)),
    "Query the facts with SQLite": Made(r"(?m)^agreement \d\d+$(?s:.*)kumtor", needs=("sqlite3",)),
    "Plot a series": Made(r"(?m)^2010 +150 ####$"),
    "Put a table into a report": Made(r"# Report of .*\n\n## China .*\n(.*\n)*\| date \|", "report.md"),
    "Quote a fact with its source": Made(r"\A> .* \(2015-08-12, <https://.*>\)\n\Z"),
    "Cite the sources in a paper": Made(r"(?m)^@misc\{" + re.findall(r"\\cite\{(.+?)\}", DOCUMENT)[0] + ",$"),
    "Open the sources of a fact": Made(r"\A(open https?://\S+\n){2,}\Z"),
    "Tell found from not found from wrong": Made(
        r"\Achina: something was signed\nbhutan: nothing found\nnarnia: nothing found\n\Z"
    ),
    "See what is new about a partner since last year": Made(r"(?m)^\S+\t\S*china\S*\t"),
    "See what a week has changed": Made(
        r"\A\d{4}\S*  .+\n\Z",
        needs=("jq",),
        before="relations 1900.. --format jsonl | LC_ALL=C sort | sed 1d > before.jsonl",
    ),
    "Complete names with the Tab key": Made(r"complete --command relations", ".config/fish/completions/relations.fish"),
}


def test_each_recipe_has_a_test_and_a_heading() -> None:
    assert [*RECIPES] == [*MADE]
    assert DOCUMENT.count("```sh recipe\n") == DOCUMENT.count("\n## ") == len(RECIPES)


@pytest.mark.usefixtures("relations")
@pytest.mark.parametrize("title", MADE)
def test_a_recipe_makes_what_it_says(title: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = MADE[title]
    for need in ("bash", *made.needs):
        if not (shutil.which(need) or importlib.util.find_spec(need)):
            pytest.skip(f"this system has no {need}")
    programs, home = tmp_path / "programs", tmp_path / "home"
    programs.mkdir()
    home.mkdir()
    put_program_into(programs)
    for name, does in {"python3": f"exec '{sys.executable}'", "browser": "echo open"}.items():
        (programs / name).write_text(f'#!/bin/sh\n{does} "$@"\n')
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("BROWSER", "browser")
    # fzf chooses what it is told, without a person.
    monkeypatch.setenv("FZF_DEFAULT_OPTS", "--filter \"'manas 'transit\"")
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", f"{made.before}\n{RECIPES[title]}"],  # noqa: S607  # as a person starts it
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(made.seen, (home / made.file).read_text(encoding="utf-8") if made.file else done.stdout)


def test_the_preview_shows_the_fact_whole(relations: Command) -> None:
    (preview,) = re.findall(r"--preview 'relations (.+?)'", RECIPES["Browse the facts with fzf"])
    preview = preview.replace("{1}", "eaeu-membership")
    run = relations(*preview.split())
    assert run.status == 0
    assert "\x1b[32meaeu-membership" in run.out


def test_the_query_that_stands_for_all_facts_finds_all(relations: Command) -> None:
    assert f"\t{len(relations('1900..').lines)}\t" in relations().out


def test_lines_are_short_enough_to_read() -> None:
    assert max(map(len, DOCUMENT.splitlines())) <= 120
