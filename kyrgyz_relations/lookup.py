"""The main job: words in, rows out, exit status back. Both doors, `__main__` and `cli`, lead here."""

import sys
from collections.abc import Iterator, Sequence

from kyrgyz_relations import edtf, query
from kyrgyz_relations.errors import FactBaseError, RelationsError
from kyrgyz_relations.factbase import index
from kyrgyz_relations.factbase.search import Search
from kyrgyz_relations.fields import chosen
from kyrgyz_relations.output import COLORS, FORMATS, Answer, default_format, write
from kyrgyz_relations.text import printable

# As in `typing`, whose import takes longer than a lookup.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from kyrgyz_relations.fields import Row

# Exit statuses, as grep's (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/grep.html).
FOUND, NOTHING, FAULT = 0, 1, 2
SORTS = ("date", "rank")
# More clauses than this SQLite may refuse (https://www.sqlite.org/limits.html).
_MOST_WORDS = 300


class Request:
    """What a person or a script asks.

    Args:
        words: The query's words.
        partner: Words that must name partners or groups.
        theme: Words that must name themes.
        kind: Words that must name kinds of fact.
        text: Words that must stand in the text.
        since: The time from which facts count, as a word of a query.
        until: The time up to which facts count, as a word of a query.
        sort: One of `SORTS`; None takes the first.
        form: A key of `output.FORMATS`; None takes the default for where the answer goes.
        fields: Field names with commas between; None takes those of the format.
        header: Whether a first line names the fields; None takes the default of the format.
        template: A format string that takes the place of a format.
        output: The file to write; None takes standard output.
        force: Whether that file may be replaced.
        color: One of `output.COLORS`; None takes the first.
        facts: The fact base's file; None takes the one that comes with the package.
    """

    def __init__(
        self,
        words: Sequence[str] = (),
        *,
        partner: Sequence[str] = (),
        theme: Sequence[str] = (),
        kind: Sequence[str] = (),
        text: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
        sort: str | None = None,
        form: str | None = None,
        fields: str | None = None,
        header: bool | None = None,
        template: str | None = None,
        output: str | None = None,
        force: bool = False,
        color: str | None = None,
        facts: str | None = None,
    ) -> None:
        self.words = [_valid(word) for word in words]
        self.forced = {"partner": partner, "theme": theme, "kind": kind, "text": text}
        self.since = since
        self.until = until
        self.sort = sort or SORTS[0]
        self.form = form
        self.template = None if template is None else _valid(template)
        self.output = output
        self.force = force
        self.color = color or COLORS[0]
        self.fields = fields
        self.header = header
        self.facts = facts or index.bundled()

    def query(self, search: Search) -> query.Query:
        """Read the words and the forced readings as a query.

        Raises:
            RelationsError: A time is none, or there are too many words.
        """
        if len(self.words) > _MOST_WORDS:
            raise RelationsError(f"a query takes at most {_MOST_WORDS} words")
        clauses = query.parse(self.words, search.naming)
        for reading, values in self.forced.items():
            clauses += query.forced(reading, [_valid(value) for value in values or ()], search.naming)
        since, until = _time("--since", self.since), _time("--until", self.until)
        if since or until:
            clauses.append(query.between(since, until, f"{self.since or ''}..{self.until or ''}"))
        return clauses

    def answer(self, record: str) -> Answer:
        """Prepare an answer, still without rows, for printing as asked.

        Raises:
            RelationsError: Something was asked for that there is not, or not for this kind of record.
        """
        form = self.form or (default_format(self.output) if self.template is None else "tsv")
        asked = (("format", form, FORMATS), ("sort", self.sort, SORTS), ("color", self.color, COLORS))
        for option, value, known in asked:
            if value not in known:
                raise RelationsError(f'--{option} is one of {", ".join(known)}, not "{printable(value)}"')
        if self.template is not None:
            if self.form or self.fields:
                raise RelationsError("--template takes the place of --format and --fields")
            from kyrgyz_relations.output.template import fields_of

            fields: tuple[str, ...] | None = fields_of(self.template, record)
        else:
            fields = chosen(record, self.fields.split(",")) if self.fields else None
        return Answer(record, form, fields=fields, header=self.header, template=self.template, color=self.color)

    def write(self, answer: Answer) -> None:
        """Print an answer, or write it to the file asked for."""
        write(answer, self.output, force=self.force)


def run(command: str, request: Request) -> int:
    """Carry out a command of `COMMANDS`; what can't be done is told on stderr.

    Returns:
        The exit status: `FOUND`, `NOTHING` or `FAULT`.
    """
    try:
        return COMMANDS[command](request)
    except FactBaseError as error:
        _say(str(error))
        if len(error.problems) > 1:
            _say(f"relations: {len(error.problems)} problems in {printable(error.path)}")
    except RelationsError as error:
        _say(f"relations: {error}")
    return FAULT


def find(request: Request) -> int:
    """Print the facts that a query finds; without a query, what the fact base holds."""
    search = Search(index.connect(request.facts))
    wanted = request.query(search)
    if not wanted:
        return _overview(request, search)
    answer = request.answer("fact")
    answer.rows = search.facts(wanted, by_rank=request.sort == "rank", with_sources=answer.needs_sources)
    return _print(request, answer, search, wanted)


def fact(request: Request) -> int:
    """Print facts whole, by their ids."""
    search = Search(index.connect(request.facts))
    if not request.words:
        raise RelationsError("fact takes the ids of facts; the last column of `relations china | head` has some")
    wanted = [[query.Term("fact", word, word.casefold()) for word in request.words]]
    answer = request.answer("fact")
    answer.rows = search.facts(wanted)
    missing = [[term] for term in wanted[0] if not search.count([[term]])]
    status = _print(request, answer, search, wanted)
    # Where none was found, that was said.
    return _nothing(search, missing) if status == FOUND and missing else status


def partners(request: Request) -> int:
    """Print the partners that a query names, or else those of the facts that it finds."""
    return _list("partner", request)


def themes(request: Request) -> int:
    """Print the themes of the facts that a query finds."""
    return _list("theme", request)


def sources(request: Request) -> int:
    """Print the sources of the facts that a query finds."""
    return _list("source", request)


COMMANDS = {"find": find, "fact": fact, "partners": partners, "themes": themes, "sources": sources}


def _list(record: str, request: Request) -> int:
    search = Search(index.connect(request.facts))
    wanted = request.query(search)
    answer = request.answer(record)
    answer.rows = {"partner": search.partners, "theme": search.themes, "source": search.sources}[record](wanted)
    return _print(request, answer, search, wanted)


def _overview(request: Request, search: Search) -> int:
    answer = request.answer("overview")
    about = search.about()
    answer.rows = iter([about])
    if answer.for_people:
        lists = {"partners": [*search.partners([])], "themes": [*search.themes([])]}
        answer.context = {"query": [about["title"]], **lists}
    request.write(answer)
    return FOUND


def _print(request: Request, answer: Answer, search: Search, wanted: query.Query) -> int:
    """Print an answer's rows; where there are none, say why."""
    first = next(answer.rows, None)
    rows = answer.rows

    def all_rows() -> "Iterator[Row]":
        if first is not None:
            yield first
            yield from rows

    answer.rows = all_rows()
    if answer.for_people:
        if first is None:
            return _nothing(search, wanted)
        answer.context = _context(search, wanted)
    if first is not None or request.output is None:
        request.write(answer)
    return FOUND if first is not None else _nothing(search, wanted)


def _context(search: Search, wanted: query.Query) -> "Row":
    """Gather what people are told beside the rows."""
    names = {"partner": search.names("partner"), "theme": search.names("theme"), "group": search.names("group")}
    context: Row = {
        "partners": names["partner"],
        "themes": names["theme"],
        "query": [
            " or ".join(names.get(term.reading, {}).get(term.key, term.word) for term in clause) for clause in wanted
        ],
        "whole": all(term.reading == "fact" for clause in wanted for term in clause),
    }
    if len(wanted) == 1 and len(wanted[0]) == 1:
        (term,) = wanted[0]
        if term.reading == "partner":
            context["profile"] = search.profile(term.key)
        elif term.reading in ("group", "theme"):
            context["summary"] = search.summary(term.reading, term.key)
    return context


def _nothing(search: Search, wanted: query.Query) -> int:
    """Say what found nothing, and what may have been meant."""
    barren = [clause for clause in wanted if not search.count([clause])]
    for clause in barren:
        for term in clause:
            _say(f"relations: {_barren(term)}{_did_you_mean(search, term)}")
    if not wanted:
        _say("relations: the fact base holds none")
    elif not barren:
        parts = [f"{' or '.join(printable(t.word) for t in clause)} ({search.count([clause])})" for clause in wanted]
        _say(f"relations: no fact is about all of these at once: {', '.join(parts)}")
    return NOTHING


def _barren(term: query.Term) -> str:
    word = printable(term.word)
    if term.reading == "unknown":
        return f'no {term.key} is called "{word}"'
    if term.reading == "fact":
        return f'no fact has the id "{word}"'
    if term.reading == "dates":
        return f'no fact is dated "{word}"'
    if term.reading == "text":
        return f'nothing found for "{word}"'
    if term.reading == "kind":
        return f'no fact is of the kind "{word}"'
    return f'no fact is about the {term.reading} "{word}"'


def _did_you_mean(search: Search, term: query.Term) -> str:
    if term.reading not in ("text", "unknown", "fact"):
        return ""
    near = search.suggest(term.word, term.key if term.reading == "unknown" else term.reading)
    if not near:
        return ""
    *others, last = [printable(name) for name in near]
    return f" (did you mean {', '.join(others)} or {last}?)" if others else f" (did you mean {last}?)"


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


def _say(message: str) -> None:
    try:
        if sys.stderr:
            sys.stderr.write(message + "\n")
    except OSError:
        # There is nowhere to say so; the exit status tells.
        return
