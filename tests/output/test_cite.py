import io
import json
import re
from importlib import metadata
from pathlib import Path

import citeproc  # type: ignore[import-untyped]  # it has no types
import jsonschema
import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]  # as above
from pylatexenc import latex2text  # type: ignore[import-untyped]  # as above

from tests.conftest import SMALL, run
from tests.hostile import PUBLISHED, TEXTS, kind, published, url


def cited(base: Path, form: str, *words: str) -> str:
    return run("sources", *words, "--facts", str(base), "--format", form).out


def test_bibtex_comes_through_a_parser_that_reads_latex(hostile: Path) -> None:
    # Commands of LaTeX that the decoder has not, or has for another letter.
    known = {"braceleft": "{", "braceright": "}", "asciicircum": "^", "bar": "|", "less": "<", "greater": ">"}
    context = latex2text.get_default_latex_context_db()
    macros = [latex2text.MacroTextSpec(f"text{name}", letter) for name, letter in known.items()]
    context.add_context_category("kernel", macros=macros, prepend=True)
    decoder = LatexDecodingMiddleware(decoder=latex2text.LatexNodes2Text(latex_context=context, keep_comments=True))
    out = cited(hostile, "bibtex")
    raw, read = parse_string(out), parse_string(out, append_middleware=[decoder])
    assert raw.failed_blocks == read.failed_blocks == []
    assert [(entry.entry_type, entry.key) for entry in raw.entries] == [
        ("misc", f"source-{number:02}") for number in range(len(TEXTS))
    ]
    for number, (plain, entry) in enumerate(zip(raw.entries, read.entries, strict=True)):
        text, date = TEXTS[number], published(number)
        assert (plain["url"], plain["date"], plain["year"]) == (url(number), date, PUBLISHED[date][0])
        assert plain["langid"] == "english"
        # TeX makes a dash of several hyphens, and quotes of accents.
        if "--" not in text and "``" not in text:
            assert (entry["title"], entry["howpublished"]) == (text, text)
        # Beside commands there is nothing that BibTeX, TeX or its first font encoding takes for something else.
        left = re.sub(r"\\(?:text[a-z]+\{\}|[&%$#_])", "", plain["title"][1:-1])
        assert not {*"\\{}%$#_&^~|<>"} & {*left}


def test_an_entry_has_what_is_known_and_no_more(base: Path) -> None:
    text = base.read_text(encoding="utf-8").replace("https://example.com/handover", "https://example.com/{x}")
    base.write_text(text.replace('kind = "news"\nlang = "en"', 'kind = "news"\nlang = "ky"'), encoding="utf-8")
    (entry,) = parse_string(cited(base, "bibtex", "us-base")).entries
    assert {field.key: field.value for field in entry.fields} == {
        "title": "{Farewell at the air base}", "howpublished": "{Example News}",
        # A brace would end the field, or begin another.
        "url": "https://example.com/%7Bx%7D",
    }  # fmt: skip


STYLE = b"""\
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
<info><title>All</title><id>all</id><updated>2024-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><group delimiter="&#9;">
  <text variable="title"/><text variable="publisher"/><text variable="container-title"/>
  <date variable="issued"><date-part name="year"/><date-part name="month" form="numeric-leading-zeros" prefix="-"/>
    <date-part name="day" form="numeric-leading-zeros" prefix="-"/></date>
  <text variable="URL"/>
</group></layout></bibliography></style>"""


def test_a_csl_processor_cites_every_source(hostile: Path) -> None:
    items = json.loads(cited(hostile, "csl-json"))
    bibliography = citeproc.CitationStylesBibliography(
        citeproc.CitationStylesStyle(io.BytesIO(STYLE)), CiteProcJSON(items), citeproc.formatter.plain
    )
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    assert [str(entry).split("\t") for entry in bibliography.bibliography()] == [
        [text, text, PUBLISHED[published(number)][1], url(number)] for number, text in enumerate(TEXTS)
    ]


@pytest.mark.parametrize("base", ["small", "hostile"])
def test_csl_json_is_valid_by_the_schema_of_csl(hostile: Path, base: str) -> None:
    try:
        files = metadata.files("commonmeta-py") or []
    except metadata.PackageNotFoundError:
        pytest.skip("the CSL schema comes with commonmeta-py (pip install --no-deps commonmeta-py)")
    (schema,) = [json.loads(file.read_text("utf-8")) for file in files if file.name == "csl-data.json"]
    items = json.loads(cited(SMALL if base == "small" else hostile, "csl-json"))
    assert items
    jsonschema.validate(items, schema)


def test_what_is_about_is_so_for_csl_and_only_a_part_names_the_whole(hostile: Path) -> None:
    for number, item in enumerate(json.loads(cited(hostile, "csl-json"))):
        assert ("circa" in item["issued"]) == ("~" in published(number))
        assert ("container-title" in item) == (kind(number) in ("news", "reference", "scholarly"))
    (undated,) = json.loads(cited(SMALL, "csl-json", "us-base"))
    assert "issued" not in undated


@pytest.mark.parametrize(("form", "key"), [("bibtex", "@misc{{{},"), ("csl-json", '"id": "{}"')])
def test_facts_give_each_of_their_sources_once(form: str, key: str) -> None:
    out = run("china", "--format", form, small=True).out
    sources = ["example-1992-china", "example-2014-handover", "example-2024-railway"]
    assert [out.count(key.format(source)) for source in sources] == [1, 0, 1]


def test_a_citation_to_paste_is_a_line() -> None:
    china, handover, railway = run("sources", "--format", "cite", small=True).lines
    assert handover == 'Example News, "Farewell at the air base", https://example.com/handover'
    assert railway == 'Пример, "Железная дорога началась", December 2024, https://example.org/railway?a=1,2'
    assert run("fact", "kok-tash-road", "--format", "cite", small=True).lines == [china, railway]
