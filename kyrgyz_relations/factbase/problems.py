"""What is wrong with a fact base, collected with the places where it stands."""

import difflib
from collections.abc import Iterable

from kyrgyz_relations.errors import FactBaseError, Problem
from kyrgyz_relations.factbase.document import Place
from kyrgyz_relations.text import printable

_LONGEST_WORD = 100
_MOST_HINTS = 100
# A file with more is something else, or was made by a program, which makes the same mistake again and again.
_MOST = 10_000


class Problems:
    """The problems found so far."""

    def __init__(self) -> None:
        self._hints = 0
        self._found: list[tuple[Place, str]] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, where: Place, what: str, wrong: str = "", right: Iterable[str] = (), *, otherwise: str = "") -> None:
        """Add a problem.

        Args:
            where: Where it stands.
            what: What is wrong.
            wrong: A word that should be another.
            right: The words that it may have been meant for; the nearest is told.
            otherwise: What is told where none of them is near.

        Raises:
            FactBaseError: There are too many; those found so far are told.
        """
        nearest: list[str] = []
        # The comparison takes the time of all letters by all words: what is no slip of a person gets none.
        if 0 < len(wrong) <= _LONGEST_WORD and self._hints < _MOST_HINTS:
            self._hints += 1
            nearest = difflib.get_close_matches(wrong, [word for word in right if len(word) <= _LONGEST_WORD], n=1)
        if len(self._found) >= _MOST:
            path = where.document.path
            raise FactBaseError([*self.located(), (path, None, f"has more than {_MOST} problems; these are the first")])
        self._found.append((where, what + (f' (did you mean "{printable(nearest[0])}"?)' if nearest else otherwise)))

    def located(self) -> list[Problem]:
        """Give each problem once, file by file, in the order of their lines."""
        files = [*dict.fromkeys(where.document.path for where, _ in self._found)]
        located = {(where.document.path, where.document.line(where.path), what) for where, what in self._found}
        return sorted(located, key=lambda problem: (files.index(problem[0]), *problem[1:]))
