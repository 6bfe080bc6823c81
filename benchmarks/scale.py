"""How far `relations` carries: the same questions to fact bases of a thousand, ten thousand, a hundred thousand facts.

`python benchmarks/scale.py [SIZE …]` makes fact bases, measures the first lookup, which builds the index, against a
bare parse of the same file, and later ones against what people might use instead on the same data; it prints a table
and whether the aims are met. `python benchmarks/scale.py --write SIZE FILE` only makes a fact base. What is measured is
the package beside this script, with the Python that runs it, which must have what the package depends on.
"""

import argparse
import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date, timedelta
from itertools import accumulate, product
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "kyrgyz_relations"
RELATIONS = [sys.executable, "-m", PACKAGE.name]
# These facts, with a partner and a word that no other has, are the same in a fact base of any size.
FIXED, RARE_PARTNER, RARE_WORD, COMMON_PARTNER = 36, "zembla", "quokka", "kakastan"
SYLLABLES = "ka be di lo mu na re si to zu gar ber din lok mur nas pol ris tan zug kar bor del lin mot nug pra"
COMMON = """the and in of a to on for president with signed at that by its was had it million an from foreign first
diplomatic minister agreement established were states said which as visit over border state about relations met after
central presidents new joint their opened two trade between government cooperation treaty gas road embassy loan water"""
THEMES = "aid bases borders culture debt diaspora education energy health law migration security trade transport water"
KINDS = ("event", "agreement", "visit", "diplomatic-relations", "position", "statistic", "project")
CYRILLIC = str.maketrans("abdegiklmnoprstuvyhc", "абдегиклмнопрстувйхц")
GREP = ["rg", "--no-config"] if shutil.which("rg") else ["grep"]
PARSE = {name: f"import {name}; {name}.load(open('facts.toml', 'rb'))" for name in ("tomllib", "tomli")}
BUILD = "first lookup"
# What must be found at each size, where that can be known.
ROWS = {"by partner": FIXED, "by partner, with --facts": FIXED, "by text": FIXED, "by text, misspelt": 0, BUILD: FIXED}


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser()
    sizes = [1_000, 10_000, 100_000]
    parser.add_argument("sizes", nargs="*", type=int, default=sizes, metavar="SIZE", help="36 at least")
    parser.add_argument("--write", nargs=2, metavar=("SIZE", "FILE"), help="only make a fact base")
    asked = parser.parse_args()
    if asked.write:
        write(int(asked.write[0]), Path(asked.write[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            compare(sorted(set(asked.sizes)), Path(folder))


def write(size: int, path: Path) -> None:
    """Write a fact base, the same at each call, a record at a time; its lengths and shares are the real one's."""
    rng = random.Random(1991)  # noqa: S311  # to be the same at each call is the point
    plain = ["".join(parts) for parts in product(SYLLABLES.split(), repeat=3)]
    rng.shuffle(plain)
    # By Zipf's law few words are common and most are rare; a fifth of all texts has a diacritic and a hyphen.
    words = COMMON.split() + [word if n % 30 else word.replace("o", "ö-") for n, word in enumerate(plain)]
    weights = [*accumulate(1 / (rank + 3) for rank in range(len(words)))]
    partners = [f"{one}{other}stan" for one, other in product(SYLLABLES.split()[:15], repeat=2)][:200]
    partner_weights = [*accumulate(1 / (rank + 2) for rank in range(len(partners)))]

    def prose(shortest: int, longest: int) -> str:
        length = rng.randint(shortest + 12, longest)
        text = " ".join(rng.choices(words, cum_weights=weights, k=length // 3))
        return text[: text.rfind(" ", 0, length)].capitalize()

    def source_key(n: int) -> str:
        return f"{plain[n % 40]}-{1991 + n % 36}-{plain[n % 997]}-{n}"

    def source(key: str, n: int) -> str:
        # Cyrillic takes longer to fold; a fifth of the real sources have it.
        title, lang = (prose(20, 110).translate(CYRILLIC), "ru") if n % 5 == 0 else (prose(20, 110), "en")
        url = f"https://www.{plain[n % 40]}.example/{1991 + n % 36}/{plain[n % 997]}/{key}-{n:x}.html"
        fields = {"title": title, "publisher": f"{plain[n % 40].title()} News", "url": url, "lang": lang}
        return table(f"sources.{key}", **fields, published=f"{1991 + n % 36}-{n % 12 + 1:02}", kind="news")

    def fact(n: int) -> str:
        if n % (size // FIXED) == 0 and n < size // FIXED * FIXED:
            return fixed_fact(n // (size // FIXED))
        day = date(1991, 8, 31) + timedelta(n * 12_800 // size)
        month, year = f"{day:%Y-%m}", f"{day:%Y}"
        dates = (f"{day}", month, year, f"{year}~", f"{day}/..", f"{month}/{day.year + n % 3 + 1}")
        sources = [*range(n * 3 // 2, (n + 1) * 3 // 2), *([rng.randrange(n)] if n % 3 == 2 else [])]
        return table(
            "[facts]",
            id=f"{plain[n % 9973]}-{n}",
            date=rng.choices(dates, (75, 10, 4, 2, 5, 4))[0],
            kind=KINDS[n % len(KINDS)],
            partners=[*dict.fromkeys(rng.choices(partners, cum_weights=partner_weights, k=n % 3 + 1))],
            themes=rng.sample(THEMES.split(), n % 4 + 1),
            text=prose(40, 279) + ".",
            sources=[source_key(own) for own in dict.fromkeys(sources)],
            **({"note": prose(30, 140)} if n % 2 else {}),
        )

    with path.open("w", encoding="utf-8") as file:
        file.write(table("meta", format=1, title=f"{size:,} facts", subject="Testland", as_of="2026-09-01"))
        for n, name in enumerate(("neighbours", "union", "west")):
            file.write(table(f"groups.{name}", name=name, members=partners[n * 5 : n * 5 + 5], summary="Some"))
        for name in THEMES.split():
            file.write(table(f"themes.{name}", name=name, summary=f"All on {name}"))
        for name in (*partners, RARE_PARTNER):
            file.write(table(f"partners.{name}", name=name.title(), kind="state", summary=prose(40, 120)))
        file.writelines(source(f"{RARE_PARTNER}-{n}", n) for n in range(FIXED))
        file.writelines(source(source_key(n), n) for n in range(size * 3 // 2))
        file.writelines(fact(n) for n in range(size))


def fixed_fact(n: int) -> str:
    """Give one of the facts that are the same in a fact base of any size."""
    key, day = f"{RARE_PARTNER}-{n}", f"{1991 + n}-11-{n % 28 + 1:02}"
    fields = {"id": key, "date": day, "kind": "visit", "partners": [RARE_PARTNER], "themes": ["water"]}
    text = f"The foreign ministers signed a {RARE_WORD} agreement, number {n}, and opened talks on roads and water."
    return table("[facts]", **fields, text=text, sources=[key])


def table(header: str, **fields: object) -> str:
    """Write a table of TOML, whose strings and arrays of strings are those of JSON."""
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items()]
    return f"[{header}]\n{''.join(lines)}\n"


def lookups() -> dict[str, list[str]]:
    """Give the questions to `relations`, and, as "question: tool", how other tools find the same."""
    tsv = ' | [.date, (.partners | join(",")), (.themes | join(",")), .text, .id] | @tsv'
    columns = "SELECT date, facts.partners, facts.themes, facts.text, facts.id FROM facts JOIN"
    by_word = f"{columns} facts_fts ON facts_fts.rowid = n WHERE facts_fts MATCH '{RARE_WORD}'"
    cases = {
        "by partner, with --facts": [*RELATIONS, RARE_PARTNER, "--facts", "facts.toml"],
        "by partner and years": [*RELATIONS, RARE_PARTNER, "2000..2010"],
        "by text, misspelt": [*RELATIONS, f"{RARE_WORD}z"],
        "a question": [*RELATIONS, "when", "did", "the", "president", "sign", "an", "agreement", "on", "water"],
        "what there is": [*RELATIONS, "overview"],
        "by text": [*RELATIONS, RARE_WORD],
        "by text: jq": ["jq", "-r", f'select(.text | test("{RARE_WORD}")){tsv}', "facts.jsonl"],
        f"by text: {GREP[0]}": [*GREP, "-w", RARE_WORD, "facts.toml"],
        "by text: sqlite3": ["sqlite3", "facts.db", by_word],
    }
    for case, key in (("by partner", RARE_PARTNER), ("a sixth of all", COMMON_PARTNER)):
        by_partner = f"{columns} fact_partners ON fact = n WHERE partner = '{key}'"
        cases |= {
            case: [*RELATIONS, key],
            f"{case}: jq": ["jq", "-r", f'select(.partners | index("{key}")){tsv}', "facts.jsonl"],
            f"{case}: {GREP[0]}": [*GREP, f'^partners = .*"{key}"', "facts.toml"],
            f"{case}: sqlite3": ["sqlite3", "facts.db", by_partner],
        }
    return {name: command for name, command in cases.items() if shutil.which(command[0])}


def compare(sizes: list[int], work: Path) -> None:
    """Measure all cases at all sizes in turns, and print."""
    cases = lookups()
    first = {name: [sys.executable, "-c", code] for name, code in PARSE.items()} | {BUILD: [*RELATIONS, RARE_PARTNER]}
    # Of one command at one size, each run's milliseconds, peak of memory in MiB and lines printed.
    runs: dict[tuple[int, str], list[tuple[float, float, int]]] = defaultdict(list)
    for size in sizes:
        place = work / str(size)
        ignored = shutil.ignore_patterns("__pycache__", "facts.toml", "facts.db")
        shutil.copytree(PACKAGE, place / PACKAGE.name, ignore=ignored)
        # What takes memory is left to processes of its own, for what this one takes is counted to those it starts.
        subprocess.run([sys.executable, __file__, "--write", str(size), place / "facts.toml"], check=True)
        # An index is kept only of a file that was at rest for a while (see factbase/index.py).
        time.sleep(4)
        for _ in range(rounds(size) // 3):
            for name, command in first.items():
                shutil.rmtree(place / "cache", ignore_errors=True)
                runs[size, name].append(run(command, place))
        run([*RELATIONS, "--all", "-o", "facts.jsonl"], place)
        run([*RELATIONS, "export", "facts.db"], place)
    # The sizes take turns too, for they are compared with each other.
    for turn, size, name in product(range(rounds(sizes[0])), sizes, cases):
        if turn < rounds(size):
            runs[size, name].append(run(cases[name], work / str(size)))
    report(sizes, {key: tuple(map(statistics.median, zip(*taken, strict=True))) for key, taken in runs.items()})
    most, least = rounds(sizes[0]), rounds(sizes[-1])
    print(f"\nMedians of {most} lookups, at the largest size {least}; a third as many first ones.")
    print(f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}; Python {platform.python_version()}.")


def rounds(size: int) -> int:
    """Tell how often a lookup is measured."""
    return max(3, min(15, 1_000_000 // size))


def run(command: list[str], place: Path) -> tuple[float, float, int]:
    """Run a command into a file, as a script does that keeps the answer; tell its time, its memory and its lines."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "RELATIONS"))}
    environment["XDG_CACHE_HOME"] = str(place / "cache")
    with (place / "answer").open("wb") as answer, (place / "errors").open("wb") as errors:
        begun = time.perf_counter()
        # Made its own user, it is forked, and counted from what this process has for itself alone (some 8 MiB);
        # otherwise it would share, and be counted, the whole of it, which is more than a lookup takes.
        process = subprocess.Popen(command, cwd=place, env=environment, user=os.getuid(), stdout=answer, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        taken = (time.perf_counter() - begun) * 1000
    process.returncode = os.waitstatus_to_exitcode(status)
    said = (place / "errors").read_text(encoding="utf-8")
    # 1 is also the status of grep, and of `relations`, when nothing is found.
    if process.returncode not in (0, 1) or "Traceback" in said:
        sys.exit(f"{command} failed: {said}")
    with (place / "answer").open("rb") as lines:
        return taken, usage.ru_maxrss / 1024, sum(1 for _ in lines)


def report(sizes: list[int], found: dict[tuple[int, str], tuple[float, ...]]) -> None:
    """Print the table in Markdown, and whether the aims are met."""
    print("| facts | case | rows | ms | peak MiB | compared with | ratio |\n|---:|---|---:|---:|---:|---|---:|")
    for (size, name), (ms, mib, rows) in sorted(found.items(), key=lambda item: item[0][0]):
        case, _, rival = name.partition(": ")
        if rows != ROWS.get(case, found[size, case][2]):
            sys.exit(f"{name} finds {rows:.0f} of {size:,} facts; others find another number")
        compared, key = ("relations", (size, case)) if rival else (f"at {sizes[0]:,}", (sizes[0], name))
        if name in (*PARSE, BUILD):
            compared, key = "tomllib", (size, "tomllib")
        print(f"| {size:,} | {name} | {rows:,.0f} | {ms:,.0f} | {mib:,.0f} | {compared} | {ms / found[key][0]:.2f} |")
    print()
    for size in sizes:
        aim(f"{size:,} facts, {BUILD} against a bare parse", found[size, BUILD][0] / found[size, "tomllib"][0], 2)
    for size, case in product(sizes[1:], ("by partner", "by text")):
        (ms, mib, _), (least_ms, least_mib, _) = found[size, case], found[sizes[0], case]
        aim(f"{size:,} facts against {sizes[0]:,}, {case}", ms / least_ms, 1.3)
        aim(f"{size:,} facts against {sizes[0]:,}, {case}, memory", mib / least_mib, 1.1)


def aim(what: str, ratio: float, most: float) -> None:
    """Tell whether an aim is met."""
    print(f"- {what}: {ratio:.2f}, at most {most}: {'yes' if ratio <= most else 'no'}")


if __name__ == "__main__":
    main()
