"""The runner: exit statuses, what goes wrong, and options that all commands share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kyrgyz_relations.commands import COMMANDS
from kyrgyz_relations.errors import FAULT, FOUND, NOTHING, RelationsError
from tests.conftest import Command


@pytest.mark.parametrize(
    ("line", "status", "rows"),
    [
        ("china", FOUND, 3),
        ("china 2014", NOTHING, 0),
        ("chnia", NOTHING, 0),
        ("fact us-base", FOUND, 1),
        ("fact us-base no-such", NOTHING, 1),
        ("partners bhutan", FOUND, 1),
        ("today --date 02-29", NOTHING, 0),
        # The answer to a question, and what only comes close to one.
        ("when did america close its base", FOUND, None),
        ("china bribery", NOTHING, None),
        ("china bribery --exact", NOTHING, 0),
        ("partners china bribery", NOTHING, None),
        ("timeline china bribery", NOTHING, None),
        ("china --fields nothing", FAULT, 0),
        ("--since 2014 --until 2010", FAULT, 0),
    ],
)
def test_the_exit_status_tells_found_from_not_found_from_wrong(
    relations: Command, line: str, status: int, rows: int | None
) -> None:
    run = relations(*line.split(), small=True)
    assert run.status == status
    assert len(run.lines) == rows if rows is not None else run.lines
    assert (run.err != "") == (status != FOUND)
    assert all(said.startswith("relations: ") for said in run.err.splitlines())


def test_json_is_an_array_also_where_nothing_is_found(relations: Command) -> None:
    assert relations("chnia", "--json", small=True)[:2] == (NOTHING, "[]\n")


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if "limit" in command.options])
@pytest.mark.parametrize("form", ["tsv", "json"])
def test_every_list_can_be_cut_short(relations: Command, name: str, form: str) -> None:
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
def test_what_goes_wrong_is_said_wherever_it_happens(
    relations: Command, error: Exception, said: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"kyrgyz_relations.{where}", fails(error))
    assert relations("map", small=True) == (FAULT, "", f"relations: {said}\n")


def faulty(base: Path, count: int) -> str:
    """Give facts without sources to a fact base."""
    facts = "".join(f'\n[[facts]]\nid = "f{n}"\ndate = "2024"\nkind = "event"\n' for n in range(count))
    base.write_text(base.read_text(encoding="utf-8") + facts.replace("event", "evnt"), encoding="utf-8")
    return str(base)


def test_one_problem_of_a_fact_base_is_one_line_with_its_place(relations: Command, base: Path) -> None:
    base.write_text(base.read_text(encoding="utf-8").replace('["bases"]', '["basis"]', 1), encoding="utf-8")
    run = relations("china", "--facts", str(base))
    (said,) = run.err.splitlines()
    assert (run.status, run.out) == (FAULT, "")
    assert said.startswith(f"{base}:")
    assert '"basis"' in said


@pytest.mark.parametrize("count", [2, 60, 200])
def test_of_many_problems_a_hundred_are_said_and_all_are_counted(relations: Command, base: Path, count: int) -> None:
    path = faulty(base, count)
    everything = relations("check", path).lines
    problems = [line for line in everything if ": error: " in line]
    assert len(problems) >= count
    *said, total = relations("china", "--facts", path).err.splitlines()
    assert len(said) == min(len(problems), 100)
    assert [line.replace(": error: ", ": ", 1) for line in problems[: len(said)]] == said
    assert total.startswith(f"relations: {len(problems)} problems in {path}")
    assert ("`relations check`" in total) == (len(problems) > 100)


def test_a_file_in_which_nothing_would_stand_is_not_written(relations: Command, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    assert relations("chnia", "-o", str(target), small=True).status == NOTHING
    assert not target.exists()
