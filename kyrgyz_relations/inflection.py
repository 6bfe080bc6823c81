"""Words in Cyrillic: the cases of Russian and Kyrgyz names, and how a name is written in Latin letters.

All words here are folded (`text.fold`), which makes й и, ө о, ү у and ң н.
"""

# The cases of Russian nouns and of Kyrgyz ones, longest first.
_ENDINGS = (
    *("нын", "нин", "нун", "дын", "дин", "дун", "тын", "тин", "тун", "дан", "ден", "дон", "тан", "тен", "тон"),
    *("ами", "ями", "ому", "ему", "ого", "его", "ым", "им", "ов", "ев", "еи", "ои", "ом", "ем", "ам", "ям", "ах", "ях"),
    *("га", "ге", "го", "ка", "ке", "ко", "ны", "ни", "ну", "ды", "ди", "ду", "ты", "ти", "ту"),
    *("да", "де", "до", "та", "те", "то", "сы", "си", "су", "ы", "и", "а", "я", "у", "ю", "е"),
)
# What a name without its case may end with.
_NOMINATIVES = ("", "а", "я", "и", "ы", "ь", "о", "е")
_SHORTEST_STEM = 3

_LATIN = {
    **dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye", strict=True)),
    "ж": "j",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
    "ь": "",
    "ъ": "",
}
_VOWELS = "аеиоуыэюя"


def nominatives(word: str) -> list[str]:
    """Give what a name in some case may be called without it, as "китаи" and "китаь" for "китая".

    Args:
        word: The name, folded, as `text.name_key` gives it.

    Returns:
        What it may be, the forms nearest to the word first; many of them are no words.
    """
    stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    longest_first = sorted({stem for stem in stems if len(stem) >= _SHORTEST_STEM}, key=len, reverse=True)
    return [stem + ending for stem in [word, *longest_first] for ending in _NOMINATIVES]


def romanized(word: str) -> list[str]:
    """Write a word in Cyrillic as the texts do in Latin letters, with and without what may be the ending of a case.

    Args:
        word: The word or words, folded.

    Returns:
        The ways to write it: "баткенде" gives "batkende" and "batken"; none where nothing in it is Cyrillic.
    """
    if not any(letter in _LATIN for letter in word):
        return []
    stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    ways = [word, *(stem for stem in stems if len(stem) > _SHORTEST_STEM)]
    return [*dict.fromkeys(map(_latin, ways))]


def _latin(word: str) -> str:
    written = ""
    for before, letter in zip(f" {word}", word, strict=False):
        # As in Akayev and Bakiyev.
        written += "ye" if letter == "е" and before in _VOWELS else _LATIN.get(letter, letter)
    return written
