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

    Raises:
        OSError: The stream can't be written.
        KeyboardInterrupt: The person ended the pager with Ctrl-C.
    """
    if not stream.isatty() or not sys.stdin.isatty() or text.count("\n") < height:
        stream.write(text)
        return

    import shlex
    import signal
    import subprocess

    usual = ["more"] if sys.platform == "win32" else ["less", "-FRX"]
    try:
        command = shlex.split(os.environ.get("PAGER", "")) or usual
    except ValueError:
        # A quote without its other half names no program.
        command = usual
    # As Git does, for a $PAGER that is a bare "less"; whoever has set LESS is left alone.
    environment = {"LESS": "FRX", **os.environ}
    stream.flush()
    # Ctrl-C is the pager's as long as it runs; an interruption here would cut off what it has still to read. Unlike a
    # signal that is ignored, one with a handler of ours is the pager's own again.
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        # The person's own choice of program.
        process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, env=environment, encoding=stream.encoding, errors=stream.errors
        )
        process.communicate(text)
    except OSError:
        stream.write(text)
        return
    finally:
        signal.signal(signal.SIGINT, before)
    if process.returncode == -signal.SIGINT:
        raise KeyboardInterrupt
