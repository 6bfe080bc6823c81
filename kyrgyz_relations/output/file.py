"""Writing to a file that somebody named: whole or not at all, and never over another."""

import os
import stat
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from kyrgyz_relations.errors import RelationsError
from kyrgyz_relations.text import printable


def write_whole(path: str, render: Callable[[TextIO], None], *, force: bool) -> None:
    """Write a text file in UTF-8.

    Args:
        path: The file.
        render: Writes its text.
        force: As for `make_whole`.

    Raises:
        RelationsError: The file is there already, or can't be written.
    """

    def make(name: str) -> None:
        with open(name, "w", encoding="utf-8", newline="\n") as stream:
            render(stream)

    make_whole(path, make, force=force)


def make_whole(path: str, make: Callable[[str], None], *, force: bool) -> None:
    """Make a file beside the place where it is to be, and move it there.

    Args:
        path: The file.
        make: Makes the file of the name that it is given.
        force: Whether a file that is there may be replaced; what is no regular file, as /dev/null, takes it always.

    Raises:
        RelationsError: The file is there already, or can't be written.
    """
    if not path:
        raise RelationsError("the file to write has no name")
    there = os.path.exists(path)
    taken = RelationsError(f'"{printable(path)}" is there already; --force replaces it')
    try:
        if there and not stat.S_ISREG(os.stat(path).st_mode):
            make(path)
        elif there and not force:
            raise taken
        else:
            _replace(os.path.realpath(path), make, force=force)
    except FileExistsError:
        raise taken from None
    except OSError as error:
        raise RelationsError(f'"{printable(path)}" cannot be written: {error.strerror}') from None


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
