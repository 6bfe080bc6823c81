"""Tokens: command-line arguments as words, commas and times, with the operators of other tools in our own terms."""

from __future__ import annotations

from kyrgyz_relations import dates
from kyrgyz_relations.times import is_time
from kyrgyz_relations.words import NOT, is_small

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Protocol

    class Names(Protocol):
        """What a fact base tells about words."""

        codes: bool

        def name(self, words: str) -> tuple[str, str] | None:
            """Give the kind and the key of what words name; a kind "code" is an ISO code of a partner."""

        def has_text(self, words: str) -> bool:
            """Tell whether a fact has these words side by side."""

        def is_told(self, words: str) -> bool:
            """Tell whether the text of a fact, or its id, has these words side by side."""

        def correct(self, word: str) -> str:
            """Give the word of the texts that is meant by a misspelt one, or ""."""

        def suggest(self, word: str, kind: str) -> list[str]:
            """Give the names of a kind that come nearest to one that is none."""


LONGEST_NAME = 10
# The token of a comma inside a word, which widens in any case.
WIDENING = ",,"
# Comparisons as other tools write them, by what is typed here.
_COMPARISONS = {">=": "since", "≥": "since", "<=": "until", "≤": "until", ">": "after", "<": "before", "=": ""}
_THOUSANDS = 3
# Words that in capitals say how others are meant.
_CAPITALS = NOT | {"AND", "OR", "ИЛИ", "И", "|", "||"}


def tokens_of(arguments: Iterable[str], names: Names) -> list[str]:
    """Split arguments into tokens."""
    return _joined([token for argument in arguments for token in _split(argument, names)])


def _split(word: str, names: Names) -> list[str]:
    """Split an argument into words and commas, unless it is a name, a time or a phrase that some fact has."""
    word = " ".join(word.replace("…", "..").split())
    if word[:1] == "!" and len(word) > 1:
        # Only the next name is left out: no phrase.
        rest = word.lstrip("!").strip()
        parts = [rest] if names.name(rest) or is_quoted(rest) or not rest else rest.split()
        return ["NOT"] * word.count("!", 0, 2) + [token for part in parts for token in _split(part, names)]
    if word[:1] == "(" and word[-1:] == ")" and word.count("(") == 1:
        word = word[1:-1].strip() or word
    if not is_quoted(word) and word.count('"') % 2 == 0 < word.count('"'):
        return _quoted(word, names)
    several = word[:1] != "," and any(letter in word.rstrip(",;") for letter in " ,")
    if is_quoted(word) or (several and (names.name(word) or dates.span_of(word))):
        return [word]
    parts = word.split()
    if len(parts) > 1:
        plain = not (".." in word or "," in word or is_time(parts)) and not any(
            part in _CAPITALS or _operators(part)[0] in NOT for part in parts
        )
        phrase = plain and len(parts) <= LONGEST_NAME * 2 and not is_small(parts[0]) and names.has_text(word)
        return [f'"{word}"'] if phrase else [token for part in parts for token in _split(part, names)]
    parts = [part for part in word.rstrip(",;").split(",") if part] or [word]
    if is_number(parts):
        parts = [",".join(parts)]
    tokens = [token for part in parts for token in (WIDENING, *_operators(part))][1:]
    before, behind = [","] * (word[:1] == ","), [","] * (word[-1:] == ",")
    return [*before, *tokens, *behind] if word.strip(",") else tokens


def _quoted(word: str, names: Names) -> list[str]:
    """Split an argument with phrases in quotation marks, of which one may be the value of a field."""
    tokens = list[str]()
    for place, part in enumerate(word.split('"')):
        if place % 2 == 0:
            tokens += [token for each in part.split() for token in _split(each, names)]
        elif tokens and tokens[-1].endswith(":"):
            tokens[-1] += part
        else:
            tokens.append(f'"{part}"')
    return tokens


def _joined(tokens: Sequence[str]) -> list[str]:
    """Put the parts of a comparison or of a range together: ">= 2010", "2010 .. 2012", "2010.. 2012"."""
    joined = list[str]()
    place = 0
    while place < len(tokens):
        runs = [tokens[place : place + length] for length in (3, 2) if place + length <= len(tokens)]
        found = next(filter(_is_range, runs), tokens[place : place + 1])
        rest = found[0].removeprefix("-")
        if len(found) == 1 and rest != found[0] and dates.span_of(rest):
            # "2010 -2012" is a range, and "debt -2012" leaves out.
            if joined and dates.span_of(f"{joined[-1]}..{rest}"):
                joined[-1] += f"..{rest}"
            else:
                joined += ["NOT", rest]
            place += 1
            continue
        if found[0] in _COMPARISONS and dates.span_of("".join(tokens[place + 1 : place + 2])):
            found = tokens[place : place + 2]
        joined += _operators("".join(found)) if len(found) > 1 else found
        place += len(found)
    return joined


def _is_range(tokens: Sequence[str]) -> bool:
    parts = [part for part in (token.strip("./") for token in tokens) if part]
    whole = "".join(tokens)
    return (".." in whole or "/" in tokens) and all(map(dates.span_of, parts)) and dates.span_of(whole) is not None


def is_number(parts: Sequence[str]) -> bool:
    """Tell whether what stands between commas is one number: "4,500"."""
    return parts[0].isdecimal() and all(part.isdecimal() and len(part) == _THOUSANDS for part in parts[1:])


def is_quoted(word: str) -> bool:
    """Tell whether a word is a phrase in quotation marks."""
    return len(word) > 1 and word[0] == word[-1] == '"' and '"' not in word[1:-1]


def _operators(word: str) -> list[str]:
    """Write what looks like another tool's operator as it is written here."""
    word = word.strip("()[]{}") or word
    negated = ["NOT"] * (len(word) > 1 and (word[0] == "!" or (word[0] == "-" and word[1].isalpha())))
    word = (word[1:].strip("()[]{}!") or word) if negated else word
    for sign, meaning in _COMPARISONS.items():
        if word.startswith(sign) and dates.span_of(word.removeprefix(sign)):
            return [*negated, *(part for part in (meaning, word.removeprefix(sign)) if part)]
    since = len(word) == 5 and word[:4].isdecimal() and word[4] in "-–—+"
    return [*negated, f"{word[:4]}.." if since else word]
