"""The views that people get instead of a table of the rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Column, Table
from rich.text import Text

from kyrgyz_relations import edtf
from kyrgyz_relations.output.chart import bar
from kyrgyz_relations.output.timeline import timeline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kyrgyz_relations.fields import Row

_HEAD, _QUIET, _KEY, _DATE = Style(bold=True), Style(dim=True), Style(color="green"), Style(color="cyan")
# Backgrounds from cold to hot, and the letters upon them; where there is no colour, the number tells.
_HEAT = [
    Style(bgcolor=f"color({back})", color=f"color({fore})")
    for back, fore in ((236, 250), (24, 255), (31, 255), (38, 16), (214, 16))
]
_STEPS = (1, 3, 8, 20, 50)
_QUALIFIERS = {"about": "~", "over": ">", "under": "<"}
# What a list of the coverage shows of dimensions that have no end.
_MOST_ROWS = 12
_FEWEST = 5
_LEAST_BAR = 8


def _time(rows: "list[Row]", context: "Row", width: int) -> RenderableType:
    if rows and "facts" in rows[0]:
        return _counts(rows, context, width)
    return timeline(rows, context, width)


def _counts(rows: "list[Row]", context: "Row", width: int) -> RenderableType:
    """Draw counts: a bar a period, or for each key a line of columns."""
    if rows[0]["key"] is None:
        facts = {row["period"]: row["facts"] for row in rows}
        tens = rows[0]["period"].endswith("s")
        years = range(int(rows[0]["period"][:4]), int(rows[-1]["period"][:4]) + 1, 10 if tens else 1)
        periods = [f"{year}s" if tens else str(year) for year in years]
        return _bar_table([(period, facts.get(period, 0), "") for period in periods], width)
    names = context["partners"] | context["themes"]
    name_width = min(max(len(names[row["key"]]) for row in rows), width // 3)
    first, last = (int(pick(row["period"] for row in rows)) for pick in (min, max))
    room = max(width - name_width - 12, _LEAST_BAR)
    step = -(-(last - first + 1) // room)
    wide = max(room // (last - first + 1), 1)
    counted: dict[str, Counter[int]] = {}
    for row in rows:
        counted.setdefault(row["key"], Counter())[(int(row["period"]) - first) // step] += row["facts"]
    most = max(max(counts.values()) for counts in counted.values())
    table = _table("", Column("Facts", justify="right"), Column(f"{first}–{last}", no_wrap=True))
    for key, counts in sorted(counted.items(), key=lambda item: (-item[1].total(), item[0])):
        places = range((last - first) // step + 1)
        line = "".join(" ▁▂▃▄▅▆▇█"[-(-counts[place] * 8 // most)] * wide for place in places)
        name = names[key] if len(names[key]) <= name_width else f"{names[key][: name_width - 1]}…"
        table.add_row(Text(name), str(counts.total()), Text(line, _DATE))
    return table


def _bar_table(rows: "Iterable[tuple[str, float, str]]", width: int) -> Table:
    """Draw a bar for each name and number, with a remark behind."""
    rows = [*rows]
    most = max((number for _, number, _ in rows), default=0)
    name_width = max((len(name) for name, _, _ in rows), default=0)
    remarks = max((len(remark) for _, _, remark in rows), default=0)
    room = max(width - min(name_width, width // 3) - len(f"{most:,}") - remarks - 8, _LEAST_BAR)
    table = Table.grid(
        Column(no_wrap=True), Column(justify="right"), Column(no_wrap=True), Column(), padding=(0, 2, 0, 0)
    )
    for name, number, remark in rows:
        cut = name if len(name) <= width // 3 else f"{name[: width // 3 - 1]}…"
        table.add_row(Text(cut), f"{number:,}", Text(bar(number, most, min(room, 60)), _DATE), Text(remark, _QUIET))
    return table


def _compare(rows: "list[Row]", context: "Row", width: int) -> RenderableType:
    """Put partners side by side, and below what they share."""
    narrow = max((width - 20) // len(rows) - 2, 8)
    heads = [Column(Text(row["name"], _HEAD), max_width=narrow, overflow="fold", ratio=1) for row in rows]
    table = Table(Column(style=_QUIET, max_width=20), *heads, box=None, padding=(0, 2, 0, 0), expand=False)
    for label, values in (
        ("Since", [_short(row["since"]) for row in rows]),
        ("Facts", [str(row["facts"]) for row in rows]),
        ("First", [_short(row["first"]) for row in rows]),
        ("Last", [_short(row["last"]) for row in rows]),
        ("Organizations", ["\n".join(row["organizations"]) for row in rows]),
    ):
        table.add_row(label, *map(Text, values))
    table.add_row()
    themes = sorted({theme for row in rows for theme in row["themes"]})
    for theme in sorted(themes, key=lambda theme: -sum(row["themes"].get(theme, 0) for row in rows)):
        table.add_row(
            Text(context["theme_names"][theme]), *(_hot(row["themes"].get(theme, 0), context) for row in rows)
        )
    both = Text("What they share", _HEAD)
    if context["organizations"]:
        both.append(f"\nMembers, as the subject is, of {', '.join(context['organizations'])}", Style(bold=False))
    shared = context["shared"]
    both.append(f"\n{len(shared)} fact{'s' * (len(shared) != 1)} about all of them", Style(bold=False, dim=True))
    listed = Table.grid(Column(style=_DATE, no_wrap=True), Column(overflow="fold"), padding=(0, 2, 0, 0))
    for row in shared[-_FEWEST:]:
        listed.add_row(edtf.for_people(row["date"], short=True), Text(row["text"]))
    return Group(table, Padding(both, (1, 0, 0, 0)), listed)


def _map(rows: "list[Row]", context: "Row", width: int) -> RenderableType:
    """Draw the matrix of partners and themes, those with most first."""
    themes = sorted({row["theme"] for row in rows})
    cells = {(row["partner"], row["theme"]): row["facts"] for row in rows}
    totals: dict[str, int] = {}
    for row in rows:
        totals[row["partner"]] = totals.get(row["partner"], 0) + row["facts"]
    wide = 4 if width >= 20 + 4 * len(themes) else 3
    name_width = max(min(width - wide * len(themes) - 1, 28), 12)
    fitting = max((width - name_width - 1) // wide, 1)
    lines = []
    for start in range(0, len(themes), fitting):
        block = themes[start : start + fitting]
        high = max(map(len, block))
        for line in range(high):
            letters = "".join(f"{theme.rjust(high)[line]:>{wide - 1}} " for theme in block)
            lines.append(Text(" " * (name_width + 1) + letters.rstrip(), _QUIET))
        for key in sorted(totals, key=lambda key: (-totals[key], key)):
            name = context["partners"][key]
            text = Text(name if len(name) <= name_width else f"{name[: name_width - 1]}…")
            text.append(" " * (name_width + 1 - len(text)))
            for theme in block:
                text.append_text(_hot(cells.get((key, theme), 0), context, wide))
            lines.append(text)
    return Group(*lines)


def _hot(number: int, context: "Row", width: int = 4) -> Text:
    if not number:
        return Text(".".rjust(width - 1) + " ", _QUIET)
    level = sum(number >= step for step in _STEPS) - 1
    # On a white page the lightest would be the coldest.
    heat = _HEAT[::-1] if context.get("on_white") else _HEAT
    return Text(f"{number:>{width - 1}} ", heat[level])


def _stats(rows: "list[Row]", context: "Row", width: int) -> RenderableType:
    """Draw what is covered, dimension by dimension, and say where it is thin."""
    by = {name: [*some] for name, some in groupby(rows, lambda row: row["by"])}
    names: Mapping[str, str] = context["partners"] | context["themes"]
    parts: list[RenderableType] = []
    for name, some in by.items():
        shown = some if name in ("year", "theme", "kind") else some[:_MOST_ROWS]
        bars = [
            (
                names.get(row["key"], row["key"]),
                row["facts"],
                f"{row['one_source']} on one source" * bool(row["one_source"]),
            )
            for row in shown
        ]
        rest = f", and {len(some) - len(shown)} more" if len(shown) < len(some) else ""
        parts += [
            Text(f"Facts by {name.replace('-', ' of ') if name != 'source-kind' else 'kind of source'}", _HEAD).append(
                rest, Style(bold=False, dim=True)
            )
        ]
        parts += [_bar_table(bars, width), Text()]
    return Group(*parts, _thin(by, context))


def _thin(by: "Mapping[str, list[Row]]", context: "Row") -> Text:
    text = Text("Where it is thin", _HEAD)
    for name, plural in (("year", "Years"), ("theme", "Themes")):
        fewest = sorted(by.get(name, ()), key=lambda row: (row["facts"], row["key"]))[:_FEWEST]
        text.append(f"\n{plural} with the fewest facts: ", _QUIET)
        text.append(", ".join(f"{row['key']} ({row['facts']})" for row in fewest), Style(bold=False))
    missing = context["about"]["partners"] - len(by.get("partner", ()))
    one = sum(row["one_source"] for row in by.get("kind", ()))
    total = sum(row["facts"] for row in by.get("kind", ()))
    text.append("\nPartners without a fact: ", _QUIET).append(str(missing), Style(bold=False))
    return text.append("\nFacts that rest on one source: ", _QUIET).append(f"{one} of {total}", Style(bold=False))


def _series(rows: "list[Row]", context: "Row", width: int) -> RenderableType:
    """List the series, or draw the figures of each."""
    del context
    if "figures" in rows[0]:
        table = _table(Column("Key", style=_KEY, overflow="fold"), "Name", Column("Figures", justify="right"), "Time")
        for row in rows:
            ends = row["first"][:4], row["last"].rpartition("/")[2][:4]
            time = "–".join(dict.fromkeys(ends))
            name = Text(row["name"]).append(f", {row['unit']}", _QUIET)
            table.add_row(row["key"], name, str(row["figures"]), time)
        return table
    parts: list[RenderableType] = []
    for _, some in groupby(rows, lambda row: row["series"]):
        figures = [*some]
        head = Text(figures[0]["name"], _HEAD).append(f"  {figures[0]['unit']}", Style(bold=False, dim=True))
        parts += [
            head,
            *([Text(figures[0]["summary"], _QUIET)] if figures[0]["summary"] else []),
            _figures(figures, width),
            Text(),
        ]
    return Group(*parts[:-1])


def _figures(rows: "list[Row]", width: int) -> Table:
    most = max((row["value"] for row in rows), default=0)
    dates = [edtf.for_people(row["date"], short=True) for row in rows]
    values = [f"{_QUALIFIERS.get(row['qualifier'], '')}{row['value']:,}" for row in rows]
    publishers = [row["sources"][0]["publisher"] for row in rows]
    source_width = min(max(map(len, publishers)), max(width // 4, 12))
    room = max(width - max(map(len, dates)) - max(map(len, values)) - source_width - 8, _LEAST_BAR)
    table = Table.grid(
        Column(style=_DATE, no_wrap=True), Column(justify="right", no_wrap=True), Column(no_wrap=True),
        Column(no_wrap=True, max_width=source_width, overflow="ellipsis"), padding=(0, 2, 0, 0),
    )  # fmt: skip
    for row, date, value in zip(rows, dates, values, strict=True):
        # A part of a year is not to be taken for a year.
        partial = "-" in row["date"] and "/" in row["date"]
        source = Text().append(row["sources"][0]["publisher"], Style(dim=True, link=row["url"]))
        table.add_row(date, value, Text(bar(row["value"], most, min(room, 60)), _QUIET if partial else _KEY), source)
    return table


def _short(date: str | None) -> str:
    return edtf.for_people(date, short=True).removeprefix("since ") if date else ""


def _table(*columns: Column | str) -> Table:
    return Table(*columns, box=None, padding=(0, 2, 0, 0), header_style=_QUIET)


VIEWS: dict[str, Callable[["list[Row]", "Row", int], RenderableType]] = {
    "timeline": _time,
    "compare": _compare,
    "map": _map,
    "stats": _stats,
    "series": _series,
}
