import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from kyrgyz_relations import __version__
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", str(target)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return target


def test_the_wheel_holds_the_package_the_fact_base_and_the_licences(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        assert archive.read("kyrgyz_relations/facts.toml") == (ROOT / "facts.toml").read_bytes()
        info = f"kyrgyz_relations-{__version__}.dist-info"
        assert b"relations = kyrgyz_relations.__main__:main" in archive.read(f"{info}/entry_points.txt")
        assert b"License-Expression: MIT AND CC-BY-4.0" in archive.read(f"{info}/METADATA")
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/LICENSE-DATA", "kyrgyz_relations/py.typed"} <= names
    assert f"kyrgyz_relations-{__version__}.data/data/share/man/man1/relations.1" in names
    assert not {name for name in names if name.startswith(("tests/", "docs/"))}


def test_the_source_distribution_holds_what_builds_and_tests_it(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"facts.toml", "pyproject.toml", "README.md", "LICENSE-DATA", "tests/small.toml", "CHANGELOG.md"} <= names


def test_every_run_time_dependency_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    for dependency in tomllib.loads(text)["project"]["dependencies"]:
        assert lines[lines.index(f'"{dependency}",') - 1].startswith("#"), dependency
