"""A fact base in which everything that may hold a text holds what some format takes for its own markup."""

import json
from pathlib import Path

import pytest

# What begins a block of Markdown at the beginning of a line, or ends a heading at its end.
BLOCKS = (
    "# head", "- item", "+ item", "1. one", "2) two", "---", "> said", "<div>", "[x]: https://evil.example/", "C #",
)  # fmt: skip
# What one format or another might take for its own markup.
TEXTS = (
    *BLOCKS, "a | b", "*stars* and **more**", "_under_ and __more__", "`code` and ``more``", "~~gone~~",
    "[bold]red[/bold] [link=https://evil.example/]x[/link] :smile:", "<script>alert(1)</script>",
    "</title></style></table>", "<!-- said -->", "<https://evil.example/>", "[x](https://evil.example/)",
    "![x](https://evil.example/x.png)", "&amp; &lt;b&gt; &#60;", "]]>", "=cmd()", "@SUM(1)", "＝cmd()",
    r"\| \* \textbf{x} \\", r"\x1b[31m \u202e {x}", "{braces} {{", "} unbalanced {", "100 % & $5 #1 ^ ~ @a, b; c",
    "\"double\" and 'single'", "日本国 e\u0301 ﷽ 👩‍👩‍👧",
)  # fmt: skip
# Dates as EDTF, the years of their entries for BibTeX, and what a CSL processor makes of them.
PUBLISHED = {
    "2014-06-03": ("2014", "2014-06-03"), "2014-06": ("2014", "2014-06"), "2014": ("2014", "2014"),
    "1992~": ("1992", "1992"), "1999/2001": ("1999", "1999–2001"), "2003-10-23/..": ("2003", "2003-10-23"),
    "../1999": ("1999", "1999"),
}  # fmt: skip
KINDS = ("official", "treaty", "news", "reference", "scholarly", "ngo")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the fact base: for each text a fact, and a partner, a theme and a source of its own."""
    # A string of JSON is one of TOML too.
    everything = json.dumps(" ".join(TEXTS), ensure_ascii=False)
    base = [f"[meta]\nformat = 1\ntitle = {everything}\nsubject = {everything}\nas_of = '2024'"]
    base += [f"license = {everything}\nexamples = [{everything}]"]
    for number, text in enumerate(json.dumps(text, ensure_ascii=False) for text in TEXTS):
        name = json.dumps(partner_name(number), ensure_ascii=False)
        base += [
            f"[themes.theme-{number}]\nname = 'Theme {number}'\nsummary = {text}",
            f"[partners.partner-{number}]\nname = {name}\nsummary = {text}\nkind = 'format'",
            f"[sources.source-{number:02}]\ntitle = {text}\npublisher = {text}\nkind = '{kind(number)}'\nlang = 'en'",
            f"url = {json.dumps(url(number))}\npublished = '{published(number)}'",
            f"[[facts]]\nid = 'fact-{number}'\ndate = '{2000 + number}'\nkind = 'event'\ntext = {text}\nnote = {text}",
            f"partners = ['partner-{number}']\nthemes = ['theme-{number}']\nsources = ['source-{number:02}']",
        ]
    path: Path = tmp_path_factory.mktemp("hostile") / "hostile.toml"
    path.write_text("\n".join(base), encoding="utf-8")
    return path


def partner_name(number: int) -> str:
    return f"{TEXTS[number]} of {number} #"


def kind(number: int) -> str:
    return KINDS[number % len(KINDS)]


def published(number: int) -> str:
    return [*PUBLISHED][number % len(PUBLISHED)]


def url(number: int) -> str:
    return f"https://example.org/{number}?a|b&c=[d](e)*f*_g_`h`&amp;i&copy;j%20k#l'm"
