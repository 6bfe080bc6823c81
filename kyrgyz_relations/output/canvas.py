"""All that draws on a terminal: styles, tables, bars, columns and the list of facts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.columns import Columns
from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.style import Style
from rich.table import Column, Table
from rich.text import Text

from kyrgyz_relations.dates import for_people
from kyrgyz_relations.records import flat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kyrgyz_relations.records import Row

# Views take what they draw with from here, when they draw.
__all__ = [
    "Column",
    "Columns",
    "Group",
    "Padding",
    "RenderableType",
    "Style",
    "Table",
    "Text",
    "cell_len",
    "set_cell_size",
]

# A piece of text and its style.
Part = tuple[str, Style | None]

DATE, HEAD, QUIET, KEY = Style(color="cyan"), Style(bold=True, dim=False), Style(dim=True), Style(color="green")
NOT_BOLD, MATCH = Style(bold=False), Style(bold=True, underline=True)
# How much: the terminal's own colours, from dim to reversed, which read on light and on dark; the number tells, too.
HEAT = {
    1: QUIET, 3: Style(), 8: Style(color="cyan"), 20: Style(color="cyan", bold=True),
    50: Style(color="cyan", bold=True, underline=True),
}  # fmt: skip
_COLORS = ("cyan", "green", "yellow", "magenta", "blue", "red")
OTHERS = Style(dim=True)
# What tells them apart where there is no colour.
_FILLS = dict(zip(_COLORS, "█▓▒░▚▞", strict=True))
# From nothing to a whole letter in eighths, upwards and to the right.
UP, _RIGHT = " ▁▂▃▄▅▆▇█", " ▏▎▍▌▋▊▉█"
# Longer lines are hard to read.
WIDEST = 100
_DATE_WIDTH, _GAP = 13, 1
# Hangul Jamo are the first letters that take two columns (https://www.unicode.org/reports/tr11/); behind them, but of
# one column, come the marks that texts are full of.
_MAY_BE_WIDE = re.compile("[^\u0000-\u10ff–—‘’“”…€]")


class Canvas(NamedTuple):
    """What is drawn on: so many columns, where links can be clicked or not."""

    width: int
    linked: bool = False

    @property
    def measure(self) -> int:
        """The width of running text."""
        return min(self.width, WIDEST)


class Lines(NamedTuple):
    """Rows of wrapped, styled text in columns of given widths, as a Rich renderable, in less than half the time."""

    widths: Sequence[int]
    rows: Iterable[Sequence[Sequence[Part]]]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        """Give the segments of all rows (https://rich.readthedocs.io/en/stable/protocol.html)."""
        for row in self.rows:
            cells = [_lines(parts, width) for parts, width in zip(row, self.widths, strict=True)]
            for line in zip_longest(*cells, fillvalue=([], 0)):
                blank = 0
                for (segments, used), width in zip(line, self.widths, strict=True):
                    if segments and blank:
                        yield Segment(" " * blank)
                        blank = 0
                    yield from segments
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
    """Turn the blanks into line ends after which a word would not fit; a word wider than a line has one of its own."""
    pieces: list[str] = []
    for line in text.split("\n"):
        room = -1
        for word in line.split(" "):
            length = measure(word)
            fits = length < room
            pieces += (" " if fits else "\n", word)
            room = (room - 1 if fits else width) - length
    return "".join(pieces[1:])


def without_long_words(text: str, width: int) -> str:
    """Break words longer than a line; one cell is left for a comma that the next part may begin with."""
    room = max(width - 1, 1)
    return " ".join([word if cell_len(word) < width else "\n".join(chop_cells(word, room)) for word in text.split(" ")])


def fact_list(
    rows: Sequence[Row], canvas: Canvas, names: Mapping[str, str], understood: frozenset[str], marks: Sequence[str] = ()
) -> Lines:
    """List facts, under each text a line of partners, themes, publishers and id; what is understood is left out."""

    def cells(row: Row) -> list[list[Part]]:
        tags = "".join(f"{names[key]} · " for key in (*row["partners"], *row["themes"]) if key not in understood)
        parts = [*marked(row["text"], marks), (f"\n{tags}", QUIET)]
        # The same publisher once, with its first page.
        publishers = {source["publisher"]: source["url"] for source in reversed(row["sources"])}
        for number, (publisher, url) in enumerate(reversed(publishers.items())):
            linked = Style(dim=True, link=url) if canvas.linked else QUIET
            parts += [(", " * bool(number), QUIET), (publisher, linked)]
        parts += [(" · ", QUIET), (row["id"], Style(dim=True, color="green"))]
        return [[(in_lines(for_people(row["date"], short=True), _DATE_WIDTH), DATE)], parts]

    return Lines((_DATE_WIDTH, canvas.measure - _DATE_WIDTH - _GAP), map(cells, rows))


def marked(text: str, marks: Sequence[str]) -> list[Part]:
    """Part a text so that words stand out that begin as one of some folded words."""
    if not marks:
        return [(text, None)]
    pattern = rf"\b((?:{'|'.join(map(re.escape, marks))})[\w’'-]*)"
    # What a group holds stands at every second place.
    pieces = re.split(pattern, text, flags=re.IGNORECASE)
    return [(piece, MATCH if number % 2 else None) for number, piece in enumerate(pieces)]


def in_lines(date: str, width: int) -> str:
    """Break a date that is too long for its column where people would."""
    return date if len(date) <= width else date.replace(" – ", " –\n").replace("since ", "since\n")


def open_table(*columns: Column | str, heads: bool = True) -> Table:
    """Make a table without lines, two blanks between its columns."""
    return Table(*columns, box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style=QUIET, show_header=heads)


def field_table(fields: Sequence[str], rows: Iterable[Row]) -> Table | Group:
    """Show just some fields of records, as they are; addresses in one piece, so that they can be copied."""
    if not {"url", "sources"}.isdisjoint(fields):
        lines = ["  ".join(fields), *("  ".join(flat(row[field]) for field in fields) for row in rows)]
        return Group(*(Text(line, no_wrap=True, overflow="ignore") for line in lines))
    table = open_table(*(Column(field, overflow="fold") for field in fields))
    for row in rows:
        table.add_row(*(Text(flat(row[field])) for field in fields))
    return table


def title(parts: Sequence[str], remark: str = "") -> Text:
    """Write what was asked for, and a remark behind it."""
    text = Text(" · ").join(Text(part, HEAD) for part in parts)
    return text.append(f"  {remark}" if remark else "", QUIET)


def address(url: str, indent: int) -> Text:
    """Write an address in one piece, however long, so that it can be copied."""
    return Text(" " * indent + url, QUIET, no_wrap=True, overflow="ignore")


def begun(date: str | None) -> str:
    """Write the EDTF date on which something began, or "" where it is not known."""
    return for_people(date, short=True).removeprefix("since ") if date else ""


def years(first: str | None, last: str | None) -> str:
    """Write from which year to which something goes, or "" where that is not known."""
    return "–".join(dict.fromkeys(date.strip("./")[:4] for date in (first, last) if date))


def cut(name: str, width: int) -> str:
    """Shorten a name that takes more cells than there are, and say so by an ellipsis."""
    return name if cell_len(name) <= width else f"{set_cell_size(name, width - 1).rstrip()}…"


def heat(number: int, width: int = 4) -> Text:
    """Write a number in a style that says how much it is."""
    if not number:
        return Text(".".rjust(width - 1) + " ", QUIET)
    return Text(f"{number:>{width - 1}}", HEAT[max(step for step in HEAT if step <= number)]).append(" ", Style())


def bar(value: float, most: float, width: int) -> str:
    """Draw a value as a bar to the right, in eighths of a letter; what is more than nothing is seen."""
    eighths = max(round(value / most * width * 8), 1) if value > 0 and most > 0 else 0
    whole, rest = divmod(min(eighths, width * 8), 8)
    return _RIGHT[8] * whole + (_RIGHT[rest] if rest else "")


def bar_table(rows: Iterable[tuple[str, float, str]], width: int) -> Table:
    """Draw a bar for each name and number, with a remark behind."""
    rows = [*rows]
    most = max((number for _, number, _ in rows), default=0)
    name_width = max((cell_len(name) for name, _, _ in rows), default=0)
    remarks = max((len(remark) for _, _, remark in rows), default=0)
    room = max(width - min(name_width, width // 3) - len(f"{most:,}") - remarks - 8, 8)
    table = open_table(Column(no_wrap=True), Column(justify="right"), Column(no_wrap=True), Column(), heads=False)
    for name, number, remark in rows:
        drawn = bar(number, most, min(room, 60))
        table.add_row(Text(cut(name, width // 3)), f"{number:,}", Text(drawn, DATE), Text(remark, QUIET))
    return table


def sparkline(values: Sequence[int], most: int, wide: int = 1) -> str:
    """Draw values as columns one letter high; what is more than nothing is seen."""
    return "".join(UP[-(-value * 8 // most) if most else 0] * wide for value in values)


def palette(counts: Mapping[str, int]) -> dict[str, Style]:
    """Give colours to the keys that count most, the greatest first; the others share `OTHERS`."""
    keys = sorted(counts, key=lambda key: (-counts[key], key))
    return {key: Style(color=color) for key, color in zip(keys, _COLORS, strict=False)}


def columns(stacks: Sequence[Mapping[str, int]], colors: Mapping[str, Style], height: int, width: int) -> list[Text]:
    """Draw columns stacked of several colours, with the gap behind each, as lines from top to bottom behind an axis."""
    totals = [sum(stack.values()) for stack in stacks]
    most = max(totals, default=0) or 1
    wide = max(width - 1, 1)
    marks = {0: "0", height - 1: str(most)}
    lines = []
    for line in range(height - 1, -1, -1):
        text = Text().append(f"{marks.get(line, ''):>{len(str(most))}} ", QUIET)
        for stack, total in zip(stacks, totals, strict=True):
            eighths = total / most * height * 8 - line * 8
            part = min(max(round(eighths), 1 if line == 0 and eighths > 0 else 0), 8)
            # The colour in the middle of the part; those without one come last.
            level = (line + part / 16) / height * most
            color = OTHERS
            for key, style in colors.items():
                level -= stack.get(key, 0)
                if level < 0:
                    color = style
                    break
            text.append((UP[part] if part < len(UP) - 1 else _fill(color)) * wide + " " * (width - wide), color)
        lines.append(text)
    return lines


def _fill(style: Style) -> str:
    return _FILLS[style.color.name] if style.color else "▪"


def axis(labels: Sequence[str], width: int, indent: int, room: int) -> Text:
    """Write labels under columns of a width, as many as have room."""
    every = -(-(max(map(len, labels), default=0) + 1) // width)
    shown = [label for number, label in enumerate(labels[::every]) if number * every * width + len(label) <= room]
    return Text(" " * indent + "".join(label.ljust(width * every) for label in shown).rstrip(), QUIET)


def legend(counts: Mapping[str, int], colors: Mapping[str, Style], names: Mapping[str, str], head: str) -> Columns:
    """Name what the colours and fills mean, from bottom to top, with how much there is of each."""
    items = [(names[key], counts[key], style) for key, style in colors.items()]
    others = sum(count for key, count in counts.items() if key not in colors)
    items += [("others", others, OTHERS)] if others else []
    marks = [Text().append(f"{_fill(style)} ", style).append(f"{name} {count}", QUIET) for name, count, style in items]
    return Columns([Text(head, QUIET), *marks], (0, 3))
