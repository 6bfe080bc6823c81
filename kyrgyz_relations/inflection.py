"""Words in Cyrillic: the cases of Russian and Kyrgyz names, and how a name is written in Latin letters.

All words here are folded (`text.fold`), which makes й и, ө о, ү у and ң н.
"""

# The cases of Kyrgyz nouns, of Russian nouns and of Russian adjectives, each with what a name loses before them.
_KYRGYZ = (
    *("нын", "нин", "нун", "дын", "дин", "дун", "тын", "тин", "тун", "дан", "ден", "дон", "тан", "тен", "тон"),
    *("га", "ге", "го", "ка", "ке", "ко", "ны", "ни", "ну", "ды", "ди", "ду", "ты", "ти", "ту"),
    *("да", "де", "до", "та", "те", "то", "деги", "дагы", "теги", "тагы", "сы", "си", "су", "ы", "и", "у"),
)
_NOUNS = (
    *("ами", "ями", "ов", "ев", "еи", "ои", "ом", "ем", "ам", "ям", "ах", "ях"),
    *("ы", "и", "а", "я", "у", "ю", "е"),
)
_ADJECTIVES = ("ому", "ему", "ого", "его", "ыми", "ими", "ую", "юю", "ых", "их", "ым", "им", "ом", "ем", "ои", "еи")
_CASES = (
    (_KYRGYZ, ("",)),
    (_NOUNS, ("", "а", "я", "и", "ы", "ь", "о", "е")),
    (_ADJECTIVES, ("ая", "яя", "ое", "ее", "ыи", "ии", "ые", "ие")),
)
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
    alike = all(word == known or _is_case_of(word, known, shortest) for word, known in pairs)
    return alike and said.count(" ") == name.count(" ")


def _is_case_of(word: str, known: str, shortest: int) -> bool:
    for endings, lost in _CASES:
        said = {word.removesuffix(ending) for ending in endings if word.endswith(ending)}
        left = {known.removesuffix(ending) for ending in lost if known.endswith(ending)}
        if any(len(stem) >= shortest for stem in said & left):
            return True
    return False


def romanized(word: str) -> list[str]:
    """Write a word in Cyrillic as the texts do in Latin letters, with and without what may be the ending of a case.

    Args:
        word: The word or words, folded.

    Returns:
        The ways to write it: "баткенде" gives "batkende" and "batken"; none where nothing in it is Cyrillic.
    """
    if not any(letter in _LATIN for letter in word):
        return []
    endings = [ending for ending in (*_KYRGYZ, *_NOUNS) if word.endswith(ending) and ending not in _OF_SURNAMES]
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
