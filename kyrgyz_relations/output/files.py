"""Writing to a file that somebody named: whole or not at all, and never over another unless asked."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.language import printable

# Names of streams, which are written as they are.
_LONGEST_NUMBER = 9
_STREAMS = {"/dev/stdin": "0", "/dev/stdout": "1", "/dev/stderr": "2"}
_NUMBERED = "/dev/fd/"


def write_whole(path: str, render: Callable[[TextIO], None], *, force: bool, hint: bool = True) -> None:
    """Write a text file in UTF-8; see `make_whole`."""

    def make(name: str) -> None:
        with open(name, "w", encoding="utf-8", newline="\n") as stream:
            render(stream)

    make_whole(path, make, force=force, hint=hint)


def make_whole(path: str, make: Callable[[str], None], *, force: bool, hint: bool = True) -> None:
    """Have a file made beside its place and moved there; one that exists is replaced with `force`."""
    if not path:
        raise RelationsError("the file to write has no name")
    if path.endswith(("/", os.sep)):
        raise RelationsError(f'"{printable(path)}" names a folder, not a file')
    exists = RelationsError(f'"{printable(path)}" already exists{"; use --force to overwrite it" * hint}')
    try:
        with _signals_as_exits():
            # A device or a pipe is written, not replaced.
            stream = path in _STREAMS or path.removeprefix(_NUMBERED).isdecimal()
            if stream or (os.path.exists(path) and not os.path.isfile(path)):
                _pour(path, make)
            elif os.path.lexists(path) and not force:
                raise exists
            else:
                _replace(path, make, force=force)
    except BrokenPipeError:
        # A reader that has read enough.
        return
    except FileExistsError:
        raise exists from None
    except OSError as error:
        raise RelationsError(f'"{printable(path)}" cannot be written: {error.strerror}') from None


def _pour(path: str, make: Callable[[str], None]) -> None:
    """Make a file in the folder of temporary ones, and copy it to a device, a pipe or a stream of ours."""
    with tempfile.TemporaryDirectory(prefix="relations-") as folder:
        whole = os.path.join(folder, "whole")
        make(whole)
        number = _STREAMS.get(path, path.removeprefix(_NUMBERED))
        # Opened by its name, a stream that is a file would be written from its beginning.
        target = os.dup(int(number)) if number.isdecimal() and len(number) < _LONGEST_NUMBER else path
        with open(whole, "rb") as source, open(target, "wb") as stream:
            shutil.copyfileobj(source, stream)


@contextmanager
def _signals_as_exits() -> Iterator[None]:
    """Turn SIGTERM and SIGHUP into SystemExit so that the temporary file is removed."""
    main = threading.current_thread() is threading.main_thread()
    known = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if main and hasattr(signal, name)]
    usual = [number for number in known if signal.getsignal(number) == signal.SIG_DFL]
    for number in usual:
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        for number in usual:
            signal.signal(number, signal.SIG_DFL)


def _replace(path: str, make: Callable[[str], None], *, force: bool) -> None:
    """Put a new file in the place of what is there; a link is itself replaced, since others may have planted it."""
    there = os.lstat(path) if os.path.lexists(path) else None
    mask = os.umask(0)
    os.umask(mask)
    mode = there.st_mode & 0o777 if there and stat.S_ISREG(there.st_mode) else 0o666 & ~mask
    descriptor, temporary = tempfile.mkstemp(prefix=".relations-", dir=os.path.dirname(path) or ".")
    os.close(descriptor)
    try:
        make(temporary)
        with suppress(PermissionError):
            # Some file systems have no modes.
            os.chmod(temporary, mode)
        with open(temporary, "rb") as file:
            # Or a power cut could leave the name with nothing behind it.
            os.fsync(file.fileno())
        if force:
            os.replace(temporary, path)
        else:
            _put(temporary, path)
    finally:
        with suppress(FileNotFoundError):
            os.remove(temporary)


def _put(temporary: str, path: str) -> None:
    """Move a file to where none is."""
    if sys.platform == "win32":
        os.rename(temporary, path)
        return
    try:
        # Unlike a rename here, a link never takes the place of a file that came up meanwhile.
        os.link(temporary, path)
    except OSError:
        # A file system without links: there the name is taken first, if it is free.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            os.replace(temporary, path)
        except OSError:
            os.remove(path)
            raise
