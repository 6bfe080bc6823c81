"""The closed vocabularies of a fact base."""

KINDS = {
    "event": "something that happened and fits no other kind",
    "agreement": "a document signed, ratified or in force",
    "membership": "joining, leaving or standing in an organization",
    "diplomatic-relations": "relations established, embassies opened or closed",
    "visit": "a visit or a summit",
    "project": "works built or financed",
    "conflict": "an armed clash or an attack",
    "statistic": "a measured figure, with its year and unit",
    "position": "a standing policy or situation",
}
# Words that people use for a kind where its own name does not come to mind, in English, Russian and Kyrgyz.
KIND_ALIASES = {
    **dict.fromkeys(("join", "joined", "joining", "членство", "мүчөлүк"), "membership"),
    **dict.fromkeys(("соглашение", "договор", "келишим"), "agreement"),
    **dict.fromkeys(("визит", "сапар"), "visit"),
    **dict.fromkeys(("проект", "долбоор"), "project"),
    **dict.fromkeys(("конфликт", "кагылышуу"), "conflict"),
    **dict.fromkeys(("дипломатические отношения", "дипломатиялык мамилелер"), "diplomatic-relations"),
}
PARTNER_KINDS = ("state", "former-state", "organization", "format")
SOURCE_KINDS = ("official", "treaty", "news", "reference", "scholarly", "ngo")
# How a figure stands to the true value, where a text says so.
QUALIFIERS = ("about", "over", "under")
