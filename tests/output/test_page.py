import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest
from markdown_it import MarkdownIt

from kyrgyz_relations.records import RECORDS
from tests.conftest import SMALL, run
from tests.hostile import BLOCKS, TEXTS, partner_name, url


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


READERS: dict[str, Callable[[str], Page]] = {"markdown": markdown, "html": html}
MARKUP = {
    "markdown": {"h1", "p", "table", "thead", "tbody", "tr", "th", "td", "a"},
    "html": {
        *("html", "head", "meta", "title", "style", "body", "h1", "p", "table", "thead", "tbody", "tr", "th", "td"),
        *("a", "br", "span", "lang", "charset", "name", "content", "id", "href", "class"),
    },
}
# For each command its columns, and the one that shows a text of each record.
LISTS = {
    "1990..": (("date", "text", "sources"), "text"),
    "fact": (("date", "text", "sources"), "text"),
    "partners": (RECORDS["partner"].full, "summary"),
    "themes": (RECORDS["theme"].full, "summary"),
    "sources": (RECORDS["source"].full, "title"),
}


@pytest.mark.parametrize("command", LISTS)
@pytest.mark.parametrize("form", READERS)
def test_text_is_no_markup_and_links_go_to_sources(hostile: Path, form: str, command: str) -> None:
    ids = [f"fact-{number}" for number in range(len(TEXTS))] if command == "fact" else []
    columns, telling = LISTS[command]
    reversed_ = ["--reverse"] if command == "1990.." else []
    page = READERS[form](run(command, *ids, *reversed_, "--facts", str(hostile), "--format", form).out)
    assert page.markup <= MARKUP[form] | {"title"}
    assert page.header == [*columns]
    assert sorted(page.column(telling)) == sorted(TEXTS)
    expected = [] if command in ("partners", "themes") else [url(number) for number in range(len(TEXTS))]
    assert [*map(unquote, page.links)] == [*map(unquote, expected)]


@pytest.mark.parametrize("form", READERS)
def test_an_address_that_is_asked_for_is_a_link(form: str) -> None:
    page = READERS[form](run("china", "--fields", "url,id", "--format", form, small=True).out)
    assert page.header == ["url", "id"]
    assert page.links == page.column("url") == ["https://example.org/railway?a=1,2", *["https://example.org/china"] * 2]


@pytest.mark.parametrize(("form", "texts"), [("markdown", BLOCKS), ("html", ["<div>", "&amp; &lt;b&gt; &#60;"])])
def test_what_heads_a_document_is_no_markup(hostile: Path, form: str, texts: list[str]) -> None:
    for text in texts:
        number = TEXTS.index(text)
        page = READERS[form](run(f"partner-{number}", "--facts", str(hostile), "--format", form).out)
        assert page.markup <= MARKUP[form]
        assert (page.titles, page.about) == ([partner_name(number)], [partner_name(number), text])


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("base", ["small", "hostile"])
def test_the_overview_is_a_document_of_one_row(hostile: Path, form: str, base: str) -> None:
    facts = SMALL if base == "small" else hostile
    page = READERS[form](run("--facts", str(facts), "--format", form).out)
    assert page.header == [*RECORDS["overview"].full]
    assert page.column("title") == page.titles == [tomllib.loads(facts.read_text(encoding="utf-8"))["meta"]["title"]]
    assert len(page.cells) == len(page.header)
    assert page.column("as_of")[0] in ("31 December 2024", "2024")
    assert page.links == []


VIEWS = [
    ["timeline", "..2100"], ["timeline", "..2100", "--by", "decade"], ["timeline", "..2100", "--by", "theme"],
    ["compare", "china", "russia"], ["map"], ["stats"], ["series", "road-costs"],
]  # fmt: skip
UNDRAWN = [["china"], ["fact", "us-base"], ["partners"], ["themes"], ["sources"], ["series"], ["today", "06-03"], []]


@pytest.mark.parametrize("words", [*VIEWS, *UNDRAWN])
def test_a_page_fits_a_phone_loads_nothing_and_shows_what_a_view_draws(words: list[str]) -> None:
    out = run(*words, "--format", "html", small=True).out
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(out)
    metas = [item.attrib for item in document.iter("meta")]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in metas
    assert {"charset": "utf-8"} in metas
    assert {item.tag for item in document.iter() if "href" in item.attrib or "src" in item.attrib} <= {"a"}
    assert not [style for style in document.iter("style") if re.search(r"url\(|@import", style.text or "")]
    assert (document.find(".//pre") is not None) == (words in VIEWS)
    assert document.find(".//tbody/tr") is not None


@pytest.mark.parametrize("words", [*VIEWS, *UNDRAWN])
def test_markdown_is_a_title_and_a_table(words: list[str]) -> None:
    page = markdown(run(*words, "--format", "markdown", small=True).out)
    assert page.markup <= MARKUP["markdown"]
    assert len(page.titles) == 1
    assert page.cells


def test_people_read_dates_and_counts_in_prose_and_scripts_find_a_fact_by_its_id() -> None:
    out = run("kok-tash-road", "--format", "html", small=True).out
    assert '<tr id="kok-tash-road"><td>c. 1998</td><td>' in out
    assert '<br><span class="quiet">One source has 1997.</span>' in out
    compared = markdown(run("compare", "china", "russia", "--format", "markdown", small=True).out)
    assert compared.column("themes") == ["transport 3", "transport 2, bases 1"]
    assert compared.column("last") == ["27 December 2024", "August 2015"]
    days = markdown(run("us-base", "--fields", "start,end", "--format", "markdown", small=True).out)
    assert days.cells == ["1 December 2001", "3 June 2014"]


def test_where_a_document_needs_a_title_and_none_was_asked_for_it_is_that_of_the_records() -> None:
    for words, title in (
        (["partners"], "All partners"),
        (["sources"], "All sources"),
        (["map"], "Partners and themes"),
    ):
        for form, read in READERS.items():
            assert read(run(*words, "--format", form, small=True).out).titles == [title]
