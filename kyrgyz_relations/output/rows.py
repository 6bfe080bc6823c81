"""Rows of wrapped, styled text in columns of given widths.

Rich's own tables do this and much more, and take a quarter of a millisecond a row for it. A long list of facts would
be waited for, so this lays it out as Rich segments, in a tenth of the time.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from rich.cells import cell_len, chop_cells
from rich.segment import Segment
from rich.style import Style

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions

# A piece of text and its style.
Part = tuple[str, Style | None]

# Hangul Jamo are the first letters that take two columns (https://www.unicode.org/reports/tr11/); behind them, but of
# one column, come the marks that texts are full of.
_MAY_BE_WIDE = re.compile("[^\u0000-\u10ff–—‘’“”…€]")
_GAP = 1


class Rows:
    """Rows in columns, as a Rich renderable.

    Args:
        widths: The width of each column in terminal cells; between two there is a gap of one more.
        rows: The rows; each cell is the parts of its text.
    """

    def __init__(self, widths: Sequence[int], rows: Sequence[Sequence[Sequence[Part]]]) -> None:
        self._widths = widths
        self._rows = rows

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> Iterator[Segment]:
        """Give the segments of all rows (https://rich.readthedocs.io/en/stable/protocol.html)."""
        for row in self._rows:
            cells = [_lines(parts, width) for parts, width in zip(row, self._widths, strict=True)]
            for number in range(max(map(len, cells))):
                blank = 0
                for lines, width in zip(cells, self._widths, strict=True):
                    line, used = lines[number] if number < len(lines) else ((), 0)
                    if line and blank:
                        begin, *line = line
                        if begin.style is None:
                            # Each segment that is spared is time that is spared.
                            yield Segment(" " * blank + begin.text)
                        else:
                            yield Segment(" " * blank)
                            yield begin
                        blank = 0
                    yield from line
                    blank += width + _GAP - used
                yield Segment.line()


def _lines(parts: Sequence[Part], width: int) -> list[tuple[list[Segment], int]]:
    """Break a cell into lines; give the segments of each and their width."""
    plain = "".join([text for text, _ in parts])
    measure = len if plain.isascii() or not _MAY_BE_WIDE.search(plain) else cell_len
    if max(map(measure, plain.split()), default=0) >= width:
        parts = [(without_long_words(text, width), style) for text, style in parts]
        plain = "".join([text for text, _ in parts])
    fitted = fit(plain, width, measure)
    lines: list[list[Segment]] = [[]]
    start = 0
    for text, style in parts:
        # A break stands where a blank stood, so that the parts are as long as they were.
        first, *others = fitted[start : start + len(text)].split("\n")
        if first:
            lines[-1].append(Segment(first, style))
        lines += [[Segment(line, style)] if line else [] for line in others]
        start += len(text)
    return [*zip(lines, map(measure, fitted.split("\n")), strict=True)]


def fit(text: str, width: int, measure: Callable[[str], int] = cell_len) -> str:
    """Turn those blanks into line ends after which a word would not fit.

    Args:
        text: Words with single blanks between; the line ends in it stay.
        width: Of a line, in terminal cells.
        measure: Tells how many cells a word takes.

    Returns:
        A text of the same length; a word that is wider than a line has one of its own.
    """
    if measure is len:
        return "\n".join([_fit_letters(line, max(width, 1)) for line in text.split("\n")])
    pieces: list[str] = []
    for line in text.split("\n"):
        room = -1
        for word in line.split(" "):
            length = measure(word)
            fits = length < room
            pieces += (" " if fits else "\n", word)
            room = (room - 1 if fits else width) - length
    return "".join(pieces[1:])


def _fit_letters(line: str, width: int) -> str:
    """Do the same for a line in which each letter takes one cell, without looking at each word."""
    lines = []
    start = 0
    while len(line) - start > width:
        end = line.rfind(" ", start, start + width + 1)
        if end < 0:
            end = line.find(" ", start + width)
        if end < 0:
            break
        lines.append(line[start:end])
        start = end + 1
    return "\n".join([*lines, line[start:]])


def without_long_words(text: str, width: int) -> str:
    """Break words longer than a line; one cell is left for a comma that the next part may begin with.

    Args:
        text: The text.
        width: Of a line, in terminal cells.
    """
    room = max(width - 1, 1)
    return " ".join([word if cell_len(word) < width else "\n".join(chop_cells(word, room)) for word in text.split(" ")])
