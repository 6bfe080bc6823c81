from kyrgyz_relations.factbase.advice import advice
from kyrgyz_relations.factbase.documents import parse
from kyrgyz_relations.factbase.load import check
from tests.factbase.test_load import BASE, expected

ALIKE = "with the same kind, partners and sources"


def source(key: str, remark: str = "") -> str:
    return f'\n[sources.{key}]{remark}\ntitle = "A"\npublisher = "B"\nurl = "https://c/"\nkind = "news"\nlang = "en"\n'


def fact(
    key: str, date: str, partners: str = '["china", "usa"]', sources: str = '["mfa", "press"]', **more: str
) -> str:
    fields = {"kind": '"event"', "partners": partners, "themes": '["energy"]', "text": '"It was."', "sources": sources}
    lines = "\n".join(f"{name} = {value}" for name, value in (fields | more).items())
    return f'\n[[facts]]\nid = "{key}"\ndate = {date}\n{lines}\n'


# A line on which something could be better ends with the advice.
DOCUMENT = "".join(
    [
        BASE.rstrip() + ' #! fact "closed": has one source; a second, independent one makes it better\n',
        source("press"),
        source("unused", ' #! source "unused": no fact uses it'),
        source("of-a-faulty-fact"),
        fact("vague", f'"2014" #! fact "vague": date "2014" is less precise than "2014-05-01" of "day", {ALIKE}'),
        fact("day", '"2014-05-01"', partners='["usa", "china"]', sources='["press", "mfa"]'),
        fact("later-day", '"2014-06-01"'),
        fact("long", '"2014/2015"'),
        fact("another-month", '"2014-04"'),
        fact("of-others", '"2014"', partners='["usa"]'),
        fact("of-another-kind", '"2014"', kind='"visit"'),
        fact("terse", '"2016"', text=f'"{"x" * 280}"'),
        fact("wordy", '"2016"', text=f'"{"x" * 281}" #! fact "wordy": text has 281 characters; 280 are enough'),
        fact("faulty", '"2014"', sources='["of-a-faulty-fact"]', kind='"evnt"', text=f'"{"x" * 281}"'),
    ]
)


def test_what_could_be_better_is_told_with_its_line_and_faulty_records_are_left_alone() -> None:
    _, _, tables = check([parse("facts.toml", DOCUMENT.encode())])
    told = [(place.document.path, place.line, what) for place, what in advice(tables)]
    assert sorted(told) == expected(DOCUMENT)
