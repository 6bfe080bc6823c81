"""How long people and scripts wait for `relations`, as ratios to what Python itself takes.

Every case is a fresh process; the cases take turns, so that whatever else the machine does falls on all of them alike.
Run it with the interpreter beside an installed `relations`: `.venv/bin/python benchmarks/startup.py`. It prints the
table that the README shows.
"""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
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
# What is measured, what it is compared with, and by how much it may exceed that.
AIMS = {
    "relations china | cat": ("python -c pass", 2.5),
    "relations china --json | cat": ("hello-world Typer app", 1.2),
    "relations china, on a terminal": ("import rich.console, rich.table", 1.35),
    "relations <TAB>": ("hello-world Typer app", 1.25),
    "relations --help": ("its --help", 1.25),
}
COLD_EXTRA_MS = 150


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
        warm: dict[str, list[float]] = {name: [] for name in cases}
        for _ in range(ROUNDS):
            for name, (command, extra) in cases.items():
                run = on_terminal if "on a terminal" in name else piped
                warm[name].append(run(command, environment | extra))
        medians = {name: statistics.median(times) for name, times in warm.items()}
        cold = {
            name: cold_run(*cases[name], environment, on_terminal if "terminal" in name else piped) for name in AIMS
        }
    report(medians, cold)


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
        "relations china, on a terminal": ([relations, "china"], {}),
        "relations <TAB>": ([relations], COMPLETE),
        "relations --help": ([relations, "--help"], {}),
    }


def rivals(work: Path, environment: dict[str, str]) -> dict[str, tuple[list[str], dict[str, str]]]:
    """Give what people would use instead, as far as it is on this machine, on the same data."""
    relations = str(Path(sys.executable).with_name("relations"))
    data = work / "facts.json"
    everything = subprocess.run([relations, "1900..", "--json"], env=environment, capture_output=True, check=True)
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


def cold_run(
    command: list[str],
    extra: dict[str, str],
    environment: dict[str, str],
    run: Callable[[list[str], dict[str, str]], float],
) -> float:
    """Measure by how many milliseconds a run without an index exceeds Python parsing the same TOML."""
    from kyrgyz_relations.factbase.index import bundled

    parse = f"import tomllib; tomllib.load(open({bundled()!r}, 'rb'))"
    differences = []
    for _ in range(5):
        shutil.rmtree(Path(environment["XDG_CACHE_HOME"]), ignore_errors=True)
        with_nothing = run(command, environment | extra)
        differences.append(with_nothing - piped([sys.executable, "-c", parse], environment))
    return statistics.median(differences)


def report(medians: dict[str, float], cold: dict[str, float]) -> None:
    """Print the table in Markdown."""
    print("| case | ms | compared with | ratio | at most | cold cache, ms over a bare parse |")
    print("|---|---:|---|---:|---:|---:|")
    for name, time_taken in medians.items():
        reference, aim = AIMS.get(name, ("python -c pass", None))
        ratio = time_taken / medians[reference]
        shown = f"`{name}`".replace("|", r"\|") if name.startswith("relations") else name
        limits = f"{aim} | {cold[name]:.0f}" if aim else " | "
        print(f"| {shown} | {time_taken:.0f} | {reference} | {ratio:.2f} | {limits} |")
    packages = ", ".join(f"{name} {version(name)}" for name in ("typer", "rich", "msgspec"))
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}"
    print(f"\nMedians of {ROUNDS}; {machine}; Python {platform.python_version()}, {packages}.")
    print(f"Aim for a cold cache: at most {COLD_EXTRA_MS} ms over a bare parse of `facts.toml`.")
    print(json.dumps({name: round(value, 1) for name, value in medians.items()}), file=sys.stderr)


if __name__ == "__main__":
    main()
