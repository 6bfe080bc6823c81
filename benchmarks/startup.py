"""How long people and scripts wait for `relations`, as ratios to what Python itself takes.

Every case is a fresh process; the cases take turns, so that whatever else the machine does falls on all of them alike.
Run it with the interpreter beside a `relations` that was installed from a wheel, so that it has its index, as
`.venv/bin/python benchmarks/startup.py`. It prints the table that docs/performance.md shows.
"""

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
from importlib.metadata import version
from pathlib import Path

ROUNDS = 30
HELLO = """
import typer
app = typer.Typer()
@app.command()
def main(name: str = "world") -> None:
    print(name)
app()
"""
COMPLETE = {"_RELATIONS_COMPLETE": "complete_bash", "COMP_WORDS": "relations ", "COMP_CWORD": "1"}
FIRST = "the first relations china | cat, in an empty home"
QUESTION, RUSSIAN = "relations when did manas close | cat", "relations когда закрыли базу манас | cat"
# What is measured, what it is compared with, and by how much it may exceed that.
AIMS = {
    "relations china | cat": ("python -c pass", 2.4),
    "relations china --json | cat": ("python -c pass", 2.8),
    "relations china debt --csv --fields date,text | cat": ("python -c pass", 2.8),
    FIRST: ("python -c pass", 2.6),
    QUESTION: ("relations china | cat", 1.2),
    RUSSIAN: ("relations china | cat", 1.4),
    "relations china, on a terminal": ("import rich.console, rich.table", 1.3),
    "relations <TAB>": ("hello-world Typer app", 1.2),
    "relations --help": ("its --help", 1.25),
}


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "hello.py").write_text(HELLO, encoding="utf-8")
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        environment |= {"XDG_CACHE_HOME": str(work / "cache"), "TERM": "xterm-256color", "PAGER": "cat"}
        cases = ours(work) | rivals(work, environment)
        for command, extra in cases.values():
            piped(command, environment | extra)
        rng = random.Random(1991)  # noqa: S311  # no secret
        times: dict[str, list[float]] = {name: [] for name in cases}
        for number in range(ROUNDS):
            # In another order each time: what runs before a case has an effect on it.
            for name, (command, extra) in rng.sample([*cases.items()], len(cases)):
                run = on_terminal if "on a terminal" in name else piped
                empty = {"XDG_CACHE_HOME": str(work / f"empty{number}")} if name == FIRST else {}
                times[name].append(run(command, environment | extra | empty))
    report({name: statistics.median(some) for name, some in times.items()})


def ours(work: Path) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Give the cases that only need this project's environment: the command and what is added to the environment."""
    python, relations, hello = sys.executable, str(Path(sys.executable).with_name("relations")), str(work / "hello.py")
    return {
        "python -c pass": ([python, "-c", "pass"], {}),
        "import rich.console, rich.table": ([python, "-c", "import rich.console, rich.table"], {}),
        "hello-world Typer app": ([python, hello], {}),
        "its --help": ([python, hello, "--help"], {}),
        "relations china | cat": ([relations, "china"], {}),
        "relations china --json | cat": ([relations, "china", "--json"], {}),
        "relations china debt --csv --fields date,text | cat": (
            [relations, "china", "debt", "--csv", "--fields", "date,text"],
            {},
        ),
        FIRST: ([relations, "china"], {}),
        QUESTION: ([relations, *QUESTION.split()[1:-2]], {}),
        RUSSIAN: ([relations, *RUSSIAN.split()[1:-2]], {}),
        "relations china, on a terminal": ([relations, "china"], {}),
        "relations <TAB>": ([relations], COMPLETE),
        "relations --help": ([relations, "--help"], {}),
    }


def rivals(work: Path, environment: dict[str, str]) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Give what people would use instead, as far as it is on this machine, on the same data."""
    relations = str(Path(sys.executable).with_name("relations"))
    data = work / "facts.json"
    everything = subprocess.run([relations, "--all", "--json"], env=environment, capture_output=True, check=True)
    data.write_bytes(everything.stdout)
    select = '.[] | select(.partners | index("china")) | [.date, .text] | @tsv'
    known = {
        "jq, the same facts from JSON": ["jq", "-r", select, str(data)],
        "grep, the same word in JSON": ["grep", "china", str(data)],
        "rg, the same word in JSON": ["rg", "china", str(data)],
        "gh --version": ["gh", "--version"],
        "tldr --version": ["tldr", "--version"],
        "sqlite-utils --version": ["sqlite-utils", "--version"],
    }
    return {name: (command, {}) for name, command in known.items() if shutil.which(command[0])}


def piped(command: list[str], environment: dict[str, str]) -> float:
    """Run a command into a pipe; give the milliseconds until it has ended."""
    begun = time.perf_counter()
    subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    return (time.perf_counter() - begun) * 1000


def on_terminal(command: list[str], environment: dict[str, str]) -> float:
    """Run a command on a pseudo-terminal high enough to need no pager; give the milliseconds until it has ended."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 9999, 100, 0, 0))
    begun = time.perf_counter()
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment):
        os.close(theirs)
        try:
            while os.read(ours, 1 << 16):
                pass
        except OSError:
            pass
    os.close(ours)
    return (time.perf_counter() - begun) * 1000


def report(medians: dict[str, float]) -> None:
    """Print the table in Markdown."""
    print("| case | ms | compared with | ratio | at most |")
    print("|---|---:|---|---:|---:|")
    for name, time_taken in medians.items():
        reference, aim = AIMS.get(name, ("python -c pass", None))
        ratio = time_taken / medians[reference]
        shown = f"`{name}`".replace("|", r"\|") if "relations" in name else name
        print(
            f"| {shown} | {time_taken:.0f} | {reference} | {ratio:.2f} | {aim or ''} |".replace(
                "| relations china | cat |", "| the lookup |"
            )
        )
    packages = ", ".join(f"{name} {version(name)}" for name in ("typer", "rich", "msgspec"))
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}"
    print(f"\nMedians of {ROUNDS}; {machine}; Python {platform.python_version()}, {packages}.")
    print(json.dumps({name: round(value, 1) for name, value in medians.items()}), file=sys.stderr)


if __name__ == "__main__":
    main()
