"""Words in Cyrillic: the cases of Russian and Kyrgyz names, and how a name is written in Latin letters.

All words here are folded (`text.fold`), which makes й и, ө о, ү у and ң н.
"""

from collections.abc import Iterable

# The endings of Russian nouns and adjectives and of Kyrgyz nouns.
_ENDINGS = tuple(
    sorted(
        (  # noqa: SIM905  # words in a row are easier to read than a list of strings
            "нын нин нун дын дин дун тын тин тун дан ден дон тан тен тон га ге го ка ке ко ны ни ну ды ди ду ты ти ту"
            " да де до та те то деги дагы теги тагы сы си су"
            " ами ями ому ему ого его ыми ими ая яя ое ее ые ие ыи ии ую юю ых их ым им ов ев еи ои ом ем ам ям ах ях"
            " ы и а я у ю е ь"
        ).split(),
        key=len,
        reverse=True,
    )
)
# What a name may end with that its cases lose.
_NOMINATIVES = ("а", "я", "и", "ы", "ь", "о", "е", "ая", "яя", "ое", "ее", "ыи", "ии", "ые", "ие")
_SHORTEST_STEM = 4
# What a surname ends with is no ending of a case.
_OF_SURNAMES = ("ов", "ев")

_LATIN = {
    **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye", strict=True)),
    "ж": "j", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ь": "", "ъ": "",
}  # fmt: skip
_VOWELS = "аеиоуыэюя"


def is_case_of(said: str, name: str) -> bool:
    """Tell whether what somebody said may be a name in some case: "центральнои азии" of "центральная азия".

    Args:
        said: What was said, folded, with blanks between its words.
        name: The name, likewise.
    """
    pairs = [*zip(said.replace("-", " ").split(), name.replace("-", " ").split(), strict=False)]
    shortest = _SHORTEST_STEM if len(pairs) == 1 else _SHORTEST_STEM - 1
    alike = all(
        any(len(stem) >= shortest for stem in _stems(word, _ENDINGS) & _stems(known, _NOMINATIVES))
        for word, known in pairs
    )
    return alike and said.count(" ") == name.count(" ")


def _stems(word: str, endings: Iterable[str]) -> set[str]:
    return {word, *(word.removesuffix(ending) for ending in endings if word.endswith(ending))}


def romanized(word: str) -> list[str]:
    """Write a word in Cyrillic as the texts do in Latin letters, with and without what may be the ending of a case.

    Args:
        word: The word or words, folded.

    Returns:
        The ways to write it: "баткенде" gives "batkende" and "batken"; none where nothing in it is Cyrillic.
    """
    if not any(letter in _LATIN for letter in word):
        return []
    endings = [ending for ending in _ENDINGS if word.endswith(ending) and ending not in _OF_SURNAMES]
    without = [stem for stem in (word.removesuffix(ending) for ending in endings) if len(stem) >= _SHORTEST_STEM]
    # As of women's names: "отунбаевои" of "отунбаева".
    ways = [word, *without, *(f"{stem}а" for stem in without if stem.endswith(_OF_SURNAMES))]
    return [*dict.fromkeys(map(_latin, ways))]


def _latin(word: str) -> str:
    word = word.replace("дж", "ж")
    written = ""
    for before, letter in zip(f" {word}", word, strict=False):
        # As in Yeltsin, Akayev and Bakiyev.
        written += "ye" if letter == "е" and (before in _VOWELS or before == " ") else _LATIN.get(letter, letter)
    return written
