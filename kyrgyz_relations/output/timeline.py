"""The timeline: columns for how much happened when, bars for what lasted, a line for what happened."""

from collections import Counter

from rich.console import Group, RenderableType
from rich.style import Style
from rich.text import Text

from kyrgyz_relations import edtf
from kyrgyz_relations.factbase.tally import period_of
from kyrgyz_relations.output.chart import axis, columns, legend, palette
from kyrgyz_relations.output.rows import fit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kyrgyz_relations.fields import Row

_DATE, _QUIET, _LASTING = Style(color="cyan"), Style(dim=True), Style(color="green")
_LOWEST, _HEIGHT = 3, 8
_WIDEST_COLUMN = 6
# Up to so many years each has its months.
_MONTHLY = 2
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MOST_BARS = 12
_DATE_WIDTH = 13


class _Axis:
    """The time axis: so many periods, each of some months."""

    def __init__(self, rows: "Sequence[Row]", span: tuple[int, int], room: int) -> None:
        years = [int(row["date"][:4]) for row in rows if row["date"][:4].isdigit()]
        ends = [edtf.bounds(row["date"])[1] // 10000 for row in rows]
        first = max(min(years, default=0), span[0] // 10000)
        last = max([year for year in (*years, *ends) if year <= span[1] // 10000 and year < 9999], default=first)
        self.monthly = last - first < _MONTHLY and any(period_of(row["date"], "month") for row in rows)
        count = last - first + 1
        step = next(step for step in _STEPS if -(-count // step) <= room or step == _STEPS[-1])
        self.first, self.step = first, 1 if self.monthly else step
        self.count = count * 12 if self.monthly else -(-count // step)
        self.width = max(min(room // self.count, _WIDEST_COLUMN), 1)
        self.labels = [self._label(number) for number in range(self.count)]

    def place(self, day: int) -> int | None:
        """Give the column of a day YYYYMMDD, which may be before the first or behind the last."""
        year, month = day // 10000 - self.first, day // 100 % 100 - 1
        return year * 12 + month if self.monthly else year // self.step

    def _label(self, number: int) -> str:
        if not self.monthly:
            return str(self.first + number * self.step)
        return f"{self.first + number // 12}-{number % 12 + 1:02}"


def timeline(rows: "list[Row]", context: "Row", width: int) -> RenderableType:
    """Draw facts along a time axis.

    Args:
        rows: The facts.
        context: The names of "partners" and "themes", "split" for which of them colour the columns, "span" of the days
            that were asked for, "memberships" for the names of organizations by the ids of the facts from which the
            subject is a member, and "charts_only" where the facts are listed elsewhere.
        width: Of the screen.
    """
    split, names = context["split"], context[f"{context['split']}s"]
    label = len(str(len(rows))) + 1
    time = _Axis(rows, context["span"], width - label)
    stacks: list[Counter[str]] = [Counter() for _ in range(time.count)]
    for row in rows:
        dated = period_of(row["date"], "month" if time.monthly else "year")
        place = time.place(edtf.bounds(row["date"])[0]) if dated else None
        if place is not None and 0 <= place < time.count:
            stacks[place][row[f"{split}s"][0]] += 1
    counts: Counter[str] = sum(stacks, Counter())
    colors = palette(counts)
    most = max((sum(stack.values()) for stack in stacks), default=0)
    drawn = columns(stacks, colors, min(max(most, _LOWEST), _HEIGHT), time.width)
    indent = len(str(most)) + 1
    parts: list[RenderableType] = [*drawn, axis(time.labels, time.width, indent)]
    parts += [*_bars(rows, context["memberships"], time, indent, width), legend(counts, colors, names), Text()]
    return Group(*parts, *([] if context.get("charts_only") else _events(rows, width)))


def _bars(rows: "Sequence[Row]", members: "Mapping[str, str]", time: _Axis, indent: int, width: int) -> list[Text]:
    """Draw what lasted for more than a year under the axis, the longest ones."""
    lasting = []
    for row in rows:
        first, last = edtf.bounds(row["date"])
        if row["id"] in members:
            last = edtf.DISTANT_FUTURE
        # A figure for some years is no thing that lasted.
        if row["kind"] != "statistic" and last - first > 10000 and last // 10000 >= time.first:
            lasting.append((first, last, members.get(row["id"]) or row["id"]))
    shown = sorted(lasting, key=lambda one: one[0] - one[1])[:_MOST_BARS]
    lines = []
    end = time.count * time.width
    for first, last, label in sorted(shown):
        start = min(max((time.place(first) or 0) * time.width, 0), end - 1)
        stop = end if last == edtf.DISTANT_FUTURE else min(((time.place(last) or 0) + 1) * time.width, end)
        bar = "━" * max(stop - start - 1, 1) + ("▶" if last == edtf.DISTANT_FUTURE else "━")
        name = label[: width - 1]
        line = Text(" " * (indent + start)).append(bar, _LASTING)
        if indent + start + len(bar) + 1 + len(name) <= width:
            line.append(f" {name}", _QUIET)
        elif len(name) < start:
            line = Text(" " * indent).append(f"{name:>{start - 1}} ", _QUIET).append(bar, _LASTING)
        else:
            lines.append(Text(" " * min(indent + start, width - len(name))).append(name, _QUIET))
        lines.append(line)
    if len(lasting) > len(shown):
        lines.append(Text(f"{' ' * indent}and {len(lasting) - len(shown)} that lasted less", _QUIET))
    return lines


def _events(rows: "Sequence[Row]", width: int) -> list[Text]:
    """Hang the facts on a line, the oldest first."""
    lines = []
    for row in rows:
        dates = edtf.for_people(row["date"], short=True)
        if len(dates) >= _DATE_WIDTH:
            dates = dates.replace(" – ", " –\n").replace("since ", "since\n")
        date_lines = dates.split("\n")
        texts = fit(row["text"], width - _DATE_WIDTH - 3).split("\n")
        texts += [""] * (len(date_lines) - len(texts))
        for number, text in enumerate(texts):
            date = date_lines[number] if number < len(date_lines) else ""
            mark = ("┃" if "/" in row["date"] else "●") if number == 0 else "│"
            line = Text().append(f"{date:>{_DATE_WIDTH}} ", _DATE).append(mark, _LASTING if number == 0 else _QUIET)
            lines.append(line.append(f" {text}"))
    return lines
