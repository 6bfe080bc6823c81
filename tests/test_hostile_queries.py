"""Whatever is asked, under whatever name: an answer or a clear error, in bounded time and memory."""

from pathlib import Path

import pytest

from kyrgyz_relations.commands import FAULT, FOUND, NOTHING
from tests.bounds import bounded, here, needs_bounds, needs_posix
from tests.conftest import SMALL

BASE = SMALL.read_text(encoding="utf-8")


@needs_bounds
@pytest.mark.parametrize(
    "words",
    [
        ["x" * 120_000],
        ["ﷺ" * 10_000],
        ["a-" * 60_000],
        ["e" + "\u0301" * 60_000],
        ["(" * 120_000],
        ["a " * 60_000],
        ["NEAR(" * 20_000 + "china" + ")" * 20_000],
        ["--text", "china* OR " * 10_000],
        ["9" * 60_000 + ".." + "9" * 60_000],
        ["--template", "{id:" + "9" * 120_000 + "}"],
        ["--template", "{id}" * 30_000],
        ["fact", "x" * 120_000],
    ],
    ids=lambda words: " ".join(words)[:20],
)
def test_a_long_word_is_looked_up_or_refused(words: list[str]) -> None:
    run = bounded(*words, "--facts", str(SMALL))
    assert bool(run.out) == (run.status == FOUND)
    assert bool(run.err) == (run.status != FOUND)


@pytest.mark.parametrize("count", [900, 1100, 5000])
@pytest.mark.parametrize("option", [[], ["--partner"], ["--theme"], ["--kind"], ["--text"]])
def test_many_alternatives_are_looked_up_or_refused(option: list[str], count: int) -> None:
    run = here(*option, ",".join(f"k{number}" for number in range(count)) + ",china", "--facts", str(SMALL))
    assert bool(run.out) == (run.status == FOUND)
    assert bool(run.err) == (run.status != FOUND)


@pytest.mark.parametrize("option", ["--partner", "--theme", "--kind", "--text"])
def test_many_options_are_looked_up_or_refused(option: str) -> None:
    run = here(*(f"{option}=k{number}" for number in range(1500)), "--facts", str(SMALL))
    assert run.status in (NOTHING, FAULT)


def test_many_ids_are_looked_up_or_refused() -> None:
    ids = ["us-base", *(f"no-fact-{number}" for number in range(1500))]
    run = here("fact", *ids, "--facts", str(SMALL))
    assert run.status in (NOTHING, FAULT)
    assert run.status == FAULT or run.ids == ["us-base"]


PLAIN_CODES = "a\x1b[31m\nb\x9b\x07"
CODES = f"{PLAIN_CODES}\u202e"


@needs_posix
@pytest.mark.parametrize(
    "words",
    [
        ["--facts", f"/nowhere/{CODES}"],
        ["--facts", f"{{tmp}}/{CODES}.toml"],
        ["china", "--facts", f"{{tmp}}/{CODES}.toml", "--json"],
        *(["china", "--facts", str(SMALL), "-o", name] for name in (CODES, f"{CODES}.csv", f"{{tmp}}/{CODES}.csv")),
        ["china", "--facts", str(SMALL), "-o", f"/nowhere/{CODES}.csv", "--force"],
        ["china", "--facts", str(SMALL), "-o", "{tmp}", "--format", CODES],
        ["china", "--facts", str(SMALL), "--template", f"{{{{id:{CODES}}}}}"],
        ["china", "--facts", str(SMALL), "--template", f"{{{{id!{CODES}}}}}"],
        ["china", "--facts", str(SMALL), "--template", f"{{{{{CODES}}}}}"],
        ["china", "--facts", str(SMALL), "--sort", CODES],
        ["china", "--facts", str(SMALL), "--color", CODES],
        ["china", "--facts", str(SMALL), "--fields", CODES],
        ["china", "--facts", str(SMALL), "--until", CODES],
        ["china", "--facts", str(SMALL), f"--{PLAIN_CODES}"],
        ["china", "--facts", str(SMALL), f"--json={PLAIN_CODES}"],
        ["china", "--facts", str(SMALL), f"-{PLAIN_CODES}"],
    ],
    ids=lambda words: " ".join(words).encode("unicode_escape").decode()[:60],
)
def test_a_control_code_in_a_fault_is_told_but_not_carried_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"{CODES}.toml").write_text("bad = 1", encoding="utf-8")
    (tmp_path / f"{CODES}.csv").write_text("old", encoding="utf-8")
    run = here(*(word.format(tmp=tmp_path) for word in words))
    assert (run.status, run.out) == (FAULT, "")
    assert run.err


@needs_posix
@pytest.mark.parametrize("words", [["{}"], ["--partner", "{}"], ["--text", "{}"], ["fact", "{}"], ["china", "{},x-{}"]])
def test_a_control_code_in_what_finds_nothing_is_told_but_not_carried_out(words: list[str]) -> None:
    run = here(*(word.replace("{}", CODES) for word in words), "--facts", str(SMALL))
    assert (run.status, run.out) == (NOTHING, "")
    assert "\\x1b" in run.err


@needs_posix
@pytest.mark.parametrize(
    "name", ["--force.csv", "-o.csv", ";id.csv", "$(id).csv", "%s.csv", "a\nb.csv", "~.csv", "..csv"]
)
def test_a_file_of_any_name_is_written_and_read_under_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert here("china", "--facts", str(SMALL), f"--output={name}").status == FOUND
    (tmp_path / name).replace(tmp_path / "written")
    assert (tmp_path / "written").read_bytes().startswith(b"id,date,")
    (tmp_path / name).write_text(BASE, encoding="utf-8")
    assert here("railway", f"--facts={name}").ids == ["railway-begun"]
    assert sorted(item.name for item in tmp_path.iterdir()) == sorted(["written", name])
