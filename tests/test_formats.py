"""Each format, read by somebody else's parser."""

import csv
import io
import json
import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest
from markdown_it import MarkdownIt

from kyrgyz_relations.fields import FULL
from kyrgyz_relations.output import FORMATS
from tests.conftest import SMALL, Command
from tests.hostile import BLOCKS, TEXTS, partner_name, url, write


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.toml"
    write(path)
    return path


@dataclass
class Page:
    """A document as its readers see it."""

    titles: list[str] = field(default_factory=list)
    about: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    markup: set[str] = field(default_factory=set)

    def column(self, name: str) -> list[str]:
        """Give the first lines of the cells below a name."""
        return [cell.partition("\n")[0] for cell in self.cells[self.header.index(name) :: len(self.header)]]


def markdown(text: str) -> Page:
    page = Page()
    places = {"h1": page.titles, "p": page.about, "th": page.header, "td": page.cells}
    for opening, token in pairwise(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)):
        children = token.children or []
        page.markup |= {item.tag for item in (opening, *children) if item.type not in ("inline", "text")}
        page.links += [str(child.attrs["href"]) for child in children if "href" in child.attrs]
        if token.type == "inline":
            places[opening.tag].append("".join(child.content for child in children))
    return page


def html(text: str) -> Page:
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    for line_break in document.iter("br"):
        line_break.text = "\n"
    titles, about, header, cells = (
        ["".join(item.itertext()) for item in document.iter(tag)] for tag in ("h1", "p", "th", "td")
    )
    return Page(
        *(titles, about, header, cells),
        links=[item.attrib[name] for item in document.iter() for name in ("href", "src") if name in item.attrib],
        markup={item.tag for item in document.iter()} | {name for item in document.iter() for name in item.attrib},
    )


def lines_of_picture(text: str) -> list[str]:
    picture = ET.fromstring(text)  # noqa: S314  # made just now by the command under test
    drawn = [item.text or "" for item in picture.iter("{http://www.w3.org/2000/svg}text")]
    return [line.replace("\xa0", " ").rstrip() for line in drawn if line.strip()][2:]


DOCUMENTS: dict[str, Callable[[str], Page]] = {"markdown": markdown, "html": html}
MARKUP = {
    "markdown": {"h1", "p", "table", "thead", "tbody", "tr", "th", "td", "a"},
    "html": {
        *("html", "head", "meta", "title", "style", "body", "h1", "p", "table", "thead", "tbody", "tr", "th", "td"),
        *("a", "br", "span", "lang", "charset", "name", "content", "id", "href", "class"),
    },
}
# For each format that has facts, what finds their texts when these alone are printed.
READERS: dict[str, Callable[[str], list[str]]] = {
    "tsv": lambda text: ["".join(row) for row in csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)],
    # Before what a spreadsheet would take for a formula stands an apostrophe.
    "csv": lambda text: [row["text"].removeprefix("'") for row in csv.DictReader(io.StringIO(text), dialect="excel")],
    "json": lambda text: [row["text"] for row in json.loads(text)],
    "jsonl": lambda text: [json.loads(line)["text"] for line in text.split("\n")[:-1]],
    "markdown": lambda text: markdown(text).column("text"),
    "html": lambda text: html(text).column("text"),
    "svg": lines_of_picture,
}


def test_every_format_but_that_for_people_is_read_by_a_parser_here() -> None:
    assert {*READERS, "bibtex", "csl-json"} == {*FORMATS} - {"table"}


@pytest.mark.parametrize("form", READERS)
def test_every_text_comes_through_as_it_is(relations: Command, hostile: Path, form: str) -> None:
    for base in (SMALL, hostile):
        run = relations("--facts", str(base), "1990..", "--fields", "text", "--format", form, columns=200)
        facts = tomllib.loads(base.read_text(encoding="utf-8"))["facts"]
        assert (run.status, run.err) == (0, "")
        assert READERS[form](run.out) == [fact["text"] for fact in facts]


def test_a_spreadsheet_is_given_no_formula(relations: Command, hostile: Path) -> None:
    for row in csv.reader(io.StringIO(relations("--facts", str(hostile), "1990..", "--csv").out), dialect="excel"):
        assert not {cell[0] for cell in row if cell} & {*"=+-@"}


# For each command its columns, and the one that shows a text of each record.
COMMANDS = {
    "1990..": (("date", "text", "sources"), "text"),
    "fact": (("date", "text", "sources"), "text"),
    "partners": (FULL["partner"], "summary"),
    "themes": (FULL["theme"], "summary"),
    "sources": (FULL["source"], "title"),
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("form", DOCUMENTS)
def test_in_a_document_text_is_no_markup_and_links_go_to_sources(
    relations: Command, hostile: Path, form: str, command: str
) -> None:
    ids = [f"fact-{number}" for number in range(len(TEXTS))] if command == "fact" else []
    columns, telling = COMMANDS[command]
    page = DOCUMENTS[form](relations("--facts", str(hostile), command, *ids, "--format", form).out)
    assert page.markup <= MARKUP[form]
    assert page.header == [*columns]
    assert sorted(page.column(telling)) == sorted(TEXTS)
    expected = [] if command in ("partners", "themes") else [url(number) for number in range(len(TEXTS))]
    assert [*map(unquote, page.links)] == [*map(unquote, expected)]


@pytest.mark.parametrize(("form", "texts"), [("markdown", BLOCKS), ("html", ["<div>", "&amp; &lt;b&gt; &#60;"])])
def test_what_heads_a_document_is_no_markup(relations: Command, hostile: Path, form: str, texts: list[str]) -> None:
    for text in texts:
        number = TEXTS.index(text)
        page = DOCUMENTS[form](relations("--facts", str(hostile), f"partner-{number}", "--format", form).out)
        assert page.markup <= MARKUP[form]
        assert (page.titles, page.about) == ([partner_name(number)], [partner_name(number), text])


@pytest.mark.parametrize("form", DOCUMENTS)
@pytest.mark.parametrize("base", ["small", "hostile"])
def test_the_overview_is_a_document_of_one_row(relations: Command, hostile: Path, form: str, base: str) -> None:
    facts = SMALL if base == "small" else hostile
    page = DOCUMENTS[form](relations("--facts", str(facts), "--format", form).out)
    assert page.header == [*FULL["overview"]]
    assert page.column("title") == page.titles == [tomllib.loads(facts.read_text(encoding="utf-8"))["meta"]["title"]]
    assert len(page.cells) == len(page.header)
    assert page.column("as_of")[0] in ("31 December 2024", "2024")
    assert page.links == []


@pytest.mark.parametrize("words", [["china"], ["fact", "us-base"], ["partners"], ["themes"], ["sources"], []])
def test_a_page_fits_a_phone_and_loads_nothing(relations: Command, words: list[str]) -> None:
    out = relations(*words, "--format", "html", small=True).out
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(out)
    metas = [item.attrib for item in document.iter("meta")]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in metas
    assert {"charset": "utf-8"} in metas
    assert {item.tag for item in document.iter() if "href" in item.attrib or "src" in item.attrib} <= {"a"}
    assert not [style for style in document.iter("style") if re.search(r"url\(|@import", style.text or "")]


def test_a_picture_loads_nothing(relations: Command) -> None:
    assert not re.findall(r"url\((?!#)[^)]*\)|href=", relations("china", "--format", "svg", small=True).out)


@pytest.mark.parametrize("words", [["partners"], ["themes"], ["map"], []])
@pytest.mark.parametrize("form", ["bibtex", "csl-json"])
def test_a_format_that_does_not_serve_a_record_names_those_that_do(
    relations: Command, form: str, words: list[str]
) -> None:
    run = relations(*words, "--format", form, small=True)
    able = "table, tsv, csv, json, jsonl, markdown, html, svg"
    assert (run.status, run.out) == (2, "")
    assert run.err == f"relations: {form} is for facts and sources only; these are for all: {able}\n"


@pytest.mark.parametrize("form", ["svg", "html"])
def test_a_picture_is_without_colours_on_demand(relations: Command, form: str) -> None:
    colored = relations("map", "--format", form, small=True).out
    plain = relations("map", "--format", form, "--color", "never", small=True).out
    assert plain != colored
    assert "China" in plain
    assert not re.search(r"background-color: #[0-9a-f]+|fill: #(?:5f|00|af|d7)", plain)
