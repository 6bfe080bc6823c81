"""The runner: exit statuses, what goes wrong, and options that all commands share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kyrgyz_relations.commands import COMMANDS
from kyrgyz_relations.errors import FAULT, FOUND, NOTHING, RelationsError
from tests.conftest import run as relations


@pytest.mark.parametrize(("line", "status", "rows"), [
    ("china", FOUND, 3), ("china 2014", NOTHING, 0), ("chnia", NOTHING, 0), ("fact us-base", FOUND, None),
    ("--partner chnia", FAULT, 0),
    ("fact us-base no-such", NOTHING, None), ("partners bhutan", FOUND, 1), ("today --date 02-29", NOTHING, 0),
    # The answer to a question, and what only comes close to one.
    ("when did america close its base", FOUND, None), ("china bribery", NOTHING, None),
    ("china bribery --exact", NOTHING, 0), ("partners china bribery", NOTHING, None),
    ("timeline china bribery", NOTHING, None), ("china --fields nothing", FAULT, 0),
    ("--since 2014 --until 2010", FAULT, 0),
])  # fmt: skip
def test_the_exit_status_tells_found_from_not_found_from_wrong(line: str, status: int, rows: int | None) -> None:
    run = relations(*line.split(), small=True)
    assert run.status == status
    assert len(run.lines) == rows if rows is not None else run.lines
    assert (run.err != "") == (status != FOUND)
    assert all(said.startswith("relations: ") for said in run.err.splitlines())


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if "limit" in command.options])
@pytest.mark.parametrize("form", ["tsv", "json"])
def test_every_list_can_be_cut_short(name: str, form: str) -> None:
    words = {"compare": ["china", "russia"], "today": ["--date", "06-03"], "find": ["--all"]}.get(name, [])
    whole, first = (relations(name, *words, "--format", form, *limit, small=True) for limit in ([], ["-n", "1"]))
    assert (first.status, len(first.lines)) == (FOUND, 1)
    assert len(whole.lines) > 1 or name in ("today", "series")
    assert first.lines[0].rstrip("]").startswith(whole.lines[0].rstrip(",]"))


def fails(error: BaseException) -> Callable[..., None]:
    def view(*_: object) -> None:
        raise error

    return view


@pytest.mark.parametrize(
    ("error", "said"), [(MemoryError(), "not enough memory"), (RelationsError("that is too much"), "that is too much")]
)
@pytest.mark.parametrize("where", ["views.map.answer", "factbase.index.connect", "output.write"])
def test_what_goes_wrong_is_said(error: Exception, said: str, where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"kyrgyz_relations.{where}", fails(error))
    assert relations("map", small=True) == (FAULT, "", f"relations: {said}\n")


@pytest.mark.parametrize("count", [1, 2, 101])
def test_of_many_problems_a_hundred_are_said_and_all_are_counted(base: Path, count: int) -> None:
    base.write_text(base.read_text(encoding="utf-8") + "\n[[facts]]" * count, encoding="utf-8")
    told = [line.replace(": error: ", ": ", 1) for line in relations("check", str(base)).lines if ": error: " in line]
    assert (len(told), all(line.startswith(f"{base}:") for line in told)) == (count, True)
    run = relations("china", "--facts", str(base))
    assert (run.status, run.out) == (FAULT, "")
    total = f"relations: {count} problems in {base}{'; `relations check` prints all' * (count > 100)}"
    assert run.err.splitlines() == [*told[:100], *([total] if count > 1 else [])]


def test_a_file_in_which_nothing_would_stand_is_not_written(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert relations("chnia", "-o", str(target), small=True).status == NOTHING
    assert not target.exists()
