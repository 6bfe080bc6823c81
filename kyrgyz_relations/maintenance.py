"""The maintenance commands: init, check, schema, export."""

from __future__ import annotations

import os
from importlib.resources import files
from typing import TYPE_CHECKING

from kyrgyz_relations.errors import FAULT, FOUND, OUT_OF_MEMORY, FactBaseError, RelationsError, location, warn
from kyrgyz_relations.factbase import index
from kyrgyz_relations.language import counted, printable
from kyrgyz_relations.output import deliver, resolve, write
from kyrgyz_relations.output.files import make_whole, write_whole
from kyrgyz_relations.records import Answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyrgyz_relations.errors import Problem
    from kyrgyz_relations.records import Row
    from kyrgyz_relations.request import Request

# How compilers write it, which editors know how to read.
_LINE = "{place}: {level}: {message}"
_DATABASES = (".db", ".sqlite", ".sqlite3")
# The files of unfinished changes (https://www.sqlite.org/tempfiles.html).
_BESIDE = ("-journal", "-wal", "-shm")


def init(request: Request) -> int:
    """Write the beginnings of a fact base, never over a file."""
    (path,) = request.words
    if path == "-":
        raise RelationsError("init needs the name of a file")
    starter = files("kyrgyz_relations").joinpath("starter.toml").read_text(encoding="utf-8")
    write_whole(path, lambda stream: print(starter, end="", file=stream), force=False, hint=False)
    name = printable(path)
    warn(f"relations: wrote {name}; `relations check {name}` checks it, `relations --facts {name}` uses it")
    return FOUND


def check(request: Request) -> int:
    """Print the problems of fact bases, and advice on them; only problems make it fail."""
    if request.words and request.facts is not None:
        raise RelationsError("check takes the files that are named, or else that of --facts; leave one of them out")
    custom = {request.form, request.fields, request.template, request.output, request.header} != {None}
    output = resolve(request if custom else request._replace(template=_LINE), "problem")
    bases = [[path, *request.add] for path in request.words] or [index.files(request.facts, request.add)]
    rows = [row for paths in bases for row in _problems(paths)]
    write(Answer("problem", rows), output)
    counts = {level: sum(row["level"] == level for row in rows) for level in ("error", "warning")}
    if not custom:
        said = ", ".join(counted(count, level) for level, count in counts.items())
        warn(f"relations: {said} in {', '.join(printable(path) for paths in bases for path in paths)}")
    return FAULT if counts["error"] else FOUND


def _problems(paths: Sequence[str]) -> Iterator[Row]:
    from kyrgyz_relations.factbase import load
    from kyrgyz_relations.factbase.advice import advice
    from kyrgyz_relations.factbase.documents import each, parse, read_file

    problems: Sequence[Problem] = ()
    better: list[Problem] = []
    try:
        documents = each(lambda path: parse(path, read_file(path)), paths)
        _, problems, tables = load.check(documents)
        better = [(place.document.path, place.line, what) for place, what in advice(tables)]
    except FactBaseError as error:
        problems = error.problems
    except MemoryError:
        problems = [(paths[0], None, OUT_OF_MEMORY)]
    # Only advise on the files that were added, not on the base they extend.
    own = paths[1:] or paths
    better = sorted((one for one in better if one[0] in own), key=lambda one: (own.index(one[0]), one))
    for level, found in (("error", problems), ("warning", better)):
        for path, line, what in found:
            where = {"place": location(path, line), "file": printable(path), "line": line}
            yield {**where, "level": level, "message": what}


def schema(request: Request) -> int:
    """Print the JSON Schema of fact bases (https://json-schema.org/draft/2020-12)."""
    import json

    from kyrgyz_relations.factbase.model import schema as schema_of_files

    made = json.dumps(schema_of_files(), indent=2)
    path = None if request.output == "-" else request.output
    deliver(lambda stream: print(made, file=stream), path, force=request.force)
    return FOUND


def export(request: Request) -> int:
    """Write the fact base as an SQLite database, whole or not at all."""
    from kyrgyz_relations.factbase import tables

    (path,) = request.words
    if path and not path.endswith("/") and not path.startswith("/dev/") and not path.lower().endswith(_DATABASES):
        raise RelationsError(f'export writes an SQLite database; end "{printable(path)}" in {", ".join(_DATABASES)}')

    for beside in (f"{path}{end}" for end in _BESIDE):
        if os.path.lexists(beside):
            what = "is what SQLite keeps beside a database of that name, and would mix into the new one"
            raise RelationsError(f'"{printable(beside)}" {what}; remove it, or export to another name')

    def make(temporary: str) -> None:
        paths = index.files(request.facts, request.add)
        try:
            tables.export(index.connect(paths), temporary)
        except index.Damaged:
            tables.export(index.connect(paths, anew=True), temporary)

    make_whole(path, make, force=request.force)
    return FOUND
