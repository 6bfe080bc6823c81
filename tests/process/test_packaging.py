"""What is built from a checkout: the source distribution, and from that the wheel, which answers at once."""

import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from kyrgyz_relations import __version__
from tests.conftest import ROOT
from tests.process.running import PATIENCE, WHAT_WAS_LOADED, bare, run

INFO = f"kyrgyz_relations-{__version__}.dist-info"


def build(root: Path, kind: str, target: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind, "--directory", str(target)]
    subprocess.run(command, cwd=root, check=True, capture_output=True, timeout=PATIENCE)
    (built,) = target.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return built


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("sdist")
    with tarfile.open(build(ROOT, "sdist", folder)) as archive:
        archive.extractall(folder, filter="data")
    return folder / f"kyrgyz_relations-{__version__}"


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel made of the source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    with zipfile.ZipFile(build(source, "wheel", folder / "dist")) as archive:
        archive.extractall(folder / "unpacked")  # noqa: S202  # our own
    return folder / "unpacked"


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """Give all files in a folder, with what changes when one is written."""
    looks = {path: path.stat() for path in folder.rglob("*")}
    return {str(path.relative_to(folder)): (look.st_size, look.st_mtime_ns) for path, look in looks.items()}


def test_the_source_distribution_holds_what_builds_tests_and_documents_it(source: Path) -> None:
    made = {path.relative_to(source).as_posix() for path in source.rglob("*")}
    needed = {"pyproject.toml", "hatch_build.py", "facts.toml", "README.md", "CHANGELOG.md", "LICENSE-DATA"}
    needed |= {"tests/small.toml", "tests/process/running.py", "docs/generate.py", "docs/output.md"}
    assert needed - made == set()
    assert not [name for name in made if name.endswith((".db", ".pyc"))]


def test_the_wheel_holds_the_package_the_fact_base_its_index_and_the_licences(wheel: Path) -> None:
    made = {*files(wheel)}
    assert (wheel / "kyrgyz_relations/facts.toml").read_bytes() == (ROOT / "facts.toml").read_bytes()
    needed = {f"kyrgyz_relations/{name}" for name in ("facts.db", "py.typed", "starter.toml")}
    needed |= {f"{INFO}/licenses/LICENSE", f"{INFO}/licenses/LICENSE-DATA"}
    needed |= {f"kyrgyz_relations-{__version__}.data/data/share/man/man1/relations.1"}
    assert needed - made == set()
    assert not [name for name in made if name.startswith(("tests", "docs", "benchmarks", "hatch_build"))]
    assert b"relations = kyrgyz_relations.__main__:main" in (wheel / INFO / "entry_points.txt").read_bytes()
    assert b"License-Expression: MIT AND CC-BY-4.0" in (wheel / INFO / "METADATA").read_bytes()


def answer(root: Path, home: Path, *words: str) -> tuple[str, set[str]]:
    """Run the command from a folder with nothing but a home; give what it printed, and the modules that it loaded."""
    done = run([*bare(home), sys.executable, "-B", "-c", WHAT_WAS_LOADED, str(root), "pipe", *words], home)
    status, *modules = done.err.splitlines()[-1].split()
    assert status == "0"
    return done.out, {*modules}


@pytest.mark.parametrize("words", [["eaeu-membership"], ["when", "did", "manas", "close"], ["fact", "eaeu-membership"]])
def test_the_wheel_answers_at_once_and_writes_nothing(wheel: Path, tmp_path: Path, words: list[str]) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    before = files(wheel)
    out, modules = answer(wheel, home, *words)
    assert "\t" in out
    # Not built anew, then.
    assert not {"msgspec", "tomli"} & modules
    assert files(home) == {}
    assert files(wheel) == before


def test_a_fact_base_that_was_edited_after_the_build_is_read_itself(wheel: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    copy = tmp_path / "copy" / "kyrgyz_relations"
    shutil.copytree(wheel / "kyrgyz_relations", copy)
    text = (copy / "facts.toml").read_text(encoding="utf-8")
    edited = text.replace('"eaeu-membership"', '"eaeu-membership-edited"')
    (copy / "facts.toml").write_text(edited, encoding="utf-8")
    out, _ = answer(copy.parent, tmp_path / "home", "fact", "eaeu-membership-edited")
    assert out.startswith("id:\teaeu-membership-edited\n")


def test_every_run_time_dependency_has_its_reason_beside_it() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    for dependency in tomllib.loads(text)["project"]["dependencies"]:
        assert lines[lines.index(f'"{dependency}",') - 1].startswith("#"), dependency
