"""Writing to a file that somebody named: whole or not at all, and never over another."""

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
from kyrgyz_relations.text import printable


def write_whole(path: str, render: Callable[[TextIO], None], *, force: bool, forcible: bool = True) -> None:
    """Write a text file in UTF-8.

    Args:
        path: The file.
        render: Writes its text.
        force: As for `make_whole`.
        forcible: As for `make_whole`.

    Raises:
        RelationsError: The file is there already, or can't be written.
    """

    def make(name: str) -> None:
        with open(name, "w", encoding="utf-8", newline="\n") as stream:
            render(stream)

    make_whole(path, make, force=force, forcible=forcible)


def make_whole(path: str, make: Callable[[str], None], *, force: bool, forcible: bool = True) -> None:
    """Make a file beside the place where it is to be, and move it there.

    Args:
        path: The file.
        make: Makes the file of the name that it is given.
        force: Whether a file that is there may be replaced; what is no regular file, as /dev/null, takes it always.
        forcible: Whether that can be asked for.

    Raises:
        RelationsError: The file is there already, or can't be written.
    """
    if not path:
        raise RelationsError("the file to write has no name")
    if path.endswith(("/", os.sep)):
        raise RelationsError(f'"{printable(path)}" names a folder, not a file')
    there = os.path.exists(path)
    taken = RelationsError(f'"{printable(path)}" is there already{"; --force replaces it" * forcible}')
    try:
        with _ended_tidily():
            if there and not stat.S_ISREG(os.stat(path).st_mode):
                _pour(path, make)
            elif there and not force:
                raise taken
            else:
                _replace(os.path.realpath(path), make, force=force)
    except BrokenPipeError:
        # A reader that has read enough.
        return
    except FileExistsError:
        raise taken from None
    except OSError as error:
        raise RelationsError(f'"{printable(path)}" cannot be written: {error.strerror}') from None


def _pour(path: str, make: Callable[[str], None]) -> None:
    """Make a file in the folder of temporary ones, and write what it holds to a device or a pipe."""
    with tempfile.TemporaryDirectory(prefix="relations-") as folder:
        whole = os.path.join(folder, "whole")
        make(whole)
        with open(whole, "rb") as source, open(path, "wb") as target:
            shutil.copyfileobj(source, target)


@contextmanager
def _ended_tidily() -> Iterator[None]:
    """Have signals that end the process end it as an exception does, so that what is half written goes with it."""
    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    usual = [number for number in map(signal.Signals.__getitem__, names) if signal.getsignal(number) == signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        usual = []
    for number in usual:
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        for number in usual:
            signal.signal(number, signal.SIG_DFL)


def _replace(path: str, make: Callable[[str], None], *, force: bool) -> None:
    mode = stat.S_IMODE(os.stat(path).st_mode) if os.path.exists(path) else 0o666 & ~_umask()
    descriptor, beside = tempfile.mkstemp(prefix=".relations-", dir=os.path.dirname(path))
    os.close(descriptor)
    try:
        make(beside)
        os.chmod(beside, mode)
        if force:
            os.replace(beside, path)
        else:
            _put(beside, path)
    finally:
        with suppress(FileNotFoundError):
            os.remove(beside)


def _put(beside: str, path: str) -> None:
    """Move a file to where none is."""
    if sys.platform == "win32":
        os.rename(beside, path)
        return
    try:
        # Unlike a rename here, a link never takes the place of a file that came up meanwhile.
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links: there the name is taken first.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        try:
            os.replace(beside, path)
        except OSError:
            os.remove(path)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
