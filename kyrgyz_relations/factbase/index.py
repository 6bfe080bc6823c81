"""The index: a fact base as an SQLite database, shipped with the package or kept in the cache, opened read-only.

The built-in base's index carries a checksum of `facts.toml`. Any other index is named by what its files look like
(path, size, times, inode), so a changed file has none yet. It is not kept for files that changed just before they were
read, so that two edits within one tick of the clock are not taken for one (https://git-scm.com/docs/racy-git).
"""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from zlib import crc32

from kyrgyz_relations.errors import OUT_OF_MEMORY, FactBaseError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What a damaged index raises, as far as SQLite notices; its messages may hold bytes of it that are no UTF-8.
Damaged = (sqlite3.DatabaseError, UnicodeDecodeError)
# Any change of the tables, of what is stored or of how text is folded needs a new number.
VERSION = 16
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Beside the package in a checkout, and so in an editable install; inside it in a wheel.
_BUILT_IN = os.path.join(_PACKAGE, "facts.toml")
SHIPPED = os.path.join(_PACKAGE, "facts.db")
# File systems keep times in ticks of up to two seconds (FAT).
_REST_NS = 3_000_000_000
# Temporary files older than so many seconds were left by killed processes.
_ABANDONED = 3600


def built_in() -> str:
    """Give the path of the fact base that comes with the package."""
    return _BUILT_IN if os.path.exists(_BUILT_IN) else os.path.join(os.path.dirname(_PACKAGE), "facts.toml")


def files(base: str | None, added: Sequence[str] = ()) -> list[str]:
    """Give the files of a fact base: that named, that of RELATIONS_FACTS, or the built-in one, and those added."""
    further = [path for path in os.environ.get("RELATIONS_ADD", "").split(os.pathsep) if path]
    first = os.environ.get("RELATIONS_FACTS") or built_in() if base is None else base
    return [first, *(added or further)]


def connect(paths: Sequence[str], *, anew: bool = False) -> sqlite3.Connection:
    """Open a fact base, given by its files; its index is built where there is none, or `anew`."""
    if "\0" in "".join(paths):
        raise FactBaseError([(paths[0], None, "cannot be read: no file has a NUL in its name")])
    try:
        if not anew and (shipped := _shipped(paths)):
            return shipped
        kept = _kept(paths)
        return (None if anew else _open(kept, paths)) or _build(paths, kept)
    except MemoryError:
        raise FactBaseError([(paths[0], None, OUT_OF_MEMORY)]) from None


def checksum(data: bytes) -> int:
    """Give the checksum of a fact base as SQLite keeps it, in 32 bits with a sign."""
    return (crc32(data) ^ 2**31) - 2**31


def _shipped(paths: Sequence[str]) -> sqlite3.Connection | None:
    """Open the index of the wheel for the built-in fact base, unless `facts.toml` was edited since it was built."""
    if [*paths] != [_BUILT_IN] or not (database := _open(SHIPPED)):
        return None
    try:
        with open(_BUILT_IN, "rb") as file:
            same = database.execute("PRAGMA user_version").fetchone()[0] == checksum(file.read())
    except OSError:
        return None
    return database if same else None


def _open(path: str, origin: Sequence[str] = ()) -> sqlite3.Connection | None:
    """Open an index read-only; one of another version, or of other files than those given, is none."""
    uri = path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    try:
        if not os.path.isfile(path):
            return None
        # It only reads, so programs may ask in any thread.
        database = sqlite3.connect(f"file:{uri}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        if database.execute("PRAGMA application_id").fetchone()[0] != VERSION:
            return None
        # A checksum of names can be forged by names.
        return database if not origin or _origin(database) == [*map(os.path.abspath, origin)] else None
    except Damaged:
        return None


def _origin(database: sqlite3.Connection) -> list[str]:
    """Give the files of which a kept index was made."""
    return [os.fsdecode(name) for (name,) in database.execute("SELECT path FROM origin ORDER BY place")]


def _build(paths: Sequence[str], kept: str) -> sqlite3.Connection:
    """Read a fact base and index it, in the cache if it was at rest, else in memory."""
    from kyrgyz_relations.factbase import tables
    from kyrgyz_relations.factbase.documents import each, read_file
    from kyrgyz_relations.factbase.load import load
    from kyrgyz_relations.factbase.progress import Building

    begun = time.time_ns()
    contents = each(lambda path: (path, read_file(path)), paths)
    with Building(sum(len(data) for _, data in contents)) as building:
        base = load(contents, building.step)
        if kept and kept == _kept(paths, begun):
            try:
                tables.write(base, kept, paths, building.step)
                _sweep(os.path.dirname(kept))
            except (OSError, sqlite3.Error):
                kept = ""
            # The folder, if it was made only now, may be another's.
            if kept == _kept(paths) and (database := _open(kept, paths)):
                return database
        database = sqlite3.connect(":memory:", check_same_thread=False)
        tables.fill(database, base, building.step)
    return database


def directory() -> str:
    """Give the folder of the cache, which may not exist; "" where the system names none."""
    if sys.platform == "linux":
        # What platformdirs does here, which takes longer to import than a whole lookup takes
        # (https://specifications.freedesktop.org/basedir-spec/latest/).
        roots = (os.environ.get("XDG_CACHE_HOME", ""), os.path.expanduser("~/.cache"))
        return next((os.path.join(root, "relations") for root in roots if os.path.isabs(root)), "")
    from platformdirs import user_cache_dir

    return user_cache_dir("relations", appauthor=False)


def _kept(paths: Sequence[str], begun: float = float("inf")) -> str:
    """Name the index that is kept of files as they look now; "" where none is, as of files that had just changed."""
    folder = directory()
    if not folder or not _is_private(folder):
        return ""
    looks = [str(VERSION)]
    for path in paths:
        try:
            status = os.stat(path)
            looks.append(os.path.abspath(path))
        except OSError:
            return ""
        if max(status.st_mtime_ns, status.st_ctime_ns) + _REST_NS >= begun:
            return ""
        looks += map(str, (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))
    fingerprint = os.fsencode("\0".join(looks))
    # Two checksums, of 64 bits together.
    return os.path.join(folder, f"{crc32(fingerprint):08x}{crc32(fingerprint[::-1]):08x}.db")


def _is_private(folder: str) -> bool:
    """Tell whether a folder is ours, or not there yet, and nobody else can write in it or put another in its place."""
    if sys.platform == "win32":
        return True
    try:
        status = os.lstat(folder)
        if status.st_mode & 0o170022 != 0o040000 or status.st_uid != os.geteuid():
            return False
    except FileNotFoundError:
        pass
    except OSError:
        return False
    # By the way that the path goes, and by that behind links.
    above = {*_above(folder), *_above(os.path.realpath(folder))}
    return all(map(_is_safe, above))


def _above(folder: str) -> Iterator[str]:
    """Give all folders in which a folder lies."""
    while folder != (folder := os.path.dirname(folder)):
        yield folder


def _is_safe(folder: str) -> bool:
    """Tell whether nobody but the user and the administrator can rename what is in a folder."""
    try:
        status = os.lstat(folder)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    # Where each user has a group of the same number, it is the user's alone.
    others = 0o022 if status.st_gid != status.st_uid else 0o002
    alone = status.st_mode & others == 0 or status.st_mode & 0o1000 != 0
    return status.st_mode & 0o170000 == 0o120000 or (alone and status.st_uid in (0, os.geteuid()))


def _sweep(folder: str) -> None:
    """Remove what killed processes left, indexes of other versions, and those whose files are gone or changed."""
    for entry in os.scandir(folder):
        stem, end = os.path.splitext(entry.name)
        if end == ".tmp" and ".db." in stem:
            try:
                needed = entry.stat(follow_symlinks=False).st_mtime >= time.time() - _ABANDONED
            except FileNotFoundError:
                # Another process has moved it to its place meanwhile.
                continue
        else:
            needed = end != ".db" or len(stem) != 16 or _kept_for(entry.path) == entry.path  # two checksums
        if not needed:
            remove(entry.path)


def _kept_for(path: str) -> str:
    """Give the file in which the index of an index's files would be kept now."""
    database = _open(path)
    try:
        return _kept(_origin(database)) if database else ""
    except sqlite3.Error:
        return ""
    finally:
        if database:
            database.close()


def remove(path: str) -> None:
    """Remove a file if that can be done; a file in use stays on some systems, and is only a file too many."""
    try:
        os.remove(path)
    except OSError:
        return
