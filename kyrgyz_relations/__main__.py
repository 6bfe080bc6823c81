"""The front door: plain words go straight to the lookup, all else to the Typer app."""

import gc
import os
import sys

# As a shell tells of a process that SIGINT ended (https://tldp.org/LDP/abs/html/exitcodes.html).
_INTERRUPTED = 130
# Where Typer's completion finds the command line, by shell.
_TO_COMPLETE = ("COMP_WORDS", "_TYPER_COMPLETE_ARGS")


def main() -> None:
    """Carry out the command line of this process and end it with the command's exit status."""
    # A run is over before a collection of garbage would pay.
    gc.disable()
    try:
        _answer(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except OSError as error:
        # Only what Typer itself prints comes here: a help, a version, an error.
        _give_up(f"relations: cannot be written: {error.strerror}")


def _give_up(message: str) -> None:
    """End with a fault; neither stream may be asked again, for one of them does not take what it is given."""
    from kyrgyz_relations.commands import FAULT

    try:
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()
    finally:
        os._exit(FAULT)


def _answer(words: list[str]) -> None:
    from kyrgyz_relations.commands import COMMANDS, run

    command = words[0] if words and words[0] in COMMANDS else ""
    # Typer takes a tenth of a second to load: where there is no option to read, there is no need for it.
    plain = COMMANDS[command or "find"].words in ("words", "ids")
    completing = "_RELATIONS_COMPLETE" in os.environ
    if not plain or completing or any(word.startswith("-") for word in words):
        from kyrgyz_relations.cli import app_for

        # What is to be completed a shell tells in the environment.
        asked = " ".join([os.environ.get(name, "") for name in _TO_COMPLETE]).split() if completing else words
        sys.exit(app_for(asked)())
    from kyrgyz_relations.request import Request

    sys.exit(run(command or "find", Request(words[1:] if command else words)))


if __name__ == "__main__":
    main()
