"""Citations: BibTeX and CSL-JSON, an entry for each source of the facts found."""

from json import JSONEncoder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TextIO

    from kyrgyz_relations.fields import Row
    from kyrgyz_relations.output import Answer

# What TeX reads as a command (https://ctan.org/pkg/texbytopic, chapter 2); all other letters it takes as they are.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        # BibTeX counts braces even behind a backslash.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        **{letter: f"\\{letter}" for letter in "&%$#_"},
    }
)
# Item types of https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types.
_CSL_TYPES = {
    "news": "article-newspaper",
    "treaty": "treaty",
    "official": "webpage",
    "reference": "entry-encyclopedia",
    "scholarly": "article",
    "ngo": "report",
}


def render(answer: "Answer", stream: "TextIO") -> None:
    """Write an entry a source, each source once.

    BibTeX is that of https://ctan.org/pkg/bibtex, CSL-JSON that of https://github.com/citation-style-language/schema.

    Args:
        answer: Read are `form` ("bibtex" or "csl-json"), `record` ("fact" or "source") and `rows`; facts must tell
            their sources.
        stream: Where it is written.

    Raises:
        OSError: The stream can't be written.
    """
    sources = _sources(answer)
    if answer.form == "bibtex":
        stream.write("\n".join(map(_bibtex, sources)))
    else:
        encoded = map(JSONEncoder(ensure_ascii=False).encode, map(_csl, sources))
        stream.write("[" + ",\n ".join(encoded) + "]\n")


def _sources(answer: "Answer") -> "Iterator[Row]":
    seen = set()
    for row in answer.rows:
        for source in row["sources"] if answer.record == "fact" else [row]:
            if source["key"] not in seen:
                seen.add(source["key"])
                yield source


def _bibtex(source: "Row") -> str:
    """Write an entry that both BibTeX (`year`) and BibLaTeX (`date`, `language`) understand."""
    fields = {
        "title": "{" + source["title"].translate(_TEX) + "}",
        "publisher": "{" + source["publisher"].translate(_TEX) + "}",
        "url": source["url"].replace("{", "%7B").replace("}", "%7D"),
        "language": source["lang"],
    }
    if source["published"]:
        fields |= {"date": source["published"], "year": source["published"].removeprefix("../")[:4]}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{source['key']},\n{lines}}}\n"


def _csl(source: "Row") -> "dict[str, Any]":
    item: dict[str, Any] = {
        "id": source["key"],
        "type": _CSL_TYPES[source["kind"]],
        "title": source["title"],
        "publisher": source["publisher"],
        "URL": source["url"],
        "language": source["lang"],
    }
    if source["kind"] == "news":
        item["container-title"] = source["publisher"]
    if source["published"]:
        ends = [end for end in source["published"].split("/") if end != ".."]
        issued: dict[str, Any] = {"date-parts": [[int(part) for part in end.rstrip("~?%").split("-")] for end in ends]}
        if source["published"].strip("0123456789-/."):
            issued["circa"] = True
        item["issued"] = issued
    return item
