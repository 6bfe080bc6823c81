"""Terms: what a word, or the value of an option, names or says."""

from __future__ import annotations

from kyrgyz_relations import dates
from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.language import printable, valid_unicode
from kyrgyz_relations.namedtuple import NamedTuple
from kyrgyz_relations.records import KINDS
from kyrgyz_relations.tokens import is_number, is_quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kyrgyz_relations.dates import Span
    from kyrgyz_relations.tokens import Names

# Fields as other tools write them.
FIELDS = ("partner", "theme", "kind", "text")
# What words begin with that leave something out.
LEAVING_OUT = ("!", "-")


class Term(NamedTuple):
    """One way to be found."""

    # "partner", "group", "theme", "kind", "fact", "subject", "dates", "text", or what a command knows besides:
    # "partner-kind", "series", "day".
    kind: str
    # What it names, for text the words; and what was typed.
    key: str
    word: str
    span: Span | None = None


def forced(kind: str, value: str, names: Names) -> tuple[Term, ...]:
    """Read words whose kind is given, as by `--partner`."""
    if kind == "text":
        # A comma in a phrase or a number is a part of it.
        whole = is_quoted(value) or ", " in value or is_number(value.split(","))
        return tuple(map(text_term, [valid_unicode(value)] if whole else alternatives(value, names)))
    words = alternatives(value, names)
    kinds = (kind, "group", "code") if kind == "partner" else (kind,)
    terms = []
    for word in words:
        named = names.name(word)
        if named is None or named[0] not in kinds or word[:1] in LEAVING_OUT:
            near = names.suggest(word, kind) or ([*KINDS] if kind == "kind" else [])
            raise RelationsError(printable(f'no {kind} is called "{word}"{did_you_mean(near)}'))
        terms.append(named_term(named, word))
    return tuple(terms)


def did_you_mean(near: Sequence[str]) -> str:
    """Write what may have been meant, to stand behind what is wrong."""
    return f" (did you mean {' or '.join(filter(None, [', '.join(near[:-1]), near[-1]]))}?)" if near else ""


def term_of(word: str, names: Names) -> Term:
    """Read a word as a time, a name or text."""
    if span := dates.span_of(word):
        return Term("dates", "", word, span)
    named = names.name(word)
    return named_term(named, word) if named else text_term(word)


def named_term(named: tuple[str, str], word: str) -> Term:
    """Make a term of the kind and the key that a word names."""
    return Term("partner" if named[0] == "code" else named[0], named[1], word)


def text_term(word: str) -> Term:
    """Make a term that texts must have."""
    return Term("text", word.strip('"?!.:;') or word, word)


def alternatives(value: str, names: Names) -> list[str]:
    """Split a value at its commas, unless it is a name with one."""
    word = valid_unicode(value)
    if ", " in word and names.name(word):
        # "Korea, Republic of"
        return [word]
    return [part.strip() for part in word.split(",") if any(map(str.isalnum, part))] or [word]


def time_of(option: str, word: str | None) -> Span | None:
    """Read the time that an option takes; None where it was not given."""
    span = None if word is None else dates.span_of(word)
    if word is not None and span is None:
        raise RelationsError(f'{option} takes a time such as 2014, 2014-06 or 2014-06-03, not "{printable(word)}"')
    return span
