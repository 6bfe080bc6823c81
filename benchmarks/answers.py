"""How often a right answer comes first: `python -m benchmarks.answers [-v] FILE…`.

Each file has questions as `tests/data/questions.tsv` has them. Prints for each language how many there are, and for how
many a right answer is the first row, is in the first three and in the first ten; and the same for two halves by a hash
of the question, so that what is tuned on one half can be held against the other. With -v also each question whose
answer is not in the first three.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from kyrgyz_relations import FactBase, open_factbase

DEPTHS = (1, 3, 10)
LANGUAGES = ("en", "ru", "ky")


class Question(NamedTuple):
    """A question as it is typed, and what a right answer looks like."""

    words: str
    # The beginnings that its date may have.
    dates: tuple[str, ...]
    # What its text must match.
    pattern: str
    language: str

    @property
    def half(self) -> str:
        """Which half of the questions it belongs to."""
        return ("tuned", "held out")[crc32(self.words.encode()) % 2]

    def place(self, base: FactBase) -> int:
        """Give the place of the first right answer, from 1, or 0 if there is none."""
        for place, fact in enumerate(base.find(*self.words.split()), start=1):
            if fact.date.startswith(self.dates) and re.search(self.pattern, fact.text, re.IGNORECASE):
                return place
        return 0


def questions(path: Path) -> list[Question]:
    """Read a file of questions; what its base does not answer, by a sixth column, is left out."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        words, dates, pattern, language, _, *rest = line.split("\t") if not line.startswith("#") else [""] * 5
        if words and (rest or ["answerable"])[0] == "answerable":
            found.append(Question(words, ("",) if dates == "-" else tuple(dates.split("|")), pattern, language))
    return found


def main(paths: list[str], *, verbose: bool) -> None:
    """Print the tables."""
    base = open_factbase()
    for path in paths:
        places: dict[tuple[str, str], list[int]] = defaultdict(list)
        for question in questions(Path(path)):
            place = question.place(base)
            for language in (question.language, "all"):
                for half in (question.half, "both"):
                    places[half, language].append(place)
            if verbose and not 0 < place <= DEPTHS[1]:
                print(f"{place or '-':>3}  {question.words}")
        print(f"\n{path}\n\n{'':20}questions   first   in three   in ten")
        for half in ("both", "tuned", "held out"):
            for language in (*LANGUAGES, "all"):
                ranks = places[half, language]
                if ranks:
                    shares = [sum(0 < rank <= depth for rank in ranks) / len(ranks) for depth in DEPTHS]
                    print("{:20}{:9}{:8.0%}{:11.0%}{:9.0%}".format(f"{half}, {language}", len(ranks), *shares))


if __name__ == "__main__":
    main([argument for argument in sys.argv[1:] if argument != "-v"], verbose="-v" in sys.argv)
