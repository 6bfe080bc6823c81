"""An odd fact base: many facts, wide names, open beginnings, figures of all sizes."""

from pathlib import Path

import pytest

from tests.hostile import hostile

__all__ = ["hostile"]

_HEAD = """
meta = { format = 1, title = "Odd", subject = "Oddland", as_of = "2024" }
[themes]
trade = { name = "Trade", summary = "Trade" }
borders = { name = "Borders", summary = "Borders" }
[partners]
japan = { name = "日本国と呼ばれる東の国の長い名前の例", kind = "state" }
peru = { name = "Republic of Peru", kind = "state", aliases = ["Rus"] }
russia = { name = "Russia", name_ru = "Россия", kind = "state" }
united-states = { name = "United States", kind = "state", iso2 = "US", iso3 = "USA" }
league = { name = "League", kind = "organization" }
[sources]
trade = { title = "T", publisher = "japan", url = "https://example.org/", kind = "news", lang = "en" }
[series]
balance = { name = "Balance of trade with Japan", unit = "US$" }
russia-share = { name = "Share of Russia", unit = "parts" }
unused = { name = "Nothing yet", unit = "US$" }
"""
_FIGURES = """figures = [
  { series = "balance", date = "2010", value = -5 },
  { series = "balance", date = "2009-07/2011-06", value = 12345.5 },
  { series = "balance", date = "1999~", value = 3 },
  { series = "russia-share", date = "2010", value = 0.0000001 },
]"""


def fact(number: int, date: str, partners: str, *, theme: str = "trade", more: str = "") -> str:
    return (
        f"[[facts]]\nid = 'f{number}'\ndate = '{date}'\nkind = 'event'\npartners = {partners}\nthemes = ['{theme}']\n"
        f"text = 'Fact {number}.'\nsources = ['trade']\n{more}\n"
    )


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The option that asks the odd base."""
    path: Path = tmp_path_factory.mktemp("odd") / "odd.toml"
    facts = [fact(number, f"20{number % 20:02}-0{number % 9 + 1}-11", "['japan']") for number in range(120)]
    facts += [
        fact(200, "../1995", "['peru']", theme="borders"),
        fact(201, "2010", "['peru', 'russia']", more=_FIGURES),
        fact(202, "2013-06/..", "['peru', 'league']"),
        fact(203, "2013-06-30", "['peru', 'league']"),
    ]
    path.write_text(_HEAD + "\n".join(facts), encoding="utf-8")
    return "--facts", str(path)
