import re
import tomllib
from dataclasses import dataclass
from itertools import cycle, pairwise
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest
from markdown_it import MarkdownIt

from tests.conftest import SMALL, run
from tests.hostile import BLOCKS, TEXTS, partner_name, url


@dataclass
class Page:
    """A document as its readers see it."""

    titles: list[str]
    about: list[str]
    header: list[str]
    cells: list[str]
    links: list[str]
    markup: set[str]
    foot: str

    def column(self, name: str) -> list[str]:
        """Give the first lines of the cells below a name, or beside it."""
        named = zip(cycle(self.header), self.cells, strict=False)
        return [cell.partition("\n")[0] for head, cell in named if head == name]


def markdown(*words: str) -> Page:
    places: dict[str, list[str]] = {tag: [] for tag in ("h1", "p", "th", "td")}
    links, markup = [], set()
    text = run(*words, "--format", "markdown").out
    for opening, token in pairwise(MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)):
        children = token.children or []
        markup |= {item.tag for item in (opening, *children) if item.type not in ("inline", "text")}
        links += [str(child.attrs["href"]) for child in children if "href" in child.attrs]
        said = "".join(child.content for child in children)
        if opening.hidden and token.type == "inline":
            # An item of a list: a field of a record in full.
            label, _, rest = said.partition(": ")
            places["th"].append(label)
            places["td"].append(rest)
        elif token.type == "inline":
            places[opening.tag].append(said)
    *about, foot = places["p"]
    return Page(places["h1"], about, places["th"], places["td"], links, markup, foot)


def html(*words: str) -> Page:
    text = run(*words, "--format", "html").out
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    for line_break in document.iter("br"):
        line_break.text = "\n"
    titles, about, header, cells, (foot,) = (
        ["".join(item.itertext()) for item in document.iter() if item.tag in tags]
        for tags in (["h1"], ["p"], ["th", "dt"], ["td", "dd"], ["footer"])
    )
    links = [item.attrib[name] for item in document.iter() for name in ("href", "src") if name in item.attrib]
    markup = {word for item in document.iter() for word in (item.tag, *item.attrib)}
    return Page(titles, about, header, cells, links, markup, foot)


BASE = ("--facts", str(SMALL))
READERS = {"markdown": markdown, "html": html}
TABLE = {"h1", "p", "table", "thead", "tbody", "tr", "th", "td", "a"}
MARKUP = {
    "markdown": {*TABLE, "em", "ul", "li", "strong", "hr"},
    "html": {*TABLE, "html", "head", "meta", "title", "style", "body", "dl", "dt", "dd", "br", "span", "footer"}
    | {"lang", "charset", "name", "content", "id", "href", "class", "data-label"},
}
LIST = ["Date", "What happened", "Sources"]
WHOLE = ["Date", "What happened", "Kind", "Partners", "Themes", "Note", "Sources", "Record"]
OVERVIEW = ["Subject", "Checked up to", "First", "Facts", "Partners", "Themes", "Sources", "Examples"]


@pytest.mark.parametrize(
    ("words", "header", "telling"),
    [
        (["1990..", "--reverse"], LIST, "What happened"),
        (["fact", *(f"fact-{number}" for number in range(len(TEXTS)))], WHOLE * len(TEXTS), "What happened"),
        (["partners"], ["Name", "Kind", "Facts", "First", "Last"], "Name"),
        (["themes"], ["Name", "Summary", "Facts", "First", "Last"], "Summary"),
        (["sources"], ["Title", "Publisher", "Published", "Kind", "Language", "Facts"], "Title"),
    ],
)
@pytest.mark.parametrize("form", READERS)
def test_text_is_no_markup_and_links_go_to_sources(
    hostile: Path, form: str, words: list[str], header: list[str], telling: str
) -> None:
    page = READERS[form](*words, "--facts", str(hostile))
    assert page.markup <= MARKUP[form]
    assert page.header == header
    texts = map(partner_name, range(len(TEXTS))) if telling == "Name" else TEXTS
    assert sorted(page.column(telling)) == sorted(texts)
    expected = [] if words[0] in ("partners", "themes") else [url(number) for number in range(len(TEXTS))]
    assert [*map(unquote, page.links)] == [*map(unquote, expected)]


@pytest.mark.parametrize("form", READERS)
def test_what_heads_and_ends_a_document_is_no_markup(hostile: Path, form: str) -> None:
    everything = " ".join(TEXTS)
    for text in (*BLOCKS, "&amp; &lt;b&gt; &#60;"):
        number = TEXTS.index(text)
        page = READERS[form](f"partner-{number}", "--facts", str(hostile))
        assert page.markup <= MARKUP[form]
        assert (page.titles, page.about) == ([partner_name(number)], [partner_name(number), text])
        assert page.foot == (
            f"1 record · relations partner-{number} · {everything} · checked up to 2024 · licence {everything}"
        )
        alone = READERS[form]("fact", f"fact-{number}", "--facts", str(hostile))
        assert (alone.titles, alone.column("Note")) == ([text], [text])
        assert "What happened" not in alone.header


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["кытай", "2000.."], "1 record · relations кытай 2000.."),
        (["--theme", "bases", "--not", "russia"], "2 records · relations --theme bases --not russia"),
        (["when did the base close?", "-n", "3"], "3 records · relations 'when did the base close?'"),
        (["stats", "bases", "-n", "2"], "2 records · relations stats bases"),
    ],
)
@pytest.mark.parametrize("form", READERS)
def test_a_foot_tells_how_to_ask_again(form: str, words: list[str], said: str) -> None:
    foot = f"{said} · The foreign relations of Testland · checked up to 31 December 2024"
    assert READERS[form](*words, *BASE).foot == foot


@pytest.mark.parametrize("form", READERS)
def test_an_address_that_is_asked_for_is_a_link(form: str) -> None:
    page = READERS[form]("railway-begun", "--fields", "url,id", *BASE)
    address = "https://example.org/railway?a=1,2"
    assert (page.header, page.cells, page.links) == (["Address", "Record"], [address, "railway-begun"], [address])


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("base", ["small", "hostile"])
def test_the_overview_is_one_record_in_full(hostile: Path, form: str, base: str) -> None:
    facts = SMALL if base == "small" else hostile
    page = READERS[form]("--facts", str(facts))
    meta = tomllib.loads(facts.read_text(encoding="utf-8"))["meta"]
    assert [head for head in page.header if head != "Licence"] == OVERVIEW
    assert page.titles == [meta["title"]]
    assert page.column("Checked up to")[0] in ("31 December 2024", "2024")
    # An example may look like the key of a partner.
    assert page.column("Examples") == [", ".join(meta["examples"])]
    assert page.links == []


VIEWS = [
    ["timeline", "..2100"], ["timeline", "..2100", "--by", "decade"], ["timeline", "..2100", "--by", "theme"],
    ["compare", "china", "russia"], ["map"], ["stats"], ["series", "road-costs"],
]  # fmt: skip
UNDRAWN = [["china"], ["fact", "us-base"], ["partners"], ["themes"], ["sources"], ["series"], ["today", "06-03"], []]


@pytest.mark.parametrize("words", [*VIEWS, *UNDRAWN])
def test_a_page_fits_a_phone_and_paper_loads_nothing_and_shows_what_a_view_draws(words: list[str]) -> None:
    out = run(*words, "--format", "html", small=True).out
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(out)
    metas = [item.attrib for item in document.iter("meta")]
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in metas
    assert {"charset": "utf-8"} in metas
    assert {item.tag for item in document.iter() if "href" in item.attrib or "src" in item.attrib} <= {"a"}
    (style,) = (item.text or "" for item in document.iter("style"))
    assert not re.search(r"url\(|@import", style)
    assert all(medium in style for medium in ("@media print", "@media (max-width"))
    assert (document.find(".//pre") is not None) == (words in VIEWS)
    # On a narrow screen the heads are left out, and each cell says what it is, but for the text and its sources.
    heads = [head.text for head in document.iter("th")]
    for row in document.iterfind(".//tbody/tr"):
        labels = [cell.get("data-label") for cell in row]
        assert [label or head for label, head in zip(labels, heads, strict=True)] == heads
        assert {head for label, head in zip(labels, heads, strict=True) if not label} <= {*LIST[1:]}


@pytest.mark.parametrize("words", [*VIEWS, *UNDRAWN])
def test_both_kinds_of_document_say_the_same(words: list[str]) -> None:
    one, other = (read(*words, *BASE) for read in READERS.values())
    assert one.markup <= MARKUP["markdown"]
    assert (one.titles, one.about, one.header, one.foot) == (other.titles, other.about, other.header, other.foot)
    assert len(one.titles) == 1
    assert len(one.cells) == len(other.cells) > 0


def test_people_read_names_and_dates_in_prose_and_scripts_find_a_fact_by_its_id() -> None:
    out = run("kok-tash-road", "--format", "html", small=True).out
    assert '<tr id="kok-tash-road"><td data-label="Date">c. 1998</td><td>' in out
    assert '<br><span class="quiet">One source has 1997.</span>' in out
    assert run("kok-tash-road", "--fields", "text,note", "-f", "html", small=True).out.count("has 1997") == 1
    assert markdown("fact", "kok-tash-road", *BASE).column("Partners") == ["China, Russia"]
    compared = markdown("compare", "china", "russia", *BASE)
    assert compared.column("Themes") == ["Transport 3", "Transport 2, Military bases 1"]
    assert compared.column("Last") == ["27 December 2024", "August 2015"]
    days = markdown("us-base", "--fields", "start,end", *BASE)
    assert (days.header, days.cells) == (["Start", "End"], ["1 December 2001", "3 June 2014"])
    figures = markdown("series", "road-costs", *BASE)
    assert (figures.column("Value"), figures.column("Qualifier")) == (["12.5", "30"], ["about", ""])
    themes = markdown("timeline", "bases", "--by", "theme", *BASE).column("Name")
    assert themes == ["Military bases"] * 3 + ["Rule of law"]
    # What has no keys has no column for them.
    assert markdown("timeline", "--by", "decade", *BASE).header == ["Period", "Facts"]


@pytest.mark.parametrize(
    ("command", "title"), [("partners", "All partners"), ("sources", "All sources"), ("map", "Partners and themes")]
)
def test_a_document_has_a_title_where_none_was_asked_for(command: str, title: str) -> None:
    assert [read(command, *BASE).titles for read in READERS.values()] == [[title]] * 2
