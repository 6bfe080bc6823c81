"""Bars and columns of block letters, readable without colour.

The terminal plotting libraries (plotext, plotille) choose their own colours and widths, know neither NO_COLOR nor the
encoding of the terminal, and plotext takes twice Rich's time to load; what the views need of them is this.
"""

from collections.abc import Mapping, Sequence

from rich.columns import Columns
from rich.style import Style
from rich.text import Text

from kyrgyz_relations.output.screen import QUIET

_COLORS = ("cyan", "green", "yellow", "magenta", "blue", "red")
OTHERS = Style(color="white", dim=True)
# From nothing to a whole letter in eighths, upwards and to the right.
UP, _RIGHT = " ▁▂▃▄▅▆▇█", " ▏▎▍▌▋▊▉█"


def palette(counts: Mapping[str, int]) -> dict[str, Style]:
    """Give colours to those keys that count most; the others share one.

    Args:
        counts: How much there is of each key.

    Returns:
        The colours of those keys, the greatest first; a key without one is drawn in `OTHERS`.
    """
    keys = sorted(counts, key=lambda key: (-counts[key], key))
    return {key: Style(color=color) for key, color in zip(keys, _COLORS, strict=False)}


def bar(value: float, most: float, width: int) -> str:
    """Draw a value as a bar to the right, in eighths of a letter; what is more than nothing is seen.

    Args:
        value: The value.
        most: The value of a whole bar.
        width: Of a whole bar, in letters.
    """
    eighths = max(round(value / most * width * 8), 1) if value > 0 and most > 0 else 0
    whole, rest = divmod(min(eighths, width * 8), 8)
    return _RIGHT[8] * whole + (_RIGHT[rest] if rest else "")


def columns(stacks: Sequence[Mapping[str, int]], colors: Mapping[str, Style], height: int, width: int) -> list[Text]:
    """Draw columns, each of which may be stacked of several colours.

    Args:
        stacks: For each column how much of what it is made of.
        colors: The colour of each of those; those without share one.
        height: Of the highest column, in lines.
        width: Of each column with the gap behind it, in letters.

    Returns:
        The lines from top to bottom, each begun by the mark of an axis.
    """
    most = max((sum(stack.values()) for stack in stacks), default=0) or 1
    label = len(str(most))
    wide = max(width - 1, 1)
    lines = []
    for line in range(height - 1, -1, -1):
        mark = str(most) if line == height - 1 else "0" if line == 0 else ""
        text = Text().append(f"{mark:>{label}} ", QUIET)
        for stack in stacks:
            eighths = sum(stack.values()) / most * height * 8 - line * 8
            part = min(max(round(eighths), 1 if line == 0 and eighths > 0 else 0), 8)
            middle = (line + part / 16) / height * most
            text.append(UP[part] * wide + " " * (width - wide), _at(stack, middle, colors))
        lines.append(text)
    return lines


def _at(stack: Mapping[str, int], level: float, colors: Mapping[str, Style]) -> Style:
    """Give the colour that a stack has at a level."""
    order = [*colors, *(key for key in stack if key not in colors)]
    for key in order:
        level -= stack.get(key, 0)
        if level < 0:
            return colors.get(key, OTHERS)
    return OTHERS


def axis(labels: Sequence[str], width: int, indent: int, room: int) -> Text:
    """Write labels under columns, as many as have room.

    Args:
        labels: For each column its label.
        width: Of each column, in letters.
        indent: Of the first column.
        room: What there is for all of them, in letters.
    """
    every = -(-(max(map(len, labels), default=0) + 1) // width)
    shown = [label for number, label in enumerate(labels[::every]) if number * every * width + len(label) <= room]
    return Text(" " * indent + "".join(label.ljust(width * every) for label in shown).rstrip(), QUIET)


def legend(counts: Mapping[str, int], colors: Mapping[str, Style], names: Mapping[str, str], head: str) -> Columns:
    """Name what the colours mean, with how much there is of each.

    Args:
        counts: How much there is of each key.
        colors: The colour of each key, as `palette` gives it.
        names: What the keys are called.
        head: What stands before them.
    """
    items = [(names[key], counts[key], style) for key, style in colors.items()]
    others = sum(count for key, count in counts.items() if key not in colors)
    items += [("others", others, OTHERS)] if others else []
    marks = [Text().append("■ ", style).append(f"{name} {count}", QUIET) for name, count, style in items]
    return Columns([Text(head, QUIET), *marks], (0, 3))
