"""The recipes of docs/recipes.md, run as they stand there."""

import importlib.util
import os
import re
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from kyrgyz_relations.errors import FOUND
from tests.conftest import ROOT
from tests.conftest import run as relations
from tests.process.running import put_program_into, run

DOCUMENT = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
# All code of a section, by its heading.
RECIPES = {
    section.partition("\n")[0]: "".join(re.findall(r"```sh recipe\n(.*?)```", section, re.DOTALL))
    for section in DOCUMENT.split("\n## ")[1:]
}


class Made(NamedTuple):
    """What a recipe has to make: a pattern in what it prints or writes, and what it needs for that."""

    seen: str
    # "" where it prints.
    file: str = ""
    # Programs and modules beyond a shell's usual ones.
    needs: str = ""
    # What is run before it.
    before: str = ""


MADE = {
    "Browse the facts with fzf": Made(r"(?m)\Aid:\tunited-states-manas-closed\ndate:\t2014-06-03$", needs="fzf"),
    "Count the facts of each year with jq": Made(r"(?m)\A(19|20)\d\d \d+$(\n.*)*^2010 \d+$", needs="jq"),
    "Count the partners of a theme": Made(r"\A( *\d+ [a-z-]+\n){5}\Z"),
    "Read the facts with pandas": Made(r"(?m)^2\d{3} +\d+$(?s:.*)^(china|russia) +\d+$", needs="pandas"),
    "Open the facts in Excel": Made("\\A\ufeffid,date,", "china-debt.csv"),
    "Query the facts with SQLite": Made(r"(?m)^agreement \d+$(?s:.*)^\d{4}.*\|(?s:.*)kumtor", needs="sqlite3"),
    "Plot a series": Made(r"(?m)^2010 +150 ####$"),
    "Put a table into a report": Made(r"# Report of .*\n\n## China .*\n(.*\n)*\| [Dd]ate \|", "report.md"),
    "Quote a fact with its source": Made(r"\A> .* \(2015-08-12, <https://.*>\)\n.+, \".+\", .*https://.*\n"),
    "Cite the sources in a paper": Made(r"(?m)^@misc\{" + re.findall(r"\\cite\{(.+?)\}", DOCUMENT)[0] + ",$"),
    "Open the sources of a fact": Made(r"\A(open https?://\S+\n){2,}\Z"),
    "Tell found from not found from wrong": Made(
        r"\Achina: something was signed\nbhutan: nothing found\nnarnia: no such partner\n\Z"
    ),
    "See what is new about a partner since last year": Made(r"(?m)^\S+\t\S*china\S*\t"),
    "See what a week has changed": Made(
        r"\A\d{4}\S*  .+\n\Z", needs="jq",
        before="relations --all --format jsonl | LC_ALL=C sort | sed 1d > before.jsonl",
    ),
    "Complete names with the Tab key": Made(r"complete --command relations", ".config/fish/completions/relations.fish"),
}  # fmt: skip


def test_every_recipe_is_run() -> None:
    assert [*RECIPES] == [*MADE]
    assert all(RECIPES.values())


@pytest.mark.parametrize("title", MADE)
def test_a_recipe_makes_what_it_says(title: str, tmp_path: Path) -> None:
    made = MADE[title]
    for need in ("bash", *made.needs.split()):
        if not (shutil.which(need) or importlib.util.find_spec(need)):
            pytest.skip(f"this system has no {need}")
    programs, home = put_program_into(tmp_path / "programs"), tmp_path / "home"
    home.mkdir()
    for name, does in {"python3": f"exec '{sys.executable}'", "browser": "echo open"}.items():
        (programs / name).write_text(f'#!/bin/sh\n{does} "$@"\n', encoding="utf-8")
        (programs / name).chmod(0o755)
    # fzf chooses what it is told, without a person.
    environment = {"HOME": str(home), "BROWSER": "browser", "FZF_DEFAULT_OPTS": '--filter "manas transit key"'}
    environment["PATH"] = f"{programs}{os.pathsep}{os.environ['PATH']}"
    done = run(["bash", "-euo", "pipefail", "-c", f"{made.before}\n{RECIPES[title]}"], home, **environment)
    assert (done.status, done.err) == (FOUND, "")
    assert re.search(made.seen, (home / made.file).read_text(encoding="utf-8") if made.file else done.out)


def test_the_preview_shows_the_fact_in_full() -> None:
    (preview,) = re.findall(r"--preview 'relations (.+?)'", RECIPES["Browse the facts with fzf"])
    done = relations(*preview.replace("{1}", "eaeu-membership").split())
    assert (done.status, "\x1b[" in done.out, "Sources" in done.out) == (0, True, True)


def test_all_finds_every_fact() -> None:
    assert relations("overview", "--fields", "facts").out == f"{len(relations('--all').lines)}\n"
