"""What people see, compared with golden files; with UPDATE_GOLDEN set these are written anew, to be read as a diff."""

import os
import re
from pathlib import Path

from rich.cells import cell_len

from tests.conftest import run

# The tests run with an environment of their own.
_UPDATE = "UPDATE_GOLDEN" in os.environ
GOLDEN = Path(__file__).parent / "golden"
WIDTHS = (60, 80, 120, 200)
ESCAPES = re.compile("\x1b(?:\\[[0-9;]*m|]8;[^\x1b]*\x1b\\\\)")
# No screen is wider: what stands there is not broken.
_WIDEST = 2000


def see(name: str, *words: str, columns: int) -> None:
    """See a screen of the small fact base as it is kept, none of its lines wider than it, and no word broken."""
    seen = run(*words, small=True, columns=columns)
    assert (seen.status, seen.err) == (0, "")
    assert max(map(cell_len, seen.lines)) <= columns
    assert words_of(seen.out) <= words_of(run(*words, small=True, columns=_WIDEST).out)
    expect(f"{name}-{columns}.txt", seen.out)


def see_in_colour(name: str, *words: str) -> None:
    """See a screen in colour as it is kept, with the letters of the one without."""
    seen = run(*words, "--color", "always", small=True, columns=80).out
    assert seen != ESCAPES.sub("", seen) == run(*words, small=True, columns=80).out
    expect(f"{name}-80-colour.txt", seen)


def expect(name: str, seen: str) -> None:
    golden = GOLDEN / name
    tidy = "\n".join(line.rstrip() for line in seen.split("\n"))
    if _UPDATE:
        golden.write_text(tidy, encoding="utf-8")
    assert tidy == golden.read_text(encoding="utf-8")


def words_of(screen: str) -> set[str]:
    """Give the words of a screen, but for names that are cut short and one that is wider than a column may be."""
    words = {word.strip(",") for word in screen.split() if any(map(str.isalpha, word))}
    return {word for word in words if "…" not in word and "[" not in word and "]" not in word}
