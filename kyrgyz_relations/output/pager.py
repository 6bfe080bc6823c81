"""The pager, for what is longer than the screen."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


def show(text: str, stream: "TextIO", height: int) -> None:
    """Write a text to a stream, through `$PAGER` (or `less -FRX`) where it is a terminal too low for it.

    Args:
        text: What to write; it may hold the escape sequences of colours and links.
        stream: Where to.
        height: How many lines its screen has.
    """
    if not stream.isatty() or not sys.stdin.isatty() or text.count("\n") < height:
        stream.write(text)
        return

    import shlex
    import subprocess

    command = shlex.split(os.environ.get("PAGER", "") or ("more" if sys.platform == "win32" else "less -FRX"))
    # As Git does, for a $PAGER that is a bare "less"; whoever has set LESS is left alone.
    environment = {"LESS": "FRX", **os.environ}
    stream.flush()
    try:
        # The person's own choice of program.
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment, encoding=stream.encoding)  # noqa: S603
    except OSError:
        stream.write(text)
        return
    while True:
        try:
            process.communicate(text)
        except KeyboardInterrupt:
            # The pager has its own use for Ctrl-C, and goes on.
            continue
        return
