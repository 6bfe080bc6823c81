"""What those do who keep a fact base: begin one, check it, describe it to an editor, hand it on."""

from importlib.resources import files
from typing import TYPE_CHECKING

from kyrgyz_relations.commands import FAULT, FOUND, tell
from kyrgyz_relations.errors import TOO_LARGE, FactBaseError, Problem, RelationsError, place
from kyrgyz_relations.factbase import index
from kyrgyz_relations.output import FORMATS, deliver
from kyrgyz_relations.output.file import make_whole, write_whole
from kyrgyz_relations.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kyrgyz_relations.fields import Row
    from kyrgyz_relations.request import Request

# How compilers write it, which editors know how to read.
_LINE = "{place}: {level}: {message}"


def init(request: "Request") -> int:
    """Write the beginnings of a fact base, never over a file that is there.

    Args:
        request: The file to write, as its only word.

    Returns:
        The exit status: `FOUND`.

    Raises:
        RelationsError: The file is there already, or can't be written.
    """
    (path,) = request.paths
    starter = files("kyrgyz_relations").joinpath("starter.toml").read_text(encoding="utf-8")
    write_whole(path, lambda stream: print(starter, end="", file=stream), force=False, forcible=False)
    name = printable(path)
    tell(f"relations: wrote {name}; `relations check {name}` checks it, `relations --facts {name}` asks it")
    return FOUND


def check(request: "Request") -> int:
    """Print the problems of fact bases, and advice on them; only problems make it fail.

    Args:
        request: The fact bases' files as its words (without any, its own fact base), what adds to each of them, and in
            what form and where the answer goes; without a form it is given the template of a compiler's messages.

    Returns:
        The exit status: `FAULT` where there are problems, else `FOUND`.

    Raises:
        RelationsError: Both words and --facts name files, an option can't be taken, or the answer can't be written.
    """
    asked = any(
        option is not None
        for option in (request.form, request.fields, request.template, request.output, request.header)
    )
    if not asked:
        request.template = _LINE
    if request.paths and request.facts is not None:
        raise RelationsError(
            "check looks at the files that are named, or else at that of --facts; leave one of them out"
        )
    answer = request.answer("problem")
    bases = [[path, *request.files[1:]] for path in request.paths] or [request.files]
    rows = [row for paths in bases for row in _looked_over(paths)]
    answer.rows = iter(rows)
    answer.context = {"query": ["Problems and advice"]}
    request.write(answer)
    counts = {level: sum(row["level"] == level for row in rows) for level in ("error", "warning")}
    if not asked:
        said = ", ".join(f"{count} {level}{'s' * (count != 1)}" for level, count in counts.items())
        tell(f"relations: {said} in {', '.join(printable(path) for paths in bases for path in paths)}")
    return FAULT if counts["error"] else FOUND


def _looked_over(paths: "Sequence[str]") -> "Iterator[Row]":
    from kyrgyz_relations.factbase.document import Document, all_of, read
    from kyrgyz_relations.factbase.source import Reading
    from kyrgyz_relations.factbase.style import advice

    problems: Sequence[Problem] = ()
    better: list[Problem] = []
    reading = None
    try:
        reading = Reading(all_of(lambda path: Document(path, read(path)), paths))
        reading.base()
    except FactBaseError as error:
        problems = error.problems
    except MemoryError:
        problems = [(paths[0], None, TOO_LARGE)]
    if reading:
        # Whoever adds to a fact base is not to blame for it.
        own = paths[1:] or paths
        better = [
            (where.document.path, where.document.line(where.path), what)
            for where, what in advice(reading)
            if where.document.path in own
        ]
    for level, found in (("error", problems), ("warning", sorted(better, key=lambda one: (paths.index(one[0]), one)))):
        for path, line, what in found:
            name = printable(path)
            yield {"place": place(path, line), "file": name, "line": line, "level": level, "message": what}


def schema(request: "Request") -> int:
    """Print the JSON Schema of fact bases (https://json-schema.org/draft/2020-12).

    Args:
        request: Where the schema goes, and whether a file that is there may be replaced.

    Returns:
        The exit status: `FOUND`.

    Raises:
        RelationsError: The file is there already, or it or standard output can't be written.
    """
    import json

    from kyrgyz_relations.model import schema as schema_of_files

    made = schema_of_files()
    deliver(lambda stream: print(json.dumps(made, indent=2), file=stream), request.output, force=request.force)
    return FOUND


def export(request: "Request") -> int:
    """Write the fact base as an SQLite database, whole or not at all.

    Args:
        request: The fact base, the file to write as its only word, and whether one that is there may be replaced.

    Returns:
        The exit status: `FOUND`.

    Raises:
        FactBaseError: A file of the fact base can't be read, or has problems.
        RelationsError: The file is there already, or can't be written.
    """
    from kyrgyz_relations.factbase.export import export as write_database

    (path,) = request.paths
    if path.lower().endswith(tuple(format_.suffix for format_ in FORMATS.values())):
        raise RelationsError(f'export writes an SQLite database; "{printable(path)}" is the name of something else')
    database = index.connect(request.files)
    make_whole(path, lambda beside: write_database(database, beside), force=request.force)
    return FOUND
