"""Documents that can be handed on: a Markdown table, and an HTML page that needs nothing but itself."""

from __future__ import annotations

import re
from html import escape

from kyrgyz_relations.dates import for_people
from kyrgyz_relations.records import RECORDS, flat

TYPE_CHECKING = False
if TYPE_CHECKING:
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
td:first-child { min-width: 7rem; max-width: 10rem; }
.drawn { font: .85rem/1.2 ui-monospace, Consolas, Menlo, monospace; overflow-x: auto; }
@media (max-width: 40rem) { thead { display: none; } td { display: block; border: 0; padding: 0; max-width: none; }
tr { display: block; padding: .75rem 0; border-bottom: 1px solid var(--line); } }
"""
# What CommonMark might take for markup inside a table's cell (https://spec.commonmark.org/0.31.2/#backslash-escapes).
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&])")
# What at the beginning of a line would make it a list, a heading or a rule.
_MARKDOWN_START = re.compile(r"^([-+=]|\d+[.)])")
_DATES = {"date", "published", "since", "first", "last", "as_of", "start", "end"}


def render(answer: Answer, output: Output, stream: TextIO) -> None:
    """Write the rows as a table below what heads them on a terminal, too."""
    (_markdown if output.format.name == "markdown" else _html)(answer, output, stream)


def _columns(answer: Answer, output: Output) -> tuple[str, ...]:
    return output.fields if output.custom or answer.record != "fact" else ("date", "text", "sources")


def _heading(answer: Answer) -> str:
    return " · ".join(answer.title) or RECORDS[answer.record].title


def _markdown(answer: Answer, output: Output, stream: TextIO) -> None:
    """Write CommonMark with the tables of https://github.github.com/gfm/#tables-extension-."""
    columns = _columns(answer, output)
    title, *about = [_md_line(line) for line in (_heading(answer), *answer.about)]
    stream.write("\n\n".join([f"# {title}", *about]) + "\n\n")
    stream.write(f"| {' | '.join(columns)} |\n|{' --- |' * len(columns)}\n")
    stream.writelines(f"| {' | '.join(_md_cell(row, name) for name in columns)} |\n" for row in answer.rows)


def _md_cell(row: Row, name: str) -> str:
    if name == "sources" and isinstance(row[name], list):
        return ", ".join(f"[{_md(source['publisher'])}](<{_md_url(source['url'])}>)" for source in row[name])
    return f"[{_md(row[name])}](<{_md_url(row[name])}>)" if name == "url" else _md(_for_people(row, name))


def _md(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _md_line(text: str) -> str:
    return _MARKDOWN_START.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", _md(text).replace("#", r"\#"))


def _md_url(url: str) -> str:
    return url.replace("&", "&amp;").replace("|", "%7C").replace("<", "%3C").replace(">", "%3E")


def _html(answer: Answer, output: Output, stream: TextIO) -> None:
    columns, title = _columns(answer, output), escape(_heading(answer))
    about = "".join(f"<p>{escape(line)}</p>\n" for line in answer.about)
    if answer.chart and not output.custom:
        from kyrgyz_relations.output.terminal import chart_html

        about += chart_html(answer, output)
    stream.write(
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{about}"
        f"<table>\n<thead><tr>{''.join(f'<th>{name}</th>' for name in columns)}</tr></thead>\n<tbody>\n"
    )
    for row in answer.rows:
        mark = f' id="{escape(row["id"])}"' if "id" in row else ""
        stream.write(f"<tr{mark}>{''.join(f'<td>{_html_cell(row, name)}</td>' for name in columns)}</tr>\n")
    stream.write("</tbody>\n</table>\n</body>\n</html>\n")


def _html_cell(row: Row, name: str) -> str:
    if name == "sources" and isinstance(row[name], list):
        return ", ".join(
            f'<a href="{escape(source["url"])}" title="{escape(source["title"])}">{escape(source["publisher"])}</a>'
            for source in row[name]
        )
    if name == "url":
        return f'<a href="{escape(row[name])}">{escape(row[name])}</a>'
    note = f'<br><span class="quiet">{escape(row["note"])}</span>' if name == "text" and row.get("note") else ""
    return escape(_for_people(row, name)) + note


def _for_people(row: Row, name: str) -> str:
    value = row[name]
    if name in _DATES and value:
        return for_people(value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {number}" for key, number in value.items())
    return ", ".join(value) if isinstance(value, list) else flat(value)
