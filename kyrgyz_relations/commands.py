"""The commands: what each is for, takes and prints, and where its work is done. Both doors lead through `run`."""

import sys

from kyrgyz_relations.errors import FactBaseError, RelationsError
from kyrgyz_relations.text import printable

# As in `typing`, whose import takes longer than a lookup.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from kyrgyz_relations.request import Request

# Exit statuses, as grep's (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/grep.html).
FOUND, NOTHING, FAULT = 0, 1, 2

# The groups of options that commands take, as `cli` describes them.
QUERY, SORT, DAY, BY, BASE, OUTPUT, FILE, FORCE = "query", "sort", "day", "by", "base", "output", "file", "force"

# Where a fact base is looked at in passing, more would only scroll away.
_MOST_PROBLEMS = 100


class Command:
    """A command.

    Args:
        module: The module of this package that does it.
        function: The function there, if it has not the command's name.
        meaning: What it does, in a sentence.
        words: What its arguments are: "words" of a query, "ids", "files", one "file", or "" for none.
        options: The groups of options that it takes.
        records: The kinds of record that it prints, keys of `fields.FIELDS`, the usual one first.
        examples: What its help shows to try, as words after its name.
    """

    __slots__ = ("examples", "function", "meaning", "module", "options", "records", "words")

    def __init__(
        self,
        module: str,
        meaning: str,
        *,
        words: str = "words",
        options: tuple[str, ...] = (QUERY, BASE, OUTPUT),
        records: tuple[str, ...] = (),
        examples: tuple[str, ...] = (),
        function: str = "",
    ) -> None:
        self.module = module
        self.function = function
        self.meaning = meaning
        self.words = words
        self.options = options
        self.records = records
        self.examples = examples


COMMANDS = {
    "find": Command(
        "lookup",
        "Print the facts found. This command's name may be left out.",
        options=(QUERY, SORT, BASE, OUTPUT),
        records=("fact",),
        examples=("china energy 2010..", "CN,RU debt --json", "--partner west --since 2020"),
    ),
    "fact": Command(
        "lookup",
        "Print facts whole, with their sources.",
        words="ids",
        options=(BASE, OUTPUT),
        records=("fact",),
        examples=("eaeu-membership", "eaeu-membership wto-membership --json"),
    ),
    "partners": Command(
        "lookup",
        "Print the partners named, or those of the facts found.",
        records=("partner",),
        examples=("central-asia", "energy 2010.. --csv"),
    ),
    "themes": Command(
        "lookup",
        "Print the themes of the facts found.",
        records=("theme",),
        examples=("russia", "china 2020.. --fields key,facts"),
    ),
    "sources": Command(
        "lookup",
        "Print the sources of the facts found.",
        records=("source",),
        examples=("manas 2014", "tajikistan borders --format bibtex"),
    ),
    "timeline": Command(
        "views",
        "Draw the facts found along a time axis, or count them.",
        options=(QUERY, BY, BASE, OUTPUT),
        records=("fact", "count"),
        examples=("china", "bases", "energy --by decade"),
    ),
    "compare": Command(
        "views",
        "Put two to five partners or groups side by side.",
        records=("comparison",),
        examples=("china russia", "china russia us --theme debt"),
    ),
    "today": Command(
        "views",
        "Print what happened on this day in any year.",
        options=(DAY, QUERY, BASE, OUTPUT),
        records=("fact",),
        examples=("--date 08-31",),
    ),
    "map": Command(
        "views",
        "Print how many facts there are for each partner and theme.",
        records=("cell",),
        examples=("", "central-asia 2020.."),
        function="matrix",
    ),
    "stats": Command(
        "views",
        "Print what the fact base covers, and where it is thin.",
        records=("coverage",),
        examples=("", "--csv"),
    ),
    "series": Command(
        "views",
        "List the series of figures, or draw those of the facts found.",
        records=("figure", "series"),
        examples=("", "russia remittances"),
    ),
    "check": Command(
        "upkeep",
        "Tell what is wrong with fact bases, and what could be better.",
        words="files",
        options=(BASE, OUTPUT),
        records=("problem",),
        examples=("", "--format json"),
    ),
    "init": Command(
        "upkeep",
        "Write the beginnings of a fact base of your own.",
        words="file",
        options=(),
        examples=("notes.toml",),
    ),
    "schema": Command(
        "upkeep",
        "Print the JSON Schema of fact bases, for editors.",
        words="",
        options=(FILE, FORCE),
        examples=("", "--output facts.schema.json"),
    ),
    "export": Command(
        "upkeep",
        "Write the fact base as an SQLite database.",
        words="file",
        options=(BASE, FORCE),
        examples=("relations.db",),
    ),
}


def run(name: str, request: "Request") -> int:
    """Carry out a command of `COMMANDS`; what can't be done is told on stderr.

    Args:
        name: A key of `COMMANDS`.
        request: What is asked; each command reads its own part of it.

    Returns:
        The exit status: `FOUND`, `NOTHING` or `FAULT`.
    """
    # importlib would do it in better style, and in a millisecond more.
    command = COMMANDS[name]
    module = __import__(f"{__package__}.{command.module}", fromlist=("*",))
    work: Callable[[Request], int] = getattr(module, command.function or name)
    try:
        return work(request)
    except FactBaseError as error:
        lines = str(error).split("\n")
        tell("\n".join(lines[:_MOST_PROBLEMS]))
        if len(lines) > 1:
            files = ", ".join(dict.fromkeys(printable(path) for path, _, _ in error.problems))
            rest = "" if len(lines) <= _MOST_PROBLEMS else "; `relations check` tells more"
            tell(f"relations: {len(lines)} problems in {files}{rest}")
    except RelationsError as error:
        tell(f"relations: {error}")
    except MemoryError:
        tell("relations: this takes more memory than there is")
    return FAULT


def tell(message: str) -> None:
    """Write a message for people to stderr.

    Args:
        message: One line or several, the last without its line end; safe to print on a terminal.
    """
    try:
        if sys.stderr:
            sys.stderr.write(message + "\n")
    except OSError:
        # There is nowhere to say so; the exit status tells.
        return
