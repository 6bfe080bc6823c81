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
    from collections.abc import Collection, Iterator

    from kyrgyz_relations.factbase.search import Search
    from kyrgyz_relations.fields import Row

# More values than this SQLite may refuse to bind (https://www.sqlite.org/limits.html).
_MOST_IDS = 30_000
# A longer phrase is no slip of somebody who quoted too much.
_LONGEST_PHRASE = 20


def find(request: Request) -> int:
    """Print the facts that a query finds; without a query, what the fact base holds."""
    search = request.search()
    wanted = request.query(search)
    if not wanted:
        return _overview(request, search)
    answer = request.answer("fact")
    answer.rows = search.facts(wanted, by_rank=request.sort == "rank", with_sources=answer.needs_sources)
    return print_rows(request, answer, search, wanted)


def fact(request: Request) -> int:
    """Print facts whole, by their ids."""
    search = request.search()
    if not request.words:
        raise RelationsError("fact takes the ids of facts; the last column of `relations china | head` has some")
    if len(request.words) > _MOST_IDS:
        raise RelationsError(f"fact takes at most {_MOST_IDS} ids")
    wanted = [[query.Term("fact", word, word.casefold()) for word in request.words]]
    answer = request.answer("fact")
    answer.rows = search.facts(wanted)
    missing = [[term] for term in wanted[0] if not search.count([[term]])]
    status = print_rows(request, answer, search, wanted)
    # Where none was found, that was said.
    return _nothing(request, search, missing) if status == FOUND and missing else status


def partners(request: Request) -> int:
    """Print the partners that a query names, or else those of the facts that it finds; words may name their kinds."""
    kinds = {word.casefold().removesuffix("s") for word in request.words} & {*PARTNER_KINDS}
    request.words = [word for word in request.words if word.casefold().removesuffix("s") not in kinds]
    return _list("partner", request, kinds)


def themes(request: Request) -> int:
    """Print the themes of the facts that a query finds."""
    return _list("theme", request)


def sources(request: Request) -> int:
    """Print the sources of the facts that a query finds."""
    return _list("source", request)


def _list(record: str, request: Request, kinds: "Collection[str]" = ()) -> int:
    search = request.search()
    wanted = request.query(search)
    answer = request.answer(record)
    rows = {"partner": search.partners, "theme": search.themes, "source": search.sources}[record](wanted)
    answer.rows = (row for row in rows if not kinds or row["kind"] in kinds)
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


def print_rows(request: Request, answer: Answer, search: "Search", wanted: query.Query, **more: object) -> int:
    """Print an answer's rows; where there are none, say why.

    Args:
        request: What was asked.
        answer: The answer.
        search: The fact base.
        wanted: The query.
        more: What else people are told beside the rows.

    Returns:
        The exit status.
    """
    first = next(answer.rows, None)
    rows = answer.rows

    def all_rows() -> "Iterator[Row]":
        if first is not None:
            yield first
            yield from rows

    answer.rows = all_rows()
    if answer.for_people:
        if first is None:
            return _nothing(request, search, wanted)
        answer.context = _context(search, wanted) | more
    if first is not None or request.output is None:
        request.write(answer)
    return FOUND if first is not None else _nothing(request, search, wanted)


def query_heading(search: "Search", wanted: query.Query) -> list[str]:
    """Say of each clause of a query how its words were read."""
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
        parts = [f"{' or '.join(printable(t.word) for t in clause)} ({search.count([clause])})" for clause in wanted]
        tell(f"relations: no fact is about all of these at once: {', '.join(parts)}")
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
