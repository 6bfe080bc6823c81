from pathlib import Path

import pytest

from kyrgyz_relations.errors import FactBaseError
from kyrgyz_relations.factbase.source import load

BASE = (Path(__file__).parent / "valid.toml").read_text("utf-8")
FACT = BASE[BASE.index("[[facts]]") :]

# What is put in the place of which lines of the base. A line on which a problem is told ends with its message.
CASES: dict[str, dict[str, str]] = {
    "unknown partner": {
        '["usa"]\nthemes': '["chnia", "usa"] #! fact "closed": unknown partner "chnia" (did you mean "china"?)\nthemes'
    },
    "unknown theme": {'themes = ["energy"]': 'themes = ["water"] #! fact "closed": unknown theme "water"'},
    "unknown source": {
        'sources = ["mfa"]': 'sources = ["mfaa"] #! fact "closed": unknown source "mfaa" (did you mean "mfa"?)'
    },
    "unknown member": {'members = ["usa"]': 'members = ["usa", "nato"] #! group "west": unknown partner "nato"'},
    "unknown organization": {"members": 'organization = "nato" #! group "west": unknown partner "nato"\nmembers'},
    "unknown since": {
        'since = "closed"': 'since = "close" #! partner "usa": unknown fact "close" (did you mean "closed"?)'
    },
    "since of others": {
        'name = "China"': 'name = "China"\nsince = "closed" #! partner "china": the fact "closed" has other partners'
    },
    "missing fields": {
        "[[facts]]": '[[facts]] #! fact "closed": missing kind, partners',
        'kind = "event"\npartners = ["usa"]\n': "",
    },
    "missing id": {
        'since = "closed"\n': "",
        "[[facts]]": "[[facts]] #! fact number 1: missing id",
        'id = "closed"\n': "",
        'themes = ["energy"]': 'themes = ["fuel"] #! fact number 1: unknown theme "fuel"',
    },
    "missing table": {
        BASE[: BASE.index("[groups")]: "#! meta: missing format, title, subject, as_of\n",
    },
    "unknown field": {
        "sources =": 'notes = "It did." #! fact "closed": unknown field "notes" (did you mean "note"?)\nsources ='
    },
    "no list": {'["energy"]': '"energy" #! fact "closed": themes should be a list of one to four themes\' keys'},
    "empty list": {'["energy"]': '[] #! fact "closed": themes should be a list of one to four themes\' keys'},
    "no key": {'["mfa"]': '[1] #! fact "closed": sources should be a list of keys, one at least'},
    "no text": {'"The base closed."': '3 #! fact "closed": text should be text in quotes'},
    "wrong format": {"format = 1": "format = 2 #! meta: format should be the number 1"},
    "wrong address": {
        '"https:': '"ftp:" #! source "mfa": url should be a web address that begins with https:// or http:// '
        "and holds no blank, quote or bracket\n#"
    },
    "wrong language": {'"en"': '"English" #! source "mfa": lang should be a BCP 47 language tag such as "en"'},
    "wrong codes": {
        'name = "China"': 'name = "China"\n'
        'iso2 = "cn" #! partner "china": iso2 should be an ISO 3166-1 alpha-2 code such as "CN"\n'
        'iso3 = "CN" #! partner "china": iso3 should be an ISO 3166-1 alpha-3 code such as "CHN"'
    },
    "wrong id": {
        'since = "closed"\n': "",
        '"closed"': '"Closed" #! fact "Closed": id should be lower-case letters and digits, words joined by hyphens, '
        "at most 100 characters",
    },
    "wrong key": {
        'name = "Energy"\n': 'name = "Energy"\nsummary = "Two."\n'
        '[themes.Water] #! theme "Water": a key should be lower-case letters and digits, words joined by hyphens, '
        "at most 100 characters\n"
        'name = "Water"\n'
    },
    "kind like one": {'"event"': '"evnt" #! fact "closed": unknown kind "evnt" (did you mean "event"?)'},
    "kind like none": {
        '"state"': '"x" #! partner "china": unknown kind "x"; it is one of state, former-state, organization, format'
    },
    "bad date": {
        '"2014-06-03"': '"June 2014" #! fact "closed": date "June 2014" is no date: '
        "a date is written 2014, 2014-06 or 2014-06-03"
    },
    "bad date of a source": {
        "lang": 'published = "2014-13" #! source "mfa": published "2014-13" is no date: there is no month 13\nlang'
    },
    "bad date of the base": {
        '"2024-01-01"': '"2024-02-30" #! meta: as_of "2024-02-30" is no date: February 2024 has no day 30'
    },
    "date of TOML": {
        '"2014-06-03"': '2014-06-03 #! fact "closed": date should be an EDTF date in quotes, such as "2014-06-03", '
        '"1992~" or "2003-10-23/.."'
    },
    "duplicate id": {
        FACT: FACT + FACT.replace('"closed"', '"closed" #! fact "closed": this id is taken, at facts.toml:32')
    },
    "duplicate id but for a blank": {
        FACT: FACT + FACT.replace('"closed"', '"closed " #! fact "closed": this id is taken, at facts.toml:32')
    },
    "key named twice": {
        '["usa"]\nthemes': '["usa", "usa"] #! fact "closed": partners names "usa" more than once\nthemes'
    },
    "names of others": {
        '"The West"': '"The West" #! group "west": the name "The West" belongs to partner "china" already, '
        "at facts.toml:17",
        "[themes.energy]": '[themes.energy] #! theme "energy": the name "energy" belongs to partner "china" already, '
        "at facts.toml:17",
        '"Energy"': '"Energy" #! theme "energy": the name "Energy" belongs to partner "china" already, '
        "at facts.toml:17",
        'name = "China"': 'aliases = ["the-west", "ENERGY", "U.S.A."]\n'
        'name = "Visits" #! partner "china": the name "Visits" belongs to the kind of fact "visit" already',
        "[partners.usa]": '[partners.usa] #! partner "usa": the name "usa" belongs to partner "china" already, '
        "at facts.toml:17",
    },
    "name that is a date": {
        '"China"': '"1990s" #! partner "china": "1990s" cannot be a name: it reads as a date, or has no letter'
    },
    "name without letters": {
        '"China"': '"—" #! partner "china": "—" cannot be a name: it reads as a date, or has no letter'
    },
    "control character": {
        "The base": '\\u001b[31m" #! fact "closed": text holds the control character U+001B; take it out\n#'
    },
    "direction of text": {
        '"China"': '"Chi\u202ena" #! partner "china": name holds the control character U+202E; take it out'
    },
    "control character in a list": {
        'name = "China"': 'name = "China"\n'
        'aliases = ["PRC", "\\u0007"] #! partner "china": aliases holds the control character U+0007; take it out'
    },
    "unknown table": {
        "[sources.mfa]": '[partner.cuba] #! unknown table "partner" (did you mean "partners"?)\n[sources.mfa]'
    },
    "control character in the name of a table": {
        "[sources.mfa]": '["a\\u001b"] #! unknown table "a\\x1b"\n[sources.mfa]'
    },
    "control character in a key": {
        "[themes.energy]": '[themes."energy\\u001b"] #! theme "energy\\x1b": a key should be '
        "lower-case letters and digits, words joined by hyphens, at most 100 characters",
        '"Energy"': '"China" #! theme "energy\\x1b": the name "China" belongs to partner "china" already, '
        "at facts.toml:16",
        '["energy"]': '["energy"] #! fact "closed": unknown theme "energy" (did you mean "energy\\x1b"?)',
    },
    "facts as a table": {
        "[[facts]]": "[facts] #! facts should be a list of tables, each under its own [[facts]]",
        'since = "closed"\n': "",
    },
    "themes as a list": {
        "[themes.energy]": "[[themes]] #! themes should be tables, such as [themes.some-key]",
        '["energy"]': '["energy"] #! fact "closed": unknown theme "energy"',
    },
    "partner as a value": {
        "[partners.china]": '[partners]\nchina = "" #! partner "china" should be a table of fields\n[themes.china]',
        'name = "China"\nkind': 'name = "China"\nsummary',
    },
    "no TOML": {'"Energy"': "Energy #! this is not TOML: invalid value"},
    "table named twice": {FACT: "[meta] #! this is not TOML: cannot declare ('meta',) twice"},
}


@pytest.mark.parametrize("case", CASES)
def test_a_problem_is_told_with_its_line(case: str) -> None:
    document = BASE
    for old, new in CASES[case].items():
        assert old in document
        document = document.replace(old, new, 1)
    with pytest.raises(FactBaseError) as error:
        load([("facts.toml", document.encode())])
    assert [*error.value.problems] == [
        ("facts.toml", number, line.partition("#! ")[2])
        for number, line in enumerate(document.split("\n"), 1)
        if "#! " in line
    ]


def test_all_problems_are_told_in_one_run_in_the_order_of_lines() -> None:
    document = BASE.replace('"energy"', '"b", "a"').replace('"event"', '"x y"').replace("format = 1", "format = 0")
    with pytest.raises(FactBaseError) as error:
        load([("some/facts.toml", document.replace("\n", "\r\n").encode())])
    assert str(error.value) == (
        "some/facts.toml:2: meta: format should be the number 1\n"
        'some/facts.toml:35: fact "closed": unknown kind "x y"; it is one of event, agreement, membership, '
        "diplomatic-relations, visit, project, conflict, statistic, position\n"
        'some/facts.toml:37: fact "closed": unknown theme "a"\n'
        'some/facts.toml:37: fact "closed": unknown theme "b"'
    )
