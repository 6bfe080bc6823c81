"""Documents that can be handed on: Markdown, and an HTML page that needs nothing but itself."""

from __future__ import annotations

import re
from html import escape

from kyrgyz_relations.dates import appended, for_people
from kyrgyz_relations.language import counted
from kyrgyz_relations.namedtuple import NamedTuple
from kyrgyz_relations.records import RECORDS, decimal, flat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import TextIO

    from kyrgyz_relations.output import Output
    from kyrgyz_relations.records import Answer, Row

_STYLE = """
:root { color-scheme: light dark; --quiet: #666; --line: #8884; --link: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --quiet: #aaa; --link: #7ab8ff; } }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } a { color: var(--link); overflow-wrap: anywhere; } .quiet { color: var(--quiet); }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); }
td:first-child { min-width: 7rem; max-width: 10rem; } .sources { font-size: .9rem; min-width: 14rem; }
dt { color: var(--quiet); margin-top: .75rem; } dd { margin: 0; } footer { margin-top: 2rem; font-size: .9rem; }
@media (prefers-color-scheme: dark) { .drawn { filter: brightness(1.7); } }
@media print { body { max-width: none; margin: 0; } a { color: inherit; } tr { break-inside: avoid; } }
.drawn { font: .85rem/1.2 ui-monospace, Consolas, Menlo, monospace; overflow-x: auto; }
@media (max-width: 40rem) { thead { display: none; } td { display: block; border: 0; padding: 0; max-width: none; }
tr { display: block; padding: .75rem 0; border-bottom: 1px solid var(--line); } .drawn { font-size: .55rem; }
td[data-label]::before { content: attr(data-label) " "; color: var(--quiet); font-size: .85rem; } }
"""
# What CommonMark might take for markup inside a table's cell (https://spec.commonmark.org/0.31.2/#backslash-escapes).
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&])")
# What at the beginning of a line would make it a list, a heading or a rule.
_MARKDOWN_START = re.compile(r"^([-+=]|\d+[.)])")
# The fields that people are shown of records, where these are not all, and of a fact in full.
_SHOWN = {
    "fact": ("date", "text", "sources"),
    "figure": ("name", "date", "value", "unit", "qualifier", "sources"),
    "comparison": ("name", "since", "organizations", "facts", "first", "last", "themes"),
    "partner": ("name", "kind", "iso2", "since", "facts", "first", "last"),
    "theme": ("name", "summary", "facts", "first", "last"),
    "source": ("title", "publisher", "published", "kind", "lang", "facts"),
    "series": ("name", "unit", "summary", "figures", "first", "last"),
}
_IN_FULL = ("date", "text", "kind", "partners", "themes", "note", "sources", "id")
_LABELS = {
    "id": "Record", "iso2": "Code", "iso3": "Code", "as_of": "Checked up to", "text": "What happened",
    "one_source": "Single-sourced", "with_all": "About all of them", "by": "Dimension", "url": "Address",
    "lang": "Language", "license": "Licence", "key": "Name",
}  # fmt: skip
_DATES = {"date", "published", "since", "first", "last", "as_of", "start", "end"}
# The fields whose keys have names.
_KEYS = {"partner", "partners", "theme", "themes", "key"}


class _Page(NamedTuple):
    """What is written: the answer, its rows, of each these fields, as a table or in full."""

    answer: Answer
    title: str
    rows: list[Row]
    fields: tuple[str, ...]
    in_full: bool
    chart: str
    foot: str

    def told(self, row: Row) -> list[str]:
        """Give the fields that a record in full has; what is the title is not said again."""
        return [
            name for name in self.fields if row[name] and (name not in ("text", "title") or row[name] != self.title)
        ]


def render(answer: Answer, output: Output, stream: TextIO) -> None:
    """Write the rows as a table, or each in full as a list, below what heads them on a terminal, too."""
    html, rows, fields = output.format.name == "html", [*answer.rows], output.fields
    title, chart, in_full = " · ".join(answer.title) or RECORDS[answer.record].title, "", answer.whole
    if output.custom:
        in_full = False
    else:
        shown = _IN_FULL if in_full and answer.record == "fact" else _SHOWN.get(answer.record, fields)
        # A column in which nothing stands says nothing.
        fields = tuple(name for name in shown if any(row[name] not in (None, "", []) for row in rows))
        if html and answer.chart:
            from kyrgyz_relations.output.terminal import chart_html

            chart = chart_html(answer.chart, output.color)
    foot = " · ".join((counted(len(rows), "record"), *answer.foot))
    (_html if html else _markdown)(_Page(answer, title, rows, fields, in_full, chart, foot), stream)


def _label(field: str) -> str:
    """Write a field's name as a heading."""
    return _LABELS.get(field) or field.replace("_", " ").capitalize()


def _markdown(page: _Page, stream: TextIO) -> None:
    """Write CommonMark with the tables of https://github.github.com/gfm/#tables-extension-."""
    title, *about = map(_md_line, (page.title, *page.answer.about))
    stream.write("\n\n".join([f"# {title}", *about]) + "\n\n")
    if page.in_full:
        records = (
            [f"- **{_label(name)}:** {_md_cell(page, row, name)}\n" for name in page.told(row)] for row in page.rows
        )
        stream.write("\n---\n\n".join(map("".join, records)))
    else:
        stream.write(f"| {' | '.join(map(_label, page.fields))} |\n|{' --- |' * len(page.fields)}\n")
        lines = (" | ".join(_md_cell(page, row, name) for name in page.fields) for row in page.rows)
        stream.writelines(f"| {line} |\n" for line in lines)
    stream.write(f"\n*{_md_line(page.foot)}*\n")


def _md_cell(page: _Page, row: Row, name: str) -> str:
    links = [f"[{_md(text)}](<{_md_url(url)}>){_md(rest)}" for text, url, rest in _links(row, name)]
    return "; ".join(links) or _md(_for_people(page.answer.names, row, name))


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _md_line(text: str) -> str:
    return _MARKDOWN_START.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", _md(text).replace("#", r"\#"))


def _md_url(url: str) -> str:
    return url.replace("&", "&amp;").replace("|", "%7C").replace("<", "%3C").replace(">", "%3E")


def _html(page: _Page, stream: TextIO) -> None:
    title, about = escape(page.title), "".join(f"<p>{escape(line)}</p>\n" for line in page.answer.about)
    stream.write(
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{about}{page.chart}"
    )
    if not page.in_full:
        heads = "".join(f"<th>{_label(name)}</th>" for name in page.fields)
        stream.write(f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n")
    for row in page.rows:
        mark = f' id="{escape(row["id"])}"' if "id" in row else ""
        if page.in_full:
            items = [f"<dt>{_label(name)}</dt><dd>{_html_cell(page, row, name)}</dd>\n" for name in page.told(row)]
            stream.write(f"<dl{mark}>\n{''.join(items)}</dl>\n")
        else:
            cells = [f"<td{_attributes(name)}>{_html_cell(page, row, name)}</td>" for name in page.fields]
            stream.write(f"<tr{mark}>{''.join(cells)}</tr>\n")
    end = "" if page.in_full else "</tbody>\n</table>\n"
    stream.write(f'{end}<footer class="quiet">{escape(page.foot)}</footer>\n</body>\n</html>\n')


def _attributes(name: str) -> str:
    """Give what a cell says of itself: what it is, where a narrow screen has no heads above it."""
    return ' class="sources"' if name == "sources" else "" if name == "text" else f' data-label="{_label(name)}"'


def _html_cell(page: _Page, row: Row, name: str) -> str:
    links = [f'<a href="{escape(url)}">{escape(text)}</a>{escape(rest)}' for text, url, rest in _links(row, name)]
    small = row.get("note") if name == "text" and "note" not in page.fields else ""
    note = f'<br><span class="quiet">{escape(small)}</span>' if small else ""
    return "<br>\n".join(links) or escape(_for_people(page.answer.names, row, name)) + note


def _links(row: Row, name: str) -> Iterator[tuple[str, str, str]]:
    """Give the links of a field, each with its text and what stands behind it."""
    if name == "sources" and isinstance(row[name], list):
        for source in row[name]:
            yield source["title"], source["url"], f", {source['publisher']}{appended(source['published'])}"
    elif name == "url" or (name == "title" and "url" in row):
        yield row[name], row["url"], ""


def _for_people(names: Mapping[str, str], row: Row, name: str) -> str:
    value = row[name]
    if name in _DATES and value:
        return for_people(value)
    if name == "value":
        return decimal(value, grouped=True)
    # Other dimensions than these have keys of their own, which may look like theirs.
    named = names if name in _KEYS and row.get("by", "theme") in ("theme", "partner") else {}
    if isinstance(value, dict):
        return ", ".join(f"{named.get(key, key)} {number}" for key, number in value.items())
    if isinstance(value, list):
        return ", ".join(named.get(item, item) for item in value)
    return named.get(value) or flat(value)
