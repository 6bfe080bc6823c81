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
    """Write a file in UTF-8.

    Args:
        path: The file.
        render: Writes its text.
        force: Whether a file that is there may be replaced; what is no regular file, as /dev/null, takes it always.

    Raises:
        RelationsError: The file is there already, or can't be written.
    """
    if not path:
        raise RelationsError("--output names no file")
    try:
        if os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode):
            with open(path, "w", encoding="utf-8", newline="\n") as stream:
                render(stream)
            return
        if os.path.exists(path) and not force:
            raise RelationsError(f'"{printable(path)}" is there already; --force replaces it')
        _replace(os.path.realpath(path), render, force=force)
    except FileExistsError:
        raise RelationsError(f'"{printable(path)}" is there already; --force replaces it') from None
    except OSError as error:
        raise RelationsError(f'"{printable(path)}" cannot be written: {error.strerror}') from None


def _replace(path: str, render: Callable[[TextIO], None], *, force: bool) -> None:
    mode = stat.S_IMODE(os.stat(path).st_mode) if os.path.exists(path) else 0o666 & ~_umask()
    descriptor, beside = tempfile.mkstemp(prefix=".relations-", dir=os.path.dirname(path))
    try:
        with open(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            render(stream)
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
        os.replace(beside, path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
