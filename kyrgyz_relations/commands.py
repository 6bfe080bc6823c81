"""The table of commands and options, from which both readers of a command line are made, and `run`, the only runner."""

from __future__ import annotations

from kyrgyz_relations.errors import FAULT, FOUND, NOTHING, FactBaseError, RelationsError, warn
from kyrgyz_relations.language import printable
from kyrgyz_relations.namedtuple import NamedTuple
from kyrgyz_relations.output import COLORS, FORMATS
from kyrgyz_relations.records import GROUPINGS
from kyrgyz_relations.request import FILTERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Connection

    from kyrgyz_relations.output import Output
    from kyrgyz_relations.records import Answer
    from kyrgyz_relations.request import Request
    from kyrgyz_relations.views import Ask

# `relations check` prints all problems; anywhere else more of them would only scroll away.
_MOST_PROBLEMS = 100


class Option(NamedTuple):
    """An option: with a metavar it takes a value, without one it is a flag."""

    names: tuple[str, ...]
    help: str
    metavar: str = ""
    many: bool = False
    # What a flag's opposite is called.
    opposite: str = ""
    # A flag that is short for a value of another option: the field of the request, and the value.
    short_for: tuple[str, str] = ("", "")
    number: bool = False


# By the fields of `Request`, but for those that are short for another.
OPTIONS = {
    "partner": Option(("--partner",), "Only facts about this partner or group.", "NAME", many=True),
    "theme": Option(("--theme",), "Only facts on this theme.", "NAME", many=True),
    "kind": Option(("--kind",), "Only facts of this kind, such as agreement or visit.", "KIND", many=True),
    "text": Option(("--text",), "Only facts with these words, in this order.", "WORDS", many=True),
    "without": Option(("--not",), "No facts that this word finds.", "WORD", many=True),
    "since": Option(("--since",), "Only facts of this time and later.", "TIME"),
    "until": Option(("--until",), "Only facts of this time and earlier.", "TIME"),
    "exact": Option(("--exact",), "Only facts that match every word, the newest first."),
    "all": Option(("--all",), "All facts."),
    "limit": Option(("--limit", "-n"), "Print at most N rows.", "N", number=True),
    "reverse": Option(("--reverse", "-r"), "The oldest first."),
    "open": Option(("--open", "-w"), "Open the source of the fact in a browser."),
    "date": Option(("--date",), "A day of the year instead of today.", "MM-DD"),
    "by": Option(("--by",), "What to count by.", "|".join(GROUPINGS)),
    "facts": Option(("--facts",), "Use FILE instead of the built-in fact base.", "FILE"),
    "add": Option(("--add",), "Add FILE to the fact base (repeatable).", "FILE", many=True),
    "form": Option(("--format", "-f"), f"{', '.join(FORMATS)}.", "FORMAT"),
    "json": Option(("--json",), "Short for --format json.", short_for=("form", "json")),
    "csv": Option(("--csv",), "Short for --format csv.", short_for=("form", "csv")),
    "fields": Option(("--fields",), "The fields to print, in this order.", "NAME,..."),
    "header": Option(("--header",), "Print a header line.", opposite="--no-header"),
    "template": Option(("--template",), "One line per row, e.g. '{date} {text}'.", "TEXT"),
    "output": Option(("--output", "-o"), "Write to FILE; the format follows its extension.", "FILE"),
    "force": Option(("--force",), "Overwrite FILE if it exists."),
    "color": Option(("--color",), "When to use colours and links.", "|".join(COLORS)),
}
BASE = ("facts", "add")
OUTPUT = ("form", "json", "csv", "fields", "header", "template", "output", "force", "color")
# The groups of options under their headings in a command's help; a command's own options come first.
GROUPS = {"Filters": FILTERS, "Fact base": BASE, "Output": OUTPUT}


class Command(NamedTuple):
    """A command: the module and the function that do its work, what it takes, and the records that it prints."""

    module: str
    function: str
    meaning: str
    # As little of it as the help of the program has room for.
    short: str
    # What its arguments are: "words" of a query, "ids", "files", one "file" or "" for none.
    arguments: str = "words"
    own: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = (FILTERS, BASE, OUTPUT)
    records: tuple[str, ...] = ()
    # Gives which of its records a request prints.
    record: Callable[[Request], str] | None = None
    # What words may name beyond partners, groups, themes, kinds and facts.
    names: str = ""
    # Whether it ranks the facts of a question itself; any other is given those that answer it.
    ranks: bool = False
    examples: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[str, ...]:
        """The names of all options that it takes."""
        return self.own + tuple(name for group in self.groups for name in group)


_LIST = ("limit", "exact")
COMMANDS = {
    "find": Command("views.facts", "find", "Find facts; the name of this command may be left out.",
        "find facts (the default)", own=("limit", "reverse", "exact", "all", "open"), records=("fact",), ranks=True,
        examples=("china energy 2010..", "CN,RU debt --json", "when did manas close", "--partner west --since 2020")),
    "fact": Command("views.facts", "fact", "Show facts in full, with sources.", "full facts with sources", "ids",
        own=("open",), groups=(BASE, OUTPUT), records=("fact",),
        examples=("eaeu-membership", "eaeu-membership wto-membership --json")),
    "partners": Command("views.lists", "partners", "List partners: those named, or those of the facts found.",
        "partners of the facts", own=_LIST, records=("partner",), names="partner-kind",
        examples=("central-asia", "energy 2010.. --csv")),
    "themes": Command("views.lists", "themes", "List the themes of the facts found.", "themes of the facts",
        own=_LIST, records=("theme",), examples=("russia", "china 2020.. --fields key,facts")),
    "sources": Command("views.lists", "sources", "List the sources of the facts found.", "sources of the facts",
        own=_LIST, records=("source",), examples=("manas 2014", "tajikistan borders --format bibtex")),
    "timeline": Command("views.timeline", "answer", "Draw facts along a time axis, or count them.",
        "facts along a time axis", own=("by", *_LIST), records=("fact", "count"),
        record=lambda request: "count" if request.by else "fact", examples=("china", "bases", "energy --by decade")),
    "compare": Command("views.compare", "answer", "Compare two to five partners or groups.",
        "partners side by side", own=_LIST, records=("comparison",), names="code", ranks=True,
        examples=("china russia", "china russia us --theme debt")),
    "today": Command("views.today", "answer", "Show what happened on this day in any year.", "this day in any year",
        own=("date", *_LIST), records=("fact",), names="day", examples=("--date 08-31",)),
    "map": Command("views.map", "answer", "Show how many facts there are for each partner and theme.",
        "partners by themes", own=_LIST, records=("cell",), examples=("", "central-asia 2020..")),
    "stats": Command("views.stats", "answer", "Show what the fact base covers, and where the gaps are.",
        "coverage and gaps", own=_LIST, records=("coverage",), examples=("", "--csv")),
    "series": Command("views.series", "answer", "List the series of figures, or draw some of them.",
        "figures and their charts", own=_LIST, records=("figure", "series"),
        record=lambda request: "figure" if request.asks else "series",
        names="series", examples=("", "russia remittances")),
    "overview": Command("views.lists", "overview", "Show what the fact base holds, as `relations` alone does.",
        "what the fact base holds", "", groups=(BASE, OUTPUT), records=("overview",), examples=("",)),
    "check": Command("maintenance", "check", "Check fact bases for errors and possible improvements.",
        "check fact bases", "files", groups=(BASE, OUTPUT), records=("problem",), examples=("", "--format json")),
    "init": Command("maintenance", "init", "Start a new fact base.", "start a new fact base", "file",
        groups=(), examples=("notes.toml",)),
    "schema": Command("maintenance", "schema", "Print the JSON Schema of fact bases, for editors.",
        "print the JSON Schema", "", own=("output", "force"), groups=(), examples=("", "--output facts.schema.json")),
    "export": Command("maintenance", "export", "Write the fact base as an SQLite database.",
        "write an SQLite database", "file", own=("force",), groups=(BASE,), examples=("relations.db",)),
}  # fmt: skip


def run(request: Request) -> int:
    """Carry out a command line; returns its exit status."""
    try:
        command = COMMANDS[request.command]
        # importlib would do it in better style, and in a millisecond more.
        module = __import__(f"{__package__}.{command.module}", fromlist=("",))
        function = getattr(module, command.function)
        return int(function(request)) if command.module == "maintenance" else _show(command, request, function)
    except FactBaseError as error:
        lines = str(error).split("\n")
        if len(lines) > 1:
            files = ", ".join(dict.fromkeys(printable(path) for path, _, _ in error.problems))
            rest = "; `relations check` prints all" * (len(lines) > _MOST_PROBLEMS)
            lines = [*lines[:_MOST_PROBLEMS], f"relations: {len(lines)} problems in {files}{rest}"]
        warn("\n".join(lines))
    except RelationsError as error:
        warn(f"relations: {error}")
    except MemoryError:
        warn("relations: not enough memory")
    return FAULT


def _show(command: Command, request: Request, view: Callable[[Ask], Answer]) -> int:
    """Decide how to print, open the fact base, ask and print."""
    from kyrgyz_relations.factbase import index
    from kyrgyz_relations.output import resolve, write

    output = resolve(request, command.record(request) if command.record else command.records[0])
    files = index.files(request.facts, request.add)
    try:
        ask, answer, found = _ask(command, request, output, view, index.connect(files))
    except index.Damaged:
        ask, answer, found = _ask(command, request, output, view, index.connect(files, anew=True))
    if found or (not output.format.for_people and output.path is None):
        try:
            write(answer, output)
        except index.Damaged:
            index.connect(files, anew=True)
            anew = "the index in the cache was damaged, and is built anew; run the command again"
            raise RelationsError(anew) from None
    for line in answer.remarks:
        warn(f"relations: {line}")
    if found and answer.status == FOUND:
        return FOUND
    from kyrgyz_relations.hints import command_meant, why_nothing

    lines = () if found or answer.remarks else (answer.nothing(),)
    for line in why_nothing(ask.base, ask.query) if lines == ("",) else lines:
        warn(f"relations: {line}")
    if request.command == "find" and (meant := command_meant(request.words, COMMANDS)):
        warn(f"relations: did you mean the command `{meant}`?")
    return NOTHING


def _ask(
    command: Command, request: Request, output: Output, view: Callable[[Ask], Answer], database: Connection
) -> tuple[Ask, Answer, bool]:
    """Read the words and ask; also tells whether there are rows."""
    from itertools import islice

    from kyrgyz_relations.factbase.search import Search
    from kyrgyz_relations.query import Query, read
    from kyrgyz_relations.records import peek
    from kyrgyz_relations.views import Ask

    base = Search(database, command.names)
    query = read(base, request) if command.arguments == "words" else Query()
    if request.exact or not command.ranks:
        query = base.narrowed(query, exact=request.exact)
    ask = Ask(base, query, request, output)
    answer = view(ask)
    first, rows = peek(islice(answer.rows, request.limit))
    if query.excluded:
        from kyrgyz_relations.hints import excluding_nothing

        answer = answer._replace(remarks=(*answer.remarks, *excluding_nothing(base, query)))
    if query.closest:
        from kyrgyz_relations.hints import missing

        remarks = (*answer.remarks, *missing(base, query, closest=first is not None))
        answer = answer._replace(remarks=remarks, status=NOTHING)
    return ask, answer._replace(rows=rows), first is not None
