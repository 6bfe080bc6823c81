"""The main job: words in, rows out, exit status back."""

from kyrgyz_relations import query
from kyrgyz_relations.commands import COMMANDS, FOUND, NOTHING, tell
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.output import Answer
from kyrgyz_relations.request import Request
from kyrgyz_relations.text import printable
from kyrgyz_relations.vocabulary import PARTNER_KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kyrgyz_relations.factbase.search import Search
    from kyrgyz_relations.fields import Row

# More values than this SQLite may refuse to bind (https://www.sqlite.org/limits.html).
_MOST_IDS = 30_000
# A longer phrase is no slip of somebody who quoted too much.
_LONGEST_PHRASE = 20
# How it is said of some readings that they find nothing.
_BARREN = {
    "fact": "no fact has the id",
    "dates": "no fact is dated",
    "day": "no fact is of",
    "text": "nothing found for",
    "kind": "no fact is of the kind",
    "partner-kind": "no fact is about a partner of the kind",
}


def find(request: Request) -> int:
    """Print the facts that a query finds; without a query, what the fact base holds.

    Args:
        request: The query, --sort, the fact base, and in what form and where the answer goes.

    Returns:
        The exit status: `FOUND` or `NOTHING`.

    Raises:
        FactBaseError: A file of the fact base can't be read, or has problems.
        RelationsError: The query or an option can't be taken, or the answer can't be written.
    """
    search = request.search()
    wanted = request.query(search)
    if not wanted:
        return _overview(request, search)
    answer = request.answer("fact")
    answer.rows = search.facts(wanted, by_rank=request.sort == "rank", with_sources=answer.needs_sources)
    return print_rows(request, answer, search, wanted)


def fact(request: Request) -> int:
    """Print facts whole, by their ids.

    Args:
        request: The ids as its words, the fact base, and in what form and where the answer goes.

    Returns:
        The exit status: `FOUND`, or `NOTHING` where one of the ids is that of no fact.

    Raises:
        FactBaseError: A file of the fact base can't be read, or has problems.
        RelationsError: There is no id or too many, an option can't be taken, or the answer can't be written.
    """
    search = request.search()
    if not request.words:
        raise RelationsError("fact takes the ids of facts; the last column of `relations china | head` has some")
    if len(request.words) > _MOST_IDS:
        raise RelationsError(f"fact takes at most {_MOST_IDS} ids")
    wanted = [[query.Term("fact", word, word.casefold()) for word in request.words]]
    answer = request.answer("fact")
    rows = [*search.facts(wanted)]
    answer.rows = iter(rows)
    found = {row["id"] for row in rows}
    missing = [[term] for term in wanted[0] if term.key not in found]
    status = print_rows(request, answer, search, wanted)
    # Where none was found, that was said.
    return _nothing(request, search, missing) if status == FOUND and missing else status


def partners(request: Request) -> int:
    """Print the partners that a query names, or else those of the facts that it finds; words may name their kinds.

    Args:
        request: The query, the fact base, and in what form and where the answer goes.

    Returns:
        The exit status: `FOUND` or `NOTHING`.

    Raises:
        FactBaseError: A file of the fact base can't be read, or has problems.
        RelationsError: The query or an option can't be taken, or the answer can't be written.
    """
    search = request.search()

    def naming(word: str) -> tuple[str, str] | None:
        kind = word.casefold().removesuffix("s")
        return ("partner-kind", kind) if kind in PARTNER_KINDS else search.naming(word)

    return _list("partner", request, search, naming)


def themes(request: Request) -> int:
    """Print the themes of the facts that a query finds.

    Args:
        request: The query, the fact base, and in what form and where the answer goes.

    Returns:
        The exit status: `FOUND` or `NOTHING`.

    Raises:
        FactBaseError: A file of the fact base can't be read, or has problems.
        RelationsError: The query or an option can't be taken, or the answer can't be written.
    """
    return _list("theme", request, request.search())


def sources(request: Request) -> int:
    """Print the sources of the facts that a query finds.

    Args:
        request: The query, the fact base, and in what form and where the answer goes.

    Returns:
        The exit status: `FOUND` or `NOTHING`.

    Raises:
        FactBaseError: A file of the fact base can't be read, or has problems.
        RelationsError: The query or an option can't be taken, or the answer can't be written.
    """
    return _list("source", request, request.search())


def _list(record: str, request: Request, search: "Search", naming: query.Naming | None = None) -> int:
    wanted = request.query(search, naming)
    answer = request.answer(record)
    rows = {"partner": search.partners, "theme": search.themes, "source": search.sources}[record](wanted)
    # Scripts can rely on the order of the keys; people want to see first who or what matters.
    most_first = answer.for_people and wanted and record != "source"
    answer.rows = iter(sorted(rows, key=lambda row: -row["facts"])) if most_first else rows
    return print_rows(request, answer, search, wanted)


def _overview(request: Request, search: "Search") -> int:
    answer = request.answer("overview")
    about = search.about()
    answer.rows = iter([about])
    if answer.for_people:
        lists = {"partners": [*search.partners([])], "themes": [*search.themes([])]}
        answer.context = {"query": [about["title"]], **lists}
    request.write(answer)
    return FOUND


def print_rows(
    request: Request,
    answer: Answer,
    search: "Search",
    wanted: query.Query,
    *,
    why: "Callable[[], str] | None" = None,
    **more: object,
) -> int:
    """Print an answer's rows; where there are none, say why.

    Args:
        request: What was asked.
        answer: The answer.
        search: The fact base.
        wanted: The query.
        why: Says why there are none; what it leaves unsaid the query says.
        more: What else people are told beside the rows.

    Returns:
        The exit status: `FOUND` or `NOTHING`.

    Raises:
        RelationsError: The answer can't be written.
    """
    first = next(answer.rows, None)
    rows = answer.rows

    def all_rows() -> "Iterator[Row]":
        if first is not None:
            yield first
            yield from rows

    answer.rows = all_rows()
    if first is not None:
        if answer.for_people:
            answer.context = _context(search, wanted) | more
        request.write(answer)
        _warn(search, wanted)
        return FOUND
    if not answer.for_people and request.output is None:
        request.write(answer)
    reason = why() if why else ""
    if reason:
        tell(f"relations: {reason}")
        return NOTHING
    return _nothing(request, search, wanted)


def query_heading(search: "Search", wanted: query.Query) -> list[str]:
    """Say of each clause of a query how its words were read.

    Args:
        search: The fact base.
        wanted: The query.

    Returns:
        For each clause the names of what it names, or the words as they were typed, with "or" between.
    """
    names = {reading: search.names(reading) for reading in ("partner", "theme", "group")}
    return [" or ".join(names.get(term.reading, {}).get(term.key, term.word) for term in clause) for clause in wanted]


def _context(search: "Search", wanted: query.Query) -> "Row":
    """Gather what people are told beside the rows."""
    context: Row = {
        "partners": search.names("partner"),
        "themes": search.names("theme"),
        "query": query_heading(search, wanted),
        "whole": all(term.reading == "fact" for clause in wanted for term in clause),
    }
    if len(wanted) == 1 and len(wanted[0]) == 1:
        (term,) = wanted[0]
        if term.reading == "partner":
            context["profile"] = search.profile(term.key)
        elif term.reading in ("group", "theme"):
            context["summary"] = search.summary(term.reading, term.key)
    return context


def _nothing(request: Request, search: "Search", wanted: query.Query) -> int:
    """Say what found nothing, and what may have been meant."""
    from difflib import get_close_matches

    barren = [clause for clause in wanted if not search.count([clause])]
    for clause in barren:
        for term in clause:
            tell(f"relations: {_barren(term)}{_without_quotes(search, term) or _did_you_mean(search, term)}")
    typed = next(iter(request.words), "")
    if barren and (command := get_close_matches(typed, [name for name in COMMANDS if len(name) > 3], 1, 0.75)):
        tell(f"relations: there is a command {command[0]}, too; `relations {command[0]} --help` tells of it")
    if not wanted:
        tell("relations: the fact base holds none")
    elif not barren:
        parts = [f"{_said(clause)} ({search.count([clause])})" for clause in wanted]
        tell(f"relations: no fact is about all of these at once: {', '.join(parts)}")
    # What a word too many has hidden.
    left_out = [barren] if barren else [[clause] for clause in wanted]
    for clauses in left_out if barren or len(wanted) > 2 else ():
        rest = [clause for clause in wanted if clause not in clauses]
        count = search.count(rest) if rest else 0
        if count:
            without = " and ".join(map(_said, clauses))
            tell(f"relations: without {without} there {'is' if count == 1 else 'are'} {count}")
    return NOTHING


def _said(clause: query.Clause) -> str:
    return " or ".join(printable(term.word) for term in clause)


def _warn(search: "Search", wanted: query.Query) -> None:
    """Say of words that stand in no fact's own text why there are facts all the same."""
    for term in [term for clause in wanted for term in clause if term.reading == "text"]:
        # In that order: the first question is answered by the first hit, and is all there is to ask as a rule.
        if not search.is_in_text(term.key) and search.count([[term]]):
            where = "only in notes, ids and titles of sources"
            tell(f'relations: "{printable(term.word)}" stands {where}{_did_you_mean(search, term)}')


def _barren(term: query.Term) -> str:
    """Say that a term finds nothing."""
    word = printable(term.word)
    if term.reading == "unknown":
        return f'no {term.key} is called "{word}"'
    return f'{_BARREN.get(term.reading) or f"no fact is about the {term.reading}"} "{word}"'


def _without_quotes(search: "Search", term: query.Term) -> str:
    """Say what the words of a phrase find that nothing has in this order."""
    words = term.word.strip('"').split()
    is_phrase = term.reading == "text" and 1 < len(words) <= _LONGEST_PHRASE
    count = search.count(query.parse(words, search.naming)) if is_phrase else 0
    return f" (without quotes its words find {count})" if count else ""


def _did_you_mean(search: "Search", term: query.Term) -> str:
    if term.reading not in ("text", "unknown", "fact"):
        return ""
    near = search.suggest(term.word, term.key if term.reading == "unknown" else term.reading)
    if not near:
        return ""
    *others, last = [printable(name) for name in near]
    return f" (did you mean {', '.join(others)} or {last}?)" if others else f" (did you mean {last}?)"
