"""The terminal: its width, colours, links and letters, the pager, and pictures of it."""

from __future__ import annotations

import codecs
import os
import re
import sys
from collections.abc import Callable, Mapping
from typing import TextIO
from unicodedata import normalize

from rich.console import Console, Group, RenderableType
from rich.segment import Segment, Segments

from kyrgyz_relations.language import printable
from kyrgyz_relations.output import Output
from kyrgyz_relations.output.canvas import Canvas, field_table, title
from kyrgyz_relations.records import Answer

_PLAIN = {
    "–": "-", "—": "-", "‑": "-", "·": "|", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "«": '"', "»": '"',
    "━": "-", "▶": ">", "┃": "|", "│": "|", "●": "*", "▓": "%", "▒": "+", "░": ":", "▚": "/", "▞": "\\", "▪": "o",
    **dict.fromkeys("▄▅▆▇█▌▋▊▉", "#"), **dict.fromkeys("▁▂▃▏▎▍", "."),
}  # fmt: skip
# Terminals that take OSC 8 links, by what they set (https://github.com/Alhadis/OSC8-Adoption).
_LINKS_BY_PROGRAM = {"iTerm.app", "WezTerm", "vscode", "ghostty", "rio", "Tabby"}
_LINKS_BY_TERM = {"xterm-kitty", "alacritty", "foot", "foot-extra", "contour", "xterm-ghostty", "wezterm"}
_LINKS_BY_PRESENCE = {"WT_SESSION", "KONSOLE_VERSION", "DOMTERM"}
_FIRST_VTE_WITH_LINKS = 5000
# Screens beyond this are mistakes, and so are numbers of more digits than theirs.
_WIDEST_SCREEN = 9999
# All is laid out to fit but on the smallest screens; to cut what does not takes a third of the time.
_SMALLEST = 40
# Rich's pictures would load their font from the network.
_FONT_FACE = re.compile(r"@font-face \{\{.*?\}\}\s*", re.DOTALL)
_CHART_WIDTH = 110


def render(answer: Answer, output: Output, stream: TextIO) -> None:
    """Draw an answer on a terminal, or as a picture of one; what is longer than the screen goes through a pager."""

    def body(canvas: Canvas) -> RenderableType:
        if answer.draw and not output.custom:
            return answer.draw(canvas)
        table = field_table(output.fields, answer.rows)
        return table if output.custom else Group(title([printable(part) for part in answer.title]), table)

    if output.format.name == "svg":
        from rich._export_format import CONSOLE_SVG_FORMAT

        picture = _recorded(body, output.color)
        drawn = picture.export_svg(title="relations", code_format=_FONT_FACE.sub("", CONSOLE_SVG_FORMAT))
        # Some viewers drop the blanks that a line begins with, Rich's no-break spaces too.
        stream.write(drawn.replace("<text ", '<text xml:space="preserve" '))
        return
    screen = console(stream, output.color)
    with screen.capture() as capture:
        screen.print(body(Canvas(screen.width, takes_links(os.environ))), crop=screen.width < _SMALLEST)
    show(capture.get(), stream, screen.height)


def chart_html(chart: Callable[[Canvas], RenderableType], color: str) -> str:
    """Draw what a page shows above its table, as preformatted text with styles."""
    picture = _recorded(chart, color, _CHART_WIDTH)
    return picture.export_html(inline_styles=True, code_format='<pre class="drawn">{code}</pre>\n')


def _recorded(draw: Callable[[Canvas], RenderableType], color: str, width: int = 0) -> Console:
    """Draw on a console that records it for export, without colours if color is "never"."""
    from io import StringIO

    picture = console(StringIO(), color, picture=True)
    picture.width = width or picture.width
    segments = picture.render(draw(Canvas(picture.width)))
    picture.print(Segments(Segment.remove_color(segments) if color == "never" else segments))
    return picture


def console(stream: TextIO, color: str, *, picture: bool = False) -> Console:
    """Make a console that shows texts as they are; colours go by the option, the terminal and the environment.

    The environment is NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE and TERM (https://no-color.org, https://bixense.com/clicolors).
    """
    wanted = any(os.environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE"))
    forced = color == "always" or picture or wanted
    encoding = getattr(stream, "encoding", None) or "utf-8"
    if not encoding.lower().startswith("utf") and hasattr(stream, "reconfigure"):
        codecs.register_error("nearest", _nearest)
        stream.reconfigure(errors="nearest")
    width, height = _size(stream)
    no_color = color == "never" or (color == "auto" and os.environ.get("FORCE_COLOR") == "0")
    return Console(
        file=stream,
        width=width,
        height=height,
        record=picture,
        # Rich would also ask what only CI services set.
        force_terminal=stream.isatty() or (forced and not no_color),
        color_system=None if no_color else "standard" if color == "always" else "auto",
        no_color=False if color == "always" else None,
        highlight=False,
        markup=False,
        emoji=False,
    )


def _size(stream: TextIO) -> tuple[int, int]:
    """Give the columns and lines of a screen: what COLUMNS and LINES say, or else the terminal, or else 80 by 25."""
    try:
        known: tuple[int, int] = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError, AttributeError):
        known = (0, 0)
    columns, lines = (_number(os.environ.get(name, ""), _WIDEST_SCREEN) for name in ("COLUMNS", "LINES"))
    return columns or known[0] or 80, lines or known[1] or 25


def _number(word: str, most: int) -> int:
    """Read a number from the environment; 0 where it is none."""
    return min(int(word), most) if word.isascii() and word.isdecimal() and len(word) <= len(str(most)) else 0


def takes_links(environment: Mapping[str, str]) -> bool:
    """Tell whether a terminal takes OSC 8 links (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda)."""
    if "FORCE_HYPERLINK" in environment:
        return environment["FORCE_HYPERLINK"] not in ("", "0")
    return (
        environment.get("TERM_PROGRAM") in _LINKS_BY_PROGRAM
        or environment.get("TERM") in _LINKS_BY_TERM
        or not _LINKS_BY_PRESENCE.isdisjoint(environment)
        or _number(environment.get("VTE_VERSION", ""), 99999) >= _FIRST_VTE_WITH_LINKS
    )


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Put the nearest ASCII letters for those that the terminal's encoding has not."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letters = error.object[error.start : error.end]
    plain = "".join(_PLAIN.get(letter) or normalize("NFKD", letter)[0] for letter in letters)
    return "".join(letter if letter.isascii() else "?" for letter in plain), error.end


def show(text: str, stream: TextIO, height: int) -> None:
    """Write a text, through `$PAGER` as git runs it, or `less -FRX`, where it is longer than the terminal.

    Rich's pager, pydoc's, loses the text where a pager fails.
    """
    if not stream.isatty() or sys.stdin is None or not sys.stdin.isatty() or text.count("\n") < height:
        stream.write(text)
        return
    pager = os.environ.get("PAGER", "more" if sys.platform == "win32" else "less")
    if pager.strip() in ("", "cat") or os.environ.get("TERM") in (None, "", "dumb") or not _page(text, pager, stream):
        stream.write(text)


def _page(text: str, pager: str, stream: TextIO) -> bool:
    """Run a pager; tells whether it started."""
    import signal
    import subprocess

    # Whoever has set LESS is left alone, but for the colours, which it would print as their codes.
    environment = {**os.environ, "LESS": f"-R {os.environ['LESS']}" if "LESS" in os.environ else "FRX"}
    stream.flush()
    # Ctrl-C is the pager's as long as it runs; unlike a signal that is ignored, one with a handler of ours is the
    # pager's own again.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        # The person's own choice of program, with a shell's words.
        process = subprocess.Popen(  # noqa: S602
            pager, shell=True, stdin=subprocess.PIPE, env=environment, encoding=stream.encoding, errors=stream.errors
        )
        process.communicate(text)
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    if process.returncode == -signal.SIGINT:
        raise KeyboardInterrupt
    # A shell's statuses for what it can't run; "false" has shown nothing either.
    return process.returncode == 0
