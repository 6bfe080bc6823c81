import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import run


def read_by(program: str, *arguments: str, place: Path) -> str:
    """Have another program read what was written; gives what it says."""
    if not shutil.which(program):
        pytest.skip(f"this system has no {program}")
    done = subprocess.run([program, *arguments], cwd=place, capture_output=True, check=True, encoding="utf-8")
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
