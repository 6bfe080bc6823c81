"""The one place that knows what the terminal is able to do: its width, colours, links and letters."""

import codecs
import os
from collections.abc import Mapping
from unicodedata import normalize

from rich.cells import cell_len, set_cell_size
from rich.console import Console, RenderableType
from rich.segment import Segment, Segments
from rich.style import Style
from rich.table import Column, Table

from kyrgyz_relations.edtf import for_people

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

# What is written alike in all that people see.
DATE, HEAD, QUIET, KEY = Style(color="cyan"), Style(bold=True, dim=False), Style(dim=True), Style(color="green")
NOT_BOLD = Style(bold=False)
_PLAIN = {
    "–": "-",
    "—": "-",
    "‑": "-",
    "·": "|",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "…": "...",
    "«": '"',
    "»": '"',
    "━": "-",
    "▶": ">",
    "┃": "|",
    "│": "|",
    "●": "*",
    "■": "#",
    **dict.fromkeys("▄▅▆▇█▌▋▊▉", "#"),
    **dict.fromkeys("▁▂▃▏▎▍▒", "."),
}
# Terminals that take OSC 8 links, by what they set (https://github.com/Alhadis/OSC8-Adoption).
_LINKS_BY_PROGRAM = {"iTerm.app", "WezTerm", "vscode", "ghostty", "rio", "Tabby"}
_LINKS_BY_TERM = {"xterm-kitty", "alacritty", "foot", "foot-extra", "contour", "xterm-ghostty", "wezterm"}
_LINKS_BY_PRESENCE = {"WT_SESSION", "KONSOLE_VERSION", "DOMTERM"}
_FIRST_VTE_WITH_LINKS = 5000


def console(stream: "TextIO", color: str, *, picture: bool = False) -> Console:
    """Make a console that shows texts as they are: nothing in them is markup or an emoji's name.

    Args:
        stream: Where it writes.
        color: "auto" goes by the terminal and by NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE and TERM (https://no-color.org,
            https://bixense.com/clicolors/); "always" and "never" do not ask.
        picture: Whether it records what it shows, to export it.
    """
    forced = color == "always" or picture or os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0")
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if not encoding.lower().startswith("utf") and hasattr(stream, "reconfigure"):
        codecs.register_error("nearest", _nearest)
        stream.reconfigure(errors="nearest")
    width, height = _size(stream)
    return Console(
        file=stream,
        width=width,
        height=height,
        record=picture,
        force_terminal=True if forced and color != "never" else None,
        color_system={"never": None, "always": "standard"}.get(color, "auto"),
        no_color=False if color == "always" else None,
        highlight=False,
        markup=False,
        emoji=False,
    )


def draw(picture: Console, drawn: RenderableType, color: str) -> None:
    """Show something on a console that records it, without colours where none are wanted.

    Args:
        picture: The console.
        drawn: What to show.
        color: As for `console`.
    """
    segments = picture.render(drawn)
    picture.print(Segments(Segment.remove_color(segments) if color == "never" else segments))


def open_table(*columns: Column | str, heads: bool = True) -> Table:
    """Make a table without lines, two blanks between its columns.

    Args:
        columns: The columns, or their heads.
        heads: Whether the heads are shown.
    """
    return Table(*columns, box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style=QUIET, show_header=heads)


def beginning(date: str | None) -> str:
    """Write the date on which something began, or "" where it is not known.

    Args:
        date: In EDTF.
    """
    return for_people(date, short=True).removeprefix("since ") if date else ""


def years(first: str | None, last: str | None) -> str:
    """Write from which year to which something goes, or "" where that is not known.

    Args:
        first: The first date, in EDTF.
        last: The last date, in EDTF.
    """
    return "–".join(dict.fromkeys(date.strip("./")[:4] for date in (first, last) if date))


def cut(name: str, width: int) -> str:
    """Shorten a name that takes more cells of the terminal than there are, and say so.

    Args:
        name: The name.
        width: How many cells there are, one at least.

    Returns:
        The name, or as much of it as there is room for and "…".
    """
    return name if cell_len(name) <= width else f"{set_cell_size(name, width - 1).rstrip()}…"


def _size(stream: "TextIO") -> tuple[int, int]:
    """Give the columns and lines of a screen: what COLUMNS and LINES say, or else the terminal, or else 80 by 25."""
    asked = [os.environ.get(name, "") for name in ("COLUMNS", "LINES")]
    try:
        known: tuple[int, int] = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError, AttributeError):
        known = (0, 0)
    sizes = [int(word) if word.isdecimal() and int(word) else size for word, size in zip(asked, known, strict=True)]
    return sizes[0] or 80, sizes[1] or 25


def takes_links(environment: Mapping[str, str]) -> bool:
    """Tell whether the terminal that these environment variables describe takes OSC 8 links.

    Such links are told of at https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda.

    Args:
        environment: The variables, as `os.environ` has them.
    """
    if "FORCE_HYPERLINK" in environment:
        return environment["FORCE_HYPERLINK"] not in ("", "0")
    vte = environment.get("VTE_VERSION", "")
    return (
        environment.get("TERM_PROGRAM") in _LINKS_BY_PROGRAM
        or environment.get("TERM") in _LINKS_BY_TERM
        or not _LINKS_BY_PRESENCE.isdisjoint(environment)
        or (vte.isdigit() and int(vte) >= _FIRST_VTE_WITH_LINKS)
    )


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Put the nearest ASCII letters for those that the terminal's encoding has not."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    plain = "".join(_PLAIN.get(letter) or normalize("NFKD", letter)[0] for letter in letters)
    return "".join(letter if letter.isascii() else "?" for letter in plain), error.end
