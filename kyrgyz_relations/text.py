"""Strings: how they are compared, and how a stranger's string is made safe to print."""

# Letters that no Unicode decomposition takes apart, but that people type as the plain letter
# when their keyboard has no Kyrgyz (or Turkish) layout.
_PLAIN_LETTERS = {ord(letter): plain for letter, plain in zip("үөңıəøłđ", "уонieold", strict=True)}
_FIRST_COMBINING = "\u0300"
_APOSTROPHES = {ord(mark): None for mark in "'’‘ʼʻ`´"}
# What American and British spelling make of a word differently, words that are written in one or in two, and what the
# ways to write Russian and Kyrgyz names in Latin letters differ in.
_SPELLINGS = (
    ("isation", "ization"), ("recognis", "recogniz"), ("nationalis", "nationaliz"), ("organis", "organiz"),
    ("labour", "labor"), ("neighbour", "neighbor"), ("programme", "program"), ("centre", "center"),
    ("defence", "defense"), ("licence", "license"), ("airbase", "air base"), ("railroad", "railway"),
    ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("yev", "ev"),
)  # fmt: skip
_HYPHENS = {ord(mark): "-" for mark in "‐‑‒–—−"}


class _Folded(dict[int, str]):
    """What letters are folded to, worked out when a letter is first met."""

    def __missing__(self, code: int) -> str:
        # Loads a large extension module, which a query in ASCII can do without.
        from unicodedata import combining, normalize

        letters = chr(code).translate(_APOSTROPHES)
        # Both steps can make work for the other: "℠" is "SM", "İ" is "i" and a combining dot.
        letters = normalize("NFKD", normalize("NFKD", letters).casefold())
        letters = "".join([letter for letter in letters if letter < _FIRST_COMBINING or not combining(letter)])
        self[code] = folded = letters.translate(_PLAIN_LETTERS).translate(_HYPHENS).translate(_APOSTROPHES)
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """Reduce a string to the form in which case, diacritics, apostrophes and kinds of hyphen are alike.

    Args:
        text: Any string.

    Returns:
        The string case-folded, decomposed (NFKD, https://www.unicode.org/reports/tr15/) and stripped of marks and
        apostrophes; hyphens and dashes are "-".
    """
    if text.isascii():
        return text.replace("'", "").replace("`", "").lower()
    return text.translate(_FOLDED)


def searchable(text: str) -> str:
    """Fold a text in which words are looked up, or the words: `fold`, and one spelling for what has several.

    Args:
        text: Any string.
    """
    folded = fold(text)
    for one, other in _SPELLINGS:
        folded = folded.replace(one, other)
    return folded


def words_of(text: str) -> list[str]:
    """Give the words of a text, as they may be suggested to somebody who misspelt one.

    Args:
        text: Any string.

    Returns:
        The words case-folded, without the punctuation around them, in their order.
    """
    return [word.strip(".,;:()\"'“”‘’").casefold() for word in text.split()]


def name_key(name: str) -> str:
    """Reduce a name to the letters and digits by which it is looked up: "Rule-of-law" to "ruleoflaw".

    Args:
        name: The name, or what may be one.
    """
    return "".join(letter for letter in fold(name) if letter.isalnum())


def compounds(folded: str) -> str:
    """Give the hyphenated words of a folded text in one piece: "the kok-tash road" to "koktash".

    Args:
        folded: A text as `fold` gives it.

    Returns:
        The words with blanks between, or "" where there is none.
    """
    if "-" not in folded:
        return ""
    pieces = [piece.strip("-") for piece in folded.split() if "-" in piece]
    return " ".join([piece.replace("-", "") for piece in pieces if "-" in piece])


def printable(text: str) -> str:
    """Escape whatever in a stranger's string could drive a terminal or break a line.

    Args:
        text: Any string, also one with lone surrogates.

    Returns:
        The string with each letter that can't be printed written as by `ascii`.
    """
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
