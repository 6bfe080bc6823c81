"""The timeline: columns for how much happened when, bars for what lasted, a line for what happened."""

from collections import Counter
from itertools import zip_longest

from rich.console import Group, RenderableType
from rich.text import Text

from kyrgyz_relations import edtf
from kyrgyz_relations.output.chart import axis, columns, legend, palette
from kyrgyz_relations.output.rows import fit, without_long_words
from kyrgyz_relations.output.screen import DATE, KEY, QUIET

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kyrgyz_relations.fields import Row

_LOWEST, _HEIGHT = 3, 8
_WIDEST_COLUMN = 6
# Up to so many years each has its months.
_MONTHLY = 2
# How many years a column may stand for.
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MOST_BARS = 12
_SEVERAL = ""
_SPLITS = {"theme": "main theme", "partner": "partner"}
# A longer one is broken where people would.
_LONGEST_DATE = 14


class _Axis:
    """The time axis: so many columns, each of some months.

    Args:
        days: The first and the last days of what is drawn, as YYYYMMDD.
        span: The days that were asked for.
        months: Whether the month of something is known.
        room: How many cells of the screen there are.
    """

    def __init__(self, days: "Sequence[int]", span: tuple[int, int], *, months: bool, room: int) -> None:
        first = max(min(days) // 10000 * 12, _month(span[0]))
        last = max(min(max(days) // 10000 * 12 + 11, _month(span[1])), first)
        years = last // 12 - first // 12 + 1
        self.monthly = years <= _MONTHLY and months
        step = next(step for step in _STEPS if -(-years // step) <= room or step == _STEPS[-1])
        self.step = 1 if self.monthly else step * 12
        self.first = first if self.monthly else first - first % 12
        self.count = -(-(last - self.first + 1) // self.step)
        self.width = max(min(room // self.count, _WIDEST_COLUMN), 1)
        self.labels = [self._label(self.first + number * self.step) for number in range(self.count)]

    def place(self, day: int) -> int:
        """Give the column of a day YYYYMMDD, which may be before the first or behind the last.

        Args:
            day: The day.

        Returns:
            The number of the column, from 0; below 0 or from `count` on where there is none.
        """
        return (_month(day) - self.first) // self.step

    def _label(self, month: int) -> str:
        return f"{month // 12}-{month % 12 + 1:02}" if self.monthly else str(month // 12)


def _month(day: int) -> int:
    """Number the months, from January of the year 0."""
    return day // 10000 * 12 + day // 100 % 100 - 1


def timeline(rows: "list[Row]", context: "Row", width: int) -> RenderableType:
    """Draw facts along a time axis.

    Args:
        rows: The facts.
        context: The names of "partners" and "themes", "split" for which of them colour the columns, "span" of the days
            that were asked for, "memberships" for the names of organizations by the ids of the facts from which the
            subject is a member, and "charts_only" where the facts are listed elsewhere.
        width: Of the screen.
    """
    chart = _chart(rows, context, width)
    return Group(*chart, *([] if context.get("charts_only") else _events(rows, width)))


def _chart(rows: "list[Row]", context: "Row", width: int) -> list[RenderableType]:
    split = context["split"]
    spans = [edtf.bounds(row["date"]) for row in rows]
    starts = [first for first, _ in spans if first != edtf.DISTANT_PAST]
    if not starts:
        return []
    days = [*starts, *(last for _, last in spans if last != edtf.DISTANT_FUTURE)]
    months = any(edtf.period_of(row["date"], "month") for row in rows)
    time = _Axis(days, context["span"], months=months, room=width - len(str(len(rows))) - 1)
    stacks: list[Counter[str]] = [Counter() for _ in range(time.count)]
    for row, (first, _) in zip(rows, spans, strict=True):
        place = time.place(first)
        if edtf.period_of(row["date"], "month" if time.monthly else "year") and 0 <= place < time.count:
            # The first theme is the main one; of several partners none is.
            keys = row[f"{split}s"]
            stacks[place][keys[0] if split == "theme" or len(keys) == 1 else _SEVERAL] += 1
    counts: Counter[str] = sum(stacks, Counter())
    colors = palette(counts)
    most = max(stack.total() for stack in stacks)
    drawn = columns(stacks, colors, min(max(most, _LOWEST), _HEIGHT), time.width)
    indent = len(str(most)) + 1
    rest = len(rows) - counts.total()
    why = "they began earlier, or are dated less precisely" if time.monthly else "they began earlier"
    return [
        *drawn,
        axis(time.labels, time.width, indent, width - indent),
        *_bars(rows, context["memberships"], time, indent, width),
        legend(counts, colors, context[f"{split}s"] | {_SEVERAL: "several together"}, f"By {_SPLITS[split]}:"),
        *([Text(f"and {rest} not in the columns: {why}", QUIET)] if rest else []),
        Text(),
    ]


def _bars(rows: "Sequence[Row]", members: "Mapping[str, str]", time: _Axis, indent: int, width: int) -> list[Text]:
    """Draw what lasted for more than a year under the axis, the longest ones."""
    lasting = []
    for row in rows:
        first, last = edtf.bounds(row["date"])
        if row["id"] in members:
            last = edtf.DISTANT_FUTURE
        # A figure for some years is no thing that lasted.
        if row["kind"] != "statistic" and last - first > 10000 and time.place(last) >= 0:
            lasting.append((first, last, members.get(row["id"]) or row["id"]))
    shown = sorted(lasting, key=lambda one: one[0] - one[1])[:_MOST_BARS]
    lines = []
    end = time.count * time.width
    for first, last, label in sorted(shown):
        start = min(max(time.place(first) * time.width, 0), end - 1)
        stop = end if last == edtf.DISTANT_FUTURE else min((time.place(last) + 1) * time.width, end)
        bar = "━" * max(stop - start - 1, 1) + ("▶" if last == edtf.DISTANT_FUTURE else "━")
        name = label[: width - 1]
        line = Text(" " * (indent + start)).append(bar, KEY)
        if indent + start + len(bar) + 1 + len(name) <= width:
            line.append(f" {name}", QUIET)
        elif len(name) < start:
            line = Text(" " * indent).append(f"{name:>{start - 1}} ", QUIET).append(bar, KEY)
        else:
            lines.append(Text(" " * min(indent + start, width - len(name))).append(name, QUIET))
        lines.append(line)
    if len(lasting) > len(shown):
        lines.append(Text(f"{' ' * indent}and {len(lasting) - len(shown)} that lasted less", QUIET))
    return lines


def _events(rows: "Sequence[Row]", width: int) -> list[Text]:
    """Hang the facts on a line, the oldest first."""
    dates = []
    for row in rows:
        date = edtf.for_people(row["date"], short=True)
        whole = len(date) <= _LONGEST_DATE
        dates.append((date if whole else date.replace(" – ", " –\n").replace("since ", "since\n")).split("\n"))
    date_width = max(len(line) for date in dates for line in date)
    lines = []
    for row, days in zip(rows, dates, strict=True):
        room = width - date_width - 3
        texts = fit(without_long_words(row["text"], room), room).split("\n")
        for number, (day, text) in enumerate(zip_longest(days, texts, fillvalue="")):
            mark = ("┃" if "/" in row["date"] else "●") if number == 0 else "│"
            line = Text().append(f"{day:>{date_width}} ", DATE).append(mark, KEY if number == 0 else QUIET)
            lines.append(line.append(f" {text}"))
    return lines
