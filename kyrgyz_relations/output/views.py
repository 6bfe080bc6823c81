"""The views that people get instead of a table of the rows."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from rich.cells import cell_len, set_cell_size
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Column, Table
from rich.text import Text

from kyrgyz_relations import edtf
from kyrgyz_relations.fields import plain
from kyrgyz_relations.output.chart import UP, bar
from kyrgyz_relations.output.screen import DATE, HEAD, KEY, NOT_BOLD, QUIET, beginning, cut, open_table, years
from kyrgyz_relations.output.timeline import timeline

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kyrgyz_relations.fields import Row

# Backgrounds from cold to hot, and the letters upon them; where there is no colour, the number tells.
# On a white page what is little is light, too.
_HEAT, _HEAT_ON_WHITE = (
    [Style(bgcolor=f"color({back})", color=f"color({fore})") for back, fore in scale]
    for scale in (
        ((236, 250), (24, 255), (31, 255), (38, 16), (214, 16)),
        ((230, 16), (222, 16), (214, 16), (166, 255), (88, 255)),
    )
)
_STEPS = (1, 3, 8, 20, 50)
_QUALIFIERS = {"about": "~", "over": ">", "under": "<"}
# What a list of the coverage shows of dimensions that have no end.
_MOST_ROWS = 12
_FEWEST = 5
_LEAST_BAR = 8
_MOST_PERIODS = 200


def _periods(rows: "list[Row]", context: "Row", width: int) -> RenderableType:
    """Draw a bar for each period; for those without facts, too, if they are not too many."""
    del context
    facts = {row["period"]: row["facts"] for row in rows}
    tens = rows[0]["period"].endswith("s")
    span = range(int(rows[0]["period"][:4]), int(rows[-1]["period"][:4]) + 1, 10 if tens else 1)
    periods = [f"{year:04}s" if tens else f"{year:04}" for year in span] if len(span) <= _MOST_PERIODS else facts
    return _bar_table([(period, facts.get(period, 0), "") for period in periods], width)


def _counts(rows: "list[Row]", context: "Row", width: int) -> RenderableType:
    """Draw a line of columns, one a period, for each key."""
    names = context["partners"] | context["themes"]
    name_width = min(max(cell_len(names[row["key"]]) for row in rows), width // 3)
    first, last = (int(pick(row["period"] for row in rows)) for pick in (min, max))
    room = max(width - name_width - 12, _LEAST_BAR)
    step = -(-(last - first + 1) // room)
    wide = max(room // (last - first + 1), 1)
    counted: dict[str, Counter[int]] = {}
    for row in rows:
        counted.setdefault(row["key"], Counter())[(int(row["period"]) - first) // step] += row["facts"]
    most = max(max(counts.values()) for counts in counted.values())
    table = open_table("", Column("Facts", justify="right"), Column(f"{first}–{last}", no_wrap=True))
    for key, counts in sorted(counted.items(), key=lambda item: (-item[1].total(), item[0])):
        places = range((last - first) // step + 1)
        line = "".join(UP[-(-counts[place] * 8 // most)] * wide for place in places)
        table.add_row(Text(cut(names[key], name_width)), str(counts.total()), Text(line, DATE))
    return table


def _bar_table(rows: "Iterable[tuple[str, float, str]]", width: int) -> Table:
    """Draw a bar for each name and number, with a remark behind."""
    rows = [*rows]
    most = max((number for _, number, _ in rows), default=0)
    name_width = max((cell_len(name) for name, _, _ in rows), default=0)
    remarks = max((len(remark) for _, _, remark in rows), default=0)
    room = max(width - min(name_width, width // 3) - len(f"{most:,}") - remarks - 8, _LEAST_BAR)
    table = open_table(Column(no_wrap=True), Column(justify="right"), Column(no_wrap=True), Column(), heads=False)
    for name, number, remark in rows:
        table.add_row(
            Text(cut(name, width // 3)),
            f"{number:,}",
            Text(bar(number, most, min(room, 60)), DATE),
            Text(remark, QUIET),
        )
    return table


def _compare(rows: "list[Row]", context: "Row", width: int) -> RenderableType:
    """Put partners side by side, and below what they share."""
    label_width = min(width // 4, 24)
    narrow = max((width - label_width) // len(rows) - 2, 7)
    heads = [Column(Text(row["name"], HEAD), max_width=narrow, overflow="fold", ratio=1) for row in rows]
    table = open_table(Column(style=QUIET, min_width=label_width, max_width=label_width, overflow="fold"), *heads)
    for label, values in (
        ("Since", [beginning(row["since"]) for row in rows]),
        ("Facts", [str(row["facts"]) for row in rows]),
        ("First", [beginning(row["first"]) for row in rows]),
        ("Last", [beginning(row["last"]) for row in rows]),
    ):
        table.add_row(label, *map(Text, values))
    if organizations := sorted({name for row in rows for name in row["organizations"]}):
        table.add_row("\nOrganizations recorded")
    for name in organizations:
        table.add_row(Text(name), *("●" if name in row["organizations"] else Text(".", QUIET) for row in rows))
    table.add_row("\nThemes")
    themes = sorted({theme for row in rows for theme in row["themes"]})
    for theme in sorted(themes, key=lambda theme: -sum(row["themes"].get(theme, 0) for row in rows)):
        table.add_row(Text(context["themes"][theme]), *(_hot(row["themes"].get(theme, 0), context) for row in rows))
    both = Text("What they share", HEAD)
    if common := [name for name in organizations if all(name in row["organizations"] for row in rows)]:
        both.append(f"\nMembers, as the subject is, of {', '.join(common)}", NOT_BOLD)
    shared = context["shared"]
    last = f"; the last {_FEWEST} of them:" if len(shared) > _FEWEST else ""
    both.append(f"\n{len(shared)} fact{'s' * (len(shared) != 1)} about all of them{last}", NOT_BOLD + QUIET)
    listed = open_table(Column(style=DATE, no_wrap=True), Column(overflow="fold"), heads=False)
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
    digits = len(str(max(cells.values())))
    wide = max(digits + 1, 4 if width >= 20 + 4 * len(themes) else 3)
    name_width = max(min(width - wide * len(themes) - 1, 28), 12)
    fitting = max((width - name_width - 1) // wide, 1)
    lines = []
    for start in range(0, len(themes), fitting):
        block = themes[start : start + fitting]
        high = max(map(len, block))
        for line in range(high):
            letters = "".join(f"{theme.rjust(high)[line]:>{wide - 1}} " for theme in block)
            lines.append(Text(" " * (name_width + 1) + letters.rstrip(), QUIET))
        for key in sorted(totals, key=lambda key: (-totals[key], key)):
            text = Text(set_cell_size(cut(context["partners"][key], name_width), name_width + 1))
            for theme in block:
                text.append_text(_hot(cells.get((key, theme), 0), context, wide))
            lines.append(text)
    return Group(*lines)


def _hot(number: int, context: "Row", width: int = 4) -> Text:
    if not number:
        return Text(".".rjust(width - 1) + " ", QUIET)
    level = sum(number >= step for step in _STEPS) - 1
    heat = _HEAT_ON_WHITE if context.get("on_white") else _HEAT
    return Text(f"{number:>{width - 1}} ", heat[level])


def _stats(rows: "list[Row]", context: "Row", width: int) -> RenderableType:
    """Draw what is covered, dimension by dimension, and say where it is thin."""
    by = {name: [*some] for name, some in groupby(rows, lambda row: row["by"])}
    parts: list[RenderableType] = []
    for name, some in by.items():
        names: Mapping[str, str] = context.get(f"{name}s", {})
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
        head = Text(f"Facts by {'kind of source' if name == 'source-kind' else name}", HEAD)
        parts += [head.append(rest, NOT_BOLD + QUIET), _bar_table(bars, width), Text()]
    return Group(*parts, _thin(by, context))


def _thin(by: "Mapping[str, list[Row]]", context: "Row") -> Text:
    text = Text("Where it is thin", HEAD)
    about = context["about"]
    all_years = range(int((about["first"] or about["as_of"])[:4]), int(about["as_of"][:4]) + 1)
    for name, plural, known in (("year", "Years", map(str, all_years)), ("theme", "Themes", context["themes"])):
        counts = dict.fromkeys(known, 0) | {row["key"]: row["facts"] for row in by.get(name, ())}
        fewest = sorted(counts, key=lambda key: (counts[key], key))[:_FEWEST]
        text.append(f"\n{plural} with the fewest of these facts: ", QUIET)
        text.append(", ".join(f"{key} ({counts[key]})" for key in fewest), NOT_BOLD)
    missing = about["partners"] - len(by.get("partner", ()))
    one = sum(row["one_source"] for row in by.get("kind", ()))
    total = sum(row["facts"] for row in by.get("kind", ()))
    text.append("\nPartners without any of them: ", QUIET).append(str(missing), NOT_BOLD)
    return text.append("\nResting on one source: ", QUIET).append(f"{one} of {total}", NOT_BOLD)


def _series(rows: "list[Row]", context: "Row", width: int) -> RenderableType:
    """List the series."""
    del context, width
    table = open_table(Column("Key", style=KEY, no_wrap=True), "Name", Column("Figures", justify="right"), "Time")
    for row in rows:
        name = Text(row["name"]).append(f", {row['unit']}", QUIET)
        table.add_row(row["key"], name, str(row["figures"]), years(row["first"], row["last"]))
    return table


def _figures(rows: "list[Row]", context: "Row", width: int) -> RenderableType:
    """Draw the figures of each series."""
    del context
    parts: list[RenderableType] = []
    for _, some in groupby(rows, lambda row: row["series"]):
        figures = [*some]
        parts.append(Text(figures[0]["name"], HEAD).append(f"  {figures[0]['unit']}", NOT_BOLD + QUIET))
        if figures[0]["summary"]:
            parts.append(Text(figures[0]["summary"], QUIET))
        parts += [_bars(figures, width), Text()]
    return Group(*parts[:-1])


def _bars(rows: "list[Row]", width: int) -> Table:
    most = max((row["value"] for row in rows), default=0)
    dates = [edtf.for_people(row["date"], short=True) for row in rows]
    values = [f"{_QUALIFIERS.get(row['qualifier'], '')}{plain(row['value'], grouped=True)}" for row in rows]
    publishers = [row["sources"][0]["publisher"] for row in rows]
    source_width = min(max(map(cell_len, publishers)), max(width // 4, 12))
    room = max(width - max(map(len, dates)) - max(map(len, values)) - source_width - 8, _LEAST_BAR)
    table = open_table(
        Column(style=DATE, no_wrap=True), Column(justify="right", no_wrap=True, min_width=max(map(len, values))),
        Column(no_wrap=True), Column(no_wrap=True, max_width=source_width, overflow="ellipsis"), heads=False,
    )  # fmt: skip
    for row, date, value in zip(rows, dates, values, strict=True):
        # A part of a year is not to be taken for a year, nor for a day's stock.
        partial = "-" in row["date"] and "/" in row["date"]
        drawn = bar(row["value"], most, min(room, 60))
        source = Text().append(row["sources"][0]["publisher"], Style(dim=True, link=row["url"]))
        table.add_row(date, value, Text("▒" * len(drawn) if partial else drawn, KEY), source)
    return table


VIEWS: dict[str, Callable[["list[Row]", "Row", int], RenderableType]] = {
    "timeline": timeline,
    "periods": _periods,
    "counts": _counts,
    "compare": _compare,
    "map": _map,
    "stats": _stats,
    "series": _series,
    "figures": _figures,
}
