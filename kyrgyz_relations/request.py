"""What a person or a script asks: the words and options of a command line, whichever door they came through."""

from kyrgyz_relations import edtf, query
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.factbase import index
from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.fields import chosen
from kyrgyz_relations.output import COLORS, FORMATS, Answer, default_format, write
from kyrgyz_relations.text import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

SORTS = ("date", "rank")
GROUPINGS = ("year", "decade", "theme", "partner")
# More clauses than this SQLite may refuse (https://www.sqlite.org/limits.html).
_MOST_WORDS = 300


class Request:
    """What a person or a script asks.

    Attributes:
        files: The fact base's file, and those that add to it.
        paths: The words as names of files, which need not be Unicode.

    Args:
        words: The words after the command: those of a query, ids or files.
        partner: Words that must name partners or groups.
        theme: Words that must name themes.
        kind: Words that must name kinds of fact.
        text: Words that must stand in the text.
        since: The time from which facts count, as a word of a query.
        until: The time up to which facts count, as a word of a query.
        date: A day of the year as MM-DD; None takes today's.
        by: One of `GROUPINGS`, or None.
        sort: One of `SORTS`; None takes the first.
        form: A key of `output.FORMATS`; None takes the default for where the answer goes.
        fields: Field names with commas between; None takes those of the format.
        header: Whether a first line names the fields; None takes the default of the format.
        template: A format string that takes the place of a format.
        output: The file to write; None takes standard output.
        force: Whether that file may be replaced.
        color: One of `output.COLORS`; None takes the first.
        facts: The fact base's file; None takes what `index.chosen` does.
        add: Files that add to it.
    """

    def __init__(
        self,
        words: "Sequence[str]" = (),
        *,
        partner: "Sequence[str]" = (),
        theme: "Sequence[str]" = (),
        kind: "Sequence[str]" = (),
        text: "Sequence[str]" = (),
        since: str | None = None,
        until: str | None = None,
        date: str | None = None,
        by: str | None = None,
        sort: str | None = None,
        form: str | None = None,
        fields: str | None = None,
        header: bool | None = None,
        template: str | None = None,
        output: str | None = None,
        force: bool = False,
        color: str | None = None,
        facts: str | None = None,
        add: "Sequence[str] | None" = None,
    ) -> None:
        self.paths = [*words]
        self.words = [_valid(word) for word in words]
        self.forced = {"partner": partner, "theme": theme, "kind": kind, "text": text}
        self.since = since
        self.until = until
        self.date = date
        self.by = by
        self.sort = SORTS[0] if sort is None else sort
        self.form = form
        self.template = None if template is None else _valid(template)
        self.output = output
        self.force = force
        self.color = COLORS[0] if color is None else color
        self.fields = fields
        self.header = header
        self.facts = facts
        self.files = [index.chosen() if facts is None else facts, *(add or ())]

    def search(self) -> Search:
        """Open the fact base.

        Raises:
            FactBaseError: A file can't be read, or has problems.
        """
        return Search(index.connect(self.files))

    def query(self, search: Search, naming: query.Naming | None = None) -> query.Query:
        """Read the words and the forced readings as a query.

        Args:
            search: The fact base.
            naming: Tells what a name names; None takes what the fact base tells.

        Raises:
            RelationsError: A time is none, or there are too many words.
        """
        if len(self.words) > _MOST_WORDS:
            raise RelationsError(f"a query takes at most {_MOST_WORDS} words")
        if any(word in ("not", "NOT") for word in self.words):
            raise RelationsError('words narrow or widen, none excludes; leave out "not"')
        clauses = query.parse(self.words, naming or search.naming)
        for reading, values in self.forced.items():
            clauses += query.forced(reading, [_valid(value) for value in values or ()], search.naming)
        since, until = _time("--since", self.since), _time("--until", self.until)
        if since and until and since[0] > until[1]:
            raise RelationsError(f"--since {self.since} is later than --until {self.until}")
        if since or until:
            clauses.append(query.between(since, until, f"{self.since or ''}..{self.until or ''}"))
        if sum(map(len, clauses)) > _MOST_WORDS:
            raise RelationsError(f"a query takes at most {_MOST_WORDS} words")
        return clauses

    def answer(self, record: str, *, view: str = "") -> Answer:
        """Prepare an answer, still without rows, for printing as asked.

        Args:
            record: The kind of record that the rows will be.
            view: The view that people get of them, a key of `output.views.VIEWS`, or "" for a table.

        Raises:
            RelationsError: Something was asked for that there is not, or not for this kind of record.
        """
        form = self.form
        if form is None:
            form = default_format(self.output) if self.template is None else "tsv"
        asked = (
            ("format", form, FORMATS),
            ("sort", self.sort, SORTS),
            ("by", GROUPINGS[0] if self.by is None else self.by, GROUPINGS),
            ("color", self.color, COLORS),
        )
        for option, value, known in asked:
            if value not in known:
                raise RelationsError(f'--{option} is one of {", ".join(known)}, not "{printable(value)}"')
        if self.template is not None:
            if any(option is not None for option in (self.form, self.fields, self.header)):
                raise RelationsError("--template takes the place of --format, --fields and --header")
            from kyrgyz_relations.output.template import fields_of

            fields: tuple[str, ...] | None = fields_of(self.template, record)
        else:
            fields = None if self.fields is None else chosen(record, self.fields.split(","))
        answer = Answer(record, form, fields=fields, header=self.header, template=self.template, color=self.color)
        answer.view = "" if answer.asked else view
        return answer

    def write(self, answer: Answer) -> None:
        """Print an answer, or write it to the file asked for.

        Args:
            answer: The answer, with its rows.

        Raises:
            RelationsError: The file is there already, or it or standard output can't be written.
        """
        write(answer, self.output, force=self.force)


def _time(option: str, word: str | None) -> tuple[int, int] | None:
    if word is None:
        return None
    span = edtf.period(word)
    if span is None:
        raise RelationsError(f'{option} takes a time such as 2014, 2014-06 or 2014-06-03, not "{printable(word)}"')
    return span


def _valid(word: str) -> str:
    """Read a word as UTF-8 whatever the locale made of it; what is no Unicode SQLite does not take."""
    try:
        data = word.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = word.encode("utf-8", "replace")
    return data.decode("utf-8", "replace")
