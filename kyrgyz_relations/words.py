"""The words of English, Russian and Kyrgyz that steer a query instead of being looked up."""

from __future__ import annotations

# Words that make a question of what they stand in, and say nothing else.
_QUESTION = """
can could did do does had has have how is are was were what whats when where which who whom whose whos why will would
tell show list find give explain зачем как какая какие какой какого каким какую какова когда кто кем куда ли откуда
почему сколько чем что чего кайда кайсы канча кандай кантип качан ким кимдер кимге кимдин эмне эмнеге эмнени бы бар
барбы
"""
# Words between the words that matter; some are ISO codes too, which in capitals they stay.
_SMALL = """
a about after again all also an and any as at actually ago already am be became become been before began begin between
both but by came come country countries during each ever every exactly fact facts finally for from get go goes going
gone got happen happened happening happens he her him his i if in info into it its itself just kind made make many me
most much my no not of off on or our out over please really s she since so some started still such take taken than
that the their them then there these they thing things this those through till to together too under until up versus
via vs way we went while whether with within without you your yet let another want wanted ever long think say said
says talk told know use used many new old big а б был была были было быть бы в во всё все где для до его ее её если
есть же за и из или их к ко ли между меня мне мы на над нам нас наш наша наши не нет ни но о об он она они от по под
при про против с со свой свои себя так такое там то тот тоже ты у уже через чтобы эти это этот этого год года
году годах годов годы гг г стал стала стало стали страна страны случилось произошло сказал сказала говорил можно нужно
новый долго самое самого самом самый самая жана же менен үчүн тууралуу жөнүндө жонундо эле бир бул ал жыл жылы жылда
биз биздин болгон болду болот келген кылган кылды өлкө өлкөлөр айткан жаңы катары
"""
# What a question may want beyond its words, by words that say so.
_INTENTS = {
    "latest": "latest last newest recent recently now current currently lately"
    " последний последняя последнее последние последнего сейчас акыркы азыр",
    "when": "when когда качан",
    "first": "first earliest originally первый первая первое первые впервые первым биринчи алгач",
    "joining": "join joined joins joining member members membership accession accede acceded entry enter entered"
    " recognise recognize recognised recognized recognition part party relations established"
    " вступил вступила вступило вступление вступили член члены членство присоединился признал признала признание"
    " отношения"
    " мүчө мүчөсү мүчөлүк кирген кирди кирдик тааныган таанылган",
    "amount": "much cost costs worth amount total owe owes price rate figure сколько сумма стоимость цена канча баасы",
}
QUESTION, SMALL = frozenset(_QUESTION.split()), frozenset(_SMALL.split())
INTENTS = {word: intent for intent, words in _INTENTS.items() for word in words.split()}
_LONGEST_CODE = 3
OR, NOT = frozenset({"or", "или", "же", "|", "||"}), frozenset({"NOT", "НЕ", "!"})
# Codes that are names in small letters, too.
NAMES = frozenset({"us", "usa", "uk", "uae"})
# Words that sound as if they left out what comes next.
WITHOUT = frozenset({"not", "no", "without", "except", "excluding", "без", "кроме", "не"})


def bare(word: str) -> str:
    """Give a word as it stands in these lists: without case, apostrophes and the punctuation behind it."""
    return word.rstrip("?!.:;,").casefold().replace("'", "").replace("’", "")


def is_small(word: str) -> bool:
    """Tell whether a word only joins others; in capitals it may be an ISO code."""
    return (bare(word) in SMALL or bare(word) in QUESTION or word == "AND") and not is_code(word)


def is_code(word: str) -> bool:
    """Tell whether a word in capitals may be an ISO code or an abbreviation."""
    return word.isascii() and word.isupper() and 1 < len(word) <= _LONGEST_CODE and word not in ("AND", "OR", "NOT")
