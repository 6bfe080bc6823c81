"""The entry: a well-formed command line is read at once, anything else is left to Typer."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Carry out the command line of this process and end it with the command's exit status."""
    # A run is over before a collection of garbage would pay.
    gc.disable()
    from kyrgyz_relations.errors import INTERRUPTED

    try:
        status = answer(sys.argv[1:])
    except KeyboardInterrupt:
        status = INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            # The status says what was wrong.
            continue
    # What is left to tidy up goes with the process, in a tenth of the time of a lookup less.
    os._exit(status)


def answer(arguments: list[str]) -> int:
    """Carry out a command line; returns its exit status."""
    from kyrgyz_relations.arguments import read

    request = None if "_RELATIONS_COMPLETE" in os.environ else read(arguments)
    if request is None:
        from kyrgyz_relations.cli import answer_with_typer

        return answer_with_typer(arguments)
    from kyrgyz_relations.commands import run

    return run(request)


if __name__ == "__main__":
    main()
