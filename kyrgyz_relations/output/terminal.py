"""What people see: Rich tables, fitted to the width of the screen."""

import os
import re

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Column, Table
from rich.text import Text

from kyrgyz_relations import edtf
from kyrgyz_relations.fields import flat
from kyrgyz_relations.output.pager import show
from kyrgyz_relations.output.profile import profile_lines
from kyrgyz_relations.output.rows import Part, Rows
from kyrgyz_relations.output.screen import (
    DATE,
    HEAD,
    KEY,
    QUIET,
    beginning,
    console,
    draw,
    open_table,
    takes_links,
    years,
)
from kyrgyz_relations.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from kyrgyz_relations.fields import Row
    from kyrgyz_relations.output import Answer

# From this width on, what stands in a line under each text on narrower screens gets columns of its own.
_WIDE = 110
_SMALLEST, _SMALLEST_OF_VIEWS = 40, 60
# In a table; a longer one is broken.
_LONGEST_KEY = 24
# Rich's pictures would load their font from the network.
_FONT_FACE = re.compile(r"@font-face \{\{.*?\}\}\s*", re.DOTALL)
_OSC_8 = re.compile("\x1b]8;[^\x1b]*\x1b\\\\")


def render(answer: "Answer", stream: "TextIO") -> None:
    """Write an answer for people: on a terminal, or as the picture of one.

    Args:
        answer: Read are `form` ("table" or "svg"), `record`, `fields`, `asked`, `rows`, `view`, `context` and `color`.
        stream: Where it is written; a table too long for its screen goes through a pager.

    Raises:
        OSError: The stream can't be written.
        KeyboardInterrupt: The person ended the pager with Ctrl-C.
    """
    if answer.form == "svg":
        from io import StringIO

        picture = console(StringIO(), answer.color, picture=True)
        answer.context["linked"] = False
        draw(picture, _body(answer, picture.width), answer.color)
        drawn = picture.export_svg(title="relations", code_format=_FONT_FACE.sub("", CONSOLE_SVG_FORMAT))
        # Some viewers drop the blanks that a line begins with, Rich's no-break spaces too.
        stream.write(drawn.replace("<text ", '<text xml:space="preserve" '))
        return
    screen = console(stream, answer.color)
    answer.context["linked"] = takes_links(os.environ)
    with screen.capture() as capture:
        # All is laid out to fit, but on the smallest screens; to cut what does not takes a third of the time.
        smallest = _SMALLEST_OF_VIEWS if answer.view else _SMALLEST
        screen.print(_body(answer, screen.width), crop=screen.width < smallest)
    drawn = capture.get()
    show(drawn if answer.context["linked"] else _OSC_8.sub("", drawn), stream, screen.height)


def _body(answer: "Answer", width: int) -> RenderableType:
    rows, context = [*answer.rows], answer.context
    if answer.asked:
        return _plain(answer.fields, rows)
    if answer.view:
        from kyrgyz_relations.output.views import VIEWS

        return Group(*_title(context), VIEWS[answer.view](rows, context, width))
    if answer.record == "overview":
        return _overview(rows[0], context)
    if answer.record == "fact" and context["whole"]:
        return Group(*(_whole(row, context) for row in rows))
    if answer.record == "fact":
        profile = [_profile(context)] if "profile" in context else []
        return Group(*profile, _heading(context, rows), _facts(rows, context, width))
    asked = bool(context["query"])
    return _partners(rows, asked=asked) if answer.record == "partner" else _RECORDS[answer.record](rows)


def _title(context: "Row") -> list[Text]:
    """Say what was asked for, if anything was."""
    parts = [Text(printable(part), HEAD) for part in context["query"]]
    return [Text(" · ").join(parts).append("\n")] if parts else []


def _heading(context: "Row", rows: "list[Row]") -> Text:
    count = f"{len(rows)} fact" + ("s" if len(rows) != 1 else "")
    heading = Text(" · ").join(Text(printable(part), HEAD) for part in context["query"])
    heading.append(f"  {count}, {_span(rows)}" if len(rows) > 1 else f"  {count}", QUIET)
    if "summary" in context:
        heading.append(f"\n{context['summary']}\n", QUIET)
    return heading


def _span(rows: "list[Row]") -> str:
    years = [row["date"][:4] for row in rows if row["date"][:4].isdigit()]
    return f"{min(years)}–{max(years)}" if years and min(years) != max(years) else (years or [""])[0]


def _facts(rows: "list[Row]", context: "Row", width: int) -> Rows:
    wide = width >= _WIDE
    dates = [_in_lines(edtf.for_people(row["date"], short=not wide), 16 if wide else 11) for row in rows]
    date_width = 1 + max(len(line) for date in dates for line in date.split("\n"))
    rest = width - date_width - 1
    tag_width = rest // 8
    widths = [date_width, rest - 3 * (tag_width + 1), *[tag_width] * 3] if wide else [date_width, rest]
    lines: list[list[list[Part]]] = []
    if wide:
        lines.append([[(name, QUIET)] for name in ("Date", "Fact", "Partners", "Themes", "Sources")])
    for row, date in zip(rows, dates, strict=True):
        partners, themes = _names(row, context)
        cells: list[list[Part]] = [[(date, DATE)], [(row["text"], None)]]
        if wide:
            cells += [[(partners, QUIET)], [(themes, QUIET)], _links(row, context)]
        else:
            tags = f"\n{partners} · {themes} · " if partners else f"\n{themes} · "
            cells[1] += [(tags, QUIET), *_links(row, context)]
        lines.append(cells)
    return Rows(widths, lines)


def _in_lines(date: str, width: int) -> str:
    """Break a date that is too long for its column where people would."""
    return date if len(date) <= width else date.replace(" – ", " –\n").replace("since ", "since\n")


def _names(row: "Row", context: "Row") -> tuple[str, str]:
    """Name a fact's partners and themes; a partner whose profile stands above is understood."""
    known = context["profile"]["key"] if "profile" in context else None
    partners = ", ".join([context["partners"][key] for key in row["partners"] if key != known])
    return partners, ", ".join([context["themes"][key] for key in row["themes"]])


def _links(row: "Row", context: "Row") -> list[Part]:
    """Name a fact's publishers, each a link to its page."""
    parts: list[Part] = []
    for source in row["sources"]:
        parts += [(", ", QUIET)] * bool(parts)
        parts.append((source["publisher"], Style(dim=True, link=source["url"]) if context["linked"] else QUIET))
    return parts


def _whole(row: "Row", context: "Row") -> Group:
    """Show one fact with all that is known of it."""
    partners, themes = _names(row, context)
    lines = open_table(Column(style=QUIET), Column(overflow="fold"), heads=False)
    for label, value in (
        ("Date", edtf.for_people(row["date"])),
        ("Kind", row["kind"]),
        ("Partners", partners),
        ("Themes", themes),
        ("Note", row["note"]),
    ):
        if value:
            lines.add_row(label, Text(value))
    for number, source in enumerate(row["sources"]):
        lines.add_row("Sources" if number == 0 else "", _citation(source))
    return Group(Text(row["id"], KEY), Text(row["text"], HEAD), Padding(lines, (1, 0)))


def _citation(source: "Row") -> Text:
    published = f", {edtf.for_people(source['published'])}" if source["published"] else ""
    what = f"{source['kind']}, {source['lang']}"
    text = Text(source["title"], Style(link=source["url"]))
    text.append(f"\n{source['publisher']}{published} ({what})\n", QUIET)
    return text.append(source["url"], Style(dim=True, link=source["url"]))


def _profile(context: "Row") -> Padding:
    name, *about = profile_lines(context)
    return Padding(Group(Text(name, HEAD), *map(Text, about)), (0, 0, 1, 0))


def _plain(fields: tuple[str, ...], rows: "list[Row]") -> Table:
    """Show just the fields that were asked for, as they are."""
    table = open_table(*(Column(field, overflow="fold") for field in fields))
    for row in rows:
        table.add_row(*(Text(flat(row[field])) for field in fields))
    return table


def _partners(rows: "list[Row]", *, asked: bool) -> Table:
    """List partners: those of a query with the time of its facts, else with the beginning of relations."""
    table = open_table(
        _key_column(), Column("Name", overflow="fold"), Column("Code", style=QUIET), Column("Facts", justify="right"),
        Column("Time" if asked else "Since", no_wrap=asked),
    )  # fmt: skip
    for row in rows:
        time = years(row["first"], row["last"]) if asked else beginning(row["since"])
        table.add_row(row["key"], Text(row["name"]), row["iso2"], str(row["facts"]), time)
    return table


def _themes(rows: "list[Row]") -> Table:
    table = open_table(
        _key_column(), "Name", Column("Facts", justify="right"), Column("Time", no_wrap=True), "What it takes in"
    )
    for row in rows:
        time = years(row["first"], row["last"])
        table.add_row(row["key"], Text(row["name"]), str(row["facts"]), time, Text(row["summary"]))
    return table


def _sources(rows: "list[Row]") -> Table:
    table = open_table(
        Column("Published", style=DATE), Column("Source", overflow="fold"), Column("Facts", justify="right")
    )
    for row in rows:
        published = edtf.for_people(row["published"], short=True) if row["published"] else ""
        table.add_row(published, _citation(row), str(row["facts"]))
    return table


def _problems(rows: "list[Row]") -> Table:
    table = open_table(Column("Place", style=DATE, overflow="fold"), "Level", "Message")
    for row in rows:
        table.add_row(row["place"], row["level"], Text(row["message"]))
    return table


_RECORDS = {"problem": _problems, "theme": _themes, "source": _sources}


def _key_column() -> Column:
    return Column("Key", style=KEY, overflow="fold", max_width=_LONGEST_KEY)


def _overview(row: "Row", context: "Row") -> Group:
    from rich.columns import Columns

    counts = ", ".join(
        f"{row[name]} {name.removesuffix('s') if row[name] == 1 else name}"
        for name in ("facts", "partners", "themes", "sources")
    )
    partners = sorted(context["partners"], key=lambda partner: (-partner["facts"], partner["key"]))[:12]
    lists = open_table(Column(style=QUIET), "", heads=False)
    for label, records in (("Partners", partners), ("Themes", context["themes"])):
        items = [Text(record["key"], KEY).append(f" {record['facts']}", QUIET) for record in records if record["facts"]]
        lists.add_row(label, Columns(items, padding=(0, 2)))
    if row["examples"]:
        lists.add_row("Try", Text("\n").join(Text(f"relations {example}") for example in row["examples"]))
    lists.add_row("More", Text("relations partners, relations themes, relations sources, relations --help"))
    counts += f"; checked up to {edtf.for_people(row['as_of'])}"
    return Group(Text().append(row["title"], HEAD).append(f"\n{counts}\n", QUIET), lists)
