"""The timeline: columns for how much happened when, bars for what lasted, a line for what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import zip_longest

from kyrgyz_relations import dates
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.language import counted, printable
from kyrgyz_relations.namedtuple import NamedTuple
from kyrgyz_relations.query import Query
from kyrgyz_relations.records import GROUPINGS
from kyrgyz_relations.views import Answer, Ask, Row, Search, headings, made, ui

_LOWEST, _HEIGHT = 3, 8
_WIDEST_COLUMN = 6
# Up to so many years each has its months.
_MONTHLY = 2
# How many years a column may stand for.
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_MOST_BARS, _MOST_PERIODS = 12, 200
_SEVERAL = ""
_SPLITS = {"theme": "main theme", "partner": "partner"}
# A longer one is broken where people would.
_LONGEST_DATE = 14


def answer(ask: Ask) -> Answer:
    """Print the facts found along a time axis, or count them by what --by says."""
    base, query, by = ask.base, ask.query, ask.request.by
    if by is not None and by not in GROUPINGS:
        raise RelationsError(f'--by is one of {", ".join(GROUPINGS)}, not "{printable(by)}"')
    rows = base.facts(query, with_sources=ask.output.with_sources, forward=True)

    def nothing() -> str:
        count = base.count(query)
        return f"of {counted(count, 'fact')} it is not known when they began" if count else ""

    if by:
        split = by if by in _SPLITS else ""
        periods = _counted(rows, "year" if split else by, split)
        draw = partial(_counts, base.names(by)) if split else _periods
        return made(ask, "count", periods, draw, chart=True, nothing=nothing)
    facts = made(ask, "fact", rows, partial(_drawn, ask), nothing=nothing)
    if facts.draw is None:
        return facts
    return facts._replace(chart=partial(_drawn, ask, [*facts.rows], facts.title, events=False))


def _counted(rows: Iterable[Row], unit: str, split: str) -> list[Row]:
    """Count facts by the year or decade in which they began, and by the keys of a split ("theme", "partner")."""
    counts = Counter(
        (key, period)
        for row in rows
        for key in (row[f"{split}s"] if split else [""])
        if (period := dates.period_of(row["date"], unit))
    )
    return [{"key": key or None, "period": period, "facts": facts} for (key, period), facts in sorted(counts.items())]


def _span(query: Query) -> tuple[str, str]:
    """Give the days that were asked for: each clause narrows, and what it says of several times widens."""
    times = [[term.span for term in clause if term.span] for clause in query.filters]
    whole = [spans for spans, clause in zip(times, query.filters, strict=True) if len(spans) == len(clause)]
    first = max((min(spans)[0] for spans in whole), default=dates.PAST)
    return first, min((max(last for _, last in spans) for spans in whole), default=dates.FUTURE)


class _Axis(NamedTuple):
    """The time axis: so many columns of a width, each of so many months, from a first month."""

    first: int
    step: int
    steps: int
    width: int
    monthly: bool

    def place(self, day: str) -> int:
        """Give the column of a day, which may be before the first or behind the last."""
        return (_month(day) - self.first) // self.step

    def labels(self) -> list[str]:
        """Write under each column its year, or its month."""
        months = [self.first + number * self.step for number in range(self.steps)]
        return [f"{month // 12}-{month % 12 + 1:02}" if self.monthly else str(month // 12) for month in months]


def _axis(days: Sequence[str], span: tuple[str, str], room: int, *, months: bool) -> _Axis:
    """Lay out an axis for days within the span that was asked for, on so many cells; if `months` are known, by them."""
    first = max(_month(min(days)[:4] + "-01"), _month(span[0]))
    last = max(min(_month(max(days)[:4] + "-12"), _month(span[1])), first)
    years = last // 12 - first // 12 + 1
    monthly = years <= _MONTHLY and months
    step = 1 if monthly else 12 * next(step for step in _STEPS if -(-years // step) <= room or step == _STEPS[-1])
    first = first if monthly else first - first % 12
    count = -(-(last - first + 1) // step)
    return _Axis(first, step, count, max(min(room // count, _WIDEST_COLUMN), 1), monthly)


def _month(day: str) -> int:
    """Number the months, from January of the year 0."""
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def _drawn(
    ask: Ask, rows: Sequence[Row], title: Sequence[str], canvas: ui.Canvas, *, events: bool = True
) -> ui.RenderableType:
    count = f"{counted(len(rows), 'fact')}, by when they began"
    columns = _columns(ask, rows, min(canvas.width, 160))
    below = _events(rows, canvas.measure) if events else ()
    return ui.Group(ui.title(title or ("All facts",), count), ui.Text(), *columns, *below)


def _columns(ask: Ask, rows: Sequence[Row], width: int) -> list[ui.RenderableType]:
    kinds = {term.kind for clause in ask.query.clauses for term in clause}
    split = "partner" if "theme" in kinds and not kinds & {"partner", "group"} else "theme"
    spans = [dates.bounds(row["date"]) for row in rows]
    starts = [first for first, _ in spans if first != dates.PAST]
    if not starts:
        return []
    days = [*starts, *(last for _, last in spans if last != dates.FUTURE)]
    months = any(dates.period_of(row["date"], "month") for row in rows)
    axis = _axis(days, _span(ask.query), width - len(str(len(rows))) - 1, months=months)
    stacks: list[Counter[str]] = [Counter() for _ in range(axis.steps)]
    for row, (first, _) in zip(rows, spans, strict=True):
        known = first != dates.PAST and dates.period_of(row["date"], "month" if axis.monthly else "year")
        place = axis.place(first) if known else -1
        if 0 <= place < axis.steps:
            # The first theme is the main one; of several partners none is.
            keys = row[f"{split}s"]
            stacks[place][keys[0] if split == "theme" or len(keys) == 1 else _SEVERAL] += 1
    counts: Counter[str] = sum(stacks, Counter())
    colors = ui.palette(counts)
    most = max(stack.total() for stack in stacks)
    indent = len(str(most)) + 1
    bars = _bars(ask.base, rows, axis, indent, width)
    if not counts:
        return [*bars, ui.Text()]
    rest = len(rows) - counts.total()
    why = "they began earlier, or are dated less precisely" if axis.monthly else "they began earlier"
    names = {**headings.names(ask.base), _SEVERAL: "several together"}
    return [
        *ui.columns(stacks, colors, min(max(most, _LOWEST), _HEIGHT), axis.width),
        ui.axis(axis.labels(), axis.width, indent, width - indent),
        *bars,
        ui.legend(counts, colors, names, f"By {_SPLITS[split]}:"),
        *([ui.Text(f"and {rest} not in the columns: {why}", ui.QUIET)] if rest else []),
        ui.Text(),
    ]


def _bars(base: Search, rows: Sequence[Row], axis: _Axis, indent: int, width: int) -> list[ui.Text]:
    """Draw what lasted for more than a year under the axis, the longest ones."""
    # A membership lasts since the fact with which it began.
    joins = "JOIN partners ON partners.since = id"
    joined = base.tally("id, name", Query(), "AND facts.kind = 'membership'", joins=joins)
    members = {row["id"]: row["name"] for row in joined}
    lasting = []
    for row in rows:
        first, last = dates.bounds(row["date"])
        last = dates.FUTURE if row["id"] in members else last
        # A statistic over several years is a measurement, not a duration.
        if row["kind"] != "statistic" and _month(last) - _month(first) > 12 and _month(last) >= axis.first:  # a year
            lasting.append((first, last, members.get(row["id"]) or row["text"]))
    shown = sorted(lasting, key=lambda one: int(one[0][:4]) - int(one[1][:4]))[:_MOST_BARS]
    end = axis.steps * axis.width
    lines = []
    for first, last, label in sorted(shown):
        start = min(max(axis.place(first) * axis.width, 0), end - 1)
        stop = end if last == dates.FUTURE else min((axis.place(last) + 1) * axis.width, end)
        bar = "━" * max(stop - start - 1, 1) + ("▶" if last == dates.FUTURE else "━")
        line = ui.Text(" " * (indent + start)).append(bar, ui.KEY)
        behind, before = width - indent - start - len(bar) - 1, start - 1
        if behind >= min(max(before, 12), len(label)):  # a shorter label says little
            lines.append(line.append(f" {ui.cut(label, behind)}", ui.QUIET))
        elif before >= 12:  # as above
            lines.append(
                ui.Text(" " * indent).append(f"{ui.cut(label, before):>{before}} ", ui.QUIET).append(bar, ui.KEY)
            )
        else:
            lines += [ui.Text(" " * indent).append(ui.cut(label, width - indent), ui.QUIET), line]
    if len(lasting) > len(shown):
        lines.append(ui.Text(f"{' ' * indent}and {len(lasting) - len(shown)} that lasted less", ui.QUIET))
    return lines


def _events(rows: Sequence[Row], width: int) -> list[ui.Text]:
    """Hang the facts on a line, the oldest first."""
    days = [ui.in_lines(dates.for_people(row["date"], short=True), _LONGEST_DATE).split("\n") for row in rows]
    date_width = max(len(line) for date in days for line in date)
    lines = []
    for row, date in zip(rows, days, strict=True):
        room = width - date_width - 3
        texts = ui.fit(ui.without_long_words(row["text"], room), room).split("\n")
        for number, (day, text) in enumerate(zip_longest(date, texts, fillvalue="")):
            mark = ("┃" if "/" in row["date"] else "●") if number == 0 else "│"
            line = ui.Text().append(f"{day:>{date_width}} ", ui.DATE).append(mark, ui.KEY if number == 0 else ui.QUIET)
            lines.append(line.append(f" {text}"))
    return lines


def _periods(rows: Sequence[Row], title: Sequence[str], canvas: ui.Canvas) -> ui.RenderableType:
    """Draw a bar for each period; for those without facts, too, if they are not too many."""
    facts = {row["period"]: row["facts"] for row in rows}
    tens = rows[0]["period"].endswith("s")
    span = range(int(rows[0]["period"][:4]), int(rows[-1]["period"][:4]) + 1, 10 if tens else 1)
    periods = [f"{year:04}s" if tens else f"{year:04}" for year in span] if len(span) <= _MOST_PERIODS else [*facts]
    table = ui.bar_table([(period, facts.get(period, 0), "") for period in periods], canvas.measure)
    return ui.Group(ui.title(title or ("All facts",), "facts by when they began"), table)


def _counts(
    names: Mapping[str, str], rows: Sequence[Row], title: Sequence[str], canvas: ui.Canvas
) -> ui.RenderableType:
    """Draw a line of columns, one a period, for each key."""
    width = canvas.measure
    name_width = min(max(ui.cell_len(names[row["key"]]) for row in rows), width // 3)
    first, last = (int(pick(row["period"] for row in rows)) for pick in (min, max))
    room = max(width - name_width - 12, 8)
    step = -(-(last - first + 1) // room)
    wide = max(room // (last - first + 1), 1)
    by_key: dict[str, Counter[int]] = {}
    for row in rows:
        by_key.setdefault(row["key"], Counter())[(int(row["period"]) - first) // step] += row["facts"]
    most = max(max(counts.values()) for counts in by_key.values())
    places = range((last - first) // step + 1)
    labels = ui.axis([str(first + place * step) for place in places], wide, 0, wide * len(places))
    table = ui.open_table("", ui.Column("Facts", justify="right"), ui.Column(labels.plain, no_wrap=True))
    for key, counts in sorted(by_key.items(), key=lambda item: (-item[1].total(), item[0])):
        line = ui.sparkline([counts[place] for place in places], most, wide)
        table.add_row(ui.Text(ui.cut(names[key], name_width)), str(counts.total()), ui.Text(line, ui.DATE))
    return ui.Group(ui.title(title or ("All facts",), "facts by when they began"), table)
