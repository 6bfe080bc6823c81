"""Citations, read by parsers of BibTeX and by a CSL processor."""

import io
import json
import re
from importlib import metadata
from pathlib import Path

import jsonschema
import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import (  # type: ignore[import-untyped]  # it has no types
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]  # as above
from pylatexenc.latex2text import (  # type: ignore[import-untyped]  # as above
    LatexNodes2Text,
    MacroTextSpec,
    get_default_latex_context_db,
)

from tests.conftest import SMALL, Command
from tests.hostile import PUBLISHED, TEXTS, published, url, write


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hostile") / "hostile.toml"
    write(path)
    return path


def entries(relations: Command, base: Path, form: str) -> str:
    return relations("--facts", str(base), "sources", "--format", form).out


def test_bibtex_survives_a_parser_that_reads_latex(relations: Command, hostile: Path) -> None:
    # Commands of LaTeX that the decoder has not, or has for another letter.
    known = {"braceleft": "{", "braceright": "}", "asciicircum": "^", "bar": "|", "less": "<", "greater": ">"}
    context = get_default_latex_context_db()
    macros = [MacroTextSpec(f"text{name}", letter) for name, letter in known.items()]
    context.add_context_category("kernel", macros=macros, prepend=True)
    decoder = LatexDecodingMiddleware(decoder=LatexNodes2Text(latex_context=context, keep_comments=True))
    out = entries(relations, hostile, "bibtex")
    raw, read = parse_string(out), parse_string(out, append_middleware=[decoder])
    assert raw.failed_blocks == read.failed_blocks == []
    assert [entry.key for entry in raw.entries] == [f"source-{number:02}" for number in range(len(TEXTS))]
    for number, (plain, entry) in enumerate(zip(raw.entries, read.entries, strict=True)):
        text, date = TEXTS[number], published(number)
        assert (plain["url"], plain["date"], plain["year"]) == (url(number), date, PUBLISHED[date][0])
        # TeX makes a dash of several hyphens, and quotes of accents.
        if "--" not in text and "``" not in text:
            assert (entry["title"], entry["publisher"]) == (text, text)
        # Beside commands there is nothing that BibTeX, TeX or its first font encoding takes for something else.
        left = re.sub(r"\\(?:text[a-z]+\{\}|[&%$#_])", "", plain["title"][1:-1])
        assert not {*"\\{}%$#_&^~|<>"} & {*left}


STYLE = b"""\
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
<info><title>All</title><id>all</id><updated>2024-01-01T00:00:00+00:00</updated></info>
<citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><group delimiter="&#9;">
  <text variable="title"/><text variable="publisher"/>
  <date variable="issued"><date-part name="year"/><date-part name="month" form="numeric-leading-zeros" prefix="-"/>
    <date-part name="day" form="numeric-leading-zeros" prefix="-"/></date>
  <text variable="URL"/>
</group></layout></bibliography></style>"""


@pytest.mark.parametrize(("form", "key"), [("bibtex", "@misc{{{},"), ("csl-json", '"id": "{}"')])
def test_facts_give_each_of_their_sources_once(relations: Command, form: str, key: str) -> None:
    out = relations("china", "--format", form, small=True).out
    sources = ["example-1992-china", "example-2014-handover", "example-2024-railway"]
    assert [out.count(key.format(source)) for source in sources] == [1, 0, 1]


def test_a_csl_processor_cites_every_source(relations: Command, hostile: Path) -> None:
    items = json.loads(entries(relations, hostile, "csl-json"))
    bibliography = CitationStylesBibliography(
        CitationStylesStyle(io.BytesIO(STYLE)), CiteProcJSON(items), formatter.plain
    )
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    assert [str(entry).split("\t") for entry in bibliography.bibliography()] == [
        [text, text, PUBLISHED[published(number)][1], url(number)] for number, text in enumerate(TEXTS)
    ]


def test_csl_json_is_valid_by_the_schema_of_csl(relations: Command, hostile: Path) -> None:
    try:
        files = metadata.files("commonmeta-py") or []
    except metadata.PackageNotFoundError:
        pytest.skip("the CSL schema comes with commonmeta-py (pip install --no-deps commonmeta-py)")
    (schema,) = [json.loads(file.read_text("utf-8")) for file in files if file.name == "csl-data.json"]
    for base in (SMALL, hostile):
        items = json.loads(entries(relations, base, "csl-json"))
        assert items
        jsonschema.validate(items, schema)
