"""Whether lookups keep what they promise, whatever is typed: `python -m benchmarks.metamorphic [CASES [SEED]]`.

Each case takes names of the built-in fact base at random, in some spelling, and another condition, and asks for them in
several ways that must find the same facts, or some of them. What doesn't is printed. The tests
(`tests/test_metamorphic.py`) run a few hundred of these cases.
"""

import json
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from random import Random
from typing import NamedTuple
from unittest.mock import patch

from kyrgyz_relations.dates import span_of
from kyrgyz_relations.factbase import index
from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.words import is_small
from tests.conftest import Run, run

TIMES = (
    "2010..",
    "..2001",
    "1991..1999",
    "1990s",
    "2014",
    "2014-06",
    "since 2005",
    "before 1996",
    "3 June 2014",
    "в 2010",
)
# Times as they may be said, and the options that mean the same.
RANGES = {
    ("--since", "2010", "--until", "2012"): """
2010..2012, 2010 .. 2012, 2010.. 2012, 2010 ..2012, 2010…2012, 2010-2012, 2010 - 2012, 2010–2012, 2010 – 2012,
from 2010 to 2012, since 2010 until 2012, between 2010 and 2012, 2010 to 2012, 2010 through 2012, >=2010 <=2012,
с 2010 по 2012, с 2010 года до 2012 года, между 2010 и 2012, 2010-жылдан 2012-жылга чейин, 2012 to 2010
""",
    ("--since", "2010"): """
2010.., since 2010, SINCE 2010, from 2010, 2010 or later, 2010 onwards, from 2010 on, 2010 to now, >=2010, ≥ 2010,
2010+, с 2010, с 2010 года, 2010-жылдан бери, after 2009, > 2009, starting in 2010, since the year 2010
""",
    ("--until", "2010"): """
..2010, until 2010, up to 2010, by 2010, 2010 or earlier, <=2010, ≤2010, до 2011, before 2011, < 2011, по 2010,
2010-жылга чейин, prior to 2011, no later than 2010
""",
}
LEFT_OUT = ("NOT {}", "! {}", "!{}", "НЕ {}")
FORMATS = ("json", "jsonl", "csv")
SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "upper case": str.upper,
    "lower case": str.lower,
    "decomposed": lambda name: unicodedata.normalize("NFD", name),
    "composed": lambda name: unicodedata.normalize("NFC", name),
    "hyphens": lambda name: name.replace(" ", "-"),
    "other hyphens": lambda name: name.replace("-", "‑"),
    "other apostrophes": lambda name: name.replace("’", "'").replace("'", "ʼ"),
    "question mark": lambda name: f"{name}?",
}
# One case of so many is asked in the ways that take long.
SLOW = 10


class Name(NamedTuple):
    """A name of the fact base, and the option that finds the same by its key."""

    kind: str
    key: str
    written: str

    @property
    def option(self) -> tuple[str, ...]:
        """The option, and its value."""
        return (f"--{'partner' if self.kind in ('group', 'code') else self.kind}", self.key)


class Case(NamedTuple):
    """What to ask: two names, each in some spelling, and a time."""

    names: tuple[Name, Name]
    spellings: tuple[str, str]
    time: str
    # Whether a name with blanks is one argument.
    whole: bool
    slow: bool
    # Some way to say a range, and to leave something out.
    options: tuple[str, ...]
    range: str
    left_out: str

    def words(self, which: int) -> tuple[str, ...]:
        """Give one of the names as the words that are typed."""
        name = self.names[which]
        # A code or an abbreviation in small letters may be another word.
        kept = name.kind == "code" or name.written.isupper()
        spelt = name.written if kept else SPELLINGS[self.spellings[which]](name.written)
        return (spelt,) if self.whole else tuple(spelt.split())


@cache
def names_of(base: Search) -> list[Name]:
    """Give all names that words may have, keys too, but for those that are also a small word (WHO) or a month (MAR)."""
    rows = base.execute("SELECT kind, key, name FROM names WHERE kind IN ('partner', 'group', 'theme', 'kind', 'code')")
    names = [Name(*row) for row in rows.fetchall()]
    return [name for name in names if not (is_small(name.written) or span_of(f"2014 {name.written}"))]


def case_of(random: Random, names: Sequence[Name]) -> Case:
    """Make a case at random."""
    spellings = [*SPELLINGS]
    return Case(
        (random.choice(names), random.choice(names)),
        (random.choice(spellings), random.choice(spellings)),
        random.choice(TIMES),
        whole=random.random() < 1 / 3,
        slow=random.random() < 1 / SLOW,
        options=(options := random.choice([*RANGES])),
        range=random.choice(RANGES[options].split(",")).strip(),
        left_out=random.choice(LEFT_OUT),
    )


def violations(case: Case, base: Search) -> Iterator[str]:
    """Ask for a case in many ways, and tell what does not fit together."""
    one, other, time = case.words(0), case.words(1), tuple(case.time.split())
    found = run(*one)
    if (found.ids, found.status) != ((named := run(*case.names[0].option)).ids, named.status):
        yield f"{said(one)} finds other facts than {said(case.names[0].option)}"
    if found.err and found.status == 0:
        yield f"{said(one)} says: {found.err}"
    yield from _narrowed(found, one, time)
    if not _run_together(case, base):
        yield from _narrowed(found, one, other)
        yield from _union(case, found)
    # A condition that names nothing is refused.
    unknown = run(*one, "--theme", "qqqq")
    if unknown.out or unknown.status != 2 or "qqqq" not in unknown.err:
        yield f"{said(one)} --theme qqqq finds {len(unknown.ids)} facts: {unknown.err}"
    yield from _left_out(case, found, one)
    for words in ((*one, *case.range.split()), (*case.range.split(), *one)):
        if run(*words).ids != run(*one, *case.options).ids:
            yield f"{said(words)} finds other facts than {said((*one, *case.options))}"
    if found.ids[:3] != run(*one, "-n", "3").ids or found.ids != run(*one, "--reverse").ids[::-1]:
        yield f"{said(one)} is in another order with -n 3 or --reverse"
    if case.slow:
        yield from _other_ways((*one, *time))


def _left_out(case: Case, found: Run, one: tuple[str, ...]) -> Iterator[str]:
    key = case.names[1].key
    without = run(*one, "--not", key)
    if set(without.ids) != set(found.ids) - set(run(*case.names[1].option).ids):
        yield f"{said(one)} --not {key} is not what {key} leaves of it"
    words = (*one, *case.left_out.format(key).split())
    if not is_small(key) and run(*words).ids != without.ids:
        yield f"{said(words)} finds other facts than {said(one)} --not {key}"


def _narrowed(found: Run, one: tuple[str, ...], other: tuple[str, ...]) -> Iterator[str]:
    both = run(*one, *other)
    narrowed = set(both.ids)
    if both.ids != [fact for fact in found.ids if fact in narrowed]:
        yield f"{said((*one, *other))} is not within {said(one)}"
    if narrowed != set(found.ids) & set(run(*other).ids):
        yield f"{said((*one, *other))} is not what {said(one)} and {said(other)} have in common"
    turned = run(*other, *one)
    if (turned.ids, turned.status) != (both.ids, both.status):
        yield f"{said((*one, *other))} finds other facts than {said((*other, *one))}"


def _union(case: Case, found: Run) -> Iterator[str]:
    one, other = (" ".join(case.words(which)) for which in (0, 1))
    # "Kazakhstan, Republic of" is a name, whatever follows.
    if "," in one + other or "?" in one + other or " of " in other.casefold():
        return
    first, known = found.ids, set(found.ids)
    expected = known | set(run(*case.words(1)).ids)
    for either in ((f"{one},{other}",), (*one.split(), "or", *other.split()), (f"{one}, {other}",)):
        union = run(*either).ids
        if set(union) != expected:
            yield f"{said(either)} finds {len(union)} facts, not the {len(expected)} of both"
        elif union[: len(first)] != first and [fact for fact in union if fact in known] != first:
            yield f"{said(either)} is in another order"


def _run_together(case: Case, base: Search) -> bool:
    """Tell whether two names side by side name a third thing: "Guinea" and "Bissau"."""
    for first, second in ((0, 1), (1, 0)):
        words = " ".join([*case.words(first), *case.words(second)]).split()
        border = len(" ".join(case.words(first)).split())
        runs = (words[start:end] for start in range(border) for end in range(border + 1, len(words) + 1))
        if any(base.name(" ".join(run)) for run in runs):
            return True
    return False


def _other_ways(words: tuple[str, ...]) -> Iterator[str]:
    """Ask by the slow reader, and in other formats."""
    found = run(*words)
    with patch("kyrgyz_relations.arguments.read", return_value=None):
        by_typer = run(*words)
    if by_typer != found:
        yield f"{said(words)} is answered otherwise by Typer: {by_typer.err}"
    for form in FORMATS:
        ids = ids_of(form, run(*words, "--format", form))
        if ids != found.ids:
            yield f"{said(words)} has other facts as {form}"
    if run(*words, "--template", "{id}").lines != found.ids:
        yield f"{said(words)} has other facts in a template"
    drawn = run(*words, columns=120).out
    if found.ids and not all(fact in drawn for fact in found.ids):
        yield f"{said(words)} has other facts on a terminal"


def ids_of(form: str, found: Run) -> list[str]:
    """Read the ids out of a format."""
    if form == "json":
        return [row["id"] for row in json.loads(found.out)]
    if form == "jsonl":
        return [json.loads(line)["id"] for line in found.lines]
    return [line.partition(",")[0] for line in found.lines[1:]]


def said(words: Sequence[str]) -> str:
    """Write words as they are typed."""
    return " ".join(f'"{word}"' if " " in word or not word else word for word in words)


def main(cases: int = 20_000, seed: int = 1) -> None:
    """Run cases and print what doesn't fit."""
    random = Random(seed)  # noqa: S311  # no secret
    base = Search(index.connect(index.files(None)))
    names = names_of(base)
    count = 0
    for _ in range(cases):
        for violation in violations(case_of(random, names), base):
            count += 1
            print(violation, flush=True)
    print(f"{cases} cases of {len(names)} names: {count} violations")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
