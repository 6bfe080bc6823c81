"""Citations, one for each source: BibTeX, CSL-JSON, and plain ones to paste."""

from __future__ import annotations

from kyrgyz_relations.dates import appended

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TextIO

    from kyrgyz_relations.output import Output
    from kyrgyz_relations.records import Answer, Row

# What TeX reads as a command (https://ctan.org/pkg/texbytopic, chapter 2).
_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}",
    ">": r"\textgreater{}", "|": r"\textbar{}", **{letter: f"\\{letter}" for letter in "&%$#_"},
    # BibTeX counts braces even behind a backslash.
    "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
})  # fmt: skip
# Item types of https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types.
_CSL_TYPES = {
    "news": "article-newspaper", "treaty": "treaty", "official": "webpage", "reference": "entry-encyclopedia",
    "scholarly": "article", "ngo": "report",
}  # fmt: skip
# Types whose items are a part of what the publisher publishes.
_IN_CONTAINER = ("news", "reference", "scholarly")
# The names of languages in BibLaTeX, by their BCP 47 subtags.
_LANGUAGES = {
    "en": "english", "ru": "russian", "de": "german", "fr": "french", "tr": "turkish", "zh": "chinese",
    "ja": "japanese", "es": "spanish", "it": "italian", "pl": "polish", "uk": "ukrainian", "ko": "korean",
}  # fmt: skip


def render(answer: Answer, output: Output, stream: TextIO) -> None:
    """Write each source once."""
    every = (source for row in answer.rows for source in (row["sources"] if answer.record == "fact" else [row]))
    sources = {source["key"]: source for source in every}.values()
    if output.format.name == "bibtex":
        stream.write("\n".join(map(_bibtex, sources)))
    elif output.format.name == "csl-json":
        from json import JSONEncoder

        encoded = map(JSONEncoder(ensure_ascii=False).encode, map(_csl, sources))
        stream.write("[" + ",\n ".join(encoded) + "]\n")
    else:
        stream.writelines(f"{citation(source)}\n" for source in sources)


def citation(source: Row) -> str:
    """Write a citation for people: the publisher, the title, the date and the address."""
    published = appended(source["published"])
    return f'{source["publisher"]}, "{source["title"]}"{published}, {source["url"]}'


def _bibtex(source: Row) -> str:
    """Write an entry that both BibLaTeX and BibTeX (`howpublished`, `year`) print with its publisher and address."""
    title, publisher = (f"{{{source[field].translate(_TEX)}}}" for field in ("title", "publisher"))
    url = source["url"].replace("{", "%7B").replace("}", "%7D")
    fields = {"title": title, "howpublished": publisher, "url": url}
    if language := _LANGUAGES.get(source["lang"].partition("-")[0]):
        fields["langid"] = language
    if source["published"]:
        fields |= {"date": source["published"], "year": source["published"].removeprefix("../")[:4]}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{source['key']},\n{lines}}}\n"


def _csl(source: Row) -> dict[str, Any]:
    """Write an item of https://github.com/citation-style-language/schema."""
    item: dict[str, Any] = {
        "id": source["key"], "type": _CSL_TYPES[source["kind"]], "title": source["title"],
        "URL": source["url"], "language": source["lang"],
        "container-title" if source["kind"] in _IN_CONTAINER else "publisher": source["publisher"],
    }  # fmt: skip
    if source["published"]:
        ends = [end for end in source["published"].split("/") if end != ".."]
        issued: dict[str, Any] = {"date-parts": [[int(part) for part in end.rstrip("~?%").split("-")] for end in ends]}
        if source["published"].strip("0123456789-/."):
            issued["circa"] = True
        item["issued"] = issued
    return item
