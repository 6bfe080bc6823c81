"""The cache: where the indexes are kept, and whether the one at hand is that of the fact base as it is now.

For each fact base a *stamp* file tells what its files looked like (size, times, inode) when they were last read, the
digest of what they held, and what the index built from them looks like; the index is named by that digest. A lookup
compares the stamp with the present looks of all, and reads the fact base itself only when they differ. As in Git's
index, looks are trusted only if the file had been at rest for a while when it was read, so that two edits within one
tick of the clock are not taken for one (https://git-scm.com/docs/racy-git). Nothing here is needed for a right answer:
whatever fails, the caller reads the fact base itself.
"""

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# File systems keep times in ticks of up to two seconds (FAT).
_REST_NS = 3_000_000_000
_LOOKS = 5
# Seconds after which a temporary file has nobody any more who writes it.
_ABANDONED = 3600


def directory() -> str:
    """Give the folder of the cache, which may not exist; "" where the system names none."""
    if sys.platform == "linux":
        # What platformdirs does here, which takes longer to import than a whole lookup takes
        # (https://specifications.freedesktop.org/basedir-spec/latest/).
        for root in (os.environ.get("XDG_CACHE_HOME", ""), os.path.expanduser("~/.cache")):
            if os.path.isabs(root):
                return os.path.join(root, "relations")
        return ""
    from platformdirs import user_cache_dir

    return user_cache_dir("relations", appauthor=False)


def looks(path: str) -> str:
    """Describe a file as the file system sees it, so that a changed file looks different.

    Args:
        path: The file; a link is followed.

    Returns:
        Five whole numbers with blanks between: its size in bytes, its times of change (`st_mtime_ns` and
        `st_ctime_ns`), its inode and its device.

    Raises:
        OSError: There is no such file.
    """
    stat = os.stat(path)
    # As many numbers as `_LOOKS` says, the second and third the times of change.
    return f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_ino} {stat.st_dev}"


def is_ours(path: str) -> bool:
    """Tell whether a file is there and nobody else could have put it there.

    Args:
        path: The file; a link is followed.
    """
    try:
        stat = os.stat(path)
    except OSError:
        return False
    return sys.platform == "win32" or stat.st_uid == os.geteuid()


class Stamp:
    """What is known of a fact base from the last time that it was read.

    Args:
        paths: The fact base's files.
        version: The format of the indexes that the stamp may point to.

    Raises:
        OSError: A path is relative, and the working folder is gone.
    """

    def __init__(self, paths: "Sequence[str]", version: str) -> None:
        self._paths = [os.path.abspath(path) for path in paths]
        # A path can hold no NUL.
        self._base = "\0".join(self._paths)
        folder = directory()
        self._prefix = os.path.join(folder, f"{_short_name(self._base)}-{version}") if folder else ""

    def index_at_rest(self) -> str:
        """Give the file of the index if it and the fact base's files look as they did when last noted, else ""."""
        known = self._read()
        return self._index_of(known) if known and known[1] and known[1] == self.looks() else ""

    def looks(self) -> str:
        """Describe all files of the fact base; "" where one is not there."""
        every = [_looks_if_there(path) for path in self._paths]
        return " ".join(every) if all(every) else ""

    def known_index(self, digest: str) -> str:
        """Give the file of the index of a fact base with this digest if it looks as it did when noted, else "".

        Args:
            digest: That of what the files hold, in hexadecimal.
        """
        known = self._read()
        return self._index_of(known) if known and known[2] == digest else ""

    def _index_of(self, known: list[str]) -> str:
        place = self.index(known[2])
        return place if known[3] == _looks_if_there(place) else ""

    def index(self, digest: str) -> str:
        """Give the file in which the index of a fact base with this digest is kept, or "" where there is no cache.

        Args:
            digest: That of what the files hold, in hexadecimal.
        """
        return f"{self._prefix}-{digest}.db" if self._prefix else ""

    def note(self, seen: str, digest: str) -> None:
        """Keep what the index looks like, and the fact base when it was read, unless that had changed just before.

        Args:
            seen: The looks of the fact base's files just before they were read; "" where one was not there yet.
            digest: The digest of what it held.

        Raises:
            OSError: The cache can't be written.
        """
        if self._prefix and seen:
            numbers = [int(number) for number in seen.split()]
            changed = max(numbers[1::_LOOKS] + numbers[2::_LOOKS])
            before = self._read()
            trusted = seen if changed + _REST_NS < time.time_ns() else ""
            lines = (self._base, trusted, digest, _looks_if_there(self.index(digest)))
            if before != [*lines]:
                replace(f"{self._prefix}.stamp", os.fsencode("\n".join(lines)))
            if before and before[2] != digest:
                remove(self.index(before[2]))

    def _read(self) -> list[str] | None:
        stamp = f"{self._prefix}.stamp"
        if not self._prefix or not is_ours(stamp):
            return None
        try:
            with open(stamp, "rb") as file:
                lines = os.fsdecode(file.read()).split("\n")
        except OSError:
            return None
        return lines if len(lines) == 4 and lines[0] == self._base else None


def _looks_if_there(path: str) -> str:
    try:
        return looks(path)
    except OSError:
        return ""


def replace(path: str, data: bytes) -> None:
    """Write a file whole or not at all.

    Args:
        path: The file; one that is there is replaced.
        data: What it is to hold.

    Raises:
        OSError: It can't be written.
    """
    beside = temporary(path)
    try:
        with open(beside, "xb") as file:
            file.write(data)
        os.replace(beside, path)
    except OSError:
        remove(beside)
        raise


def temporary(path: str) -> str:
    """Name a file beside another that no other process names.

    Args:
        path: The other file.

    Returns:
        A path that ends in `.tmp`, by which `sweep` knows it; nothing is made there.
    """
    return f"{path}.{os.getpid()}-{time.monotonic_ns()}.tmp"


def remove(path: str) -> None:
    """Remove a file if that can be done; a file in use stays on some systems, and is only a file too many.

    Args:
        path: The file, which need not be there.
    """
    try:
        os.remove(path)
    except OSError:
        return


def sweep(folder: str) -> None:
    """Remove what processes that were killed have left half written; no living one takes so long.

    Args:
        folder: That of the cache.

    Raises:
        OSError: The folder can't be read.
    """
    for entry in os.scandir(folder):
        if entry.name.endswith(".tmp"):
            try:
                abandoned = entry.stat(follow_symlinks=False).st_mtime < time.time() - _ABANDONED
            except FileNotFoundError:
                # Whoever wrote it has moved it to its place meanwhile.
                continue
            if abandoned:
                remove(entry.path)


def _short_name(path: str) -> str:
    """Make a file name of a path; should two paths ever share one, the stamp's own first line tells them apart."""
    value = 0xCBF29CE484222325
    for byte in os.fsencode(path):
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"
