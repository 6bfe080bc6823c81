"""What a shell offers for a line, asked as Typer's scripts for the shells ask."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from kyrgyz_relations.__main__ import answer
from kyrgyz_relations.commands import COMMANDS
from kyrgyz_relations.output import COLORS, FORMATS
from kyrgyz_relations.records import GROUPINGS, KINDS, RECORDS
from tests.conftest import SMALL

# What is offered for a line that is typed as far as its end, with descriptions as fish shows them.
Offer = Callable[..., dict[str, str]]
NAMES = ["bhutan", "china", "cote-divoire", "eaeu", "russia", "united-states", "eaeu-members", "neighbours"]
THEMES = ["bases", "rule-of-law", "transport"]
YEARS = [str(year) for year in range(1992, 2025)]


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Offer:
    # Put back afterwards, whatever completion makes of it.
    monkeypatch.setenv("COLUMNS", "40")

    def offer(line: str, base: str | Path | None = SMALL, shell: str = "fish") -> dict[str, str]:
        typed = f"relations {f'--facts {shlex.quote(str(base))} ' if base else ''}{line}"
        *_, last = typed.split(" ")
        for name, value in {
            "_RELATIONS_COMPLETE": f"complete_{shell}",
            "_TYPER_COMPLETE_ARGS": typed,
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
            "_TYPER_COMPLETE_WORD_TO_COMPLETE": last,
            "COMP_WORDS": typed.replace(" ", "\n"),
            "COMP_CWORD": str(typed.count(" ")),
        }.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as end:
            answer([])
        out, err = capsys.readouterr()
        assert (end.value.code, err) == (0, "")
        return {choice: about for choice, _, about in (row.partition("\t") for row in out.splitlines() if row)}

    return offer


@pytest.mark.parametrize(("typed", "choices"), [
    ("", {*COMMANDS, *NAMES, *THEMES, *KINDS, *YEARS}), ("china ", {*NAMES, *THEMES, *KINDS, *YEARS}),
    ("r", {"russia", "rule-of-law"}), ("the", {"themes"}), ("bases the", set()),
    ("201", {str(year) for year in range(2010, 2020)}), ("china,rus", {"china,russia"}),
    ("china russia,united-states,b", {"russia,united-states,bhutan", "russia,united-states,bases"}),
    ("timeline chi", {"china"}), ("series road", {"road-costs"}), ("road", set()),
    ("fact us-", {"us-base", "us-base-closed"}), ("fact us-base r", {"russia-base", "railway-begun"}),
    ("china --fields da", {"date"}), ("china --fields date,te", {"date,text"}),
    ("partners --fields ", {*RECORDS["partner"].fields}),
    ("timeline --fields ", {*RECORDS["fact"].fields, *RECORDS["count"].fields}),
    ("sources --fields key,pub", {"key,publisher", "key,published"}), ("china --format ", {*FORMATS}),
    ("china -f cs", {"csv", "csl-json"}), ("--kind ", {*KINDS}), ("--kind event,ag", {"event,agreement"}),
    ("--theme ", {*THEMES}), ("--partner ", {*NAMES}),
    ("--partner china,eaeu", {"china,eaeu", "china,eaeu-members"}), ("timeline --by ", {*GROUPINGS}),
    ("--color ", {*COLORS}), ("china --fo", {"--format", "--force"}), ("chnia", set()),
])  # fmt: skip
def test_what_may_come_next_is_offered(typed: str, choices: set[str], offered: Offer) -> None:
    assert {*offered(typed)} == choices


@pytest.mark.parametrize(("typed", "choice", "about"), [
    ("r", "russia", "Russia"), ("china,neigh", "china,neighbours", "Neighbours"), ("1992", "1992", "year"),
    ("fac", "fact", "command: Show facts in full, with sources"),
    ("--fields date,te", "date,text", "what happened"), ("--format cs", "csv", FORMATS["csv"].meaning),
    ("--kind ag", "agreement", KINDS["agreement"]), ("series ro", "road-costs", "Cost of roads"),
])  # fmt: skip
def test_each_choice_is_described(typed: str, choice: str, about: str, offered: Offer) -> None:
    assert offered(typed)[choice] == about


def test_the_description_of_a_fact_is_its_text_in_one_line_however_narrow_the_screen(offered: Offer) -> None:
    assert offered("fact ")["eaeu-membership"].endswith("to which Russia belonged.")


def test_themes_that_go_with_a_partner_come_first(offered: Offer) -> None:
    assert [*offered("united-states ")][:2] == ["bases", "rule-of-law"]
    assert [*offered("fact")][0] == "fact"  # noqa: RUF015  # the order is told


@pytest.mark.parametrize("shell", ["bash", "zsh", "powershell"])
def test_other_shells_are_offered_the_same(shell: str, offered: Offer) -> None:
    said = {"bash": "russia", "zsh": """_arguments '*: :(("russia":"Russia"))'""", "powershell": "russia:::Russia"}
    assert [*offered("rus", shell=shell)] == [said[shell]]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_what_describes_a_choice_is_nothing_that_a_shell_runs(shell: str, offered: Offer, base: Path) -> None:
    odd = r"""[bold]so[/bold] [/x] \"it's\" $HOME `touch a` $(touch b) \\`touch c` \\$(touch d) '$(touch e)'"""
    base.write_text(base.read_text(encoding="utf-8").replace("[bold]politely[/bold]", odd), encoding="utf-8")
    said = "".join(f"{choice}{about}" for choice, about in offered("fact us-base-", base, shell).items())
    assert ("(bold)so(/bold) (/x) ”it’s”" in said, "`" in said) == (True, False)
    if shell == "zsh":
        assert said.count("$") == said.count("\\$") == 4


@pytest.mark.parametrize("base", [SMALL.parent / "no-such.toml", __file__])
@pytest.mark.parametrize(("typed", "choices"), [
    ("chi", set[str]()), ("part", {"partners"}), ("fact ", set()), ("--partner ", set()), ("--kind ag", {"agreement"}),
])  # fmt: skip
def test_a_faulty_base_completes_no_names(base: str | Path, typed: str, choices: set[str], offered: Offer) -> None:
    assert {*offered(typed, base)} == choices
    # Without another the built-in base is asked.
    assert "energy" in offered("china en", None)
