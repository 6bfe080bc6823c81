"""Text: how it is folded, stemmed and romanized for comparison, and escaped for printing."""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from snowballstemmer.russian_stemmer import RussianStemmer

# Letters that no Unicode decomposition takes apart, and the plain ones that people type for them.
_PLAIN_LETTERS = {ord(letter): plain for letter, plain in zip("үөңıəøłđ", "уонieold", strict=True)}
_APOSTROPHES = {ord(mark): None for mark in "'’‘ʼʻ`´"}
_HYPHENS = {ord(mark): "-" for mark in "‐‑‒–—−"}
_FIRST_COMBINING = "\u0300"
# One spelling for American and British words, for words written in one or in two, and for romanized names.
_SPELLINGS = (
    ("isation", "ization"), ("recognis", "recogniz"), ("nationalis", "nationaliz"), ("organis", "organiz"),
    ("labour", "labor"), ("neighbour", "neighbor"), ("programme", "program"), ("centre", "center"),
    ("defence", "defense"), ("licence", "license"), ("airbase", "air base"), ("railroad", "railway"),
    ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("yev", "ev"),
)  # fmt: skip
_LONGEST_CODE = 3
_VOWELS = "аеиоуыэюя"
_LATIN = {
    **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye", strict=True)),
    "ж": "j", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ь": "", "ъ": "",
}  # fmt: skip
# The case endings of Kyrgyz nouns, folded, the longest first; no stemmer that is kept up knows the language.
_KYRGYZ_CASES = """
ыбыз ибиз убуз обуз ыныз иниз бызды бизди быз биз бы би бу бо
деги дагы теги тагы нын нин нун дын дин дун тын тин тун нан нен нон дан ден дон тан тен тон лар лер лор дар дер дор тар
тер тор га ге го ка ке ко ны ни ну ды ди ду ты ти ту да де до та те то сы си су
""".split()  # noqa: SIM905  # words in a row are easier to read than a list of strings
_SHORTEST_STEM = 4
# The case endings of Russian nouns and adjectives, folded.
_RUSSIAN_CASES = """
а я у ю е ы и о ом ем еи ои ам ям ами ями ах ях ов ев ого его ому ему ым им ых их ую юю ая яя ое ее ые ие ыи ии ыми ими
ою ею
""".split()  # noqa: SIM905  # as above


class _Folded(dict[int, str]):
    """The folded form of each letter, computed once: an index holds a million of them."""

    def __missing__(self, code: int) -> str:
        from unicodedata import combining, normalize

        letters = chr(code).translate(_APOSTROPHES)
        # Both steps can make work for the other: "℠" is "SM", "İ" is "i" and a combining dot.
        letters = normalize("NFKD", normalize("NFKD", letters).casefold())
        letters = "".join([letter for letter in letters if letter < _FIRST_COMBINING or not combining(letter)])
        self[code] = folded = letters.translate(_PLAIN_LETTERS).translate(_HYPHENS).translate(_APOSTROPHES)
        return folded


_FOLDED = _Folded()


def distance(one: str, other: str) -> int:
    """Count the letters to insert, leave out, replace or swap with the next (optimal string alignment)."""
    before, row = list[int](), list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, above, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted)))
            if i > 1 < j and letter == other[j - 2] and wanted == one[i - 2]:
                row[-1] = min(row[-1], above[j - 2] + 1)
    return row[-1]


def fold(text: str) -> str:
    """Fold case, diacritics, apostrophes and kinds of hyphen (NFKD, https://www.unicode.org/reports/tr15/)."""
    if text.isascii():
        return text.replace("'", "").replace("`", "").lower()
    return text.translate(_FOLDED)


def searchable(text: str) -> str:
    """Fold a text, give words with several spellings one, and stem what is Cyrillic."""
    folded = _spelt(_without_commas(fold(text)))
    if folded.isascii():
        return folded
    return " ".join([word if word.isascii() else stem(word) for word in folded.split()])


def _spelt(folded: str) -> str:
    for one, other in _SPELLINGS:
        folded = folded.replace(one, other)
    return folded


def _without_commas(text: str) -> str:
    """Write the numbers of a text without commas between their thousands."""
    first, *rest = text.split(",")
    for part in rest:
        thousands = first[-1:].isdecimal() and part[:3].isdecimal() and len(part[:3]) == 3 and not part[3:4].isdecimal()
        first += part if thousands else f",{part}"
    return first


@cache
def stem(word: str) -> str:
    """Stem the letters of a folded Cyrillic word as Russian (Snowball)."""
    if word.startswith("визит"):
        # The stemmer makes a visa of it.
        return "визит"
    stems = []
    for part in "".join([letter if letter.isalnum() or letter == "-" else " " for letter in word]).split():
        # The stemmer looks for "й" where folding has left "и".
        whole = part[:-1] + "й" if part.endswith(("ыи", "ии", "ои", "еи", "аи")) else part
        made = fold(_stemmer().stemWord(whole))
        # Of "Бакиев" the stemmer leaves what it leaves of "Баку".
        stems.append(part if len(made) < _SHORTEST_STEM and len(made) < len(part) - 2 else made)
    return " ".join(stems)


@cache
def _stemmer() -> RussianStemmer:
    from snowballstemmer.russian_stemmer import RussianStemmer

    return RussianStemmer()


def name_key(name: str) -> str:
    """Reduce a name to the letters and digits by which it is looked up: "Rule-of-law" to "ruleoflaw"."""
    folded = fold(name)
    # ISO codes have one spelling.
    spelt = _spelt(folded) if sum(map(str.isalnum, folded)) > _LONGEST_CODE else folded
    return "".join([letter for letter in spelt if letter.isalnum()])


def words_of(text: str) -> list[str]:
    """Split a text into case-folded words without the punctuation around them."""
    return [word.strip(".,;:()\"'“”‘’").casefold() for word in text.split()]


def compounds(folded: str) -> str:
    """Join the parts of the hyphenated words in a folded text: "the kok-tash road" gives "koktash"."""
    pieces = [piece.strip("-") for piece in folded.split()] if "-" in folded else []
    return " ".join([piece.replace("-", "") for piece in pieces if "-" in piece])


def printable(text: str) -> str:
    """Escape, as `ascii` does, whatever in a string could drive a terminal or break a line."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def counted(number: int, noun: str) -> str:
    """Write how many there are: "1 fact", "2 facts"."""
    return f"{number} {noun}{'s' * (number != 1)}"


def valid_unicode(word: str) -> str:
    """Decode an argument as UTF-8 whatever the locale made of it, since SQLite takes nothing else."""
    try:
        return word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    except UnicodeEncodeError:
        return word.encode("utf-8", "replace").decode()


def words_in(name: str) -> list[str]:
    """Split a name into its folded words; a hyphen is a blank."""
    return fold(name).replace("-", " ").split()


def is_inflected(said: Sequence[str], name: Sequence[str]) -> bool:
    """Tell whether the folded words of a Cyrillic name may be those of another in some case or as an adjective."""
    shortest = _SHORTEST_STEM - (len(said) > 1)
    return len(said) == len(name) and all(map(_is_inflected, said, name, [shortest] * len(said)))


def _is_inflected(word: str, known: str, shortest: int) -> bool:
    if word[:shortest] != known[:shortest] and not (len(known) > 2 and word.startswith(known)):
        return word == known
    if known in without_case(word):
        return True
    pairs = enumerate(zip(word, known, strict=False))
    same = next((n for n, (one, other) in pairs if one != other), min(len(word), len(known)))
    # "Границами" of "граница" shares a vowel of its own.
    splits = [(known[cut:], word[cut:]) for cut in range(same, same - 2, -1)]
    return any(ending in _RUSSIAN_CASES and len(lost) <= 2 and not lost.strip(_VOWELS + "ь") for lost, ending in splits)


@cache
def without_case(word: str) -> list[str]:
    """Give a folded Kyrgyz word without what may be its case endings, one after the other."""
    ending = next((ending for ending in _KYRGYZ_CASES if word.endswith(ending)), "")
    rest = word.removesuffix(ending)
    return [rest, *without_case(rest)] if ending and len(rest) >= _SHORTEST_STEM - 1 else []


def romanized(word: str) -> list[str]:
    """Write a folded Cyrillic word as the texts do in Latin letters, with and without what may be a case ending."""
    if word.isascii():
        return []
    short = stem(word)
    # Of adjectives the name of the place: "аксыискии" of "аксы".
    places = [short.removesuffix("ск").removesuffix("и").removesuffix("е")] if short.endswith("ск") else []
    # The stemmer takes the "н" of "Андижана" for a part of the ending.
    ways = (word, *without_case(word), short, word.rstrip(_VOWELS), *places)
    stems = [way for way in ways if way == word or len(way) >= _SHORTEST_STEM - 1]
    # Women's names: "отунбаевои" is a case of "отунбаева".
    women = [f"{way}а" for way in stems if way.endswith(("ов", "ев"))]
    return [*dict.fromkeys(map(_latin, stems + women))]


def _latin(word: str) -> str:
    word = word.replace("дж", "ж").replace("цз", "ж")
    pairs = zip(f" {word}", word, strict=False)
    # As in Yeltsin, Akayev and Bakiyev.
    letters = [
        "ye" if letter == "е" and before in f"{_VOWELS} " else _LATIN.get(letter, letter) for before, letter in pairs
    ]
    return "".join(letters)
